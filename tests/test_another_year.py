"""The bill of another year from the one number in the assembly's paper."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.another_year import settings_for


def gguplan(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def bill(*words: str) -> dict[str, Any]:
    outcome = gguplan("estimate", "Zwolle", *words, "--json")
    assert outcome.exit_code == 0, outcome.output
    answer: dict[str, Any] = json.loads(outcome.stdout)
    return answer


def test_a_rate_is_times_the_inhabitants_of_the_year_before() -> None:
    """CBS counted 134,147 inhabitants of Zwolle on 1 January 2026: × 3.45 = 462,807.15."""
    people = load_population(2026)
    assert people.municipalities[people.index["GM0193"]].inhabitants == 134_147
    assert bill("--year", "2027", "--rate", "3.45")["to_pay"] == "462807.15"
    assert bill("--year", "2027", "--rate", "3,45", "--lang", "nl")["to_pay"] == "462807.15"


@pytest.mark.parametrize("total", ["61000000", "61000000.00", "€ 61,000,000", "61 mln"])
def test_a_total_is_divided_over_all(total: str) -> None:
    """61,000,000 × 134,147 ÷ 18,130,208 = 451,344.35."""
    assert load_population(2026).total == 18_130_208
    assert bill("--year", "2027", "--total", total)["to_pay"] == "451344.35"


def test_a_total_without_vat_gets_it_added() -> None:
    """61,000,000 × 1.21 = 73,810,000; × 134,147 ÷ 18,130,208 = 546,126.667: a cent by its place in the queue."""
    assert bill("--year", "2027", "--total", "61000000", "--without-vat")["to_pay"] == "546126.67"


def test_the_day_of_the_inhabitants_is_marked_as_an_assumption() -> None:
    output = gguplan("explain", "Zwolle", "--year", "2027", "--rate", "3.45").stdout
    assert "on 1 January 2026" in output
    assert "reference date: assumed: 1 January of the year before" in output
    later = gguplan("explain", "Zwolle", "--year", "2031", "--rate", "3.45").stdout
    assert "on 1 January 2026" in later
    assert "(that of 2030 is not there yet: the latest is taken)" in later


def test_without_a_number_it_is_said_that_the_amount_is_of_another_year() -> None:
    assert (
        "This is the fund of 2020, the newest of which the amount is published." in gguplan("estimate", "Zwolle").stdout
    )
    assert "The amount of 2027 is not known here" in gguplan("estimate", "Zwolle", "--year", "2027").stdout
    assert "newest" not in gguplan("estimate", "Zwolle", "--scenario", "uitnamen-2017").stdout


def test_compare_and_page_take_the_number_for_what_is_held_beside_the_first() -> None:
    answer = json.loads(gguplan("compare", "fonds-ggu-2020", "fonds-ggu-2020", "--rate", "3.45", "--json").stdout)
    people = load_population(2020).total
    # A budget by a rate is rounded once, and divided to the cent.
    assert answer[0]["total"]["scenario"] == f"{people * 345 // 100}.{people * 345 % 100:02}"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ({"rate": "3.45", "total": "5"}, "A rate and a total say the same thing."),
        ({"rate": "veel"}, "'veel' is not a rate in euros per inhabitant."),
        ({"rate": "-1"}, "'-1' is not a rate in euros per inhabitant."),
        ({"rate": "0.123456"}, "'0.123456' is not a rate in euros per inhabitant."),
        ({"total": "61.000"}, "'61.000' can be read in two ways."),
        ({"total": "nan"}, "'nan' is not an amount."),
        ({"total": "-5"}, "'-5' is not an amount."),
        ({"year": 99_999}, "99999 is not a year of a fund."),
        ({"without_vat": True}, "This says of a total that it is without VAT, and none is given."),
    ],
)
def test_a_number_that_is_none_or_two_is_told(words: dict[str, Any], what: str) -> None:
    with pytest.raises(InputError) as caught:
        settings_for("fonds-ggu-2020", **words)
    assert [finding.what for finding in caught.value.findings] == [what]


def test_of_a_fund_of_many_programmes_it_is_asked_which() -> None:
    with pytest.raises(InputError, match="has 21 programmes"):
        settings_for("uitnamen-2017", rate="3.45")
