"""The members of a fund in another year than that of its scenario."""

from __future__ import annotations

from gguplan.findings import Findings
from gguplan.fund.municipalities import Population
from gguplan.inputs.scenario.members import members_in_year
from gguplan.inputs.scenario.reading import ScenarioInputs


def members_for(inputs: ScenarioInputs, year: int, country: Population) -> Population:
    """The members of the fund of a scenario in `year` among all municipalities of the reference date of that year.

    Raises InputError where nobody says what became of a member.
    """
    return members_in_year(inputs.scenario, year, country, inputs.layers, Findings())
