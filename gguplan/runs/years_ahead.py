"""The years ahead of a scenario, over inhabitants that are counted or projected."""

from __future__ import annotations

from collections.abc import Sequence

from gguplan.fund.realisation import RealisedYear
from gguplan.inputs.findings import Finding, InputError
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.language import _
from gguplan.model.years_ahead.budget_of_a_year import first_year
from gguplan.model.years_ahead.horizon_of import DRAWS, horizon_of
from gguplan.model.years_ahead.result import Horizon
from gguplan.runs.findings import at_their_place
from gguplan.runs.populations import populations_of


def years_ahead_of(inputs: ScenarioInputs, rows: Sequence[RealisedYear], draws: int = DRAWS, seed: int = 1) -> Horizon:
    """Work the years ahead of a scenario out; `rows` are what forecasts learn from.

    Raises InputError when the scenario has none, its years have no inhabitants, an opt-out is not to be found, or a
    sum cannot be made.
    """
    stated = inputs.scenario.horizon
    if stated is None:
        raise InputError(
            [
                Finding(
                    inputs.place(),
                    _("This scenario has no years ahead."),
                    _(
                        'Add a table [horizon] with last = {year}, opening = "0.00" and source.',
                        year=inputs.scenario.year + 4,
                    ),
                )
            ]
        )
    lag = inputs.scenario.year - inputs.scenario.reference_date.year
    years = range(first_year(inputs.scenario, stated), stated.last + 1)
    counted = populations_of([year - lag for year in years], inputs.place("horizon", "last"))
    with at_their_place(inputs):
        return horizon_of(inputs, stated, counted, rows, draws, seed)
