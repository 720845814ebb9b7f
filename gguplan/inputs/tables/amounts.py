"""Amounts in a column of a table: one notation, found out over all cells of the column.

A point or a comma is a decimal mark or stands between thousands. Cells that leave no doubt decide it: ``1.234,50``,
``250.5``, ``1420.125`` (four digits before the mark), ``1.234.567``. Cells such as ``400.000`` could be both: they
follow those that leave no doubt, or what the table is otherwise: a Dutch table has points between thousands. Where that
would be a guess, or where cells contradict each other, that is a problem of those cells, and no amount.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from gguplan.inputs.tables.cells import NO_FIGURE, NumberCell, without_footnote
from gguplan.inputs.tables.units import split_unit
from gguplan.money import LARGEST_AMOUNT

Mark = Literal[".", ","]
Reason = Literal["no_amount", "contradicts", "in_doubt", "too_large", "unit_twice", "unit_missing"]
"""Why a cell is no amount: it has no reading at all, its marks mean another thing than those of the column, they could
mean two things, it is larger than any fund, a unit stands in the cell and over the column, or other cells of the
column have one and this small number has none."""

_LONGEST: Final = 40
_SPACES: Final = "\\s\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"
_CURRENCY: Final = re.compile(r"(?i)€|eur(o'?s?)?(?![a-z])")
_NO_CENTS: Final = re.compile(r"([.,])(-{1,2}|=|–|—)$")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:[ ’'][0-9]{3})+(?=$|[.,])")


class Cell(NamedTuple):
    """What a cell says before its marks are understood: the sign, digits with points and commas, the unit in it, and
    whether spaces or apostrophes stand between its thousands."""

    negative: bool
    digits: str
    unit: int
    is_spaced: bool = False


class Doubt(NamedTuple):
    """A cell that is no amount: its number in the column, why, and a cell that it contradicts."""

    position: int
    reason: Reason
    contradicted: int | None = None


class NumberColumn(Struct, frozen=True):
    """A column of numbers, exactly; None where there is none. The rest as in `AmountColumn`."""

    values: tuple[Fraction | None, ...]
    doubts: tuple[Doubt, ...]
    decimal: Mark | None


class AmountColumn(Struct, frozen=True):
    """A column of amounts: euros in cents, None where there is none, and what is wrong with cells.

    `decimal` is the decimal mark that was found or stated; None where no cell has one, or all are numbers of a
    workbook. `rounded` counts cells with parts of a cent.
    """

    cents: tuple[int | None, ...]
    doubts: tuple[Doubt, ...]
    decimal: Mark | None
    rounded: int


def read_amounts(
    texts: Sequence[str],
    units: Sequence[int] | None = None,
    stated: Mark | None = None,
    elsewhere: Mark | None = None,
    usual: Mark | None = None,
) -> AmountColumn:
    """Read a column. `units` are the euros that one of a cell's amount is, shape of `texts`. `stated` is the decimal
    mark that somebody says the table has, `elsewhere` the one that its other columns have, and `usual` the one of the
    language that it is in; None where there is none."""
    numbers = read_numbers(texts, units, stated, elsewhere, usual)
    doubts = list(numbers.doubts)
    cents: list[int | None] = []
    rounded = 0
    for position, value in enumerate(numbers.values):
        whole = None if value is None else _half_up(value * 100)
        if whole is not None and abs(whole) > LARGEST_AMOUNT:
            doubts.append(Doubt(position, "too_large"))
            whole = None
        rounded += whole is not None and value is not None and whole != value * 100
        cents.append(whole)
    return AmountColumn(tuple(cents), tuple(sorted(doubts, key=lambda doubt: doubt.position)), numbers.decimal, rounded)


def read_numbers(
    texts: Sequence[str],
    units: Sequence[int] | None = None,
    stated: Mark | None = None,
    elsewhere: Mark | None = None,
    usual: Mark | None = None,
) -> NumberColumn:
    """Read a column of numbers of any kind; the arguments are those of `read_amounts`."""
    units = units or [1] * len(texts)
    doubts: list[Doubt] = []
    cells: dict[int, Cell] = {}
    values: list[Fraction | None] = [None] * len(texts)
    for position, text in enumerate(texts):
        if isinstance(text, NumberCell) or text.strip().casefold() in NO_FIGURE:
            continue
        cell = _cell(text)
        if cell is None:
            doubts.append(Doubt(position, "no_amount"))
        elif cell.unit > 1 and units[position] > 1:
            doubts.append(Doubt(position, "unit_twice"))
        else:
            cells[position] = cell
    for doubt in _without_the_unit_of_others(cells, units):
        doubts.append(doubt)
        del cells[doubt.position]
    firm = stated
    if firm is None:
        firm, contradictions = _decided(cells)
        doubts += contradictions
        for doubt in contradictions:
            cells.pop(doubt.position, None)
        for doubt in _grouped_otherwise(cells, firm):
            doubts.append(doubt)
            del cells[doubt.position]
    mark, unclear = _of_the_unclear(cells, units, firm, stated, elsewhere, usual, texts)
    doubts += unclear
    for doubt in unclear:
        cells.pop(doubt.position, None)
    for position, text in enumerate(texts):
        if isinstance(text, NumberCell):
            values[position] = Fraction(text) * units[position]
        elif position in cells:
            value = _value(cells[position], mark)
            if value is None:
                reason: Reason = "contradicts" if firm is not None else "no_amount"
                doubts.append(Doubt(position, reason, _an_example(cells, mark)))
            else:
                values[position] = value * cells[position].unit * units[position]
    marked = any(set(cell.digits) & set(".,") for cell in cells.values())
    return NumberColumn(
        tuple(values), tuple(sorted(doubts, key=lambda doubt: doubt.position)), mark if marked else None
    )


def decimal_parts(numbers: Sequence[Fraction]) -> int:
    """The smallest power of ten that makes all of some decimal numbers whole."""
    denominator, parts = lcm(*(number.denominator for number in numbers)), 1
    while parts % denominator:
        parts *= 10
    return parts


def _half_up(value: Fraction) -> int:
    """Rounded to a whole number, halves away from 0."""
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return whole if value >= 0 else -whole


def _cell(text: str) -> Cell | None:
    """The sign, digits and unit of a text; None when it is no amount whatever its marks mean."""
    text = without_footnote(text)
    if len(text) > _LONGEST or re.search(
        r"[^\x00-\xff€–—−\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}’]", text
    ):
        return None
    plain, unit = split_unit(text)
    plain, currencies = _CURRENCY.subn(" ", plain.replace("\N{MINUS SIGN}", "-").replace("-/-", "-"))
    plain = re.sub(rf"[{_SPACES}]+", " ", plain).strip()
    if currencies > 1:
        return None
    if currencies and plain in ("-", "–", "—"):
        return Cell(False, "0", unit)  # So a spreadsheet shows nought.
    signs = 0
    negative = False
    if plain.startswith("(") and plain.endswith(")"):
        signs, negative, plain = 1, True, plain[1:-1].strip()
    ended = _NO_CENTS.sub("", plain)
    no_cents, plain = (plain[len(ended)] if ended != plain else ""), ended
    for sign in ("-", "–", "+"):
        if plain.startswith(sign):
            signs, negative, plain = signs + 1, negative or sign != "+", plain[1:].strip()
            break
    if not no_cents and plain[-1:] in ("-", "+"):
        signs, negative, plain = signs + 1, negative or plain[-1] == "-", plain[:-1].strip()
        ended = _NO_CENTS.sub("", plain)
        no_cents, plain = (plain[len(ended)] if ended != plain else ""), ended
    if signs > 1:
        return None
    grouped = _GROUPED.match(plain)
    if grouped:
        if "." in plain and "," in plain:
            return None
        bare = re.sub("[ ’']", "", grouped[0]) + plain[grouped.end() :]
        # Spaces stand between thousands already, so the mark behind them is a decimal one.
        fraction = plain[grouped.end() :]
        plain = bare if len(fraction) != 4 else bare + "0"
    if not re.fullmatch(r"[0-9][0-9.,]*|[.,][0-9]+", plain):
        return None
    if plain[0] in ".,":
        plain = f"0{plain}"
    return Cell(negative, f"{plain}{no_cents}00" if no_cents else plain, unit, grouped is not None)


def _vote(digits: str) -> Mark | Literal["none"] | None:
    """The decimal mark that the digits of a cell leave no doubt of; None where both are possible, "none" where the
    cell has no reading at all."""
    readable = [mark for mark in (".", ",") if _reads(digits, mark)]
    if not readable:
        return "none"
    return None if len(readable) == 2 else "." if readable == ["."] else ","


def _reads(digits: str, decimal: str) -> bool:
    """Whether digits can be read with this decimal mark: groups of three between the other one."""
    whole, _mark, fraction = digits.partition(decimal)
    grouping = "," if decimal == "." else "."
    groups = whole.split(grouping)
    if _mark and re.match("0[0-9]", whole):
        return False
    if not all(part.isdigit() for part in groups) or (_mark and not fraction.isdigit()):
        return False
    if len(groups) == 1:
        return True
    return 1 <= len(groups[0]) <= 3 and not groups[0].startswith("0") and all(len(part) == 3 for part in groups[1:])


def _decided(cells: dict[int, Cell]) -> tuple[Mark | None, list[Doubt]]:
    """The decimal mark of which cells leave no doubt, and the cells that contradict: those of the fewer, or all."""
    voters: dict[str, list[int]] = {".": [], ",": []}
    doubts: list[Doubt] = []
    for position, cell in cells.items():
        vote = _vote(cell.digits)
        if vote == "none":
            doubts.append(Doubt(position, "no_amount"))
        elif vote is not None:
            voters[vote].append(position)
    points, commas = voters["."], voters[","]
    if not points or not commas:
        return ("." if points else "," if commas else None), doubts
    more, fewer = (points, commas) if len(points) > len(commas) else (commas, points)
    doubts += [Doubt(position, "contradicts", more[0]) for position in fewer]
    if len(more) == len(fewer):
        doubts += [Doubt(position, "contradicts", fewer[0]) for position in more]
    return ("." if more is points else ","), doubts


def _without_the_unit_of_others(cells: dict[int, Cell], units: Sequence[int]) -> list[Doubt]:
    """The cells below a thousand without a unit, where others of the column have one: ``400`` below ``1,2 mln``."""
    with_unit = next((position for position, cell in cells.items() if cell.unit > 1), None)
    if with_unit is None:
        return []
    return [
        Doubt(position, "unit_missing", with_unit)
        for position, cell in cells.items()
        if cell.unit == 1
        and units[position] == 1
        and re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,2})?", cell.digits)
        and cell.digits.strip("0.,")
    ]


def _grouped_otherwise(cells: dict[int, Cell], firm: Mark | None) -> list[Doubt]:
    """The cells with points or commas between thousands, where others have spaces or apostrophes there."""
    spaced = next((position for position, cell in cells.items() if cell.is_spaced), None)
    if spaced is None:
        return []
    return [
        Doubt(position, "contradicts", spaced)
        for position, cell in cells.items()
        if set(cell.digits) & set(".,") - {firm} and not cell.is_spaced
    ]


def _of_the_unclear(
    cells: dict[int, Cell],
    units: Sequence[int],
    firm: Mark | None,
    stated: Mark | None,
    elsewhere: Mark | None,
    usual: Mark | None,
    texts: Sequence[str],
) -> tuple[Mark | None, list[Doubt]]:
    """The decimal mark of the column, and the cells that could be read in two ways although others decide."""
    unclear = {
        position: cell
        for position, cell in cells.items()
        if _vote(cell.digits) is None and set(cell.digits) & set(".,")
    }
    marks = {mark for cell in unclear.values() for mark in ".," if mark in cell.digits}
    if stated is not None or not unclear:
        return firm, []
    if firm is not None:
        # As fractions they have three decimals: right only where all have, or, in thousands, where none is padded.
        fractions = [
            cell.digits.rpartition(firm)[2]
            for cell in cells.values()
            if firm in cell.digits and _reads(cell.digits, firm)
        ]
        as_fractions = [position for position, cell in unclear.items() if firm in cell.digits]
        fixed = all(len(fraction) == 3 for fraction in fractions)
        trimmed = all(not fraction.endswith("0") for fraction in fractions)
        # Nobody writes euros with three decimals: there a point too few is as likely.
        in_euros = any(_euros(position, cells, units) == 1 for position in as_fractions)
        if not as_fractions or ((fixed or trimmed) and not in_euros):
            return firm, []
        contradicted = next(
            (
                position
                for position, cell in cells.items()
                if firm in cell.digits and position not in unclear and len(cell.digits.rpartition(firm)[2]) != 3
            ),
            None,
        )
        doubts = [Doubt(position, "contradicts", contradicted) for position in as_fractions]
        if contradicted is not None and len(as_fractions) >= sum(1 for fraction in fractions if len(fraction) != 3):
            doubts.append(Doubt(contradicted, "contradicts", as_fractions[0]))
        return firm, doubts
    if len(marks) > 1:
        first = {mark: next(position for position, cell in unclear.items() if mark in cell.digits) for mark in marks}
        return None, [
            Doubt(position, "contradicts", first["," if "." in cell.digits else "."])
            for position, cell in unclear.items()
        ]
    (mark,) = marks
    numbers = any(isinstance(text, NumberCell) for text in texts)
    between_thousands: Mark = "," if mark == "." else "."
    if not numbers and elsewhere is not None:
        doubts = [Doubt(position, "in_doubt") for position in unclear]
        return (between_thousands, []) if elsewhere == between_thousands else (None, doubts)
    # Nobody writes euros with three decimals; thousands of euros somebody does.
    if not numbers and all(_euros(position, cells, units) == 1 for position in unclear) and usual == between_thousands:
        return between_thousands, []
    bare = [cell.digits for cell in cells.values() if not set(cell.digits) & set(".,")]
    padded = any(cell.digits.endswith("0") for cell in unclear.values())
    small = [digits for digits in bare if digits.strip("0") and len(digits) <= 3]
    if not numbers and padded and small and len(small) == len([digits for digits in bare if digits.strip("0")]):
        # With three decimals in every cell, those would have them too.
        return between_thousands, []
    return None, [Doubt(position, "in_doubt") for position in unclear]


def _euros(position: int, cells: dict[int, Cell], units: Sequence[int]) -> int:
    return cells[position].unit * units[position]


def _value(cell: Cell, decimal: Mark | None) -> Fraction | None:
    """The number of a cell by the decimal mark of its column; None where the cell has another notation."""
    digits = cell.digits
    if decimal is None:
        if not digits.isdigit():
            return None
    elif not _reads(digits, decimal):
        return None
    else:
        digits = digits.replace("," if decimal == "." else ".", "").replace(",", ".")
    return Fraction(digits) * (-1 if cell.negative else 1)


def _an_example(cells: dict[int, Cell], decimal: Mark | None) -> int | None:
    """A cell in which the decimal mark of the column stands."""
    return next(
        (at for at, cell in cells.items() if decimal and decimal in cell.digits and _reads(cell.digits, decimal)), None
    )
