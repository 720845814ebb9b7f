"""What a proposal is made from: results of the model, and nothing that is computed for the paper alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from gguplan.fund.boundaries import Boundaries
from gguplan.fund.underspend import ShortfallRule
from gguplan.model.allocation import has_one_rate
from gguplan.model.comparison import Comparison
from gguplan.model.participation.departure import Departure
from gguplan.model.participation.overview import ParticipationOverview
from gguplan.model.result import RunResult
from gguplan.model.spending import Spending

if TYPE_CHECKING:
    from gguplan.model.years_ahead.result import Horizon


class Material(Struct, frozen=True):
    """A run with all that is said of it.

    `comparison` and the `boundaries` for its map are None without a baseline, `spending` where there is nothing to
    spend; `departures` are empty where nobody could leave, `horizon` is None where the scenario says nothing about the
    years ahead. `seed` is that of every draw.
    """

    result: RunResult
    comparison: Comparison | None
    boundaries: Boundaries | None
    spending: Spending | None
    overview: ParticipationOverview
    departures: tuple[Departure, ...]
    horizon: Horizon | None
    seed: int
    version: str

    @property
    def title(self) -> str:
        """The title of the scenario."""
        return self.result.fund_year.title

    @property
    def year(self) -> int:
        """The year that is paid for."""
        return self.result.fund_year.year

    @property
    def everybody_pays(self) -> bool:
        """Whether it is the fund of all municipalities, and not one of some members."""
        return self.result.population.country is None

    @property
    def baseline_title(self) -> str:
        """What it is compared with; empty without a baseline."""
        return self.comparison.baseline.title if self.comparison else ""

    def shortfall_rule(self, programme: str) -> ShortfallRule | None:
        """Who makes up for what a programme comes short; None where the scenario says nothing about the years ahead."""
        stated = self.result.fund_year.years_ahead
        return None if stated is None else stated.of(programme).shortfall or stated.shortfall

    @property
    def one_rate(self) -> bool:
        """Whether every municipality pays the same rate per inhabitant, but for cents."""
        return all(
            has_one_rate(programme.programme.allocation) and not programme.opt_outs
            for programme in self.result.by_programme
        )
