"""The workbench, killed 200 times while it saves and answers: ``python -m fuzz.kills_of_serve`` in the clone.

Each time a server is forked from a process that has loaded it, is asked to save over a file, and is
killed at a random moment. The file is one of the two that were saved, to the byte, or not there; and the
next server, which finds its state in the address alone, answers as the one before.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from gguplan.workbench.bases import Bases
from gguplan.workbench.bench import Bench
from gguplan.workbench.gate import Keys, cookie_name
from gguplan.workbench.server import PageServer, bound_socket
from gguplan.workbench.state import State, Variant
from gguplan.workbench.workbench import Workbench

_KEYS: Final = Keys("t" * 43, "c" * 43)
_ADDRESSES: Final = [
    urlencode([("scenario", "uitnamen-2017"), ("set", f"programmes.ibd.gross={euros}.00"), ("lang", "en")])
    for euros in (2_100_000, 2_200_000)
]
_ACT: Final = {"address": _ADDRESSES[0], "act": "look"}


def saving(number: int) -> dict[str, object]:
    """The request that saves the first or the second state."""
    return {
        "address": _ADDRESSES[number % 2], "title": "Wat als " + "x" * 1_500, "source": "s", "name": "een.toml",
        "overwrite": True,
    }  # fmt: skip


def post(port: int, path: str, body: dict[str, object]) -> bytes:
    """What the server answers; OSError or HTTPException when it is gone."""
    here = f"127.0.0.1:{port}"
    headers = {"Host": here, "Origin": f"http://{here}", "Cookie": f"{cookie_name(port)}={_KEYS.cookie}"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", path, json.dumps(body), headers)
        response = connection.getresponse()
        content = response.read()
        assert response.status == 200, content
        return content
    finally:
        connection.close()


def serve(bench: Bench, folder: Path) -> tuple[int, int]:
    """Fork a server; gives its process and port."""
    sock = bound_socket(0)
    sock.listen()
    port = sock.getsockname()[1]
    child = os.fork()
    if not child:
        try:
            start = State((Variant("uitnamen-2017"),))
            PageServer(Workbench(bench, start, port, "en", folder, _KEYS), lambda: None).serve_until_stopped(sock)
        finally:
            os._exit(0)
    sock.close()
    return child, port


def main() -> None:
    """Kill the workbench often, and print what it left."""
    options = argparse.ArgumentParser(description="The workbench, killed while it saves and answers.")
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    arguments = options.parse_args()
    chance, left = random.Random(arguments.seed), Counter[str]()
    bench = Bench(Bases(["uitnamen-2017"]))
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root)
        child, port = serve(bench, folder)
        answer = post(port, "/act", _ACT)
        texts = [json.loads(post(port, "/save", saving(number)))["text"].encode() for number in range(2)]
        began = time.monotonic()
        for number in range(5):
            post(port, "/save", saving(number))
        takes = (time.monotonic() - began) / 5
        for number in range(arguments.kills):
            if number % 3 == 0:
                (folder / "een.toml").unlink(missing_ok=True)
            before = (folder / "een.toml").read_bytes() if (folder / "een.toml").is_file() else None
            killer = os.fork()
            if not killer:
                time.sleep(chance.uniform(0, 3) * takes)
                os.kill(child, signal.SIGKILL)
                os._exit(0)
            chance.random()
            with suppress(OSError, http.client.HTTPException):
                for turn in range(number, number + 20):
                    post(port, "/save", saving(turn))
                    left["saved"] += 1
            os.waitpid(killer, 0)
            os.waitpid(child, 0)
            names = {file.name for file in folder.iterdir() if not file.name.startswith(".")}
            assert names <= {"een.toml"}, names
            after = (folder / "een.toml").read_bytes() if names else None
            assert after in (before, *texts), "the file is not whole"
            left["not there" if after is None else "the first" if after == texts[0] else "the second"] += 1
            left["left beside it"] += any(file.name.startswith(".") for file in folder.iterdir())
            for file in folder.glob(".*"):
                file.unlink()
            child, port = serve(bench, folder)
            assert post(port, "/act", _ACT) == answer, "the next server answers otherwise"
        os.kill(child, signal.SIGKILL)
    print(f"{arguments.kills} kills; " + ", ".join(f"{kind}: {count}" for kind, count in left.items()))


if __name__ == "__main__":
    main()
