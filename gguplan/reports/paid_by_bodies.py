"""What bodies without inhabitants pay, and what changes for them, in sentences beside those on municipalities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gguplan.fund.bodies import bodies_of
from gguplan.fund.municipalities import Population
from gguplan.language import _
from gguplan.model.comparison import Comparison
from gguplan.model.result import RunResult
from gguplan.money import Integers
from gguplan.wording.amounts import format_euros
from gguplan.wording.bodies import kind_in_words

if TYPE_CHECKING:
    from gguplan.model.years_ahead.year_of_horizon import YearOfHorizon


def paid_by_bodies(result: RunResult) -> list[str]:
    """What each body pays; nothing where only municipalities pay."""
    return [
        _("{name} ({kind}) pays {amount}.", **values) for values in _amounts(result.population, amount=result.to_pay)
    ]


def contributions_of_bodies(result: RunResult) -> list[str]:
    """What is decided that each body pays, as points of a decision."""
    return [
        _("to set the contribution of {name} ({kind}) at {amount} including VAT;", **values)
        for values in _amounts(result.population, amount=result.to_pay)
    ]


def changes_for_bodies(comparison: Comparison) -> list[str]:
    """What changes for each body; nothing where only municipalities pay."""
    before, after = comparison.baseline.to_pay, comparison.scenario.to_pay
    return [
        _("{name} ({kind}): {before} becomes {after}.", **values)
        if values["before"] != values["after"]
        else _("{name} ({kind}) pays {after}, as before.", **values)
        for values in _amounts(comparison.population, before=before, after=after)
    ]


def _amounts(population: Population, **columns: Integers) -> Iterator[dict[str, str]]:
    """Of each body its name, its kind and its amounts, from cents of shape (municipalities,)."""
    for body in bodies_of(population):
        place = population.index[body.gm_code]
        amounts = {name: format_euros(int(cents[place])) for name, cents in columns.items()}
        yield {"name": body.name, "kind": kind_in_words(body.kind), **amounts}


def paid_by_bodies_in(year: YearOfHorizon) -> int:
    """Cents that bodies pay of the budgets of a year ahead, which are in no amount per inhabitant."""
    return 0 if year.result is None else year.result.paid_by_bodies
