"""The years ahead of a fund as tables and for machines; every amount with its years and its account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gguplan.fund.municipalities import Municipality
from gguplan.model.result import Table
from gguplan.model.volume_deviation import VolumeDeviation
from gguplan.model.years_ahead.account import CHANCES, Account
from gguplan.model.years_ahead.bill_in_a_year import YearAhead
from gguplan.model.years_ahead.result import Horizon
from gguplan.model.years_ahead.year_of_horizon import YearOfHorizon
from gguplan.money import plain_euros, times_fraction
from gguplan.reports.account_titles import account_title
from gguplan.reports.tables.volume_deviation import deviation_as_dict
from gguplan.reports.tables.years_ahead import years_as_dict
from gguplan.reports.terminal.horizon_answer import notes


def account_table(horizon: Horizon) -> Table:
    """One row an account a year: the flows as expected, quantiles of the closing balance, and the floor."""
    rows = [(account, place) for account in horizon.accounts for place in range(len(horizon.years))]
    columns = horizon.fund.expected.as_columns()
    return {
        "account": [account.name for account, _place in rows],
        "title": [account_title(account) for account, _place in rows],
        "year": [horizon.years[place] for _account, place in rows],
        "underspend": [account.underspend or "" for account, _place in rows],
        "known": [bool(account.known[place]) for account, place in rows],
        "provisional": [horizon.is_provisional(account, place) for account, place in rows],
        **{
            f"{name}_cents": [int(account.expected.as_columns()[name][place]) for account, place in rows]
            for name in columns
        },
        "closing_with_vat_cents": [closing_with_vat(horizon, account, place) for account, place in rows],
        **{
            f"closing_chance_{round(100 * chance)}_cents": [
                int(account.quantiles[row, place]) for account, place in rows
            ]
            for row, chance in enumerate(CHANCES)
        },
        **{
            f"realised_chance_{round(100 * chance)}_cents": [
                int(account.realised_quantiles[row, place]) for account, place in rows
            ]
            for row, chance in enumerate(CHANCES)
        },
        "floor": [None if account.floor is None else plain_euros(account.floor) for account, _place in rows],
        "chance_below_floor": [_chance(account, place) for account, place in rows],
        "chance_first_below_floor": [_first(account, place) for account, place in rows],
    }


def contribution_table(horizon: Horizon) -> Table:
    """One row a year: what all municipalities pay together, with VAT, over whose inhabitants."""
    return {
        "year": list(horizon.years),
        "reference_year": [fund_year.population.year for fund_year in horizon.by_year],
        "population_status": [fund_year.population.status for fund_year in horizon.by_year],
        "inhabitants": [fund_year.population.total for fund_year in horizon.by_year],
        "to_pay_cents": horizon.to_pay.tolist(),
        **{
            f"to_pay_chance_{round(100 * chance)}_cents": ends.tolist()
            for chance, ends in zip((0.1, 0.9), horizon.to_pay_between(), strict=True)
        },
        "leave_by_cascade": [_leaving(fund_year) for fund_year in horizon.by_year],
    }


def _leaving(year: YearOfHorizon) -> int | str:
    """How many municipalities leave a programme or more by a cascade in a year, nothing where there is none."""
    if year.result is None or not year.result.leavers:
        return ""
    return sum(map(bool, year.result.leaves_by_cascade))


def horizon_as_dict(
    horizon: Horizon, bills: Sequence[tuple[Municipality, Sequence[YearAhead]]], unused_keys: Sequence[str] = ()
) -> dict[str, Any]:
    """The whole horizon for machines; amounts in euros as text, balances without VAT. `unused_keys` say what of the
    scenario is not in it."""
    return {
        "title": horizon.title,
        "years": list(horizon.years),
        "draws": horizon.draws,
        "seed": horizon.seed,
        "floor": None if horizon.floor is None else plain_euros(horizon.floor),
        "chance_ever_below_floor": None if horizon.floor is None else round(horizon.fund.chance_ever_below, 4),
        "contributions": _records(contribution_table(horizon)),
        "accounts": _records(account_table(horizon)),
        "volume_deviations": [
            deviation_as_dict(remark) for remark in horizon.remarks if isinstance(remark, VolumeDeviation)
        ],
        "notes": [*notes(horizon), *unused_keys],
        "municipalities": [years_as_dict(horizon.title, years) for _municipality, years in bills],
    }


def closing_with_vat(horizon: Horizon, account: Account, place: int) -> int | None:
    """A closing balance as the municipalities paid it, in cents; that of the fund is the sum over its accounts.

    The reserve is of all programmes: None where something is in it and they differ in VAT.
    """
    if account is horizon.fund:
        parts = [closing_with_vat(horizon, part, place) for part in (*horizon.programmes, horizon.reserve)]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None
    closing = int(account.expected.closing[place])
    if account is not horizon.reserve or not closing:
        return account.with_vat(closing)
    percents = {programme.vat_percent for programme in horizon.programmes}
    return times_fraction(closing, 100 + percents.pop(), 100) if len(percents) == 1 else None


def _chance(account: Account, place: int) -> float | None:
    return None if account.floor is None else round(float(account.chance_below[place]), 4)


def _first(account: Account, place: int) -> float | None:
    return None if account.floor is None else round(float(account.chance_first[place]), 4)


def _records(made: Table) -> list[dict[str, Any]]:
    columns = {
        name.removesuffix("_cents"): [None if value is None else plain_euros(value) for value in values]
        if name.endswith("_cents")
        else values
        for name, values in made.items()
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
