"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def put_files(contents: Mapping[Path, bytes]) -> None:
    """Write all files, and the folders that they need; raises OSError, with nothing half written.

    First everything is written under other names beside its place, then all are renamed, so that a failure or an
    interruption half-way leaves no part of a file.
    """
    beside: dict[Path, Path] = {}
    try:
        for target, content in contents.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=".gguplan-")
            beside[target] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        for target, temporary in beside.items():
            temporary.chmod(0o644)
            temporary.replace(target)
    finally:
        for temporary in beside.values():
            with suppress(OSError):
                temporary.unlink()
