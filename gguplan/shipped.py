"""Where the data that comes with gguplan stands: beside the package in a clone, inside it when installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gguplan.visible_text import visible_name

_PACKAGE = Path(__file__).resolve().parent
_FOLDERS = ("population_data", "ledger_data", "scenarios")


@cache
def shipped_folder(name: str) -> Path:
    """The folder ``population_data``, ``ledger_data`` or ``scenarios`` that came with this installation."""
    installed = _PACKAGE / "shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def shown(path: Path) -> str:
    """A path as a person names it: from the working folder where it is below it; of data that comes with gguplan as
    in a clone, wherever it is installed."""
    return visible_name(_from_here(path))


def _from_here(path: Path) -> str:
    try:
        resolved = path.resolve()
    except (OSError, RuntimeError, ValueError):  # A link that names itself, or a name that no file can have.
        return str(path)
    if resolved.is_relative_to(Path.cwd()):
        return str(resolved.relative_to(Path.cwd()))
    for folder in map(shipped_folder, _FOLDERS):
        if resolved.is_relative_to(folder):
            return str(resolved.relative_to(folder.parent))
    return str(path)
