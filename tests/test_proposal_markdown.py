"""Markdown of a programme in the paper: paragraphs and lists, and no word of it lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gguplan.reports.proposal.blocks import Items, Paragraph
from gguplan.reports.proposal.markdown import parts_of
from tests.papers import paper


def test_paragraphs_lists_emphasis_and_links() -> None:
    text = (
        "# Why\n\nOne **line** and\nthe `next`.\n- first\n  goes on\n- [second](https://example.org/a)\n\n"
        "1. one\n2. two\n"
    )
    assert parts_of(text) == [
        Paragraph("Why"),
        Paragraph("One line and the next."),
        Items(("first goes on", "second (https://example.org/a)")),
        Items(("one", "two"), numbered=True),
    ]
    assert parts_of("") == parts_of(" \n\n ") == []


@given(
    st.lists(st.sampled_from(["word", "- item", "1. step", "# head", "**bold** x", "", "  more", "=1+1"]), max_size=12)
)
def test_no_word_of_a_text_is_lost(lines: list[str]) -> None:
    parts = parts_of("\n".join(lines))
    shown = " ".join(part.text if isinstance(part, Paragraph) else " ".join(part.texts) for part in parts)  # type: ignore[union-attr]
    words = [word for line in lines for word in re.findall(r"word|item|step|head|bold|more|=1\+1", line)]
    assert re.findall(r"word|item|step|head|bold|more|=1\+1", shown) == words


@pytest.mark.usefixtures("undrawn")
def test_purpose_and_description_stand_with_what_the_budget_buys(tmp_path: Path) -> None:
    file = tmp_path / "doel.toml"
    file.write_text(
        'title = "Doel"\nyear = 2020\nreference_date = 2020-01-01\nsource = "invented"\n[programmes.a]\ntitle = "A"\n'
        'gross = "1000.00"\nvat = "none"\npurpose = "Veilig werken"\n'
        'description = "Gemeenten krijgen:\\n\\n- advies\\n- hulp bij <incidenten>"\n',
        encoding="utf-8",
    )
    written = paper(tmp_path, str(file))
    assert written.under("A") == "Veilig werken\nGemeenten krijgen:\nadvies\nhulp bij <incidenten>"
