"""A workbench that runs, to be asked as a browser does."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from gguplan.language import Language
from gguplan.workbench.bases import Bases
from gguplan.workbench.bench import Bench
from gguplan.workbench.gate import cookie_name
from gguplan.workbench.server import PageServer, bound_socket
from gguplan.workbench.state import State, Variant
from gguplan.workbench.workbench import Workbench


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass(frozen=True)
class Visitor:
    """A workbench, with what a browser that may come in sends."""

    workbench: Workbench

    @property
    def port(self) -> int:
        return self.workbench.port

    @property
    def headers(self) -> dict[str, str]:
        here = f"127.0.0.1:{self.port}"
        cookie = f"{cookie_name(self.port)}={self.workbench.keys.cookie}"
        return {"Host": here, "Origin": f"http://{here}", "Cookie": cookie, "Content-Type": "application/json"}

    def ask(self, method: str, path: str, body: bytes | None = None, **changed: str | None) -> Reply:
        """A request with the headers of a browser that may come in; `changed` are others, None takes one away."""
        headers = {**self.headers, **{name.replace("_", "-"): value for name, value in changed.items()}}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            kept = {name: value for name, value in headers.items() if value is not None}
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in kept.items():
                connection.putheader(name, value)
            if body is not None and not {"Content-Length", "Transfer-Encoding"} & kept.keys():
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            return Reply(response.status, dict(response.getheaders()), response.read().decode())
        finally:
            connection.close()

    def fetch(self, path: str) -> bytes:
        """What stands at a path, as bytes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            connection.request("GET", path, headers=self.headers)
            return connection.getresponse().read()
        finally:
            connection.close()

    def page(self, *fields: tuple[str, str]) -> Reply:
        return self.ask("GET", f"/?{urlencode(fields)}")

    def post(self, path: str, **body: Any) -> Reply:
        return self.ask("POST", path, json.dumps(body).encode())

    def act(self, address: str, act: str, path: str = "", value: str = "", **more: Any) -> Reply:
        body = {"address": address, "act": act, "path": path, "value": value, **more}
        return self.ask("POST", "/act", json.dumps(body).encode())


def started(names: tuple[str, ...], language: Language, folder: Path | None) -> tuple[Workbench, Any]:
    bench = Bench(Bases(names))
    sock = bound_socket(0)
    start = State(tuple(Variant(name) for name in bench.bases.names[: len(names)]), language=language)
    return Workbench(bench, start, sock.getsockname()[1], language, folder), sock


@contextmanager
def open_workbench(*names: str, language: Language = "en", folder: Path | None = None) -> Iterator[Visitor]:
    """A workbench on a free port, in a thread of its own."""
    workbench, sock = started(names or ("uitnamen-2017",), language, folder)
    is_ready = threading.Event()
    server = PageServer(workbench, is_ready.set)
    thread = threading.Thread(target=server.serve_until_stopped, args=[sock])
    thread.start()
    assert is_ready.wait(120)
    try:
        yield Visitor(workbench)
    finally:
        server.should_exit = True
        thread.join(120)
        assert not thread.is_alive()
