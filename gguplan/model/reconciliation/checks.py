"""Published figures computed again: what holds, what holds within rounding, and what contradicts.

No tolerance is set by hand. A printed figure can be off by half of its last digit (`Reading.rounding`), so
a sum of printed figures can be off by those halves together, each times its factor.
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from typing import Literal, assert_never

from msgspec import Struct

from gguplan.fund.ledger import Ledger, Reading
from gguplan.fund.relations import Figure, Part, Relation, Relations, amount_of, cents
from gguplan.model.reconciliation.by_rule import relations_by_rule
from gguplan.model.reconciliation.competing import Tried, try_all
from gguplan.money import times_fraction

Outcome = Literal["holds", "within_rounding", "contradicts"]
"""Holds: equal to the cent, or equal when rounded to the digits of the print. Within rounding: apart by no
more than the halves of the last digits together. Contradicts: further apart, or above a ceiling by more."""


class Check(Struct, frozen=True):
    """One relation computed again.

    `computed`, `printed` and `tolerance` are cents; of volumes hundredths of one, of percentages of a per cent.
    """

    relation: Relation
    outcome: Outcome
    computed: int
    printed: int
    tolerance: int

    @property
    def difference(self) -> int:
        """Computed less printed."""
        return self.computed - self.printed

    @property
    def is_new(self) -> bool:
        """Whether it contradicts and nothing explains why."""
        return self.outcome == "contradicts" and not self.relation.known

    @property
    def chapter(self) -> int:
        """The chapter of the report, from the number in the heading of its section."""
        number = re.search(r"\d+", self.relation.section)
        return int(number[0]) if number else 0


class Reconciliation(Struct, frozen=True):
    """Every check in the order of the reports, what was tried for a refund, and the explanations that
    explain nothing: names of relations that are known to contradict and do not."""

    checks: tuple[Check, ...]
    tried: tuple[Tried, ...]
    resolved: tuple[str, ...]

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many checks have each outcome."""
        by_outcome = Counter(check.outcome for check in self.checks)
        return {
            "holds": by_outcome["holds"],
            "within_rounding": by_outcome["within_rounding"],
            "contradicts": by_outcome["contradicts"],
        }

    @property
    def new(self) -> tuple[Check, ...]:
        """The contradictions that nothing explains."""
        return tuple(check for check in self.checks if check.is_new)


def reconcile(ledger: Ledger, relations: Relations) -> Reconciliation:
    """Compute every relation again, those in the file and those that follow by rule."""
    stated = (*relations.relations, *relations_by_rule(ledger, relations.known))
    figures: list[Figure] = [*_in_order(ledger), *ledger.indicators]
    sections = dict.fromkeys((figure.document, figure.section) for figure in figures)
    order = {section: place for place, section in enumerate(sections)}
    checks = sorted(
        map(check, stated),
        key=lambda computed: (
            computed.relation.document,
            computed.chapter,
            order[computed.relation.document, computed.relation.section],
        ),
    )
    contradicted = {computed.relation.name for computed in checks if computed.outcome == "contradicts"}
    explained = [*(relation.name for relation in relations.relations if relation.known), *relations.known]
    resolved = tuple(name for name in explained if name not in contradicted)
    return Reconciliation(tuple(checks), tuple(map(try_all, relations.competing)), resolved)


def _in_order(ledger: Ledger) -> list[Reading]:
    """The readings, sections before the summary of their chapter, as they stand in the reports."""
    return sorted(ledger.readings, key=lambda reading: reading.place == "summary")


def check(relation: Relation) -> Check:
    """Compute one relation again."""
    if relation.total is None:
        return _percentage(relation)
    computed, tolerance = amount_of(relation.parts), _rounding(relation.parts) + relation.total.rounding
    if relation.per_head is not None:
        head = relation.per_head
        computed += cents(head.rate) * head.inhabitants
        tolerance += head.rate.rounding * head.inhabitants
    if relation.counted is not None:
        computed += 100 * relation.counted.count
    printed = cents(relation.total)
    exact, apart = _compared(relation, computed, printed)
    outcome: Outcome = "holds" if exact else "within_rounding" if apart <= tolerance else "contradicts"
    return Check(relation, outcome, computed, printed, int(tolerance))


def _compared(relation: Relation, computed: int, printed: int) -> tuple[bool, int]:
    """Whether a relation with a total holds as it is printed, and by how much it does not."""
    match relation.kind:
        case "ceiling" | "part_of":
            return computed <= printed, max(0, computed - printed)
        case "rise":
            return computed < printed, max(0, computed - printed)
        case "vat" | "sum" | "difference" | "balance" | "same_figure" | "percentage" | "inhabitants" | "municipalities":
            step = max(1, 2 * (relation.total.rounding if relation.total is not None else 0))
            as_printed = times_fraction(computed, 1, step) * step == printed
            return computed == printed or as_printed, abs(computed - printed)
        case _:
            assert_never(relation.kind)


def _percentage(relation: Relation) -> Check:
    """A part of a whole in per cent, against the print; the tolerance is how far the rounding of both can
    move it towards the print, and half of the last digit of the print."""
    part, whole = amount_of(relation.parts), amount_of(relation.of)
    off_part, off_whole = _rounding(relation.parts), _rounding(relation.of)
    decimals = len(relation.percent.partition(",")[2])
    printed = Fraction(relation.percent.replace(",", "."))
    percent = Fraction(100 * part, whole)
    corners = [100 * (part + a * off_part) / (whole + b * off_whole) for a in (-1, 1) for b in (-1, 1)]
    reach = max(corners) - percent if printed > percent else percent - min(corners)
    tolerance = reach + Fraction(1, 2 * 10**decimals)
    scale = 10**decimals
    exact = Fraction(times_fraction((percent * scale).numerator, 1, (percent * scale).denominator), scale) == printed
    outcome: Outcome = "holds" if exact else "within_rounding" if abs(percent - printed) <= tolerance else "contradicts"
    hundredths = times_fraction((percent * 100).numerator, 1, (percent * 100).denominator)
    return Check(relation, outcome, hundredths, int(printed * 100), int(tolerance * 100))


def _rounding(parts: tuple[Part, ...]) -> Fraction:
    """Cents by which the parts together can be off: the halves of their last digits, times their factors."""
    return sum((part.factor * part.reading.rounding for part in parts), Fraction(0))
