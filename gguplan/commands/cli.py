"""The program ``gguplan``: its commands, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from gguplan.commands.loaded import CommandsByName
from gguplan.commands.streams import ends_of_the_streams, prepare_streams
from gguplan.commands.typing_errors import Commands


class _Program(Commands):
    """The program with its commands, of which it loads the one that is asked for."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: Any = CommandsByName()


app = typer.Typer(
    cls=_Program,
    name="gguplan",
    help="Divide a fund over the Dutch municipalities, to the cent, and show the sum behind every figure.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"gguplan {version('gguplan')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """The options of the program itself."""


def main(listen: Callable[[], None]) -> None:
    """Run the program, and `listen` to Ctrl-C from where an interruption can be told."""
    prepare_streams()
    with ends_of_the_streams():
        listen()
        app()
