"""How long the exact division of amounts over municipalities takes, against bare arithmetic and two peers.

Run it with ``python -m benchmarks.allocation``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import gcd
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from benchmarks.floors import YEAR, floor, floor_in_blocks, random_totals
from benchmarks.measure import Candidate, conditions, console, interleave, ratio, show
from gguplan.inputs.population.years import load_population
from gguplan.money import split

try:
    from benchmarks.peers import OpenFisca, apportion, in_cents
except ImportError as missing:
    raise SystemExit(f"{missing}: install the peers with pip install '.[benchmarks]'") from None

Integers = NDArray[np.int64]

FUNDS_AT_ONCE = 1_000
UNITS = (342, 1_000, 3_420, 10_000, 34_200, 100_000)
TOTALS_WHILE_GROWING = 100
SPLIT = "gguplan, split"
FLOOR = "floor, int64 divmod"
FLOOR_IN_BLOCKS = "floor, in blocks"


@dataclass(frozen=True)
class Peer:
    """A way to divide: `task` is timed over the first `totals` of the totals; `parts` gives its cents."""

    name: str
    totals: int
    task: Callable[[Integers], object]
    parts: Callable[[Integers], Integers] | None


def in_floats(totals: Integers, weights: Integers) -> Integers:
    """Pro rata in float64, each part rounded to the cent."""
    return in_cents((totals / 100)[:, None] * weights / weights.sum())


def peers_for(weights: Integers, totals: int, singly: int) -> list[Peer]:
    """The candidates; those that take one total at a time do only the first `singly` of them."""
    at_once = gcd(FUNDS_AT_ONCE, totals)
    together, alone = OpenFisca(weights, at_once), OpenFisca(weights, 1)
    floats, fractions = (partial(apportion, weights=weights, fractions=exact) for exact in (False, True))
    exactly, rounded = partial(split, weights=weights), partial(in_floats, weights=weights)
    return [
        Peer(SPLIT, totals, exactly, exactly),
        Peer(FLOOR, totals, partial(floor, weights=weights), None),
        Peer(FLOOR_IN_BLOCKS, totals, partial(floor_in_blocks, weights=weights), None),
        Peer("float64, rounded", totals, rounded, rounded),
        Peer(f"OpenFisca, {at_once:,} at once", totals, together.contributions, together.parts),
        Peer("OpenFisca, one at a time", singly, alone.contributions, alone.parts),
        Peer("apportionment, floats", singly, floats, floats),
        Peer("apportionment, fractions", singly, fractions, fractions),
    ]


def check_exact(totals: Integers, weights: Integers) -> None:
    """Stop unless each row of `split` sums to its total, every part within a cent of its exact share."""
    parts, whole = split(totals, weights), int(weights.sum())
    if not np.array_equal(parts.sum(axis=1), totals):
        raise SystemExit("split: the parts do not sum to the total")
    if (np.abs(parts * whole - totals[:, None] * weights) >= whole).any():
        raise SystemExit("split: a part is a cent or more from its exact share")


def compare(weights: Integers, totals: Integers, singly: int, rounds: int) -> None:
    """Print the time of every candidate as a multiple of that of `split`, and how far its sums are off."""
    peers = peers_for(weights, len(totals), singly)
    candidates = [
        Candidate(peer.name, partial(peer.task, totals[: peer.totals]), len(totals) / peer.totals) for peer in peers
    ]
    timings = interleave(candidates, rounds)
    rows = []
    for peer in peers:
        timing = timings[peer.name]
        by_median, by_minimum = ratio(timing, timings[SPLIT])
        rows.append(
            [
                peer.name,
                f"{timing.median * 1000:,.1f}",
                f"{timing.minimum * 1000:,.1f}",
                f"{by_median:,.2f}",
                f"{by_minimum:,.2f}",
                *(_how_far_off(peer.parts, totals[: peer.totals]) if peer.parts else ("", "", "", "")),
            ]
        )
    title = f"{len(totals):,} totals over {len(weights)} municipalities, milliseconds ({rounds} rounds)"
    columns = ["", "median", "minimum", "ratio, median", "ratio, minimum"]
    console().print("Ratio: times as long as split. Do not sum: totals that their parts do not add up to.")
    show(title, [*columns, "do not sum", "of", "median cents off", "most cents off"], rows)
    for name in (FLOOR, FLOOR_IN_BLOCKS):
        by_median, by_minimum = ratio(timings[SPLIT], timings[name])
        console().print(f"split ÷ {name}: {by_median:.2f} by the medians, {by_minimum:.2f} by the minima")
    console().print(f"One total at a time: measured over {singly:,} totals, scaled to {len(totals):,}.\n")


def _how_far_off(parts: Callable[[Integers], Integers], totals: Integers) -> tuple[str, str, str, str]:
    off = np.abs(parts(totals).sum(axis=1) - totals)
    wrong = np.count_nonzero(off)
    return f"{wrong:,}", f"{len(totals):,}", f"{np.median(off):,.0f}", f"{off.max():,}"


def grow(inhabitants: Integers, rounds: int) -> None:
    """Print what one unit costs as the units become more; the weights are drawn from the real inhabitants."""
    totals = random_totals(TOTALS_WHILE_GROWING)
    candidates = []
    for units in UNITS:
        draw = np.random.default_rng(units).choice(inhabitants, units)
        weights = inhabitants if units == len(inhabitants) else draw
        check_exact(totals, weights)
        calls = max(1, UNITS[-1] // units)
        for name, task in ((SPLIT, split), (FLOOR, floor)):
            candidates.append(Candidate(f"{name} {units}", partial(_repeat, task, totals, weights, calls), 1 / calls))
    timings = interleave(candidates, rounds)
    rows = []
    nanoseconds = 1e9 / TOTALS_WHILE_GROWING
    smallest = timings[f"{SPLIT} {UNITS[0]}"]
    for units in UNITS:
        timing, least = timings[f"{SPLIT} {units}"], timings[f"{FLOOR} {units}"]
        growth = [part * UNITS[0] / units for part in ratio(timing, smallest)]
        per_unit = [part * nanoseconds / units for part in (timing.median, timing.minimum, least.minimum)]
        by_median, by_minimum = ratio(timing, least)
        figures = [*per_unit, *growth, by_median, by_minimum]
        rows.append([f"{units:,}", *(f"{figure:.2f}" for figure in figures)])
    columns = ["units", "split, median", "split, minimum", "floor, minimum", "growth, median"]
    columns += ["growth, minimum", "ratio, median", "ratio, minimum"]
    console().print(f"Growth: times what a unit costs at {UNITS[0]}. Ratio: times as long as the floor.")
    show(f"Nanoseconds a unit, {TOTALS_WHILE_GROWING} totals ({rounds} rounds)", columns, rows)
    slopes = [
        np.polyfit(np.log(UNITS), np.log([timings[f"{name} {units}"].minimum for units in UNITS]), 1)[0]
        for name in (SPLIT, FLOOR)
    ]
    console().print(f"Time grows as units to the power {slopes[0]:.2f} (the floor: {slopes[1]:.2f}; linear is 1).")


def _repeat(task: Callable[[Integers, Integers], object], totals: Integers, weights: Integers, calls: int) -> None:
    for _call in range(calls):
        task(totals, weights)


def main(
    totals: Annotated[int, typer.Option(min=1, max=100_000, help="How many totals to divide.")] = 10_000,
    singly: Annotated[int, typer.Option(min=1, help="Totals for who takes one at a time; scaled.")] = 50,
    rounds: Annotated[int, typer.Option(min=1, help="How often each candidate has its turn.")] = 15,
) -> None:
    """Divide many totals over all municipalities of 2024, and say how long each way takes."""
    inhabitants = load_population(YEAR).inhabitants
    amounts = random_totals(totals)
    console().print(conditions(["numpy", "apportionment", "openfisca-core"]) + "\n")
    check_exact(amounts, inhabitants)
    console().print(f"split: all {totals:,} totals sum to the cent, no part a cent or more from its share.\n")
    compare(inhabitants, amounts, min(singly, totals), rounds)
    grow(inhabitants, rounds)


if __name__ == "__main__":
    typer.run(main)
