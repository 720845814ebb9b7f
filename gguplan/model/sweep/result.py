"""A sweep as a whole: every variant, what came out of it, and what drives that."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from msgspec import Struct

from gguplan.fund.fund_year import FundYear
from gguplan.fund.sweep_plan import SweepPlan
from gguplan.model.result import RunResult, run
from gguplan.model.sweep.all_outcomes import AllOutcomes
from gguplan.model.sweep.design import Design
from gguplan.model.sweep.one_at_a_time import OneAtATime, Swing
from gguplan.model.sweep.outcomes import AHEAD, UNDERSPEND, of_cascades
from gguplan.model.sweep.variance_shares import Drivers, Explained, Share, explained
from gguplan.model.sweep.variants_in_turn import Followed

_MAIN: Final = ("to_pay_cents", "contributions_cents", "refunds_cents", "drawn_cents", "available_cents")


class SweepResult(Struct, frozen=True, dict=True):
    """The variants of a plan over a year of the fund, and their outcomes, in one order."""

    base: FundYear
    followed: Followed
    plan: SweepPlan
    design: Design
    outcomes: AllOutcomes
    alone: OneAtATime

    @cached_property
    def as_it_is(self) -> RunResult:
        """The scenario with nothing varied."""
        return run(self.base)

    @property
    def default_outcome(self) -> str:
        """The outcome of which is told what drives it, when nobody asks for another."""
        return self.followed.default_outcome

    @property
    def main_outcomes(self) -> tuple[str, ...]:
        """The columns that a report shows: the fund, the bills that are asked for, and the forecast."""
        bills = tuple(f"to_pay_{code}_cents" for code in self.followed.gm_codes)
        return (
            *_MAIN,
            *bills,
            *(UNDERSPEND[:1] if self.followed.draws else ()),
            *(AHEAD if self.followed.ahead else ()),
            *of_cascades(self.followed.cascades),
        )

    def swings(self, outcome: str) -> tuple[Swing, ...]:
        """What each factor does to an outcome by itself, the widest swing first."""
        return self.alone.swings(outcome)

    def explained(self, outcome: str) -> Drivers:
        """What each factor explains by itself of how much an outcome varies, or why that is not known.

        None when the outcome does not vary, or when the sum of some variant cannot be made: what is left of the
        sample is then no longer the sample.
        """
        if not self.outcomes.made.all():
            return None
        return explained(self.plan.factors, self.design, self.outcomes.column(outcome), self.plan.sample)

    def shares(self, outcome: str) -> tuple[Share, ...]:
        """The share of the variance of an outcome that each factor explains by itself, the largest first; empty where
        `explained` has none."""
        drivers = self.explained(outcome)
        return drivers.shares if isinstance(drivers, Explained) else ()
