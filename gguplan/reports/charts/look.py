"""What all pictures share: fonts, colours that also differ in grey, and numbers of the language.

Colours are of Okabe and Ito (Color Universal Design, 2008), which people who are colour-blind tell apart. Nothing is
told by colour alone: a direction, a dash, a hatch or a label says it too.
"""

from __future__ import annotations

import json
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from msgspec.structs import replace

from gguplan.fund.municipalities import Population
from gguplan.language import _, current_language
from gguplan.reports.charts.drawing import Picture
from gguplan.wording.amounts import decimals, format_about
from gguplan.wording.population import inhabitants_line
from gguplan.wording.unbroken_amounts import whole
from gguplan.wording.whole_sentences import whole_sentence

if TYPE_CHECKING:
    import altair as alt

    from gguplan.fund.fund_year import FundYear

Row = dict[str, Any]

MINUS: Final = "\N{MINUS SIGN}"
"""In a picture as in the paper around it."""

WIDTH: Final = 640
"""How wide a picture is about; a document shows it 16 cm wide, so that a unit is a quarter of a millimetre."""

FONT: Final = "Arial, 'Liberation Sans', Helvetica, sans-serif"
"""vl-convert brings Liberation Sans, which is as wide as Arial: text is measured as it is shown."""

MORE: Final = "#E69F00"
LESS: Final = "#0072B2"
SAME: Final = "#BDBDBD"
INK: Final = "#222222"
SOFT: Final = "#595959"
GRID: Final = "#E3E3E3"
BAND: Final = "#C9E2F3"
ALARM: Final = "#D55E00"

_IN_MILLIONS: Final = 4e6
"""Euros from one end of an axis to the other, above which its marks are in millions."""


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


def text_width(text: str, size: float = 11, bold: bool = False) -> float:
    """About how wide text is, to keep labels apart."""
    return len(text) * size * (0.6 if bold else 0.55)


def source_note(populations: Iterable[Population], *sentences: str) -> str:
    """Where a picture's figures come from: whose inhabitants count, and what else must be known."""
    counts = dict.fromkeys(inhabitants_line(population) + "." for population in populations)
    return " ".join([*sentences, *counts, _("Inhabitants: CBS.")])


def before_cascades(years: Iterable[FundYear]) -> list[str]:
    """That the amounts of a picture are those before the cascades of a scenario, where there are any."""
    if not any(year.acceptance for year in years):
        return []
    return [_("Cascades are not worked out in these amounts: see gguplan participation.")]


# --- numbers on an axis ----------------------------------------------------------------------------


def decimals_for(low: float, high: float) -> int:
    """How many decimals keep the marks of an axis from `low` to `high` apart."""
    span = high - low
    return next((count for count, step in enumerate((10, 1, 0.1, 0.01, 0.001)) if span >= step), 5) if span else 2


def euro_axis(title: str, low: float, high: float, **more: Any) -> alt.Axis:
    """An axis in euros between two ends, written as amounts in the current language; large ones in millions."""
    import altair as alt

    dutch = current_language() == "nl"
    in_millions = high - low >= _IN_MILLIONS
    if in_millions:
        amount, number, unit = "datum.value / 1e6", ",.1~f", "\u00a0mln" if dutch else "m"
    else:
        count = decimals_for(low, high)
        amount, number, unit = "datum.value", f",.{2 if count == 1 else count}f", ""
    symbol = "€\u00a0" if dutch else "€"
    text = f"(datum.value < 0 ? '{MINUS}{symbol}' : '{symbol}') + format(abs({amount}), '{number}') + '{unit}'"
    if in_millions:
        zero = "€\u00a00" if dutch else "€0"
        text = f"datum.value == 0 ? '{zero}' : {text}"
    return alt.Axis(title=title, labelExpr=text, **more)


def axis_amount(cents: int, low: float, high: float) -> str:
    """An amount beside a point, in the unit of an axis in euros between these ends."""
    if high - low < _IN_MILLIONS:
        return format_about(cents, 1)
    number = decimals(abs(cents) / 100 / 1e6, 1)
    sign = MINUS if cents < 0 else ""
    return f"{sign}€ {number} mln" if current_language() == "nl" else f"{sign}€{number}m"


def written(words: Mapping[Any, str]) -> str:
    """What a legend writes for each value of a scale."""
    cases = [f"datum.value === {json.dumps(value)} ? {json.dumps(text)}" for value, text in words.items()]
    return " : ".join([*cases, "''"])


def with_zero(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis that holds 0 and all values, and is never without length."""
    low, high = min([0.0, *values]), max([0.0, *values])
    return low, high if high > low else 1.0


def round_marks(low: float, high: float) -> list[float]:
    """Round marks between two ends, so that none stands among the labels."""
    span = high - low
    step = 10 ** np.floor(np.log10(span / 4))
    step *= next(factor for factor in (1, 2, 5, 10) if span / (step * factor) <= 6)
    return [float(round(value, 10)) for value in np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step]


def percent_axis(title: str, **more: Any) -> alt.Axis:
    """An axis of shares, written as percentages."""
    import altair as alt

    return alt.Axis(title=title, labelExpr="format(100 * datum.value, ',.0f') + '\u00a0%'", **more)


# --- the picture -----------------------------------------------------------------------------------


def data(rows: Sequence[Row]) -> Row:
    """Rows as they are, so that whole cents stay whole."""
    # altair copies lists with every layer, and not tuples; and an `InlineData` would be held against the schema of
    # Vega-Lite value by value, which takes longer than to draw it. The whole is held against it when it is drawn.
    return {"values": tuple(rows)}


def lines_around(title: str, subtitle: str, note: str, width: int = WIDTH) -> tuple[list[str], list[str], list[str]]:
    """Title, subtitle and note in lines for a picture that is so wide."""
    in_lines = width / WIDTH
    return (
        wrapped(title, round(76 * in_lines), 2),
        wrapped(subtitle, round(96 * in_lines), 4) if subtitle else [],
        wrapped(note, round(116 * in_lines), 5),
    )


def picture(
    panels: Sequence[Any], title: str, subtitle: str, note: str, words: Sequence[str], width: int = WIDTH
) -> Picture:
    """Put panels under each other, with a title above and a note below, in lines for about `width`; `words` are the
    sentences of `alt`."""
    import altair as alt

    title_lines, subtitle_lines, note_lines = lines_around(title, subtitle, note, width)
    below = alt.TitleParams(
        note_lines,
        orient="bottom",
        anchor="start",
        frame="bounds",
        fontSize=10,
        fontWeight="normal",
        color=SOFT,
        lineHeight=13,
        offset=12,
    )
    head = alt.TitleParams(
        title_lines,
        subtitle=subtitle_lines,
        anchor="start",
        frame="bounds",
        offset=14,
    )
    # altair would copy every panel with all that is in it, twice for each chart that it is put in and once for each
    # setting: what is put together here is nowhere else.
    if len(panels) == 1:
        body = panels[0].copy(deep=False)
        body.title = below
    else:
        body = alt.vconcat(spacing=22, title=below)
        body.vconcat = list(panels)
    settings = alt.Config(
        aria=False,
        font=FONT,
        locale=_locale(),
        background="white",
        padding=10,
        view=alt.ViewConfig(stroke=None),
        title=alt.TitleConfig(
            fontSize=15,
            fontWeight="bold",
            color=INK,
            lineHeight=19,
            subtitleFontSize=12,
            subtitleColor=SOFT,
            subtitleLineHeight=16,
            subtitlePadding=5,
        ),
        axis=alt.AxisConfig(
            labelFontSize=11,
            titleFontSize=11,
            titleFontWeight="normal",
            titleColor=SOFT,
            labelColor=INK,
            gridColor=GRID,
            domainColor=SOFT,
            tickColor=SOFT,
            titlePadding=8,
            labelFlush=False,
        ),
        legend=alt.LegendConfig(
            labelFontSize=11, titleFontSize=11, titleFontWeight="bold", labelLimit=0, labelColor=INK
        ),
        text=alt.MarkConfig(fontSize=11, color=INK),
    )
    made = alt.vconcat(title=head, config=settings)
    made.vconcat = [body]
    return Picture(made, clean(title), " ".join(map(whole_sentence, words)))


def untitled(drawn: Picture) -> Picture:
    """The picture without its title, for where a caption says that; what stands under the title stays."""
    from gguplan.reports.charts.map_drawing import MapDrawing

    if isinstance(drawn.chart, MapDrawing):
        return Picture(replace(drawn.chart, title=()), drawn.title, drawn.alt)
    import altair as alt

    chart = drawn.chart.copy(deep=False)
    lines = drawn.chart.title.subtitle
    chart.title = (
        alt.TitleParams(
            lines,
            anchor="start",
            frame="bounds",
            fontSize=12,
            fontWeight="normal",
            color=SOFT,
            lineHeight=16,
            offset=14,
        )
        if lines
        else alt.Undefined
    )
    return Picture(chart, drawn.title, drawn.alt)


def _locale() -> Row:
    dutch = current_language() == "nl"
    number = {"decimal": ",", "thousands": "."} if dutch else {"decimal": ".", "thousands": ","}
    return {"number": {**number, "grouping": [3], "currency": ["€", ""], "minus": MINUS}}


def edged(chart: Any, **mark: Any) -> list[Any]:
    """Text of an encoded chart over an edge of white, so that it can be read where lines pass."""
    edge = {"stroke": "white", "strokeWidth": 3.5, "strokeJoin": "round", "fill": "white", "opacity": 0.85}
    return [chart.mark_text(**mark, **edge), chart.mark_text(**mark)]
