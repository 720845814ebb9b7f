"""``gguplan explain``: the sum behind a bill, down to the left-over cents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import (
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
)

if TYPE_CHECKING:
    from gguplan.inputs.scenario.reading import ScenarioInputs


@command
def explain(
    municipality: OneMunicipality,
    scenario: ScenarioOption = "fonds-ggu-2020",
    programme: Annotated[str | None, typer.Option(help="Only this programme.")] = None,
    year: FundYear = None,
    years: Annotated[
        str | None,
        typer.Option(metavar="FIRST-LAST", help="The sums of these years, such as 2027-2030, counted or projected."),
    ] = None,
    rate: Rate = None,
    total: FundTotal = None,
    without_vat: WithoutVat = False,
    settings: Settings = None,
    as_json: Json = False,
    lang: Lang = None,
) -> UnmetFindings:
    """Show the whole sum behind a bill, down to the last cent."""
    from gguplan.inputs.scenario.another_year import settings_for
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.inputs.scenario.unused import unused
    from gguplan.inputs.scenario.years_ahead import later_account
    from gguplan.model.explanation.tree import explain as explain_sum
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.later_municipalities import is_only_later
    from gguplan.runs.next_years import newest_published, other_years, with_projected_inhabitants
    from gguplan.runs.other_dates import other_dates
    from gguplan.runs.programme_asked_for import fail_if_not_there
    from gguplan.runs.published import published_of
    from gguplan.runs.results import bills_of
    from gguplan.runs.year_shown import asked_of_its_account
    from gguplan.wording.other_dates import other_dates_in_words
    from gguplan.wording.published import published_in_words

    if (
        years is None
        and (year_ahead := asked_of_its_account(scenario, settings or (), year, rate or total)) is not None
    ):
        years, year = str(year_ahead), None
    of_the_year = settings_for(scenario, year, rate, total, without_vat, settings or ())
    inputs = read_scenario(scenario, [*of_the_year, *(settings or ())])
    # Who asks for the year of the budgets means that one.
    years = years or (later_account(inputs) if year is None else None)
    name = " ".join(municipality)
    if years is None and is_only_later(inputs, name):
        years = str(inputs.scenario.year)
    if years is None:
        municipality_named = find(name, inputs.population, other_years(name, inputs.fund_year))
    if programme is not None:
        fail_if_not_there(programme, inputs)
    if years is not None:
        return _years(name, inputs, years, programme, as_json)
    result = bills_of(inputs)
    step = explain_sum(result, municipality_named.gm_code, programme)
    published = published_of(result, programme)
    assumed = [*inputs.assumed, *newest_published(inputs, "explain", name)]
    assumed += with_projected_inhabitants(inputs, "explain", name)
    beside = []
    if programme is None and (dates := other_dates(inputs, municipality_named.gm_code)):
        beside.append(other_dates_in_words(step.cents or 0, dates))
    realised = [] if published is None else [published_in_words(published)]
    # The sum says first what it rests on.
    notes = [sentence for sentence in unused(inputs, "explain") if sentence not in assumed]
    if as_json:
        from gguplan.reports.tables.explanation import step_as_dict

        print_answer("explain", {**step_as_dict(step), "notes": [*assumed, *beside, *realised, *notes]})
        return unmet_findings([inputs], [result])
    from gguplan.reports.terminal.explanation import print_explanation

    for sentence in assumed:
        print(sentence)
    print_explanation(step)
    for sentence in (*beside, *realised):
        print(sentence)
    tell_unused(notes)
    return unmet_findings([inputs], [result])


def _years(name: str, inputs: ScenarioInputs, years: str, programme: str | None, as_json: bool) -> UnmetFindings:
    """The sum behind the bill of each year."""
    from gguplan.inputs.scenario.unused import unused
    from gguplan.inputs.written_years import read_years
    from gguplan.model.explanation.year_ahead import explain_year
    from gguplan.reports.terminal.years_ahead import interval_in_words, interval_of_a_year
    from gguplan.runs.bills_by_year import bills_by_year, end_of_a_municipality, years_of_other_amounts
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.other_dates_of_years import other_dates_of_years
    from gguplan.runs.results import bills_of
    from gguplan.wording.other_dates import other_dates_of_years_in_words

    chosen = read_years(years)
    bills = bills_by_year(inputs, chosen, name, find)
    end = end_of_a_municipality(inputs, chosen, name, bills)
    assumed = years_of_other_amounts(inputs, chosen)
    beside = [
        interval_in_words(bills),
        *filter(None, [other_dates_of_years_in_words(other_dates_of_years(inputs, bills, name), inputs.fund_year)]),
    ]
    sums = [(year, explain_year(year, programme)) for year in bills]
    of_horizon = inputs.scenario.horizon is not None
    notes = [*filter(None, (end,)), *unused(inputs, "explain", ("horizon", "realisation") if of_horizon else ())]
    if as_json:
        from gguplan.reports.tables.explanation import step_as_dict

        print_answer(
            "explain years",
            {
                "years": [{"year": year.year, **step_as_dict(step)} for year, step in sums],
                "notes": [*assumed, *beside, *notes],
            },
        )
        return unmet_findings([inputs], [bills_of(inputs)])
    from gguplan.reports.terminal.explanation import print_explanation

    for sentence in assumed:
        print(sentence)
    for year, step in sums:
        print_explanation(step)
        if programme is None and year.low < year.high:
            print(interval_of_a_year(year))
    for sentence in beside:
        print(sentence)
    tell_unused(notes)
    return unmet_findings([inputs], [bills_of(inputs)])
