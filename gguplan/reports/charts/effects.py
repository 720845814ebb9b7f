"""Charts of redistribution effects: every municipality in order, by size class, and the largest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product
from typing import Any, Final, Literal

from gguplan.language import _, plural
from gguplan.model.comparison import Comparison, size_classes
from gguplan.reports.charts.drawing import Picture
from gguplan.reports.charts.effect_rows import (
    beside,
    direction_colours,
    effect_rows,
    in_the_amounts,
    in_words,
    populations,
    rate_in_words,
    weight,
)
from gguplan.reports.charts.labels import place_labels
from gguplan.reports.charts.look import (
    INK,
    SOFT,
    Row,
    data,
    edged,
    euro_axis,
    picture,
    round_marks,
    source_note,
    with_zero,
)
from gguplan.reports.terminal.comparison import size_in_words
from gguplan.wording.amounts import format_euros, per_inhabitant

_PLOT: Final = 560
_BESIDE_THE_PLOT: Final = 80
_HEIGHT: Final = 260
_LABEL_ROW: Final = 17
_MOST_LABELS: Final = 8

_SIDES: Final[tuple[Literal["left", "right"], ...]] = ("left", "right")


def ranked_effects(comparison: Comparison, gm_codes: Sequence[str] = (), plot: int = _PLOT) -> Picture:
    """Every municipality in order of what changes for it in euros per inhabitant, over `plot` units.

    `gm_codes` are municipalities that are named in the chart, besides the first and the last.
    """
    import altair as alt

    rows = effect_rows(comparison)
    rows.sort(key=lambda row: (-row["rate"], row["gm_code"]))
    for place, row in enumerate(rows, start=1):
        row.update({"rank": place, "from": place - 0.5, "to": place + 0.5})
    low, high = with_zero([rows[0]["rate"], rows[-1]["rate"]])
    named = _named(rows, gm_codes)
    place_labels(named, len(rows), plot)
    steps = max((row["row"] for row in named), default=-1) + 1
    # The labels stand above the highest bar, in rows of their own.
    height = _HEIGHT if comparison.effects.any() else 3 * _LABEL_ROW
    unit = (high - low) / height
    top = high + unit * (_LABEL_ROW * steps + 8)
    for row in named:
        row["label_at"] = high + unit * (_LABEL_ROW * (steps - row["row"]) - 4)
        row["line_from"], row["line_to"] = row["label_at"] - unit * 5, max(row["rate"], 0.0)
    x = alt.X(
        "from:Q",
        scale=alt.Scale(domain=[0.5, len(rows) + 0.5], nice=False),
        axis=alt.Axis(
            title=plural(
                "{count} municipality, in order of the change",
                "{count} municipalities, in order of the change",
                len(rows),
            ),
            labels=False,
            ticks=False,
            grid=False,
        ),
    )
    y = alt.Y(
        "rate:Q",
        scale=alt.Scale(domain=[low - unit * 6 * (low < 0), top], nice=False),
        axis=euro_axis(
            _("euros per inhabitant"),
            low,
            high,
            values=round_marks(low, high) if comparison.effects.any() else [0.0],
            domain=False,
        ),
    )
    colours = direction_colours(rows)
    # A hair of stroke closes the seams between bars that are narrower than a pixel.
    bars = (
        alt.Chart(data(rows))
        .mark_rect(strokeWidth=0.8)
        .encode(
            x=x,
            x2=alt.X2("to:Q"),
            y=y,
            y2=alt.YDatum(0),
            fill=alt.Fill(**colours),
            stroke=alt.Stroke(**{**colours, "legend": None}),
        )
    )
    zero = alt.Chart(data([{}])).mark_rule(color=INK, strokeWidth=1).encode(y=alt.YDatum(0))
    layers: list[Any] = [bars, zero]
    if named:
        lines = alt.Chart(data(named)).mark_rule(color=SOFT, strokeWidth=0.8)
        layers.append(lines.encode(x=alt.X("rank:Q"), y=alt.Y("line_from:Q"), y2=alt.Y2("line_to:Q")))
        for own, side in product((False, True), _SIDES):
            if some := [row for row in named if row["asked"] == own and row["side"] == side]:
                text = alt.Chart(data(some)).mark_text(
                    align=side, dx=-3 if side == "left" else 0, fontWeight=weight(own)
                )
                layers.append(text.encode(x=alt.X("rank:Q"), y=alt.Y("label_at:Q"), text=alt.Text("label:N")))
        marks = [row for row in rows if row["gm_code"] in set(gm_codes)]
        if marks:
            dots = alt.Chart(data(marks)).mark_point(shape="circle", filled=True, size=42, color=INK, opacity=1)
            layers.append(dots.encode(x=alt.X("rank:Q"), y=alt.Y("rate:Q")))
    body = alt.layer(*layers, width=plot, height=height + int(_LABEL_ROW * steps + 8))
    return picture(
        [body],
        _("Who pays more and who pays less, per inhabitant"),
        beside(comparison),
        source_note(populations(comparison), *in_the_amounts(comparison)),
        [beside(comparison) + ".", *in_words(comparison, gm_codes)],
        width=plot + _BESIDE_THE_PLOT,
    )


def effects_by_size(comparison: Comparison, plot: int = _PLOT) -> Picture:
    """What changes in each size class: every municipality a line, and what the class pays together a diamond."""
    import altair as alt

    place = size_classes(comparison.sizes)[~comparison.population.is_body]
    groups = comparison.by_size()
    names = [size_in_words(int(group.name)) for group in groups]
    order = {number: row for row, number in enumerate(sorted(set(place.tolist())))}
    rows = effect_rows(comparison)
    for row, number in zip(rows, place.tolist(), strict=True):
        row["class"] = names[order[number]]
    means: list[Row] = [
        {
            "class": name,
            "cents": group.effect,
            "inhabitants": group.inhabitants,
            "rate": float(group.rate_change),
            "label": per_inhabitant(group.rate_change),
            "count": plural("{count} municipality", "{count} municipalities", group.municipalities),
        }
        for name, group in zip(names, groups, strict=True)
    ]
    low, high = with_zero([row["rate"] for row in rows])
    margin = (high - low) * 0.04
    y = alt.Y(
        "class:N",
        sort=names,
        axis=alt.Axis(title=_("inhabitants of the municipality"), grid=False, domain=False, ticks=False),
    )
    x = alt.X(
        "rate:Q",
        scale=alt.Scale(domain=[low - margin, high + margin], nice=False),
        axis=euro_axis(_("euros per inhabitant"), low, high, values=round_marks(low, high)),
    )
    ticks = alt.Chart(data(rows)).mark_tick(thickness=1, height=24, opacity=1)
    ticks = ticks.encode(x=x, y=y, color=alt.Color(**direction_colours(rows)))
    zero = alt.Chart(data([{}])).mark_rule(color=INK).encode(x=alt.XDatum(0))
    diamonds = alt.Chart(data(means)).mark_point(
        shape="diamond", filled=True, size=110, color=INK, stroke="white", strokeWidth=1, opacity=1
    )
    labels = alt.Chart(data(means)).encode(x=alt.X("rate:Q"), y=y, text=alt.Text("label:N"))
    counts = alt.Chart(data(means)).mark_text(align="left", color=SOFT, x=plot - 100)
    body = alt.layer(
        ticks,
        zero,
        diamonds.encode(x=alt.X("rate:Q"), y=y),
        *edged(labels, baseline="top", dy=15, fontWeight="bold"),
        counts.encode(y=y, text=alt.Text("count:N")),
    ).properties(width=plot - 110, height=alt.Step(54))
    return picture(
        [body],
        _("What changes in each size class, per inhabitant"),
        beside(comparison) + ". " + _("A line is a municipality, the diamond is its class together."),
        source_note(populations(comparison), *in_the_amounts(comparison)),
        [
            beside(comparison) + ".",
            *(
                _(
                    "{group} inhabitants: {rate} per inhabitant, {amount} together.",
                    group=name,
                    rate=row["label"],
                    amount=format_euros(row["cents"]),
                )
                for name, row in zip(names, means, strict=True)
            ),
        ],
        width=plot + _BESIDE_THE_PLOT,
    )


def _named(rows: list[Row], gm_codes: Sequence[str]) -> list[Row]:
    """Who gets a label: who was asked for, and the first and the last where they pay more and less."""
    wanted = list(dict.fromkeys(gm_codes))[:_MOST_LABELS]
    printed = Counter(map(rate_in_words, rows))
    # Among equals none is the first or the last.
    ends = [row["gm_code"] for row in (rows[0], rows[-1]) if row["rate"] and printed[rate_in_words(row)] == 1]
    return [
        {**row, "asked": row["gm_code"] in wanted, "label": f"{row['name']} {rate_in_words(row)}"}
        for row in rows
        if row["gm_code"] in {*wanted, *ends}
    ]
