"""The site that is built from the documentation; needs the extra ``docs``."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import pytest

from tests.documentation.pages import DOCS, ROOT

pytestmark = pytest.mark.skipif(find_spec("zensical") is None, reason='the site needs pip install -e ".[docs]"')

FETCHED: Final = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "object": "data"}
"""What a browser fetches by itself, and where its address stands."""


class Page(HTMLParser):
    """What a page fetches, what it links to, and the anchors that are in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.anchors |= {anchor for anchor in (attributes.get("id"), attributes.get("name")) if anchor}
        if address := attributes.get(FETCHED.get(tag, "")):
            self.fetched.append(address)
        if tag == "a" and (address := attributes.get("href")):
            self.links.append(address)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("clone")
    shutil.copytree(DOCS, root / "docs")
    shutil.copy(ROOT / "zensical.toml", root)
    built = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"], cwd=root, capture_output=True, text=True, timeout=300
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return root / "site"


def test_every_page_is_built(site: Path) -> None:
    pages = {page.relative_to(DOCS).with_suffix(".html") for page in DOCS.rglob("*.md")}
    assert pages <= {page.relative_to(site) for page in site.rglob("*.html")}


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        for address in Page(page.read_text(encoding="utf-8")).fetched:
            assert not urlsplit(address).netloc, (page.name, address)
    for style in site.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert not re.search(r"""url\(["']?(https?:)?//|@import""", text), style.name


def test_every_link_and_picture_is_there(site: Path) -> None:
    pages = {page: Page(page.read_text(encoding="utf-8")) for page in site.rglob("*.html") if page.name != "404.html"}
    for page, parsed in pages.items():
        for address in parsed.fetched + parsed.links:
            parts = urlsplit(address)
            if parts.scheme in ("http", "https", "data", "javascript"):
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), (page.name, address)
            if parts.fragment and target in pages:
                assert unquote(parts.fragment) in pages[target].anchors, (page.name, address)
