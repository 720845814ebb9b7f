"""What each municipality has by an allocation key, read from the table of the scenario or the file that it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Final, TypeVar

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from gguplan.findings import MOST_FINDINGS, Finding, Findings, InputError, Place
from gguplan.fund.allocation_keys import (
    FixedAmounts,
    FixedShares,
    InColumn,
    InhabitantsOn,
    PerColumn,
    Products,
    Weights,
)
from gguplan.fund.municipalities import Mask, Population
from gguplan.fund.programme import Payers
from gguplan.inputs.population.counts_on_boundaries import counts_of
from gguplan.inputs.population.municipalities import UnknownMunicipality
from gguplan.inputs.population.years import load_population, years
from gguplan.inputs.scenario.allocation_key_tables import (
    AmountsTable,
    PerColumnTable,
    PerInhabitantTable,
    ProductsTable,
    SharesTable,
)
from gguplan.inputs.scenario.bodies import look_up_payer
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _
from gguplan.money import LARGEST_AMOUNT, RATE_UNITS
from gguplan.shipped import shown
from gguplan.wording.amounts import format_euros, format_share
from gguplan.wording.shortlist import shortlist

_PARTS_OF_A_SHARE: Final = 1_000_000
"""Shares are whole numbers of these at least, so that four decimals of a per cent are one."""

_LARGEST_WHOLE: Final = 10**15
"""No share is counted in smaller parts, so that int64 holds them for the days of a year."""

_MOST_PARTS_OF_A_UNIT: Final = 100_000
"""Units are counted in no smaller parts, so that int64 holds them times a price for some years."""

_MOST_YEARS_TO_COME: Final = 10
"""So far ahead of the newest count a day of its own may lie: further it is a mistake."""

Value = TypeVar("Value")
KeyTable = SharesTable | AmountsTable | ProductsTable


class KeyValues(Struct, frozen=True):
    """Reads the values of one key, of which the table stands at `path`, for the municipalities of a population.

    `notes` get a sentence on what was left out to read a file. Of a programme with `payers` only they have a value.
    `whole`: the weights of a column are euros that were paid, without decimals.
    Every method raises InputError with every mistake.
    """

    population: Population
    layers: Layers
    path: KeyPath
    notes: list[str] | None = None
    payers: Payers | None = None
    whole: bool = False

    def at(self, under: KeyPath) -> KeyValues:
        """The same of a key that stands in the table of this one."""
        return replace(self, path=(*self.path, *under))

    def of_count(self, table: PerInhabitantTable) -> InhabitantsOn:
        """The key with the inhabitants of a day of its own; fail if there is no such count, or it cannot be carried to
        these municipalities. Where the count of a year to come is not there yet, the latest stands in its place."""
        assert table.reference_date is not None
        meant, place = table.reference_date.year, self.layers.place((*self.path, "reference_date"))
        newest = max(years())
        counted = newest if newest < meant <= newest + _MOST_YEARS_TO_COME else meant
        if counted != meant and self.notes is not None:
            sentence = _(
                "{programme} is divided by the inhabitants on 1 January {wanted}, which are not there yet: those on 1 "
                "January {newest} count here.",
                programme=self.path[1],
                wanted=meant,
                newest=newest,
            )
            self.notes.append(sentence)
        return replace(counted_key(load_population(counted, place), self.population, self._pays, place), meant=meant)

    def of_column(self, table: PerColumnTable) -> PerColumn:
        """The key with the weights of a column."""
        # A file is read where one is named only: what reads it takes long to import.
        from gguplan.inputs.scenario.weights_file import read_weights

        stands = InColumn(table.file, table.column)
        return PerColumn(
            stands,
            Weights(read_weights(stands, self.path, self.population, self.layers, self._pays, self.notes, self.whole)),
        )

    def of_shares(self, table: SharesTable) -> FixedShares:
        """The key with the shares of all; fail if they do not sum to 100 %."""
        stands = _column(table)
        others = Fraction(table.others) if table.others is not None else None
        if stands is None:
            shares = self._by_name(table, table.shares or {}, others, Fraction(0))
            everything = Fraction(1)
        else:
            shares = self._in_file(table, stands, others if others is None else 100 * others)
            # A spreadsheet holds 37.6% as 0.376.
            everything = Fraction(1) if sum(shares) == 1 else Fraction(100)
        together = sum(shares, Fraction(0))
        if together != everything:
            self._fail(
                _(
                    "The shares sum to {together}: {difference} too little.",
                    together=format_share(together / everything),
                    difference=format_share(1 - together / everything),
                )
                if together < everything
                else _(
                    "The shares sum to {together}: {difference} too much.",
                    together=format_share(together / everything),
                    difference=format_share(together / everything - 1),
                ),
                _("Correct the shares: together they are 100 %."),
                table,
            )
        shares = [share / everything for share in shares]
        whole = lcm(_PARTS_OF_A_SHARE, *(share.denominator for share in shares))
        if whole > _LARGEST_WHOLE:
            self._fail(
                _("The shares have more decimals than can be divided by exactly."),
                _("Round them to six decimals, so that they still sum to 100 %."),
                table,
            )
        return FixedShares(Weights(_whole_numbers(shares, whole)), whole, stands)

    def of_amounts(self, table: AmountsTable) -> FixedAmounts:
        """The key with the amounts of all; fail if nobody pays, or an amount of a file has parts of a cent."""
        stands = _column(table)
        if stands is None:
            cents = [Fraction(amount) for amount in self._by_name(table, table.amounts or {}, table.others, 0)]
        else:
            others = None if table.others is None else Fraction(table.others, 100)
            cents = [100 * euros for euros in self._in_file(table, stands, others)]
        parts = [name for name, amount in zip(self._names, cents, strict=True) if amount.denominator > 1]
        if parts:
            self._fail(
                _("These amounts have parts of a cent: {names}.", names=shortlist(parts)),
                _("Round them to whole cents in the file."),
                table,
            )
        if not any(cents):
            self._fail(_("Every amount is 0: nobody would pay."), _("Give somebody an amount above 0."), table)
        self._fail_if_too_large(table, cents)
        return FixedAmounts(Weights(_whole_numbers(cents, 1)), stands)

    def of_products(self, table: ProductsTable) -> Products:
        """The key with the units of all, the mean where they are of some years; fail if nobody takes any."""
        stands = _column(table)
        others = None if table.others is None else table.in_all_years(table.others)
        if stands is None:
            together = {name: table.in_all_years(units) for name, units in (table.units or {}).items()}
            units = self._by_name(table, together, others, Fraction(0))
        else:
            units = self._in_file(table, stands, others)
        if not any(units):
            self._fail(_("Nobody takes a unit: nobody would pay."), _("Give somebody units above 0."), table)
        self._fail_if_too_large(table, [number * Fraction(table.price, RATE_UNITS // 100) for number in units])
        # Few keys count in parts, and no other reads a table here.
        from gguplan.inputs.tables.amounts import decimal_parts

        parts = decimal_parts(units)
        if parts > _MOST_PARTS_OF_A_UNIT:
            self._fail(
                _("The units have more decimals than can be counted with exactly."),
                _("Round them to four decimals."),
                table,
            )
        return Products(Weights(_whole_numbers(units, parts)), parts, table.years, table.price, stands)

    @property
    def _pays(self) -> Mask:
        return self.population.pays_every_programme if self.payers is None else self.payers.mask

    @property
    def _names(self) -> list[str]:
        return [municipality.name for municipality in self.population.municipalities]

    def _by_name(
        self, table: KeyTable, named: Mapping[str, Value], others: Value | None, nothing: Value
    ) -> list[Value]:
        """What each has by the names of a table; fail if one is unknown, stands there twice or has nothing."""
        findings, values = Findings(), [others] * len(self.population.municipalities)
        taken: dict[int, str] = {}
        for name, value in named.items():
            place = self.layers.key_place((*self.path, table.values_in, name))
            try:
                position = self.population.index[look_up_payer(name, self.population, self.layers).gm_code]
            except UnknownMunicipality as problem:
                findings.add(place, problem.what, problem.remedy)
                continue
            if position in taken:
                findings.add(
                    place,
                    _(
                        "{name} stands here a second time: as {first} and as {second}.",
                        name=self._names[position],
                        first=repr(taken[position]),
                        second=repr(name),
                    ),
                    _("Keep it once."),
                )
            if not self._pays[position]:
                findings.add(
                    place,
                    _(
                        "{name} ({code}) is no member of {programme!r}.",
                        name=self._names[position],
                        code=self.population.municipalities[position].gm_code,
                        programme=self.path[1],
                    ),
                    _("Take it out, or add it to the members of the programme."),
                )
            taken[position] = name
            values[position] = value
        if not findings.gathered:
            self._fail_if_missing(values, self.layers.place((*self.path, table.values_in)), table, findings)
        findings.raise_if_any()
        return self._of_payers(values, nothing)

    def _of_payers(self, values: Sequence[Value | None], nothing: Value) -> list[Value]:
        """The values of those who pay, and `nothing` for the others."""
        return [
            nothing if value is None or not pays else value
            for value, pays in zip(values, self._pays.tolist(), strict=True)
        ]

    def _in_file(self, table: KeyTable, stands: InColumn, others: Fraction | None) -> list[Fraction]:
        """What each has in the column of a file."""
        from gguplan.inputs.scenario.weights_file import read_column

        remarks: list[str] = []
        numbers, _header = read_column(stands, self.path, self.population, self.layers, remarks, None, ratios=False)
        strangers = [
            name
            for name, number, pays in zip(self._names, numbers, self._pays.tolist(), strict=True)
            if number and not pays
        ]
        if strangers:
            remarks.append(_("Left out, because they do not pay it: {names}.", names=shortlist(strangers)))
        if self.notes is not None and remarks:
            heading = _("Figures of {programme} ({file}):", programme=self.path[1], file=stands.file)
            self.notes.append(" ".join([heading, *remarks]))
        values = [others if number is None else number for number in numbers]
        findings = Findings()
        file = self.layers.folder((*self.path, "file")) / stands.file
        self._fail_if_missing(values, Place(shown(file)), table, findings)
        findings.raise_if_any()
        return self._of_payers(values, Fraction(0))

    def _fail_if_missing(self, values: Sequence[object], place: Place, table: KeyTable, findings: Findings) -> None:
        rows = zip(self._names, values, self._pays.tolist(), strict=True)
        missing = [name for name, value, pays in rows if value is None and pays]
        if missing:
            findings.add(
                place,
                _("Nothing stands here for: {names}.", names=shortlist(missing)),
                _("Give each a value, or say what those who are not named have: {others}", others=table.nothing),
            )

    def _fail_if_too_large(self, table: KeyTable, cents: Sequence[Fraction]) -> None:
        large = [name for name, amount in zip(self._names, cents, strict=True) if amount > LARGEST_AMOUNT]
        if large:
            self._fail(
                _(
                    "More than {most} would be paid by: {names}.",
                    most=format_euros(LARGEST_AMOUNT),
                    names=shortlist(large),
                ),
                _("Check the figures."),
                table,
            )

    def _fail(self, what: str, remedy: str, table: KeyTable) -> None:
        """Raise InputError with one finding, at the table or at the file that it names."""
        findings = Findings()
        key = "file" if _column(table) is not None else table.values_in
        findings.add(self.layers.place((*self.path, key)), what, remedy)
        findings.raise_if_any()


def counted_key(then: Population, population: Population, pays: Mask, place: Place) -> InhabitantsOn:
    """The key of the inhabitants of another day, for the municipalities of a population. Raises InputError, at `place`,
    with each that has none of its own on that day."""
    counts, problems = counts_of(then, population, pays)
    remedy = _("Write a date on which each has a count of its own, or bring the counts in a column.")
    if problems:
        raise InputError([Finding(place, problem, remedy) for problem in problems[:MOST_FINDINGS]])
    return InhabitantsOn(then.year, then.year, Weights(counts))


def _column(table: KeyTable) -> InColumn | None:
    return InColumn(table.file, table.column) if table.file is not None and table.column is not None else None


def _whole_numbers(values: Sequence[Fraction], of: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Fractions as whole numbers of which `of` are one."""
    return np.array([int(value * of) for value in values], dtype=np.int64)
