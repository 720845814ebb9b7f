"""A budget and its amendments on the terminal: a table for each year, with a column for each amendment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gguplan.language import _
from gguplan.model.amendments import AmendedYear, Amendments
from gguplan.reports.terminal.console import console, table
from gguplan.wording.amounts import format_euros


def print_amendments(amendments: Amendments, gm_codes: Sequence[str], how_many: int) -> None:
    """Print what each amendment changes in each year, for the municipalities `gm_codes` and the `how_many` for which
    all amendments together change most, and for all."""
    out = console()
    out.print()
    out.print(_("The budget and its amendments"), style="bold")
    for stage in amendments.stages:
        name = _("original budget") if not stage.number else _("amendment {number}", number=stage.number)
        source = "" if stage.source is None else f" ({stage.source})"
        out.print(f"{name}: {stage.title}{source}", soft_wrap=True)
    for year in amendments.years:
        out.print()
        out.print(_year(year, amendments, gm_codes, how_many))


def _year(year: AmendedYear, amendments: Amendments, gm_codes: Sequence[str], how_many: int) -> object:
    index, codes = year.population.index, year.population.codes
    changed = np.abs(year.changes.sum(axis=0))
    named = [index[code] for code in gm_codes if code in index]
    largest = [place for place in np.lexsort((codes, -changed)).tolist() if place not in named][:how_many]
    rows = [[year.population.municipalities[place].name, *_amounts(year.of(place))] for place in [*named, *largest]]
    numbers = [_("amendment {number}", number=stage.number) for stage in amendments.stages[1:]]
    start = amendments.stages[0].number
    first = _("amendment {number}", number=start) if start else _("original budget")
    headings = [str(year.year), first, *numbers, _("after all")]
    return table(headings, [*rows, [_("Total"), *_amounts(year.total)]], total=True)


def _amounts(parts: Sequence[int]) -> list[str]:
    return [*map(format_euros, parts), format_euros(sum(parts))]
