"""The slow exact oracle of the years ahead: docs/horizon.md in whole numbers and fractions, a year at a time.

Nothing of gguplan is imported here. Each year is worked out by the oracle of one year; amounts are whole cents. What is
realised is known wherever there is something to spend, so nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from tests.oracle import (
    CannotBeMadeError,
    Money,
    OptOut,
    Programme,
    among,
    budget_of,
    half_up,
    largest_remainder,
    money_of,
)

Underspend = Literal["carry_over", "return", "general", "earmark"]
Shortfall = Literal["draw", "raise", "cut"]

LARGEST_BUDGET = 10**14
"""A million million euros."""


@dataclass(frozen=True)
class Ahead:
    """What is particular to a programme; the tables are by year, in cents. `opt_outs` by year: who is outside when."""

    underspend: Underspend
    shortfall: Shortfall
    opt_outs: Mapping[int, tuple[OptOut, ...]]
    left_out: bool = False
    starts: int | None = None
    ends: int | None = None
    indexed: bool = True
    gross: Mapping[int, int] = field(default_factory=dict)
    net: Mapping[int, int] = field(default_factory=dict)
    one_off: Mapping[int, int] = field(default_factory=dict)
    opening: int = 0
    from_balance: Mapping[int, int] = field(default_factory=dict)
    committed: Mapping[int, int] = field(default_factory=dict)
    realised: Mapping[int, int] = field(default_factory=dict)

    def has_budget_in(self, year: int) -> bool:
        return (self.starts or year) <= year <= (self.ends or year)

    @property
    def has_money(self) -> bool:
        return any((self.opening, self.from_balance, self.committed, self.realised))


@dataclass(frozen=True)
class Fund:
    """A fund in `years`: inhabitants by year, percentages of the years after the first, and the reserve."""

    inhabitants: Mapping[int, Sequence[int]]
    days: Mapping[int, int]
    programmes: Mapping[str, tuple[Programme, Ahead]]
    percents: Mapping[int, Fraction]
    reserve: int

    @property
    def years(self) -> list[int]:
        return sorted(self.inhabitants)


Row = dict[str, int]
"""One year of one account: opening, contributions, …, closing."""


@dataclass(frozen=True)
class Accounts:
    """The accounts of the programmes by name, the reserve, and what each municipality is billed in each year."""

    programmes: dict[str, list[Row]]
    reserve: list[Row]
    bills: list[list[int]]


def refused(fund: Fund) -> list[str]:
    """Why it cannot be worked out, in the words of the program: every reason, of all programmes and years."""
    first = fund.years[0]
    paid = any(ahead.has_budget_in(first) and not ahead.left_out for _programme, ahead in fund.programmes.values())
    reasons = [] if paid else ["No programme has a budget"]
    for programme, ahead in fund.programmes.values():
        for year in () if ahead.left_out else fund.years:
            try:
                of_year = budgeted(fund, programme, ahead, year)
                if of_year is not None:
                    money_of(of_year, fund.inhabitants[year], fund.days[year])
            except CannotBeMadeError as reason:
                reasons.append(str(reason))
    return reasons


def accounts_of(fund: Fund) -> Accounts:
    """Every account from the first year to the last, of a fund that is not refused."""
    size = len(fund.inhabitants[fund.years[0]])
    bills = [[0] * size for _year in fund.years]
    programmes: dict[str, list[Row]] = {}
    for name, (programme, ahead) in fund.programmes.items():
        if not ahead.left_out or ahead.has_money:
            programmes[name] = _account(fund, programme, ahead, bills)
    reserve, balance = [], fund.reserve
    for place in range(len(fund.years)):
        taken = sum(account[place]["from_reserve"] for account in programmes.values())
        added = sum(account[place]["to_reserve"] for account in programmes.values())
        row = {"opening": balance, "from_reserve": -taken, "to_reserve": -added, "closing": balance - taken + added}
        reserve.append(dict.fromkeys(_NAMES, 0) | row)
        balance = row["closing"]
    return Accounts(programmes, reserve, bills)


_NAMES = [
    "opening",
    "contributions",
    "refunds",
    "handed_over",
    "from_reserve",
    "realised",
    "returned",
    "to_reserve",
    "closing",
]


def _account(fund: Fund, programme: Programme, ahead: Ahead, bills: list[list[int]]) -> list[Row]:
    account: list[Row] = []
    balance = ahead.opening
    # Nobody pays for what is left out, in any year: its shortfall comes from the reserve.
    raises = ahead.shortfall == "raise" and not ahead.left_out
    for place, year in enumerate(fund.years):
        persons = fund.inhabitants[year]
        of_year = None if ahead.left_out else budgeted(fund, programme, ahead, year)
        money = None if of_year is None else money_of(of_year, persons, fund.days[year])
        net = _without_vat(money, programme.vat_percent)
        raised = -balance if raises and balance < 0 else 0
        for municipality, cents in enumerate(_billed(money, raised, programme.vat_percent, persons)):
            bills[place][municipality] += cents
        returned = balance if ahead.underspend == "return" and balance > 0 else 0
        in_hand = balance + net["contributions"] + raised + net["drawn"]
        in_hand -= net["refunds"] + net["handed_over"] + returned
        # What is not known has nothing to be spent of, so only what was promised is.
        realised = ahead.realised.get(year, ahead.committed.get(year, 0))
        left = in_hand - realised
        short = -left if left < 0 and not raises else 0
        to_reserve = left if left > 0 and ahead.underspend == "general" else 0
        closing = left + short - to_reserve
        account.append(
            {
                "opening": balance,
                "contributions": net["contributions"] + raised,
                "refunds": net["refunds"],
                "handed_over": net["handed_over"],
                "from_reserve": net["drawn"] + short,
                "realised": realised,
                "returned": returned,
                "to_reserve": to_reserve,
                "closing": closing,
            }
        )
        balance = closing
    return account


def budgeted(fund: Fund, programme: Programme, ahead: Ahead, year: int) -> Programme | None:
    """The programme with the budget of a year: the latest step, in the prices of its year, and what comes on top once;
    None when it has none."""
    once = ahead.one_off.get(year, 0)
    programme = replace(programme, opt_outs=ahead.opt_outs[year])
    if not ahead.has_budget_in(year):
        kept = "net" if programme.net is not None else "gross"
        return _with_budget(programme, kept, once) if once else None
    steps = sorted(step for step in {*ahead.gross, *ahead.net} if step <= year)
    since = steps[-1] if steps else fund.years[0]
    rise = Fraction(1)
    for later in range(since + 1, year + 1):
        rise *= 1 + fund.percents.get(later, Fraction(0)) / 100
    if not ahead.indexed:
        rise = Fraction(1)
    if steps:
        kept, amount = ("gross", ahead.gross[since]) if since in ahead.gross else ("net", ahead.net[since])
    elif rise == 1 and not once:
        return programme
    elif programme.key.own_rate is not None and not once:
        # A tariff stays one: its rate rises, in ten-thousandths of a euro.
        risen = Fraction(half_up(10_000 * programme.key.own_rate * rise), 10_000)
        return replace(programme, key=replace(programme.key, own_rate=risen))
    elif programme.net is not None:
        kept, amount = "net", programme.net
    else:
        places = sorted(programme.members or range(len(fund.inhabitants[year])))
        persons = [fund.inhabitants[year][place] for place in places]
        kept, amount = "gross", budget_of(among(programme, places), persons)[0]
    whole = half_up(amount * rise) + once
    if not 0 < whole <= LARGEST_BUDGET:
        raise CannotBeMadeError("the budget comes to")
    return _with_budget(programme, kept, whole)


def _with_budget(programme: Programme, kept: str, amount: int) -> Programme:
    gross, net = (amount, None) if kept == "gross" else (None, amount)
    return replace(programme, gross=gross, net=net, rate=None)


def _without_vat(money: Money | None, percent: int) -> dict[str, int]:
    """The money of a year without VAT; the contributions take up what rounding leaves."""
    if money is None:
        return dict.fromkeys(("contributions", "refunds", "drawn", "handed_over"), 0)
    available = money.net if money.available == money.gross else _net(money.available, percent)
    refunds, drawn, handed_over = (
        _net(cents, percent) for cents in (sum(money.refunds), money.drawn, money.handed_over)
    )
    contributions = available + refunds - drawn + handed_over
    return {"contributions": contributions, "refunds": refunds, "drawn": drawn, "handed_over": handed_over}


def _net(cents: int, percent: int) -> int:
    """An amount with the VAT in it paid away, half a cent of VAT away from zero."""
    sign = -1 if cents < 0 else 1
    return cents - sign * half_up(Fraction(abs(cents) * percent, 100 + percent))


def _billed(money: Money | None, raised: int, percent: int, persons: Sequence[int]) -> list[int]:
    """What each municipality pays: its part less its refund, and pro rata to its part what is raised, with VAT."""
    parts = [0] * len(persons) if money is None else money.contributions
    refunds = [0] * len(persons) if money is None else money.refunds
    more = [0] * len(persons)
    if raised:
        weights = [max(part, 0) for part in parts] if sum(parts) > 0 else persons
        more = largest_remainder(half_up(Fraction(raised * (100 + percent), 100)), weights, range(len(persons)))
    return [part - refund + extra for part, refund, extra in zip(parts, refunds, more, strict=True)]
