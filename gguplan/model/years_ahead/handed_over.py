"""What is no longer paid, and no longer received, for a service that somebody else has.

The money that the municipalities paid came to them out of the gemeentefonds. When a ministry takes a service over, that
money leaves the gemeentefonds (verantwoording-2017 chapter 2), pro rata as it was withheld. So of the budget that the
service would have had, a municipality no longer pays what it would have paid, opt-outs taken off, and no longer
receives its part of the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gguplan.fund.fund_year import FundYear
from gguplan.fund.hand_overs import HandOver
from gguplan.fund.thresholds import Threshold
from gguplan.fund.years_ahead import YearsAhead
from gguplan.model.participation.settlement import settle
from gguplan.model.result import run
from gguplan.money import Integers


class HandedOver(Struct, frozen=True):
    """A programme that somebody else has in a year. `budget` are the cents, VAT included, that the municipalities would
    have paid for it together, what others pay taken off and before opt-outs; `contributions` and `refunds` what each
    municipality would have paid and got back, and `no_longer_received` its part of what leaves the gemeentefonds; cents
    of shape (municipalities,)."""

    name: str
    title: str
    hand_over: HandOver
    budget: int
    contributions: Integers
    refunds: Integers
    no_longer_received: Integers

    @property
    def no_longer_paid(self) -> Integers:
        """What each municipality would have paid, its refund taken off, cents of shape (municipalities,)."""
        return self.contributions - self.refunds


def handed_over_of(of_year: FundYear, ahead: YearsAhead) -> tuple[HandedOver, ...]:
    """The programmes of a year of the fund, all of which somebody else has by the years `ahead`.

    Raises Mistakes with every programme whose sum cannot be made.
    """
    if not of_year.programmes:
        return ()
    handed_over = []
    for kept in run(replace(of_year, thresholds={})).by_programme:
        hand_over = ahead.of(kept.name).hand_over
        assert hand_over is not None
        everybody = settle(
            kept.budget.to_divide,
            kept.programme.allocation,
            of_year.population,
            (),
            of_year.days,
            payers=kept.programme.pays(of_year.population),
        )
        handed_over.append(
            HandedOver(
                kept.name,
                kept.programme.title,
                hand_over,
                kept.budget.to_divide,
                kept.participation.contributions,
                kept.participation.refunds,
                everybody.contributions,
            )
        )
    return tuple(handed_over)


def as_if_kept(ahead: YearsAhead, year: int) -> YearsAhead:
    """The years ahead as if nobody had taken over what is handed over by `year`; what is budgeted once for it does not
    count."""
    kept = {
        name: replace(programme, hand_over=None, one_off={})
        for name, programme in ahead.programmes.items()
        if programme.is_handed_over_in(year)
    }
    return replace(ahead, programmes={**ahead.programmes, **kept})


def after_thresholds(
    ahead: YearsAhead,
    thresholds: Mapping[str, Threshold],
    year: int,
    unmet_before: Sequence[str],
) -> YearsAhead:
    """The years ahead when everything is handed over in `year` of which a threshold says so that was not met the year
    before; `unmet_before` are the programmes in which too few took part then."""
    gone = {
        name: replace(ahead.of(name), hand_over=thresholds[name].hand_over)
        for name in unmet_before
        if (hand_over := thresholds[name].hand_over) is not None and hand_over.year == year
    }
    return replace(ahead, programmes={**ahead.programmes, **gone}) if gone else ahead


def thresholds_in(thresholds: Mapping[str, Threshold], year: int) -> dict[str, Threshold]:
    """The thresholds that hold in a year: one that decides on a hand-over has been met when that year comes."""
    return {
        name: threshold
        for name, threshold in thresholds.items()
        if threshold.hand_over is None or year < threshold.hand_over.year
    }
