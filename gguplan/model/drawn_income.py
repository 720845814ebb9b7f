"""What others pay of a programme where that is not certain: drawn, and alike in all years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gguplan.fund.programme import Income
from gguplan.model.randomness import stream
from gguplan.model.realisation.stated_interval import StatedInterval
from gguplan.money import Integers


def income_deviation(
    name: str, income: Sequence[Income], vat_percent: int, year: int, draws: int, seed: int
) -> Integers:
    """How much more than planned comes in of `name` in a year in each draw, cents without VAT of shape (draws,)."""
    deviation = np.zeros(draws, dtype=np.int64)
    for number, row in enumerate(income):
        if row.between is None or not row.comes_in(year):
            continue
        low, high = row.between
        score = stream(seed, f"income:{name}:{number}").standard_normal(draws)
        with_vat = np.rint(StatedInterval(low, high, row.sure / 100).at(score) - row.cents).astype(np.int64)
        deviation += np.rint(with_vat * 100 / (100 + vat_percent)).astype(np.int64)
    return deviation
