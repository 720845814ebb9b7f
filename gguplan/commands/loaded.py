"""The commands of the program, each loaded when it is asked for: who asks for a bill has no use for the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any, Final

import typer
from typer.main import get_command

from gguplan.commands.help_in_language import Command

NAMES: Final = (
    "run", "estimate", "explain", "compare", "participation", "forecast", "horizon", "sweep", "seek", "proposal",
    "page", "serve", "ledger", "reconcile", "verify", "scenario", "population",
)  # fmt: skip
"""In the order of the help. Each has a module of its name, with a function of that name or with an `app` of several."""


class CommandsByName(Mapping[str, Any]):
    """All commands as the command line library has them."""

    def __getitem__(self, name: str) -> Any:
        if name not in NAMES:
            raise KeyError(name)
        return _loaded(name)

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


def alone(name: str) -> typer.Typer:
    """A program with one command, or one group of them, and nothing else."""
    module = import_module(f"gguplan.commands.{name}")
    program = typer.Typer(add_completion=False, rich_markup_mode=None)
    if hasattr(module, "app"):
        program.add_typer(module.app, name=name)
    else:
        program.command(cls=Command)(getattr(module, name))
    return program


@cache
def _loaded(name: str) -> Any:
    made: Any = get_command(alone(name))
    return made.commands[name] if hasattr(made, "commands") else made
