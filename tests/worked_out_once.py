"""Sums that tests ask for again and again, worked out once: what is spent, in ten thousand draws."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from gguplan.model import spending
from gguplan.model.realisation import fitted_model
from tests.kept import kept

_SUMS: Final[tuple[Callable[..., Any], ...]] = (fitted_model.fit, spending.forecast_of)
"""Each is the same of the same, and nobody changes what it gives; that the same comes out in another process is a test
of every page of the documentation."""


def working_out_once(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let these sums take what was made before, also by another worker of this run, wherever
    gguplan calls them; a test that calls one itself has it worked out."""
    for function in _SUMS:
        once = kept(function, folder, pickle.dumps)
        for name, module in list(sys.modules.items()):
            if name.startswith("gguplan.") and vars(module).get(function.__name__) is function:
                patch.setattr(module, function.__name__, once)
