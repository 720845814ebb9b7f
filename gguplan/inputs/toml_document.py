"""A TOML file as data, with the line and column at which every key and value stands."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.misread_values import misread, value_in
from gguplan.inputs.standard_input import STANDARD_INPUT, read_standard_input
from gguplan.language import _
from gguplan.shipped import shown
from gguplan.visible_text import visible

KeyPath = tuple[str | int, ...]

LARGEST_FILE: Final = 1_000_000
"""Bytes of the largest TOML file that is read."""

_DEEPEST: Final = 20
_SHORT: Final = 50_000
_KEPT: Final = 64
"""Of so many short texts it is remembered where everything stands: what others extend is read again and again."""
_LONGEST_EXCERPT: Final = 300
_BYTE_ORDER_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")

_NO_KEY: Final = re.compile(
    r"""\"{3}(?:\\.|[^\\])*?(?:\"{3,5}|\Z)|'{3}.*?(?:'{3,5}|\Z)|"(?:\\[^\n]|[^"\\\n])*+"?|'[^'\n]*+'?|\#[^\n]*+""",
    re.DOTALL,
)
"""Texts and comments: there a point parts nothing."""

_LONG_KEY: Final = re.compile(rf"""(?<![A-Za-z0-9_"-])(?:[A-Za-z0-9_"-]++[ \t]*+\.[ \t]*+){{{_DEEPEST},}}""")

Span = tuple[int, int, int]
"""Line, column and length, from 1, in characters."""


class TomlDocument(Struct, frozen=True):
    """One file: its data, its lines, and where each path of keys (and list indices) stands in it.

    `spans` are of the values (of a table, its header), `key_spans` of the keys before them.
    """

    name: str
    folder: Path
    data: dict[str, Any]
    lines: tuple[str, ...]
    spans: dict[KeyPath, Span]
    key_spans: dict[KeyPath, Span]
    sha256: str = ""
    """Of the bytes of the file, in hexadecimal digits."""

    def place(self, path: KeyPath) -> Place:
        """Where the value at `path` stands, or else the nearest table that would hold it."""
        for depth in range(len(path), 0, -1):
            if path[:depth] in self.spans:
                return self._at(self.spans[path[:depth]])
        return Place(self.name)

    def key_place(self, path: KeyPath) -> Place:
        """Where the key at the end of `path` stands."""
        return self._at(self.key_spans[path]) if path in self.key_spans else self.place(path)

    def _at(self, span: Span) -> Place:
        line, column, length = span
        return Place(self.name, line, column, length, visible(self.lines[line - 1][:_LONGEST_EXCERPT]))


def read_toml(file: Path) -> TomlDocument:
    """Read a TOML file, or standard input for `STANDARD_INPUT`.

    Raises InputError when it cannot be read, is too large, or is not TOML.
    """
    name = _("standard input") if file == STANDARD_INPUT else shown(file)
    try:
        if file == STANDARD_INPUT:
            raw = read_standard_input(LARGEST_FILE + 1)
        else:
            with file.open("rb") as source:
                raw = source.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise _error(
            Place(name),
            _("This file cannot be read: {problem}.", problem=problem.strerror),
            _("Check its name and whether you may read it."),
        ) from problem
    if len(raw) > LARGEST_FILE:
        raise _error(
            Place(name),
            _("This file is larger than a megabyte."),
            _("A scenario is a short text: check that this is the right file."),
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise InputError([_encoding_finding(name, raw, problem.start)]) from None
    if not text.strip():
        raise _error(
            Place(name), _("This file is empty."), _("Start from a working scenario: gguplan scenario new FILE")
        )
    return replace(parse_toml(text, name, file.parent), sha256=hashlib.sha256(raw).hexdigest())


def parse_toml(text: str, name: str, folder: Path) -> TomlDocument:
    """Parse TOML text that stands in `folder` under `name`. Raises InputError when it is not TOML."""
    # TOML takes only \n and \r\n as ends of lines, so splitlines() would miscount.
    lines = tuple(line.removesuffix("\r") for line in text.split("\n"))
    if keys_too_deep(text):
        raise _too_deep(name)
    try:
        data = tomllib.loads(text)
        spans, key_spans = _spans_kept(text) if len(text) <= _SHORT else _spans(text)
    except ValueError as problem:
        raise InputError([_syntax_finding(str(problem), name, lines)]) from None
    except RecursionError:
        raise _too_deep(name) from None
    if any(len(path) > _DEEPEST for path in spans):
        raise _too_deep(name)
    return TomlDocument(name, folder, data, lines, spans, key_spans)


def keys_too_deep(text: str) -> bool:
    """Whether TOML text has a key of very many parts, a.a.a.…, over which a reader of TOML would take for ever."""
    return _LONG_KEY.search(_NO_KEY.sub('""', text)) is not None


def _too_deep(name: str) -> InputError:
    return _error(
        Place(name),
        _("The tables or lists in this file are nested too deep."),
        _("Write them as flat as in: gguplan scenario new FILE"),
    )


def _error(place: Place, what: str, remedy: str) -> InputError:
    return InputError([Finding(place, what, remedy)])


def _encoding_finding(name: str, raw: bytes, wrong: int) -> Finding:
    """Bytes that are not UTF-8 from the place `wrong` on: another encoding, or no text at all."""
    if b"\0" in raw and not raw.startswith(_BYTE_ORDER_MARKS):
        return Finding(
            Place(name),
            _("This file is not text: is it a workbook or a document?"),
            _("Start from a working scenario: gguplan scenario new FILE"),
        )
    what, remedy = _("This file is not in UTF-8."), _("Save it as UTF-8 (in Notepad: Save as, Encoding).")
    if raw.startswith(_BYTE_ORDER_MARKS):
        return Finding(Place(name), what, remedy)
    start = raw.rfind(b"\n", 0, wrong) + 1
    before = raw[start:wrong].decode("utf-8-sig")
    after = raw[wrong:].split(b"\n")[0].decode("cp1252", errors="replace").rstrip("\r")
    line = raw.count(b"\n", 0, wrong) + 1
    return Finding(Place(name, line, len(before) + 1, 1, visible(before + after)), what, remedy)


def _syntax_finding(problem: str, name: str, lines: tuple[str, ...]) -> Finding:
    """What tomllib finds, at its place, in words for somebody who never saw TOML."""
    if problem.startswith("Exceeds the limit"):
        remedy = _("Look for it and write it shorter.")
        return Finding(Place(name), _("A number in this file has more digits than can be read."), remedy)
    position = re.search(r" \(at line (\d+), column (\d+)\)$", problem)
    line = int(position[1]) if position else max(at for at, text in enumerate(lines, start=1) if text.strip())
    text = visible(lines[line - 1])
    column = min(int(position[2]) if position else len(text), max(1, len(text)))
    if problem.startswith(("Cannot overwrite", "Cannot declare", "Duplicate", "Cannot mutate")):
        # tomllib points behind the second one, and not at what is the same.
        whole = len(text) - len(text.lstrip())
        return Finding(
            Place(name, line, whole + 1, len(text.strip()), text),
            _("This key or table stands in this file a second time."),
            _("Keep one of the two."),
        )
    value = value_in(text)
    if value is not None and column >= value[0] and (misreading := misread(value[1])) is not None:
        return Finding(Place(name, line, value[0], len(value[1]), text), *misreading)
    return Finding(
        Place(name, line, column, 1, text),
        in_plain_words(problem),
        _("Text stands between quotes, a list between [ ], a date is written 2017-01-01, a table starts with [name]."),
    )


def in_plain_words(problem: str) -> str:
    """A message of tomllib as a sentence for somebody who never saw TOML."""
    plain = re.sub(r" \(at .*\)$", "", problem)
    known = {
        "Invalid value": _("What stands here is no text between quotes, number, date or list."),
        "Expected '=' after a key": _("After the name of a key an = is expected."),
        "Expected newline or end of document": _("Something stands after the value, where the line should end."),
        "Expected ']'": _("A ] is missing after the name of the table."),
        "Unclosed array": _("A list is not closed: its ] is missing."),
        "Unclosed inline table": _("A table is not closed: its } is missing."),
        "Unterminated string": _("A text is not closed: its quotation mark is missing."),
        "Illegal character '\\n'": _("A text is not closed: its quotation mark is missing."),
        "Illegal character": _("Here stands a character that cannot be seen."),
        "Invalid statement": _("This line is no key with a value, and no name of a table."),
        "Invalid initial character for a key": _("The name of a key is missing or is not right."),
        "Unescaped '\\'": _("A \\ in a text means something else: write \\\\, or use single quotes."),
        "Invalid date or datetime": _("This date does not exist."),
    }
    beginning = next((start for start in known if plain.startswith(start)), None)
    return known[beginning] if beginning else _("This is not TOML: {problem}.", problem=plain[:200])


def _columns(text: str) -> Callable[[int, int], int]:
    """The column, in characters from 1, of a byte in a row, both from 0; each row is gone through once at most."""
    lines = text.split("\n")
    columns: dict[int, list[int]] = {}

    def column(row: int, byte: int) -> int:
        line = lines[row]
        if line.isascii():
            return byte + 1
        if row not in columns:
            columns[row] = [at for at, letter in enumerate(line, start=1) for _byte in letter.encode()] + [
                len(line) + 1
            ]
        return columns[row][byte]

    return column


def _unquoted(key: str) -> str:
    """What a key between quotes is called."""
    return next(iter(tomllib.loads(f"{key} = 0"))) if "\\" in key else key[1:-1]


def _spans(text: str) -> tuple[dict[KeyPath, Span], dict[KeyPath, Span]]:
    """Where the value at each path stands, or the header of a table; and where its key stands."""
    import tree_sitter_toml
    from tree_sitter import Language, Node, Parser

    source = text.encode()
    column = _columns(text)
    spans: dict[KeyPath, Span] = {}
    key_spans: dict[KeyPath, Span] = {}
    counts: dict[KeyPath, int] = {}

    def span(node: Node) -> Span:
        row = node.start_point.row
        first_line = source[node.start_byte : node.end_byte].split(b"\n")[0].decode(errors="replace")
        return row + 1, column(row, node.start_point.column), max(1, len(first_line.rstrip()))

    def note(path: KeyPath, node: Node) -> None:
        spans.setdefault(path, span(node))

    def keys(node: Node) -> KeyPath:
        parts: list[str | int] = []
        for part in [node] if node.type != "dotted_key" else node.named_children:
            if part.type == "dotted_key":
                parts.extend(keys(part))
                continue
            written = source[part.start_byte : part.end_byte].decode(errors="replace")
            parts.append(_unquoted(written) if part.type == "quoted_key" else written)
        return tuple(parts)

    def value(path: KeyPath, node: Node) -> None:
        note(path, node)
        if node.type == "inline_table":
            pairs(path, node)
        elif node.type == "array":
            for index, item in enumerate(child for child in node.named_children if child.type != "comment"):
                value((*path, index), item)

    def pairs(path: KeyPath, node: Node) -> None:
        for pair in node.named_children:
            if pair.type == "pair":
                key, item = [part for part in pair.named_children if part.type != "comment"][:2]
                full = (*path, *keys(key))
                key_spans.setdefault(full, span(key))
                for depth in range(len(path) + 1, len(full)):
                    spans.setdefault(full[:depth], span(key))
                value(full, item)

    def in_list(path: KeyPath) -> KeyPath:
        """A header names the last element of a list of tables without its index."""
        full: KeyPath = ()
        for part in path:
            full = (*full, part)
            if full in counts:
                full = (*full, counts[full])
        return full

    headers: list[tuple[KeyPath, Span]] = []
    tree = Parser(Language(tree_sitter_toml.language())).parse(source)
    pairs((), tree.root_node)
    for table in tree.root_node.named_children:
        if table.type in ("table", "table_array_element"):
            header = table.named_children[0]
            path = keys(header)
            if table.type == "table_array_element":
                parent = (*in_list(path[:-1]), path[-1])
                counts[parent] = counts.get(parent, -1) + 1
                path = (*parent, counts[parent])
            else:
                path = in_list(path)
            note(path, header)
            pairs(path, table)
            headers.append((path, span(header)))
    for path, at in headers:  # A table that is only named before another one begins with that header.
        for depth in range(1, len(path)):
            spans.setdefault(path[:depth], at)
            key_spans.setdefault(path[:depth], at)
    return spans, key_spans


_spans_kept = lru_cache(maxsize=_KEPT)(_spans)
