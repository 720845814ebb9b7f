"""Budgets beside realised amounts, as the reports publish them: the central table of both."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from gguplan.fund.inclusions import Inclusion, inclusions, realised_of_own_budget
from gguplan.fund.ledger import Ledger, LedgerProgramme, PublishedTotal, Reading


class PublishedLine(Struct, frozen=True):
    """One programme in one year. Amounts in cents; None where the reports print none that can be read.

    `derived` says that the gross amount is not printed, but follows from the print without VAT.

    `provisional` is the reading that says that an account still to come may change the realised amount. `of_own_budget`
    is what was realised without what it includes besides (`inclusions`); None where that is not known.
    `readings` are the figures in use, `contradictions` those that the reports print besides and that say something
    else, `details` the lines under the programme, and `income` what the report says that others paid, budgeted and
    realised; what is in use of that is realised.
    """

    programme: LedgerProgramme
    year: int
    gross: int | None
    derived: bool
    net: int | None
    realised: int | None
    of_own_budget: int | None
    inclusions: tuple[Inclusion, ...]
    provisional: Reading | None
    readings: tuple[Reading, ...]
    contradictions: tuple[Reading, ...]
    details: tuple[Reading, ...]
    income: tuple[Reading, ...] = ()

    @property
    def income_paid(self) -> tuple[Reading, ...]:
        """What others paid in the year, of which the report prints the amount."""
        return tuple(reading for reading in self.income if reading.used and reading.amount is not None)

    @property
    def underspend(self) -> int | None:
        """Net budget − realised; None where one of both is missing."""
        return None if self.net is None or self.realised is None else self.net - self.realised

    @property
    def ratio(self) -> Fraction | None:
        """Realised ÷ net budget; None where one of both is missing."""
        return Fraction(self.realised, self.net) if self.net and self.realised is not None else None


def published_lines(ledger: Ledger, years: Sequence[int], programmes: Sequence[str] = ()) -> tuple[PublishedLine, ...]:
    """A line for each programme and year with a budget or a realised amount; of all programmes, or of some."""
    lines = (
        _line(ledger, programme, year)
        for programme in ledger.programmes.values()
        if not programmes or programme.programme in programmes
        for year in years
    )
    return tuple(line for line in lines if line.readings)


def published_total(lines: Sequence[PublishedLine], year: int) -> PublishedTotal:
    """The sums of the lines of a year."""
    of_year = [line for line in lines if line.year == year]
    return PublishedTotal(
        year,
        sum(line.net or 0 for line in of_year),
        sum(line.realised or 0 for line in of_year),
        sum(line.underspend or 0 for line in of_year),
        sum(line.underspend is None for line in of_year),
        sum(line.realised or 0 for line in of_year if line.provisional),
        sum(line.net or 0 for line in of_year if line.realised is None),
        sum(line.net or 0 for line in of_year if line.underspend is not None),
    )


def _line(ledger: Ledger, programme: LedgerProgramme, year: int) -> PublishedLine:
    name = programme.programme
    gross, net, realised = (ledger.amount(name, year, quantity) for quantity in ("gross", "net", "realised"))
    quantities = ("gross", "net", "realised")
    used = tuple(reading for quantity in quantities for reading in ledger.used(name, year, quantity))
    against = tuple(reading for quantity in quantities for reading in ledger.contradictions(name, year, quantity))
    details = tuple(reading for reading in ledger.of(name, year) if reading.detail and reading.quantity in quantities)
    income = tuple(reading for reading in ledger.of(name, year) if reading.quantity == "income")
    derived, provisional = ledger.derived_budget(name, year) is not None, ledger.provisional(name, year)
    of_own_budget, parts = realised_of_own_budget(ledger, name, year), inclusions(ledger, name, year)
    return PublishedLine(
        programme,
        year,
        gross,
        derived,
        net,
        realised,
        of_own_budget,
        parts,
        provisional,
        used,
        against,
        details,
        income,
    )
