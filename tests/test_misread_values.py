"""Values that TOML does not take and that people write."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gguplan.findings import InputError
from gguplan.inputs.misread_values import misread, value_in
from gguplan.inputs.scenario.reading import read_scenario


@pytest.mark.parametrize(
    "value, remedy",
    [
        ("0,25", 'Write "0.25", between quotes.'),
        ("-3,5", 'Write "-3.5", between quotes.'),
        ("1.234.567,89", 'Write "1234567.89", between quotes.'),
        ("1-1-2020", "Write it as 2020-01-01."),
        ("31/12/2020", "Write it as 2020-12-31."),
        ("2026-13-01", "Write a year, a month and a day, such as 2017-01-01."),
        ("2020-1-1", "Write a year, a month and a day, such as 2017-01-01."),
    ],
)
def test_a_value_with_one_meaning_is_proposed(value: str, remedy: str) -> None:
    misreading = misread(value)
    assert misreading is not None and misreading[1] == remedy


@pytest.mark.parametrize("value", ["1,950", "1,234,567.89", "12.34,5", "100,-", "0,2500"])
def test_a_comma_that_may_be_either_is_not_guessed(value: str) -> None:
    misreading = misread(value)
    assert misreading is not None and "1234567.89" in misreading[1]


@pytest.mark.parametrize("value", ["0.25", "100", "true", "Utrecht, Zwolle", "2017-01-01T00:00:00", ""])
def test_another_value_is_none_of_these(value: str) -> None:
    assert misread(value) is None


@given(st.text())
def test_any_line_has_a_value_or_none(line: str) -> None:
    value = value_in(line)
    if value is not None:
        assert line[value[0] - 1 :].startswith(value[1])
        misread(value[1])


@pytest.mark.parametrize(
    ("table", "remedy"),
    [
        ('phase_in = { years = { 2026 = "25%" } }', 'Write "25".'),
        ('phase_in = { years = { 2026 = "2,5 %" } }', 'Write "2.5".'),
        ('compensation = { percent = "50%", paid_by = "fund" }', 'Write "50".'),
        ('allocation = { key = "shares", shares = { Delft = 60 }, others = "0%" }', 'Write "60%".'),
        ('allocation = { key = "shares", shares = { Delft = "62,5%" }, others = "0%" }', 'Write "62.5%".'),
        ('[realisation.a]\nbetween = ["90%", "1.1"]', 'Write "0.9".'),
        ('[realisation.a]\nbetween = ["0.9", "1,1"]', 'Write "1.1".'),
        ('[thresholds.a]\ninhabitants_percent = "98%"\notherwise = "not_levied"', "such as 98."),
        ('[membership.x]\nmunicipalities = ["Delft"]\nleaves = 2027-01-01', "such as 2027."),
        ('reserve = { what = "X", amount = "1.00" }', "[[programmes.a.reserve]]"),
    ],
)
def test_a_number_in_another_notation_is_written_as_this_key_has_it(tmp_path: Path, table: str, remedy: str) -> None:
    file = tmp_path / "a.toml"
    head = 'title = "A"\nyear = 2026\nsource = "x"\nmembers = ["Delft", "Zwolle"]\n'
    file.write_text(f'{head}[programmes.a]\ntitle = "A"\nvat = "none"\ngross = "1.00"\n{table}\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scenario(file)
    assert remedy in str(caught.value)
