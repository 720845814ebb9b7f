"""What every test starts from: English, whatever the locale of the machine, and commands that are built once."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
import typer.testing
from hypothesis import settings
from typer.main import get_command

from gguplan.language import set_language
from tests.held_answers import holding_answers
from tests.open_office import closed, making_pdfs
from tests.pictures import drawing_once, without_drawing
from tests.worked_out_once import working_out_once

_LONGEST_FIRST: Final = (
    *("workbench_in_chromium", "page_in_chromium", "keys", "documentation", "streams", "recalculation"),
    *("another_year", "realisation", "oracle", "errors", "hostile_input", "charts", "workbench_files", "backtest"),
    *("ledger_layouts", "changed_outputs", "workbench", "sweep_cluster", "proposal", "page", "sweep_command"),
    *("workbook", "years_ahead", "table_files", "commands", "outlook", "population_projection", "reconciliation"),
    *("run_record", "years_oracle"),
)
"""The files of tests that take four seconds of a processor and more, as measured: begun first, none is left at the end
for one processor alone."""

# Machines are noisy: a slow example is no failure.
settings.register_profile("without deadline", deadline=None)
settings.load_profile("without deadline")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage in what is collected, which stays to the end, and seldom afterwards: a worker has memory."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files in front; the tests of a file keep their order."""
    order = {f"test_{name}.py": number for number, name in enumerate(_LONGEST_FIRST)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))


@pytest.fixture(scope="session", autouse=True)
def commands_built_once() -> Iterator[None]:
    """Let ``CliRunner`` build the commands once, as a process does.

    Typer makes them from the signatures of their functions, again at each call: three quarters of the time of a command
    that finds a mistake.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.testing, "_get_command", cache(get_command))
        yield


@pytest.fixture(scope="session")
def kept_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workers of this run keep what they make for each other."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "kept"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session", autouse=True)
def pictures_drawn_once(kept_in: Path) -> Iterator[None]:
    """Draw what is the same once; that it would be the same again is a test of the charts."""
    with pytest.MonkeyPatch.context() as patch:
        drawing_once(patch, kept_in)
        yield


@pytest.fixture(scope="session", autouse=True)
def sums_worked_out_once(kept_in: Path) -> Iterator[None]:
    """Draw what will be spent of the same programmes once."""
    with pytest.MonkeyPatch.context() as patch:
        working_out_once(patch, kept_in)
        yield


@pytest.fixture(scope="session", autouse=True)
def answers_held_to_their_schema() -> Iterator[None]:
    """Hold every ``--json`` that any test sees to the schema that is published of it."""
    with pytest.MonkeyPatch.context() as patch:
        holding_answers(patch)
        yield


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Write English, also in commands, which take the language of the locale."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    set_language("en")
    yield
    set_language("en")


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw nothing in papers and workbooks, where pictures are not what is tested."""
    without_drawing(monkeypatch)


@pytest.fixture(scope="session", autouse=True)
def office_closed_at_the_end() -> Iterator[None]:
    """Open LibreOffice once, where a test asks something of it."""
    yield
    closed()


@pytest.fixture
def pdfs_by_the_open_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let papers become PDF in the LibreOffice that is open."""
    making_pdfs(monkeypatch)
