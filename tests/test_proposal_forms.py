"""A paper as HTML and as Markdown: the same content, whatever a name holds, and nothing from elsewhere."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Proposal, Table, ToFillIn, see
from gguplan.reports.proposal.html.document import html_document
from gguplan.reports.proposal.paper_in_markdown import markdown_document
from gguplan.reports.proposal.word.document import word_document
from gguplan.reports.proposal.word.house_style import shipped_template
from tests.papers import gguplan, small_paper

NASTY = "</title><script>alert(1)</script> *a* _b_ [c](javascript:d) | `e` & <img src=x onerror=f> =1+1"


class Reader(HTMLParser):
    """The elements of a page with their attributes, and its text without style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def whole_paper(text: str) -> Proposal:
    """One of every part, with `text` wherever text stands."""
    return Proposal(
        title=text,
        subtitle=text,
        day=text,
        made_with=text,
        language="nl",
        parts=(
            Heading(1, text),
            Paragraph(f"{text} {see('bedragen')}"),
            ToFillIn(text),
            Items((text, text), numbered=True),
            Table("bedragen", text, (text, text), ((text, "€ 1,00"), ("Totaal", "-€ 1,00")), (50, 50), total=True),
            *small_paper().parts[-1:],
        ),
    )


def page_of(paper: Proposal) -> Reader:
    return Reader(html_document(paper).decode("utf-8"))


def test_a_page_says_what_it_is_to_who_does_not_see_it() -> None:
    page = page_of(whole_paper("Titel"))
    assert page.named("html") == [{"lang": "nl"}]
    assert [attributes["scope"] for attributes in page.named("th")] == ["col", "col", "row", "row"]
    assert page.named("img")[0]["alt"] == "Wat te zien is"
    assert [tag for tag, _attributes in page.elements if re.fullmatch("h[1-6]", tag)] == ["h1", "h2", "h2"]
    anchors = {attributes["id"] for _tag, attributes in page.elements if "id" in attributes}
    links = [str(attributes["href"])[1:] for attributes in page.named("a")]
    assert len(links) == 3 and set(links) <= anchors
    assert page.open == []


def test_a_page_fetches_and_runs_nothing() -> None:
    page = page_of(whole_paper(NASTY))
    assert page.named("script") == []
    assert all(str(attributes["src"]).startswith("data:image/png;base64,") for attributes in page.named("img"))
    assert all(str(attributes["href"]).startswith("#") for attributes in page.named("a"))
    policy = next(row["content"] for row in page.named("meta") if row.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and policy.startswith("default-src 'none'")
    assert not any(name.startswith("on") for _tag, attributes in page.elements for name in attributes)


@given(text=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60))
def test_any_text_is_text_in_html(text: str) -> None:
    page = page_of(whole_paper(text))
    tags = [tag for tag, _attributes in page.elements]
    assert tags == [tag for tag, _attributes in page_of(whole_paper("a")).elements]
    assert page.named("meta")[-1]["content"] == text


def test_amounts_do_not_break_in_html() -> None:
    assert "\N{MINUS SIGN}€\N{NO-BREAK SPACE}1,00" in html_document(whole_paper("a")).decode("utf-8")


@given(text=st.text(st.sampled_from("ab1 .-+*_`~#|<>[]()!&\\={}:;"), min_size=1, max_size=40).filter(str.strip))
def test_any_text_is_text_in_markdown(text: str) -> None:
    read = MarkdownIt("commonmark").enable("table")
    kinds = [token.type for token in read.parse(markdown_document(whole_paper(text)).decode("utf-8"))]
    assert kinds == [token.type for token in read.parse(markdown_document(whole_paper("a")).decode("utf-8"))]
    inline = [
        child.type
        for token in read.parse(markdown_document(whole_paper(text)).decode("utf-8"))
        for child in token.children or ()
    ]
    assert set(inline) <= {"text", "text_special", "strong_open", "strong_close"}


def test_markdown_has_every_part() -> None:
    made = markdown_document(whole_paper("Tekst")).decode("utf-8")
    assert made.startswith("# Tekst\n\nTekst\n\nTekst\n\n## Tekst\n\nTekst Tabel 1\n\n**\\[In te vullen: Tekst\\]**")
    assert "1. Tekst\n2. Tekst" in made
    assert "| **Totaal** | **\\-€ 1,00** |" in made
    assert "**Figuur 1. Plaatje**\n\nWat te zien is" in made


@pytest.mark.parametrize("name", ["voorstel.html", "voorstel.md"])
def test_a_paper_is_written_again_by_verify(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    outcome = gguplan("proposal", "half-fonds-ggu", "-o", str(file))
    assert outcome.exit_code == 0, outcome.output
    assert gguplan("verify", str(file)).exit_code == 0


def test_a_template_shapes_only_word_and_pdf(tmp_path: Path) -> None:
    template = tmp_path / "huisstijl.docx"
    gguplan("proposal", "--new-template", str(template))
    words = ["--template", str(template), "-o", str(tmp_path / "voorstel.md"), "--lang", "en"]
    outcome = gguplan("proposal", "half-fonds-ggu", *words)
    assert outcome.exit_code == 2
    assert "A template shapes a Word document or a PDF, not this." in outcome.stderr


def test_what_introduces_a_list_stays_with_it_in_word() -> None:
    parts = (Heading(1, "Kop"), Paragraph("Dit staat gepland:"), Items(("a", "b")), Paragraph("Los"), Paragraph("Los"))
    paper = replace(whole_paper("Titel"), parts=parts)
    document = Document(io.BytesIO(word_document(paper, shipped_template())))
    keeps = {
        paragraph.text: paragraph.paragraph_format.keep_with_next
        for paragraph in document.paragraphs
        if paragraph.text in ("Dit staat gepland:", "Los")
    }
    assert keeps == {"Dit staat gepland:": True, "Los": None}
