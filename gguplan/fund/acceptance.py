"""The highest rates that municipalities accept for a programme, for a cascade."""

from __future__ import annotations

from msgspec import Struct

from gguplan.money import Integers


class Acceptance(Struct, frozen=True):
    """Limits in ten-thousandths of a euro per inhabitant, shape (municipalities,).

    90 % of the municipalities with these bounds have their limit between `low` and `high`; where they are equal
    the limit is given and nothing is drawn. All limits together are between the two of `level` times as high, in
    ten-thousandths, with 90 % certainty. `source` is what the limits rest on.
    """

    low: Integers
    high: Integers
    level: tuple[int, int] = (10_000, 10_000)
    source: str = ""

    @property
    def is_given(self) -> bool:
        """Whether every limit is given, so that nothing is drawn."""
        return self.level == (10_000, 10_000) and bool((self.low == self.high).all())
