"""``gguplan horizon``: the balance of the fund in years to come."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import (
    Chart,
    Csv,
    Force,
    Json,
    Lang,
    Municipalities,
    Seed,
    Settings,
    UnmetFindings,
    command,
    find,
    tell_unused,
    typed_language,
)
from gguplan.model.numbers_of_draws import DRAWS


@command
def horizon(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario by name, or a file, with a table [horizon].")],
    municipality: Municipalities = None,
    draws: Annotated[int, typer.Option(min=100, max=100_000, help="How often the years are drawn.")] = DRAWS,
    seed: Seed = 1,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write the accounts into this .xlsx file, or as CSV files into this folder."),
    ] = None,
    csv: Csv = None,
    chart: Chart = None,
    settings: Settings = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> UnmetFindings:
    """Follow the balance of the fund through the years. From opening to closing, and against its floor."""
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.inputs.scenario.unused import unused
    from gguplan.model.years_ahead.bills import bills
    from gguplan.reports.tables.horizon import horizon_as_dict
    from gguplan.reports.terminal.horizon import print_horizon
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.outputs import horizon as recipe
    from gguplan.runs.request import request_of
    from gguplan.runs.results import result_of
    from gguplan.runs.written_files import table_arguments, write_out
    from gguplan.wording.years_ahead import lower_bound_in_words

    if chart is not None:
        from gguplan.runs.chart_files import check_chart_files, write_charts

        check_chart_files([("--chart", chart)], force)
    inputs = read_scenario(scenario, settings or ())
    unmet = unmet_findings([inputs], [result_of(inputs)])
    form = table_arguments("horizon", out, csv, typed_language(lang), force)
    request = request_of("horizon", [inputs], recipe.Arguments(draws=draws, seed=seed, **form))
    result = recipe.work_out(request)
    shown = []
    for name in municipality or ():
        municipalities = [find(name, fund_year.population) for fund_year in result.by_year]
        shown.append(
            (
                municipalities[-1],
                bills(result, [municipality_in_year.gm_code for municipality_in_year in municipalities]),
            )
        )
    if out is not None:
        write_out(out, result, request, typed_language(lang), force)
    if chart is not None:
        from gguplan.language import _
        from gguplan.reports.charts.years import balance_chart

        title = _("The balance of {title}", title=result.title)
        ends = result.fund.between()
        write_charts(
            {
                chart: balance_chart(
                    result.years,
                    result.fund.expected.closing,
                    *ends,
                    result.floor,
                    title,
                    opening=int(result.fund.expected.opening[0]),
                    reserve=(int(result.reserve.expected.opening[0]), result.reserve.expected.closing),
                    reserve_floor=result.reserve.floor,
                )
            },
            force,
        )
    notes = [*filter(None, [lower_bound_in_words(inputs.fund_year)]), *unused(inputs, "horizon")]
    if as_json:
        print_answer("horizon", horizon_as_dict(result, shown, notes))
        return unmet
    print_horizon(result, shown)
    tell_unused(notes)
    return unmet
