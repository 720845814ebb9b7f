"""Functions of which the first-order share of every factor is known exactly, to hold estimates against.

Points of the unit cube have shape (variants, factors), outcomes (variants,).
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gguplan.fund.sweep_plan import Factor, Sample
from gguplan.money import Integers

Points = NDArray[np.float64]

UNITS: Final = 10**9
"""In which the values of a factor are counted."""
_COEFFICIENTS: Final = Path(__file__).parent / "data" / "oakley-ohagan-2004.csv"


@dataclass(frozen=True)
class KnownShares:
    """A function with its exact shares; `normal` when its factors are standard normal, else they go from 0 to 1."""

    name: str
    function: Callable[[Points], Points]
    shares: tuple[float, ...]
    normal: bool = False

    @property
    def left(self) -> float:
        """The share that no factor explains by itself."""
        return 1 - sum(self.shares)

    @property
    def factors(self) -> list[Factor]:
        """A factor for each of its arguments."""
        return factors_named([f"x{place:02}" for place in range(1, len(self.shares) + 1)])

    def variants(self, sample: Sample, size: int, seed: int) -> tuple[Integers, Integers]:
        """The values of its factors in a designed sample, shape (variants, factors), and the outcome of each."""
        points = points_of(sample, size, len(self.shares), seed)
        return in_units(self.values(points)), self.at(points)

    def values(self, points: Points) -> Points:
        """The arguments of the function at points of the unit cube."""
        return _normal(np.clip(points, 1e-9, 1 - 1e-9)) if self.normal else points

    def at(self, points: Points) -> Integers:
        """The outcomes at points of the unit cube, in millionths."""
        outcomes: Integers = np.rint(self.function(self.values(points)) * 10**6).astype(np.int64)
        return outcomes


def factors_named(names: list[str], choices: tuple[str, ...] = ()) -> list[Factor]:
    """Levers with these names."""
    return [Factor((name,), "lever", "amount", high=UNITS, choices=choices) for name in names]


def points_of(sample: Sample, size: int, count: int, seed: int) -> Points:
    """A designed sample of the unit cube, drawn as the program draws it."""
    from scipy.stats import qmc

    if sample == "sobol":
        points: Points = qmc.Sobol(count, seed=seed).random(size)
        return points
    columns = [qmc.LatinHypercube(1, seed=np.random.default_rng([seed, place])) for place in range(count)]
    return np.hstack([column.random(size) for column in columns])


def in_units(values: Points) -> Integers:
    """The values of factors as whole numbers."""
    units: Integers = np.rint(values * UNITS).astype(np.int64)
    return units


def _normal(points: Points) -> Points:
    from scipy.special import ndtri

    scores: Points = ndtri(points)
    return scores


def ishigami() -> KnownShares:
    """sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ with x between −π and π (Ishigami and Homma 1990).

    Its variances: V = 7²/8 + 0.1π⁴/5 + 0.1²π⁸/18 + 1/2, V₁ = (1 + 0.1π⁴/5)²/2, V₂ = 7²/8, V₃ = 0.
    """

    def function(points: Points) -> Points:
        x = np.pi * (2 * points - 1)
        outcome: Points = np.sin(x[:, 0]) * (1 + 0.1 * x[:, 2] ** 4) + 7 * np.sin(x[:, 1]) ** 2
        return outcome

    whole = 49 / 8 + 0.1 * np.pi**4 / 5 + 0.01 * np.pi**8 / 18 + 0.5
    return KnownShares("Ishigami", function, ((1 + 0.1 * np.pi**4 / 5) ** 2 / 2 / whole, 49 / 8 / whole, 0.0))


def sobol_g() -> KnownShares:
    """∏ (|4xᵢ − 2| + aᵢ) ÷ (1 + aᵢ) with a = 0, 1, 4.5, 9, 99, 99, 99, 99 (Saltelli and Sobol 1995).

    Its variances: Vᵢ = 1 ÷ (3 (1 + aᵢ)²) and V = ∏ (1 + Vᵢ) − 1.
    """
    a = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])

    def function(points: Points) -> Points:
        outcome: Points = np.prod((np.abs(4 * points - 2) + a) / (1 + a), axis=1)
        return outcome

    own = 1 / (3 * (1 + a) ** 2)
    return KnownShares("Sobol G", function, tuple((own / (np.prod(1 + own) - 1)).tolist()))


def oakley_ohagan() -> KnownShares:
    """a₁ᵀx + a₂ᵀ sin x + a₃ᵀ cos x + xᵀMx of 15 standard normal factors (Oakley and O'Hagan 2004, equation 21).

    Of a factor by itself a₁x + a₂ sin x + a₃ cos x + Mᵢᵢx², of which the variance is a quadrature with 80 points; of
    two together (Mᵢⱼ + Mⱼᵢ) xᵢxⱼ, of which it is (Mᵢⱼ + Mⱼᵢ)². The shares sum to 0.711.
    """
    with _COEFFICIENTS.open(encoding="utf-8", newline="") as file:
        rows = [line for line in file if not line.startswith("#")]
    table = np.array([[float(cell) for cell in row] for row in list(csv.reader(rows))[1:]])
    a, matrix = table[:, :3], table[:, 3:]

    def function(x: Points) -> Points:
        outcome: Points = x @ a[:, 0] + np.sin(x) @ a[:, 1] + np.cos(x) @ a[:, 2] + ((x @ matrix) * x).sum(axis=1)
        return outcome

    at, weights = np.polynomial.hermite_e.hermegauss(80)
    weights = weights / weights.sum()
    own = a @ np.array([at, np.sin(at), np.cos(at)]) + np.diag(matrix)[:, None] * at**2
    variances = (own - (own @ weights)[:, None]) ** 2 @ weights
    together = np.triu(matrix + matrix.T, 1) ** 2
    shares = variances / (variances.sum() + together.sum())
    return KnownShares("Oakley–O'Hagan", function, tuple(shares.tolist()), normal=True)


def equal_factors(count: int) -> KnownShares:
    """The sum of `count` factors: each explains 1 ÷ count, and nothing interacts."""
    return KnownShares(f"{count} equal", lambda points: points.sum(axis=1), (1 / count,) * count)


def two_jumps() -> KnownShares:
    """[x₁ > 0.37] + [x₂ > 0.8] + x₃ ÷ 2, a sum: variances 0.37 × 0.63, 0.8 × 0.2 and 1 ÷ 48. A jump is what no
    smooth function follows, so it must not be taken for an interaction."""

    def function(points: Points) -> Points:
        outcome: Points = (points[:, 0] > 0.37) * 1.0 + (points[:, 1] > 0.8) + points[:, 2] / 2
        return outcome

    own = np.array([0.37 * 0.63, 0.8 * 0.2, 1 / 48])
    return KnownShares("two jumps", function, tuple((own / own.sum()).tolist()))
