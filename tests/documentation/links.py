"""Links between pages: to a file that is there, and to a heading in it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from tests.documentation.pages import DOCS, without_blocks

_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]*)\)")


def dead_links(page: Path) -> list[str]:
    """The links of a page that lead nowhere, or from the site to what is not in it."""
    matches = _LINK.findall(re.sub(r"`[^`\n]*`", "", without_blocks(page.read_text(encoding="utf-8"))))
    return [link for link in matches if not _is_alive(page, link)]


def headings(page: Path) -> set[str]:
    """The anchors of the headings of a page."""
    text = without_blocks(page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", title).strip().lower()) for title in titles}


def _is_alive(page: Path, link: str) -> bool:
    name, _hash, anchor = link.partition("#")
    target = (page.parent / unquote(name)).resolve() if name else page
    if not target.exists() or (page.is_relative_to(DOCS) and not target.is_relative_to(DOCS)):
        return False
    return not anchor or (target.suffix == ".md" and anchor in headings(target))
