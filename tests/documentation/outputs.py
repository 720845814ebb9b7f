"""The outputs that a page shows, written anew; what a page leaves out stays out."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from gguplan.language import set_language
from tests.documentation.pages import language_of
from tests.documentation.session import Typed, pieces_of, play


def refreshed(page: Path) -> str:
    """The text of a page with the outputs of today."""
    markdown = page.read_text(encoding="utf-8")
    by_block: dict[tuple[int, int], list[Typed]] = {}
    for key in [name for name in os.environ if name.startswith("LC_")]:
        del os.environ[key]
    os.environ["LANG"] = {"nl": "nl_NL.UTF-8", "en": "en_GB.UTF-8"}[language_of(page)]
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        for typed in play(markdown):
            by_block.setdefault((typed.block.begin, typed.block.end), []).append(typed)
    set_language("en")
    for (begin, end), commands in sorted(by_block.items(), reverse=True):
        text = "".join(f"$ gguplan {command.command}\n{_shown(command)}" for command in commands)
        markdown = markdown[:begin] + text + markdown[end:]
    return markdown


def _shown(typed: Typed) -> str:
    text = typed.shown if typed.agrees else elided(typed.shown, typed.printed)
    return f"{text}\n" if text else ""


def elided(shown: str, printed: str) -> str:
    """What was said, with … where the page has it.

    The lines between two … are looked for where they are most alike, their digits last, and in the same order; the
    first stay at the beginning and the last at the end. Raises ValueError when the page shows more than was said.
    """
    lines = printed.splitlines()
    pieces = pieces_of(shown)
    if len(pieces) == 1:
        return printed
    alike = [_alike(piece, lines) for piece in pieces]
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for number, piece in enumerate(pieces[1:], start=1):
        end = {begin + len(pieces[number - 1]): path for begin, path in best.items()}
        last = number == len(pieces) - 1
        begins = [len(lines) - len(piece)] if last else range(len(lines) - len(piece) + 1)
        best = {}
        for begin in begins:
            before = [path_before for where, path_before in end.items() if where <= begin]
            if before:
                score, path = max(before, key=lambda scored: scored[0])
                best[begin] = (score + alike[number][begin], [*path, begin])
    if not best:
        raise ValueError("the page shows more lines than there are")
    _score, path = max(best.values(), key=lambda scored: scored[0])
    kept = ["\n".join(lines[begin : begin + len(piece)]) for begin, piece in zip(path, pieces, strict=True)]
    return "\n…\n".join(kept).strip("\n")


def _alike(piece: list[str], lines: list[str]) -> list[float]:
    """How alike a piece is to the lines from each line on."""
    room = len(lines) - len(piece) + 1
    if not piece or room < 1:
        return [0.0] * (len(lines) + 1)
    table = cdist(piece, lines, scorer=Indel.normalized_similarity)
    table = table + 3 * cdist(*map(_without_digits, (piece, lines)), scorer=Indel.normalized_similarity)
    return [float(np.trace(table[:, begin : begin + len(piece)])) for begin in range(room)]


def _without_digits(lines: list[str]) -> list[str]:
    return [re.sub(r"[0-9]", "0", line) for line in lines]
