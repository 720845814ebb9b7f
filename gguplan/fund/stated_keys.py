"""What a scenario states, key by key."""

from __future__ import annotations

from msgspec import Struct


class StatedKey(Struct, frozen=True):
    """One key: its path as ``--set`` names it, its value as text, and the file and line that say it."""

    path: str
    value: str
    where: str


class ChangedKey(Struct, frozen=True):
    """One key that the scenario it extends says otherwise, or not at all; empty where there is no such key."""

    path: str
    old: str
    new: str
    where: str
