"""What a reader of a horizon must know beside its accounts: what is stated and changes nothing, or other than it seems.

Every amount that a scenario or the ledger states for the years ahead is in an account, or is named here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from msgspec import Struct

from gguplan.fund.contracts import Contract
from gguplan.fund.fund_year import FundYear
from gguplan.fund.hand_overs import HandOver
from gguplan.fund.inclusions import included_refund, inclusions
from gguplan.fund.ledger import Ledger
from gguplan.fund.programme import Programme
from gguplan.fund.years_ahead import YearsAhead
from gguplan.model.realisation.known import is_provisional, known_realisation
from gguplan.model.volume_deviation import VolumeDeviation, volume_deviation
from gguplan.model.years_ahead.year_of_horizon import YearOfHorizon


class NoBudget(Struct, frozen=True):
    """A programme without a budget in any year, left out or never within its years, that has an account all the same.

    `opening`, `from_balance`, `committed` and `realised` are cents, over all years together; `not_budgeted` the years
    of steps and one-off amounts that are not budgeted because the programme is left out.
    """

    title: str
    left_out: bool
    opening: int
    from_balance: int
    committed: int
    realised: int
    not_budgeted: tuple[int, ...]


class NotPublished(Struct, frozen=True):
    """Programmes of the account that have no published budget in a published year, and so none in the account."""

    year: int
    titles: tuple[str, ...]


class NewInLedger(Struct, frozen=True):
    """A programme with a published budget, of `net` cents, in a published year, that the account does not have."""

    name: str
    title: str
    year: int
    net: int


class PromiseAboveKnown(Struct, frozen=True):
    """More was promised for a year than is known to be realised in it; cents."""

    title: str
    year: int
    committed: int
    realised: int


class PlanOfKnownYear(Struct, frozen=True):
    """What was planned out of the balance in a year of which is known what was realised; cents."""

    title: str
    year: int
    from_balance: int


class OtherRefund(Struct, frozen=True):
    """In a published year the scenario refunds other than what was published; cents."""

    title: str
    year: int
    published: int
    refunded: int


class Obligation(Struct, frozen=True):
    """What is promised of a programme for years after that of the scenario, cents by year, and what binds them."""

    title: str
    by_year: tuple[tuple[int, int], ...]
    bound_by: str


class PastContract(Struct, frozen=True):
    """A programme with budgets in `years` after `contract_ends`; `contract` is what a report says of it, None where
    the scenario does."""

    title: str
    contract_ends: int
    years: tuple[int, ...]
    contract: Contract | None


class GoneToOthers(Struct, frozen=True):
    """A programme that somebody else has: what all municipalities together no longer pay and no longer receive, as
    (year, cents, cents); nothing for years in which it would have had no budget either."""

    title: str
    hand_over: HandOver
    by_year: tuple[tuple[int, int, int], ...]


class Provisional(Struct, frozen=True):
    """Programmes whose realised amount of a published year may change, because the account was still to come."""

    year: int
    names: tuple[str, ...]
    titles: tuple[str, ...]


class PaidAhead(Struct, frozen=True):
    """What was paid in a published year for the next one stays in the account; cents.

    `besides` was left of the year before and spent in this year: it is in the account where that is `opened` with
    money.
    """

    name: str
    title: str
    year: int
    ahead: int
    besides: int
    opened: bool


Remark = (
    NoBudget
    | NotPublished
    | NewInLedger
    | PromiseAboveKnown
    | PlanOfKnownYear
    | OtherRefund
    | VolumeDeviation
    | Obligation
    | PastContract
    | GoneToOthers
    | Provisional
    | PaidAhead
)


def remarks_on(
    base: FundYear,
    ahead: YearsAhead,
    programmes: Mapping[str, Programme],
    by_year: Sequence[YearOfHorizon],
    ledger: Ledger,
) -> tuple[Remark, ...]:
    """All remarks on a horizon with accounts for `programmes`."""
    return (
        *_without_budget(base, ahead, programmes, by_year),
        *_of_the_ledger(base, ahead, programmes, ledger),
        *_of_known_years(ahead, programmes, by_year, ledger),
        *_refunds(ahead, programmes, by_year, ledger),
        *_paid_ahead(ahead, programmes, ledger),
        *_provisional(ahead, programmes, ledger),
        *_deviations(ahead, by_year, ledger),
        *_obligations(base, ahead, by_year, ledger),
        *_past_contracts(base, ahead, by_year, ledger),
        *_gone_to_others(base, ahead, by_year),
    )


def _deviations(ahead: YearsAhead, by_year: Sequence[YearOfHorizon], ledger: Ledger) -> Iterator[VolumeDeviation]:
    """What was realised beside a budget of volume × price, split in two."""
    for year in by_year:
        for billed in year.by_programme.values():
            row = volume_deviation(billed.programme, year.year, ahead, ledger)
            if row is not None:
                yield row


def _obligations(
    base: FundYear, ahead: YearsAhead, by_year: Sequence[YearOfHorizon], ledger: Ledger
) -> Iterator[Obligation]:
    """What binds later years, of each programme with a budget. A year of which is known what was realised is no longer
    bound, and what is promised of a programme without a budget is said where that is named."""
    budgeted = {name for year in by_year for name in year.drawn}
    for name, title in base.titles.items():
        if name not in budgeted:
            continue
        own = ahead.of(name)
        later = tuple(
            sorted(
                (year, cents)
                for year, cents in own.committed.items()
                if year > base.year and known_realisation(name, year, ahead, ledger) is None
            )
        )
        if later:
            yield Obligation(title, later, own.committed_by or own.source)


def _past_contracts(
    base: FundYear, ahead: YearsAhead, by_year: Sequence[YearOfHorizon], ledger: Ledger
) -> Iterator[PastContract]:
    """The programmes with a budget after the end of their contract: as stated, or of the ledger as the reports say."""
    for name, title in base.titles.items():
        ends, contract = ahead.of(name).contract_ends, None
        if ends is None and base.origin.ledger_year is not None:
            contract = ledger.contract(name)
            ends = None if contract is None else contract.last_year
        if ends is None:
            continue
        years = tuple(year.year for year in by_year if year.year > ends and name in year.by_programme)
        if years:
            yield PastContract(title, ends, years, contract)


def _gone_to_others(base: FundYear, ahead: YearsAhead, by_year: Sequence[YearOfHorizon]) -> Iterator[GoneToOthers]:
    """The programmes that somebody else has in any of these years."""
    for name, title in base.titles.items():
        hand_over = ahead.of(name).hand_over
        if hand_over is None or name in base.left_out:
            continue
        amounts = tuple(
            (year.year, int(gone.no_longer_paid.sum()), int(gone.no_longer_received.sum()))
            for year in by_year
            for gone in year.handed_over
            if gone.name == name
        )
        yield GoneToOthers(title, hand_over, amounts)


def _without_budget(
    base: FundYear, ahead: YearsAhead, programmes: Mapping[str, Programme], by_year: Sequence[YearOfHorizon]
) -> Iterator[Remark]:
    budgeted = {name for year in by_year for name in year.drawn}
    for name, title in base.titles.items():
        own, left_out = ahead.of(name), name in base.left_out
        years = sorted({*own.gross, *own.net, *own.one_off}) if left_out else []
        if name in budgeted or not (name in programmes or years):
            continue
        yield NoBudget(
            title,
            left_out,
            own.opening,
            sum(own.from_balance.values()),
            sum(own.committed.values()),
            sum(own.realised.values()),
            tuple(years),
        )


def _of_the_ledger(
    base: FundYear, ahead: YearsAhead, programmes: Mapping[str, Programme], ledger: Ledger
) -> Iterator[Remark]:
    for year in sorted(set(ahead.ledger) - {base.year}):
        missing = [
            programme.title
            for name, programme in programmes.items()
            if name not in base.left_out
            and ledger.amount(name, year, ledger.budget_quantity(name, year)) is None
            and not any(year in table for table in (ahead.of(name).gross, ahead.of(name).net))
            and ahead.of(name).has_budget_in(year)
        ]
        if missing:
            yield NotPublished(year, tuple(missing))
        if base.origin.ledger_year is None:
            # Of a scenario with programmes of its own, the ledger says something of these programmes only.
            continue
        for name, published in ledger.programmes.items():
            net = ledger.amount(name, year, "net")
            if net is not None and name not in base.titles:
                yield NewInLedger(name, published.title, year, net)


def _of_known_years(
    ahead: YearsAhead, programmes: Mapping[str, Programme], by_year: Sequence[YearOfHorizon], ledger: Ledger
) -> Iterator[Remark]:
    for name, programme in programmes.items():
        own = ahead.of(name)
        for year in (fund_year.year for fund_year in by_year):
            realised = known_realisation(name, year, ahead, ledger)
            if realised is None:
                continue
            committed, planned = own.committed.get(year, 0), own.from_balance.get(year, 0)
            if committed > realised:
                yield PromiseAboveKnown(programme.title, year, committed, realised)
            if planned:
                yield PlanOfKnownYear(programme.title, year, planned)


def _refunds(
    ahead: YearsAhead, programmes: Mapping[str, Programme], by_year: Sequence[YearOfHorizon], ledger: Ledger
) -> Iterator[Remark]:
    """Where the refund of the scenario is not what the published realised amount includes, but for its rounding."""
    for year in (fund_year for fund_year in by_year if fund_year.year in ahead.ledger):
        for name, programme in programmes.items():
            published = included_refund(ledger, name, year.year)
            if not published or year.year in ahead.of(name).realised:
                continue
            refunded = year.by_programme[name].refunded if name in year.by_programme else 0
            rounding = max(reading.rounding for reading in ledger.used(name, year.year, "realised"))
            if abs(refunded - published) > rounding:
                yield OtherRefund(programme.title, year.year, published, refunded)


def _paid_ahead(ahead: YearsAhead, programmes: Mapping[str, Programme], ledger: Ledger) -> Iterator[Remark]:
    for year in ahead.ledger:
        for name, programme in programmes.items():
            if year in ahead.of(name).realised:
                continue
            for part in inclusions(ledger, name, year):
                match part.reading.includes:
                    case "prepayment":
                        opened = ahead.of(name).opening > 0
                        yield PaidAhead(name, programme.title, year, part.cents or 0, part.besides, opened)
                    case "" | "refund" | "remainder":
                        pass
                    case _:
                        assert_never(part.reading.includes)


def _provisional(ahead: YearsAhead, programmes: Mapping[str, Programme], ledger: Ledger) -> Iterator[Remark]:
    for year in ahead.ledger:
        names = tuple(name for name in programmes if is_provisional(name, year, ahead, ledger))
        if names:
            yield Provisional(year, names, tuple(programmes[name].title for name in names))
