"""What sort of budget a programme has."""

from __future__ import annotations

from typing import Literal

ProgrammeKind = Literal["fixed_agreement", "ceiling", "demand_driven", "maintenance", "project"]
"""What sort of budget it is, which says how it tends to be spent."""
