"""Totals in somebody's ledger: rows that are the sum of others and no programme."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from gguplan.inputs.findings import Findings
from gguplan.inputs.ledger.user_columns import Measure
from gguplan.inputs.ledger.user_rows import LedgerCell
from gguplan.language import _, plural
from gguplan.wording.amounts import format_euros

_TOTAL: Final = re.compile(
    r"\b(sub|eind|grand|generaal|generale|algemeen)?[\s-]*tota(a)?l(en|s)?\b|^(som|sum)\b|^(alle|all|gehele) "
    r"(programma|onderde|programme)|^Σ|^geheel$"
)
_FEWEST: Final = 3
"""Of how many other rows a row without such a name must be the sum, to be taken for a total."""


def without_totals(cells: Sequence[LedgerCell], findings: Findings) -> tuple[list[LedgerCell], list[str]]:
    """The amounts without those of totals, and what was left out.

    A row that is called a total is one when its amounts are the sum of the rows of its year, or of those since the
    total before it; when they are not, that is a finding. So is an amount without a programme that is no sum. A row
    that is the sum of all others in every year is a total, whatever it is called.
    """
    named = {
        cell.row
        for cell in cells
        if not cell.programme or _TOTAL.search(cell.programme.casefold()) or _TOTAL.search(cell.title.casefold())
    }
    kept = [cell for cell in cells if cell.row not in named]
    years = {cell.year for cell in kept}
    # Of a year that has nothing else, the total is all there is to know.
    alone = {
        cell.row for cell in cells if cell.row in named and cell.programme and cell.year and cell.year not in years
    }
    named -= alone
    kept = [cell for cell in cells if cell.row not in named]
    wrong: dict[int, tuple[LedgerCell, int]] = {}
    for cell in cells:
        if cell.row not in named or cell.cents is None or cell.row in wrong:
            continue
        sums = _sums(cell, cells, named)
        # Rounded amounts may add up to another total than was rounded.
        slack = 0 if cell.unit == 100 else cell.unit * max(1, len(kept)) // 2
        if all(abs(cell.cents - total) > slack for total in sums):
            wrong[cell.row] = cell, sums[0] if sums else 0
    for cell, total in wrong.values():
        amount, total_text = format_euros(cell.cents or 0), format_euros(total)
        if cell.programme:
            findings.add(
                cell.place,
                _(
                    "{name!r} is no sum of the rows above it: {amount} against {total}.",
                    name=cell.programme[:60],
                    amount=amount,
                    total=total_text,
                ),
                _("Correct the row that is wrong; where this is a programme, give it another name."),
            )
        else:
            findings.add(
                cell.place,
                _("This row has no programme, or no year."),
                _("Write a name and a year such as 2017 in each row, or take the row out."),
            )
    notes = _left_out([cell for cell in cells if cell.row in named])
    hidden = _unnamed(kept)
    if hidden:
        kept = [cell for cell in kept if cell.programme not in hidden]
        notes.append(
            _("{names} is left out: in every year it is the sum of all the others.", names=", ".join(sorted(hidden)))
        )
    return kept, notes


def _sums(total: LedgerCell, cells: Sequence[LedgerCell], named: set[int]) -> list[int]:
    """What a total may be the sum of, in cents: all rows of its year, those since the last total, or the totals."""
    same = [cell for cell in cells if cell.measure == total.measure and (cell.year == total.year or total.year == 0)]
    rows = [cell for cell in same if cell.row not in named]
    since: list[LedgerCell] = []
    totals: list[LedgerCell] = []
    for cell in same:
        if cell.row >= total.row:
            break
        if cell.row in named:
            since = []
            totals.append(cell)
        else:
            since.append(cell)
    below = []
    for cell in same:
        if cell.row <= total.row:
            continue
        if cell.row in named:
            break
        below.append(cell)
    groups = [group for group in (rows, since, totals, below) if group]
    return [sum(cell.cents or 0 for cell in group) for group in groups]


def _left_out(cells: Sequence[LedgerCell]) -> list[str]:
    rows = {cell.row: cell.programme for cell in cells}
    if not rows:
        return []
    names = ", ".join(dict.fromkeys(name or _("a row without a name") for name in rows.values()))
    return [
        plural(
            "{count} total is left out, which is the sum of other rows: {names}.",
            "{count} totals are left out, which are the sums of other rows: {names}.",
            len(rows),
            names=names[:200],
        )
    ]


def _unnamed(cells: Sequence[LedgerCell]) -> set[str]:
    """The programmes that are the sum of all others, in every year and in both columns."""
    sums: dict[tuple[int, Measure], int] = defaultdict(int)
    counts: dict[tuple[int, Measure], int] = defaultdict(int)
    own: dict[str, list[LedgerCell]] = defaultdict(list)
    for cell in cells:
        own[cell.programme].append(cell)
        if cell.cents is not None:
            sums[cell.year, cell.measure] += cell.cents
            counts[cell.year, cell.measure] += 1
    return {
        name
        for name, amounts in own.items()
        if {cell.measure for cell in amounts if cell.cents} == {"budget", "realised"}
        and all(
            cell.cents is None
            or (2 * cell.cents == sums[cell.year, cell.measure] and counts[cell.year, cell.measure] > _FEWEST)
            for cell in amounts
        )
    }
