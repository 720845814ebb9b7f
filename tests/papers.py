"""Papers as ``gguplan proposal`` writes them, with pictures of one pixel because those are quick."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.reports.proposal.blocks import Heading, Paragraph, Picture, Proposal, Table
from tests.pictures import PIXEL


@dataclass(frozen=True)
class Paper:
    """One run of the command: what is in the paper, and the file."""

    shown: dict[str, Any]
    file: bytes

    @property
    def word(self) -> Word:
        """The file as python-docx reads it."""
        return Document(io.BytesIO(self.file))

    @property
    def text(self) -> str:
        """All running text and lists."""
        parts = [*self.shown["parts"]]
        return "\n".join(part.get("paragraph", "") or "\n".join(part.get("items", [])) for part in parts)

    def table(self, key: str) -> list[list[str]]:
        """The rows of one table."""
        return next(list(part["rows"]) for part in self.shown["parts"] if part.get("table") == key)

    def under(self, heading: str) -> str:
        """The text of one section."""
        texts: list[str] = []
        level = 0
        for part in self.shown["parts"]:
            if "heading" in part:
                begins = part["heading"] == heading
                level = part["level"] if begins else level if part["level"] > level > 0 else 0
            elif level:
                texts.append(part.get("paragraph", "") or "\n".join(part.get("items", [])))
        return "\n".join(filter(None, texts))


def gguplan(*words: str) -> Result:
    """The command as a user types it."""
    return CliRunner().invoke(app, list(words))


def paper(folder: Path, *words: str) -> Paper:
    """Write a paper and read it again."""
    file = folder / "voorstel.docx"
    outcome = gguplan("proposal", *words, "-o", str(file), "--force", "--json")
    assert outcome.exit_code == 0, (outcome.stderr, outcome.exception)
    written = Paper(json.loads(outcome.stdout), file.read_bytes())
    assert jargon_in(written) == []
    return written


_JARGON: Final = re.compile(r"gguplan|\bseeds?\b|\bdraws?\b|trekking|\brows?\b|\brijen\b|standaardfout|standard error")


def jargon_in(written: Paper) -> list[str]:
    """What only who redoes the sums has use for, before the annexes."""
    texts = [
        text
        for part in takewhile(lambda part: not part.get("heading", "").startswith(_ANNEX), written.shown["parts"])
        for text in (*part.get("items", []), *(part.get(name, "") for name in ("heading", "paragraph", "caption")))
    ]
    return [text for text in texts if _JARGON.search(text)]


_ANNEX: Final = ("Bijlage: ", "Annex: ")


def small_paper(**changes: str) -> Proposal:
    """A paper with one of everything."""
    fields = {
        "title": "Titel",
        "subtitle": "Onder",
        "day": "1 mei 2026",
        "made_with": "toets",
        "text": "Tekst",
    } | changes
    return Proposal(
        title=fields["title"],
        subtitle=fields["subtitle"],
        day=fields["day"],
        made_with=fields["made_with"],
        language="nl",
        parts=(
            Heading(1, "Een"),
            Paragraph(fields["text"]),
            Table(
                "bedragen",
                "Bedragen",
                ("Gemeente", "bedrag"),
                (("A", "€ 1,00"), ("Totaal", "€ 1,00")),
                (50, 50),
                total=True,
            ),
            Picture("plaatje", "Plaatje", "Wat te zien is", lambda _resolution: PIXEL),
        ),
    )


def rows_of(word: Word) -> list[list[list[str]]]:
    """The cells of every table as text, a minus as it is typed; quicker than python-docx goes through them."""
    return [
        [
            [
                "".join(text.text or "" for text in cell.iter(qn("w:t"))).replace("−", "-")
                for cell in row.iter(qn("w:tc"))
            ]
            for row in table.iter(qn("w:tr"))
        ]
        for table in word.element.body.iter(qn("w:tbl"))
    ]


def changed(
    packed: bytes, changes: dict[str, bytes | None], replace: dict[str, tuple[bytes, bytes]] | None = None
) -> bytes:
    """A Word file with some of the files in it replaced, added, or (None) taken out; or with bytes in them replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content: bytes | None = changes.get(name, source.read(name))
            if content is not None and replace and name in replace:
                assert replace[name][0] in content, (name, replace[name][0])
                content = content.replace(*replace[name])
            if content is not None:
                target.writestr(name, content)
        for name, content in changes.items():
            if content is not None and name not in source.namelist():
                target.writestr(name, content)
    return made.getvalue()
