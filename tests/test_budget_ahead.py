"""What one programme is budgeted at in a later year, worked by hand, without a file."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

import numpy as np
import pytest
from msgspec.structs import replace

from gguplan.fund.allocation_keys import AllocationKey, PerInhabitant, RatePerInhabitant
from gguplan.fund.fund_year import FundYear, Origin
from gguplan.fund.ledger import Ledger
from gguplan.fund.municipalities import Population
from gguplan.fund.problems import BudgetOutOfReach, CannotBeMade
from gguplan.fund.programme import (
    GrossBudget,
    NetBudget,
    Programme,
    RateBudget,
    StatedBudget,
    TariffBudget,
    VolumeBudget,
)
from gguplan.fund.years_ahead import PERCENT_UNITS, BudgetGrowth, Indexation, IndexParts, ProgrammeAhead, YearsAhead
from gguplan.model.years_ahead.budget_of_a_year import Planned, planned_budget
from gguplan.model.years_ahead.indexation import IndexPath, index_path
from gguplan.money import LARGEST_AMOUNT
from tests.worlds import population

WORLD: Final = population(Aa=700, Bee=300)
GROWN: Final = population(Aa=1_000, Bee=1_000)
PARTS: Final = IndexParts(2018, 5 * PERCENT_UNITS, 5 * PERCENT_UNITS)
TEN_THEN_FIVE: Final = Indexation(
    None, None, 80, {2017: 10 * PERCENT_UNITS, 2018: 5 * PERCENT_UNITS, 2019: 0}, "a forecast", (PARTS,)
)
PERCENTS: Final = ((2017, 100_000), (2018, 50_000))
"""10 % in 2017 and 5 % in 2018: together 15,5 %."""

DRAWN: Final = IndexPath(2016, (100_000, 50_000, 0), np.array([[1, 1, 1.2, 1.2], [1, 1, 0.8, 0.8]]))
"""The same as expected; one draw is a fifth higher in 2018, and one a fifth lower."""


def planned(
    budget: StatedBudget,
    year: int = 2018,
    own: ProgrammeAhead | None = None,
    key: AllocationKey | None = None,
    *,
    world: Population = WORLD,
    index: IndexPath = DRAWN,
    indexation: Indexation | None = TEN_THEN_FIVE,
    left_out: bool = False,
) -> Planned | None:
    """The budget of a year of the only programme of a fund of 2016, in two draws."""
    programme = Programme("a", "A", budget, 0, key or PerInhabitant(), "invented for a test", None, None)
    ahead = YearsAhead(2016, 2019, 0, None, "draw", None, None, (), indexation, {"a": own or ProgrammeAhead()}, "")
    base = FundYear(
        *("F", None, None, 2016, date(2016, 1, 1), None, WORLD, {"a": programme}, {}, {}, {}, (), {}, ahead),
        *({"a": "A"}, frozenset({"a"} if left_out else ()), Origin("F"), lambda: Ledger({}, {}, ())),
    )
    return planned_budget(programme, year, base, ahead, index, world)


def factors(made: Planned | None) -> list[float]:
    assert made is not None
    return [round(factor, 9) for factor in made.drawn.tolist()]


@pytest.mark.parametrize("budget", [GrossBudget(1_000_00), NetBudget(1_000_00)])
def test_an_amount_rises_by_each_percentage_since_its_year_and_says_so(budget: GrossBudget | NetBudget) -> None:
    """1.000,00 × 1,10 × 1,05 = 1.155,00."""
    made = planned(budget)
    assert made is not None and made.programme.budget == type(budget)(1_155_00)
    assert made.growth == BudgetGrowth(1_000_00, 2016, PERCENTS, 0, 1_155_00, (PARTS,), "a forecast")
    assert factors(made) == [1.2, 0.8]
    unchanged = planned(budget, 2016)
    assert unchanged is not None and (unchanged.programme.budget, unchanged.growth) == (budget, None)


def test_what_is_budgeted_once_rises_with_nothing() -> None:
    """1.155,00 and 345,00 once is 1.500,00, of which a fifth up or down moves 1.155 ÷ 1.500 × 20 % = 15,4 %."""
    made = planned(NetBudget(1_000_00), own=ProgrammeAhead(one_off={2018: 345_00}))
    assert made is not None and made.programme.budget == NetBudget(1_500_00)
    assert made.growth == BudgetGrowth(1_000_00, 2016, PERCENTS, 345_00, 1_500_00, (PARTS,), "a forecast")
    assert factors(made) == [1.154, 0.846]


@pytest.mark.parametrize("outside", [ProgrammeAhead(ends=2017), ProgrammeAhead(starts=2019)])
def test_outside_its_years_a_programme_has_only_what_is_budgeted_once(outside: ProgrammeAhead) -> None:
    for budget, once in ((NetBudget(1_000_00), NetBudget(345_00)), (RateBudget(1), GrossBudget(345_00))):
        made = planned(budget, own=replace(outside, one_off={2018: 345_00}))
        assert made is not None and (made.programme.budget, made.growth) == (once, None)
        assert factors(made) == [1, 1]
    assert planned(NetBudget(1_000_00), own=outside) is None
    assert planned(NetBudget(1_000_00), own=ProgrammeAhead(one_off={2018: 1}), left_out=True) is None


def test_a_step_is_in_the_prices_of_its_own_year() -> None:
    """From 2017 on 2.000,00 with VAT, in 2018 × 1,05; in 2019 it is 100,00 without, whatever was before."""
    own = ProgrammeAhead(gross={2017: 2_000_00}, net={2019: 100_00})
    by_year = [planned(NetBudget(1_000_00), year, own) for year in (2017, 2018, 2019)]
    assert [made and made.programme.budget for made in by_year] == [
        *(GrossBudget(2_000_00), GrossBudget(2_100_00), NetBudget(100_00)),
    ]
    assert [made and made.growth and made.growth.percents for made in by_year] == [(), PERCENTS[1:], ()]
    assert factors(by_year[1]) == [1.2, 0.8] and factors(by_year[2]) == [1, 1]


def test_a_budget_that_is_not_indexed_stays() -> None:
    made = planned(NetBudget(1_000_00), own=ProgrammeAhead(indexed=False))
    assert made is not None and made.programme.budget == NetBudget(1_000_00) and factors(made) == [1, 1]


def test_a_rate_for_all_is_what_it_comes_to_over_the_inhabitants_of_the_year_and_then_rises() -> None:
    """0,50 over 2.000 inhabitants is 1.000,00, and 1.155,00 in the prices of 2018."""
    made = planned(RateBudget(5_000), world=GROWN)
    assert made is not None and made.programme.budget == GrossBudget(1_155_00)


def test_of_a_tariff_the_rate_rises_and_each_goes_on_paying_it() -> None:
    """0,5001 × 1,155 = 0,57761…, so 0,5776 per inhabitant: 577,60 for each 1.000, and 1.155,20 in all."""
    made = planned(TariffBudget(), key=RatePerInhabitant(5_001), world=GROWN)
    assert made is not None
    assert (made.programme.budget, made.programme.allocation) == (TariffBudget(), RatePerInhabitant(5_776))
    stated = 1_000_20
    assert made.growth == BudgetGrowth(
        stated, 2016, PERCENTS, 0, 1_155_20, (PARTS,), "a forecast", rates=(5_001, 5_776)
    )
    assert factors(made) == [1.2, 0.8]
    once = planned(TariffBudget(), own=ProgrammeAhead(one_off={2018: 1_00}), key=RatePerInhabitant(5_001), world=GROWN)
    assert once is not None and once.programme.budget == GrossBudget(1_155_23 + 1_00)


def test_a_volume_grows_and_its_price_and_what_is_fixed_rise() -> None:
    """10.000 units at 0,02 and 50,00; two years of 10 % later 12.100 at 0,0231 and 57,75: 337,26. A quarter once."""
    priced = VolumeBudget(50_00, 10_000, 200)
    made = planned(priced, own=ProgrammeAhead(volume_growth=10 * PERCENT_UNITS))
    assert made is not None and made.programme.budget == VolumeBudget(57_75, 12_100, 231)
    once = planned(priced, own=ProgrammeAhead(volume_growth=10 * PERCENT_UNITS, one_off={2018: 112_42}))
    assert once is not None and once.programme.budget == VolumeBudget(57_75 + 112_42, 12_100, 231)
    assert factors(once) == [1.15, 0.85]
    flat = planned(priced, own=ProgrammeAhead(indexed=False))
    assert flat is not None and flat.programme.budget == priced


def test_a_budget_is_at_least_a_cent() -> None:
    """A cent × 1,155 is a cent; of a volume that ends nothing is left."""
    made = planned(NetBudget(1))
    assert made is not None and made.programme.budget == NetBudget(1)
    with pytest.raises(CannotBeMade) as caught:
        planned(VolumeBudget(0, 100, 20_000), own=ProgrammeAhead(volume_growth=-100 * PERCENT_UNITS))
    assert caught.value.problem == BudgetOutOfReach(0)


def test_a_budget_above_the_largest_amount_is_out_of_reach() -> None:
    assert planned(NetBudget(LARGEST_AMOUNT), indexation=None, own=ProgrammeAhead(indexed=False)) is not None
    with pytest.raises(CannotBeMade) as caught:
        planned(NetBudget(LARGEST_AMOUNT), own=ProgrammeAhead(indexed=False, one_off={2018: 1}))
    assert caught.value.problem == BudgetOutOfReach(LARGEST_AMOUNT + 1)


# --- the index -----------------------------------------------------------------------------------


def test_an_index_has_each_percentage_in_its_own_year() -> None:
    path = index_path(TEN_THEN_FIVE, 2016, 2019, draws=2, seed=1)
    assert path.percents_of(2016, 2018) == PERCENTS == path.percents_of(2010, 2018)
    assert path.percents_of(2017, 2018) == PERCENTS[1:] and path.percents_of(2018, 2018) == ()
    assert (path.factor(2016, 2018), path.factor(2017, 2018)) == (Fraction(1155, 1000), Fraction(105, 100))
    assert path.rises() == {2017: 0.1, 2018: 0.05, 2019: 0.0} and path.certain and not DRAWN.certain


def test_without_an_indexation_nothing_rises_and_one_percentage_holds_for_all_years() -> None:
    assert index_path(None, 2016, 2018, 2, 1).percents == (0, 0)
    assert index_path(Indexation(30_000, None, 80, {2018: 1}, ""), 2016, 2018, 2, 1).percents == (30_000, 1)


def test_an_index_that_is_drawn_is_on_average_what_is_expected_and_goes_on_from_year_to_year() -> None:
    """Each draw of a year that is known keeps what the year before made of it."""
    path = index_path(Indexation(None, (10_000, 30_000), 80, {2018: 0}, ""), 2016, 2019, 4_000, 1)
    assert path.drawn.shape == (4_000, 4) and np.allclose(path.drawn.mean(axis=0), 1) and (path.drawn[:, 0] == 1).all()
    assert (path.drawn[:, 2] == path.drawn[:, 1]).all() and np.ptp(path.drawn[:, 3] / path.drawn[:, 2]) > 0
    assert (path.drawn_factor(2017, 2018) == 1).all() and (path.drawn_factor(2010, 2017) == path.drawn[:, 1]).all()
    # Eight of ten of 4,000 draws lie between 1 and 3 %, each end to within 0.6 % of them (√(0.1 × 0.9 ÷ 4,000)).
    drawn = path.drawn[:, 1] * (1 + path.percents[0] / 1_000_000)
    assert abs((drawn < 1.01).mean() - 0.1) < 0.02 and abs((drawn > 1.03).mean() - 0.1) < 0.02
    # Alike by half.
    next_year = path.drawn[:, 3] / path.drawn[:, 2]
    assert abs(np.corrcoef(path.drawn[:, 1], next_year)[0, 1] - 0.5) < 0.06
