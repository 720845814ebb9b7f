"""What all pictures share: fonts, colours that also differ in grey, and numbers of the language.

Colours are of Okabe and Ito (Color Universal Design, 2008), which people who are colour-blind tell apart. Nothing is
told by colour alone: a direction, a dash, a hatch or a label says it too.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from gguplan.fund.municipalities import Population
from gguplan.language import _
from gguplan.wording.population import counter_in_words, inhabitants_line
from gguplan.wording.unbroken_amounts import whole

if TYPE_CHECKING:
    from gguplan.fund.fund_year import FundYear

Row = dict[str, Any]

MINUS: Final = "\N{MINUS SIGN}"
"""In a picture as in the paper around it."""

WIDTH: Final = 640
"""How wide a picture is about; a document shows it 16 cm wide, so that a unit is a quarter of a millimetre."""

FONT: Final = "'Liberation Sans', Arial, Helvetica, sans-serif"
"""vl-convert brings the first, so that a PNG is drawn with it everywhere; the second is as wide letter for letter."""

MORE: Final = "#E69F00"
LESS: Final = "#0072B2"
SAME: Final = "#BDBDBD"
INK: Final = "#222222"
SOFT: Final = "#595959"
GRID: Final = "#E3E3E3"
BAND: Final = "#C9E2F3"
ALARM: Final = "#D55E00"


# --- text in a picture -----------------------------------------------------------------------------


def clean(text: str, longest: int = 200) -> str:
    """Text from data as it may stand in a picture: on one line, without control characters, and not endless."""
    # Invisible characters turn the direction of text, or are not allowed in XML.
    seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    plain = " ".join(seen.split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


def wrapped(text: str, width: int, lines: int = 4) -> list[str]:
    """Text over lines of at most `width` characters, in which no amount is broken; what does not fit ends in an
    ellipsis."""
    return textwrap.wrap(whole(clean(text, width * lines)), width, max_lines=lines, placeholder=" …") or [""]


def source_note(populations: Iterable[Population], *sentences: str) -> str:
    """Where a picture's figures come from: whose inhabitants count, and what else must be known."""
    shown = tuple(populations)
    counts = dict.fromkeys(inhabitants_line(population) + "." for population in shown)
    return " ".join([*sentences, *counts, counters(shown)])


def counters(populations: Iterable[Population]) -> str:
    """Who counted the inhabitants, as a sentence."""
    names = dict.fromkeys(clean(counter_in_words(population.source), 100) for population in populations)
    return _("Inhabitants: {sources}.", sources="; ".join(names).rstrip("."))


def before_cascades(years: Iterable[FundYear]) -> list[str]:
    """That the amounts of a picture are those before the cascades of a scenario, where there are any."""
    if not any(year.acceptance for year in years):
        return []
    return [_("Cascades are not worked out in these amounts: see gguplan participation.")]


# --- the lines around a picture ---------------------------------------------------------------------


def lines_around(title: str, subtitle: str, note: str, width: int = WIDTH) -> tuple[list[str], list[str], list[str]]:
    """Title, subtitle and note in lines for a picture that is so wide."""
    in_lines = width / WIDTH
    return (
        wrapped(title, round(76 * in_lines), 2),
        wrapped(subtitle, round(96 * in_lines), 4) if subtitle else [],
        wrapped(note, round(116 * in_lines), 5),
    )
