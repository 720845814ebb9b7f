"""Read ``ledger_data/indicators.csv``: the volumes and prices that the reports print.

The value is never written apart from its print, and the print must stand in the sentence beside it. A number that is
printed as a word ("zeven") is read as well.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Final

from msgspec.structs import asdict

from gguplan.findings import Findings, Place
from gguplan.fund.indicators import Indicator, PrintedIndicator
from gguplan.inputs.ledger.rows import read_rows
from gguplan.inputs.written_amounts import parse_dutch
from gguplan.language import _
from gguplan.shipped import shown

_NUMBER_WORDS: Final = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")


def read_indicators(file: Path, findings: Findings) -> list[Indicator]:
    """The indicators in a file, with every mistake in it as a finding."""
    indicators = [_indicator_of(row) for row in read_rows(file, PrintedIndicator, findings)]
    titles: dict[tuple[str, str], str] = {}
    in_use: set[tuple[str, str, int, str]] = set()
    name = shown(file)
    for line, row in enumerate(indicators, start=2):
        place = Place(name, line, excerpt=f"{row.programme},{row.year},{row.indicator}")
        if row.printed not in row.sentence:
            findings.add(
                place,
                _("{printed!r} does not stand in its sentence.", printed=row.printed),
                _("Write the figure as the sentence prints it, and the sentence word for word."),
            )
        if titles.setdefault((row.programme, row.indicator), row.title) != row.title:
            findings.add(
                place,
                _("{indicator!r} of this programme has another title in a row above.", indicator=row.indicator),
                _("Give it the same title, or another name."),
            )
        if row.costed and row.kind != "volume":
            findings.add(
                place,
                _("Only a volume has a cost per unit."),
                _("Write no in the column costed, or volume as its kind."),
            )
        figure = (row.programme, row.indicator, row.year, row.period)
        if row.used and figure in in_use:
            findings.add(
                place,
                _("A second reading of this figure is marked as used."),
                _("Mark one of them, and say why in its remark."),
            )
        if row.used:
            in_use.add(figure)
    return indicators


def _indicator_of(row: PrintedIndicator) -> Indicator:
    word = row.printed.casefold()
    number = Decimal(_NUMBER_WORDS.index(word)) if word in _NUMBER_WORDS else parse_dutch(row.printed)
    return Indicator(**asdict(row), value=number)
