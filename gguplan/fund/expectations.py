"""What must come out of a scenario, to the cent, and what did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FundTotal = Literal["total", "refunds", "available"]
"""What all municipalities are invoiced, what opt-outs get back, and what all programmes can spend."""


@dataclass(frozen=True)
class OfTheFund:
    """Something is expected of the fund as a whole."""

    total: FundTotal


@dataclass(frozen=True)
class OfAProgramme:
    """Something is expected of what all municipalities are invoiced for one programme."""

    programme: str


@dataclass(frozen=True)
class OfAMunicipality:
    """Something is expected of the bill of one municipality, which the scenario calls by `name`."""

    gm_code: str
    name: str


@dataclass(frozen=True)
class Expectation:
    """An amount that must come out, in cents."""

    of: OfTheFund | OfAProgramme | OfAMunicipality
    cents: int


@dataclass(frozen=True)
class Unmet:
    """An expectation, and the cents that came out instead."""

    expectation: Expectation
    computed: int
