"""Files that appear whole or not at all, and never over something that is there, unless asked."""

from __future__ import annotations

import errno
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from gguplan.atomic_files import Content, folders_to_make, put_files
from gguplan.findings import Finding, InputError, Place
from gguplan.language import _
from gguplan.shipped import shown
from gguplan.visible_text import visible_name
from gguplan.wording.file_names import LONGEST_NAME, too_long

_LONGEST_SHOWN: Final = 160
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)


def write_files(folder: Path, contents: Mapping[str, Content], force: bool) -> list[Path]:
    """Write all files into `folder`, made when it is not there; returns their paths.

    Nothing is half written (`put_files`). Raises InputError when a file is there already (unless `force`), or when the
    folder cannot be written in.
    """
    targets = [folder / name for name in contents]
    write_paths(dict(zip(targets, contents.values(), strict=True)), force, folder)
    return targets


def write_paths(
    contents: Mapping[Path, Content], force: bool, folder: Path | None = None, is_result: bool = True
) -> None:
    """Write files, in one folder or in several, as `write_files` does: all of them or none. What is no result of a
    command is not told as one when it is interrupted."""
    with _told_of(contents, folder):
        _fail_unless_free(contents, force)
        put_files(contents, is_result)


def fail_if_not_free(files: Collection[Path], force: bool, folder: Path | None = None) -> None:
    """Raise InputError where `write_paths` would for files that are there already, or whose folder cannot be made; a
    command asks it before long work."""
    with _told_of(files, folder):
        _fail_unless_free(files, force)
        for target in files:
            folders_to_make(target.parent)


@contextmanager
def _told_of(files: Iterable[Path], folder: Path | None) -> Iterator[None]:
    """What the system refuses, as an InputError: of the file where it has no room, else of its folder."""
    try:
        yield
    except OSError as problem:
        file, remedy = next(iter(files)), _("Choose another folder.")
        place = folder or file.parent
        if problem.errno in _NO_ROOM:
            place, remedy = folder or file, _("Make room, or choose another folder.")
        elif problem.errno == errno.EFBIG:
            place, remedy = folder or file, _("Files have a largest size here: raise it, as with ulimit -f.")
        what = _("Nothing can be written here: {problem}.", problem=problem.strerror)
        raise InputError([Finding(Place(shown(place)), what, remedy)]) from problem


def _fail_unless_free(files: Iterable[Path], force: bool) -> None:
    obstacles = [finding for target in files if (finding := obstacle(target, force)) is not None]
    if obstacles:
        raise InputError(dict.fromkeys(obstacles))


def obstacle(target: Path, force: bool, option: str = "") -> Finding | None:
    """What stands in the way of a file, of the `option` that names it; None where nothing does.

    A name on its way that is too long or a link that leads nowhere, a folder or a device of its name, and, unless
    `force`, a file or a link that is there. Raises OSError where the system does not let one look.
    """
    for path in (*reversed(target.parents), target):
        if too_long(path.name):
            what = _("A name has at most {count} bytes.", count=LONGEST_NAME)
            return Finding(_place(str(path), option), what, _("Choose a shorter name."))
        if path.is_symlink() and not path.exists() and not (force and path == target):
            what = _("This link leads to {file}, which is not there.", file=_place(str(path.readlink()), "").file)
            return Finding(_place(str(path), option), what, _("Take the link away, or choose another place."))
    if not target.exists():
        return None
    # Where a link leads is not what was typed.
    place = _place(str(target) if target.is_symlink() else shown(target), option)
    if not target.is_file():
        what = _("This is a folder or a device, and no file.")
        return Finding(place, what, _("Choose another place."))
    if force:
        return None
    what = _("This file is there already.")
    return Finding(place, what, _("Choose another place, or overwrite it with --force."))


def _place(name: str, option: str) -> Place:
    name = visible_name(name)
    if len(name) > _LONGEST_SHOWN:
        name = f"{name[:_LONGEST_SHOWN]}…"
    return Place(f"{option} {name}" if option else name)
