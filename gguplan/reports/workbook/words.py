"""What the sheets say of a programme, in a few words."""

from __future__ import annotations

from gguplan.model.result import ProgrammeResult
from gguplan.wording.settlements import settlement_in_words


def settlements_in_words(programme: ProgrammeResult) -> str:
    """What its opt-outs do to the money; empty when there are none."""
    return "; ".join(dict.fromkeys(settlement_in_words(opt_out.settlement) for opt_out in programme.opt_outs))
