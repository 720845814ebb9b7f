"""Volumes, prices, shares and norms as the reports print them, each with the sentence it was read from."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal, assert_never

from msgspec import Struct

from gguplan.fund.two_languages import TwoLanguages

IndicatorKind = Literal["volume", "price", "share", "norm"]
"""How much or how many; euros per unit; a part of a whole; what somebody may have or what has to be done."""

IndicatorUnit = Literal["one", "million", "percent", "eurocent", "euro", "million_euro", "billion_euro"]

Qualifier = Literal["exact", "about", "more_than", "at_most", "almost"]
"""How the sentence says it: as a figure, or "ongeveer", "meer dan", "maximaal", "bijna"."""

Period = Literal["year", "first_half", "month", "date"]
"""Over a whole year, its first half, a month of it, or at a moment in it."""


Measure = Literal["count", "percent", "euro"]
"""What a figure is measured in."""

_HUNDREDTHS: Final[dict[IndicatorUnit, int]] = {
    "one": 100,
    "million": 100_000_000,
    "percent": 100,
    "eurocent": 1,
    "euro": 100,
    "million_euro": 100_000_000,
    "billion_euro": 100_000_000_000,
}
"""Hundredths of one, of a per cent or of a euro in one of a unit."""


class PrintedIndicator(Struct, frozen=True):
    """One volume or price as it is printed. `title` in both languages says of what; `since` is the first year, where
    the figure is about more years than `year`. `costed` marks the volume that a programme is there for, so that its
    cost per unit means something. `remark_nl` is the remark in Dutch."""

    programme: str
    year: int
    since: int | None
    period: Period
    indicator: str
    title: str
    title_en: str
    kind: IndicatorKind
    printed: str
    unit: IndicatorUnit
    qualifier: Qualifier
    costed: bool
    document: str
    section: str
    sentence: str
    used: bool
    remark: str
    remark_nl: str


class Indicator(PrintedIndicator, frozen=True):
    """One volume or price, read."""

    value: Decimal | None
    """The figure without its unit, read from the print; None when the print has no reading."""

    @property
    def name(self) -> TwoLanguages:
        """What it counts, in both languages."""
        return TwoLanguages(self.title_en, self.title)

    @property
    def remark_to_show(self) -> TwoLanguages | None:
        """The remark in both languages; None without one."""
        return TwoLanguages(self.remark, self.remark_nl or self.remark) if self.remark else None

    @property
    def units(self) -> Decimal | None:
        """A volume in single units: 2,8 with unit million is 2,800,000. None when the print has no reading."""
        return None if self.value is None else self.value * (1_000_000 if self.unit == "million" else 1)

    @property
    def measure(self) -> Measure:
        """What it is measured in."""
        match self.unit:
            case "one" | "million":
                return "count"
            case "percent":
                return "percent"
            case "eurocent" | "euro" | "million_euro" | "billion_euro":
                return "euro"
            case _:
                assert_never(self.unit)

    @property
    def amount(self) -> int | None:
        """The figure in hundredths of one, of a per cent or of a euro; None when the print has no reading."""
        return None if self.value is None else int(self.value * _HUNDREDTHS[self.unit])

    @property
    def rounding(self) -> int:
        """Hundredths by which what is behind the print can lie off.

        An exact count is what it is; any other exact figure lies off by half of its last digit, "ongeveer" by half of
        the last digit that is no nought, and "meer dan", "bijna" and "maximaal" by the whole of it.
        """
        if self.value is None:
            return 0
        last = Decimal((0, (1,), int(self.value.normalize().as_tuple().exponent))) * _HUNDREDTHS[self.unit]
        match self.qualifier:
            case "exact":
                printed = Decimal((0, (1,), int(self.value.as_tuple().exponent))) * _HUNDREDTHS[self.unit]
                return 0 if self.unit == "one" else int(printed / 2)
            case "about":
                return int(last / 2)
            case "more_than" | "at_most" | "almost":
                return int(last)
            case _:
                assert_never(self.qualifier)

    @property
    def place(self) -> str:
        """Where it is printed: always in a sentence."""
        return "text"

    @property
    def source(self) -> str:
        """Where it stands, in words."""
        return f"{self.document}, {self.section}: {self.printed}"
