"""``gguplan ledger``: what was budgeted and realised, as the reports publish it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import Chart, Csv, Force, Json, Lang, command, typed_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gguplan.fund.ledger import Ledger


@command
def ledger(
    year: Annotated[str | None, typer.Argument(help="One year; without it all that are published.")] = None,
    programme: Annotated[
        list[str] | None,
        typer.Option(
            "--programme",
            "-p",
            help="Show this one whole: sources, other readings, lines, volumes and prices; repeatable.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write it into this .xlsx file, or as CSV files into this folder."),
    ] = None,
    csv: Csv = None,
    chart: Chart = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Show what was budgeted and realised, as the reports publish it."""
    from gguplan.inputs.ledger.ledger_files import load_ledger
    from gguplan.model.unit_costs import published_indicators
    from gguplan.runs.outputs import ledger as recipe
    from gguplan.runs.request import request_of
    from gguplan.runs.written_files import table_arguments, write_out

    if chart is not None:
        from gguplan.runs.chart_files import check_chart_files, write_charts

        check_chart_files([("--chart", chart)], force)
    published = load_ledger()
    programmes = _named(published, year, programme or ())
    years = published.years() if year is None else (int(year),)
    form = table_arguments("ledger", out, csv, typed_language(lang), force)
    request = request_of("ledger", [], recipe.Arguments(years=years, programmes=programmes, **form))
    lines = recipe.work_out(request)
    if out is not None:
        write_out(out, lines, request, typed_language(lang), force)
    if chart is not None:
        from gguplan.language import _
        from gguplan.reports.charts.published import published_chart

        title = _("Budget and realised, {years}", years="–".join(map(str, dict.fromkeys((years[0], years[-1])))))
        write_charts({chart: published_chart(lines, title)}, force)
    indicators = published_indicators(published, years, programmes) if programmes else None
    if as_json:
        from gguplan.reports.tables.ledger import published_as_dict

        print_answer("ledger", published_as_dict(lines, indicators))
        return
    from gguplan.reports.terminal.ledger import print_ledger

    print_ledger(lines, years, indicators, published.contracts)


def _named(published: Ledger, year: str | None, programmes: Sequence[str]) -> tuple[str, ...]:
    """The programmes that are named, by id or title. Raises InputError for a year or a programme that is not there."""
    from gguplan.findings import Findings, Place
    from gguplan.language import _
    from gguplan.wording.suggestions import did_you_mean, names_there

    findings = Findings()
    if year is not None and year not in map(str, published.years()):
        years = ", ".join(map(str, published.years()))
        findings.add(
            Place(_("year {year}", year=year[:20])),
            _("The ledger has no budgets of {year}.", year=year[:20]),
            _("Years that it has: {years}.", years=years),
        )
    by_name = {row.title.casefold(): name for name, row in published.programmes.items()}
    by_name |= {name.casefold(): name for name in published.programmes}
    named = []
    for text in programmes:
        name = by_name.get(text.strip().casefold())
        if name is None:
            findings.add(
                Place(f"--programme {text[:60]}"),
                _("There is no programme {name!r}.", name=text[:60]),
                did_you_mean(text, published.programmes)
                + _("Programmes: {names}.", names=names_there(published.programmes)),
            )
        else:
            named.append(name)
    findings.raise_if_any()
    return tuple(dict.fromkeys(named))
