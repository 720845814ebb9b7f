"""The rows that a forecast learns from, as the history and the model that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from gguplan.fund.realisation import RealisedYear
from gguplan.model.realisation.fitted_model import RealisationModel, fit
from gguplan.model.realisation.history_arrays import History, make_history
from gguplan.model.realisation.prices import PriceRises


def history_before(rows: Sequence[RealisedYear], year: int) -> History:
    """The rows of the years before `year`, as a history."""
    return history_of(rows_before(rows, year))


def rows_before(rows: Sequence[RealisedYear], year: int) -> tuple[RealisedYear, ...]:
    """The rows of the years before `year`."""
    return tuple(row for row in rows if row.year < year)


def history_of(rows: Sequence[RealisedYear]) -> History:
    """The rows as a history."""
    return make_history(
        [row.programme for row in rows],
        [row.kind for row in rows],
        [row.year for row in rows],
        [row.net for row in rows],
        [row.realised for row in rows],
        [row.no_evidence for row in rows],
    )


def prices_of(rows: Sequence[RealisedYear]) -> PriceRises:
    """By how much prices rose in the years of the rows."""
    return PriceRises(tuple(sorted({row.year: row.price_rise for row in rows}.items())))


@lru_cache(maxsize=8)
def model_of(rows: tuple[RealisedYear, ...], prices: PriceRises) -> RealisationModel:
    """What is learnt from rows of the ledger; kept, because a goal seek asks it again and again."""
    return fit(history_of(rows), prices)
