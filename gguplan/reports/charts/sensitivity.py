"""What an outcome depends on: a tornado of what can be chosen and what is uncertain, and shares of the variance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from gguplan.language import _, plural
from gguplan.reports.charts.axes import euro_axis, percent_axis, round_marks
from gguplan.reports.charts.drawing import Picture, picture
from gguplan.reports.charts.look import INK, LESS, Row, clean
from gguplan.reports.charts.marks import Bars, Mark, Scale, Strokes, Words
from gguplan.reports.charts.panel import Key, Panel
from gguplan.wording.amounts import decimals, format_euros

_WIDTH: Final = 430
_ROW: Final = 26
_NAME: Final = 30
_LABEL: Final = 22
_MOST_ROWS: Final = 15

_FILLS: Final = {"lever": LESS, "uncertainty": "#FFFFFF"}


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
    ordered = sorted(rows, key=lambda row: (-abs(row.high_cents - row.low_cents), row.name))
    bars = [_bar(number, row) for number, row in enumerate(ordered[:_MOST_ROWS])]
    ends = [base_cents, *(bar[side] for bar in bars for side in ("from_cents", "to_cents"))]
    low, high = min(ends) / 100, max(ends) / 100
    room = (high - low or abs(high) or 1.0) * 0.3
    x = Scale(low - room, high + room, _WIDTH)
    words = {"lever": _("can be chosen"), "uncertainty": _("is uncertain")}
    marks: list[Mark] = [Strokes((((base_cents / 100, 0), (base_cents / 100, max(len(bars), 1))),), INK, 1.2)]
    legend = []
    for name, fill in _FILLS.items():
        some = [(bar["row"] + 0.5, bar) for bar in bars if bar["group"] == name]
        if not some:
            continue
        legend.append(Key(words[name], fill, stroke=LESS))
        half = 7.5 / _ROW
        drawn = tuple((bar["from_cents"] / 100, bar["to_cents"] / 100, at - half, at + half) for at, bar in some)
        marks.append(Bars(drawn, fill, LESS, 1.5))
    for bar in bars:
        at = bar["row"] + 0.5
        marks += [
            Words((bar["from_label"],), (bar["from_cents"] / 100, at), across=-5, anchor="end"),
            Words((bar["to_label"],), (bar["to_cents"] / 100, at), across=5),
            Words((bar["name"],), (x.low, at), across=-10, anchor="end"),
        ]
    body = Panel(
        x,
        Scale(0, max(len(bars), 1), _ROW * max(len(bars), 1)),
        tuple(marks),
        euro_axis(_("euros"), x.low, x.high),
        legend=tuple(legend),
    )
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


def _shares_panel(shares: Sequence[ShareRow]) -> Panel:
    """Which share of the variance each input explains alone, with twice the standard error to both sides."""
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
    x, y = Scale(low, low + (high - low) * 1.12, _WIDTH), Scale(0, len(bars), _ROW * len(bars))
    middles = [(bar["row"] + 0.5, bar) for bar in bars]
    half = 6.5 / _ROW
    marks: list[Mark] = [Bars(tuple((0.0, bar["share"], at - half, at + half) for at, bar in middles), "#A9CCE8")]
    lines = [(at, bar) for at, bar in middles if bar["high"] > bar["low"]]
    marks.append(Strokes(tuple(((bar["low"], at), (bar["high"], at)) for at, bar in lines), INK, 1.5))
    foot = 4.5 / _ROW
    ends = tuple(((bar[end], at - foot), (bar[end], at + foot)) for at, bar in lines for end in ("low", "high"))
    marks.append(Strokes(ends, INK, 1.5))
    for at, bar in middles:
        marks.append(Words((bar["label"],), (bar["high"], at), across=6, bold=True))
        marks.append(Words((bar["name"],), (x.low, at), across=-10, anchor="end"))
    explains = _("Of how much the outcome varies over all variants, each explains by itself")
    heading = (explains, _("The line reaches two standard errors to both sides.")) if lines else (explains,)
    axis = percent_axis(_("of the variance of the outcome"), round_marks(x.low, x.high))
    return Panel(x, y, tuple(marks), axis, heading=heading)


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
