"""The published peers that `allocation.py` compares with: apportionment and OpenFisca."""

# Neither has type stubs.
# mypy: disable-error-code="import-untyped,import-not-found,misc,unused-ignore"

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from apportionment.methods import largest_remainder
from numpy.typing import NDArray
from openfisca_core.entities import build_entity
from openfisca_core.periods import ETERNITY, YEAR
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

FIRST_YEAR = 2000


# --- apportionment -------------------------------------------------------------------------------


def apportion(totals: Integers, weights: Integers, fractions: bool) -> Integers:
    """Cents, shape (totals, units), by the largest remainder of ``apportionment``, one total at a time.

    `fractions` asks for its exact arithmetic instead of floats. It has names for 52 units; more need
    names of their own.
    """
    names = [str(number) for number in range(len(weights))]
    one_total = partial(largest_remainder, weights.tolist(), fractions=fractions, parties=names)
    return np.array([one_total(total) for total in totals.tolist()], dtype=np.int64)


# --- OpenFisca -----------------------------------------------------------------------------------

Municipality = build_entity(key="municipality", plural="municipalities", label="Municipality", is_person=True)
Fund = build_entity(
    key="fund", plural="funds", label="Fund", roles=[{"key": "payer", "plural": "payers", "label": "Payers"}]
)


class inhabitants(Variable):  # noqa: N801
    value_type = int
    entity = Municipality
    definition_period = ETERNITY
    label = "Inhabitants on the reference date"


class amount(Variable):  # noqa: N801
    value_type = float
    entity = Fund
    definition_period = YEAR
    label = "Euros to divide"


class contribution(Variable):  # noqa: N801
    value_type = float
    entity = Municipality
    definition_period = YEAR
    label = "Euros that the municipality pays"

    def formula(municipality: Any, period: Any) -> Any:  # noqa: N805
        fund = municipality.fund
        of_all = fund.sum(fund.members("inhabitants", period))
        return fund("amount", period) * municipality("inhabitants", period) / of_all


class OpenFisca:
    """A pro rata rule over `funds` funds that each have all municipalities; a year is another round of funds.

    Building the system and the population is done here, once, and stays outside the measurement; giving
    the amounts and calculating the contributions is what `contributions` does.
    """

    def __init__(self, weights: Integers, funds: int) -> None:
        system = TaxBenefitSystem([Municipality, Fund])
        system.add_variables(inhabitants, amount, contribution)
        self.funds = funds
        self.units = len(weights)
        builder = SimulationBuilder()
        builder.create_entities(system)
        builder.declare_person_entity("municipality", list(range(self.units * funds)))
        declared = builder.declare_entity("fund", list(range(funds)))
        builder.join_with_persons(declared, np.repeat(np.arange(funds), self.units), ["payer"] * (self.units * funds))
        self.simulation = builder.build(system)
        self.simulation.set_input("inhabitants", "eternity", np.tile(weights, funds))

    def contributions(self, totals: Integers) -> list[Any]:
        """Euros as OpenFisca holds them, an array of shape (funds × units,) a year; totals are cents.

        What the simulation remembers is wiped first, so that a second call computes again.
        """
        for variable in ("amount", "contribution"):
            self.simulation.delete_arrays(variable)
        return [
            self._one_year(str(FIRST_YEAR + turn), totals[start : start + self.funds] / 100)
            for turn, start in enumerate(range(0, len(totals), self.funds))
        ]

    def _one_year(self, year: str, euros: Floats) -> Any:
        self.simulation.set_input("amount", year, euros)
        return self.simulation.calculate("contribution", year)

    def parts(self, totals: Integers) -> Integers:
        """Cents, shape (totals, units): each contribution rounded to the cent."""
        euros = np.concatenate(self.contributions(totals)).astype(np.float64)
        return in_cents(euros.reshape(len(totals), self.units))


def in_cents(euros: Floats) -> Integers:
    """Euros rounded to whole cents."""
    return np.rint(euros * 100).astype(np.int64)
