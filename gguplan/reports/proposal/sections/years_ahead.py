"""The years ahead: what they rest on, what is planned, and what municipalities pay together in each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gguplan.language import _
from gguplan.reports.contributions_by_year import (
    contributions_by_year,
    contributions_caption,
    contributions_headings,
    decided_first_year,
)
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Part, Table, see
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.sentences.years_ahead import assumptions, plans

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
        *(Paragraph(sentence) for sentence in decided_first_year(horizon)),
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


def _contributions(horizon: Horizon) -> Table:
    caption, rows = contributions_caption(horizon), tuple(contributions_by_year(horizon))
    return Table("years-ahead", caption, contributions_headings(), rows, (8, 20, 14, 16, 16, 16, 12), words=2)
