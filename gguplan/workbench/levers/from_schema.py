"""From the schema of a scenario to its levers: every key that may be set, so that a new key has a lever by itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Literal, get_args, get_origin

from msgspec.structs import replace
from pydantic import BaseModel

from gguplan.findings import Finding
from gguplan.inputs.scenario.allocation_key_tables import TariffTable
from gguplan.inputs.scenario.fields import KeysAre
from gguplan.inputs.scenario.new_scenario import text_of
from gguplan.inputs.scenario.relative_changes import change_at
from gguplan.inputs.scenario.schema import BUDGETS, ProgrammeTable, Scenario
from gguplan.inputs.scenario.schema_walk import allowed_keys, nodes_at, sort_at
from gguplan.inputs.scenario.settings import NEW_TABLES
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _
from gguplan.wording.key_names import name_of
from gguplan.workbench.changes import at
from gguplan.workbench.levers.amounts_of_the_page import as_it_is_shown, with_marks_of_the_page
from gguplan.workbench.levers.lever import Control, FormField, Lever, LeverGroup, Option
from gguplan.workbench.levers.manual import in_brief, options_of
from gguplan.workbench.rows import Rows, field_of_a_row, path_of_a_field, rows_at, words_of_a_table
from gguplan.workbench.toml_text import typed_text

NO_LEVERS: Final = frozenset({"description", "purpose", "source", "reference_date_source", "reference_date_assumed"})
"""What is said of figures, and not of the fund, wherever it stands."""
NO_LEVERS_ABOVE: Final = frozenset({"extends", "ledger", "expected", "sweep", "without"})
"""What a scenario says of itself at its top; `without` stands as a switch at each programme."""

_OF_FILES: Final = ("file", "column")

WAYS_OF_A_BUDGET: Final = ("gross", "net", "rate", "volume", "price", "fixed")
"""The keys of a programme that say how much, in the order of its table."""


class Panel:
    """The levers of a scenario with changes.

    `data` is what the scenario says now, with what was typed wrong; `before` what it says without changes; `typed` are
    the settings by path; `findings` what is wrong, by path; `opened` the tables that stand ready to be filled in.
    """

    def __init__(
        self,
        data: dict[str, Any],
        before: dict[str, Any],
        typed: Mapping[str, str],
        findings: Mapping[str, Sequence[Finding]],
        opened: Sequence[str],
    ) -> None:
        self.data, self.typed, self.findings, self.opened = data, typed, findings, opened
        self.new = frozenset(_new_tables(data, before))
        # Of what is new nothing was otherwise.
        self.before = before if not self.new else {**before, **_with_new(data, before, self.new)}
        for path in _lists_that_are_set(typed):
            self._add_new_rows(path)
        self._groups: dict[KeyPath, LeverGroup] = {}

    def _add_new_rows(self, path: KeyPath) -> None:
        rows, rows_before = at(self.data, path), at(self.before, path) or ()
        if isinstance(rows, list) and len(rows) > len(rows_before):
            self.new |= {(*path, place) for place in range(len(rows_before), len(rows))}
            self.before = _with_value(self.before, path, [*rows_before, *rows[len(rows_before) :]])

    def year_and_dates(self) -> tuple[Lever, ...]:
        """The levers of the scenario itself."""
        keys = [key for key in Scenario.model_fields if has_lever((key,)) and not _is_table((key,))]
        return tuple(self._lever((key,), Scenario, key) for key in keys)

    def tables(self) -> list[str]:
        """The tables of a scenario, in order."""
        return [key for key in Scenario.model_fields if has_lever((key,)) and _is_table((key,))]

    def group(self, path: KeyPath) -> LeverGroup:
        """The levers of the table at a path, whether it is there or not."""
        if path not in self._groups:
            self._groups[path] = self._group(path)
        return self._groups[path]

    def _group(self, path: KeyPath) -> LeverGroup:
        around = (node.model for node in nodes_at(path[:-1]) if node.model is not None)
        parent = next((model for model in around if str(path[-1]) in model.model_fields), None)
        full = text_of(parent, str(path[-1])) if parent is not None else ""
        title = in_brief(full) if parent is not None else self.title_of(path)
        models = [node.model for node in nodes_at(path) if node.model is not None]
        if not models:
            return self._tables_by_name(path, title, full)
        stands = at(self.data, path) is not None
        if len(models) > 1:
            levers, groups = self._alternatives(path, models, title)
        else:
            levers, groups = self._table(path, models[0])
        # What is wrong with a new programme stands at its switch.
        wrong = self.findings.get(written(path), ()) if path in self.new and path[0] != "programmes" else ()
        return LeverGroup(
            written(path), title, full or text_of(models[0]), levers, groups, stands, path in self.new,
            findings=tuple(wrong),
        )  # fmt: skip

    def title_of(self, path: KeyPath) -> str:
        """What a table is called: by the title of its programme where it is named after one."""
        name = str(path[-1])
        if isinstance(path[-1], int):
            return _("Number {count}", count=path[-1] + 1)
        title = at(self.data, ("programmes", name, "title"))
        return title if isinstance(title, str) else name

    def in_or_out(self, programme: str) -> Lever:
        """The switch that leaves a programme out."""
        full = text_of(Scenario, "without")
        findings = (*self.findings.get("without", ()), *self.findings.get(f"programmes.{programme}", ()))
        now, before = (_is_in(data, programme) for data in (self.data, self.before))
        return Lever(
            "without", programme, self.title_of(("programmes", programme)), full, "switch",
            typed_text(now), typed_text(before), now != before, findings=findings,
        )  # fmt: skip

    def amounts(self, path: KeyPath) -> tuple[Lever, ...]:
        """The levers of a programme that say how much, by the way in which it is said."""
        levers = (self._lever((*path, key), ProgrammeTable, key) for key in WAYS_OF_A_BUDGET)
        return tuple(lever for lever in levers if lever.value)

    def _table(self, path: KeyPath, model: type[BaseModel]) -> tuple[tuple[Lever, ...], tuple[LeverGroup, ...]]:
        keys = [key for key in model.model_fields if has_lever((*path, key)) and self._can_be_said((*path, key))]
        levers = tuple(self._lever((*path, key), model, key) for key in keys if not _is_table((*path, key)))
        groups = tuple(self.group((*path, key)) for key in keys if _is_table((*path, key)))
        return levers, tuple(
            group for group in groups if group.levers or group.groups or group.can_be_added or group.form
        )

    def _alternatives(
        self, path: KeyPath, models: Sequence[type[BaseModel]], title: str
    ) -> tuple[tuple[Lever, ...], tuple[LeverGroup, ...]]:
        """A table that is one of several: the word that says which, and the keys of that one."""
        words = {word: model for model in models for word in get_args(model.model_fields["key"].annotation)}
        first = next(iter(words))
        now, before = (str(at(data, (*path, "key")) or first) for data in (self.data, self.before))
        whole = written(path)
        options = tuple(
            Option(word, in_brief(text_of(model)))
            for word, model in words.items()
            if word in (now, before) or self._can_be_chosen(path, model)
        )
        model = words.get(now, words[first])
        about, rest = text_of(model), sorted(set(words) - {option.word for option in options})
        if rest:
            about = f"{about} {_('Only in the file of the scenario: {words}.', words=', '.join(rest))}"
        key = Lever(
            f"{whole}.key", "key", title, about, "choice", now, before,
            now != before, options, findings=tuple(self.findings.get(whole, ())),
        )  # fmt: skip
        levers, groups = self._table(path, model)
        return (key, *(lever for lever in levers if lever.key != "key")), groups

    def _can_be_chosen(self, path: KeyPath, model: type[BaseModel]) -> bool:
        """Whether a kind of table can be filled in from the page: none that needs a file, nor a tariff beside a budget
        of the file, which no change takes out."""
        is_of_a_programme = path[0] == "programmes" and path[2:] == ("allocation",)
        budgets = (at(self.before, (*path[:-1], key)) for key in BUDGETS) if is_of_a_programme else ()
        return not _needs_a_file(model) and not (model is TariffTable and any(budgets))

    def _can_be_said(self, path: KeyPath) -> bool:
        """Whether a key has a lever: a file is named where gguplan is started, and never from the page."""
        return path[-1] not in _OF_FILES or at(self.data, path) is not None

    def _tables_by_name(self, path: KeyPath, title: str, full: str) -> LeverGroup:
        """Tables of one kind, each under a name or a number, or values under years."""
        kinds = [node for node in nodes_at(path) if get_origin(node.kind) in (dict, tuple)]
        names = self._names_at(path)
        groups, levers = [], []
        for name in names:
            here = (*path, name)
            if any(node.model is not None for node in nodes_at(here)):
                groups.append(self.group(here))
            else:
                levers.append(replace(self._plain((*path, name), str(name), self._payer(name), ""), within=title))
        addable = () if not kinds or get_origin(kinds[0].kind) is tuple else self._addable(path, names, bool(levers))
        wrong = tuple(self.findings.get(written(path), ()))
        return LeverGroup(
            written(path), title, full, tuple(levers), tuple(groups), bool(names),
            can_be_added=addable, form=self._form(path), findings=wrong,
        )  # fmt: skip

    def _form(self, path: KeyPath) -> tuple[FormField, ...]:
        rows = rows_at(path)
        return () if rows is None else tuple(self._field(path, rows, key, needed) for key, needed in rows.keys)

    def _field(self, path: KeyPath, rows: Rows, key: str, is_required: bool) -> FormField:
        here = path_of_a_field(path, rows, key)
        identifier = field_of_a_row(written(path), key)
        if not here:
            lists = rows.kind == "values" and path != ("programme_groups",)
            label = _("Municipality, code or group") if lists else _("Short name")
            about = "" if lists else _("Small letters, digits and hyphens.")
            return FormField(identifier, key, label, about, "text", (), is_required, lists)
        model = _model_above(here)
        full = text_of(model, key) if model is not None else ""
        kinds = words_of_a_table(here) if sum(node.model is not None for node in nodes_at(here)) > 1 else ()
        words = kinds or _words_at(here)
        control: Control = "choice" if words else _control(here)
        about = with_marks_of_the_page(here, full)
        if control == "names":
            about = f"{about} {_('With commas between them.')}"
        elif control == "literal" and any(get_origin(node.kind) is tuple for node in nodes_at(here)):
            about = f"{about} {_('Two values, with a space between them.')}"
        # A value under a name is what its table lists.
        named, of = (model, key) if model is not None else (_model_above(path), str(path[-1]))
        label = name_of(named.__name__, of) or in_brief(text_of(named, of)) if named is not None else _("Value")
        options = options_of(words, full) if words else ()
        return FormField(identifier, key, label, about.strip(), control, options, is_required, key == "municipality")

    def _payer(self, name: str | int) -> str:
        """What is called by a name in a list of values: a body by its title."""
        title = at(self.data, ("bodies", name, "title"))
        return title if isinstance(title, str) else str(name)

    def _names_at(self, path: KeyPath) -> list[str | int]:
        tables = at(self.data, path)
        if isinstance(tables, (list, tuple)):
            return list(range(len(tables)))
        names = list(tables) if isinstance(tables, dict) else []
        if _keys_are(path) == "years":
            names += [key for key in allowed_keys(self.data, path) if key not in names]
            return sorted(names)
        start = f"{written(path)}."
        opened = [table[len(start) :] for table in self.opened if table.startswith(start)]
        return [*names, *(name for name in opened if "." not in name and name not in names)]

    def _addable(self, path: KeyPath, names: Iterable[str | int], plain: bool) -> tuple[Option, ...]:
        if plain or _keys_are(path) in ("years", "own", None) or path == ("programmes",):
            return ()
        missing = [name for name in allowed_keys(self.data, path) if name not in names]
        return tuple(Option(name, self.title_of((*path, name))) for name in missing)

    def _lever(self, path: KeyPath, model: type[BaseModel], key: str) -> Lever:
        full = text_of(model, key)
        return self._plain(path, key, name_of(model.__name__, key) or in_brief(full), full)

    def _plain(self, path: KeyPath, key: str, label: str, full: str) -> Lever:
        name = written(path)
        control = _control(path)
        now, before = at(self.data, path), at(self.before, path)
        value = self.typed.get(name, typed_text(now)) if now is None else typed_text(now)
        names = tuple(map(str, now)) if control == "names" and isinstance(now, (list, tuple)) else ()
        options = options_of(_words_at(path), full) if control == "choice" else ()
        changed = value != typed_text(before)
        value, before = as_it_is_shown(path, value), as_it_is_shown(path, typed_text(before))
        about = with_marks_of_the_page(path, full) if control == "amount" else full
        typed = self.typed.get(name, "")
        return Lever(
            name, key, label or key.replace("_", " "), about, control, value, before,
            changed, options, names, tuple(self.findings.get(name, ())),
            counted=typed if changed and change_at(path, typed) is not None else "",
        )  # fmt: skip


def has_lever(path: KeyPath) -> bool:
    """Whether a key says something of the fund."""
    return path[-1] not in NO_LEVERS and not (len(path) == 1 and path[0] in NO_LEVERS_ABOVE)


def _needs_a_file(model: type[BaseModel]) -> bool:
    return any(model.model_fields[key].is_required() for key in _OF_FILES if key in model.model_fields)


def _model_above(path: KeyPath) -> type[BaseModel] | None:
    """The table that a key stands in: the one of several that has the key; None where it is a name of its own."""
    models = [node.model for node in nodes_at(path[:-1]) if node.model is not None]
    return next((model for model in models if path[-1] in model.model_fields), models[0] if models else None)


def _words_at(path: KeyPath) -> tuple[str, ...]:
    """The words of which one may stand at a path."""
    return tuple(
        str(word) for node in nodes_at(path) if get_origin(node.kind) is Literal for word in get_args(node.kind)
    )


def _lists_that_are_set(typed: Mapping[str, str]) -> list[KeyPath]:
    """The paths of lists of tables that changes set as a whole, also within a table that is."""
    paths = [tuple(path.strip().split(".")) for path, text in typed.items() if "[{" in text]
    tables = [(path, node.model) for path in paths for node in nodes_at(path) if node.model is not None]
    within = [(*path, key) for path, table in tables for key in table.model_fields]
    return [path for path in (*paths, *within) if (rows := rows_at(path)) is not None and rows.kind == "list"]


def _with_value(data: dict[str, Any], path: KeyPath, value: Any) -> dict[str, Any]:
    """The data with a value at a path; what stands beside the way is the same."""
    first, *rest = path
    inner = data.get(str(first))
    below = inner if isinstance(inner, dict) else {}
    return {**data, str(first): _with_value(below, tuple(rest), value) if rest else value}


def _new_tables(data: Mapping[str, Any], before: Mapping[str, Any]) -> list[KeyPath]:
    tables = {table: data.get(table) for table in NEW_TABLES}
    return [
        (table, name)
        for table, by_name in tables.items()
        if isinstance(by_name, dict)
        for name in by_name
        if name not in before.get(table, {})
    ]


def _with_new(data: Mapping[str, Any], before: Mapping[str, Any], new: Iterable[KeyPath]) -> dict[str, Any]:
    tables = {table: dict(before.get(table, {})) for table in NEW_TABLES}
    for table, name in new:
        tables[str(table)][name] = data[str(table)][name]
    return {table: by_name for table, by_name in tables.items() if by_name}


def written(path: KeyPath) -> str:
    """A path as ``--set`` takes it."""
    return ".".join(map(str, path))


def _is_in(data: dict[str, Any], programme: str) -> bool:
    without = data.get("without")
    return not (isinstance(without, (list, tuple)) and programme in without)


@lru_cache(maxsize=4_096)
def _is_table(path: KeyPath) -> bool:
    """Whether tables, or values by name, stand at a path."""
    nodes = nodes_at(path)
    is_list = any(get_origin(node.kind) is tuple for node in nodes)
    return any(node.model is not None or get_origin(node.kind) is dict for node in nodes) or (
        is_list and any(node.model is not None for node in nodes_at((*path, 0)))
    )


def _keys_are(path: KeyPath) -> str | None:
    notes = [node.note(KeysAre) for node in nodes_at(path)]
    return next((note.what for note in notes if note is not None), None)


@lru_cache(maxsize=4_096)
def _control(path: KeyPath) -> Control:
    nodes = nodes_at(path)
    sort = sort_at(path)
    if sort in ("amount", "rate", "price"):
        return "amount"
    if len(nodes) != 1:
        return "text"
    (node,) = nodes
    if get_origin(node.kind) is Literal:
        return "choice"
    if node.kind is bool:
        return "switch"
    if node.kind is datetime.date:
        return "day"
    if node.kind is int:
        return "number"
    if get_origin(node.kind) is tuple:
        inner = get_args(node.kind)
        is_names = inner[-1] is Ellipsis and any(child.kind is str for child in nodes_at((*path, 0)))
        return "names" if is_names else "literal"
    return "text" if node.kind is str else "literal"
