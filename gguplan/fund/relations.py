"""What the reports state about their own figures: relations between readings of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from gguplan.fund.indicators import Indicator, Measure
from gguplan.fund.ledger import Reading
from gguplan.fund.municipalities import Status
from gguplan.fund.two_languages import TwoLanguages
from gguplan.money import times_fraction

RelationKind = Literal[
    "vat",
    "sum",
    "difference",
    "balance",
    "same_figure",
    "percentage",
    "ceiling",
    "inhabitants",
    "part_of",
    "rise",
    "municipalities",
]
"""Of `part_of` the parts together are not more than the total, of `rise` they are less."""

Figure = Reading | Indicator
"""One printed amount, volume, price or share."""

Over = Literal["inhabitant", "all", "others"]
"""A rate is an amount per inhabitant, or an amount over all inhabitants, or over those outside the group."""


class WithAndWithoutVat(Struct, frozen=True):
    """A relation by rule: the figure of `reading` is printed with and without VAT."""

    reading: Reading
    title: str
    """Of its programme."""


class PrintedTwice(Struct, frozen=True):
    """A relation by rule: the figure of `reading` is printed twice."""

    reading: Reading
    title: str
    """Of its programme."""


class CountedTwice(Struct, frozen=True):
    """A relation by rule: a volume, price or share is printed twice."""

    indicator: Indicator
    title: str
    """Of its programme."""


Statement = TwoLanguages | WithAndWithoutVat | PrintedTwice | CountedTwice
"""What a relation states: as its file has it, or by which rule it follows."""


class Part(Struct, frozen=True):
    """One term of a sum: a figure, taken off or added, times a factor (1 ÷ 1,21 where VAT goes off)."""

    reading: Figure
    minus: bool = False
    factor: Fraction = Fraction(1)


def measure_of(figure: Figure) -> Measure:
    """What a figure is measured in; an amount of the ledger is in euros."""
    return figure.measure if isinstance(figure, Indicator) else "euro"


def cents(reading: Figure) -> int:
    """The amount of a figure that has one, as all figures of a relation do: in cents, or in hundredths of one."""
    if reading.amount is None:
        raise ValueError(reading.source)
    return reading.amount


def amount_of(parts: Iterable[Part]) -> int:
    """The parts together, in cents, each rounded to whole cents after its factor."""
    return sum(
        (-1 if part.minus else 1) * times_fraction(cents(part.reading), *part.factor.as_integer_ratio())
        for part in parts
    )


class PerHead(Struct, frozen=True):
    """A printed rate (cents per inhabitant) times the persons in a group on 1 January of `year`."""

    rate: Reading
    year: int
    inhabitants: int


class MunicipalitiesCounted(Struct, frozen=True):
    """How many municipalities CBS counted on 1 January of `year`."""

    year: int
    count: int


class Relation(Struct, frozen=True):
    """One thing that must hold: the parts together are (a ceiling: do not pass) the total.

    Of a percentage, `percent` is the print, the parts are divided by `of`, and there is no total. `known`
    explains why it is known to contradict, and is None when it is not.
    """

    name: str
    kind: RelationKind
    statement: Statement
    document: str
    section: str
    parts: tuple[Part, ...]
    total: Figure | None
    of: tuple[Part, ...] = ()
    percent: str = ""
    per_head: PerHead | None = None
    counted: MunicipalitiesCounted | None = None
    known: TwoLanguages | None = None

    @property
    def measure(self) -> Measure:
        """What its sum is measured in."""
        return "percent" if self.total is None else measure_of(self.total)

    @property
    def by_rule(self) -> bool:
        """Whether it follows by a rule and stands in no file."""
        return not isinstance(self.statement, TwoLanguages)


class CountedGroup(Struct, frozen=True):
    """Municipalities that a report speaks of together, and one more by name where `extra` is not empty."""

    title: TwoLanguages
    extra: str = ""


class Count(Struct, frozen=True):
    """The persons in a group, in all municipalities, and outside `others_than`, on 1 January of `year`."""

    year: int
    status: Status
    group: CountedGroup
    inhabitants: int
    everybody: int


class Rate(Struct, frozen=True):
    """A way to come to an amount per inhabitant: a printed rate, or amounts divided over inhabitants.

    `outside` are, by year, the persons who do not share the amount when a fixed group does not.
    """

    title: TwoLanguages
    amount: tuple[Part, ...]
    over: Over
    outside: dict[int, int] | None


class Competing(Struct, frozen=True):
    """A figure that may be a rate times inhabitants, and every rate and every count that is tried."""

    name: str
    title: TwoLanguages
    document: str
    section: str
    target: tuple[Part, ...]
    rates: tuple[Rate, ...]
    counts: tuple[Count, ...]


class Relations(Struct, frozen=True):
    """The file, matched to the ledger. `known` explains, by name, contradictions of relations by rule."""

    relations: tuple[Relation, ...]
    known: dict[str, TwoLanguages]
    competing: tuple[Competing, ...]
