"""Why inhabitants cannot be projected, in sentences."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.projection import ProjectionProblem, TooFewYears, YearsOutOfReach
from gguplan.language import _, plural


def problem_in_words(problem: ProjectionProblem) -> str:
    """Why inhabitants cannot be projected."""
    match problem:
        case YearsOutOfReach(years, base, most):
            return _(
                "Inhabitants can be projected from {first} to {last}, not to {years}: the last count is that of "
                "1 January {base}, and past errors say too little about more than {most} years ahead.",
                first=base + 1,
                last=base + most,
                years=", ".join(map(str, years)) or "-",
                base=base,
                most=most,
            )
        case TooFewYears(first, last, ahead, needed):
            return plural(
                "{first} to {last} are too few years to project one year ahead: {needed} are needed.",
                "{first} to {last} are too few years to project {count} years ahead: {needed} are needed.",
                ahead,
                first=first,
                last=last,
                needed=needed,
            )
        case _:
            assert_never(problem)
