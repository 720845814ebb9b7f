"""A column that the user brings with a number for each municipality: weights such as households, shares, amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import numpy as np

from gguplan.findings import Findings, Place
from gguplan.fund.allocation_keys import InColumn
from gguplan.fund.membership import positions_in_the_country
from gguplan.fund.municipalities import Mask, Population
from gguplan.inputs.population.columns import Columns, holds_codes, is_of_the_end, recognised
from gguplan.inputs.population.municipalities import (
    AmbiguousMunicipality,
    UnknownMunicipality,
    find,
    look_up_in_table,
    shortened,
)
from gguplan.inputs.population.table_rows import rows_of_everybody, without_figures
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.scenario_files import is_there, lies_outside
from gguplan.inputs.tables.amounts import decimal_parts, read_numbers
from gguplan.inputs.tables.cells import NumberCell
from gguplan.inputs.tables.reading import Search, Table, looks_like_a_header, read_table
from gguplan.inputs.tables.wrong_rows import WrongRows
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _
from gguplan.money import Integers
from gguplan.shipped import shown
from gguplan.wording.amounts import format_number
from gguplan.wording.shortlist import shortlist
from gguplan.wording.suggestions import names_there

LARGEST_WEIGHT: Final = 1_000_000_000
_LARGEST_WHOLE: Final = 10**15
"""Weights with decimals are multiplied until they are whole: they may not pass this, so that int64 holds their sum."""


def read_weights(
    stands: InColumn,
    path: KeyPath,
    population: Population,
    layers: Layers,
    pays: Mask | None = None,
    notes: list[str] | None = None,
    whole: bool = False,
) -> Integers:
    """The weights that stand in a column, one whole number for each municipality, shape (municipalities,).

    `path` is where the scenario names the file: its table. Weights with decimals are multiplied by the same power of
    ten until all are whole: their ratios are exact; where they must be `whole` that is a mistake. A body that does not
    pay (`pays`, shape (municipalities,)) need not have a row. Raises InputError as `read_column` does, and when every
    weight is 0 or one has too many decimals.
    """
    remarks: list[str] = []
    needed = ~population.is_body if pays is None else ~population.is_body | pays
    weights, header = read_column(stands, path, population, layers, remarks, needed, ratios=True)
    findings = Findings()
    if not any(weights):
        file = layers.folder((*path, "file")) / stands.file
        findings.add(Place(shown(file)), _("Every weight is 0: nobody would pay."), _("Check the column."))
    numbers, factor = _whole(weights)
    if whole and factor > 1:
        findings.add(
            header,
            _("The column has decimals, and euros that were paid are whole."),
            _("Round them to whole euros, or take as_paid out."),
        )
    if max(numbers) > _LARGEST_WHOLE:
        findings.add(
            header,
            _("The weights have more decimals than can be divided by exactly."),
            _("Round them to six decimals."),
        )
    findings.raise_if_any()
    if factor > 1:
        remarks.append(_("Multiplied by {factor}, so that all are whole numbers.", factor=format_number(factor)))
    if notes is not None and remarks:
        programme = path[1]
        notes.append(
            _("Weights of {programme} ({file}):", programme=programme, file=stands.file) + " " + " ".join(remarks)
        )
    return np.array(numbers, dtype=np.int64)


def read_column(
    stands: InColumn,
    path: KeyPath,
    population: Population,
    layers: Layers,
    remarks: list[str],
    needed: Mask | None,
    ratios: bool,
) -> tuple[list[Fraction | None], Place]:
    """The number that each municipality has in a column, and where its head stands; None where it has no row. Those
    that are `needed`, shape (municipalities,), must have one.

    Read as inhabitants are (`gguplan.inputs.population.table_rows`): titles, units, totals, other regions, other
    periods, municipalities of other years without a figure, and of a workbook other sheets and what is hidden are left
    out, and `remarks` get a sentence for each.
    `ratios`: only the proportions matter, so that a mark of which two readings give the same proportions is clear.

    Raises InputError with every mistake: no such file or column, a column twice, a municipality missing or twice, a
    number that is none.
    """
    place = layers.place((*path, "file"))
    folder = layers.folder((*path, "file"))
    findings = Findings()
    file = folder / stands.file
    if lies_outside(file, folder):
        findings.add(
            place,
            _("{name!r} lies outside the folder of this scenario.", name=stands.file[:100]),
            _("Copy it into the same folder and name it here."),
        )
    elif not is_there(file):
        findings.add(
            place,
            _("There is no file {name!r} beside the scenario.", name=stands.file[:100]),
            _("Put it in the folder of the scenario that names it, or correct the name here."),
        )
    findings.raise_if_any()
    wanted = " ".join(stands.column.split())
    headers = (lambda row: wanted in row and len(list(filter(None, row))) > 1, looks_like_a_header)
    table = read_table(file, Search(headers, f"gm_code,{wanted}"))
    here = layers.place((*path, "column"))
    if table.header.count(wanted) != 1:
        findings.add(
            here,
            _("There is no column {name!r} in {file}.", name=stands.column, file=stands.file)
            if wanted not in table.header
            else _("The column {name!r} stands twice in {file}.", name=stands.column, file=stands.file),
            _("Columns there: {names}.", names=names_there(table.header)),
        )
        findings.raise_if_any()
    column = table.header.index(wanted)
    country = population.everybody
    whose = _column_of_municipalities(table, country)
    columns = recognised(table.header, table.rows, population.year)
    names = columns.name if columns.name not in (whose, column) else None
    period = columns.period if columns.period != column else None
    of_codes = holds_codes([row[whose] for row in table.rows])
    titles = [" ".join(filter(None, row)) for _line, row in table.above]
    at_end = is_of_the_end(wanted) or is_of_the_end(" ".join([wanted, *titles]))
    columns = Columns(whose if of_codes else None, names if of_codes else whose, None, column, period, at_end)
    kept, sentences = rows_of_everybody(table, columns, column, population.year, findings, any_one_period=True)
    findings.raise_if_any()
    of_country, ended = _numbers_of(table, kept, column, whose, country, findings, ratios)
    remarks += [*table.left_out, *sentences, *without_figures(ended)]
    if at_end and period is not None and len({row[period] for row in table.rows if row[period]}) > 1:
        year = population.year
        remarks.append(_("The end of {before} is 1 January {year}.", before=year - 1, year=year))
    findings.raise_if_any()
    if not ratios and (strangers := _with_a_figure(of_country, population)):
        remarks.append(_("Left out, because they do not pay it: {names}.", names=shortlist(strangers)))
    weights = [of_country[position] for position in positions_in_the_country(population).tolist()]
    missing = [
        municipality.name
        for municipality, weight, must in zip(
            population.municipalities, weights, [] if needed is None else needed.tolist(), strict=needed is not None
        )
        if weight is None and must
    ]
    if missing:
        findings.add(
            Place(shown(file)),
            _(
                "Municipalities without a weight: {names}.",
                names=", ".join(missing[:10]) + (" …" if len(missing) > 10 else ""),
            ),
            _(
                "Add a row for each of the {count} on {date}; 0 is allowed.",
                count=len(weights),
                date=f"{population.year}-01-01",
            ),
        )
    findings.raise_if_any()
    return weights, table.header_place


def _numbers_of(
    table: Table,
    rows: Sequence[int],
    column: int,
    whose: int,
    population: Population,
    findings: Findings,
    ratios: bool,
) -> tuple[list[Fraction | None], list[str]]:
    """The number of each municipality, None where it has no row, and the names of those of other years without one."""
    texts = [table.rows[index][column] for index in rows]
    figures = [text for text in texts if isinstance(text, NumberCell) or any(map(str.isdigit, text))]
    # Where every cell has one mark and three digits behind it, both readings give the same ratios.
    numbers = read_numbers(texts)
    if ratios and numbers.doubts and all(re.fullmatch(r"0|[1-9][0-9]{0,2}[.,][0-9]{3}", text) for text in figures):
        numbers = read_numbers(texts, usual="," if any("." in text for text in figures) else ".")
    doubted = {doubt.position: doubt for doubt in numbers.doubts}
    weights: list[Fraction | None] = [None] * len(population.municipalities)
    wrong, ended = WrongRows(table, findings), list[str]()
    for at, index in enumerate(rows):
        row, value = table.rows[index], numbers.values[at]
        try:
            municipality = look_up_in_table(_bare_name(row[whose]), population)
        except UnknownMunicipality as problem:
            if not value:
                ended.append(shortened(row[whose]))
            else:
                wrong.add(f"unknown {index}", index, whose, problem.what, problem.remedy)
            continue
        position = population.index[municipality.gm_code]
        if value is None or not 0 <= value <= LARGEST_WEIGHT:
            doubt = doubted.get(at)
            unclear = doubt is not None and doubt.reason != "no_amount"
            wrong.add(
                "unclear" if unclear else "weight",
                index,
                column,
                _("{text!r} can be read in two ways.", text=row[column][:60])
                if unclear
                else _("{text!r} is not a weight.", text=row[column][:60])
                if ratios
                else _("{text!r} is not a number from 0.", text=row[column][:60]),
                _("Write all weights of the column alike, without marks between thousands.")
                if unclear and ratios
                else _("Write all numbers of the column alike, without marks between thousands.")
                if unclear
                else _("Write a number from 0 to a thousand million."),
            )
            value = Fraction(0)
        if weights[position] is not None:
            wrong.add(
                f"twice {index}",
                index,
                whose,
                _("{name} stands in this file a second time.", name=municipality.name),
                _("Keep it once."),
            )
        weights[position] = value
    wrong.tell()
    return weights, ended


def _with_a_figure(of_country: Sequence[Fraction | None], population: Population) -> list[str]:
    """Who has a figure above 0 and is no member of the fund."""
    country = population.everybody.municipalities
    return [
        municipality.name
        for municipality, figure in zip(country, of_country, strict=True)
        if figure and municipality.gm_code not in population.index
    ]


def _bare_name(text: str) -> str:
    """A name without what CBS writes behind it: ``Utrecht (gemeente)``."""
    return re.sub(r"\s*\((gemeente|municipality)\)$", "", text, flags=re.IGNORECASE)


def _whole(weights: Sequence[Fraction | None]) -> tuple[list[int], int]:
    """The weights times the smallest power of ten that makes all of them whole, and that power."""
    known = [weight or Fraction(0) for weight in weights]
    factor = decimal_parts(known)
    return [int(weight * factor) for weight in known], factor


def _column_of_municipalities(table: Table, population: Population) -> int:
    """The first column in which more than half of the rows name a municipality; else the first of all."""

    def names_one(text: str) -> bool:
        try:
            return find(_bare_name(text), population) is not None
        except AmbiguousMunicipality:
            return True

    columns = range(len(table.header))
    named = (column for column in columns if 2 * sum(names_one(row[column]) for row in table.rows) > len(table.rows))
    return next(named, 0)
