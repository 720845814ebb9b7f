"""Which file a scenario is: one that comes with gguplan, by name, or one of the user's own."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Final

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.standard_input import STANDARD_INPUT
from gguplan.language import _
from gguplan.shipped import shipped_folder
from gguplan.wording.suggestions import did_you_mean

_FILES_LOOKED_AT: Final = 1_000


def shipped_scenarios() -> dict[str, Path]:
    """The scenarios that come with gguplan, by name."""
    files = sorted(shipped_folder("scenarios").glob("*.toml"), key=lambda file: file.name)
    return {file.stem: file for file in files}


def find_scenario(name: str, below: Path | None = None, place: Place | None = None) -> Path:
    """The file of a scenario: a shipped name, a path (within the folder `below`, where that is given), or
    - for standard input.

    Raises InputError at `place` when there is none, with the closest names.
    """
    if below is None and name == str(STANDARD_INPUT):
        return STANDARD_INPUT
    shipped = (file for file in shipped_folder("scenarios").iterdir() if file.name == f"{name}.toml")
    if shipped_file := next(shipped, None):
        return shipped_file
    file = (below or Path()) / name
    climbs = below is not None and lies_outside(file, below)
    if is_there(file) and not climbs:
        return file
    place = place or Place(_("scenario {name!r}", name=name[:100]))
    names = _("The shipped scenarios are in gguplan scenario list.")
    if not name.strip():
        what, remedy = _("No scenario is named here."), _("Give a name or a file. {names}", names=names)
    elif not name.isprintable():
        # "map\\basis.toml" between these quotes is a name with a backspace in it.
        what = _("A character that cannot be seen stands in the name {name!r}.", name=name[:100])
        remedy = _('In a text between " a \\ means something else: write a folder with a /, or use single quotes.')
    elif climbs:
        what = _("{name!r} lies outside the folder of this scenario.", name=name[:100])
        remedy = _("Copy it into the same folder and name it here.")
    elif is_there(file, folder=True):
        what = _("{name!r} is a folder.", name=name[:100])
        remedy = _("Name the file in it, such as {file}.", file=Path(name) / "voorstel.toml")
    elif _is_there_otherwise(file):
        what = _("{name!r} is a pipe or a device, and no file.", name=name[:100])
        remedy = _("Save the scenario in a file, and name that.")
        if below is None:
            remedy += "\n" + _("A pipe may lead to standard input, of which the name as a scenario is -.")
    else:
        what = _("There is no scenario {name!r}, and no such file.", name=name[:100])
        remedy = did_you_mean(name, [*shipped_scenarios(), *_files_like(file, name)]) + names
    raise InputError([Finding(place, what, remedy)])


def is_there(file: Path, folder: bool = False) -> bool:
    """Whether there is such a file (or folder); a name that no file can have is not there."""
    try:
        return file.is_dir() if folder else file.is_file()
    except (OSError, ValueError):
        return False


def _is_there_otherwise(file: Path) -> bool:
    """Whether something of this name is there, whatever it is: what is read more than once is no pipe."""
    try:
        return file.exists()
    except (OSError, ValueError):
        return False


def lies_outside(file: Path, folder: Path) -> bool:
    """Whether a file lies outside a folder, wherever links lead; a name that no file can have does not."""
    try:
        return folder.resolve() not in file.resolve().parents
    except (OSError, RuntimeError, ValueError):
        return False


def _files_like(file: Path, name: str) -> list[str]:
    """The TOML files beside where `file` was sought, written as `name` is."""
    try:
        return [
            str(Path(name).with_name(candidate.name))
            for candidate in islice(file.parent.glob("*.toml"), _FILES_LOOKED_AT)
        ]
    except (OSError, ValueError):
        return []
