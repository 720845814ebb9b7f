"""At which rate a programme tips: who accepts a rate, beside who is needed to raise the budget by it."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _, plural
from gguplan.model.participation.cascade import CascadeResult
from gguplan.model.participation.overview import ParticipationOverview
from gguplan.reports.charts.drawing import Picture
from gguplan.reports.charts.look import (
    ALARM,
    BAND,
    INK,
    LESS,
    SOFT,
    Row,
    clean,
    data,
    euro_axis,
    percent_axis,
    picture,
    source_note,
)
from gguplan.wording.amounts import decimals, format_number, per_inhabitant

_WIDTH: Final = 540
_HEIGHT: Final = 270
_RATES: Final = 81
_MOST_ROUNDS: Final = 9


def tipping_charts(overview: ParticipationOverview) -> dict[str, Picture]:
    """A chart of every cascade by the name of its programme. Raises InputError when there is none."""
    if not overview.cascades:
        raise InputError(
            [
                Finding(
                    Place("--chart"),
                    _("There is nothing to draw: no programme of this scenario has a cascade."),
                    _("Add [cascades.name] to the scenario; hulplijn-wordt-duurder is an example."),
                )
            ]
        )
    return {name: tipping_chart(overview, name) for name in overview.cascades}


def tipping_chart(overview: ParticipationOverview, programme: str) -> Picture:
    """The cascade of one programme: which share of the inhabitants accepts each rate, over all draws, which share is
    needed at it, and round by round how it goes in the draw that ends in the middle."""
    import altair as alt

    cascade = overview.cascades[programme]
    title = next(
        clean(candidate.programme.title, 80) for candidate in overview.programmes if candidate.name == programme
    )
    low = cascade.first_rate
    rates, accepted = _curve(cascade)
    needed = np.minimum(1.0, low / rates)
    between = cascade.curve_between(rates, (0.1, 0.9))
    curve: list[Row] = [
        {"rate": rate, "accepts": share, "low": least, "high": most, "needed": need}
        for rate, share, need, least, most in zip(
            rates.tolist(), accepted.tolist(), needed.tolist(), *between.tolist(), strict=True
        )
    ]
    rounds = _rounds(cascade, float(rates[-1]))
    x_scale = alt.Scale(domain=[float(rates[0]), float(rates[-1])], nice=False)
    y_scale = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X(
        "rate:Q",
        scale=x_scale,
        axis=euro_axis(_("rate in euros per inhabitant"), float(rates[0]), float(rates[-1]), tickCount=7, grid=False),
    )
    axis = percent_axis(_("share of the inhabitants"), values=[0, 0.2, 0.4, 0.6, 0.8, 1])
    y = alt.Y("accepts:Q", scale=y_scale, axis=axis)
    chart = alt.Chart(data(curve))
    layers: list[Any] = [
        chart.mark_area(color=BAND, opacity=1).encode(x=x, y=alt.Y("low:Q", scale=y_scale), y2=alt.Y2("high:Q")),
        chart.mark_line(color=LESS, strokeWidth=2.5).encode(x=x, y=y),
    ]
    if cascade.price is None:
        dashed = chart.mark_line(color=INK, strokeWidth=1.8, strokeDash=[6, 4])
        layers.append(dashed.encode(x=x, y=alt.Y("needed:Q", scale=y_scale)))
    layers += _upright(cascade, x)
    if rounds:
        at = alt.Chart(data(rounds)).encode(x=x, y=alt.Y("share:Q", scale=y_scale))
        layers += [
            at.mark_point(shape="circle", filled=True, fill="white", stroke=INK, strokeWidth=1.2, size=190, opacity=1),
            at.mark_text(fontSize=10, fontWeight="bold").encode(text=alt.Text("number:N")),
        ]
    layers += _line_names(curve, cascade.price is None)
    body = alt.layer(*layers, width=_WIDTH, height=_HEIGHT)
    chance, error = cascade.chance_of_collapse
    legend = (
        _(
            "Blue: which share accepts a rate, with a band for eight of ten draws. Dashed: which share is needed to "
            "raise the budget by it; where the blue line is below it too few are left. The numbers are the rounds of "
            "one draw."
        )
        if cascade.price is None
        else _(
            "Which share accepts a price, with a band for eight of ten draws. Whoever leaves, who stays pays what is "
            "asked. The numbers are the rounds of one draw."
        )
    )
    words = [
        _("{title}: from {rate} per inhabitant when all take part.", title=title, rate=per_inhabitant(low)),
        _(
            "Up to {rate} per inhabitant at the start enough are left in the end.",
            rate=per_inhabitant(cascade.tipping_rate),
        ),
        _(
            "Over {draws} draws of the limits it collapses in {chance} % ± {error} % (standard error).",
            draws=format_number(overview.draws),
            chance=decimals(100 * chance, 1),
            error=decimals(100 * error, 1),
        ),
        *_ending(cascade),
    ]
    note = source_note([overview.result.population], legend, words[2])
    return picture([body], _("At which rate does it tip?"), title, note, words)


def _curve(cascade: CascadeResult) -> tuple[Any, Any]:
    """Rates from below the first to where few accept more, and the share that accepts each."""
    low = cascade.first_rate
    last = max(2 * low, float(np.quantile(cascade.drawn[:, cascade.starting], 0.98)) / 10_000)
    last = max(last, 1.2 * cascade.tipping_rate)
    rates = np.linspace(min(low, cascade.tipping_rate or low) * 0.8, last, _RATES)
    return rates, cascade.curve(rates)


def _rounds(cascade: CascadeResult, last: float) -> list[Row]:
    """Each round at its rate and the share that takes part, as far as it is within the chart."""
    everybody = int(cascade.inhabitants[cascade.starting].sum())
    dots: list[Row] = [
        {
            "number": str(number),
            "rate": cascade.rate_of(cascade_round.inhabitants),
            "share": cascade_round.inhabitants / everybody,
        }
        for number, cascade_round in enumerate(cascade.rounds, start=1)
        if cascade_round.inhabitants
    ]
    return [dot for dot in dots[:_MOST_ROUNDS] if dot["rate"] <= last]


def _upright(cascade: CascadeResult, x: Any) -> list[Any]:
    """Lines at the first rate and at the tipping rate, named so that neither name covers the other."""
    import altair as alt

    first, tipping = cascade.first_rate, cascade.tipping_rate
    lines: list[Row] = [
        {
            "rate": first,
            "label": _("at the start {rate}", rate=per_inhabitant(first)),
            "side": "left" if first >= tipping else "right",
        },
        {
            "rate": tipping,
            "label": _("tipping rate {rate}", rate=per_inhabitant(tipping)),
            "side": "right" if first >= tipping else "left",
        },
    ]
    layers: list[Any] = []
    for row, colour, dash, level in zip(lines, (SOFT, ALARM), ([1, 0], [2, 2]), (-16, -30), strict=True):
        line = alt.Chart(data([row]))
        layers += [
            line.mark_rule(color=colour, strokeWidth=1.5, strokeDash=dash, y=level + 4, y2=_HEIGHT).encode(x=x),
            line.mark_text(align="left", baseline="bottom", dx=2, y=level + 6, fontWeight="bold").encode(
                x=x, text=alt.Text("label:N")
            ),
        ]
    return layers


def _line_names(curve: list[Row], with_needed: bool) -> list[Any]:
    """The names of the lines, at their right ends: of what is accepted, and of what is needed where that is drawn."""
    import altair as alt

    end = curve[-1]
    names = [
        {"rate": end["rate"], "at": end["accepts"], "label": _("accepts")},
        {"rate": end["rate"], "at": end["needed"], "label": _("needed")},
    ]
    if not with_needed:
        names.pop()
    elif abs(end["accepts"] - end["needed"]) < 0.06:
        names[0]["at"], names[1]["at"] = (
            end["accepts"] + sign * 0.03 for sign in ((1, -1) if end["accepts"] >= end["needed"] else (-1, 1))
        )
    text = alt.Chart(data(names)).mark_text(align="left", dx=6, fontWeight="bold")
    return [text.encode(x=alt.X("rate:Q"), y=alt.Y("at:Q"), text=alt.Text("label:N"))]


def _ending(cascade: CascadeResult) -> list[str]:
    end = cascade.rounds[-1]
    if not end.inhabitants:
        return [_("In the end nobody is left.")]
    return [
        plural(
            "In the end {count} municipality takes part, at {rate} per inhabitant.",
            "In the end {count} municipalities take part, at {rate} per inhabitant.",
            int(end.taking_part.sum()),
            rate=per_inhabitant(cascade.rate_of(end.inhabitants)),
        )
    ]
