"""What was budgeted and realised, a row per programme and year: what a forecast learns from."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

NoEvidence = Literal["provisional", "part_unknown"]
"""Why a realised amount says nothing of what is spent of a budget: an account still to come may change it, or it
includes money of another year and no report prints how much."""


class RealisedYear(Struct, frozen=True):
    """One programme in one year, in cents; `realised` is None when it is missing. An unknown kind is empty.

    Both are of the programme and of the year itself: a refund to opt-outs that was published as realised is in neither,
    and what was paid ahead or from an earlier year's remainder is not in `realised`. `price_rise` is
    by how much prices in that year were above those of the year before, as a part (0.014 is 1.4 %); `no_evidence` says
    why nothing is to be learnt from the realised amount.
    """

    programme: str
    title: str
    kind: str
    year: int
    net: int | None
    realised: int | None
    price_rise: float = 0.0
    no_evidence: NoEvidence | None = None


class YearSoFar(Struct, frozen=True):
    """How far one programme is in a running year: cents realised so far, and the share of a year's costs that is
    usually made by then."""

    programme: str
    realised: int
    expected: float


class StatedRealisation(Struct, frozen=True):
    """What somebody expects to be spent of one programme, with a certainty of `sure` per cent: a ratio (realised ÷ net
    budget) `between` these two, in ten-thousandths, or a volume of units."""

    between: tuple[int, int] | None
    volume_between: tuple[int, int] | None
    sure: int
    source: str
