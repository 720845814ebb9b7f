"""Who stands outside or may leave, and what that does to the money."""

from __future__ import annotations

import numpy as np

from gguplan.fund.opt_outs import OptOut
from gguplan.language import _, plural
from gguplan.model.allocation import has_one_rate
from gguplan.model.bill import euros_per_inhabitant
from gguplan.model.participation.cascade import CascadeResult
from gguplan.model.participation.departure import Departure
from gguplan.model.participation.settlement import effect_of
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.reports.proposal.sentences.change import percent
from gguplan.wording.amounts import chance_in_percent, format_euros, per_inhabitant
from gguplan.wording.settlements import settlement_in_a_sentence
from gguplan.wording.shortlist import some_names


def opt_outs(result: RunResult, programme: ProgrammeResult) -> list[str]:
    """Who is outside a programme and what that does, a text for each opt-out; of a programme that lapsed only who."""
    if programme.participation.lapsed:
        return [_who(result, programme, opt_out) for opt_out in programme.opt_outs]
    effects = zip(programme.opt_outs, programme.participation.effects, strict=True)
    return [
        f"{_who(result, programme, opt_out)} {_money(result, programme, opt_out, int(cents.sum()))}"
        for opt_out, cents in effects
    ]


def _who(result: RunResult, programme: ProgrammeResult, opt_out: OptOut) -> str:
    population, places = result.population, np.flatnonzero(opt_out.absence.days)
    order = places[np.argsort(-population.inhabitants[places], kind="stable")]
    names = some_names([population.municipalities[place].name for place in order.tolist()])
    days = int(opt_out.absence.days.max())
    values = {
        "title": programme.programme.title,
        "names": names,
        "share": percent(int(population.inhabitants[places].sum()), population.total),
    }
    if population.is_body[places].any():
        # No number of municipalities stands for who is none.
        part = (
            _("{days} of {year} days", days=days, year=result.fund_year.days)
            if days < result.fund_year.days
            else _("the whole year")
        )
        return _("{title}: outside for {part}: {names} ({share} of the inhabitants).", part=part, **values)
    if days < result.fund_year.days:
        return plural(
            "{title}: {names} ({share} of the inhabitants) is outside for {days} of {year} days.",
            "{title}: {count} municipalities, {names} ({share} of the inhabitants), are outside for {days} of {year} "
            "days.",
            len(places),
            days=days,
            year=result.fund_year.days,
            **values,
        )
    return plural(
        "{title}: {names} ({share} of the inhabitants) is outside.",
        "{title}: {count} municipalities, {names} ({share} of the inhabitants), are outside.",
        len(places),
        **values,
    )


def _money(result: RunResult, programme: ProgrammeResult, opt_out: OptOut, cents: int) -> str:
    others_pay = effect_of(opt_out.settlement) == "paid_by_the_others"
    alone = len(programme.opt_outs) == 1 and int(opt_out.absence.days.max()) == result.fund_year.days
    if not (others_pay and alone and has_one_rate(programme.programme.allocation)):
        return settlement_in_a_sentence(opt_out.settlement, cents)
    inside = ~programme.participation.outside
    return _(
        "For that no invoice is sent; the others pay the whole budget: {after} per inhabitant instead of {before}.",
        before=per_inhabitant(euros_per_inhabitant(programme.budget.to_divide, result.population.total)),
        after=per_inhabitant(
            euros_per_inhabitant(programme.budget.to_divide, int(result.population.inhabitants[inside].sum()))
        ),
    )


def cascade(title: str, cascade_result: CascadeResult) -> list[str]:
    """How it may go on when those who find a programme too dear leave: the chance that it collapses, and where not
    the rate in the end; then the tipping rate."""
    chance, _error = cascade_result.chance_of_collapse
    if chance == 0:
        first = _("{title}: it collapses in none of the cases that were computed.", title=title)
    elif chance == 1:
        first = _("{title}: it collapses in every case that was computed.", title=title)
    else:
        first = _("{title}: the chance that it collapses is {chance}.", title=title, chance=chance_in_percent(chance))
    sentences = [first]
    if chance < 1:
        low, middle, high = np.quantile(cascade_result.final_rates, (0.1, 0.5, 0.9)).tolist()
        sentences.append(
            _(
                "Where it does not, those who stay pay {middle} per inhabitant in the middle case, and between {low} "
                "and {high} in eight of ten, against {first} now.",
                low=per_inhabitant(low),
                middle=per_inhabitant(middle),
                high=per_inhabitant(high),
                first=per_inhabitant(cascade_result.first_rate),
            )
        )
    sentences.append(
        _(
            "Tipping rate: up to {rate} per inhabitant at the start enough are left in the end.",
            rate=per_inhabitant(cascade_result.tipping_rate),
        )
    )
    return sentences


def departing(names: list[str], departure: Departure, share: str) -> str:
    """Who would leave in this exercise."""
    return plural(
        "Suppose that the largest municipality, {names}, with {share} of the inhabitants, leaves every programme.",
        "Suppose that the {count} largest municipalities, {names}, together {share} of the inhabitants, leave every "
        "programme.",
        int(departure.leaving.sum()),
        names=some_names(names),
        share=share,
    )


def departure_effect(departure: Departure) -> str:
    """What is felt under one settlement: by those who stay, by the programmes, by the balance; or by nobody."""
    parts = []
    if departure.stayers_effect > 0:
        parts.append(
            _(
                "those who stay pay {amount} more ({rate} per inhabitant)",
                amount=format_euros(departure.stayers_effect),
                rate=per_inhabitant(departure.rate_effect),
            )
        )
    elif departure.stayers_effect < 0:
        parts.append(_("those who stay pay {amount} less", amount=format_euros(-departure.stayers_effect)))
    if departure.available_effect < 0:
        parts.append(_("the programmes can spend {amount} less", amount=format_euros(-departure.available_effect)))
    elif departure.available_effect > 0:
        parts.append(_("the programmes can spend {amount} more", amount=format_euros(departure.available_effect)))
    if departure.drawn_effect > 0:
        parts.append(_("the balance of the fund pays {amount} more", amount=format_euros(departure.drawn_effect)))
    elif departure.drawn_effect < 0:
        parts.append(_("the balance of the fund pays {amount} less", amount=format_euros(-departure.drawn_effect)))
    return "; ".join(parts) or _("nobody notices")
