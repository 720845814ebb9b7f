"""What becomes of money that is not spent, and how a shortfall is made good: the closed rules."""

from __future__ import annotations

from typing import Literal

UnderspendRule = Literal["carry_over", "return", "general", "earmark"]
"""Design of the fund, section on years ahead: it stays with the programme, is credited to the municipalities, goes to
the reserve of the fund, or is kept apart for the programme."""

PublishedUnderspend = UnderspendRule | Literal["not_stated"]
"""What a report says of it, or that it says nothing."""

ShortfallRule = Literal["draw", "raise", "cut"]
"""What is short comes from the balance, from the municipalities, or from the programme."""
