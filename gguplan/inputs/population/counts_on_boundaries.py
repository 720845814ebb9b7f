"""The inhabitants of another day, for the municipalities of a population: a municipality that others became part of
since has theirs too."""

from __future__ import annotations

import numpy as np

from gguplan.fund.municipalities import Mask, Population
from gguplan.inputs.population.municipal_changes import predecessors, successors
from gguplan.language import _
from gguplan.money import Integers


def counts_of(then: Population, population: Population, needed: Mask) -> tuple[Integers, list[str]]:
    """The persons of `then` in each municipality of `population`, shape (municipalities,), 0 of who is not `needed`;
    and for each that cannot be said, in a sentence, why."""
    counted = _earlier if then.year <= population.year else _later
    of_code, unknown = counted(then, population)
    counts = np.zeros(len(population.municipalities), dtype=np.int64)
    problems: list[str] = []
    for position in np.flatnonzero(needed & ~population.is_body).tolist():
        municipality = population.municipalities[position]
        if municipality.gm_code in unknown or municipality.gm_code not in of_code:
            problems.append(unknown.get(municipality.gm_code, _unknown(municipality.name, then.year)))
        else:
            counts[position] = of_code[municipality.gm_code]
    return counts, list(dict.fromkeys(problems))


Counted = tuple[dict[str, int], dict[str, str]]
"""The persons by code, and why there are none that can be said."""


def _earlier(then: Population, population: Population) -> Counted:
    here = population.everybody.index.keys()
    of_code: dict[str, int] = {}
    unknown: dict[str, str] = {}
    for municipality in then.without_bodies:
        code = municipality.gm_code
        heirs = (
            [code] if code in here else sorted({change.new_code for change in successors(code, population.year)} & here)
        )
        if len(heirs) > 1:
            unknown |= {heir: _divided(municipality.name, then.year) for heir in heirs}
        for heir in heirs[:1]:
            of_code[heir] = of_code.get(heir, 0) + municipality.inhabitants
    return of_code, unknown


def _later(then: Population, population: Population) -> Counted:
    of_code: dict[str, int] = {}
    unknown: dict[str, str] = {}
    for municipality in then.without_bodies:
        came_from = {change.old_code for change in predecessors(municipality.gm_code, population.year)}
        came_from &= population.everybody.index.keys()
        if came_from - {municipality.gm_code}:
            # Nobody counts its parts any more.
            of = came_from | {municipality.gm_code}
            unknown |= {code: _together(municipality.name, then.year) for code in of}
        of_code[municipality.gm_code] = municipality.inhabitants
    return of_code, unknown


def _unknown(name: str, year: int) -> str:
    return _("{name} has no count of its own on 1 January {year}.", name=name, year=year)


def _divided(name: str, year: int) -> str:
    return _("{name} was counted on 1 January {year} and has been divided over several since.", name=name, year=year)


def _together(name: str, year: int) -> str:
    return _("{name} was counted on 1 January {year} with what became part of it by then.", name=name, year=year)
