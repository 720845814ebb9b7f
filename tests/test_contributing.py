"""What CONTRIBUTING promises to whoever carries on is there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

_ROOT: Final = Path(__file__).parent.parent
_TARGETS: Final = re.findall(r"^([a-z]+):.*##", (_ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_what_contributing_tells_to_make_can_be_made() -> None:
    matches = re.findall(r"^make ([a-z]+)", (_ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert matches
    assert set(matches) <= set(_TARGETS)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("target", _TARGETS)
def test_every_target_names_a_command(target: str) -> None:
    outcome = subprocess.run(["make", "--dry-run", target], cwd=_ROOT, capture_output=True, text=True)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.strip()


def test_every_file_that_contributing_points_to_is_there() -> None:
    links = re.findall(r"\]\(([^)]+)\)", (_ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert [link for link in links if not (_ROOT / link).is_file()] == []
