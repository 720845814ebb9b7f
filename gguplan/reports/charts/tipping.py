"""At which rate a programme tips: who accepts a rate, beside who is needed to raise the budget by it."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _, plural
from gguplan.model.participation.cascade import CascadeResult
from gguplan.model.participation.overview import ParticipationOverview
from gguplan.reports.charts.axes import euro_axis, percent_axis
from gguplan.reports.charts.drawing import Picture, picture
from gguplan.reports.charts.look import ALARM, BAND, INK, LESS, SOFT, Row, clean, source_note
from gguplan.reports.charts.marks import Dots, Mark, Scale, Strokes, Surface, Words
from gguplan.reports.charts.panel import Panel
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
    first, last = float(rates[0]), float(rates[-1])
    band = [(row["rate"], row["high"]) for row in curve] + [(row["rate"], row["low"]) for row in reversed(curve)]
    marks: list[Mark] = [
        Surface(tuple(band), BAND),
        Strokes((tuple((row["rate"], row["accepts"]) for row in curve),), LESS, 2.5),
    ]
    if cascade.price is None:
        marks.append(Strokes((tuple((row["rate"], row["needed"]) for row in curve),), INK, 1.8, "6,4"))
    marks += _upright(cascade)
    for dot in rounds:
        at = (dot["rate"], dot["share"])
        marks.append(Dots((at,), "circle", "white", 190, INK, 1.2))
        marks.append(Words((dot["number"],), at, anchor="middle", size=10, bold=True))
    marks += _line_names(curve, cascade.price is None)
    panel = Panel(
        Scale(first, last, _WIDTH),
        Scale(0, 1, _HEIGHT, upwards=True),
        tuple(marks),
        euro_axis(_("rate in euros per inhabitant"), first, last, most=10, grid=False),
        percent_axis(_("share of the inhabitants"), [0, 0.2, 0.4, 0.6, 0.8, 1]),
    )
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
    return picture([panel], _("At which rate does it tip?"), title, note, words)


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


def _upright(cascade: CascadeResult) -> list[Mark]:
    """Lines at the first rate and at the tipping rate, each with its name above it."""
    first, tipping = cascade.first_rate, cascade.tipping_rate
    lines = (
        (first, _("at the start {rate}", rate=per_inhabitant(first)), SOFT, "", 16),
        (tipping, _("tipping rate {rate}", rate=per_inhabitant(tipping)), ALARM, "2,2", 30),
    )
    marks: list[Mark] = []
    for rate, label, colour, dash, level in lines:
        marks.append(Strokes((((rate, 1.0), (rate, 0.0)),), colour, 1.5, dash, past=(level - 4, 0)))
        marks.append(Words((label,), (rate, 1.0), across=2, down=-level + 6, foot="above", bold=True))
    return marks


def _line_names(curve: list[Row], with_needed: bool) -> list[Mark]:
    """The names of the lines, at their right ends: of what is accepted, and of what is needed where that is drawn."""
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
    return [Words((name["label"],), (name["rate"], name["at"]), across=6, bold=True) for name in names]


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
