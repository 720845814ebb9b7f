"""What standing outside, joining or leaving, and a threshold do to one municipality's bill."""

from __future__ import annotations

from dataclasses import dataclass

from gguplan.inputs.scenario.outside import Outside
from gguplan.language import _
from gguplan.model.explanation.step import Step
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.wording.amounts import format_euros, format_number, format_rate


def opt_out_steps(result: RunResult, one: ProgrammeResult, position: int) -> list[Step]:
    """One line for each opt-out of this municipality from this programme, with what it takes off."""
    if one.participation.lapsed in ("not_levied", "handed_over"):
        return []
    year = result.inputs.days
    steps, before = [], _TakenOff(0, 0)
    for outside, effect in zip(one.opt_outs, one.participation.effects, strict=True):
        days, cents = int(outside.days[position]), int(effect[position])
        if not days or (outside.opt_out.settlement == "redistribute" and days == year):
            continue
        steps.append(_opt_out(result, one, outside, cents, position, before))
        if outside.opt_out.settlement != "redistribute" and outside.opt_out.rate is None:
            before = _TakenOff(before.days + days, before.cents + cents)
    return steps


@dataclass(frozen=True)
class _TakenOff:
    """Of the part of a municipality, by the opt-outs before: their days, and cents."""

    days: int
    cents: int


def _opt_out(
    result: RunResult, one: ProgrammeResult, outside: Outside, cents: int, position: int, before: _TakenOff
) -> Step:
    opt_out, behind = outside.opt_out, [Step(_("source: {source}", source=outside.opt_out.source))]
    days, year = int(outside.days[position]), result.inputs.days
    if days < year:
        behind.insert(0, Step(_period(outside)))
    if opt_out.settlement == "redistribute":
        return Step(_("outside this programme on {days} of {year} days", days=days, year=year), 0, tuple(behind))
    paid = format_euros(int(one.participation.allocation.parts[position]))
    part = _share(before.days + days, int(one.participation.weighed[position]))
    if before.days:
        part += f" − {format_euros(before.cents)}"
    if opt_out.settlement == "refund" and opt_out.rate is not None:
        inhabitants = int(outside.inhabitants[position])
        part = _share(days, year)
        text = _(
            "outside this programme: gets back {rate} × {inhabitants} inhabitants{part} = {refund}",
            rate=format_rate(opt_out.rate),
            inhabitants=format_number(inhabitants),
            part=part,
            refund=format_euros(cents),
        )
        if opt_out.reference_date is not None:
            behind.insert(0, Step(_("inhabitants on 1 January {year}", year=opt_out.reference_date.year)))
    elif opt_out.settlement == "refund" and not part:
        text = _("outside this programme: gets back what it paid, {refund}", refund=format_euros(cents))
    elif opt_out.settlement == "refund":
        text = _(
            "outside this programme: gets back {paid}{part} = {refund}",
            paid=paid,
            part=part,
            refund=format_euros(cents),
        )
    elif not part:
        text = _("outside this programme: not invoiced")
    else:
        text = _(
            "outside this programme: {paid}{part} = {amount} is not invoiced",
            paid=paid,
            part=part,
            amount=format_euros(cents),
        )
    return Step(text, -cents, tuple(behind))


def _share(days: int, of: int) -> str:
    """The days of those that an amount is for; nothing when they are all."""
    return "" if days == of else f" × {days} ÷ {of}"


def _period(outside: Outside) -> str:
    joins, leaves = outside.opt_out.joins, outside.opt_out.leaves
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
