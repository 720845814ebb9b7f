"""What each municipality would pay by the old division."""

from __future__ import annotations

from gguplan.fund.adjustments import OldDivision
from gguplan.fund.allocation_keys import unmixed_keys
from gguplan.fund.municipalities import Population
from gguplan.model.allocation import Allocation, allocate, weights_of
from gguplan.model.participation.settlement import Participation
from gguplan.money import Integers, split


def old_amounts(old: OldDivision, participation: Participation, population: Population) -> Integers:
    """Cents of each by the old division, over the same days, shape (municipalities,): of the same amount, or as they
    were paid.

    Raises CannotBeMade when that division cannot be made.
    """
    if old.as_paid:
        (column,) = unmixed_keys(old.key)
        paid = 100 * weights_of(column, population)
        of_days: Integers = (2 * paid * participation.taking_part + participation.pieces) // (2 * participation.pieces)
        return of_days
    return old_allocation(old, participation, population).parts


def old_allocation(old: OldDivision, participation: Participation, population: Population) -> Allocation:
    """The amount of now, divided by the old key. Raises CannotBeMade."""
    total = int(participation.allocation.parts.sum())
    return allocate(total, old.key, population, participation.taking_part, participation.pieces)


def of_the_same_amount(old: Integers, total: int, codes: Integers) -> Integers:
    """The old amounts as a division of `total` cents."""
    together = int(old.sum())
    return old if together == total or not together else split(total, old, codes)[0]
