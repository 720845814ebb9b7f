"""Mutations of the sums, each held against the tests that reach what it changes.

``python -m fuzz.mutants make MODULES --tests FILES`` copies the repository into a folder, makes there the mutations of
mutmut in the modules that are named, and notes which test reaches which function. ``python -m fuzz.mutants hold`` then
holds each against these tests. The tests are collected once and each mutation is a fork, which runs its tests from
quick to slow and ends at the first that fails: one that is noticed costs some hundredths of a second.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import pkgutil
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import libcst as cst
import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.state import state

_MUTATIONS: Final = "mutations.json"
_REACHED: Final = "reached.jsonl"
_NOTICED: Final = 1
_MEMORY: Final = 8_000_000_000
_TURNED: Final = {"property", "cached_property", "lru_cache", "cache"}


class TurnedDecorators(cst.CSTTransformer):
    """``@property`` and what remembers stand behind their function instead of before it, because mutmut leaves what is
    decorated as it is."""

    def leave_FunctionDef(  # noqa: N802 - the name that libcst looks for
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef | cst.FlattenSentinel[cst.BaseStatement]:
        """A function without its decorator, and what the decorator makes of it."""
        if len(updated_node.decorators) != 1:
            return updated_node
        decorator = updated_node.decorators[0].decorator
        named = decorator.func if isinstance(decorator, cst.Call) else decorator
        if not isinstance(named, cst.Name) or named.value not in _TURNED:
            return updated_node
        made = cst.Call(decorator, [cst.Arg(updated_node.name)])
        assigned = cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(updated_node.name)], made)])
        return cst.FlattenSentinel([updated_node.with_changes(decorators=()), assigned])


def copy(folder: Path, only: str = ".") -> None:
    """Copy what is in git into a folder, or what is within one of its folders."""
    listed = subprocess.run(["git", "ls-files", "-z", only], check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(name, folder / name)


def make(patterns: Sequence[str], folder: Path) -> None:
    """Put every mutation of the modules that match a pattern into a fresh copy, and list these."""
    shutil.rmtree(folder, ignore_errors=True)
    copy(folder)
    mutations: list[str] = []
    for path in sorted({path for pattern in patterns for path in Path().glob(pattern)}):
        turned = cst.parse_module(path.read_text()).visit(TurnedDecorators())
        mutated = mutate_file_contents(str(path), turned.code)
        (folder / path).write_text(mutated.code)
        module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        mutations += [f"{module}.{name}" for name in mutated.mutant_names]
    (folder / _MUTATIONS).write_text(json.dumps(mutations))
    print(f"{len(mutations)} mutations in {folder}")


def notes_in(folder: Path) -> dict[str, dict[str, Any]]:
    """What is noted of each test, by its name."""
    file = folder / _REACHED
    lines = file.read_text().splitlines() if file.is_file() else []
    return {note["test"]: note for note in map(json.loads, lines)}


class Reached:
    """A plugin of pytest that notes what each test reaches that is not noted yet, and how many processor seconds
    it takes. Each is a process of its own: what another test has worked out before is reached too. One that fails or
    takes longer than `most` reaches nothing."""

    def __init__(self, most: float) -> None:
        self.most = most

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run every test, and write a line for each."""
        known = notes_in(Path())
        for item in session.items:
            if item.nodeid in known:
                continue
            reading, writing = os.pipe()
            child = os.fork()
            if not child:
                os.close(reading)
                _note(item, writing, self.most)
            os.close(writing)
            with os.fdopen(reading) as file:
                noted = file.read()
            os.waitpid(child, 0)
            with Path(_REACHED).open("a") as file:
                file.write(noted or json.dumps({"test": item.nodeid, "seconds": self.most, "functions": []}) + "\n")
        return True


class Mutants:
    """A plugin of pytest that runs the mutations instead of the tests, and writes a line for each to `file`."""

    def __init__(self, mutations: Sequence[str], file: Path, seconds: float, together: float, again: bool) -> None:
        self.mutations, self.file, self.seconds, self.together, self.again = mutations, file, seconds, together, again
        notes = notes_in(Path())
        self.takes = {test: note["seconds"] for test, note in notes.items()}
        self.tests: dict[str, list[str]] = {}
        for test in sorted(notes, key=self.takes.__getitem__):
            for function in notes[test]["functions"]:
                self.tests.setdefault(function, []).append(test)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run every mutation that has no outcome yet; with `again` those that were not noticed."""
        items = {item.nodeid: item for item in session.items}
        outcomes = outcomes_in(self.file)
        for name in self.mutations:
            before = outcomes.get(name)
            if before is not None and not (self.again and before in ("not noticed", "not reached")):
                continue
            tests = [items[test] for test in self._tests_of(name) if test in items]
            outcome = self._outcome(name, tests)
            with self.file.open("a") as file:
                file.write(json.dumps({"mutation": name, "outcome": outcome, "tests": len(tests)}) + "\n")
        return True

    def _tests_of(self, name: str) -> Iterable[str]:
        """The tests that reach what a mutation changes, from quick to slow, until they take too long together."""
        seconds = 0.0
        for test in self.tests.get(name.rpartition("__mutmut_")[0], ()):
            seconds += self.takes[test]
            if self.takes[test] > self.seconds or seconds > self.together:
                return
            yield test

    def _outcome(self, name: str, items: list[pytest.Item]) -> str:
        if not items:
            return "not reached"
        seconds = 10 + 5 * sum(self.takes[item.nodeid] for item in items)
        child = os.fork()
        if not child:
            _hold(name, items, seconds)
        _pid, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        return "not noticed" if code == 0 else "noticed" if code == _NOTICED else f"ended ({code})"


def _alone(mutation: str, seconds: float) -> None:
    """In a fork: no more than so much, no output, and this mutation in place."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    os.environ["MUTANT_UNDER_TEST"] = mutation
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)
    os.dup2(devnull, 2)


def _note(item: pytest.Item, writing: int, most: float) -> None:
    """In a fork: run a test, write what it reached if it passes, and end."""
    try:
        _alone("stats", most)
        before = time.process_time()
        reports = runtestprotocol(item, nextitem=None, log=False)
        if all(report.passed for report in reports):
            seconds = time.process_time() - before
            note = {"test": item.nodeid, "seconds": seconds, "functions": sorted(state()._stats)}
            with os.fdopen(writing, "w") as file:
                file.write(json.dumps(note) + "\n")
    finally:
        os._exit(0)


def _hold(name: str, items: list[pytest.Item], seconds: float) -> None:
    """In a fork: run the tests with a mutation in place, and end."""
    code = 3
    try:
        _alone(name, seconds)
        failed = any(report.failed for item in items for report in runtestprotocol(item, nextitem=None, log=False))
        code = _NOTICED if failed else 0
    finally:
        os._exit(code)


def outcomes_in(file: Path) -> dict[str, str]:
    """The last outcome of each mutation in a file of them."""
    lines = file.read_text().splitlines() if file.is_file() else []
    return {line["mutation"]: line["outcome"] for line in map(json.loads, lines)}


def interval(noticed: int, tried: int) -> tuple[float, float]:
    """Between which parts the noticed ones of all lie with 95 % certainty, where so many were drawn (Wilson)."""
    z, part = 1.96, noticed / tried
    middle, half = part + z * z / (2 * tried), z * math.sqrt(part * (1 - part) / tried + (z / tried / 2) ** 2)
    return (middle - half) / (1 + z * z / tried), (middle + half) / (1 + z * z / tried)


def show(outcomes: dict[str, str]) -> None:
    """Print how many were noticed, by module and together."""
    modules: dict[str, list[str]] = {}
    for name, outcome in outcomes.items():
        modules.setdefault(name.rpartition(".")[0], []).append(outcome)
    modules["together"] = list(outcomes.values())
    for module, ends in modules.items():
        noticed = sum(end not in ("not noticed", "not reached") for end in ends)
        low, high = interval(noticed, len(ends)) if ends else (0.0, 1.0)
        print(f"{module:<60}{len(ends):>6}{noticed:>6}{noticed / max(1, len(ends)):>7.1%}  ({low:.1%} to {high:.1%})")


def _load_all() -> None:
    """Load every module of gguplan, so that no fork has to: a test that runs a command loads for half a second."""
    import gguplan

    for module in pkgutil.walk_packages(gguplan.__path__, "gguplan."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def _in_pytest(files: Sequence[str], plugin: object) -> None:
    """Collect tests and let a plugin do with them what it does."""
    began = time.monotonic()
    _load_all()
    without = [option for name in ("xdist", "cacheprovider") for option in ("-p", f"no:{name}")]
    options = ["-q", *without, "--hypothesis-seed=0", "--basetemp=temporary", "-o", "addopts="]
    code = pytest.main([*options, *files], [plugin])
    print(f"pytest ended with {code}, after {time.monotonic() - began:.0f} s")


def main() -> None:
    """Make mutations, or hold them against the tests."""
    options = argparse.ArgumentParser(description="Mutations held against the tests that reach them.")
    options.add_argument("--folder", type=Path, default=Path("mutants"), help="Where they are made.")
    commands = options.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="Make them, and note which test reaches what.")
    making.add_argument("modules", nargs="*", help="Patterns of files; none: only note tests that are not noted yet.")
    making.add_argument("--tests", nargs="+", default=["tests"], help="Files of tests.")
    making.add_argument("--most", type=float, default=2.0, help="Leave out tests that take longer, in seconds.")
    holding = commands.add_parser("hold", help="Hold them against the tests, and print how many were noticed.")
    holding.add_argument("--of", default="", help="Only those of which the name begins so.")
    holding.add_argument("--sample", type=int, help="Draw so many of them.")
    holding.add_argument("--seed", type=int, default=1)
    holding.add_argument("--seconds", type=float, default=0.1, help="Of the tests those that take no longer.")
    holding.add_argument("--together", type=float, default=10.0, help="The quickest, until they take so long together.")
    holding.add_argument("--again", action="store_true", help="Those that were not noticed, once more.")
    holding.add_argument("--out", type=Path, default=Path("mutants.jsonl"))
    arguments = options.parse_args()
    folder = arguments.folder.resolve()
    if arguments.command == "make":
        make(arguments.modules, folder) if arguments.modules else copy(folder, "tests")
    out = arguments.out.resolve() if arguments.command == "hold" else None
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    os.environ["PYTHONPATH"] = str(folder)
    if out is None:
        _in_pytest(arguments.tests, Reached(arguments.most))
        return
    mutations = [name for name in json.loads(Path(_MUTATIONS).read_text()) if name.startswith(arguments.of)]
    if arguments.sample is not None:
        mutations = sorted(random.Random(arguments.seed).sample(mutations, arguments.sample))
    plugin = Mutants(mutations, out, arguments.seconds, arguments.together, arguments.again)
    _in_pytest(sorted({test.partition("::")[0] for test in plugin.takes}), plugin)
    show({name: outcome for name, outcome in outcomes_in(out).items() if name in set(mutations)})


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
