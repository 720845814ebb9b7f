"""The years ahead: how often sums over years were held (docs/horizon.md), and how long a whole fund takes.

Limit: the 27 programmes of the ledger over ten years in 10,000 draws within 5 s and 500 MB.
"""

from __future__ import annotations

import tempfile
import time
import tracemalloc
from pathlib import Path

import numpy as np

from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.runs.years_ahead import years_ahead_of
from tests.several_years import WAYS, several_years
from tests.test_backtest import state_budget

FUND = """
title = "The fund of 2017, ten years"
year = 2017
ledger = 2017
reference_date = 2017-01-01
source = "benchmark"
[horizon]
last = 2026
opening = "0.00"
underspend = "general"
[horizon.indexation]
between = ["1.0", "4.0"]
"""


def main() -> None:
    """Print both."""
    print("| together | years | n | drawn as | 50 % | 80 % | 90 % | CRPS | width of 80 % |")
    print("|---|---:|---:|---|---:|---:|---:|---:|---:|")
    for groups in (False, True):
        for ahead in (1, 2, 3, 4):
            scores = several_years(state_budget(), ahead, draws=1_000, groups=groups)
            for way in WAYS:
                held = " | ".join(f"{share:.3f}" for share in scores.held[way].mean(axis=0))
                what = "20 programmes" if groups else "programme"
                crps, width = scores.crps[way].mean(), np.median(scores.width[way])
                print(f"| {what} | {ahead} | {len(scores.crps[way])} | {way} | {held} | {crps:.4f} | {width:.3f} |")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fund.toml"
        file.write_text(FUND, encoding="utf-8")
        inputs, rows = read_scenario(file), realised_years(load_ledger())
    start = time.perf_counter()
    years_ahead_of(inputs, rows, 10_000)
    seconds = time.perf_counter() - start
    tracemalloc.start()
    years_ahead_of(inputs, rows, 10_000)
    print(f"\nten years: {seconds:.2f} s, {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
