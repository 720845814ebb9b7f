"""Who takes part, on the terminal: opt-outs, thresholds, and cascades with their chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gguplan.language import _, plural
from gguplan.model.participation.cascade import CascadeResult
from gguplan.model.participation.overview import ParticipationOverview
from gguplan.model.result import ProgrammeResult
from gguplan.reports.terminal.console import console, table
from gguplan.wording.amounts import decimals, format_euros, format_number, per_inhabitant, share_in_percent
from gguplan.wording.population import inhabitants_line
from gguplan.wording.settlements import settlement_in_words
from gguplan.wording.thresholds import threshold_in_words, too_few_left_in_words

if TYPE_CHECKING:
    from rich.table import Table

FINAL_RATES = (0.05, 0.5, 0.95)
_RATES_IN_THE_CHART = 16


def print_participation(overview: ParticipationOverview) -> None:
    """Print what there is to know of every programme that somebody is, or may be, outside of."""
    out, result = console(), overview.result
    out.print(result.fund_year.title, style="bold")
    out.print(inhabitants_line(result.population), soft_wrap=True)
    if not overview.programmes:
        out.print(_("Everybody takes part in every programme."))
    everybody = result.population
    for programme in overview.programmes:
        out.print()
        out.print(f"{programme.programme.title} ({programme.name})", style="bold", soft_wrap=True)
        inside = ~programme.participation.outside
        rows = [
            [
                _("take part the whole year"),
                format_number(int(inside.sum())),
                format_number(int(everybody.inhabitants[inside].sum())),
            ],
        ]
        for opt_out in programme.opt_outs:
            outside, days = opt_out.absence.days > 0, int(opt_out.absence.days.max())
            part = (
                ""
                if days == result.fund_year.days
                else _(" ({days} of {year} days)", days=days, year=result.fund_year.days)
            )
            rows.append(
                [
                    settlement_in_words(opt_out.settlement) + part,
                    format_number(int(outside.sum())),
                    format_number(int(everybody.inhabitants[outside].sum())),
                ]
            )
        out.print(table([_("Who"), _("municipalities"), _("inhabitants")], rows))
        if programme.threshold is not None:
            out.print(threshold_in_words(programme.threshold, programme.participation.lapsed), soft_wrap=True)
        out.print(_money_of(programme), soft_wrap=True)
        if programme.name in overview.cascades:
            _print_cascade(overview, programme.name)


def _money_of(programme: ProgrammeResult) -> str:
    """How what a programme can spend comes about; income from others where it has any."""
    amounts = {
        "contributions": format_euros(programme.contributed),
        "refunds": format_euros(programme.refunded),
        "drawn": format_euros(programme.participation.drawn),
        "handed_over": format_euros(programme.participation.handed_over),
        "available": format_euros(programme.participation.available),
    }
    if programme.participation.income:
        return _(
            "Contributions {contributions} + income from others {income} − refunds {refunds} + from the balance "
            "{drawn} − handed over {handed_over} = available {available}",
            income=format_euros(programme.participation.income),
            **amounts,
        )
    return _(
        "Contributions {contributions} − refunds {refunds} + from the balance {drawn} − handed over {handed_over} = "
        "available {available}",
        **amounts,
    )


def _print_cascade(overview: ParticipationOverview, name: str) -> None:
    out, cascade = console(), overview.cascades[name]
    out.print()
    out.print(_("Who finds it too dear leaves, round by round (in the draw that ends in the middle of all)"))
    out.print(_rounds(overview, cascade))
    end = cascade.rounds[-1]
    if end.inhabitants == 0:
        out.print(_("In the end nobody is left."))
    else:
        count = int(end.taking_part.sum())
        out.print(
            plural(
                "In the end {count} municipality takes part, at {rate} per inhabitant.",
                "In the end {count} municipalities take part, at {rate} per inhabitant.",
                count,
                rate=per_inhabitant(cascade.rate_of(end.inhabitants)),
            ),
            soft_wrap=True,
        )
        too_few = count < cascade.needed[0] or end.inhabitants < cascade.needed[1]
        threshold = overview.result.fund_year.thresholds.get(name)
        if too_few and threshold is not None:
            out.print(too_few_left_in_words(threshold), soft_wrap=True)
    out.print(
        _(
            "Tipping rate: up to {rate} per inhabitant at the start enough are left in the end.",
            rate=per_inhabitant(cascade.tipping_rate),
        ),
        soft_wrap=True,
    )
    chance, error = cascade.chance_of_collapse
    out.print()
    out.print(
        _(
            "Over {draws} draws of the limits (seed {seed}): collapse in {chance} % ± {error} % (standard error)",
            draws=format_number(overview.draws),
            seed=overview.seed,
            chance=decimals(100 * chance, 1),
            error=decimals(100 * error, 1),
        ),
        soft_wrap=True,
    )
    if not cascade.collapsed.all():
        kept = ~cascade.collapsed
        share = 100 * cascade.ends.inhabitants[kept] / int(cascade.inhabitants[cascade.starting].sum())
        rows = [
            [_("rate in the end"), *(per_inhabitant(value) for value in np.quantile(cascade.final_rates, FINAL_RATES))],
            [_("inhabitants taking part"), *(f"{decimals(value, 1)} %" for value in np.quantile(share, FINAL_RATES))],
        ]
        headings = [_("Where it does not collapse"), *(f"{format_number(round(100 * at))} %" for at in FINAL_RATES)]
        out.print(table(headings, rows))
    out.print()
    if cascade.price is None:
        out.print(
            _("Which share of the inhabitants accepts a rate, and which share is needed to raise the budget by it")
        )
    else:
        out.print(
            _(
                "Which share of the inhabitants accepts a price. Whoever leaves, who stays pays what is asked: "
                "{price}.",
                price=per_inhabitant(cascade.first_rate),
            ),
            soft_wrap=True,
        )
    out.print(_chart(cascade))


def _rounds(overview: ParticipationOverview, cascade: CascadeResult) -> Table:
    names = overview.result.population.municipalities
    rows = []
    for number, cascade_round in enumerate(cascade.rounds, start=1):
        leaving = np.flatnonzero(cascade_round.leaving)
        largest = leaving[np.argsort(-cascade.inhabitants[leaving])][:2]
        who = ", ".join(names[place].name for place in largest.tolist()) + (" …" if len(leaving) > 2 else "")
        rate = per_inhabitant(cascade.rate_of(cascade_round.inhabitants)) if cascade_round.inhabitants else "–"
        rows.append(
            [
                format_number(number),
                format_number(int(cascade_round.taking_part.sum())),
                format_number(cascade_round.inhabitants),
                rate,
                f"{format_number(len(leaving))} {who}".strip(),
            ]
        )
    headings = [_("Round"), _("municipalities"), _("inhabitants"), _("rate"), _("leave")]
    return table(headings, rows)


def _chart(cascade: CascadeResult) -> Table:
    """Rates down, shares as bars: where the share that accepts reaches the share that is needed it can end."""
    low = cascade.first_rate
    high = max(2 * low, float(np.quantile(cascade.drawn[:, cascade.starting], 0.98)) / 10_000)
    rates = np.linspace(low * 0.8, high, _RATES_IN_THE_CHART)
    accept = cascade.curve(rates)
    if cascade.price is not None:
        # Nothing has to be raised: of an offer the price is what it is, whoever takes it.
        bars = ["".join("█" if place < round(40 * share) else "·" for place in range(40)) for share in accept.tolist()]
        cells = zip(map(per_inhabitant, rates.tolist()), bars, map(share_in_percent, accept.tolist()), strict=True)
        return table([_("price"), _("█ accepts"), _("accepts")], [list(row) for row in cells], words=2)
    needed = np.minimum(1.0, low / rates)
    rows = []
    for rate, share, need in zip(rates.tolist(), accept.tolist(), needed.tolist(), strict=True):
        filled, mark = round(40 * share), min(39, round(40 * need))
        bar = "".join("│" if place == mark else "█" if place < filled else "·" for place in range(40))
        holds = "✓" if share >= need and rate >= low else ""
        rows.append([per_inhabitant(rate), bar, share_in_percent(share), share_in_percent(need), holds])
    return table([_("rate"), _("█ accepts, │ needed"), _("accepts"), _("needed"), ""], rows, words=2)
