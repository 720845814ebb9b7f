"""Pictures that are not drawn: that takes most of the time of a paper or a workbook, and there it is no test of it."""

from __future__ import annotations

from typing import Final

import pytest

PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
"""A picture of one point, as PNG."""


def without_drawing(patch: pytest.MonkeyPatch) -> None:
    """Make every picture in a paper or a workbook one point."""
    for module in ("gguplan.reports.charts.drawing", "gguplan.reports.workbook.pictures"):
        patch.setattr(f"{module}.png_of", lambda *_drawn: PIXEL)
