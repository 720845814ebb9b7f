"""What the numbers say may go wrong: overspending, the indexation, an empty reserve, a count that is not final."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import numpy as np

from gguplan.fund.municipalities import Population, Status
from gguplan.language import _, listed_with_or
from gguplan.model.spending import Spending, Underspends
from gguplan.model.years_ahead.account import Account
from gguplan.money import Integers
from gguplan.reports.proposal.sentences.spending import unit_of
from gguplan.wording.amounts import chance_in_percent, format_about
from gguplan.wording.rounded_amounts import about
from gguplan.wording.shortlist import some_names

_LOW, _HIGH = 0.1, 0.9


def overspending(spent: Spending) -> list[str]:
    """The chance that all programmes together spend more than their budgets, and of which programmes least is known."""
    if spent.known:
        return []
    sentences = overspend_of(spent.underspend, unit_of(spent))
    unsure = [programme.title for programme in spent.unsure()]
    if unsure and len(spent.programmes) > 1:
        sentences.append(_("Least is known of what will be spent of {titles}.", titles=some_names(unsure)))
    return sentences


def overspend_of(underspend: Underspends, unit: int) -> list[str]:
    """The chance that more is spent than the budget, and how much more in one case of ten; empty without a chance."""
    chance = underspend.chance_of_overspend
    if chance == 0:
        return []
    low, _high = underspend.between()
    sentence = _(
        "The chance that more is spent than the budgets together is {chance}.", chance=chance_in_percent(chance)
    )
    if about(low, unit) < 0:
        sentence += " " + _(
            "In one of ten cases it is at least {amount} more, without VAT.", amount=format_about(-low, unit)
        )
    return [sentence]


def indexation(years: Sequence[int], to_pay: Integers, unit: int) -> list[str]:
    """Between what the contribution of the last year lies, by what is drawn (cents, shape (draws, years)); empty where
    it is certain."""
    low, high = (about(round(end), unit) for end in np.quantile(to_pay[:, -1], [_LOW, _HIGH]).tolist())
    if low == high:
        return []
    return [
        _(
            "How budgets rise, and what shortfalls the municipalities make up for, is not known yet: in eight of ten "
            "cases they pay between {low} and {high} together in {year}, including VAT.",
            low=format_about(low, unit),
            high=format_about(high, unit),
            year=years[-1],
        )
    ]


def empty_reserve(reserve: Account, years: Sequence[int]) -> list[str]:
    """The chance that the reserve comes below 0, and at the end of which year first; empty where it never does, and
    where 0 is its floor, of which that is told already."""
    ever, chances = reserve.chance_ever_overdrawn, reserve.chance_first_overdrawn.tolist()
    if ever == 0 or reserve.floor == 0:
        return []
    first = max(chances)
    likely = [year for year, chance in zip(years, chances, strict=True) if chance == first]
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
