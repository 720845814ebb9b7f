"""A small server that answers as the open data service of CBS documents: lists with `$filter` and `$select`, pages that
name the next one, errors as JSON. The fields are those of the real answers of table 03759ned of June 2026; the figures
of other years are made for tests."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from gguplan.inputs.population.years import load_population

Rows = list[dict[str, Any]]
EVERYBODY = {"BurgerlijkeStaat": "T001019", "Geslacht": "T001038", "Leeftijd": "10000"}


@dataclass
class CbsTables:
    """What the server has: by path behind ``/CBS/`` a list of rows, an object, or a text that is no JSON."""

    answers: dict[str, Rows | dict[str, Any] | str] = field(default_factory=dict)
    page: int = 100
    """Rows of a page; CBS has 100,000 cells."""
    errors: dict[str, int] = field(default_factory=dict)
    next_link: str = ""
    """Where given, what every page names as the next."""
    requests: list[str] = field(default_factory=list)

    def rows(self, path: str) -> Rows:
        rows = self.answers[path]
        assert isinstance(rows, list)
        return rows

    def observation(self, region: str, table: str = "03759ned") -> dict[str, Any]:
        """The count of 1 January of a region; a change of it is served."""
        return next(
            row for row in self.rows(f"{table}/Observations") if row["RegioS"] == region and row["Measure"] == "M000352"
        )


def tables_of(year: int, status: str = "Definitief", table: str = "03759ned") -> CbsTables:
    """A table with the counts of 2026 as those of `year`; beside them Weesp, which is not there any more, a province,
    and another measure."""
    by_year = table == "03759ned"
    period = f"{year}JJ00" if by_year else f"{year}MM01"
    measure = "Bevolking op 1 januari" if by_year else "Bevolking aan het begin van de periode"
    totals = EVERYBODY if by_year else {}
    municipalities = load_population(2026).municipalities
    counts: dict[str, tuple[str, float | None]] = {
        "NL01": ("Nederland", sum(municipality.inhabitants for municipality in municipalities)),
        "PV26": ("Utrecht (PV)", 1_400_000),
        "GM0457": ("Weesp", None),
    }
    for municipality in municipalities:
        also_a_province = municipality.name in ("Utrecht", "Groningen")
        title = municipality.name + " (gemeente)" * also_a_province
        counts[municipality.gm_code] = (title, municipality.inhabitants)
    observations: Rows = []
    for region, (_title, count) in counts.items():
        for code, value in (("M000352", count), ("M000365", None)):
            for period_of_row in (period, f"{year - 1}{period[4:]}"):
                observations.append(
                    {
                        "Id": len(observations),
                        "Measure": code,
                        "ValueAttribute": "None" if value is not None else "Impossible",
                        "Value": value if period_of_row == period else 1,
                        "StringValue": None,
                        **totals,
                        "RegioS": region,
                        "Perioden": period_of_row,
                    }
                )
    dimensions = [*totals, "RegioS", "Perioden"]
    return CbsTables(
        {
            f"{table}/Properties": {
                "Identifier": table,
                "Title": "Bevolking op 1 januari en gemiddeld; geslacht, leeftijd en regio",
                "Modified": f"{year}-06-23T00:00:00+02:00",
            },
            f"{table}/PeriodenCodes": [
                {"Identifier": f"{year - 1}{period[4:]}", "Index": 1, "Title": str(year - 1), "Status": "Definitief"},
                {"Identifier": period, "Index": 2, "Title": str(year), "Status": status},
            ],
            f"{table}/MeasureCodes": [
                {"Identifier": "M000352", "Index": 5, "Title": measure, "DataType": "Long"},
                {"Identifier": "M000365", "Index": 6, "Title": "Gemiddelde bevolking ", "DataType": "Double"},
            ],
            f"{table}/Dimensions": [{"Identifier": name, "Kind": "Dimension"} for name in dimensions],
            f"{table}/RegioSCodes": [{"Identifier": code, "Title": title} for code, (title, _c) in counts.items()],
            f"{table}/Observations": observations,
        }
    )


@contextmanager
def served(tables: CbsTables) -> Iterator[str]:
    """Serve the tables on this computer; gives the address of the service."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            tables.requests.append(self.path)
            path = parts.path.removeprefix("/CBS/")
            content, code = _answer(tables, path, parse_qs(parts.query), f"http://{self.headers['Host']}{self.path}")
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/CBS"
    finally:
        server.shutdown()
        server.server_close()


def _answer(tables: CbsTables, path: str, query: dict[str, list[str]], url: str) -> tuple[bytes, int]:
    if path in tables.errors or path not in tables.answers:
        code = tables.errors.get(path, 404)
        return json.dumps({"error": {"code": str(code), "message": "Not found"}}).encode(), code
    answer = tables.answers[path]
    if isinstance(answer, str):
        return answer.encode(), 200
    if isinstance(answer, dict):
        return json.dumps(answer).encode(), 200
    conditions = re.findall(r"(\w+) eq '([^']*)'", query.get("$filter", [""])[0])
    rows = [row for row in answer if all(row[field] == code for field, code in conditions)]
    fields = query.get("$select", [""])[0].split(",")
    begin = int(query.get("$skip", ["0"])[0])
    page = [
        {key: row[key] for key in row if fields == [""] or key in fields} for row in rows[begin : begin + tables.page]
    ]
    content: dict[str, Any] = {"@odata.context": f"{path}#metadata", "value": page}
    following = begin + tables.page
    if tables.next_link or following < len(rows):
        bare = re.sub(r"[?&]\$skip=[0-9]+", "", url)
        content["@odata.nextLink"] = tables.next_link or f"{bare}{'&' if '?' in bare else '?'}$skip={following}"
    return json.dumps(content).encode(), 200
