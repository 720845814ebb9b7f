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


Session = list[tuple[str, str]]
"""Commands that are typed one after another, each with the output shown."""


def sessions() -> list[tuple[str, Session]]:
    """Page and session for every ``$ gguplan …`` in a console block; a block that writes files is one session."""
    found: list[tuple[str, Session]] = []
    for page in PAGES:
        for block in re.findall(r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M):
            typed = [part.partition("\n") for part in re.split(r"^\$ gguplan ", block, flags=re.M)[1:]]
            every = [(command, output) for command, _newline, output in typed]
            together = [every] if writes(every) else [[one] for one in every]
            found += [(page.name, session) for session in together]
    return found


def writes(session: Session) -> bool:
    options = {"--out", "--chart", "--map"}
    return any(options & {*shlex.split(command)} for command, _output in session)


@pytest.mark.parametrize(
    ("page", "session"), sessions(), ids=lambda one: one if isinstance(one, str) else one[0][0][:60]
)
def test_a_command_shows_what_the_page_says(
    page: str, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A line with only … stands for any lines. What writes files is typed in an empty folder."""
    monkeypatch.chdir(tmp_path if writes(session) else ROOT)
    for command, output in session:
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
