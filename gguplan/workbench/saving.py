"""Saving a variant: as text to download, or into the folder that the workbench was started with. And what was not
saved."""

from __future__ import annotations

import re
from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import Final

from gguplan.atomic_files import put_files
from gguplan.findings import Finding, InputError, Place
from gguplan.language import _
from gguplan.workbench.bench import Bench
from gguplan.workbench.saved_scenario import scenario_text
from gguplan.workbench.state import State

_A_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.toml", re.ASCII)
_MOST_TABS: Final = 20


def text_of(state: State, bench: Bench, title: str, source: str, folder: Path | None = None) -> str:
    """The variant that is worked on as a scenario file, to stand in a folder, or else beside its base.

    Raises InputError, also while a change in it is wrong.
    """
    worked = bench.worked(state.variant)
    if worked.wrong:
        what = _("A change is wrong, so that this cannot be saved.")
        raise InputError([Finding(Place(_("saved scenario")), what, _("Put it right, or take it back."))])
    extends = bench.bases.written_in(state.variant.base, folder)
    return scenario_text(worked.inputs, bench.bases.read(state.variant.base), extends, title, source)


def write(folder: Path, name: str, text: str, overwrite: bool) -> Path:
    """Write a scenario into the folder, and nowhere else.

    Raises InputError, at the field of the form, for a name that is no plain name of a TOML file, for a link, for a
    file that is there already unless `overwrite`, and when the system refuses it.
    """
    place = Place("save-name")
    if not _A_NAME.fullmatch(name) or ".." in name:
        remedy = _("Take letters, digits, points and hyphens, with .toml at the end: voorstel.toml")
        raise InputError([Finding(place, _("This is no name for a scenario here."), remedy)])
    target = folder / name
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise InputError([Finding(place, _("Something else has this name already."), _("Take another name."))])
    if target.exists() and not overwrite:
        remedy = _("Take another name, or choose that it may be overwritten.")
        raise InputError([Finding(place, _("This file is there already."), remedy)])
    try:
        put_files({target: text.encode()})
    except OSError as problem:
        what = _("The system refuses this: {problem}.", problem=problem.strerror or problem)
        remedy = _("Check the name, whether you may use it, and whether there is room.")
        raise InputError([Finding(place, what, remedy)]) from None
    return target


class Unsaved:
    """The last state of each tab with changes that were not saved, for who ends the server."""

    def __init__(self) -> None:
        self._states: OrderedDict[str, State] = OrderedDict()
        self._lock = Lock()

    def note(self, tab: str, state: State, saved: bool = False) -> None:
        """What a tab has now."""
        with self._lock:
            self._states.pop(tab, None)
            if not saved and any(variant.settings for variant in state.variants):
                self._states[tab] = state
            while len(self._states) > _MOST_TABS:
                self._states.popitem(last=False)

    def states(self) -> list[State]:
        """The states, each once."""
        with self._lock:
            return list(dict.fromkeys(self._states.values()))
