"""What a scenario states, key by key."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StatedKey:
    """One key: its path as ``--set`` names it, its value as text, and the file and line that say it."""

    path: str
    value: str
    where: str


@dataclass(frozen=True)
class ChangedKey:
    """One key that the scenario it extends says otherwise, or not at all; empty where there is no such key."""

    path: str
    old: str
    new: str
    where: str
