"""How far projections of the inhabitants were off, for machines."""

from __future__ import annotations

from math import isfinite
from typing import Any

from msgspec.structs import asdict

from gguplan.model.population.backtest import Backtest, against_naive_rules, score, total_errors
from gguplan.model.population.history import History
from gguplan.model.population.projection import SIZE_CLASSES


def projection_backtest_as_dict(history: History, tested: Backtest) -> dict[str, Any]:
    """Every rule at every year that allows it: errors and biases in per cent, coverage as a part, null for nothing."""
    return {
        "years": list(history.years),
        "scores": [
            _plain(asdict(score(tested, rule, horizon, size)))
            for rule in tested.scored
            for size in (None, *range(SIZE_CLASSES))
            for horizon in tested.horizons
        ],
        "against_naive_rules": [
            _plain(asdict(comparison))
            for comparisons in against_naive_rules(tested).values()
            for comparison in comparisons
        ],
        "country": {rule: [_number(error) for error in errors] for rule, errors in total_errors(history).items()},
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """The fields of a score, with null for a number that there is not."""
    return {
        name: [_number(part) for part in value] if isinstance(value, tuple) else _number(value)
        for name, value in values.items()
    }


def _number(value: Any) -> Any:
    return None if isinstance(value, float) and not isfinite(value) else value
