"""The first screen of ``gguplan run``: the answer, whole and closing, and the details only when they are asked for."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app

FIRST_SCREEN = 40
"""Lines of a usual window in which the answer of the largest shipped fund must stand."""


@cache
def shown(*words: str) -> str:
    outcome = CliRunner().invoke(app, ["run", *words])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def cents(line: str) -> list[int]:
    return [int(re.sub("[^0-9-]", "", amount)) for amount in re.findall(r"-?€[0-9,]+\.[0-9]{2}(?![0-9])", line)]


def rows(text: str, heading: str) -> list[str]:
    """The rows of a table, with its total last."""
    lines = text.split("\n")
    start = next(number for number, line in enumerate(lines) if heading in line)
    start = next(number for number in range(start, len(lines)) if lines[number].startswith("──")) + 1
    total = next(number for number in range(start, len(lines)) if lines[number].startswith("Total"))
    return [line for line in lines[start : total + 1] if cents(line)]


def test_the_answer_stands_on_one_screen_and_says_where_the_rest_is() -> None:
    text = shown("uitnamen-2017", "--lang", "en")
    assert len(text.splitlines()) < FIRST_SCREEN
    assert text.index("What municipalities pay") < text.index("Who pays most and least") < text.index("--verbose")
    assert "The fund " not in text


@pytest.mark.parametrize("scenario", ["uitnamen-2017", "grote-steden-verlaten-de-hulplijn", "half-fonds-ggu"])
@pytest.mark.parametrize("top", ["1", "3", "200"])
def test_every_table_of_the_answer_adds_up_to_its_total(scenario: str, top: str) -> None:
    text = shown(scenario, "--top", top, "--lang", "en")
    for heading in ("What municipalities pay", "Who pays most and least"):
        *parts, total = (cents(line) for line in rows(text, heading))
        assert [sum(column) for column in zip(*parts, strict=True)] == total


def test_what_changes_is_beside_what_the_scenario_extends() -> None:
    text = shown("grote-steden-verlaten-de-hulplijn", "--lang", "en")
    change, same, total = (cents(line) for line in rows(text, "What municipalities pay"))
    # The four cities no longer get their refund, and neither do the six others of 2017.
    assert change == [351565550, 420000000, 68434450]
    assert same[2] == 0
    assert total[2] == 68434450
    compared = CliRunner().invoke(app, ["compare", "uitnamen-2017", "grote-steden-verlaten-de-hulplijn", "--json"])
    assert json.loads(compared.stdout)["comparisons"][0]["total"]["effect"] == "684344.50"
    assert "388 municipalities pay more." in text


def test_a_municipality_that_was_asked_for_comes_first_with_its_difference() -> None:
    text = shown("grote-steden-verlaten-de-hulplijn", "-m", "Zwolle", "--lang", "en")
    (line,) = (line for line in text.split("\n") if line.startswith("Zwolle"))
    assert cents(line) == [55678231, 491839]
    assert text.index("Zwolle") < text.index("What municipalities pay")


def test_the_details_name_each_programme_on_one_line() -> None:
    text = shown("uitnamen-2017", "--verbose", "--lang", "en")
    lines = [line for line in text.split("\n") if line.startswith("opvang-eergerelateerd-geweld ")]
    assert len(lines) == 1
    assert "€4,259,500.00" in lines[0]
    assert "The fund " in text


def test_beside_a_baseline_of_later_municipalities_totals_are_compared_and_single_bills_are_not(tmp_path: Path) -> None:
    file = tmp_path / "eerder.toml"
    file.write_text(
        'title = "Eerder"\nextends = "fonds-ggu-2020"\nreference_date = 2018-01-01\nsource = "s"\n', "utf-8"
    )
    text = shown(str(file), "--lang", "en")
    (amsterdam,) = (line for line in text.split("\n") if line.startswith("Amsterdam"))
    assert len(cents(amsterdam)) == 1
    assert len(cents(rows(text, "What municipalities pay")[-1])) == 3
