"""Who stands outside a programme, and by which settlement."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from gguplan.fund.settlements import Settlement
from gguplan.money import Integers


class Absence(Struct, frozen=True, eq=False):
    """Who is outside on how many days of the year; arrays of shape (municipalities,).

    `inhabitants` are the persons that a refund at a rate counts. `joins` is the first day on which they take part,
    `leaves` the first on which they no longer do. An absence is equal to itself only, so that variants of a scenario
    can share one and be remembered by it.
    """

    days: Integers
    inhabitants: Integers
    joins: date | None = None
    leaves: date | None = None


class OptOut(Struct, frozen=True):
    """Some municipalities outside one programme. `name` is that of its table, `source` where it stands."""

    name: str
    absence: Absence
    settlement: Settlement
    source: str
