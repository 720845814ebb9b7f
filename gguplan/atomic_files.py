"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Protocol


class Written(Protocol):
    """A file that bytes are written to."""

    def write(self, data: Any, /) -> int:
        """Take some bytes in; gives how many."""
        ...


Content = bytes | Callable[[Written], None]
"""What a file holds: its bytes, or what writes them, as often as is asked and each time the same, so that a large file
is held nowhere."""

_PREFIX: Final = ".gguplan-"
_LEFT_BEHIND: Final = 3_600
"""Seconds after which what stands beside a place is what a run left that was killed."""


_NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_OWNER: Final = stat.S_IRUSR | stat.S_IWUSR
_ALL: Final = _OWNER | stat.S_IRGRP | stat.S_IWGRP | stat.S_IROTH | stat.S_IWOTH
"""Of which the system leaves what the umask of the process allows."""

_placed: Final[list[Path]] = []


def placed_files() -> list[Path]:
    """The files that this process has put since `forget_placed_files`, and that are there."""
    return [file for file in dict.fromkeys(_placed) if file.is_file()]


def forget_placed_files() -> None:
    """A command begins: what was put before is not its work."""
    _placed.clear()


def put_files(contents: Mapping[Path, Content], is_result: bool = True) -> None:
    """Write all files, and the folders that they need; raises OSError, with nothing half written.

    First everything is written under other names beside its place, then it is renamed, so that a failure or an
    interruption half-way leaves no part of a file. A folder that is not there is renamed as a whole: it appears with
    all that belongs in it. Who may read a new file is as the umask of the process says; a file that is overwritten
    keeps its permissions; a link is replaced, and what it leads to stays as it is. What is no result is not among the
    `placed_files`.
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
                stands_in[folder] = beside[folder] = _beside(folder)
                stands_in[folder].mkdir()
            if folder in stands_in:
                with (stands_in[folder] / target.name).open("wb") as file:
                    write_content(file, content)
                continue
            _clear(folder)
            beside[target] = _beside(target)
            _write(beside[target], content, target)
        for target, temporary in beside.items():
            temporary.replace(target)
        made = []
        if is_result:
            _placed.extend(contents)
    finally:
        for temporary in beside.values():
            _remove(temporary)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()


def write_content(file: Written, content: Content) -> None:
    """Write what a file holds."""
    if isinstance(content, bytes):
        file.write(content)
    else:
        content(file)


def folders_to_make(folder: Path) -> list[Path]:
    """The folder and those above it that are not there, the lowest first; raises OSError where one cannot be made,
    because something else has its name or stands above it."""
    missing: list[Path] = []
    while not folder.is_dir() and folder != folder.parent:
        if folder.exists() or folder.is_symlink():
            kind, number = (NotADirectoryError, errno.ENOTDIR) if missing else (FileExistsError, errno.EEXIST)
            raise kind(number, os.strerror(number), str(folder))
        missing.append(folder)
        folder = folder.parent
    return missing


def _beside(place: Path) -> Path:
    """A name of its own in the folder of a place."""
    return place.with_name(f"{_PREFIX}{secrets.token_hex(8)}")


def _write(temporary: Path, content: Content, target: Path) -> None:
    """Write the file that will take the place of `target`; nobody reads in it what they may not read there."""
    overwritten = target.lstat().st_mode if target.is_file() and not target.is_symlink() else None
    readable = _ALL if overwritten is None else _OWNER
    with os.fdopen(os.open(temporary, _NEW_FILE, readable), "wb") as file:
        write_content(file, content)
    if overwritten is not None:
        temporary.chmod(stat.S_IMODE(overwritten))


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
