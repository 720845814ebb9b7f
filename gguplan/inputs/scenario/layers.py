"""A scenario as it comes about: what it extends, the ledger, its own text, and ``--set``.

Each layer says only what differs. What remains of every layer is where each value was said, so that a
mistake is shown at the place where somebody wrote it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.stated_keys import ChangedKey
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.scenario.differences import differences
from gguplan.inputs.scenario.relative_changes import change_at, changed_by
from gguplan.inputs.scenario.schema_walk import excluded_by, sourced_table
from gguplan.inputs.toml_document import KeyPath, TomlDocument
from gguplan.language import _
from gguplan.money import plain_euros

_TABLES_OF_A_HORIZON: Final = {"indexation", "programmes"}


class Layers(Struct):
    """The data of a scenario after all layers, and where each part of it was said."""

    data: dict[str, Any]
    origins: dict[KeyPath, TomlDocument | Place]
    files: list[TomlDocument]
    """From the scenario itself to the one at the bottom."""
    settings: tuple[str, ...] = ()
    ledger_year: int | None = None
    not_levied: list[str] = field(default_factory=list)
    """Programmes in the ledger of that year that no budget was published for."""
    extended: dict[str, Any] | None = None
    """The data of what it extends, or of the scenario itself without ``--set`` where it extends nothing."""
    recorded_changes: tuple[ChangedKey, ...] | None = None
    """What it changes of that, where a record says so."""

    def changed(self) -> tuple[ChangedKey, ...]:
        """What is said otherwise than in what it extends, without what only labels it."""
        if self.recorded_changes is not None:
            return self.recorded_changes
        return tuple(differences(self.extended, self.data)) if self.extended is not None else ()

    def place(self, path: KeyPath) -> Place:
        """Where the value at `path`, or what should hold it, was written."""
        origin = self.origin(path)
        return origin if isinstance(origin, Place) else origin.place(path)

    def key_place(self, path: KeyPath) -> Place:
        """Where the key at the end of `path` was written."""
        origin = self.origin(path)
        return origin if isinstance(origin, Place) else origin.key_place(path)

    def origin(self, path: KeyPath) -> TomlDocument | Place:
        """Who said the value at `path`, or what should hold it."""
        origins = (self.origins.get(path[:depth]) for depth in range(len(path), -1, -1))
        return next((origin for origin in origins if origin is not None), self.files[0])

    def folder(self, path: KeyPath) -> Path:
        """The folder of the file that says the value at `path`; for a setting, that of the scenario."""
        origin = self.origin(path)
        return origin.folder if isinstance(origin, TomlDocument) else self.files[0].folder


def with_source(value: Any, path: KeyPath, source: str) -> Any:
    """What stands at a path, with a source in each table that needs one and has none of its own."""
    if isinstance(value, list):
        return [with_source(item, (*path, number), source) for number, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    inner = {key: with_source(item, (*path, key), source) for key, item in value.items()}
    says_something = path != ("horizon",) or set(value) - _TABLES_OF_A_HORIZON
    lacks_one = sourced_table(path) == path and says_something and "source" not in inner
    return {"source": source, **inner} if lacks_one else inner


def lay_file(layers: Layers, document: TomlDocument) -> None:
    """Lay a file over what is there: first the programmes of the year of the ledger that it names, then its own."""
    own = document.data
    expect_nothing(layers)
    # What extends an amendment is no amendment of that number.
    layers.data.pop("amendment", None)
    if type(own.get("ledger")) is int:
        _lay_ledger(layers, own["ledger"], document)
    source = own.get("source")
    # The source of the file stands for every table in it that has none of its own.
    _lay(layers, with_source(own, (), source) if isinstance(source, str) else own, document)


def _lay(layers: Layers, own: dict[str, Any], document: TomlDocument) -> None:
    """Lay the data of one file over what is there."""

    def over(base: dict[str, Any], new: dict[str, Any], path: KeyPath) -> None:
        keys = set(new) - {"title", "source"} - (_TABLES_OF_A_HORIZON if path == ("horizon",) else set())
        if path and sourced_table(path) == path and keys and "source" not in new:
            # The source of the base is not the source of what is changed here.
            base.pop("source", None)
            layers.origins.pop((*path, "source"), None)
            layers.origins[path] = document
        if not path and "reference_date" in new:
            forget_the_reason_of_the_date(base)
        if len(path) == 2 and path[0] == "opt_outs" and "settlement" in new and "rate" not in new:
            base.pop("rate", None)
        for key, value in new.items():
            here = (*path, key)
            keeps = isinstance(value, dict) and isinstance(base.get(key), dict)
            if keeps and not (key == "allocation" and "key" in value):
                over(base[key], value, here)
                continue
            if isinstance(value, str) and (change := change_at(here, value)) is not None:
                # A part of what the scenario below it says.
                value = changed_by(layers.data, here, change, document.place(here))
            base[key] = copied(value)
            note(layers, here, value, document)
        # Last: a part of another way to say the same is told which way it is said.
        for key in excluded_by(path, new):
            base.pop(key, None)

    over(layers.data, own, ())


def forget_the_reason_of_the_date(data: dict[str, Any]) -> None:
    """Drop what was said of the reference date: it is not said of another one."""
    for key in ("reference_date_source", "reference_date_assumed"):
        data.pop(key, None)


def expect_nothing(layers: Layers) -> None:
    """Drop what was expected so far: it was said of the scenario as it was without what comes now."""
    layers.data.pop("expected", None)
    for path in [origin for origin in layers.origins if origin[:1] == ("expected",)]:
        del layers.origins[path]


def copied(value: Any) -> Any:
    """The value with every table and list in it copied, so that changing one changes no other."""
    if isinstance(value, list):
        return [copied(item) for item in value]
    return {key: copied(item) for key, item in value.items()} if isinstance(value, dict) else value


def note(layers: Layers, path: KeyPath, value: Any, origin: TomlDocument | Place) -> None:
    """Note where the value at `path`, and everything in it, was said."""
    layers.origins[path] = origin
    if isinstance(value, dict):
        for key, item in value.items():
            note(layers, (*path, key), item, origin)


def _lay_ledger(layers: Layers, year: int, document: TomlDocument) -> None:
    ledger = load_ledger()
    place = document.place(("ledger",))
    if year not in ledger.years():
        listed = ", ".join(map(str, ledger.years()))
        raise InputError(
            [
                Finding(
                    place,
                    _("The ledger has no budgets of {year}.", year=year),
                    _("Years that it has: {years}.", years=listed),
                )
            ]
        )
    tables: dict[str, Any] = {}
    layers.ledger_year, layers.not_levied = year, []
    for programme in ledger.programmes.values():
        quantity = ledger.budget_quantity(programme.programme, year)
        budget = ledger.amount(programme.programme, year, quantity)
        if budget is None:
            if ledger.of(programme.programme, year, "net"):
                layers.not_levied.append(programme.programme)
            continue
        tables[programme.programme] = {
            "title": programme.title,
            quantity: plain_euros(budget),
            "vat": "none" if ledger.has_no_vat(programme.programme, year) else "21%",
            "source": ledger.budget_source(programme.programme, year),
            "kind": programme.kind,
            **({} if programme.underspend_rule is None else {"underspend": programme.underspend_rule}),
        }
    layers.data["programmes"] = tables
    note(layers, ("programmes",), tables, place)
