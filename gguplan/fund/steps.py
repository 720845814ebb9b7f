"""The lines of the sum behind a bill: what each says, as raw values.

Amounts are whole cents, rates ten-thousandths of a euro per inhabitant, inhabitants persons.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from gguplan.fund.adjustment_steps import AdjustmentLine
from gguplan.fund.allocation_keys import InColumn, PaidByEach, UnmixedKey, Weighing
from gguplan.fund.bodies import BodyKind
from gguplan.fund.cascades import CascadeBeside, LimitsDrawn
from gguplan.fund.municipalities import Municipality, PopulationSource, Status
from gguplan.fund.reference_dates import ReasonOfTheDate
from gguplan.fund.thresholds import Lapse, ThresholdOutcome
from gguplan.fund.two_languages import TwoLanguages
from gguplan.fund.years_ahead import BudgetGrowth, IndexParts


class Step(Struct, frozen=True):
    """One line of the sum: what it says, its amount in cents where it has one, and the lines behind it."""

    line: Line
    cents: int | None = None
    behind: tuple[Step, ...] = ()


# --- the bill --------------------------------------------------------------------------------------


class WholeBill(Struct, frozen=True):
    """What a municipality pays, or gets back when it is negative, by the scenario called `title`."""

    title: str
    municipality: Municipality
    cents: int


class ProgrammeBill(Struct, frozen=True):
    """What a municipality pays of one programme."""

    title: str
    cents: int


class PredecessorBill(Struct, frozen=True):
    """What one earlier municipality brings into a later one: `part` of its bill, as `persons` of it went there."""

    municipality: Municipality
    persons: int
    part: int
    bill: int


class InhabitantsCounted(Struct, frozen=True):
    """The inhabitants of one municipality and of all, on 1 January of `year`."""

    inhabitants: int
    total: int
    year: int
    status: Status


class NoInhabitants(Struct, frozen=True):
    """That who pays is a body, which has none; the inhabitants of all municipalities on 1 January of `year`."""

    kind: BodyKind
    total: int
    year: int
    status: Status


class CountedWhere(Struct, frozen=True):
    """Where the count of inhabitants comes from."""

    source: PopulationSource


class ReferenceDate(Struct, frozen=True):
    """Why the inhabitants of this date count."""

    reason: ReasonOfTheDate


class VatWithin(Struct, frozen=True):
    """The VAT in what a municipality pays."""

    amount: int
    percent: int
    vat: int


# --- the budget ------------------------------------------------------------------------------------


class GrossBudgetLine(Struct, frozen=True):
    """A budget that is stated with VAT, or that has none."""

    gross: int


class NetBudgetLine(Struct, frozen=True):
    """A budget that is stated without VAT, and what it is with it."""

    net: int
    percent: int
    gross: int


class RateBudgetLine(Struct, frozen=True):
    """A budget that follows from a rate for all inhabitants."""

    rate: int
    inhabitants: int
    gross: int


class VolumeBudgetLine(Struct, frozen=True):
    """A budget without VAT that follows from a volume: fixed + volume × price."""

    fixed: int
    volume: int
    price: int
    net: int


class TariffBudgetLine(Struct, frozen=True):
    """A budget that is what all tariffs, amounts or products come to together."""

    gross: int
    paid: PaidByEach


class IncomeLine(Struct, frozen=True):
    """What somebody else pays of a budget."""

    payer: str
    cents: int


class ToDivide(Struct, frozen=True):
    """What is left of a budget when income from others goes off, and what the balance of the fund pays: what the
    municipalities pay together."""

    gross: int
    income: int
    reserve: int
    rest: int


class ReserveLine(Struct, frozen=True):
    """What the balance of the fund pays of a budget; negative where the municipalities pay it on top."""

    what: str
    cents: int


class WithoutVat(Struct, frozen=True):
    """What is left of a budget when VAT goes off."""

    gross: int
    percent: int
    net: int


class FromSource(Struct, frozen=True):
    """Where a figure or a rule comes from, in the words of the scenario."""

    source: str


class Remark(Struct, frozen=True):
    """What is to be said of a published figure."""

    text: TwoLanguages


class DerivedFrom(Struct, frozen=True):
    """Why a budget with VAT that is printed without is this amount: the only multiple of `multiple` that, without VAT
    and rounded to `rounded_to`, gives the print `net`; all in cents.

    `others` give it too and are less round; `elsewhere` is where the same amount is printed for another year.
    """

    gross: int
    net: int
    rounded_to: int
    percent: int
    multiple: int
    others: tuple[int, ...]
    elsewhere: str


class PrintedElsewhere(Struct, frozen=True):
    """Another print of a figure, in a document of the ledger; `printed` is empty where nothing stands."""

    printed: str
    document: str
    section: str


class RealisedAsPublished(Struct, frozen=True):
    """What the reports publish as realised of a budget, both in cents without VAT; provisional where the account was
    still to come."""

    year: int
    realised: int
    net: int
    provisional: bool


class OwnShareRealised(Struct, frozen=True):
    """How much of what a municipality pays, `paid` cents without VAT, was spent: as much of it as of the budget."""

    name: str
    paid: int
    realised: int
    net: int
    share: int


# --- the division ----------------------------------------------------------------------------------


class NotDivided(Struct, frozen=True):
    """Nobody is invoiced, so nothing is divided."""


class NoMemberOfTheProgramme(Struct, frozen=True):
    """The programme has members of its own, and the municipality is none."""


class OutsideTheWholeYear(Struct, frozen=True):
    """The municipality has no part in the division: the others pay the whole budget."""


class ProjectedTotal(Struct, frozen=True):
    """All inhabitants in a year ahead: those of the last count times a growth for each year since, in millionths."""

    counted_year: int
    counted: int
    growth: int
    years: int
    total: int


class ProjectedShare(Struct, frozen=True):
    """A municipality's share of all inhabitants, in hundred-millionths: at the last count, and projected."""

    counted_year: int
    counted: int
    counted_share: int
    share: int
    total: int
    inhabitants: int


class GrownBudget(Struct, frozen=True):
    """How a budget follows from the one of an earlier year; see `gguplan.fund.years_ahead.BudgetGrowth`."""

    growth: BudgetGrowth


class IndexOfAYear(Struct, frozen=True):
    """What the indexation of one year is made of."""

    parts: IndexParts


class NoLongerPaid(Struct, frozen=True):
    """Of a programme that somebody else has (`to`), what the municipality no longer pays, and its part of `budget` that
    it no longer receives; cents."""

    title: str
    to: str
    budget: int
    paid: int
    received: int


class RaisedForShortfall(Struct, frozen=True):
    """What is paid on top for a programme that was short the year before."""

    title: str
    cents: int


class WeighsNothing(Struct, frozen=True):
    """The municipality takes part and weighs 0, so that nothing of what is divided falls to it."""


class FixedAmount(Struct, frozen=True):
    """The fixed amount of one municipality: `whole` for a year, `fixed` for the days for which it is weighed.

    `municipalities` is how many have a fixed amount, None when some of them are not weighed the whole year; `rest` is
    what is left to divide.
    """

    whole: int
    days: int
    days_in_year: int
    fixed: int
    municipalities: int | None
    rest: int


class WeightForDays(Struct, frozen=True):
    """What a municipality weighs, in pieces of a year, where some are not weighed the whole year.

    `takes_part` is whether it takes part on these days; otherwise some of them are taken off its part afterwards.
    """

    days: int
    days_in_year: int
    weight: int
    weighing: Weighing
    pieces: int
    takes_part: bool


class CountOfItsOwn(Struct, frozen=True):
    """How many inhabitants a municipality of now had on 1 January of `year`; `meant` where that is a later year."""

    inhabitants: int
    year: int
    meant: int


class WeightOfColumn(Struct, frozen=True):
    """What a municipality weighs by a column of a file."""

    weight: int
    column: str
    file: str


class Tariff(Struct, frozen=True):
    """What a municipality weighs by a stepped tariff, in ten-thousandths of a euro."""

    tariff: int


class TariffInCents(Struct, frozen=True):
    """A rate, in ten-thousandths of a euro, times the inhabitants of a municipality, in whole cents."""

    inhabitants: int
    rate: int
    cents: int


class ShareAgreed(Struct, frozen=True):
    """The share of a municipality that is agreed on: `part` of a `whole`; where it stands, or None."""

    part: int
    whole: int
    stands: InColumn | None


class AmountAgreed(Struct, frozen=True):
    """The amount of a municipality that is agreed on, in cents; where it stands, or None."""

    cents: int
    stands: InColumn | None


class ProductsTaken(Struct, frozen=True):
    """What a municipality pays for the mean of its units in some `years`, at a price in ten-thousandths of a euro, in
    whole cents; `units` are in `parts` of a unit, of all years together."""

    units: int
    parts: int
    years: int
    price: int
    cents: int
    stands: InColumn | None


class AmountOfStep(Struct, frozen=True):
    """The amount of the size class that a municipality falls in: above and up to so many inhabitants; None: no end."""

    inhabitants: int
    above: int
    up_to: int | None
    cents: int


class TariffOfBracket(Struct, frozen=True):
    """What some inhabitants add to a tariff."""

    inhabitants: int
    rate: int


class WeightsTogether(Struct, frozen=True):
    """What all who are weighed weigh together, where those in `names` are not weighed, or not the `whole_year`.

    Of the `payers` who are weighed some are `bodies` without inhabitants.
    """

    weights: int
    weighing: Weighing
    payers: int
    bodies: int
    names: tuple[str, ...]
    whole_year: bool


class PortionOfMix(Struct, frozen=True):
    """A municipality has `amount` of a `portion` of what there is to divide `together`, all in cents: the `share` of a
    `whole` that one `key` of a mix divides."""

    together: int
    share: int
    whole: int
    portion: int
    key: UnmixedKey
    amount: int


class Share(Struct, frozen=True):
    """The exact share of one weight in an amount."""

    total: int
    weight: int
    weights: int
    weighing: Weighing


class WholeCents(Struct, frozen=True):
    """The same share in whole cents, and what the division leaves."""

    total: int
    weight: int
    weights: int
    whole: int
    remainder: int


class CentsLeftOver(Struct, frozen=True):
    """How many cents of an amount all whole cents together leave over."""

    total: int
    whole: int
    left_over: int


class PlaceInQueue(Struct, frozen=True):
    """Where a municipality stands in the queue of `queue` by largest remainder, and whether it gets a cent."""

    rank: int
    queue: int
    gets_a_cent: bool


class EndOfCents(Struct, frozen=True):
    """Who is the last in the queue to get a cent, and who is the first without, each with its remainder."""

    last: str
    remainder: int
    first_without: str
    remainder_without: int


class OrderOfQueue(Struct, frozen=True):
    """Who goes first of those with equal remainders."""


class Part(Struct, frozen=True):
    """What the division comes to for one municipality, its fixed amount included."""

    cents: int


# --- opt-outs and thresholds -----------------------------------------------------------------------


class OutsideForDays(Struct, frozen=True):
    """Outside for some days, which the others pay."""

    days: int
    days_in_year: int


class TakenOffBefore(Struct, frozen=True):
    """What opt-outs before this one took off the same part: their days, and cents."""

    days: int
    cents: int


class RefundOfRateLine(Struct, frozen=True):
    """A rate that is paid back for the days outside."""

    rate: int
    inhabitants: int
    days: int
    days_in_year: int
    refund: int


class RefundOfPartLine(Struct, frozen=True):
    """What is paid back of a part, for `days` of those for which the municipality is weighed, the days before
    included."""

    part: int
    days: int
    days_weighed: int
    before: TakenOffBefore | None
    refund: int


class NotInvoiced(Struct, frozen=True):
    """What is not invoiced of a part, for `days` of those for which the municipality is weighed, the days before
    included."""

    part: int
    days: int
    days_weighed: int
    before: TakenOffBefore | None
    amount: int


class JoinsOrLeaves(Struct, frozen=True):
    """The first day on which a municipality takes part, and the first on which it no longer does."""

    joins: date | None
    leaves: date | None


class InhabitantsOfYear(Struct, frozen=True):
    """A refund counts the inhabitants on 1 January of this year."""

    year: int


class Lapsed(Struct, frozen=True):
    """Too few take part, and what the municipality then pays."""

    outcome: ThresholdOutcome
    lapse: Lapse
    cents: int


# --- cascades --------------------------------------------------------------------------------------


class BeforeCascade(Struct, frozen=True):
    """The amounts are those from before a cascade, and who leaves by it."""

    cascade: CascadeBeside


class LeavesByCascade(Struct, frozen=True):
    """The amounts are those from before the cascade of the programme called `title`, which the municipality leaves in
    round `number`, when `rate` is asked."""

    title: str
    drawn: LimitsDrawn | None
    number: int
    rate: int


Line = (
    WholeBill
    | ProgrammeBill
    | PredecessorBill
    | InhabitantsCounted
    | NoInhabitants
    | CountedWhere
    | ReferenceDate
    | VatWithin
    | GrossBudgetLine
    | NetBudgetLine
    | RateBudgetLine
    | IncomeLine
    | ReserveLine
    | ToDivide
    | VolumeBudgetLine
    | TariffBudgetLine
    | WithoutVat
    | FromSource
    | Remark
    | DerivedFrom
    | PrintedElsewhere
    | RealisedAsPublished
    | OwnShareRealised
    | NotDivided
    | NoMemberOfTheProgramme
    | OutsideTheWholeYear
    | ProjectedTotal
    | ProjectedShare
    | GrownBudget
    | IndexOfAYear
    | NoLongerPaid
    | RaisedForShortfall
    | WeighsNothing
    | FixedAmount
    | WeightForDays
    | WeightOfColumn
    | CountOfItsOwn
    | Tariff
    | TariffInCents
    | ShareAgreed
    | AmountAgreed
    | ProductsTaken
    | AmountOfStep
    | TariffOfBracket
    | WeightsTogether
    | Share
    | PortionOfMix
    | WholeCents
    | CentsLeftOver
    | PlaceInQueue
    | EndOfCents
    | OrderOfQueue
    | Part
    | OutsideForDays
    | RefundOfRateLine
    | RefundOfPartLine
    | NotInvoiced
    | JoinsOrLeaves
    | InhabitantsOfYear
    | Lapsed
    | AdjustmentLine
    | BeforeCascade
    | LeavesByCascade
)
"""Every line that a sum can have; `gguplan.wording.steps.line_in_words` says each in a sentence."""
