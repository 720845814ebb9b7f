"""What will be spent of each programme, and what is left over of the fund, as a chart."""

from __future__ import annotations

from typing import Any, Final

from gguplan.language import _
from gguplan.model.spending import CHANCES, Spending
from gguplan.reports.beside_a_forecast import rounding_unit
from gguplan.reports.charts.drawing import Picture
from gguplan.reports.charts.look import INK, LESS, SOFT, Row, clean, data, euro_axis, percent_axis, picture, wrapped
from gguplan.reports.terminal.forecast import history_line
from gguplan.wording.amounts import format_about
from gguplan.wording.rounded_amounts import about, formatted_to, rounded_to
from gguplan.wording.underspend import rule_in_words
from gguplan.wording.whole_sentences import whole_sentence

_LOW, _HIGH = CHANCES.index(0.1), CHANCES.index(0.9)
_WIDTH: Final = 250
_NAME: Final = 36
_WIDEST: Final = 2.0
"""The share of a budget beyond which an interval is cut off: one programme must not press all others together."""


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
    cut = any(row["high_cents"] > _WIDEST * row["budget_cents"] for row in rows)
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


def _ratios(rows: list[Row]) -> Any:
    import altair as alt

    made = {name: f"datum.{name}_cents / datum.budget_cents" for name in ("expected", "low", "high")}
    top = min(_WIDEST, max(1.05, *(row["high_cents"] / row["budget_cents"] for row in rows)))
    x_scale = alt.Scale(domain=[0, top], nice=False, clamp=True)
    x = alt.X("expected:Q", scale=x_scale, axis=percent_axis(_("of the net budget"), tickCount=5))
    whole = alt.Chart(data([{}])).mark_rule(color=INK, strokeDash=[2, 2]).encode(x=alt.XDatum(1))
    layers = [whole, _heading(_("net budget")), *_intervals(rows, made, x, alt.X("low:Q", scale=x_scale))]
    beyond = [row for row in rows if row["high_cents"] > _WIDEST * row["budget_cents"]]
    if beyond:
        arrows = alt.Chart(data(beyond)).mark_point(shape="triangle-right", filled=True, color=LESS, size=60, x=_WIDTH)
        layers.append(arrows.encode(y=_rows()))
    return alt.layer(*layers, width=_WIDTH, height=23 * len(rows))


def _left_over(rows: list[Row]) -> Any:
    import altair as alt

    made = {name: f"datum.{name}_cents / 100" for name in ("expected", "low", "high")}
    low = min(0, *(row["low_cents"] for row in rows)) / 100
    high = max(0, *(row["high_cents"] for row in rows)) / 100
    high = high if high > low else 1.0
    x_scale = alt.Scale(domain=[low, high], nice=True)
    axis = euro_axis(_("euros left over; below 0 more is spent than there is"), low, high, tickCount=3)
    zero = alt.Chart(data([{}])).mark_rule(color=INK, strokeDash=[2, 2]).encode(x=alt.XDatum(0))
    layers = [
        zero,
        _heading(_("left over")),
        *_intervals(rows, made, alt.X("expected:Q", scale=x_scale, axis=axis), alt.X("low:Q", scale=x_scale)),
    ]
    return alt.layer(*layers, width=_WIDTH, height=27 * len(rows))


def _intervals(rows: list[Row], made: dict[str, str], x: Any, low: Any) -> list[Any]:
    """Names at the left, intervals with a point for what is expected, and amounts at the right."""
    import altair as alt

    layers: list[Any] = []
    for together, shape, colour, weight in ((False, "circle", LESS, "normal"), (True, "diamond", INK, "bold")):
        some = alt.Chart(data([row for row in rows if row["all"] == together]))
        for name, formula in made.items():
            some = some.transform_calculate(**{name: formula})
        layers += [
            some.mark_rule(color=colour, strokeWidth=2).encode(x=low, x2=alt.X2("high:Q"), y=_rows()),
            some.mark_point(shape=shape, filled=True, fill=colour, stroke="white", size=75, opacity=1).encode(
                x=x, y=_rows()
            ),
        ]
        colour = INK if together else SOFT
        layers += _text([(row["row"], row["name"]) for row in rows if row["all"] == together], weight, INK, "right")
        layers += _text([(row["row"], row["label"]) for row in rows if row["all"] == together], weight, colour, "left")
    return layers


def _text(rows: list[tuple[int, str]], weight: Any, colour: str, align: Any) -> list[Any]:
    """Text beside the chart, over two lines where it is long: what is aligned right stands at its left."""
    import altair as alt

    written = [(row, text.split("\n") if "\n" in text else wrapped(text, _NAME, 2)) for row, text in rows]
    layers = []
    for lines in (1, 2):
        if some := [{"row": row, "text": text} for row, text in written if len(text) == lines]:
            mark = alt.Chart(data(some)).mark_text(
                align=align,
                x=-12 if align == "right" else _WIDTH + 12,
                dy=-6 * (lines - 1),
                lineHeight=12,
                fontSize=11 if lines == 1 else 10.5,
                fontWeight=weight,
                color=colour,
            )
            layers.append(mark.encode(y=_rows(), text=alt.Text("text:N")))
    return layers


def _heading(text: str) -> Any:
    """What stands above the amounts at the right."""
    import altair as alt

    mark = alt.Chart(data([{"text": text}])).mark_text(align="left", baseline="bottom", x=_WIDTH + 12, y=-4, color=SOFT)
    return mark.encode(text=alt.Text("text:N"))


def _rows() -> Any:
    import altair as alt

    return alt.Y("row:O", sort=None, axis=None)


def _percent(cents: int, row: Row) -> str:
    return str(round(100 * cents / row["budget_cents"]))
