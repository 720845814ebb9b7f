"""Names that a shell can fill in, read from the files themselves: it asks at every press of a key, and what a command
needs for its sums takes too long."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Final

from gguplan.shipped import shipped_folder

_FILES_LOOKED_AT: Final = 1_000


def scenarios_beginning_with(beginning: str) -> list[str]:
    """The shipped scenarios, and the ``.toml`` files and folders that are there."""
    shipped = (file.stem for file in shipped_folder("scenarios").glob("*.toml"))
    folder = beginning.rpartition("/")[0]
    folder_there = Path(folder or "/" if beginning.startswith("/") else folder or ".")
    try:
        entries = list(islice(folder_there.iterdir(), _FILES_LOOKED_AT))
    except OSError:
        entries = []
    files = (entry.name + "/" if entry.is_dir() else entry.name for entry in entries if _may_be_a_scenario(entry))
    prefix = beginning[: len(beginning) - len(beginning.rpartition("/")[2])]
    return _beginning_with(beginning, [*shipped, *(prefix + name for name in files)])


def municipalities_beginning_with(beginning: str) -> list[str]:
    """The municipalities of the newest year that is shipped, and their other names, with or without the apostrophe in
    front, which is a quotation mark to a shell."""
    folder = shipped_folder("population_data")
    newest = max(folder.glob("[0-9][0-9][0-9][0-9].csv"))
    names = [*_column(newest, "name"), *_column(folder / "aliases.csv", "alias")]
    start = beginning.casefold().lstrip("'’")
    return sorted({name for name in names if name.casefold().lstrip("'’").startswith(start)})


def programmes_beginning_with(beginning: str, scenario: str | None = None) -> list[str]:
    """The programmes of the ledger, and those that a scenario has of its own."""
    own: list[str] = []
    if scenario is not None:
        shipped = shipped_folder("scenarios") / f"{scenario}.toml"
        try:
            with (shipped if shipped.is_file() else Path(scenario)).open("rb") as file:
                own = list(tomllib.load(file).get("programmes", {}))
        except (OSError, ValueError, AttributeError):
            own = []
    return _beginning_with(beginning, [*own, *_column(shipped_folder("ledger_data") / "programmes.csv", "programme")])


def _may_be_a_scenario(entry: Path) -> bool:
    return not entry.name.startswith(".") and (entry.suffix == ".toml" or entry.is_dir())


def _column(file: Path, column: str) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as source:
        return [row[column] for row in csv.DictReader(source)]


def _beginning_with(beginning: str, names: Iterable[str]) -> list[str]:
    start = beginning.casefold()
    return sorted({name for name in names if name.casefold().startswith(start)})
