"""What a bill says of who is not simply in a programme: part of a year, a lapse, a weight of 0."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.wording.bills import programme_on_a_bill

FUND = """
title = "Fund"
year = 2020
reference_date = 2020-01-01
source = "own"
[programmes.a]
title = "A"
gross = "1000.00"
vat = "none"
"""


def shown(command: str, scenario: str, folder: Path, municipality: str = "Utrecht") -> str:
    (folder / "fund.toml").write_text(FUND + scenario, encoding="utf-8")
    outcome = CliRunner().invoke(app, [command, municipality, "--scenario", str(folder / "fund.toml")])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


@pytest.mark.parametrize(
    ("days_outside", "lapsed", "words"),
    [
        (0, None, "A"),
        (366, None, "A (outside)"),
        (91, None, "A (takes part on 275 of 366 days)"),
        (91, "not_levied", "A (lapses: nobody is invoiced)"),
        (91, "to_balance", "A (lapses: the balance gets the money)"),
        (91, "handed_over", "A (handed over: the money goes to whoever takes it over)"),
    ],
)
def test_a_programme_on_a_bill_says_for_how_long_it_is_taken_part_in(
    days_outside: int, lapsed: None, words: str
) -> None:
    assert programme_on_a_bill("A", days_outside, 366, lapsed) == words


def test_a_joiner_on_1_april_takes_part_from_then_and_is_not_outside(tmp_path: Path) -> None:
    joins = '[opt_outs.a]\nmunicipalities = ["Utrecht"]\nsettlement = "redistribute"\njoins = 2020-04-01\n'
    estimate = shown("estimate", joins, tmp_path)
    assert "A (takes part on 275 of 366 days)" in estimate
    assert "(outside)" not in estimate
    # The others are weighed for all days, which is no part of a year.
    assert "takes part the whole year: 128,840 × 366 days" in shown("explain", joins, tmp_path, "Zwolle")


def test_a_weight_of_0_has_no_place_in_the_queue(tmp_path: Path) -> None:
    codes = [line.split(",")[0] for line in Path("population_data/2020.csv").read_text().splitlines()[1:]]
    rows = [f"{code},{int(code != 'GM0344') * (number % 3 + 1)}" for number, code in enumerate(codes)]
    (tmp_path / "weights.csv").write_text("\n".join(["gm_code,weight", *rows]) + "\n", encoding="utf-8")
    key = '[programmes.a.allocation]\nkey = "column"\nfile = "weights.csv"\ncolumn = "weight"\n'
    sum_behind = shown("explain", key, tmp_path)
    assert "a weight of 0: nothing of what is divided falls to it" in sum_behind
    assert "queue" not in sum_behind
    assert "in the queue by largest remainder" in shown("explain", key, tmp_path, "Zwolle")
