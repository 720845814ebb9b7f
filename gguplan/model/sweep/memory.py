"""What was worked out lately, by exactly what it depends on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """Keeps the `most` results that were asked for last, so that a long sweep takes no more room than a short one."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()

    def __contains__(self, key: Hashable) -> bool:
        """Whether a result is kept."""
        return key in self._kept

    def get(self, key: Hashable, work_out: Callable[[], Value]) -> Value:
        """The result for a key, worked out when it is not kept. The key must hold everything that it depends on."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        value = self._kept[key] = work_out()
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return value
