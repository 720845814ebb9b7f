"""The program ``gguplan``: its commands, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from gguplan.commands import population, scenario
from gguplan.commands.compare import compare
from gguplan.commands.estimate import estimate
from gguplan.commands.explain import explain
from gguplan.commands.forecast import forecast
from gguplan.commands.help_in_language import Command
from gguplan.commands.horizon import horizon
from gguplan.commands.ledger import ledger
from gguplan.commands.page import page
from gguplan.commands.participation import participation
from gguplan.commands.proposal import proposal
from gguplan.commands.reconcile import reconcile
from gguplan.commands.run import run
from gguplan.commands.seek import seek
from gguplan.commands.serve import serve
from gguplan.commands.streams import ends_of_the_streams, prepare_streams
from gguplan.commands.sweep import sweep
from gguplan.commands.typing_errors import Commands
from gguplan.commands.verify import verify

app = typer.Typer(
    cls=Commands,
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


_COMMANDS: tuple[Callable[..., None], ...] = (
    run, estimate, explain, compare, participation, forecast, horizon, sweep, seek, proposal, page, serve, ledger,
    reconcile, verify,
)  # fmt: skip
for function in _COMMANDS:
    app.command(cls=Command)(function)
app.add_typer(scenario.app, name="scenario")
app.add_typer(population.app, name="population")


def main(listen: Callable[[], None]) -> None:
    """Run the program, and `listen` to Ctrl-C from where an interruption can be told."""
    prepare_streams()
    with ends_of_the_streams():
        listen()
        app()
