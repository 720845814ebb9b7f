"""What is known of other years, for the municipalities of a year ahead."""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.municipalities import Population
from gguplan.money import Integers
from gguplan.runs.municipal_history import carried_ahead
from gguplan.runs.populations import populations_of


class CarriedToYear(Struct, frozen=True, eq=False):
    """What the municipalities of `before` have, for those of `after`."""

    before: Population
    after: Population

    def values(self, of_before: Integers) -> Integers:
        """What the municipalities of before have, carried to those of after. Raises InputError as `succession`."""
        return carried_ahead(self.before, self.after, of_before)

    def count_of(self, year: int) -> Population:
        """All municipalities on 1 January of a year, counted or projected. Raises InputError for a year that is
        neither."""
        return populations_of([year])[year][0]
