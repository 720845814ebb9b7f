"""What is left over in every variant, with draws that all variants share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from gguplan.fund.fund_year import FundYear
from gguplan.fund.realisation import RealisedYear
from gguplan.model.drawn_spending import spending_drawn
from gguplan.model.randomness import quantiles_of_what_is_left
from gguplan.model.realisation.draws import shared_of
from gguplan.model.realisation.fitted_model import RealisationModel
from gguplan.model.realisation.forecast import Forecast
from gguplan.model.realisation.history_arrays import Floats
from gguplan.model.realisation.history_rows import model_of, prices_of, rows_before
from gguplan.model.realisation.planned_programmes import PlannedProgramme
from gguplan.model.spending import forecast_with
from gguplan.model.sweep.memory import Memory
from gguplan.money import Integers

_MOST_CELLS = 1 << 23

Left = tuple[int, int, int]
"""Cents that are expected to be left over, and the two ends of the central 80 % interval."""


class Forecasts:
    """The underspend that ``spending_of`` gives for each variant.

    The stream of a programme follows from the seed and its name, so what is realised of a programme is drawn once for
    each budget that it has, and every variant shares the draws.
    """

    def __init__(self, rows: Sequence[RealisedYear], draws: int, seed: int) -> None:
        self._rows, self._draws, self._seed = tuple(rows), draws, seed
        self._models: Memory[RealisationModel] = Memory(20)
        self._left: Memory[Left] = Memory(10_000)
        self._drawn: Memory[tuple[int, Integers]] = Memory(max(100, _MOST_CELLS // draws))

    def left_over(self, programmes: tuple[PlannedProgramme, ...], fund_year: FundYear) -> Left:
        """What is left over of the programmes of a variant; all 0 when nothing can be spent."""
        stated = {programme.name: fund_year.realisation.get(programme.name) for programme in programmes}
        key = (fund_year.year, programmes, tuple(stated.values()))
        return self._left.get(key, partial(self._work_out, programmes, fund_year))

    def _work_out(self, programmes: tuple[PlannedProgramme, ...], fund_year: FundYear) -> Left:
        if not programmes:
            return 0, 0, 0
        model = self._models.get(
            fund_year.year, lambda: model_of(rows_before(self._rows, fund_year.year), prices_of(self._rows))
        )
        forecast, _basis = forecast_with(model, programmes, fund_year.year, fund_year.realisation, {})
        shared = shared_of([forecast], [forecast.year], self._draws, self._seed)
        left = [self._left_of(programme, forecast, row, shared) for row, programme in enumerate(programmes)]
        return (sum(expected for expected, _drawn in left), *self._between([drawn for _expected, drawn in left]))

    def _left_of(
        self, programme: PlannedProgramme, forecast: Forecast, row: int, shared: Floats
    ) -> tuple[int, Integers]:
        """What is left over of one programme: expected, and in each draw."""
        key = (
            programme,
            forecast.year,
            forecast.learnt,
            forecast.loading,
            forecast.ratio[row].tobytes(),
            forecast.chance[row].tobytes(),
            forecast.levels.positions.weights[row].tobytes(),
        )

        def worked_out() -> tuple[int, Integers]:
            drawn = spending_drawn(programme, forecast, row, shared, self._seed)
            return drawn.expected_left, drawn.left

        return self._drawn.get(key, worked_out)

    def _between(self, drawn: Sequence[Integers]) -> tuple[int, int]:
        low, high = quantiles_of_what_is_left(np.sum(drawn, axis=0), (0.1, 0.9)).tolist()
        return low, high
