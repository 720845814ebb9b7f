"""A scenario as it comes about: the one it extends, the ledger, its own text, and ``--set``.

Each layer says only what differs. What remains of every layer is where each value was said, so that a
mistake is shown at the place where somebody wrote it.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from gguplan.inputs.findings import Finding, InputError, Place
from gguplan.inputs.ledger.readings import load_ledger
from gguplan.inputs.scenario.allocation_keys import (
    Bracket,
    FixedPlusInhabitants,
    PerColumn,
    PerInhabitant,
    Stepped,
)
from gguplan.inputs.scenario.participation import Cascade, Group, OptOut, SizeClass, Threshold
from gguplan.inputs.scenario.realisation import StatedRealisation
from gguplan.inputs.scenario.schema import BUDGETS, Programme, Scenario
from gguplan.inputs.shipped import shipped_folder, shown
from gguplan.inputs.toml_document import KeyPath, TomlDocument, in_plain_words, read_toml
from gguplan.language import _
from gguplan.money import plain_euros

_TABLES: Final[dict[str, type[BaseModel]]] = {
    "programmes": Programme,
    "opt_outs": OptOut,
    "groups": Group,
    "thresholds": Threshold,
    "cascades": Cascade,
    "realisation": StatedRealisation,
}
"""The keys of a scenario under which tables stand by name, and what such a table may say."""

_SOURCED: Final = ("programmes", "opt_outs", "thresholds", "cascades", "realisation")
"""Those of which every table needs a source."""

_LONGEST_CHAIN: Final = 20
_CLOSE_ENOUGH: Final = 0.6
_FILES_LOOKED_AT: Final = 1_000


@dataclass
class Layers:
    """The data of a scenario after all layers, and where each part of it was said."""

    data: dict[str, Any]
    origins: dict[KeyPath, TomlDocument | Place]
    files: list[TomlDocument]
    """From the scenario itself to the one at the bottom."""
    settings: tuple[str, ...] = ()
    ledger_year: int | None = None
    not_levied: list[str] = field(default_factory=list)
    """Programmes in the ledger of that year that no budget was published for."""

    def place(self, path: KeyPath) -> Place:
        """Where the value at `path`, or what should hold it, was written."""
        origin = self._origin(path)
        return origin if isinstance(origin, Place) else origin.place(path)

    def key_place(self, path: KeyPath) -> Place:
        """Where the key at the end of `path` was written."""
        origin = self._origin(path)
        return origin if isinstance(origin, Place) else origin.key_place(path)

    def _origin(self, path: KeyPath) -> TomlDocument | Place:
        """Who said the value at `path`, or what should hold it."""
        said = (self.origins.get(path[:depth]) for depth in range(len(path), -1, -1))
        return next((origin for origin in said if origin is not None), self.files[0])

    def folder(self, path: KeyPath) -> Path:
        """The folder of the file that says the value at `path`; for a setting, that of the scenario."""
        origin = self.origins.get(path)
        return origin.folder if isinstance(origin, TomlDocument) else self.files[0].folder


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The closest of the names as a question, with a space behind it; empty when none is close."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    best = extractOne(name[:100], list(names), scorer=OSA.normalized_similarity, score_cutoff=_CLOSE_ENOUGH)
    return _("Did you mean {name!r}? ", name=best[0]) if best else ""


def shipped_scenarios() -> dict[str, Path]:
    """The scenarios that come with gguplan, by name."""
    return {file.stem: file for file in sorted(shipped_folder("scenarios").glob("*.toml"))}


def find_scenario(name: str, below: Path | None = None, place: Place | None = None) -> Path:
    """The file of a scenario: a shipped name, or a path (within the folder `below`, where that is given).

    Raises InputError at `place` when there is none, with the closest names.
    """
    shipped = shipped_scenarios()
    if name in shipped:
        return shipped[name]
    file = (below or Path()) / name
    climbs = below is not None and lies_outside(file, below)
    if is_there(file) and not climbs:
        return file
    place = place or Place(_("scenario {name!r}", name=name[:100]))
    names = _("Shipped scenarios: {names}.", names=", ".join(shipped))
    if not name.strip():
        what, remedy = _("No scenario is named here."), _("Give a name or a file. {names}", names=names)
    elif climbs:
        what = _("{name!r} lies outside the folder of this scenario.", name=name[:100])
        remedy = _("Copy it into the same folder and name it here.")
    elif is_there(file, folder=True):
        what = _("{name!r} is a folder.", name=name[:100])
        remedy = _("Name the file in it, such as {file}.", file=Path(name) / "voorstel.toml")
    else:
        what = _("There is no scenario {name!r}, and no such file.", name=name[:100])
        remedy = did_you_mean(name, [*shipped, *_files_like(file, name)]) + names
    raise InputError([Finding(place, what, remedy)])


def is_there(file: Path, folder: bool = False) -> bool:
    """Whether there is such a file (or folder); a name that no file can have is not there."""
    try:
        return file.is_dir() if folder else file.is_file()
    except (OSError, ValueError):
        return False


def lies_outside(file: Path, folder: Path) -> bool:
    """Whether a file lies outside a folder, wherever links lead; a name that no file can have does not."""
    try:
        return folder.resolve() not in file.resolve().parents
    except (OSError, ValueError):
        return False


def _files_like(file: Path, name: str) -> list[str]:
    """The TOML files beside where `file` was sought, written as `name` is."""
    try:
        return [str(Path(name).with_name(one.name)) for one in islice(file.parent.glob("*.toml"), _FILES_LOOKED_AT)]
    except (OSError, ValueError):
        return []


def read_layers(name: str) -> Layers:
    """Read a scenario with all that it extends.

    Raises InputError for a file that cannot be read, or for scenarios that extend each other in a circle.
    """
    files = _chain(find_scenario(name))
    layers = Layers({}, {(): files[0]}, files)
    for document in reversed(files):
        own = document.data
        if type(own.get("ledger")) is int:
            _lay_ledger(layers, own["ledger"], document)
        _lay(layers, _with_sources(own), document)
    return layers


def _chain(file: Path) -> list[TomlDocument]:
    chain, seen = [read_toml(file)], [file.resolve()]
    while isinstance(base := chain[-1].data.get("extends"), str):
        place = chain[-1].place(("extends",))
        found = find_scenario(base, chain[-1].folder, place)
        if found.resolve() in seen:
            path = " → ".join(shown(one) for one in [*seen, found.resolve()])
            raise InputError(
                [
                    Finding(
                        place,
                        _("This scenario extends itself: {path}.", path=path),
                        _("Let it extend another, or none."),
                    )
                ]
            )
        if len(chain) == _LONGEST_CHAIN:
            raise InputError(
                [
                    Finding(
                        place,
                        _("More than {count} scenarios extend each other.", count=_LONGEST_CHAIN),
                        _("Write some of them together."),
                    )
                ]
            )
        seen.append(found.resolve())
        chain.append(read_toml(found))
    return chain


def _with_sources(own: dict[str, Any]) -> dict[str, Any]:
    """The source of the file stands for every programme and opt-out in it that has none of its own."""
    source = own.get("source")
    if not isinstance(source, str):
        return own
    told = dict(own)
    for group in _SOURCED:
        if isinstance(own.get(group), dict):
            told[group] = {
                name: {"source": source, **table} if isinstance(table, dict) else table
                for name, table in own[group].items()
            }
    return told


def _lay(layers: Layers, own: dict[str, Any], document: TomlDocument) -> None:
    """Lay the data of one file over what is there."""

    def over(base: dict[str, Any], new: dict[str, Any], path: KeyPath) -> None:
        told = set(new) - {"title", "source"}
        if len(path) == 2 and path[0] in _SOURCED and told and "source" not in new:
            # The source of the base is not the source of what is changed here.
            base.pop("source", None)
            layers.origins.pop((*path, "source"), None)
            layers.origins[path] = document
        if len(path) == 2 and path[0] == "programmes" and any(key in new for key in BUDGETS):
            for key in BUDGETS:
                if key not in new:
                    base.pop(key, None)
        if len(path) == 2 and path[0] == "opt_outs" and "settlement" in new and "rate" not in new:
            base.pop("rate", None)
        for key, value in new.items():
            here = (*path, key)
            keeps = isinstance(value, dict) and isinstance(base.get(key), dict)
            if keeps and not (key == "allocation" and "key" in value):
                over(base[key], value, here)
                continue
            base[key] = _copy(value)
            _note(layers, here, value, document)

    over(layers.data, own, ())


def _copy(value: Any) -> Any:
    return {key: _copy(item) for key, item in value.items()} if isinstance(value, dict) else value


def _note(layers: Layers, path: KeyPath, value: Any, origin: TomlDocument | Place) -> None:
    layers.origins[path] = origin
    if isinstance(value, dict):
        for key, item in value.items():
            _note(layers, (*path, key), item, origin)


def _lay_ledger(layers: Layers, year: int, document: TomlDocument) -> None:
    ledger = load_ledger()
    place = document.place(("ledger",))
    if year not in ledger.years():
        there = ", ".join(map(str, ledger.years()))
        raise InputError(
            [
                Finding(
                    place,
                    _("The ledger has no budgets of {year}.", year=year),
                    _("Years that it has: {years}.", years=there),
                )
            ]
        )
    tables: dict[str, Any] = {}
    layers.ledger_year, layers.not_levied = year, []
    for one in ledger.programmes.values():
        quantity = ledger.budget_quantity(one.programme, year)
        budget = ledger.amount(one.programme, year, quantity)
        if budget is None:
            if ledger.of(one.programme, year, "net"):
                layers.not_levied.append(one.programme)
            continue
        tables[one.programme] = {
            "title": one.title,
            quantity: plain_euros(budget),
            "vat": "none" if ledger.has_no_vat(one.programme, year) else "21%",
            "source": ledger.budget_source(one.programme, year),
            "kind": one.kind,
            **({} if one.underspend == "not_stated" else {"underspend": one.underspend}),
        }
    layers.data["programmes"] = tables
    _note(layers, ("programmes",), tables, place)


# --- --set ---------------------------------------------------------------------------------------


def apply_settings(layers: Layers, settings: Iterable[str]) -> Layers:
    """Apply ``path=value`` settings to layers that are right without them.

    Raises InputError with every setting whose path does not exist in the scenario.
    """
    changed = replace(layers, data=_copy(layers.data), origins=dict(layers.origins), settings=tuple(settings))
    findings: list[Finding] = []
    applied: list[KeyPath] = []
    for setting in changed.settings:
        try:
            path = _apply(changed, setting)
        except InputError as error:
            findings.extend(error.findings)
            continue
        said = (*path[:2], "budget") if path[0] == "programmes" and path[-1] in BUDGETS else path
        if any(said[: len(one)] == one[: len(said)] for one in applied):
            findings.append(
                Finding(
                    Place(_shown_setting(setting)),
                    _("An earlier --set already sets this."),
                    _("Keep one of the two."),
                )
            )
        applied.append(said)
    if findings:
        raise InputError(findings)
    return changed


def _shown_setting(setting: str) -> str:
    return f"--set {''.join(one if one.isprintable() else '�' for one in setting[:200])}"


def _apply(layers: Layers, setting: str) -> KeyPath:
    """Apply one setting; returns the path that it sets."""
    place = Place(_shown_setting(setting))
    key_path, equals, text = setting.partition("=")
    if not equals or not key_path.strip():
        raise InputError(
            [
                Finding(
                    place,
                    _("A setting is a path, an = and a value."),
                    _("Write for example: --set programmes.ibd.gross=2100000.00"),
                )
            ]
        )
    path = _path(layers, key_path.strip(), place)
    value = _value(text.strip(), place)
    target: Any = layers.data
    for depth, part in enumerate(path[:-1], start=1):
        if isinstance(target, dict) and part not in target:
            target[part] = {}
            layers.origins[path[:depth]] = place
        target = target[part]
    if path[0] == "programmes" and path[-1] in BUDGETS and len(path) == 3:
        for key in BUDGETS:
            target.pop(key, None)
    target[path[-1]] = value
    _note(layers, path, value, place)
    if path[0] in _SOURCED and len(path) >= 3 and path[-1] != "source":
        table = layers.data[str(path[0])][path[1]]
        if isinstance(table, dict):
            table["source"] = _("set on the command line")
    return path


def written_settings(settings: Mapping[str, object]) -> list[str]:
    """Settings from Python as ``path=value``; lists as TOML writes them."""
    return [
        f"{path}={json.dumps(list(value), ensure_ascii=False) if isinstance(value, (list, tuple)) else value}"
        for path, value in settings.items()
    ]


def _value(text: str, place: Place) -> Any:
    """The value as TOML; bare words and numbers with a point are text, so that 0.25 stays exact."""
    # 's-Gravenhage begins with a quote and is a name.
    if not re.match(r"[\[{]|([\"']).*\1$|(true|false|[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2})$", text):
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except RecursionError:
        raise InputError(
            [Finding(place, _("The lists in this value are nested too deep."), _("Write a list of names."))]
        ) from None
    except ValueError as problem:
        raise InputError(
            [
                Finding(
                    place,
                    in_plain_words(str(problem)),
                    _('Write a list as ["Utrecht", "Zwolle"], a date as 2017-01-01.'),
                )
            ]
        ) from None


def _path(layers: Layers, written: str, place: Place) -> KeyPath:
    """The path as keys, when each of them exists in the scenario or may stand there."""
    path: KeyPath = ()
    here: Any = layers.data
    for part in written.split("."):
        allowed = allowed_keys(layers, path)
        if part not in allowed:
            where = ".".join(map(str, path)) or _("a scenario")
            if isinstance(here, list):
                remedy = _("The items of this list are numbered from 0 to {last}.", last=len(here) - 1)
            elif allowed:
                remedy = did_you_mean(part, allowed) + _("Keys there: {names}.", names=", ".join(allowed))
            else:
                remedy = _("Set it as a whole: --set {where}=…", where=where)
            raise InputError(
                [Finding(place, _("There is no {part!r} in {where}.", part=part[:100], where=where), remedy)]
            )
        key: str | int = int(part) if isinstance(here, list) else part
        path = (*path, key)
        here = here[int(key)] if isinstance(here, list) else here.get(key, {}) if isinstance(here, dict) else {}
    if path in (("extends",), ("ledger",)) or (path[0] in _TABLES and len(path) <= 2):
        raise InputError(
            [
                Finding(
                    place,
                    _("{path} cannot be set as a whole.", path=written),
                    _("Set one key in it, or write a scenario that extends this one."),
                )
            ]
        )
    return path


def allowed_keys(layers: Layers, path: KeyPath) -> list[str]:
    """The keys that exist, or may be written, in the table or list at `path`."""
    here: Any = layers.data
    for part in path:
        here = here[int(part)] if isinstance(here, list) else here.get(part, {}) if isinstance(here, dict) else {}
    if isinstance(here, list):
        return [str(index) for index in range(len(here))]
    if not path:
        return list(Scenario.model_fields)
    group, depth = str(path[0]), len(path)
    if depth == 1 and group in _TABLES:
        named = _names(layers, group)
        return sorted(named if group == "groups" else named | _names(layers, "programmes"))
    if depth == 2 and group in _TABLES:
        return list(_TABLES[group].model_fields)
    if depth == 3 and path[2] == "allocation":
        kinds = (PerInhabitant, Stepped, FixedPlusInhabitants, PerColumn)
        return sorted({key for kind in kinds for key in kind.model_fields})
    if depth == 3 and path[2] == "limits":
        return sorted(map(str, here)) if isinstance(here, dict) else []
    if depth == 5 and path[3] == "brackets":
        return list(Bracket.model_fields)
    if depth == 4 and path[2] == "size_classes":
        return list(SizeClass.model_fields)
    return []


def _names(layers: Layers, group: str) -> set[str]:
    tables = layers.data.get(group, {})
    return set(map(str, tables)) if isinstance(tables, dict) else set()
