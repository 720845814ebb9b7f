"""What the municipality pays, programme by programme, and how that differs from the baseline."""

from __future__ import annotations

from typing import Final, NamedTuple, assert_never

from gguplan.fund.allocation_keys import unmixed_keys
from gguplan.language import _, current_language, plural
from gguplan.model.allocation import follows_inhabitants
from gguplan.model.bill import euros_per_inhabitant
from gguplan.model.bill_change import BillChange
from gguplan.model.money_bridge import carried_out, lapsed
from gguplan.model.participation.settlement import Effect, effect_of
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.reports.paid_by_bodies import paid_by_bodies
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Part, Table, ToFillIn, see
from gguplan.reports.proposal.council.material import CouncilMaterial
from gguplan.reports.proposal.markdown import one_line
from gguplan.reports.proposal.sentences.change import percent, rate
from gguplan.reports.proposal.sentences.programmes import programme_changes, title_of_a_lapsed
from gguplan.wording.amounts import format_euros, format_number, per_inhabitant, signed

_MOST_ROWS: Final = 16
"""More programmes than this would push the paper over its two pages: the smallest then stand in one row."""


class _Row(NamedTuple):
    """A programme on the bill, in cents: what is divided of it, and what is paid before and after."""

    title: str
    to_divide: int
    before: int
    after: int


def what_is_paid(material: CouncilMaterial) -> list[Part]:
    """The bill, with the amount that is divided of each programme."""
    bill = material.bill
    values = {
        "year": material.year,
        "name": material.name,
        "amount": format_euros(bill.to_pay),
        "vat": format_euros(bill.vat),
    }
    own = bill.per_inhabitant(bill.to_pay)
    sentence = (
        _("In {year} {name} pays {amount} including VAT, of which {vat} is VAT.", **values)
        if own is None and bill.vat
        else _("In {year} {name} pays {amount}, in which there is no VAT.", **values)
        if own is None
        else _(
            "In {year} {name} pays {amount} including VAT (of which {vat} is VAT): {rate} per inhabitant.",
            rate=per_inhabitant(rate(own)),
            **values,
        )
        if bill.vat
        else _(
            "In {year} {name} pays {amount} (in which there is no VAT): {rate} per inhabitant.",
            rate=per_inhabitant(rate(own)),
            **values,
        )
    )
    together = material.result.paid_by_municipalities
    everybody = _(
        "All municipalities together pay {amount}, {rate} per inhabitant.",
        amount=format_euros(together),
        rate=per_inhabitant(rate(euros_per_inhabitant(together, material.result.population.total))),
    )
    everybody = " ".join([everybody, *paid_by_bodies(material.result)])
    return [
        Heading(1, _("What we pay")),
        Paragraph(f"{sentence} {everybody} " + _("{table} has it by programme.", table=see("bill"))),
        _table(material),
    ]


def _table(material: CouncilMaterial) -> Table:
    rows, compared = _rows(material), material.comparison is not None
    total = _together(_("Total"), rows)
    if len(rows) > _MOST_ROWS:
        by_size = sorted(range(len(rows)), key=lambda place: (-_weight(rows[place]), place))
        shown = sorted(by_size[: _MOST_ROWS - 1])
        others = [rows[place] for place in sorted(by_size[_MOST_ROWS - 1 :])]
        title = plural("{count} other programme", "{count} other programmes", len(others))
        rows = [*(rows[place] for place in shown), _together(title, others)]
    cells = tuple(
        (
            row.title,
            format_euros(row.to_divide),
            *((format_euros(row.before),) if compared else ()),
            format_euros(row.after),
            *((signed(format_euros(row.after - row.before), row.after - row.before),) if compared else ()),
        )
        for row in [*rows, total]
    )
    amounts = [_("baseline"), _("proposal"), _("change")] if compared else [_("to pay")]
    return Table(
        "bill",
        _("What {name} pays in {year}, including VAT", name=material.name, year=material.year),
        (_("Programme"), _divided_heading(material.result), *amounts),
        cells,
        (32, 20, 16, 16, 16) if compared else (50, 28, 22),
        total=True,
    )


def _rows(material: CouncilMaterial) -> list[_Row]:
    """Every programme of the proposal, then those of the baseline that are no longer there."""
    before = material.paid_before()
    rows = [
        _Row(
            _("{title} (lapses)", title=billed.programme.title)
            if billed.participation.lapsed is not None
            else billed.programme.title,
            _divided(billed),
            before.pop(billed.name, ("", 0))[1],
            billed.to_pay(material.position),
        )
        for billed in material.result.by_programme
    ]
    return rows + [_Row(title, 0, cents, 0) for title, cents in before.values()]


def _divided_heading(result: RunResult) -> str:
    """What stands above what is divided: over all municipalities, or over those whom a programme has as members."""
    if result.population.bodies or any(billed.programme.payers is not None for billed in result.by_programme):
        return _("to divide over who pays it")
    return _("to divide over all municipalities")


def _divided(billed: ProgrammeResult) -> int:
    """The cents that are divided over the municipalities; of what lapses, those that are levied all the same."""
    if billed.participation.lapsed is not None and not billed.contributed:
        return 0
    return billed.participation.allocation.total


def _together(title: str, rows: list[_Row]) -> _Row:
    return _Row(
        title, sum(row.to_divide for row in rows), sum(row.before for row in rows), sum(row.after for row in rows)
    )


def _weight(row: _Row) -> int:
    return abs(row.after - row.before) + abs(row.after)


def what_changes(material: CouncilMaterial) -> list[Part]:
    """The change of the bill, in parts that add up to it, and what of the fund changes."""
    parts: list[Part] = [Heading(1, _("What changes, and why"))]
    change, comparison = material.change, material.comparison
    if change is None or comparison is None:
        parts.append(Paragraph(_("There is no earlier year or other proposal to compare with.")))
    else:
        reasons = [*(_reasons(change, material.name) if _by_inhabitants(material) else []), *own_absences(material)]
        parts.append(
            Items(tuple(reasons))
            if change.change and reasons
            else Paragraph(change_sentence(change, material.name, material.baseline_title))
        )
        if not _by_inhabitants(material):
            parts.append(
                Paragraph(_("What each pays does not follow from inhabitants; {table} has it.", table=see("bill")))
            )
        parts.append(Paragraph(" ".join(_of_the_fund(material.result, comparison.baseline.result))))
    description = material.result.fund_year.origin.description.strip()
    if description and current_language() == "nl":
        parts.append(Paragraph(_("The proposal says of itself: “{description}”", description=one_line(description))))
    notices = (
        _("what {name} notices of it", name=material.name)
        if material.municipality.is_body
        else _("what {name} and its inhabitants notice of it", name=material.name)
    )
    return [*parts, ToFillIn(notices)]


def change_sentence(change: BillChange, name: str, baseline: str) -> str:
    """How the bill of the municipality differs from that of the baseline."""
    if change.change == 0:
        return _(
            "{name} pays as much as in {baseline}: {after}.",
            name=name,
            baseline=baseline,
            after=format_euros(change.after),
        )
    share = percent(change.change, change.before)
    difference = format_euros(abs(change.change))
    values = {
        "name": name,
        "baseline": baseline,
        "difference": f"{difference} ({share})" if share else difference,
        "before": format_euros(change.before),
        "after": format_euros(change.after),
    }
    if change.change > 0:
        return _("{name} pays {difference} more than in {baseline}: {after} instead of {before}.", **values)
    return _("{name} pays {difference} less than in {baseline}: {after} instead of {before}.", **values)


def _reasons(change: BillChange, name: str) -> list[str]:
    """What follows from the rate and what from the inhabitants: together the whole change."""
    if not change.inhabitants or not change.inhabitants_before:
        return []
    old = rate(euros_per_inhabitant(change.before, change.inhabitants_before))
    new = rate(euros_per_inhabitant(change.after, change.inhabitants))
    by_rate = _more_or_less(change.by_rate)
    reasons = []
    if change.by_rate:
        reasons.append(
            _(
                "An inhabitant of {name} costs {new} instead of {old}: {amount}.",
                name=name,
                new=per_inhabitant(new),
                old=per_inhabitant(old),
                amount=by_rate,
            )
            if old != new
            else _(
                "An inhabitant of {name} costs {new}, as before, but for rounding: {amount}.",
                name=name,
                new=per_inhabitant(new),
                amount=by_rate,
            )
        )
    if change.by_inhabitants:
        reasons.append(
            _(
                "{name} counts {new} inhabitants instead of {old}: {amount}.",
                name=name,
                new=format_number(change.inhabitants),
                old=format_number(change.inhabitants_before),
                amount=_more_or_less(change.by_inhabitants),
            )
        )
    return reasons


def _by_inhabitants(material: CouncilMaterial) -> bool:
    """Whether all that is paid, before and after, follows from inhabitants."""
    assert material.comparison is not None
    return all(
        follows_inhabitants(key)
        for result in (material.result, material.comparison.baseline.result)
        for billed in carried_out(result)
        for key in unmixed_keys(billed.programme.allocation)
    )


def own_absences(material: CouncilMaterial) -> list[str]:
    """What the municipality itself stands outside of, for how long, and what that does to its bill."""
    sentences = []
    for billed in carried_out(material.result):
        for opt_out, effect in zip(billed.opt_outs, billed.participation.effects, strict=True):
            days, of_year = int(opt_out.absence.days[material.position]), material.result.fund_year.days
            if not days:
                continue
            values = {"name": material.name, "title": billed.programme.title, "days": days, "year": of_year}
            who = (
                _("{name} does not take part in {title}", **values)
                if days == of_year
                else _("{name} does not take part in {title} for {days} of {year} days", **values)
            )
            sentences.append(f"{who}: {_own_effect(effect_of(opt_out.settlement), int(effect[material.position]))}")
    return sentences


def _own_effect(effect: Effect, cents: int) -> str:
    match effect:
        case "paid_back":
            return _("it gets {amount} back.", amount=format_euros(cents))
        case "not_invoiced":
            return _("it is not invoiced for {amount}, and the programme shrinks by that.", amount=format_euros(cents))
        case "paid_by_the_balance":
            return _("it is not invoiced for {amount}, which the balance of the fund pays.", amount=format_euros(cents))
        case "paid_by_the_others":
            return _("it is not invoiced for that, and the others pay it.")
        case _:
            assert_never(effect)


def _more_or_less(cents: int) -> str:
    return (
        _("{amount} more", amount=format_euros(cents)) if cents > 0 else _("{amount} less", amount=format_euros(-cents))
    )


def _of_the_fund(result: RunResult, baseline: RunResult) -> list[str]:
    titles = {billed.name: title_of_a_lapsed(billed) for billed in lapsed(result)}
    return programme_changes(_budgets(baseline), _budgets(result), titles)


def _budgets(result: RunResult) -> dict[str, tuple[str, int]]:
    return {billed.name: (billed.programme.title, billed.budget.gross) for billed in carried_out(result)}
