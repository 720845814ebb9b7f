"""Hostile requests to the workbench: read by the parser of its server and answered by its application, in process."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import random
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args
from urllib.parse import parse_qsl, urlencode

import h11

from gguplan.findings import Finding, InputError, Place
from gguplan.workbench.long.jobs import Job, Jobs
from gguplan.workbench.long.task import Task
from tests.hostile import Target, check_findings, mutated, now_and_then
from tests.hostile_funds import FUND_TARGETS

_PORT: Final = 8719
_COOKIE: Final = "c" * 43
_STATUSES: Final = frozenset({200, 303, 400, 401, 403, 404, 405, 413})
_AT_WORK: Final = frozenset({"spending", "years", "tables", "workbook", "effects"})
"""What a request that begins a long answer may work out here: the others take seconds."""

# --- what reads ------------------------------------------------------------------------------------


@cache
def _bench() -> Any:
    from gguplan.workbench.bases import Bases
    from gguplan.workbench.bench import Bench

    folder = Path(tempfile.mkdtemp(prefix="gguplan-requests-"))
    right = FUND_TARGETS[2].seeds()[0].decode().replace('"table.csv"', '"woningen.csv"')
    (folder / "regio.toml").write_text(right, encoding="utf-8")
    (folder / "woningen.csv").write_text("gm_code,woningen\nGM0503,30\nGM0637,10\nGM0501,5\n", encoding="utf-8")
    return Bench(Bases([str(folder / "regio.toml"), "uitnamen-2017"]))


def _requested(content: bytes) -> tuple[dict[str, Any], bytes] | None:
    """The scope and the body of a request, as the server has them of its parser; None where that refuses it."""
    from urllib.parse import unquote

    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=80_000)
    connection.receive_data(content)
    connection.receive_data(b"")
    try:
        request = connection.next_event()
        if not isinstance(request, h11.Request):
            return None
        body = bytearray()
        while isinstance(event := connection.next_event(), h11.Data):
            body += event.data
    except h11.RemoteProtocolError:
        return None
    raw, _mark, query = request.target.partition(b"?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": request.http_version.decode("ascii"),
        "method": request.method.decode("ascii"), "scheme": "http", "path": unquote(raw.decode("ascii")),
        "raw_path": raw, "query_string": query, "root_path": "", "headers": [tuple(pair) for pair in request.headers],
        "client": ("127.0.0.1", 50_000), "server": ("127.0.0.1", _PORT), "state": {},
    }  # fmt: skip
    return scope, bytes(body)


async def _answered(application: Any, scope: dict[str, Any], body: bytes) -> tuple[int, dict[bytes, bytes], bytes]:
    started: dict[str, Any] = {}
    answer = bytearray()
    parts = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Mapping[str, Any]:
        return parts.pop() if parts else {"type": "http.disconnect"}

    async def send(message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            started.update(message)
        else:
            answer.extend(message.get("body", b""))

    await application(scope, receive, send)
    return started["status"], dict(started["headers"]), bytes(answer)


def _request(file: Path) -> None:
    from gguplan.workbench.gate import Keys
    from gguplan.workbench.server import application
    from gguplan.workbench.state import State, Variant
    from gguplan.workbench.workbench import Workbench

    requested = _requested(file.read_bytes())
    if requested is None:
        raise _refused("no request")
    saved = file.parent / "saved"
    saved.mkdir()
    jobs = _Jobs()
    workbench = Workbench(
        _bench(), State((Variant("regio.toml"),)), _PORT, "en", saved, Keys("t" * 43, _COOKIE), jobs=jobs
    )
    status, headers, answer = asyncio.run(_answered(application(workbench), *requested))
    assert status in _STATUSES, status
    assert b"default-src 'none'" in headers[b"content-security-policy"]
    assert b"<script>alert" not in _html(headers, answer)
    _read_again(saved)
    for task in jobs.tasks:
        if task.kind in _AT_WORK and now_and_then(file):
            _work(task)
    if status >= 400:
        if status == 400 and headers.get(b"content-type") == b"application/json":
            texts = json.loads(answer)["findings"]
            assert texts and all(text.strip() for text in texts)
        raise _refused(str(status))


def _html(headers: Mapping[bytes, bytes], answer: bytes) -> bytes:
    """What of an answer is read as HTML: a page, or the parts of one."""
    if headers.get(b"content-type") == b"application/json":
        return "".join(json.loads(answer).get("fragments", {}).values()).encode("utf-8", "replace")
    return answer


def _refused(why: str) -> InputError:
    return InputError([Finding(Place("request"), f"This is refused: {why}.", "Ask otherwise.")])


def _read_again(saved: Path) -> None:
    """A file that was saved is whole, and a scenario."""
    from gguplan.inputs.toml_document import parse_toml

    for file in saved.iterdir():
        assert file.suffix == ".toml" and not file.name.startswith("."), file
        parse_toml(file.read_text(encoding="utf-8"), file.name, saved)


def _work(task: Task) -> None:
    """What the process of a long answer would do."""
    from gguplan.workbench.long.work import outcome_of

    try:
        outcome_of(task, lambda _progress: None)
    except InputError as error:
        check_findings(error)


class _Jobs(Jobs):
    """Long answers that are begun, and not worked out by a process of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.tasks: list[Task] = []

    def begin(self, task: Task) -> Job:
        self.tasks.append(task)
        return Job(task, multiprocessing.current_process())


# --- what it starts from -----------------------------------------------------------------------------

_START: Final = urlencode([("scenario", "regio.toml"), ("lang", "nl")])
_BESIDE: Final = urlencode(
    [("scenario", "regio.toml"), ("set", "programmes.a.gross=900000.00"), ("scenario", "uitnamen-2017"),
     ("set", "programmes.ibd.gross=2100000.00"), ("shown", "2"), ("municipality", "GM0503"), ("sum", "a"),
     ("table", "opt_outs.a"), ("lang", "en")]
)  # fmt: skip
_VALUES: Final = (
    "100000.00", "1.234,56", "2020", "true", "none", "21%", "refund", "redistribute", "0.25", "50%", "Delft",
    '["Delft", "GM0637"]', "{ key = 'inhabitants' }", "2020-07-01", "3", "", "all", "not_levied", "general",
    '{ 2021 = "5" }', "[]", "x", "+5%", "{ file = '/etc/passwd' }",
)  # fmt: skip


def written_request(method: str, target: str, body: Mapping[str, Any] | None, **headers: str) -> bytes:
    """A request as a browser that may come in sends it."""
    here = f"127.0.0.1:{_PORT}"
    content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace")
    fields = {"Host": here, "Origin": f"http://{here}", "Cookie": f"gguplan-{_PORT}={_COOKIE}", **headers}
    if body is not None:
        fields = {**fields, "Content-Type": "application/json", "Content-Length": str(len(content))}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join(lines).encode("utf-8", "backslashreplace") + b"\r\n\r\n" + content


@cache
def _bodies() -> list[tuple[str, dict[str, Any]]]:
    """Every act on every key of a scenario, and every other thing that a page sends."""
    from gguplan.inputs.scenario.schema import Scenario
    from gguplan.inputs.scenario.schema_walk import tables
    from gguplan.workbench.long.task import Product, Question

    keys = [f"{group}.a.{field}" for group, table in sorted(tables().items()) for field in table.model_fields]
    keys += sorted(set(Scenario.model_fields) - set(tables()))
    chance = random.Random("bodies")
    acts = [("set", key, chance.choice(_VALUES)) for key in keys for _time in range(2)]
    acts += [("table", group, "a") for group in sorted(tables())] + [("back", key, "") for key in keys[::6]]
    acts += [("toggle", key, "Delft") for key in keys if key.endswith("municipalities")]
    acts += [
        ("look", "", ""), ("outside", "a", "GM0503"), ("choose", "", "Delft"), ("sum", "a", ""), ("back", "", ""),
        ("beside", "", "uitnamen-2017"), ("beside", "", ""), ("start", "", "uitnamen-2017"), ("show", "1", ""),
        ("drop", "2", ""),
    ]  # fmt: skip
    bodies: list[tuple[str, dict[str, Any]]] = [
        ("/act", {"address": address, "act": act, "path": path, "value": value})
        for act, path, value in acts
        for address in (_START, _BESIDE)
    ]
    opened = 'title = "B"\nextends = "regio.toml"\nsource = "s"\n[programmes.a]\ngross = "5000.00"\n'
    bodies += [("/act", {"address": _START, "act": "open", "text": opened, "known": {"a": "b"}, "tab": "7"})] * 20
    bodies += [("/save", {"address": _BESIDE, "title": "Wat als", "source": "s", "name": "een.toml"})] * 20
    bodies += [("/save", {"address": _BESIDE, "title": "Wat als", "source": "s", "overwrite": True})] * 5
    kinds = [*get_args(Question), *get_args(Product)]
    vary = ["programmes.a.gross=100000.00:200000.00:3"]
    bodies += [("/begin", {"address": _START, "kind": kind, "vary": vary}) for kind in kinds for _time in range(3)]
    return [*bodies, ("/stop", {"job": "x"})]


@cache
def _seeds() -> list[bytes]:
    _bench()
    bodies = [written_request("POST", path, body) for path, body in _bodies()]
    pages = [written_request("GET", f"/?{address}", None) for address in (_START, _BESIDE)]
    others = [f"/open?token={'t' * 43}", "/open?token=", "/workbench.js", "/job/x", "/job/x/file", "/../etc/passwd"]
    return [pages[0], *bodies, *pages * 20, *(written_request("GET", target, None) for target in others)]


# --- how it is mutated -------------------------------------------------------------------------------


def _text(text: str, others: list[str], chance: random.Random) -> str:
    content = mutated(text.encode("utf-8", "replace"), [words.encode("utf-8", "replace") for words in others], chance)
    return content.decode("utf-8", errors=chance.choice(("replace", "surrogateescape", "ignore")))


def _address(address: str, chance: random.Random) -> str:
    """An address of which a field is another, changed, put twice or gone."""
    fields = parse_qsl(address, keep_blank_values=True) or [("", "")]
    place = chance.randrange(len(fields))
    key, value = fields[place]
    match chance.randrange(5):
        case 0:
            fields[place] = (_text(key, [value], chance), value)
        case 1:
            fields.insert(place, ("set", f"{chance.choice(_paths())}={_text(chance.choice(_VALUES), [value], chance)}"))
        case 2:
            fields *= chance.choice((0, 2, 50))
        case 3:
            return _text(address, [address], chance)
        case _:
            fields[place] = (key, _text(value, list(_VALUES), chance))
    return urlencode(fields, errors="replace")


@cache
def _paths() -> list[str]:
    return [body["path"] for _path, body in _bodies() if body.get("path")]


_ODD: Final[tuple[Any, ...]] = (
    None,
    True,
    0,
    -1,
    1e308,
    [],
    {},
    ["a"],
    {"a": "b"},
    "x" * 70_000,
    [[[]]],
    "\ud800",
    "\0",
)


def _mutated_request(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A request with another field, address, header or byte."""
    if chance.random() < 0.12:
        return mutated(content, others, chance)
    if chance.random() < 0.12:
        headers = {
            chance.choice(("Host", "Origin", "Cookie", "Sec-Fetch-Site", "Content-Length", "Transfer-Encoding")):
            _text(chance.choice((f"127.0.0.1:{_PORT}", "localhost", "cross-site", _COOKIE, "chunked")), ["-1"], chance)
        }  # fmt: skip
        path, body = chance.choice(_bodies())
        return written_request(chance.choice(("POST", "GET", "PUT", "HEAD")), path, body, **headers)
    if chance.random() < 0.2:
        return written_request("GET", f"/?{_address(chance.choice((_START, _BESIDE)), chance)}", None)
    path, body = chance.choice(_bodies())
    body = dict(body)
    for _time in range(chance.choice((1, 1, 1, 2, 4))):
        field = chance.choice(list(body))
        value, (_path, crossed) = body[field], chance.choice(_bodies())
        way = chance.random()
        if way < 0.1:
            body[field] = chance.choice(_ODD)
        elif way < 0.15:
            del body[field]
            body.setdefault("act", "look")
        elif way < 0.3:
            body |= {key: crossed[key] for key in ("path", "value") if key in crossed and path == "/act"}
        elif field == "address":
            body[field] = _address(str(value), chance)
        elif isinstance(value, list):
            body[field] = [_text(str(item), list(_VALUES), chance) for item in value] * chance.choice((0, 1, 1, 3))
        else:
            body[field] = _text(str(value), list(_VALUES), chance)
    return written_request("POST", path, body)


REQUESTS: Final = Target("request", "request.txt", _seeds, _request, 15, _mutated_request)
