"""The figures of the page: every bill of every scenario, in whole cents, as columns over the municipalities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gguplan.fund.municipality_names import OtherName
from gguplan.model.carried_bills import CarriedBills, CarriedProgramme
from gguplan.model.comparison import SIZE_CLASSES, Comparison, euros_per_inhabitant_of_each, size_classes
from gguplan.model.rank_among_peers import ranks_among_peers
from gguplan.model.years_ahead.bills import bills_of_all
from gguplan.money import RATE_UNITS, Integers
from gguplan.reports.page.map_classes import Classes, effect_classes, rate_classes
from gguplan.reports.page.pool import Pool
from gguplan.reports.page.sums_behind import sum_behind
from gguplan.reports.terminal.comparison import size_in_words
from gguplan.wording.bills import programme_on_a_bill
from gguplan.wording.bodies import place_of

if TYPE_CHECKING:
    from gguplan.model.years_ahead.result import Horizon


def figures_of(
    results: Sequence[CarriedBills], other_names: Sequence[OtherName], horizons: Sequence[Horizon | None] = ()
) -> dict[str, Any]:
    """All that the page's script reads. The results are over the same municipalities; the first is the baseline.
    `horizons` are the years ahead of each, None of one without.

    Amounts are whole cents and amounts per inhabitant ten-thousandths of a euro; every column is a place in
    ``columns`` and every step of a sum a place in ``steps``.
    """
    pool, baseline = Pool(), results[0]
    population = baseline.later
    scenarios = [
        {
            **_scenario(result, None if result is baseline else Comparison(baseline, result), pool),
            "years": _years(result, horizon, pool) if horizon is not None else [],
        }
        for result, horizon in zip(results, [*horizons, *[None] * (len(results) - len(horizons))], strict=True)
    ]
    places = list(map(place_of, population.municipalities))
    provinces = sorted(set(places))
    return {
        "codes": [municipality.gm_code for municipality in population.municipalities],
        "names": [municipality.name for municipality in population.municipalities],
        "provinces": provinces,
        "province": list(map(provinces.index, places)),
        "bodies": np.flatnonzero(population.is_body).tolist(),
        "other_names": list(other_names),
        "latest_inhabitants": pool.column(population.inhabitants),
        "sizes": [*(size_in_words(low) for low in (0, *SIZE_CLASSES)), ""],
        "scenarios": scenarios,
        "columns": pool.columns,
        "steps": pool.steps,
    }


def classes_of(results: Sequence[CarriedBills]) -> list[Classes]:
    """What the map shows of each scenario: the baseline by what is paid per inhabitant, the others by the effect."""
    baseline, *scenarios = results
    municipalities = len(baseline.later.without_bodies)
    first = rate_classes(_euros_an_inhabitant(baseline)[:municipalities])
    rates = (_effect_rates(Comparison(baseline, scenario)) for scenario in scenarios)
    return [first, *(effect_classes(rates_of_one[:municipalities]) for rates_of_one in rates)]


def _scenario(bills: CarriedBills, comparison: Comparison | None, pool: Pool) -> dict[str, Any]:
    inhabitants, to_pay = bills.inhabitants, bills.to_pay
    classes = size_classes(inhabitants if comparison is None else comparison.sizes)
    # No municipality is a peer of who has no inhabitants.
    classes = np.where(bills.later.is_body, len(SIZE_CLASSES) + 1, classes)
    figures = {
        "title": bills.title,
        "inhabitants": pool.column(inhabitants),
        "size": pool.column(classes),
        "contribution": pool.column(bills.contributions),
        "refund": pool.column_if_any(bills.refunds),
        "to_pay": pool.column(to_pay),
        "vat": pool.column(bills.vat),
        "net": pool.column(to_pay - bills.vat),
        "rate": pool.column(an_inhabitant(to_pay, inhabitants)),
        "other_dates": _other_dates(bills, pool),
        "standing": _standing(_euros_an_inhabitant(bills), classes, pool),
        "programmes": [
            {
                "title": programme_on_a_bill(programme.title, 0, bills.result.fund_year.days, programme.lapsed),
                **_amounts(programme, inhabitants, pool),
                "outside": _outside(programme, bills.result.fund_year.days),
                "effect": None if comparison is None else pool.column_if_any(comparison.effects_of(programme.name)),
                "sum": sum_behind(bills, programme, pool),
            }
            for programme in bills.by_programme
        ],
    }
    return figures if comparison is None else {**figures, **_beside_the_baseline(comparison, classes, pool)}


def _other_dates(bills: CarriedBills, pool: Pool) -> list[dict[str, int]]:
    """What each pays more or less over the inhabitants of another year, where the reference date is an assumption and
    all of the page are known then."""
    codes = [municipality.gm_code for municipality in bills.later.municipalities]
    return [
        {"year": date.year, "changes": pool.column(np.array([date.changes[code] for code in codes]))}
        for date in bills.result.other_dates
        if date.changes and all(code in date.changes for code in codes)
    ]


def _years(bills: CarriedBills, horizon: Horizon, pool: Pool) -> list[dict[str, int]]:
    """What each is expected to pay in the years after that of the bill and between which cents that lies; 0 of nobody
    where it is no longer there."""
    codes = [municipality.gm_code for municipality in bills.later.municipalities]
    years = []
    for place, year in enumerate(horizon.by_year):
        if year.year <= bills.result.fund_year.year or (of_all := bills_of_all(horizon, place)) is None:
            continue
        index = year.population.index
        here = np.array([code in index for code in codes])
        places = [index.get(code, 0) for code in codes]
        inhabitants, to_pay, low, high = (
            np.where(here, numbers[places], 0)
            for numbers in (year.population.inhabitants, of_all.to_pay, of_all.low, of_all.high)
        )
        years.append(
            {
                "year": year.year,
                "inhabitants": pool.column(inhabitants),
                "to_pay": pool.column(to_pay),
                "low": pool.column(low),
                "high": pool.column(high),
                "rate": pool.column(an_inhabitant(to_pay, inhabitants)),
            }
        )
    return years


def _outside(programme: CarriedProgramme, days: int) -> list[dict[str, Any]]:
    """Who is outside for how long: what the programme is called on their bills, and the places of these."""
    outside = programme.days_outside
    return [
        {
            "title": programme_on_a_bill(programme.title, days_outside, days, programme.lapsed),
            "places": np.flatnonzero(outside == days_outside).tolist(),
        }
        for days_outside in np.unique(outside[outside > 0]).tolist()
    ]


def _amounts(carried_programme: CarriedProgramme, inhabitants: Integers, pool: Pool) -> dict[str, Any]:
    return {
        "contribution": pool.column(carried_programme.contributions),
        "refund": pool.column_if_any(carried_programme.refunds),
        "to_pay": pool.column(carried_programme.to_pay),
        "vat": pool.column_if_any(carried_programme.vat),
        "net": pool.column(carried_programme.to_pay - carried_programme.vat),
        "rate": pool.column(an_inhabitant(carried_programme.to_pay, inhabitants)),
    }


def _beside_the_baseline(comparison: Comparison, classes: Integers, pool: Pool) -> dict[str, Any]:
    rates, before = _effect_rates(comparison), comparison.baseline.to_pay
    paid = np.where(before == 0, 1, np.abs(before))
    here = {programme.name for programme in comparison.scenario.by_programme}
    return {
        "effect": pool.column(comparison.effects),
        "effect_rate": pool.column(np.rint(rates * RATE_UNITS)),
        "effect_permille": pool.column(np.rint(comparison.effects * 1000 / paid)),
        "paid_nothing": np.flatnonzero(before == 0).tolist(),
        "effect_standing": _standing(rates, classes, pool),
        "gone": [
            {"title": programme.title, "effect": pool.column(comparison.effects_of(programme.name))}
            for programme in comparison.baseline.by_programme
            if programme.name not in here
        ],
    }


def _standing(rates: NDArray[np.float64], classes: Integers, pool: Pool) -> list[int]:
    ranks = ranks_among_peers(rates, classes)
    return [pool.column(amounts) for amounts in (ranks.more, ranks.same, ranks.less)]


def _effect_rates(comparison: Comparison) -> NDArray[np.float64]:
    before, after = comparison.rates
    return after - before


def an_inhabitant(cents: Integers, inhabitants: Integers) -> Integers:
    """Cents over inhabitants in ten-thousandths of a euro, half of one to the even one; 0 of who is no member."""
    rates = np.where(inhabitants > 0, cents * (RATE_UNITS // 100) / np.maximum(inhabitants, 1), 0.0)
    return np.rint(rates).astype(np.int64)


def _euros_an_inhabitant(bills: CarriedBills) -> NDArray[np.float64]:
    """Euros per inhabitant of each; 0 of who is no member."""
    return euros_per_inhabitant_of_each(bills.to_pay, bills.inhabitants)
