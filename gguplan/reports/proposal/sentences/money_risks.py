"""What the numbers say may go wrong: overspending, the indexation, an empty reserve, a count that is not final."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, assert_never

from gguplan.fund.municipalities import Population, Status
from gguplan.language import _, listed_with_and, listed_with_or
from gguplan.model.spending import Spending, Underspends
from gguplan.model.years_ahead.account import Account, likeliest
from gguplan.reports.proposal.sentences.balance import dangers, unit_of_balance
from gguplan.reports.proposal.sentences.spending import unit_of
from gguplan.reports.terminal.horizon_answer import spread
from gguplan.wording.amounts import chance_in_percent, format_about
from gguplan.wording.rounded_amounts import about
from gguplan.wording.shortlist import some_names

if TYPE_CHECKING:
    from gguplan.model.years_ahead.result import Horizon


def overspending(spent: Spending) -> list[str]:
    """The chance that all programmes together spend more than their budgets, and of which programmes least is known."""
    if spent.known:
        return []
    sentences = overspend_of(spent.underspend, unit_of(spent), spent.has_uncertain_income)
    unsure = [programme.title for programme in spent.unsure()]
    if unsure and len(spent.programmes) > 1:
        sentences.append(_("Least is known of what will be spent of {titles}.", titles=some_names(unsure)))
    return sentences


def overspend_of(underspend: Underspends, unit: int, with_income: bool = False) -> list[str]:
    """The chance that more is spent than the budget, and how much more in one case of ten; empty without a chance.
    `with_income` where what others pay is not certain either: then it is the chance that money comes short."""
    chance = underspend.chance_of_overspend
    if chance == 0:
        return []
    low, _high = underspend.between()
    if with_income:
        sentence = _(
            "The chance that the budgets together come short, with what others pay, is {chance}.",
            chance=chance_in_percent(chance),
        )
        if about(low, unit) < 0:
            amount = format_about(-low, unit)
            sentence += " " + _("In one of ten cases at least {amount} comes short, without VAT.", amount=amount)
        return [sentence]
    sentence = _(
        "The chance that more is spent than the budgets together is {chance}.", chance=chance_in_percent(chance)
    )
    if about(low, unit) < 0:
        sentence += " " + _(
            "In one of ten cases it is at least {amount} more, without VAT.", amount=format_about(-low, unit)
        )
    return [sentence]


def indexation(last: int, low: int, high: int, unit: int, made_up_for: bool) -> list[str]:
    """Between which cents the contribution of the last year lies; empty where it is certain. `made_up_for` where the
    municipalities make up for shortfalls."""
    if about(low, unit) == about(high, unit):
        return []
    values = {"low": format_about(low, unit), "high": format_about(high, unit), "year": last}
    if made_up_for:
        return [
            _(
                "How budgets rise, and what shortfalls the municipalities make up for, is not known yet: in eight of "
                "ten cases they pay between {low} and {high} together in {year}, including VAT.",
                **values,
            )
        ]
    return [
        _(
            "How budgets rise is not known yet: in eight of ten cases the municipalities pay between {low} and {high} "
            "together in {year}, including VAT.",
            **values,
        )
    ]


def empty_reserve(reserve: Account, years: Sequence[int]) -> list[str]:
    """The chance that the reserve comes below 0, and at the end of which year first; empty where it never does, and
    where 0 is its floor or all is known, of which that is told already."""
    ever = reserve.chance_ever_overdrawn
    if ever == 0 or reserve.floor == 0 or not spread(reserve):
        return []
    likely, first = likeliest(years, reserve.chance_first_overdrawn)
    if first == 1:
        return [_("The reserve is used up and below 0 at the end of {year}.", year=likely[0])]
    return [
        _(
            "The chance that the reserve is used up and falls below 0 is {chance}; that happens first most often at "
            "the end of {year} ({first}).",
            chance=chance_in_percent(ever),
            year=listed_with_or(map(str, likely)),
            first=chance_in_percent(first),
        )
    ]


def low_balances(horizon: Horizon) -> list[str]:
    """What is low or may become so: every floor, and the reserve where no floor is set for it."""
    accounts, unit = horizon.accounts[::-1], unit_of_balance(horizon)
    without_a_floor = empty_reserve(horizon.reserve, horizon.years) if horizon.reserve.floor is None else []
    return [*dangers(accounts, horizon.years, horizon.draws, unit), *without_a_floor]


def raised_contributions(horizon: Horizon) -> list[str]:
    """What all pay in each later year where shortfalls are expected to raise it; empty where they do not."""
    if not any(account.raised.any() for account in horizon.programmes):
        return []
    by_year = zip(horizon.years, horizon.to_pay.tolist(), strict=True)
    amounts = [
        _("{amount} in {year}", amount=format_about(cents, unit_of_balance(horizon)), year=year)
        for year, cents in by_year
        if year > horizon.years[0]
    ]
    return [
        _(
            "What is expected to come short raises the contribution: together it becomes {amounts}, including VAT.",
            amounts=listed_with_and(amounts),
        )
    ]


def changing_count(population: Population) -> list[str]:
    """That a count which is not final yet divides otherwise once it is."""
    return [_recount(population.year)] if _may_change(population.status) else []


def _may_change(status: Status) -> bool:
    match status:
        case "provisional" | "projected":
            return True
        case "final" | "worked_back":
            return False
        case _:
            assert_never(status)


def _recount(year: int) -> str:
    return _(
        "The inhabitants of 1 January {year} are not counted for good yet: the final count divides the same amount "
        "otherwise over the municipalities.",
        year=year,
    )
