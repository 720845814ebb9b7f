"""A TOML file as data, with the line and column at which every key and value stands."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gguplan.inputs.findings import Finding, InputError, Place
from gguplan.inputs.shipped import shown
from gguplan.language import _

KeyPath = tuple[str | int, ...]

LARGEST_FILE: Final = 1_000_000
"""Bytes of the largest TOML file that is read."""

_DEEPEST: Final = 20


@dataclass(frozen=True)
class TomlDocument:
    """One file: its data, its lines, and where each path of keys (and list indices) stands in it."""

    name: str
    folder: Path
    data: dict[str, Any]
    lines: tuple[str, ...]
    spans: dict[KeyPath, tuple[int, int, int]]

    def place(self, path: KeyPath) -> Place:
        """Where the value at `path` stands, or else the nearest table that would hold it."""
        for depth in range(len(path), 0, -1):
            if path[:depth] in self.spans:
                line, column, length = self.spans[path[:depth]]
                return Place(self.name, line, column, length, self.lines[line - 1])
        return Place(self.name)


def read_toml(file: Path) -> TomlDocument:
    """Read a TOML file. Raises InputError when it cannot be read, is too large, or is not TOML."""
    name = shown(file)
    try:
        if file.is_file() and file.stat().st_size > LARGEST_FILE:
            raise _error(Place(name), _("This file is larger than a megabyte."),
                         _("A scenario is a short text: check that this is the right file."))
        raw = file.read_bytes()
    except OSError as problem:
        raise _error(Place(name), _("This file cannot be read: {problem}.", problem=problem.strerror),
                     _("Check its name and whether you may read it.")) from problem
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise _error(Place(name, line), _("This file is not in UTF-8."),
                     _("Save it as UTF-8 (in Notepad: Save as, Encoding).")) from problem
    if not text.strip():
        raise _error(Place(name), _("This file is empty."),
                     _("Start from a working one: gguplan scenario new FILE"))
    return parse_toml(text, name, file.parent)


def parse_toml(text: str, name: str, folder: Path) -> TomlDocument:
    """Parse TOML text that stands in `folder` under `name`. Raises InputError when it is not TOML."""
    # TOML takes only \n and \r\n as ends of lines, so splitlines() would miscount.
    lines = tuple(line.removesuffix("\r") for line in text.split("\n"))
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise InputError([_syntax_finding(problem, name, lines)]) from None
    spans = _spans(text)
    if any(len(path) > _DEEPEST for path in spans):
        raise _error(Place(name), _("The tables in this file are nested too deep."), _("Write them flat."))
    return TomlDocument(name, folder, data, lines, spans)


def _error(place: Place, what: str, remedy: str) -> InputError:
    return InputError([Finding(place, what, remedy)])


def _syntax_finding(problem: Exception, name: str, lines: tuple[str, ...]) -> Finding:
    import re

    message = str(problem)
    found = re.search(r"^(.*?) \(at line (\d+), column (\d+)\)$", message, re.DOTALL)
    line, column = (int(found[2]), int(found[3])) if found else (len(lines), 1)
    what = found[1] if found else message
    place = Place(name, line, column, 1, lines[line - 1] if line <= len(lines) else None)
    if what.startswith(("Cannot overwrite", "Cannot declare", "Duplicate", "Cannot mutate")):
        return Finding(place, _("This key stands here a second time."), _("Keep one of the two."))
    return Finding(place, _("This is not TOML: {problem}.", problem=what[:200]),
                   _("Text stands between quotes, a list between [ ], a table starts with [name]."))


def _spans(text: str) -> dict[KeyPath, tuple[int, int, int]]:
    """Line, column and length (from 1, in characters) of the value at each path, or of a table's header."""
    import tree_sitter_toml
    from tree_sitter import Language, Node, Parser

    source = text.encode()
    starts = [0]
    for line in source.split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    spans: dict[KeyPath, tuple[int, int, int]] = {}
    counts: dict[KeyPath, int] = {}

    def note(path: KeyPath, node: Node) -> None:
        row, end = node.start_point.row, node.end_point.row
        before = source[starts[row] : node.start_byte].decode(errors="replace")
        shown_text = source[node.start_byte : node.end_byte].decode(errors="replace").split("\n")[0]
        spans.setdefault(path, (row + 1, len(before) + 1, max(1, len(shown_text.rstrip())) if end >= row else 1))

    def keys(node: Node) -> KeyPath:
        parts: list[str | int] = []
        for part in [node] if node.type != "dotted_key" else node.named_children:
            if part.type == "dotted_key":
                parts.extend(keys(part))
                continue
            written = source[part.start_byte : part.end_byte].decode(errors="replace")
            parts.append(next(iter(tomllib.loads(f"{written} = 0"))) if part.type == "quoted_key" else written)
        return tuple(parts)

    def value(path: KeyPath, node: Node) -> None:
        note(path, node)
        if node.type == "inline_table":
            pairs(path, node)
        elif node.type == "array":
            for index, item in enumerate(one for one in node.named_children if one.type != "comment"):
                value((*path, index), item)

    def pairs(path: KeyPath, node: Node) -> None:
        for pair in node.named_children:
            if pair.type == "pair":
                key, item = pair.named_children[0], pair.named_children[-1]
                value((*path, *keys(key)), item)

    def in_list(path: KeyPath) -> KeyPath:
        """A header names the last element of a list of tables without its index."""
        full: KeyPath = ()
        for part in path:
            full = (*full, part)
            if full in counts:
                full = (*full, counts[full])
        return full

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
    return spans
