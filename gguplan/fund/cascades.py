"""What comes of a cascade, beside amounts in which everybody still takes part, and why one cannot be worked out."""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.thresholds import Threshold


class NoOneRate(Struct, frozen=True):
    """The programme is not divided pro rata to inhabitants, so it has no one rate that rises."""

    programme: str


class NobodyToStart(Struct, frozen=True):
    """Nobody takes part in the programme the whole year."""

    programme: str


class TooManyDraws(Struct, frozen=True):
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


class LimitsDrawn(Struct, frozen=True):
    """Limits are drawn, and of so many draws the one that ends in the middle counts."""

    draws: int
    seed: int


class CannotBe(Struct, frozen=True):
    """The cascade cannot be worked out."""

    problem: CascadeProblem


class NobodyLeaves(Struct, frozen=True):
    """Everybody accepts the rate."""


class EverybodyLeaves(Struct, frozen=True):
    """Nobody is left of the `municipalities` that took part."""

    municipalities: int


class SomeLeave(Struct, frozen=True):
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


class CascadeBeside(Struct, frozen=True):
    """The cascade of the programme called `title`, beside amounts from before it; `drawn` is None where every limit is
    given."""

    title: str
    drawn: LimitsDrawn | None
    end: CascadeEnd
