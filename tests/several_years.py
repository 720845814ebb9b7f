"""What was realised in several years together, and how often a forecast from the years before held it.

Forecasts of two to four years ahead of the Dutch state budget (tests/data), as the horizon draws them, and as they
would be with years that have nothing in common, or everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from gguplan.model.randomness import stream
from gguplan.model.realisation.correlated_years import own_scores, shared_scores
from gguplan.model.realisation.draws import ratios_at
from gguplan.model.realisation.fitted_model import Upcoming, fit, predict
from gguplan.model.realisation.history_arrays import History
from gguplan.model.realisation.scores import crps_of_sample
from gguplan.model.years_ahead.account import Floats

SURE: Final = (0.5, 0.8, 0.9)
WAYS: Final = ("drawn", "independent", "alike")
"""As the horizon draws years; each year by itself; and one score for all years."""

GROUP: Final = 20


@dataclass(frozen=True)
class SeveralYears:
    """Rows: a programme, or a group of twenty, over some years ahead. `held` (rows, SURE) says whether the interval
    held what was realised ÷ budget of these years together; `crps` is capped at 1; `width` that of 80 %."""

    held: dict[str, Floats]
    crps: dict[str, Floats]
    width: dict[str, Floats]


def several_years(
    history: History, ahead: int, lengths: Sequence[int] = (1, 2, 3, 4, 5), draws: int = 500, groups: bool = False
) -> SeveralYears:
    """Every origin of the history with `lengths` years before it and `ahead` after it."""
    held: dict[str, list[Floats]] = {way: [] for way in WAYS}
    crps: dict[str, list[Floats]] = {way: [] for way in WAYS}
    width: dict[str, list[Floats]] = {way: [] for way in WAYS}
    years = history.years.tolist()
    for length in lengths:
        for last in years:
            if last - length + 1 < years[0] or last + ahead > years[-1]:
                continue
            for way, sums, budgets, actual in _origin(history, length, last, ahead, draws):
                if groups:
                    generator = stream(1, f"groups of {last} from {length} years")
                    chosen = [generator.permutation(len(actual))[:GROUP] for _turn in range(9)]
                    if len(actual) < GROUP:
                        continue
                    drawn = np.stack([sums[:, rows].sum(axis=1) / budgets[rows].sum() for rows in chosen], axis=1)
                    seen = np.array([(actual[rows] * budgets[rows]).sum() / budgets[rows].sum() for rows in chosen])
                else:
                    drawn, seen = sums / budgets, actual
                ends = [np.quantile(drawn, [(1 - sure) / 2, (1 + sure) / 2], axis=0) for sure in SURE]
                held[way].append(np.stack([(low <= seen) & (seen <= high) for low, high in ends], axis=1) * 1.0)
                crps[way].append(np.minimum(crps_of_sample(drawn.T, seen), 1))
                width[way].append(ends[1][1] - ends[1][0])
    return SeveralYears(*({way: np.concatenate(scores[way]) for way in WAYS} for scores in (held, crps, width)))


def _origin(
    history: History, length: int, last: int, ahead: int, draws: int
) -> Iterator[tuple[str, Floats, Floats, Floats]]:
    """What is realised in all years in each draw (draws, programmes), the budgets and the realised ratio of them."""
    before = history.between(last - length + 1, last)
    years = list(range(last + 1, last + ahead + 1))
    columns = [history.years.tolist().index(year) for year in years]
    budget = history.table(history.budget)[:, columns]
    realised = history.table(history.realised)[:, columns]
    present = np.flatnonzero(~np.isnan(budget).any(axis=1) & np.isin(np.arange(len(history.names)), before.programme))
    model = fit(before)
    names = tuple(history.names[row] for row in present.tolist())
    forecasts, levels = [], []
    for column, year in enumerate(years):
        those = Upcoming(names, ("article",) * len(names), budget[present, column].astype(np.int64), present)
        forecasts.append(predict(model, those, year))
        levels.append(forecasts[-1].levels)
    shared = shared_scores(years, [length] * ahead, draws, 1)
    for way in WAYS:
        sums = np.zeros((draws, len(names)))
        for row, name in enumerate(names):
            if way == "drawn":
                own = own_scores(name, years, levels, [row] * ahead, draws, 1)
            else:
                same = stream(1, name).standard_normal(draws)
                own = np.stack(
                    [same if way == "alike" else stream(1, f"{name} {y}").standard_normal(draws) for y in years]
                )
            for place, forecast in enumerate(forecasts):
                factor = shared[0 if way == "alike" else place]
                scores = forecast.loading * factor + np.sqrt(1 - forecast.loading**2) * own[place]
                sums[:, row] += ratios_at(forecast, row, scores) * budget[present[row], place]
        total = budget[present].sum(axis=1)
        yield way, sums, total, realised[present].sum(axis=1) / total
