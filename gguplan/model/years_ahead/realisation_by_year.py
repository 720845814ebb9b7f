"""What each programme will spend in each year of a horizon: known, or forecast from the years that are known before it.

The forecast of a year learns from the rows of the ledger of years before the horizon, of the published years in it,
and from what the scenario states as realised; never from a year that the horizon itself does not know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from gguplan.fund.ledger import Ledger
from gguplan.fund.programme import Programme
from gguplan.fund.realisation import RealisedYear, StatedRealisation
from gguplan.fund.years_ahead import YearsAhead
from gguplan.model.realisation.draws import draw_years, shared_of
from gguplan.model.realisation.forecast import Forecast
from gguplan.model.realisation.history_rows import model_of, prices_of, rows_before
from gguplan.model.realisation.known import known_realisation
from gguplan.model.realisation.planned_programmes import PlannedProgramme
from gguplan.model.spending import forecast_with
from gguplan.model.volumes import volume_budget_of
from gguplan.model.years_ahead.account import Floats
from gguplan.money import Integers


class RealisationByYear(Struct, frozen=True):
    """What is realised of `names` in `years`: cents without VAT. `known` says where `amounts` (years, programmes) are
    certain. Where they are not, the forecast of the year says it (None for a year without any), of the programme at
    `rows` (years, programmes; −1 where nothing is forecast)."""

    names: tuple[str, ...]
    years: tuple[int, ...]
    amounts: Integers
    known: NDArray[np.bool_]
    forecasts: tuple[Forecast | None, ...]
    rows: Integers

    def shared(self, draws: int, seed: int) -> Floats:
        """The scores of the years, which all programmes share, shape (years, draws)."""
        return shared_of(self.forecasts, self.years, draws, seed)

    def drawn_ratios(self, columns: Sequence[int], shared: Floats, seed: int) -> Floats:
        """The ratios of some programmes in each draw, shape (years, draws, columns)."""
        ratios = np.empty((*shared.shape, len(columns)))
        for place, column in enumerate(columns):
            rows = self.rows[:, column].tolist()
            ratios[:, :, place] = draw_years(self.names[column], self.forecasts, self.years, rows, shared, seed)
        return ratios


def known_amounts(
    names: Sequence[str], years: Sequence[int], ahead: YearsAhead, ledger: Ledger
) -> tuple[Integers, NDArray[np.bool_]]:
    """What is stated or published as realised, and where: two arrays of shape (years, programmes)."""
    amounts = np.zeros((len(years), len(names)), dtype=np.int64)
    known = np.zeros(amounts.shape, dtype=np.bool_)
    for column, name in enumerate(names):
        for row, year in enumerate(years):
            amount = known_realisation(name, year, ahead, ledger)
            if amount is not None:
                amounts[row, column], known[row, column] = amount, True
    return amounts, known


def forecast_years(
    programmes: Mapping[str, Programme],
    years: Sequence[int],
    budgets: Integers,
    amounts: Integers,
    known: NDArray[np.bool_],
    rows: Sequence[RealisedYear],
    ahead: YearsAhead,
    stated: Mapping[str, StatedRealisation],
    price_rises: Mapping[int, float],
) -> RealisationByYear:
    """Forecast what is not known of `budgets`, cents without VAT of shape (years, programmes).

    `price_rises` of the years ahead over the year before, as parts: what all budgets rise by is no raise.
    """
    names = tuple(programmes)
    history = _usable(programmes, years, budgets, amounts, known, rows, ahead)
    prices = prices_of(rows).followed_by(price_rises)
    forecasts: list[Forecast | None] = []
    places = np.full(budgets.shape, -1, dtype=np.int64)
    for row, year in enumerate(years):
        open_columns = [place for place in range(len(names)) if budgets[row, place] > 0 and not known[row, place]]
        if not open_columns:
            forecasts.append(None)
            continue
        model = model_of(rows_before(history, year), prices)
        planned = tuple(
            _planned(names[place], programmes[names[place]], int(budgets[row, place])) for place in open_columns
        )
        forecast, _basis = forecast_with(model, planned, year, stated, {})
        places[row, open_columns] = np.arange(len(open_columns))
        forecasts.append(forecast)
    return RealisationByYear(names, tuple(years), amounts, known, tuple(forecasts), places)


def _planned(name: str, programme: Programme, budget: int) -> PlannedProgramme:
    volume = volume_budget_of(programme)
    return PlannedProgramme(name, programme.title, programme.kind or "", budget, programme.underspend, volume=volume)


def _usable(
    programmes: Mapping[str, Programme],
    years: Sequence[int],
    budgets: Integers,
    amounts: Integers,
    known: NDArray[np.bool_],
    rows: Sequence[RealisedYear],
    ahead: YearsAhead,
) -> list[RealisedYear]:
    """The rows to learn from, sorted by year; what the scenario states goes before what the ledger has."""
    published = {(row.programme, row.year): row for row in rows}
    own = [
        _past(
            RealisedYear(
                name, programme.title, programme.kind or "", year, int(budgets[row, place]), int(amounts[row, place])
            ),
            None if year in ahead.of(name).realised else published.get((name, year)),
        )
        for place, (name, programme) in enumerate(programmes.items())
        for row, year in enumerate(years)
        if known[row, place] and budgets[row, place] > 0
    ]
    stated = {(past.programme, past.year) for past in own}
    others = [past for past in rows if past.year < years[0] or past.year in ahead.ledger]
    rest = [past for past in others if (past.programme, past.year) not in stated]
    return sorted([*own, *rest], key=lambda past: past.year)


def _past(of_the_account: RealisedYear, published: RealisedYear | None) -> RealisedYear:
    """What is to be learnt of a known year: of a published one, what was spent of the year's own budget."""
    if published is None:
        return of_the_account
    return replace(of_the_account, realised=published.realised, no_evidence=published.no_evidence)
