"""A sweep of any size holds no more than a part of its variants, from the plan to the file."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gguplan.commands.cycles import search_as_usual
from gguplan.fund.sweep_plan import Factor
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.sweep.plan import read_plan
from gguplan.model.sweep.all_outcomes import AllOutcomes, in_memory
from gguplan.model.sweep.design import Grid, design_of
from gguplan.model.sweep.outcomes import Outcomes
from gguplan.model.sweep.result import SweepResult
from gguplan.reports.tables.sweep import files, variants_table
from gguplan.runs.record import sha256
from gguplan.runs.sweep.blocks import Blocks, in_order
from gguplan.runs.sweep.one_at_a_time import one_at_a_time
from gguplan.runs.sweep.variants import Variants, task_of

COLUMNS = ("inhabitants", "to_pay_cents")


def numbers(first: int, last: int) -> Outcomes:
    """Outcomes with a number each; that of variant 3 cannot be made."""
    rows = np.array([[number, 100 * number] for number in range(first, last + 1)])
    problems = tuple(("why", "waarom") if number == 3 else ("", "") for number in range(first, last + 1))
    return Outcomes(COLUMNS, rows, problems)


def test_a_grid_makes_only_the_variants_that_are_asked_for() -> None:
    """Of a million million variants: 1,000 values each of four factors, of which the last changes fastest."""
    grid = Grid([Factor((name,), "lever", "whole_number", low=0, high=999, levels=1_000) for name in "abcd"])
    assert len(grid) == 10**12
    assert grid.rows(123_456_789_998, 123_456_790_001).tolist() == [
        [123, 456, 789, 998], [123, 456, 789, 999], [123, 456, 790, 0],
    ]  # fmt: skip
    blocks = Blocks(grid, 500)
    assert len(blocks) == 2 * 10**9
    assert blocks[1_999_999_999][-1].tolist() == [999, 999, 999, 999]
    assert [*blocks.only([7, 3])] == [7, 3]


def test_blocks_that_are_done_in_any_order_come_in_theirs() -> None:
    done = [(2, numbers(7, 9)), (0, numbers(1, 3)), (1, numbers(4, 6)), (3, numbers(10, 10))]
    assert [part.rows[0, 0] for part in in_order(done)] == [1, 4, 7, 10]


def test_parts_have_the_size_that_is_asked_whatever_the_blocks_have() -> None:
    whole = in_memory([numbers(1, 2), numbers(3, 9), numbers(10, 11)])
    parts = list(whole.parts(4))
    assert [part.column("inhabitants").tolist() for part in parts] == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11]]
    assert whole.column("to_pay_cents").tolist() == [100 * number for number in range(1, 12)]
    assert np.flatnonzero(~whole.made).tolist() == [2]
    assert whole.problems(5) == [(3, ("why", "waarom"))]


@pytest.fixture(scope="module")
def result() -> SweepResult:
    """A sweep of 24 variants, held in blocks of five."""
    base = read_scenario("uitnamen-2017")
    vary = ["programmes.luisterend-oor.gross=700000,3489512.00", "opt_outs.luisterend-oor.rate=0.20:0.31:12"]
    plan = read_plan(base, vary)
    task = task_of(base, plan, ("GM0193",))
    design, working = design_of(plan, 1), Variants(task)
    parts = [working.work_out(design.rows(start, start + 5).tolist()) for start in range(0, len(design), 5)]
    return SweepResult(base.fund_year, task.followed, plan, design, in_memory(parts), one_at_a_time(task))


def test_parquet_holds_no_part_longer_than_it_takes_to_write_it(
    result: SweepResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    monkeypatch.setattr("gguplan.reports.tables.sweep_parquet.ROWS_AT_ONCE", 5)
    held: list[weakref.ref[Any]] = []

    def parts() -> Iterator[Outcomes]:
        for part in result.outcomes.parts():
            rows = part.rows.copy()
            gc.collect()
            assert sum(reference() is not None for reference in held) <= 1
            held.append(weakref.ref(rows))
            yield Outcomes(part.columns, rows, part.problems)

    once = AllOutcomes(result.outcomes.columns, len(result.outcomes), parts)
    in_parts = SweepResult(result.base, result.followed, result.plan, result.design, once, result.alone)
    ((_file, content),) = files(in_parts, tmp_path / "uit.parquet").items()
    assert callable(content)
    with (tmp_path / "uit.parquet").open("wb") as file:
        content(file)
    assert sha256((tmp_path / "uit.parquet").read_bytes()) == sha256(content)
    table = parquet.read_table(tmp_path / "uit.parquet")
    expected = variants_table(result)
    assert parquet.ParquetFile(tmp_path / "uit.parquet").num_row_groups == 5
    assert table.column_names == [name.replace("_cents", "_euros") for name in expected]
    for name, cells in expected.items():
        read = table[name.replace("_cents", "_euros")].to_pylist()
        if name.endswith("_cents"):
            assert read == [None if cell is None else cell / 100 for cell in map(_decimal, cells)], name
        elif name.endswith("_euros_per_inhabitant"):
            assert read == [None if cell == "" else _decimal(cell) for cell in cells], name
        else:
            assert ["" if cell is None else cell for cell in read] == cells, name


def _decimal(cell: Any) -> Any:
    from decimal import Decimal

    return None if cell is None else Decimal(cell)


def test_what_is_loaded_is_not_searched_while_a_sweep_goes_on() -> None:
    """Else each search for what only holds itself takes a tenth of a second, and Python makes them seldom for that."""
    before = gc.get_threshold()
    try:
        search_as_usual()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
