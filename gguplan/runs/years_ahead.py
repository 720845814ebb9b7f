"""The years ahead of a scenario, with sums that cannot be made told at their place in it."""

from __future__ import annotations

from collections.abc import Sequence

from gguplan.fund.realisation import RealisedYear
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.model.horizon.result import Horizon
from gguplan.model.horizon.work_out import DRAWS, work_out
from gguplan.runs.findings import at_their_place


def years_ahead_of(inputs: ScenarioInputs, rows: Sequence[RealisedYear], draws: int = DRAWS, seed: int = 1) -> Horizon:
    """The horizon of a scenario; `rows` are what forecasts learn from.

    Raises InputError when the scenario has none, its years have no inhabitants, an opt-out is not to be found, or a
    sum cannot be made.
    """
    with at_their_place(inputs):
        return work_out(inputs, rows, draws, seed)
