"""What will be spent of each programme, and what is left over of the fund, as a chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, floor
from typing import Final, Literal

from msgspec.structs import replace

from gguplan.language import _
from gguplan.model.spending import CHANCES, Spending
from gguplan.reports.beside_a_forecast import rounding_unit
from gguplan.reports.charts.axes import euro_axis, percent_axis, round_marks, with_zero
from gguplan.reports.charts.drawing import Picture, picture
from gguplan.reports.charts.look import INK, LESS, SOFT, Row, clean, wrapped
from gguplan.reports.charts.marks import Anchor, Dots, Mark, Point, Scale, Shape, Strokes, Words
from gguplan.reports.charts.panel import Panel
from gguplan.reports.terminal.forecast import history_line
from gguplan.wording.amounts import format_about
from gguplan.wording.rounded_amounts import about, formatted_to, rounded_to
from gguplan.wording.underspend import rule_in_words
from gguplan.wording.whole_sentences import whole_sentence

_LOW, _HIGH = CHANCES.index(0.1), CHANCES.index(0.9)
_WIDTH: Final = 250
_ROW: Final = 24
_ROW_OF_TWO: Final = 28
_NAME: Final = 36
_WIDEST: Final = 2.0
"""The share of a budget beyond which an interval is cut off: one programme must not press all others together."""

_Side = Literal["low", "high"]
_SIDES: Final[Mapping[_Side, tuple[Shape, float]]] = {
    "low": ("triangle-left", -_WIDEST),
    "high": ("triangle-right", _WIDEST),
}
"""The ends of an interval, each with the arrow for one that goes on outside the chart, and where the chart ends."""


def spending_chart(spending: Spending, title: str) -> Picture:
    """What is expected to be spent of each net budget, with its 80 % interval, and what is left over by its rule."""
    rows, below = _programmes(spending), _underspends(spending)
    return picture(
        [_ratios(rows), _left_over(below)],
        title,
        _what_the_line_holds(),
        _notes(spending, rows),
        [f"{clean(title)}.", *_ratio_sentences(rows), *_left_over_sentences(below)],
    )


def programmes_chart(spending: Spending, title: str) -> Picture:
    """What is expected to be spent of each net budget, with its 80 % interval: the upper half of `spending_chart`."""
    rows = _programmes(spending)
    words = [f"{clean(title)}.", *_ratio_sentences(rows)]
    return picture([_ratios(rows)], title, _what_the_line_holds(), _notes(spending, rows), words)


def programmes_in_words(spending: Spending) -> str:
    """What is expected to be spent of each net budget, as `programmes_chart` says it to who does not see it."""
    return " ".join([f"{_what_the_line_holds()}.", *map(whole_sentence, _ratio_sentences(_programmes(spending)))])


def left_over_in_words(spending: Spending) -> str:
    """What is left over by each rule, as `left_over_chart` says it to who does not see it."""
    return " ".join([f"{_what_is_left()}.", *map(whole_sentence, _left_over_sentences(_underspends(spending)))])


def left_over_chart(spending: Spending, title: str) -> Picture:
    """What is left over by the rule for it, with its 80 % interval: the lower half of `spending_chart`."""
    rows = _underspends(spending)
    words = [f"{clean(title)}.", *_left_over_sentences(rows)]
    return picture([_left_over(rows)], title, _what_is_left(), f"{history_line(spending)}.", words)


def _what_the_line_holds() -> str:
    return _("What is expected to be spent; the line holds it in eight of ten cases")


def _what_is_left() -> str:
    return _("What is expected to be left over; the line holds it in eight of ten cases")


def _ratio_sentences(rows: list[Row]) -> list[str]:
    total = rows[-1]
    sentences = [
        _(
            "All programmes together: {ratio} % of {budget}, with 80 % certainty between {low} and {high} %.",
            ratio=_percent(total["expected_cents"], total),
            budget=total["label"],
            low=_percent(total["low_cents"], total),
            high=_percent(total["high_cents"], total),
        )
    ]
    return sentences + [
        _(
            "{name}: {ratio} % of {budget}.",
            name=row["name"],
            ratio=_percent(row["expected_cents"], row),
            budget=row["label"],
        )
        for row in rows[:-1]
    ]


def _left_over_sentences(rows: list[Row]) -> list[str]:
    return [
        _(
            "{rule}: {amount}, in eight of ten cases {between}.",
            rule=row["name"][:1].upper() + row["name"][1:],
            amount=amount,
            between=between,
        )
        for row in rows
        for amount, between in [row["label"].split("\n")]
    ]


def _notes(spending: Spending, rows: list[Row]) -> str:
    cut = any(_beyond(row, side) for row in rows for side in _SIDES)
    notes = [history_line(spending) + "."]
    if cut:
        notes.insert(0, _("An arrow goes on outside the chart."))
    return " ".join(notes)


def _programmes(spending: Spending) -> list[Row]:
    """A row for each programme, the lowest expected ratio first, and one for all together."""
    quantiles, unit = spending.quantiles.tolist(), rounding_unit(spending)
    budget = int(spending.budgets.sum())
    budgets = formatted_to(spending.budgets.tolist(), budget, unit)
    rows = [
        {
            "name": clean(programme.title),
            "budget_cents": programme.budget,
            "expected_cents": expected,
            "low_cents": row[_LOW],
            "high_cents": row[_HIGH],
            "label": printed,
            "all": False,
        }
        for programme, printed, expected, row in zip(
            spending.programmes, budgets, spending.expected.tolist(), quantiles, strict=True
        )
    ]
    rows.sort(key=lambda row: (row["expected_cents"] / row["budget_cents"], row["name"]))
    total = spending.total_quantiles.tolist()
    rows.append(
        {
            "name": _("All programmes together"),
            "budget_cents": budget,
            "expected_cents": spending.expected_total,
            "low_cents": total[_LOW],
            "high_cents": total[_HIGH],
            "label": format_about(budget, unit),
            "all": True,
        }
    )
    return [{"row": number, **row} for number, row in enumerate(rows)]


def _underspends(spending: Spending) -> list[Row]:
    unit = rounding_unit(spending)
    by_rule = {rule_in_words(rule): underspend for rule, underspend in spending.underspend_by_rule.items()}
    underspends = {**by_rule, _("All together"): spending.underspend}
    parts = [underspend.expected for underspend in by_rule.values()]
    total = about(spending.underspend.expected, unit)
    printed = [*rounded_to(parts, total, unit), total]
    rows = []
    for number, (name, underspend) in enumerate(underspends.items()):
        low, high = underspend.between()
        between = _("between {low} and {high}", low=format_about(low, unit), high=format_about(high, unit))
        amounts = {"expected_cents": underspend.expected, "low_cents": low, "high_cents": high}
        label = f"{format_about(printed[number], unit)}\n{between}"
        rows.append(
            {"row": number, "name": clean(name), **amounts, "label": label, "all": number == len(underspends) - 1}
        )
    return rows


def _ratios(rows: list[Row]) -> Panel:
    def share(row: Row, name: str) -> float:
        return max(min(float(row[f"{name}_cents"] / row["budget_cents"]), _WIDEST), -_WIDEST)

    shares = [share(row, name) for row in rows for name in ("low", "expected", "high")]
    low, top = min(0.0, *shares), max(1.05, *shares)
    x, y = Scale(low, top, _WIDTH), Scale(0, len(rows), _ROW * len(rows))
    marks = [_upright(1, len(rows)), _heading(_("net budget"), x), *_intervals(rows, share, x)]
    for side, (shape, end) in _SIDES.items():
        for together, colour in ((False, LESS), (True, INK)):
            beyond = tuple((end, row["row"] + 0.5) for row in rows if row["all"] == together and _beyond(row, side))
            if beyond:
                marks.append(Dots(beyond, shape, colour, 60))
    return Panel(x, y, tuple(marks), replace(percent_axis(_("of the net budget"), round_marks(low, top)), grid=False))


def _beyond(row: Row, side: _Side) -> bool:
    """Whether an interval goes on outside the chart at one of its ends."""
    ratio = row[f"{side}_cents"] / row["budget_cents"]
    return bool(ratio > _WIDEST if side == "high" else ratio < -_WIDEST)


def _left_over(rows: list[Row]) -> Panel:
    def euros(row: Row, name: str) -> float:
        return float(row[f"{name}_cents"] / 100)

    low, high = with_zero([row[name] / 100 for row in rows for name in ("low_cents", "high_cents")])
    marks_of_axis = round_marks(low, high)
    step = marks_of_axis[1] - marks_of_axis[0]
    # The axis ends at a mark, where one lies close.
    x = Scale(step * floor(low / step), step * ceil(high / step), _WIDTH)
    title = _("euros left over; below 0 more is spent than there is")
    marks = [_upright(0, len(rows)), _heading(_("left over"), x), *_intervals(rows, euros, x)]
    y = Scale(0, len(rows), _ROW_OF_TWO * len(rows))
    return Panel(x, y, tuple(marks), euro_axis(title, x.low, x.high, grid=False))


def _upright(value: float, rows: int) -> Mark:
    """A dotted line through all rows."""
    return Strokes((((value, 0), (value, rows)),), INK, dash="2,2")


def _intervals(rows: list[Row], value_of: Callable[[Row, str], float], x: Scale) -> list[Mark]:
    """Names at the left, intervals with a point for what is expected, and amounts at the right."""
    marks: list[Mark] = []
    shapes: tuple[tuple[bool, Shape, float, str], ...] = ((False, "circle", 75, LESS), (True, "diamond", 110, INK))
    for together, shape, size, colour in shapes:
        some = [(row["row"] + 0.5, row) for row in rows if row["all"] == together]
        lines = tuple(((value_of(row, "low"), at), (value_of(row, "high"), at)) for at, row in some)
        marks.append(Strokes(lines, colour, 2))
        marks.append(Dots(tuple((value_of(row, "expected"), at) for at, row in some), shape, colour, size, "white"))
        for at, row in some:
            marks.append(_beside((x.low, at), wrapped(row["name"], _NAME, 2), together, INK, "end"))
            amount = row["label"].split("\n")
            marks.append(_beside((x.high, at), amount, together, INK if together else SOFT, "start"))
    return marks


def _beside(at: Point, lines: list[str], bold: bool, colour: str, anchor: Anchor) -> Words:
    """Text beside the chart, smaller over two lines: what ends at its point stands at its left."""
    across, size = 12 if anchor == "start" else -12, 11 if len(lines) == 1 else 10
    return Words(lines, at, across=across, anchor=anchor, size=size, bold=bold, colour=colour)


def _heading(text: str, x: Scale) -> Words:
    """What stands above the amounts at the right."""
    return Words((text,), (x.high, 0), across=12, down=-4, foot="above", colour=SOFT)


def _percent(cents: int, row: Row) -> str:
    return str(round(100 * cents / row["budget_cents"]))
