"""How the municipalities of a new year differ from those of a year that is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from gguplan.findings import Findings
from gguplan.fund.municipalities import Municipality, Population
from gguplan.inputs.population.municipal_changes import changes
from gguplan.inputs.tables.reading import Table
from gguplan.language import _, plural
from gguplan.wording.amounts import format_number
from gguplan.wording.shortlist import shortlist

LARGE_CHANGE: Final = 5
"""Per cent."""

_YEARS_TO_COMPARE: Final = 5
_FEWEST_TO_COMPARE: Final = 3


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
    sentences = []
    if appeared:
        sentences.append(_("Not in {year}: {names}.", year=nearest.year, names=shortlist(appeared)))
    if gone:
        sentences.append(_("In {year}, not here: {names}.", year=nearest.year, names=shortlist(gone)))
    if puzzling:
        sentences.append(
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
        sentences.append(_("The changes in mergers.csv explain all of this."))
    return sentences + _largest_changes(here, nearest)


def check_what_is_possible(
    rows: Sequence[Municipality],
    year: int,
    nearest: Population,
    table: Table,
    line_of: Mapping[str, int],
    findings: Findings,
) -> None:
    """Find what no year can bring: half of the municipalities a quarter larger or smaller than in the nearest year,
    which is another subject or a part of the people, or one of them that is half as large again or two thirds, without
    a change of boundaries."""
    distance = abs(year - nearest.year)
    if distance > _YEARS_TO_COMPARE:
        return
    both = [
        (row, nearest.municipalities[nearest.index[row.gm_code]].inhabitants)
        for row in rows
        if row.gm_code in nearest.index
    ]
    far = [(row, before) for row, before in both if not 0.75 < row.inhabitants / before < 1.25]
    if len(both) < _FEWEST_TO_COMPARE:
        return
    if 2 * len(far) > len(both):
        row, before = far[0]
        findings.add(
            table.header_place,
            _(
                "{count} of {all} municipalities differ by more than a quarter from {year}, such as {name}: "
                "{now} against {before}.",
                count=len(far),
                all=len(both),
                year=nearest.year,
                name=called(row.name, row.gm_code),
                now=format_number(row.inhabitants),
                before=format_number(before),
            ),
            _("This cannot be all inhabitants of a municipality. Give the table of those, or the right year."),
        )
        return
    for row, before in far:
        ratio = row.inhabitants / before
        if 2 / 3 < ratio < 1.5 or (1 < ratio < 3 and _may_have_grown(row, year, nearest, rows)):
            continue
        if _changed(row.gm_code, year, nearest):
            continue
        position = table.lines.index(line_of[row.gm_code])
        findings.add(
            table.place(position),
            _(
                "{name} has {now} inhabitants here and {before} on 1 January {year}: that is not possible.",
                name=called(row.name, row.gm_code),
                now=format_number(row.inhabitants),
                before=format_number(before),
                year=nearest.year,
            ),
            _("Correct the number; if its boundaries changed, write the change in mergers.csv first."),
        )


def _changed(code: str, year: int, nearest: Population) -> bool:
    """Whether boundaries of a municipality changed between the two years."""
    first, last = sorted((year, nearest.year))
    return any(
        code in (change.old_code, change.new_code)
        for change in changes()
        if date(first, 1, 1) < change.effective_date <= date(last, 1, 1)
    )


def _may_have_grown(row: Municipality, year: int, nearest: Population, rows: Sequence[Municipality]) -> bool:
    """Whether a municipality of the nearest year is not there any more, so that this one may have taken it in."""
    here = {municipality.gm_code for municipality in rows}
    return year > nearest.year and any(
        municipality.gm_code not in here and municipality.province == row.province
        for municipality in nearest.municipalities
    )


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
