"""Write what is written from the program: the reference pages, every output that a page shows, and where each message
of the catalogue stands: ``python -m tests.documentation [PAGE…]``."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.documentation.answers import SCHEMA, written_schema
from tests.documentation.catalogue import CATALOGUE, located_catalogue
from tests.documentation.outputs import refreshed
from tests.documentation.pages import DOCS, every_page, name_of
from tests.documentation.reference import reference_pages


def main() -> None:
    """Write what has changed of the pages that are named, or of all, and say which."""
    pages = [Path(argument).resolve() for argument in sys.argv[1:]]
    if not pages:
        _write(CATALOGUE, located_catalogue())
        for name, text in reference_pages().items():
            _write(DOCS / name, text)
        _write(DOCS / SCHEMA, written_schema())
    for page in pages or every_page():
        _write(page, refreshed(page))


def _write(page: Path, text: str) -> None:
    page.parent.mkdir(parents=True, exist_ok=True)
    if not page.is_file() or page.read_text(encoding="utf-8") != text:
        page.write_text(text, encoding="utf-8")
        print(name_of(page))


main()
