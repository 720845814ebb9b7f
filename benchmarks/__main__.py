"""Every figure of time, each against a floor that is measured in the same run: ``python -m benchmarks``.

The table that it prints stands in ``benchmarks/README.md``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from benchmarks.floors import Integers, floor_in_blocks, random_totals
from benchmarks.measure import Candidate, conditions, console, interleave, of_the_processor, ratio, show
from benchmarks.startup import program
from benchmarks.sweep import SWEPT, here, task_over
from gguplan.inputs.population.years import load_population
from gguplan.money import split

TERMINAL: Final = "import typer, rich"
NEEDED: Final = "import typer, rich.console, rich.table, numpy, pydantic, babel.numbers"
WITH_PANDAS: Final = f"{NEEDED}, pandas"
WITH_CLASSES: Final = f"{NEEDED}; from pydantic import BaseModel, Field, TypeAdapter"
"""Of pydantic the import alone loads next to nothing; who defines a class needs these."""

VARIANTS: Final = 2_000
TOTALS: Final = 10_000
FEW: Final = 100
MANY: Final = 1_000


@dataclass(frozen=True)
class Ratio:
    """One line of the table: `what` takes how many times as long as its `floor`, and the goal."""

    what: str
    floor: str
    goal: float


COMMANDS: Final = (
    (Ratio("gguplan --help", TERMINAL, 2.0), ("--help",)),
    (Ratio("gguplan estimate Utrecht", NEEDED, 1.4), ("estimate", "Utrecht")),
    (Ratio("gguplan estimate Utrecht", WITH_CLASSES, 1.4), ("estimate", "Utrecht")),
    (Ratio("gguplan scenario check", NEEDED, 1.4), ("scenario", "check", "uitnamen-2017")),
    (Ratio("gguplan explain Utrecht", NEEDED, 1.4), ("explain", "Utrecht")),
    (Ratio("gguplan run uitnamen-2017", WITH_PANDAS, 1.0), ("run", "uitnamen-2017")),
)
FILES: Final = (
    (Ratio("workbook of 21 programmes × 388", "gguplan run uitnamen-2017", 1.5), ("run", "uitnamen-2017", "b.xlsx")),
    (Ratio("proposal", "gguplan run uitnamen-2017", 2.0), ("proposal", "uitnamen-2017", "b.docx")),
    (Ratio("page", "gguplan run uitnamen-2017", 2.0), ("page", "uitnamen-2017", "b.html")),
)
ALIKE: Final = (
    Ratio("workbook where all pay alike", "gguplan run fonds-ggu-2018", 1.5),
    ("run", "fonds-ggu-2018", "b.xlsx"),
    ("run", "fonds-ggu-2018"),
)
"""Without a map, so that nothing is drawn."""
FEWER: Final = (
    Ratio("run of 21 programmes: 15 members", "run of 21 programmes: the country", 1.0),
    ("run", "members.toml"),
    ("run", "country.toml"),
)
GROWING: Final = (("run, a folder", "run", "b"), ("workbook", "run", "b.xlsx"), ("proposal", "proposal", "b.docx"))
"""Of the page there is no such line: it is refused above 3 MB, before so many programmes."""


def process(words: Sequence[str], folder: str) -> None:
    """Run a process to its end in a folder; stop when it fails."""
    subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def written(words: Sequence[str], folder: str) -> None:
    """Run a command that writes a file or a folder, the last of its words, which is not there yet."""
    *command, out = words
    for path in (Path(folder, out), Path(folder, f"{out}.run.json")):
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
    process([program(), *command, "--out", out], folder)


def start_up(rounds: int, folder: str) -> list[list[str]]:
    """The commands from cold beside a new interpreter that imports what they stand on; the files beside a run."""
    floors = (TERMINAL, NEEDED, WITH_PANDAS, WITH_CLASSES)
    tasks: dict[str, Callable[[], object]] = {
        code: partial(process, [sys.executable, "-c", code], folder) for code in floors
    }
    tasks |= {line.what: partial(process, [program(), *words], folder) for line, words in COMMANDS}
    tasks |= {line.what: partial(written, words, folder) for line, words in FILES}
    alike, words_of_alike, words_of_run = ALIKE
    tasks[alike.what] = partial(written, words_of_alike, folder)
    tasks[alike.floor] = partial(process, [program(), *words_of_run], folder)
    fewer, of_members, of_country = FEWER
    members = [municipality.name for municipality in load_population(2023).municipalities[:15]]
    Path(folder, "country.toml").write_text(scenario_of(21), encoding="utf-8")
    Path(folder, "members.toml").write_text(scenario_of(21, members), encoding="utf-8")
    tasks[fewer.what] = partial(process, [program(), *of_members], folder)
    tasks[fewer.floor] = partial(process, [program(), *of_country], folder)
    return _lines([*(line for line, _words in (*COMMANDS, *FILES)), alike, fewer], tasks, rounds)


def sums(rounds: int) -> list[list[str]]:
    """The division itself, and a variant of a sweep, beside bare arithmetic in this process."""
    weights = load_population(2024).inhabitants
    totals = random_totals(TOTALS)
    task, inhabitants = task_over(), load_population(2017).inhabitants
    changing = random_totals(SWEPT * VARIANTS)
    tasks: dict[str, Callable[[], object]] = {
        "int64 divmod in blocks": partial(floor_in_blocks, totals, weights),
        f"split 342 × {TOTALS:,}": partial(split, totals, weights),
        "split of what changes, together": partial(split, changing, inhabitants),
        "split of what changes, one by one": partial(_one_by_one, changing, inhabitants),
        "variant of a sweep": partial(here, task, VARIANTS),
    }
    lines = [
        Ratio(f"split 342 × {TOTALS:,}", "int64 divmod in blocks", 3.0),
        Ratio("variant of a sweep", "split of what changes, together", 5.0),
        Ratio("variant of a sweep", "split of what changes, one by one", 5.0),
    ]
    return _lines([*lines, *_openfisca(tasks, totals, weights)], tasks, rounds)


def _one_by_one(totals: Integers, weights: Integers) -> None:
    for total in totals:
        split(total, weights)


def _openfisca(tasks: dict[str, Callable[[], object]], totals: Integers, weights: Integers) -> list[Ratio]:
    """The line beside OpenFisca's vectorised rule, which is not exact; none where it is not installed."""
    try:
        from benchmarks.peers import OpenFisca
    except ImportError:
        console().print("OpenFisca is not installed: pip install '.[benchmarks]'", markup=False)
        return []
    tasks["OpenFisca, 1,000 at once"] = partial(OpenFisca(weights, 1_000).contributions, totals)
    return [Ratio(f"split 342 × {TOTALS:,}", "OpenFisca, 1,000 at once", 1.0)]


def growth(rounds: int, folder: str) -> list[list[str]]:
    """What becomes of the time of each output with ten times as many programmes."""
    for count in (FEW, MANY):
        Path(folder, f"{count}.toml").write_text(scenario_of(count), encoding="utf-8")
    tasks: dict[str, Callable[[], object]] = {}
    lines = []
    for name, command, out in GROWING:
        for count in (FEW, MANY):
            tasks[f"{name}: {count:,} programmes"] = partial(written, (command, f"{count}.toml", out), folder)
        lines.append(Ratio(f"{name}: {MANY:,} programmes", f"{name}: {FEW:,} programmes", 11.0))
    return _lines(lines, tasks, rounds)


def scenario_of(programmes: int, members: Sequence[str] = ()) -> str:
    """A scenario of so many programmes, over the municipalities of 2023 or those of them that are members."""
    lines = ['title = "Veel onderdelen"', "year = 2024", "reference_date = 2023-01-01", 'source = "bedacht"']
    if members:
        lines.append(f"members = {json.dumps(list(members), ensure_ascii=False)}")
    for number in range(programmes):
        vat = "21%" if number % 2 else "none"
        lines += [f"[programmes.p{number:04}]", f'title = "Onderdeel {number}"', f'net = "{100_000 + number}.00"']
        lines.append(f'vat = "{vat}"')
    return "\n".join(lines) + "\n"


def _lines(lines: Sequence[Ratio], tasks: dict[str, Callable[[], object]], rounds: int) -> list[list[str]]:
    """Time all tasks in turn, by the processor, and say of each line how many times as long it takes as its floor."""
    candidates = [Candidate(name, task) for name, task in tasks.items()]
    timings = interleave(candidates, rounds, of_the_processor)
    rows = []
    for line in lines:
        by_median, by_minimum = ratio(timings[line.what], timings[line.floor])
        verdict = "within" if by_median <= line.goal else "over"
        rows.append([line.what, line.floor, f"{by_median:.2f}", f"{by_minimum:.2f}", f"{line.goal:.1f}", verdict])
    return rows


def main(
    rounds: Annotated[int, typer.Option(min=1, help="How often each candidate has its turn.")] = 7,
    growing: Annotated[int, typer.Option(min=1, help="How often of 1,000 programmes, which take long.")] = 1,
) -> None:
    """Time everything beside its floor, and print the table."""
    console().print(conditions(["numpy", "pandas", "typer", "rich", "pydantic", "scipy", "vl-convert-python"]) + "\n")
    with tempfile.TemporaryDirectory() as folder:
        rows = [*start_up(rounds, folder), *sums(rounds), *growth(growing, folder)]
    show(f"Times as long as the floor ({rounds} rounds)", ["what", "÷", "medians", "minima", "goal", ""], rows)


if __name__ == "__main__":
    typer.run(main)
