"""What a scenario changes of the one that it extends, in lines."""

from __future__ import annotations

from typing import Final

from gguplan.fund.fund_year import Origin
from gguplan.fund.stated_keys import ChangedKey
from gguplan.language import _
from gguplan.wording.file_names import public_name

_MOST: Final = 40
_LONGEST: Final = 100


def is_a_label(path: str) -> bool:
    """Whether a key only says what something is called, where it comes from or what is expected of it."""
    return path.startswith("expected.") or path.rpartition(".")[2] in ("title", "description", "source")


def change_in_words(key: ChangedKey) -> str:
    """One key, old and new."""
    return f"{key.path}: {_brief(key.old)} → {_brief(key.new)}"


def changes_in_words(origin: Origin) -> tuple[str, list[str]]:
    """What a scenario says otherwise than the one it extends, or what was set where it extends none: a heading and a
    line for each key, nothing where nothing differs."""
    changed = [key for key in origin.changed if not is_a_label(key.path)]
    if not changed:
        return "", []
    extended = ", ".join(public_name(name) for name in origin.files[1:2])
    heading = _("What differs from {name}", name=extended) if extended else _("What was set otherwise than in its file")
    lines = [change_in_words(key) for key in changed[:_MOST]]
    if len(changed) > _MOST:
        lines.append(
            _(
                "and {count} more: gguplan scenario show {name} --changes",
                count=len(changed) - _MOST,
                name=public_name(origin.name),
            )
        )
    return heading, lines


def _brief(value: str) -> str:
    if not value:
        return "–"
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
