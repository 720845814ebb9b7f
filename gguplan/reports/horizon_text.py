"""The years ahead of a fund on the terminal: first whether its balance stays above the floor, then the accounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from gguplan.inputs.population.years import Municipality
from gguplan.language import _
from gguplan.model.bill import euros_per_inhabitant
from gguplan.model.horizon.account import Account
from gguplan.model.horizon.result import Horizon
from gguplan.model.years_ahead import YearAhead
from gguplan.money import Integers, format_about, format_euros, format_number
from gguplan.reports.text import console, decimals, per_inhabitant, table

if TYPE_CHECKING:
    from rich.table import Table

_YEARS_BESIDE: Final = 5
_MOST_ACCOUNTS: Final = 3
"""So many programmes are shown year by year; more are shown in one table, from the first year to the last."""


def print_horizon(horizon: Horizon, bills: Sequence[tuple[Municipality, Sequence[YearAhead]]]) -> None:
    """Print the answer, the account of the fund, of its programmes and reserve, and what is paid."""
    out = console(width_in_a_pipe=110)
    out.print(horizon.title, style="bold", soft_wrap=True)
    for line in answer(horizon):
        out.print(line, soft_wrap=True)
    for municipality, years in bills:
        out.print()
        out.print(f"{municipality.name} ({municipality.gm_code})", style="bold")
        out.print(_bill_table(years))
    out.print()
    out.print(_("The fund, without VAT"), style="bold")
    for made in _account_tables(horizon, horizon.fund):
        out.print(made)
    moving = [one for one in horizon.programmes if _moves(one)]
    if len(moving) <= _MOST_ACCOUNTS:
        # One programme and an empty reserve are the fund itself.
        for one in [*moving, horizon.reserve] if len(moving) > 1 or _moves(horizon.reserve) else ():
            out.print()
            out.print(one.title, style="bold")
            for made in _account_tables(horizon, one):
                out.print(made)
    else:
        out.print()
        first, last = horizon.years[0], horizon.years[-1]
        out.print(_("From {first} to {last}, without VAT, in thousands of euros", first=first, last=last), style="bold")
        out.print(_programme_table([*moving, horizon.reserve, horizon.fund]))
        out.print(_("Moved: returned to the municipalities, and from and to the reserve."), soft_wrap=True)
    out.print()
    out.print(_("What the municipalities pay together, with VAT"), style="bold")
    out.print(_contribution_table(horizon))
    out.print()
    for line in notes(horizon):
        out.print(line, soft_wrap=True)


def answer(horizon: Horizon) -> list[str]:
    """Whether the balance of the fund stays above its floor, and of each account that has one."""
    lines = [_verdict(one, horizon.years, horizon.draws) for one in horizon.accounts[::-1] if one.floor is not None]
    last = horizon.fund
    low, high = (int(ends[-1]) for ends in last.between())
    if low == high:
        closing = _(
            "At the end of {year} the balance of the fund is {amount}.",
            year=horizon.years[-1],
            amount=format_euros(int(last.expected.closing[-1])),
        )
    else:
        closing = _(
            "At the end of {year} the balance of the fund is expected to be {amount}, in eight of ten cases between "
            "{low} and {high}.",
            year=horizon.years[-1],
            amount=format_about(int(last.expected.closing[-1])),
            low=format_about(low),
            high=format_about(high),
        )
    return [*lines, closing]


def _verdict(account: Account, years: Sequence[int], draws: int) -> str:
    floor, ever = format_about(account.floor or 0, 1), account.chance_ever_below
    values = {"name": account.title, "floor": floor}
    certain = bool((account.quantiles[0] == account.quantiles[-1]).all())
    if certain and ever == 0:
        return _("{name}: the balance stays at or above its floor of {floor}.", **values)
    if certain:
        return _(
            "{name}: the balance falls below its floor of {floor} at the end of {year}.",
            year=years[int(np.argmax(account.chance_below > 0))],
            **values,
        )
    if ever == 0:
        return _(
            "{name}: the chance that the balance falls below its floor of {floor} is less than {chance}.",
            # Never seen in n draws: with 95 % certainty the chance is below 3 ÷ n.
            chance=percent(3 / draws),
            **values,
        )
    likely = int(np.argmax(account.chance_first))
    return _(
        "{name}: the chance that the balance falls below its floor of {floor} is {chance}; for the first time most "
        "likely at the end of {year} ({first}).",
        chance=percent(ever),
        year=years[likely],
        first=percent(float(account.chance_first[likely])),
        **values,
    )


def percent(chance: float) -> str:
    """A chance in per cent; never 0 or 100 where it is not."""
    if 0 < chance < 0.0005:
        return _("less than {amount} %", amount=decimals(0.1, 1))
    if 0.9995 < chance < 1:
        return _("more than {amount} %", amount=decimals(99.9, 1))
    return f"{decimals(100 * chance, 1)} %"


def _moves(account: Account) -> bool:
    """Whether anything happens on an account, in any draw."""
    return bool(account.quantiles.any()) or any(
        bool(amounts.any()) for amounts in account.expected.as_columns().values()
    )


def _account_tables(horizon: Horizon, account: Account) -> Iterator[Table]:
    """The years beside each other, a few in a table, from opening to closing; lines in which nothing moves are left
    out."""
    for start in range(0, len(horizon.years), _YEARS_BESIDE):
        places = range(start, min(start + _YEARS_BESIDE, len(horizon.years)))
        yield table(["", *(str(horizon.years[place]) for place in places)], _lines(horizon, account, places))


def _lines(horizon: Horizon, account: Account, places: Sequence[int]) -> list[list[str]]:
    flows = account.expected
    moved = _("from and to programmes") if account is horizon.reserve else _("from and to the reserve")
    lines: list[tuple[str, Integers]] = [
        (_("opening"), flows.opening),
        (_("contributions"), flows.contributions),
        (_("refunds"), -flows.refunds),
        (_("handed over"), -flows.handed_over),
        (_("realised"), -flows.realised),
        (_("returned"), -flows.returned),
        (moved, flows.from_reserve - flows.to_reserve),
        (_("closing"), flows.closing),
    ]
    always = (lines[0][0], lines[-1][0])
    shown = [
        [name, *(_amount(account, place, int(amounts[place])) for place in places)]
        for name, amounts in lines
        if amounts.any() or name in always
    ]
    if _spread(account):
        for name, ends in zip((_("80 % between"), _("and")), account.between(), strict=True):
            shown.append([name, *(_end(account, place, int(ends[place])) for place in places)])
    if account.floor is not None and _spread(account):
        shown.append([_("chance below floor"), *(percent(float(account.chance_below[place])) for place in places)])
    if account is not horizon.reserve:
        shown.append(["", *(_basis(account, place) for place in places)])
    return shown


def _certain(account: Account, place: int) -> bool:
    """Whether what is realised in a year, and the closing balance, are the same in every draw."""
    both = (account.quantiles[:, place], account.realised_quantiles[:, place])
    return all(bool(one[0] == one[-1]) for one in both)


def _amount(account: Account, place: int, cents: int) -> str:
    """Whole euros where the year is certain, thousands where it is not."""
    return format_about(cents, 1 if _certain(account, place) else 1_000)


def _end(account: Account, place: int, cents: int) -> str:
    return "" if account.quantiles[0, place] == account.quantiles[-1, place] else format_about(cents)


def _basis(account: Account, place: int) -> str:
    """What the amounts of a year rest on."""
    if account.known[place]:
        return _("known")
    return _("forecast") if account.realised_quantiles[:, place].any() else _("nothing planned")


def _programme_table(accounts: Sequence[Account]) -> Table:
    rows = []
    for one in accounts:
        flows = one.expected
        moved = flows.from_reserve - flows.to_reserve - flows.returned
        amounts = [
            int(flows.opening[0]),
            int((flows.contributions - flows.refunds - flows.handed_over).sum()),
            -int(flows.realised.sum()),
            int(moved.sum()),
            int(flows.closing[-1]),
            *([] if one.quantiles[0, -1] == one.quantiles[-1, -1] else [int(ends[-1]) for ends in one.between()]),
        ]
        thousands = [format_number(round(amount / 100_000)) for amount in amounts]
        rows.append([one.title if one.underspend is None else one.name, *thousands, *[""] * (7 - len(thousands))])
    headings = [
        _("Programme"),
        _("opening"),
        _("contributions"),
        _("realised"),
        _("moved"),
        _("closing"),
        _("80 % between"),
        _("and"),
    ]
    return table(headings, rows, total=True)


def _contribution_table(horizon: Horizon) -> Table:
    low, high = np.quantile(horizon.to_pay_drawn, [0.1, 0.9], axis=0)
    rows = []
    for place, one in enumerate(horizon.by_year):
        cents, certain = int(horizon.to_pay[place]), round(low[place]) == round(high[place])
        rows.append(
            [
                str(one.year),
                f"{one.population.status_in_words} ({one.population.year})",
                format_number(one.population.total),
                format_about(cents, 1 if certain else 1_000),
                *(["", ""] if certain else [format_about(round(end[place])) for end in (low, high)]),
                per_inhabitant(euros_per_inhabitant(cents, one.population.total)),
            ]
        )
    return table(_contribution_headings(), rows, words=2)


def _bill_table(years: Sequence[YearAhead]) -> Table:
    rows = []
    for one in years:
        bill, certain = one.bill, one.low == one.high
        rows.append(
            [
                str(one.year),
                f"{one.population.status_in_words} ({one.population.year})",
                format_number(bill.municipality.inhabitants),
                format_euros(bill.to_pay) if certain else format_about(bill.to_pay, 1),
                *(["", ""] if certain else [format_about(end, 1) for end in (one.low, one.high)]),
                per_inhabitant(bill.per_inhabitant(bill.to_pay)),
            ]
        )
    return table(_contribution_headings(), rows, words=2)


def _contribution_headings() -> list[str]:
    return [
        _("Year"),
        _("inhabitants are"),
        _("inhabitants"),
        _("to pay"),
        _("80 % between"),
        _("and"),
        _("per inhabitant"),
    ]


def notes(horizon: Horizon) -> list[str]:
    """What the figures rest on, in sentences."""
    told = [_("Balances are without VAT. docs/horizon.md says how the sums work.")]
    closing = [
        one
        for one in horizon.programmes
        if one.vat_percent and one.known[:-1].all() and int(one.expected.closing[-1]) and not _spread(one)
    ]
    told += [
        _(
            "{title}: what is left at the end of {year}, {net}, is {gross} with VAT.",
            title=one.title,
            year=horizon.years[-1],
            net=format_about(int(one.expected.closing[-1]), 1),
            gross=format_about(one.with_vat(int(one.expected.closing[-1])), 1),
        )
        for one in closing
    ]
    if _spread(horizon.fund):
        told.append(
            _(
                "80 % between: in eight of ten cases it lies there. From {draws} draws (seed {seed}), with a standard "
                "error of {error} or less. What is expected is the mean of the draws.",
                draws=format_number(horizon.draws),
                seed=horizon.seed,
                error=format_about(round(horizon.closing_error())),
            )
        )
    if any(one.expected.returned.any() for one in horizon.programmes):
        told.append(_("What is returned is credited to the municipalities; it is not taken off what is to pay here."))
    return told


def _spread(account: Account) -> bool:
    """Whether a closing balance differs between draws."""
    return bool((account.quantiles[0] != account.quantiles[-1]).any())
