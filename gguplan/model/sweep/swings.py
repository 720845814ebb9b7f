"""One at a time: what each factor does by itself, with everything else as the scenario has it (a tornado)."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gguplan.inputs.findings import Findings
from gguplan.inputs.sweep.factors import AS_WRITTEN, Factor
from gguplan.language import _, current_language
from gguplan.model.sweep.execution import work_out_block
from gguplan.model.sweep.kernel import Task
from gguplan.model.sweep.outcomes import Outcomes


@dataclass(frozen=True)
class Swing:
    """What one factor does to one outcome, in cents: at its lowest and highest value, or with the choices that give
    the least and the most. `low` and `high` are those values, as ``--set`` writes them."""

    factor: Factor
    low: str
    high: str
    low_cents: int
    high_cents: int

    @property
    def width(self) -> int:
        """Cents between the two."""
        return abs(self.high_cents - self.low_cents)


@dataclass(frozen=True)
class OneAtATime:
    """The outcomes of the scenario as it is (the first row), and of each factor at each of its ends (`ends`: which
    factor has which value in the other rows)."""

    factors: tuple[Factor, ...]
    outcomes: Outcomes
    ends: tuple[tuple[int, int], ...]

    def base(self, column: str) -> int:
        """What the scenario as it is comes to."""
        return int(self.outcomes.column(column)[0])

    def swings(self, column: str) -> tuple[Swing, ...]:
        """The swing of every factor, the widest first."""
        cents = self.outcomes.column(column)[1:].tolist()
        found = []
        for place, factor in enumerate(self.factors):
            rows = [row for row, (which, _value) in enumerate(self.ends) if which == place]
            if factor.choices:
                rows.sort(key=lambda row: (cents[row], row))
            first, last = rows[0], rows[-1]
            low, high = (factor.text(self.ends[row][1]) for row in (first, last))
            found.append(Swing(factor, low, high, cents[first], cents[last]))
        return tuple(sorted(found, key=lambda one: -one.width))


def one_at_a_time(task: Task) -> OneAtATime:
    """Work every factor out by itself. Raises InputError, where its value is written, for a sum that cannot be made."""
    ends = tuple((place, value) for place, one in enumerate(task.factors) for value in one.ends())
    variants = np.full((1 + len(ends), len(task.factors)), AS_WRITTEN, dtype=np.int64)
    for row, (place, value) in enumerate(ends, start=1):
        variants[row, place] = value
    _number, outcomes = work_out_block(pickle.dumps(task), 0, variants.tolist())
    _fail_if_a_sum_cannot_be_made(task.factors, ends, outcomes.problems[1:])
    return OneAtATime(task.factors, outcomes, ends)


def _fail_if_a_sum_cannot_be_made(
    factors: Sequence[Factor], ends: Sequence[tuple[int, int]], problems: Sequence[tuple[str, str]]
) -> None:
    findings = Findings()
    for (place, value), (english, dutch) in zip(ends, problems, strict=True):
        if english:
            findings.add(
                factors[place].place,
                _(
                    "With {value}: {what}",
                    value=factors[place].text(value)[:100],
                    what=dutch if current_language() == "nl" else english,
                ),
                _("Change the bounds or the choices."),
            )
    findings.raise_if_any()
