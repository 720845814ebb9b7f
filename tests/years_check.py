"""One random fund over some years worked out by gguplan and by the oracle, and where the two differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

from gguplan.findings import InputError
from gguplan.fund.municipalities import Population
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.years_ahead.account import Account
from gguplan.model.years_ahead.bills import bills
from gguplan.model.years_ahead.result import Horizon
from gguplan.runs.years_ahead import years_ahead_of
from tests.oracle_check import Check
from tests.random_scenarios import NAMES
from tests.random_years import RandomYears
from tests.years_oracle import Accounts, Row, accounts_of, refused


def check_years(fund: RandomYears, folder: Path) -> Check:
    """Work a fund out in both ways. What the one refuses the other must refuse, for the same reason."""
    checked = Check(refused=refused(fund.fund))
    try:
        computed = worked_out(fund, folder)
    except InputError as error:
        reported = [finding.what for finding in error.findings]
        unexpected = [what for what in reported if not any(reason in what for reason in checked.refused)]
        if unexpected or not checked.refused:
            checked.differences.append(f"gguplan refuses {reported}, oracle {checked.refused}")
        return checked
    if checked.refused:
        checked.differences.append(f"gguplan refuses nothing, oracle {checked.refused}")
        return checked
    expected = accounts_of(fund.fund)
    _compare(checked, rows_of(computed.programmes), expected.programmes)
    _compare(checked, rows_of([computed.reserve]), {"reserve": expected.reserve})
    _compare(checked, rows_of([computed.fund]), {"fund": _together(expected)})
    checked.same("closing in every draw", computed.fund_closing.tolist(), [computed.fund.expected.closing.tolist()] * 2)
    codes = list(NAMES)[: len(fund.scenario.inhabitants)]
    billed = [[year.bill.to_pay for year in bills(computed, [code] * len(computed.years))] for code in codes]
    for place, year in enumerate(computed.years):
        checked.same(f"bills of {year}", [of_municipality[place] for of_municipality in billed], expected.bills[place])
    checked.same("to pay", computed.to_pay.tolist(), list(map(sum, expected.bills)))
    return checked


def _compare(checked: Check, computed: Mapping[str, list[Row]], expected: Mapping[str, list[Row]]) -> None:
    """Every flow of every account of the same names."""
    checked.same("accounts", sorted(computed), sorted(expected))
    for name in computed.keys() & expected.keys():
        for flow in expected[name][0]:
            checked.same(f"{name} {flow}", [row[flow] for row in computed[name]], [row[flow] for row in expected[name]])


def worked_out(fund: RandomYears, folder: Path) -> Horizon:
    """What the program makes of a random fund."""
    return worked_out_over(fund.written(folder), {year: fund.population(year) for year in fund.fund.years})


def worked_out_over(file: Path, populations: Mapping[int, Population]) -> Horizon:
    """What the program makes of a scenario over the inhabitants that are given for each year."""

    def populations_of(years: Sequence[int], _place: object) -> dict[int, tuple[Population, None]]:
        return {year: (populations[year], None) for year in years}

    inputs = read_scenario(file, population=populations[min(populations)])
    with patch("gguplan.runs.years_ahead.populations_of", populations_of):
        return years_ahead_of(inputs, (), 2)


def rows_of(accounts: Sequence[Account]) -> dict[str, list[Row]]:
    """Accounts by name, each a row a year."""
    return {
        account.name: [
            {name: int(amounts[place]) for name, amounts in account.expected.as_columns().items()}
            for place in range(len(account.known))
        ]
        for account in accounts
    }


def _together(accounts: Accounts) -> list[Row]:
    together = [*accounts.programmes.values(), accounts.reserve]
    return [
        {name: sum(account[place][name] for account in together) for name in accounts.reserve[0]}
        for place in range(len(accounts.reserve))
    ]
