"""Every shipped scenario: the parts sum to the totals, to the cent, and the published figures come out."""

from __future__ import annotations

import pytest

import gguplan

SCENARIOS = gguplan.scenarios()


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_parts_of_every_programme_sum_to_its_total(name: str) -> None:
    result = gguplan.run(name)
    for programme in result.by_programme:
        assert int(programme.participation.allocation.parts.sum()) == programme.budget.to_divide, programme.name


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_cent_is_made_or_lost_in_any_programme(name: str) -> None:
    """contributions + income − refunds + drawn from the balance − handed over = what the programme can spend."""
    for programme in gguplan.run(name).by_programme:
        kept = (
            programme.contributed
            + programme.budget.income
            - programme.refunded
            + programme.participation.drawn
            - programme.participation.handed_over
        )
        spent = {
            "refund": programme.budget.gross - programme.refunded,
            "shrink": programme.contributed + programme.budget.income,
        }
        expected = 0 if programme.participation.lapsed else spent.get(programme.settlements, programme.budget.gross)
        assert kept == programme.participation.available == expected, programme.name


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_bills_of_all_municipalities_are_the_fund(name: str) -> None:
    result = gguplan.run(name)
    totals = result.totals
    assert int(result.to_pay.sum()) == totals["contributions_cents"] - totals["refunds_cents"]
    assert totals["gross_cents"] == totals["net_cents"] + totals["vat_cents"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_tables_say_what_the_totals_say(name: str) -> None:
    result = gguplan.run(name)
    tidy, whole = result.frame("contributions"), result.frame("municipalities")
    by_code = tidy.groupby("gm_code")["contribution_cents"].sum()
    assert by_code.to_dict() == whole.set_index("gm_code")["contribution_cents"].to_dict()
    assert int(result.frame("programmes")["contributions_cents"].sum()) == result.totals["contributions_cents"]


@pytest.mark.parametrize("year", [2018, 2019, 2020])
def test_the_fund_of_52_3_million_is_about_three_euros_an_inhabitant(year: int) -> None:
    """vng.nl/samen-organiseren/fonds-ggu: 52.3 million including VAT, circa 3 euros per inhabitant."""
    result = gguplan.run(f"fonds-ggu-{year}")
    assert result.totals["gross_cents"] == 5_230_000_000
    assert round(5_230_000_000 / 100 / result.population.total, 2) == {2018: 3.06, 2019: 3.04, 2020: 3.03}[year]


def test_the_uitnamen_of_2016_are_the_summaries_of_its_report() -> None:
    """verantwoording-2016: uitname of chapters 1 and 2 (× € 1.000: 23.109 and 36.512); chapter 3 has none, so
    its Digitale Agenda is derived from the 5.917 without VAT, and the other two are the € 550.000 and € 1.650.000 in
    its text."""
    expected = 23_109_000_00 + 36_512_000_00 + 7_160_000_00 + 550_000_00 + 1_650_000_00
    assert gguplan.run("uitnamen-2016").totals["gross_cents"] == expected


def test_the_budgets_of_2017_are_the_tables_of_its_report() -> None:
    """verantwoording-2017 chapter 4, begroting of the three tables: twelve lines are round amounts ÷ 1,21, printed to
    within half a euro each."""
    printed = 16_031_133 + 31_686_500 + 20_008_265
    totals = gguplan.run("uitnamen-2017").totals
    assert abs(totals["net_cents"] - printed * 100) <= 12 * 50
    assert totals["gross_cents"] == 7_508_417_000


def test_i_sociaal_domein_is_not_levied_in_2017() -> None:
    """verantwoording-2017 chapter 4: "€ - komt uit saldo voorgaande jaren"."""
    inputs = gguplan.load_scenario("uitnamen-2017")
    assert inputs.layers.not_levied == ["isd-programma"]
    assert "isd-programma" not in inputs.programmes


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_a_scenario_says_of_itself_can_stand_in_a_paper_for_an_assembly(name: str) -> None:
    """A paper prints the description; how to work with gguplan is no part of it."""
    assert "gguplan" not in gguplan.run(name).fund_year.origin.description
