"""Whether the population data agree with themselves and with what CBS published."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

from gguplan.fund.municipalities import Population
from gguplan.fund.municipality_names import name_key
from gguplan.fund.population_overview import Check
from gguplan.inputs.population.municipal_changes import changes
from gguplan.inputs.population.municipalities import aliases
from gguplan.inputs.population.years import folders, load_population, years
from gguplan.language import _, plural
from gguplan.shipped import shown
from gguplan.wording.amounts import format_number
from gguplan.wording.shortlist import shortlist


def checks() -> tuple[Check, ...]:
    """Every check of the population data. Raises InputError when a file cannot be read at all."""
    populations = {year: load_population(year) for year in years()}
    return (
        *(_count_and_total(population) for population in populations.values()),
        *(_changes_explain(populations[first], populations[second]) for first, second in pairwise(populations)),
        _aliases_have_codes(populations),
        *(_map_has_codes(file, populations) for folder in folders() for file in _maps(folder)),
    )


def _count_and_total(population: Population) -> Check:
    known = years()[population.year]
    count, total = len(population.municipalities), population.total
    values = {"year": population.year, "count": format_number(count), "total": format_number(total)}
    if count != known.municipalities:
        return Check(
            False,
            _(
                "{year}: {count} municipalities, years.csv says {expected}",
                expected=format_number(known.municipalities),
                **values,
            ),
        )
    if known.national_total is None:
        return Check(
            True,
            _("{year}: {count} municipalities, {total} inhabitants; no published total is known", **values),
        )
    if total != known.national_total:
        return Check(
            False,
            _(
                "{year}: {count} municipalities, {total} inhabitants; published is {expected}",
                expected=format_number(known.national_total),
                **values,
            ),
        )
    return Check(True, _("{year}: {count} municipalities, {total} inhabitants, equal to the published total", **values))


def _changes_explain(before: Population, after: Population) -> Check:
    """The codes that leave are the old codes of the changes, and the codes that appear are new codes."""
    between = [
        change
        for change in changes()
        if change.ends_the_old and date(before.year, 1, 1) < change.effective_date <= date(after.year, 1, 1)
    ]
    ended, begun = {change.old_code for change in between}, {change.new_code for change in between}
    left, appeared = before.index.keys() - after.index.keys(), after.index.keys() - before.index.keys()
    odd = sorted((left ^ ended) | (appeared - begun) | (begun - after.index.keys() - ended))
    values = {"first": before.year, "second": after.year}
    if odd:
        return Check(
            False,
            _(
                "{first} to {second}: mergers.csv and the codes do not agree about {codes}",
                codes=shortlist(odd),
                **values,
            ),
        )
    return Check(
        True,
        _(
            "{first} to {second}: mergers.csv explains the codes that leave ({left}) and appear ({appeared})",
            left=len(left),
            appeared=len(appeared),
            **values,
        ),
    )


def _aliases_have_codes(populations: dict[int, Population]) -> Check:
    """Every alias has a code of some year, and is not the name of a municipality that it leaves out."""
    named: dict[str, set[str]] = {}
    for population in populations.values():
        for municipality in population.municipalities:
            named.setdefault(name_key(municipality.name), set()).add(municipality.gm_code)
    codes = set().union(*named.values())
    meant: dict[str, set[str]] = {}
    for alias in aliases():
        meant.setdefault(name_key(alias.alias), set()).add(alias.gm_code)
    odd = [alias.alias for alias in aliases() if alias.gm_code not in codes]
    renamed = [(change.old_code, change.new_code) for change in changes() if change.kind == "rename"]
    for key, candidates in meant.items():
        same = {code for pair in renamed if candidates & set(pair) for code in pair}
        if named.get(key, set()) - candidates - same:
            odd.append(key)
    if odd:
        return Check(
            False,
            _("aliases.csv: no code, or the name of another municipality: {names}", names=shortlist(odd)),
        )
    return Check(
        True,
        plural(
            "aliases.csv: {count} alias, with a code of a municipality",
            "aliases.csv: {count} aliases, all with the code of a municipality",
            len(aliases()),
        ),
    )


def _maps(folder: Path) -> list[Path]:
    return sorted(file for file in (folder / "map").glob("*.geojson") if file.stem.isdigit())


def _map_has_codes(file: Path, populations: dict[int, Population]) -> Check:
    values = {"file": shown(file), "year": file.stem}
    try:
        areas = json.loads(file.read_text(encoding="utf-8"))["features"]
        drawn = {area["properties"]["gm_code"] for area in areas}
    except (OSError, ValueError, KeyError, TypeError):
        return Check(False, _("{file}: this is not a map of areas with a gm_code", **values))
    population = populations.get(int(file.stem))
    if population is None:
        return Check(False, _("{file}: the inhabitants of {year} are not there", **values))
    odd = sorted(drawn ^ population.index.keys())
    if odd:
        return Check(
            False,
            _(
                "{file}: other areas than the municipalities of {year}: {codes}",
                codes=shortlist(odd),
                **values,
            ),
        )
    return Check(
        True,
        _("{file}: {count} areas, those of the municipalities of {year}", count=len(drawn), **values),
    )
