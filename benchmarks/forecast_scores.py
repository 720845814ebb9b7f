"""How good forecasts of what is realised are, on public budgets, beside naive rules and stronger peers.

Every entity in a table is a fund of its own (and with --together all of them one). From 1 to 5 years of history the
next year is asked, of each programme and of the fund as a whole, and the years 1 to 3 ahead together. Printed for each
length of history: CRPS (capped at 1) of the model, of the same model without the rise of prices, and of the best of the
others; how often the 50, 80 and 90 % intervals held what came.

The state budget comes along (tests/data). Another table has the columns entity, programme_id, programme, year, budget,
realised, in thousands of euros: ``--table FILE``. The municipalities of docs/forecast.md are CBS, "Gemeenten,
onbewerkte Iv3-data" (CC BY 4.0).
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from scipy.special import ndtri

from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.model.randomness import stream
from gguplan.model.realisation.backtest.naive_rules import POINT_RULES, point_rules
from gguplan.model.realisation.correlated_years import own_scores, shared_scores
from gguplan.model.realisation.draws import draw, ratios_at
from gguplan.model.realisation.fitted_model import Upcoming, fit, predict
from gguplan.model.realisation.history_arrays import Floats, History, make_history
from gguplan.model.realisation.prices import UNCHANGED, PriceRises
from gguplan.model.realisation.scores import covered, crps_of_nodes, crps_of_sample
from gguplan.money import Integers

SURE: Final = (0.5, 0.8, 0.9)
LENGTHS: Final = (1, 2, 3, 4, 5)
FEWEST: Final = 4
"""A fund with fewer programmes in a year is not scored in that year."""

HOLDING: Final = ("nominaal en onvoorzien", "nog onverdeeld", "nog te verdelen")
REBOOKED: Final = ("0.5", "0.61", "0.62", "0.63", "0.64", "0.7", "0.8", "0.9", "3.2", "8.2")
"""Task fields that municipalities book otherwise in their accounts than in their budgets."""

_NODES: Final[Floats] = (np.arange(99) + 0.5) / 99
_FEW: Final = 5


@dataclass
class Scored:
    """Rows of one kind: programmes, totals or sums of years. `length` of the history, `crps` by forecaster, `held`
    (rows, SURE)."""

    length: list[Integers] = field(default_factory=list)
    crps: dict[str, list[Floats]] = field(default_factory=dict)
    held: list[Floats] = field(default_factory=list)

    def add(self, length: int, crps: dict[str, Floats], held: Floats) -> None:
        """Add rows that have the same length of history."""
        self.length.append(np.full(len(held), length))
        self.held.append(held)
        for name, values in crps.items():
            self.crps.setdefault(name, []).append(np.minimum(values, 1.0))


def funds(file: Path, together: bool, least: int, most: int) -> dict[str, History]:
    """A history for each entity of a table, of budgets from `least` to `most` thousand euros."""
    with file.open(encoding="utf-8", newline="") as source:
        rows = [
            row
            for row in csv.DictReader(source)
            if least <= int(row["budget"]) <= most
            and not any(name in row["programme"].lower() for name in HOLDING)
            and not (row["entity"].startswith("GM") and row["programme_id"] in REBOOKED)
        ]
    by_fund: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_fund.setdefault("all together" if together else row["entity"], []).append(row)
    return {name: _history(part) for name, part in sorted(by_fund.items())}


def _history(rows: list[dict[str, str]]) -> History:
    return make_history(
        [f"{row['entity']} {row['programme_id']}" for row in rows],
        [""] * len(rows),
        [int(row["year"]) for row in rows],
        [int(row["budget"]) * 100_000 for row in rows],
        [int(row["realised"]) * 100_000 for row in rows],
    )


def peers(before: History, programmes: Integers) -> dict[str, Floats]:
    """Three forecasters with a distribution, as equally likely ratios of shape (programmes, values).

    Empirical Bayes on the log ratio: normal levels, normal years, both variances by moments. Residual quantiles: the
    same shrunk level, and the quantiles of what programmes differed from their own mean. Bootstrap: all ratios of the
    history.
    """
    place = np.log(np.clip(before.table(before.ratio), 0.25, 4))
    seen = ~np.isnan(place)
    count = seen.sum(axis=1)
    own = np.divide(np.nansum(place, axis=1), count, out=np.zeros(len(count)), where=count > 0)
    middle = float(np.nanmean(place))
    free = int((count - 1)[count > 0].sum())
    residual = (place - own[:, None]) * np.sqrt(count / np.maximum(count - 1, 1))[:, None]
    residual = residual[(count > 1)[:, None] & seen]
    if free >= _FEW:
        within = float((residual**2).sum()) / max(len(residual), 1)
        between = max(float(np.var(own[count > 0], ddof=1)) - within / float(count[count > 0].mean()), 0.05 * within)
    else:
        within = between = float(np.nanvar(place)) / 2
        residual = (place - middle)[seen]
    within = max(within, 1e-6)
    weight = count[programmes] * between / (count[programmes] * between + within)
    level = middle + weight * (own[programmes] - middle)
    spread = np.sqrt(within + between * (1 - weight))
    around = level if free >= _FEW else np.full(len(level), middle)
    return {
        "empirical Bayes": np.exp(level[:, None] + spread[:, None] * ndtri(_NODES)),
        "residual quantiles": np.exp(around[:, None] + np.quantile(residual, _NODES)),
        "bootstrap": np.repeat(np.quantile(before.ratio, _NODES)[None, :], len(programmes), axis=0),
    }


def cases(name: str, history: History, ahead: int, most: int) -> Iterator[tuple[History, list[int], int]]:
    """Histories of each length with the years asked of them; at most `most` of each length, chosen by name."""
    years = history.years.tolist()
    for length in LENGTHS:
        lasts = [last for last in years if all(year in years for year in range(last - length + 1, last + ahead + 1))]
        order = stream(1, f"years of {name} with {length}").permutation(len(lasts))[:most]
        for last in sorted(lasts[place] for place in order.tolist()):
            yield history.between(last - length + 1, last), list(range(last + 1, last + ahead + 1)), length


def next_year(name: str, history: History, prices: PriceRises, most: int, draws: int) -> tuple[Scored, Scored]:
    """The scores of programmes and of totals, one year ahead."""
    programmes, totals = Scored(), Scored()
    for before, (year,), length in cases(name, history, 1, most):
        now = np.flatnonzero((history.year == year) & np.isin(history.programme, before.programme))
        if len(now) < FEWEST:
            continue
        own, budget, actual = history.programme[now], history.budget[now], history.ratio[now]
        upcoming = Upcoming(tuple(history.names[row] for row in own.tolist()), ("",) * len(own), budget, own)
        known = prices.until(year - 1)
        forecasts = {
            "model": predict(fit(before, known), upcoming, year),
            "as budgeted": predict(fit(before, UNCHANGED), upcoming, year),
        }
        points, samples = point_rules(before, own, year), peers(before, own)
        crps = {way: crps_of_nodes(forecast.ratio, forecast.chance, actual) for way, forecast in forecasts.items()}
        crps |= {rule: np.abs(points[rule] - actual) for rule in POINT_RULES}
        crps |= {peer: crps_of_sample(sample, actual) for peer, sample in samples.items()}
        by_model = forecasts["model"]
        held = np.stack([covered(by_model.ratio, by_model.chance, actual, sure)[0] for sure in SURE], axis=1)
        programmes.add(length, crps, held.astype(np.float64))
        weight, generator = budget / budget.sum(), stream(1, f"peers of {name} in {year} from {length}")
        drawn = {way: draw(forecast, draws, 1) @ weight for way, forecast in forecasts.items()}
        for peer, sample in samples.items():
            places = generator.integers(0, sample.shape[1], (len(own), draws))
            drawn[peer] = weight @ np.take_along_axis(sample, places, axis=1)
        total = np.array([weight @ actual])
        crps = {way: crps_of_sample(sample[None, :], total) for way, sample in drawn.items()}
        crps |= {rule: np.abs(weight @ points[rule] - total) for rule in POINT_RULES}
        totals.add(length, crps, _held(drawn["model"][:, None], total))
    return programmes, totals


def years_together(name: str, history: History, prices: PriceRises, most: int, draws: int) -> tuple[Scored, Scored]:
    """The scores of what programmes and the fund realise in three years together, as a horizon draws them."""
    programmes, totals = Scored(), Scored()
    budgets, realised = history.table(history.budget), history.table(history.realised)
    for before, years, length in cases(name, history, 3, most):
        columns = np.searchsorted(history.years, years)
        own = np.flatnonzero(~np.isnan(budgets[:, columns]).any(axis=1))
        own = own[np.isin(own, before.programme)]
        if len(own) < FEWEST:
            continue
        model = fit(before, prices.until(years[0] - 1))
        names = tuple(history.names[row] for row in own.tolist())
        forecasts, levels = [], []
        for year, column in zip(years, columns, strict=True):
            upcoming = Upcoming(names, ("",) * len(own), budgets[own, column].astype(np.int64), own)
            forecasts.append(predict(model, upcoming, year))
            levels.append(forecasts[-1].levels)
        shared = shared_scores(years, [length] * len(years), draws, 1)
        sums = np.zeros((draws, len(own)))
        for row, programme in enumerate(names):
            scores = own_scores(programme, years, levels, [row] * len(years), draws, 1)
            for place, forecast in enumerate(forecasts):
                both = forecast.loading * shared[place] + np.sqrt(1 - forecast.loading**2) * scores[place]
                sums[:, row] += ratios_at(forecast, row, both) * budgets[own[row], columns[place]]
        whole, came = budgets[own][:, columns].sum(axis=1), realised[own][:, columns].sum(axis=1)
        drawn, actual = sums / whole, came / whole
        programmes.add(length, {"model": crps_of_sample(drawn.T, actual)}, _held(drawn, actual))
        fund, total = sums.sum(axis=1, keepdims=True) / whole.sum(), np.array([came.sum() / whole.sum()])
        totals.add(length, {"model": crps_of_sample(fund.T, total)}, _held(fund, total))
    return programmes, totals


def _held(drawn: Floats, actual: Floats) -> Floats:
    ends = [np.quantile(drawn, [(1 - sure) / 2, (1 + sure) / 2], axis=0) for sure in SURE]
    return np.stack([(low <= actual) & (actual <= high) for low, high in ends], axis=1).astype(np.float64)


def rows_of(what: str, scored: Scored) -> list[str]:
    """A row for each length of history, and one for all."""
    length, held = np.concatenate(scored.length), np.concatenate(scored.held)
    crps = {name: np.concatenate(values) for name, values in scored.crps.items()}
    rivals = [name for name in crps if name not in ("model", "as budgeted")]
    lines = []
    for part in (*LENGTHS, 0):
        rows = length == part if part else np.ones(len(length), dtype=np.bool_)
        if not rows.any():
            continue
        mean = {name: float(values[rows].mean()) for name, values in crps.items()}
        best = min(rivals, key=mean.__getitem__, default="")
        cells = [what, str(part or "all"), f"{rows.sum():,}", f"{mean['model']:.4f}"]
        cells += [f"{mean['as budgeted']:.4f}" if "as budgeted" in mean else ""]
        cells += [f"{mean[best]:.4f} ({best})" if best else ""]
        cells += [f"{share:.3f}" for share in held[rows].mean(axis=0)]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    state = Path(__file__).parent.parent / "tests" / "data" / "nl_rijksbegroting.csv"
    options.add_argument("--table", type=Path, default=state, help="a table of budgets (default: the state budget)")
    options.add_argument("--together", action="store_true", help="all entities are one fund")
    options.add_argument("--budgets", type=int, nargs=2, default=(1, 10**12), help="least and most thousand euros")
    options.add_argument("--funds", type=int, default=0, help="so many funds, chosen by chance (default: all)")
    options.add_argument("--skip", type=int, default=0, help="of those by chance, leave the first ones out")
    options.add_argument("--years", type=int, default=99, help="at most so many years asked per length of history")
    options.add_argument("--draws", type=int, default=400)
    options.add_argument("--prices", choices=("cpi", "none"), default="cpi", help="Dutch consumer prices, or none")
    chosen = options.parse_args()
    histories = funds(chosen.table, chosen.together, *chosen.budgets)
    if chosen.funds:
        order = np.random.default_rng(5).permutation(len(histories))[chosen.skip :][: chosen.funds].tolist()
        histories = {name: histories[name] for name in (sorted(histories)[place] for place in sorted(order))}
    ledger = load_ledger()
    rises = tuple((row.year, row.change_percent / 100) for row in ledger.price_rises)
    prices = PriceRises(rises) if chosen.prices == "cpi" else UNCHANGED
    kinds = {name: Scored() for name in ("programme", "total", "programme, 3 years", "total, 3 years")}
    for name, history in histories.items():
        if len(history.names) < FEWEST:
            continue
        one_year = next_year(name, history, prices, chosen.years, chosen.draws)
        three_years = years_together(name, history, prices, chosen.years, chosen.draws)
        for into, scored in zip(kinds.values(), (*one_year, *three_years), strict=True):
            into.length += scored.length
            into.held += scored.held
            for way, values in scored.crps.items():
                into.crps.setdefault(way, []).extend(values)
    print("| what | history | n | CRPS: model | as budgeted | best other | 50 % | 80 % | 90 % |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    for what, scored in kinds.items():
        if scored.length:
            print("\n".join(rows_of(what, scored)))


if __name__ == "__main__":
    main()
