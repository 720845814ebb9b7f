"""What the bills of some years would be over the inhabitants of a year earlier or later, where the date is assumed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from gguplan.findings import InputError
from gguplan.fund.reference_dates import OtherDateOfYears
from gguplan.inputs.population.municipalities import UnknownMunicipality
from gguplan.inputs.population.years import years
from gguplan.inputs.scenario.reading import ScenarioInputs, read_again
from gguplan.model.years_ahead.bill_in_a_year import YearAhead
from gguplan.runs.bills_by_year import bills_by_year

_SHIFTS: Final[tuple[Literal[-1], Literal[1]]] = (-1, 1)


def other_dates_of_years(inputs: ScenarioInputs, bills: Sequence[YearAhead], name: str) -> tuple[OtherDateOfYears, ...]:
    """What the bills of some years of one municipality would be over the inhabitants of a year earlier and later, where
    the reference date is an assumption; inhabitants that are not counted yet are projected.

    A date that is stated is so for the year of the scenario and its years ahead: that another year counts as far from
    its own is an assumption too."""
    states_all = inputs.fund_year.years_ahead is not None
    assumed = [
        bill
        for bill in bills
        if inputs.scenario.reference_date_assumed or not (states_all or bill.year == inputs.scenario.year)
    ]
    if not assumed:
        return ()
    return tuple(OtherDateOfYears(shift, _differences(inputs, assumed, name, shift)) for shift in _SHIFTS)


def _differences(
    inputs: ScenarioInputs, bills: Sequence[YearAhead], name: str, shift: Literal[-1, 1]
) -> tuple[tuple[int, int, bool], ...]:
    lag = inputs.lag - shift
    wanted = [bill.year for bill in bills if bill.year - lag >= min(years())]
    try:
        again = read_again(inputs, (f"reference_date={inputs.meant_count + shift}-01-01",))
        # Where a bill is drawn already, the difference is not exact whatever the other one is.
        exact = {bill.year for bill in bills if bill.low == bill.high}
        moved_bills = {bill.year: bill for bill in bills_by_year(again, wanted, name, drawn=exact)} if wanted else {}
    except (InputError, UnknownMunicipality):
        # Its count is too far ahead, or the scenario names who was no municipality then.
        return ()
    return tuple(
        (
            bill.year,
            moved_bills[bill.year].bill.to_pay - bill.bill.to_pay,
            bill.low == bill.high and moved_bills[bill.year].low == moved_bills[bill.year].high,
        )
        for bill in bills
        if bill.year in moved_bills
    )
