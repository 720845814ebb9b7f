"""Labels above a chart, on lines to what they name."""

from __future__ import annotations

from gguplan.reports.charts.look import Row
from gguplan.reports.charts.text_widths import text_width


def place_labels(named: list[Row], count: int, width: int) -> None:
    """Give each label a side that stays in the chart, and a row in which it touches no other and no line crosses it."""
    for row in named:
        wide = text_width(row["label"], bold=row["asked"])
        at = (row["rank"] - 0.5) / count * width
        side = "left" if at + wide <= width else "right"
        start = at if side == "left" else at - wide
        row.update({"side": side, "at": at, "span": (start - 6, start + wide + 6)})
    placed: list[Row] = []
    # From the edges inwards: the line of a label that comes later then starts below those that came before.
    left, right = ([row for row in named if row["side"] == side] for side in ("left", "right"))
    for row in [*left, *reversed(right)]:
        free = (number for number in range(len(named)) if not any(_touches(row, number, label) for label in placed))
        # Where no row is free a line crosses a label: that is better than two labels over each other.
        row["row"] = next(free, 1 + max((label["row"] for label in placed), default=-1))
        placed.append(row)
    for row in named:
        del row["at"], row["span"]


def _touches(row: Row, number: int, label: Row) -> bool:
    """Whether a label in row `number` would touch another, or one of their lines the other's label."""
    (start, end), (first, last) = row["span"], label["span"]
    if number == label["row"]:
        return bool(start < last and first < end)
    upper_at, below = (row["at"], (first, last)) if number < label["row"] else (label["at"], (start, end))
    return bool(below[0] + 6 < upper_at < below[1] - 6)
