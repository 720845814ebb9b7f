"""What standing outside, joining or leaving, and a threshold do to one municipality's bill."""

from __future__ import annotations

from gguplan.inputs.scenario.outside import Outside
from gguplan.language import _
from gguplan.model.explanation.step import Step
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.wording.amounts import format_euros, format_number, format_rate


def opt_out_steps(result: RunResult, one: ProgrammeResult, position: int) -> list[Step]:
    """One line for each opt-out of this municipality from this programme, with what it takes off."""
    if one.participation.lapsed in ("not_levied", "handed_over"):
        return []
    effects = zip(one.opt_outs, one.participation.effects, strict=True)
    return [
        _opt_out(result, one, outside, int(cents[position]), position)
        for outside, cents in effects
        if outside.days[position]
        and (outside.opt_out.settlement != "redistribute" or _in_part(result, outside, position))
    ]


def _in_part(result: RunResult, outside: Outside, position: int) -> bool:
    return int(outside.days[position]) < result.inputs.days


def _opt_out(result: RunResult, one: ProgrammeResult, outside: Outside, cents: int, position: int) -> Step:
    opt_out, behind = outside.opt_out, [Step(_("source: {source}", source=outside.opt_out.source))]
    days, year = int(outside.days[position]), result.inputs.days
    if days < year:
        behind.insert(0, Step(_period(outside)))
    part = "" if days == year else f" × {days} ÷ {year}"
    paid = format_euros(int(one.participation.allocation.parts[position]))
    if opt_out.settlement == "redistribute":
        return Step(_("outside this programme on {days} of {year} days", days=days, year=year), 0, tuple(behind))
    if opt_out.settlement == "refund" and opt_out.rate is not None:
        inhabitants = int(outside.inhabitants[position])
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
