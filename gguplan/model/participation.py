"""Who takes part in a programme, and what those outside it do to the money.

Whatever the settlement, in cents: contributions − refunds + drawn from the balance = what the programme
can spend, VAT included. The rule ``refund`` is how the 24-hour helpline worked: verantwoording-2016
section 2.4 and verantwoording-2017 section 2.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from gguplan.inputs.population import Population
from gguplan.inputs.scenario.schema import AllocationKey, OptOut
from gguplan.language import _
from gguplan.model.allocation import Allocation, Mask, allocate
from gguplan.money import Integers, format_euros, rate_times


@dataclass(frozen=True)
class Participation:
    """What each municipality pays and gets back for one programme; arrays in cents, shape (municipalities,).

    `allocation` is the division behind the contributions; `drawn` comes from the balance of the fund.
    """

    allocation: Allocation
    outside: Mask
    contributions: Integers
    refunds: Integers
    drawn: int

    @property
    def available(self) -> int:
        """Cents, VAT included, that the programme can spend."""
        return int(self.contributions.sum()) - int(self.refunds.sum()) + self.drawn


def everybody_takes_part(
    gross: int, key: AllocationKey, population: Population, column: Integers | None
) -> Participation:
    """A programme that nobody stands outside of: `gross` cents over all municipalities."""
    outside = np.zeros(len(population.municipalities), dtype=np.bool_)
    allocation = allocate(gross, key, population, column, ~outside)
    return Participation(allocation, outside, allocation.parts, np.zeros_like(allocation.fixed), 0)


def settle(
    gross: int,
    key: AllocationKey,
    population: Population,
    column: Integers | None,
    outside: Mask,
    opt_out: OptOut,
) -> Participation:
    """Divide `gross` cents while the municipalities `outside` stand outside, by the settlement of `opt_out`.

    Raises ValueError when the sum cannot be made: nobody left to pay, or more to refund than there is.
    """
    divide = partial(allocate, gross, key, population, column)
    nothing = np.zeros(len(outside), dtype=np.int64)
    if opt_out.settlement == "redistribute":
        among_the_rest = divide(~outside)
        return Participation(among_the_rest, outside, among_the_rest.parts, nothing, 0)
    among_all = divide(np.ones_like(outside))
    if opt_out.settlement == "refund":
        paid_back = (
            among_all.parts if opt_out.rate is None else rate_times(opt_out.rate, population.inhabitants)
        ) * outside
        if int(paid_back.sum()) > gross:
            raise ValueError(
                _(
                    "the refunds together, {refunds}, are more than the budget, {budget}",
                    refunds=format_euros(int(paid_back.sum())),
                    budget=format_euros(gross),
                )
            )
        return Participation(among_all, outside, among_all.parts, paid_back, 0)
    invoiced = among_all.parts * ~outside
    missing = gross - int(invoiced.sum())
    return Participation(among_all, outside, invoiced, nothing, missing if opt_out.settlement == "absorb" else 0)
