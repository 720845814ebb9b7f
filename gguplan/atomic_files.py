"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

_PREFIX: Final = ".gguplan-"
_LEFT_BEHIND: Final = 3_600
"""Seconds after which what stands beside a place is what a run left that was killed."""


def put_files(contents: Mapping[Path, bytes]) -> None:
    """Write all files, and the folders that they need; raises OSError, with nothing half written.

    First everything is written under other names beside its place, then it is renamed, so that a failure or an
    interruption half-way leaves no part of a file. A folder that is not there is renamed as a whole: it appears with
    all that belongs in it.
    """
    made: list[Path] = []
    beside: dict[Path, Path] = {}
    stands_in: dict[Path, Path] = {}
    try:
        for target, content in contents.items():
            folder = target.parent
            if folder not in stands_in and not folder.is_dir():
                missing = folders_to_make(folder)
                _clear(missing[-1].parent)
                made += _make(missing[1:])
                stands_in[folder] = beside[folder] = Path(tempfile.mkdtemp(dir=folder.parent, prefix=_PREFIX))
            if folder in stands_in:
                (stands_in[folder] / target.name).write_bytes(content)
                continue
            _clear(folder)
            handle, name = tempfile.mkstemp(dir=folder, prefix=_PREFIX)
            beside[target] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        for target, temporary in beside.items():
            temporary.chmod(0o755 if temporary.is_dir() else 0o644)
            temporary.replace(target)
        made = []
    finally:
        for temporary in beside.values():
            _remove(temporary)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()


def folders_to_make(folder: Path) -> list[Path]:
    """The folder and those above it that are not there, the lowest first; raises OSError where one cannot be made,
    because something else has its name or stands above it."""
    missing: list[Path] = []
    while not folder.is_dir() and folder != folder.parent:
        if folder.exists() or (not missing and folder.is_symlink()):
            kind, number = (NotADirectoryError, errno.ENOTDIR) if missing else (FileExistsError, errno.EEXIST)
            raise kind(number, os.strerror(number), str(folder))
        missing.append(folder)
        folder = folder.parent
    return missing


def _make(missing: Sequence[Path]) -> Iterator[Path]:
    """Make folders of which the lowest comes first; gives each."""
    for folder in reversed(missing):
        folder.mkdir()
        yield folder


def _clear(folder: Path) -> None:
    """Take away what a run that was killed left in a folder."""
    with suppress(OSError):
        for left in folder.glob(f"{_PREFIX}*"):
            if time.time() - left.lstat().st_mtime > _LEFT_BEHIND:
                _remove(left)


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
