"""What is spent of each programme in each draw, and what is left over of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from gguplan.model.drawn_income import income_deviation
from gguplan.model.randomness import mean_of
from gguplan.model.realisation.draws import draw_years, shared_of
from gguplan.model.realisation.forecast import Forecast
from gguplan.model.realisation.history_arrays import MOST_CENTS, Floats
from gguplan.model.realisation.planned_programmes import PlannedProgramme
from gguplan.model.underspend import spent_of
from gguplan.money import Integers


class DrawnSpending(Struct, frozen=True):
    """What is realised of one programme and what is left over of what it can spend, cents of shape (draws,)."""

    realised: Integers
    left: Integers

    @property
    def expected(self) -> int:
        """What is expected to be realised, in cents."""
        return int(mean_of(self.realised))

    @property
    def expected_left(self) -> int:
        """What is expected to be left over, in cents."""
        # Of the two that are drawn, so that expected amounts add up.
        return int(mean_of(self.realised + self.left)) - self.expected


def drawn_spending(
    programmes: tuple[PlannedProgramme, ...], forecast: Forecast, draws: int, seed: int
) -> Iterator[DrawnSpending]:
    """Each programme in turn, so that nothing grows with programmes × draws; `forecast` has a row for each of them."""
    shared = shared_of([forecast], [forecast.year], draws, seed)
    for row, programme in enumerate(programmes):
        yield spending_drawn(programme, forecast, row, shared, seed)


def spending_drawn(
    programme: PlannedProgramme, forecast: Forecast, row: int, shared: Floats, seed: int
) -> DrawnSpending:
    """One programme, at a row of the forecast, in each draw of the scores `shared`, shape (1, draws)."""
    draws, year = shared.shape[1], forecast.year
    if programme.realised is not None:
        realised = np.full(draws, programme.realised, dtype=np.int64)
        return DrawnSpending(realised, programme.budget - realised)
    more = income_deviation(programme.name, programme.income, programme.vat_percent, year, draws, seed)
    (ratios,) = draw_years(programme.name, [forecast], [year], [row], shared, seed)
    wanted = np.rint(np.clip(ratios * max(programme.budget, 0), -MOST_CENTS, MOST_CENTS)).astype(np.int64)
    has = (0 if programme.at_most is None else programme.at_most) + more
    realised = spent_of(wanted, programme.committed, has, programme.at_most is not None)
    # The balance has what comes in more or less than planned (docs/sums.md), as in the accounts of the years ahead.
    return DrawnSpending(realised, programme.budget + more - realised)
