"""How wide the columns of a table must be, so that no amount and no word of a heading is broken in it.

Which font a reader has is not known here, so letters are measured a little too wide: as Verdana, or for fonts that are
known to be narrower as Arial.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from gguplan.reports.proposal.blocks import Table

SMALLEST: Final = 6.0
"""No text in a table gets smaller than so many points: then it is put into several tables."""

_STEP: Final = 0.5
_TWENTIETHS: Final = 20
_WORDS_AT_MOST: Final = 0.3
_BOLD: Final = 1.12
_ARIAL: Final = 0.88
_AS_ARIAL: Final = frozenset(
    {"arial", "helvetica", "liberation sans", "calibri", "carlito", "times new roman", "liberation serif", "cambria"}
)
_NARROW: Final = frozenset(" \N{NO-BREAK SPACE}.,:;'’|!ijlItfr()[]/-")
_WIDE: Final = frozenset("mwMW%+−–@")


class TextLook(Struct, frozen=True):
    """Text in a table: its size in points, its font (empty: not known), and what a cell leaves free on both sides
    together, in twentieths of a point."""

    points: float
    font: str
    padding: int

    def width(self, text: str, points: float) -> int:
        """How wide a bold text is at most at a size, in twentieths of a point."""
        letters = sum(_width_of(letter) for letter in text)
        narrower = _ARIAL if self.font.casefold() in _AS_ARIAL else 1.0
        return int(letters * narrower * _BOLD * points * _TWENTIETHS) + 1


def _width_of(letter: str) -> float:
    """How wide a letter is in Verdana, as a part of the size of the text."""
    if letter in _NARROW:
        return 0.46
    return 1.0 if letter in _WIDE else 0.72 if letter.isupper() else 0.65


class Columns(Struct, frozen=True):
    """Some columns of a table beside each other: which they are, how wide in twentieths of a point, and the size of
    their text in points."""

    places: tuple[int, ...]
    widths: tuple[int, ...]
    points: float


def columns_of(table: Table, width: int, look: TextLook) -> tuple[Columns, ...]:
    """The columns of a table on a page of this width (in twentieths of a point).

    The text gets smaller where it must; where that is not enough, the columns come in several tables, each with the
    first column.
    """
    every_column = tuple(range(len(table.headings)))
    sizes = [look.points]
    while sizes[-1] - _STEP >= SMALLEST:
        sizes.append(sizes[-1] - _STEP)
    for points in sizes:
        least = least_widths(table, points, width, look)
        if sum(least) <= width:
            return (Columns(every_column, _spread(table, every_column, least, width), points),)
    least = least_widths(table, sizes[-1], width, look)
    groups: list[list[int]] = []
    for place in every_column[1:]:
        if not groups or least[0] + sum(least[place_before] for place_before in groups[-1]) + least[place] > width:
            groups.append([])
        groups[-1].append(place)
    pieces = []
    for group in groups:
        needed = [least[place] for place in group]
        # On a very narrow page the words of the first column are broken before an amount is.
        first = min(least[0], max(width - sum(needed), width // 10))
        places = (0, *group)
        pieces.append(Columns(places, _spread(table, places, [first, *needed], width), sizes[-1]))
    return tuple(pieces)


def least_widths(table: Table, points: float, width: int, look: TextLook) -> list[int]:
    """How wide each column is at least, so that nothing in it is broken; columns of words may break long words."""
    least = []
    for column, heading in enumerate(table.headings):
        if column < table.words:
            texts = [heading, *(row[column] for row in table.rows)]
            longest = max((look.width(word, points) for text in texts for word in text.split()), default=0)
            least.append(min(longest + look.padding, int(width * _WORDS_AT_MOST)))
            continue
        pieces = [*heading.split(), *(row[column] for row in table.rows)]
        least.append(max((look.width(piece, points) for piece in pieces), default=0) + look.padding)
    return least


def _spread(table: Table, places: Sequence[int], least: Sequence[int], width: int) -> tuple[int, ...]:
    """What is left of the page goes to the columns that are meant to be wider than they must be."""
    share = sum(table.widths[place] for place in places)
    meant = [width * table.widths[place] // share for place in places]
    room = [max(0, wish - needed) for wish, needed in zip(meant, least, strict=True)]
    left, wanted = max(0, width - sum(least)), sum(room)
    if not wanted:
        return tuple(least)
    return tuple(needed + left * more // wanted for needed, more in zip(least, room, strict=True))
