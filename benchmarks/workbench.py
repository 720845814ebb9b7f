"""The workbench: from a change to the screen, what the server takes of that, and many changes after each other.

``python -m benchmarks.workbench`` changes one budget again and again, over the 388 municipalities and 21 programmes of
2017 with their opt-outs: in Chromium with the map and a bill open, in the server alone, and 50 times a second for a
minute. ``--seconds`` makes that shorter; without Debian's chromium and chromium-driver the first is left out.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.measure import conditions

ADDRESS = "scenario=uitnamen-2017&municipality=GM0344&lang=nl"
CHANGED = "programmes.ibd.gross"
IDLE_SECONDS = 4.0
"""The server closes a connection that is idle for five."""
ON_SCREEN = """
const [path, value, done] = arguments;
const lever = document.getElementById(`lever-${path}`);
const place = document.querySelector('[data-fragment=summary]');
const began = performance.now();
new MutationObserver((_changes, watcher) => {
  watcher.disconnect();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
}).observe(place, { childList: true });
lever.value = value;
lever.dispatchEvent(new Event('change', { bubbles: true }));
"""


@contextmanager
def served() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The workbench as its command starts it; its first address and its process."""
    command = [sys.executable, "-m", "gguplan", "serve", "--no-browser", "--json", "--lang", "nl"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    lines: list[str] = []
    while not lines or lines[-1] != "}\n":
        lines.append(process.stdout.readline())
    try:
        yield json.loads("".join(lines))["address"], process
    finally:
        process.terminate()
        process.wait()


def quantile(seconds: list[float], share: float) -> float:
    """What so large a share stays within."""
    return sorted(seconds)[min(len(seconds) - 1, int(share * len(seconds)))]


def on_screen(changes: int) -> list[float]:
    """Seconds from a change of a lever until the new figures are painted, in Chromium."""
    from tests.chromium import Chromium, started_driver

    with (
        served() as (first, _process),
        tempfile.TemporaryDirectory() as profile,
        started_driver(Path(profile)) as driver,
    ):
        Chromium(driver).screen(1280, 900)
        driver.get(first)
        driver.get(f"{first.split('/open')[0]}/?{ADDRESS}")
        driver.set_script_timeout(60)
        taken = [
            driver.execute_async_script(ON_SCREEN, CHANGED, f"{2_000_000 + number}.00") / 1000
            for number in range(1, changes + 5)
        ]
    return taken[4:]


def in_the_server(changes: int) -> tuple[list[float], list[float]]:
    """Seconds of a whole request in the server, and of the bare division of the same programmes, in turn."""
    from gguplan.language import set_language
    from gguplan.model.result import run
    from gguplan.workbench import replies
    from gguplan.workbench.bases import Bases
    from gguplan.workbench.bench import Bench
    from gguplan.workbench.state import state_at
    from gguplan.workbench.workbench import Workbench

    set_language("nl")
    start = state_at(ADDRESS, "uitnamen-2017")
    workbench = Workbench(Bench(Bases(["uitnamen-2017"])), start, 1, "nl")
    fund_year = workbench.bench.worked(start.variant).inputs.fund_year
    known: dict[str, str] = {}
    taken, divided = [], []
    for number in range(changes + 5):
        request: dict[str, Any] = {
            "address": ADDRESS, "act": "set", "path": CHANGED, "value": f"{2_000_000 + number}.00", "known": known,
        }  # fmt: skip
        body = json.dumps(request).encode()
        began = time.perf_counter()
        reply = replies.act(workbench, body)
        taken.append(time.perf_counter() - began)
        known = json.loads(bytes(reply.body))["known"]
        began = time.perf_counter()
        run(fund_year)
        divided.append(time.perf_counter() - began)
    return taken[5:], divided[5:]


@dataclass
class Client:
    """What sends changes of one tab, whether they are answered or not, and counts what comes back."""

    host: str
    headers: dict[str, str]
    known: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    connections: threading.local = field(default_factory=threading.local)

    def change(self, number: int) -> None:
        """One change, over a connection of its thread; where the server closed that because it was idle, over another,
        as a browser does."""
        if time.perf_counter() - getattr(self.connections, "used", 0.0) > IDLE_SECONDS:
            self.connections.kept = http.client.HTTPConnection(self.host, timeout=30)
        self.connections.used = time.perf_counter()
        value = f"{2_000_000 + number}.00"
        body = {"address": ADDRESS, "act": "set", "path": CHANGED, "value": value, "known": self.known}
        began = time.perf_counter()
        try:
            self.connections.kept.request("POST", "/act", json.dumps(body), self.headers)
            reply = self.connections.kept.getresponse()
            answer = json.loads(reply.read())
        except (OSError, http.client.HTTPException, ValueError):
            del self.connections.used
            self.counts["errors"] += 1
            return
        if reply.status != 200:
            self.counts["errors"] += 1
        elif "superseded" in answer:
            self.counts["superseded"] += 1
        else:
            self.counts["answered"] += 1
            self.seconds.append(time.perf_counter() - began)
            self.known = answer["known"]


def many(seconds: int, a_second: int = 50) -> dict[str, float]:
    """So many changes a second of one tab, sent in time whether they are answered or not: how many were answered and
    superseded, errors, and megabytes of the process."""
    with served() as (first, process):
        host = first.split("/")[2]
        opened = http.client.HTTPConnection(host, timeout=30)
        opened.request("GET", first.partition(host)[2])
        reply = opened.getresponse()
        cookie = (reply.getheader("set-cookie") or "").split(";")[0]
        reply.read()
        headers = {
            "Cookie": cookie, "Origin": f"http://{host}", "Content-Type": "application/json", "X-Tab": "measured",
        }  # fmt: skip
        client = Client(host, headers)
        for number in range(a_second):
            client.change(-number)
        client.counts.clear()
        client.seconds.clear()
        memory = [_megabytes(process.pid)]
        worked = _processor_seconds(process.pid)
        began = time.monotonic()
        with ThreadPoolExecutor(a_second) as threads:
            for number in range(1, seconds * a_second + 1):
                threads.submit(client.change, number)
                time.sleep(max(0.0, began + number / a_second - time.monotonic()))
                if number % (10 * a_second) == 0:
                    memory.append(_megabytes(process.pid))
        passed = time.monotonic() - began
        worked = _processor_seconds(process.pid) - worked
        memory.append(_megabytes(process.pid))
    answered = client.counts["answered"]
    return {
        "changes sent": seconds * a_second,
        "sent a second": seconds * a_second / passed,
        "answered": answered,
        "answered a second": answered / passed,
        "superseded": client.counts["superseded"],
        "errors": client.counts["errors"],
        "ms of a processor for each answered": worked / max(answered, 1) * 1000,
        "ms to the answer, median": statistics.median(client.seconds) * 1000,
        "ms to the answer, 95 % within": quantile(client.seconds, 0.95) * 1000,
        "MB at the start": memory[0],
        "MB after a third": memory[len(memory) // 3],
        "MB at most": max(memory),
        "MB at the end": memory[-1],
    }


def _processor_seconds(process: int) -> float:
    """What a process has had of the processors: a busy machine changes it less than the time that passes."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))


def main() -> None:
    """Measure and print."""
    import shutil

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    print(conditions(["starlette", "uvicorn", "numpy"]))
    if shutil.which("chromium") and shutil.which("chromedriver"):
        taken = on_screen(options.changes)
        middle, most = statistics.median(taken), quantile(taken, 0.95)
        figures = " / ".join(f"{seconds * 1000:.0f}" for seconds in (min(taken), middle, most))
        print(f"change to screen, ms at best / median / 95 % within: {figures}")
    server, division = in_the_server(options.changes)
    middle, bare = statistics.median(server), statistics.median(division)
    best, floor = min(server), min(division)
    print(f"server: median {middle * 1000:.1f} ms; bare division {bare * 1000:.2f} ms; {middle / bare:.1f} times")
    print(f"server at best: {best * 1000:.1f} ms; bare division {floor * 1000:.2f} ms; {best / floor:.1f} times")
    for name, value in many(options.seconds).items():
        print(f"{name}: {value:.1f}")


if __name__ == "__main__":
    main()
