"""What bodies without inhabitants pay, and what changes for them, in sentences beside those on municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gguplan.fund.bodies import bodies_of
from gguplan.language import _
from gguplan.model.comparison import Comparison
from gguplan.model.result import RunResult
from gguplan.wording.amounts import format_euros
from gguplan.wording.bodies import kind_in_words

if TYPE_CHECKING:
    from gguplan.model.years_ahead.year_of_horizon import YearOfHorizon


def paid_by_bodies(result: RunResult) -> list[str]:
    """What each body pays; nothing where only municipalities pay."""
    index, to_pay = result.population.index, result.to_pay
    return [
        _(
            "{name} ({kind}) pays {amount}.",
            name=body.name,
            kind=kind_in_words(body.kind),
            amount=format_euros(int(to_pay[index[body.gm_code]])),
        )
        for body in bodies_of(result.population)
    ]


def contributions_of_bodies(result: RunResult) -> list[str]:
    """What is decided that each body pays, as points of a decision."""
    index, to_pay = result.population.index, result.to_pay
    return [
        _(
            "to set the contribution of {name} ({kind}) at {amount} including VAT;",
            name=body.name,
            kind=kind_in_words(body.kind),
            amount=format_euros(int(to_pay[index[body.gm_code]])),
        )
        for body in bodies_of(result.population)
    ]


def changes_for_bodies(comparison: Comparison) -> list[str]:
    """What changes for each body; nothing where only municipalities pay."""
    index = comparison.population.index
    before, after = comparison.baseline.to_pay, comparison.scenario.to_pay
    return [
        _(
            "{name} ({kind}): {before} becomes {after}.",
            name=body.name,
            kind=kind_in_words(body.kind),
            before=format_euros(int(before[index[body.gm_code]])),
            after=format_euros(int(after[index[body.gm_code]])),
        )
        for body in bodies_of(comparison.population)
    ]


def paid_by_bodies_in(year: YearOfHorizon) -> int:
    """Cents that bodies pay of the budgets of a year ahead, which are in no amount per inhabitant."""
    return 0 if year.result is None else year.result.paid_by_bodies
