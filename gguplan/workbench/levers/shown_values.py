"""What a lever says now and said before, as a person reads it."""

from __future__ import annotations

import tomllib

from gguplan.language import _, plural
from gguplan.workbench.levers.lever import Lever

_MOST_NAMES = 3


def now_of(lever: Lever) -> str:
    """What it says now; nothing where it says nothing."""
    return _shown(lever, lever.value)


def before_of(lever: Lever) -> str:
    """What the scenario says without changes."""
    return _shown(lever, lever.before)


def counted_from(lever: Lever) -> str:
    """From what a part or a difference counts; nothing where an amount itself was typed."""
    if not lever.counted:
        return ""
    return _("{change} counts from {amount}, as the file has it.", change=lever.counted, amount=before_of(lever))


def _shown(lever: Lever, value: str) -> str:
    match lever.control:
        case "switch":
            return {"true": _("yes"), "false": _("no")}.get(value, value)
        case "names":
            return _names(value)
        case _:
            return value


def _names(value: str) -> str:
    try:
        names = tomllib.loads(f"names = {value}")["names"] if value else []
    except ValueError:
        return value
    if not isinstance(names, list):
        return value
    if not names or len(names) > _MOST_NAMES:
        return plural("{count} name", "{count} names", len(names))
    return ", ".join(map(str, names))
