"""Would it have been right? The model and the naive rules on years that they were not shown.

`rolling_origin` gives them 1 to 5 years and asks for a later one; `leave_one_year_out` gives all other years. Of each
programme with at least one year in the history the ratio is scored, and of random groups of programmes the total,
once in euros and once as the mean ratio (every programme alike), because in euros the largest line is nearly all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.model.randomness import stream
from gguplan.model.realisation.backtest.naive_rules import POINT_RULES, RULES, crps_of_shared_sample, point_rules
from gguplan.model.realisation.draws import draw
from gguplan.model.realisation.fitted_model import Upcoming, fit, predict
from gguplan.model.realisation.forecast import Forecast
from gguplan.model.realisation.history_arrays import Floats, History
from gguplan.model.realisation.prices import UNCHANGED, PriceRises
from gguplan.model.realisation.scores import covered, crps_of_nodes, crps_of_sample, pinball, pit_of_nodes
from gguplan.money import Integers

SURE: Final = (0.5, 0.8, 0.9)
PINBALL_AT: Final[Floats] = np.array([0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95])
GROUP: Final = 20
"""Programmes in a group of which the total is scored; all of them when there are fewer."""

_GROUPINGS: Final = 3
Design = Literal["rolling_origin", "leave_one_year_out"]


class Scores(Struct, frozen=True):
    """Scores of rows: a programme in a year, or a group in a year.

    All arrays have the rows first. `unit` is the programme's index (−1 for a group); `length` the years of history,
    `ahead` the years between the last of them and `year` (0 for a year left out). `crps` of each forecaster, by name
    (``model`` or a rule); `error`, what it expected less what came; `pinball` at `PINBALL_AT`; `covered` and `width`
    of the model's and the bootstrap's intervals, of shape (rows, SURE). `place` is the model's PIT.
    """

    unit: Integers
    year: Integers
    length: Integers
    ahead: Integers
    actual: Floats
    crps: dict[str, Floats]
    error: dict[str, Floats]
    pinball: dict[str, Floats]
    covered: dict[str, NDArray[np.bool_]]
    width: dict[str, Floats]
    place: Floats

    def __len__(self) -> int:
        return len(self.unit)


class Backtest(Struct, frozen=True):
    """What came of it: `programmes`, and the totals of groups in euros and with every programme alike.

    `budgets` of the rows of `programmes`, in cents; `draws` behind each total.
    """

    design: Design
    history: History
    programmes: Scores
    budgets: Integers
    totals: Scores
    mean_ratios: Scores
    draws: int


def rolling_origin(
    history: History,
    lengths: Sequence[int] = (1, 2, 3, 4, 5),
    ahead: int = 1,
    draws: int = 1_000,
    seed: int = 1,
    prices: PriceRises = UNCHANGED,
) -> Backtest:
    """Every year of the history forecast from the `length` years that end `ahead` years before it, all present.

    Of `prices` only what was known at the end of those years is used.
    """
    years = history.years.tolist()
    cases = [
        (history.between(last - length + 1, last), year, length, ahead)
        for year in years
        for length in lengths
        for last in [year - ahead]
        if all(year_before in years for year_before in range(last - length + 1, last + 1))
    ]
    return _score(history, "rolling_origin", cases, draws, seed, prices)


def leave_one_year_out(history: History, draws: int = 1_000, seed: int = 1, prices: PriceRises = UNCHANGED) -> Backtest:
    """Every year forecast from all the others, before it and after it."""
    years = history.years.tolist()
    cases = [(history.where(history.year != year), year, len(years) - 1, 0) for year in years if len(years) > 1]
    return _score(history, "leave_one_year_out", cases, draws, seed, prices)


def _score(
    history: History,
    design: Design,
    cases: Iterable[tuple[History, int, int, int]],
    draws: int,
    seed: int,
    prices: PriceRises,
) -> Backtest:
    rows: list[Scores] = []
    totals: list[Scores] = []
    means: list[Scores] = []
    budgets: list[Integers] = []
    for before, year, length, ahead in cases:
        now = np.flatnonzero((history.year == year) & np.isin(history.programme, before.programme))
        if not len(now):
            continue
        programmes, budget, actual = history.programme[now], history.budget[now], history.ratio[now]
        names = tuple(history.names[row] for row in programmes.tolist())
        kinds = tuple(history.kinds[row] for row in history.kind[programmes].tolist())
        known = prices.until(int(before.years[-1]))
        forecast = predict(fit(before, known), Upcoming(names, kinds, budget, programmes), year)
        rules = point_rules(before, programmes, year)
        about = (year, length, ahead)
        rows.append(_of_programmes(forecast, rules, before.ratio, programmes, actual, about))
        budgets.append(budget)
        drawn = draw(forecast, draws, seed)
        generator = stream(seed, f"groups of {year} from {length} years, {ahead} ahead")
        groups = _groups(len(now), generator)
        resampled = generator.choice(before.ratio, size=drawn.shape)
        for weights, into in ((budget.astype(np.float64), totals), (np.ones(len(now)), means)):
            part = groups * weights
            part /= part.sum(axis=1)[:, None]
            expected = {name: part @ rule for name, rule in rules.items()}
            samples = {"model": part @ drawn.T, "bootstrap": part @ resampled.T}
            into.append(_of_groups(samples, expected, part @ actual, about))
    return Backtest(
        design,
        history,
        _joined(rows),
        np.concatenate([np.zeros(0, dtype=np.int64), *budgets]),
        _joined(totals),
        _joined(means),
        draws,
    )


def _of_programmes(
    forecast: Forecast,
    rules: dict[str, Floats],
    pooled: Floats,
    programmes: Integers,
    actual: Floats,
    about: tuple[int, int, int],
) -> Scores:
    count = len(actual)
    ratio, chance = forecast.ratio, forecast.chance
    crps = {"model": crps_of_nodes(ratio, chance, actual)}
    crps |= {name: np.abs(rule - actual) for name, rule in rules.items()}
    crps["bootstrap"] = crps_of_shared_sample(pooled, actual)
    error = {"model": forecast.mean() - actual, **{name: rule - actual for name, rule in rules.items()}}
    error["bootstrap"] = pooled.mean() - actual
    quantiles = {"model": forecast.quantile(PINBALL_AT)}
    quantiles |= {name: np.repeat(rule[:, None], len(PINBALL_AT), axis=1) for name, rule in rules.items()}
    quantiles["bootstrap"] = np.repeat(np.quantile(pooled, PINBALL_AT)[None, :], count, axis=0)
    inside = [covered(ratio, chance, actual, sure) for sure in SURE]
    plain = [_interval(pooled[None, :], actual, sure) for sure in SURE]
    spread = {"model": inside, "bootstrap": plain}
    return Scores(
        programmes,
        *_repeated(about, count),
        actual,
        crps,
        error,
        {name: pinball(values, PINBALL_AT, actual) for name, values in quantiles.items()},
        {name: np.stack([held[0] for held in pairs], axis=1) for name, pairs in spread.items()},
        {name: np.stack([held[1] for held in pairs], axis=1) for name, pairs in spread.items()},
        pit_of_nodes(ratio, chance, actual),
    )


def _of_groups(
    samples: dict[str, Floats], expected: dict[str, Floats], actual: Floats, about: tuple[int, int, int]
) -> Scores:
    count = len(actual)
    crps = {name: np.abs(expected[name] - actual) for name in POINT_RULES}
    error = {name: expected[name] - actual for name in POINT_RULES}
    quantiles = {name: np.repeat(expected[name][:, None], len(PINBALL_AT), axis=1) for name in POINT_RULES}
    for name, sample in samples.items():
        crps[name] = crps_of_sample(sample, actual)
        error[name] = sample.mean(axis=1) - actual
        quantiles[name] = np.quantile(sample, PINBALL_AT, axis=1).T
    inside = {name: [_interval(sample, actual, sure) for sure in SURE] for name, sample in samples.items()}
    return Scores(
        np.full(count, -1),
        *_repeated(about, count),
        actual,
        crps,
        error,
        {name: pinball(values, PINBALL_AT, actual) for name, values in quantiles.items()},
        {name: np.stack([held[0] for held in pairs], axis=1) for name, pairs in inside.items()},
        {name: np.stack([held[1] for held in pairs], axis=1) for name, pairs in inside.items()},
        (samples["model"] <= actual[:, None]).mean(axis=1),
    )


def _interval(sample: Floats, actual: Floats, sure: float) -> tuple[NDArray[np.bool_], Floats]:
    low, high = np.quantile(sample, [(1 - sure) / 2, (1 + sure) / 2], axis=1)
    return (low <= actual) & (actual <= high), np.broadcast_to(high - low, actual.shape)


def _groups(count: int, generator: np.random.Generator) -> Floats:
    """Random groups of `GROUP` of `count` programmes, shape (groups, count): a few ways to divide them."""
    size = min(GROUP, count)
    in_a_turn = count // size
    groups = np.zeros((_GROUPINGS * in_a_turn, count))
    for turn in range(_GROUPINGS):
        order = generator.permutation(count)[: in_a_turn * size].reshape(in_a_turn, size)
        groups[np.arange(turn * in_a_turn, (turn + 1) * in_a_turn)[:, None], order] = 1.0
    return groups


def _repeated(about: tuple[int, int, int], count: int) -> tuple[Integers, Integers, Integers]:
    year, length, ahead = about
    return np.full(count, year), np.full(count, length), np.full(count, ahead)


def _joined(parts: list[Scores]) -> Scores:
    def together(take: Sequence[NDArray[np.generic]], kind: type, wide: tuple[int, ...] = ()) -> NDArray[np.generic]:
        return np.concatenate([np.zeros((0, *wide), dtype=kind), *take])

    def floats(take: Sequence[Floats], *wide: int) -> Floats:
        return together(take, np.float64, wide).astype(np.float64)

    def integers(take: Sequence[Integers]) -> Integers:
        return together(take, np.int64).astype(np.int64)

    forecasters, spread = ("model", *RULES), ("model", "bootstrap")
    return Scores(
        integers([scores.unit for scores in parts]),
        integers([scores.year for scores in parts]),
        integers([scores.length for scores in parts]),
        integers([scores.ahead for scores in parts]),
        floats([scores.actual for scores in parts]),
        {name: floats([scores.crps[name] for scores in parts]) for name in forecasters},
        {name: floats([scores.error[name] for scores in parts]) for name in forecasters},
        {name: floats([scores.pinball[name] for scores in parts], len(PINBALL_AT)) for name in forecasters},
        {
            name: together([scores.covered[name] for scores in parts], np.bool_, (len(SURE),)).astype(np.bool_)
            for name in spread
        },
        {name: floats([scores.width[name] for scores in parts], len(SURE)) for name in spread},
        floats([scores.place for scores in parts]),
    )
