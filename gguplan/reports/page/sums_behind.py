"""What the page needs to write down the sum behind each figure, as the model made it; it adds nothing up itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from gguplan.fund.steps.step import Step
from gguplan.model.allocation import Mask, fixed_part_of, weighing_of
from gguplan.model.carried_bills import CarriedBills, CarriedProgramme
from gguplan.model.explanation.division import (
    division_steps,
    fixed_step,
    left_over_step,
    own_weight,
    states_what_is_paid,
    weights_together,
)
from gguplan.model.explanation.predecessors import predecessor_steps
from gguplan.model.explanation.tree import budget_step, steps_after_the_division
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.money import Integers
from gguplan.reports.page.pool import Pool

_DIGITS_BEHIND_A_CENT = 10_000
"""The exact share is shown in millionths of a euro: four decimals behind the cents."""


def sum_behind(bills: CarriedBills, carried: CarriedProgramme, pool: Pool) -> dict[str, Any]:
    """The ingredients of a programme's sum for every municipality.

    Columns and steps are places in the pool; ``instead``, ``before`` and ``after`` are steps by the place of a
    municipality, where it has any: instead of the division, before it and after it. ``added_up`` are the places of
    those that have the bills of others together: a line for each of these stands instead of a division of its own.
    """
    result, programme = bills.result, carried.billed
    allocation = programme.participation.allocation
    # A sum of several portions, and one that says itself what is paid, stands step by step instead of in columns.
    portion, *other_portions = allocation.portions
    key, split = portion.key, portion.split
    weights = int(split.weights.sum())
    digits, rest = _decimals(split.remainder, weights)
    places = range(len(bills.later.municipalities))
    # Where each stands among those that were billed; None for one that has the bills of others together.
    billed_at = [bills.succession.goes_on_alone(place) for place in places]
    own = {place: billed for place, billed in enumerate(billed_at) if billed is not None}
    added_up = [place for place in places if place not in own]
    takes_part = split.weights > 0
    in_columns = np.zeros_like(takes_part) if other_portions or states_what_is_paid(portion) else takes_part
    first = int(np.argmax(takes_part))
    left_over = left_over_step(result, portion, first)
    together = weights_together(result, programme, portion)
    return {
        "budget": pool.step(budget_step(result, programme)),
        "total": split.total,
        "weights": weights,
        "weighs": "tariff" if weighing_of(key) == "tariff" else "number",
        "weight": pool.column(_at(split.weights, billed_at)),
        "whole": pool.column(_at(split.whole, billed_at)),
        "remainder": pool.column(_at(split.remainder, billed_at)),
        "digits": pool.column(_at(digits, billed_at)),
        "ends": [place for place, billed in own.items() if not rest[billed]],
        "rank": pool.column(_at(split.rank, billed_at)) if split.left_over else None,
        "left_over": split.left_over,
        "in_queue": int(np.count_nonzero(split.weights)),
        "why": [pool.step(step) for step in left_over.behind] if split.left_over else pool.step(left_over),
        "part": pool.column(_at(allocation.parts, billed_at)),
        "fixed": _fixed(
            result, programme, {place: billed for place, billed in own.items() if in_columns[billed]}, pool
        ),
        "percent": programme.programme.vat_percent,
        "instead": _steps(
            {
                place: division_steps(result, programme, billed)
                for place, billed in own.items()
                if not in_columns[billed]
            }
            | {place: predecessor_steps(bills, carried, place) for place in added_up},
            pool,
        ),
        "before": _steps(
            {
                place: [*own_weight(result, programme, portion, billed), *together]
                for place, billed in own.items()
                if in_columns[billed]
            },
            pool,
        ),
        "after": _steps(
            {place: steps_after_the_division(result, programme, billed) for place, billed in own.items()}, pool
        ),
        "added_up": added_up,
    }


def _at(values: Integers, positions: Sequence[int | None]) -> Integers:
    """The values of some positions, 0 where there is none."""
    return np.array([0 if position is None else values[position] for position in positions], dtype=np.int64)


def _fixed(result: RunResult, programme: ProgrammeResult, places: dict[int, int], pool: Pool) -> dict[int, int] | None:
    portion = programme.participation.allocation.portions[0]
    fixed = fixed_part_of(portion.key)
    if fixed is None:
        return None
    return {place: pool.step(fixed_step(result, programme, portion, fixed, billed)) for place, billed in places.items()}


def _steps(steps: dict[int, list[Step]], pool: Pool) -> dict[int, list[int]]:
    return {place: [pool.step(step) for step in some] for place, some in steps.items() if some}


def _decimals(remainder: Integers, weights: int) -> tuple[Integers, Mask]:
    """The four decimals behind the whole cents, cut off, and whether more follow; shape (municipalities,)."""
    # Python's whole numbers: a remainder of weights times ten thousand can pass int64.
    digits_and_rests = [divmod(int(rest) * _DIGITS_BEHIND_A_CENT, max(weights, 1)) for rest in remainder.tolist()]
    return np.array([digits for digits, _rest in digits_and_rests]), np.array(
        [rest > 0 for _digits, rest in digits_and_rests], dtype=np.bool_
    )
