"""What a bill would be over the inhabitants of a year earlier or later, where the reference date is an assumption."""

from __future__ import annotations

from gguplan.fund.other_dates import OtherDate
from gguplan.inputs.population.years import load_population, years
from gguplan.inputs.scenario.reading import ScenarioInputs, read_again
from gguplan.model.bill import bill_of
from gguplan.runs.members import members_for
from gguplan.runs.results import result_of


def other_dates(inputs: ScenarioInputs, gm_code: str) -> tuple[OtherDate, ...]:
    """The bill of a municipality over the inhabitants of a year earlier and later; empty where the date is stated.

    Nothing else changes: the budget, who is outside and the settlements stay.
    """
    if not inputs.scenario.reference_date_assumed:
        return ()
    counted = inputs.population.year
    return tuple(_bill_over(inputs, gm_code, year) for year in (counted - 1, counted + 1))


def _bill_over(inputs: ScenarioInputs, gm_code: str, year: int) -> OtherDate:
    if year not in years():
        return OtherDate(year, None, "not_counted")
    country = load_population(year)
    if gm_code not in country.index:
        return OtherDate(year, None, "no_municipality")
    moved = inputs.scenario.year + year - inputs.population.year
    members = None if inputs.population.country is None else members_for(inputs, moved, country)
    result = result_of(read_again(inputs, (f"reference_date={year}-01-01",), members))
    return OtherDate(year, bill_of(result, gm_code).to_pay, "billed")
