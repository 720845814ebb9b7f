"""Small worlds to work by hand: a population and a programme in a few words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from gguplan.fund.allocation_keys import InColumn, PerColumn, Weights
from gguplan.fund.municipalities import CountedIn, Municipality, Population
from gguplan.fund.opt_outs import Absence, OptOut
from gguplan.fund.programme import Programme
from gguplan.fund.settlements import Settlement, SettlementWord, settlement_named
from gguplan.fund.thresholds import Lapse
from gguplan.inputs.scenario.adjustments import adjustments_of
from gguplan.inputs.scenario.allocation_key_tables import PerColumnTable, allocation_key_of
from gguplan.inputs.scenario.key_values import KeyValues
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.programmes import programme_of
from gguplan.inputs.scenario.schema import Scenario
from gguplan.inputs.toml_document import TomlDocument
from gguplan.inputs.written_amounts import parse_rate
from gguplan.model.allocation import Mask
from gguplan.model.participation.settlement import Participation, settle


def population(**inhabitants: int) -> Population:
    """Municipalities by name, with codes from GM0001 in the order given."""
    return Population(
        2017,
        "final",
        CountedIn("invented for a test"),
        tuple(
            Municipality(f"GM{code:04}", name, "Utrecht", count)
            for code, (name, count) in enumerate(inhabitants.items(), start=1)
        ),
    )


class _Values(KeyValues, frozen=True):
    """Of a column the weights that are given; of names what they say."""

    weights: ArrayLike = ()

    def of_column(self, table: PerColumnTable) -> PerColumn:
        return PerColumn(InColumn(table.file, table.column), Weights(np.asarray(self.weights, dtype=np.int64)))


def programme(weights: ArrayLike = (), world: Population | None = None, **keys: object) -> Programme:
    """A programme with the keys that a scenario would say, and the `weights` of a column that its allocation names;
    its names are of `world`; without VAT unless it says so."""
    table = {"title": "A", "source": "invented for a test", "vat": "none", **keys}
    scenario = Scenario.model_validate(
        {"title": "A", "year": 2017, "reference_date": date(2017, 1, 1), "programmes": {"a": table}}
    )
    key = scenario.programmes["a"].allocation
    layers = Layers({}, {}, [TomlDocument("invented for a test", Path(), {}, (), {}, {})])
    values = _Values(world or population(A=1), layers, ("programmes", "a", "allocation"), weights=weights)
    adjustments = adjustments_of(
        scenario.programmes["a"], lambda old, _as_paid: allocation_key_of(old, values), lambda name: name
    )
    return programme_of(scenario, "a", allocation_key_of(key, values), adjustments)


def outside(world: Population, names: str) -> Mask:
    """Which municipalities are outside, by one-letter names."""
    return np.array([municipality.name in names for municipality in world.municipalities])


def opt_out(
    world: Population, names: str, settlement: SettlementWord, rate: str | None = None, days: int = 365
) -> OptOut:
    """An opt-out of some municipalities, by one-letter names, for the whole year or some of its days."""
    absence = Absence(outside(world, names) * days, world.inhabitants)
    return OptOut("a", absence, settlement_as_written(settlement, rate), "invented for a test")


def settlement_as_written(word: SettlementWord, rate: str | None = None) -> Settlement:
    """The settlement that a scenario would write so."""
    return settlement_named(word, None if rate is None else parse_rate(rate))


def settled(
    world: Population,
    gross: int,
    names: str,
    settlement: SettlementWord,
    rate: str | None = None,
    days: int = 365,
    lapsed: Lapse | None = None,
) -> Participation:
    """A budget in cents, pro rata to inhabitants, with some municipalities outside for some days of 365."""
    key = programme(gross="1.00").allocation
    some = [opt_out(world, names, settlement, rate, days)] if names else []
    return settle(gross, key, world, some, 365, lapsed)
