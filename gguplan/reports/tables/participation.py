"""Who takes part, for machines."""

from __future__ import annotations

from typing import Any

import numpy as np

from gguplan.fund.thresholds import ThresholdOutcome
from gguplan.model.participation.cascade import CascadeResult
from gguplan.model.participation.overview import ParticipationOverview
from gguplan.money import plain_euros
from gguplan.reports.terminal.participation import FINAL_RATES


def participation_as_dict(overview: ParticipationOverview) -> dict[str, Any]:
    """Who takes part, for a machine; amounts in euros as text, rates in euros per inhabitant."""
    return {
        "scenario": overview.result.fund_year.origin.name,
        "draws": overview.draws,
        "seed": overview.seed,
        "programmes": [
            {
                "programme": programme.name,
                "municipalities_whole_year": int((~programme.participation.outside).sum()),
                "threshold_met": programme.threshold.met if programme.threshold else None,
                "lapsed": programme.participation.lapsed,
                "hand_over": _hand_over(programme.threshold),
                "contributions": plain_euros(programme.contributed),
                "refunds": plain_euros(programme.refunded),
                "drawn": plain_euros(programme.participation.drawn),
                "income": plain_euros(programme.participation.income),
                "handed_over": plain_euros(programme.participation.handed_over),
                "available": plain_euros(programme.participation.available),
                "cascade": _cascade_as_dict(overview.cascades[programme.name])
                if programme.name in overview.cascades
                else None,
            }
            for programme in overview.programmes
        ],
    }


def _hand_over(outcome: ThresholdOutcome | None) -> dict[str, Any] | None:
    """From when on somebody else has a programme in which too few take part, None where nobody takes it over."""
    if outcome is None or outcome.met or outcome.hand_over is None:
        return None
    return {"from": outcome.hand_over.year, "to": outcome.hand_over.to}


def _cascade_as_dict(cascade: CascadeResult) -> dict[str, Any]:
    chance, error = cascade.chance_of_collapse
    rates = np.quantile(cascade.final_rates, FINAL_RATES).tolist() if not cascade.collapsed.all() else None
    return {
        "rounds": [
            {
                "municipalities": int(cascade_round.taking_part.sum()),
                "inhabitants": cascade_round.inhabitants,
                "rate": cascade.rate_of(cascade_round.inhabitants) if cascade_round.inhabitants else None,
                "leaving": int(cascade_round.leaving.sum()),
            }
            for cascade_round in cascade.rounds
        ],
        "tipping_rate": cascade.tipping_rate,
        "chance_of_collapse": chance,
        "standard_error": error,
        "final_rate_5_50_95": rates,
    }
