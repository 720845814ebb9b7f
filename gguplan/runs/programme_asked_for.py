"""A programme that is asked for by its key."""

from __future__ import annotations

from collections.abc import Mapping

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.programme import Programme
from gguplan.inputs.scenario.reading import ScenarioInputs, read_scenario
from gguplan.inputs.scenario.scenario_files import shipped_scenarios
from gguplan.language import _
from gguplan.wording.suggestions import did_you_mean, names_there


def fail_if_not_there(programme: str, inputs: ScenarioInputs) -> None:
    """Raise InputError, with what to write, for a programme that a scenario does not have."""
    if programme not in inputs.programmes:
        what = _("There is no programme {name!r} in {scenario}.", name=programme[:100], scenario=inputs.name)
        raise InputError([Finding(Place(f"--programme {programme[:100]}"), what, _programmes_there(programme, inputs))])


def _programmes_there(name: str, inputs: ScenarioInputs) -> str:
    """What to write instead of the name of a programme: its key where that is its title, and which fund has it."""
    wanted = name.strip().casefold()

    def key_in(programmes: Mapping[str, Programme]) -> str | None:
        of_that_name = (
            key for key, programme in programmes.items() if wanted in (key.casefold(), programme.title.casefold())
        )
        return next(of_that_name, None)

    known = _("Programmes: {names}.", names=names_there(inputs.programmes))
    if (key := key_in(inputs.programmes)) is not None:
        return _("Write its key: --programme {key}", key=key)
    if suggestion := did_you_mean(name, inputs.programmes):
        return suggestion + known
    elsewhere = {
        scenario: key
        for scenario in shipped_scenarios()
        if (key := key_in(read_scenario(scenario).programmes)) is not None
    }
    if not elsewhere:
        return known
    scenario, key = max(elsewhere.items())
    return "\n".join(
        [known, _("Another fund has it: --scenario {scenario} --programme {key}", scenario=scenario, key=key)]
    )
