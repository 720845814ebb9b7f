"""The sum behind a bill for machines."""

from __future__ import annotations

from typing import Any

from gguplan.fund.steps.step import Step
from gguplan.wording.steps.step import line_in_words


def step_as_dict(step: Step) -> dict[str, Any]:
    """The sum behind a bill as a tree of lines; ``cents`` are whole cents."""
    return {
        "text": line_in_words(step.line),
        "cents": step.cents,
        "behind": [step_as_dict(behind) for behind in step.behind],
    }
