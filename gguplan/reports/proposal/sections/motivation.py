"""Why this is proposed, what it is to bring about, what speaks for and against it, and what comes next.

What only who writes the paper knows is a marked place: no figure says it.
"""

from __future__ import annotations

from gguplan.language import _
from gguplan.reports.proposal.blocks import Heading, Paragraph, Part, ToFillIn
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.sections.budget import budget
from gguplan.wording.assembly import assembly


def occasion(material: Material) -> list[Part]:
    """Why the assembly decides on this now."""
    decided = (
        _(
            "In June the ALV sets the budget and the contribution of the fund for the year after it: this is the "
            "proposal for {year}.",
            year=material.year,
        )
        if material.everybody_pays
        else _(
            "The general board sets the budget and the contributions of {year}, after the councils of the members "
            "could give their opinion on the draft.",
            year=material.year,
        )
    )
    return [
        Heading(1, _("Reason for this proposal")),
        Paragraph(decided),
        ToFillIn(_("what led to this proposal, and earlier decisions on it")),
    ]


def intended_effect(material: Material) -> list[Part]:
    """What is to be reached, and what the budget buys for that."""
    return [
        Heading(1, _("Intended effect")),
        ToFillIn(_("what municipalities will notice of it")),
        *budget(material),
    ]


def arguments(_material: Material) -> list[Part]:
    """What speaks for it, what speaks against it, and what was advised."""
    return [
        Heading(1, _("Arguments")),
        ToFillIn(_("why this is the best choice")),
        Heading(1, _("Considerations")),
        ToFillIn(_("objections, alternatives that were considered, and why they were not chosen")),
        ToFillIn(_("advice of committees and of the board")),
    ]


def follow_up(material: Material) -> list[Part]:
    """What happens after the decision, and when."""
    return [
        Heading(1, _("Follow-up and planning")),
        ToFillIn(_("when the invoices of {year} are sent, and when they are due", year=material.year)),
        ToFillIn(
            _(
                "when {assembly} gets the accounts of {year}",
                assembly=assembly(material.result.population),
                year=material.year,
            )
        ),
    ]


def finances(_material: Material) -> list[Part]:
    """The heading over everything that is about money."""
    return [Heading(1, _("Financial consequences"))]
