"""``--set path=value``: one key of a scenario changed, when that key exists."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from msgspec.structs import replace

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.sources import SET_HERE
from gguplan.inputs.misread_values import misread
from gguplan.inputs.scenario.layers import (
    Layers,
    copied,
    expect_nothing,
    forget_the_reason_of_the_date,
    note,
    with_source,
)
from gguplan.inputs.scenario.reference_dates import YEARS_OF_A_FUND, follow_the_year, move_own_dates
from gguplan.inputs.scenario.relative_changes import change_at, changed_by
from gguplan.inputs.scenario.schema_walk import allowed_keys, excluded_by, same_thing, sourced_table, tables
from gguplan.inputs.scenario.trimmed_years import trim_the_years_ahead
from gguplan.inputs.toml_document import KeyPath, in_plain_words, keys_too_deep
from gguplan.language import _
from gguplan.visible_text import on_one_line
from gguplan.wording.suggestions import did_you_mean, names_there


class SettingOfAnOption(str):
    """A setting that an option such as ``--rate 3.45`` stands for: what is wrong with it is told of the option."""

    __slots__ = ("option",)

    def __new__(cls, setting: str, option: str = "") -> SettingOfAnOption:
        """The setting, and the option as it was typed."""
        made = super().__new__(cls, setting)
        made.option = option
        return made

    option: str


MOST_SETTINGS: Final = 1_000
"""How often --set may be given."""


NEW_TABLES: Final = ("programmes", "groups", "bodies", "membership")
"""Under these a new name may be set, to a whole table: `programmes.nieuw={ title = "…", … }`."""


def apply_settings(layers: Layers, settings: Iterable[str]) -> Layers:
    """Apply ``path=value`` settings to layers that are right without them.

    Raises InputError with every setting whose path does not exist in the scenario.
    """
    settings = tuple(settings)
    if len(settings) > MOST_SETTINGS:
        raise InputError(
            [
                Finding(
                    Place("--set"),
                    _("There are more than {count} settings.", count=MOST_SETTINGS),
                    _("Write them in a scenario that extends this one."),
                )
            ]
        )
    changed = replace(
        layers, data=copied(layers.data), origins=dict(layers.origins), settings=(*layers.settings, *settings)
    )
    expect_nothing(changed)
    findings: list[Finding] = []
    applied: list[tuple[KeyPath, str, bool]] = []
    # A settlement decides whether there is a rate, a date takes its reason with it, and what is new may be named by
    # others: they are set before these.
    for setting in sorted(settings, key=lambda setting: not _comes_first(setting)):
        try:
            path, is_relative = _apply(changed, setting)
        except InputError as error:
            findings.extend(error.findings)
            continue
        same = [applied_setting for applied_setting in applied if says_the_same(path, applied_setting[0])]
        # So much more or less of what was set before is no second value.
        if same and (not is_relative or any(relative for _path, _text, relative in same)):
            findings.append(_twice(setting, same[0][1]))
        applied.append((path, setting, is_relative))
    if findings:
        raise InputError(findings)
    year = changed.data.get("year")
    paths = {path for path, _setting, _is_relative in applied}
    follows = ("year",) in paths and ("reference_date",) not in paths and year != layers.data.get("year")
    before = layers.data.get("year")
    if ("year",) in paths and type(year) is int and type(before) is int and year != before:
        move_own_dates(changed, year - before, paths)
    if follows and type(year) is int and year in YEARS_OF_A_FUND:
        follow_the_year(changed, year, changed.place(("year",)))
    if {("year",), ("horizon", "last")} & paths:
        trim_the_years_ahead(changed)
    return changed


def _twice(setting: str, earlier: str) -> Finding:
    what = (
        _("{option} sets this already.", option=earlier.option)
        if isinstance(earlier, SettingOfAnOption)
        else _("An earlier --set already sets this.")
    )
    return Finding(Place(shown_setting(setting)), what, _("Keep one of the two."))


def _comes_first(setting: str) -> bool:
    written = setting.partition("=")[0].strip()
    return written == "reference_date" or written.endswith(".settlement") or whole_table(setting) is not None


def whole_table(setting: str) -> tuple[str, str] | None:
    """The path of a programme, a group, a body or a membership that a setting gives as a whole table, which may be a
    new one; None for any other setting."""
    key_path, _equals, text = setting.partition("=")
    table, _point, name = key_path.strip().partition(".")
    is_one = table in NEW_TABLES and name and "." not in name and text.strip().startswith("{")
    return (table, name) if is_one else None


def written_settings(settings: Mapping[str, object]) -> list[str]:
    """Settings from Python as ``path=value``; lists as TOML writes them. Raises InputError for what is no table."""
    if not isinstance(settings, Mapping):
        what = _("Settings are a table of paths and values.")
        remedy = _("Write for example: {example}", example='{"programmes.ibd.gross": "2100000.00"}')
        raise InputError([Finding(Place("settings"), what, remedy)])
    return [
        f"{path}={json.dumps(list(value), ensure_ascii=False) if isinstance(value, (list, tuple)) else value}"
        for path, value in settings.items()
    ]


def shown_setting(setting: str) -> str:
    """The place of a finding about a setting: the option that stands for it, where there is one."""
    if isinstance(setting, SettingOfAnOption) and setting.option:
        return on_one_line(setting.option)
    return f"--set {on_one_line(setting)}"


def _apply(layers: Layers, setting: str) -> tuple[KeyPath, bool]:
    """Apply one setting; returns the path that it sets, and whether it changes what is there by so much."""
    place = Place(shown_setting(setting))
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
    path = set_path(layers, setting, place)
    change = change_at(path, text.strip())
    value = value_of(text.strip(), place) if change is None else changed_by(layers.data, path, change, place)
    if path == whole_table(setting):
        value = with_source(value, path, SET_HERE)
    here: Any = layers.data
    for depth, part in enumerate(path[:-1], start=1):
        if isinstance(here, dict) and part not in here:
            layers.origins[path[:depth]] = place
        here = here.get(part, {}) if isinstance(here, dict) else here[int(part)]
    put(layers.data, path, value)
    note(layers, path, value, place)
    return path, change is not None


def put(data: dict[str, Any], path: KeyPath, value: Any) -> None:
    """Set the value at a path that exists or may be written, with what follows from it for what stands beside it.

    One way to say a budget goes before the others, and only a refund has a rate.
    """
    target: Any = data
    for part in path[:-1]:
        if isinstance(target, dict) and part not in target:
            target[part] = {}
        target = target[part]
    for key in _excluded_by(path):
        target.pop(key, None)
    if path == ("reference_date",):
        forget_the_reason_of_the_date(data)
    if path[0] == "opt_outs" and path[-1] == "settlement" and value != "refund":
        for key in ("rate", "reference_date"):
            target.pop(key, None)
    target[path[-1]] = value
    sourced = sourced_table(path)
    if sourced is not None and len(path) > len(sourced) and path[-1] != "source":
        table: Any = data
        for part in sourced:
            table = table[part]
        if isinstance(table, dict):
            table["source"] = SET_HERE


@lru_cache(1_000)
def _excluded_by(path: KeyPath) -> frozenset[str]:
    """What the key at a path excludes: looked up once, as a sweep writes the same few keys in every variant."""
    return frozenset(excluded_by(path[:-1], [str(path[-1])]))


def says_the_same(path: KeyPath, key_path: KeyPath) -> bool:
    """Whether two paths say the same thing: one lies within the other, or one key excludes the other, as the ways to
    say a budget do."""
    first, second = same_thing(path), same_thing(key_path)
    return first[: len(second)] == second[: len(first)]


def value_of(text: str, place: Place) -> Any:
    """The value as TOML; bare words and numbers with a point are text, so that 0.25 stays exact."""
    # 's-Gravenhage begins with a quote and is a name.
    if not re.match(r"[\[{]|([\"']).*\1$|(true|false|[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2})$", text):
        return text
    try:
        if keys_too_deep(text):
            raise RecursionError
        return tomllib.loads(f"value = {text}")["value"]
    except RecursionError:
        raise InputError(
            [Finding(place, _("The lists in this value are nested too deep."), _("Write a list of names."))]
        ) from None
    except ValueError as problem:
        if (misreading := misread(text)) is not None:
            raise InputError([Finding(place, *misreading)]) from None
        if not isinstance(problem, tomllib.TOMLDecodeError):
            what = _("This number has more digits than can be read.")
            raise InputError([Finding(place, what, _("Write it shorter."))]) from None
        raise InputError(
            [
                Finding(
                    place,
                    in_plain_words(str(problem)),
                    _('Write a list as ["Utrecht", "Zwolle"], a date as 2017-01-01.'),
                )
            ]
        ) from None


def set_path(layers: Layers, setting: str, place: Place) -> KeyPath:
    """The path that a setting sets: an existing one, or that of a programme or a group that is new and given as a whole
    table. Raises InputError for any other."""
    path = whole_table(setting)
    if path is not None and path[1] not in layers.data.get(path[0], {}):
        return path
    return existing_path(layers, setting.partition("=")[0].strip(), place)


def existing_path(layers: Layers, written: str, place: Place) -> KeyPath:
    """The path as keys, when each of them exists in the scenario or may stand there."""
    path: KeyPath = ()
    here: Any = layers.data
    for part in written.split("."):
        allowed = allowed_keys(layers.data, path)
        if part not in allowed:
            where = ".".join(map(str, path)) or _("a scenario")
            if isinstance(here, list):
                remedy = _("The items of this list are numbered from 0 to {last}.", last=len(here) - 1)
            elif allowed:
                remedy = did_you_mean(part, allowed) + _("Keys there: {names}.", names=names_there(allowed))
            else:
                remedy = _("Set it as a whole: --set {where}=…", where=where)
            raise InputError(
                [Finding(place, _("There is no {part!r} in {where}.", part=part[:100], where=where), remedy)]
            )
        key: str | int = int(part) if isinstance(here, list) else part
        path = (*path, key)
        here = here[int(key)] if isinstance(here, list) else here.get(key, {}) if isinstance(here, dict) else {}
    whole = path[0] == "horizon" and (len(path) == 1 or path[1:] == ("indexation",) or _is_horizon_programme(path))
    if path in (("extends",), ("ledger",)) or (path[0] in tables() and len(path) <= 2) or whole:
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


def _is_horizon_programme(path: KeyPath) -> bool:
    """Whether this is a whole programme in the years ahead, or all of them."""
    return path[1:2] == ("programmes",) and len(path) <= 3
