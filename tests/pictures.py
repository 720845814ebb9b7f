"""Pictures that are not drawn, or not drawn again: to draw takes most of the time of a paper, a workbook or a page."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
import vl_convert

from gguplan.reports.charts import drawing
from tests.kept import kept

PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
"""A picture of one point, as PNG."""


def without_drawing(patch: pytest.MonkeyPatch) -> None:
    """Make every picture in a paper or a workbook one point."""
    for name in ("charts.drawing.png_of", "charts.drawing.png_fitting", "workbook.pictures.png_of"):
        patch.setattr(f"gguplan.reports.{name}", lambda *_drawn: PIXEL)


_STEPS: Final = ((vl_convert, "svg_to_png"), (drawing, "smaller"))
"""From an SVG to a PNG: each makes the same of the same."""


def drawing_once(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let each step take what was made before, also by another worker of this run."""
    for module, name in _STEPS:
        patch.setattr(module, name, kept(getattr(module, name), folder, lambda drawn: repr(drawn).encode()))


def drawing_anew(patch: pytest.MonkeyPatch) -> None:
    """Let each step make everything again, also what it made before."""
    for module, name in _STEPS:
        patch.setattr(module, name, getattr(module, name).__wrapped__)
