"""What a scenario changes of the one that it extends, in lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast

from gguplan.fund.fund_year import Origin
from gguplan.fund.stated_keys import ChangedKey
from gguplan.language import _
from gguplan.wording.amounts import format_euros, per_inhabitant
from gguplan.wording.file_names import public_name
from gguplan.wording.thresholds import lapse_in_words

if TYPE_CHECKING:
    from gguplan.fund.thresholds import Lapse

_MOST: Final = 40
_LONGEST: Final = 100
_AMOUNT: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,4})?")


def is_a_label(path: str) -> bool:
    """Whether a key only says what something is called, where it comes from or what is expected of it."""
    return path.startswith("expected.") or path.rpartition(".")[2] in ("title", "description", "source")


def change_in_words(key: ChangedKey) -> str:
    """One key, old and new."""
    return f"{key.path}: {_brief(key.old)} → {_brief(key.new)}"


def _change_with_titles(key: ChangedKey, titles: Mapping[str, str]) -> str:
    """One key in the words of a reader, where there are any; else as it is written."""
    match key.path.split("."):
        case ["without"]:
            what = _("Left out")
        case ["programmes", name, "gross"]:
            what = _("Budget of {title}, including VAT", title=titles.get(name, name))
        case ["programmes", name, "net"]:
            what = _("Budget of {title}, without VAT", title=titles.get(name, name))
        case ["opt_outs", name, "municipalities"]:
            what = _("Who does not take part in {title}", title=titles.get(name, name))
        case ["opt_outs", name, "settlement"]:
            what = _("Settlement for who does not take part in {title}", title=titles.get(name, name))
        case ["opt_outs", name, "rate"]:
            what = _("Refund per inhabitant to who does not take part in {title}", title=titles.get(name, name))
        case ["opt_outs", name, "leaves"]:
            what = _("First day without {title} for who leaves", title=titles.get(name, name))
        case ["thresholds", name, "municipalities"]:
            what = _("Municipalities that {title} needs", title=titles.get(name, name))
        case ["thresholds", name, "inhabitants_percent"]:
            what = _("Per cent of the inhabitants that {title} needs", title=titles.get(name, name))
        case ["thresholds", name, "otherwise"]:
            what = _("Money of {title} should too few take part", title=titles.get(name, name))
        case ["horizon", "programmes", name, "committed", year]:
            what = _("Committed for {title} in {year}", title=titles.get(name, name), year=year)
        case ["groups", name, *_rest]:
            what = _("Group {name}", name=name)
        case _other:
            what = key.path
    return f"{what}: {_brief(_shown(key.path, key.old, titles))} → {_brief(_shown(key.path, key.new, titles))}"


def _shown(path: str, value: str, titles: Mapping[str, str]) -> str:
    """A value as a reader writes it: an amount in euros, names as titles, and what happens to money in a few words."""
    match path.split("."):
        case ["programmes", _, "gross" | "net"] | ["horizon", "programmes", _, "committed", _]:
            return format_euros(int(100 * Decimal(value))) if _AMOUNT.fullmatch(value) else value
        case ["opt_outs", _, "rate"]:
            return per_inhabitant(Decimal(value)) if _AMOUNT.fullmatch(value) else value
        case ["without"] | ["opt_outs", _, "municipalities"] if value:
            return ", ".join(titles.get(name, name) for name in value.strip("[]").split(", "))
        case ["thresholds", _, "otherwise"] if value:
            return lapse_in_words(cast("Lapse", value))
        case _:
            return value


def changes_in_words(origin: Origin, titles: Mapping[str, str]) -> tuple[str, list[str]]:
    """What a scenario says otherwise than the one it extends, or what was set where it extends none: a heading and a
    line for each key, nothing where nothing differs. `titles` are those of its programmes, by name."""
    changed = [key for key in origin.changed if not is_a_label(key.path)]
    if not changed:
        return "", []
    extended = ", ".join(public_name(name) for name in origin.files[1:2])
    heading = _("What differs from {name}", name=extended) if extended else _("What was set otherwise than in its file")
    lines = [_change_with_titles(key, titles) for key in changed[:_MOST]]
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
