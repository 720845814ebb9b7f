"""The keys of a scenario on the terminal, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from gguplan.fund.stated_keys import ChangedKey, StatedKey
from gguplan.language import _
from gguplan.reports.terminal.console import console
from gguplan.wording.changes import is_a_label


def print_stated_keys(keys: Sequence[StatedKey]) -> None:
    """Print every key with its value, and where it was said."""
    out = console()
    for key in keys:
        out.print(f"{key.path} = {key.value}  ({key.where})", soft_wrap=True)


def print_changed_keys(keys: Sequence[ChangedKey]) -> None:
    """Print every change, old and new; titles, descriptions, sources and what is expected only label others."""
    out = console()
    shown = [key for key in keys if not is_a_label(key.path)]
    for key in shown:
        where = f"  ({key.where})" if key.where else ""
        out.print(f"{key.path}: {key.old or '–'} → {key.new or '–'}{where}", soft_wrap=True)
    if not shown:
        out.print(_("Nothing is changed."), soft_wrap=True)
