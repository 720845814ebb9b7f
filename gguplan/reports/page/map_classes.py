"""The classes of the map: what falls together under one colour, with the words for it."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.language import _
from gguplan.model.rank_among_peers import whole_cents
from gguplan.money import Integers
from gguplan.wording.amounts import format_euros

_MOST = 5
_MOST_ON_A_SIDE = 2
_SHADES = ((3,), (2, 4), (1, 3, 5), (1, 2, 4, 5), (1, 2, 3, 4, 5))
"""Which of five shades, from light to dark, so many classes have."""


class Classes(Struct, frozen=True):
    """The classes in order; `styles` name the colour (and hatching) of each, `place` says which each municipality
    falls in, shape (municipalities,)."""

    title: str
    labels: tuple[str, ...]
    styles: tuple[str, ...]
    place: Integers

    @property
    def counts(self) -> list[int]:
        """Municipalities in each class."""
        return [int((self.place == number).sum()) for number in range(len(self.labels))]


def rate_classes(euros_an_inhabitant: NDArray[np.float64]) -> Classes:
    """By what is paid per inhabitant, in whole cents: each amount a class of its own, or five of the same size."""
    cents = whole_cents(euros_an_inhabitant)
    place, bounds = _bands(cents, _MOST)
    labels = tuple(_range(low, high) for low, high in bounds)
    styles = tuple(f"rate-{shade}" for shade in _SHADES[len(labels) - 1])
    return Classes(_("To pay per inhabitant (and how many municipalities)"), labels, styles, place)


def effect_classes(euros_an_inhabitant: NDArray[np.float64]) -> Classes:
    """By how much more or less is paid per inhabitant, in whole cents; who pays less stands apart by hatching."""
    cents = whole_cents(euros_an_inhabitant)
    is_nothing = bool((euros_an_inhabitant[cents == 0] == 0).all())
    labels: list[str] = []
    styles: list[str] = []
    place = np.zeros(len(cents), dtype=np.int64)
    for style, chosen in (("less", cents < 0), ("same", cents == 0), ("more", cents > 0)):
        if not chosen.any():
            continue
        bands, bounds = _bands(cents[chosen], _MOST_ON_A_SIDE)
        place[chosen] = bands + len(labels)
        for number, (low, high) in enumerate(bounds):
            labels.append(_effect(style, low, high, is_nothing))
            strength = len(bounds) - number if style == "less" else number + 1
            styles.append(style if style == "same" else f"{style}-{strength}")
    return Classes(_("Change per inhabitant (and how many municipalities)"), tuple(labels), tuple(styles), place)


def _bands(cents: Integers, most: int) -> tuple[Integers, list[tuple[int, int]]]:
    """The band of each amount, and the lowest and highest amount in each band."""
    values = np.unique(cents)
    if len(values) > most:
        values = np.unique(np.sort(cents)[np.arange(1, most + 1) * len(cents) // most - 1])
    place: Integers = np.searchsorted(values, cents)
    some = [cents[place == number] for number in range(len(values))]
    return place, [(int(rates.min()), int(rates.max())) for rates in some]


def _range(low: int, high: int) -> str:
    if low == high:
        return format_euros(low)
    return _("{low} to {high}", low=format_euros(low), high=format_euros(high))


def _effect(style: str, low: int, high: int, is_nothing: bool) -> str:
    if style == "same":
        return _("the same") if is_nothing else _("at most half a cent more or less")
    if style == "less":
        return _("{amount} less", amount=_range(-high, -low))
    return _("{amount} more", amount=_range(low, high))
