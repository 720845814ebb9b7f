"""The answer of a run, on the first screen: what changes by programme, and who pays most and least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gguplan.language import _, plural
from gguplan.model.bill import euros_per_inhabitant, rate_of_one
from gguplan.model.comparison import Comparison
from gguplan.model.result import RunResult
from gguplan.reports.paid_by_bodies import changes_for_bodies
from gguplan.reports.terminal.console import table
from gguplan.wording.amounts import format_euros, format_number, per_inhabitant
from gguplan.wording.bodies import payer_heading

if TYPE_CHECKING:
    from rich.table import Table


class Part(NamedTuple):
    """A table of the answer, what stands above it, and a sentence below it."""

    heading: str
    table: Table
    sentence: str = ""


def answer_parts(result: RunResult, how_many: int, comparison: Comparison | None) -> Iterator[Part]:
    """What changes beside what the scenario extends, or else what is paid; then who pays."""
    if comparison is None:
        heading = (
            _("What municipalities and other bodies pay, including VAT")
            if result.population.bodies
            else _("What municipalities pay, including VAT")
        )
        yield Part(heading, _paid_by_programme(result, how_many))
    else:
        yield Part(
            _("What municipalities pay, including VAT, beside {baseline}", baseline=comparison.baseline.title),
            _changes_by_programme(result, how_many, comparison),
            who_pays_more(comparison),
        )
    if how_many:
        yield Part(
            _("Who pays most and least, including VAT"),
            municipality_table(
                payer_heading(result.population), result, _ends(result, how_many), comparison, total=True
            ),
        )


def who_pays_more(comparison: Comparison) -> str:
    """How many municipalities pay more, less and the same, in a sentence."""
    more, less, same = (group.municipalities for group in comparison.by_direction())
    parts = [
        *([plural("{count} municipality pays more", "{count} municipalities pay more", more)] if more else []),
        *([plural("{count} municipality pays less", "{count} municipalities pay less", less)] if less else []),
        *([plural("{count} pays the same", "{count} pay the same", same)] if same else []),
    ]
    return " ".join([f"{', '.join(parts)}.", *changes_for_bodies(comparison)])


def municipality_table(
    heading: str, result: RunResult, places: Sequence[int], comparison: Comparison | None, total: bool = False
) -> Table:
    """What the municipalities at `places` pay; with `total` a row for the others, and all together."""
    population, to_pay = result.population, result.to_pay
    effects = _effects(result, comparison)

    def row(name: str, inhabitants: int, cents: int, effect: int, of_bodies: int) -> list[str]:
        rate = per_inhabitant(rate_of_one(cents - of_bodies, inhabitants))
        change = [] if effects is None else [format_euros(effect)]
        return [name, format_number(inhabitants) if inhabitants else "–", format_euros(cents), rate, *change]

    def together(name: str, positions: Sequence[int]) -> list[str]:
        chosen = np.array(positions, dtype=np.int64)
        effect = 0 if effects is None else int(effects[chosen].sum())
        of_bodies = int(to_pay[chosen][population.is_body[chosen]].sum())
        return row(name, int(population.inhabitants[chosen].sum()), int(to_pay[chosen].sum()), effect, of_bodies)

    rows = [
        together(f"{municipality.name} ({municipality.gm_code})", [place])
        for place in places
        for municipality in [population.municipalities[place]]
    ]
    everybody = range(len(population.municipalities))
    if total:
        others = [place for place in everybody if place not in set(places)]
        if others:
            between = together(plural("{count} other", "{count} others", len(others)), others)
            rows.insert(len(places) // 2, between)
        rows.append(together(_("Total"), everybody))
    change = [] if effects is None else [_("difference")]
    headings = [heading, _("inhabitants"), _("to pay"), _("per inhabitant"), *change]
    return table(headings, rows, total=total)


def _ends(result: RunResult, how_many: int) -> list[int]:
    """Who pays most and who pays least, in that order; everybody where they are no more."""
    order: list[int] = np.lexsort((result.population.codes, -result.to_pay)).tolist()
    return order if 2 * how_many >= len(order) else [*order[:how_many], *order[len(order) - how_many :]]


def _effects(result: RunResult, comparison: Comparison | None) -> np.ndarray | None:
    """Cents more for each municipality of the result; None where it is not over these that is compared."""
    if comparison is None or comparison.population.index.keys() != result.population.index.keys():
        return None
    return comparison.effects


def _paid_by_programme(result: RunResult, how_many: int) -> Table:
    population = result.population
    paid = sorted(
        (
            (billed.programme.title, billed.contributed - billed.refunded, billed.paid_by_municipalities(population))
            for billed in result.by_programme
        ),
        key=lambda row: -row[1],
    )
    shown, others = (paid, []) if len(paid) <= how_many + 1 else (paid[:how_many], paid[how_many:])
    together = plural("{count} other programme", "{count} other programmes", len(others))
    rows = [
        *shown,
        *([(together, *_summed(others))] if others else []),
        (_("Total"), *_summed(paid)),
    ]
    headings = [_("Programme"), _("to pay"), _("per inhabitant")]
    cells = (
        [title, format_euros(cents), per_inhabitant(euros_per_inhabitant(of_municipalities, population.total))]
        for title, cents, of_municipalities in rows
    )
    return table(headings, cells, total=True, cut=0)


def _summed(rows: Sequence[tuple[str, int, int]]) -> tuple[int, int]:
    return sum(cents for _title, cents, _part in rows), sum(part for _title, _cents, part in rows)


def _changes_by_programme(result: RunResult, how_many: int, comparison: Comparison) -> Table:
    """Each programme that changes by the size of its change, the others together, and the total of them all."""
    titles, before, after = _programmes_beside_each_other(comparison)
    changed = sorted(
        (name for name in titles if before[name] != after[name]), key=lambda name: -_size(name, before, after)
    )
    shown = changed if len(changed) <= how_many + 1 else changed[:how_many]
    more = changed[len(shown) :]
    same = [name for name in titles if before[name] == after[name]]

    def row(name: str, names: Sequence[str]) -> list[str]:
        old, new = sum(map(before.__getitem__, names)), sum(map(after.__getitem__, names))
        rate = _paid_per_inhabitant(result, names) - _paid_per_inhabitant(comparison.baseline.result, names)
        return [name, format_euros(old), format_euros(new), format_euros(new - old), per_inhabitant(Decimal(str(rate)))]

    rows = [row(titles[name], [name]) for name in shown]
    if more:
        rows.append(row(plural("{count} other change", "{count} other changes", len(more)), more))
    if same:
        rows.append(row(plural("{count} programme unchanged", "{count} programmes unchanged", len(same)), same))
    rows.append(row(_("Total"), list(titles)))
    headings = [_("Programme"), _("before"), _("now"), _("difference"), _("per inhabitant")]
    return table(headings, rows, total=True, cut=0)


def _paid_per_inhabitant(result: RunResult, names: Sequence[str]) -> Decimal:
    """What municipalities pay per inhabitant for the programmes of these names."""
    paid = (billed.paid_by_municipalities(result.population) for billed in result.by_programme if billed.name in names)
    return euros_per_inhabitant(sum(paid), result.population.total)


def _programmes_beside_each_other(comparison: Comparison) -> tuple[dict[str, str], dict[str, int], dict[str, int]]:
    """By name of a programme of either: its title, and the cents that are paid for it before and after."""
    sides = [
        {
            billed.name: (billed.programme.title, billed.contributed - billed.refunded)
            for billed in bills.result.by_programme
        }
        for bills in (comparison.baseline, comparison.scenario)
    ]
    titles = {name: title for side in sides for name, (title, _cents) in side.items()}
    before, after = ({name: side[name][1] if name in side else 0 for name in titles} for side in sides)
    return titles, before, after


def _size(name: str, before: dict[str, int], after: dict[str, int]) -> int:
    return abs(after[name] - before[name])
