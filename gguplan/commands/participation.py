"""``gguplan participation``: who takes part, and how it may go on."""

from __future__ import annotations

from typing import Annotated

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import Chart, Force, Json, Lang, Seed, Settings, UnmetFindings, command, tell_unused
from gguplan.model.numbers_of_draws import CASCADE_DRAWS


@command
def participation(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario by name, or a file.")],
    draws: Annotated[int, typer.Option(min=1, max=100_000, help="How often the limits are drawn.")] = CASCADE_DRAWS,
    seed: Seed = 1,
    chart: Chart = None,
    settings: Settings = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> UnmetFindings:
    """Show who takes part, with thresholds and cascades."""
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.inputs.scenario.unused import unused
    from gguplan.reports.tables.participation import participation_as_dict
    from gguplan.reports.terminal.participation import print_participation
    from gguplan.runs.cascades import cascades_of
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.results import result_of

    if chart is not None:
        from gguplan.runs.chart_files import check_chart_files, numbered, write_charts

        check_chart_files([("--chart", chart)], force)
    inputs = read_scenario(scenario, settings or ())
    overview = cascades_of(inputs, result_of(inputs), draws, seed)
    if chart is not None:
        from gguplan.reports.charts.tipping import tipping_charts

        drawn = tipping_charts(overview)
        files = numbered(chart, list(drawn))
        check_chart_files([("--chart", file) for file in files], force)
        write_charts(dict(zip(files, drawn.values(), strict=True)), force)
    notes = unused(inputs, "participation")
    if as_json:
        print_answer("participation", {**participation_as_dict(overview), "notes": notes})
        return unmet_findings([inputs], [overview.result])
    print_participation(overview)
    tell_unused(notes)
    return unmet_findings([inputs], [overview.result])
