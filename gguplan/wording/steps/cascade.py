"""The lines of a sum from before a cascade, in sentences."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.steps.cascade import BeforeCascade, CascadeLine, LeavesByCascade
from gguplan.wording.cascades import cascade_in_words, leaving_in_a_sum


def cascade_line_in_words(line: CascadeLine) -> str:
    """What a line of a sum says, as one line of text."""
    match line:
        case BeforeCascade(cascade):
            return cascade_in_words(cascade)
        case LeavesByCascade(title, drawn, number, rate):
            return leaving_in_a_sum(title, drawn, number, rate)
        case _:
            assert_never(line)
