"""The server of the workbench: on this computer only, behind a gate, and ended by Ctrl-C at once."""

from __future__ import annotations

import logging
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from gguplan.findings import Finding, InputError, Place
from gguplan.language import Language, _, written_in
from gguplan.workbench.answers.map import map_of
from gguplan.workbench.bench import Bench
from gguplan.workbench.changes import after
from gguplan.workbench.gate import Gate, Keys, TooLargeError, cookie_name
from gguplan.workbench.rendering import digests, fragments_of, page_of, population_mark, refusal
from gguplan.workbench.requests import act_of, request_in
from gguplan.workbench.state import State, address_of, state_at
from gguplan.workbench.static_files import static_files

FIRST_PORT = 8719
"""The port that is tried first, so that a page finds its server again."""


@dataclass
class Workbench:
    """All that the server answers from. `start` is the address that it opens with; `language` that of what it says
    before an address does."""

    bench: Bench
    start: State
    port: int
    language: Language
    keys: Keys = field(default_factory=Keys)

    @property
    def first_address(self) -> str:
        """The address that lets a browser in."""
        return f"http://127.0.0.1:{self.port}/open?token={self.keys.token}"


def application(workbench: Workbench) -> Gate:
    """The application behind its gate."""

    async def open_door(request: Request) -> Response:
        if not workbench.keys.is_token(request.query_params.get("token", "")):
            return _no_access(workbench)
        response = RedirectResponse(f"/?{address_of(workbench.start)}", status_code=303)
        response.set_cookie(
            cookie_name(workbench.port), workbench.keys.cookie, httponly=True, samesite="strict", path="/"
        )
        return response

    async def page(request: Request) -> Response:
        query = request.scope["query_string"].decode("latin-1")
        return await run_in_threadpool(_page, workbench, query)

    async def act(request: Request) -> Response:
        try:
            body = await request.body()
        except TooLargeError:
            return Response(status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)
        return await run_in_threadpool(_acted, workbench, body)

    routes = [
        Route("/open", open_door, methods=["GET"]),
        Route("/", page, methods=["GET"]),
        Route("/act", act, methods=["POST"]),
        *(Route(path, _static(*content), methods=["GET"]) for path, content in static_files().items()),
    ]
    inside = Starlette(routes=routes)
    free = {"/open", *static_files()}
    return Gate(inside, workbench.keys, workbench.port, free.__contains__, _refused(workbench))


def _static(kind: str, content: bytes) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_request: Request) -> Response:
        return Response(content, media_type=kind)

    return answer


def _refused(workbench: Workbench) -> Callable[..., Awaitable[None]]:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await _no_access(workbench)(scope, receive, send)

    return answer


def _no_access(workbench: Workbench) -> Response:
    with written_in(workbench.language):
        text = refusal(
            _("This browser has no access yet"),
            [_("Open the address that gguplan serve prints: it lets this browser in, until the workbench ends.")],
        )
    return HTMLResponse(text, status_code=401)


def _page(workbench: Workbench, query: str) -> Response:
    with written_in(workbench.language):
        try:
            state = state_at(query, workbench.start.variants[0].base)
        except InputError as error:
            return _wrong(error.findings)
    with written_in(state.language):
        try:
            return HTMLResponse(page_of(workbench.bench.answer(state), workbench.bench))
        except InputError as error:
            return _wrong(error.findings)


def _wrong(findings: tuple[Finding, ...]) -> Response:
    paragraphs = [f"{finding.place.file}: {finding.what} {finding.remedy}" for finding in findings]
    return HTMLResponse(refusal(_("This cannot be shown"), paragraphs, _("Start again")), status_code=400)


def _acted(workbench: Workbench, body: bytes) -> Response:
    with written_in(workbench.language):
        try:
            request = request_in(body)
            state = state_at(request.address, workbench.start.variants[0].base)
        except InputError as error:
            return _not_done(error.findings)
    with written_in(state.language):
        try:
            state = after(act_of(request), state, workbench.bench)
            answer = workbench.bench.answer(state)
        except InputError as error:
            return _not_done(error.findings)
        fragments = fragments_of(answer, workbench.bench)
        known = digests(fragments)
        fresh = {name: text for name, text in fragments.items() if request.known.get(name) != known[name]}
        return JSONResponse(
            {
                "address": address_of(state),
                "population": population_mark(answer),
                "title": answer.worked.result.fund_year.title,
                "fragments": fresh,
                "known": known,
                "chosen": state.municipality,
                "map": map_of(answer),
            }
        )


def _not_done(findings: tuple[Finding, ...]) -> Response:
    return JSONResponse({"findings": [f"{finding.what} {finding.remedy}" for finding in findings]}, status_code=400)


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
        super().__init__(
            uvicorn.Config(
                application(workbench),
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,
                lifespan="off",
                ws="none",
                http="h11",
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
            sock.close()
