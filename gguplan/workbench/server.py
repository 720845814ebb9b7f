"""The server of the workbench: on this computer only, behind a gate, and ended by Ctrl-C at once."""

from __future__ import annotations

import logging
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _
from gguplan.workbench import replies
from gguplan.workbench.connections import PromptConnection
from gguplan.workbench.gate import Gate, TooLargeError
from gguplan.workbench.static_files import static_files
from gguplan.workbench.turns import Turns
from gguplan.workbench.workbench import Workbench

FIRST_PORT = 8719
"""The port that is tried first, so that a page finds its server again."""

Reply = Callable[[Workbench, bytes], Response]

_POSTED: dict[str, Reply] = {
    "/save": replies.save,
    "/begin": replies.begin,
    "/stop": replies.stop,
}


def application(workbench: Workbench) -> Gate:
    """The application behind its gate."""

    async def door(request: Request) -> Response:
        return replies.door(workbench, request.query_params.get("token", ""))

    async def page(request: Request) -> Response:
        query = request.scope["query_string"].decode("latin-1")
        return await run_in_threadpool(replies.page, workbench, query)

    async def job(request: Request) -> Response:
        return replies.job(workbench, request.path_params["job"])

    async def part(request: Request) -> Response:
        return replies.part_of_a_job(workbench, request.path_params["job"], request.path_params["part"])

    routes = [
        Route("/open", door, methods=["GET"]),
        Route("/", page, methods=["GET"]),
        Route("/job/{job}", job, methods=["GET"]),
        Route("/job/{job}/{part}", part, methods=["GET"]),
        Route("/act", _posted(workbench, replies.act, Turns()), methods=["POST"]),
        *(Route(path, _posted(workbench, reply), methods=["POST"]) for path, reply in _POSTED.items()),
        *(Route(path, _static(*content), methods=["GET"]) for path, content in static_files().items()),
    ]
    free = {"/open", *static_files()}
    return Gate(Starlette(routes=routes), workbench.keys, workbench.port, free.__contains__, _refused(workbench))


def _posted(workbench: Workbench, reply: Reply, turns: Turns | None = None) -> Callable[[Request], Awaitable[Response]]:
    """Answers what is posted; with `turns`, of each tab one after the other, and not what is superseded meanwhile."""

    async def answer(request: Request) -> Response:
        try:
            body = await request.body()
        except TooLargeError:
            return Response(status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)
        if turns is None:
            return await run_in_threadpool(reply, workbench, body)
        async with turns.of(request.headers.get("x-tab", "")) as has_turn:
            return await run_in_threadpool(reply, workbench, body) if has_turn else replies.superseded()

    return answer


def _static(kind: str, content: bytes) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_request: Request) -> Response:
        return Response(content, media_type=kind)

    return answer


def _refused(workbench: Workbench) -> Callable[..., Awaitable[None]]:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await replies.no_access(workbench)(scope, receive, send)

    return answer


# --- running ---------------------------------------------------------------------------------------


def bound_socket(port: int | None) -> socket.socket:
    """A socket on this computer only, at `port`; without one at `FIRST_PORT`, or where that is taken at any other.

    Raises InputError when the port is taken or may not be used.
    """
    for candidate in (port,) if port is not None else (FIRST_PORT, 0):
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(("127.0.0.1", candidate))
        except OSError:
            sock.close()
        else:
            return sock
    what = _("Port {port} is taken, or may not be used.", port=port)
    raise InputError([Finding(Place("--port"), what, _("Name another, or none: then a free one is taken."))])


class PageServer(uvicorn.Server):
    """The server of a workbench; `ready` is called when the first request can be answered."""

    def __init__(self, workbench: Workbench, ready: Callable[[], None]) -> None:
        self.ready = ready
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        self.workbench = workbench
        super().__init__(
            uvicorn.Config(
                application(workbench),
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,
                lifespan="off",
                ws="none",
                http=PromptConnection,
                loop="asyncio",
                timeout_graceful_shutdown=1,
                limit_concurrency=100,
                h11_max_incomplete_event_size=80_000,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        self.ready()

    def serve_until_stopped(self, sock: socket.socket) -> None:
        """Serve until Ctrl-C, or until `should_exit` is set."""
        try:
            self.run([sock])
        except KeyboardInterrupt:
            pass
        finally:
            self.workbench.jobs.end()
            sock.close()
