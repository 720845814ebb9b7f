"""What kind of programme it is, by how its money is spent."""

from __future__ import annotations

from typing import Literal

ProgrammeKind = Literal["fixed_agreement", "ceiling", "demand_driven", "maintenance", "project"]
