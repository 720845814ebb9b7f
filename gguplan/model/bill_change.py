"""Why the bill of one municipality changes: another rate per inhabitant, and another number of its inhabitants."""

from __future__ import annotations

from msgspec import Struct

from gguplan.model.comparison import Comparison
from gguplan.money import times_fraction


class BillChange(Struct, frozen=True):
    """A bill in cents before and after, and the inhabitants over whom each is paid.

    `by_rate` is what changes over the inhabitants of before, to the cent; `by_inhabitants` is the rest, so that the two
    together are the whole change.
    """

    before: int
    after: int
    inhabitants_before: int
    inhabitants: int

    @property
    def change(self) -> int:
        """Cents more (or, negative, less) to pay."""
        return self.after - self.before

    @property
    def by_rate(self) -> int:
        """Cents by which the inhabitants of before pay more at the rate of after."""
        return times_fraction(self.after, self.inhabitants_before, self.inhabitants) - self.before

    @property
    def by_inhabitants(self) -> int:
        """Cents that follow from there being other inhabitants, at the rate of after."""
        return self.change - self.by_rate


def bill_change(comparison: Comparison, position: int) -> BillChange:
    """The change of the bill of the municipality at `position` among those of the comparison."""
    before, after = comparison.baseline, comparison.scenario
    return BillChange(
        int(before.to_pay[position]),
        int(after.to_pay[position]),
        int(before.inhabitants[position]),
        int(after.inhabitants[position]),
    )
