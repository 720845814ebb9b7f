"""Read ``ledger_data/relations.toml`` and match it to the ledger and to the population.

A selector that matches no reading with an amount, or more than one, is a finding at its line.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from gguplan.findings import Findings, InputError
from gguplan.fund.ledger import Ledger, Reading
from gguplan.fund.municipalities import Population
from gguplan.fund.relations import (
    Competing,
    Count,
    CountedGroup,
    Figure,
    MunicipalitiesCounted,
    Part,
    PerHead,
    Rate,
    Relation,
    Relations,
    measure_of,
)
from gguplan.fund.two_languages import TwoLanguages
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.relations_file import CompetingTable, File, RelationTable, Selector, Term
from gguplan.inputs.population.municipal_changes import predecessors
from gguplan.inputs.population.municipalities import UnknownMunicipality, look_up
from gguplan.inputs.population.years import load_population
from gguplan.inputs.toml_document import KeyPath, TomlDocument, read_toml
from gguplan.language import _
from gguplan.shipped import shipped_folder

FILE: Final = "relations.toml"


@cache
def load_relations(folder: Path | None = None) -> Relations:
    """Read the shipped relations, or those in `folder` with the ledger there.

    Raises InputError with every mistake in the file.
    """
    where = folder or shipped_folder("ledger_data")
    ledger, document = load_ledger(folder), read_toml(where / FILE)
    findings = Findings()
    try:
        file = File.model_validate(document.data)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            path = tuple(problem["loc"])
            findings.add(
                document.place(path),
                _("This is not right: {problem}.", problem=f"{path[-1]}: {problem['msg']}"),
                _("The README of ledger_data says what may stand here."),
            )
        findings.raise_if_any()
        raise
    reader = _Reader(ledger, document, file, findings)
    made = [reader.relation(index, relation) for index, relation in enumerate(file.relations)]
    competing = [reader.competing(index, table) for index, table in enumerate(file.competing)]
    names = [relation.name for relation in file.relations]
    for index, relation in enumerate(file.relations):
        if names.index(relation.name) != index:
            findings.add(
                document.place(("relations", index, "name")),
                _("{name!r} stands here a second time.", name=relation.name),
                _("Give each a name of its own."),
            )
    findings.gathered = list(dict.fromkeys(findings.gathered))
    findings.raise_if_any()
    known = {name: TwoLanguages(why.en, why.nl) for name, why in file.known.items()}
    return Relations(tuple(filter(None, made)), known, tuple(filter(None, competing)))


class _Reader:
    """Matches what stands in the file to the ledger and the population, and notes what does not match."""

    def __init__(self, ledger: Ledger, document: TomlDocument, file: File, findings: Findings) -> None:
        self.ledger, self.document, self.file, self.findings = ledger, document, file, findings
        figures: list[Figure] = [*ledger.readings, *ledger.indicators]
        self.sections = {(figure.document, figure.section) for figure in figures}

    def relation(self, index: int, relation_table: RelationTable) -> Relation | None:
        """A relation with its readings; None when one is not found."""
        path: KeyPath = ("relations", index)
        self._section(relation_table.document, relation_table.section, path)
        about = Selector(**{"document": relation_table.document} | relation_table.about.model_dump(exclude_unset=True))
        parts = self._parts(relation_table.terms, (*path, "terms"), about)
        of = self._parts(relation_table.of, (*path, "of"), about)
        total = None if relation_table.total is None else self._figure(relation_table.total, (*path, "total"), about)
        per_head = None
        if relation_table.inhabitants is not None:
            counted, place = relation_table.inhabitants, (*path, "inhabitants")
            rate = self._reading(counted.rate, (*place, "rate"), Selector())
            persons = self._inhabitants(counted.group, counted.year, (*place, "group"))
            if rate is None or persons is None:
                return None
            per_head = PerHead(rate, counted.year, persons)
        if None in (parts, of) or (relation_table.total is not None and total is None):
            return None
        self._one_measure([part.reading for part in (*(parts or ()), *(of or ()))], total, path)
        return Relation(
            relation_table.name,
            relation_table.kind,
            TwoLanguages(relation_table.statement_en, relation_table.statement),
            relation_table.document,
            relation_table.section,
            parts or (),
            total,
            of or (),
            relation_table.percent or "",
            per_head,
            self._municipalities(relation_table, path),
            TwoLanguages(relation_table.known, relation_table.known_nl) if relation_table.known else None,
        )

    def competing(self, index: int, competing_table: CompetingTable) -> Competing | None:
        """A figure with all that is tried for it; None when a reading or a municipality is not found."""
        path: KeyPath = ("competing", index)
        self._section(competing_table.document, competing_table.section, path)
        target = self._parts(competing_table.target, (*path, "target"), Selector())
        counts = [
            self._count(group, extra, year, path)
            for group in competing_table.groups
            for extra in ("", *competing_table.each_with)
            for year in competing_table.years
        ]
        rates = []
        for place, rate in enumerate(competing_table.rates):
            amount = self._parts(rate.amount, (*path, "rates", place, "amount"), Selector())
            outside = (
                None
                if rate.others_than is None
                else {
                    year: self._inhabitants(rate.others_than, year, (*path, "rates", place, "others_than")) or 0
                    for year in competing_table.years
                }
            )
            title = TwoLanguages(rate.title_en, rate.title)
            rates.append(Rate(title, amount or (), rate.over, outside))
        if target is None or None in counts:
            return None
        title = TwoLanguages(competing_table.title_en, competing_table.title)
        return Competing(
            competing_table.name,
            title,
            competing_table.document,
            competing_table.section,
            target,
            tuple(rates),
            tuple(filter(None, counts)),
        )

    def _group(self, name: str) -> TwoLanguages:
        group = self.file.groups[name]
        return TwoLanguages(group.title_en, group.title)

    def _count(self, group: str, extra: str, year: int, path: KeyPath) -> Count | None:
        persons = self._inhabitants(group, year, (*path, "groups"), extra)
        if persons is None:
            return None
        population = load_population(year)
        counted = CountedGroup(self._group(group), extra)
        return Count(year, population.status, counted, persons, population.total)

    def _inhabitants(self, name: str, year: int, path: KeyPath, extra: str = "") -> int | None:
        """The persons in a group on 1 January of a year, those of predecessors where it did not exist yet."""
        if name not in self.file.groups:
            self.findings.add(
                self.document.place(path),
                _("There is no group {name!r}.", name=name),
                _("Add [groups.{name}] with its municipalities and their source.", name=name),
            )
            return None
        group, place = self.file.groups[name], self.document.place(("groups", name))
        try:
            named = load_population(group.names_of, self.document.place(("groups", name, "names_of")))
            codes = [_code(member, named) for member in (*group.municipalities, *filter(None, [extra]))]
            counted = load_population(year, self.document.place(path))
        except UnknownMunicipality as problem:
            self.findings.add(place, problem.what, problem.remedy)
            return None
        except InputError as error:
            self.findings.gathered.extend(error.findings)
            return None
        return sum(_persons(code, counted, group.names_of) for code in codes)

    def _municipalities(self, relation_table: RelationTable, path: KeyPath) -> MunicipalitiesCounted | None:
        """How many municipalities there were, where a relation asks for it."""
        if relation_table.municipalities is None:
            return None
        year = relation_table.municipalities.year
        try:
            population = load_population(year, self.document.place((*path, "municipalities", "year")))
        except InputError as error:
            self.findings.gathered.extend(error.findings)
            return None
        return MunicipalitiesCounted(year, len(population.municipalities))

    def _one_measure(self, figures: Sequence[Figure], total: Figure | None, path: KeyPath) -> None:
        """Fail if euros, counts and percentages are added up."""
        measures = {measure_of(figure) for figure in figures}
        if len(measures | ({measure_of(total)} if total is not None else set())) > 1:
            self.findings.add(
                self.document.place((*path, "terms")),
                _("These figures are not measured in the same: euros, counts and percentages do not add up."),
                _("Select figures of one measure."),
            )

    def _section(self, document: str, section: str, path: KeyPath) -> None:
        if (document, section) not in self.sections:
            self.findings.add(
                self.document.place((*path, "section")),
                _("No reading of the ledger stands in this section of this document."),
                _("Write document and section as in readings.csv."),
            )

    def _parts(self, terms: tuple[Term, ...], path: KeyPath, about: Selector) -> tuple[Part, ...] | None:
        made = []
        for index, term in enumerate(terms):
            reading = self._figure(term, (*path, index), about)
            if reading is not None:
                made.append(Part(reading, term.minus, Fraction(term.times or 1) / Fraction(term.divided_by or 1)))
        return tuple(made) if len(made) == len(terms) else None

    def _figure(self, selector: Selector, path: KeyPath, about: Selector) -> Figure | None:
        """The one reading or indicator that a selector means."""
        wanted = about.selection() | selector.selection()
        if "indicator" not in wanted:
            return self._reading(selector, path, about)
        candidates = [
            indicator
            for indicator in self.ledger.indicators
            if all(getattr(indicator, key, None) == what for key, what in wanted.items())
        ]
        in_use = [indicator for indicator in candidates if indicator.used]
        if len(in_use) == 1 or len(candidates) == 1:
            return (in_use or candidates)[0]
        selection = ", ".join(f"{key} = {what!r}" for key, what in wanted.items())
        self.findings.add(
            self.document.place(path),
            _("No reading has {selection}.", selection=selection)
            if not candidates
            else _("{count} readings have {selection}.", count=len(candidates), selection=selection),
            _("Select one row of indicators.csv, with document or printed where that is needed."),
        )
        return None

    def _reading(self, selector: Selector, path: KeyPath, about: Selector) -> Reading | None:
        """The one reading with an amount that a selector means, completed by what the relation is about."""
        wanted = {"detail": ""} | about.selection() | selector.selection()
        readings = [
            reading
            for reading in self.ledger.readings
            if all(getattr(reading, key) == what for key, what in wanted.items())
        ]
        if len(readings) == 1 and readings[0].amount is not None:
            return readings[0]
        selection = ", ".join(f"{key} = {what!r}" for key, what in wanted.items())
        what = (
            _("No reading has {selection}.", selection=selection)
            if not readings
            else _("{count} readings have {selection}.", count=len(readings), selection=selection)
            if len(readings) > 1
            else _("The print {printed!r} has no amount.", printed=readings[0].printed)
        )
        self.findings.add(
            self.document.place(path),
            what,
            _("Select one reading of readings.csv, with place, document or printed where that is needed."),
        )
        return None


@cache
def _code(name: str, population: Population) -> str:
    """The code of a municipality that is named. Raises UnknownMunicipality."""
    return look_up(name, population).gm_code


@cache
def _persons(code: str, population: Population, names_of: int) -> int:
    """The persons in a municipality, or in those that were merged into it between the day of the population
    and that of its name."""
    merged = {
        change.old_code
        for change in predecessors(code, population.year)
        if change.kind == "merge" and change.effective_date <= date(names_of, 1, 1)
    }
    present = [member for member in {code, *merged} if member in population.index]
    return sum(population.municipalities[population.index[member]].inhabitants for member in present)
