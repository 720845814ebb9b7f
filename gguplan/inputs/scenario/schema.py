"""What a scenario file may say. The descriptions of the fields are the manual: the same text is the JSON
Schema for editors and the comments in the file that ``gguplan scenario new`` writes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import BeforeValidator, Field, model_validator

from gguplan.fund.adjustments import RoundingBearer
from gguplan.fund.programme import ProgrammeKind
from gguplan.fund.underspend import UnderspendRule
from gguplan.inputs.scenario.adjustment_tables import (
    CapTable,
    CompensationTable,
    CoverTable,
    OldDivisionTable,
    PhaseInTable,
    RoundedTo,
)
from gguplan.inputs.scenario.allocation_key_tables import (
    AllocationKeyTable,
    AmountsTable,
    PerInhabitantTable,
    ProductsTable,
    StepAmountsTable,
    SteppedTable,
    TariffTable,
)
from gguplan.inputs.scenario.body_table import BodyTable
from gguplan.inputs.scenario.expectations_table import Expected
from gguplan.inputs.scenario.fields import (
    BY_NAME,
    BY_OWN_NAME,
    BY_PROGRAMME,
    LARGEST_NUMBER_OF_PROGRAMMES,
    OWN,
    Amount,
    Budget,
    FirstOfJanuary,
    Identifier,
    Names,
    PositiveRate,
    Price,
    Text,
    Volume,
)
from gguplan.inputs.scenario.income import IncomeTable
from gguplan.inputs.scenario.membership_table import MembershipTable
from gguplan.inputs.scenario.participation_tables import CascadeTable, Group, OptOutTable, ThresholdTable
from gguplan.inputs.scenario.reserve import ReserveTable
from gguplan.inputs.scenario.stated_realisation_table import StatedRealisationTable
from gguplan.inputs.scenario.sweep_table import Sweep
from gguplan.inputs.scenario.years_ahead_tables import HorizonTable
from gguplan.inputs.strict_model import Seldom, StrictModel
from gguplan.language import _, listed_with_and

_STATES_WHAT_IS_PAID: Final = (SteppedTable, TariffTable, AmountsTable, ProductsTable, StepAmountsTable)
"""Keys by which what each pays says what all pay, so that no budget need stand beside them."""

BUDGETS: Final = ("gross", "net", "rate", "volume")
"""The four ways to say how much: one excludes the others, also when an extending scenario says it."""


class ProgrammeTable(StrictModel):
    """One budget line. Say how much with exactly one of `gross`, `net`, `rate` and `volume`."""

    one_of: ClassVar = (BUDGETS,)
    goes_with: ClassVar = {"price": "volume", "fixed": "volume", "rounding": "round_to"}

    title: Text
    """The name that reports show."""
    gross: Budget | None = None
    """Budget including VAT, in euros: what the municipalities and others pay together. For example "4200000.00"."""
    net: Budget | None = None
    """Budget without VAT, in euros: what the programme can spend; gross = net × (1 + VAT)."""
    rate: PositiveRate | None = None
    """Euros per inhabitant including VAT; the budget is the rate times all inhabitants. For example "0.25"."""
    volume: Volume | None = None
    """How many units are expected, such as users, hours or calls; the budget without VAT is fixed + volume × price."""
    price: Price | None = None
    """Euros per unit of `volume`, without VAT, with at most four decimals. For example "2129.9554"."""
    fixed: Amount | None = None
    """What it costs whatever the volume, in euros without VAT; goes with `volume` and `price`."""
    members: Annotated[Names, Field(min_length=1)] | None = None
    """Who of the fund pays this programme: names, CBS codes or names in `groups`. Its key, threshold and cascade count
    them only. Without it every member of the fund."""
    vat: Literal["21%", "none"]
    """`21%` when VAT is paid away from the gross budget, else `none`."""
    source: Text
    """Where the figures come from: document, section, and the print."""
    allocation: AllocationKeyTable = PerInhabitantTable()
    """How the budget is divided over the municipalities."""
    kind: ProgrammeKind | None = None
    """What sort of budget it is, which says how it tends to be spent: `fixed_agreement` (the agreed amount),
    `ceiling` (not meant to be passed; what is spent above it comes out of the balance), `demand_driven`, `maintenance`
    or `project`."""
    underspend: UnderspendRule | None = None
    """What happens to money that is not spent: `carry_over` (to the programme's next year), `return` (credited to
    the municipalities pro rata to what they paid), `general` (to the reserve of the fund) or `earmark` (kept for
    the purpose). Without it that is not known."""

    purpose: Text | None = None
    """What it is meant to reach, in Markdown; the proposal has it."""
    description: Text | None = None
    """What municipalities get for it, in Markdown; the proposal has it."""
    income: Annotated[tuple[Seldom[IncomeTable], ...], Field(max_length=100, strict=False)] = ()
    """What others pay of it, one table each: `[[programmes.name.income]]`. It goes with `gross`, `net` or `volume`."""
    reserve: Annotated[tuple[Seldom[ReserveTable], ...], Field(max_length=100, strict=False)] = ()
    """What the balance of the fund pays of it, one table each: `[[programmes.name.reserve]]`. It goes with `gross`,
    `net` or `volume`."""
    old_division: Seldom[OldDivisionTable] | None = None
    """How it was divided before: `[programmes.name.old_division]`. It goes with `phase_in`, `cap` or `compensation`,
    which come after the division in that order."""
    phase_in: Seldom[PhaseInTable] | None = None
    """A growth path from the old division to the new one: `[programmes.name.phase_in]`."""
    cap: Seldom[CapTable] | None = None
    """How far the new division may lie from the old one: `[programmes.name.cap]`."""
    compensation: Seldom[CompensationTable] | None = None
    """What comes back to who pays more than by the old division: `[programmes.name.compensation]`."""
    cover: Annotated[tuple[Seldom[CoverTable], ...], Field(max_length=1_000, strict=False)] = ()
    """What municipalities have cover for already, one table each: `[[programmes.name.cover]]`. It comes after opt-outs
    and what is held against an old division."""
    round_to: RoundedTo | None = None
    """What each municipality pays is rounded to a whole number of this, half of it upwards: "1" for whole euros,
    "0.50", "10". It comes last, after opt-outs; a programme that lapses is not rounded."""
    rounding: RoundingBearer = "fund"
    """Who bears what rounding leaves: `fund` (the balance pays it, or gets it) or `largest_payer` (all together pay
    what they did). It goes with `round_to`."""

    @model_validator(mode="after")
    def _one_budget(self) -> ProgrammeTable:
        if self.volume is None and (self.price is not None or self.fixed is not None):
            raise ValueError(_("price and fixed go with volume only: give volume, or take them out"))
        if self.volume is not None and self.price is None:
            raise ValueError(_('a volume goes with a price: give price = "2129.96", in euros per unit'))
        stated = [key for key in BUDGETS if getattr(self, key) is not None]
        if len(stated) > 1:
            raise ValueError(_("the budget is given as {keys}: keep one", keys=listed_with_and(stated)))
        if stated and isinstance(self.allocation, TariffTable):
            raise ValueError(
                _("the allocation is a tariff, of which the budget follows: take {key} out", key=stated[0])
            )
        if self.volume is not None and isinstance(self.allocation, AmountsTable):
            raise ValueError(_("amounts go with gross, net or no budget at all: take volume, price and fixed out"))
        if not stated and not isinstance(self.allocation, _STATES_WHAT_IS_PAID):
            raise ValueError(_('there is no budget: give gross, net, rate or volume, such as gross = "1000000.00"'))
        if self.income and (self.rate is not None or not stated):
            raise ValueError(
                _("income goes with gross, net or volume: a rate or a tariff is what the municipalities pay already")
            )
        if self.reserve and (self.rate is not None or not stated):
            raise ValueError(
                _("reserve goes with gross, net or volume: a rate or a tariff is what the municipalities pay already")
            )
        if self.round_to is None and "rounding" in self.model_fields_set:
            raise ValueError(_('rounding goes with round_to only: give round_to = "1", or take rounding out'))
        held = [key for key in ("phase_in", "cap", "compensation") if getattr(self, key) is not None]
        if held and self.old_division is None:
            raise ValueError(
                _(
                    "an old division is missing for {keys}: add a table [programmes.name.old_division]",
                    keys=listed_with_and(held),
                )
            )
        if self.old_division is not None and not held:
            raise ValueError(
                _("nothing is held against old_division: give phase_in, cap or compensation, or take it out")
            )
        if self.rate is not None and not isinstance(self.allocation, PerInhabitantTable):
            raise ValueError(_('a rate goes with the allocation "inhabitants" only: give gross or net instead'))
        if self.rate is not None and self.allocation != PerInhabitantTable():
            raise ValueError(_("a rate is of the inhabitants of the scenario: take reference_date out, or give gross"))
        return self


def _name_or_names(value: Any) -> str | tuple[str, ...]:
    """The name of a scenario, or of several; else ValueError with what to write."""
    names = value if isinstance(value, (list, tuple)) else [value]
    if not names or not all(isinstance(name, str) and name for name in names):
        raise ValueError(_('this is no name of a scenario: write "uitnamen-2017", or a list of names'))
    return value if isinstance(value, str) else tuple(names)


_A_NAME: Final = {"type": "string", "minLength": 1, "maxLength": 2_000}
Extended = Annotated[
    Any,
    BeforeValidator(_name_or_names),
    Field(json_schema_extra={"anyOf": [_A_NAME, {"type": "array", "items": _A_NAME, "minItems": 1}]}),
]
"""A name of a scenario, or a tuple of names."""


class Scenario(StrictModel):
    """One year of the fund: what is budgeted, who is outside, whose inhabitants count."""

    title: Text
    """What reports are headed with."""
    description: Text | None = None
    """What this scenario is about, in a few sentences."""
    extends: Extended | None = None
    """The scenario that this one starts from: a shipped name, or a file beside this one. Only what differs
    is written here: a table is added to, key by key; a list or a value is replaced. Several what-ifs together stand in
    a list: `["grote-steden-eruit.toml", "hulplijn-voor-dertig-cent"]`; of a key of which two say something else this
    file must say what holds."""
    amendment: Annotated[int, Field(ge=1, le=99)] | None = None
    """The number of this amendment to a budget. It `extends` the amendment before it, and the first one the budget;
    `gguplan compare` with all of them shows what each changes, also in the years ahead."""
    source: Text | None = None
    """Where the figures in this file come from; required wherever a figure has no source of its own."""
    year: Annotated[int, Field(ge=1900, le=2200)]
    """The year for which is paid."""
    reference_date: FirstOfJanuary = Field(default_factory=lambda: date(1900, 1, 1))
    """The 1 January whose inhabitants count, such as 2017-01-01. Without it that of the year before, as an assumption:
    the last count that an assembly knows in June."""
    reference_date_source: Text | None = None
    """Why this date: an official statement, or that it is an assumption."""
    reference_date_assumed: bool = False
    """`true` when nobody has stated the date: bills then say what a year earlier or later would change."""
    members: Annotated[Names, Field(min_length=1)] | None = None
    """The municipalities among which everything is divided: names, CBS codes, or names in `groups` (all of a province,
    all but some). They alone are counted and shown. Without it all municipalities of the country."""
    bodies: Annotated[dict[Identifier, Seldom[BodyTable]], Field(max_length=1_000), OWN] = Field(default_factory=dict)
    """Payers without inhabitants, such as a province or a water board, one table each: `[bodies.name]`; `members` names
    them."""
    ledger: Annotated[int, Field(ge=1900, le=2200)] | None = None
    """Take every programme with a published budget of this year from the ledger, with its source."""
    without: Annotated[tuple[Identifier, ...], Field(max_length=LARGEST_NUMBER_OF_PROGRAMMES, strict=False)] = ()
    """Programmes to leave out. What they have and promised in `[horizon.programmes.name]` stays in the years ahead."""
    programmes: Annotated[dict[Identifier, ProgrammeTable], *BY_PROGRAMME] = Field(default_factory=dict)
    """The budget lines, one table for each: `[programmes.name]`."""
    opt_outs: Annotated[dict[Identifier, Seldom[OptOutTable]], *BY_OWN_NAME] = Field(default_factory=dict)
    """Who stands outside, one table a programme: `[opt_outs.name]`."""
    groups: Annotated[dict[Text, Seldom[Group]], Field(max_length=1_000), OWN] = Field(default_factory=dict)
    """Municipalities under one name, to use wherever municipalities are named: `[groups.G4]`."""
    programme_groups: Annotated[
        dict[Identifier, Annotated[tuple[Identifier, ...], Field(max_length=1_000, strict=False)]], BY_NAME
    ] = Field(default_factory=dict)
    """Programmes under one name, for opt-outs from all of them: `sociaal-domein = ["akj", "kindertelefoon"]`."""
    membership: Annotated[dict[Identifier, Seldom[MembershipTable]], Field(max_length=1_000), OWN] = Field(
        default_factory=dict
    )
    """Who becomes a member in a year, or no longer is one, one table each: `[membership.name]`; goes with `members`."""
    realisation: Annotated[dict[Identifier, Seldom[StatedRealisationTable]], *BY_OWN_NAME] = Field(default_factory=dict)
    """What somebody states will be spent, one table a programme: `[realisation.name]`; see gguplan forecast."""
    thresholds: Annotated[dict[Identifier, Seldom[ThresholdTable]], *BY_OWN_NAME] = Field(default_factory=dict)
    """How many must take part, one table a programme: `[thresholds.name]`."""
    cascades: Annotated[dict[Identifier, Seldom[CascadeTable]], *BY_OWN_NAME] = Field(default_factory=dict)
    """Which rates municipalities accept, one table a programme: `[cascades.name]`. Bills are those before anybody
    leaves; see gguplan participation."""
    expected: Seldom[Expected] | None = None
    """What must come out, to the cent: `[expected]`."""
    horizon: Seldom[HorizonTable] | None = None
    """The years ahead: `[horizon]`; see gguplan horizon."""
    sweep: Seldom[Sweep] | None = None
    """Which values gguplan sweep varies, and how: `[sweep]`."""

    @property
    def left_out(self) -> frozenset[str]:
        """The programmes that nobody pays for in the year of the scenario: left out, or by the years ahead not
        started yet or at an end."""
        ahead = self.horizon.programmes if self.horizon is not None else {}
        apart = (name for name, programme in ahead.items() if not programme.has_budget_in(self.year))
        return frozenset((*self.without, *apart))

    def underspend_rule(self, programme: str) -> UnderspendRule | None:
        """What becomes of what a programme does not spend: by its own rule, or else by that of the years ahead."""
        of_years = self.horizon.underspend if self.horizon is not None else None
        return self.programmes[programme].underspend or of_years
