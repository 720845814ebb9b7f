"""Where the data that comes with gguplan stands: beside the package in a clone, inside it when installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_folder(name: str) -> Path:
    """The folder ``population_data``, ``ledger_data`` or ``scenarios`` that came with this installation."""
    installed = _PACKAGE / "shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def shown(path: Path) -> str:
    """A path as a person names it: from the working folder where it is below it, and what comes with gguplan as
    it stands in a clone, wherever it is installed."""
    for root in (Path.cwd(), _PACKAGE / "shipped", _PACKAGE.parent):
        if path.resolve().is_relative_to(root):
            return str(path.resolve().relative_to(root))
    return str(path)
