"""One line of a sum, with the lines behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Step:
    """One line of the sum: what it says, its amount in cents where it has one, and the lines behind it."""

    text: str
    cents: int | None = None
    behind: tuple[Step, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """The tree for a machine; ``cents`` are whole cents."""
        return {"text": self.text, "cents": self.cents, "behind": [step.as_dict() for step in self.behind]}
