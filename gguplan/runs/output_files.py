"""Files that appear whole or not at all, and never over something that is there, unless asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from gguplan.atomic_files import put_files
from gguplan.inputs.findings import Finding, InputError, Place
from gguplan.inputs.shipped import shown
from gguplan.language import _


def write_files(folder: Path, contents: Mapping[str, bytes], force: bool) -> list[Path]:
    """Write all files into `folder`, made when it is not there; returns their paths.

    Nothing is half written (`put_files`). Raises InputError when a file is there already (unless `force`), or when the
    folder cannot be written in.
    """
    targets = [folder / name for name in contents]
    write_paths(dict(zip(targets, contents.values(), strict=True)), force, folder)
    return targets


def write_paths(contents: Mapping[Path, bytes], force: bool, folder: Path | None = None) -> None:
    """Write files, in one folder or in several, as `write_files` does: all of them or none."""
    try:
        fail_if_there(contents, force)
        put_files(contents)
    except OSError as problem:
        place = folder or next(iter(contents)).parent
        raise InputError(
            [
                Finding(
                    Place(shown(place)),
                    _("Nothing can be written here: {problem}.", problem=problem.strerror),
                    _("Choose another folder, or make room."),
                )
            ]
        ) from problem


def fail_if_there(files: Iterable[Path], force: bool) -> None:
    """Raise InputError with every file that is there already, unless `force`; a command asks it before long work."""
    there = [target for target in files if target.exists()]
    if odd := [target for target in there if not target.is_file()]:
        raise InputError(
            [
                Finding(
                    Place(shown(target)),
                    _("This is a folder or a device, and no file."),
                    _("Choose another place."),
                )
                for target in odd
            ]
        )
    if there and not force:
        raise InputError(
            [
                Finding(
                    Place(shown(target)),
                    _("This file is there already."),
                    _("Choose another place, or overwrite it with --force."),
                )
                for target in there
            ]
        )
