"""Over processes that stop before their time, and over a Dask cluster of two of them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from gguplan.findings import InputError
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.inputs.sweep.plan import read_plan
from gguplan.model.sweep.design import design_of
from gguplan.model.sweep.outcomes import Outcomes, together
from gguplan.money import Integers
from gguplan.runs.sweep import cluster as connection
from gguplan.runs.sweep.processes import Workers, work_out
from gguplan.runs.sweep.variants import Task, task_of

BLOCKS = 10


@pytest.fixture(scope="module")
def task() -> Task:
    base = read_scenario("uitnamen-2017")
    plan = read_plan(base, ["programmes.ibd.gross=1900000:2100000:40", "programmes.akj.gross=7000000:8000000:30"])
    return task_of(base, plan, ("GM0193",), (), 0, 1)


@pytest.fixture(scope="module")
def blocks(task: Task) -> dict[int, Integers]:
    base = task.base
    plan = read_plan(base, ["programmes.ibd.gross=1900000:2100000:40", "programmes.akj.gross=7000000:8000000:30"])
    rows = design_of(plan, 1).rows()
    size = len(rows) // BLOCKS
    return {number: rows[number * size : (number + 1) * size] for number in range(BLOCKS)}


@pytest.fixture(scope="module")
def here(task: Task, blocks: dict[int, Integers]) -> Outcomes:
    return in_order(dict(work_out(task, blocks, Workers(1))))


def in_order(done: dict[int, Outcomes]) -> Outcomes:
    assert sorted(done) == list(range(BLOCKS))
    return together([done[number] for number in sorted(done)])


def test_over_a_cluster_of_which_a_worker_is_killed_midway_nothing_is_lost_and_nothing_differs(
    task: Task, blocks: dict[int, Integers], here: Outcomes
) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True}
    with distributed.LocalCluster(**options, dashboard_address=None, silence_logs=50) as cluster:
        first, second = (worker.pid for worker in cluster.workers.values())
        assert len({first, second, os.getpid()}) == 3
        done: dict[int, Outcomes] = {}
        for number, outcomes in work_out(task, blocks, Workers(cluster=cluster.scheduler_address)):
            if not done:
                os.kill(first, signal.SIGKILL)
            done[number] = outcomes
    over_cluster = in_order(done)
    assert (over_cluster.rows == here.rows).all()
    assert over_cluster.problems == here.problems


def test_a_cluster_of_which_a_worker_has_other_programs_or_data_is_refused(
    task: Task, blocks: dict[int, Integers], monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    options = {"n_workers": 1, "threads_per_worker": 1, "processes": True}
    with distributed.LocalCluster(**options, dashboard_address=None, silence_logs=50) as cluster:
        at_worker = connection.foundations()
        elsewhere = {**at_worker, "numpy": "1.0", "population_data/2017.csv": "0" * 64}
        monkeypatch.setattr(connection, "versions", lambda: {**at_worker, "numpy": "1.0"})
        monkeypatch.setattr(connection, "data_files", lambda: {"population_data/2017.csv": "0" * 64})
        assert connection.foundations().items() <= elsewhere.items()
        with pytest.raises(InputError) as refused:
            next(iter(work_out(task, blocks, Workers(cluster=cluster.scheduler_address))))
    (finding,) = refused.value.findings
    assert "has other programs or data: " in finding.what and "numpy" in str(at_worker) and "…" in finding.what


def test_a_worker_that_joins_later_with_other_programs_works_nothing_out() -> None:
    with pytest.raises(connection.OtherFoundationsError):
        connection.work_out_there("of another computer", b"", 0, [])


def test_what_sums_rest_on_is_every_program_and_every_file_of_data() -> None:
    rests_on = connection.foundations()
    assert {"Python", "gguplan", "gguplan code", "numpy", "population_data/2017.csv"} <= rests_on.keys()
    assert any(name.startswith("ledger_data/") for name in rests_on)


def test_over_the_cores_a_process_that_is_killed_midway_loses_nothing(
    task: Task, blocks: dict[int, Integers], here: Outcomes
) -> None:
    psutil = pytest.importorskip("psutil", reason="psutil comes with Dask, which is not installed")
    done: dict[int, Outcomes] = {}
    for number, outcomes in work_out(task, blocks, Workers(2)):
        if not done:
            children = psutil.Process().children()
            workers = [child for child in children if any("Loky" in word for word in child.cmdline())]
            assert workers
            workers[0].kill()
        done[number] = outcomes
    assert (in_order(done).rows == here.rows).all()


def test_a_cluster_that_does_not_answer_is_told(
    task: Task, blocks: dict[int, Integers], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed")
    monkeypatch.setattr(connection, "_SECONDS_TO_ANSWER", 1)
    with pytest.raises(InputError, match=r"tcp://127\.0\.0\.1:1\n  No Dask scheduler answers at this address"):
        next(iter(work_out(task, blocks, Workers(cluster="tcp://127.0.0.1:1"))))


@pytest.fixture
def without_dask(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    yield


@pytest.mark.usefixtures("without_dask")
def test_without_dask_is_told_what_to_install(task: Task, blocks: dict[int, Integers]) -> None:
    with pytest.raises(InputError, match=r"pip install 'gguplan\[cluster\]'"):
        next(iter(work_out(task, blocks, Workers(cluster="tcp://127.0.0.1:8786"))))
