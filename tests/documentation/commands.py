"""The page with every command, from the program itself: the signatures of its commands."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, Final, get_args, get_origin, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

from gguplan.commands.loaded import NAMES, alone

_MORE: Final = {
    "charts.md": ("run", "compare", "estimate", "forecast", "participation", "horizon", "sweep"),
    "forecast.md": ("forecast",),
    "horizon.md": ("horizon", "estimate"),
    "page.md": ("page",),
    "population.md": ("estimate", "population show", "population check", "population add", "population projection"),
    "proposal.md": ("proposal",),
    "reference/scenario.en.md": ("scenario new", "scenario schema", "scenario check"),
    "run-record.md": ("verify",),
    "sums.md": ("run", "explain", "participation"),
    "sweep.md": ("sweep",),
    "seek.md": ("seek",),
    "workbook.md": ("run",),
}
"""Which page says more about which commands."""


@dataclass(frozen=True)
class Parameter:
    """One argument or option of a command."""

    names: tuple[str, ...]
    """As they are typed; of an argument its name."""
    info: ArgumentInfo | OptionInfo
    kind: Any
    """The kind of one value."""
    several: bool
    default: Any

    @property
    def is_option(self) -> bool:
        return isinstance(self.info, OptionInfo)

    @property
    def written(self) -> str:
        """As it is typed, with what comes after it."""
        if not self.is_option:
            name = str(self.info.metavar)
            name += "…" * (self.several and not name.startswith("["))
            return name if self.default is inspect.Parameter.empty or name.startswith("[") else f"[{name}]"
        names = ", ".join(f"`{name}`" for name in self.names)
        return names if self.kind is bool else f"{names} `{self._value}`"

    @property
    def _value(self) -> str:
        if self.info.metavar is None and isinstance(self.kind, type) and issubclass(self.kind, Enum):
            return "|".join(str(choice.value) for choice in self.kind)
        return str(self.info.metavar)

    @property
    def help(self) -> str:
        """What it does, its bounds, and what holds without it."""
        text = self.info.help or ""
        if self.info.min is not None and self.info.max is not None:
            text += f" From {self.info.min:,} to {self.info.max:,}."
        if self.default not in (None, False, "", inspect.Parameter.empty):
            text += f" Without it: `{getattr(self.default, 'value', self.default)}`."
        return text


def every_command() -> dict[str, Callable[..., Any]]:
    """The commands by the words that are typed after ``gguplan``, in the order of ``gguplan --help``."""
    return {words: command for name in NAMES for words, command in _walk(alone(name))}


def parameters_of(command: Callable[..., Any]) -> list[Parameter]:
    """The arguments and options of a command, in the order of its signature."""
    hints = get_type_hints(command, include_extras=True)
    return [
        _parameter(name, hints[name], parameter.default)
        for name, parameter in inspect.signature(command).parameters.items()
    ]


def commands_page() -> str:
    """The page ``reference/commands.md``."""
    commands = {name: (command, parameters_of(command)) for name, command in every_command().items()}
    shared = set.intersection(
        *({parameter.names for parameter in parameters} for _command, parameters in commands.values())
    )
    _first, parameters = next(iter(commands.values()))
    lines = [
        "# Every command",
        "",
        "Results go to the screen, everything else to stderr. The exit code is 0 when all is well, 1 when a check",
        "found something, and 2 when the input is wrong; then nothing is written. The same stands in",
        "`gguplan COMMAND --help`.",
        "",
        *(
            f"- [{name}](#{name.replace(' ', '-')}): {_help(command)[0]}"
            for name, (command, _parameters) in commands.items()
        ),
        "",
        "## Options of every command",
        "",
        *_table([parameter for parameter in parameters if parameter.names in shared]),
    ]
    for name, (command, parameters) in commands.items():
        own = [parameter for parameter in parameters if parameter.names not in shared]
        arguments = [parameter.written for parameter in own if not parameter.is_option]
        options = ["[OPTIONS]"] if any(parameter.is_option for parameter in own) else []
        lines += ["", f"## {name}", "", f"`{' '.join(['gguplan', name, *arguments, *options])}`", ""]
        lines += "\n\n".join(_help(command)).split("\n")
        lines += ["", *_table(own)] if own else []
        if pages := [page for page, commands in _MORE.items() if name in commands]:
            lines += ["", f"More in {', '.join(f'[{_name(page)}]({_link(page)})' for page in pages)}."]
    return "\n".join(lines) + "\n"


def _walk(program: typer.Typer, before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for command in program.registered_commands:
        assert command.callback is not None
        yield before + (command.name or command.callback.__name__), command.callback
    for group in program.registered_groups:
        assert group.typer_instance is not None
        yield from _walk(group.typer_instance, f"{before}{group.name} ")


def _parameter(name: str, hint: Any, default: Any) -> Parameter:
    kind, info = get_args(hint)
    several = False
    for _layer in range(2):
        if get_origin(kind) is list:
            kind, several = get_args(kind)[0], True
        elif get_args(kind):
            kind = next(argument for argument in get_args(kind) if argument is not NoneType)
    # In Annotated the first name of an option is taken for its default until the program is made.
    first = (info.default,) if isinstance(info.default, str) else ()
    names = (name,) if isinstance(info, ArgumentInfo) else (*first, *(info.param_decls or ()))
    return Parameter(names or (f"--{name.replace('_', '-')}",), info, kind, several, default)


def _link(page: str) -> str:
    return page.removeprefix("reference/") if page.startswith("reference/") else f"../{page}"


def _name(page: str) -> str:
    return Path(page).name.partition(".")[0].replace("-", " ")


def _help(command: Callable[..., Any]) -> list[str]:
    return [" ".join(part.split()) for part in (inspect.getdoc(command) or "").split("\n\n")]


def _table(parameters: list[Parameter]) -> list[str]:
    cells = [
        (parameter.written if parameter.is_option else f"`{parameter.written}`", parameter.help)
        for parameter in parameters
    ]
    rows = [f"| {' | '.join(text.replace('|', chr(92) + '|') for text in cell)} |" for cell in cells]
    return ["| what | what it does |", "|---|---|", *rows]
