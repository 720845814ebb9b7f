"""The pages of the documentation, and the fenced blocks in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent.parent
README: Final = ROOT / "README.md"
DOCS: Final = ROOT / "docs"

_FENCE: Final = re.compile(
    r'^```(?P<kind>\w*)(?: title="(?P<title>[^"/]+)")?\n(?P<text>.*?)^```$', flags=re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, its text, where its text stands, and as which file it is shown, if any."""

    kind: str
    title: str | None
    text: str
    begin: int
    end: int


def every_page() -> list[Path]:
    """The README and all pages of the documentation."""
    return [README, *sorted(DOCS.rglob("*.md"))]


def name_of(page: Path) -> str:
    """A page as people name it: its path in the repository."""
    return page.relative_to(ROOT).as_posix()


def language_of(page: Path) -> str:
    """A page that ends in ``.nl.md`` is for a computer that is set to Dutch."""
    return "nl" if page.name.endswith(".nl.md") else "en"


def blocks(markdown: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [
        Block(match["kind"], match["title"], match["text"], match.start("text"), match.end("text"))
        for match in _FENCE.finditer(markdown)
    ]


def without_blocks(markdown: str) -> str:
    """The page without its fenced blocks."""
    return re.sub(r"^(`{3,}).*?^\1$", "", markdown, flags=re.DOTALL | re.MULTILINE)
