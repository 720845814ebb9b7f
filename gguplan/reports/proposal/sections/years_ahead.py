"""The years ahead: what they rest on, what is planned, and what municipalities pay together in each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gguplan.language import _
from gguplan.model.bill import euros_per_inhabitant
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Part, Table, see
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.sentences.change import rate
from gguplan.reports.proposal.sentences.years_ahead import assumptions, plans
from gguplan.wording.amounts import format_about, format_number, per_inhabitant
from gguplan.wording.population import status_in_words

if TYPE_CHECKING:
    from gguplan.model.years_ahead.result import Horizon


def years_ahead(material: Material) -> list[Part]:
    """Contribution and rate of each year, plans and assumptions; nothing without years ahead."""
    horizon, ahead = material.horizon, material.result.fund_year.years_ahead
    if horizon is None or ahead is None:
        return []
    titles = {account.name: account.title for account in horizon.programmes}
    # Nobody pays for what is left out or lapses, so its plans are off.
    paid_for = {account.name for account in horizon.programmes if account.expected.contributions.any()}
    planned = plans(ahead, titles, paid_for)
    parts: list[Part] = [
        Heading(2, _("The years ahead")),
        Paragraph(
            _(
                "{table} has what the municipalities pay together in each year, {assumptions} what that rests on.",
                table=see("years-ahead"),
                assumptions=see("assumptions"),
            )
        ),
        _contributions(horizon),
        *_decided(horizon),
    ]
    if planned:
        parts += [Paragraph(_("This is planned:")), Items(tuple(planned))]
    parts.append(
        Table(
            "assumptions",
            _("What the years ahead rest on; balances without VAT"),
            (_("Assumption"), _("what is assumed"), _("Source")),
            tuple(assumptions(ahead, titles)),
            (32, 34, 34),
            words=3,
        )
    )
    return parts


def _decided(horizon: Horizon) -> list[Part]:
    """That the budget of the first year is what is decided, where those after it are uncertain."""
    lows, highs = horizon.to_pay_between()
    if lows[0] < highs[0] or not (lows < highs).any():
        return []
    return [
        Paragraph(
            _(
                "The budget of {year} is the one that is proposed, so it has no interval: what is uncertain here is "
                "what comes after it.",
                year=horizon.years[0],
            )
        )
    ]


def _contributions(horizon: Horizon) -> Table:
    lows, highs = (ends.tolist() for ends in horizon.to_pay_between())
    rows = []
    for place, year in enumerate(horizon.by_year):
        cents, low, high = int(horizon.to_pay[place]), lows[place], highs[place]
        unit = 1 if low == high else 1_000
        rows.append(
            (
                str(year.year),
                f"{status_in_words(year.population.status)} ({year.population.year})",
                format_number(year.population.total),
                format_about(cents, unit),
                *(["", ""] if low == high else [format_about(low, unit), format_about(high, unit)]),
                per_inhabitant(rate(euros_per_inhabitant(cents, year.population.total))),
            )
        )
    headings = (
        _("Year"),
        _("inhabitants are"),
        _("inhabitants"),
        _("to pay"),
        _("80 % between"),
        _("and"),
        _("per inhabitant"),
    )
    caption = _("What the municipalities pay together in each year, including VAT")
    return Table("years-ahead", caption, headings, tuple(rows), (8, 20, 14, 16, 16, 16, 12), words=2)
