"""A sweep of 1,000 variants against one cold run of the same scenario, and how its time grows.

Limit: 1,000 variants over all municipalities and programmes of 2017, as a whole process from cold, cost less than 20
times ``gguplan run uitnamen-2017`` from cold. Both are measured in the same run, in turns. The other tables show that
the time grows as the variants, the draws and the units do.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from threadpoolctl import threadpool_limits

from benchmarks.measure import Candidate, conditions, console, interleave, ratio, show
from gguplan.fund.municipalities import Municipality, Population
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.sweep.plan import read_plan
from gguplan.model.sweep.design import design_of
from gguplan.runs.results import result_of
from gguplan.runs.sweep.blocks import block_size
from gguplan.runs.sweep.variants import Task, Variants, task_of

SCENARIO = "uitnamen-2017"
VARY = (
    "programmes.luisterend-oor.gross=4000000:4400000:10",
    "programmes.ibd.gross=1900000:2100000:10",
    "opt_outs.luisterend-oor.rate=0.20:0.30:10",
)
LIMIT = 20
SWEPT = 2
"""How many programmes change from one variant to the next."""


def command(words: tuple[str, ...], folder: str) -> None:
    program = str(Path(sys.executable).with_name("gguplan"))
    subprocess.run([program, *words], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def cold(rounds: int) -> None:
    """Whole processes: the sweep beside one run, and beside 1,000 of them one after another."""
    sweep = ("sweep", SCENARIO, *(f"--vary={factor}" for factor in VARY))
    with tempfile.TemporaryDirectory() as folder:
        timings = interleave(
            [
                Candidate("run", partial(command, ("run", SCENARIO), folder)),
                Candidate("1,000 variants", partial(command, sweep, folder)),
                Candidate("1,000 variants, two processes", partial(command, (*sweep, "--workers=2"), folder)),
                Candidate("1,000 variants, 1,000 draws each", partial(command, (*sweep, "--draws=1000"), folder)),
            ],
            rounds,
        )
    rows = []
    for name, timing in timings.items():
        median, minimum = ratio(timing, timings["run"])
        limit = [str(LIMIT), "within" if median < LIMIT else "over"] if name == "1,000 variants" else ["", ""]
        rows.append([name, f"{median:.2f}", f"{minimum:.2f}", *limit])
    columns = ["process from cold", "÷ one run, medians", "÷ one run, minima", "limit", ""]
    show(f"Cold processes ({rounds} rounds)", columns, rows)


def crowd(units: int) -> Population:
    """The municipalities of 2017, and after them invented ones as large as they are, until there are so many."""
    real = load_population(2017)
    size = len(real.municipalities)
    more = tuple(
        Municipality(
            f"GM{10_000 + place}", f"Verzonnen {place}", "Utrecht", real.municipalities[place % size].inhabitants
        )
        for place in range(size, units)
    )
    return Population(2017, "projected", real.source, (*real.municipalities[:units], *more))


def task_over(units: int | None = None, draws: int = 0, vary: tuple[str, ...] = VARY) -> Task:
    base = read_scenario(SCENARIO, ["without=[]"], None if units is None else crowd(units))
    plan = read_plan(read_scenario(SCENARIO), vary)
    return task_of(base, plan, ("GM0193",), realised_years(load_ledger()), draws, 1)


def here(task: Task, count: int) -> None:
    """So many variants, each another, in this process, with nothing remembered yet."""
    generator = np.random.default_rng(1)
    rows = np.stack([generator.integers(factor.low, factor.high, count) for factor in task.factors], axis=1)
    in_turn, size = Variants(task), block_size(task)
    with threadpool_limits(1, user_api="blas"):
        for start in range(0, count, size):
            in_turn.work_out(rows[start : start + size].tolist())


def naive(count: int) -> None:
    """What the same variants cost when each is read and run by itself."""
    plan = read_plan(read_scenario(SCENARIO), VARY)
    for row in design_of(plan, 1).rows()[:count].tolist():
        settings = [f"{factor.name}={factor.text(value)}" for factor, value in zip(plan.factors, row, strict=True)]
        result_of(read_scenario(SCENARIO, settings)).totals  # noqa: B018


def grows(title: str, sizes: dict[int, Candidate], rounds: int) -> None:
    timings = interleave(list(sizes.values()), rounds)
    first = next(iter(sizes))
    rows = []
    for size, candidate in sizes.items():
        median, minimum = ratio(timings[candidate.name], timings[sizes[first].name])
        growth = (median * first / size, minimum * first / size)
        rows.append([f"{size:,}", f"{median:.2f}", f"{minimum:.2f}", f"{growth[0]:.2f}", f"{growth[1]:.2f}"])
    columns = [title, "time, medians", "time, minima", "each, medians", "each, minima"]
    show(f"As many times as the first row ({rounds} rounds)", columns, rows)


def main(rounds: Annotated[int, typer.Option(min=1, help="How often each is measured.")] = 7) -> None:
    """Measure and print the ratios."""
    console().print(conditions(["numpy", "scipy", "joblib"]) + "\n")
    cold(rounds)
    task = task_over()
    timings = interleave(
        [Candidate("worked out together", lambda: here(task, 200)), Candidate("one by one", lambda: naive(200))], rounds
    )
    median, minimum = ratio(timings["one by one"], timings["worked out together"])
    show(
        "200 variants",
        ["each read and run by itself ÷ together", ""],
        [["medians", f"{median:.1f}"], ["minima", f"{minimum:.1f}"]],
    )
    grows(
        "variants",
        {count: Candidate(f"{count}", partial(here, task, count)) for count in (250, 1_000, 4_000, 16_000)},
        rounds,
    )
    drawing = {draws: task_over(draws=draws) for draws in (10_000, 40_000, 160_000)}
    grows(
        "draws",
        {draws: Candidate(f"{draws}", partial(here, drawing_task, 30)) for draws, drawing_task in drawing.items()},
        rounds,
    )
    crowded = {units: task_over(units) for units in (388, 3_880, 20_000, 100_000)}
    grows(
        "units",
        {units: Candidate(f"{units}", partial(here, crowded_task, 60)) for units, crowded_task in crowded.items()},
        rounds,
    )


if __name__ == "__main__":
    typer.run(main)
