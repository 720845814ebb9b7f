"""How the municipalities of a new year differ from those of a year that is there."""

from __future__ import annotations

from datetime import date
from typing import Final

from gguplan.fund.municipalities import Municipality, Population
from gguplan.inputs.population.mergers import changes
from gguplan.language import _, plural
from gguplan.wording.amounts import format_number
from gguplan.wording.shortlist import shortlist

LARGE_CHANGE: Final = 5
"""Per cent."""


def called(name: str, code: str) -> str:
    """A municipality as it is named in a sentence."""
    return f"{name} ({code})"


def compared(rows: tuple[Municipality, ...], year: int, nearest: Population) -> list[str]:
    """How the municipalities differ from those of the nearest year, and which changes explain it."""
    here = {row.gm_code: row for row in rows}
    first, last = sorted((year, nearest.year))
    between = [
        change
        for change in changes()
        if change.ends_the_old and date(first, 1, 1) < change.effective_date <= date(last, 1, 1)
    ]
    ended, begun = {change.old_code for change in between}, {change.new_code for change in between}
    if nearest.year > year:
        ended, begun = begun, ended
    appeared = [called(municipality.name, code) for code, municipality in here.items() if code not in nearest.index]
    gone = [
        called(municipality.name, municipality.gm_code)
        for municipality in nearest.municipalities
        if municipality.gm_code not in here
    ]
    puzzling = [code for code in here if code not in nearest.index and code not in begun]
    puzzling += [code for code in nearest.index if code not in here and code not in ended]
    said = []
    if appeared:
        said.append(_("Not in {year}: {names}.", year=nearest.year, names=shortlist(appeared)))
    if gone:
        said.append(_("In {year}, not here: {names}.", year=nearest.year, names=shortlist(gone)))
    if puzzling:
        said.append(
            plural(
                "No change in mergers.csv explains this for {count} municipality ({names}): "
                "check whether the table is complete.",
                "No change in mergers.csv explains this for {count} municipalities ({names}): "
                "check whether the table is complete.",
                len(puzzling),
                names=shortlist(puzzling),
            )
        )
    elif appeared or gone:
        said.append(_("The changes in mergers.csv explain all of this."))
    return said + _largest_changes(here, nearest)


def _largest_changes(here: dict[str, Municipality], nearest: Population) -> list[str]:
    both = [
        (here[municipality.gm_code], municipality.inhabitants)
        for municipality in nearest.municipalities
        if municipality.gm_code in here
    ]
    large = [
        (municipality, before)
        for municipality, before in both
        if 100 * abs(municipality.inhabitants - before) > LARGE_CHANGE * before
    ]
    large.sort(key=lambda pair: -abs(pair[0].inhabitants - pair[1]) / pair[1])
    if not large:
        return [
            _(
                "No municipality differs more than {percent} % from {year}.",
                percent=LARGE_CHANGE,
                year=nearest.year,
            )
        ]
    named = [
        _(
            "{name} from {before} to {now}",
            name=called(municipality.name, municipality.gm_code),
            before=format_number(before),
            now=format_number(municipality.inhabitants),
        )
        for municipality, before in large[:5]
    ]
    return [
        plural(
            "{count} municipality differs more than {percent} % from {year}: {names}.",
            "{count} municipalities differ more than {percent} % from {year}; the largest: {names}.",
            len(large),
            percent=LARGE_CHANGE,
            year=nearest.year,
            names="; ".join(named),
        )
    ]
