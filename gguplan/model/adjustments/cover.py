"""What municipalities have cover for already, taken off their bills."""

from __future__ import annotations

import numpy as np

from gguplan.fund.adjustments import Cover
from gguplan.fund.municipalities import Population
from gguplan.fund.problems import CannotBeMade, CoverAboveBill, CoverOfNobody
from gguplan.model.adjustments.adjusted import Adjusted
from gguplan.money import Integers


def covered(cover: Cover, before: Integers, population: Population) -> Adjusted:
    """The amounts less the cover, which comes in all the same. Raises CannotBeMade for cover of who is not there, or of
    more than it pays."""
    change = np.zeros_like(before)
    for row in cover.rows:
        position = population.index.get(row.gm_code)
        if position is None:
            raise CannotBeMade(CoverOfNobody(row.gm_code))
        change[position] -= row.cents
    above = np.flatnonzero((change < 0) & (before + change < 0))
    if above.size:
        first = int(above[0])
        name = population.municipalities[first].name
        raise CannotBeMade(CoverAboveBill(name, -int(change[first]), int(before[first])))
    return Adjusted(cover, before, change, covered=-int(change.sum()))
