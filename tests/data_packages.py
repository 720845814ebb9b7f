"""``datapackage.json`` of both folders of data (Data Package standard, version 1): every table with its columns, the
words that they take, and what refers to what. ``python -m tests.data_packages`` writes them again.

The columns of the ledger are those of the classes that read it; those of the inhabitants are written here.
"""

from __future__ import annotations

import json
from datetime import date
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from msgspec import Struct

from gguplan.fund.indicators import PrintedIndicator
from gguplan.fund.ledger import Document, LedgerProgramme, PriceRise, PrintedFigure, RefundedMunicipalities
from gguplan.fund.municipalities import CountedStatus
from gguplan.inputs.ledger.contracts_file import ContractRow
from gguplan.inputs.ledger.ledger_files import DerivedRow, load_ledger
from gguplan.shipped import shipped_folder

FOLDERS: Final = ("population_data", "ledger_data")

_CBS: Final[dict[str, Any]] = {
    "licenses": [
        {
            "name": "CC-BY-4.0",
            "title": "Creative Commons Attribution 4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }
    ],
    "sources": [{"title": "CBS (Statistics Netherlands)", "path": "https://www.cbs.nl/"}],
}
_PROGRAMME: Final = ("programme", "programmes")
_DOCUMENT: Final = ("document", "documents")
_LEDGER: Final[tuple[tuple[str, type, tuple[str, ...], tuple[tuple[str, str], ...], str], ...]] = (
    ("documents", Document, ("document",), (), "The two reports that every figure comes from"),
    ("programmes", LedgerProgramme, ("programme",), (), "Every programme, its kind and its underspend"),
    ("readings", PrintedFigure, (), (_PROGRAMME, _DOCUMENT), "Every printed figure"),
    ("refunds", RefundedMunicipalities, ("programme", "year"), (_PROGRAMME, _DOCUMENT), "Who got a printed rate back"),
    ("derived", DerivedRow, ("programme", "year"), (_PROGRAMME,), "Budgets with VAT that are derived, in euros"),
    ("indicators", PrintedIndicator, (), (_PROGRAMME, _DOCUMENT), "Every printed volume, price, share or norm"),
    ("contracts", ContractRow, (), (_PROGRAMME, _DOCUMENT), "Until when somebody is under contract"),
    ("prices", PriceRise, ("year",), (), "By how many per cent consumer prices rose"),
)
"""Table, the class of its rows, its primary key, the columns that name a row of another table, and what it has."""

_GM_CODE: Final[dict[str, Any]] = {"required": True, "pattern": "GM[0-9]{4}"}


def descriptor(folder: str) -> dict[str, Any]:
    """The data package of a folder."""
    return _population() if folder == "population_data" else _ledger()


def written(folder: str) -> str:
    """The text of ``datapackage.json`` of a folder."""
    return json.dumps(descriptor(folder), ensure_ascii=False, indent=2) + "\n"


def _population() -> dict[str, Any]:
    years = sorted(file.name for file in shipped_folder("population_data").glob("[0-9]*.csv"))
    inhabitants = [
        _field("gm_code", "string", **_GM_CODE),
        _field("name", "string", required=True),
        _field("province", "string", required=True),
        _field("population", "integer", required=True, minimum=0),
    ]
    counts = [
        _field("year", "integer", required=True),
        _field("municipalities", "integer", required=True),
        _field("national_total", "integer"),
        _field("status", "string", required=True, enum=list(get_args(CountedStatus))),
        _field("note", "string"),
        _field("note_nl", "string"),
    ]
    mergers = [
        _field("effective_date", "date", required=True),
        _field("old_code", "string", **_GM_CODE),
        _field("old_name", "string", required=True),
        _field("new_code", "string", **_GM_CODE),
        _field("new_name", "string", required=True),
        _field("kind", "string", required=True, enum=["merge", "split", "rename", "boundary"]),
        _field("note", "string"),
        _field("note_nl", "string"),
    ]
    aliases = [
        _field("alias", "string", required=True),
        _field("gm_code", "string", **_GM_CODE),
        _field("note", "string"),
    ]
    return {
        "profile": "tabular-data-package",
        "name": "gguplan-population",
        "title": "Inhabitants of Dutch municipalities on 1 January",
        "description": "See README.md beside this file for what each figure was taken from.",
        **_CBS,
        "resources": [
            *(
                _resource(file.removesuffix(".csv"), f"Inhabitants on 1 January {file[:4]}", inhabitants, ("gm_code",))
                for file in years
            ),
            _resource("years", "What is known of each year", counts, ("year",)),
            _resource("mergers", "Municipalities that merged, split or got another code", mergers),
            _resource("aliases", "Other names of municipalities", aliases, ("alias", "gm_code")),
        ],
    }


def _ledger() -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "gguplan-ledger",
        "title": "Published budgets and realised amounts of collective activities of Dutch municipalities",
        "description": "See README.md beside this file for every column, and for which reading of a figure is used.",
        "sources": [
            *({"title": f"{document.publisher}: {document.title}"} for document in load_ledger().documents.values()),
            {"title": "CBS, StatLine 70936ned (prices.csv)", "path": "https://www.cbs.nl/"},
        ],
        "resources": [
            _resource(name, title, _columns(row), key, references) for name, row, key, references, title in _LEDGER
        ],
    }


def _resource(
    name: str,
    title: str,
    columns: list[dict[str, Any]],
    key: tuple[str, ...] = (),
    references: tuple[tuple[str, str], ...] = (),
) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": columns, "missingValues": [""]}
    if key:
        schema["primaryKey"] = list(key)
    if references:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": table, "fields": [column]}} for column, table in references
        ]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _columns(row: type[Struct]) -> list[dict[str, Any]]:
    """The columns of a table of the ledger, as the class of its rows has them."""
    hints = get_type_hints(row)
    return [_column(name, hints[name]) for name in row.__struct_fields__]


def _column(name: str, hint: Any) -> dict[str, Any]:
    kinds = get_args(hint)
    if words := _words(hint):
        filled = [word for word in words if word]
        return _field(name, "string", required=len(filled) == len(words), enum=filled)
    optional = NoneType in kinds
    kind = next(member for member in kinds if member is not NoneType) if optional else hint
    if kind is str:
        return _field(name, "string")
    if kind is bool:
        return {**_field(name, "boolean", required=True), "trueValues": ["yes"], "falseValues": ["no"]}
    named = {int: "integer", float: "number", date: "date"}[kind]
    return _field(name, named, required=not optional)


def _words(hint: Any) -> list[str]:
    """The words that a column takes; empty where it takes any."""
    if get_origin(hint) is Literal:
        return list(get_args(hint))
    members = [_words(member) for member in get_args(hint)]
    return [word for words in members for word in words] if members and all(members) else []


def _field(name: str, kind: str, **constraints: Any) -> dict[str, Any]:
    kept = {rule: value for rule, value in constraints.items() if value is not False}
    return {"name": name, "type": kind, **({"constraints": kept} if kept else {})}


def main() -> None:
    """Write both files."""
    for folder in FOLDERS:
        (shipped_folder(folder) / "datapackage.json").write_text(written(folder), encoding="utf-8")


if __name__ == "__main__":
    main()
