"""Who a bill is for, in a year in which the municipality may not have been there yet.

Before it was there, it has what those that it came from are billed together, to the cent.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from gguplan.fund.municipalities import Municipality, Population
from gguplan.model.bill import Bill, BillLine
from gguplan.model.carried_bills import CarriedBills
from gguplan.model.population.succession import Succession
from gguplan.model.result import RunResult
from gguplan.money import Integers


class BilledMunicipality(Struct, frozen=True, eq=False):
    """The municipality at `position` of the population of a year, or of the later one of a `succession` from it."""

    position: int
    succession: Succession | None = None

    def of(self, amounts: Integers) -> int:
        """What it has of amounts of the municipalities of the year."""
        carried = amounts if self.succession is None else self.succession.carried(amounts)
        return int(carried[self.position])

    def shown(self, population: Population) -> Municipality:
        """Its code and name, with its inhabitants among those of the year."""
        if self.succession is None:
            return population.municipalities[self.position]
        municipality = self.succession.later.municipalities[self.position]
        return replace(municipality, inhabitants=int(self.succession.inhabitants[self.position]))

    @property
    def positions(self) -> list[int]:
        """The positions in the year of those that are billed."""
        return [self.position] if self.succession is None else self.succession.from_whom(self.position)

    @property
    def came_from(self) -> tuple[Municipality, ...]:
        """Those that are billed for it; empty where it is billed itself."""
        if self.succession is None:
            return ()
        return tuple(self.succession.earlier.municipalities[position] for position in self.positions)


def bill_for(result: RunResult, billed: BilledMunicipality) -> Bill:
    """The bill of a municipality, or of those that it came from together."""
    succession = billed.succession
    if succession is None:
        population = result.population
        succession = Succession(population, population, np.diag(population.inhabitants + population.is_body))
    place = billed.position
    lines = tuple(
        BillLine(
            programme.name,
            programme.title,
            int(programme.contributions[place]),
            int(programme.refunds[place]),
            int(programme.vat[place]),
            int(programme.days_outside[place]),
            result.fund_year.days,
            programme.lapsed,
        )
        for programme in CarriedBills(result, succession).by_programme
    )
    return Bill(billed.shown(result.population), lines)
