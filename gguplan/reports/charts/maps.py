"""Maps of the municipalities: what changes for them, and what they pay, in classes of euros per inhabitant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from gguplan.fund.boundaries import Boundaries
from gguplan.fund.municipalities import Population
from gguplan.language import _, plural
from gguplan.model.comparison import Comparison, euros_per_inhabitant_of_each
from gguplan.model.result import RunResult
from gguplan.reports.charts.drawing import HATCHED, Picture, picture
from gguplan.reports.charts.effect_rows import beside, effect_rows, in_the_amounts, in_words, populations, rows_at
from gguplan.reports.charts.look import INK, Row, before_cascades, clean, source_note
from gguplan.reports.charts.map_drawing import Area, MapPanel
from gguplan.reports.charts.map_shapes import are_few, areas_of, height_of, names, outlines, room_for_a_legend
from gguplan.reports.charts.rate_classes import Class, classes, same
from gguplan.wording.amounts import per_inhabitant
from gguplan.wording.bodies import bodies_not_drawn
from gguplan.wording.shortlist import some_names

_MOST_NAMES: Final = 12

_MORE: Final = (("#F5A623",), ("#FBD69B", "#E08A00"), ("#FCE1B6", "#F5AC3D", "#B86A00"))
_LESS: Final = tuple(HATCHED)
_LESS_CHOSEN: Final = ((1,), (0, 2), (0, 1, 2))
_SAME: Final = "#EFEFEF"
_NOT_DRAWN: Final = "#FFFFFF"
_RATES: Final = ("#FDE9C9", "#F9C774", "#E99A1C", "#B66A05", "#6E3D00")


def effect_map(comparison: Comparison, boundaries: Boundaries, gm_codes: Sequence[str] = ()) -> Picture:
    """What changes for each municipality in euros per inhabitant; `gm_codes` get an outline and a name."""
    population = comparison.population
    rows = effect_rows(comparison)
    rates = np.array([row["rate"] for row in rows])
    less = [[_LESS[shade] for shade in some] for some in _LESS_CHOSEN]
    legend = [
        *classes(rates, np.flatnonzero(rates > 0), _MORE, _("{range} more"))[::-1],
        *same(np.flatnonzero(rates == 0), _SAME),
        *classes(rates, np.flatnonzero(rates < 0), less, _("{range} less")),
    ]
    return _map(
        population,
        boundaries,
        rows,
        legend,
        gm_codes,
        _("What changes for whom, in euros per inhabitant"),
        beside(comparison),
        source_note(populations(comparison), *in_the_amounts(comparison)),
        [beside(comparison) + ".", *in_words(comparison, gm_codes)],
    )


def rate_map(result: RunResult, boundaries: Boundaries, gm_codes: Sequence[str] = ()) -> Picture:
    """What each municipality pays in euros per inhabitant, refunds taken off; `gm_codes` as in `effect_map`."""
    population = result.population
    rates = euros_per_inhabitant_of_each(result.to_pay, population.inhabitants)[: len(population.without_bodies)]
    rows: list[Row] = [
        {
            "gm_code": municipality.gm_code,
            "name": clean(municipality.name, 34),
            "inhabitants": municipality.inhabitants,
            "cents": cents,
            "rate": rate,
        }
        for municipality, cents, rate in zip(
            population.without_bodies, result.to_pay.tolist(), rates.tolist(), strict=False
        )
    ]
    everybody = np.arange(len(rates))
    some = [[_RATES[0]], [_RATES[0], _RATES[2]], [_RATES[0], _RATES[2], _RATES[4]]]
    legend = classes(rates, everybody, some, "{range}")
    title = clean(result.fund_year.title, 90)
    highest, high = rows_at(rows, max(row["rate"] for row in rows))
    lowest, low = rows_at(rows, min(row["rate"] for row in rows))
    sentences = [
        _("{title}: {rate} per inhabitant everywhere.", title=title, rate=high)
        if low == high
        else _(
            "{title}: from {low} ({lowest}) to {high} ({highest}) per inhabitant.",
            title=title,
            low=low,
            lowest=lowest,
            high=high,
            highest=highest,
        )
    ]
    sentences += [
        _("{name}: {rate} per inhabitant.", name=rows[place]["name"], rate=per_inhabitant(rows[place]["rate"]))
        for place in (population.index[code] for code in dict.fromkeys(gm_codes))
        if not population.is_body[place]
    ]
    note = source_note([population], *before_cascades([result.fund_year]))
    return _map(
        population,
        boundaries,
        rows,
        legend,
        gm_codes,
        _("What each municipality pays per inhabitant"),
        title,
        note,
        sentences,
    )


def _map(
    population: Population,
    boundaries: Boundaries,
    rows: list[Row],
    legend_of: Sequence[Class],
    gm_codes: Sequence[str],
    title: str,
    subtitle: str,
    note: str,
    words: Sequence[str],
) -> Picture:
    by_code = {rows[place]["gm_code"]: rate_class for rate_class in legend_of for place in rate_class.places.tolist()}
    by_row = {row["gm_code"]: row for row in rows}
    own = [code for code in dict.fromkeys(gm_codes) if code in boundaries.areas]
    areas = [
        area
        for code, rings in boundaries.areas.items()
        for area in areas_of(rings, by_row[code], by_code[code], code in boundaries.united)
    ]
    areas += [Area(outlines(rings), _NOT_DRAWN, "#999999", 0.6) for rings in boundaries.divided.values()]
    for code in own:
        rings = outlines(boundaries.areas[code])
        areas += [Area(rings, stroke=INK, width=3.2), Area(rings, by_code[code].colour)]
    named = list(boundaries.areas) if are_few(boundaries) else own
    remarks = _remarks(population, boundaries)
    credit = _("Boundaries of {year}: CBS and Kadaster, CC BY 4.0.", year=boundaries.map_year)
    panel = MapPanel(
        tuple(areas),
        tuple(names([(by_row[code]["name"], boundaries.areas[code]) for code in named], boundaries)),
        room_for_a_legend(boundaries),
        height_of(boundaries),
        _("euros per inhabitant"),
        tuple((rate_class.label, rate_class.colour) for rate_class in legend_of),
    )
    return picture([panel], title, subtitle, " ".join([*remarks, note, credit]), [*words, *remarks])


def _remarks(population: Population, boundaries: Boundaries) -> list[str]:
    """What the map does not show, and why."""
    remarks = list(filter(None, [bodies_not_drawn(population)]))
    if boundaries.not_drawn:
        missing = [population.municipalities[population.index[code]].name for code in boundaries.not_drawn]
        remarks.append(
            plural(
                "{count} municipality is not on this map, white or within a neighbour: {names}.",
                "{count} municipalities are not on this map, white or within a neighbour: {names}.",
                len(missing),
                names=_some(missing),
            )
        )
    if boundaries.divided and boundaries.map_year <= population.year:
        remarks.append(_("White: divided over several municipalities ({names}).", names=_some(boundaries.divided)))
    return remarks


def _some(names: Iterable[str]) -> str:
    return some_names([clean(name, 34) for name in names], _MOST_NAMES)
