"""From the budget to what can be spent, step by step: every step is a row, so that the two ends always close."""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.thresholds import is_levied
from gguplan.model.allocation import vat_within
from gguplan.model.result import ProgrammeResult, RunResult


class MoneyBridge(Struct, frozen=True):
    """The money of a fund in a year, in cents with VAT but for `available_net`.

        budget − income − reserve + levied_for_lapsed − not_invoiced − not_invoiced_balance_pays − adjusted
            = contributions
        contributions + income − refunds + drawn − handed_over = available
        available − available_vat = available_net

    `budget` is that of the programmes that are carried out: one that lapses has none, and what is levied for it all the
    same stands apart. `not_invoiced` is what programmes shrink by, `not_invoiced_balance_pays` what the balance pays
    instead. Of `drawn` the budget says `reserve`, and `adjusted` is paid for what is done after the division. `drawn`
    is negative where the balance gets money, and `drawn_vat` is the VAT in it."""

    budget: int
    income: int
    reserve: int
    levied_for_lapsed: int
    not_invoiced: int
    not_invoiced_balance_pays: int
    adjusted: int
    contributions: int
    refunds: int
    drawn: int
    drawn_vat: int
    handed_over: int
    available: int
    available_vat: int

    @property
    def available_net(self) -> int:
        """Cents that the programmes can spend, without VAT."""
        return self.available - self.available_vat


def carried_out(result: RunResult) -> tuple[ProgrammeResult, ...]:
    """The programmes that do not lapse."""
    return tuple(programme for programme in result.by_programme if programme.participation.lapsed is None)


def lapsed(result: RunResult) -> tuple[ProgrammeResult, ...]:
    """The programmes in which too few take part."""
    return tuple(programme for programme in result.by_programme if programme.participation.lapsed is not None)


def money_bridge(result: RunResult) -> MoneyBridge:
    """The steps of a result."""
    kept, totals = carried_out(result), result.totals
    reserve, adjusted = sum(programme.reserve for programme in kept), sum(programme.adjusted for programme in kept)
    drawn = sum(programme.participation.drawn for programme in kept)
    budget = sum(programme.budget.gross for programme in kept)
    return MoneyBridge(
        budget=budget,
        income=totals["income_cents"],
        reserve=reserve,
        levied_for_lapsed=sum(
            programme.contributed for programme in lapsed(result) if is_levied(programme.participation.lapsed)
        ),
        not_invoiced=budget - totals["income_cents"] - drawn - sum(programme.contributed for programme in kept),
        not_invoiced_balance_pays=drawn - reserve - adjusted,
        adjusted=adjusted,
        contributions=totals["contributions_cents"],
        refunds=totals["refunds_cents"],
        drawn=totals["drawn_cents"],
        drawn_vat=sum(_vat_drawn(programme) for programme in result.by_programme),
        handed_over=totals["handed_over_cents"],
        available=totals["available_cents"],
        available_vat=totals["available_cents"] - totals["available_net_cents"],
    )


def _vat_drawn(programme: ProgrammeResult) -> int:
    drawn = programme.participation.drawn
    vat = vat_within(abs(drawn), programme.programme.vat_percent)
    return vat if drawn >= 0 else -vat
