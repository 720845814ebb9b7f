"""What the paper for a council is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from gguplan.fund.municipalities import Municipality
from gguplan.model.bill import Bill, bill_of
from gguplan.model.bill_change import BillChange, bill_change
from gguplan.model.comparison import Comparison
from gguplan.model.result import RunResult

if TYPE_CHECKING:
    from gguplan.model.years_ahead.bill_in_a_year import YearAhead
    from gguplan.model.years_ahead.result import Horizon


class CouncilMaterial(Struct, frozen=True):
    """A run, and what it says of the municipality at `position`.

    `comparison` is over the municipalities of the result, None without a baseline; `years` are its bills in the years
    ahead and `horizon` the fund in them, empty and None where the scenario has none.
    """

    result: RunResult
    position: int
    comparison: Comparison | None
    years: tuple[YearAhead, ...]
    horizon: Horizon | None
    version: str

    @property
    def municipality(self) -> Municipality:
        """Whose council it is."""
        return self.result.population.municipalities[self.position]

    @property
    def name(self) -> str:
        """What the municipality is called."""
        return self.municipality.name

    @property
    def year(self) -> int:
        """The year that is paid for."""
        return self.result.fund_year.year

    @property
    def bill(self) -> Bill:
        """What the municipality pays."""
        return bill_of(self.result, self.municipality.gm_code)

    @property
    def change(self) -> BillChange | None:
        """How that differs from the baseline; None without one."""
        return None if self.comparison is None else bill_change(self.comparison, self.position)

    @property
    def baseline_title(self) -> str:
        """What it is compared with; empty without a baseline."""
        return self.comparison.baseline.title if self.comparison else ""

    def paid_before(self) -> dict[str, tuple[str, int]]:
        """Title and cents of each programme of the baseline, by its name."""
        if self.comparison is None:
            return {}
        return {
            carried.name: (carried.title, int(carried.to_pay[self.position]))
            for carried in self.comparison.baseline.by_programme
        }
