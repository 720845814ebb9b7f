"""What a planner states instead of data: "I am 90 % sure that it lies between a and b".

That becomes the distribution with exactly that central interval: as much chance above b as below a. Between positive
ends it is lognormal, so its middle is √(a × b) and it never passes 0; otherwise it is normal, with the middle in
between. It holds for ratios and for amounts in cents alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from msgspec import Struct
from scipy.special import ndtr, ndtri

from gguplan.model.realisation.forecast import Forecast
from gguplan.model.realisation.history_arrays import Floats

_SCORES: Final[Floats] = np.linspace(-5, 5, 401)


class StatedInterval(Struct, frozen=True):
    """`sure` (between 0 and 1) that it lies between `low` and `high`; raises ValueError where that says nothing."""

    low: float
    high: float
    sure: float = 0.9

    def __post_init__(self) -> None:
        if not (np.isfinite(self.low) and np.isfinite(self.high)):
            raise ValueError("the ends of a stated interval must be numbers")
        if self.low > self.high:
            raise ValueError("a stated interval ends below its begin")
        if not 0 < self.sure < 1:
            raise ValueError("how sure must lie between 0 and 1")

    @property
    def logarithmic(self) -> bool:
        """True where both ends are positive, so that it is lognormal."""
        return self.low > 0

    @property
    def middle(self) -> float:
        """The median."""
        return float(np.sqrt(self.low * self.high)) if self.logarithmic else (self.low + self.high) / 2

    @property
    def spread(self) -> float:
        """The standard deviation, of the logarithm where it is lognormal."""
        width = np.log(self.high / self.low) if self.logarithmic else self.high - self.low
        return float(width / (2 * ndtri((1 + self.sure) / 2)))

    def mean(self) -> float:
        """The expected value."""
        return self.middle * float(np.exp(self.spread**2 / 2)) if self.logarithmic else self.middle

    def quantile(self, chances: Sequence[float] | Floats) -> Floats:
        """The values below which the chances lie, of the shape of `chances`; exact."""
        score: Floats = ndtri(np.asarray(chances, dtype=np.float64))
        return self.at(score)

    def chance(self, values: Sequence[float] | Floats) -> Floats:
        """The chances of at most these values. With equal ends all the chance lies on them."""
        value = np.asarray(values, dtype=np.float64)
        if self.low == self.high:
            return (value >= self.low).astype(np.float64)
        if self.logarithmic:
            with np.errstate(divide="ignore"):
                score = np.log(np.maximum(value, 0) / self.middle) / self.spread
        else:
            score = (value - self.middle) / self.spread
        below: Floats = ndtr(score)
        return below

    def nodes(self) -> tuple[Floats, Floats]:
        """Ratios and chances for a `Forecast`, dense enough for its lines: both ends are among them."""
        end = float(ndtri((1 + self.sure) / 2))
        score = np.sort(np.concatenate([_SCORES, [-end, end]]))
        chances: Floats = ndtr(score)
        return self.at(score), chances

    def at(self, score: Floats) -> Floats:
        """The values at normal scores, of the same shape."""
        moved: Floats = self.spread * score
        return self.middle * np.exp(moved) if self.logarithmic else self.middle + moved


def state(forecast: Forecast, name: str, stated: StatedInterval) -> Forecast:
    """The forecast with what the planner states of the ratio of one programme. It moves with the year as the others
    do, and its draws come from the same stream. Raises ValueError for a name that is not in it."""
    return forecast.with_row(name, *stated.nodes())
