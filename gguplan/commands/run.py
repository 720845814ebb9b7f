"""``gguplan run``: a scenario worked out for every municipality."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gguplan.commands.options import Force, Json, Lang, Settings, command, find, print_json


@command
def run(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario by name, or a file.")] = "uitnamen-2017",
    municipality: Annotated[
        list[str] | None, typer.Option("--municipality", "-m", help="Show this one too; may be repeated.")
    ] = None,
    top: Annotated[int, typer.Option(min=0, max=1000, help="How many of the largest and smallest.")] = 5,
    out: Annotated[Path | None, typer.Option(help="Write the tables as CSV files into this folder.")] = None,
    settings: Settings = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Divide a fund over every municipality, to the cent."""
    from gguplan.inputs.ledger.history import history_of
    from gguplan.inputs.ledger.readings import load_ledger
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.model.result import run as work_out
    from gguplan.model.spending import spending_of

    result = work_out(read_scenario(scenario, settings or ()))
    asked = [find(name, result.population).gm_code for name in municipality or ()]
    if out is not None:
        from gguplan.reports.files import csv_of, write_files

        write_files(out, {f"{name}.csv": csv_of(table) for name, table in result.tables.items()}, force)
    spending = spending_of(result, history_of(load_ledger()))
    if as_json:
        from gguplan.reports.json_result import run_as_dict

        print_json(run_as_dict(result, spending))
        return
    from gguplan.reports.run_text import print_run

    print_run(result, spending, asked, top)
