"""Small worlds to work by hand: a population and a programme in a few words."""

from __future__ import annotations

import numpy as np

from gguplan.fund.municipalities import CountedIn, Municipality, Population
from gguplan.fund.thresholds import Lapse
from gguplan.inputs.scenario.outside import Outside
from gguplan.inputs.scenario.participation import OptOut, Settlement
from gguplan.inputs.scenario.schema import Programme
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


def programme(**said: object) -> Programme:
    """A programme with the keys that a scenario would say; without VAT unless it says so."""
    return Programme.model_validate({"title": "A", "source": "invented for a test", "vat": "none", **said})


def outside(world: Population, names: str) -> Mask:
    """Which municipalities are outside, by one-letter names."""
    return np.array([one.name in names for one in world.municipalities])


def opt_out(world: Population, names: str, settlement: Settlement, rate: str | None = None, days: int = 365) -> Outside:
    """An opt-out of some municipalities, by one-letter names, for the whole year or some of its days."""
    said = {"municipalities": list(names), "settlement": settlement, "rate": rate, "source": "invented for a test"}
    return Outside("a", OptOut.model_validate(said), outside(world, names) * days, world.inhabitants)


def settled(
    world: Population,
    gross: int,
    names: str,
    settlement: Settlement,
    rate: str | None = None,
    days: int = 365,
    lapsed: Lapse | None = None,
) -> Participation:
    """A budget in cents, pro rata to inhabitants, with some municipalities outside for some days of 365."""
    key = programme(gross="1.00").allocation
    some = [opt_out(world, names, settlement, rate, days)] if names else []
    return settle(gross, key, world, None, some, 365, lapsed)
