"""How a budget comes to one municipality's part: the fixed part, the division, the cents left over."""

from __future__ import annotations

from typing import assert_never

import numpy as np

from gguplan.fund.allocation_keys import (
    FixedAmounts,
    FixedPlusInhabitants,
    FixedShares,
    InhabitantsOn,
    PartOfMix,
    PerColumn,
    PerInhabitant,
    Products,
    RatePerInhabitant,
    StepAmounts,
    Stepped,
    UnmixedKey,
    parts_of,
)
from gguplan.fund.municipalities import Population
from gguplan.fund.steps.division import (
    CentsLeftOver,
    EndOfCents,
    NoMemberOfTheProgramme,
    NotDivided,
    OrderOfQueue,
    OutsideTheWholeYear,
    Part,
    PlaceInQueue,
    PortionOfMix,
    Share,
    WholeCents,
)
from gguplan.fund.steps.step import Step
from gguplan.fund.steps.weight import (
    AmountAgreed,
    AmountOfStep,
    CountOfItsOwn,
    FixedAmount,
    ProductsTaken,
    ShareAgreed,
    Tariff,
    TariffInCents,
    TariffOfBracket,
    WeighsNothing,
    WeightForDays,
    WeightOfColumn,
    WeightsTogether,
)
from gguplan.model.allocation import Portion, fixed_part_of, weighing_of, weights_of
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.money import RATE_UNITS, times_fraction


def division_steps(result: RunResult, billed: ProgrammeResult, position: int) -> list[Step]:
    """How the budget comes to this municipality's part: fixed part, division, left-over cents."""
    participation = billed.participation
    allocation = participation.allocation
    if not allocation.is_divided:
        return [Step(NotDivided(), 0)]
    if not billed.programme.pays(result.population)[position]:
        return [Step(NoMemberOfTheProgramme(), 0)]
    if participation.taking_part[position] == 0:
        return [Step(OutsideTheWholeYear(), 0)]
    part = int(allocation.parts[position])
    portions, parts = allocation.portions, parts_of(billed.programme.allocation)
    if len(parts) == 1:
        steps = portion_steps(result, billed, portions[0], position)
    else:
        whole = sum(of_mix.share for of_mix in parts)
        steps = [
            _portion_step(result, billed, portion, of_mix, whole, position)
            for portion, of_mix in zip(portions, parts, strict=True)
        ]
    return [*steps, Step(Part(part), part)]


def _portion_step(
    result: RunResult, billed: ProgrammeResult, portion: Portion, of_mix: PartOfMix, whole: int, position: int
) -> Step:
    """What this municipality has of the portion that one key of a mix divides."""
    together, part = billed.participation.allocation.total, int(portion.parts[position])
    line = PortionOfMix(together, of_mix.share, whole, portion.total, portion.key, part)
    return Step(line, part, tuple(portion_steps(result, billed, portion, position)))


def portion_steps(result: RunResult, billed: ProgrammeResult, portion: Portion, position: int) -> list[Step]:
    """How what one key divides comes to this municipality: fixed part, weight, share."""
    split, steps = portion.split, []
    if (fixed := fixed_part_of(portion.key)) is not None:
        steps.append(fixed_step(result, billed, portion, fixed, position))
    steps += weight_steps(result, billed, portion, position)
    whole, remainder = int(split.whole[position]), int(split.remainder[position])
    weight, weights = int(split.weights[position]), int(split.weights.sum())
    if not weight:
        return [*steps, Step(WeighsNothing(), 0)]
    if states_what_is_paid(portion):
        return steps
    behind = (
        Step(WholeCents(split.total, weight, weights, whole, remainder), whole),
        left_over_step(result, portion, position),
    )
    share = Share(split.total, weight, weights, weighing_of(portion.key))
    return [*steps, Step(share, int(split.parts[position]), behind)]


def states_what_is_paid(portion: Portion) -> bool:
    """Whether the weights are what each pays, and together what is divided: then nothing is divided after that."""
    if weighing_of(portion.key) != "tariff":
        return False
    return np.array_equal(portion.split.weights * 100, portion.split.parts * RATE_UNITS)


def fixed_step(result: RunResult, billed: ProgrammeResult, portion: Portion, whole_year: int, position: int) -> Step:
    """The fixed amount of this municipality, of `whole_year` cents or for the days for which it is weighed."""
    participation = billed.participation
    fixed = int(portion.fixed[position])
    line = FixedAmount(
        whole_year,
        int(participation.weighed[position]),
        result.fund_year.days,
        fixed,
        None if participation.pieces > 1 else int(np.count_nonzero(participation.taking_part)),
        portion.split.total,
    )
    return Step(line, fixed)


def weight_steps(result: RunResult, billed: ProgrammeResult, portion: Portion, position: int) -> list[Step]:
    """How the weight comes about, and that of all together; empty where these are simply the inhabitants."""
    return [*own_weight(result, billed, portion, position), *weights_together(result, billed, portion)]


def weights_together(result: RunResult, billed: ProgrammeResult, portion: Portion) -> list[Step]:
    """What the municipalities among which is divided weigh together, where some are outside and are not invoiced."""
    participation, split = billed.participation, portion.split
    payers = billed.programme.pays(result.population)
    missing = np.flatnonzero((participation.taking_part < participation.pieces) & payers)
    if not missing.size and payers.all():
        return []
    line = WeightsTogether(
        int(split.weights.sum()),
        weighing_of(portion.key),
        int(np.count_nonzero(split.weights)),
        int(np.count_nonzero(split.weights * result.population.is_body)),
        tuple(result.population.municipalities[position].name for position in missing.tolist()),
        participation.pieces == 1,
    )
    return [Step(line)]


def own_weight(result: RunResult, billed: ProgrammeResult, portion: Portion, position: int) -> list[Step]:
    """How the weight of one municipality comes about; empty where it is simply its inhabitants."""
    key, population, participation = portion.key, result.population, billed.participation
    own = int(weights_of(key, population)[position])
    of_key = _by_the_key(key, own, population, position)
    if participation.pieces > 1:
        days = int(participation.weighed[position])
        line = WeightForDays(
            days,
            result.fund_year.days,
            own,
            weighing_of(key),
            int(participation.taking_part[position]),
            # Days that a refund, shrink or absorb takes off afterwards weigh as well.
            takes_part=days + int(participation.days_outside[position]) == result.fund_year.days,
        )
        return [*of_key, Step(line)]
    return of_key


def _by_the_key(key: UnmixedKey, own: int, population: Population, position: int) -> list[Step]:
    """How a key gives a municipality the weight `own`; empty where that is simply its inhabitants."""
    match key:
        case PerInhabitant() | FixedPlusInhabitants():
            return []
        case InhabitantsOn(year=year, meant=meant):
            return [Step(CountOfItsOwn(own, year, meant))]
        case PerColumn(stands=stands):
            return [Step(WeightOfColumn(own, stands.column, stands.file))]
        case FixedShares(whole=whole, stands=column):
            return [Step(ShareAgreed(own, whole, column))]
        case FixedAmounts(stands=column):
            return [Step(AmountAgreed(own * 100 // RATE_UNITS, column))]
        case Products(units, parts, years, price, column):
            cents = own * 100 // RATE_UNITS
            return [Step(ProductsTaken(int(units.values[position]), parts, years, price, cents, column))]
        case StepAmounts():
            return [Step(_step_of(key, int(population.inhabitants[position])))]
        case Stepped():
            return [Step(Tariff(own), behind=_tariff_steps(key, int(population.inhabitants[position])))]
        case RatePerInhabitant(rate):
            cents = times_fraction(own, 100, RATE_UNITS)
            return [Step(TariffInCents(int(population.inhabitants[position]), rate, cents))]
        case _:
            assert_never(key)


def _step_of(key: StepAmounts, inhabitants: int) -> AmountOfStep:
    """The size class that a municipality falls in."""
    above = 0
    for step in key.steps[:-1]:
        if step.up_to is not None and inhabitants <= step.up_to:
            return AmountOfStep(inhabitants, above, step.up_to, step.cents)
        above = step.up_to or above
    return AmountOfStep(inhabitants, above, None, key.steps[-1].cents)


def _tariff_steps(key: Stepped, inhabitants: int) -> tuple[Step, ...]:
    """What a municipality pays in each size class that counts for it."""
    lines, lower = [], 0
    for bracket in key.brackets:
        upper = bracket.up_to
        reached = inhabitants > lower
        if key.applies_to == "part" and reached:
            lines.append(TariffOfBracket(min(inhabitants, upper or inhabitants) - lower, bracket.rate))
        elif reached and (upper is None or inhabitants <= upper):
            lines.append(TariffOfBracket(inhabitants, bracket.rate))
        lower = upper or lower
    return tuple(Step(line) for line in lines)


def left_over_step(result: RunResult, portion: Portion, position: int) -> Step:
    """Whether this municipality gets one of the cents that are left over, and why."""
    split = portion.split
    left_over = CentsLeftOver(split.total, int(split.whole.sum()), split.left_over)
    if split.left_over == 0:
        return Step(left_over, 0)
    rank = int(split.rank[position])
    municipalities = result.population.municipalities
    last, first_without = (
        int(np.flatnonzero(split.rank == place)[0])
        for place in (split.left_over, min(split.left_over + 1, len(municipalities)))
    )
    gets_a_cent = rank <= split.left_over
    end = EndOfCents(
        municipalities[last].name,
        int(split.remainder[last]),
        municipalities[first_without].name,
        int(split.remainder[first_without]),
    )
    return Step(
        PlaceInQueue(rank, int(np.count_nonzero(split.weights)), gets_a_cent),
        int(gets_a_cent),
        (Step(left_over), Step(end), Step(OrderOfQueue())),
    )
