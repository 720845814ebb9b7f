"""The answer in one sentence: what a screen reader says after a change, and what stays in sight on a telephone."""

from __future__ import annotations

from gguplan.language import _
from gguplan.wording.amounts import format_euros
from gguplan.workbench.answers.fund import amounts_of
from gguplan.workbench.answers.written import difference
from gguplan.workbench.bench import Answer


def summary_of(answer: Answer) -> str:
    """What all municipalities pay, and what the one that is looked at pays, each beside the baseline."""
    paid, before = (amounts_of(worked.result)["to_pay_cents"] for worked in (answer.worked, answer.baseline))
    sentence = _("Together {amount}.", amount=_with_change(paid, paid - before))
    place = answer.carried[0].later.index.get(answer.state.municipality)
    if place is None:
        return sentence
    comparison = answer.comparison
    name = comparison.population.municipalities[place].name
    amount = _with_change(int(comparison.scenario.to_pay[place]), int(comparison.effects[place]))
    return " ".join([_("{name} {amount}.", name=name, amount=amount), sentence])


def _with_change(cents: int, change: int) -> str:
    """An amount, and between brackets how much more or less it is."""
    return f"{format_euros(cents)} ({difference(change)})" if change else format_euros(cents)
