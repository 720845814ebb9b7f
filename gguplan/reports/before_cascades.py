"""That the amounts of a result are those from before its cascades, for every report that shows who pays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gguplan.language import _
from gguplan.model.result import RunResult

if TYPE_CHECKING:
    from gguplan.model.years_ahead.bill_in_a_year import YearAhead


def cascades_in_words(result: RunResult) -> list[str]:
    """For each cascade that it is not in the amounts of the result, and who leaves by it."""
    see = _("See gguplan participation.")
    return [f"{sentence} {see}" for sentence in before_each_cascade(result)]


def before_each_cascade(result: RunResult) -> list[str]:
    """The same without the command that says more of it."""
    if not result.leavers:
        return []
    from gguplan.wording.cascades import cascade_in_words

    return [cascade_in_words(leavers.beside) for leavers in result.leavers]


def cascades_by_year(years: Sequence[tuple[int, RunResult]]) -> list[str]:
    """As `cascades_in_words`, for the results of several years."""
    return [f"{year}: {sentence}" for year, result in years for sentence in cascades_in_words(result)]


def cascades_beside_a_bill(year: YearAhead) -> list[str]:
    """What the cascades would do to the bill of one year, of each programme in which the municipality takes part."""
    from gguplan.model.explanation.cascades import cascade_steps
    from gguplan.wording.steps.step import line_in_words

    if year.result is None:
        return []
    return [
        line_in_words(step.line)
        for billed in year.result.by_programme
        for position in year.billed.positions
        for step in cascade_steps(year.result, billed, position)
    ]


def leaving_in_words(result: RunResult, position: int) -> list[str]:
    """For each programme that one municipality leaves by a cascade, that it does so: this is beside its bill."""
    if not result.leavers:
        return []
    from gguplan.wording.cascades import leaving_beside_a_bill

    name = result.population.municipalities[position].name
    return [
        leaving_beside_a_bill(name, leavers.beside.title, number, leavers.rate_units(number))
        for leavers in result.leavers
        if (number := int(leavers.round_of_leaving[position]))
    ]
