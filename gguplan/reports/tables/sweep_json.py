"""A sweep for a machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, assert_never

from gguplan.fund.goals import PER_WHOLE
from gguplan.fund.sweep_plan import Factor
from gguplan.model.sweep.outcomes import MILLIONTHS
from gguplan.model.sweep.result import SweepResult
from gguplan.model.sweep.variance_shares import MOST_COMPARISONS, Drivers, Explained, TooFew, TooManyChoices
from gguplan.money import plain_euros
from gguplan.reports.before_cascades import cascades_in_words
from gguplan.reports.tables.sweep import variants_table


def sweep_as_dict(result: SweepResult, outcome: str, unused_keys: Sequence[str] = ()) -> dict[str, Any]:
    """A sweep for a machine; amounts in euros as text. `unused_keys` say what of the scenario is not in it."""
    rows = variants_table(result)
    columns = {
        name.replace("_cents", "_euros"): [None if value is None else plain_euros(value) for value in values]
        if name.endswith("_cents")
        else values
        for name, values in rows.items()
    }
    return {
        "scenario": result.base.origin.name,
        "title": result.base.title,
        "settings": list(result.base.origin.settings),
        "sample": result.plan.sample,
        "size": len(result.outcomes),
        "seed": result.followed.seed,
        "draws": result.followed.draws,
        **({"draws_ahead": result.followed.draws_ahead} if result.followed.ahead else {}),
        **({"draws_of_cascades": result.followed.cascade_draws} if result.followed.cascades else {}),
        "factors": [_factor_as_dict(factor) for factor in result.plan.factors],
        "outcome": outcome.removesuffix("_cents").removesuffix(MILLIONTHS),
        "as_it_is": _measured(outcome, result.alone.base(outcome)),
        "swings": [
            {
                "role": swing.factor.role,
                "factor": swing.factor.name,
                "low_value": swing.low,
                "high_value": swing.high,
                "at_low": _measured(outcome, swing.low_cents),
                "at_high": _measured(outcome, swing.high_cents),
            }
            for swing in result.swings(outcome)
        ],
        "shares": [
            {
                "role": share.factor.role,
                "factor": share.factor.name,
                "share": share.share,
                "standard_error": share.error,
            }
            for share in result.shares(outcome)
        ],
        "notes": [*cascades_in_words(result.as_it_is), *unused_keys],
        "left": _left(result.explained(outcome)),
        "variants": [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)],
    }


def _measured(outcome: str, value: int) -> str | float:
    """Euros as text, or a share as a number."""
    return value / PER_WHOLE if outcome.endswith(MILLIONTHS) else plain_euros(value)


def _factor_as_dict(factor: Factor) -> dict[str, Any]:
    fields: dict[str, Any] = {"role": factor.role, "path": factor.name, "source": factor.source}
    if factor.choices:
        return {**fields, "choices": list(factor.choices)}
    fields |= {"low": factor.text(factor.low), "high": factor.text(factor.high)}
    if factor.most_likely is not None:
        fields["most_likely"] = factor.text(factor.most_likely)
    return fields


def _left(drivers: Drivers) -> dict[str, Any] | None:
    """What is left of the variance when every factor has its share, or what would tell that."""
    match drivers:
        case Explained():
            return {"share": drivers.left, "standard_error": drivers.left_error, "interaction": drivers.interaction}
        case TooFew():
            return {"enough_variants": drivers.enough}
        case TooManyChoices():
            return {"most_comparisons": MOST_COMPARISONS}
        case None:
            return None
        case _:
            assert_never(drivers)
