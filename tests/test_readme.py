"""Everything that the README and the documentation show is executed, and comes out as shown."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def sessions() -> list[tuple[str, str, str]]:
    """Page, command and the output shown for every ``$ gguplan …`` in a console block."""
    found = []
    for page in PAGES:
        for block in re.findall(r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M):
            for part in re.split(r"^\$ gguplan ", block, flags=re.M)[1:]:
                command, _newline, output = part.partition("\n")
                found.append((page.name, command, output))
    return found


@pytest.mark.parametrize(("page", "command", "output"), sessions(), ids=lambda text: text[:60])
def test_a_command_shows_what_the_page_says(
    page: str, command: str, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line with only … stands for any lines."""
    monkeypatch.chdir(ROOT)
    outcome = CliRunner().invoke(app, shlex.split(command))
    said = "\n".join(line.rstrip() for line in (outcome.stdout + outcome.stderr).splitlines())
    shown = "\n".join(line.rstrip() for line in output.splitlines())
    pattern = r"\n(?:.*\n)*?".join(re.escape(piece.strip("\n")) for piece in re.split(r"^…$", shown, flags=re.M))
    assert re.fullmatch(pattern.rstrip() + r"\n?", said.rstrip() + "\n" * shown.endswith("…")), said


def test_the_python_of_the_readme_runs() -> None:
    for block in re.findall(r"^```python\n(.*?)^```", PAGES[0].read_text(encoding="utf-8"), re.S | re.M):
        exec(compile(block, "README.md", "exec"), {})


def test_the_scenario_of_the_readme_is_right(tmp_path: Path) -> None:
    for number, block in enumerate(
        re.findall(r"^```toml\n(.*?)^```", PAGES[0].read_text(encoding="utf-8"), re.S | re.M)
    ):
        file = tmp_path / f"{number}.toml"
        file.write_text(block, encoding="utf-8")
        assert CliRunner().invoke(app, ["scenario", "check", str(file)]).exit_code == 0


def test_ci_calls_the_commands_of_the_readme() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = re.findall(r"^```sh\n(.*?)\n```", PAGES[0].read_text(encoding="utf-8"), re.S | re.M)
    assert len(commands) == 2
    for command in commands:
        assert command in ci
