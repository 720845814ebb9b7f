"""The result of a scenario, and of one beside another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.model.result import RunResult, run
from gguplan.runs.findings import at_their_place
from gguplan.runs.other_dates import other_dates_of_all

if TYPE_CHECKING:
    from gguplan.model.comparison import Comparison


def bills_of(inputs: ScenarioInputs) -> RunResult:
    """A scenario worked out, without what its bills would be over other inhabitants: who asks for one bill asks that of
    one. Raises InputError with every programme whose sum cannot be made."""
    with at_their_place(inputs):
        return run(inputs.fund_year)


def result_of(inputs: ScenarioInputs) -> RunResult:
    """A scenario worked out. Raises InputError as `bills_of` does."""
    return with_other_dates(inputs, bills_of(inputs))


def with_other_dates(inputs: ScenarioInputs, bills: RunResult) -> RunResult:
    """Bills with what they would be over the inhabitants of a year earlier and later."""
    return replace(bills, other_dates=other_dates_of_all(inputs, bills))


def comparison_of(baseline: ScenarioInputs, scenario: ScenarioInputs) -> Comparison:
    """Both worked out, each over its own municipalities, and beside each other over the later ones.

    Raises InputError where a sum cannot be made, or the changes between the two dates are not known.
    """
    from gguplan.model.comparison import Comparison
    from gguplan.runs.comparison import over_the_latest

    return Comparison(*over_the_latest([result_of(baseline), result_of(scenario)]))
