"""``gguplan compare``: who pays more or less than in a baseline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gguplan.commands.options import Force, Json, Lang, Settings, command, find, print_json


@command
def compare(
    baseline: Annotated[str, typer.Argument(help="What is compared with: a shipped scenario or a file.")],
    scenarios: Annotated[list[str], typer.Argument(help="One scenario or more.")],
    municipality: Annotated[
        list[str] | None, typer.Option("--municipality", "-m", help="Show this one too; may be repeated.")
    ] = None,
    top: Annotated[int, typer.Option(min=0, max=1000, help="How many of the largest effects.")] = 5,
    out: Annotated[Path | None, typer.Option(help="Write the effects as CSV files into this folder.")] = None,
    settings: Settings = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Show redistribution effects; --set changes the scenarios, not the baseline."""
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.model.comparison import compare as work_out
    from gguplan.reports.comparison_text import comparison_as_dict, comparison_table, print_comparison

    base = read_scenario(baseline)
    found = [work_out(base, read_scenario(name, settings or ())) for name in scenarios]
    asked = [[find(name, one.scenario.population).gm_code for name in municipality or ()] for one in found]
    if out is not None:
        from gguplan.reports.files import csv_of, write_files

        names = [f"effects-{number}-{Path(name).stem}.csv" for number, name in enumerate(scenarios, start=1)]
        tables = (csv_of(comparison_table(one)) for one in found)
        write_files(out, dict(zip(names, tables, strict=True)), force)
    if as_json:
        print_json([comparison_as_dict(one) for one in found])
        return
    for number, (one, codes) in enumerate(zip(found, asked, strict=True)):
        if number:
            print()
        print_comparison(one, codes, top)
