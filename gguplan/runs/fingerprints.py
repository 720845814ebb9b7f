"""What a result rests on besides its scenario: the data files as they are now, and the versions of the programs."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from gguplan.inputs.population.years import folders
from gguplan.shipped import shipped_folder

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_DATA: Final = ("*.csv", "*.toml", "map/*.geojson")
_PROGRAMS: Final = (
    "babel", "jinja2", "numpy", "pandas", "pyarrow", "pydantic", "python-calamine", "python-docx",
    "scipy", "vl-convert-python", "XlsxWriter",
)  # fmt: skip
"""The packages that a figure, or the way it is written, can depend on."""


def sha256_of(file: Path) -> str:
    """The hash of a file, in hexadecimal digits; raises OSError when it cannot be read."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def is_as_it_was(file: Path, sha256: str) -> bool:
    """Whether a file can be read and has this hash."""
    try:
        return sha256_of(file) == sha256
    except OSError:
        return False


def data_files() -> dict[str, str]:
    """The hash of every data file that a sum can use, by name; the user's own folder stands behind ``./``."""
    named = [("ledger_data", shipped_folder("ledger_data"))]
    named += zip(("population_data", "./population_data"), folders(), strict=False)
    return {
        f"{name}/{file.relative_to(folder).as_posix()}": sha256_of(file)
        for name, folder in named
        for pattern in _DATA
        for file in sorted(folder.glob(pattern))
    }


@cache
def versions() -> dict[str, str]:
    """The version of Python, of gguplan (and the hash of its code), and of the packages that matter."""
    by_name = {"Python": platform.python_version(), "gguplan": version("gguplan"), "gguplan code": _code()}
    for name in _PROGRAMS:
        try:
            by_name[name] = version(name)
        except PackageNotFoundError:
            continue
    return by_name


def _code() -> str:
    """One hash over every file of the package; a clone between two versions differs in it."""
    own = hashlib.sha256()
    for path in sorted(_code_files(), key=lambda path: path.split("/")):
        own.update(f"{path} {hashlib.sha256((_PACKAGE / path).read_bytes()).hexdigest()}\n".encode())
    return own.hexdigest()


def _code_files() -> Iterator[str]:
    """The files of the package, from its folder; walked by `os.walk`, which takes a quarter of the time of `rglob`."""
    for folder, folders_in, names in os.walk(_PACKAGE):
        inside = Path(folder).relative_to(_PACKAGE).as_posix()
        folders_in[:] = [name for name in folders_in if _counts(name) and (inside, name) != (".", "shipped")]
        # The catalogue is compiled from one that counts already, and only where the program is installed.
        counting = (name for name in names if _counts(name) and not name.endswith(".mo"))
        yield from (name if inside == "." else f"{inside}/{name}" for name in counting)


def _counts(name: str) -> bool:
    return not name.startswith((".", "__pycache__"))
