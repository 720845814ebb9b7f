"""What was billed to municipalities that merged, or were divided, goes to those that hold them now, to the cent."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gguplan
from gguplan.fund.municipal_changes import ChangeKind, MunicipalChange
from gguplan.fund.municipalities import Municipality, Population
from gguplan.fund.settlements import SettlementWord
from gguplan.inputs.population.years import load_population
from gguplan.model.allocation import budget_of
from gguplan.model.carried_bills import CarriedProgramme
from gguplan.model.participation.settlement import settle
from gguplan.model.population.history import persons_by_successor
from gguplan.model.population.succession import Succession
from gguplan.model.result import ProgrammeResult
from gguplan.runs.comparison import over_the_latest
from gguplan.runs.municipal_history import succession
from tests.oracle import largest_remainder
from tests.worlds import opt_out, population, programme

KEYS: tuple[dict[str, Any], ...] = (
    {"gross": "12345.67"},
    {"gross": "12345.67", "allocation": {"key": "fixed_plus_inhabitants", "fixed": "10.01"}},
    {
        "gross": "12345.67",
        "allocation": {
            "key": "stepped",
            "applies_to": "part",
            "brackets": [{"up_to": 40, "rate": "1.50"}, {"rate": "0.75"}],
        },
    },
    {"gross": "12345.67", "allocation": {"key": "column", "column": "c", "file": "f.csv"}},
    {"rate": "0.3333", "vat": "21%"},
)
SETTLEMENTS: tuple[tuple[SettlementWord, str | None], ...] = (
    ("refund", "0.25"),
    ("refund", None),
    ("shrink", None),
    ("redistribute", None),
    ("absorb", None),
)


def later(**inhabitants: int) -> Population:
    """The municipalities of 2018 by name; A to Z have the codes of `population`, and others later ones."""
    codes = {name: f"GM{ord(name) - ord('A') + 1:04}" for name in inhabitants}
    rows = tuple(Municipality(codes[name], name, "Utrecht", count) for name, count in sorted(inhabitants.items()))
    return Population(2018, "final", population(A=1).source, rows)


def became(old: str, new: str, kind: ChangeKind, note: str = "") -> MunicipalChange:
    codes = (f"GM{ord(name) - ord('A') + 1:04}" for name in (old, new))
    old_code, new_code = codes
    return MunicipalChange(date(2018, 1, 1), old_code, old, new_code, new, kind, note)


def carried(before: Population, after: Population, *changes: MunicipalChange) -> Succession:
    return Succession(before, after, persons_by_successor([before, after], changes))


def test_a_merged_municipality_has_the_bills_of_its_predecessors_together() -> None:
    carried_over = carried(
        population(A=30, B=50, C=20), later(A=31, D=70), became("B", "D", "merge"), became("C", "D", "merge")
    )
    assert carried_over.carried(np.array([101, 202, 303])).tolist() == [101, 505]
    assert carried_over.inhabitants.tolist() == [30, 70]
    assert (carried_over.goes_on_alone(0), carried_over.goes_on_alone(1)) == (0, None)


def test_a_divided_municipality_leaves_its_bill_where_its_people_went_to_the_cent() -> None:
    """Of C's 10 persons 3 went to A and 7 to B; 1.01 euro is 30.3 and 70.7 cents, so the odd cent goes to B."""
    carried_over = carried(
        population(A=30, B=50, C=10),
        later(A=33, B=57),
        became("C", "A", "split", "3 inhabitants transferred"),
        became("C", "B", "split", "7 inhabitants transferred"),
    )
    assert carried_over.carried(np.array([1000, 2000, 101])).tolist() == [1030, 2071]
    assert [carried_over.part_of(2, place, 101) for place in (0, 1)] == [30, 71]
    # What comes back is divided in the same way.
    assert carried_over.carried(np.array([0, 0, -101])).tolist() == [-30, -71]


def test_a_boundary_correction_moves_no_bill() -> None:
    carried_over = carried(population(A=30, B=50), later(A=25, B=55), became("A", "B", "boundary", "5 inhabitants"))
    assert carried_over.carried(np.array([300, 500])).tolist() == [300, 500]
    assert carried_over.inhabitants.tolist() == [30, 50]


@given(st.data())
def test_the_baseline_of_a_successor_is_the_sum_of_the_bills_of_its_predecessors(data: st.DataObject) -> None:
    """Whoever merges with whom, whatever the settlements, the days and the keys; what is divided is so to the cent."""
    names = "ABCDEFGH"[: data.draw(st.integers(2, 8))]
    before = population(**{name: data.draw(st.integers(1, 90)) for name in names})
    persons: dict[str, dict[str, int]] = {}
    for municipality in before.municipalities:
        count = municipality.inhabitants
        heirs = data.draw(st.lists(st.sampled_from("STUV"), min_size=1, max_size=min(2, count), unique=True))
        first = data.draw(st.integers(1, count - 1)) if len(heirs) == 2 else count
        persons[municipality.name] = dict(zip(heirs, (first, count - first), strict=False))
    after = later(**dict.fromkeys(sorted({heir for heirs in persons.values() for heir in heirs}), 1))
    changes = [
        became(name, heir, "merge" if len(some) == 1 else "split", f"{count} inhabitants transferred")
        for name, some in persons.items()
        for heir, count in some.items()
    ]
    carried_over = carried(before, after, *changes)
    own_programme = programme(np.arange(1, len(names) + 1), **data.draw(st.sampled_from(KEYS)))
    settlement, rate = data.draw(st.sampled_from(SETTLEMENTS))
    outside = [opt_out(before, names[0], settlement, rate, data.draw(st.sampled_from([1, 73, 364, 365])))]
    budget = budget_of(own_programme, before)
    participation = settle(budget.gross, own_programme.allocation, before, outside, 365)
    result = CarriedProgramme(ProgrammeResult(own_programme, budget, tuple(outside), participation), carried_over)
    for over_later, billed in (
        (result.contributions, participation.contributions),
        (result.refunds, participation.refunds),
    ):
        expected = dict.fromkeys((municipality.name for municipality in after.municipalities), 0)
        for name, cents in zip(names, billed.tolist(), strict=True):
            some = sorted(persons[name].items())
            parts = largest_remainder(cents, [count for _heir, count in some], list(range(len(some))))
            for (heir, _count), part in zip(some, parts, strict=True):
                expected[heir] += part
        assert over_later.tolist() == list(expected.values())
        assert int(over_later.sum()) == int(billed.sum())


# --- the municipalities of the Netherlands ---------------------------------------------------------


def test_vijfheerenlanden_is_held_beside_what_leerdam_vianen_and_zederik_were_billed() -> None:
    """population_data/mergers.csv: the three merged on 1 January 2019. Divided anew over the municipalities of 2020 it
    was € 239.391,01."""
    before, after = gguplan.run("uitnamen-2017"), gguplan.run("fonds-ggu-2020")
    bills = [int(before.to_pay[before.population.index[code]]) for code in ("GM0545", "GM0620", "GM0707")]
    place = after.population.index["GM1961"]
    assert sum(bills) == int(over_the_latest([before, after])[0].to_pay[place]) == 23_939_105


@pytest.mark.parametrize(("earlier", "later_year"), [(2014, 2026), (2016, 2017), (2017, 2018), (2018, 2021)])
def test_what_all_pay_stays_the_same_and_who_goes_on_has_its_own_bill(earlier: int, later_year: int) -> None:
    carried_over = succession(load_population(earlier), load_population(later_year))
    amounts = np.arange(1, len(carried_over.earlier.municipalities) + 1) * 1_000_003
    over = carried_over.carried(amounts)
    assert int(over.sum()) == int(amounts.sum())
    assert int(carried_over.inhabitants.sum()) == carried_over.earlier.total
    for place, municipality in enumerate(carried_over.later.municipalities):
        if (own := carried_over.goes_on_alone(place)) is not None:
            assert over[place] == amounts[own]
            assert carried_over.inhabitants[place] == carried_over.earlier.inhabitants[own]
        parts = [carried_over.part_of(origin, place, int(amounts[origin])) for origin in carried_over.from_whom(place)]
        assert sum(parts) == over[place], municipality.name


def test_littenseradiel_is_divided_as_cbs_says_its_inhabitants_went() -> None:
    """population_data/mergers.csv: 3.394 to Leeuwarden, 5.411 to Súdwest-Fryslân and 1.878 to Waadhoeke in 2018."""
    carried_over = succession(load_population(2017), load_population(2018))
    origin = carried_over.earlier.index["GM0140"]
    heirs = [carried_over.later.index[code] for code in ("GM0080", "GM1900", "GM1949")]
    expected = largest_remainder(10_000_000, carried_over.persons[origin, heirs].tolist(), [80, 1900, 1949])
    assert [carried_over.part_of(origin, heir, 10_000_000) for heir in heirs] == expected
    whole = int(carried_over.earlier.inhabitants[origin])
    assert carried_over.persons[origin, heirs].tolist() == largest_remainder(
        whole, [3394, 5411, 1878], [80, 1900, 1949]
    )


def test_who_merged_is_outside_when_all_it_came_from_were_and_leaves_what_one_of_them_leaves(tmp_path: Path) -> None:
    """Zederik is outside, Leerdam and Vianen find the fund too dear; together they are Vijfheerenlanden since 2019."""
    file = tmp_path / "dear.toml"
    file.write_text(
        'title = "Te duur"\nextends = "fonds-ggu-2018"\n'
        '[opt_outs.fonds-ggu]\nmunicipalities = ["Zederik"]\nsettlement = "redistribute"\nsource = "verzonnen"\n'
        '[cascades.fonds-ggu]\nlimits = { Leerdam = "0.01", Vianen = "0.01" }\n'
        'size_classes = [{ limit = "99.00" }]\nsource = "verzonnen"\n'
    )
    early, late = over_the_latest([gguplan.run(file), gguplan.run("fonds-ggu-2020")])
    place = late.later.index["GM1961"]
    assert not early.by_programme[0].days_outside[place]
    assert early.leaves_by_cascade[place] == "fonds-ggu"
    alone = early.result.population.index
    assert early.by_programme[0].billed.participation.outside[alone["GM0707"]]
