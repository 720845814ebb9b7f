"""A Word file is a zip: packed so that the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Final

_ON_ONE_DAY: Final = (1980, 1, 1, 0, 0, 0)
_TYPES: Final = "[Content_Types].xml"


def repacked(packed: bytes) -> bytes:
    """The same files under one fixed date, in one order; what says their types comes first, as Word has it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != _TYPES, name)):
            entry = zipfile.ZipInfo(name, _ON_ONE_DAY)
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED, 6)
    return made.getvalue()
