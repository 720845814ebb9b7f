"""Why inhabitants cannot be projected."""

from __future__ import annotations

from msgspec import Struct


class YearsOutOfReach(Struct, frozen=True):
    """These years are not among those that can be projected: 1 to `most` after `base`, the year of the last count."""

    years: tuple[int, ...]
    base: int
    most: int


class TooFewYears(Struct, frozen=True):
    """The years from `first` to `last` are too few to project so many years ahead: `needed` are needed."""

    first: int
    last: int
    ahead: int
    needed: int


ProjectionProblem = YearsOutOfReach | TooFewYears


class CannotProject(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """Inhabitants that cannot be projected, and why."""

    def __init__(self, problem: ProjectionProblem) -> None:
        super().__init__(problem)
        self.problem = problem
