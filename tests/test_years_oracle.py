"""The years ahead against the slow exact oracle, in cents: every flow of every account, and every bill.

`python -m fuzz.sums --years --examples 5000` does the first for longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from gguplan.findings import InputError
from gguplan.model.years_ahead.bills import bills
from tests.oracle import Key, OptOut, Programme
from tests.random_scenarios import population_of
from tests.random_years import RandomYears, years_ahead
from tests.years_check import check_years, worked_out_over
from tests.years_oracle import Accounts, Ahead, Fund, accounts_of


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Where the random scenarios are written, each over the one before."""
    with TemporaryDirectory() as name:
        yield Path(name)


@given(fund=years_ahead())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_gguplan_works_the_years_out_as_the_oracle_does(fund: RandomYears, folder: Path) -> None:
    assert check_years(fund, folder).differences == []


def test_what_is_raised_comes_to_what_is_billed_at_half_a_cent(folder: Path) -> None:
    """0.50 without VAT is 0.605 with it: 0.61, on the bills and together."""
    text = (
        'title = "Raised"\nyear = 2016\nreference_date = 2016-01-01\nsource = "invented for a test"\n'
        '[programmes.a]\ntitle = "A"\nnet = "1000.00"\nvat = "21%"\nunderspend = "carry_over"\n'
        '[horizon]\nlast = 2017\nopening = "0.00"\nshortfall = "raise"\n'
        '[horizon.programmes.a]\nrealised = { 2016 = "1000.50", 2017 = "1000.00" }\n'
    )
    (folder / "raised.toml").write_text(text, encoding="utf-8")
    computed = worked_out_over(
        folder / "raised.toml", {2016: population_of(2016, (1, 3)), 2017: population_of(2017, (1, 3))}
    )
    billed = [bills(computed, [code] * 2)[1].bill.to_pay for code in computed.by_year[1].population.index]
    assert (computed.to_pay.tolist(), billed) == ([121_000, 121_061], [30_265, 90_796])


def test_a_budget_that_comes_to_nothing_in_a_later_year_is_told_as_that(folder: Path) -> None:
    """0.07 cents for each of eight inhabitants is a cent, and for one of them nothing."""
    text = (
        'title = "Nothing"\nyear = 2016\nreference_date = 2016-01-01\nsource = "invented for a test"\n'
        '[programmes.a]\ntitle = "A"\nvat = "none"\nunderspend = "carry_over"\n'
        'allocation = { key = "tariff", rate = "0.0007" }\n'
        '[horizon]\nlast = 2017\nopening = "0.00"\nshortfall = "draw"\n'
        '[horizon.indexation]\nyears = { 2017 = "0.1" }\n'
        '[horizon.programmes.a]\nrealised = { 2016 = "0.01", 2017 = "0.01" }\n'
    )
    (folder / "nothing.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        worked_out_over(folder / "nothing.toml", {2016: population_of(2016, (8,)), 2017: population_of(2017, (1,))})
    (finding,) = refused.value.findings
    assert finding.what == "The budget of 'a' in 2017 cannot be made: the budget comes to €0.00."


# --- the oracle itself, worked by hand -----------------------------------------------------------------


def of_one(programme: Programme, ahead: Ahead, reserve: int = 0) -> Accounts:
    """The accounts of a fund of one programme over 2016 and 2017, with one and three inhabitants."""
    inhabitants, days = {2016: (1, 3), 2017: (1, 3)}, {2016: 366, 2017: 365}
    return accounts_of(Fund(inhabitants, days, {"a": (programme, ahead)}, {}, reserve))


def test_the_oracle_returns_what_is_left_in_the_next_year() -> None:
    nobody: dict[int, tuple[OptOut, ...]] = {2016: (), 2017: ()}
    ahead = Ahead("return", "draw", nobody, realised={2016: 80, 2017: 100})
    first, second = of_one(Programme(0, Key(), gross=100), ahead).programmes["a"]
    assert (first["closing"], second["returned"], second["closing"]) == (20, 20, 0)


def test_the_oracle_bills_what_is_raised_with_its_vat() -> None:
    """1.00 short in 2016: with VAT 1.21 more in 2017, 0.30 and 0.91."""
    nobody: dict[int, tuple[OptOut, ...]] = {2016: (), 2017: ()}
    ahead = Ahead("carry_over", "raise", nobody, realised={2016: 200, 2017: 100})
    accounts = of_one(Programme(21, Key(), gross=121), ahead)
    assert [row["closing"] for row in accounts.programmes["a"]] == [-100, 0]
    assert accounts.bills == [[30, 91], [60, 182]]
