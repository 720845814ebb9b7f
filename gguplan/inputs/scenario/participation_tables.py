"""Who takes part: groups of municipalities, opt-outs, thresholds and cascades, as a scenario file says them."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, model_validator

from gguplan.fund.settlements import Settlement, SettlementWord, settlement_named
from gguplan.fund.thresholds import Lapse, Threshold, is_handed_over
from gguplan.inputs.scenario.fields import OWN, FirstOfJanuary, Identifier, Names, PositiveRate, Rate, Ratio, Text, Year
from gguplan.inputs.scenario.hand_overs import check_hand_over, hand_over_of
from gguplan.inputs.strict_model import StrictModel
from gguplan.language import _

_PEOPLE: Final = Field(gt=0, le=100_000_000)


class Group(StrictModel):
    """Municipalities under one name: listed, or all that lie in a province and have a size, but for some."""

    municipalities: Names | None = None
    """Names or CBS codes."""
    province: Text | None = None
    """All in this province, such as "Groningen"."""
    more_than: Annotated[int, _PEOPLE] | None = None
    """All with more inhabitants than this on the reference date."""
    up_to: Annotated[int, _PEOPLE] | None = None
    """All with this number of inhabitants or fewer on the reference date."""
    without: Names = ()
    """All but these: names, CBS codes or groups above this one. With nothing else: all but these of the country."""
    source: Text | None = None
    """Where it stands who belongs to it."""

    @model_validator(mode="after")
    def _one_way(self) -> Group:
        rules = [rule for rule in (self.province, self.more_than, self.up_to, self.without or None) if rule is not None]
        if (self.municipalities is None) == (not rules):
            raise ValueError(_("a group is a list of municipalities, or a province and a size: give one of the two"))
        return self


def _date(value: Any) -> Any:
    if type(value) is not datetime.date:
        raise ValueError(_("this is not a date: write 2017-07-01, without quotes or a time"))
    return value


Day = Annotated[datetime.date, BeforeValidator(_date)]


class OptOutTable(StrictModel):
    """Who stands outside one programme or more, for all or part of the year, and what that does to the money."""

    programmes: Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=1_000, strict=False)] | None = None
    """Programmes, or names in `programme_groups`. Without it the programme that this table is named after."""
    municipalities: Names
    """Names or CBS codes of municipalities, or names in `groups`. An empty list: nobody."""
    settlement: SettlementWord
    """`refund`: everyone pays, those outside get a rate per inhabitant back, and the programme has that much
    less. `shrink`: those outside do not pay, the others pay what they would, the programme shrinks.
    `redistribute`: those outside do not pay, the others pay the whole budget. `absorb`: as shrink, but the
    balance of the fund pays what is missing."""
    rate: Rate | None = None
    """For `refund`: euros per inhabitant for a whole year. Without it each gets back exactly what it paid."""
    reference_date: FirstOfJanuary | None = None
    """For `refund` with a rate: the 1 January whose inhabitants count, when it is not that of the scenario."""
    joins: Day | None = None
    """The first day on which they take part, such as 2017-04-01: they are outside before it. It may lie in any year up
    to the last of `[horizon]`."""
    leaves: Day | None = None
    """The first day on which they no longer take part: they are outside from it. Without `joins` and `leaves` they
    are outside the whole year."""
    source: Text
    """Where it stands who is outside and what they get."""

    @model_validator(mode="after")
    def _rate_is_for_refunds(self) -> OptOutTable:
        if self.rate is not None and self.settlement != "refund":
            raise ValueError(_('a rate goes with settlement = "refund" only: take it out'))
        if self.reference_date is not None and self.rate is None:
            raise ValueError(_("a reference date of its own goes with a refund of a rate only: take it out"))
        if self.joins is not None and self.joins == self.leaves:
            raise ValueError(_("who joins on the day of leaving is never outside: take both out, or the opt-out"))
        return self


def settlement_of(table: OptOutTable) -> Settlement:
    """The settlement that an opt-out says."""
    counted = table.reference_date
    return settlement_named(table.settlement, table.rate, None if counted is None else counted.year)


class ThresholdTable(StrictModel):
    """How many must take part the whole year for a programme to go on, and what happens to its money otherwise."""

    municipalities: Annotated[int, Field(gt=0, le=100_000)] | Literal["all"] | None = None
    """At least so many municipalities, or "all"."""
    inhabitants_percent: Annotated[int, Field(gt=0, le=100)] | None = None
    """At least this share of all inhabitants, in per cent."""
    otherwise: Lapse
    """`not_levied`: nobody is invoiced. `to_balance`: who takes part pays, and the balance of the fund gets it.
    `handed_over`: everybody pays, opt-outs too, and the money goes to whoever takes the programme over."""
    handed_over: Year | None = None
    """For `handed_over`: the later year from which on somebody else has the programme, such as 2018. It goes on until
    then, and from then on nobody pays: its money leaves the gemeentefonds with it. The year before decides."""
    handed_over_to: Text | None = None
    """Who has the programme from that year on, such as "het ministerie van VWS"."""
    source: Text
    """Where the threshold stands."""

    @model_validator(mode="after")
    def _some_threshold(self) -> ThresholdTable:
        check_hand_over(self.handed_over, self.handed_over_to)
        if self.handed_over is not None and not is_handed_over(self.otherwise):
            raise ValueError(
                _('only otherwise = "handed_over" goes with the year of handed_over: take one of the two out')
            )
        if self.municipalities is None and self.inhabitants_percent is None:
            raise ValueError(_("there is no threshold: give municipalities or inhabitants_percent"))
        return self


def threshold_of(table: ThresholdTable) -> Threshold:
    """The threshold that a table says."""
    return Threshold(
        table.municipalities,
        table.inhabitants_percent,
        table.otherwise,
        table.source,
        hand_over_of(table.handed_over, table.handed_over_to),
    )


class SizeClass(StrictModel):
    """The highest rate that the municipalities of one size accept: one for all, or differing."""

    up_to: Annotated[int, _PEOPLE] | None = None
    """The class reaches up to and including this number of inhabitants; the last class has none."""
    limit: PositiveRate | None = None
    """All in the class accept this many euros per inhabitant and no more."""
    between: Annotated[tuple[PositiveRate, PositiveRate], Field(strict=False)] | None = None
    """90 % of the municipalities in the class have their limit between these two, such as ["0.20", "0.45"];
    the limits are then drawn from the lognormal distribution with that interval."""

    @model_validator(mode="after")
    def _one_limit(self) -> SizeClass:
        if (self.limit is None) == (self.between is None):
            raise ValueError(_("a size class takes one of the two: give limit or between"))
        if self.between is not None and self.between[0] >= self.between[1]:
            raise ValueError(_('the first rate is not below the second: write them as ["0.20", "0.45"]'))
        return self


class CascadeTable(StrictModel):
    """The highest rate that each municipality accepts for one programme: whoever must pay more leaves."""

    limits: Annotated[dict[Text, PositiveRate], Field(max_length=10_000), OWN] = Field(default_factory=dict)
    """Euros per inhabitant by name, code or group: `{ Amsterdam = "0.20" }`. They go before the size classes."""
    size_classes: Annotated[tuple[SizeClass, ...], Field(max_length=100, strict=False)] = ()
    """The size classes, from small to large; needed for every municipality that has no limit of its own."""
    level: Annotated[tuple[Ratio, Ratio], Field(strict=False)] | None = None
    """How far all limits together may lie from what is written, because that is not known either: 90 % sure that
    they are between these two times as high, such as ["0.8", "1.25"]. Without it they are as high as written."""
    source: Text
    """What these limits rest on."""

    @model_validator(mode="after")
    def _classes_rise(self) -> CascadeTable:
        limits = [size_class.up_to for size_class in self.size_classes]
        bounds = [limit for limit in limits[:-1] if limit is not None]
        if limits and (len(bounds) < len(limits) - 1 or bounds != sorted(set(bounds)) or limits[-1] is not None):
            raise ValueError(_("the classes do not rise: give each a larger up_to, and the last one none"))
        if self.level is not None and self.level[0] >= self.level[1]:
            raise ValueError(_('the first level is not below the second: write them as ["0.8", "1.25"]'))
        if not limits and not self.limits:
            raise ValueError(_("there is no limit at all: give limits or size_classes"))
        return self
