"""What one municipality pays: the bill that its controller budgets."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from gguplan.fund.municipalities import Municipality
from gguplan.fund.thresholds import Lapse
from gguplan.model.result import RunResult
from gguplan.money import plain_euros


class BillLine(Struct, frozen=True):
    """One programme on the bill, in cents: to pay = contribution − refund, and the VAT in what is to pay.

    `days_outside` are the days of the year, which has `days`, on which the municipality is outside; `lapsed` says what
    happens to a programme in which too few take part. `raised` is whether it is paid on top, for a shortfall of the
    year before.
    """

    programme: str
    title: str
    contribution: int
    refund: int
    vat: int
    days_outside: int = 0
    days: int = 365
    lapsed: Lapse | None = None
    raised: bool = False

    @property
    def to_pay(self) -> int:
        """Cents."""
        return self.contribution - self.refund


class Bill(Struct, frozen=True):
    """All programmes for one municipality."""

    municipality: Municipality
    lines: tuple[BillLine, ...]

    @property
    def to_pay(self) -> int:
        """Cents, VAT included, refunds taken off."""
        return sum(line.to_pay for line in self.lines)

    @property
    def contribution(self) -> int:
        """Cents before refunds."""
        return sum(line.contribution for line in self.lines)

    @property
    def refund(self) -> int:
        """Cents that come back for programmes that the municipality stands outside of."""
        return sum(line.refund for line in self.lines)

    @property
    def vat(self) -> int:
        """Cents of VAT in what is to pay."""
        return sum(line.vat for line in self.lines)

    def per_inhabitant(self, cents: int) -> Decimal | None:
        """Euros per inhabitant; None for who has none."""
        return rate_of_one(cents, self.municipality.inhabitants)

    def as_dict(self) -> dict[str, object]:
        """The bill for a machine; amounts in euros as text."""
        return {
            "to_pay": plain_euros(self.to_pay),
            "per_inhabitant": plain_average(self.per_inhabitant(self.to_pay)),
            "contribution": plain_euros(self.contribution),
            "refund": plain_euros(self.refund),
            "vat": plain_euros(self.vat),
            "without_vat": plain_euros(self.to_pay - self.vat),
            "programmes": [
                {
                    "programme": line.programme,
                    "title": line.title,
                    "contribution": plain_euros(line.contribution),
                    "refund": plain_euros(line.refund),
                    "to_pay": plain_euros(line.to_pay),
                    "vat": plain_euros(line.vat),
                    "outside": line.days_outside > 0,
                    "days_outside": line.days_outside,
                    "lapsed": line.lapsed,
                }
                for line in self.lines
            ],
        }


def euros_per_inhabitant(cents: int, inhabitants: int) -> Decimal:
    """An amount over inhabitants, in euros."""
    return Decimal(cents) / 100 / inhabitants


def rate_of_one(cents: int, inhabitants: int) -> Decimal | None:
    """What one payer pays over its inhabitants, in euros; None for who has none."""
    return euros_per_inhabitant(cents, inhabitants) if inhabitants else None


def plain_average(euros: Decimal | None) -> str | None:
    """Euros per inhabitant for a machine; None where nobody lives."""
    return None if euros is None else f"{euros:.4f}"


def bill_of(result: RunResult, gm_code: str) -> Bill:
    """The bill of one municipality, which must be in the population of the result."""
    position = result.population.index[gm_code]
    lines = tuple(
        BillLine(
            programme.name,
            programme.programme.title,
            int(programme.participation.contributions[position]),
            int(programme.participation.refunds[position]),
            programme.vat_of(position),
            int(programme.participation.days_outside[position]),
            result.fund_year.days,
            programme.participation.lapsed,
        )
        for programme in result.by_programme
    )
    return Bill(result.population.municipalities[position], lines)
