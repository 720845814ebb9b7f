"""Who may come in: only a page of this server, in a browser that was given its key.

A page elsewhere can send requests to this computer, under a name of its own (DNS rebinding) or across sites. So every
request must name this server as its host; one that says where it comes from must come from here; and all but the first
must bring the key, which only a browser that opened the first address has.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from msgspec import Struct, field

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

LARGEST_BODY: Final = 1_000_000
"""Bytes of a request: those of a scenario."""

_ALWAYS: Final = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
"""What every answer says of itself."""


class Keys(Struct, frozen=True):
    """What opens the door: `token` stands in the first address and is exchanged for `cookie`, which no script reads."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    def is_token(self, text: str) -> bool:
        """Whether a text is the token, in a time that does not tell how much of it is right."""
        return hmac.compare_digest(text.encode(), self.token.encode())

    def is_cookie(self, text: str) -> bool:
        """As `is_token`, for the cookie."""
        return hmac.compare_digest(text.encode(), self.cookie.encode())


def cookie_name(port: int) -> str:
    """The name of the cookie: browsers keep one for all ports of a computer, so the port stands in it."""
    return f"gguplan-{port}"


class Gate:
    """Lets requests through to `inside` that may come in, and refuses all others; `refused` makes the page for those.

    `open_to_all` are the paths that need no cookie: the first address, and what the page of refusal looks like.
    """

    def __init__(
        self, inside: Application, keys: Keys, port: int, open_to_all: Callable[[str], bool], refused: Application
    ) -> None:
        self.inside, self.keys, self.port = inside, keys, port
        self.open_to_all, self.refused = open_to_all, refused
        self.hosts = {f"127.0.0.1:{port}".encode(), f"localhost:{port}".encode()}

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            # No web sockets and nothing else: refused by closing.
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            return

        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *_ALWAYS]}
            await send(message)

        headers: list[tuple[bytes, bytes]] = scope["headers"]
        if not self._is_from_here(scope["method"], headers):
            await _plain(403, with_policy)
        elif _announced(headers) > LARGEST_BODY:
            await _plain(413, with_policy)
        elif self.open_to_all(scope["path"]) or self._has_cookie(headers):
            await self.inside(scope, limited(receive), with_policy)
        elif scope["method"] == "GET" and scope["path"] == "/":
            await self.refused(scope, receive, with_policy)
        else:
            await _plain(401, with_policy)

    def _is_from_here(self, method: str, headers: list[tuple[bytes, bytes]]) -> bool:
        hosts = [value for name, value in headers if name == b"host"]
        if len(hosts) != 1 or hosts[0] not in self.hosts:
            return False
        sites = [value for name, value in headers if name == b"sec-fetch-site"]
        if any(site not in (b"same-origin", b"none") for site in sites):
            return False
        origins = [value for name, value in headers if name == b"origin"]
        # Browsers name the origin of everything that may change something.
        return origins == [b"http://" + hosts[0]] or (not origins and method in ("GET", "HEAD"))

    def _has_cookie(self, headers: list[tuple[bytes, bytes]]) -> bool:
        start = cookie_name(self.port) + "="
        cookies = [
            pair.strip() for name, value in headers if name == b"cookie" for pair in value.decode("latin-1").split(";")
        ]
        return any(self.keys.is_cookie(pair[len(start) :]) for pair in cookies if pair.startswith(start))


def _announced(headers: list[tuple[bytes, bytes]]) -> int:
    """The bytes that a request says it has."""
    lengths = [value for name, value in headers if name == b"content-length"]
    return max((int(length) if length.isdigit() else LARGEST_BODY + 1 for length in lengths), default=0)


class TooLargeError(Exception):
    """More came in than `LARGEST_BODY`."""


def limited(receive: Receive) -> Receive:
    """The same request, that stops when more comes in than was announced or may come."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST_BODY:
            raise TooLargeError
        return message

    return counted


async def _plain(status: int, send: Send) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b""})
