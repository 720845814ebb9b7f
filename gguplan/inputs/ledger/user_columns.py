"""Which column of somebody's ledger holds what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from msgspec import Struct

from gguplan.findings import Findings, Place
from gguplan.inputs.ledger.user_heads import (
    HEADS,
    Measure,
    Role,
    head_key,
    is_code_of_iv3,
    is_same_head,
    is_year,
    measure_of,
    year_in,
    years_in,
)
from gguplan.inputs.tables.reading import Table
from gguplan.inputs.tables.units import unit_in_head
from gguplan.language import _, plural
from gguplan.wording.suggestions import did_you_mean

_AFTER_CHANGES: Final = (
    "nawijz",
    "inclwijz",
    "gewijzigd",
    "bijgesteld",
    "actue",
    "inclusiefwijzig",
    "revised",
    "amended",
    "final",
    "current",
)
_BEFORE_CHANGES: Final = (
    "primitie",
    "primair",
    "oorspronkelijk",
    "vastgesteld",
    "voorwijzig",
    "original",
    "adopted",
    "approved",
    "initial",
)
_TITLE: Final = re.compile(
    r"(?:jaarrekening|jaarstukken|jaarverslag|programmarekening|rekening|realisatie|boekjaar|begrotingsjaar|jaar"
    r"|annual accounts?|financial year|year)[\s:-]+((?:19|20)[0-9]{2})",
    re.IGNORECASE,
)
"""What a title or a sheet says of the one year that a table is of."""


class AmountHead(NamedTuple):
    """A column of amounts: its number, what it holds (None where another column says it), the year (None where a column
    says it) and the unit that its head states (None without)."""

    column: int
    measure: Measure | None
    year: int | None
    unit: int | None


class Columns(Struct, frozen=True):
    """The columns of a ledger: one for each role that has one, and those of amounts. `notes` say what was chosen."""

    roles: dict[Role, int]
    amounts: tuple[AmountHead, ...]
    notes: tuple[str, ...]
    years_below: bool = False
    """Whether the first row below the header goes with it: it holds the years, or what each column is."""
    year: int | None = None
    """The year of the whole table, that its title says; None where columns or rows have theirs."""


def ledger_columns(table: Table, needed: Sequence[Role], stated: Mapping[str, str], findings: Findings) -> Columns:
    """The columns of a table that `needed` asks for, and others that are there; `stated` are heads by role, from
    ``--column``. What is needed and missing, or there twice, is a finding."""
    heads = _with_years_above(table)
    first = [cell for cell in table.rows[0] if cell] if table.rows else []
    years_below = all(map(is_year, first)) and not any(map(year_in, heads))
    both_below = {"budget", "realised"} <= set(map(measure_of, first)) and not any(cell.isdecimal() for cell in first)
    measures_below = both_below and any(map(is_year, heads)) and not any(map(measure_of, heads))
    below = len(first) > 1 and (years_below or measures_below)
    if below:
        heads = _spread(heads, table.rows[0], under=measures_below)
    roles: dict[Role, int] = {}
    notes: list[str] = []
    for role, head in stated.items():
        places = [place for place, cell in enumerate(table.header) if is_same_head(cell, head)]
        if len(places) != 1:
            findings.add(
                Place(f"--column {role}={head[:60]}"),
                _("The table has no column {name!r}.", name=head[:60])
                if not places
                else _("The column {name!r} stands twice in the table.", name=head[:60]),
                did_you_mean(head, table.header)
                + _("Columns there: {names}.", names=", ".join(cell for cell in table.header if cell)[:400]),
            )
        else:
            roles[role] = places[0]  # type: ignore[index]
    amounts = _amounts(table, heads, stated, roles, notes, findings)
    measures = {head.measure for head in amounts} - {None}
    for role in HEADS:
        if role in roles or role in ("budget", "realised", "amount"):
            continue
        if role == "measure" and (len(measures) == 2 or not _column_of_measures(table)):
            continue
        place = _place_of(role, heads, table, set(roles.values()) | {head.column for head in amounts}, findings, needed)
        if place is not None:
            roles[role] = place
    column = _column_of_measures(table)
    if len(measures) < 2 and column is not None:
        roles["measure"] = column
        roles.pop("kind", None) if roles.get("kind") == column else None
        amounts = amounts or _plain_amounts(table, heads, roles, findings)
    elif "measure" in roles:
        del roles["measure"]
    years_in_heads = any(head.year is not None for head in amounts)
    year = None
    if "year" in needed and "year" not in roles and not years_in_heads and not _year_in_measures(table, roles):
        year = _year_of_title(table)
        if year is not None:
            notes.append(_("The year {year} is that of the title.", year=year))
    for role in needed:
        roles_there = (
            role in roles
            or (role == "year" and (year is not None or years_in_heads or _year_in_measures(table, roles)))
            or (role in ("budget", "realised") and (role in measures or "measure" in roles))
        )
        if not roles_there:
            findings.add(
                table.header_place,
                _("There is no column for {name}.", name=role),
                _(
                    'Name it one of: {names}; or say which it is with --column {role}="…".',
                    names=", ".join(HEADS[role][:8]),
                    role=role,
                ),
            )
    return Columns(roles, tuple(amounts), tuple(notes), below, year)


def _amounts(
    table: Table,
    heads: Sequence[str],
    stated: Mapping[str, str],
    roles: dict[Role, int],
    notes: list[str],
    findings: Findings,
) -> list[AmountHead]:
    """The columns of budgets and realised amounts, one for each year; of several budgets the one after changes."""
    amounts: list[AmountHead] = []
    measures: tuple[Measure, ...] = ("budget", "realised")
    for measure in measures:
        if measure in stated:
            if measure in roles:
                place = roles.pop(measure)
                amounts.append(AmountHead(place, measure, year_in(heads[place]), unit_in_head(table.header[place])))
            continue
        by_year: dict[int | None, list[int]] = {}
        for place, head in enumerate(heads):
            if measure_of(head) == measure and place not in roles.values():
                by_year.setdefault(year_in(head), []).append(place)
        for year, places in by_year.items():
            chosen = chosen_head(places, heads, measure)
            if chosen is None:
                findings.add(
                    table.cell_of_header(places[1]),
                    _("Several columns could be {name}: {heads}.", name=measure, heads=_quoted(places, heads)),
                    _('Say which with --column {role}="…", or give them names of their own.', role=measure),
                )
                chosen = places[0]
            elif len(places) > 1:
                note = _("Of {heads} the column {head!r} is taken.", heads=_quoted(places, heads), head=heads[chosen])
                if note not in notes:
                    notes.append(note)
            amounts.append(AmountHead(chosen, measure, year, unit_in_head(table.header[chosen])))
    undated = [head for head in amounts if head.year is None]
    if 0 < len(undated) < len(amounts) and not any(head_key(head) in HEADS["year"] for head in heads):
        notes.append(
            plural(
                "{count} column of amounts without a year is left out, such as a total: {heads}.",
                "{count} columns of amounts without a year are left out, such as totals: {heads}.",
                len(undated),
                heads=_quoted([head.column for head in undated], heads),
            )
        )
        amounts = [head for head in amounts if head.year is not None]
    return amounts


def chosen_head(places: Sequence[int], heads: Sequence[str], measure: Measure) -> int | None:
    """The column to take of several; None where that would be a guess."""
    if len(places) == 1:
        return places[0]
    if measure == "realised":
        return None
    after = [place for place in places if any(word in head_key(heads[place]) for word in _AFTER_CHANGES)]
    if len(after) == 1:
        return after[0]
    before = [place for place in places if any(word in head_key(heads[place]) for word in _BEFORE_CHANGES)]
    rest = [place for place in places if place not in before]
    return rest[0] if not after and len(rest) == 1 else None


def _place_of(
    role: Role, heads: Sequence[str], table: Table, taken: set[int], findings: Findings, needed: Sequence[Role]
) -> int | None:
    """The column of a role: the first of its names that a head has. A head that stands twice is a finding where the
    role is needed."""
    keys = [head_key(head) for head in heads]
    for name in HEADS[role]:
        places = [place for place, key in enumerate(keys) if key == name and (place not in taken or role == "title")]
        if len(places) > 1 and role in needed:
            findings.add(
                table.cell_of_header(places[1]),
                _("The column {name!r} stands twice in the table.", name=table.header[places[1]]),
                _("Keep one of the two, or give them names of their own."),
            )
        if places:
            return places[0]
    return None


def _plain_amounts(
    table: Table, heads: Sequence[str], roles: Mapping[Role, int], findings: Findings
) -> list[AmountHead]:
    """Columns of amounts of which another column says what they are: one a year, or one; several are a finding."""
    free = [place for place in range(len(heads)) if place not in roles.values()]
    years = [AmountHead(place, None, year_in(heads[place]), None) for place in free if is_year(heads[place])]
    named = [place for place in free if head_key(heads[place]) in HEADS["amount"]]
    if "amount" in roles:
        named = [roles["amount"]]
    elif len(named) > 1 and not years:
        findings.add(
            table.cell_of_header(named[1]),
            _("Several columns could be {name}: {heads}.", name="amount", heads=_quoted(named, heads)),
            _('Say which with --column {role}="…", or give them names of their own.', role="amount"),
        )
    return years or [AmountHead(place, None, None, unit_in_head(heads[place])) for place in named[:1]]


def _column_of_measures(table: Table) -> int | None:
    """The column in which every cell says whether its row is a budget or a realised amount."""
    for place in range(len(table.header)):
        cells = [row[place] for row in table.rows if row[place] and sum(map(bool, row)) > 2]
        known = [measure_of(cell) for cell in cells]
        both = {"budget", "realised"} <= set(known) and sum(map(bool, known)) * 2 > len(known)
        if cells and (both or all(map(is_code_of_iv3, cells))):
            return place
    return None


def _year_in_measures(table: Table, roles: Mapping[Role, int]) -> bool:
    place = roles.get("measure")
    return place is not None and any(re.match(r"(19|20)[0-9]{2}x00", row[place].casefold()) for row in table.rows)


def _year_of_title(table: Table) -> int | None:
    """The one year that the lines above the table, or the name of its sheet, say that it is of; None without, or where
    they name several."""
    lines = [*(cell for _line, row in table.above for cell in row if cell), table.sheet]
    stated = {int(year) for line in lines for year in _TITLE.findall(line)}
    stated |= years_in(table.sheet) if is_year(table.sheet) else set()
    named = {year for line in lines for year in years_in(line)}
    return stated.pop() if len(stated) == 1 and named == stated else None


def _with_years_above(table: Table) -> list[str]:
    """The heads, each with the year or the measure that stands over it, where these are merged over several columns."""
    if not table.above:
        return list(table.header)
    line, over = table.above[-1]
    spread = [place for place, cell in enumerate(over) if is_year(cell) or measure_of(cell)]
    # One such cell over the first column may be the title of the table.
    if line != table.header_line - 1 or not spread or spread == [0]:
        return list(table.header)
    return _spread(over, table.header, under=True)


def _spread(over: Sequence[str], below: Sequence[str], under: bool = False) -> list[str]:
    """Heads of two rows as one: what stands over several columns is of each of them, until the next."""
    heads: list[str] = []
    last = ""
    for place, cell in enumerate(below):
        above = over[place] if place < len(over) else ""
        last = above or last
        spreads = bool(is_year(last) or measure_of(last))
        heads.append(f"{cell} {last}".strip() if under and spreads and cell else cell or above if under else above)
        if not under:
            heads[-1] = f"{last} {cell}".strip() if is_year(cell) and spreads else above
    return heads


def _quoted(places: Sequence[int], heads: Sequence[str]) -> str:
    return ", ".join(f'"{heads[place]}"' for place in places)
