"""The scale on which realisation ratios are compared: logarithmic from a quarter to four, straight outside.

On a log scale a budget spent by half and one spent twice lie equally far from 1. But ratios of 0 exist, and negative
ones (corrections of an earlier year), and a log has no place for them; and a heavy tail on a log scale has no mean.
So the log is continued by its tangents: log(r) for 1/4 ≤ r ≤ 4, and −log 4 + (r − 1/4) × 4 below, log 4 + (r − 4) ÷ 4
above. It rises strictly, has no kink and can be inverted for every number.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from gguplan.model.realisation.history_arrays import Floats

EDGE: Final = 4.0
_LOG_EDGE: Final = float(np.log(EDGE))


def to_scale(ratio: Floats) -> Floats:
    """The place of ratios on the scale, any shape; 1 lies at 0."""
    middle: Floats = np.log(np.clip(ratio, 1 / EDGE, EDGE))
    return middle + np.maximum(ratio - EDGE, 0) / EDGE + np.minimum(ratio - 1 / EDGE, 0) * EDGE


def to_ratio(place: Floats) -> Floats:
    """The ratios at places on the scale: the inverse of `to_scale`."""
    middle: Floats = np.exp(np.clip(place, -_LOG_EDGE, _LOG_EDGE))
    return middle + np.maximum(place - _LOG_EDGE, 0) * EDGE + np.minimum(place + _LOG_EDGE, 0) / EDGE
