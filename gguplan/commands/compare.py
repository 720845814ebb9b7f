"""``gguplan compare``: who pays more or less than in a baseline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import (
    Chart,
    Csv,
    Force,
    FundTotal,
    FundYear,
    Json,
    Lang,
    Municipalities,
    Rate,
    Settings,
    UnmetFindings,
    WithoutVat,
    command,
    find,
    tell_unused,
    typed_language,
)

if TYPE_CHECKING:
    from gguplan.inputs.scenario.reading import ScenarioInputs


@command
def compare(
    baseline: Annotated[str, typer.Argument(help="What is compared with: a shipped scenario or a file.")],
    scenarios: Annotated[list[str], typer.Argument(help="One scenario or more.")],
    municipality: Municipalities = None,
    top: Annotated[int, typer.Option(min=0, max=1000, help="How many of the largest effects.")] = 5,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write the effects into this .xlsx file, or as CSV files into this folder."),
    ] = None,
    csv: Csv = None,
    chart: Chart = None,
    map_: Annotated[
        Path | None, typer.Option("--map", metavar="FILE", help="Draw the effects on a map, in this .svg or .png file.")
    ] = None,
    year: FundYear = None,
    rate: Rate = None,
    total: FundTotal = None,
    without_vat: WithoutVat = False,
    settings: Settings = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> UnmetFindings:
    """Show who pays more or less than in a baseline. --set, --year and its number change the scenarios, not the
    baseline."""
    from gguplan.inputs.scenario.unused import unused_of_all
    from gguplan.reports.tables.amendments import amendments_as_dict
    from gguplan.reports.tables.comparison import comparison_as_dict
    from gguplan.reports.terminal.amendments import print_amendments
    from gguplan.reports.terminal.comparison import print_comparison
    from gguplan.runs.amendments import amendments_of, not_in_order
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.outputs import compare as recipe
    from gguplan.runs.request import request_of
    from gguplan.runs.written_files import STANDARD_OUTPUT, table_arguments, write_out
    from gguplan.runs.year_shown import scenario_of_year

    if chart or map_:
        from gguplan.runs.chart_files import check_chart_files, numbered, write_charts

        charts, maps = (numbered(file, scenarios) if file else [] for file in (chart, map_))
        check_chart_files([*(("--chart", file) for file in charts), *(("--map", file) for file in maps)], force)

    def changed(name: str) -> ScenarioInputs:
        return scenario_of_year(name, settings or (), year, rate, total, without_vat)

    inputs = [scenario_of_year(baseline), *map(changed, scenarios)]
    form = table_arguments("compare", out, csv, typed_language(lang), force)
    request = request_of("compare", inputs, recipe.Arguments(**form))
    comparisons = recipe.work_out(request)
    gm_codes = [
        [find(name, comparison.population).gm_code for name in municipality or ()] for comparison in comparisons
    ]
    if out is not None:
        write_out(out, comparisons, request, typed_language(lang), force)
    if chart or map_:
        from gguplan.inputs.population.boundaries import boundaries_to_draw
        from gguplan.reports.charts.effects import ranked_effects
        from gguplan.reports.charts.maps import effect_map

        pairs = list(zip(comparisons, gm_codes, strict=True))
        drawn = {file: ranked_effects(*comparison_of) for file, comparison_of in zip(charts, pairs, strict=False)}
        drawn |= {
            file: effect_map(comparison, boundaries_to_draw(comparison.population), codes)
            for file, (comparison, codes) in zip(maps, pairs, strict=False)
        }
        write_charts(drawn, force)
    amendments = amendments_of(inputs)
    also = () if amendments is None else ("horizon",)
    unmet = unmet_findings(
        [side for scenario in inputs[1:] for side in (inputs[0], scenario)],
        [side.result for comparison in comparisons for side in (comparison.baseline, comparison.scenario)],
    )
    if as_json:
        pairs_read = ([inputs[0], scenario] for scenario in inputs[1:])
        print_answer(
            "compare",
            {
                "comparisons": [
                    comparison_as_dict(comparison, unused_of_all(pair, "compare", also))
                    for comparison, pair in zip(comparisons, pairs_read, strict=True)
                ],
                "amendments": None if amendments is None else amendments_as_dict(amendments),
            },
        )
        return unmet
    shown = () if out == STANDARD_OUTPUT else zip(comparisons, gm_codes, strict=True)
    for number, (comparison, codes) in enumerate(shown):
        if number:
            print()
        print_comparison(comparison, codes, top)
    if amendments is not None and out != STANDARD_OUTPUT:
        print_amendments(amendments, gm_codes[-1], top)
    tell_unused([*unused_of_all(inputs, "compare", also), *not_in_order(inputs)])
    return unmet
