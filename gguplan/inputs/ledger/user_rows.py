"""The rows of somebody's ledger as amounts of a programme in a year."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from gguplan.findings import Findings, Place
from gguplan.inputs.ledger.user_amounts import ReadColumns
from gguplan.inputs.ledger.user_columns import Columns, chosen_head
from gguplan.inputs.ledger.user_heads import Measure, is_year, measure_of, year_in
from gguplan.inputs.tables.reading import Table
from gguplan.inputs.tables.wrong_rows import WrongRows
from gguplan.language import _, listed_with_and, plural

_SECTION: Final = re.compile(
    r"(?:(?P<income>(?:overzicht )?(?:baten|inkomsten|opbrengsten|income|revenues?))"
    r"|(?:overzicht )?(?:lasten|uitgaven|kosten|expenditures?|spending|costs))"
)
"""A line of its own that says what the rows below it are."""


class LedgerCell(Struct, frozen=True):
    """One amount in cents of a programme in a year, with its place, the number of its row and what one of its unit is
    in cents."""

    programme: str
    title: str
    kind: str
    year: int
    measure: Measure
    cents: int | None
    place: Place
    row: int
    unit: int
    above: str = ""
    """What stands in the first cell, where the programme is in another one."""


def name_of(text: str) -> str:
    """A name without what writers vary in: capitals, accents, spaces and marks; but 1.1 is not 11."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    apart = re.sub(r"(?<=[0-9])[\W_]+(?=[0-9])", ".", plain)
    return re.sub(r"(?<![0-9])[\W_]+|[\W_]+(?![0-9])", "", apart) or text


def cells_of(
    table: Table, columns: Columns, read: ReadColumns, municipality: str | None, findings: Findings
) -> tuple[list[LedgerCell], list[str]]:
    """Every amount with its programme and year, and what was left aside. Mistakes go to the findings."""
    roles, wrong = columns.roles, WrongRows(table, findings)
    chosen, notes = _rows_of(table, columns, municipality, findings)
    years, about_years = _years_of_rows(table, columns, chosen)
    names, about_names = _names_of_rows(table, columns, chosen, years)
    chosen, about_income = _without_income(table, columns, chosen)
    aside, about_budgets = _other_budgets(table, columns)
    notes += about_years + about_names + about_income + about_budgets
    cells: list[LedgerCell] = []
    skipped: Counter[str] = Counter()
    for index in chosen:
        row = table.rows[index]
        if (columns.years_below and index == 0) or index in read.rows_of_units:
            continue
        if sum(map(bool, row)) < 2:
            skipped["text"] += 1
            continue
        if "measure" in roles and row[roles["measure"]] in aside:
            continue
        measure = _measure(row, roles)
        if "measure" in roles and measure is None:
            skipped[row[roles["measure"]][:30] or "–"] += 1
            continue
        programme = names.get(index, row[roles["programme"]].strip())[:200]
        title = (row[roles["title"]].strip()[:200] if "title" in roles else "") or programme
        kind = row[roles["kind"]].strip().lower()[:60] if "kind" in roles else ""
        without_amounts = not any(row[head.column] for head in columns.amounts)
        if without_amounts and (not programme or ("year" in roles and _year(row, columns) is None)):
            skipped["text"] += 1
            continue
        for head in columns.amounts:
            year = head.year or years.get(index) or _year(row, columns)
            if year is None:
                text = row[roles["year"]].strip() if "year" in roles else ""
                column = roles.get("year")
                if not text:
                    what = _("This row has no year.") if programme else _("This row has no programme, or no year.")
                    if not programme or _is_of_all_years(programme):
                        year = 0
                    else:
                        wrong.add("no year", index, column, what, _year_remedy())
                        break
                else:
                    wrong.add("year", index, column, _("{text!r} is not a year.", text=text[:40]), _year_remedy())
                    break
            cells.append(
                LedgerCell(
                    programme,
                    title,
                    kind,
                    year,
                    head.measure or measure or "budget",
                    read.amounts[head].cents[index],
                    table.place(index, head.column if programme else None),
                    index,
                    read.unit(head, index) * 100,
                )
            )
    wrong.tell()
    return _added_up(cells, columns), notes + _about_skipped(skipped)


def _years_of_rows(table: Table, columns: Columns, rows: list[int]) -> tuple[dict[int, int], list[str]]:
    """The years of rows that have none because it stands once, above them: a cell merged over its programmes.

    Only where every year is written once and no programme has it twice; else such a row is a total, or a mistake.
    """
    if "year" not in columns.roles:
        return {}, []
    years: dict[int, int] = {}
    seen: set[tuple[str, int, Measure | None]] = set()
    written: set[int] = set()
    last: int | None = None
    for index in rows:
        row = table.rows[index]
        programme, text = row[columns.roles["programme"]].strip(), row[columns.roles["year"]].strip()
        if not any(row[head.column] for head in columns.amounts) or _is_of_all_years(programme):
            continue
        year = _year(row, columns)
        if text and (year is None or year in written):
            return {}, []
        last = year or last
        if last is None or not programme or (programme, last, _measure(row, columns.roles)) in seen:
            return {}, []
        if text:
            written.add(last)
        else:
            years[index] = last
        seen.add((programme, last, _measure(row, columns.roles)))
    if not years:
        return {}, []
    return years, [
        plural(
            "{count} row without a year is of the year above it.",
            "{count} rows without a year are of the years above them.",
            len(years),
        )
    ]


def _without_income(table: Table, columns: Columns, rows: list[int]) -> tuple[list[int], list[str]]:
    """The rows without those below a line that says that income follows, up to one that says that spending does."""
    kept: list[int] = []
    is_income = False
    for index in rows:
        filled = [cell for cell in table.rows[index] if cell]
        if len(filled) == 1 and (kind := _SECTION.fullmatch(filled[0].strip(" :").casefold())):
            is_income = kind["income"] is not None
        if not is_income:
            kept.append(index)
    left_out = [index for index in rows if index not in set(kept) and sum(map(bool, table.rows[index])) > 1]
    if not left_out:
        return rows, []
    return kept, [
        plural(
            "{count} row of income is left out, with its totals.",
            "{count} rows of income are left out, with their totals.",
            len(left_out),
        )
    ]


def _names_of_rows(
    table: Table, columns: Columns, rows: list[int], years: Mapping[int, int]
) -> tuple[dict[int, str], list[str]]:
    """The programmes of rows that have none because it stands once, above them: a cell merged over its years, or over
    its budgets and realised amounts.

    Only where all rows without a programme are others of the one above; else such a row is a total, or a mistake.
    """
    if not {"year", "measure"} & set(columns.roles):
        return {}, []
    place = columns.roles["programme"]
    names: dict[int, str] = {}
    seen: set[tuple[str, int | None, Measure | None]] = set()
    last = ""
    for index in rows:
        row = table.rows[index]
        year, measure = years.get(index) or _year(row, columns), _measure(row, columns.roles)
        is_known = year is not None if "year" in columns.roles else measure is not None
        if not is_known or not any(row[head.column] for head in columns.amounts):
            continue
        programme = row[place].strip()
        if not programme:
            if not last or (last, year, measure) in seen:
                return {}, []
            names[index] = last
        last = programme or last
        seen.add((last, year, measure))
    if not names:
        return {}, []
    return names, [
        plural(
            "{count} row without a programme is of the programme above it.",
            "{count} rows without a programme are of the programmes above them.",
            len(names),
        )
    ]


def _other_budgets(table: Table, columns: Columns) -> tuple[set[str], list[str]]:
    """What the rows of other budgets are called than the one that is taken, where a column says what an amount is."""
    place = columns.roles.get("measure")
    if place is None:
        return set(), []
    budgets = list(dict.fromkeys(row[place] for row in table.rows if measure_of(row[place]) == "budget"))
    chosen = chosen_head(range(len(budgets)), budgets, "budget") if len(budgets) > 1 else None
    if chosen is None:
        return set(), []
    quoted = ", ".join(f'"{budget}"' for budget in budgets)
    note = _("Of {heads} the rows {head!r} are taken.", heads=quoted, head=budgets[chosen])
    return set(budgets) - {budgets[chosen]}, [note]


def _is_of_all_years(programme: str) -> bool:
    return re.search(r"\b(sub|eind)?tota(a)?l", programme.casefold()) is not None


def _year_remedy() -> str:
    return _("Write a year such as 2017 in each row, or take the row out.")


def _measure(row: list[str], roles: dict[str, int] | object) -> Measure | None:
    place = roles.get("measure") if isinstance(roles, dict) else None
    return None if place is None else measure_of(row[place])


def _year(row: list[str], columns: Columns) -> int | None:
    roles = columns.roles
    if columns.year is not None:
        return columns.year
    if "year" in roles:
        text = row[roles["year"]].strip()
        year = year_in(text) if is_year(text) else None
        period = re.fullmatch(r"((?:19|20)[0-9]{2})jj00", text.casefold())
        if year is None and period:
            return int(period[1])
        return year if year is not None and 1900 <= year <= 2200 else None
    if "measure" in roles:
        code = re.match(r"((?:19|20)[0-9]{2})x00", row[roles["measure"]].strip().casefold())
        return int(code[1]) if code else None
    return None


def _rows_of(
    table: Table, columns: Columns, municipality: str | None, findings: Findings
) -> tuple[list[int], list[str]]:
    """The rows of the municipality that is asked for, where the table is of several, and only expenditure, where it has
    categories of both."""
    rows = list(range(len(table.rows)))
    notes: list[str] = []
    place = columns.roles.get("municipality")
    if place is not None:
        bodies = dict.fromkeys(table.rows[index][place].strip() for index in rows if table.rows[index][place].strip())
        if municipality is not None:
            wanted = name_of(municipality)
            chosen = [body for body in bodies if wanted in (name_of(body), *map(name_of, body.split(maxsplit=1)))]
            if len(chosen) != 1:
                findings.add(
                    Place(f"--municipality {municipality[:60]}"),
                    _("The table has no rows of {name!r}.", name=municipality[:60]),
                    _("Names there: {names}.", names=", ".join(list(bodies)[:12]) + (" …" if len(bodies) > 12 else "")),
                )
            rows = [index for index in rows if table.rows[index][place].strip() in chosen]
        elif _have_the_same_programmes(table, place, columns.roles["programme"]):
            findings.add(
                table.cell_of_header(place),
                _("The table is of {count} bodies.", count=len(bodies)),
                _("Say of which with --municipality, such as --municipality {name!r}.", name=next(iter(bodies))),
            )
            return [], notes
    elif municipality is not None:
        findings.add(
            Place(f"--municipality {municipality[:60]}"),
            _("The table has no column of municipalities."),
            _("Leave --municipality out."),
        )
    category = columns.roles.get("category")
    if category is not None:
        spent = [index for index in rows if re.match(r"l[0-9]", table.rows[index][category].strip().casefold())]
        earned = [index for index in rows if re.match(r"b[0-9]", table.rows[index][category].strip().casefold())]
        if spent:
            if len(spent) + len(earned) < len(rows):
                notes.append(
                    plural(
                        "{count} row of another category than expenditure (L) and income (B) is left out.",
                        "{count} rows of other categories than expenditure (L) and income (B) are left out.",
                        len(rows) - len(spent) - len(earned),
                    )
                )
            notes.append(_("Expenditure is added up over its categories (L); income is left out."))
            rows = spent
        else:
            parts = [index for index in rows if not _is_of_all_years(table.rows[index][category])]
            if parts and len(parts) < len(rows):
                notes.append(
                    plural(
                        "{count} row of a total over categories is left out.",
                        "{count} rows of totals over categories are left out.",
                        len(rows) - len(parts),
                    )
                )
                rows = parts
            notes.append(_("Amounts are added up over their categories."))
    return rows, notes


def _have_the_same_programmes(table: Table, place: int, programme: int) -> bool:
    """Whether a programme stands in the rows of more than one body, so that these are funds of their own."""
    body_of: dict[str, str] = {}
    rows = [row for row in table.rows if row[place].strip() and row[programme].strip()]
    return any(body_of.setdefault(row[programme].strip(), row[place].strip()) != row[place].strip() for row in rows)


def _added_up(cells: list[LedgerCell], columns: Columns) -> list[LedgerCell]:
    """With categories, a programme has an amount for each: their sum."""
    if "category" not in columns.roles:
        return cells
    summed: dict[tuple[str, int, Measure], LedgerCell] = {}
    for cell in cells:
        key = (cell.programme, cell.year, cell.measure)
        before = summed.get(key)
        if before is None:
            summed[key] = cell
        elif cell.cents is not None:
            total = (before.cents or 0) + cell.cents
            summed[key] = replace(before, cents=total)
    return list(summed.values())


def _about_skipped(skipped: Counter[str]) -> list[str]:
    texts = skipped.pop("text", 0)
    notes = []
    if texts:
        notes.append(plural("{count} line of text is left aside.", "{count} lines of text are left aside.", texts))
    if skipped:
        notes.append(
            plural(
                "{count} row that is neither budget nor realised is left out: {kinds}.",
                "{count} rows that are neither budget nor realised are left out: {kinds}.",
                skipped.total(),
                kinds=listed_with_and(list(skipped)[:6]),
            )
        )
    return notes
