"""Cascades in sentences: that amounts are those from before one, who leaves by it, and why one cannot be worked out."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.cascades import (
    CannotBe,
    CascadeBeside,
    CascadeEnd,
    CascadeProblem,
    EverybodyLeaves,
    LimitsDrawn,
    NobodyLeaves,
    NobodyToStart,
    NoOneRate,
    SomeLeave,
    TooManyDraws,
)
from gguplan.language import _, plural
from gguplan.wording.amounts import format_number, format_rate
from gguplan.wording.thresholds import too_few_left_in_words


def cascade_in_words(cascade: CascadeBeside) -> str:
    """That amounts are those from before the cascade, and who leaves by it."""
    return f"{before_cascade(cascade.title)} {_end(cascade.end, cascade.drawn)}"


def leaving_in_a_sum(title: str, drawn: LimitsDrawn | None, number: int, rate: int) -> str:
    """That amounts are those from before the cascade, and that this municipality leaves in a round of it."""
    return _(
        "{before_it} By {basis} this municipality leaves in round {number}, when {rate} per inhabitant is asked.",
        before_it=before_cascade(title),
        basis=_basis(drawn),
        number=number,
        rate=format_rate(rate),
    )


def leaving_beside_a_bill(name: str, title: str, number: int, rate: int) -> str:
    """That the municipality with this name leaves a programme in a round of its cascade."""
    return _(
        "{name} leaves {title} in round {number} of its cascade, when {rate} per inhabitant is asked. This bill is "
        "that before the cascade.",
        name=name,
        title=title,
        number=number,
        rate=format_rate(rate),
    )


def before_cascade(title: str) -> str:
    """That amounts are those from before the cascade of a programme."""
    return _(
        "These amounts are those before the cascade of {title}: everybody who takes part now pays.",
        title=title,
    )


def problem_in_words(problem: CascadeProblem) -> str:
    """Why a cascade cannot be worked out."""
    match problem:
        case NoOneRate(programme):
            return _(
                "{programme!r} is not divided pro rata to inhabitants: it has no one rate that rises.",
                programme=programme,
            )
        case NobodyToStart(programme):
            return _("Nobody takes part in {programme!r} the whole year.", programme=programme)
        case TooManyDraws(draws, cascades, most):
            return _(
                "{draws} draws for each of {count} cascades are more than {most} together.",
                draws=format_number(draws),
                count=cascades,
                most=format_number(most),
            )
        case _:
            assert_never(problem)


def remedy_in_words(problem: CascadeProblem) -> str:
    """What to do about it."""
    match problem:
        case NoOneRate():
            return _("Take the cascade out, or the allocation of the programme.")
        case NobodyToStart():
            return _("Take the cascade out, or somebody into the programme.")
        case TooManyDraws():
            return _("Ask for fewer draws, or keep only the cascades that matter.")
        case _:
            assert_never(problem)


def _end(end: CascadeEnd, drawn: LimitsDrawn | None) -> str:
    match end:
        case CannotBe(problem):
            return _("It cannot be: {why}", why=problem_in_words(problem))
        case NobodyLeaves():
            return _("By {basis} nobody leaves.", basis=_basis(drawn))
        case EverybodyLeaves(municipalities):
            return _(
                "By {basis} all {count} municipalities leave.",
                basis=_basis(drawn),
                count=format_number(municipalities),
            )
        case SomeLeave():
            return _some_leave(end, drawn)
        case _:
            assert_never(end)


def _some_leave(end: SomeLeave, drawn: LimitsDrawn | None) -> str:
    values = {
        "basis": _basis(drawn),
        "number": format_number(end.municipalities),
        "all": format_number(end.starting),
        "names": ", ".join(end.largest) + (" …" if end.municipalities > len(end.largest) else ""),
        "first": format_rate(end.first_rate),
        "last": format_rate(end.last_rate),
    }
    if end.last_rate == end.first_rate:
        sentence = plural(
            "By {basis} {number} of {all} municipalities leaves ({names}); the others go on paying {first} per "
            "inhabitant.",
            "By {basis} {number} of {all} municipalities leave ({names}); the others go on paying {first} per "
            "inhabitant.",
            end.municipalities,
            **values,
        )
    else:
        sentence = plural(
            "By {basis} {number} of {all} municipalities leaves ({names}); the others then pay {last} per inhabitant "
            "instead of {first}.",
            "By {basis} {number} of {all} municipalities leave ({names}); the others then pay {last} per inhabitant "
            "instead of {first}.",
            end.municipalities,
            **values,
        )
    return sentence if end.unmet is None else f"{sentence} {too_few_left_in_words(end.unmet)}"


def _basis(drawn: LimitsDrawn | None) -> str:
    """Whether the limits are given or drawn."""
    if drawn is None:
        return _("its limits")
    return _(
        "the middle one of {draws} draws of its limits (seed {seed})",
        draws=format_number(drawn.draws),
        seed=drawn.seed,
    )
