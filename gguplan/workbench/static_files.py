"""What the page fetches besides itself: its style, its script and its icon, held in memory under fixed names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

_PAGE_SCRIPTS: Final = ("start", "numbers", "search")
"""The scripts of the page of `gguplan page` that the workbench takes over."""
_SCRIPTS: Final = ("places", "focus", "typed", "fields", "map", "acts", "save", "long", "again", "begin")
_ICON: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" fill="#154273"/>'
    b'<path d="M3 13V8h2v5zm4 0V3h2v10zm4 0V6h2v7z" fill="#fff"/></svg>'
)


@cache
def static_files() -> dict[str, tuple[str, bytes]]:
    """The kind of content and the content of each path."""
    style = _source("gguplan.reports.page", "page.css") + _source("gguplan.workbench", "workbench.css")
    sources = [_source("gguplan.reports.page", f"script/{name}.js") for name in _PAGE_SCRIPTS]
    sources += [_source("gguplan.workbench", f"script/{name}.js") for name in _SCRIPTS]
    # The search calls what the acts define: one function around them all.
    script = f"(function () {{\n'use strict';\n{''.join(sources)}}}());\n"
    return {
        "/static/workbench.css": ("text/css; charset=utf-8", style.encode()),
        "/static/workbench.js": ("text/javascript; charset=utf-8", script.encode()),
        "/static/icon.svg": ("image/svg+xml", _ICON),
    }


def _source(package: str, name: str) -> str:
    return (files(package) / name).read_text(encoding="utf-8")
