"""What bills would be over the inhabitants of a year earlier or later, where the reference date is an assumption."""

from __future__ import annotations

from gguplan.findings import InputError
from gguplan.fund.bodies import bodies_of, with_bodies
from gguplan.fund.membership import members_of
from gguplan.fund.municipalities import Population
from gguplan.fund.reference_dates import Comparable, OtherDate, OtherDateOfAll
from gguplan.inputs.population.years import load_population, years
from gguplan.inputs.scenario.members import heirs
from gguplan.inputs.scenario.reading import ScenarioInputs, read_again
from gguplan.model.bill import bill_of
from gguplan.model.result import RunResult, run
from gguplan.runs.comparison import over_the_latest
from gguplan.runs.findings import at_their_place


def other_dates(inputs: ScenarioInputs, gm_code: str) -> tuple[OtherDate, ...]:
    """The bill of a municipality over the inhabitants of a year earlier and later; empty where the date is stated.

    Nothing else changes: the budget, who is outside and the settlements stay.
    """
    return tuple(_bill_over(inputs, gm_code, year) for year in _years_beside(inputs))


def other_dates_of_all(inputs: ScenarioInputs, result: RunResult) -> tuple[OtherDateOfAll, ...]:
    """What the bills of `result` would be over the inhabitants of a year earlier and later, as `other_dates`."""
    return tuple(_bills_over(inputs, result, year) for year in _years_beside(inputs))


def _years_beside(inputs: ScenarioInputs) -> tuple[int, ...]:
    if not inputs.scenario.reference_date_assumed:
        return ()
    counted = inputs.population.year
    return (counted - 1, counted + 1)


def _over(inputs: ScenarioInputs, year: int) -> RunResult | None:
    """The scenario over other inhabitants; None where it names who was no municipality then."""
    try:
        members = None
        if inputs.population.country is not None:
            country = _country(inputs, year)
            members = members_of(country, heirs(inputs.population.index, country))
        again = read_again(inputs, (f"reference_date={year}-01-01",), members)
    except InputError:
        return None
    with at_their_place(again):
        return run(again.fund_year)


def _country(inputs: ScenarioInputs, year: int) -> Population:
    return with_bodies(load_population(year), bodies_of(inputs.population.everybody))


def _not_there(year: int) -> Comparable:
    return "before_the_first" if year < min(years()) else "not_counted"


def _bill_over(inputs: ScenarioInputs, gm_code: str, year: int) -> OtherDate:
    if year not in years():
        return OtherDate(year, None, _not_there(year))
    country = _country(inputs, year)
    if gm_code not in country.index:
        return OtherDate(year, None, "no_municipality")
    result_then = _over(inputs, year)
    if result_then is None:
        return OtherDate(year, None, "names_unknown")
    if gm_code not in result_then.population.index:
        return OtherDate(year, None, "no_municipality")
    return OtherDate(year, bill_of(result_then, gm_code).to_pay, "billed")


def _bills_over(inputs: ScenarioInputs, result: RunResult, year: int) -> OtherDateOfAll:
    if year not in years():
        return OtherDateOfAll(year, _not_there(year))
    result_then = _over(inputs, year)
    if result_then is None:
        return OtherDateOfAll(year, "names_unknown")
    # A merger between the two days is no effect of the day.
    bills, bills_then = over_the_latest([result, result_then])
    names = [municipality.name for municipality in bills.later.municipalities]
    changes = list(zip((bills_then.to_pay - bills.to_pay).tolist(), names, strict=True))
    most, least = max(changes, default=(0, "")), min(changes, default=(0, ""))
    return OtherDateOfAll(
        year,
        "billed",
        sum(change > 0 for change, _name in changes),
        sum(change < 0 for change, _name in changes),
        (most[1], most[0]) if most[0] > 0 else None,
        (least[1], least[0]) if least[0] < 0 else None,
        int(result_then.to_pay.sum()) - int(result.to_pay.sum()),
        {
            municipality.gm_code: change
            for municipality, (change, _name) in zip(bills.later.municipalities, changes, strict=True)
        },
    )
