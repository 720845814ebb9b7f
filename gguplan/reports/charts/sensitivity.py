"""What an outcome depends on: a tornado of what can be chosen and what is uncertain, and shares of the variance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal, NamedTuple

from gguplan.language import _, plural
from gguplan.reports.charts.drawing import Picture
from gguplan.reports.charts.look import INK, LESS, Row, clean, data, euro_axis, percent_axis, picture, written
from gguplan.wording.amounts import decimals, format_euros

_WIDTH: Final = 430
_NAME: Final = 30
_LABEL: Final = 22
_MOST_ROWS: Final = 15


class TornadoRow(NamedTuple):
    """One input moved from low to high, the others as they were: how its ends are written, and the outcome in cents."""

    name: str
    group: Literal["lever", "uncertainty"]
    low_label: str
    high_label: str
    low_cents: int
    high_cents: int


class ShareRow(NamedTuple):
    """The share of the variance that one input explains alone, and its standard error, which is 0 where it is exact."""

    name: str
    share: float
    error: float


def tornado_chart(
    title: str, base_cents: int, rows: Sequence[TornadoRow], shares: Sequence[ShareRow] = (), note: str = ""
) -> Picture:
    """How far each input moves the outcome from `base_cents`, the one that moves it most on top.

    What can be chosen is a full bar, what is uncertain an open one. Under it, where they are known, the shares of the
    variance.
    """
    import altair as alt

    ordered = sorted(rows, key=lambda row: (-abs(row.high_cents - row.low_cents), row.name))
    bars = [_bar(number, row) for number, row in enumerate(ordered[:_MOST_ROWS])]
    ends = [base_cents, *(bar[side] for bar in bars for side in ("from_cents", "to_cents"))]
    low, high = min(ends) / 100, max(ends) / 100
    room = (high - low or abs(high) or 1.0) * 0.3
    x_scale = alt.Scale(domain=[low - room, high + room], nice=False, zero=False)
    x = alt.X("from:Q", scale=x_scale, axis=euro_axis(_("euros"), low, high, tickCount=5))
    y = alt.Y("row:O", sort=None, axis=None)
    chart = alt.Chart(data(bars)).transform_calculate(**{"from": "datum.from_cents / 100"})
    chart = chart.transform_calculate(to="datum.to_cents / 100")
    words = {"lever": _("can be chosen"), "uncertainty": _("is uncertain")}
    present = [name for name in words if any(bar["group"] == name for bar in bars)]
    legend = alt.Legend(title=None, orient="top", labelExpr=written(words), symbolType="square", symbolStrokeColor=LESS)
    colours = {"lever": LESS, "uncertainty": "#FFFFFF"}
    fill = alt.Fill(
        "group:N", scale=alt.Scale(domain=present, range=[colours[name] for name in present]), legend=legend
    )
    middle = alt.Chart(data([{"base_cents": base_cents}])).transform_calculate(base="datum.base_cents / 100")
    layers: list[Any] = [
        middle.mark_rule(color=INK, strokeWidth=1.2).encode(x=alt.X("base:Q", scale=x_scale)),
        chart.mark_bar(height=15, stroke=LESS, strokeWidth=1.5).encode(x=x, x2=alt.X2("to:Q"), y=y, fill=fill),
        chart.mark_text(align="right", dx=-5).encode(x=x, y=y, text=alt.Text("from_label:N")),
        chart.mark_text(align="left", dx=5).encode(x=alt.X("to:Q", scale=x_scale), y=y, text=alt.Text("to_label:N")),
        chart.mark_text(align="right", x=-10).encode(y=y, text=alt.Text("name:N")),
    ]
    body = alt.layer(*layers, width=_WIDTH, height=26 * max(len(bars), 1))
    sentences = [
        _(
            "{name} ({group}): {low} at {low_label}, {high} at {high_label}.",
            name=clean(row.name, _NAME),
            group=words[row.group],
            low=format_euros(row.low_cents),
            low_label=clean(row.low_label, _LABEL),
            high=format_euros(row.high_cents),
            high_label=clean(row.high_label, _LABEL),
        )
        for row in ordered[:_MOST_ROWS]
    ]
    left_out = len(ordered) - len(bars)
    more = (
        [
            plural(
                "{count} input that moves it less is not shown.",
                "{count} inputs that move it less are not shown.",
                left_out,
            )
        ]
        if left_out
        else []
    )
    subtitle = _("The line is where all stay as they are: {amount}", amount=format_euros(base_cents))
    text = " ".join([*more, note or _("Computed with gguplan.")])
    panels, explained = ([body, _shares_panel(shares)], _shares_in_words(shares)) if shares else ([body], [])
    return picture(panels, title, subtitle, text, [f"{clean(title)}.", subtitle + ".", *sentences, *more, *explained])


def _first(shares: Sequence[ShareRow]) -> list[ShareRow]:
    return sorted(shares, key=lambda share: (-share.share, share.name))[:_MOST_ROWS]


def _shares_panel(shares: Sequence[ShareRow]) -> Any:
    """Which share of the variance each input explains alone, with twice the standard error to both sides."""
    import altair as alt

    bars: list[Row] = [
        {
            "row": number,
            "name": clean(share.name, _NAME),
            "share": share.share,
            "low": max(0.0, share.share - 2 * share.error),
            "high": min(1.0, share.share + 2 * share.error),
            "label": _percent(share.share),
        }
        for number, share in enumerate(_first(shares))
    ]
    low, high = min(0.0, *(bar["low"] for bar in bars)), max(0.05, *(bar["high"] for bar in bars))
    x_scale = alt.Scale(domain=[low, low + (high - low) * 1.12], nice=False)
    x = alt.X("share:Q", scale=x_scale, axis=percent_axis(_("of the variance of the outcome"), tickCount=6))
    end = alt.X("high:Q", scale=x_scale)
    y = alt.Y("row:O", sort=None, axis=None)
    chart = alt.Chart(data(bars))
    layers: list[Any] = [chart.mark_bar(height=13, color="#A9CCE8").encode(x=x, x2=alt.XDatum(0), y=y)]
    if lines := [bar for bar in bars if bar["high"] > bar["low"]]:
        line = alt.Chart(data(lines)).encode(y=y)
        layers += [
            line.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("low:Q", scale=x_scale), x2=alt.X2("high:Q")),
            line.mark_tick(color=INK, thickness=1.5, height=9).encode(x=alt.X("low:Q", scale=x_scale)),
            line.mark_tick(color=INK, thickness=1.5, height=9).encode(x=end),
        ]
    layers += [
        chart.mark_text(align="left", dx=6, fontWeight="bold").encode(x=end, y=y, text=alt.Text("label:N")),
        chart.mark_text(align="right", x=-10).encode(y=y, text=alt.Text("name:N")),
    ]
    heading = alt.TitleParams(
        _("Of how much the outcome varies over all variants, each explains by itself"),
        subtitle=_("The line reaches two standard errors to both sides.") if lines else "",
        anchor="start",
        frame="bounds",
        fontSize=12,
        offset=10,
    )
    return alt.layer(*layers, width=_WIDTH, height=26 * len(bars), title=heading)


def _shares_in_words(shares: Sequence[ShareRow]) -> list[str]:
    sentences = []
    for row in _first(shares):
        name, share, both = clean(row.name, _NAME), _percent(row.share), _percent(2 * row.error)
        sentences.append(f"{name}: {share} ± {both}" if row.error else f"{name}: {share}")
    explains = _("Of how much the outcome varies over all variants, each explains by itself")
    return [f"{explains}: {'; '.join(sentences)}."]


def _percent(share: float) -> str:
    return f"{decimals(100 * share, 1)}\N{NO-BREAK SPACE}%"


def _bar(number: int, tornado_row: TornadoRow) -> Row:
    """A row with its lower outcome at the left, whichever end of the input it belongs to."""
    (left, left_label), (right, right_label) = sorted(
        [(tornado_row.low_cents, tornado_row.low_label), (tornado_row.high_cents, tornado_row.high_label)],
        key=lambda end: end[0],
    )
    return {
        "row": number,
        "name": clean(tornado_row.name, _NAME),
        "group": tornado_row.group,
        "from_cents": left,
        "to_cents": right,
        "from_label": clean(left_label, _LABEL),
        "to_label": clean(right_label, _LABEL),
    }
