"""``gguplan population``: show, check, add and fetch the inhabitants that everything is divided by."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.help_in_language import Command, Group
from gguplan.commands.options import Force, Json, Lang, command

app = typer.Typer(cls=Group, help="Show, check, add and fetch the inhabitants on 1 January.", no_args_is_help=True)


class StatusChoice(StrEnum):
    """The status that new figures can have."""

    final = "final"
    provisional = "provisional"


@app.command(cls=Command)
@command
def show(
    what: Annotated[
        str | None,
        typer.Argument(metavar="YEAR|MUNICIPALITY", help="Such as 2017, Utrecht or GM0344; else all years."),
    ] = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Show all years, one year, or one municipality through the years."""
    if what is None:
        _show_years(as_json)
    elif _is_year(what):
        _show_year(int(what), as_json)
    else:
        _show_municipality(what, as_json)


@app.command(cls=Command)
@command
def check(as_json: Json = False, lang: Lang = None) -> int:
    """Check the years, mergers, aliases and maps.

    Ends with exit code 1 when something is off.
    """
    from msgspec.structs import asdict

    from gguplan.inputs.population.checks import checks

    outcomes = checks()
    if as_json:
        print_answer(
            "population check",
            {"checks": [asdict(outcome) for outcome in outcomes], "holds": all(outcome.holds for outcome in outcomes)},
        )
    else:
        from gguplan.reports.terminal.population import print_checks

        print_checks(outcomes)
    return 0 if all(outcome.holds for outcome in outcomes) else 1


@app.command(cls=Command)
@command
def add(
    file: Annotated[Path, typer.Argument(help="A table as CSV, .xlsx, .xls or .ods, such as a StatLine export.")],
    year: Annotated[int, typer.Option("--year", help="The year of the reference date, 1 January.")],
    source: Annotated[str, typer.Option("--source", help="Where the figures come from.")],
    sheet: Annotated[str | None, typer.Option(help="The sheet of the workbook that holds the table.")] = None,
    status: Annotated[
        StatusChoice, typer.Option("--status", help="Whether CBS may still change them.")
    ] = StatusChoice.provisional,
    total: Annotated[int | None, typer.Option("--total", help="The published national total, to be checked.")] = None,
    to: Annotated[Path, typer.Option("--to", help="The folder to write in.")] = Path("population_data"),
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Add the inhabitants of a year from a table that you have."""
    from gguplan.inputs.population.importing import read_user_population
    from gguplan.inputs.population.writing import write_population

    imported = read_user_population(file, year, source, sheet)
    written = write_population(imported, to, status.value, total, force)
    actions = [*imported.actions, *written]
    if as_json:
        print_answer(
            "population add",
            {
                "year": imported.year,
                "municipalities": len(imported.municipalities),
                "inhabitants": imported.total,
                "status": status.value,
                "source": imported.source,
                "actions": actions,
            },
        )
        return
    from gguplan.reports.terminal.population import print_actions

    print_actions(actions)


@app.command(cls=Command)
@command
def fetch(
    year: Annotated[int, typer.Argument(help="The year of the reference date, 1 January.")],
    service: Annotated[
        str | None, typer.Option("--service", metavar="URL", help="Where CBS serves its tables, if not where it did.")
    ] = None,
    to: Annotated[Path, typer.Option("--to", help="The folder to write in.")] = Path("population_data"),
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Add the inhabitants of a year from the open data service of CBS."""
    from datetime import datetime

    from gguplan.inputs.population.cbs_tables import fetch_population
    from gguplan.inputs.population.open_data import SERVICE
    from gguplan.inputs.population.writing import fail_if_there, write_population

    fail_if_there(year, to, force)
    moment = datetime.now().astimezone().replace(microsecond=0)
    fetched = fetch_population(year, SERVICE if service is None else service, moment)
    imported = fetched.imported
    actions = [*imported.actions, *write_population(imported, to, fetched.status, fetched.national_total, force)]
    if as_json:
        print_answer(
            "population fetch",
            {
                "year": imported.year,
                "municipalities": len(imported.municipalities),
                "inhabitants": imported.total,
                "national_total": fetched.national_total,
                "status": fetched.status,
                "table": fetched.table.identifier,
                "title": fetched.title,
                "changed": fetched.changed.isoformat(),
                "fetched": fetched.moment.isoformat(),
                "source": imported.source,
                "actions": actions,
            },
        )
        return
    from gguplan.reports.terminal.population import print_actions

    print_actions(actions)


@app.command(cls=Command)
@command
def projection(as_json: Json = False, lang: Lang = None) -> None:
    """Show how far projections of the inhabitants were off before."""
    from gguplan.runs.projection_backtest import projection_backtest

    history, tested = projection_backtest()
    if as_json:
        from gguplan.reports.tables.projection_backtest import projection_backtest_as_dict

        print_answer("population projection", projection_backtest_as_dict(history, tested))
        return
    from gguplan.reports.terminal.projection_backtest import print_projection_backtest

    print_projection_backtest(history, tested)


def _is_year(text: str) -> bool:
    """Whether a text means a year; 1900, which is no year that is there, is the code GM1900."""
    from gguplan.inputs.population.overview import is_no_municipality
    from gguplan.inputs.population.years import years

    if text.isascii() and text.isdigit() and int(text[:9]) in years():
        return True
    return re.fullmatch("(19|20)[0-9]{2}", text) is not None and is_no_municipality(text)


def _show_years(as_json: bool) -> None:
    from msgspec.structs import asdict

    from gguplan.inputs.population.overview import year_totals

    totals = year_totals()
    if as_json:
        print_answer(
            "population years", {"years": [asdict(total) | {"difference": total.difference} for total in totals]}
        )
        return
    from gguplan.reports.terminal.population import print_years

    print_years(totals)


def _show_year(year: int, as_json: bool) -> None:
    from msgspec import to_builtins

    from gguplan.inputs.population.overview import year_overview
    from gguplan.inputs.population.years import load_population

    overview = year_overview(year)
    if as_json:
        answer = to_builtins(overview)
        answer["total"]["difference"] = overview.total.difference
        print_answer("population year", answer | {"municipalities": to_builtins(load_population(year).municipalities)})
        return
    from gguplan.reports.terminal.population import print_year

    print_year(overview)


def _show_municipality(text: str, as_json: bool) -> None:
    from msgspec import to_builtins

    from gguplan.findings import Finding, InputError, Place
    from gguplan.inputs.population.municipalities import UnknownMunicipality, shortened
    from gguplan.inputs.population.overview import municipality_history
    from gguplan.language import _

    try:
        history = municipality_history(text)
    except UnknownMunicipality as problem:
        place = Place(_("municipality {text!r}", text=shortened(text)))
        raise InputError([Finding(place, problem.what, problem.remedy)]) from None
    if as_json:
        print_answer("population municipality", to_builtins(history))
        return
    from gguplan.reports.terminal.population import print_municipality

    print_municipality(history)
