"""Keys by which is agreed what each pays: shares, amounts, products, amounts by size; by hand, with their sources."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gguplan
from gguplan.fund.allocation_keys import Products, Weights
from gguplan.fund.municipalities import Population
from gguplan.fund.programme import Programme
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.allocation import allocate, budget_of, products_in_cents
from gguplan.model.years_ahead.result import Horizon
from gguplan.runs.years_ahead import years_ahead_of
from tests.worlds import population, programme

HEAD = 'title = "A"\nsource = "invented for a test"\nyear = {year}\nreference_date = {year}-01-01\n'
PROGRAMME = '[programmes.a]\ntitle = "A"\nvat = "none"\n'
SPORT = [
    *({"up_to": up_to, "amount": amount} for up_to, amount in (
        (20_000, "10000.00"), (40_000, "20000.00"), (60_000, "30000.00"), (80_000, "40000.00"), (100_000, "50000.00"),
        (130_000, "60000.00"), (200_000, "80000.00"), (225_000, "120000.00"),
    )),
    {"amount": "200000.00"},
]  # fmt: skip
"""The implementation budget of the sport agreement, by inhabitants on 1 January 2019:
https://www.sportakkoordleeuwarden.nl/onderwerpen/uitvoeringsbudget/"""


def paid(of: Programme, world: Population, *part_of_year: int) -> list[int]:
    """What each pays of a programme, in cents; of a year of four pieces where these are said."""
    pieces = np.array(part_of_year or [1] * len(world.municipalities), dtype=np.int64)
    budget = budget_of(of, world)
    allocation = allocate(budget.to_divide, of.allocation, world, pieces, 4 if part_of_year else 1)
    return list(map(int, allocation.parts))


def years_ahead(folder: Path, text: str) -> Horizon:
    (folder / "fund.toml").write_text(text, encoding="utf-8")
    return years_ahead_of(read_scenario(folder / "fund.toml"), [], draws=10)


def test_shares_divide_an_amount_and_a_third_is_a_third() -> None:
    """€ 10,00 × 37,6 % = € 3,76. Of a third of € 100,00 one cent is left over: by equal remainders to the lowest
    code."""
    world = population(A=10, B=10, C=10)
    shares = {"A": "37.6%", "B": "35.3%", "C": "27.1%"}
    own = programme(world=world, gross="10.00", allocation={"key": "shares", "shares": shares})
    assert paid(own, world) == [376, 353, 271]
    thirds = dict.fromkeys("ABC", "1/3")
    own = programme(world=world, gross="100.00", allocation={"key": "shares", "shares": thirds})
    assert paid(own, world) == [3_334, 3_333, 3_333]


def test_who_is_not_named_has_what_the_others_have() -> None:
    world = population(A=10, B=10, C=10)
    contract = programme(world=world, allocation={"key": "amounts", "amounts": {"B": "5.00"}, "others": "0.00"})
    assert paid(contract, world) == [0, 500, 0]
    basic = programme(world=world, allocation={"key": "amounts", "amounts": {"B": "5.00"}, "others": "1.50"})
    assert paid(basic, world) == [150, 500, 150]


def test_amounts_are_what_is_paid_and_the_total_follows() -> None:
    """The members of Dienst Dommelvallei in 2020, multi-year budget 2020-2023: 5.820.329 + 5.463.306 + 4.178.740 =
    15.462.375, where 15.462.373 is printed with a rounding of - 2."""
    world = population(Geldrop=39_595, Nuenen=23_186, Son=16_904)
    amounts = {"Geldrop": "5820329", "Nuenen": "5463306", "Son": "4178740"}
    own = programme(world=world, allocation={"key": "amounts", "amounts": amounts})
    assert budget_of(own, world).gross == 1_546_237_500
    assert paid(own, world) == [582_032_900, 546_330_600, 417_874_000]


def test_products_are_taken_at_a_price_each_in_whole_cents_by_the_mean_of_the_years() -> None:
    """Hours at € 86,55, the rate of FUMO for 2016: 12,5 × 86,55 = 1.081,875 → 1.081,88. The mean of 110, 120 and 125
    hours is 355 ÷ 3: × 86,55 = 10.241,75."""
    world = population(A=0, B=10)
    hours = {"A": "12.5", "B": 3}
    own = programme(world=world, allocation={"key": "products", "price": "86.55", "units": hours})
    assert paid(own, world) == [108_188, 25_965]
    years = {"A": [110, 120, 125], "B": [0, 0, 1]}
    own = programme(world=world, allocation={"key": "products", "price": "86.55", "units": years})
    assert paid(own, world) == [1_024_175, 2_885]
    # One number beside these is that of each year: 3 × 86,55.
    mixed = {"A": [110, 120, 125], "B": 3}
    own = programme(world=world, allocation={"key": "products", "price": "86.55", "units": mixed})
    assert paid(own, world) == [1_024_175, 25_965]


@given(
    units=st.integers(0, 10**9),
    parts=st.sampled_from([1, 10, 1000]),
    years=st.integers(1, 5),
    price=st.integers(0, 10**7),
)
@settings(max_examples=50)
def test_a_product_is_the_nearest_cent_of_the_exact_one(units: int, parts: int, years: int, price: int) -> None:
    key = Products(Weights(np.array([units])), parts, years, price)
    exact = Fraction(units * price, parts * years * 100)
    assert products_in_cents(key).tolist() == [floor(exact + Fraction(1, 2))]


def test_the_sport_agreement_over_all_municipalities_of_2019() -> None:
    world = load_population(2019)
    own = programme(allocation={"key": "step_amounts", "steps": SPORT})
    assert budget_of(own, world).gross == 1_016_000_000
    assert len(world.municipalities) == 355
    amounts = dict(zip(world.index, paid(own, world), strict=True))
    assert (amounts["GM0363"], amounts["GM0855"], amounts["GM0080"]) == (20_000_000, 12_000_000, 6_000_000)


def test_a_class_reaches_up_to_and_including_its_limit_and_nobody_falls_outside() -> None:
    world = population(A=0, B=1, C=20_000, D=20_001, E=225_000, F=225_001)
    own = programme(allocation={"key": "step_amounts", "steps": SPORT})
    assert [cents // 100_000 for cents in paid(own, world)] == [10, 10, 10, 20, 120, 200]


def test_with_an_amount_products_and_steps_are_proportions_of_it() -> None:
    world = population(A=10, B=30)
    units = {"key": "products", "price": "10.00", "units": {"A": 1, "B": 3}}
    assert paid(programme(world=world, gross="100.00", allocation=units), world) == [2_500, 7_500]
    steps = {"key": "step_amounts", "steps": [{"up_to": 10, "amount": "1.00"}, {"amount": "4.00"}]}
    assert paid(programme(net="100.00", vat="21%", allocation=steps), world) == [2_420, 9_680]


def test_who_pays_without_inhabitants_pays_what_is_agreed() -> None:
    """A province has no inhabitants of its own, and no municipality's part changes by it."""
    world = population(Province=0, B=30)
    shares = {"key": "shares", "shares": {"Province": "25%", "B": "75%"}}
    assert paid(programme(world=world, gross="100.00", allocation=shares), world) == [2_500, 7_500]
    amounts = {"key": "amounts", "amounts": {"Province": "7.00", "B": "1.00"}}
    assert paid(programme(world=world, allocation=amounts), world) == [700, 100]


def test_for_part_of_the_year_who_is_outside_weighs_that_much_less() -> None:
    """A takes part for a quarter: of € 100,00 by 50 % and 50 % it pays 1 ÷ (1 + 4), € 20,00."""
    world = population(A=10, B=10)
    shares = {"key": "shares", "shares": {"A": "50%", "B": "50%"}}
    assert paid(programme(world=world, gross="100.00", allocation=shares), world, 1, 4) == [2_000, 8_000]


def test_shares_in_a_file_are_per_cent_or_parts_of_one_as_a_spreadsheet_holds_them(tmp_path: Path) -> None:
    text = HEAD.format(year=2019) + PROGRAMME + 'gross = "100.00"\n[programmes.a.allocation]\nkey = "shares"\n'
    (tmp_path / "a.toml").write_text(text + 'file = "a.csv"\ncolumn = "aandeel"\nothers = "0%"\n', encoding="utf-8")
    for first, second in (("37,6", "62,4"), ("0,376", "0,624")):
        (tmp_path / "a.csv").write_text(f"gemeente;aandeel\nBest;{first}\nHeusden;{second}\n", encoding="utf-8")
        result = gguplan.run(tmp_path / "a.toml")
        assert {int(cents) for cents in result.contributions} == {0, 3_760, 6_240}


@pytest.mark.parametrize(
    "allocation",
    [
        'key = "amounts"\namounts = { Brielle = "1.00", Hellevoetsluis = "2.00", Westvoorne = "3.00", '
        'Rotterdam = "4.00" }',
        'key = "products"\nprice = "1.00"\nunits = { Brielle = 1, Hellevoetsluis = 2, Westvoorne = 3, Rotterdam = 4 }',
        'key = "shares"\nshares = { Brielle = "10%", Hellevoetsluis = "20%", Westvoorne = "30%", Rotterdam = "40%" }',
    ],
)
def test_what_is_agreed_goes_on_with_the_municipality_that_others_became_part_of(
    tmp_path: Path, allocation: str
) -> None:
    """Voorne aan Zee has existed since 1 January 2023: Brielle, Hellevoetsluis and Westvoorne."""
    nothing = {"amounts": '"0.00"', "shares": '"0%"', "products": "0"}[allocation.split('"')[1]]
    budget = 'gross = "10.00"\n' if "shares" in allocation else ""
    horizon = '[horizon]\nlast = 2024\nopening = "0.00"\nunderspend = "general"\n'
    text = (
        HEAD.format(year=2022)
        + PROGRAMME
        + f"{budget}[programmes.a.allocation]\n{allocation}\nothers = {nothing}\n"
        + horizon
    )
    for year in years_ahead(tmp_path, text).by_year[1:]:
        assert year.result is not None
        paid_then = dict(zip(year.population.index, year.result.contributions.tolist(), strict=True))
        assert (paid_then["GM1992"], paid_then["GM0599"], sum(paid_then.values())) == (600, 400, 1_000)


@pytest.mark.parametrize(
    ("allocation", "paid_by_the_joiner"),
    [
        ('key = "amounts"\namounts = { Delft = "5.00", Zoetermeer = "7.00" }\nothers = "1.50"', 150),
        ('key = "amounts"\namounts = { Delft = "5.00", Zoetermeer = "7.00" }\nothers = "0.00"', 0),
        ('key = "products"\nprice = "2.00"\nunits = { Delft = 3, Zoetermeer = 4 }\nothers = "0.25"', 50),
        ('key = "products"\nprice = "2.00"\nunits = { Delft = [3, 4], Zoetermeer = [4, 4] }\nothers = [1, 2]', 300),
        ('key = "shares"\nshares = { Delft = "40%", Zoetermeer = "60%" }\nothers = "0%"', 0),
    ],
)
def test_who_joins_has_what_is_agreed_with_those_who_are_not_named(
    allocation: str, paid_by_the_joiner: int, tmp_path: Path
) -> None:
    gross = 'gross = "12.00"\n' if "shares" in allocation else ""
    horizon = years_ahead(tmp_path, f"{_JOINS}{PROGRAMME}{gross}[programmes.a.allocation]\n{allocation}\n")
    before, after = (year.result for year in horizon.by_year)
    assert before is not None and after is not None
    assert [m.name for m in after.population.municipalities] == ["Delft", "Gouda", "Zoetermeer"]
    delft, gouda, zoetermeer = after.to_pay.tolist()
    assert gouda == paid_by_the_joiner
    assert [delft, zoetermeer] == before.to_pay.tolist()


_JOINS = """title = "A"
source = "invented for a test"
year = 2020
reference_date = 2019-01-01
members = ["Delft", "Zoetermeer"]
[horizon]
last = 2021
opening = "0.00"
underspend = "general"
[membership.gouda]
municipalities = ["Gouda"]
joins = 2021
"""
