"""Random scenarios worked out by gguplan and by the slow exact oracle of the tests, held against each other in cents.

``python -m fuzz.sums --examples 50000`` in the root of the clone. Each batch of a thousand follows from ``--seed`` and
its number, so a run can be done again, or in parts with ``--first``. A difference ends it with the smallest scenario
that has one. With ``--years`` they are funds over some years, of which is known what is realised.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, seed, settings

from gguplan.language import set_language
from tests.oracle_check import check
from tests.random_scenarios import RandomScenario, scenarios
from tests.random_years import RandomYears, years_ahead
from tests.years_check import check_years

_BATCH = 1_000


def main() -> None:
    """Work out as many scenarios as asked for, and tell what was in them."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.sums", description=__doc__)
    parser.add_argument("--examples", type=int, default=50_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--years", action="store_true", help="funds over some years instead of one")
    options = parser.parse_args()
    set_language("en")
    counted: Counter[str] = Counter()
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        for number in range(options.first, options.first - (-options.examples // _BATCH)):
            batch = _batch_of_years if options.years else _batch
            batch(f"{options.seed} {number}", min(_BATCH, options.examples), Path(folder), counted)
            summary = ", ".join(f"{what} {count:,}" for what, count in sorted(counted.items()))
            print(f"batch {number}, {time.monotonic() - began:,.0f} s: {summary}", flush=True)


def _batch(name: str, examples: int, folder: Path, counted: Counter[str]) -> None:
    """Work one batch out, and count what was in it. Raises AssertionError with the smallest scenario that differs."""

    @seed(name)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(scenario=scenarios(with_bodies=True))
    def hold(scenario: RandomScenario) -> None:
        checked = check(scenario, folder)
        words = "\n".join([*checked.differences, str(scenario.inhabitants), scenario.toml, scenario.weights])
        assert not checked.differences, words
        counted["scenarios"] += 1
        counted["amounts"] += checked.amounts
        counted["programmes"] += len(scenario.programmes)
        counted["refused"] += bool(checked.refused)
        counted["programmes with a municipality under several settlements"] += checked.mixtures
        counted.update(f"ends {end}" for end in checked.lapsed)

    hold()


def _batch_of_years(name: str, examples: int, folder: Path, counted: Counter[str]) -> None:
    """As `_batch`, of funds over some years."""

    @seed(name)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(fund=years_ahead())
    def hold(fund: RandomYears) -> None:
        checked = check_years(fund, folder)
        assert not checked.differences, "\n".join(checked.differences)
        counted["funds"] += 1
        counted["amounts"] += checked.amounts
        counted["years"] += len(fund.fund.years)
        counted["refused"] += bool(checked.refused)
        for _programme, ahead in fund.fund.programmes.values():
            counted["left out with money"] += ahead.left_out and ahead.has_money

    hold()


if __name__ == "__main__":
    main()
