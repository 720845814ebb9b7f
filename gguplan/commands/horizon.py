"""``gguplan horizon``: the balance of the fund in years to come."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
    print_json,
    tell_unused,
    typed_language,
)


@command
def horizon(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario by name, or a file, with a table [horizon].")],
    municipality: Municipalities = None,
    draws: Annotated[int, typer.Option(min=100, max=100_000, help="How often the years are drawn.")] = 10_000,
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
    from gguplan.model.horizon.bills import bills
    from gguplan.reports.tables.horizon import horizon_as_dict
    from gguplan.reports.terminal.horizon import print_horizon
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.outputs import horizon as recipe
    from gguplan.runs.request import asked as what_is_asked
    from gguplan.runs.results import result_of
    from gguplan.runs.written_files import table_arguments, write_out

    if chart is not None:
        from gguplan.runs.chart_files import check_chart_files, write_charts

        check_chart_files([("--chart", chart)], force)
    inputs = read_scenario(scenario, settings or ())
    unmet = unmet_findings([result_of(inputs)])
    form = table_arguments("horizon", out, csv, typed_language(lang), force)
    inquiry = what_is_asked("horizon", [inputs], recipe.Arguments(draws=draws, seed=seed, **form))
    found = recipe.work_out(inquiry)
    shown = []
    for name in municipality or ():
        every = [find(name, fund_year.population) for fund_year in found.by_year]
        shown.append((every[-1], bills(found, [one.gm_code for one in every])))
    if out is not None:
        write_out(out, found, inquiry, typed_language(lang), force)
    if chart is not None:
        from gguplan.language import _
        from gguplan.reports.charts.years import balance_chart

        title = _("The balance of {title}", title=found.title)
        ends = found.fund.between()
        write_charts({chart: balance_chart(found.years, found.fund.expected.closing, *ends, found.floor, title)}, force)
    told = unused(inputs, "horizon")
    if as_json:
        print_json(horizon_as_dict(found, shown, told))
        return unmet
    print_horizon(found, shown)
    tell_unused(told)
    return unmet
