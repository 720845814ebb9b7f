"""How far projections of the inhabitants that are there would have been off."""

from __future__ import annotations

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.projection import CannotProject
from gguplan.language import _
from gguplan.model.population.backtest import Backtest, backtest
from gguplan.model.population.history import History
from gguplan.runs.municipal_history import municipal_history
from gguplan.wording.projection import problem_in_words


def projection_backtest() -> tuple[History, Backtest]:
    """The history of the municipalities of the last year, and every rule applied at every year that allows it.

    Raises InputError when there are too few years.
    """
    history = municipal_history()
    try:
        return history, backtest(history)
    except CannotProject as error:
        place, what = Place("population_data"), problem_in_words(error.problem)
        raise InputError([Finding(place, what, _("Add years with: gguplan population add"))]) from None
