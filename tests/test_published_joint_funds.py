"""Funds of which the table is published come out as it is printed, to the euro: every figure here is copied from the
source that the scenario names, and is not read from the scenario."""

from __future__ import annotations

import pytest

import gguplan
from gguplan.model.result import RunResult
from gguplan.runs.comparison import over_the_latest

VOORNE = ("Brielle", "Hellevoetsluis", "Westvoorne")


def test_mrdh_is_the_printed_total_over_the_members_of_each_year() -> None:
    """mrdh.nl/wie-zijn/financien: 2020, 23 municipalities, 6.3 million; 2024, 21 municipalities, 7.3 million."""
    printed = {2020: (23, 2_365_791, 630_000_000, 2.66), 2024: (21, 2_450_941, 730_000_000, 2.98)}
    for year, (count, persons, cents, rate) in printed.items():
        result = gguplan.run(f"mrdh-{year}")
        assert (len(result.population.municipalities), result.population.total) == (count, persons)
        assert int(result.to_pay.sum()) == cents
        assert round(cents / 100 / persons, 2) == rate
        assert result.unmet == ()


def test_mrdh_through_its_merger_loses_no_cent() -> None:
    before, after = gguplan.run("mrdh-2020"), gguplan.run("mrdh-2024")
    carried, _later = over_the_latest([before, after])
    place = next(
        place
        for place, municipality in enumerate(carried.later.municipalities)
        if municipality.name == "Voorne aan Zee"
    )
    paid = {
        municipality.name: cents
        for municipality, cents in zip(before.population.municipalities, before.to_pay.tolist(), strict=True)
    }
    assert int(carried.to_pay[place]) == sum(paid[name] for name in VOORNE)
    assert int(carried.to_pay.sum()) == 630_000_000


def test_the_fee_of_the_vng_steps_with_size_in_the_two_ways_that_are_possible() -> None:
    """Proposed for 2024, euros per inhabitant: 1.92 up to 5,000, 1.76 to 25,000, 1.52 to 200,000, 0.75 above."""
    steps = ((5_000, 192), (25_000, 176), (200_000, 152), (10**9, 75))
    by_part, over_all = gguplan.run("vng-contributie-2024"), gguplan.run("vng-contributie-2024-alle-inwoners")
    for place, persons in enumerate(by_part.population.inhabitants.tolist()):
        lower = expected = 0
        for upper, cents in steps:
            expected += max(0, min(persons, upper) - lower) * cents
            lower = upper
        assert int(by_part.to_pay[place]) == expected
        assert int(over_all.to_pay[place]) == persons * next(cents for upper, cents in steps if persons <= upper)


DOMMELVALLEI = {
    2020: (15_612_822, 15_462_373, -2, (5_820_329, 5_463_306, 4_178_740)),
    2021: (15_826_432, 15_715_182, 0, (5_903_303, 5_559_024, 4_252_855)),
    2022: (16_207_456, 16_093_004, -1, (6_037_061, 5_697_010, 4_358_934)),
    2023: (16_656_798, 16_539_026, 4, (6_197_314, 5_858_716, 4_482_992)),
    2024: (17_068_031, 16_946_834, 2, (6_341_389, 6_007_878, 4_597_565)),
}
"""Costs, what the members pay together as printed, the printed rounding, and Geldrop-Mierlo, Nuenen, Son en Breugel."""

AMENDMENT = {
    2025: (277_500, (25_833, 13_869, 60_485)),
    2026: (321_500, (69_329, 39_170, 42_407)),
    2027: (482_500, (127_601, 96_790, 87_123)),
    2028: (500_500, (113_967, 111_314, 100_362)),
    2029: (420_500, (103_990, 78_078, 59_549)),
}
"""Costs, and what each member pays of the rest."""


def in_printed_order(result: RunResult) -> list[int]:
    """Cents of Geldrop-Mierlo (GM1771), Nuenen (GM0820) and Son en Breugel (GM0848)."""
    return [int(result.to_pay[result.population.index[code]]) for code in ("GM1771", "GM0820", "GM0848")]


@pytest.mark.parametrize("year", DOMMELVALLEI)
def test_the_budget_of_dommelvallei_is_the_printed_table(year: int) -> None:
    costs, members, rounding, amounts = DOMMELVALLEI[year]
    result = gguplan.run(f"dommelvallei-{year}")
    assert len(result.population.municipalities) == 3
    assert in_printed_order(result) == [100 * amount for amount in amounts]
    assert int(result.to_pay.sum()) == 100 * (members - rounding)
    assert result.totals["gross_cents"] == result.totals["available_cents"] == 100 * costs
    assert result.unmet == ()


@pytest.mark.parametrize("year", AMENDMENT)
def test_the_amendment_of_dommelvallei_is_the_printed_table(year: int) -> None:
    costs, amounts = AMENDMENT[year]
    result = gguplan.run(f"dommelvallei-wijziging-{year}")
    assert in_printed_order(result) == [100 * amount for amount in amounts]
    assert result.totals["gross_cents"] == 100 * costs
    assert result.unmet == ()


def test_the_step_amounts_of_the_sport_agreement_are_10_160_000_over_355_municipalities() -> None:
    steps = ((20, 10), (40, 20), (60, 30), (80, 40), (100, 50), (130, 60), (200, 80), (225, 120), (10**6, 200))
    result = gguplan.run("sportakkoord-uitvoeringsbudget")
    persons = result.population.inhabitants.tolist()
    expected = [next(thousands for upper, thousands in steps if own <= 1_000 * upper) * 100_000 for own in persons]
    assert result.to_pay.tolist() == expected
    assert (len(persons), int(result.to_pay.sum())) == (355, 1_016_000_000)
