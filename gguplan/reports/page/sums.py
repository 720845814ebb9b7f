"""What the page needs to write down the sum behind each figure, as the model made it; it adds nothing up itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from gguplan.inputs.scenario.allocation_keys import FixedPlusInhabitants, Stepped
from gguplan.inputs.scenario.schema import VAT_PERCENT
from gguplan.model.allocation import Mask
from gguplan.model.explanation.division import division_steps, fixed_step, left_over_step, weight_steps
from gguplan.model.explanation.participation import lapse_step, opt_out_steps
from gguplan.model.explanation.step import Step
from gguplan.model.explanation.tree import budget_step
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.money import Integers
from gguplan.reports.page.columns import Pool

_DIGITS_BEHIND_A_CENT = 10_000
"""The exact share is shown in millionths of a euro: four decimals behind the cents."""


def sum_behind(result: RunResult, one: ProgrammeResult, pool: Pool) -> dict[str, Any]:
    """The ingredients of a programme's sum for every municipality.

    Columns and steps are places in the pool; ``instead``, ``before`` and ``after`` are steps by the place of a
    municipality, where it has any: instead of the division, before it and after it.
    """
    participation, key = one.participation, one.programme.allocation
    allocation, split = participation.allocation, participation.allocation.split
    weights = int(split.weights.sum())
    digits, rest = _decimals(split.remainder, weights)
    places = range(len(result.population.municipalities))
    takes_part = participation.taking_part > 0
    first = int(np.argmax(takes_part))
    left_over = left_over_step(result, one, first)
    return {
        "budget": pool.step(budget_step(result, one)),
        "total": split.total,
        "weights": weights,
        "weighs": "tariff" if isinstance(key, Stepped) else "number",
        "weight": pool.column(split.weights),
        "whole": pool.column(split.whole),
        "remainder": pool.column(split.remainder),
        "digits": pool.column(digits),
        "ends": np.flatnonzero(~rest).tolist(),
        "rank": pool.column(split.rank) if split.left_over else None,
        "left_over": split.left_over,
        "in_queue": int(np.count_nonzero(split.weights)),
        "why": [pool.step(step) for step in left_over.behind] if split.left_over else pool.step(left_over),
        "part": pool.column(allocation.parts),
        "fixed": {place: pool.step(fixed_step(result, one, key, place)) for place in places if takes_part[place]}
        if isinstance(key, FixedPlusInhabitants)
        else None,
        "percent": VAT_PERCENT[one.programme.vat],
        "instead": _steps(
            {place: division_steps(result, one, place) for place in places if not takes_part[place]}, pool
        ),
        "before": _steps({place: weight_steps(result, one, place) for place in places if takes_part[place]}, pool),
        "after": _steps({place: _after(result, one, place) for place in places}, pool),
    }


def _after(result: RunResult, one: ProgrammeResult, place: int) -> list[Step]:
    steps = opt_out_steps(result, one, place) if one.participation.outside[place] else []
    return [*steps, lapse_step(one, place)] if one.participation.lapsed else steps


def _steps(steps: dict[int, list[Step]], pool: Pool) -> dict[int, list[int]]:
    return {place: [pool.step(step) for step in some] for place, some in steps.items() if some}


def _decimals(remainder: Integers, weights: int) -> tuple[Integers, Mask]:
    """The four decimals behind the whole cents, cut off, and whether more follow; shape (municipalities,)."""
    # Python's whole numbers: a remainder of weights times ten thousand can pass int64.
    told = [divmod(int(one) * _DIGITS_BEHIND_A_CENT, weights) for one in remainder.tolist()]
    return np.array([digits for digits, _rest in told]), np.array([rest > 0 for _digits, rest in told], dtype=np.bool_)
