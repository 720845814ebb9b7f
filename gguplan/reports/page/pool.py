"""What is the same in many places stands in the page once: columns of whole numbers, and steps of a sum."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field
from numpy.typing import NDArray

from gguplan.fund.steps.step import Step
from gguplan.wording.steps.step import line_in_words


class Pool(Struct):
    """Columns (a whole number for each municipality) and steps (a text and the steps behind it), each once."""

    columns: list[list[int]] = field(default_factory=list)
    steps: list[list[Any]] = field(default_factory=list)
    _place_of_column: dict[bytes, int] = field(default_factory=dict)
    _place_of_step: dict[Step, int] = field(default_factory=dict)

    def column(self, values: NDArray[Any]) -> int:
        """The place of a column; whole numbers of shape (municipalities,)."""
        numbers = values.astype("int64")
        place = self._place_of_column.setdefault(numbers.tobytes(), len(self.columns))
        if place == len(self.columns):
            self.columns.append(numbers.tolist())
        return place

    def column_if_any(self, values: NDArray[Any]) -> int | None:
        """As `column`, but None where every number is 0."""
        return self.column(values) if values.any() else None

    def step(self, step: Step) -> int:
        """The place of a step."""
        if step not in self._place_of_step:
            written = [line_in_words(step.line), [self.step(behind) for behind in step.behind]]
            self._place_of_step[step] = len(self.steps)
            self.steps.append(written)
        return self._place_of_step[step]
