"""What somebody does on the page, and the state that follows. A change is a setting, as ``--set`` takes it."""

from __future__ import annotations

import json
from typing import Any, assert_never

from msgspec import Struct
from msgspec.structs import replace

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.population.municipalities import UnknownMunicipality, look_up
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.schema_walk import nodes_at, sort_at
from gguplan.inputs.scenario.settings import existing_path, says_the_same, value_of
from gguplan.inputs.sweep.factor_values import units_of
from gguplan.inputs.toml_document import KeyPath
from gguplan.inputs.typed_amounts import UnreadableAmount
from gguplan.language import _
from gguplan.workbench.additions import field, group_setting, new_table_above, programme_setting
from gguplan.workbench.bench import Bench
from gguplan.workbench.levers.amounts_of_the_page import as_a_setting, is_the_same_amount
from gguplan.workbench.opened_scenario import variant_in
from gguplan.workbench.outside import FIRST_SETTLEMENT, opt_out_of, settings_of, with_or_without
from gguplan.workbench.rows import added, rows_at
from gguplan.workbench.state import MOST_VARIANTS, State, Variant
from gguplan.workbench.tables_of_a_kind import kinds_above, with_key, without_key
from gguplan.workbench.toml_text import toml_text
from gguplan.workbench.typed_scenario import as_typed


class SetKey(Struct, frozen=True):
    """A key gets the value that was typed; none: the change is taken back."""

    path: str
    value: str


class Toggle(Struct, frozen=True):
    """A name goes into a list, or out of it when it is there."""

    path: str
    name: str


class PutOutside(Struct, frozen=True):
    """A municipality, by its code, goes outside a programme, or back in."""

    programme: str
    gm_code: str


class TakeBack(Struct, frozen=True):
    """All changes at a path and below it; of an empty path, all."""

    path: str


class OpenTable(Struct, frozen=True):
    """A table that is not there is shown, to be filled in."""

    path: str


class AddProgramme(Struct, frozen=True):
    """A programme that the scenario does not have, by the fields of its form."""

    fields: tuple[tuple[str, str], ...]


class AddGroup(Struct, frozen=True):
    """A group of municipalities that the scenario does not have, by the fields of its form."""

    fields: tuple[tuple[str, str], ...]


class AddRow(Struct, frozen=True):
    """One more of what the scenario has any number of, at a path, by the fields of its form."""

    path: str
    fields: tuple[tuple[str, str], ...]


class Choose(Struct, frozen=True):
    """The bill of this municipality is shown, by name or code."""

    municipality: str


class OpenSum(Struct, frozen=True):
    """The whole sum of a programme is shown, or no more."""

    programme: str


class PutBeside(Struct, frozen=True):
    """Another scenario stands beside those that are there, and is worked on: that of a name, or a copy of what is
    worked on."""

    base: str


class StartFrom(Struct, frozen=True):
    """What is worked on starts from another scenario, and keeps its changes."""

    base: str


class OpenFile(Struct, frozen=True):
    """A scenario file, by what stands in it, takes the place of what is worked on."""

    text: str


class Show(Struct, frozen=True):
    """The variant at this place is worked on."""

    place: str


class Drop(Struct, frozen=True):
    """The variant at this place goes."""

    place: str


class Look(Struct, frozen=True):
    """Nothing changes."""


Change = SetKey | Toggle | PutOutside | TakeBack | OpenTable | AddProgramme | AddGroup | AddRow | StartFrom | OpenFile
Act = Change | Choose | OpenSum | PutBeside | Show | Drop | Look


def after(act: Act, state: State, bench: Bench) -> State:
    """The state after an act. Raises InputError for what cannot be done."""
    match act:
        case SetKey(path, value):
            return _set(state, bench, path, value)
        case Toggle(path, name):
            return _toggled(state, bench, path, name)
        case PutOutside(programme, gm_code):
            return _outside(state, bench, programme, gm_code)
        case TakeBack(path):
            return _taken_back(state, bench, path)
        case OpenTable(path):
            return replace(state, tables=tuple(dict.fromkeys((*state.tables, path))))
        case AddProgramme(fields):
            data = bench.worked(state.variant).inputs.layers.data
            return _added(state, bench, programme_setting(data, dict(fields)), field("programme", "gross"))
        case AddGroup(fields):
            inputs = bench.worked(state.variant).inputs
            setting = group_setting(inputs.layers.data, inputs.population, dict(fields))
            return _added(state, bench, setting, field("group", "municipality"))
        case AddRow(path, fields):
            return _with_row(state, bench, path, dict(fields))
        case Choose(municipality):
            return replace(state, municipality=_code(state, bench, municipality), sums=())
        case OpenSum(programme):
            rest = tuple(name for name in state.sums if name != programme)
            return replace(state, sums=rest if programme in state.sums else (*state.sums, programme))
        case PutBeside(base):
            return _beside(state, base)
        case StartFrom(base):
            return _in_its_place(state, Variant(base, state.variant.settings))
        case OpenFile(text):
            return _in_its_place(state, variant_in(text, bench.bases))
        case Show(place):
            return replace(state, shown=_place(state, place))
        case Drop(place):
            return _dropped(state, _place(state, place))
        case Look():
            return state
        case _:
            assert_never(act)


def _in_its_place(state: State, variant: Variant) -> State:
    variants = list(state.variants)
    variants[state.shown] = variant
    return replace(state, variants=tuple(variants))


def path_of(setting: str) -> str:
    """The path that a setting sets, as it is written."""
    return setting.partition("=")[0].strip()


def keys_of(layers: Layers, path: str) -> KeyPath:
    """A written path as keys; also one that the scenario does not have."""
    try:
        return existing_path(layers, path, Place(path))
    except InputError:
        return _numbered(tuple(path.split(".")))


def _numbered(path: KeyPath) -> KeyPath:
    """A path in which what counts the items of a list is a number."""
    keys: KeyPath = ()
    for part in path:
        text = str(part)
        is_place = text.isascii() and text.isdecimal() and len(text) < 6 and _is_list(keys)
        keys = (*keys, int(text) if is_place else part)
    return keys


def _is_list(keys: KeyPath) -> bool:
    rows = rows_at(keys)
    return rows is not None and rows.kind == "list"


def at(data: Any, path: KeyPath) -> Any:
    """What stands at a path of a scenario's data; None where nothing does."""
    for key in path:
        if isinstance(data, list) and isinstance(key, int) and 0 <= key < len(data):
            data = data[key]
        elif isinstance(data, dict):
            data = data.get(key)
        else:
            return None
    return data


def _set(state: State, bench: Bench, path: str, value: str) -> State:
    layers = bench.bases.read(state.variant.base).layers
    keys = keys_of(layers, path)
    text = _written(keys, value.strip())
    whole, new = kinds_above(keys) or _rows_set_above(state, layers, keys), new_table_above(layers.data, keys)
    if whole is not None:
        text = toml_text(with_key(_table(state, bench, whole), whole, keys, text))
        keys = whole
    if new is not None and keys != new:
        setting = f"{'.'.join(map(str, new))}={toml_text(with_key(_table(state, bench, new), new, keys, text))}"
        return _added(state, bench, setting, path)
    path = ".".join(map(str, keys)) if whole is not None else path
    others = tuple(setting for setting in state.variant.settings if not _says(layers, setting, keys))
    if not text or _is_there_already(layers, keys, text):
        return state.with_settings(others)
    return state.with_settings((*others, f"{path}={text}"))


def _rows_set_above(state: State, layers: Layers, keys: KeyPath) -> KeyPath | None:
    """The path of a list, or of values by name, that a change sets as a whole and in which a key stands; else None."""
    for setting in state.variant.settings:
        rows = keys_of(layers, path_of(setting))
        if len(rows) < len(keys) and keys[: len(rows)] == rows and rows_at(rows) is not None:
            return rows
    return None


def _with_row(state: State, bench: Bench, path: str, fields: dict[str, str]) -> State:
    layers = bench.bases.read(state.variant.base).layers
    keys = keys_of(layers, path)
    place, value = added(keys, at(as_typed(bench.worked(state.variant)), keys), fields)
    written = ".".join(map(str, place))
    if place == keys:
        return _set(state, bench, written, toml_text(value))
    # A body is wrong until it is a member: it is not refused, its mistake stands at it.
    return state.with_settings((*state.variant.settings, f"{written}={toml_text(value)}"))


def _added(state: State, bench: Bench, setting: str, place: str) -> State:
    """With a table that the scenario does not have, in the place of that table as it was; raises InputError at `place`
    when it is wrong."""
    path = path_of(setting)
    added = state.with_settings((*(kept for kept in state.variant.settings if path_of(kept) != path), setting))
    wrong = [change.finding for change in bench.worked(added.variant).wrong if setting in change.settings]
    if wrong:
        raise InputError([replace(finding, place=Place(place)) for finding in wrong])
    return added


def _table(state: State, bench: Bench, path: KeyPath) -> Any:
    """What was typed for a table, right or wrong; else what the scenario says."""
    written = ".".join(map(str, path))
    for setting in state.variant.settings:
        if path_of(setting) == written:
            try:
                return value_of(setting.partition("=")[2].strip(), Place(""))
            except InputError:
                return {}
    return at(as_typed(bench.worked(state.variant)), path)


def _says(layers: Layers, setting: str, keys: KeyPath) -> bool:
    written = keys_of(layers, path_of(setting))
    return says_the_same(written, keys)


def _written(keys: KeyPath, value: str) -> str:
    """What was typed as ``--set`` takes it: a text in quotes where it could be something else."""
    try:
        value = as_a_setting(keys, value)
    except UnreadableAmount as problem:
        if _is_refused(keys, value):
            return value
        # As a setting it would be another amount than it may have been meant as.
        raise InputError([Finding(Place(".".join(map(str, keys))), problem.what, problem.remedy)]) from None
    nodes = nodes_at(keys)
    is_text = bool(nodes) and all(node.kind is str for node in nodes) and sort_at(keys) == "other"
    return json.dumps(value, ensure_ascii=False) if value and is_text else value


def _is_refused(keys: KeyPath, text: str) -> bool:
    """Whether the command line takes this for no amount either, so that the mistake can stand at its lever."""
    try:
        units_of(sort_at(keys), text)
    except ValueError:
        return True
    return False


def _is_there_already(layers: Layers, keys: KeyPath, text: str) -> bool:
    try:
        value = value_of(text, Place(""))
    except InputError:
        return False
    standing = at(layers.data, keys)
    if is_the_same_amount(keys, standing, value):
        return True
    return bool(standing == value) or (standing is None and value == [] and _may_be_left_out(keys))


def _may_be_left_out(keys: KeyPath) -> bool:
    """Whether a list says the same when it is empty as when it is not there."""
    fields = [node.model.model_fields.get(str(keys[-1])) for node in nodes_at(keys[:-1]) if node.model is not None]
    return any(field is not None and field.default == () for field in fields)


def _toggled(state: State, bench: Bench, path: str, name: str) -> State:
    worked = bench.worked(state.variant)
    inputs = worked.inputs
    # A name that is wrong stands among the others until it is taken out.
    listed = at(as_typed(worked), keys_of(inputs.layers, path))
    names = [str(item) for item in listed] if isinstance(listed, (list, tuple)) else []
    if path.endswith(".municipalities"):
        state = _settled(state, bench, path)
        changed = with_or_without(names, name, inputs.population)
    else:
        changed = [item for item in names if item != name] if name in names else [*names, name]
    return _set(state, bench, path, json.dumps(changed, ensure_ascii=False))


def _settled(state: State, bench: Bench, path: str) -> State:
    """With a settlement for an opt-out that has none, so that its first municipality is no mistake."""
    table, _point, _key = path.rpartition(".")
    is_opt_out = table.startswith("opt_outs.") and table.count(".") == 1
    stated = (f"{table}.settlement" == path_of(setting) for setting in state.variant.settings)
    data = bench.bases.read(state.variant.base).layers.data
    if not is_opt_out or any(stated) or at(data, (*table.split("."), "settlement")) is not None:
        return state
    return _set(state, bench, f"{table}.settlement", FIRST_SETTLEMENT)


def _outside(state: State, bench: Bench, programme: str, gm_code: str) -> State:
    worked = bench.worked(state.variant)
    data, population = as_typed(worked), worked.inputs.population
    if gm_code not in population.index:
        return state
    name = population.municipalities[population.index[gm_code]].name
    table = opt_out_of(data, programme)
    listed = at(data, ("opt_outs", table, "municipalities")) or ()
    names = with_or_without([str(item) for item in listed], name, population)
    if not names and table not in bench.bases.read(state.variant.base).layers.data.get("opt_outs", {}):
        return _taken_back(state, bench, f"opt_outs.{table}")
    for path, value in settings_of(data, programme, names).items():
        state = _set(state, bench, path, value)
    return state


def _taken_back(state: State, bench: Bench, path: str) -> State:
    if not path:
        return replace(state.with_settings(()), tables=())
    layers = bench.bases.read(state.variant.base).layers
    keys = keys_of(layers, path)
    rows = _rows_set_above(state, layers, keys)
    if rows is not None:
        left = without_key(_table(state, bench, rows), keys[len(rows) :], at(layers.data, keys))
        return _set(state, bench, ".".join(map(str, rows)), toml_text(left) if left else "")

    new = new_table_above(layers.data, keys)

    def is_below(setting: str) -> bool:
        written = keys_of(layers, path_of(setting))
        if new is not None and new[0] == "programmes" and new[1] in written:
            # What was said of it elsewhere goes with it.
            return True
        return written[: len(keys)] == keys or says_the_same(written, keys)

    kept = tuple(setting for setting in state.variant.settings if not is_below(setting))
    tables = tuple(table for table in state.tables if table != path)
    return replace(state.with_settings(kept), tables=tables)


def _code(state: State, bench: Bench, municipality: str) -> str:
    if not municipality.strip():
        return ""
    population = bench.worked(state.variant).inputs.population
    try:
        return look_up(municipality, population).gm_code
    except UnknownMunicipality as problem:
        place = Place(_("municipality {text!r}", text=municipality[:100]))
        raise InputError([Finding(place, problem.what, problem.remedy)]) from None


def _beside(state: State, base: str) -> State:
    if len(state.variants) == MOST_VARIANTS:
        what = _("At most {count} scenarios stand side by side.", count=MOST_VARIANTS)
        raise InputError([Finding(Place(_("scenarios side by side")), what, _("Close one first."))])
    added = Variant(base) if base else state.variant
    return replace(state, variants=(*state.variants, added), shown=len(state.variants))


def _dropped(state: State, place: int) -> State:
    left = tuple(variant for number, variant in enumerate(state.variants) if number != place)
    if not left:
        return replace(state.with_settings(()), tables=())
    return replace(state, variants=left, shown=min(max(state.shown - (place <= state.shown), 0), len(left) - 1))


def _place(state: State, written: str) -> int:
    if written not in map(str, range(1, len(state.variants) + 1)):
        what = _("There is no scenario {number!r} here.", number=written[:100])
        raise InputError([Finding(Place(_("scenarios side by side")), what, _("Choose one that is shown."))])
    return int(written) - 1
