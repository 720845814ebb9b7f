"""``gguplan estimate``: what one municipality pays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import (
    Chart,
    Csv,
    CsvChoice,
    Force,
    FundTotal,
    FundYear,
    Json,
    Lang,
    OneMunicipality,
    Rate,
    ScenarioOption,
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
    from gguplan.model.years_ahead.bill_in_a_year import YearAhead


@command
def estimate(
    municipality: OneMunicipality,
    scenario: ScenarioOption = "fonds-ggu-2020",
    year: FundYear = None,
    rate: Rate = None,
    total: FundTotal = None,
    without_vat: WithoutVat = False,
    years: Annotated[
        str | None, typer.Option(metavar="FIRST-LAST", help="A table for these years, such as 2026-2029.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="With --years: write them into this .xlsx file, or as CSV into this folder."),
    ] = None,
    csv: Csv = None,
    chart: Chart = None,
    settings: Settings = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> UnmetFindings:
    """Show the bill of one municipality, and what it consists of."""
    from gguplan.inputs.scenario.another_year import settings_for
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.inputs.scenario.unused import unused
    from gguplan.inputs.scenario.years_ahead import later_account
    from gguplan.model.bill import bill_of
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.later_municipalities import is_only_later
    from gguplan.runs.next_years import newest_published, other_years, with_projected_inhabitants
    from gguplan.runs.other_dates import other_dates
    from gguplan.runs.results import bills_of, with_other_dates
    from gguplan.runs.year_shown import asked_of_its_account
    from gguplan.wording.income import income_by_the_name_of

    if chart is not None:
        from gguplan.runs.chart_files import check_chart_files, of_years_only

        check_chart_files([("--chart", chart)], force)
        of_years_only(years)
    if (
        years is None
        and (year_ahead := asked_of_its_account(scenario, settings or (), year, rate or total)) is not None
    ):
        # By its own years ahead: what they say of that year goes before another number for it.
        years, year = str(year_ahead), None
    settings = [*settings_for(scenario, year, rate, total, without_vat, settings or ()), *(settings or ())]
    inputs = read_scenario(scenario, settings)
    name = " ".join(municipality)
    # Who asks for the year of the budgets means that one.
    years = years or (later_account(inputs) if year is None else None)
    if years is None and is_only_later(inputs, name):
        years = str(inputs.scenario.year)
    if years is not None:
        written = Written(out, csv, typed_language(lang), chart, force)
        return _years(name, inputs, years, as_json, written)
    if out is not None:
        _fail_without_years(out)
    assumed = [*inputs.assumed, *newest_published(inputs, "estimate", name)]
    assumed += with_projected_inhabitants(inputs, "estimate", name)
    fees = income_by_the_name_of(name, inputs.programmes.values(), [inputs.scenario.year])
    named = find(name, inputs.population, "\n".join(filter(None, [other_years(name, inputs.fund_year), fees])))
    from gguplan.model.underspend import is_returned

    result = bills_of(inputs)
    bill = bill_of(result, named.gm_code)
    credit, of_credit = None, list[str]()
    if any(is_returned(programme.programme.underspend) for programme in result.by_programme):
        # Only then: a forecast takes longer than the bill itself.
        from gguplan.inputs.ledger.ledger_files import load_ledger
        from gguplan.inputs.ledger.realised_years import realised_years
        from gguplan.model.credit import credit as credit_of
        from gguplan.model.spending import spending_of
        from gguplan.reports.beside_a_forecast import of_another_fund

        spending = spending_of(result, realised_years(load_ledger()))
        if spending is not None:
            credit = credit_of(spending, result, named.gm_code)
            of_credit = of_another_fund(spending, result.population)
    notes = unused(inputs, "estimate", () if credit is None else ("realisation",))
    # The bill says first what it rests on.
    notes = [sentence for sentence in notes if sentence not in inputs.assumed]
    dates = other_dates(inputs, named.gm_code)
    if as_json:
        from gguplan.reports.tables.json import bill_as_dict

        whole = with_other_dates(inputs, result)
        print_answer("estimate", bill_as_dict(whole, bill, credit, [*assumed, *notes], dates))
        return unmet_findings([inputs], [result])
    from gguplan.reports.terminal.estimate import print_estimate

    later = other_years(bill.municipality.gm_code, inputs.fund_year)
    print_estimate(result, bill, credit, assumed, dates, later, of_credit)
    tell_unused(notes)
    return unmet_findings([inputs], [result])


class Written(NamedTuple):
    """What is written besides, and how: a file or folder, the form of CSV, the language that was typed, a chart."""

    out: Path | None
    csv: CsvChoice | None
    typed: Literal["en", "nl"] | None
    chart: Path | None
    force: bool


def _fail_without_years(out: Path) -> None:
    """Raises InputError: there is a table of years only."""
    from gguplan.findings import Finding, InputError, Place
    from gguplan.language import _
    from gguplan.shipped import shown

    what = _("Without --years there is no table to write.")
    remedy = _("Add --years, such as --years 2026-2029; the bill of one year stands in the workbook of gguplan run.")
    raise InputError([Finding(Place(f"--out {shown(out)}"), what, remedy)])


def _years(municipality: str, base: ScenarioInputs, years: str, as_json: bool, written: Written) -> UnmetFindings:
    """One bill a year, over the inhabitants of each year."""
    from gguplan.inputs.written_years import read_years
    from gguplan.runs.bills_by_year import bills_by_year, end_of_a_municipality
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.other_dates_of_years import other_dates_of_years
    from gguplan.runs.outputs.estimate import Arguments
    from gguplan.runs.request import request_of
    from gguplan.runs.results import bills_of
    from gguplan.runs.written_files import table_arguments, write_out
    from gguplan.wording.allocation_keys import shares_left_in_words
    from gguplan.wording.income import income_by_the_name_of
    from gguplan.wording.other_dates import other_dates_of_years_in_words

    asked_years = read_years(years)
    form = table_arguments("estimate", written.out, written.csv, written.typed, written.force)
    bills = bills_by_year(base, asked_years, municipality, find)
    if written.out is not None:
        arguments = Arguments(municipality=municipality, years=tuple(asked_years), **form)
        request = request_of("estimate", [base], arguments)
        write_out(written.out, bills, request, written.typed, written.force)
    named = bills[-1].bill.municipality.name
    fees = income_by_the_name_of(named, base.programmes.values(), asked_years)
    beside = list(filter(None, [end_of_a_municipality(base, asked_years, municipality, bills), fees]))
    beside += shares_left_in_words(
        (bill.year, [billed.programme for billed in bill.result.by_programme])
        for bill in bills
        if bill.result is not None
    )
    beside.append(other_dates_of_years_in_words(other_dates_of_years(base, bills, municipality), base.fund_year))
    _tell_years(base, bills, as_json, written, beside)
    return unmet_findings([base], [bills_of(base)])


def _tell_years(
    base: ScenarioInputs, bills: list[YearAhead], as_json: bool, written: Written, sentences: list[str]
) -> None:
    """Draw the bills of some years where that is asked, and write them with sentences on them."""
    from gguplan.inputs.scenario.unused import unused
    from gguplan.language import _
    from gguplan.reports.tables.years_ahead import years_as_dict
    from gguplan.reports.terminal.years_ahead import print_years
    from gguplan.runs.bills_by_year import years_of_other_amounts
    from gguplan.runs.written_files import STANDARD_OUTPUT

    title, of_horizon = base.scenario.title, base.scenario.horizon is not None
    if written.chart is not None:
        from gguplan.reports.charts.years import bill_chart
        from gguplan.runs.chart_files import write_charts

        write_charts({written.chart: bill_chart(title, bills, of_horizon=of_horizon)}, written.force)
    from gguplan.model.underspend import is_returned

    notes = unused(base, "estimate", ("horizon", "realisation") if of_horizon else ())
    beside = list(filter(None, [*years_of_other_amounts(base, [bill.year for bill in bills]), *sentences]))
    if any(is_returned(programme.underspend) for programme in base.programmes.values()):
        notes.append(_("What is returned is credited to the municipalities; it is not taken off what is to pay here."))
    if as_json:
        print_answer("estimate years", {**years_as_dict(title, bills), "notes": [*beside, *notes]})
        return
    if written.out == STANDARD_OUTPUT:
        tell_unused([*beside, *notes])
        return
    print_years(title, bills, of_horizon, beside)
    tell_unused(notes)
