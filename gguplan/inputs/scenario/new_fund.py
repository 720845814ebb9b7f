"""A new scenario of a fund of some municipalities, from who they are and what they pay together."""

from __future__ import annotations

import re
from typing import Final

from gguplan.findings import Findings, Place
from gguplan.fund.municipalities import Municipality, Population
from gguplan.fund.municipality_names import name_key
from gguplan.inputs.population.municipalities import UnknownMunicipality, find, look_up
from gguplan.inputs.population.years import load_population, years
from gguplan.inputs.scenario.new_scenario import field_with_description
from gguplan.inputs.scenario.reference_dates import YEARS_OF_A_FUND
from gguplan.inputs.scenario.schema import ProgrammeTable, Scenario
from gguplan.inputs.tables.amounts import Mark, read_amounts
from gguplan.language import _, current_language
from gguplan.money import plain_euros
from gguplan.visible_text import on_one_line

_PROVINCE: Final = re.compile(r"(?:provincie|province(?: of)?)\s+(.+)", re.IGNORECASE)
_LONGEST_NAME: Final = 4
"""Parts between commas that one name may have: Nuenen, Gerwen en Nederwetten has two."""


def new_fund(title: str, members: str, total: str, source: str, year: int | None = None) -> str:
    """A commented scenario file of a fund whose `members` (names or codes, commas between them, or a province) pay
    `total` euros together in `year`; without a year that after the newest count.

    Raises InputError for names that are none, an amount that is none or could be two, and where there is no source.
    """
    findings = Findings()
    year = max(years()) + 1 if year is None else year
    if year not in YEARS_OF_A_FUND:
        findings.add(
            Place(f"--year {year}"),
            _("{year} is not a year of a fund.", year=year),
            _("Write the year that is paid for, such as 2027."),
        )
        findings.raise_if_any()
    population = load_population(min(max(year - 1, min(years())), max(years())))
    groups, names = _members(members, population, findings)
    cents = _cents(total, findings)
    if not source.strip():
        findings.add(
            Place("--source"),
            _("Nothing says where the amount and the members come from."),
            _('Say it with --source "…", such as the budget and its page.'),
        )
    findings.raise_if_any()
    listed = ", ".join(map(_quoted, names))
    return "\n".join(
        [
            field_with_description(Scenario, "title", _quoted(title)),
            field_with_description(Scenario, "source", _quoted(source)),
            field_with_description(Scenario, "year", str(year)),
            field_with_description(Scenario, "members", f"[{listed}]"),
            *groups,
            "[programmes.bijdrage]",
            field_with_description(ProgrammeTable, "title", _quoted(_("Contribution"))),
            field_with_description(ProgrammeTable, "gross", _quoted(plain_euros(cents or 0))),
            field_with_description(ProgrammeTable, "vat", '"none"'),
            field_with_description(ProgrammeTable, "allocation", '{ key = "inhabitants" }'),
        ]
    )


def _members(text: str, population: Population, findings: Findings) -> tuple[list[str], list[str]]:
    """The tables of groups, and what stands in the list of members."""
    groups, names, of_provinces = list[str](), dict[str, str](), set[str]()
    written: list[tuple[str, Municipality]] = []
    for part in _parts(text, population):
        if (province := _province(part, population)) is not None:
            name = name_key(province).replace(" ", "-")
            if f"province {name}" not in names:
                groups.append(f"[groups.provincie-{name}]\nprovince = {_quoted(province)}\n")
            names[f"province {name}"] = f"provincie-{name}"
            of_provinces.add(province)
            continue
        try:
            municipality = look_up(part, population)
        except UnknownMunicipality as problem:
            findings.add(Place(f"--members {part!r}"), problem.what, problem.remedy)
            continue
        if municipality.gm_code in names:
            _add_twice(part, municipality, findings)
        written.append((part, municipality))
        # A name that is also that of a village elsewhere asks which: then the code says it.
        names[municipality.gm_code] = (
            municipality.name if _is_alone(municipality.name, population) else municipality.gm_code
        )
    for part, municipality in written:
        if municipality.province in of_provinces:
            _add_twice(part, municipality, findings)
    return groups, list(names.values())


def _add_twice(part: str, municipality: Municipality, findings: Findings) -> None:
    findings.add(
        Place(f"--members {part!r}"),
        _("{name} ({code}) stands in this list a second time.", name=municipality.name, code=municipality.gm_code),
        _("Keep it once."),
    )


def _parts(text: str, population: Population) -> list[str]:
    """The names between commas; a name that has a comma itself stays whole."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()] or [text]
    parts, start = list[str](), 0
    while start < len(pieces):
        ends = range(min(start + _LONGEST_NAME, len(pieces)), start + 1, -1)
        end = next((end for end in ends if _is_one(", ".join(pieces[start:end]), population)), start + 1)
        parts.append(", ".join(pieces[start:end]))
        start = end
    return parts


def _is_one(name: str, population: Population) -> bool:
    try:
        return find(name, population) is not None
    except UnknownMunicipality:
        return True


def _is_alone(name: str, population: Population) -> bool:
    try:
        return find(name, population) is not None
    except UnknownMunicipality:
        return False


def _province(text: str, population: Population) -> str | None:
    """The province that is meant, where a text says that it is one."""
    match = _PROVINCE.fullmatch(text)
    provinces = {name_key(municipality.province): municipality.province for municipality in population.municipalities}
    return None if match is None else provinces.get(name_key(match[1]))


def _cents(text: str, findings: Findings) -> int | None:
    usual: Mark = "," if current_language() == "nl" else "."
    column = read_amounts([text], usual=usual)
    cents = column.cents[0]
    if cents is None or cents <= 0:
        in_doubt = bool(column.doubts) and column.doubts[0].reason == "in_doubt"
        what = (
            _("{text!r} can be read in two ways.", text=text[:40])
            if in_doubt
            else _("{text!r} is not an amount.", text=text[:40])
        )
        findings.add(Place(f"--total {text[:40]}"), what, _("Write for example: --total 61000000.00"))
    return cents


def _quoted(text: str) -> str:
    """A text as TOML writes it."""
    plain = on_one_line(text, 2_000).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
