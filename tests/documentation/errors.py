"""The page with every mistake that gguplan tells of, in each language, from the cases of the tests."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from gguplan.language import Language
from tests.documentation.pages import ROOT

_CASES: Final = ROOT / "tests" / "errors"

_OUTSIDE: Final = (
    r"opt-out|settlement|joins|^(everybody|outside|refund|(programme-)?group|threshold|(very-many-)?cascade)"
)

_GROUPS: Final = (
    ("Names and municipalities", "Namen en gemeenten", r"^(setting-)?municip|^estimate|^explain|^run-shows|^many-n"),
    ("What is set on the command line", "Wat op de opdrachtregel wordt gewijzigd", r"^(two-)?settings?-"),
    ("The inhabitants", "De inwoners", r"^cbs|^inhabitants|^reference-date|^date|^years?-"),
    ("Files that weights come from", "Bestanden met gewichten", r"^column"),
    ("Allocation keys", "Verdeelsleutels", r"allocation|bracket|fixed-amount|^applies-to"),
    ("Who stands outside", "Wie erbuiten staat", _OUTSIDE),
    ("The years ahead", "De jaren vooruit", r"^horizon"),
    ("Many variants", "Veel varianten", r"^sweep|^goal"),
    ("What is expected to come out", "Wat eruit moet komen", r"^expected"),
    ("What will be spent", "Wat er besteed wordt", r"^ledger-(has|lacks)|^running|^realisation"),
    ("Files that are written", "Bestanden die worden geschreven", r"^(out|chart|map|page|new)-"),
    ("The proposal", "Het voorstel", r"^proposal"),
    ("The record of a run", "De vastlegging van een berekening", r"^verify"),
    ("Amounts and rates", "Bedragen en tarieven", r"^(amount|rate|gross|budget|vat)"),
    ("Finding scenarios", "Scenario's vinden", r"^(scenario|extends|check|mistake-in|two-scen|more-than)"),
    ("What a scenario must say", "Wat een scenario moet zeggen", r"source|title|programme|ledger|without|^unknown-key"),
    ("How a file is written", "Hoe een bestand geschreven is", r""),
)  # fmt: skip
"""Groups of cases: the first whose pattern is found in the name of the case has it."""

_WORDS: Final[dict[Language, tuple[str, str, str]]] = {
    "en": (
        "Every mistake that gguplan tells of",
        "[Nederlands](errors.nl.md)",
        "Each of these is a test: the command runs on the file, and says this, to the letter. All mistakes in a file\n"
        "are told at once. Nothing is written, and the exit code is 2. Of a long file only the lines around the\n"
        "mistake are here.",
    ),
    "nl": (
        "Alle fouten die gguplan meldt",
        "[English](errors.en.md)",
        "Elk van deze fouten is een test: de opdracht leest het bestand en zegt letterlijk dit. Alle fouten in een\n"
        "bestand worden in één keer gemeld. Er wordt niets geschreven, en de exitcode is 2. Van een lang bestand\n"
        "staan hier alleen de regels rond de fout. De namen van de fouten zijn die van de tests, in het Engels.",
    ),
}

_LONGEST: Final = 14
_AROUND: Final = 3


def errors_page(language: Language) -> str:
    """The page ``reference/errors.<language>.md``."""
    title, link, introduction = _WORDS[language]
    by_group: dict[str, list[Path]] = {}
    for folder in sorted(file for file in _CASES.iterdir() if (file / "command").is_file()):
        english, dutch, _pattern = next(group for group in _GROUPS if re.search(group[2], folder.name))
        by_group.setdefault(dutch if language == "nl" else english, []).append(folder)
    lines = [f"# {title}", "", link, "", introduction]
    for english, dutch, _pattern in _GROUPS:
        group = dutch if language == "nl" else english
        lines += ["", f"## {group}"]
        for folder in by_group[group]:
            lines += ["", *_case(folder, language)]
    return "\n".join(lines) + "\n"


def _case(folder: Path, language: Language) -> list[str]:
    message = folder / f"expected.{language}.txt"
    message_shown = (
        (message if message.is_file() else folder / "expected.en.txt").read_text(encoding="utf-8").rstrip("\n")
    )
    command = (folder / "command").read_text(encoding="utf-8").strip()
    return [
        f"### {folder.name.replace('-', ' ')}",
        "",
        *_fenced("text", command),
        *_file(folder, message_shown),
        *_fenced("text", message_shown),
    ]


def _file(folder: Path, message: str) -> list[str]:
    """The file that the first place of the message is in: all of it, or the lines around that place."""
    place = re.match(r"([\w./-]+\.(toml|csv))(?::([0-9]+))?$", message.partition("\n")[0])
    if place is None or not (folder / place[1]).is_file():
        return []
    try:
        lines = (folder / place[1]).read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []
    if not all(line.isprintable() and len(line) <= 200 for line in lines):
        return []
    if len(lines) > _LONGEST:
        where = int(place[3] or 1) - 1
        begin, end = max(0, where - _AROUND), where + _AROUND + 1
        lines = [*(["…"] if begin else []), *lines[begin:end], *(["…"] if end < len(lines) else [])]
    return _fenced(place[2], "\n".join(lines)) if any(lines) else []


def _fenced(kind: str, text: str) -> list[str]:
    fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", text)), default=0))
    return [f"{fence}{kind}", text, fence]
