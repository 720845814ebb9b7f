"""The years ahead of a fund on the terminal: first whether its balance stays above the floor, then the accounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from gguplan.fund.municipalities import Municipality
from gguplan.language import _
from gguplan.model.bill import euros_per_inhabitant
from gguplan.model.years_ahead.account import Account
from gguplan.model.years_ahead.bill_in_a_year import YearAhead
from gguplan.model.years_ahead.result import Horizon
from gguplan.money import Integers
from gguplan.reports.account_titles import account_title
from gguplan.reports.beside_a_forecast import rounding_unit_ahead
from gguplan.reports.paid_by_bodies import paid_by_bodies_in
from gguplan.reports.terminal.console import console, table
from gguplan.reports.terminal.handed_over import print_handed_over
from gguplan.reports.terminal.horizon_answer import answer, notes, spread
from gguplan.reports.terminal.years_ahead import bills_table, contribution_headings
from gguplan.wording.amounts import chance_in_percent, format_about, format_number, per_inhabitant
from gguplan.wording.population import status_in_words

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
        bills_of = f"{municipality.name} ({municipality.gm_code})"
        out.print(_("{account}, with VAT", account=bills_of), style="bold", soft_wrap=True)
        out.print(bills_table(years))
        print_handed_over(years)
    out.print()
    out.print(_("The fund, without VAT"), style="bold")
    for made in _account_tables(horizon, horizon.fund):
        out.print(made)
    moving = [programme for programme in horizon.programmes if _moves(programme)]
    if len(moving) <= _MOST_ACCOUNTS:
        # One programme and an empty reserve are the fund itself.
        for programme in [*moving, horizon.reserve] if len(moving) > 1 or _moves(horizon.reserve) else ():
            out.print()
            title = _("{account}, without VAT", account=account_title(programme))
            out.print(title, style="bold", soft_wrap=True)
            for made in _account_tables(horizon, programme):
                out.print(made)
    else:
        out.print()
        first, last = horizon.years[0], horizon.years[-1]
        unit = rounding_unit_ahead(horizon)
        heading = (
            _("From {first} to {last}, without VAT, in euros", first=first, last=last)
            if unit == 1
            else _("From {first} to {last}, without VAT, in thousands of euros", first=first, last=last)
        )
        out.print(heading, style="bold")
        out.print(_programme_table([*moving, horizon.reserve, horizon.fund], unit))
        out.print(_("Moved: returned to the municipalities, and from and to the reserve."), soft_wrap=True)
    out.print()
    all_pay = _("What the municipalities pay together, with VAT")
    if any(year.population.bodies for year in horizon.by_year):
        all_pay = _("What municipalities and other bodies pay together, with VAT")
    out.print(all_pay, style="bold")
    out.print(_contribution_table(horizon))
    out.print()
    for line in notes(horizon):
        out.print(line, soft_wrap=True)


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
        (_("income from others"), flows.income),
        (_("refunds"), -flows.refunds),
        (_("handed over"), -flows.handed_over),
        (_("realised"), -flows.realised),
        (_("returned"), -flows.returned),
        (moved, flows.from_reserve - flows.to_reserve),
        (_("closing"), flows.closing),
    ]
    unit = rounding_unit_ahead(horizon)
    always = (lines[0][0], lines[-1][0])
    shown = [
        [name, *(_amount(account, place, int(amounts[place]), unit) for place in places)]
        for name, amounts in lines
        if amounts.any() or name in always
    ]
    if spread(account):
        for name, ends in zip((_("80 % between"), _("and")), account.between(), strict=True):
            shown.append([name, *(_end(account, place, int(ends[place]), unit) for place in places)])
    if account.floor is not None and spread(account):
        shown.append(
            [_("chance below floor"), *(chance_in_percent(float(account.chance_below[place])) for place in places)]
        )
    if account is not horizon.reserve:
        shown.append(["", *(_basis(horizon, account, place) for place in places)])
    return shown


def _certain(account: Account, place: int) -> bool:
    """Whether what is realised in a year, and the closing balance, are the same in every draw."""
    both = (account.quantiles[:, place], account.realised_quantiles[:, place])
    return all(bool(ends[0] == ends[-1]) for ends in both)


def _amount(account: Account, place: int, cents: int, unit: int) -> str:
    """Whole euros where the year is certain, rounded to the unit of the fund where it is not."""
    return format_about(cents, 1 if _certain(account, place) else unit)


def _end(account: Account, place: int, cents: int, unit: int) -> str:
    return "" if account.quantiles[0, place] == account.quantiles[-1, place] else format_about(cents, unit)


def _basis(horizon: Horizon, account: Account, place: int) -> str:
    """What the amounts of a year rest on."""
    if account.known[place] and horizon.is_provisional(account, place):
        return _("provisional")
    if account.known[place]:
        return _("known")
    return _("forecast") if account.realised_quantiles[:, place].any() else _("nothing planned")


def _programme_table(accounts: Sequence[Account], unit: int) -> Table:
    rows = []
    for account in accounts:
        flows = account.expected
        moved = flows.from_reserve - flows.to_reserve - flows.returned
        amounts = [
            int(flows.opening[0]),
            int((flows.contributions - flows.refunds - flows.handed_over).sum()),
            -int(flows.realised.sum()),
            int(moved.sum()),
            int(flows.closing[-1]),
            *(
                []
                if account.quantiles[0, -1] == account.quantiles[-1, -1]
                else [int(ends[-1]) for ends in account.between()]
            ),
        ]
        rounded = [format_number(round(amount / 100 / unit)) for amount in amounts]
        rows.append(
            [
                account_title(account) if account.underspend is None else account.name,
                *rounded,
                *[""] * (7 - len(rounded)),
            ]
        )
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
    low, high = (ends.tolist() for ends in horizon.to_pay_between())
    unit = rounding_unit_ahead(horizon)
    rows = []
    for place, fund_year in enumerate(horizon.by_year):
        cents, certain = int(horizon.to_pay[place]), low[place] == high[place]
        rows.append(
            [
                str(fund_year.year),
                f"{status_in_words(fund_year.population.status)} ({fund_year.population.year})",
                format_number(fund_year.population.total),
                format_about(cents, 1 if certain else unit),
                *(["", ""] if certain else [format_about(end[place], unit) for end in (low, high)]),
                per_inhabitant(euros_per_inhabitant(cents - paid_by_bodies_in(fund_year), fund_year.population.total)),
            ]
        )
    return table(contribution_headings(), rows, words=2)
