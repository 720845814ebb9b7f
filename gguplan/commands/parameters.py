"""What an argument or an option of a command is called in its help, and what a shell fills in for it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

import typer
from msgspec import Struct
from typer.models import ArgumentInfo, OptionInfo

_STEERS_A_SHELL: Final = re.compile(r"[^\w@%+=:,./-]")


class _Kind(Struct, frozen=True):
    word: str
    filled_in: Callable[..., list[str]] | None = None


class _Name(str):
    """A name that was found by how it begins, whatever its case: of other texts the command line library leaves out
    those that begin otherwise."""

    def startswith(self, *_beginning: Any) -> bool:
        """As who found it says."""
        return True


def _scenarios(incomplete: str) -> list[str]:
    from gguplan.inputs.completions import scenarios_beginning_with

    return _as_the_shell_takes(scenarios_beginning_with(incomplete))


def _municipalities(incomplete: str) -> list[str]:
    from gguplan.inputs.completions import municipalities_beginning_with

    return _as_the_shell_takes(municipalities_beginning_with(incomplete))


def _programmes(ctx: typer.Context, incomplete: str) -> list[str]:
    from gguplan.inputs.completions import programmes_beginning_with

    return _as_the_shell_takes(programmes_beginning_with(incomplete, ctx.params.get("scenario")))


def _as_the_shell_takes(names: list[str]) -> list[str]:
    """Names as they may stand on the command line: bash puts them there as they are, where others see to quotes. Of a
    word that was begun with an apostrophe that of ``'s-Hertogenbosch`` is the quotation mark."""
    if os.environ.get("_GGUPLAN_COMPLETE") == "complete_bash":
        words, place = os.environ.get("COMP_WORDS", "").split("\n"), int(os.environ.get("COMP_CWORD", 0))
        mark = words[place][:1] if place < len(words) else ""
        if mark == "'":
            names = [name.removeprefix("'") for name in names if "'" not in name.removeprefix("'")]
        elif mark != '"':
            names = [_STEERS_A_SHELL.sub(r"\\\g<0>", name) for name in names]
    return [*map(_Name, names)]


_A_SCENARIO: Final = _Kind("SCENARIO", _scenarios)

_BY_NAME: Final = {
    "scenario": _A_SCENARIO,
    "scenarios": _A_SCENARIO,
    "baseline": _Kind("BASELINE", _scenarios),
    "more": _A_SCENARIO,
    "extends": _A_SCENARIO,
    "municipality": _Kind("MUNICIPALITY", _municipalities),
    "programme": _Kind("PROGRAMME", _programmes),
    "year": _Kind("YEAR"),
    "date": _Kind("DATE"),
    "sheet": _Kind("SHEET"),
    "unit": _Kind("UNIT"),
    "outcome": _Kind("OUTCOME"),
    "out": _Kind("PATH"),
    "to": _Kind("FOLDER"),
}
_BY_TYPE: Final[dict[Any, _Kind]] = {int: _Kind("NUMBER"), Path: _Kind("FILE"), str: _Kind("TEXT")}


def name_parameters(function: Callable[..., Any]) -> None:
    """Give each argument and option of a command its word, where it has none, and what can be filled in."""
    hints = get_type_hints(function, include_extras=True)
    for name, hint in hints.items():
        for info in getattr(hint, "__metadata__", ()):
            if isinstance(info, (ArgumentInfo, OptionInfo)) and (kind := _kind_of(name, hint)) is not None:
                info.metavar = info.metavar or kind.word
                info.autocompletion = info.autocompletion or kind.filled_in
    # As objects: read from text, each reader would get others.
    function.__annotations__ = hints


def _kind_of(name: str, hint: Any) -> _Kind | None:
    """By its name, else by its type; None for a flag, and for a choice, of which the words stand in the help."""
    types = _types_in(hint.__origin__)
    by_type = next((kind for of_type, kind in _BY_TYPE.items() if of_type in types), None)
    return None if by_type is None else _BY_NAME.get(name, by_type)


def _types_in(hint: Any) -> set[Any]:
    return {hint, *(inner for part in get_args(hint) for inner in _types_in(part))}
