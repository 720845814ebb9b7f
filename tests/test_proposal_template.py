"""A template of one's own: what it must have is told all at once, and nothing in it is executed or fetched."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from msgspec.structs import replace

from gguplan.findings import InputError
from gguplan.reports.proposal.word import package
from gguplan.reports.proposal.word.document import word_document
from gguplan.reports.proposal.word.house_style import shipped_template
from gguplan.reports.proposal.word.template import PARAGRAPH_STYLES, read_template, style_ids
from tests.papers import changed, small_paper

RELATIONS = "word/_rels/document.xml.rels"
SCHEMA = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def mistake_of(tmp_path: Path, content: bytes) -> str:
    """What is wrong with a template; empty when nothing is."""
    file = tmp_path / "sjabloon.docx"
    file.write_bytes(content)
    try:
        read_template(file)
    except InputError as error:
        return str(error)
    return ""


def with_relation(kind: str, target: str, part: str = RELATIONS) -> bytes:
    """The shipped template with an address outside it."""
    relation = (
        f'<Relationship Id="rId99" Type="{SCHEMA}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )
    return changed(shipped_template(), {}, {part: (b"</Relationships>", relation.encode())})


def with_paragraph(xml: str) -> bytes:
    """The shipped template with one more paragraph."""
    return changed(shipped_template(), {}, {"word/document.xml": (b"<w:sectPr", f"{xml}<w:sectPr".encode())})


def lines_of(made: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(made)).paragraphs]


# --- what it must have -------------------------------------------------------------------------------


def test_the_template_that_comes_with_gguplan_is_right_and_always_the_same(tmp_path: Path) -> None:
    assert mistake_of(tmp_path, shipped_template()) == ""
    first = shipped_template()
    shipped_template.cache_clear()
    assert shipped_template() == first
    assert lines_of(shipped_template()) == [
        "{{ titel }}",
        "{{ ondertitel }}",
        "{{ datum }}",
        "{{ inhoudsopgave }}",
        "{{ voorstel }}",
    ]


def test_everything_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    empty = io.BytesIO()
    Document().save(empty)
    mistake = mistake_of(tmp_path, empty.getvalue())
    assert (
        "These styles are missing in the template: toc 1, toc 2, voorstel tabeltekst, voorstel figuur, voorstel tabel."
        in mistake
    )
    assert "These places are missing in the template: {{ titel }}, {{ inhoudsopgave }} and {{ voorstel }}." in mistake


@pytest.mark.parametrize("style", PARAGRAPH_STYLES)
def test_a_style_is_found_by_the_name_that_word_keeps_whatever_its_id(style: str, tmp_path: Path) -> None:
    document = Document(io.BytesIO(shipped_template()))
    heading_style = next(
        candidate
        for candidate in document.styles.element.iter(qn("w:style"))
        if str(candidate.find(qn("w:name")).get(qn("w:val"))).lower() == style
    )
    heading_style.set(qn("w:styleId"), "Kop99")
    saved = io.BytesIO()
    document.save(saved)
    assert mistake_of(tmp_path, saved.getvalue()) == ""
    made = word_document(small_paper(), saved.getvalue())
    used = {style.get(qn("w:val")) for style in Document(io.BytesIO(made)).element.body.iter(qn("w:pStyle"))}
    assert ("Kop99" in used) == (style not in ("heading 2", "toc 2", "list bullet", "list number"))
    heading_style.find(qn("w:name")).set(qn("w:val"), "Anders")
    saved = io.BytesIO()
    document.save(saved)
    assert f"missing in the template: {style}." in mistake_of(tmp_path, saved.getvalue())


def test_a_place_that_word_cut_in_pieces_is_found_and_filled(tmp_path: Path) -> None:
    pieces = "".join(f"<w:r><w:t>{piece}</w:t></w:r>" for piece in ("Over {", "{ ti", "tel }", "} van {{datum}}!"))
    own = with_paragraph(f"<w:p>{pieces}</w:p>")
    assert mistake_of(tmp_path, own) == ""
    assert "Over Titel van 1 mei 2026!" in lines_of(word_document(small_paper(), own))


def test_places_in_headers_and_tables_are_filled() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{{ ondertitel }}</w:t></w:r></w:p></w:tc>"
    own = with_paragraph(f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>")
    made = Document(io.BytesIO(word_document(small_paper(), own)))
    assert made.sections[0].header.paragraphs[0].text == "Titel"
    assert made.tables[-1].cell(0, 0).text == "Onder"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (
            "<w:p><w:r><w:t>{{ voorstell }}</w:t></w:r></w:p>",
            "There is no place 'voorstell'.\n  Did you mean 'voorstel'?",
        ),
        (
            "<w:p><w:r><w:t>{{ voorstel }}</w:t></w:r></w:p>",
            "{{ voorstel }} must stand once, in a paragraph of its own.",
        ),
        ("<w:p><w:r><w:t>Zie {{ inhoudsopgave }}</w:t></w:r></w:p>", "{{ inhoudsopgave }} must stand once"),
        ("<w:p><w:r><w:t>{% for x in y %}</w:t></w:r></w:p>", "'{% for x in y %}' looks like a program"),
        ("<w:p><w:r><w:t>{{ ''.__class__.__mro__ }}</w:t></w:r></w:p>", "There is no place \"''.__class__.__mro__\"."),
    ],
)
def test_a_place_that_is_none_is_told_and_nothing_is_executed(xml: str, expected: str, tmp_path: Path) -> None:
    assert expected in mistake_of(tmp_path, with_paragraph(xml))


# --- what it must not have ---------------------------------------------------------------------------


def test_what_is_no_word_document_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("a.txt", "a")
    kind = (b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")
    workbook = changed(shipped_template(), {}, {"[Content_Types].xml": kind})
    half = shipped_template()[:2_000]
    for content in (b"", b"Beste secretaris,", b"PK\x03\x04", packed.getvalue(), workbook, half):
        assert "This is not a Word document that can be read." in mistake_of(tmp_path, content)


def test_a_word_template_file_is_not_a_document(tmp_path: Path) -> None:
    kind = (b"wordprocessingml.document.main", b"wordprocessingml.template.main")
    assert "Save the template in Word as" in mistake_of(
        tmp_path, changed(shipped_template(), {}, {"[Content_Types].xml": kind})
    )


def test_a_document_without_its_parts_is_refused(tmp_path: Path) -> None:
    for name in ("word/document.xml", "_rels/.rels", "[Content_Types].xml"):
        assert "not a Word document that can be read" in mistake_of(tmp_path, changed(shipped_template(), {name: None}))
    broken = changed(shipped_template(), {"word/document.xml": b"<w:document"})
    assert "not a Word document that can be read" in mistake_of(tmp_path, broken)


def test_entities_are_refused_before_they_are_read(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    for name in ("word/document.xml", "docProps/app.xml", RELATIONS):
        assert "not a Word document that can be read" in mistake_of(tmp_path, changed(shipped_template(), {name: bomb}))


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/activeX/activeX1.xml", "word/embeddings/oleObject1.bin"])
def test_macros_and_embedded_objects_are_refused(name: str, tmp_path: Path) -> None:
    mistake = mistake_of(tmp_path, changed(shipped_template(), {name: b"<x/>"}))
    assert f"other pieces that do something: {name}." in mistake


def test_a_document_with_macros_is_refused_by_its_kind(tmp_path: Path) -> None:
    kind = (b"officedocument.wordprocessingml.document.main", b"ms-word.document.macroEnabled.main")
    own = changed(shipped_template(), {}, {"[Content_Types].xml": (b"openxmlformats-" + kind[0], kind[1])})
    assert "macroEnabled" in mistake_of(tmp_path, own)


@pytest.mark.parametrize("kind", ["image", "oleObject", "frame", "subDocument", "aFChunk"])
def test_pieces_from_elsewhere_are_refused(kind: str, tmp_path: Path) -> None:
    mistake = mistake_of(tmp_path, with_relation(kind, "http://example.org/x"))
    assert f"This template takes a piece from elsewhere ({kind}): http://example.org/x" in mistake


def test_a_link_that_a_reader_clicks_may_stay(tmp_path: Path) -> None:
    assert mistake_of(tmp_path, with_relation("hyperlink", "https://vng.nl")) == ""


@pytest.mark.parametrize(
    "field",
    [
        "INCLUDEPICTURE http://example.org/x.png",
        "DDEAUTO cmd calc",
        ' includetext "C:\\\\x.docx"',
        "LINK Excel.Sheet.8 x",
    ],
)
def test_fields_that_fetch_or_start_something_are_refused(field: str, tmp_path: Path) -> None:
    text = field.replace('"', "&quot;")
    pieces = f"<w:r><w:instrText>{text[:4]}</w:instrText></w:r><w:r><w:instrText>{text[4:]}</w:instrText></w:r>"
    assert "a field that takes a piece from elsewhere" in mistake_of(tmp_path, with_paragraph(f"<w:p>{pieces}</w:p>"))
    simple = f'<w:p><w:fldSimple w:instr="{text}"/></w:p>'
    assert "a field that takes a piece from elsewhere" in mistake_of(tmp_path, with_paragraph(simple))


def test_the_template_of_the_template_is_not_fetched(tmp_path: Path) -> None:
    """Word notes in a document which template it was made from, and would look for it: that address is taken out."""
    relation = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships '
        'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{SCHEMA}/attachedTemplate" Target="http://example.org/x.dotm" TargetMode="External"/></Relationships>'
    )
    attached = f'<w:attachedTemplate xmlns:r="{SCHEMA}" r:id="rId1"/></w:settings>'.encode()
    own = changed(
        shipped_template(),
        {"word/_rels/settings.xml.rels": relation.encode()},
        {"word/settings.xml": (b"</w:settings>", attached)},
    )
    file = tmp_path / "sjabloon.docx"
    file.write_bytes(own)
    made = word_document(small_paper(), read_template(file))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert not [name for name in packed.namelist() if b"example.org" in packed.read(name)]
        assert b"attachedTemplate" not in packed.read("word/settings.xml")


def test_a_template_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_UNPACKED", 10_000_000)
    bomb = changed(shipped_template(), {"word/media/image1.png": bytes(11_000_000)})
    assert len(bomb) < 100_000
    assert "This template is too large: at most 20 MB, and 10 MB unpacked." in mistake_of(tmp_path, bomb)
    monkeypatch.setattr(package, "LARGEST_FILE", 10_000)
    assert "This template is too large" in mistake_of(tmp_path, shipped_template())


def test_a_file_that_states_less_than_it_unpacks_to_is_refused(tmp_path: Path) -> None:
    """The size in the package is a lie: 9 bytes for a file of ten megabytes."""
    bomb = changed(shipped_template(), {"word/media/image1.png": bytes(10_000_000)})
    lie = bomb.replace((10_000_000).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    assert lie != bomb
    assert "not a Word document that can be read" in mistake_of(tmp_path, lie)


def test_a_folder_or_nothing_is_no_template(tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "is-er-niet.docx", Path("a\0b")):
        with pytest.raises(InputError, match=r"There is no such file|This is a folder|cannot be read"):
            read_template(file)


def test_the_author_of_a_template_stays_and_its_dates_do_not(tmp_path: Path) -> None:
    document = Document(io.BytesIO(shipped_template()))
    document.core_properties.author = "Secretariaat"
    saved = io.BytesIO()
    document.save(saved)
    made = Document(io.BytesIO(word_document(small_paper(), saved.getvalue())))
    assert made.core_properties.author == "Secretariaat"
    assert made.core_properties.created is not None and made.core_properties.created.year == 2000


def test_an_embedded_file_is_found_by_its_kind_whatever_it_is_called(tmp_path: Path) -> None:
    relation = f'<Relationship Id="rId99" Type="{SCHEMA}/aFChunk" Target="gewoon.xml"/></Relationships>'.encode()
    own = changed(shipped_template(), {"word/gewoon.xml": b"<a/>"}, {RELATIONS: (b"</Relationships>", relation)})
    assert "other pieces that do something: gewoon.xml." in mistake_of(tmp_path, own)


def test_a_field_in_a_footnote_is_found(tmp_path: Path) -> None:
    note = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote><w:p><w:r>'
        "<w:instrText>INCLUDETEXT x</w:instrText></w:r></w:p></w:footnote></w:footnotes>"
    )
    own = changed(shipped_template(), {"word/footnotes.xml": note.encode()})
    assert "a field that takes a piece from elsewhere: INCLUDETEXT x" in mistake_of(tmp_path, own)


def test_the_font_of_a_house_style_is_chosen_once() -> None:
    """The paper takes the font of Normal ("Standaard") everywhere."""
    document = Document(io.BytesIO(shipped_template()))
    used = {style_ids(document)[name] for name in (*PARAGRAPH_STYLES, "title", "subtitle", "header", "footer")}
    naming_a_font = {
        str(style.get(qn("w:styleId")))
        for style in document.styles.element.iter(qn("w:style"))
        if list(style.iter(qn("w:rFonts")))
    }
    assert naming_a_font & used == set()
    assert document.styles["Normal"].font.name == "Arial"


def test_the_size_of_running_text_is_chosen_once_and_reaches_lists_and_contents() -> None:
    styles = Document(io.BytesIO(shipped_template())).styles
    for name in ("List Bullet", "List Number", "toc 1", "toc 2", "Voorstel figuur"):
        style = styles[name]
        assert (style.font.size, style.base_style.name) == (None, "Normal"), name


def test_the_contents_reach_the_right_margin_of_a_template_of_ones_own() -> None:
    document = Document(io.BytesIO(shipped_template()))
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(4)
    template = io.BytesIO()
    document.save(template)
    made = Document(io.BytesIO(word_document(small_paper(), template.getvalue(), pages=True)))
    for level in (1, 2):
        (tab,) = made.styles[f"toc {level}"].element.iter(qn("w:tab"))
        assert int(tab.get(qn("w:pos"))) == pytest.approx(13 * 567, abs=3)


def test_a_heading_stays_with_what_it_is_above_and_nothing_comes_after_the_last_table() -> None:
    parts = small_paper().parts
    paper = replace(small_paper(), parts=parts[:3])
    body = Document(io.BytesIO(word_document(paper, shipped_template()))).element.body
    *_before, last = body.iter(qn("w:p"))
    assert last.find(qn("w:pPr")).find(qn("w:spacing")).get(qn("w:line")) == "20"
    (heading,) = [
        paragraph
        for paragraph in body.iter(qn("w:p"))
        if any(str(mark.get(qn("w:name"))).startswith("_Toc") for mark in paragraph.iter(qn("w:bookmarkStart")))
    ]
    assert heading.find(qn("w:pPr")).find(qn("w:keepNext")) is not None
