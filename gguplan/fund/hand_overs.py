"""Services that somebody else takes over, and their money with them."""

from __future__ import annotations

from msgspec import Struct


class HandOver(Struct, frozen=True):
    """From `year` on `to` has a service and pays for it, such as a ministry: what it cost leaves the gemeentefonds with
    it (verantwoording-2017 chapter 2: from 1 January 2018 the money goes back to the budget of VWS)."""

    year: int
    to: str
