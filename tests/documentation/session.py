"""A page, played: its files are written and its commands are typed, in order, in one empty folder."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from gguplan.commands.cli import app
from tests.documentation.pages import Block, blocks


@dataclass(frozen=True)
class Typed:
    """A command of a console block, the output that the page shows, and what was really printed."""

    block: Block
    command: str
    shown: str
    printed: str

    @property
    def agrees(self) -> bool:
        """Whether the page shows what was printed; a line of only … stands for any lines."""
        first, *others = pieces_of(self.shown)
        lines = self.printed.splitlines()
        if not others:
            return first == lines
        *middle, last = others
        begin, end = len(first), len(lines) - len(last)
        if begin > end or lines[:begin] != first or lines[end:] != last:
            return False
        for piece in middle:
            places = range(begin, end - len(piece) + 1)
            position = next((place for place in places if lines[place : place + len(piece)] == piece), None)
            if position is None:
                return False
            begin = position + len(piece)
        return True


def pieces_of(shown: str) -> list[list[str]]:
    """The lines between the … of what is shown; one piece where there is none."""
    return [piece.strip("\n").splitlines() for piece in re.split(r"^…$", shown, flags=re.MULTILINE)]


def commands_of(block: Block) -> list[tuple[str, str]]:
    """Every ``$ gguplan …`` of a console block, with the output that is shown below it."""
    parts = [part.partition("\n") for part in re.split(r"^\$ gguplan ", block.text, flags=re.MULTILINE)[1:]]
    return [(command.strip(), _trimmed(shown)) for command, _newline, shown in parts]


def play(markdown: str) -> Iterator[Typed]:
    """Type every command of a page in the folder where we are, which is empty at first.

    A block with a title is a file of that name: it is written when its turn comes.
    """
    for block in blocks(markdown):
        if block.title is not None:
            Path(block.title).write_text(block.text, encoding="utf-8")
        elif block.kind == "console":
            for command, shown in commands_of(block):
                outcome = CliRunner().invoke(app, shlex.split(command))
                yield Typed(block, command, shown, _trimmed(outcome.stdout + outcome.stderr))


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
