"""What gguplan offers to Python: load a scenario, run it, look a municipality up.

>>> import gguplan
>>> result = gguplan.run("uitnamen-2017")
>>> result.frame("municipalities")         # amounts are int64 cents
>>> gguplan.estimate("Utrecht", "fonds-ggu-2020").to_pay
107437781

Input that is wrong raises a ValueError that says what to do: `InputError`, with all its ``findings``, for a file,
`UnknownMunicipality` for a name.
Texts come in English; ``gguplan.set_language("nl")`` makes them Dutch.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gguplan.language import set_language

if TYPE_CHECKING:
    import pandas as pd

    from gguplan.fund.municipalities import Municipality
    from gguplan.inputs.findings import InputError
    from gguplan.inputs.scenario.reading import ScenarioInputs
    from gguplan.model.bill import Bill
    from gguplan.model.explanation.step import Step
    from gguplan.model.result import RunResult

__all__ = [
    "InputError",
    "estimate",
    "explain",
    "ledger",
    "load_scenario",
    "municipality",
    "population",
    "run",
    "scenarios",
    "set_language",
]


def scenarios() -> list[str]:
    """The names of the shipped scenarios."""
    from gguplan.inputs.scenario.library import shipped_scenarios

    return list(shipped_scenarios())


def load_scenario(name: str | Path, settings: Mapping[str, object] | None = None) -> ScenarioInputs:
    """Read a shipped scenario by name, or a file; `settings` change keys, as ``{"year": 2018}``."""
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.inputs.scenario.settings import written_settings

    return read_scenario(name, written_settings(settings or {}))


def run(scenario: str | Path | ScenarioInputs, settings: Mapping[str, object] | None = None) -> RunResult:
    """Work a scenario out for every municipality; ``result.frame(…)`` gives the tables."""
    from gguplan.inputs.scenario.reading import ScenarioInputs
    from gguplan.model.result import run as work_out

    return work_out(scenario if isinstance(scenario, ScenarioInputs) else load_scenario(scenario, settings))


def municipality(name: str, year: int) -> Municipality:
    """The municipality that a name or CBS code means on 1 January of `year`, with its inhabitants."""
    from gguplan.inputs.population.municipalities import look_up
    from gguplan.inputs.population.years import load_population

    return look_up(name, load_population(year))


def estimate(name: str, scenario: str | Path | ScenarioInputs) -> Bill:
    """The bill of one municipality; amounts in whole cents."""
    from gguplan.inputs.population.municipalities import look_up
    from gguplan.model.bill import bill_of

    result = run(scenario)
    return bill_of(result, look_up(name, result.population).gm_code)


def explain(name: str, scenario: str | Path | ScenarioInputs, programme: str | None = None) -> Step:
    """The sum behind the bill of one municipality, as a tree."""
    from gguplan.inputs.population.municipalities import look_up
    from gguplan.model.explanation.tree import explain as explain_sum

    result = run(scenario)
    return explain_sum(result, look_up(name, result.population).gm_code, programme)


def population(year: int) -> pd.DataFrame:
    """The inhabitants of every municipality on 1 January of `year`: gm_code, name, province, inhabitants."""
    import pandas as pd

    from gguplan.inputs.population.years import load_population

    return pd.DataFrame(load_population(year).municipalities)


def ledger() -> pd.DataFrame:
    """Every published budget and realised amount, with its print, its source and its amount in cents."""
    import pandas as pd

    from gguplan.inputs.ledger.ledger_files import load_ledger

    readings = load_ledger().readings
    frame = pd.DataFrame(readings)
    frame["amount_cents"] = pd.array([one.amount for one in readings], dtype="Int64")
    return frame


def __getattr__(name: str) -> object:
    """`InputError`, read only when it is asked for, so that importing gguplan stays quick."""
    if name == "InputError":
        from gguplan.inputs.findings import InputError

        return InputError
    raise AttributeError(name)
