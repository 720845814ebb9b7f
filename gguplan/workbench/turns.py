"""Whose turn it is: of each tab one change is worked out at a time, and after it the latest; what came between is
superseded, because the tab goes on from its latest state."""

from __future__ import annotations

from asyncio import Future, get_running_loop
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """The changes of every tab that are worked out or wait; of one event loop."""

    def __init__(self) -> None:
        self._waiting: dict[str, Future[bool] | None] = {}

    @asynccontextmanager
    async def of(self, tab: str) -> AsyncIterator[bool]:
        """Wait for the turn of a change of this tab; False when a later one takes its place. No tab waits for none."""
        if not tab:
            yield True
            return
        has_turn = await self._turn(tab)
        try:
            yield has_turn
        finally:
            if has_turn:
                self._pass_on(tab)

    async def _turn(self, tab: str) -> bool:
        if tab not in self._waiting:
            self._waiting[tab] = None
            return True
        earlier, own = self._waiting[tab], get_running_loop().create_future()
        self._waiting[tab] = own
        if earlier is not None and not earlier.done():
            earlier.set_result(False)
        return bool(await own)

    def _pass_on(self, tab: str) -> None:
        following = self._waiting[tab]
        if following is None or following.done():
            del self._waiting[tab]
        else:
            self._waiting[tab] = None
            following.set_result(True)
