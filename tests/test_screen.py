"""What a window of 80 columns shows: numbers whole, words whole, lines that break between words."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from gguplan.reports.terminal.console import console, table
from gguplan.reports.terminal.wrapping import between_words

AMOUNTS = ["€ 74.399.827,62", "€ 75.187.410,82", "€ 787.583,20", "€ 0,0461"]
HEADINGS = ["Wie", "gemeenten", "uitgangssituatie", "scenario", "effect", "per inwoner"]


def shown(made: Any, width: int) -> list[str]:
    out = Console(file=io.StringIO(), width=width, markup=False, highlight=False)
    out.print(made, crop=False)
    assert isinstance(out.file, io.StringIO)
    return [line.rstrip() for line in out.file.getvalue().splitlines()]


def test_a_wide_table_fits_80_columns_by_its_headings_and_the_space_between_columns() -> None:
    lines = shown(table(HEADINGS, [["betalen meer", "388", *AMOUNTS]]), 80)
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["per"]
    assert lines[1].split() == [*HEADINGS[:-1], "inwoner"]
    assert lines[3] == "betalen meer       388  € 74.399.827,62 € 75.187.410,82 € 787.583,20 € 0,0461"


def test_a_table_that_fits_keeps_its_headings_on_one_line() -> None:
    lines = shown(table(HEADINGS, [["betalen meer", "388", *AMOUNTS]]), 100)
    assert lines[0].startswith("Wie            gemeenten   uitgangssituatie")


def test_a_name_that_is_to_be_copied_stays_whole() -> None:
    rows = [["grote-steden-verlaten-de-hulplijn", "Wat als de grote steden de hulplijn verlaten", "x", "2017"]]
    lines = shown(table(["Naam", "Titel", "Bouwt voort op", "Jaar"], rows, words=3), 80)
    assert any(line.startswith("grote-steden-verlaten-de-hulplijn ") for line in lines)


@given(
    words=st.lists(st.text("abc -", max_size=60), min_size=1, max_size=3),
    amounts=st.lists(st.integers(0, 10**13), max_size=7),
    width=st.integers(20, 120),
)
def test_no_digit_is_ever_cut_off(words: list[str], amounts: list[int], width: int) -> None:
    row = [*words, *(f"€{amount:,}" for amount in amounts)]
    lines = shown(table([f"kolom {place}" for place in range(len(row))], [row], words=len(words)), width)
    text = "\n".join(lines)
    assert all(cell in text for cell in row[len(words) :])
    assert sorted("".join(words).replace(" ", "")) == sorted(
        letter for line in lines[2:] for letter in line if letter in "abc-"
    ) or not any(word.strip() for word in words)


def test_lines_break_between_words_and_under_where_they_began() -> None:
    assert between_words("  Bedoelt u Borne of Hoorn?", 16) == "  Bedoelt u\n  Borne of\n  Hoorn?"
    assert between_words("• een twee drie", 10) == "• een twee\n  drie"


@pytest.mark.parametrize("line", ["   14 | municipalities = ['a']", "De som: gguplan explain GM1509 --scenario x"])
def test_a_line_of_a_file_and_a_command_to_copy_stay_whole(line: str) -> None:
    assert between_words(line, 20) == line


def test_a_sentence_is_one_line_in_a_pipe_and_more_on_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    class Window(io.StringIO):
        def isatty(self) -> bool:
            return True

    sentence = "Hiervan komt volgend jaar niets terug: geen onderdeel geeft terug wat het niet uitgeeft."
    monkeypatch.setenv("COLUMNS", "50")
    for stream, lines in ((io.StringIO(), 1), (Window(), 2)):
        monkeypatch.setattr(sys, "stdout", stream)
        console().print(sentence, soft_wrap=True)
        assert stream.getvalue().count("\n") == lines
