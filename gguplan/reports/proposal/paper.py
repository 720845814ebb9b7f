"""The whole paper: every section in its order."""

from __future__ import annotations

from datetime import date

from gguplan.language import _, current_language
from gguplan.reports.proposal.blocks import Part, Proposal
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.sections.annex import annex
from gguplan.reports.proposal.sections.balance import balance
from gguplan.reports.proposal.sections.contribution import contribution
from gguplan.reports.proposal.sections.decision import decision
from gguplan.reports.proposal.sections.effects import effects
from gguplan.reports.proposal.sections.motivation import arguments, finances, follow_up, intended_effect, occasion
from gguplan.reports.proposal.sections.risks import risks
from gguplan.reports.proposal.sections.sources import made_with, sources
from gguplan.reports.proposal.sections.spending import spending
from gguplan.reports.proposal.sections.years_ahead import years_ahead
from gguplan.wording.dates import format_day


def write_paper(material: Material, day: date | None = None) -> Proposal:
    """The paper in the current language; without a `day` one of all municipalities is for the assembly of June before
    the year that is paid for, which decides on the budget."""
    parts: list[Part] = []
    for section in (
        decision,
        occasion,
        intended_effect,
        arguments,
        finances,
        contribution,
        effects,
        spending,
        years_ahead,
        balance,
        risks,
        follow_up,
        annex,
        sources,
    ):
        parts += section(material)
    return Proposal(
        title=material.title,
        subtitle=_("Proposal to the general assembly (ALV), budget of {year}", year=material.year)
        if material.everybody_pays
        else _("Proposal to the general board, budget of {year}", year=material.year),
        day=format_day(day) if day else _usual_day(material),
        made_with=made_with(material),
        language=current_language(),
        parts=tuple(parts),
    )


def _usual_day(material: Material) -> str:
    """When is decided on the budget of a year; empty for a fund of some members, of which nobody knows it here."""
    return _("June {year}", year=material.year - 1) if material.everybody_pays else ""
