"""A forecast for machines: as columns, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gguplan.model.spending import CHANCES, Spending, Underspends
from gguplan.money import plain_euros
from gguplan.reports.terminal.forecast import limits_in_words

if TYPE_CHECKING:
    from gguplan.money import Integers


def forecast_table(spending: Spending) -> dict[str, Any]:
    """The forecast as columns: amounts in cents, ratios as numbers."""
    quantiles = spending.quantiles
    return {
        "programme": [programme.name for programme in spending.programmes],
        "title": [programme.title for programme in spending.programmes],
        "kind": [programme.kind for programme in spending.programmes],
        "underspend": [programme.underspend or "" for programme in spending.programmes],
        "basis": list(spending.basis),
        "net_cents": spending.budgets,
        "expected_cents": spending.expected,
        "income_above_plan_cents": spending.income_above_plan,
        **{f"realised_{round(100 * chance)}_cents": quantiles[:, column] for column, chance in enumerate(CHANCES)},
    }


def forecast_as_dict(spending: Spending) -> dict[str, Any]:
    """The forecast for a machine; amounts in euros as text."""
    quantiles = spending.quantiles
    total = spending.total_quantiles
    return {
        "year": spending.forecast.year,
        "draws": spending.draws,
        "seed": spending.seed,
        "history": {
            "years": spending.history.years.tolist(),
            "observations": len(spending.history.year),
            "programmes": len(np.unique(spending.history.programme)),
        },
        "programmes": [
            {
                "programme": programme.name,
                "title": programme.title,
                "kind": programme.kind,
                "basis": basis,
                "underspend": programme.underspend or "",
                "net": plain_euros(programme.budget),
                "expected": plain_euros(int(mean)),
                "income_above_plan": plain_euros(int(more)),
                "realised": _by_chance(row),
            }
            for programme, basis, mean, more, row in zip(
                spending.programmes,
                spending.basis,
                spending.expected,
                spending.income_above_plan,
                quantiles,
                strict=True,
            )
        ],
        "total": {
            "net": plain_euros(int(spending.budgets.sum())),
            "expected": plain_euros(spending.expected_total),
            "income_above_plan": plain_euros(int(spending.income_above_plan.sum())),
            "realised": _by_chance(total),
        },
        "underspend": {
            rule or "not_stated": _underspend_as_dict(left) for rule, left in spending.underspend_by_rule.items()
        }
        | {"total": _underspend_as_dict(spending.underspend)},
        "limits": limits_in_words(spending),
    }


def _by_chance(row: Integers) -> dict[str, str]:
    return {str(chance): plain_euros(int(cents)) for chance, cents in zip(CHANCES, row, strict=True)}


def _underspend_as_dict(underspend: Underspends) -> dict[str, str]:
    low, high = underspend.between()
    return {"expected": plain_euros(underspend.expected), "chance_10": plain_euros(low), "chance_90": plain_euros(high)}
