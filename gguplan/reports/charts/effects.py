"""Charts of redistribution effects: every municipality in order, by size class, and the largest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from gguplan.language import _, plural
from gguplan.model.comparison import Comparison, size_classes
from gguplan.reports.charts.axes import Axis, euro_axis, with_zero
from gguplan.reports.charts.drawing import Picture, picture
from gguplan.reports.charts.effect_rows import (
    COLOURS,
    beside,
    directions,
    effect_rows,
    in_the_amounts,
    in_words,
    legend_of,
    populations,
    rate_in_words,
)
from gguplan.reports.charts.labels import place_labels
from gguplan.reports.charts.look import INK, SOFT, Row, source_note
from gguplan.reports.charts.marks import Anchor, Bars, Dots, Mark, Point, Scale, Strokes, Words
from gguplan.reports.charts.panel import Panel
from gguplan.reports.terminal.comparison import size_in_words
from gguplan.wording.amounts import format_euros, per_inhabitant

_PLOT: Final = 560
_BESIDE_THE_PLOT: Final = 80
_HEIGHT: Final = 260
_LABEL_ROW: Final = 17
_MOST_LABELS: Final = 8

_CLASS: Final = 54
_TICK: Final = 24
_COUNTS: Final = 110
"""Units of a size class, of the line of a municipality in it, and of what is left for how many they are."""


def ranked_effects(comparison: Comparison, gm_codes: Sequence[str] = (), plot: int = _PLOT) -> Picture:
    """Every municipality in order of what changes for it in euros per inhabitant, over `plot` units.

    `gm_codes` are municipalities that are named in the chart, besides the first and the last.
    """
    rows = effect_rows(comparison)
    rows.sort(key=lambda row: (-row["rate"], row["gm_code"]))
    for place, row in enumerate(rows, start=1):
        row["rank"] = place
    low, high = with_zero([rows[0]["rate"], rows[-1]["rate"]])
    named = _named(rows, gm_codes)
    place_labels(named, len(rows), plot)
    steps = max((row["row"] for row in named), default=-1) + 1
    # The labels stand above the highest bar, in rows of their own.
    height = _HEIGHT if comparison.effects.any() else 3 * _LABEL_ROW
    unit = (high - low) / height
    above, below = _LABEL_ROW * steps + 8, 6 * (low < 0)
    marks: list[Mark] = [
        # A hair of stroke closes the seams between bars that are narrower than a pixel.
        Bars(
            tuple((row["rank"] - 0.5, row["rank"] + 0.5, 0.0, row["rate"]) for row in rows if row["direction"] == name),
            COLOURS[name],
            COLOURS[name],
            0.8,
        )
        for name in directions(rows)
    ]
    marks.append(Strokes((((0.5, 0.0), (len(rows) + 0.5, 0.0)),), INK))
    marks.append(Strokes(tuple(_down_from(row, _label_foot(row, high, unit, steps), unit) for row in named), SOFT, 0.8))
    for row in named:
        side: Anchor = "start" if row["side"] == "left" else "end"
        at = (row["rank"], _label_foot(row, high, unit, steps))
        across = -3 if side == "start" else 0
        marks.append(Words((row["label"],), at, across=across, anchor=side, bold=row["asked"]))
    asked_for = tuple((row["rank"], row["rate"]) for row in rows if row["gm_code"] in set(gm_codes))
    marks.append(Dots(asked_for, "circle", INK, 42))
    municipalities = plural(
        "{count} municipality, in order of the change", "{count} municipalities, in order of the change", len(rows)
    )
    panel = Panel(
        Scale(0.5, len(rows) + 0.5, plot),
        Scale(low - unit * below, high + unit * above, height + above + below, upwards=True),
        tuple(marks),
        Axis(municipalities),
        euro_axis(_("euros per inhabitant"), low, high, values=None if comparison.effects.any() else [0.0], line=False),
        legend_of(rows),
    )
    return picture(
        [panel],
        _("Who pays more and who pays less, per inhabitant"),
        beside(comparison),
        source_note(populations(comparison), *in_the_amounts(comparison)),
        [beside(comparison) + ".", *in_words(comparison, gm_codes)],
        width=plot + _BESIDE_THE_PLOT,
    )


def effects_by_size(comparison: Comparison, plot: int = _PLOT) -> Picture:
    """What changes in each size class: every municipality a line, and what the class pays together a diamond."""
    place = size_classes(comparison.sizes)[~comparison.population.is_body]
    groups = comparison.by_size()
    names = [size_in_words(int(group.name)) for group in groups]
    order = {number: row for row, number in enumerate(sorted(set(place.tolist())))}
    rows = effect_rows(comparison)
    low, high = with_zero([row["rate"] for row in rows])
    margin = (high - low) * 0.04
    x, y = Scale(low - margin, high + margin, plot - _COUNTS), Scale(0, len(groups), _CLASS * len(groups))
    half = _TICK / 2 / _CLASS
    middles = [order[number] + 0.5 for number in place.tolist()]
    marks: list[Mark] = [
        Strokes(
            tuple(
                ((row["rate"], middle - half), (row["rate"], middle + half))
                for row, middle in zip(rows, middles, strict=True)
                if row["direction"] == name
            ),
            COLOURS[name],
        )
        for name in directions(rows)
    ]
    marks.append(Strokes((((0.0, 0), (0.0, len(groups))),), INK))
    rates = [float(group.rate_change) for group in groups]
    together = tuple((rate, row + 0.5) for row, rate in enumerate(rates))
    for at, group in zip(together, groups, strict=True):
        label = per_inhabitant(group.rate_change)
        marks.append(Words((label,), at, down=15, anchor="middle", foot="below", bold=True, edge=True))
        count = plural("{count} municipality", "{count} municipalities", group.municipalities)
        marks.append(Words((count,), (x.high, at[1]), across=10, colour=SOFT))
    marks.append(Dots(together, "diamond", INK, 130, "white"))
    classes = tuple((row + 0.5, name) for row, name in enumerate(names))
    panel = Panel(
        x,
        y,
        tuple(marks),
        euro_axis(_("euros per inhabitant"), low, high),
        Axis(_("inhabitants of the municipality"), classes, grid=False, ticks=False, line=False),
        legend_of(rows),
    )
    return picture(
        [panel],
        _("What changes in each size class, per inhabitant"),
        beside(comparison) + ". " + _("A line is a municipality, the diamond is its class together."),
        source_note(populations(comparison), *in_the_amounts(comparison)),
        [
            beside(comparison) + ".",
            *(
                _(
                    "{group} inhabitants: {rate} per inhabitant, {amount} together.",
                    group=name,
                    rate=per_inhabitant(group.rate_change),
                    amount=format_euros(group.effect),
                )
                for name, group in zip(names, groups, strict=True)
            ),
        ],
        width=plot + _BESIDE_THE_PLOT,
    )


def _label_foot(row: Row, high: float, unit: float, steps: int) -> float:
    """Where the label of a row stands: a value of the axis, above the highest bar."""
    return high + unit * float(_LABEL_ROW * (steps - row["row"]) - 4)


def _down_from(row: Row, label: float, unit: float) -> tuple[Point, Point]:
    """The line from a label to the bar that it names."""
    return (row["rank"], label - unit * 5), (row["rank"], max(row["rate"], 0.0))


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
