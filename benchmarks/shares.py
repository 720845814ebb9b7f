"""How near the shares of a sweep come to functions of which they are known exactly, and whether their errors cover.

Over many samples of each design and size: how far the estimates are off, what error is stated beside them, and how
often twice that error reaches the exact share. The functions are those of the tests. With ``--peers`` the same samples
go to the estimators of SALib that take any sample, and as many variants to the one that takes a sample of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Annotated, Literal

import numpy as np
import typer
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks.measure import conditions, show
from gguplan.model.sweep.design import Drawn
from gguplan.model.sweep.variance_shares import Explained, explained
from tests.known_shares import KnownShares, equal_factors, ishigami, oakley_ohagan, sobol_g, two_jumps

HALF_A_DIGIT = 0.0005
"""A share is printed in tenths of a percent."""
NAMES = {"latin_hypercube": "hypercube", "sobol": "Sobol"}
DESIGNS: tuple[Literal["latin_hypercube", "sobol"], ...] = ("latin_hypercube", "sobol")
SIZES = (64, 256, 512, 1_024)
KNOWN = (ishigami(), sobol_g(), oakley_ohagan(), equal_factors(10), equal_factors(15), equal_factors(20), two_jumps())

Array = NDArray[np.float64]
Estimator = Callable[[Array, Array], Array]


def rms(values: Array) -> float:
    return float(np.sqrt((values**2).mean()))


def measured(known: KnownShares, sample: Literal["latin_hypercube", "sobol"], size: int, samples: int) -> list[str]:
    """A row of the table: of all factors together, and of what is left."""
    off, stated, left_off, left_stated = [], [], [], []
    refused = interactions = 0
    for seed in range(samples):
        variants, outcome = known.variants(sample, size, seed)
        explanation = explained(known.factors, Drawn(variants), outcome, sample)
        if not isinstance(explanation, Explained):
            refused += 1
            continue
        by_name = {share.factor.name: share for share in explanation.shares}
        in_order = [by_name[factor.name] for factor in known.factors]
        off.append([share.share - exact for share, exact in zip(in_order, known.shares, strict=True)])
        stated.append([share.error for share in in_order])
        left_off.append(explanation.left - known.left)
        left_stated.append(explanation.left_error)
        interactions += explanation.interaction
    cells = [known.name, NAMES[sample], f"{size:,}", str(refused)]
    if not off:
        return [*cells, *[""] * 7]
    covered = np.abs(off) <= 2 * np.array(stated) + HALF_A_DIGIT
    left_covered = np.abs(left_off) <= 2 * np.array(left_stated) + HALF_A_DIGIT
    sums = 100 * (np.sum(off, axis=1) + sum(known.shares))
    return [
        *cells,
        f"{sums.mean():.1f} ± {sums.std():.1f}",
        f"{100 * rms(np.array(off)):.2f}",
        f"{100 * rms(np.array(stated)):.2f}",
        f"{covered.mean():.0%}",
        f"{100 * float(np.mean(left_off)):+.1f}",
        f"{left_covered.mean():.0%}",
        f"{interactions / len(off):.0%}",
    ]


def peers(sizes: tuple[int, ...], samples: int) -> None:
    """The root mean square deviation of SALib's estimators on the same samples, in points, and of Saltelli's design
    with as many variants at most; nothing where SALib is not installed."""
    from SALib.analyze import delta, rbd_fast, sobol
    from SALib.sample import sobol as saltelli

    rows = []
    for known in KNOWN:
        count = len(known.shares)
        problem = {"num_vars": count, "names": [factor.name for factor in known.factors], "bounds": [[0, 1]] * count}
        for sample in DESIGNS:
            for size in sizes:
                errors: dict[str, list[Array]] = {"rbd_fast": [], "delta": [], "saltelli": []}
                for seed in range(samples):
                    variants, outcome = known.variants(sample, size, seed)
                    values, cents = variants.astype(float), outcome.astype(float)
                    fast = rbd_fast.analyze(problem, values, cents, num_resamples=2, seed=seed)
                    errors["rbd_fast"].append(np.array(fast["S1"]) - known.shares)
                    given = delta.analyze(problem, values, cents, num_resamples=2, method="sobol", seed=seed)
                    errors["delta"].append(np.array(given["S1"]) - known.shares)
                    if sample == "sobol" and (base := size // (count + 2)) >= 2:
                        base = 1 << (base.bit_length() - 1)
                        points = saltelli.sample(problem, base, calc_second_order=False, seed=seed)
                        own = sobol.analyze(problem, known.at(points), False, num_resamples=2, seed=seed)
                        errors["saltelli"].append(np.array(own["S1"]) - known.shares)
                cells = [f"{100 * rms(np.array(values)):.2f}" if values else "" for values in errors.values()]
                rows.append([known.name, NAMES[sample], f"{size:,}", *cells])
    show("SALib, points off (root mean square)", ["function", "sample", "variants", *errors], rows)


def main(
    samples: Annotated[int, typer.Option(min=2, help="Samples of each design and size.")] = 40,
    largest: Annotated[int, typer.Option(help="The largest number of variants.")] = 1_024,
    with_peers: Annotated[bool, typer.Option("--peers", help="Hold SALib's estimators against them too.")] = False,
) -> None:
    sizes = tuple(size for size in SIZES if size <= largest)
    columns = [
        *("function", "sample", "variants", "none", "they sum to"),
        *("off", "error", "covered", "left: off", "covered", "interaction"),
    ]
    with threadpool_limits(1):
        began = time.perf_counter()
        rows = [measured(known, sample, size, samples) for known in KNOWN for sample in DESIGNS for size in sizes]
        seconds = time.perf_counter() - began
        show(f"Shares over {samples} samples each, in points of a percent", columns, rows)
        if with_peers:
            peers(sizes, samples)
    print(f"{seconds / len(rows) / samples * 1000:.0f} ms a sample; {conditions(['numpy', 'scipy', 'SALib'])}")


if __name__ == "__main__":
    typer.run(main)
