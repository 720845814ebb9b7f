"""Adds a member to each family of rules in a copy, and holds what mypy names against what has to follow.

``python -m tests.house`` prints the places of each family; it ends with exit code 1 when they are others than
`tests/house/families.py` says.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

from tests.house.families import FAMILIES, Family

ROOT: Final = Path(__file__).parent.parent.parent
_ERROR: Final = re.compile(r"^(?P<file>[^:]+):(?P<line>\d+): error: (?P<what>.*)$")


def places_named() -> dict[str, Counter[str]]:
    """What mypy names in a copy with a member more in every family: how many places in each file, by family."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("gguplan", ".mypy_cache"):
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy2(ROOT / "pyproject.toml", copy)
        for family in FAMILIES:
            file = copy / family.file
            text = file.read_text(encoding="utf-8")
            for edit in family.edits:
                text = edit(text)
            file.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "mypy", "-p", "gguplan", "--no-pretty", "--no-error-summary"]
        printed = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False).stdout
    named: dict[str, Counter[str]] = {family.name: Counter() for family in FAMILIES}
    for error in filter(None, map(_ERROR.match, printed.splitlines())):
        of = _family_of(error["what"])
        assert of is not None, error[0]
        named[of.name][error["file"]] += 1
    return named


def _family_of(what: str) -> Family | None:
    return next((family for family in FAMILIES if re.search(rf"\b{family.added}\b", what)), None)


def main() -> int:
    """Print the places of each family; 1 when they are not those that are stated."""
    named, wrong = places_named(), False
    for family in FAMILIES:
        places = dict(sorted(named[family.name].items()))
        print(f"{family.name}: {sum(places.values())} places in {len(places)} files")
        for file, count in places.items():
            print(f"    {file!r}: {count},")
        if places != dict(sorted(family.places.items())):
            print(f"    tests/house/families.py says {family.places}")
            wrong = True
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
