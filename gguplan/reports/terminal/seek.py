"""A goal seek on the terminal: the answer first, then what was looked at, and how sure it is."""

from __future__ import annotations

from gguplan.language import _, plural
from gguplan.model.goal_seek import OTHER_SEEDS, Edge, Look, Sought
from gguplan.reports.terminal.console import console, print_settings, table
from gguplan.reports.terminal.sweep_words import shown
from gguplan.wording.amounts import format_number
from gguplan.wording.goals import goal_in_words, measured_in_words, outcome_in_words


def print_seek(sought: Sought) -> None:
    """Print where the goal holds, the steps that were looked at, and what other draws say."""
    out = console()
    out.print(sought.title, style="bold")
    print_settings(out, sought.origin)
    out.print(_("Goal: {goal}.", goal=goal_in_words(sought.goal)), soft_wrap=True)
    out.print()
    for sentence in answer(sought):
        out.print(sentence, soft_wrap=True)
    out.print()
    rows = [
        [
            _value(sought, look.value),
            _("cannot be made") if look.outcome is None else _outcome(sought, look),
            "" if look.outcome is None else _("yes") if meets else _("no"),
        ]
        for look, meets in zip(sought.search.looks, sought.search.met, strict=True)
    ]
    out.print(table([sought.factor.name, outcome_in_words(sought.goal.outcome), _("goal met")], rows))
    for sentence in how_sure(sought):
        out.print(sentence, soft_wrap=True)


def answer(sought: Sought) -> list[str]:
    """Where the goal holds, in sentences."""
    looked, path = sought.search, sought.factor.name
    low, high = _value(sought, sought.factor.low), _value(sought, sought.factor.high)
    if looked.is_flat:
        outcome = _outcome(sought, looked.made[0])
        return [
            _("At every value of {path} from {low} to {high} that was looked at.", path=path, low=low, high=high)
            if looked.always
            else _("At no value of {path} from {low} to {high} that was looked at.", path=path, low=low, high=high),
            _("{path} makes no difference to it: {outcome} at each.", path=path, outcome=outcome),
        ]
    if looked.never:
        nearest = min(looked.made, key=lambda look: abs((look.outcome or 0) - sought.goal.value))
        return [
            _("At no value of {path} from {low} to {high} that was looked at.", path=path, low=low, high=high),
            _(
                "Nearest is {outcome}, at {value}.",
                outcome=_outcome(sought, nearest),
                value=_value(sought, nearest.value),
            ),
        ]
    if looked.always:
        return [_("At every value of {path} from {low} to {high} that was looked at.", path=path, low=low, high=high)]
    sentences = []
    if len(looked.edges) > 1:
        sentences.append(
            plural(
                "There is not one answer: the goal begins or ceases to hold {count} time.",
                "There is not one answer: the goal begins or ceases to hold {count} times.",
                len(looked.edges),
            )
        )
    return sentences + [_of_edge(sought, edge) for edge in looked.edges]


def _of_edge(sought: Sought, edge: Edge) -> str:
    values = {
        "path": sought.factor.name,
        "value": _value(sought, edge.meets.value),
        "outcome": _outcome(sought, edge.meets),
        "other": _value(sought, edge.misses.value),
        "missed": _outcome(sought, edge.misses),
    }
    if sought.goal.side == "=":
        return (
            _("{path} = {value}: {outcome}.", **values)
            if edge.meets.outcome == sought.goal.value
            else _("Passed between {path} = {other}, {missed}, and {value}, {outcome}.", **values)
        )
    if edge.rises:
        return _("From {path} = {value} upwards: {outcome}, and {missed} at {other}.", **values)
    return _("Up to {path} = {value}: {outcome}, and {missed} at {other}.", **values)


def how_sure(sought: Sought) -> list[str]:
    """What other draws say, what could not be made, and what may have been missed."""
    sentences = []
    if sought.is_drawn:
        sentences.append(
            _(
                "Every value with the same {draws} draws (seed {seed}).",
                draws=format_number(sought.draws),
                seed=sought.seed,
            )
        )
    for edge, values in zip(sought.search.edges, sought.elsewhere, strict=False):
        met = [value for value in values if value is not None]
        here = _value(sought, edge.meets.value)
        if met:
            sentences.append(
                plural(
                    "With another seed, not at {here} but at {low}.",
                    "With {count} other seeds, not at {here} but between {low} and {high}.",
                    len(met),
                    here=here,
                    low=_value(sought, min(met)),
                    high=_value(sought, max(met)),
                )
            )
        if len(met) < OTHER_SEEDS:
            sentences.append(
                plural(
                    "With {count} of {all} other seeds {here} is not found again between the two bounds.",
                    "With {count} of {all} other seeds {here} is not found again between the two bounds.",
                    OTHER_SEEDS - len(met),
                    all=OTHER_SEEDS,
                    here=here,
                )
            )
    if any(not edge.is_exact for edge in sought.search.edges):
        sentences.append(_("Between two neighbours the sum cannot be made, so the edge lies somewhere between them."))
    if sought.problem:
        sentences.append(_("Where it cannot be made: {why}", why=sought.problem))
    sentences.append(
        _(
            "Looked at {count} values in equal steps, and halved between neighbours that differ. What is met and "
            "missed again between two of them is not seen: --steps looks at more.",
            count=len(sought.search.looks),
        )
    )
    return sentences


def _value(sought: Sought, value: int) -> str:
    return shown(sought.factor, sought.factor.text(value))


def _outcome(sought: Sought, look: Look) -> str:
    assert look.outcome is not None
    return measured_in_words(sought.goal.outcome, look.outcome)
