"""How a budget comes to one municipality's part: the fixed part, the division, the cents left over."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

import numpy as np

from gguplan.fund.allocation_keys import AllocationKey, FixedPlusInhabitants, PerColumn, PerInhabitant, Stepped
from gguplan.inputs.population.municipalities import shortlist
from gguplan.language import _, plural
from gguplan.model.allocation import fixed_part_of, weighing_of, weights_of
from gguplan.model.explanation.step import Step
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.wording.amounts import format_euros, format_number, format_rate


def division_steps(result: RunResult, one: ProgrammeResult, position: int) -> list[Step]:
    """How the budget comes to this municipality's part: fixed part, division, left-over cents."""
    participation, key = one.participation, one.programme.allocation
    allocation, split = participation.allocation, participation.allocation.split
    if not allocation.is_divided:
        return [Step(_("not divided: nobody is invoiced"), 0)]
    if participation.taking_part[position] == 0:
        return [Step(_("outside this programme: pays nothing, the others pay the whole budget"), 0)]
    steps = []
    if (fixed := fixed_part_of(key)) is not None:
        steps.append(fixed_step(result, one, fixed, position))
    steps += weight_steps(result, one, position)
    whole, remainder = int(split.whole[position]), int(split.remainder[position])
    weight, weights = int(split.weights[position]), int(split.weights.sum())
    part = int(split.parts[position])
    steps.append(
        Step(
            _(
                "{total} × {weight} ÷ {weights} = {exact}",
                total=format_euros(split.total),
                weight=_weight_text(key, weight),
                weights=_weight_text(key, weights),
                exact=_exact(split.total, weight, weights),
            ),
            part,
            (
                Step(
                    _(
                        "whole cents: {total} × {weight} ÷ {weights} = {whole}, remainder {remainder}",
                        total=split.total,
                        weight=weight,
                        weights=weights,
                        whole=whole,
                        remainder=remainder,
                    ),
                    whole,
                ),
                left_over_step(result, one, position),
            ),
        )
    )
    steps.append(
        Step(
            _("part: {amount}", amount=format_euros(part + int(allocation.fixed[position]))),
            part + int(allocation.fixed[position]),
        )
    )
    return steps


def fixed_step(result: RunResult, one: ProgrammeResult, whole_year: int, position: int) -> Step:
    """The fixed amount of this municipality, of `whole_year` cents or for the days for which it is weighed."""
    allocation = one.participation.allocation
    days, fixed = int(one.participation.weighed[position]), int(allocation.fixed[position])
    rest = format_euros(allocation.split.total)
    if days < result.inputs.days:
        text = _(
            "fixed amount: {whole} × {days} ÷ {year} = {fixed}; {rest} is left to divide",
            whole=format_euros(whole_year),
            days=days,
            year=result.inputs.days,
            fixed=format_euros(fixed),
            rest=rest,
        )
    elif one.participation.pieces > 1:
        text = _(
            "fixed amount: {fixed} for a whole year; {rest} is left to divide", fixed=format_euros(fixed), rest=rest
        )
    else:
        text = _(
            "fixed amount: {fixed} for each of {count} municipalities; {rest} is left to divide",
            fixed=format_euros(fixed),
            count=int(np.count_nonzero(one.participation.taking_part)),
            rest=rest,
        )
    return Step(text, fixed)


def weight_steps(result: RunResult, one: ProgrammeResult, position: int) -> list[Step]:
    """How the weight comes about, and that of all together; empty where these are simply the inhabitants."""
    return [*_own_weight(result, one, position), *_all_weights(result, one)]


def _all_weights(result: RunResult, one: ProgrammeResult) -> list[Step]:
    """What the municipalities among which is divided weigh together, where some are outside and are not invoiced."""
    participation, split = one.participation, one.participation.allocation.split
    missing = np.flatnonzero(participation.taking_part < participation.pieces)
    if not missing.size:
        return []
    names = shortlist([result.population.municipalities[place].name for place in missing.tolist()])
    key = one.programme.allocation
    together = _weight_text(key, int(split.weights.sum()))
    values = {"weights": together, "names": names, "count": int(np.count_nonzero(split.weights))}
    if participation.pieces > 1:
        return [Step(_("together: {weights} of {count} municipalities; not the whole year: {names}", **values))]
    if weighing_of(key) == "inhabitants":
        return [Step(_("{weights} inhabitants in {count} municipalities; outside: {names}", **values))]
    return [Step(_("together: {weights} of {count} municipalities; outside: {names}", **values))]


def _own_weight(result: RunResult, one: ProgrammeResult, position: int) -> list[Step]:
    key, population = one.programme.allocation, result.population
    participation, own = one.participation, int(weights_of(key, population)[position])
    if participation.pieces > 1:
        part, days = int(participation.taking_part[position]), int(participation.weighed[position])
        values = {
            "days": days,
            "year": result.inputs.days,
            "weight": format_number(own),
            "part": part,
            "together": format_number(own * part),
        }
        if days + int(participation.days_outside[position]) == result.inputs.days:
            return [Step(_("takes part on {days} of {year} days: weight {weight} × {part} = {together}", **values))]
        # Days that a refund, shrink or absorb takes off afterwards weigh as well.
        return [Step(_("is weighed for {days} of {year} days: weight {weight} × {part} = {together}", **values))]
    match key:
        case PerInhabitant() | FixedPlusInhabitants():
            return []
        case PerColumn(file, column):
            values = {"weight": format_number(own), "column": column, "file": file}
            return [Step(_("weight: {weight} (column {column} of {file})", **values))]
        case Stepped():
            lines = _tariff_steps(key, int(population.inhabitants[position]))
            return [Step(_("tariff: {tariff}", tariff=format_rate(own)), None, lines)]
        case _:
            assert_never(key)


def _tariff_steps(key: Stepped, inhabitants: int) -> tuple[Step, ...]:
    """What a municipality pays in each size class that counts for it."""
    lines, lower = [], 0
    for bracket in key.brackets:
        upper = bracket.up_to
        reached = inhabitants > lower
        if key.applies_to == "part" and reached:
            within = min(inhabitants, upper or inhabitants) - lower
            lines.append((within, bracket.rate))
        elif reached and (upper is None or inhabitants <= upper):
            lines.append((inhabitants, bracket.rate))
        lower = upper or lower
    return tuple(
        Step(
            _(
                "{count} inhabitants × {rate} = {tariff}",
                count=format_number(count),
                rate=format_rate(rate),
                tariff=format_rate(count * rate),
            )
        )
        for count, rate in lines
    )


def _weight_text(key: AllocationKey, weight: int) -> str:
    return format_rate(weight) if weighing_of(key) == "tariff" else format_number(weight)


def _exact(total: int, weight: int, weights: int) -> str:
    """The exact share in euros, cut off after six decimals where it goes on."""
    millionths, rest = divmod(total * weight * 10_000, weights)
    return f"€ {format_number(Decimal(millionths) / 1_000_000)}{'…' if rest else ''}"


def left_over_step(result: RunResult, one: ProgrammeResult, position: int) -> Step:
    """Whether this municipality gets one of the cents that are left over, and why."""
    split = one.participation.allocation.split
    count = int(np.count_nonzero(split.weights))
    handed_out = int(split.whole.sum())
    head = plural(
        "all whole cents together are {whole}; {count} cent of {total} is left over",
        "all whole cents together are {whole}; {count} cents of {total} are left over",
        split.left_over,
        whole=handed_out,
        total=split.total,
    )
    if split.left_over == 0:
        return Step(head, 0)
    rank = int(split.rank[position])
    names = result.population.municipalities
    last, first_without = (
        int(np.flatnonzero(split.rank == place)[0]) for place in (split.left_over, min(split.left_over + 1, len(names)))
    )
    gets = rank <= split.left_over
    verdict = (
        _("number {rank} of {count} in the queue by largest remainder: one cent more", rank=rank, count=count)
        if gets
        else _("number {rank} of {count} in the queue by largest remainder: no cent", rank=rank, count=count)
    )
    border = _(
        "the last to get one is {name} (remainder {remainder}), the first without is {other} "
        "(remainder {other_remainder})",
        name=names[last].name,
        remainder=int(split.remainder[last]),
        other=names[first_without].name,
        other_remainder=int(split.remainder[first_without]),
    )
    rule = _("equal remainders: the larger weight goes first, then the lower CBS code")
    return Step(verdict, int(gets), (Step(head), Step(border), Step(rule)))
