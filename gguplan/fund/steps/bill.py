"""The lines of a sum that say whose bill it is, and who is counted.

Amounts are whole cents, rates ten-thousandths of a euro per inhabitant, inhabitants persons.
"""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.bodies import BodyKind
from gguplan.fund.municipalities import Municipality, PopulationSource, Status
from gguplan.fund.reference_dates import ReasonOfTheDate


class WholeBill(Struct, frozen=True):
    """What a municipality pays, or gets back when it is negative, by the scenario called `title`."""

    title: str
    municipality: Municipality
    cents: int


class ProgrammeBill(Struct, frozen=True):
    """What a municipality pays of one programme."""

    title: str
    cents: int


class PredecessorBill(Struct, frozen=True):
    """What one earlier municipality brings into a later one: `part` of its bill, as `persons` of it went there."""

    municipality: Municipality
    persons: int
    part: int
    bill: int


class InhabitantsCounted(Struct, frozen=True):
    """The inhabitants of one municipality and of all, on 1 January of `year`."""

    inhabitants: int
    total: int
    year: int
    status: Status


class NoInhabitants(Struct, frozen=True):
    """That who pays is a body, which has none; the inhabitants of all municipalities on 1 January of `year`."""

    kind: BodyKind
    total: int
    year: int
    status: Status


class CountedWhere(Struct, frozen=True):
    """Where the count of inhabitants comes from."""

    source: PopulationSource


class ReferenceDate(Struct, frozen=True):
    """Why the inhabitants of this date count."""

    reason: ReasonOfTheDate


class VatWithin(Struct, frozen=True):
    """The VAT in what a municipality pays."""

    amount: int
    percent: int
    vat: int


BillLine = (
    WholeBill
    | ProgrammeBill
    | PredecessorBill
    | InhabitantsCounted
    | NoInhabitants
    | CountedWhere
    | ReferenceDate
    | VatWithin
)
"""Every line of a sum on the bill as a whole."""
