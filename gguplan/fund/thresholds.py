"""What happens to the money of a programme in which too few take part."""

from __future__ import annotations

from typing import Literal

Lapse = Literal["not_levied", "to_balance", "handed_over"]
"""What happens to the money of a programme that lapses: verantwoording-2017 chapter 2 for ``handed_over``."""
