"""How the files of each command come about, so that ``gguplan verify`` makes them as the command did.

A recipe is a module with the class `Arguments` (what shapes the files, besides the scenarios), `work_out` (the result),
`HAS_WORDS` (whether that is bound to a language) and `files` (the files of the result, by name). A command calls its
own; `recipe` finds it by the name of the command.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final, Protocol, cast

from gguplan.inputs.strict_model import StrictModel
from gguplan.runs.request import Request

COMMANDS: Final = ("run", "compare", "estimate", "forecast", "horizon", "ledger", "page", "proposal", "seek", "sweep")
"""The commands whose files can be made again; each has a module of its name here."""


class Recipe(Protocol):
    """What every module of a recipe offers."""

    Arguments: type[StrictModel]

    HAS_WORDS: bool
    """Whether its result has sentences in it, in the language in which it was worked out."""

    def work_out(self, request: Request) -> Any:
        """The result, in the kind that the command prints."""

    def files(self, result: Any, request: Request) -> Mapping[str, bytes]:
        """The files of the result, by name; the same bytes for the same result."""


def recipe(command: str) -> Recipe | None:
    """The recipe of a command; None for one without."""
    return cast(Recipe, import_module(f"{__name__}.{command}")) if command in COMMANDS else None
