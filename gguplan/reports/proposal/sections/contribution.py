"""Contribution and rate: what is paid together, by whose inhabitants, and how that changes."""

from __future__ import annotations

from typing import Final

from gguplan.fund.municipalities import Population
from gguplan.language import _
from gguplan.model.bill import euros_per_inhabitant
from gguplan.reports.proposal.blocks import Heading, Paragraph, Part, Table, see
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.sentences.change import contribution_change, rate, rate_change, signed
from gguplan.reports.terminal.comparison import merged_in_words
from gguplan.wording.amounts import format_euros, per_inhabitant
from gguplan.wording.population import inhabitants_line

_OFTEN_NOTHING: Final = ("refunds_cents", "drawn_cents", "handed_over_cents")


def contribution(material: Material) -> list[Part]:
    """What the municipalities pay, and the sum by which the programmes get it."""
    result = material.result
    after = int(result.to_pay.sum())
    per_head = euros_per_inhabitant(after, result.population.total)
    sentences = [
        _(
            "The municipalities pay {amount} together: {rate} per inhabitant.",
            amount=format_euros(after),
            rate=per_inhabitant(rate(per_head)),
        )
        if material.one_rate
        else _(
            "The municipalities pay {amount} together: on average {rate} per inhabitant, which differs between them.",
            amount=format_euros(after),
            rate=per_inhabitant(rate(per_head)),
        ),
        _("It is divided over {population}.", population=inhabitants_line(result.population)),
    ]
    parts: list[Part] = [Heading(1, _("Contribution and rate")), Paragraph(" ".join(sentences))]
    if material.comparison is not None:
        parts.append(Paragraph(" ".join(_changes(material))))
    parts.append(
        Paragraph(
            _(
                "{table} shows how the contributions become what the programmes can spend; {annex} has every "
                "municipality.",
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
    total = material.comparison.total
    sentences = [
        contribution_change(total.before, total.after, material.baseline_title),
        rate_change(
            euros_per_inhabitant(total.before, before.population.total),
            euros_per_inhabitant(total.after, after.population.total),
        ),
    ]
    if before.population.year != after.population.year:
        sentences.append(_other_inhabitants(before.population, after.population))
    if material.comparison.over_mergers:
        sentences.append(merged_in_words(after.population.year))
    return sentences


def _other_inhabitants(before: Population, after: Population) -> str:
    return _(
        "Part of the change is that of the inhabitants: the baseline counts those of 1 January {before}, the proposal "
        "those of 1 January {after}.",
        before=before.year,
        after=after.year,
    )


def _table(material: Material) -> Table:
    lines = [
        (_("Budget including VAT"), "gross_cents", 1),
        (_("Contributions"), "contributions_cents", 1),
        (_("Refunds to opt-outs"), "refunds_cents", -1),
        (_("Drawn from the balance"), "drawn_cents", 1),
        (_("Handed over with programmes that lapsed"), "handed_over_cents", -1),
        (_("Available to spend, including VAT"), "available_cents", 1),
    ]
    after = material.result.totals
    before = material.comparison.baseline.result.totals if material.comparison else None
    rows: list[tuple[str, ...]] = []
    for title, key, sign in lines:
        now = sign * after[key]
        if key in _OFTEN_NOTHING and not now and not (before and before[key]):
            continue
        if before is None:
            rows.append((title, format_euros(now)))
            continue
        was = sign * before[key]
        rows.append((title, format_euros(was), format_euros(now), signed(format_euros(now - was), now - was)))
    columns = [_("amount")] if before is None else [_("baseline"), _("proposal"), _("change")]
    return Table(
        "fund",
        _("From contributions to what can be spent"),
        (_("The fund"), *columns),
        tuple(rows),
        (70, 30) if before is None else (40, 20, 20, 20),
        total=True,
    )
