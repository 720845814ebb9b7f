"""Which part of what shifts between municipalities a tenth of them carries, in a sentence."""

from __future__ import annotations

from typing import Final

from gguplan.language import _
from gguplan.wording.amounts import format_number

_HAS_A_TENTH: Final = 20


def concentrated(share: float, municipalities: int) -> str:
    """Which part of what shifts the tenth with the largest shifts carries; 0 when nothing shifts. Empty where a tenth
    of the municipalities is hardly one."""
    if municipalities < _HAS_A_TENTH:
        return ""
    if share == 0:
        return _("Nothing shifts between municipalities: whatever changes is pro rata to inhabitants.")
    return _(
        "Of all that shifts between municipalities, the tenth of them with the largest shifts carries {share} %.",
        share=format_number(round(100 * share)),
    )
