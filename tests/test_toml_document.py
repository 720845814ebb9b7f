"""A TOML file keeps the place of every key and value, however it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gguplan.findings import InputError, Place
from gguplan.inputs.toml_document import KeyPath, TomlDocument, parse_toml, read_toml


def _document(text: str) -> TomlDocument:
    return parse_toml(text, "file.toml", Path())


def _marked(place: Place) -> str:
    """The characters that a place marks."""
    assert place.excerpt is not None and place.column is not None
    return place.excerpt[place.column - 1 : place.column - 1 + place.length]


WRITTEN: list[tuple[str, KeyPath, int, str]] = [
    ('a = "x"', ("a",), 1, '"x"'),
    ("# comment\n\na = 5  # five", ("a",), 3, "5"),
    ('a = ["x", "y"]  # a list', ("a", 1), 1, '"y"'),
    ("a = { b = 1, c = { d = 2 } }", ("a", "c", "d"), 1, "2"),
    ("a = [1, [2, 3]]", ("a", 1, 0), 1, "2"),
    ('a = [\n  "x",\n  # not an item\n  "y", # an item\n]', ("a", 1), 4, '"y"'),
    ("a = [{ b = 1 }, { b = 2 }]", ("a", 1, "b"), 1, "2"),
    ("a.b.c = 1", ("a", "b", "c"), 1, "1"),
    ("[a.b]\nc.d = 1", ("a", "b", "c", "d"), 2, "1"),
    ('"a b" = 1', ("a b",), 1, "1"),
    ("[\"a.b\"]\n'c d' = 1", ("a.b", "c d"), 2, "1"),
    ('"\\u00e9" = 1', ("é",), 1, "1"),
    ("[[a]]\nb = 1\n[[a]]\nb = 2", ("a", 1, "b"), 4, "2"),
    ("[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2", ("a", 1, "b", "c"), 6, "2"),
    ("[[a]]\n[[a.b]]\nc = 1\n[[a.b]]\nc = 2", ("a", 0, "b", 1, "c"), 5, "2"),
    ('"é" = "Súdwest-Fryslân"', ("é",), 1, '"Súdwest-Fryslân"'),
    ('a = ["Súdwest-Fryslân", "Zwolle"]', ("a", 1), 1, '"Zwolle"'),
    ('a = "\U0001f3e0", b = 1'.replace(", b", "\nb"), ("b",), 2, "1"),
    ('\ta = "x"', ("a",), 1, '"x"'),
    ('a = """\none\ntwo"""\nb = 1', ("b",), 4, "1"),
    ('a = "one\u2028still the same line"\nb = 1', ("b",), 2, "1"),
    ("a = 2017-01-01", ("a",), 1, "2017-01-01"),
    ("[a.b]", ("a", "b"), 1, "a.b"),
]


@pytest.mark.parametrize(("text", "path", "line", "marked"), WRITTEN, ids=range(len(WRITTEN)))
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_value_is_found_at_its_line_and_column(text: str, path: KeyPath, line: int, marked: str, line_end: str) -> None:
    place = _document(text.replace("\n", line_end)).place(path)
    assert (place.line, _marked(place)) == (line, marked)


@pytest.mark.parametrize(
    ("text", "path", "marked"),
    [
        ("gros = 1", ("gros",), "gros"),
        ("a = { gros = 1 }", ("a", "gros"), "gros"),
        ("[a]\n'gros budget' = 1", ("a", "gros budget"), "'gros budget'"),
        ("[a.gros]", ("a", "gros"), "a.gros"),
        ("a.gros = 1", ("a", "gros"), "a.gros"),
    ],
)
def test_key_is_found_apart_from_its_value(text: str, path: KeyPath, marked: str) -> None:
    assert _marked(_document(text).key_place(path)) == marked


def test_what_is_missing_is_placed_at_the_table_that_would_hold_it() -> None:
    document = _document('[programmes.a]\ntitle = "A"\nallocation = { key = "column" }\n')
    assert document.place(("programmes", "a", "vat")).line == 1
    assert _marked(document.place(("programmes", "a", "allocation", "file"))) == '{ key = "column" }'
    assert document.place(("title",)) == Place("file.toml")


def test_value_over_several_lines_is_marked_on_its_first() -> None:
    assert _marked(_document('a = [\n  "x",\n]').place(("a",))) == "["


def test_byte_order_mark_takes_no_place(tmp_path: Path) -> None:
    file = tmp_path / "file.toml"
    file.write_bytes(b'\xef\xbb\xbfa = "x"\n')
    document = read_toml(file)
    assert document.data == {"a": "x"}
    assert document.place(("a",)).column == 5


def test_excerpt_never_steers_the_screen() -> None:
    with pytest.raises(InputError) as error:
        _document('a = "\x1b[2J"')
    assert "\x1b" not in str(error.value)
    reordered = _document('a = "\u202egnp.exe"').place(("a",))
    assert reordered.excerpt == 'a = "\ufffdgnp.exe"'
    assert _marked(reordered) == '"\ufffdgnp.exe"'


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 5_000, "a." * 5_000 + "b = 1", "a = " + "{ a = " * 400 + "1" + "}" * 400]
)
def test_depth_is_an_error_and_not_a_crash(text: str) -> None:
    with pytest.raises(InputError):
        _document(text)


_keys = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="'"), max_size=5)


@given(st.lists(_keys, min_size=1, max_size=8, unique=True))
def test_every_value_of_every_key_is_found(keys: list[str]) -> None:
    document = _document("".join(f"'{key}' = {{ '{key}' = [0, {at}] }}\n" for at, key in enumerate(keys)))
    for at, key in enumerate(keys):
        place = document.place((key, key, 1))
        assert (place.line, _marked(place)) == (at + 1, str(at))
        assert document.key_place((key,)).column == 1


@given(st.text(st.sampled_from("a.=[]{}\"'\\#1-:, \n\té"), max_size=60))
def test_any_text_is_a_document_or_an_input_error(text: str) -> None:
    try:
        document = _document(text)
    except InputError as error:
        assert all(finding.what and finding.remedy for finding in error.findings)
    else:
        assert all(1 <= line <= len(document.lines) for line, _column, _length in document.spans.values())
