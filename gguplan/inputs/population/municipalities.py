"""Which municipality is meant: by CBS code, official name or another common name, never by a near match.

Case, accents, white space, the form of an apostrophe, points and brackets, and hyphen or space make no
difference. A name that is close to one suggests it; a name that can be several asks which.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, assert_never

from msgspec import Struct

from gguplan.findings import Findings, Place
from gguplan.fund.municipal_changes import MunicipalChange
from gguplan.fund.municipalities import CountedIn, Municipality, Population, ProjectedFrom
from gguplan.fund.municipality_names import name_key
from gguplan.inputs.data_file import rows_of
from gguplan.inputs.population.municipal_changes import changes, changes_of, predecessors, successors
from gguplan.inputs.population.years import folders, read_population, years
from gguplan.language import _, listed_with_and, listed_with_or
from gguplan.shipped import shown
from gguplan.visible_text import on_one_line
from gguplan.wording.dates import format_day
from gguplan.wording.shortlist import shortlist

_CODE: Final = re.compile(r"(?:gm\s?)?([0-9]{1,4})", re.IGNORECASE)
_CLOSE_ENOUGH: Final = 70
_SHOWN_OF_A_TEXT: Final = 60


class UnknownMunicipality(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """A text that names no municipality on the reference date; `what` and `remedy` are sentences."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what} {remedy}")

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows of it."""
        return [self.what, self.remedy]


class AmbiguousMunicipality(UnknownMunicipality):
    """A text that can be more than one municipality."""


class Alias(Struct, frozen=True):
    """Another name of a municipality. One alias with several codes asks which; the note tells them apart."""

    alias: str
    gm_code: str
    note: str


def look_up(text: str, population: Population) -> Municipality:
    """The municipality that a code, an official name or an alias means on the reference date.

    Accepts ``GM0344``, ``gm0344``, ``0344`` and ``344``; the name that CBS uses in this year, or in
    another year for the same code; and the names in ``aliases.csv``. Raises UnknownMunicipality with what
    to write instead: the closest names, what a municipality of another year became or came from, or
    (AmbiguousMunicipality) the municipalities that a name can be.
    """
    municipality = find(text, population)
    if municipality is None:
        raise _unknown(text, population)
    return municipality


def look_up_in_table(text: str, population: Population) -> Municipality:
    """As `look_up`, for a row of a table of municipalities: a name that CBS uses in this year is never
    ambiguous there, because every row is a municipality."""
    return _official(population).get(name_key(text)) or look_up(text, population)


def find(text: str, population: Population) -> Municipality | None:
    """As `look_up`, but None where nothing is found; raises only AmbiguousMunicipality."""
    if code := code_in(text):
        codes: tuple[str, ...] = (code,)
    elif (key := name_key(text)) in (names := _names(population, folders())):
        codes = names[key]
    else:
        codes = names_in_all_years().get(key, ())
    here = [code for code in codes if code in population.index]
    if len(here) > 1:
        raise _ambiguous(text, here, population)
    return population.municipalities[population.index[here[0]]] if here else None


def code_in(text: str) -> str | None:
    """The CBS code that a text writes in any of its forms, as ``GM0344``; None when it writes none."""
    match = _CODE.fullmatch(text.strip())
    return f"GM{int(match[1]):04d}" if match else None


def aliases() -> tuple[Alias, ...]:
    """Every alias, from ``aliases.csv``. Raises InputError when such a file is wrong."""
    return _aliases_of(folders())


def names_in_all_years() -> dict[str, tuple[str, ...]]:
    """The codes that each `name_key` has in any year, in ``mergers.csv`` or as an alias."""
    return _names_of_all(_every_population(), folders())


# --- the index -----------------------------------------------------------------------------------


@cache
def _official(population: Population) -> dict[str, Municipality]:
    """The municipality that CBS gives each `name_key` in one year."""
    return {name_key(municipality.name): municipality for municipality in population.municipalities}


@cache
def _names(population: Population, aliases_in: tuple[Path, ...]) -> dict[str, tuple[str, ...]]:
    """The codes that each `name_key` can mean in one year, with the aliases of some folders."""
    return _gathered(
        [(municipality.name, municipality.gm_code) for municipality in population.municipalities]
        + [(body.gm_code, body.gm_code) for body in population.bodies]
        + [
            (other_name.alias, other_name.gm_code)
            for other_name in _aliases_of(aliases_in)
            if other_name.gm_code in population.index
        ]
    )


@cache
def _names_of_all(populations: tuple[Population, ...], data: tuple[Path, ...]) -> dict[str, tuple[str, ...]]:
    official = {
        (municipality.name, municipality.gm_code) for year in populations for municipality in year.municipalities
    }
    changed = {(change.old_name, change.old_code) for change in changes_of(data)}
    return _gathered(
        [*sorted(official | changed), *((other_name.alias, other_name.gm_code) for other_name in _aliases_of(data))]
    )


def _gathered(pairs: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Codes by `name_key`, each code once."""
    codes: dict[str, dict[str, None]] = {}
    for name, code in pairs:
        codes.setdefault(name_key(name), {})[code] = None
    return {key: tuple(codes_of_key) for key, codes_of_key in codes.items()}


def _every_population() -> tuple[Population, ...]:
    return tuple(read_population(year.file, year.year, year.status, year.stated) for year in years().values())


@cache
def _aliases_of(data: tuple[Path, ...]) -> tuple[Alias, ...]:
    """The aliases in some folders, each once."""
    return tuple(dict.fromkeys(alias for folder in data for alias in _aliases_in(folder / "aliases.csv")))


@cache
def _aliases_in(file: Path) -> tuple[Alias, ...]:
    """The aliases in one file; none where there is no file."""
    if not file.is_file():
        return ()
    findings = Findings()
    aliases_of_file: list[Alias] = []
    for line, row in rows_of(file):
        alias, code = row.get("alias") or "", row.get("gm_code") or ""
        if name_key(alias) and code_in(code) == code:
            aliases_of_file.append(Alias(alias, code, row.get("note") or ""))
        else:
            findings.add(
                Place(shown(file), line, excerpt=",".join(map(str, row.values()))),
                _("This row does not give a municipality another name."),
                _("Write alias,gm_code,note; the code as GM0344."),
            )
    findings.raise_if_any()
    return tuple(aliases_of_file)


# --- what to write instead -----------------------------------------------------------------------


class NoMember(UnknownMunicipality):
    """A municipality that is no member of the fund that is asked about."""


def _stranger(text: str, population: Population) -> NoMember | None:
    """That a text names a municipality that is no member of the fund, and who is; None where it names none."""
    if population.country is None or (stranger := find(text, population.country)) is None:
        return None
    return NoMember(
        _("{name} ({code}) is no member of this fund.", name=stranger.name, code=stranger.gm_code),
        _("Members: {names}.", names=shortlist([municipality.name for municipality in population.municipalities])),
    )


def _unknown(text: str, population: Population) -> UnknownMunicipality:
    """Why a text names nothing in this year, and what to write instead."""
    if (stranger := _stranger(text, population)) is not None:
        return stranger
    if not text.strip():
        return UnknownMunicipality(
            _("No municipality is named here."), _("Write a name or a CBS code, such as Utrecht or GM0344.")
        )
    source = population.source
    match source:
        case CountedIn():
            what = _('"{text}" is not a municipality on 1 January {year}.', text=shortened(text), year=population.year)
        case ProjectedFrom(last_year):
            what = _(
                '"{text}" is not a municipality on 1 January {boundaries}, of which the boundaries are used for '
                "{year}.",
                text=shortened(text),
                boundaries=last_year,
                year=population.year,
            )
        case _:
            assert_never(source)
    province = _province_named(text, population)
    if province is not None:
        what = _('"{text}" is a province, and no municipality.', text=shortened(text))
        group = name_key(province).replace(" ", "-")
        remedy = _(
            "Name its municipalities; in a scenario a group can be named: [groups.{group}] with province = {name}.",
            group=group,
            name=f'"{province}"',
        )
        return UnknownMunicipality(what, remedy)
    code = code_in(text)
    elsewhere = [code] if code else list(names_in_all_years().get(name_key(text), ()))
    stories = [story for code in elsewhere if (story := _story(code, population))]
    if stories:
        return UnknownMunicipality(what, "\n".join(stories))
    remedy = _did_you_mean(name_key(text), population)
    if not remedy and any(letter.isdigit() for letter in text):
        remedy = _("No year has this code. Write GM and the four digits of CBS, such as GM0344, or the name.")
    return UnknownMunicipality(what, remedy or _("Write the name as CBS writes it, or the CBS code, such as GM0344."))


def _province_named(text: str, population: Population) -> str | None:
    provinces = {name_key(municipality.province): municipality.province for municipality in population.without_bodies}
    key = name_key(text)
    return provinces.get(name_key("Fryslân") if key == "friesland" else key)


def _ambiguous(text: str, codes: list[str], population: Population) -> AmbiguousMunicipality:
    key = name_key(text)
    notes = {alias.gm_code: alias.note for alias in aliases() if name_key(alias.alias) == key}
    candidates = [
        _("{code} for {name} ({note})", code=code, name=_name(code, population), note=notes[code])
        if notes.get(code)
        else _("{code} for {name}", code=code, name=_name(code, population))
        for code in codes
    ]
    return AmbiguousMunicipality(
        _('"{text}" can be more than one municipality.', text=shortened(text)),
        _("Write {codes}.", codes=listed_with_or(candidates)),
    )


def _did_you_mean(key: str, population: Population) -> str:
    """The closest names, at most three, as a question; empty when nothing is close."""
    from rapidfuzz import fuzz, process

    names = _names(population, folders())
    shown_alias = {name_key(alias.alias): alias.alias for alias in aliases()}
    close: dict[str, str] = {}
    matches = process.extract(key, names.keys(), scorer=fuzz.ratio, limit=6, score_cutoff=_CLOSE_ENOUGH)
    longer = sorted(name for name in names if len(key) >= 4 and f" {key} " in f" {name} ")
    for matched in [*(name for name, _score, _place in matches), *longer]:
        for code in names[matched]:
            name = _name(code, population)
            alias = "" if name_key(name) == matched else shown_alias.get(matched, "")
            close.setdefault(
                code,
                _('"{name}" ({code}, also known as {alias})', name=name, code=code, alias=alias)
                if alias
                else f'"{name}" ({code})',
            )
    if not close:
        return ""
    return _("Did you mean {names}?", names=listed_with_or(list(close.values())[:3]))


def _story(code: str, population: Population) -> str:
    """What a municipality of another year became or came from; empty when no year knows the code."""
    went = successors(code, population.year)
    if went:
        return _how_it_ended([change for change in went if change.old_code == code], went, population)
    came = [change for change in changes() if change.ends_the_old and change.new_code == code]
    name = name_in_any_year(code)
    if came and came[0].effective_date > date(population.year, 1, 1):
        return _how_it_began(name, came[0], population)
    known = [population_of_year.year for population_of_year in _every_population() if code in population_of_year.index]
    if not known:
        return ""
    return _("{name} ({code}) is in the figures of {years}.", name=name, code=code, years=_span(known))


def _how_it_ended(direct: list[MunicipalChange], went: tuple[MunicipalChange, ...], population: Population) -> str:
    last = direct[0]
    now = dict.fromkeys(change.new_code for change in went if change.new_code in population.index)
    values = {
        "name": last.old_name,
        "code": last.old_code,
        "into": listed_with_and(f"{change.new_name} ({change.new_code})" for change in direct),
        "day": format_day(last.effective_date),
        "now": listed_with_or(_name(code, population) for code in now) if now else "",
    }
    if last.kind == "rename":
        sentence = _("{name} ({code}) is {into} from {day}", **values)
    elif len(direct) == 1:
        sentence = _("{name} ({code}) became part of {into} on {day}", **values)
    else:
        sentence = _("{name} ({code}) was divided over {into} on {day}", **values)
    return sentence + (_("; write {now}.", **values) if now else ".")


def _how_it_began(name: str, first: MunicipalChange, population: Population) -> str:
    before = dict.fromkeys(
        change.old_name if change.kind != "split" else _("a part of {name}", name=change.old_name)
        for change in reversed(predecessors(first.new_code, population.year))
        if change.old_code in population.index
    )
    begun = _(
        "{name} ({code}) exists from {day}",
        name=name,
        code=first.new_code,
        day=format_day(first.effective_date),
    )
    return begun + (_("; before that {names}.", names=listed_with_and(before)) if before else ".")


def name_in_any_year(code: str) -> str:
    """The latest name of a code in the population files or ``mergers.csv``; the code when there is none."""
    for population in reversed(_every_population()):
        if code in population.index:
            return _name(code, population)
    known = {change.old_code: change.old_name for change in changes()}
    return known.get(code, code)


def shortened(text: str) -> str:
    """A text of a user, fit to be shown: on one line, without control characters, not too long."""
    line = on_one_line(text, _SHOWN_OF_A_TEXT + 1).strip()
    return line if len(text) <= _SHOWN_OF_A_TEXT else line[:_SHOWN_OF_A_TEXT] + "…"


def _name(code: str, population: Population) -> str:
    return population.municipalities[population.index[code]].name


def _span(known: list[int]) -> str:
    return str(known[0]) if len(known) == 1 else _("{first} to {last}", first=known[0], last=known[-1])
