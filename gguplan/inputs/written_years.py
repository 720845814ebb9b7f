"""Years as they are written after an option."""

from __future__ import annotations

import re
from typing import Final

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _

MOST_YEARS: Final = 30


def read_years(text: str) -> list[int]:
    """The years of ``2026-2029`` or ``2026``. Raises InputError for anything else."""
    span = re.fullmatch(r"([0-9]{4})(?:-([0-9]{4}))?", text.strip())
    first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, -1)
    if span and last < first:
        what = _("{last} is before {first}.", last=last, first=first)
        remedy = _("Write the first year before the last: {years}.", years=f"{last}-{first}")
        raise InputError([Finding(Place(f"--years {text[:40]}"), what, remedy)])
    if not first <= last < first + MOST_YEARS:
        raise InputError(
            [
                Finding(
                    Place(f"--years {text[:40]}"),
                    _("These are not years."),
                    _("Write the first and the last, such as 2026-2029; {count} at most.", count=MOST_YEARS),
                )
            ]
        )
    return list(range(first, last + 1))
