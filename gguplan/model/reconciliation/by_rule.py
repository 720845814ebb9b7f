"""Relations that nobody has to write down: the same amount, volume or price printed twice, and with and without VAT."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from msgspec.structs import replace

from gguplan.fund.indicators import Indicator
from gguplan.fund.ledger import Ledger, Reading
from gguplan.fund.relations import CountedTwice, Part, PrintedTwice, Relation, WithAndWithoutVat
from gguplan.fund.two_languages import TwoLanguages

WITHOUT_VAT: Final = Fraction(100, 121)
"""21 % VAT taken off: verantwoording-2016, financial summaries, from uitname to te besteden."""


def relations_by_rule(ledger: Ledger, known: dict[str, TwoLanguages]) -> tuple[Relation, ...]:
    """Every relation of the three families, named after what is printed; `known` explains some by name.

    Two prints of one name get a number: ``same-lkha-2016-net-table-2``.
    """
    seen: Counter[str] = Counter()
    made = []
    for relation in (*_with_and_without_vat(ledger), *_printed_twice(ledger), *_counted_twice(ledger)):
        seen[relation.name] += 1
        name = relation.name if seen[relation.name] == 1 else f"{relation.name}-{seen[relation.name]}"
        made.append(replace(relation, name=name, known=known.get(name)))
    return tuple(made)


def _with_and_without_vat(ledger: Ledger) -> Iterator[Relation]:
    """Each print without VAT against the most precise print of the same with VAT, ÷ 1,21.

    Without VAT is the net budget of a gross one, or the same quantity printed on the other basis.
    """
    readable = _readable(ledger)
    for without in readable:
        if without.vat != "excluded":
            continue
        quantities = (without.quantity, "gross") if without.quantity == "net" else (without.quantity,)
        pairs = [
            reading
            for reading in readable
            if reading.vat == "included"
            and reading.quantity in quantities
            and (reading.programme, reading.year, reading.detail) == (without.programme, without.year, without.detail)
        ]
        for quantity in quantities:
            same = [pair for pair in pairs if pair.quantity == quantity]
            if same:
                most_precise = min(same, key=lambda pair: (pair.rounding, not pair.used))
                yield Relation(
                    _name("vat", without) + ("-itself" if quantity == "net" else ""),
                    "vat",
                    WithAndWithoutVat(without, ledger.programmes[without.programme].title),
                    without.document,
                    without.section,
                    (Part(most_precise, factor=WITHOUT_VAT),),
                    without,
                )


def _printed_twice(ledger: Ledger) -> Iterator[Relation]:
    """Each print against the most precise one of the same figure on the same VAT basis, where stated."""
    groups: dict[tuple[str, int, str, str], list[Reading]] = {}
    for reading in _readable(ledger):
        groups.setdefault((reading.programme, reading.year, reading.quantity, reading.detail), []).append(reading)
    for group in groups.values():
        before: list[Reading] = []
        for reading in sorted(group, key=lambda candidate: (candidate.rounding, not candidate.used)):
            basis = {reading.vat, "unknown"}
            same = [earlier for earlier in before if reading.vat == "unknown" or earlier.vat in basis]
            if same:
                yield Relation(
                    _name("same", reading),
                    "same_figure",
                    PrintedTwice(reading, ledger.programmes[reading.programme].title),
                    reading.document,
                    reading.section,
                    (Part(same[0]),),
                    reading,
                )
            before.append(reading)


def _counted_twice(ledger: Ledger) -> Iterator[Relation]:
    """Each volume, price or share that is not used against the one that is."""
    used = {_figure(indicator): indicator for indicator in ledger.indicators if indicator.used}
    for indicator in ledger.indicators:
        if indicator.used or indicator.amount is None or _figure(indicator) not in used:
            continue
        words = ["same", indicator.programme, str(indicator.year), indicator.indicator]
        yield Relation(
            "-".join(words),
            "same_figure",
            CountedTwice(indicator, ledger.programmes[indicator.programme].title),
            indicator.document,
            indicator.section,
            (Part(used[_figure(indicator)]),),
            indicator,
        )


def _figure(indicator: Indicator) -> tuple[str, str, int, str]:
    return indicator.programme, indicator.indicator, indicator.year, indicator.period


def _readable(ledger: Ledger) -> list[Reading]:
    return [reading for reading in ledger.readings if reading.amount is not None]


def _name(family: str, reading: Reading) -> str:
    detail = re.sub(r"[^a-z0-9]+", "-", reading.detail.lower()).strip("-")
    words = [family, reading.programme, str(reading.year), reading.quantity.replace("_", "-"), detail, reading.place]
    return "-".join(filter(None, words))
