"""Sums that tests ask for again and again, worked out once for a worker: what is spent, in ten thousand draws."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, Final

import pytest

from gguplan.model import spending
from gguplan.model.realisation import fitted_model

_SUMS: Final[tuple[Callable[..., Any], ...]] = (fitted_model.fit, spending.forecast_of)
"""Each is the same of the same, and nobody changes what it gives; that the same comes out in another process is a test
of every page of the documentation."""


def working_out_once(patch: pytest.MonkeyPatch) -> None:
    """Let these sums take from memory what they made before, wherever gguplan calls them; a test that calls one itself
    has it worked out."""
    for function in _SUMS:
        once = _once(function)
        for name, module in list(sys.modules.items()):
            if name.startswith("gguplan.") and vars(module).get(function.__name__) is function:
                patch.setattr(module, function.__name__, once)


def _once(function: Callable[..., Any]) -> Callable[..., Any]:
    made: dict[bytes, Any] = {}

    @wraps(function)
    def once(*arguments: Any, **options: Any) -> Any:
        key = sha256(pickle.dumps((arguments, options))).digest()
        if key not in made:
            made[key] = function(*arguments, **options)
        return made[key]

    return once
