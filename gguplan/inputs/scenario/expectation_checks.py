"""What a scenario expects, held against what is there."""

from __future__ import annotations

from typing import get_args

from gguplan.findings import Findings
from gguplan.fund.expectations import Expectation, FundTotal, OfAMunicipality, OfAProgramme, OfTheFund
from gguplan.fund.municipalities import Population
from gguplan.inputs.population.municipalities import UnknownMunicipality
from gguplan.inputs.scenario.bodies import look_up_payer
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.schema import Scenario
from gguplan.language import _
from gguplan.wording.suggestions import did_you_mean, names_there


def read_expectations(
    scenario: Scenario, population: Population, layers: Layers, findings: Findings
) -> tuple[Expectation, ...]:
    """Every amount that must come out.

    Fails if something is expected of a programme or a municipality that is not there, or of one twice.
    """
    expected = scenario.expected
    if expected is None:
        return ()
    read = [
        Expectation(OfTheFund(total), cents)
        for total in get_args(FundTotal)
        if (cents := getattr(expected, total)) is not None
    ]
    programmes = [name for name in scenario.programmes if name not in scenario.left_out]
    for name, cents in expected.programmes.items():
        read.append(Expectation(OfAProgramme(name), cents))
        if name not in programmes:
            findings.add(
                layers.key_place(("expected", "programmes", name)),
                _("There is no programme {name!r}.", name=name),
                did_you_mean(name, programmes) + _("Programmes: {names}.", names=names_there(programmes)),
            )
    seen: set[str] = set()
    for name, cents in expected.municipalities.items():
        place = layers.key_place(("expected", "municipalities", name))
        try:
            municipality = look_up_payer(name, population, layers)
        except UnknownMunicipality as problem:
            findings.add(place, problem.what, problem.remedy)
            continue
        if municipality.gm_code in seen:
            findings.add(
                place,
                _("{name} ({code}) stands here a second time.", name=municipality.name, code=municipality.gm_code),
                _("Keep it once."),
            )
        seen.add(municipality.gm_code)
        read.append(Expectation(OfAMunicipality(municipality.gm_code, name), cents))
    return tuple(read)
