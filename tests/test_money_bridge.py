"""From the budget to what can be spent: every step of a random fund is there, so the ends close to the cent."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings

from gguplan.findings import InputError
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.money_bridge import carried_out, lapsed, money_bridge
from gguplan.runs.results import result_of
from tests.random_scenarios import RandomScenario, scenarios


@settings(max_examples=30, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(scenario=scenarios())
def test_a_bridge_closes_whoever_is_outside_and_whatever_lapses(scenario: RandomScenario) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            result = result_of(read_scenario(scenario.written(Path(folder)), population=scenario.population))
        except InputError:
            assume(False)
    bridge = money_bridge(result)
    assert bridge.contributions == (
        bridge.budget
        + bridge.levied_for_lapsed
        - bridge.not_invoiced
        - bridge.not_invoiced_balance_pays
        - bridge.reserve
        - bridge.adjusted
    )
    assert bridge.available == bridge.contributions - bridge.refunds + bridge.drawn - bridge.handed_over
    assert bridge.available_net == sum(programme.available_net for programme in result.by_programme)
    assert bridge.not_invoiced >= 0 and bridge.not_invoiced_balance_pays >= 0
    assert bridge.budget == sum(programme.budget.gross for programme in carried_out(result))
    assert len(carried_out(result)) + len(lapsed(result)) == len(result.by_programme)
    if not any(programme.opt_outs for programme in result.by_programme):
        assert bridge.not_invoiced == bridge.not_invoiced_balance_pays == bridge.refunds == 0
