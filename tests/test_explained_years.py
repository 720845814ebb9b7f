"""The sum behind a bill of another year: its budget, its inhabitants, and the division."""

from __future__ import annotations

import json
from typing import Any

from typer.testing import CliRunner

from gguplan.commands.cli import app


def explained(name: str, years: str, *words: str) -> str:
    outcome = CliRunner().invoke(app, ["explain", name, "--years", years, "--lang", "en", *words])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def texts(step: dict[str, Any]) -> list[str]:
    return [step["text"], *(text for behind in step["behind"] for text in texts(behind))]


def test_a_projected_bill_opens_up_to_the_last_count_and_the_division() -> None:
    """The last count is 134,147 of 18,130,208 on 1 January 2026; 134,966 ÷ 18,243,054 is 0.73982 %."""
    shown = explained("Zwolle", "2028")
    for line in (
        "134,966 inhabitants of 18,243,054 on 1 January 2027 (projected)",
        "all inhabitants: 18,130,208 on 1 January 2026 × 1.006224 a year up to 2027 = 18,243,054",
        "share of them: 134,147 is 0.739909 % on 1 January 2026; projected 0.73982 % × 18,243,054 = 134,966",
        "€52,300,000.00 × 134,966 ÷ 18,243,054 = €386,926.542014…",
        "reference date: aangenomen: 1 januari van het jaar ervoor",
        "In the interval: the inhabitants that are projected; each draw is divided as the fund is.",
    ):
        assert line in shown


def test_the_budget_of_a_year_ahead_is_the_stated_one_times_each_indexation() -> None:
    """52,300,000 × 1.022452 × 1.022452 × 1.034 = 56,533,787.90; the two are the middle of 1.0 to 3.5 %."""
    shown = explained("Zwolle", "2023", "--scenario", "fonds-ggu-2020-2024")
    line = "budget of 2020: €52,300,000.00 × 1.022452 (2021) × 1.022452 (2022) × 1.034 (2023) = €56,533,787.90"
    assert line in shown
    assert "In the interval: an indexation that is not known yet" in shown


def test_the_sum_of_a_year_is_its_bill_in_every_year_and_for_those_it_came_from() -> None:
    words = ["Vijfheerenlanden", "--years", "2018-2028", "--json"]
    answers = [json.loads(CliRunner().invoke(app, [command, *words]).stdout) for command in ("explain", "estimate")]
    sums, bills = (answer["years"] for answer in answers)
    assert [f"{step['cents'] / 100:.2f}" for step in sums] == [row["to_pay"] for row in bills]
    assert any("Leerdam (GM0545)" in text for text in texts(sums[0]))
    assert not any("Leerdam" in text for text in texts(sums[-1]))


def test_a_rate_in_another_year_is_opened_as_well() -> None:
    assert "budget: €3.45 × 18,243,054 inhabitants" in explained("Zwolle", "2028", "--year", "2027", "--rate", "3.45")
