"""Files that appear whole or not at all, and never over something that is there, unless asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gguplan.atomic_files import folders_to_make, put_files
from gguplan.findings import Finding, InputError, Place
from gguplan.language import _
from gguplan.shipped import shown


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
    with _told_of(folder or next(iter(contents)).parent):
        _fail_if_there(contents, force)
        put_files(contents)


def fail_if_not_free(files: Collection[Path], force: bool, folder: Path | None = None) -> None:
    """Raise InputError where `write_paths` would for files that are there already, or whose folder cannot be made; a
    command asks it before long work."""
    with _told_of(folder or next(iter(files)).parent):
        _fail_if_there(files, force)
        for target in files:
            folders_to_make(target.parent)


@contextmanager
def _told_of(folder: Path) -> Iterator[None]:
    """What the system refuses, as an InputError of the folder."""
    try:
        yield
    except OSError as problem:
        finding = Finding(
            Place(shown(folder)),
            _("Nothing can be written here: {problem}.", problem=problem.strerror),
            _("Choose another folder, or make room."),
        )
        raise InputError([finding]) from problem


def _fail_if_there(files: Iterable[Path], force: bool) -> None:
    existing = [target for target in files if target.exists()]
    if odd := [target for target in existing if not target.is_file()]:
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
    if existing and not force:
        raise InputError(
            [
                Finding(
                    Place(shown(target)),
                    _("This file is there already."),
                    _("Choose another place, or overwrite it with --force."),
                )
                for target in existing
            ]
        )
