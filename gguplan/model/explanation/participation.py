"""What standing outside, joining or leaving, and a threshold do to one municipality's bill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from gguplan.fund.opt_outs import Absence, OptOut
from gguplan.fund.settlements import Absorb, Redistribute, RefundOfPart, RefundOfRate, Shrink
from gguplan.language import _
from gguplan.model.explanation.step import Step
from gguplan.model.participation.settlement import effect_of, is_of_the_part
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.wording.amounts import format_euros, format_number, format_rate


def opt_out_steps(result: RunResult, one: ProgrammeResult, position: int) -> list[Step]:
    """One line for each opt-out of this municipality from this programme, with what it takes off."""
    if one.participation.lapsed in ("not_levied", "handed_over"):
        return []
    year = result.inputs.days
    steps, before = [], _TakenOff(0, 0)
    for opt_out, amounts in zip(one.opt_outs, one.participation.effects, strict=True):
        days, cents = int(opt_out.absence.days[position]), int(amounts[position])
        if not days or (effect_of(opt_out.settlement) == "paid_by_the_others" and days == year):
            continue
        steps.append(_opt_out(result, one, opt_out, cents, position, before))
        if is_of_the_part(opt_out.settlement):
            before = _TakenOff(before.days + days, before.cents + cents)
    return steps


@dataclass(frozen=True)
class _TakenOff:
    """Of the part of a municipality, by the opt-outs before: their days, and cents."""

    days: int
    cents: int


def _opt_out(
    result: RunResult, one: ProgrammeResult, opt_out: OptOut, cents: int, position: int, before: _TakenOff
) -> Step:
    settlement, behind = opt_out.settlement, [Step(_("source: {source}", source=opt_out.source))]
    days, year = int(opt_out.absence.days[position]), result.inputs.days
    if days < year:
        behind.insert(0, Step(_period(opt_out.absence)))
    paid = format_euros(int(one.participation.allocation.parts[position]))
    part = _share(before.days + days, int(one.participation.weighed[position]))
    if before.days:
        part += f" − {format_euros(before.cents)}"
    amount = format_euros(cents)
    match settlement:
        case Redistribute():
            text = _("outside this programme on {days} of {year} days", days=days, year=year)
        case RefundOfRate(rate, counted):
            text = _(
                "outside this programme: gets back {rate} × {inhabitants} inhabitants{part} = {refund}",
                rate=format_rate(rate),
                inhabitants=format_number(int(opt_out.absence.inhabitants[position])),
                part=_share(days, year),
                refund=amount,
            )
            if counted is not None:
                behind.insert(0, Step(_("inhabitants on 1 January {year}", year=counted)))
        case RefundOfPart():
            text = (
                _("outside this programme: gets back {paid}{part} = {refund}", paid=paid, part=part, refund=amount)
                if part
                else _("outside this programme: gets back what it paid, {refund}", refund=amount)
            )
        case Shrink() | Absorb():
            text = (
                _(
                    "outside this programme: {paid}{part} = {amount} is not invoiced",
                    paid=paid,
                    part=part,
                    amount=amount,
                )
                if part
                else _("outside this programme: not invoiced")
            )
        case _:
            assert_never(settlement)
    return Step(text, -cents, tuple(behind))


def _share(days: int, of: int) -> str:
    """The days of those that an amount is for; nothing when they are all."""
    return "" if days == of else f" × {days} ÷ {of}"


def _period(absence: Absence) -> str:
    joins, leaves = absence.joins, absence.leaves
    if joins is None:
        return _("leaves on {day}", day=leaves)
    if leaves is None:
        return _("joins on {day}", day=joins)
    return _("joins on {joins}, leaves on {leaves}", joins=joins, leaves=leaves)


def threshold_in_words(one: ProgrammeResult) -> str:
    """How many take part, how many must, and what that means; empty where there is no threshold."""
    outcome = one.threshold
    if outcome is None:
        return ""
    said = []
    if outcome.municipalities_needed:
        said.append(
            _(
                "{count} of at least {needed} municipalities",
                count=format_number(outcome.municipalities),
                needed=format_number(outcome.municipalities_needed),
            )
        )
    if outcome.inhabitants_needed:
        said.append(
            _(
                "{count} of at least {needed} inhabitants",
                count=format_number(outcome.inhabitants),
                needed=format_number(outcome.inhabitants_needed),
            )
        )
    text = _("takes part all year: {counts}", counts="; ".join(said))
    return text if outcome.met else f"{text}. {lapse_in_words(one)}"


def lapse_in_words(one: ProgrammeResult) -> str:
    """What happens to the money of a programme that lapsed; empty when it did not."""
    lapsed = one.participation.lapsed
    if lapsed is None:
        return ""
    return {
        "not_levied": _("The programme lapses: nobody is invoiced."),
        "to_balance": _("The programme lapses: the balance of the fund gets its money."),
        "handed_over": _("The programme lapses: its money goes to whoever takes it over."),
    }[lapsed]


def lapse_step(one: ProgrammeResult, position: int) -> Step:
    """That the programme lapsed, and what the municipality then pays."""
    amount = one.to_pay(position)
    return Step(f"{threshold_in_words(one)} → {format_euros(amount)}", amount)
