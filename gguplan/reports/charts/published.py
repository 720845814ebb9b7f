"""What was realised of each budget, as the reports publish them, as a chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gguplan.language import _
from gguplan.model.published import PublishedLine
from gguplan.reports.charts.axes import Axis, euro_axis
from gguplan.reports.charts.drawing import Picture, picture
from gguplan.reports.charts.look import INK, Row, clean
from gguplan.reports.charts.marks import Bars, Scale, Strokes
from gguplan.reports.charts.panel import Panel
from gguplan.wording.amounts import format_about

_WIDTH: Final = 420
_BAR: Final = 16
_NAME: Final = 60
_HALF_BLUE: Final = "#80B8D8"


def published_chart(lines: Sequence[PublishedLine], title: str) -> Picture:
    """A bar for what was realised of each programme in each year, and a line where its budget lies."""
    with_budget = [line for line in lines if line.net is not None]
    largest: dict[str, int] = {}
    for line in with_budget:
        largest[line.programme.programme] = max(largest.get(line.programme.programme, 0), line.net or 0)
    rows = [
        _row(line)
        for line in sorted(
            with_budget,
            key=lambda line: (-largest[line.programme.programme], line.programme.programme, line.year),
        )
    ]
    sentences = [
        _("{name}: realised {realised} of {budget}.", name=row["name"], realised=row["shown"], budget=row["budget"])
        for row in rows
    ]
    note = _("A budget without a bar has no realised amount that can be read.")
    if any(line.provisional for line in with_budget):
        note += " " + _("* Provisional: the account was still to come, and may change it.")
    return picture(
        [_bars(rows)],
        title,
        _("Realised, and the budget as a line; without VAT"),
        note,
        [f"{clean(title)}.", *sentences],
    )


def _row(line: PublishedLine) -> Row:
    return {
        "name": clean(f"{line.year} {line.programme.title}{'*' if line.provisional else ''}"),
        "net": (line.net or 0) / 100,
        "realised": None if line.realised is None else line.realised / 100,
        "shown": "–" if line.realised is None else format_about(line.realised, 1),
        "budget": format_about(line.net or 0, 1),
    }


def _bars(rows: list[Row]) -> Panel:
    largest = max([1.0, *(row["net"] for row in rows), *(row["realised"] or 0 for row in rows)])
    half = 0.42
    middles = [place + 0.5 for place in range(len(rows))]
    realised = tuple(
        (0.0, row["realised"], at - half, at + half)
        for at, row in zip(middles, rows, strict=True)
        if row["realised"] is not None
    )
    budgets = tuple(((row["net"], at - half), (row["net"], at + half)) for at, row in zip(middles, rows, strict=True))
    names = tuple((at, clean(row["name"], _NAME)) for at, row in zip(middles, rows, strict=True))
    return Panel(
        Scale(0, largest, _WIDTH),
        Scale(0, len(rows), _BAR * len(rows)),
        (Bars(realised, _HALF_BLUE), Strokes(budgets, INK, 2)),
        euro_axis(_("realised"), 0, largest),
        Axis("", names, grid=False),
    )
