"""What becomes of money that is not spent, and what is done about money that was spent and not there."""

from __future__ import annotations

from typing import Literal

UnderspendRule = Literal["carry_over", "return", "general", "earmark"]
"""What becomes of money that is not spent; the sentences are in ledger_data/programmes.csv."""

ShortfallRule = Literal["draw", "raise", "cut"]
"""What is done about a programme that spent more than it had."""
