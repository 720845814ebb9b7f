"""Connections of the server, of which each has a place for as long as it asks something."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

LONGEST_WITHOUT_REQUEST: Final = 10.0
"""Seconds in which a request must be whole, from the beginning of a connection or from the answer before it. Whoever
opens connections and says nothing would else keep the page from its own server."""


class PromptConnection(H11Protocol):
    """A connection that ends when nothing is asked on it."""

    _without_request_since: float
    _next_look: asyncio.TimerHandle

    def connection_made(self, transport: Any) -> None:
        """Begin, and look again after a while."""
        super().connection_made(transport)
        self._without_request_since = self.loop.time()
        self._look_later()

    def on_response_complete(self) -> None:
        """One request is answered: the time for the next begins."""
        self._without_request_since = self.loop.time()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._next_look.cancel()
        super().connection_lost(exc)

    def _look_later(self) -> None:
        until = self._without_request_since + LONGEST_WITHOUT_REQUEST
        self._next_look = self.loop.call_at(max(until, self.loop.time() + 1), self._look)

    def _look(self) -> None:
        is_asked = self.cycle is not None and not self.cycle.response_complete
        if not is_asked and self.loop.time() - self._without_request_since >= LONGEST_WITHOUT_REQUEST:
            self.transport.close()
        else:
            self._look_later()
