"""What comes of a cascade, beside amounts in which everybody still takes part, and why one cannot be worked out."""

from __future__ import annotations

from dataclasses import dataclass

from gguplan.fund.thresholds import Threshold


@dataclass(frozen=True)
class NoOneRate:
    """The programme is not divided pro rata to inhabitants, so it has no one rate that rises."""

    programme: str


@dataclass(frozen=True)
class NobodyToStart:
    """Nobody takes part in the programme the whole year."""

    programme: str


@dataclass(frozen=True)
class TooManyDraws:
    """So many draws for each of so many cascades are more than `most` together."""

    draws: int
    cascades: int
    most: int


CascadeProblem = NoOneRate | NobodyToStart | TooManyDraws


class NoCascades(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """Cascades that cannot be worked out; `problems` are all that is wrong with them."""

    def __init__(self, problems: tuple[CascadeProblem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True)
class LimitsDrawn:
    """Limits are drawn, and of so many draws the one that ends in the middle counts."""

    draws: int
    seed: int


@dataclass(frozen=True)
class CannotBe:
    """The cascade cannot be worked out."""

    problem: CascadeProblem


@dataclass(frozen=True)
class NobodyLeaves:
    """Everybody accepts the rate."""


@dataclass(frozen=True)
class EverybodyLeaves:
    """Nobody is left of the `municipalities` that took part."""

    municipalities: int


@dataclass(frozen=True)
class SomeLeave:
    """Some of `starting` municipalities leave, of which `largest` are the largest by name.

    The rates are those of the first and the last round, in ten-thousandths of a euro per inhabitant. `unmet` is
    the threshold of the programme where too few are then left for it, else None.
    """

    municipalities: int
    starting: int
    largest: tuple[str, ...]
    first_rate: int
    last_rate: int
    unmet: Threshold | None


CascadeEnd = CannotBe | NobodyLeaves | EverybodyLeaves | SomeLeave


@dataclass(frozen=True)
class CascadeBeside:
    """The cascade of the programme called `title`, beside amounts from before it; `drawn` is None where every limit is
    given."""

    title: str
    drawn: LimitsDrawn | None
    end: CascadeEnd
