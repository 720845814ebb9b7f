"""10,000 draws of every municipality's share in four years ahead, against importing pandas and scipy.special.

The draws run in this process; the import in a new interpreter, less what a new interpreter takes by itself.
Limit: 3 times the import. Both are measured in the same run, in turns.
"""

from __future__ import annotations

import subprocess
import sys
from functools import partial

from benchmarks.measure import Candidate, Timing, conditions, interleave, show
from gguplan.model.population.backtest import backtest
from gguplan.model.population.projection import draw, project
from gguplan.runs.municipal_history import municipal_history

DRAWS = 10_000
LIMIT = 3.0
IMPORT = "import pandas, scipy.special"


def start(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def main() -> None:
    """Measure and print the ratio."""
    history = municipal_history()
    years = range(history.years[-1] + 1, history.years[-1] + 5)
    projection = project(history, years)
    work = f"draw {DRAWS:,} times"
    timings = interleave(
        [
            Candidate("an interpreter that does nothing", partial(start, "pass")),
            Candidate(IMPORT, partial(start, IMPORT)),
            Candidate("read the history", municipal_history),
            Candidate("project, with the past errors", lambda: project(history, years)),
            Candidate(work, lambda: sum(len(block.shares) for block in draw(projection, DRAWS, seed=1))),
            Candidate("backtest of every rule", lambda: backtest(history)),
        ],
        rounds=11,
    )
    nothing, imported = timings["an interpreter that does nothing"], timings[IMPORT]
    peer = Timing(tuple(seconds - nothing.minimum for seconds in imported.seconds))
    rows = []
    for name, timing in timings.items():
        ratios = [f"{timing.median / peer.median:.2f}", f"{timing.minimum / peer.minimum:.2f}"]
        rows.append([name, f"{timing.median:.3f}", f"{timing.minimum:.3f}", *ratios])
    rows.append(["the import by itself", f"{peer.median:.3f}", f"{peer.minimum:.3f}", "1", "1"])
    show(
        f"{len(projection.municipalities)} municipalities, {len(years)} years "
        f"({conditions(['numpy', 'pandas', 'scipy'])})",
        ["", "median, s", "minimum, s", "÷ the import, median", "÷ the import, minimum"],
        rows,
    )
    ratio = timings[work].median / peer.median
    print(f"Limit: {LIMIT:g} times. {'Holds' if ratio <= LIMIT else 'Does not hold'}: {ratio:.2f}.")


if __name__ == "__main__":
    main()
