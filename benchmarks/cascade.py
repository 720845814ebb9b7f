"""10,000 cascades over all municipalities of 2017 in one go, against drawing their acceptance limits.

Limit: 30 times the cost of the draws. Both are measured in the same run, in turns.
"""

from __future__ import annotations

import numpy as np

from benchmarks.measure import Candidate, conditions, interleave, ratio, show
from gguplan.fund.acceptance import Acceptance
from gguplan.inputs.population.years import load_population
from gguplan.model.participation.cascade import draw_limits, ends
from gguplan.model.randomness import stream

DRAWS = 10_000
GROSS = 420_000_000  # cents: verantwoording-2017 chapter 4, the helpline


def main() -> None:
    """Measure and print the ratio."""
    inhabitants = load_population(2017).inhabitants
    size = len(inhabitants)
    acceptance = Acceptance(np.full(size, 2_400), np.full(size, 9_000), (8_000, 12_500))
    limits = draw_limits(acceptance, DRAWS, stream(1, "acceptance"))
    timings = interleave(
        [
            Candidate("draw the limits", lambda: draw_limits(acceptance, DRAWS, stream(1, "acceptance"))),
            Candidate("work the cascades out", lambda: ends(GROSS, inhabitants, limits)),
        ],
        rounds=15,
    )
    draw, work = timings["draw the limits"], timings["work the cascades out"]
    median, minimum = ratio(work, draw)
    show(
        f"{DRAWS:,} cascades over {size} municipalities ({conditions(['numpy'])})",
        ["", "median, s", "minimum, s", "times drawing, median", "times drawing, minimum"],
        [
            ["draw the limits", f"{draw.median:.3f}", f"{draw.minimum:.3f}", "1", "1"],
            ["work the cascades out", f"{work.median:.3f}", f"{work.minimum:.3f}", f"{median:.2f}", f"{minimum:.2f}"],
        ],
    )
    print(f"Limit: 30 times. {'Holds' if median <= 30 else 'Does not hold'}: {median:.2f}.")


if __name__ == "__main__":
    main()
