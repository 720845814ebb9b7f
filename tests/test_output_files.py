"""Files that are written: who may read them, where links lead, and names that cannot be."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gguplan.atomic_files import put_files
from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.runs.output_files import write_paths


@pytest.fixture(params=[0o022, 0o077, 0o002], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def _permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_who_may_read_a_new_file_is_as_the_umask_says(umask: int, tmp_path: Path) -> None:
    put_files({tmp_path / "file": b"1", tmp_path / "a" / "b" / "file": b"2"})
    for file in (tmp_path / "file", tmp_path / "a" / "b" / "file"):
        assert _permissions(file) == 0o666 & ~umask
    for folder in (tmp_path / "a", tmp_path / "a" / "b"):
        assert _permissions(folder) == 0o777 & ~umask


@pytest.mark.parametrize("permissions", [0o600, 0o640, 0o666], ids=oct)
def test_a_file_that_is_overwritten_keeps_its_permissions(permissions: int, tmp_path: Path) -> None:
    file = tmp_path / "private"
    file.write_bytes(b"old")
    file.chmod(permissions)
    write_paths({file: b"new"}, force=True)
    assert (file.read_bytes(), _permissions(file)) == (b"new", permissions)


@pytest.mark.parametrize("below", ["", "table.csv", "folder/table.csv"])
def test_a_link_that_leads_nowhere_is_called_that(below: str, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("nowhere")
    contents = {link / below: b"1", tmp_path / "other": b"2"}
    with pytest.raises(InputError, match=r"link\n  This link leads to nowhere, which is not there\."):
        write_paths(contents, force=False)
    assert [file.name for file in tmp_path.iterdir()] == ["link"]
    if below:
        with pytest.raises(InputError, match=r"link\n  This link leads to nowhere, which is not there\."):
            write_paths(contents, force=True)
    else:
        write_paths(contents, force=True)
        assert not link.is_symlink() and link.read_bytes() == b"1"


@pytest.mark.parametrize(
    "option, name",
    [
        ("--map", f"{'x' * 252}.svg"),
        ("--map", f"{'é' * 126}.svg"),
        ("--map", f"folder/{'x' * 256}/a.svg"),
        ("--out", "x" * 256),
        ("--out", f"{'x' * 250}.xlsx"),
    ],
)
def test_a_name_that_is_too_long_is_told_where_it_stands(
    option: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """256 bytes, the last one with the record that stands beside it; of such a name not all is shown."""
    monkeypatch.chdir(tmp_path)
    outcome = CliRunner().invoke(app, ["run", option, name])
    assert outcome.exit_code == 2
    place, what, *_rest = outcome.stderr.splitlines()
    assert place.removeprefix(f"{option} ").startswith(name[:100])
    assert place.endswith("…") == (len(name) > 160)
    assert what == "  A name has at most 255 bytes."
    assert list(tmp_path.iterdir()) == []
