"""Contribution and rate: what is paid together, by whose inhabitants, and how that changes."""

from __future__ import annotations

from gguplan.fund.allocation_keys import unmixed_keys
from gguplan.fund.municipalities import Population
from gguplan.language import _
from gguplan.model.allocation import follows_inhabitants
from gguplan.model.bill import euros_per_inhabitant
from gguplan.model.money_bridge import MoneyBridge, carried_out, money_bridge
from gguplan.model.result import RunResult
from gguplan.reports.paid_by_bodies import changes_for_bodies, paid_by_bodies
from gguplan.reports.proposal.blocks import Heading, Paragraph, Part, Table, see
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.sentences.change import contribution_change, rate, rate_change
from gguplan.reports.terminal.comparison import merged_in_words
from gguplan.wording.amounts import format_euros, per_inhabitant, signed
from gguplan.wording.population import inhabitants_line


def contribution(material: Material) -> list[Part]:
    """What the municipalities pay, and the sum by which the programmes get it."""
    result = material.result
    after = result.paid_by_municipalities
    per_head = euros_per_inhabitant(result.paid_by_municipalities, result.population.total)
    sentences = [
        _(
            "The municipalities pay {amount} together, including VAT: {rate} per inhabitant.",
            amount=format_euros(after),
            rate=per_inhabitant(rate(per_head)),
        )
        if material.one_rate
        else _(
            "The municipalities pay {amount} together, including VAT: on average {rate} per inhabitant, which differs "
            "between them.",
            amount=format_euros(after),
            rate=per_inhabitant(rate(per_head)),
        ),
        *paid_by_bodies(result),
        *(
            [_("It is divided over {population}.", population=inhabitants_line(result.population))]
            if _counts_inhabitants(result)
            else []
        ),
    ]
    parts: list[Part] = [Heading(2, _("Contribution and rate")), Paragraph(" ".join(sentences))]
    if material.comparison is not None:
        parts.append(Paragraph(" ".join(_changes(material))))
    parts.append(
        Paragraph(
            _(
                "{table} goes from the budget to what the programmes can spend; {annex} has every municipality.",
                table=see("fund"),
                annex=see("municipalities"),
            )
        )
    )
    parts.append(_table(material))
    return parts


def _changes(material: Material) -> list[str]:
    assert material.comparison is not None
    before, after = material.comparison.baseline.result, material.comparison.scenario.result
    sentences = [
        contribution_change(before.paid_by_municipalities, after.paid_by_municipalities, material.baseline_title),
        rate_change(
            euros_per_inhabitant(before.paid_by_municipalities, before.population.total),
            euros_per_inhabitant(after.paid_by_municipalities, after.population.total),
        ),
    ]
    sentences += changes_for_bodies(material.comparison)
    if before.population.year != after.population.year and (_counts_inhabitants(before) or _counts_inhabitants(after)):
        sentences.append(_other_inhabitants(before.population, after.population))
    if material.comparison.over_mergers:
        sentences.append(merged_in_words(after.population.year))
    return sentences


def _counts_inhabitants(result: RunResult) -> bool:
    """Whether what somebody pays follows from inhabitants on the reference date."""
    return any(
        follows_inhabitants(key)
        for programme in result.by_programme
        for key in unmixed_keys(programme.programme.allocation)
    )


def _other_inhabitants(before: Population, after: Population) -> str:
    return _(
        "Part of the change comes from the inhabitants: the baseline counts those of 1 January {before}, the proposal "
        "those of 1 January {after}.",
        before=before.year,
        after=after.year,
    )


def _table(material: Material) -> Table:
    after = money_bridge(material.result)
    before = money_bridge(material.comparison.baseline.result) if material.comparison else None
    rows: list[tuple[str, ...]] = []
    runs = [material.result, *([material.comparison.baseline.result] if material.comparison else [])]
    participations = [row.participation for run in runs for row in run.by_programme]
    covered = any(adjusted.covered for participation in participations for adjusted in participation.adjusted)
    for name, title, sign, always in _lines(covered):
        now, was = sign * getattr(after, name), sign * getattr(before, name) if before else 0
        if not (always or now or was):
            continue
        if name == "contributions" and not (after.refunds or (before and before.refunds)):
            title = _("Contributions")
        amounts = (
            (format_euros(was), format_euros(now), signed(format_euros(now - was), now - was))
            if before
            else (format_euros(now),)
        )
        rows.append((title, *amounts))
    columns = [_("amount")] if before is None else [_("baseline"), _("proposal"), _("change")]
    rows += _with_balances(material, after, before)
    return Table(
        "fund",
        _("From budget to contributions, and from contributions to what can be spent, including VAT"),
        (_("The fund"), *columns),
        tuple(rows),
        (70, 30) if before is None else (40, 20, 20, 20),
        total=True,
    )


def _with_balances(material: Material, after: MoneyBridge, before: MoneyBridge | None) -> list[tuple[str, ...]]:
    """What is planned out of the balances of programmes, and what can be spent with it; nothing where nothing is."""
    now = _out_of_balances(material.result)
    was = _out_of_balances(material.comparison.baseline.result) if material.comparison else 0
    if not now and not was:
        return []
    of_all = (after.available_net + now, (before.available_net if before else 0) + was)
    return [
        (
            title,
            *(
                (format_euros(earlier), format_euros(later), signed(format_euros(later - earlier), later - earlier))
                if before
                else (format_euros(later),)
            ),
        )
        for title, later, earlier in (
            (_("Planned out of balances of programmes, without VAT"), now, was),
            (_("Available to spend with that, without VAT"), *of_all),
        )
    ]


def _out_of_balances(result: RunResult) -> int:
    ahead, year = result.fund_year.years_ahead, result.fund_year.year
    if ahead is None:
        return 0
    return sum(ahead.of(programme.name).from_balance.get(year, 0) for programme in carried_out(result))


def _lines(covered: bool) -> list[tuple[str, str, int, bool]]:
    """Every step of the bridge: its name, its words, with which sign, and whether it stands there when it is 0.
    `covered` where municipalities have cover for a part, which then comes in without a bill."""
    taken_off, coming_in = (
        (_("Paid by others, or covered already by municipalities"), _("Income from others, and cover that is there"))
        if covered
        else (_("Paid by others than the municipalities"), _("Income from others"))
    )
    return [
        ("budget", _("Budget including VAT"), 1, True),
        ("income", taken_off, -1, False),
        ("reserve", _("Paid by the balance of the fund, by the budget"), -1, False),
        ("levied_for_lapsed", _("Levied for programmes in which too few take part"), 1, False),
        ("not_invoiced", _("Not invoiced to opt-outs, so that programmes shrink"), -1, False),
        ("not_invoiced_balance_pays", _("Not invoiced to opt-outs, because the balance pays"), -1, False),
        ("adjusted", _("Paid by the balance for rounding and other adjustments"), -1, False),
        ("contributions", _("Contributions, before refunds"), 1, True),
        ("income", coming_in, 1, False),
        ("refunds", _("Refunds to opt-outs"), -1, False),
        ("drawn", _("Drawn from the balance (negative: added to it)"), 1, False),
        ("handed_over", _("Handed over, because too few take part"), -1, False),
        ("available", _("Available to spend, including VAT"), 1, True),
        ("available_vat", _("VAT in what can be spent"), -1, False),
        ("available_net", _("Available to spend, without VAT"), 1, True),
    ]
