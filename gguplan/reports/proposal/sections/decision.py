"""What the assembly is asked to decide, and the whole paper in a few lines."""

from __future__ import annotations

from typing import Final

from gguplan.language import _, current_language, listed_with_and, plural
from gguplan.model.bill import euros_per_inhabitant
from gguplan.model.money_bridge import carried_out, lapsed, money_bridge
from gguplan.model.years_ahead.remarks import NoBudget, Obligation
from gguplan.reports.beside_a_forecast import of_another_fund
from gguplan.reports.paid_by_bodies import changes_for_bodies, contributions_of_bodies, paid_by_bodies
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Part, see
from gguplan.reports.proposal.markdown import parts_of
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.sentences.balance import course, unit_of_balance
from gguplan.reports.proposal.sentences.change import contribution_change, rate
from gguplan.reports.proposal.sentences.effects import directions
from gguplan.reports.proposal.sentences.money_risks import low_balances, raised_contributions
from gguplan.reports.proposal.sentences.programmes import title_of_a_lapsed
from gguplan.reports.proposal.sentences.spending import in_short
from gguplan.reports.proposal.sentences.years_ahead import budget_steps
from gguplan.reports.terminal.obligations import amounts_by_year
from gguplan.wording.amounts import format_euros, format_number, per_inhabitant
from gguplan.wording.assembly import assembly_first
from gguplan.wording.thresholds import lapse_in_words

_MOST_CHANGES: Final = 8
"""More changed budgets than this are one decision, with the table."""


def decision(material: Material) -> list[Part]:
    """The decision asked, with the figures that the rest of the paper explains."""
    result, bridge = material.result, money_bridge(material.result)
    to_pay = bridge.contributions - bridge.refunds
    vat = sum(programme.budget.vat for programme in carried_out(result))
    per_head = per_inhabitant(rate(euros_per_inhabitant(result.paid_by_municipalities, result.population.total)))
    points = [
        _(
            "to set the budget of {year} at {gross} including VAT, which is {net} without VAT;",
            year=material.year,
            gross=format_euros(bridge.budget),
            net=format_euros(bridge.budget - vat),
        )
        if vat
        else _(
            "to set the budget of {year} at {gross}, in which there is no VAT;",
            year=material.year,
            gross=format_euros(bridge.budget),
        ),
        _(
            "to set the contribution of the municipalities together at {amount} including VAT, which is {rate} per "
            "inhabitant;",
            amount=format_euros(result.paid_by_municipalities),
            rate=per_head,
        )
        if material.one_rate
        else _(
            "to set the contribution of the municipalities together at {amount} including VAT, on average {rate} per "
            "inhabitant;",
            amount=format_euros(result.paid_by_municipalities),
            rate=per_head,
        ),
        *contributions_of_bodies(result),
    ]
    points += _programme_decisions(material)
    points += [
        _(
            "not to carry out {title}, budgeted at {gross} including VAT, because too few take part: {what_then};",
            title=programme.programme.title,
            gross=format_euros(programme.budget.gross),
            what_then=lapse_in_words(programme.participation.lapsed),
        )
        for programme in lapsed(result)
        if programme.participation.lapsed is not None
    ]
    if any(programme.opt_outs for programme in result.by_programme):
        points.append(_("to agree with what opt-outs do to the contributions, as described under risks;"))
    if bridge.drawn > 0:
        points.append(
            _(
                "to take {amount} including VAT from the balance of the fund: {net} without VAT, as balances are kept;",
                amount=format_euros(bridge.drawn),
                net=format_euros(bridge.drawn - bridge.drawn_vat),
            )
            if bridge.drawn_vat
            else _("to take {amount} from the balance of the fund;", amount=format_euros(bridge.drawn))
        )
    if bridge.drawn < 0:
        points.append(
            _(
                "to add {amount} including VAT to the balance of the fund: {net} without VAT, as balances are kept;",
                amount=format_euros(-bridge.drawn),
                net=format_euros(bridge.drawn_vat - bridge.drawn),
            )
            if bridge.drawn_vat
            else _("to add {amount} to the balance of the fund;", amount=format_euros(-bridge.drawn))
        )
    points += [
        _(
            "to take on obligations for later years for {title}, without VAT: {amounts} ({decision});",
            title=obligation.title,
            amounts=amounts_by_year(obligation),
            decision=obligation.bound_by.rstrip("."),
        )
        for obligation in _obligations(material)
    ]
    if material.spending is not None:
        stated = any(rule is not None for rule in material.spending.underspend_by_rule)
        points.append(
            _("to agree with the proposed settlement of what is not spent;")
            if stated
            else _("to decide what happens to money that is not spent: for that nothing is proposed yet;")
        )
    last = points[-1].rstrip(";") + "."
    parts: list[Part] = [
        Heading(1, _("Decision asked")),
        Paragraph(_("{assembly} is asked:", assembly=assembly_first(result.population))),
        Items((*points[:-1], last), numbered=True),
        Heading(1, _("In short")),
    ]
    description = _own_description(material).strip()
    if description and current_language() == "nl":
        # A scenario says what it is in Dutch: in an English paper that would be a Dutch paragraph.
        parts += parts_of(description)
    parts.append(Items(tuple(_in_short(material, to_pay))))
    return parts


def _programme_decisions(material: Material) -> list[str]:
    """A decision on every programme that is new, ends, or plans to spend out of its balance in this year."""
    points: list[str] = []
    result, ahead = material.result, material.result.fund_year.years_ahead
    if material.comparison is not None:
        before = {programme.name for programme in material.comparison.baseline.result.by_programme}
        earlier = material.comparison.baseline.result
        points += [
            _(
                "to begin with {title}, for {amount} including VAT;",
                title=programme.programme.title,
                amount=format_euros(programme.budget.gross),
            )
            for programme in carried_out(result)
            if programme.name not in before
        ]
        points += _changed_budgets(material)
        now = {programme.name for programme in result.by_programme}
        points += [
            _(
                "to end {title}, budgeted at {amount} including VAT in {baseline};",
                title=programme.programme.title,
                amount=format_euros(programme.budget.gross),
                baseline=material.baseline_title,
            )
            for programme in earlier.by_programme
            if programme.name not in now
        ]
    if ahead is not None:
        titles = {programme.name: programme.programme.title for programme in result.by_programme}
        carried = {programme.name for programme in carried_out(result)}
        points += [
            _(
                "to spend {amount} without VAT out of the balance of {title} in {year};",
                amount=format_euros(programme.from_balance[material.year]),
                title=titles.get(name, name),
                year=material.year,
            )
            for name, programme in ahead.programmes.items()
            if programme.from_balance.get(material.year)
        ]
        points += [
            _("to let {title} end after {year};", title=titles[name], year=programme.ends)
            for name, programme in ahead.programmes.items()
            if programme.ends is not None and material.year <= programme.ends < ahead.last and name in titles
        ]
        points += [
            _("to count on another budget of {title}: {steps};", title=titles[name], steps=listed_with_and(steps))
            for name, programme in ahead.programmes.items()
            if name in carried and (steps := budget_steps(programme, after=material.year))
        ]
    return points


def _changed_budgets(material: Material) -> list[str]:
    """A decision on every programme with another budget than before; of very many one, which the table has."""
    assert material.comparison is not None
    before = {programme.name: programme.budget.gross for programme in carried_out(material.comparison.baseline.result)}
    changed = [
        programme
        for programme in carried_out(material.result)
        if before.get(programme.name, programme.budget.gross) != programme.budget.gross
    ]
    if len(changed) > _MOST_CHANGES:
        return [
            _(
                "to change the budgets of {count} programmes as {table} has them;",
                count=len(changed),
                table=see("programmes"),
            )
        ]
    return [
        _(
            "to raise the budget of {title} by {amount} to {gross}, including VAT;",
            title=programme.programme.title,
            amount=format_euros(programme.budget.gross - before[programme.name]),
            gross=format_euros(programme.budget.gross),
        )
        if programme.budget.gross > before[programme.name]
        else _(
            "to lower the budget of {title} by {amount} to {gross}, including VAT;",
            title=programme.programme.title,
            amount=format_euros(before[programme.name] - programme.budget.gross),
            gross=format_euros(programme.budget.gross),
        )
        for programme in changed
    ]


def _obligations(material: Material) -> list[Obligation]:
    """What binds later years, also of programmes that have no budget any more."""
    ahead, horizon = material.result.fund_year.years_ahead, material.horizon
    if ahead is None or horizon is None:
        return []
    obligations = [remark for remark in horizon.remarks if isinstance(remark, Obligation)]
    without_a_budget = {remark.title for remark in horizon.remarks if isinstance(remark, NoBudget)}
    for account in horizon.programmes:
        own = ahead.of(account.name)
        later = tuple((year, cents) for year, cents in sorted(own.committed.items()) if cents and year > material.year)
        if later and account.title in without_a_budget:
            obligations.append(Obligation(account.title, later, own.committed_by or own.source))
    return obligations


def _own_description(material: Material) -> str:
    """What the scenario says of itself: the description of one that it extends is about that one."""
    return material.result.fund_year.origin.description


def _in_short(material: Material, to_pay: int) -> list[str]:
    population, horizon = material.result.population, material.horizon
    # What goes wrong and what may go wrong come first.
    sentences = []
    if horizon is not None:
        fund = horizon.fund.expected
        sentences = low_balances(horizon)
        sentences.append(course(horizon.years, int(fund.opening[0]), fund.closing.tolist(), unit_of_balance(horizon)))
        sentences += raised_contributions(horizon)
    sentences += [
        plural(
            "The one municipality, with {inhabitants} inhabitants, pays {amount}.",
            "The {count} municipalities, with {inhabitants} inhabitants, pay {amount} together.",
            len(population.without_bodies),
            inhabitants=format_number(population.total),
            amount=format_euros(material.result.paid_by_municipalities if population.bodies else to_pay),
        ),
        *paid_by_bodies(material.result),
    ]
    if material.comparison is not None:
        before, after = material.comparison.baseline.result, material.comparison.scenario.result
        paid = (before.paid_by_municipalities, after.paid_by_municipalities)
        sentences.append(contribution_change(*paid, material.baseline_title))
        sentences += changes_for_bodies(material.comparison)
        sentences.append(directions(*material.comparison.by_direction()))
    if material.spending is not None:
        sentences.append(
            " ".join([in_short(material.spending), *of_another_fund(material.spending, material.result.population)])
        )
    titles = [title_of_a_lapsed(programme) for programme in lapsed(material.result)]
    if titles:
        sentences.append(
            plural(
                "Too few take part in {count} programme: {names}.",
                "Too few take part in {count} programmes: {names}.",
                len(titles),
                names=listed_with_and(titles),
            )
        )
    return sentences
