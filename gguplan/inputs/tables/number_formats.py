"""What the format of a cell shows beside or instead of its number: a unit, fewer digits, a percentage, a currency."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from gguplan.inputs.tables.units import mentions_another_unit, unit_of

_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)(?:-[^\]]*)?\]')
_NOT_SHOWN: Final = re.compile(r"\[[^\]]*\]|_.|\*.")


class ShownNumber(NamedTuple):
    """How a format shows a number: the unit that it writes behind it (None without), by how much it divides it (1,000
    for each comma at its end), whether as a percentage, whether in another currency or unit than are known, and whether
    a positive one has a minus before it."""

    unit: int | None
    divided_by: int
    is_percentage: bool
    is_foreign: bool
    is_negated: bool


def shown_number(code: str) -> ShownNumber:
    """What a code such as ``#,##0.0,"k€"`` shows of a positive number."""
    section = code.split(";")[0]
    literals = " ".join("".join(part or "" for part in parts) for parts in _LITERAL.findall(section)).strip()
    placeholders = _NOT_SHOWN.sub("", _LITERAL.sub("", section))
    commas = re.search(r"[0#?](,+)[^0#?,]*$", placeholders)
    divided_by = 1 if commas is None else 1_000 ** len(commas[1])
    unit = unit_of(literals)
    known = (unit if unit is not None and unit > 1 else None) or _capital_unit(literals)
    return ShownNumber(known, divided_by, "%" in placeholders, mentions_another_unit(literals), _negates(section))


def _negates(section: str) -> bool:
    """Whether the part of a code for positive numbers writes a minus before them."""
    written = _LITERAL.sub(lambda part: part[1] or part[2] or "", _NOT_SHOWN.sub("", section))
    return re.match(r"[^0#?]*[-−–]", written) is not None and bool(re.search(r"[0#?]", written))


def _capital_unit(literals: str) -> int | None:
    """``M`` and ``K`` behind a number, which formats that divide write."""
    return {"M": 1_000_000, "m": 1_000_000, "€ M": 1_000_000, "€ m": 1_000_000, "K": 1_000, "€ K": 1_000}.get(literals)
