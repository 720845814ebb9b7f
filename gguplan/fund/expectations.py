"""What must come out of a scenario, to the cent, and what did not."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

FundTotal = Literal["total", "refunds", "available"]
"""What all municipalities are invoiced, what opt-outs get back, and what all programmes can spend."""


class OfTheFund(Struct, frozen=True):
    """Something is expected of the fund as a whole."""

    total: FundTotal


class OfAProgramme(Struct, frozen=True):
    """Something is expected of what all municipalities are invoiced for one programme."""

    programme: str


class OfAMunicipality(Struct, frozen=True):
    """Something is expected of the bill of one municipality, which the scenario calls by `name`."""

    gm_code: str
    name: str


class Expectation(Struct, frozen=True):
    """An amount that must come out, in cents."""

    of: OfTheFund | OfAProgramme | OfAMunicipality
    cents: int


class Unmet(Struct, frozen=True):
    """An expectation, and the cents that came out instead."""

    expectation: Expectation
    computed: int
