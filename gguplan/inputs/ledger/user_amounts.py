"""The amounts of somebody's ledger: the unit of each column, and how its marks were read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct, field

from gguplan.findings import Findings, Place
from gguplan.inputs.ledger.user_columns import AmountHead, Columns
from gguplan.inputs.ledger.user_heads import head_key, is_code_of_iv3
from gguplan.inputs.tables.amounts import AmountColumn, Doubt, Mark, read_amounts
from gguplan.inputs.tables.cells import FormattedNumber, without_footnote
from gguplan.inputs.tables.number_formats import shown_number
from gguplan.inputs.tables.reading import Table
from gguplan.inputs.tables.units import mentions_a_unit, mentions_another_unit, unit_of, unit_stated_in
from gguplan.inputs.tables.wrong_rows import WrongRows
from gguplan.language import _, plural

_DUTCH_HEADS: Final = ("begro", "realisatie", "gerealiseerd", "rekening", "werkelijk", "bested", "programma", "jaar",
                       "onderdeel", "taakveld", "lasten", "raming", "uitga")  # fmt: skip


class Wording(Struct, frozen=True):
    """How the amounts of a table were understood: euros of a unit, and the decimal mark (None where none has one)."""

    units: tuple[int, ...]
    decimal: Mark | None
    rounded: int
    shown_divided: int
    """How many cells show thousands or millions by their format, and hold whole euros."""
    footnotes: int
    """How many cells have the mark of a footnote."""

    def sentences(self) -> list[str]:
        """The same in words."""
        units = {1: _("euros"), 1_000: _("thousands of euros"), 1_000_000: _("millions of euros")}
        lines = [_("Amounts are read in {units}.", units=", ".join(units[unit] for unit in self.units))]
        if self.decimal is not None:
            names = {",": _("a comma"), ".": _("a point")}
            lines.append(
                _(
                    "The decimal mark is {decimal}; {other} stands between thousands.",
                    decimal=names[self.decimal],
                    other=names["," if self.decimal == "." else "."],
                )
            )
        if self.shown_divided:
            lines.append(
                plural(
                    "{count} cell shows thousands or millions by its format; its own number is taken.",
                    "{count} cells show thousands or millions by their format; their own numbers are taken.",
                    self.shown_divided,
                )
            )
        if self.footnotes:
            lines.append(
                plural(
                    "{count} amount has the mark of a footnote, which is left aside.",
                    "{count} amounts have the mark of a footnote, which is left aside.",
                    self.footnotes,
                )
            )
        if self.rounded:
            lines.append(
                plural(
                    "{count} amount is rounded to whole cents.",
                    "{count} amounts are rounded to whole cents.",
                    self.rounded,
                )
            )
        return lines


class ReadColumns(Struct, frozen=True):
    """The amounts by column, what one of each row's amounts is in euros, and the rows that hold units or a mistake."""

    amounts: dict[AmountHead, AmountColumn]
    units: dict[AmountHead, list[int]]
    rows_of_units: frozenset[int]
    wrong_rows: frozenset[int] = field(default_factory=frozenset)

    def unit(self, head: AmountHead, row: int) -> int:
        """How many euros one of a cell's amount is."""
        return self.units[head][row]


def read_columns(
    table: Table, columns: Columns, stated_mark: Mark | None, stated_unit: int | None, findings: Findings
) -> tuple[ReadColumns, Wording]:
    """Read every column of amounts. Cells that are none are findings, one for each kind of mistake in a column."""
    units, of_units = _units(table, columns, stated_unit, findings)
    texts = {
        head: [
            "" if index in of_units or (columns.years_below and index == 0) else row[head.column]
            for index, row in enumerate(table.rows)
        ]
        for head in columns.amounts
    }
    shown_divided = _read_formats(table, columns, units, of_units, stated_unit, findings)
    # The language of the table is weak evidence, the marks of its other columns are strong.
    alone = {head: read_amounts(texts[head], units[head], stated_mark) for head in columns.amounts}
    usual: Mark = "," if table.delimiter == ";" or _is_dutch(table) else "."
    amounts: dict[AmountHead, AmountColumn] = {}
    for head in columns.amounts:
        marks = {column.decimal for name, column in alone.items() if name != head and column.decimal is not None}
        elsewhere = marks.pop() if len(marks) == 1 else None
        # Of a table whose columns differ, its language says nothing.
        language = None if marks else usual
        amounts[head] = read_amounts(texts[head], units[head], stated_mark, elsewhere, language)
    wrong: set[int] = set()
    for head, column in amounts.items():
        _tell(table, head, column.doubts, texts[head], findings)
        wrong |= {doubt.position for doubt in column.doubts}
    used = sorted({units[head][index] for head in columns.amounts for index, text in enumerate(texts[head]) if text})
    decimals = {column.decimal for column in amounts.values() if column.decimal is not None}
    wording = Wording(
        tuple(used) or (1,),
        decimals.pop() if len(decimals) == 1 else None,
        sum(column.rounded for column in amounts.values()),
        shown_divided,
        sum(text.strip() != without_footnote(text) for column in texts.values() for text in column),
    )
    return ReadColumns(amounts, units, frozenset(of_units), frozenset(wrong)), wording


def _read_formats(
    table: Table,
    columns: Columns,
    units: dict[AmountHead, list[int]],
    of_units: set[int],
    stated: int | None,
    findings: Findings,
) -> int:
    """Put the units right of numbers that a workbook shows by a format: ``400 k€``, or ``400`` of 400,000. Returns how
    many hold more than they show. What is no amount in euros, or has two units, is a finding."""
    divided = 0
    wrong = WrongRows(table, findings)
    for head in columns.amounts:
        for index, row in enumerate(table.rows):
            cell = row[head.column]
            if not isinstance(cell, FormattedNumber) or index in of_units:
                continue
            shown, unit = shown_number(cell.code), units[head][index]
            if shown.is_percentage or shown.is_foreign or shown.is_negated:
                wrong.add(
                    "kind",
                    index,
                    head.column,
                    _("{number} is shown as {code!r}: that is no amount in euros.", number=cell, code=cell.code[:40]),
                    _("Give this cell the format of a number, or take the amount out."),
                )
            elif stated is None and (shown.unit, shown.divided_by) != (None, 1):
                written = shown.unit or unit
                fits = written % shown.divided_by == 0 and unit in (1, written)
                if not fits and (unit, shown.unit) != (1, None):
                    wrong.add(
                        "unit",
                        index,
                        head.column,
                        _("{number} is shown as {code!r}: its unit is in doubt.", number=cell, code=cell.code[:40]),
                        _("Say in which unit the numbers of the cells are with --unit: euro, thousand or million."),
                    )
                units[head][index] = max(1, written // shown.divided_by)
                divided += shown.divided_by > 1
    wrong.tell()
    return divided


def _is_dutch(table: Table) -> bool:
    return any(word in head_key(head) for head in table.header for word in _DUTCH_HEADS)


def _units(
    table: Table, columns: Columns, stated: int | None, findings: Findings
) -> tuple[dict[AmountHead, list[int]], set[int]]:
    """Euros of one of each cell's amount, and the rows below the header that hold units."""
    heads, size = columns.amounts, len(table.rows)
    of_units = _rows_of_units(table, columns)
    if stated is not None:
        return {head: [stated] * size for head in heads}, of_units
    over = _units_around(table, of_units, columns, findings)
    own = {head: head.unit for head in heads}
    for index in of_units:
        for head in heads:
            own[head] = own[head] or unit_of(table.rows[index][head.column])
    if over is None and any(own.values()) and not all(own.values()):
        bare = next(head for head in heads if not own[head])
        findings.add(
            table.cell_of_header(bare.column),
            _("One column of amounts has a unit, and this one has none."),
            _("Write the unit of this column too, or say it with --unit: euro, thousand or million."),
        )
    conflict = next((head for head in heads if over is not None and own[head] not in (None, over)), None)
    if conflict is not None:
        findings.add(
            table.cell_of_header(conflict.column),
            _("This column has another unit than the line above the table says."),
            _("Make them the same, or say the unit with --unit: euro, thousand or million."),
        )
    units = {head: [own[head] or over or 1] * size for head in heads}
    place = columns.roles.get("unit")
    if place is not None:
        _units_of_rows(table, columns, place, units, over, findings)
    return units, of_units


def _units_of_rows(
    table: Table,
    columns: Columns,
    place: int,
    units: dict[AmountHead, list[int]],
    over: int | None,
    findings: Findings,
) -> None:
    wrong = WrongRows(table, findings)
    for index, row in enumerate(table.rows):
        if not row[place] or not any(row[head.column] for head in columns.amounts):
            continue
        unit = unit_of(row[place])
        if unit is None or (over is not None and over != unit):
            wrong.add(
                "unit" if unit is None else "units",
                index,
                place,
                _("{unit!r} is not a unit for this amount.", unit=row[place][:40])
                if unit is None
                else _("This row has another unit than the line above the table says."),
                _("Write euro, thousand or million."),
            )
            continue
        for head in columns.amounts:
            units[head][index] = unit
    wrong.tell()


def _rows_of_units(table: Table, columns: Columns) -> set[int]:
    """The rows among the first that hold a unit under each column of amounts, and no programme."""
    rows = set()
    for index, row in enumerate(table.rows[:3]):
        if row[columns.roles["programme"]] and unit_stated_in(row[columns.roles["programme"]]) is None:
            continue
        cells = [row[head.column] for head in columns.amounts if row[head.column]]
        # A bare 1000 may be an amount.
        units = [cell for cell in cells if unit_of(cell) and not cell.replace(".", "").isdigit()]
        if cells and len(units) == len(cells):
            rows.add(index)
    return rows


def _units_around(table: Table, of_units: set[int], columns: Columns, findings: Findings) -> int | None:
    """The unit that a line above or below the table states, or the name of its sheet."""
    lines = [(line, cell) for line, row in table.above for cell in row if cell]
    lines += [(table.header_line, table.header[place]) for place in _columns_of_names(table, columns)]
    for index, row in enumerate(table.rows):
        filled = [cell for cell in row if cell]
        if len(filled) == 1 and index not in of_units:
            lines.append((table.lines[index], filled[0]))
    if table.sheet:
        lines.append((0, table.sheet))
    lines_by_unit = {
        unit: (line, text) for line, text in lines if (unit := unit_stated_in(text)) and not text.isdigit()
    }
    if len(lines_by_unit) > 1:
        (_first, upper), (_second, lower) = list(lines_by_unit.items())[:2]
        findings.add(
            Place(table.file, lower[0] or None, excerpt=lower[1]),
            _("Two lines state another unit: {first!r} and {second!r}.", first=upper[1][:60], second=lower[1][:60]),
            _("Keep one, or say the unit with --unit: euro, thousand or million."),
        )
        return None
    if lines_by_unit:
        return next(iter(lines_by_unit))
    if any(head.unit for head in columns.amounts) or "unit" in columns.roles:
        return None
    if "measure" in columns.roles and any(is_code_of_iv3(row[columns.roles["measure"]]) for row in table.rows):
        findings.add(
            table.header_place,
            _("This table of Iv3 does not say in which unit its amounts are; CBS publishes thousands of euros."),
            _("Say it with --unit thousand, or --unit euro."),
        )
    other_heads = [(table.header_line, head) for head in table.header if unit_stated_in(head)]
    vague = next(((line, text) for line, text in [*lines, *other_heads] if mentions_a_unit(text)), None)
    if vague is not None:
        findings.add(
            Place(table.file, vague[0] or None, excerpt=vague[1]),
            _("This line speaks of thousands or millions: is that the unit of the amounts?"),
            _("Say the unit with --unit: euro, thousand or million."),
        )
    strange = next(((line, text) for line, text in lines if mentions_another_unit(text)), None)
    if strange is not None:
        findings.add(
            Place(table.file, strange[0] or None, excerpt=strange[1]),
            _("This line may state a unit or a currency that is not known here."),
            _("Give amounts in euros, thousands or millions, and say it with --unit: euro, thousand or million."),
        )
    return None


def _columns_of_names(table: Table, columns: Columns) -> list[int]:
    """The columns that hold no figures: their heads may state the unit of the amounts beside them."""
    names = {place for role, place in columns.roles.items() if role in ("programme", "title", "municipality", "kind")}
    return [place for place in range(len(table.header)) if place in names or not any(row[place] for row in table.rows)]


def _tell(table: Table, head: AmountHead, doubts: Sequence[Doubt], texts: Sequence[str], findings: Findings) -> None:
    """A finding for each kind of mistake in a column, at its first cell, with how many more there are."""
    wrong = WrongRows(table, findings)
    for doubt in doubts:
        text = texts[doubt.position][:40]
        contradicted = "" if doubt.contradicted is None else texts[doubt.contradicted][:40]
        line = 0 if doubt.contradicted is None else table.lines[doubt.contradicted]
        match doubt.reason:
            case "no_amount":
                what = _("{text!r} is not an amount.", text=text)
                remedy = _("Write a number such as 1234567.89 or 1.234.567,89, or leave it empty when it is missing.")
            case "contradicts" if contradicted:
                what = _(
                    "The marks in {text!r} mean another thing than those in {other!r} on line {line}.",
                    text=text,
                    other=contradicted,
                    line=line,
                )
                remedy = _(
                    "Write all amounts of a column alike, or say with --decimal whether a point or a comma "
                    "comes before the cents."
                )
            case "contradicts" | "in_doubt":
                what = _("{text!r} can be read in two ways.", text=text)
                remedy = _("Say with --decimal whether a point or a comma comes before the cents.")
            case "too_large":
                what = _("{text!r} is more than any fund has.", text=text)
                remedy = _("Check the amount and its unit.")
            case "unit_missing":
                what = _(
                    "{text!r} has no unit, and {other!r} on line {line} has one.",
                    text=text,
                    other=contradicted,
                    line=line,
                )
                remedy = _("Write all amounts of a column in one unit, or whole: 400.000.")
            case "unit_twice":
                what = _("{text!r} has a unit of its own, beside that of the column.", text=text)
                remedy = _("Write the unit once: in the cell or for the column.")
        wrong.add(f"{doubt.reason} {contradicted}" if doubt.reason == "contradicts" else doubt.reason,
                  doubt.position, head.column, what, remedy)  # fmt: skip
    wrong.tell()
