"""Funds of which the table is published come out as it is printed, to the euro: every figure here is copied from the
source that the scenario names, and is not read from the scenario."""

from __future__ import annotations

import gguplan
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
