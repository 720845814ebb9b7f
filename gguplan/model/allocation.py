"""What a programme costs, and how that is divided over the municipalities, to the cent.

The sums of the fund: verantwoording-2016 chapter 4 (everybody contributes pro rata) and the summaries of
its chapters 1 and 2 (uitname and te besteden: before and after VAT).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, assert_never

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from gguplan.fund.allocation_keys import (
    AllocationKey,
    FixedAmounts,
    FixedPlusInhabitants,
    FixedShares,
    InhabitantsOn,
    Mix,
    PerColumn,
    PerInhabitant,
    Products,
    RatePerInhabitant,
    StepAmounts,
    Stepped,
    UnmixedKey,
    Weighing,
    has_values_of_its_own,
    parts_of,
    unmixed_keys,
)
from gguplan.fund.municipalities import Population
from gguplan.fund.problems import (
    BudgetOutOfReach,
    CannotBeMade,
    FixedAboveBudget,
    IncomeAboveBudget,
    NobodyPays,
    PaidOtherwiseAboveBudget,
    WeightsTooLarge,
)
from gguplan.fund.programme import (
    GrossBudget,
    NetBudget,
    Programme,
    RateBudget,
    StatedBudget,
    TariffBudget,
    VolumeBudget,
)
from gguplan.model.volumes import volume_cents
from gguplan.money import (
    LARGEST_AMOUNT,
    RATE_UNITS,
    CannotSplit,
    Integers,
    Split,
    rate_times,
    split,
    splits_with_steps,
    times_fraction,
)

Mask = NDArray[np.bool_]

_CENT: Final = RATE_UNITS // 100
"""A cent in ten-thousandths of a euro."""


class Budget(Struct, frozen=True):
    """What a programme costs, in cents: gross = net + vat. Of the gross amount `income` comes from others, and
    `reserve` from the balance of the fund; that is negative where the municipalities pay for the balance."""

    gross: int
    net: int
    vat: int
    income: int = 0
    reserve: int = 0

    @property
    def to_divide(self) -> int:
        """Cents, VAT included, that the municipalities pay together before opt-outs: gross − income − reserve."""
        return self.gross - self.income - self.reserve


class Portion(Struct, frozen=True):
    """What one key divides over the municipalities: a fixed part each, and the rest by `split`.

    `fixed` and `parts` are cents, shape (municipalities,); the parts sum to the `total`.
    """

    key: UnmixedKey
    fixed: Integers
    split: Split

    @property
    def parts(self) -> Integers:
        """Cents of each municipality."""
        return self.fixed + self.split.parts

    @property
    def total(self) -> int:
        """Cents of all together."""
        return int(self.fixed.sum()) + self.split.total


class Allocation(Struct, frozen=True):
    """One amount divided over the municipalities: all of it by one key, or by a mix a portion for each key."""

    portions: tuple[Portion, ...]

    @property
    def parts(self) -> Integers:
        """Cents of each municipality, shape (municipalities,); they sum to the amount."""
        first, *others = self.portions
        return sum((portion.parts for portion in others), first.parts)

    @property
    def total(self) -> int:
        """Cents of all together."""
        return sum(portion.total for portion in self.portions)

    @property
    def is_divided(self) -> bool:
        """False when nothing is: nobody has a weight."""
        return any(bool(portion.split.weights.any()) for portion in self.portions)


def vat_within(gross: int, percent: int) -> int:
    """The VAT in an amount that includes it: gross × percent ÷ (100 + percent), in whole cents."""
    return times_fraction(gross, percent, 100 + percent)


def budget_of(programme: Programme, population: Population) -> Budget:
    """What a programme costs, and what comes from others; see `_stated_budget`. Raises CannotBeMade when that leaves
    nothing to divide."""
    budget = _stated_budget(programme, population)
    # Also where it may be more than is counted on, something is left to divide.
    most = sum(row.cents if row.between is None else row.between[1] for row in programme.income)
    reserve = sum(row.cents for row in programme.reserve)
    if most >= budget.gross:
        raise CannotBeMade(IncomeAboveBudget(most, budget.gross))
    if most + reserve >= budget.gross:
        raise CannotBeMade(PaidOtherwiseAboveBudget(most + reserve, budget.gross))
    if reserve < 0 and budget.gross - reserve > LARGEST_AMOUNT:
        raise CannotBeMade(BudgetOutOfReach(budget.gross - reserve))
    return replace(budget, income=sum(row.cents for row in programme.income), reserve=reserve)


def _stated_budget(programme: Programme, population: Population) -> Budget:
    """Gross, net and VAT of a programme, from whichever of them the scenario states.

    gross = net × (1 + VAT); fixed + volume × price is net; a rate times all inhabitants, or what all tariffs come
    to, is gross. Raises CannotBeMade when that comes to nothing, or to more than `LARGEST_AMOUNT`.
    """
    percent, stated = programme.vat_percent, programme.budget
    match stated:
        case NetBudget(net):
            return _with_vat(net, percent)
        case VolumeBudget():
            return _with_vat(volume_cents(stated), percent)
        case GrossBudget(cents):
            gross = cents
        case RateBudget(rate):
            gross = int(rate_times(rate, programme.persons(population)))
        case TariffBudget():
            gross = _tariffs_together(programme, population)
        case _:
            assert_never(stated)
    _check_reach(gross)
    vat = vat_within(gross, percent)
    return Budget(gross, gross - vat, vat)


def _with_vat(net: int, percent: int) -> Budget:
    vat = times_fraction(net, percent, 100)
    _check_reach(net + vat)
    return Budget(net + vat, net, vat)


def _check_reach(gross: int) -> None:
    if not 0 < gross <= LARGEST_AMOUNT:
        raise CannotBeMade(BudgetOutOfReach(gross))


def _tariffs_together(programme: Programme, population: Population) -> int:
    """What all tariffs of a programme come to, in cents: of a key by which what each pays says what all pay."""
    pays = programme.pays(population)
    tariffs = [weights_of(key, population) * pays for key in unmixed_keys(programme.allocation)]
    return times_fraction(sum(int(tariff.sum()) for tariff in tariffs), 100, RATE_UNITS)


def grows_with_inhabitants(programme: Programme) -> bool:
    """Whether a budget follows the inhabitants: a rate for each of them, or the tariffs of all."""
    stated: StatedBudget = programme.budget
    match stated:
        case RateBudget():
            return True
        case TariffBudget():
            return not has_values_of_its_own(programme.allocation)
        case GrossBudget() | NetBudget() | VolumeBudget():
            return False
        case _:
            assert_never(stated)


def allocate(
    amount: int,
    key: AllocationKey,
    population: Population,
    taking_part: Integers,
    pieces: int,
) -> Allocation:
    """Divide `amount` cents over the municipalities by the part of the year in which they take part; by a mix first
    over its parts, by largest remainder.

    `taking_part` is that part as a whole number of equal pieces, of which the year has `pieces`, shape
    (municipalities,): 0 and 1, or days. Who takes part in fewer pieces weighs that much less, and has that much less
    of a fixed amount, which is for a whole year. Raises CannotBeMade when nobody has a weight, or the fixed amounts
    together are more than the amount.
    """
    return allocate_each([amount], key, population, taking_part, pieces)[0]


def allocate_each(
    amounts: Sequence[int],
    key: AllocationKey,
    population: Population,
    taking_part: Integers,
    pieces: int,
) -> list[Allocation]:
    """Divide every one of some amounts as `allocate` does, over the same municipalities, all together. Raises
    CannotBeMade when one of them cannot be divided."""
    by_key = zip(*(portions_of(amount, key) for amount in amounts), strict=True)
    portions = (
        _portions(cents, unmixed, population, taking_part, pieces)
        for cents, unmixed in zip(by_key, unmixed_keys(key), strict=True)
    )
    return [Allocation(of_an_amount) for of_an_amount in zip(*portions, strict=True)]


def portions_of(amount: int, key: AllocationKey) -> list[int]:
    """The cents of an amount that each key divides: by largest remainder to the shares of a mix, a tie to the larger
    share, then to the first; all of it by one key."""
    parts = parts_of(key)
    return [amount] if len(parts) == 1 else split(amount, [part.share for part in parts])[0].tolist()


def _portions(
    amounts: Sequence[int], key: UnmixedKey, population: Population, taking_part: Integers, pieces: int
) -> list[Portion]:
    for_each = fixed_part_of(key)
    fixed = np.zeros_like(taking_part) if for_each is None else _of_the_year(for_each, taking_part, pieces)
    together = int(fixed.sum())
    if together > min(amounts):
        raise CannotBeMade(FixedAboveBudget(together, min(amounts)))
    weights = weights_of(key, population) * taking_part
    try:
        splits = splits_with_steps([amount - together for amount in amounts], weights, population.codes)
        return [Portion(key, fixed, split) for split in splits]
    except CannotSplit as problem:
        raise CannotBeMade(NobodyPays() if problem.reason == "nobody_weighs" else WeightsTooLarge()) from None


def _of_the_year(cents: int, taking_part: Integers, pieces: int) -> Integers:
    """Of an amount for a whole year what is for the pieces of it in which each takes part, half a cent upwards."""
    of_the_year: Integers = (2 * cents * taking_part + pieces) // (2 * pieces)
    return of_the_year


def nothing_divided(key: AllocationKey, size: int) -> Allocation:
    """What stands in the place of a division among `size` municipalities that is not made: nothing for anybody."""
    nothing = np.zeros(size, dtype=np.int64)
    split_of_nothing = Split(0, nothing, nothing, nothing, 0, nothing, np.arange(size))
    return Allocation(tuple(Portion(unmixed, nothing, split_of_nothing) for unmixed in unmixed_keys(key)))


def weights_of(key: UnmixedKey, population: Population) -> Integers:
    """What an amount is divided pro rata to, shape (municipalities,): inhabitants, tariffs or a column."""
    match key:
        case PerInhabitant() | FixedPlusInhabitants():
            return population.inhabitants
        case Stepped():
            return stepped_tariff(key, population.inhabitants)
        case RatePerInhabitant(rate):
            return _CENT * rate_times(rate, population.inhabitants)
        case PerColumn(weights=weights):
            return weights.values
        case InhabitantsOn(counts=counts):
            return counts.values
        case FixedShares(parts=parts):
            return parts.values
        case FixedAmounts(cents=amounts):
            return _CENT * amounts.values
        case Products():
            return _CENT * products_in_cents(key)
        case StepAmounts():
            return _CENT * step_amounts(key, population.inhabitants)
        case _:
            assert_never(key)


def fixed_part_of(key: UnmixedKey) -> int | None:
    """What everybody pays before the rest is divided, in cents for a whole year; None for a key without."""
    match key:
        case FixedPlusInhabitants(fixed):
            return fixed
        case PerInhabitant() | InhabitantsOn() | Stepped() | RatePerInhabitant() | PerColumn():
            return None
        case FixedShares() | FixedAmounts() | Products() | StepAmounts():
            return None
        case _:
            assert_never(key)


def weighing_of(key: UnmixedKey) -> Weighing:
    """What the weights of a key are."""
    match key:
        case PerInhabitant() | FixedPlusInhabitants():
            return "inhabitants"
        case Stepped() | RatePerInhabitant() | FixedAmounts() | Products() | StepAmounts():
            return "tariff"
        case PerColumn() | FixedShares() | InhabitantsOn():
            return "column"
        case _:
            assert_never(key)


def follows_inhabitants(key: UnmixedKey) -> bool:
    """Whether what somebody pays by a key follows from the inhabitants on the reference date."""
    match key:
        case PerInhabitant() | FixedPlusInhabitants() | Stepped() | RatePerInhabitant() | StepAmounts():
            return True
        case PerColumn() | FixedShares() | InhabitantsOn() | FixedAmounts() | Products():
            return False
        case _:
            assert_never(key)


def has_one_rate(key: AllocationKey) -> bool:
    """Whether everybody pays the same per inhabitant, but for cents."""
    # The portions of a mix are rounded each for itself.
    unmixed, *others = unmixed_keys(key)
    by_inhabitants = weighing_of(unmixed) == "inhabitants" and fixed_part_of(unmixed) is None
    return price_of(key) is not None or (by_inhabitants and not others)


def price_of(key: AllocationKey) -> int | None:
    """What each pays per inhabitant whoever else takes part, in ten-thousandths of a euro; None for a key by which all
    pay an amount together."""
    match key:
        case RatePerInhabitant(rate):
            return rate
        case PerInhabitant() | InhabitantsOn() | Stepped() | FixedPlusInhabitants() | PerColumn():
            return None
        case FixedShares() | FixedAmounts() | Products() | StepAmounts() | Mix():
            return None
        case _:
            assert_never(key)


def stepped_tariff(key: Stepped, inhabitants: Integers) -> Integers:
    """The tariff of each municipality in ten-thousandths of a euro, shape (municipalities,).

    ``part``: every class counts the inhabitants that fall within it. ``all``: the class of the whole
    municipality sets the rate for all its inhabitants.
    """
    lower = np.array([0, *(bracket.up_to or 0 for bracket in key.brackets[:-1])], dtype=np.int64)
    rates = np.array([bracket.rate for bracket in key.brackets], dtype=np.int64)
    if key.applies_to == "all":
        return rates[np.searchsorted(lower, inhabitants, side="left") - 1] * inhabitants
    upper = np.append(lower[1:], np.iinfo(np.int64).max)
    within = np.clip(inhabitants[:, None], lower, upper) - lower
    total: Integers = (within * rates).sum(axis=1)
    return total


def products_in_cents(key: Products) -> Integers:
    """What each pays for the units that it takes, in whole cents, half a cent up; shape (municipalities,)."""
    of = key.parts * key.years
    whole, rest = np.divmod(key.units.values, of)
    # Whole cents of whole units first: int64 would not hold all of it times `of`.
    cents, units_over = np.divmod(key.price * whole, _CENT)
    over = units_over * of + key.price * rest
    rounded: Integers = cents + (2 * over + _CENT * of) // (2 * _CENT * of)
    return rounded


def step_amounts(key: StepAmounts, inhabitants: Integers) -> Integers:
    """The amount of each municipality's size class, in cents, shape (municipalities,); without inhabitants that of the
    first class."""
    lower = np.array([0, *(step.up_to or 0 for step in key.steps[:-1])], dtype=np.int64)
    amounts = np.array([step.cents for step in key.steps], dtype=np.int64)
    return amounts[np.searchsorted(lower, np.maximum(inhabitants, 1), side="left") - 1]
