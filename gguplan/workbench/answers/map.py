"""The map: what is paid per inhabitant, or, once something is changed, the effect."""

from __future__ import annotations

from typing import Any

import numpy as np

from gguplan.inputs.population.boundaries import boundaries_of
from gguplan.model.comparison import euros_per_inhabitant_of_each
from gguplan.money import RATE_UNITS
from gguplan.reports.page.figures import an_inhabitant
from gguplan.reports.page.map_classes import Classes, effect_classes, rate_classes
from gguplan.reports.page.map_outlines import Drawing, drawing_of
from gguplan.runs.kept_results import KeptValues
from gguplan.workbench.bench import Answer

_drawings: KeptValues[Drawing] = KeptValues(8)


def drawing(answer: Answer) -> Drawing:
    """The areas of the municipalities that the page is about."""
    population = answer.carried[0].later
    return _drawings.get(population, lambda: drawing_of(boundaries_of(population), population))


def classes_of(answer: Answer) -> Classes:
    """What falls together under one colour."""
    if not answer.worked.settings and answer.worked.variant.base == answer.baseline.variant.base:
        bills = answer.carried[0]
        return rate_classes(euros_per_inhabitant_of_each(bills.to_pay, bills.inhabitants)[~bills.later.is_body])
    before, after = answer.comparison.rates
    return effect_classes((after - before)[~answer.comparison.population.is_body])


def map_of(answer: Answer) -> dict[str, Any]:
    """The colour of each area, what its tooltip says (ten-thousandths of a euro per inhabitant to pay, and the effect),
    and who is outside the programme that the map puts municipalities out of."""
    classes, bills = classes_of(answer), answer.carried[answer.state.shown + 1]
    before, after = answer.comparison.rates
    return {
        "styles": list(classes.styles),
        "place": classes.place.tolist(),
        "rates": an_inhabitant(bills.to_pay, bills.inhabitants).tolist(),
        "effects": np.rint((after - before) * RATE_UNITS).astype(np.int64).tolist(),
        "outside": _outside(answer),
    }


def _outside(answer: Answer) -> dict[str, list[int]]:
    """The places of who is outside each programme at any time."""
    bills = answer.carried[answer.state.shown + 1]
    return {
        programme.name: np.flatnonzero(programme.days_outside).tolist()
        for programme in bills.by_programme
        if programme.billed.opt_outs
    }
