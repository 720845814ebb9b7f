"""What the municipalities pay together in each of the years ahead, as the rows that paper and page print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gguplan.language import _
from gguplan.model.bill import euros_per_inhabitant
from gguplan.reports.beside_a_forecast import rounding_unit_ahead
from gguplan.reports.paid_by_bodies import paid_by_bodies_in
from gguplan.reports.proposal.sentences.change import rate
from gguplan.wording.amounts import format_about, format_euros, format_number, per_inhabitant
from gguplan.wording.population import status_in_words

if TYPE_CHECKING:
    from gguplan.model.years_ahead.result import Horizon


def contributions_caption(horizon: Horizon | None = None) -> str:
    """What the rows are of."""
    if horizon is not None and any(year.population.bodies for year in horizon.by_year):
        return _("What municipalities and other bodies pay together in each year, including VAT")
    return _("What the municipalities pay together in each year, including VAT")


def contributions_headings() -> tuple[str, ...]:
    """The headings of the rows; the first two are words."""
    return (
        _("Year"),
        _("inhabitants are"),
        _("inhabitants"),
        _("to pay"),
        _("80 % between"),
        _("and"),
        _("per inhabitant"),
    )


def contributions_by_year(horizon: Horizon) -> Iterator[tuple[str, ...]]:
    """A row for each year: to the cent where it is certain, else rounded as its fund, and between what it lies."""
    unit = rounding_unit_ahead(horizon)
    lows, highs = (ends.tolist() for ends in horizon.to_pay_between())
    for place, year in enumerate(horizon.by_year):
        cents, low, high = int(horizon.to_pay[place]), lows[place], highs[place]
        certain = low == high
        yield (
            str(year.year),
            f"{status_in_words(year.population.status)} ({year.population.year})",
            format_number(year.population.total),
            format_euros(cents) if certain else format_about(cents, unit),
            *(["", ""] if certain else [format_about(low, unit), format_about(high, unit)]),
            per_inhabitant(rate(euros_per_inhabitant(cents - paid_by_bodies_in(year), year.population.total))),
        )


def decided_first_year(horizon: Horizon) -> list[str]:
    """That the budget of the first year is what is decided, where those after it are uncertain."""
    lows, highs = horizon.to_pay_between()
    if lows[0] < highs[0] or not (lows < highs).any():
        return []
    return [
        _(
            "The budget of {year} is the one that is proposed, so it has no interval: what is uncertain here is "
            "what comes after it.",
            year=horizon.years[0],
        )
    ]
