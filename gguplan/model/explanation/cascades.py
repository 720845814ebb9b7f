"""That a cascade is not in the amounts, and who leaves by it: in sentences, and beside one municipality's bill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from gguplan.language import _, plural
from gguplan.model.explanation.step import Step
from gguplan.model.participation.leavers import SEED, Leavers
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.money import RATE_UNITS
from gguplan.wording.amounts import format_number, format_rate

_NAMED: Final = 3


def cascades_in_words(result: RunResult) -> list[str]:
    """For each cascade that it is not in the amounts of the result, and who leaves by it."""
    see = _("See gguplan participation.")
    return [f"{_before_cascade(leavers)} {_outcome(result, leavers)} {see}" for leavers in result.leavers]


def cascades_beside_a_bill(result: RunResult, position: int) -> list[str]:
    """What the cascades would do to the municipality at `position`, of each programme in which it takes part."""
    return [step.text for one in result.by_programme for step in cascade_step(result, one, position)]


def cascades_by_year(years: Sequence[tuple[int, RunResult]]) -> list[str]:
    """As `cascades_in_words`, for the results of several years."""
    return [f"{year}: {sentence}" for year, result in years for sentence in cascades_in_words(result)]


def cascade_step(result: RunResult, one: ProgrammeResult, position: int) -> list[Step]:
    """That the municipality leaves by the cascade of a programme, or what it would pay when others do; nothing for a
    programme without one."""
    found = [leavers for leavers in result.leavers if leavers.programme.name == one.name]
    if not found or one.participation.outside[position]:
        return []
    (leavers,) = found
    number = int(leavers.round_of_leaving[position])
    if not number:
        return [Step(f"{_before_cascade(leavers)} {_outcome(result, leavers)}")]
    text = _(
        "{before_it} By {basis} this municipality leaves in round {number}, when {rate} an inhabitant is asked.",
        before_it=_before_cascade(leavers),
        basis=_basis(leavers),
        number=number,
        rate=_euros(leavers.rate(number)),
    )
    return [Step(text)]


def leaving_in_words(result: RunResult, position: int) -> list[str]:
    """For each programme that one municipality leaves by a cascade, that it does so: this is beside its bill."""
    return [
        _(
            "{name} leaves {title} in round {number} of its cascade, when {rate} an inhabitant is asked. This bill is "
            "that before the cascade.",
            name=result.population.municipalities[position].name,
            title=leavers.programme.programme.title,
            number=number,
            rate=_euros(leavers.rate(number)),
        )
        for leavers in result.leavers
        if (number := int(leavers.round_of_leaving[position]))
    ]


def _before_cascade(leavers: Leavers) -> str:
    return _(
        "These amounts are those before the cascade of {title}: everybody who takes part now pays.",
        title=leavers.programme.programme.title,
    )


def _outcome(result: RunResult, leavers: Leavers) -> str:
    if leavers.cascade is None:
        return _("It cannot be: {why}", why=leavers.why_not)
    left = np.flatnonzero(leavers.round_of_leaving)
    if not len(left):
        return _("By {basis} nobody leaves.", basis=_basis(leavers))
    if len(left) == leavers.starting:
        return _("By {basis} all {count} municipalities leave.", basis=_basis(leavers), count=format_number(len(left)))
    population = result.population
    largest = left[np.lexsort((population.codes[left], -population.inhabitants[left]))][:_NAMED].tolist()
    names = ", ".join(population.municipalities[place].name for place in largest) + (" …" if len(left) > _NAMED else "")
    told = plural(
        "By {basis} {number} of {all} municipalities leaves ({names}); the others then pay {last} an inhabitant "
        "instead of {first}.",
        "By {basis} {number} of {all} municipalities leave ({names}); the others then pay {last} an inhabitant "
        "instead of {first}.",
        len(left),
        basis=_basis(leavers),
        number=format_number(len(left)),
        all=format_number(leavers.starting),
        names=names,
        first=_euros(leavers.rate(1)),
        last=_euros(leavers.rate(len(leavers.cascade.rounds))),
    )
    return f"{told} {_('Too few are then left: the programme lapses.')}" if leavers.collapses else told


def _basis(leavers: Leavers) -> str:
    """Whether the limits are given or drawn."""
    if leavers.is_given:
        return _("its limits")
    return _(
        "the middle one of {draws} draws of its limits (seed {seed})", draws=format_number(leavers.draws), seed=SEED
    )


def _euros(amount: float) -> str:
    return format_rate(round(amount * RATE_UNITS))
