"""The areas of the municipalities of a year, for drawing only.

There is a map of some years. For another year the areas of the latest map before it are united through the mergers
since. An area that was divided over several, and municipalities of before the first map that are one area in it,
cannot be drawn apart.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import chain
from math import cos, radians
from pathlib import Path
from typing import Final

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.boundaries import Boundaries, Ring
from gguplan.fund.municipalities import Population
from gguplan.inputs.population.municipal_changes import predecessors, successors
from gguplan.inputs.population.years import folders
from gguplan.language import _
from gguplan.shipped import shown

_NORTH, _WEST, _MIDDLE = 54.0, 3.0, 52.2
_HECTOMETRES_IN_A_DEGREE: Final = 1113.2


def boundaries_of(population: Population) -> Boundaries:
    """The areas of the municipalities of `population`, and of a fund with members of no others.

    Raises InputError when a map is not one.
    """
    files = {int(file.stem): file for folder in folders() for file in _maps(folder)}
    map_year = max((year for year in files if year <= population.year), default=min(files))
    pieces: dict[str, list[tuple[Ring, ...]]] = {}
    divided: dict[str, tuple[Ring, ...]] = {}
    for code, (name, rings) in _read(files[map_year]).items():
        holders = _holders(code, map_year, population.everybody)
        if population.country is not None and holders.isdisjoint(population.index):
            continue
        if len(holders) == 1:
            pieces.setdefault(holders.pop(), []).append(rings)
        else:
            divided[name] = rings
    areas = {code: tuple(chain.from_iterable(parts)) for code, parts in sorted(pieces.items())}
    united = frozenset(code for code, parts in pieces.items() if len(parts) > 1)
    missing = tuple(
        municipality.gm_code for municipality in population.without_bodies if municipality.gm_code not in areas
    )
    return Boundaries(map_year, areas, united, missing, divided)


def boundaries_to_draw(population: Population) -> Boundaries:
    """The same for who asks for a map. Raises InputError when none of the municipalities stands on any."""
    boundaries = boundaries_of(population)
    if not boundaries.areas:
        what = _("Of the municipalities on 1 January {year} none stands on a map.", year=population.year)
        raise InputError([Finding(Place("--map"), what, _("Leave --map out, or put a map beside their inhabitants."))])
    return boundaries


def _holders(code: str, map_year: int, country: Population) -> set[str]:
    """The codes of those that hold an area of the map; several where it was divided."""
    if code in country.index:
        return {code}
    if map_year <= country.year:
        return {change.new_code for change in successors(code, country.year)} & country.index.keys()
    return {change.old_code for change in predecessors(code, country.year)} & country.index.keys()


def _maps(folder: Path) -> list[Path]:
    return sorted(file for file in (folder / "map").glob("*.geojson") if file.stem.isdigit())


@cache
def _read(file: Path) -> dict[str, tuple[str, tuple[Ring, ...]]]:
    """Name and rings by code."""
    try:
        areas = {}
        for area in json.loads(file.read_text(encoding="utf-8"))["features"]:
            shape = area["geometry"]
            polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            rings = tuple(ring for polygon in polygons for points in polygon if len(ring := _ring(points)) > 3)
            areas[str(area["properties"]["gm_code"])] = str(area["properties"]["name"]), rings
        return areas
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        raise InputError(
            [
                Finding(
                    Place(shown(file)),
                    _("This is not a map of areas with a gm_code."),
                    _("Take it out of the folder, or make it again; gguplan population check says more."),
                )
            ]
        ) from None


def _ring(points: list[list[float]]) -> Ring:
    """The points of a ring on a plane: true to distance at 52.2° north, a hectometre apart at least."""
    across = _HECTOMETRES_IN_A_DEGREE * cos(radians(_MIDDLE))
    plane = [(round((x - _WEST) * across), round((_NORTH - y) * _HECTOMETRES_IN_A_DEGREE)) for x, y, *_rest in points]
    return tuple(point for point, before in zip(plane, [None, *plane], strict=False) if point != before)
