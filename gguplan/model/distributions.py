"""The normal distribution and Student's t, for arrays, to the last digits that a float holds.

`scipy.special` has the same functions. To load it takes longer than all that a run works out with them, because it
brings parts of numpy along that nothing here uses; `tests/test_distributions.py` holds each of these to it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# Wichura 1988, "Algorithm AS 241: The percentage points of the normal distribution": the numerators and denominators of
# three rational functions, from the highest power down.
_NEAR_THE_MIDDLE: Final = (
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
    (5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
     5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0),
)  # fmt: skip
_TOWARDS_THE_ENDS: Final = (
    (7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
     3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734),
    (1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
     0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0),
)  # fmt: skip
_AT_THE_ENDS: Final = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
     0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772),
    (2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
     0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.0),
)  # fmt: skip

_MOST_TERMS: Final = 1_000
_SAME: Final = 1e-15
_MOST_STEPS: Final = 30
_SMALL: Final = 1e-8
"""What is off after a step is as its square."""
_STARTS: Final[Floats] = np.linspace(-40, 0, 201)
"""Where quantiles of Student's t are sought from: inverse hyperbolic sines of the values."""


def normal_chance(values: ArrayLike) -> Floats:
    """The chances of a standard normal below these values, of their shape."""
    value = np.asarray(values, dtype=np.float64)
    below = (math.erfc(score) / 2 for score in (-math.sqrt(0.5) * value).ravel().tolist())
    return np.fromiter(below, np.float64, value.size).reshape(value.shape)


def normal_quantile(chances: ArrayLike) -> Floats:
    """The values below which a standard normal lies with these chances, of their shape; infinite at 0 and at 1."""
    chance = np.asarray(chances, dtype=np.float64).ravel()
    centred = chance - 0.5
    quantile = centred * _ratio(_NEAR_THE_MIDDLE, 0.180625 - centred * centred)
    ends = np.flatnonzero(np.abs(centred) > 0.425)
    end = chance[ends]
    with np.errstate(divide="ignore"):
        root = np.sqrt(-np.log(np.minimum(end, 1 - end)))
    # The smallest float is at 28.
    finite = np.minimum(root, 28)
    away = np.where(finite <= 5, _ratio(_TOWARDS_THE_ENDS, finite - 1.6), _ratio(_AT_THE_ENDS, finite - 5))
    quantile[ends] = np.copysign(np.where(np.isinf(root), root, away), centred[ends])
    return quantile.reshape(np.shape(chances))


def student_chance(freedom: float, values: ArrayLike) -> Floats:
    """The chances of Student's t with `freedom` degrees (above 0) below these finite values, of their shape.

    An incomplete beta function (Abramowitz and Stegun 26.7.1), of which the half is taken that converges soonest.
    """
    value = np.asarray(values, dtype=np.float64)
    half, squared = freedom / 2, value.ravel() ** 2
    far = freedom / (freedom + squared)
    near = squared / (freedom + squared)
    beta = math.exp(math.lgamma(half) + math.lgamma(0.5) - math.lgamma(half + 0.5))
    front = far**half * np.sqrt(near) / beta
    in_tail = far < (half + 1) / (half + 2.5)
    tail = np.empty(value.size)
    tail[in_tail] = front[in_tail] * _fraction(half, 0.5, far[in_tail]) / freedom
    tail[~in_tail] = 0.5 - front[~in_tail] * _fraction(0.5, half, near[~in_tail])
    return np.where(value < 0, tail.reshape(value.shape), 1 - tail.reshape(value.shape))


def student_quantile(freedom: float, chances: ArrayLike) -> Floats:
    """The values below which Student's t with `freedom` degrees (above 0) lies with these chances between 0 and 1, of
    their shape. By Newton's steps on the logarithms, which are nearly a line."""
    chance = np.asarray(chances, dtype=np.float64)
    sought = np.log(np.minimum(chance, 1 - chance))
    with np.errstate(divide="ignore"):
        known = np.log(student_chance(freedom, np.sinh(_STARTS)))
    kept = np.isfinite(known)
    place = np.interp(sought, known[kept], _STARTS[kept])
    top = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)
    for _step in range(_MOST_STEPS):
        value = np.sinh(place)
        below = student_chance(freedom, value)
        density = top * (1 + value**2 / freedom) ** (-(freedom + 1) / 2)
        move = (np.log(below) - sought) * below / (density * np.cosh(place))
        place -= move
        if np.all(np.abs(move) < _SMALL):
            break
    return np.copysign(np.sinh(place), chance - 0.5)


def log_gamma(values: ArrayLike) -> Floats:
    """The logarithms of the gamma function at these values above 0, of their shape."""
    value = np.asarray(values, dtype=np.float64)
    return np.fromiter(map(math.lgamma, value.ravel().tolist()), np.float64, value.size).reshape(value.shape)


def _ratio(of: tuple[Sequence[float], Sequence[float]], place: Floats) -> Floats:
    """A rational function at each place."""
    numerator, denominator = (_polynomial(powers, place) for powers in of)
    numerator /= denominator
    return numerator


def _polynomial(powers: Sequence[float], place: Floats) -> Floats:
    # Half the time of np.polyval, which makes a new array for each power.
    value = np.full(place.shape, powers[0])
    for power in powers[1:]:
        value *= place
        value += power
    return value


def _fraction(first: float, second: float, place: Floats) -> Floats:
    """The continued fraction of the incomplete beta function (26.5.8), from the front (Thompson and Barnett 1986)."""
    whole, ahead, behind = np.ones_like(place), np.ones_like(place), np.zeros_like(place)
    for term in range(1, _MOST_TERMS):
        half = term // 2
        top = -(first + half) * (first + second + half) if term % 2 else half * (second - half)
        step = top / ((first + term - 1) * (first + term)) * place
        behind = 1 / (1 + step * behind)
        ahead = 1 + step / ahead
        whole /= behind * ahead
        if np.all(np.abs(behind * ahead - 1) <= _SAME):
            break
    return whole
