"""Totals in somebody's ledger: rows that are the sum of others and no programme."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from gguplan.findings import Findings
from gguplan.inputs.ledger.user_heads import Measure
from gguplan.inputs.ledger.user_rows import LedgerCell
from gguplan.language import _, plural
from gguplan.wording.amounts import format_euros

_TOTAL: Final = re.compile(
    r"\b(sub|eind|grand|generaal|generale|algemeen)?[\s-]*tota(a)?l|^(sub[\s-]?)?tot\.?$|^subtot\b"
    r"|^(som|sum)\b|^(alle|all|gehele) (programma|onderde|programme)|^[Σσ∑]|^geheel$"
)
"""What a total is called: when a row of this name is no sum, that is a finding."""

_PERHAPS_TOTAL: Final = re.compile(
    r"^(samen|gezamenlijk|optelling|overall|saldo|resultaat|bij elkaar|alles|together)\b"
)
"""What a total may be called, and a programme as well: a total when it is the sum."""

_NUMBER: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})*)\.?(?=\s+\D)")
"""The number before a name that says of what it is a part: ``1.2 Website``."""

_INCOME: Final = re.compile(
    r"(?:tota(?:a)?l(?:e)?\s+)?(?:baten|inkomsten|opbrengsten)|total (?:income|revenues?)", re.IGNORECASE
)
"""What a row is called that adds income up, or is all of it."""

_PART: Final = re.compile(r"^[\s–—-]*(waarvan|w\.?v\.?|of which|thereof|daarvan)(?![a-z])")
"""What a row is called that is a part of the row above it."""

_EVIDENCE: Final = 6
"""How many digits a row must have in common with the sum of others, in its different amounts together and without
noughts at their ends, so that chance does not explain it."""

_LONGEST_GROUP: Final = 60
_FEWEST: Final = 3
"""Of how many other rows a row without such a name must be the sum, to be taken for a total."""


def without_totals(cells: Sequence[LedgerCell], findings: Findings) -> tuple[list[LedgerCell], list[str]]:
    """The amounts without those of totals, and what was left out.

    A row that is called a total is one when its amounts are the sum of the rows of its year, or of those since the
    total before it; when they are not, that is a finding. So is an amount without a programme that is no sum. A row
    that is the sum of all others in every year is a total, whatever it is called.
    """
    _fail_if_income_is_among_it(cells, findings)
    cells, notes_of_parts = _without_parts(cells)
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
    programmes = [cell for cell in cells if cell.row not in named]
    by_number = _parents_by_number(programmes, findings)
    parents = by_number | _parents([cell for cell in programmes if cell.programme not in by_number])
    cells = [cell for cell in cells if cell.row in named or cell.programme not in parents]
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
    notes = notes_of_parts + _parents_left_out(parents) + _left_out([cell for cell in cells if cell.row in named])
    hidden = _unnamed(kept)
    balances = _balances(kept)
    kept = [cell for cell in kept if cell.programme not in hidden | balances]
    if hidden:
        notes.append(
            _("{names} is left out: in every year it is the sum of all the others.", names=", ".join(sorted(hidden)))
        )
    if balances:
        names = ", ".join(sorted(balances))
        notes.append(_("{names} is left out: in every year it is the sum of all the others with a minus.", names=names))
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


def _balances(cells: Sequence[LedgerCell]) -> set[str]:
    """The programmes with a name that a total may have, such as Saldo, that are the sum of all others with a minus, in
    every year and in both columns: income less what was spent."""
    opposite = [
        replace(cell, cents=-cell.cents) if cell.cents and _PERHAPS_TOTAL.search(cell.programme.casefold()) else cell
        for cell in cells
    ]
    return {name for name in _unnamed(opposite) if _PERHAPS_TOTAL.search(name.casefold())} - _unnamed(cells)


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
            or (
                2 * cell.cents == sums[cell.year, cell.measure]
                and counts[cell.year, cell.measure] > (2 if _PERHAPS_TOTAL.search(name.casefold()) else _FEWEST)
            )
            for cell in amounts
        )
    }


def _without_parts(cells: Sequence[LedgerCell]) -> tuple[Sequence[LedgerCell], list[str]]:
    """The amounts without those of rows that are a part of the row above them, by their name."""
    parts = dict.fromkeys(cell.programme for cell in cells if _PART.search(cell.programme.casefold()))
    if not parts:
        return cells, []
    rows = {cell.row for cell in cells if cell.programme in parts}
    note = plural(
        "{count} row is left out that is a part of the row above it: {names}.",
        "{count} rows are left out that are parts of the rows above them: {names}.",
        len(rows),
        names=", ".join(parts)[:200],
    )
    return [cell for cell in cells if cell.programme not in parts], [note]


def _parents_by_number(cells: Sequence[LedgerCell], findings: Findings) -> dict[str, list[str]]:
    """The programmes that others are a part of by their numbers, as 1.1 and 1.2 are of 1, with these. Where they are
    no sum of two parts or more, that is a finding."""
    numbers = {cell.programme: number[1] for cell in cells if (number := _NUMBER.match(cell.programme))}
    names = {number: name for name, number in numbers.items()}
    whole_of = {
        name: names[above]
        for name, number in numbers.items()
        if (above := number.rpartition(".")[0]) in names and len(names) == len(numbers)
    }
    parts: dict[str, list[str]] = defaultdict(list)
    for name, whole in whole_of.items():
        parts[whole].append(name)
    sums: dict[tuple[str, int, Measure], int] = defaultdict(int)
    for cell in cells:
        if cell.programme in whole_of:
            sums[whole_of[cell.programme], cell.year, cell.measure] += cell.cents or 0
    wrong: dict[str, LedgerCell] = {}
    for cell in cells:
        # Rounded amounts may add up to another total than was rounded.
        slack = 0 if cell.unit == 100 else cell.unit * len(parts.get(cell.programme, ())) // 2
        if cell.programme in parts and abs((cell.cents or 0) - sums[cell.programme, cell.year, cell.measure]) > slack:
            wrong.setdefault(cell.programme, cell)
    for name, cell in wrong.items():
        if len(parts.pop(name)) > 1:
            findings.add(
                cell.place,
                _(
                    "{name!r} has parts by its number, and is no sum of them: {amount} against {total}.",
                    name=name[:60],
                    amount=format_euros(cell.cents or 0),
                    total=format_euros(sums[name, cell.year, cell.measure]),
                ),
                _("Correct the row that is wrong, or take out the rows of one of the two levels."),
            )
    return dict(parts)


def _fail_if_income_is_among_it(cells: Sequence[LedgerCell], findings: Findings) -> None:
    """Find rows by their name that add up income: what stands above them is not spent."""
    income = {cell.row: cell for cell in cells if cell.cents and _INCOME.fullmatch(cell.programme.strip())}
    for cell in list(income.values())[:1]:
        findings.add(
            cell.place,
            _("{name!r} is income, which is not spent.", name=cell.programme[:60]),
            _('Take the rows of income out, or put a line "Baten" above them, and "Lasten" above the others.'),
        )


_Amounts = dict[tuple[int, Measure], int]
"""The amounts in cents of a programme, by year and measure."""


def _parents(cells: Sequence[LedgerCell]) -> dict[str, list[str]]:
    """The programmes that are, in every year and in both columns, the sum of those that stand together below or above
    them, with these: lines of a higher level, which would be counted twice."""
    amounts: dict[str, _Amounts] = {}
    for cell in cells:
        amounts.setdefault(cell.programme, {})[cell.year, cell.measure] = cell.cents or 0
    parents: dict[str, list[str]] = {}
    while True:
        # With the lowest level left out, the sums of the next one are found.
        names = [name for name in amounts if name not in parents]
        level = {name: group for position, name in enumerate(names) if (group := _group_of(position, names, amounts))}
        kept = {name: group for name, group in level.items() if not set(group) & set(level)}
        if not kept:
            return parents
        parents |= kept


def _group_of(position: int, names: Sequence[str], amounts: dict[str, _Amounts]) -> list[str]:
    """The names next to the one at a position, below or above it, of which its amounts are the sum; none without."""
    own = amounts[names[position]]
    if _digits_of(own) < _EVIDENCE:
        return []
    below = names[position + 1 : position + 1 + _LONGEST_GROUP]
    above = names[max(0, position - _LONGEST_GROUP) : position][::-1]
    for neighbours in (below, above):
        left = dict(own)
        for count, name in enumerate(neighbours, start=1):
            for key, cents in amounts[name].items():
                left[key] = left.get(key, 0) - cents
            filled = sum(any(amounts[member].values()) for member in neighbours[:count])
            if filled > 1 and not any(left.values()):
                return list(neighbours[:count])
    return []


def _digits_of(amounts: _Amounts) -> int:
    """How many digits the different amounts have together, without the noughts at their ends."""
    return sum(len(str(cents).rstrip("0")) for cents in {abs(cents) for cents in amounts.values() if cents})


def _parents_left_out(parents: dict[str, list[str]]) -> list[str]:
    if not parents:
        return []
    return [
        plural(
            "{count} row of a higher level is left out, which is the sum of the rows beside it: {names}.",
            "{count} rows of a higher level are left out, which are the sums of the rows beside them: {names}.",
            len(parents),
            names=", ".join(parents)[:200],
        )
    ]
