"""The years ahead of a scenario, as its file says them: balances, indexation, programmes that start, end or step."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Annotated, Any, ClassVar, Final

from pydantic import BeforeValidator, Field, model_validator

from gguplan.fund.underspend import ShortfallRule, UnderspendRule
from gguplan.fund.years_ahead import PERCENT_UNITS
from gguplan.inputs.scenario.fields import (
    BY_PROGRAMME,
    Amount,
    Balance,
    Identifier,
    IsPercentage,
    KeysAre,
    Sort,
    Text,
    Volume,
    Year,
    text_as_written,
)
from gguplan.inputs.scenario.hand_overs import check_hand_over
from gguplan.inputs.strict_model import StrictModel
from gguplan.inputs.written_amounts import fail_if_with_a_sign
from gguplan.language import _

MOST_YEARS: Final = 30
"""A horizon is at most so many years long."""


def _percent(value: Any) -> int:
    value = text_as_written(value, _('this is not a percentage: write "3.4"'))
    fail_if_with_a_sign(value, -50, 100)
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,4})?", value) or not -50 <= Decimal(value) <= 100:
        raise ValueError(
            _(
                "{text!r} is not a percentage from -50 to 100: write it with a decimal point, such as 3.4",
                text=value[:60],
            )
        )
    return int(Decimal(value) * PERCENT_UNITS)


def _year(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"(19|20|21)[0-9]{2}", value):
        raise ValueError(_("{text!r} is not a year: write for example 2026", text=str(value)[:60]))
    return value


_A_PERCENTAGE: Final = {"type": ["string", "integer"], "pattern": r"^-?[0-9]{1,3}(\.[0-9]{1,4})?$"}

Percent = Annotated[
    int, BeforeValidator(_percent), Field(json_schema_extra=_A_PERCENTAGE), Sort("rate"), IsPercentage()
]
Parts = Annotated[int, Field(ge=1, le=100)]
YearKey = Annotated[str, BeforeValidator(_year)]

BY_YEAR: Final = (Field(max_length=MOST_YEARS), KeysAre("years"))

AmountByYear = Annotated[dict[YearKey, Amount], *BY_YEAR]
VolumeByYear = Annotated[dict[YearKey, Volume], *BY_YEAR]
BalanceByYear = Annotated[dict[YearKey, Balance], *BY_YEAR]


class IndexationTable(StrictModel):
    """By how much the budgets rise every year: fixed, a table a year, or an interval that it lies in."""

    one_of: ClassVar = (("percent", "between"),)
    goes_with: ClassVar = {"sure": "between", "tolerance_points": "wages_realised", "wages_realised": "wages"}

    percent: Percent | None = None
    """Every year by this percentage, such as "3.4"."""
    between: Annotated[tuple[Percent, Percent], Field(strict=False)] | None = None
    """Every year by a percentage between these two, such as ["1.5", "4.0"], because it is not known yet."""
    sure: Annotated[int, Field(ge=10, le=99)] = 90
    """How sure it is that it lies between these two, in per cent."""
    years: Annotated[dict[YearKey, Percent], *BY_YEAR] = Field(default_factory=dict)
    """The percentages that are known, by year: `{ 2023 = "3.4" }`. They go before `percent` and `between`."""
    wages: Annotated[dict[YearKey, Percent], *BY_YEAR] = Field(default_factory=dict)
    """By how much wages rise, by year, for a weighted mix with `prices`: `{ 2025 = "4.60" }`."""
    prices: Annotated[dict[YearKey, Percent], *BY_YEAR] = Field(default_factory=dict)
    """By how much prices rise, in the same years as `wages`: `{ 2025 = "2.10" }`."""
    mix: Annotated[tuple[Parts, Parts], Field(strict=False)] | None = None
    """So many parts of wages to so many of prices: [2, 1] for two thirds and one third."""
    correction: Annotated[dict[YearKey, Percent], *BY_YEAR] = Field(default_factory=dict)
    """What comes on top for past years that turned out otherwise, by the year in which it is paid, in percentage
    points: `{ 2026 = "-0.5" }`."""
    wages_realised: Annotated[dict[YearKey, Percent], *BY_YEAR] = Field(default_factory=dict)
    """By how much wages rose in the end, of years in `wages`: `{ 2025 = "5.40" }`. Where that differs from what was
    budgeted, the whole difference, for its part in the mix, is in the percentage of the year after."""
    tolerance_points: Percent | None = None
    """A difference between `wages_realised` and `wages` of at most so many points, up or down, is left as it is: "0.5".
    Without it every difference is corrected."""
    vintage: Text | None = None
    """When the figures were made: "CPB, March 2025". A year has other figures a year later."""
    source: Text
    """Where the percentages come from, or that they are an assumption."""

    @property
    def known(self) -> dict[str, int]:
        """The percentages that are known, by year: stated, or mixed of wages and prices; corrections are in them."""
        known = dict(self.years)
        if self.mix is not None:
            wages, prices = self.mix
            for year, percent in self.wages.items():
                mixed = Fraction(wages * percent + prices * self.prices[year], wages + prices)
                known[year] = floor(mixed + Fraction(1, 2))
        for corrections in (self.correction, self.corrected_afterwards):
            for year, points in corrections.items():
                known[year] = known.get(year, self.percent or 0) + points
        return known

    @property
    def corrected_afterwards(self) -> dict[str, int]:
        """What wages that rose otherwise change in the percentage of the year after, by that year; half up."""
        if self.mix is None:
            return {}
        wages, prices = self.mix
        apart = {year: realised - self.wages[year] for year, realised in self.wages_realised.items()}
        return {
            str(int(year) + 1): floor(Fraction(wages * points, wages + prices) + Fraction(1, 2))
            for year, points in apart.items()
            if abs(points) > (self.tolerance_points or 0)
        }

    @model_validator(mode="after")
    def _one_way(self) -> IndexationTable:
        if self.percent is not None and self.between is not None:
            raise ValueError(_("percent and between stand side by side: keep one of the two"))
        if self.percent is None and self.between is None and not (self.years or self.wages):
            raise ValueError(_('there is no percentage: give percent = "2.0", between, or years'))
        self._mixed_of_both()
        if self.between is None and "sure" in self.model_fields_set:
            raise ValueError(_("sure goes with between only: take it out"))
        if self.between is not None and self.between[0] >= self.between[1]:
            raise ValueError(_('the first percentage is not below the second: write them as ["1.5", "4.0"]'))
        return self

    def _mixed_of_both(self) -> None:
        """Fail if a mix lacks a part, a year is said twice, or there is nothing to correct."""
        stated = (bool(self.wages), bool(self.prices), self.mix is not None)
        if any(stated) and not all(stated):
            raise ValueError(_("wages, prices and mix go together: give all three, such as mix = [2, 1]"))
        if apart := sorted(set(self.wages) ^ set(self.prices)):
            raise ValueError(_("of {year} there are wages or prices and not both: give both", year=apart[0]))
        if twice := sorted(set(self.years) & set(self.wages)):
            raise ValueError(_("the percentage of {year} stands in years and is mixed: keep one", year=twice[0]))
        if unbudgeted := sorted(set(self.wages_realised) - set(self.wages)):
            raise ValueError(_("wages_realised is of {year}, and wages is not: give both", year=unbudgeted[0]))
        if self.tolerance_points is not None and not self.wages_realised:
            raise ValueError(_("tolerance_points goes with wages_realised only: give both, or take it out"))
        if (self.tolerance_points or 0) < 0:
            raise ValueError(_("a tolerance holds up and down, so that it is not below 0: write it without the sign"))
        corrected = {*self.correction, *self.corrected_afterwards}
        nothing = sorted(corrected - set(self.years) - set(self.wages)) if self.percent is None else []
        if nothing:
            raise ValueError(_("{year} has no known percentage to correct: give it in years", year=nothing[0]))


class HorizonProgrammeTable(StrictModel):
    """One programme through the years. Amounts of `opening`, `from_balance`, `committed`, `realised` and `floor` are
    without VAT, as the ledger has what is realised."""

    starts: Year | None = None
    """The first year with a budget; before it there is none."""
    ends: Year | None = None
    """The last year with a budget. What is left on its balance stays there."""
    handed_over: Year | None = None
    """The first year in which somebody else has it, such as 2018: there is no budget from then on, and its money leaves
    the gemeentefonds with it. Bills then show what a municipality no longer pays and no longer receives. It stands in
    the place of `ends`."""
    handed_over_to: Text | None = None
    """Who has it from that year on, such as "het ministerie van VWS"."""
    gross: AmountByYear = Field(default_factory=dict)
    """Steps: the budget including VAT from a year on, in the prices of that year, such as `{ 2027 = "2500000.00" }`.
    The years after it are indexed from there."""
    net: AmountByYear = Field(default_factory=dict)
    """The same without VAT. A year stands in one of the two."""
    one_off: AmountByYear = Field(default_factory=dict)
    """What is budgeted on top of it in one year only; including VAT where the budget of that year is."""
    indexed: bool = True
    """`false` when the budget does not rise with the indexation: an agreement in euros."""
    volume_growth: Percent = 0
    """By how many per cent the volume of a programme with `volume` and `price` grows every year after that of the
    scenario, such as "2.0", until a step. Price and fixed part rise with the indexation."""
    opening: Balance = 0
    """What it carries over into the first year."""
    from_balance: AmountByYear = Field(default_factory=dict)
    """What it is planned to spend out of its balance, by year, on top of the budget of that year."""
    committed: AmountByYear = Field(default_factory=dict)
    """What has been promised for years to come, by year: at least this is spent, also after its last budget."""
    committed_by: Text | None = None
    """Which decision or contract binds the years of `committed`; a proposal names it. Without it the source does."""
    contract_ends: Year | None = None
    """The last year that is under contract: of a budget in a later year is said that no contract is behind it. A
    programme that is taken from the ledger has the end that the reports print."""
    realised: BalanceByYear = Field(default_factory=dict)
    """What was realised, or is taken as certain, by year: nothing is forecast there. It goes before the ledger and
    before `[realisation.name]`. What opt-outs get back is not in it."""
    realised_volume: VolumeByYear = Field(default_factory=dict)
    """How many units there were, by year, of a programme with `volume` and `price`: splits what was realised more or
    less than budgeted into more units and a higher price."""
    shortfall: ShortfallRule | None = None
    """What happens when it has spent more than it had, if other than the horizon says."""
    floor: Balance | None = None
    """The balance of this programme below which it should not come."""
    source: Text
    """Where these figures come from, or that they are a plan or an assumption."""

    @model_validator(mode="after")
    def _agrees(self) -> HorizonProgrammeTable:
        check_hand_over(self.handed_over, self.handed_over_to)
        if self.handed_over is not None and self.ends is not None:
            raise ValueError(_("it has both ends and handed_over: keep one of the two"))
        if self.handed_over is not None and self.handed_over <= (self.starts or 0):
            raise ValueError(_("it is handed over before it starts: change starts or handed_over"))
        if self.starts is not None and self.ends is not None and self.ends < self.starts:
            raise ValueError(_("it ends before it starts: change starts or ends"))
        if twice := sorted(set(self.gross) & set(self.net)):
            raise ValueError(_("the budget of {year} is given as gross and as net: keep one", year=twice[0]))
        if self.committed_by is not None and not self.committed:
            raise ValueError(_("committed_by goes with committed only: give the amounts by year, or take it out"))
        return self

    def has_budget_in(self, year: int) -> bool:
        """Whether a year lies between the first and the last with a budget."""
        gone = self.handed_over is not None and year >= self.handed_over
        return (self.starts or year) <= year <= (self.ends or year) and not gone

    @property
    def has_money(self) -> bool:
        """Whether it has a balance, or something to spend of it, also when nobody pays for it any more."""
        return bool(self.opening or self.from_balance or self.committed or self.realised or self.floor is not None)


class HorizonTable(StrictModel):
    """The years ahead: from which balance, how budgets rise, what becomes of money left over or short."""

    first: Year | None = None
    """The first year of the account; without it the year of the scenario. The budgets are in the prices of the year
    of the scenario."""
    last: Year
    """The last year of the account."""
    opening: Balance
    """The reserve of the fund at the beginning of the first year, in euros; "0.00" when there is none. What a
    programme carries over stands with the programme."""
    underspend: UnderspendRule | None = None
    """What becomes of money that is not spent, for programmes that have no rule of their own."""
    shortfall: ShortfallRule = "draw"
    """When a programme has spent more than it had. `draw`: the reserve of the fund pays. `raise`: the contribution of
    the next year is that much higher. `cut`: it spends no more than it has, but for what has been promised."""
    floor: Balance | None = None
    """The balance of the whole fund, its programmes included, below which it should not come."""
    reserve_floor: Balance | None = None
    """The reserve below which it should not come: the balance of the fund without that of its programmes."""
    ledger: Annotated[tuple[Year, ...], Field(max_length=MOST_YEARS, strict=False)] = ()
    """Years of which budgets and realised amounts are those published, such as [2016, 2017]; see gguplan reconcile."""
    indexation: IndexationTable | None = None
    """By how much the budgets rise: `[horizon.indexation]`. Without it they stay as they are."""
    programmes: Annotated[dict[Identifier, HorizonProgrammeTable], *BY_PROGRAMME] = Field(default_factory=dict)
    """What is particular to a programme: `[horizon.programmes.name]`."""
    source: Text
    """Where the opening balance and the floor come from."""

    def first_year(self, year: int) -> int:
        """The first year of the account of a scenario of `year`."""
        return year if self.first is None else self.first

    def of(self, programme: str) -> HorizonProgrammeTable:
        """What is said of a programme; nothing in particular when it is not named."""
        return self.programmes.get(programme) or HorizonProgrammeTable(source="-")
