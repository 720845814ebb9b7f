"""What gguplan offers to Python: load a scenario, run it, hold it beside another, look a municipality up.

>>> import gguplan
>>> gguplan.run("uitnamen-2017").frame("municipalities")         # amounts are int64 cents
>>> gguplan.estimate("Utrecht", "fonds-ggu-2020").to_pay
107437781

Input that is wrong raises a ValueError that says what to do: `InputError`, with all its ``findings``, for a file,
`UnknownMunicipality` for a name.
Texts come in English; ``gguplan.set_language("nl")`` makes them Dutch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gguplan.language import set_language
from gguplan.model.numbers_of_draws import DRAWS

if TYPE_CHECKING:
    import pandas as pd

    from gguplan.findings import InputError
    from gguplan.fund.municipalities import Municipality
    from gguplan.inputs.population.municipalities import UnknownMunicipality
    from gguplan.inputs.scenario.reading import ScenarioInputs
    from gguplan.model.goal_seek import Sought
    from gguplan.notebook import Beside, BillsByYear, Forecast, MunicipalBill, Run, SumBehind, Variants, YearsAhead

__all__ = [
    "InputError",
    "UnknownMunicipality",
    "bills",
    "compare",
    "estimate",
    "explain",
    "forecast",
    "horizon",
    "ledger",
    "load_scenario",
    "municipality",
    "population",
    "run",
    "scenarios",
    "seek",
    "set_language",
    "sweep",
]

_ERRORS: Final = {
    "InputError": "gguplan.findings",
    "UnknownMunicipality": "gguplan.inputs.population.municipalities",
}


def scenarios() -> list[str]:
    """The names of the shipped scenarios."""
    from gguplan.inputs.scenario.scenario_files import shipped_scenarios

    return list(shipped_scenarios())


def load_scenario(name: str | Path, settings: Mapping[str, object] | None = None) -> ScenarioInputs:
    """Read a shipped scenario by name, or a file; `settings` change keys, as ``{"year": 2018}``."""
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.inputs.scenario.settings import written_settings

    return read_scenario(name, written_settings(settings or {}))


def _loaded(scenario: str | Path | ScenarioInputs, settings: Mapping[str, object] | None = None) -> ScenarioInputs:
    from gguplan.inputs.scenario.reading import ScenarioInputs, read_again
    from gguplan.inputs.scenario.settings import written_settings

    if not isinstance(scenario, ScenarioInputs):
        return load_scenario(scenario, settings)
    return read_again(scenario, written_settings(settings)) if settings else scenario


def run(scenario: str | Path | ScenarioInputs, settings: Mapping[str, object] | None = None) -> Run:
    """Work a scenario out for every municipality; ``result.frame(…)`` gives the tables."""
    from gguplan.notebook import Run, shown_as
    from gguplan.runs.results import result_of as work_out

    return shown_as(Run, work_out(_loaded(scenario, settings)))


def compare(
    baseline: str | Path | ScenarioInputs,
    scenario: str | Path | ScenarioInputs,
    settings: Mapping[str, object] | None = None,
) -> Beside:
    """Who pays more or less in a scenario than in a baseline; `settings` change the scenario, not the baseline."""
    from gguplan.notebook import Beside, shown_as
    from gguplan.runs.outputs.compare import Arguments, work_out
    from gguplan.runs.request import request_of

    (comparison,) = work_out(request_of("compare", [_loaded(baseline), _loaded(scenario, settings)], Arguments()))
    return shown_as(Beside, comparison)


def forecast(
    scenario: str | Path | ScenarioInputs | None = None,
    settings: Mapping[str, object] | None = None,
    *,
    ledger: str | Path | None = None,
    running: str | Path | None = None,
    draws: int = DRAWS,
    seed: int = 1,
) -> Forecast:
    """What will be spent of a scenario; without one, of the year after the shipped ledger or your own.

    `ledger` is a table of another fund's past years and `running` one of how far this year is, as for the command.
    """
    from gguplan.notebook import Forecast, shown_as
    from gguplan.runs.arguments import arguments_of, file_named
    from gguplan.runs.outputs.forecast import Arguments, work_out
    from gguplan.runs.request import request_of

    given = [] if scenario is None else [_loaded(scenario, settings)]
    files = (("ledger", ledger), ("running", running))
    brought = {use: file_named(file, use) for use, file in files if file is not None}
    arguments = arguments_of(Arguments, draws=draws, seed=seed)
    return shown_as(Forecast, work_out(request_of("forecast", given, arguments, brought)))


def horizon(
    scenario: str | Path | ScenarioInputs,
    settings: Mapping[str, object] | None = None,
    *,
    draws: int = DRAWS,
    seed: int = 1,
) -> YearsAhead:
    """The balance of the fund through the years of a scenario with a table ``[horizon]``."""
    from gguplan.notebook import YearsAhead, shown_as
    from gguplan.runs.arguments import arguments_of
    from gguplan.runs.outputs.horizon import Arguments, work_out
    from gguplan.runs.request import request_of

    arguments = arguments_of(Arguments, draws=draws, seed=seed)
    return shown_as(YearsAhead, work_out(request_of("horizon", [_loaded(scenario, settings)], arguments)))


def seek(
    scenario: str | Path | ScenarioInputs,
    vary: str,
    until: str,
    settings: Mapping[str, object] | None = None,
    *,
    steps: int = 17,
    draws: int = DRAWS,
    seed: int = 1,
) -> Sought:
    """Which value of one key reaches a goal, both written as for the command:
    ``"programmes.luisterend-oor.rate=0.20:0.40"`` and ``"bill Zwolle <= 560000"``."""
    from gguplan.runs.arguments import arguments_of
    from gguplan.runs.outputs.seek import Arguments, work_out
    from gguplan.runs.request import request_of

    arguments = arguments_of(Arguments, vary=vary, until=until, steps=steps, draws=draws, seed=seed)
    return work_out(request_of("seek", [_loaded(scenario, settings)], arguments))


def sweep(
    scenario: str | Path | ScenarioInputs,
    vary: str | Sequence[str] = (),
    settings: Mapping[str, object] | None = None,
    *,
    municipalities: str | int | Sequence[str | int] = (),
    draws: int = 0,
    seed: int = 1,
) -> Variants:
    """Many variants of a scenario: of what `vary` says, written as for the command
    (``"programmes.ibd.net=1500000:2500000:11"``), or else of its table ``[sweep]``.

    `municipalities` are those whose bill is followed; with `draws` the underspend is forecast too.
    """
    from gguplan.inputs.population.municipalities import look_up
    from gguplan.notebook import Variants, shown_as
    from gguplan.runs.arguments import arguments_of, municipality_named
    from gguplan.runs.outputs.sweep import Arguments, work_out
    from gguplan.runs.request import request_of

    base = _loaded(scenario, settings)
    names = (municipalities,) if isinstance(municipalities, (str, int)) else municipalities
    codes = tuple(look_up(municipality_named(name, "municipalities"), base.population).gm_code for name in names)
    varied = (vary,) if isinstance(vary, str) else tuple(vary) if isinstance(vary, Iterable) else vary
    arguments = arguments_of(Arguments, file=None, vary=varied, municipalities=codes, draws=draws, seed=seed)
    return shown_as(Variants, work_out(request_of("sweep", [base], arguments)))


def municipality(name: str | int, year: int) -> Municipality:
    """The municipality that a name or CBS code means on 1 January of `year`, with its inhabitants."""
    from gguplan.inputs.population.municipalities import look_up
    from gguplan.inputs.population.years import load_population
    from gguplan.runs.arguments import municipality_named, year_named

    return look_up(municipality_named(name), load_population(year_named(year)))


def estimate(name: str | int, scenario: str | Path | ScenarioInputs) -> MunicipalBill:
    """The bill of one municipality; amounts in whole cents."""
    from gguplan.inputs.population.municipalities import look_up
    from gguplan.model.bill import bill_of
    from gguplan.notebook import MunicipalBill, shown_as
    from gguplan.runs.arguments import municipality_named

    named = municipality_named(name)
    result = run(scenario)
    return shown_as(MunicipalBill, bill_of(result, look_up(named, result.population).gm_code))


def bills(
    name: str | int,
    scenario: str | Path,
    years: str | int | Sequence[int],
    settings: Mapping[str, object] | None = None,
) -> BillsByYear:
    """The bills of one municipality in `years`, such as ``"2026-2029"`` or ``range(2026, 2030)``, over counted or
    projected inhabitants."""
    from gguplan.notebook import BillsByYear
    from gguplan.runs.arguments import municipality_named, years_named
    from gguplan.runs.bills_by_year import bills_by_year

    named, shown_years = municipality_named(name), years_named(years)
    base = load_scenario(scenario, settings)
    bills = bills_by_year(base, shown_years, named)
    return BillsByYear(base.scenario.title, tuple(bills))


def explain(name: str | int, scenario: str | Path | ScenarioInputs, programme: str | None = None) -> SumBehind:
    """The sum behind the bill of one municipality, as a tree."""
    from gguplan.inputs.population.municipalities import look_up
    from gguplan.model.explanation.tree import explain as explain_sum
    from gguplan.notebook import SumBehind, shown_as
    from gguplan.runs.arguments import municipality_named
    from gguplan.runs.programme_asked_for import fail_if_not_there

    named = municipality_named(name)
    inputs = _loaded(scenario)
    if programme is not None:
        fail_if_not_there(str(programme), inputs)
    result = run(inputs)
    return shown_as(SumBehind, explain_sum(result, look_up(named, result.population).gm_code, programme))


def population(year: int) -> pd.DataFrame:
    """The inhabitants of every municipality on 1 January of `year`: gm_code, name, province, inhabitants."""
    import pandas as pd
    from msgspec.structs import asdict

    from gguplan.inputs.population.years import load_population
    from gguplan.runs.arguments import year_named

    return pd.DataFrame(map(asdict, load_population(year_named(year)).municipalities))


def ledger() -> pd.DataFrame:
    """Every published budget and realised amount, with its print, its source and its amount in cents."""
    import pandas as pd
    from msgspec.structs import asdict

    from gguplan.inputs.ledger.ledger_files import load_ledger

    readings = load_ledger().readings
    frame = pd.DataFrame(map(asdict, readings)).drop(columns=["amount", "rounding"])
    frame["amount_cents"] = pd.array([reading.amount for reading in readings], dtype="Int64")
    return frame


def __getattr__(name: str) -> Any:
    """The errors and the version, read only when they are asked for, so that importing gguplan stays quick."""
    if name in _ERRORS:
        return getattr(import_module(_ERRORS[name]), name)
    if name == "__version__":
        from importlib.metadata import version

        return version("gguplan")
    raise AttributeError(name)
