"""If municipalities leave every programme: the same sums as a scenario that says so."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

import gguplan
from gguplan.fund.settlements import SettlementWord
from gguplan.model.participation.departure import Departure, if_they_leave, largest_municipalities
from gguplan.model.result import RunResult

G4 = ["Amsterdam", "Rotterdam", "'s-Gravenhage", "Utrecht"]


def left(result: RunResult) -> dict[str, Departure]:
    return {departure.settlement.word: departure for departure in if_they_leave(result, largest_municipalities(result))}


def test_the_largest_four_are_the_four_large_cities() -> None:
    result = gguplan.run("fonds-ggu-2020")
    places = np.flatnonzero(largest_municipalities(result))
    assert sorted(result.population.municipalities[place].name for place in places) == sorted(G4)


@pytest.mark.parametrize("settlement", get_args(SettlementWord))
def test_it_is_what_a_scenario_with_these_opt_outs_comes_to(settlement: SettlementWord, tmp_path: Path) -> None:
    file = tmp_path / "weg.toml"
    file.write_text(
        f'title = "Weg"\nextends = "fonds-ggu-2020"\nsource = "invented"\n[opt_outs.fonds-ggu]\n'
        f'municipalities = ["Amsterdam", "Rotterdam", "Den Haag", "Utrecht"]\nsettlement = "{settlement}"\n',
        encoding="utf-8",
    )
    result, departure = gguplan.run(file), left(gguplan.run("fonds-ggu-2020"))[settlement]
    stay = ~departure.leaving
    assert departure.stayers_after == int(result.to_pay[stay].sum())
    assert (departure.available, departure.drawn) == (result.totals["available_cents"], result.totals["drawn_cents"])


@pytest.mark.parametrize("settlement", get_args(SettlementWord))
def test_it_takes_the_place_of_an_opt_out_that_they_had(settlement: SettlementWord, tmp_path: Path) -> None:
    """Of the ten that got 25 cents per inhabitant back in 2017 four are the largest: six of them stay outside."""
    before = gguplan.run("uitnamen-2017")
    programmes = ", ".join(f'"{programme.name}"' for programme in before.by_programme)
    file = tmp_path / "weg.toml"
    file.write_text(
        f"""
        title = "Weg"
        extends = "uitnamen-2017"
        source = "invented"

        [opt_outs.luisterend-oor]
        municipalities = [
            "Berkelland", "Borsele", "Lansingerland", "Nissewaard", "Pijnacker-Nootdorp", "Zoetermeer",
        ]

        [opt_outs.weg]
        programmes = [{programmes}]
        municipalities = ["Amsterdam", "Rotterdam", "Den Haag", "Utrecht"]
        settlement = "{settlement}"
        """,
        encoding="utf-8",
    )
    result, departure = gguplan.run(file), left(before)[settlement]
    stay = ~departure.leaving
    assert departure.stayers_after == int(result.to_pay[stay].sum())
    assert (departure.available, departure.drawn) == (result.totals["available_cents"], result.totals["drawn_cents"])
    assert departure.staying_inhabitants == before.population.total - int(before.population.inhabitants[~stay].sum())


def test_one_always_stays() -> None:
    result = gguplan.run("fonds-ggu-2020")
    assert int((~largest_municipalities(result, 1_000)).sum()) == 1


def test_who_feels_it_differs_by_settlement() -> None:
    """What the four pay of € 52.3 million is either missing, or paid by somebody."""
    result = gguplan.run("fonds-ggu-2020")
    paid = int(result.to_pay[largest_municipalities(result)].sum())
    departures = left(result)
    assert {
        name: (departure.stayers_effect, departure.available_effect, departure.drawn_effect)
        for name, departure in departures.items()
    } == {
        "refund": (0, -paid, 0),
        "shrink": (0, -paid, 0),
        "redistribute": (paid, 0, 0),
        "absorb": (0, 0, paid),
    }


@pytest.mark.parametrize("name", [*gguplan.scenarios(), "tests/data/workbook/every-key.toml"])
def test_nobody_leaving_changes_nothing(name: str) -> None:
    result = gguplan.run(Path(__file__).parent.parent / name if name.endswith(".toml") else name)
    for departure in if_they_leave(result, np.zeros(len(result.population.municipalities), dtype=np.bool_)):
        assert (departure.stayers_effect, departure.available_effect, departure.drawn_effect) == (0, 0, 0)


def test_programmes_that_would_lapse_are_named() -> None:
    result = gguplan.run("hulplijn-wordt-duurder", {"thresholds.luisterend-oor.inhabitants_percent": 90})
    assert left(result)["shrink"].below_threshold == ("24 uur telefonisch of elektronisch luisterend oor en advies",)


def test_a_settlement_under_which_nobody_is_left_to_pay_is_left_out() -> None:
    result = gguplan.run("fonds-ggu-2020")
    everybody = np.ones(len(result.population.municipalities), dtype=np.bool_)
    assert [departure.settlement.word for departure in if_they_leave(result, everybody)] == [
        "refund",
        "shrink",
        "absorb",
    ]
