"""Weights that the user brings to divide by: households, dwellings."""

from __future__ import annotations

from typing import Final

import numpy as np

from gguplan.fund.allocation_keys import PerColumn
from gguplan.fund.municipalities import Population
from gguplan.inputs.findings import Findings, Place
from gguplan.inputs.population.municipalities import AmbiguousMunicipality, UnknownMunicipality, find, look_up_in_table
from gguplan.inputs.scenario.allocation_keys import PerColumnTable
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.library import is_there, lies_outside
from gguplan.inputs.shipped import shown
from gguplan.inputs.suggestions import shortlist
from gguplan.inputs.tables.cells import whole_number
from gguplan.inputs.tables.reading import Search, Table, looks_like_a_header, read_table
from gguplan.language import _
from gguplan.money import Integers

LARGEST_WEIGHT: Final = 1_000_000_000


def read_weights(key: PerColumnTable | PerColumn, population: Population, layers: Layers, programme: str) -> Integers:
    """The column named in the scenario, one whole number for each municipality, shape (municipalities,).

    The first column whose rows name municipalities (code or name) tells which row is whose. Raises
    InputError with every mistake: no such file or column, a municipality missing or twice, a weight that
    is not a whole number from 0.
    """
    path = ("programmes", programme, "allocation")
    place = layers.place((*path, "file"))
    folder = layers.folder((*path, "file"))
    findings = Findings()
    file = folder / key.file
    if lies_outside(file, folder):
        findings.add(
            place,
            _("{name!r} lies outside the folder of this scenario.", name=key.file[:100]),
            _("Copy it into the same folder and name it here."),
        )
    elif not is_there(file):
        findings.add(
            place,
            _("There is no file {name!r} beside the scenario.", name=key.file[:100]),
            _("Put it in the folder of the scenario that names it, or correct the name here."),
        )
    findings.raise_if_any()
    wanted = " ".join(key.column.split())
    headers = (lambda row: wanted in row and len(list(filter(None, row))) > 1, looks_like_a_header)
    table = read_table(file, Search(headers, f"gm_code,{wanted}"))
    if key.column not in table.header:
        findings.add(
            layers.place((*path, "column")),
            _("There is no column {name!r} in {file}.", name=key.column, file=key.file),
            _("Columns there: {names}.", names=shortlist(table.header)),
        )
        findings.raise_if_any()
    column, whose = table.header.index(key.column), _column_of_municipalities(table, population)
    weights = np.full(len(population.municipalities), -1, dtype=np.int64)
    for index, row in enumerate(table.rows):
        here = table.place(index, column)
        try:
            found = look_up_in_table(row[whose], population)
        except UnknownMunicipality as problem:
            findings.add(table.place(index, whose), problem.what, problem.remedy)
            continue
        weight, position = whole_number(row[column]), population.index[found.gm_code]
        if weight is None or weight > LARGEST_WEIGHT:
            findings.add(
                here,
                _("{text!r} is not a weight.", text=row[column][:60]),
                _("Write a whole number from 0 to a thousand million."),
            )
        elif weights[position] >= 0:
            findings.add(
                table.place(index, whose),
                _("{name} stands in this file a second time.", name=found.name),
                _("Keep it once."),
            )
        weights[position] = max(0, weight or 0)
    missing = [
        municipality.name for municipality, weight in zip(population.municipalities, weights, strict=True) if weight < 0
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
    elif not weights.any():
        findings.add(Place(shown(file)), _("Every weight is 0: nobody would pay."), _("Check the column."))
    findings.raise_if_any()
    return weights


def _column_of_municipalities(table: Table, population: Population) -> int:
    """The first column in which more than half of the rows name a municipality; else the first of all."""

    def names_one(text: str) -> bool:
        try:
            return find(text, population) is not None
        except AmbiguousMunicipality:
            return True

    columns = range(len(table.header))
    named = (column for column in columns if 2 * sum(names_one(row[column]) for row in table.rows) > len(table.rows))
    return next(named, 0)
