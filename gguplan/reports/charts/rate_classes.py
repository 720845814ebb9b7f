"""Classes of euros per inhabitant for the legend of a map: few, with round limits, each with its colour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.language import _, plural
from gguplan.money import Integers
from gguplan.wording.amounts import per_inhabitant

Floats = NDArray[np.float64]


class Class(Struct, frozen=True):
    """A class of the legend: how it is written, its colour, and its municipalities by place."""

    label: str
    colour: str
    places: Integers


def classes(rates: Floats, places: Integers, colours: Sequence[Sequence[str]], form: str) -> list[Class]:
    """Up to three classes with round limits that lie closest to the rates; `colours` by how many classes there are."""
    if not len(places):
        return []
    sizes = np.abs(rates[places]) if (rates[places] < 0).all() else rates[places]
    limits = round_limits(sizes)
    number = np.searchsorted(np.array(limits), sizes, side="right")
    chosen = [number_of_class for number_of_class in range(len(limits) + 1) if (number == number_of_class).any()]
    legend = []
    for colour, number_of_class in zip(colours[len(chosen) - 1], chosen, strict=True):
        within = sizes[number == number_of_class]
        label = form.format(range=_range(float(within.min()), float(within.max())))
        count = plural("{count} municipality", "{count} municipalities", len(within))
        legend.append(Class(f"{label} · {count}", colour, places[number == number_of_class]))
    return legend


def same(places: Integers, colour: str) -> list[Class]:
    """The class of those for whom nothing changes, when there are any."""
    if not len(places):
        return []
    count = plural("{count} municipality", "{count} municipalities", len(places))
    return [Class(f"{_('no change')} · {count}", colour, places)]


def _range(low: float, high: float) -> str:
    first, last = per_inhabitant(low), per_inhabitant(high)
    return first if first == last else f"{first} – {last}"


def round_limits(sizes: Floats) -> tuple[float, ...]:
    """The limits of at most three classes, from round numbers, that leave the least spread within the classes."""
    low, high = float(sizes.min()), float(sizes.max())
    # Below a hundredth of a cent it is rounding of the bills, not a difference.
    if high - low < 1e-4:
        return ()
    step = 10.0 ** np.floor(np.log10((high - low) / 4))
    limits = np.round(np.arange(np.floor(low / step) + 1, np.ceil(high / step)) * step, 10)
    limits = limits[(limits > low) & (limits <= high)]
    ordered = np.sort(sizes)
    cuts = np.searchsorted(ordered, limits)
    first, second = np.triu_indices(len(limits))
    spread = _spreads(ordered, np.zeros_like(cuts[first]), cuts[first])
    spread += _spreads(ordered, cuts[first], cuts[second])
    spread += _spreads(ordered, cuts[second], np.full_like(cuts[second], len(ordered)))
    # One limit, where both are the same, unless a second makes the classes tighter by more than a trifle.
    best = int(np.argmin(spread * np.where(first == second, 1.0, 1.02)))
    # Two limits without a value between them are one.
    chosen = {int(cuts[place]): float(limits[place]) for place in (second[best], first[best])}
    return tuple(sorted(chosen.values()))


def _spreads(ordered: Floats, start: Integers, end: Integers) -> Floats:
    """The sum of squares about their mean of the values from each `start` up to its `end`."""
    centred = ordered - ordered.mean()
    sums, squares = (np.concatenate([[0.0], np.cumsum(values)]) for values in (centred, centred**2))
    about: Floats = squares[end] - squares[start] - (sums[end] - sums[start]) ** 2 / np.maximum(end - start, 1)
    return np.maximum(about, 0)
