"""The mutations that mutmut makes, each held against the tests that reach it.

``python -m fuzz.mutants`` where ``mutmut print-time-estimates`` has made them and noted which test reaches what.
All tests are collected once; each mutation is a fork of that process, which runs its tests from quick to slow and
ends at the first that fails. So a mutation that is noticed costs some hundredths of a second.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any, Final

import pytest
from _pytest.runner import runtestprotocol

_MUTANTS: Final = Path("mutants").resolve()
_NOTICED: Final = 1


class Mutants:
    """A plugin of pytest that runs the mutations instead of the tests, and writes a line for each to `file`."""

    def __init__(self, file: Path, seconds: float, again: bool) -> None:
        self.file, self.seconds, self.again = file, seconds, again
        stats = json.loads((_MUTANTS / "mutmut-stats.json").read_text())
        self.tests: dict[str, list[str]] = stats["tests_by_mangled_function_name"]
        self.takes: dict[str, float] = stats["duration_by_test"]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run every mutation that has no outcome yet; with `again` those that were not noticed."""
        items = {item.nodeid: item for item in session.items}
        lines = self.file.read_text().splitlines() if self.file.is_file() else []
        outcomes: dict[str, dict[str, Any]] = {line["mutation"]: line for line in map(json.loads, lines)}
        for name in _mutations():
            before = outcomes.get(name)
            if before is not None and not (self.again and before["outcome"] != "noticed"):
                continue
            tests = sorted(self.tests.get(name.rpartition("__mutmut_")[0], ()), key=self._takes)
            tests = [test for test in tests if self._takes(test) <= self.seconds]
            outcome = self._outcome(name, [items[test] for test in tests if test in items])
            with self.file.open("a") as file:
                file.write(json.dumps({"mutation": name, "outcome": outcome, "tests": len(tests)}) + "\n")
        return True

    def _takes(self, test: str) -> float:
        return self.takes.get(test, 0.0)

    def _outcome(self, name: str, items: list[pytest.Item]) -> str:
        if not items:
            return "not reached"
        seconds = int(10 + 5 * sum(self._takes(item.nodeid) for item in items))
        child = os.fork()
        if not child:
            _hold(name, items, seconds)
        _pid, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        return "not noticed" if code == 0 else "noticed" if code == _NOTICED else f"ended ({code})"


def _hold(name: str, items: list[pytest.Item], seconds: int) -> None:
    """In a fork: run the tests with a mutation in place, and end."""
    code = 3
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (8_000_000_000, 8_000_000_000))
        os.environ["MUTANT_UNDER_TEST"] = name
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, 1)
        os.dup2(devnull, 2)
        failed = any(report.failed for item in items for report in runtestprotocol(item, nextitem=None, log=False))
        code = _NOTICED if failed else 0
    finally:
        os._exit(code)


def _mutations() -> list[str]:
    metas = sorted(_MUTANTS.rglob("*.meta"))
    return [name for meta in metas for name in json.loads(meta.read_text())["exit_code_by_key"]]


def main() -> None:
    """Hold the mutations against their tests, and print how many were noticed, by module."""
    options = argparse.ArgumentParser(description="Mutations held against the tests that reach them.")
    options.add_argument("--out", type=Path, default=Path("mutants.jsonl"))
    options.add_argument("--seconds", type=float, default=0.1, help="Of the tests those that take no longer.")
    options.add_argument("--again", action="store_true", help="Those that were not noticed, once more.")
    arguments = options.parse_args()
    file, began = arguments.out.resolve(), time.monotonic()
    stats = json.loads((_MUTANTS / "mutmut-stats.json").read_text())
    files = sorted({test.partition("::")[0] for test in stats["duration_by_test"]})
    os.chdir(_MUTANTS)
    sys.path.insert(0, str(_MUTANTS))
    plugin = Mutants(file, arguments.seconds, arguments.again)
    code = pytest.main(["-q", "-p", "no:xdist", "-p", "no:cacheprovider", "-o", "addopts=", *files], [plugin])
    print(f"pytest ended with {code}, after {time.monotonic() - began:.0f} s")
    outcomes = {line["mutation"]: line["outcome"] for line in map(json.loads, file.read_text().splitlines())}
    modules: dict[str, list[str]] = {}
    for name, outcome in outcomes.items():
        modules.setdefault(name.rpartition(".")[0], []).append(outcome)
    for module, ends in modules.items():
        missed = sum(end in ("not noticed", "not reached") for end in ends)
        print(f"{module:<60}{len(ends):>6}{len(ends) - missed:>6}{(len(ends) - missed) / len(ends):>7.1%}")


if __name__ == "__main__":
    main()
