"""Who takes part, for machines."""

from __future__ import annotations

from typing import Any

import numpy as np

from gguplan.model.participation.cascade import CascadeResult
from gguplan.model.participation.story import ParticipationStory
from gguplan.money import plain_euros
from gguplan.reports.terminal.participation import FINAL_RATES


def participation_as_dict(story: ParticipationStory) -> dict[str, Any]:
    """The story for a machine; amounts in euros as text, rates in euros an inhabitant."""
    return {
        "scenario": story.result.inputs.name,
        "draws": story.draws,
        "seed": story.seed,
        "programmes": [
            {
                "programme": one.name,
                "municipalities_whole_year": int((~one.participation.outside).sum()),
                "threshold_met": one.threshold.met if one.threshold else None,
                "lapsed": one.participation.lapsed,
                "contributions": plain_euros(one.contributed),
                "refunds": plain_euros(one.refunded),
                "drawn": plain_euros(one.participation.drawn),
                "handed_over": plain_euros(one.participation.handed_over),
                "available": plain_euros(one.participation.available),
                "cascade": _cascade_as_dict(story.cascades[one.name]) if one.name in story.cascades else None,
            }
            for one in story.programmes
        ],
    }


def _cascade_as_dict(cascade: CascadeResult) -> dict[str, Any]:
    chance, error = cascade.chance_of_collapse
    rates = np.quantile(cascade.final_rates, FINAL_RATES).tolist() if not cascade.collapsed.all() else None
    return {
        "rounds": [
            {
                "municipalities": int(one.taking_part.sum()),
                "inhabitants": one.inhabitants,
                "rate": cascade.gross / 100 / one.inhabitants if one.inhabitants else None,
                "leaving": int(one.leaving.sum()),
            }
            for one in cascade.rounds
        ],
        "tipping_rate": cascade.tipping_rate,
        "chance_of_collapse": chance,
        "standard_error": error,
        "final_rate_5_50_95": rates,
    }
