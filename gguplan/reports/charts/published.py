"""What was realised of each budget, as the reports publish them, as a chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from gguplan.language import _
from gguplan.model.published import PublishedLine
from gguplan.reports.charts.drawing import Picture
from gguplan.reports.charts.look import INK, LESS, Row, clean, data, euro_axis, picture
from gguplan.wording.amounts import format_about

_WIDTH: Final = 420
_BAR: Final = 16


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


def _bars(rows: list[Row]) -> Any:
    import altair as alt

    names = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=320))
    base = alt.Chart(data(rows)).encode(y=names).properties(width=_WIDTH, height=alt.Step(_BAR))
    largest = max([1.0, *(row["net"] for row in rows), *(row["realised"] or 0 for row in rows)])
    bars = base.mark_bar(color=LESS, opacity=0.5).encode(
        x=alt.X("realised:Q", axis=euro_axis(_("realised"), 0, largest))
    )
    ticks = base.mark_tick(color=INK, thickness=2, size=_BAR - 2).encode(x="net:Q")
    return bars + ticks
