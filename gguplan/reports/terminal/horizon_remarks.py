"""The remarks on a horizon, in sentences: money without a budget, years that are published, promises and plans."""

from __future__ import annotations

from typing import assert_never

from gguplan.language import _, plural
from gguplan.model.volume_deviation import VolumeDeviation
from gguplan.model.years_ahead.remarks import (
    GoneToOthers,
    NewInLedger,
    NoBudget,
    NotPublished,
    Obligation,
    OtherRefund,
    PaidAhead,
    PastContract,
    PlanOfKnownYear,
    PromiseAboveKnown,
    Provisional,
    Remark,
)
from gguplan.reports.terminal.obligations import obligation_in_words, past_contract_in_words
from gguplan.reports.terminal.volume_deviation import deviation_in_words
from gguplan.wording.amounts import format_euros
from gguplan.wording.hand_overs import hand_over_in_a_sentence


def remark_in_words(remark: Remark) -> str:
    """One remark."""
    match remark:
        case NoBudget():
            return _no_budget(remark)
        case NotPublished():
            return plural(
                "The ledger has no budget of {year} for {titles}: it has none from then on.",
                "The ledger has no budget of {year} for {count} programmes, which have none from then on: {titles}.",
                len(remark.titles),
                year=remark.year,
                titles="; ".join(remark.titles),
            )
        case NewInLedger():
            return _(
                "New in the ledger of {year}, and not in this account: {title}, {net} without VAT.",
                year=remark.year,
                title=remark.title,
                net=format_euros(remark.net),
            )
        case PromiseAboveKnown():
            return _(
                "{title}: of the {committed} that was promised for {year}, {realised} is known to be realised; no more "
                "is paid.",
                title=remark.title,
                committed=format_euros(remark.committed),
                year=remark.year,
                realised=format_euros(remark.realised),
            )
        case PlanOfKnownYear():
            return _(
                "{title}: the {amount} planned out of its balance in {year} changes nothing, because it is known what "
                "was realised.",
                title=remark.title,
                amount=format_euros(remark.from_balance),
                year=remark.year,
            )
        case Obligation():
            return obligation_in_words(remark)
        case PastContract():
            return past_contract_in_words(remark)
        case GoneToOthers():
            return _gone_to_others(remark)
        case VolumeDeviation():
            return deviation_in_words(remark)
        case OtherRefund():
            return _(
                "{title}: {refunded} is refunded in {year}, while what was published counts {published} as realised. "
                "The published refund is taken off what is realised; that of this scenario is paid.",
                title=remark.title,
                refunded=format_euros(remark.refunded),
                year=remark.year,
                published=format_euros(remark.published),
            )
        case Provisional(year, _names, titles):
            return plural(
                "What is realised of {titles} in {year} is provisional: the account was still to come.",
                "What is realised in {year} of {count} programmes is provisional, because the account was still to"
                " come: {titles}.",
                len(titles),
                year=year,
                titles="; ".join(titles),
            )
        case PaidAhead():
            return _paid_ahead(remark)
        case _:
            assert_never(remark)


def remedy_in_words(remark: Remark) -> str:
    """What to write in the scenario to change what a remark says; empty where nothing is to be written."""
    match remark:
        case NewInLedger(name, _title, year):
            return _(
                "To take it along, write [programmes.{name}] with this budget, and [horizon.programmes.{name}] with"
                " starts = {year}.",
                name=name,
                year=year,
            )
        case PaidAhead(name, opened=False, besides=besides) if besides:
            return _(
                "To take it along, write opening in [horizon.programmes.{name}].",
                name=name,
            )
        case (
            NoBudget()
            | NotPublished()
            | PromiseAboveKnown()
            | PlanOfKnownYear()
            | OtherRefund()
            | VolumeDeviation()
            | Obligation()
            | PastContract()
            | GoneToOthers()
            | Provisional()
            | PaidAhead()
        ):
            return ""
        case _:
            assert_never(remark)


def _paid_ahead(remark: PaidAhead) -> str:
    sentences = []
    if remark.ahead:
        ahead = format_euros(remark.ahead)
        sentences.append(
            _(
                "{amount} of what was paid in {year} was for the next year, and stays in this account.",
                amount=ahead,
                year=remark.year,
            )
        )
    if remark.besides:
        besides = format_euros(remark.besides)
        sentences.append(
            _("{amount} left of the year before {year} is spent in it.", amount=besides, year=remark.year)
            if remark.opened
            else _(
                "{amount} left of the year before {year} was spent besides; it is not in this account, which opens"
                " without money.",
                amount=besides,
                year=remark.year,
            )
        )
    return f"{remark.title}: {' '.join(sentences)}"


def _gone_to_others(remark: GoneToOthers) -> str:
    """From when on somebody else has a programme, and what nobody pays and nobody receives for it any more."""
    sentence = f"{remark.title}: {hand_over_in_a_sentence(remark.hand_over)}"
    if not remark.by_year:
        return sentence
    amounts = [
        _(
            "in {year} {paid} no longer paid and {received} no longer received",
            year=year,
            paid=format_euros(paid),
            received=format_euros(received),
        )
        for year, paid, received in remark.by_year
    ]
    together = _("All municipalities together, with VAT: {amounts}.", amounts="; ".join(amounts))
    return f"{sentence} {together}"


def _no_budget(remark: NoBudget) -> str:
    sentence = (
        _("{title} is left out: nobody pays for it in any year.", title=remark.title)
        if remark.left_out
        else _("{title} has no budget in any of these years.", title=remark.title)
    )
    money = [
        _("to begin with {amount}", amount=format_euros(remark.opening)) if remark.opening else "",
        _("promised {amount}", amount=format_euros(remark.committed)) if remark.committed else "",
        _("planned out of its balance {amount}", amount=format_euros(remark.from_balance))
        if remark.from_balance
        else "",
        _("realised {amount}", amount=format_euros(remark.realised)) if remark.realised else "",
    ]
    if any(money):
        sentence += " " + _("Its money stays in the account: {money}.", money=", ".join(filter(None, money)))
    if remark.not_budgeted:
        years = ", ".join(map(str, remark.not_budgeted))
        sentence += " " + _("What is stated as its budget of {years} is left out as well.", years=years)
    return sentence
