"""Who is outside, who may leave, and what then."""

from __future__ import annotations

import numpy as np

from gguplan.language import _, listed_with_and
from gguplan.model.participation.departure import SETTLEMENTS, Departure
from gguplan.model.result import ProgrammeResult
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Part, Table, see
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.sentences.balance import dangers, unit_of_balance
from gguplan.reports.proposal.sentences.change import percent, rate
from gguplan.reports.proposal.sentences.money_risks import changing_count, empty_reserve, indexation, overspending
from gguplan.reports.proposal.sentences.participation import cascade, departing, departure_effect, opt_outs
from gguplan.wording.amounts import format_euros, per_inhabitant, signed
from gguplan.wording.settlements import settlement_if_they_leave
from gguplan.wording.shortlist import some_names
from gguplan.wording.thresholds import threshold_in_words


def risks(material: Material) -> list[Part]:
    """Opt-outs as they are, thresholds and cascades, and the largest municipalities leaving as an exercise."""
    result = material.result
    outside = [text for programme in result.by_programme for text in opt_outs(result, programme)]
    parts: list[Part] = [Heading(1, _("Risks")), *_money(material), Heading(2, _("Who takes part"))]
    if outside:
        parts.append(Items(tuple(outside)))
    else:
        some_pay = result.population.bodies or any(row.programme.payers is not None for row in result.by_programme)
        parts.append(
            Paragraph(
                _("Nobody stands outside a programme of which it is a member.")
                if some_pay
                else _("Every municipality takes part in every programme that is carried out.")
            )
        )
    outcomes = [
        (programme.programme.title, threshold_in_words(programme.threshold, programme.participation.lapsed))
        for programme in result.by_programme
        if programme.threshold
    ]
    thresholds = [f"{title}: {outcome.rstrip('.')}." for title, outcome in outcomes]
    if thresholds:
        parts += [Paragraph(_("Thresholds:")), Items(tuple(thresholds))]
    titles = {programme.name: programme.programme.title for programme in result.by_programme}
    for name, cascade_result in material.overview.cascades.items():
        sentences = cascade(titles[name], cascade_result)
        parts += [Heading(2, _("If the price drives municipalities away")), Paragraph(" ".join(sentences))]
    if material.departures and material.departures[0].leaving.any():
        parts += _departures(material)
    return parts


def _money(material: Material) -> list[Part]:
    """What the numbers themselves say may go wrong."""
    horizon, spent = material.horizon, material.spending
    sentences = [] if spent is None else overspending(spent)
    if horizon is not None:
        accounts = horizon.accounts[::-1]
        sentences = [*dangers(accounts, horizon.years, horizon.draws, unit_of_balance(horizon)), *sentences]
        sentences += empty_reserve(horizon.reserve, horizon.years)
        low, high = (int(ends[-1]) for ends in horizon.to_pay_between())
        raises = any(account.raised.any() for account in horizon.programmes)
        sentences += indexation(horizon.years[-1], low, high, 1_000, raises)
    sentences += changing_count(material.result.population)
    return [Heading(2, _("Money")), Items(tuple(sentences))] if sentences else []


def _departures(material: Material) -> list[Part]:
    first = material.departures[0]
    population = material.result.population
    places = np.flatnonzero(first.leaving)
    order = places[np.argsort(-population.inhabitants[places], kind="stable")].tolist()
    share = percent(int(population.inhabitants[places].sum()), population.total)
    parts: list[Part] = [
        Heading(2, _("If the largest municipalities leave")),
        Paragraph(
            departing([population.municipalities[place].name for place in order], first, share)
            + " "
            + _("{table} has the amounts; what it comes to depends on the settlement:", table=see("departures"))
        ),
        Items(
            tuple(
                f"{settlement_if_they_leave(departure.settlement)}: {departure_effect(departure)}."
                for departure in material.departures
            )
        ),
        _table(material.departures),
    ]
    made = {departure.settlement for departure in material.departures}
    if missing := [settlement_if_they_leave(settlement) for settlement in SETTLEMENTS if settlement not in made]:
        parts.append(
            Paragraph(
                _(
                    "Not in the table, because it cannot be worked out here: {settlements}.",
                    settlements=listed_with_and(missing),
                )
            )
        )
    if lapsed := [row.programme.title for row in material.result.by_programme if _is_paid_though_lapsed(row)]:
        parts.append(
            Paragraph(
                _(
                    "What is paid for {titles}, in which too few take part, stays as it is here.",
                    titles=some_names(lapsed),
                )
            )
        )
    below = list(dict.fromkeys(name for departure in material.departures for name in departure.below_threshold))
    if below:
        parts.append(
            Paragraph(
                _(
                    "Too few would then take part in {titles}: what the threshold says would follow is not in these "
                    "amounts.",
                    titles=some_names(below),
                )
            )
        )
    return parts


def _is_paid_though_lapsed(billed: ProgrammeResult) -> bool:
    return billed.participation.lapsed is not None and billed.contributed > 0


def _table(departures: tuple[Departure, ...]) -> Table:
    rows = tuple(
        (
            settlement_if_they_leave(departure.settlement),
            signed(format_euros(departure.stayers_effect), departure.stayers_effect),
            per_inhabitant(rate(departure.rate_after)),
            signed(format_euros(departure.available_effect), departure.available_effect),
            signed(format_euros(departure.drawn_effect), departure.drawn_effect),
        )
        for departure in departures
    )
    headings = (
        _("Settlement"),
        _("those who stay pay more"),
        _("per inhabitant"),
        _("can be spent"),
        _("from the balance"),
    )
    caption = _("What changes if the largest municipalities leave every programme, including VAT")
    return Table("departures", caption, headings, rows, (32, 18, 14, 18, 18))
