"""Outside one programme by several settlements, each on its own days; and programmes that lapse with opt-outs."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.model.explanation.tree import explain
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.wording.steps.step import line_in_words
from tests.workbooks import cells, written

HEAD = """
title = "Gemengd"
year = 2017
reference_date = 2017-01-01
source = "invented for a test"
[programmes.p]
title = "P"
gross = "{gross}"
vat = "none"
"""

UNTIL_JULY_REDISTRIBUTED = """
[opt_outs.a]
programmes = ["p"]
municipalities = ["Utrecht"]
settlement = "redistribute"
joins = 2017-07-01
[opt_outs.b]
programmes = ["p"]
municipalities = ["Utrecht"]
leaves = 2017-07-01
settlement = """

PART = 1_022_557
"""Cents: € 1.000.000,00 × 343.038 inhabitants × 184 days ÷ (all 17.081.507 × 365 − 343.038 × 181) = € 10.225,57377."""


def result_of(tmp_path: Path, tables: str, gross: str = "1000000.00") -> RunResult:
    file = tmp_path / "s.toml"
    file.write_text(HEAD.replace("{gross}", gross) + tables, encoding="utf-8")
    return gguplan.run(file)


def utrecht(result: RunResult) -> tuple[int, int]:
    """What Utrecht is billed and gets back, in cents."""
    (programme,) = result.by_programme
    position = result.population.index["GM0344"]
    return int(programme.participation.contributions[position]), int(programme.participation.refunds[position])


def conserved(programme: ProgrammeResult) -> bool:
    """Contributions − refunds + drawn from the balance − handed over = what the programme can spend."""
    participation = programme.participation
    money = programme.contributed - programme.refunded + participation.drawn - participation.handed_over
    return money == participation.available


@pytest.mark.parametrize(
    ("settlement", "billed", "back", "drawn"),
    [("shrink", 0, 0, 0), ("absorb", 0, 0, PART), ("refund", PART, PART, 0)],
)
def test_outside_until_july_by_redistribution_and_after_it_by_another_settlement_pays_nothing(
    settlement: str, billed: int, back: int, drawn: int, tmp_path: Path
) -> None:
    result = result_of(tmp_path, f'{UNTIL_JULY_REDISTRIBUTED}"{settlement}"\n')
    (programme,) = result.by_programme
    assert utrecht(result) == (billed, back)
    assert programme.participation.drawn == drawn
    assert programme.participation.available == (100_000_000 if settlement == "absorb" else 100_000_000 - PART)
    assert conserved(programme)


def test_a_refund_of_a_rate_after_redistribution_is_of_its_own_days(tmp_path: Path) -> None:
    # 343,038 × 0.25 × 184 ÷ 365 = 43,232.186…
    result = result_of(tmp_path, f'{UNTIL_JULY_REDISTRIBUTED}"refund"\nrate = "0.25"\n')
    assert utrecht(result) == (PART, 4_323_219)


def test_the_sum_behind_a_bill_of_several_settlements_is_the_one_that_is_made(tmp_path: Path) -> None:
    """Four quarters, nearly: weighed for 275 days, of which 91, 92 and 92 are taken off; the rounding goes along."""
    periods = {
        "redistribute": ("", "2017-04-01"),
        "shrink": ("2017-04-01", "2017-07-01"),
        "absorb": ("2017-07-01", "2017-10-01"),
        "refund": ("2017-10-01", ""),
    }
    tables = ""
    for settlement, (leaves, joins) in periods.items():
        tables += f'[opt_outs.{settlement}]\nprogrammes = ["p"]\nmunicipalities = ["Utrecht"]\n'
        tables += (
            f'settlement = "{settlement}"\n'
            + f"leaves = {leaves}\n" * bool(leaves)
            + f"joins = {joins}\n" * bool(joins)
        )
    result = result_of(tmp_path, tables)
    (head, programme) = explain(result, "GM0344").behind
    lines = [line_in_words(step.line) for step in programme.behind]
    assert line_in_words(head.line).startswith("343,038 inhabitants")
    assert lines[1] == "is weighed for 275 of 365 days: 343,038 × 55 pieces of 5 days = 18,867,090"
    assert lines[-5:] == [
        "part: €15,205.89",
        "outside this programme on 90 of 365 days",
        "outside this programme: €15,205.89 × 91 ÷ 275 = €5,031.77 is not invoiced",
        "outside this programme: €15,205.89 × 183 ÷ 275 − €5,031.77 = €5,087.06 is not invoiced",
        "outside this programme: gets back €15,205.89 − €10,118.83 = €5,087.06",
    ]
    assert programme.cents == sum(step.cents or 0 for step in programme.behind[-5:]) == 0


def test_a_fixed_amount_for_part_of_a_year_is_opened_up(tmp_path: Path) -> None:
    tables = (
        'allocation = { key = "fixed_plus_inhabitants", fixed = "1000.00" }\n' + UNTIL_JULY_REDISTRIBUTED + '"shrink"\n'
    )
    result = result_of(tmp_path, tables)
    whole, part = (line_in_words(explain(result, code).behind[1].behind[1].line) for code in ("GM0193", "GM0344"))
    assert whole == "fixed amount: €1,000.00 for a whole year; €612,495.89 is left to divide"
    assert part == "fixed amount: €1,000.00 × 184 ÷ 365 = €504.11; €612,495.89 is left to divide"


@pytest.mark.parametrize("otherwise", ["not_levied", "to_balance"])
def test_a_programme_that_lapses_is_not_refused_for_what_everybody_would_pay(otherwise: str, tmp_path: Path) -> None:
    """1,000.00 for each of 388 is more than 300,000.00; for the 118 larger ones it is not."""
    tables = f"""
    allocation = {{ key = "fixed_plus_inhabitants", fixed = "1000.00" }}
    [groups.klein]
    up_to = 40000
    [opt_outs.p]
    municipalities = ["klein"]
    settlement = "redistribute"
    [thresholds.p]
    municipalities = "all"
    otherwise = "{otherwise}"
    """
    (programme,) = result_of(tmp_path, tables, "300000.00").by_programme
    assert programme.participation.lapsed == otherwise
    assert programme.contributed == (0 if otherwise == "not_levied" else 30_000_000)
    assert programme.participation.drawn == -programme.contributed
    assert programme.participation.available == 0
    assert conserved(programme)


def test_a_programme_that_is_not_levied_needs_no_division_at_all(tmp_path: Path) -> None:
    """1,000.00 for each of 388 is more than 300,000.00, and nobody is invoiced: every report says so."""
    tables = """
    allocation = { key = "fixed_plus_inhabitants", fixed = "1000.00" }
    [thresholds.p]
    municipalities = 389
    otherwise = "not_levied"
    """
    result = result_of(tmp_path, tables, "300000.00")
    (programme,) = result.by_programme
    assert not programme.participation.allocation.is_divided
    assert (programme.contributed, programme.participation.available) == (0, 0)
    steps = explain(result, "GM0344").behind[1].behind
    assert [line_in_words(step.line) for step in steps] == [
        "budget: €300,000.00",
        "not divided: nobody is invoiced",
        "388 municipalities (at least 389 needed) take part all year. The programme lapses: nobody is invoiced. "
        "→ €0.00",
    ]
    shown = cells(written(result, "GM0344"))
    assert "not divided: nobody is invoiced" in shown.values()
    assert not [value for value in shown.values() if str(value).startswith("#")]
    runner = CliRunner()
    page = runner.invoke(app, ["page", str(tmp_path / "s.toml"), "--lang", "en", "--out", str(tmp_path / "p.html")])
    assert page.exit_code == 0, page.output
    assert "not divided: nobody is invoiced" in (tmp_path / "p.html").read_text(encoding="utf-8")
