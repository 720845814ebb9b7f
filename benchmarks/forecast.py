"""Fitting and drawing forecasts of what is realised, against standard normals that are put in order in the same run.

Limits: a million draws of all programmes within 5 times the normals in order and below 500 MB; a fit of the two-year
ledger within 0.1 s and one of 20,000 series within 10 s (seconds, so only as good as the machine).
"""

from __future__ import annotations

import argparse
import tracemalloc

import numpy as np

from benchmarks.measure import Candidate, conditions, console, interleave, ratio, show
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.model.realisation.draws import draw
from gguplan.model.realisation.fitted_model import Upcoming, fit, predict
from gguplan.model.realisation.forecast import Forecast
from gguplan.model.realisation.history_arrays import History, make_history

DRAWS = 1_000_000
SERIES, YEARS = 20_000, 5


def ledger() -> History:
    """The two years that the VNG published."""
    shipped = load_ledger()
    rows = [(name, year) for name in shipped.programmes for year in (2016, 2017)]
    return make_history(
        [name for name, _year in rows],
        [shipped.programmes[name].kind for name, _year in rows],
        [year for _name, year in rows],
        [shipped.amount(name, year, "net") for name, year in rows],
        [shipped.amount(name, year, "realised") for name, year in rows],
    )


def many() -> History:
    """20,000 series of 5 years, of four kinds, with zeros and exact ones among them."""
    generator = np.random.default_rng(1)
    level = 0.95 * np.exp(0.1 * generator.standard_normal((SERIES, 1)))
    table = level * np.exp(0.1 * generator.standard_t(4, (SERIES, YEARS)))
    table[generator.random(table.shape) < 0.03] = 1.0
    table[generator.random(table.shape) < 0.01] = 0.0
    budget = np.rint(np.exp(generator.normal(18, 1.5, (SERIES, 1))) * np.ones((1, YEARS))).astype(np.int64)
    names = [f"series {row}" for row in range(SERIES) for _ in range(YEARS)]
    kinds = [f"kind {row % 4}" for row in range(SERIES) for _ in range(YEARS)]
    realised = np.rint(table * budget).astype(np.int64)
    return make_history(
        names, kinds, list(range(2013, 2013 + YEARS)) * SERIES, budget.ravel().tolist(), realised.ravel().tolist()
    )


def next_year(history: History) -> Forecast:
    """Fit, and forecast all programmes with the budget of their last year."""
    count = len(history.names)
    budget = np.full(count, 10_000_000, dtype=np.int64)
    budget[history.programme] = history.budget
    kinds = tuple(history.kinds[kind] for kind in history.kind.tolist())
    upcoming = Upcoming(history.names, kinds, budget, np.arange(count))
    return predict(fit(history), upcoming, int(history.years[-1]) + 1)


def normals_in_order(programmes: int) -> None:
    """As many standard normals and their order, each programme's thrown away: what no draw by rank can do without."""
    generator, buffer = np.random.default_rng(1), np.empty(DRAWS)
    for _programme in range(programmes):
        generator.standard_normal(out=buffer)
        np.argsort(buffer, kind="stable")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=9, help="how many times each is timed (default 9)")
    rounds = options.parse_args().rounds
    short, long = ledger(), many()
    forecast = next_year(short)
    count = len(forecast.names)
    timings = interleave(
        [
            Candidate("normals in order", lambda: normals_in_order(count)),
            Candidate("ratios", lambda: draw(forecast, DRAWS, 1)),
        ],
        rounds,
    )
    peer = timings["normals in order"]
    show(
        f"{DRAWS:,} draws of {count} programmes ({conditions(['numpy', 'scipy'])})",
        ["", "median, s", "minimum, s", "times the normals in order, median", "… minimum"],
        [
            [
                name,
                f"{timing.median:.3f}",
                f"{timing.minimum:.3f}",
                *(f"{quotient:.2f}" for quotient in ratio(timing, peer)),
            ]
            for name, timing in timings.items()
        ],
    )
    tracemalloc.start()
    draw(forecast, DRAWS, 1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    console().print(f"Most memory while drawing: {peak / 1e6:.0f} MB (limit 500).\n")
    fits = interleave(
        [
            Candidate("fit, two-year ledger", lambda: fit(short)),
            Candidate("fit and predict, two-year ledger", lambda: next_year(short)),
            Candidate(f"fit, {SERIES:,} series of {YEARS} years", lambda: fit(long)),
            Candidate(f"fit and predict, {SERIES:,} series", lambda: next_year(long)),
        ],
        min(rounds, 5),
    )
    show(
        "Fitting",
        ["", "median, s", "minimum, s"],
        [[name, f"{timing.median:.3f}", f"{timing.minimum:.3f}"] for name, timing in fits.items()],
    )


if __name__ == "__main__":
    main()
