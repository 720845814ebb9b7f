"""The lines of a sum that say where a figure was published, and what became of it.

Amounts are whole cents, rates ten-thousandths of a euro per inhabitant, inhabitants persons.
"""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.two_languages import TwoLanguages


class FromSource(Struct, frozen=True):
    """Where a figure or a rule comes from, in the words of the scenario."""

    source: str


class Remark(Struct, frozen=True):
    """What is to be said of a published figure."""

    text: TwoLanguages


class DerivedFrom(Struct, frozen=True):
    """Why a budget with VAT that is printed without is this amount: the only multiple of `multiple` that, without VAT
    and rounded to `rounded_to`, gives the print `net`; all in cents.

    `others` give it too and are less round; `elsewhere` is where the same amount is printed for another year.
    """

    gross: int
    net: int
    rounded_to: int
    percent: int
    multiple: int
    others: tuple[int, ...]
    elsewhere: str


class PrintedElsewhere(Struct, frozen=True):
    """Another print of a figure, in a document of the ledger; `printed` is empty where nothing stands."""

    printed: str
    document: str
    section: str


class RealisedAsPublished(Struct, frozen=True):
    """What the reports publish as realised of a budget, both in cents without VAT; provisional where the account was
    still to come."""

    year: int
    realised: int
    net: int
    provisional: bool


class OwnShareRealised(Struct, frozen=True):
    """How much of what a municipality pays, `paid` cents without VAT, was spent: as much of it as of the budget."""

    name: str
    paid: int
    realised: int
    net: int
    share: int


PublishedLine = FromSource | Remark | DerivedFrom | PrintedElsewhere | RealisedAsPublished | OwnShareRealised
"""Every line of a sum on what is published."""
