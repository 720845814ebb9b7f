"""What may stand in a text that is shown: one rule, for a title, a name of a file and an argument of a command."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.language import _
from gguplan.shipped import shown
from gguplan.visible_text import on_one_line, unseen, visible

UNSEEN = {
    "escape": "\x1b",
    "a bell": "\x07",
    "a control of eight bits": "\x9b",
    "right to left": "\u202e",
    "no width": "\u200b",
    "a soft hyphen": "\u00ad",
    "an end of a line": "\u2028",
    "a byte order mark": "\ufeff",
    "a letter that is drawn as nothing": "\u3164",
    "another shape of the same letter": "\ufe0e",
}
every_unseen = pytest.mark.parametrize("character", UNSEEN.values(), ids=UNSEEN)


@every_unseen
def test_a_title_with_it_is_refused(character: str, tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text(f'title = "a\\u{ord(character):04x}b"\nextends = "uitnamen-2017"\n', encoding="utf-8")
    with pytest.raises(InputError, match="cannot be seen"):
        read_scenario(file)


@every_unseen
def test_a_path_with_it_is_shown_with_a_mark(character: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = f"a{character}[31mb.toml"
    assert shown(Path(file)) == _("{file}", file=file) == "a�[31mb.toml"
    written = CliRunner().invoke(app, ["scenario", "new", file])
    again = CliRunner().invoke(app, ["scenario", "new", file])
    picture = CliRunner().invoke(app, ["run", file, "--map", f"{character}.pdf"])
    assert (written.exit_code, again.exit_code, picture.exit_code) == (0, 2, 2)
    for text in (written.stdout, again.stderr, picture.stderr):
        assert "�" in text and character not in text


@given(st.text())
def test_what_is_shown_has_the_length_it_had_and_nothing_unseen(text: str) -> None:
    assert len(visible(text)) == len(text) and not any(map(unseen, visible(text)))
    assert visible(visible(text)) == visible(text)
    assert "\n" not in on_one_line(text)


@pytest.mark.parametrize("text", ["'s-Gravenhage", "Súdwest-Fryslân", "€ 1.000,00", "two\nlines", "a\tb", "\u202f5 %"])
def test_what_is_seen_stays(text: str) -> None:
    assert visible(text) == text
