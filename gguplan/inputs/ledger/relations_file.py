"""What ``ledger_data/relations.toml`` may say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from gguplan.fund.relations import Over, RelationKind
from gguplan.inputs.strict_model import StrictModel
from gguplan.language import _

Text = Annotated[str, Field(min_length=1, max_length=500)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
Factor = Annotated[str, Field(pattern=r"^[0-9]{1,3}(\.[0-9]{1,4})?$")]
Percent = Annotated[str, Field(pattern=r"^-?[0-9]{1,3}(,[0-9]{1,2})?$")]


class Selector(StrictModel):
    """Which reading of ``readings.csv``, or with `indicator` which row of ``indicators.csv``: what is left out is what
    the relation is about."""

    programme: Text | None = None
    year: int | None = None
    quantity: Text | None = None
    detail: str | None = None
    """Empty, and also when nobody says it: the programme's own total."""
    place: Literal["summary", "table", "text"] | None = None
    document: Text | None = None
    printed: Text | None = None
    """The print itself, where nothing else tells two readings apart."""
    indicator: Text | None = None
    """A volume, price or share by its name, instead of a quantity."""

    def selection(self) -> dict[str, object]:
        """What is said, by column."""
        columns = ("programme", "year", "quantity", "detail", "place", "document", "printed", "indicator")
        return {column: getattr(self, column) for column in columns if getattr(self, column) is not None}


class Term(Selector):
    """One term of a sum."""

    minus: bool = False
    """Whether it is taken off."""
    times: Factor | None = None
    """A factor with a decimal point: "1.21" adds VAT."""
    divided_by: Factor | None = None
    """A divisor with a decimal point: "1.21" takes VAT off."""


class PerHeadTable(StrictModel):
    """A rate times the inhabitants of a group on 1 January of a year."""

    group: Name
    year: int
    rate: Selector


class CountedTable(StrictModel):
    """How many municipalities CBS counted on 1 January of a year."""

    year: int


class RelationTable(StrictModel):
    """One relation."""

    name: Name
    kind: RelationKind
    statement: Text
    """What is said, in Dutch."""
    statement_en: Text
    """The same in English."""
    document: Text
    section: Text
    """Where it is said, or where the total stands; also the document of a term that names none."""
    about: Selector = Selector()
    """What its terms and its total have in common."""
    terms: Annotated[tuple[Term, ...], Field(strict=False)] = ()
    total: Selector | None = None
    of: Annotated[tuple[Term, ...], Field(strict=False)] = ()
    """Of a percentage: what the terms are divided by."""
    percent: Percent | None = None
    """Of a percentage: the print, with a decimal comma."""
    inhabitants: PerHeadTable | None = None
    """Comes on top of the terms."""
    municipalities: CountedTable | None = None
    """Comes on top of the terms as well."""
    known: Annotated[str, Field(max_length=500)] = ""
    """Why it is known to contradict, in English."""
    known_nl: Annotated[str, Field(max_length=500)] = ""
    """The same in Dutch."""

    @model_validator(mode="after")
    def _is_complete(self) -> RelationTable:
        if (self.kind == "percentage") != (self.percent is not None and bool(self.of) and self.total is None):
            raise ValueError(_("a percentage has percent and of and no total, any other relation a total"))
        if self.kind != "percentage" and self.total is None:
            raise ValueError(_("the total is missing"))
        if not self.terms and self.inhabitants is None and self.municipalities is None:
            raise ValueError(_("there are no terms"))
        if bool(self.known) != bool(self.known_nl):
            raise ValueError(_("known and known_nl say the same in English and in Dutch: write both"))
        return self


class GroupTable(StrictModel):
    """Municipalities that a report speaks of together, with the source that says which they are."""

    title: Text
    title_en: Text
    municipalities: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    names_of: int
    """The year in which they have these names."""
    source: Text


class RateTable(StrictModel):
    """One way to come to an amount per inhabitant."""

    title: Text
    title_en: Text
    amount: Annotated[tuple[Term, ...], Field(min_length=1, strict=False)]
    over: Over
    others_than: Name | None = None
    """With `others`: always those outside this group, instead of outside the group that is tried."""


class CompetingTable(StrictModel):
    """A figure that may be a rate times inhabitants, and what is tried for it."""

    name: Name
    title: Text
    title_en: Text
    document: Text
    section: Text
    target: Annotated[tuple[Term, ...], Field(min_length=1, strict=False)]
    groups: Annotated[tuple[Name, ...], Field(min_length=1, strict=False)]
    each_with: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    """Municipalities of which each alone is added to each group as well."""
    years: Annotated[tuple[int, ...], Field(min_length=1, strict=False)]
    """The years of which 1 January is tried."""
    rates: Annotated[tuple[RateTable, ...], Field(min_length=1, strict=False)]


class KnownTable(StrictModel):
    """Why a relation by rule is known to contradict."""

    en: Text
    nl: Text


class File(StrictModel):
    """The whole file."""

    known: dict[Name, KnownTable] = Field(default_factory=dict)
    relations: Annotated[tuple[RelationTable, ...], Field(strict=False)]
    groups: dict[Name, GroupTable] = Field(default_factory=dict)
    competing: Annotated[tuple[CompetingTable, ...], Field(strict=False)] = ()
