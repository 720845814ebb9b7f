"""What may stand in a text that is shown: one rule, for a title, a name of a file and an argument of a command."""

from __future__ import annotations

import json
import sys
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


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems take no name that is no text")
def test_a_name_that_is_no_text_or_has_lines_is_one_word_in_what_is_shown_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a\udcffb.toml", "a\nb.toml"):
        Path(name).write_text('title = "T"\nextends = "uitnamen-2017"\n', encoding="utf-8")
        for words in (["run", name, "--out", "uit"], ["verify", "uit"], ["scenario", "check", name]):
            outcome = CliRunner().invoke(app, [*words, *(["--force"] if words[0] == "run" else [])])
            assert outcome.exit_code == 0, outcome.output
        assert outcome.stdout == "a�b.toml is right.\n"
        assert json.loads(Path("uit", "run.json").read_text(encoding="utf-8"))["scenarios"][0]["name"] == "a_b.toml"
        assert shown(Path(name)) == "a�b.toml"


@given(st.text())
def test_what_is_shown_has_the_length_it_had_and_nothing_unseen(text: str) -> None:
    assert len(visible(text)) == len(text) and not any(map(unseen, visible(text)))
    assert visible(visible(text)) == visible(text)
    assert "\n" not in on_one_line(text)


@pytest.mark.parametrize("text", ["'s-Gravenhage", "Súdwest-Fryslân", "€ 1.000,00", "two\nlines", "a\tb", "\u202f5 %"])
def test_what_is_seen_stays(text: str) -> None:
    assert visible(text) == text
