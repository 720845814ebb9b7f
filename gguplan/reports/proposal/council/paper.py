"""The whole paper for a council: at most two pages, with marked places for what only its writer knows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gguplan.language import _, current_language
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Part, Proposal, Table, ToFillIn
from gguplan.reports.proposal.council.bill import change_sentence, what_changes, what_is_paid
from gguplan.reports.proposal.council.material import CouncilMaterial
from gguplan.reports.proposal.council.sums import redone_sum
from gguplan.reports.proposal.sentences.balance import course, unit_of_balance
from gguplan.reports.proposal.sentences.change import rate
from gguplan.reports.proposal.sentences.money_risks import changing_count, low_balances
from gguplan.wording.amounts import format_about, format_euros, per_inhabitant
from gguplan.wording.bodies import inhabitants_of
from gguplan.wording.dates import format_day
from gguplan.wording.population import status_in_words

if TYPE_CHECKING:
    from gguplan.model.years_ahead.result import Horizon


def write_council_paper(material: CouncilMaterial, day: date | None = None) -> Proposal:
    """The paper in the current language; `day` is that of the meeting of the council, to fill in without it."""
    title = material.result.fund_year.title
    parts = [
        *_decision(material),
        *what_is_paid(material),
        *what_changes(material),
        *redone_sum(material),
        *_years(material),
        *_considerations(material),
        *_planning(material, day),
    ]
    return Proposal(
        title=_("Opinion on {title}", title=title),
        subtitle=_("Proposal to the board of {name}, budget of {year}", name=material.name, year=material.year)
        if material.municipality.is_body
        else _("Proposal to the council of {name}, budget of {year}", name=material.name, year=material.year),
        day=format_day(day) if day else "",
        made_with=_(
            "Computed with gguplan {version} from scenario {name}.",
            version=material.version,
            name=Path(material.result.fund_year.origin.name).stem,
        ),
        language=current_language(),
        parts=tuple(parts),
        contents=False,
    )


def _decision(material: CouncilMaterial) -> list[Part]:
    change, bill = material.change, material.bill
    points = [
        _(
            "to take note of the proposal, by which {name} pays {amount} including VAT in {year};",
            name=material.name,
            amount=format_euros(bill.to_pay),
            year=material.year,
        ),
        _("to give the opinion below;"),
        _("to take up {amount} in the budget of {year}.", amount=format_euros(bill.to_pay), year=material.year),
    ]
    parts: list[Part] = [
        Heading(1, _("Decision asked")),
        Paragraph(_("The board is asked:") if material.municipality.is_body else _("The council is asked:")),
        Items(tuple(points), numbered=True),
    ]
    if change is not None:
        parts.append(Paragraph(change_sentence(change, material.name, material.baseline_title)))
    return [*parts, ToFillIn(_("the opinion: agree with the proposal, or what must change in it"))]


def _years(material: CouncilMaterial) -> list[Part]:
    """The bill in each year ahead, for the budget of more years; nothing without them."""
    if not material.years:
        return []
    rows = []
    for year in material.years:
        known, cents = year.low == year.high, year.bill.to_pay
        rows.append(
            (
                str(year.year),
                inhabitants_of(year.bill.municipality)
                if year.bill.municipality.is_body
                else f"{inhabitants_of(year.bill.municipality)} ({status_in_words(year.population.status)})",
                format_euros(cents) if known else format_about(cents, 1),
                "" if known else format_about(year.low, 1),
                "" if known else format_about(year.high, 1),
                per_inhabitant(None if (own := year.bill.per_inhabitant(cents)) is None else rate(own)),
            )
        )
    table = Table(
        "years",
        _("What {name} pays in the years ahead, including VAT", name=material.name),
        (_("Year"), _("inhabitants"), _("to pay"), _("80 % between"), _("and"), _("per inhabitant")),
        tuple(rows),
        (10, 26, 18, 16, 16, 14),
        words=1,
    )
    return [Heading(1, _("The years ahead")), table]


def _considerations(material: CouncilMaterial) -> list[Part]:
    """What may go wrong with the fund, and what the executive says of it."""
    horizon = material.horizon
    risks = _balance(horizon) if horizon is not None else []
    risks += changing_count(material.result.population)
    return [
        Heading(1, _("Considerations")),
        *([Items(tuple(risks))] if risks else []),
        ToFillIn(
            _("advice, and where in the budget it is covered")
            if material.municipality.is_body
            else _("advice of the municipal executive, and where in the budget it is covered")
        ),
    ]


def _balance(horizon: Horizon) -> list[str]:
    """What is low or may become so, with what it means for who pays; nothing where no balance can."""
    low, fund = low_balances(horizon), horizon.fund.expected
    if not low:
        return []
    rises_or_falls = course(horizon.years, int(fund.opening[0]), fund.closing.tolist(), unit_of_balance(horizon))
    what_then = _("What comes short is for the municipalities in the end: the contribution rises, or less is done.")
    return [*low, rises_or_falls, what_then]


def _planning(material: CouncilMaterial, day: date | None) -> list[Part]:
    is_body = material.municipality.is_body
    decided = []
    if day is not None:
        sentence = (
            _("The board decides on {day}.", day=format_day(day))
            if is_body
            else _("The council decides on {day}.", day=format_day(day))
        )
        decided.append(Paragraph(sentence))
    return [
        Heading(1, _("Follow-up and planning")),
        *decided,
        *([] if day else [ToFillIn(_("when the board decides") if is_body else _("when the council decides"))]),
        ToFillIn(_("by when the opinion must be given, and when the proposal is decided on")),
        ToFillIn(_("when the invoice of {year} comes, and when it is due", year=material.year)),
    ]
