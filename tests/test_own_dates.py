"""A programme, or a part of it, that is divided by the inhabitants of a day of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

import gguplan
from gguplan.findings import InputError
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.model.result import run
from gguplan.runs.bills_by_year import bills_by_year
from gguplan.runs.years_ahead import years_ahead_of
from tests.open_office import SOFFICE
from tests.oracle import largest_remainder
from tests.workbooks import cells, recalculated, without_forecast

HORIZON = '[horizon]\nlast = 2029\nopening = "0.00"\nunderspend = "general"\n'


def read(
    folder: Path, allocation: str, members: str = '["Voorne aan Zee", "Nissewaard"]', more: str = "", *settings: str
) -> ScenarioInputs:
    file = folder / "fund.toml"
    file.write_text(
        'title = "Region"\nsource = "invented for a test"\nyear = 2024\nreference_date = 2023-01-01\n'
        f'members = {members}\n[programmes.a]\ntitle = "A"\nvat = "none"\ngross = "1000000.00"\n'
        f"allocation = {allocation}\n{more}",
        encoding="utf-8",
    )
    return gguplan.load_scenario(file, dict(setting.split("=", 1) for setting in settings))


def own(year: int) -> str:
    return f'{{ key = "inhabitants", reference_date = {year}-01-01 }}'


def paid(inputs: ScenarioInputs) -> list[int]:
    return list(map(int, run(inputs.fund_year).to_pay))


VOORNE_IN_2021 = 17_439 + 40_312 + 14_900
"""Brielle, Hellevoetsluis and Westvoorne, which became Voorne aan Zee in 2023: population_data/2021.csv."""
NISSEWAARD_IN_2021 = 85_440


def test_inhabitants_of_before_a_merger_count_on_the_boundaries_of_now(tmp_path: Path) -> None:
    expected = largest_remainder(100_000_000, [NISSEWAARD_IN_2021, VOORNE_IN_2021], [1930, 1992])
    assert paid(read(tmp_path, own(2021))) == expected


def test_each_part_of_a_mix_may_have_a_day_of_its_own(tmp_path: Path) -> None:
    parts = f'{{ share = "50%", by = {own(2021)} }}, {{ share = "50%", by = {{ key = "inhabitants" }} }}'
    half = largest_remainder(50_000_000, [NISSEWAARD_IN_2021, VOORNE_IN_2021], [1930, 1992])
    # On 1 January 2023: population_data/2023.csv.
    by_the_fund = largest_remainder(50_000_000, [86_833, 73_945], [1930, 1992])
    mixed = f'{{ key = "mix", parts = [{parts}] }}'
    assert paid(read(tmp_path, mixed)) == [sum(pair) for pair in zip(half, by_the_fund, strict=True)]


def test_in_another_year_the_day_is_as_many_years_earlier(tmp_path: Path) -> None:
    of_2022 = largest_remainder(100_000_000, [86_332, 17_704 + 40_574 + 14_960], [1930, 1992])
    assert paid(read(tmp_path, own(2021))) != of_2022
    assert paid(read(tmp_path, own(2021), '["Voorne aan Zee", "Nissewaard"]', "", "year=2025")) == of_2022
    inputs = read(tmp_path, own(2021), more=HORIZON)
    ahead = {year.year: year.result for year in years_ahead_of(inputs, (), draws=2).by_year}
    later = ahead[2025]
    assert later is not None and later.to_pay.tolist() == of_2022
    # In 2029 the fund counts projected inhabitants, and this programme those of 2026, which are counted.
    assert [year.bill.to_pay for year in bills_by_year(inputs, [2025], "Nissewaard")] == of_2022[:1]
    assert all(result is not None for result in ahead.values())


def test_a_day_on_which_a_member_has_no_count_of_its_own_is_a_mistake(tmp_path: Path) -> None:
    # Haaren was divided over four on 1 January 2021: population_data/mergers.csv.
    with pytest.raises(InputError, match="Haaren was counted on 1 January 2020 and has been divided over"):
        read(tmp_path, own(2020), '["Boxtel", "Oisterwijk"]')
    # A member of before a merger has none after it.
    text = (tmp_path / "fund.toml").read_text(encoding="utf-8")
    text = text.replace("Boxtel", "Brielle").replace("2023-01-01", "2021-01-01").replace("2020-01-01", "2024-01-01")
    (tmp_path / "fund.toml").write_text(text.replace("Oisterwijk", "Nissewaard"), encoding="utf-8")
    with pytest.raises(InputError, match="Voorne aan Zee was counted on 1 January 2024 with what became part of it"):
        gguplan.load_scenario(tmp_path / "fund.toml")


def test_a_day_long_ago_and_a_rate_with_a_day_are_mistakes(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="The inhabitants on 1 January 1999 are not there"):
        read(tmp_path, own(1999))
    with pytest.raises(InputError, match="rate is of the inhabitants of the scenario"):
        read(tmp_path, own(2021), '["Nissewaard"]', "", "programmes.a.rate=1.00")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.usefixtures("undrawn")
def test_a_spreadsheet_divides_by_the_day_of_its_own(tmp_path: Path) -> None:
    workbook = without_forecast(run(read(tmp_path, own(2021)).fund_year))
    (again,), book = recalculated(tmp_path, workbook), cells(workbook)
    assert "inhabitants on 1 January 2021" in book.values()
    numbers = {place: value for place, value in book.items() if isinstance(value, float)}
    assert {place: again.get(place) for place in numbers} == pytest.approx(numbers, abs=1e-9)
