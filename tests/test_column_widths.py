"""Columns of a table in the paper: no amount is ever broken, at any margin and in any size of text."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO

import pytest
from docx import Document
from docx.shared import Cm
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gguplan.findings import Place
from gguplan.language import Language, written_in
from gguplan.reports.proposal.blocks import Heading, Table
from gguplan.reports.proposal.word.column_widths import SMALLEST, TextLook, columns_of, least_widths
from gguplan.reports.proposal.word.document import word_document
from gguplan.reports.proposal.word.house_style import FONT, shipped_template
from gguplan.reports.proposal.word.office import office
from gguplan.reports.proposal.word.pdf import pdf_of
from gguplan.wording.amounts import format_euros
from gguplan.wording.unbroken_amounts import in_a_line, whole
from tests.papers import small_paper

LANGUAGES: tuple[Language, ...] = ("nl", "en")
AMOUNTS = st.integers(-(10**13), 10**13)
A_CENTIMETRE = 567


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of up to nine columns of amounts."""
    columns, rows = draw(st.integers(1, 9)), draw(st.integers(1, 4))
    with written_in(draw(st.sampled_from(LANGUAGES))):
        amounts = [[format_euros(draw(AMOUNTS)) for _column in range(columns)] for _row in range(rows)]
    headings = ("Onderdeel", *["uitgangssituatie"] * columns)
    return Table("t", "T", headings, tuple(("Een onderdeel", *row) for row in amounts), (30, *[10] * columns))


@given(
    table=tables(),
    centimetres=st.integers(7, 40),
    look=st.builds(TextLook, st.sampled_from([6.0, 8.0, 10.0, 12.0]), st.sampled_from(["", FONT]), st.just(140)),
)
def test_every_amount_has_the_room_that_it_needs(table: Table, centimetres: int, look: TextLook) -> None:
    width = centimetres * A_CENTIMETRE
    pieces = columns_of(table, width, look)
    assert [place for columns in pieces for place in columns.places if place] == list(range(1, len(table.headings)))
    for columns in pieces:
        assert columns.places[0] == 0
        assert SMALLEST <= columns.points <= look.points
        assert sum(columns.widths) <= width
        least = least_widths(table, columns.points, width, look)
        assert all(
            given_width >= least[place]
            for place, given_width in zip(columns.places, columns.widths, strict=True)
            if place
        )
    if len(pieces) > 1:
        assert sum(least_widths(table, SMALLEST, width, look)) > width


def test_an_amount_has_no_place_where_a_line_may_end() -> None:
    assert whole("-€ 1.234,50 (-3 %)") == "−€\N{NO-BREAK SPACE}1.234,50 (−3\N{NO-BREAK SPACE}%)"
    assert whole("-€1,234.50") == "−€1,234.50"
    assert in_a_line("-€1,234.50 of +€ 1") == "−\N{WORD JOINER}€1,234.50 of +\N{WORD JOINER}€\N{NO-BREAK SPACE}1"
    assert whole("2016-2017 en e-mail") == "2016-2017 en e-mail"


@pytest.mark.skipif(office() is None or not shutil.which("pdftotext"), reason="LibreOffice or pdftotext is not there")
@pytest.mark.usefixtures("pdfs_by_the_open_office")
@pytest.mark.parametrize(("margin", "font"), [(2.5, "Arial"), (6.0, "DejaVu Sans")])
def test_in_libreoffice_every_amount_stands_on_one_line(margin: float, font: str) -> None:
    """The balance of a large fund has nine columns; on the narrower page it becomes several tables."""
    document = Document(BytesIO(shipped_template()))
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(margin)
    for style in document.styles:
        if getattr(style, "font", None) is not None:
            style.font.name = font
    template = BytesIO()
    document.save(template)
    with written_in("nl"):
        amounts = [format_euros(sign * (45_173_000_00 + place)) for place in range(9) for sign in (1, -1)]
    rows = (("2027", *amounts[:9]), ("2028", *amounts[9:]))
    headings = ("Jaar", *["teruggegeven"] * 9)
    table = Table("breed", "Breed", headings, rows, (7, *[13] * 9))
    paper = replace(small_paper(), parts=(Heading(1, "Saldo"), table))
    made = pdf_of(word_document(paper, template.getvalue()), Place("voorstel.pdf"))
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True)
    shown = done.stdout.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert [amount for amount in amounts if whole(amount).replace("\N{NO-BREAK SPACE}", " ") not in shown] == []
    assert "teruggegeven" in shown
