"""The files of ``gguplan comparison_of``."""

from __future__ import annotations

from pathlib import Path

from gguplan.inputs.strict import Strict
from gguplan.model.comparison import Comparison
from gguplan.reports.tables.comparison import comparison_table
from gguplan.reports.tables.csv import csv_of
from gguplan.runs.request import Asked
from gguplan.runs.results import comparison_of


class Arguments(Strict):
    """Nothing besides the baseline (the first) and the scenarios shapes the tables."""


def work_out(asked: Asked) -> list[Comparison]:
    """Each scenario beside the baseline."""
    baseline, *scenarios = asked.scenarios
    return [comparison_of(baseline, scenario) for scenario in scenarios]


def files(result: list[Comparison], asked: Asked) -> dict[str, bytes]:
    """A table of effects for each scenario, as CSV."""
    return {
        f"effects-{number}-{Path(scenario.name).stem}.csv": csv_of(comparison_table(one))
        for number, (one, scenario) in enumerate(zip(result, asked.scenarios[1:], strict=True), start=1)
    }
