"""``gguplan run``: a scenario worked out for every municipality."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import (
    Csv,
    Force,
    Json,
    Lang,
    Municipalities,
    Seed,
    Settings,
    UnmetFindings,
    YearAhead,
    command,
    find,
    tell_unused,
    typed_language,
)
from gguplan.model.numbers_of_draws import DRAWS


@command
def run(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario by name, or a file.")] = "uitnamen-2017",
    municipality: Municipalities = None,
    top: Annotated[int, typer.Option(min=0, max=1000, help="How many of the largest and smallest.")] = 3,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", "-v", help="Every programme, budgets, opt-outs and where a budget was printed otherwise."
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="Write a workbook into this .xlsx file, or the tables as CSV files into this folder."
        ),
    ] = None,
    csv: Csv = None,
    map_: Annotated[
        Path | None,
        typer.Option("--map", metavar="FILE", help="Draw euros per inhabitant on a map, in this .svg or .png file."),
    ] = None,
    draws: Annotated[int, typer.Option(min=100, max=1_000_000, help="Draws for what will be spent.")] = DRAWS,
    seed: Seed = 1,
    year: YearAhead = None,
    settings: Settings = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> UnmetFindings:
    """Divide a fund over every municipality, to the cent. A workbook is in Dutch unless --lang en."""
    from gguplan.inputs.scenario.unused import unused
    from gguplan.runs.extended_baseline import extended_baseline
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.outputs import run as recipe
    from gguplan.runs.request import request_of
    from gguplan.runs.written_files import table_arguments, write_out
    from gguplan.runs.year_shown import scenario_of_year

    if map_ is not None:
        from gguplan.inputs.population.boundaries import boundaries_to_draw
        from gguplan.reports.charts.maps import rate_map
        from gguplan.runs.chart_files import check_chart_files, write_charts

        check_chart_files([("--map", map_)], force)
    inputs = scenario_of_year(scenario, settings or (), year)
    gm_codes = [find(name, inputs.population).gm_code for name in municipality or ()]
    form = table_arguments("run", out, csv, typed_language(lang), force)
    opens_with = gm_codes[0] if gm_codes and "workbook" in form else None
    baseline = extended_baseline(inputs)
    beside = [] if baseline is None or "workbook" not in form else [baseline]
    request = request_of(
        "run", [inputs, *beside], recipe.Arguments(municipality=opens_with, draws=draws, seed=seed, **form)
    )
    worked = recipe.work_out(request)
    result, spending = worked.result, worked.spending
    if out is not None:
        write_out(out, worked, request, typed_language(lang), force)
    if map_ is not None:
        write_charts({map_: rate_map(result, boundaries_to_draw(result.population), gm_codes)}, force)
    unmet = unmet_findings([inputs], [result])
    if as_json:
        from gguplan.reports.tables.json import run_as_dict

        print_answer("run", run_as_dict(result, spending, unmet, unused(inputs, "run"), worked.published))
        return unmet
    from gguplan.reports.terminal.run import Shown, print_run
    from gguplan.runs.results import comparison_of

    comparison = None if baseline is None else comparison_of(baseline, inputs)
    print_run(result, spending, gm_codes, Shown(top, verbose), comparison, worked.published)
    tell_unused(unused(inputs, "run"))
    return unmet
