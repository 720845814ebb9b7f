"""The sum of the accounts: from the opening balance of the first year to the closing balance of the last.

Design of the fund (3.4): opening + contributions + income − refunds − realised − returned = closing, per programme
where it is earmarked. What is left over goes by the rule of the programme: ``carry_over`` and ``earmark`` stay on its
balance, ``return`` goes back to the municipalities in the next year, ``general`` to the reserve of the fund. When a
programme has spent more than it had, the reserve pays (``draw``), the contribution of the next year is raised
(``raise``), or it spends no more than it has (``cut``), but for what is known or promised, which the reserve then pays.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.fund.underspend import ShortfallRule, UnderspendRule
from gguplan.model.randomness import mean_of
from gguplan.model.underspend import destination_of, payer_of, spent_of
from gguplan.model.years_ahead.account import Flows
from gguplan.money import Integers


class Movements(Struct, frozen=True):
    """What is given of some programmes, in cents without VAT.

    `opening` has shape (programmes,); the others (years, draws or 1, programmes). `drawn` comes from the reserve by a
    settlement; `realised` is what would be realised, `known` (years, programmes) where that is certain, and
    `committed` (years, programmes) what is spent at least.
    """

    opening: Integers
    contributions: Integers
    income: Integers
    refunds: Integers
    drawn: Integers
    handed_over: Integers
    realised: Integers
    known: NDArray[np.bool_]
    committed: Integers


def add_up(given: Movements, underspend: Sequence[UnderspendRule], shortfall: Sequence[ShortfallRule]) -> Flows:
    """The flows of every programme, each of shape (years, draws, programmes)."""
    destinations, payers = list(map(destination_of, underspend)), list(map(payer_of, shortfall))
    returns, general = (
        np.array([destination == where for destination in destinations]) for where in ("municipalities", "reserve")
    )
    raises, cuts = (np.array([payer == who for payer in payers]) for who in ("municipalities", "programme"))
    movements = (given.contributions, given.income, given.refunds, given.drawn, given.handed_over, given.realised)
    shape = np.broadcast_shapes(*(amounts.shape for amounts in movements))
    flows = {name: np.zeros(shape, dtype=np.int64) for name in Flows.__struct_fields__}
    balance = np.broadcast_to(given.opening, shape[1:])
    for year in range(shape[0]):
        returned = np.where(returns, np.maximum(balance, 0), 0)
        contributions = given.contributions[year] + np.where(raises, np.maximum(-balance, 0), 0)
        came = contributions + given.income[year] - given.refunds[year] - given.handed_over[year]
        has = balance + came + given.drawn[year] - returned
        known, committed = given.known[year], given.committed[year]
        realised = np.where(known, given.realised[year], spent_of(given.realised[year], committed, has, cuts))
        left = has - realised
        short = np.where(raises, 0, np.maximum(-left, 0))
        to_reserve = np.where(general, np.maximum(left, 0), 0)
        flows["opening"][year] = balance
        flows["contributions"][year] = contributions
        flows["income"][year] = given.income[year]
        flows["refunds"][year] = given.refunds[year]
        flows["handed_over"][year] = given.handed_over[year]
        flows["from_reserve"][year] = given.drawn[year] + short
        flows["realised"][year] = realised
        flows["returned"][year] = returned
        flows["to_reserve"][year] = to_reserve
        balance = left + short - to_reserve
        flows["closing"][year] = balance
    return Flows(**flows)


def mean_flows(drawn: Flows, general: bool) -> Flows:
    """What is expected of one programme: the means of flows of shape (years, draws), which add up to the cent.

    What rounding leaves goes into the closing balance, or into the reserve where that takes all (`general`).
    """
    means = {name: mean_of(amounts, axis=1) for name, amounts in drawn.as_columns().items()}
    came = means["contributions"] + means["income"] + means["from_reserve"] - means["refunds"] - means["handed_over"]
    came = came - means["realised"] - means["returned"]
    if general:
        means["opening"][1:] = means["closing"][:-1]
        means["to_reserve"] = means["opening"] + came - means["closing"]
    else:
        means["closing"] = means["opening"][0] + np.cumsum(came - means["to_reserve"])
        means["opening"][1:] = means["closing"][:-1]
    return Flows(**means)


def reserve_of(opening: int, from_reserve: Integers, to_reserve: Integers) -> Flows:
    """The account of the reserve, from what programmes took out of it and put in, both of shape (years, draws).

    On this account the two have their signs turned, so that in the fund as a whole they come to 0.
    """
    closing = opening + np.cumsum(to_reserve - from_reserve, axis=0)
    before = closing - (to_reserve - from_reserve)
    none = np.zeros_like(closing)
    return Flows(before, none, none, none, none, -from_reserve, none, none, -to_reserve, closing)
