"""Who decides on the budget of a fund."""

from __future__ import annotations

from gguplan.fund.municipalities import Population
from gguplan.language import _


def assembly(population: Population) -> str:
    """Who decides, within a sentence: the general assembly of all municipalities, or the board of a fund of members."""
    return _("the ALV") if population.country is None else _("the general board")


def assembly_first(population: Population) -> str:
    """Who decides, at the start of a sentence."""
    decides = assembly(population)
    return decides[0].upper() + decides[1:]
