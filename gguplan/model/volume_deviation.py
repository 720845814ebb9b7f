"""Why a programme cost something else than fixed + volume × price: other units, and another price of one."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from gguplan.fund.ledger import Ledger
from gguplan.fund.programme import Programme, VolumeBudget
from gguplan.fund.years_ahead import YearsAhead
from gguplan.model.realisation.known import known_realisation
from gguplan.model.volumes import cost_of_volume, volume_budget_of, volume_cents
from gguplan.money import RATE_UNITS


class VolumeDeviation(Struct, frozen=True):
    """What was realised of one programme in one year beside its `budget` of fixed + volume × price.

    All in cents without VAT; `volume` and `realised` are what came out. The fixed part counts as budgeted.
    """

    name: str
    title: str
    year: int
    budget: VolumeBudget
    volume: int
    realised: int

    @property
    def deviation(self) -> int:
        """Realised − budget."""
        return self.realised - volume_cents(self.budget)

    @property
    def of_volume(self) -> int:
        """(Realised volume − budgeted volume) × budgeted price."""
        return cost_of_volume(self.volume - self.budget.volume, self.budget.price)

    @property
    def of_price(self) -> int:
        """The rest: (realised price − budgeted price) × realised volume, so that both add up to the deviation."""
        return self.deviation - self.of_volume

    @property
    def price(self) -> int | None:
        """What one unit cost, in whole ten-thousandths of a euro; None without units, or where not even the fixed part
        was spent."""
        if not self.volume or self.realised < self.budget.fixed:
            return None
        return round(Fraction((self.realised - self.budget.fixed) * RATE_UNITS, 100 * self.volume))


def volume_deviation(
    programme: Programme, year: int, ahead: YearsAhead | None, ledger: Ledger
) -> VolumeDeviation | None:
    """The deviation of a programme as it is budgeted in a year; None where its volume or what was realised is not
    known."""
    budget = volume_budget_of(programme)
    if budget is None or ahead is None:
        return None
    volume = ahead.of(programme.name).realised_volume.get(year)
    realised = known_realisation(programme.name, year, ahead, ledger)
    if volume is None or realised is None:
        return None
    return VolumeDeviation(programme.name, programme.title, year, budget, volume, realised)
