"""Amounts in whole euros: each rounded for itself, a line for what that leaves, and who bears it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.fund.adjustments import Rounding
from gguplan.fund.problems import CannotBeMade, RoundingTooCoarse
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.adjustments.rounding import rounded
from gguplan.model.allocation import budget_of
from gguplan.model.money_bridge import money_bridge
from gguplan.model.participation.of_a_programme import participation_of
from gguplan.model.result import run
from gguplan.runs.years_ahead import years_ahead_of
from tests.papers import paper
from tests.worlds import opt_out, population, programme

DIENST: Final = """
title          = "Dienst"
year           = 2020
reference_date = 2019-01-01
source         = "een proef"

[programmes.dienst]
title      = "Dienst"
gross      = "15612822.00"
vat        = "none"
round_to   = "1"
underspend = "general"

[[programmes.dienst.income]]
payer  = "Derden"
amount = "108153.00"
source = "Dienst Dommelvallei, meerjarenbegroting 2020-2023: 17.000 + 91.153"

[[programmes.dienst.reserve]]
what   = "Reserve P&O"
amount = "42296.00"
until  = 2020
source = "Dienst Dommelvallei, meerjarenbegroting 2020-2023"

[horizon]
last    = 2022
opening = "100000.00"
"""
"""The totals of Dienst Dommelvallei in 2020, divided over all municipalities as an example."""


def written(folder: Path, text: str) -> str:
    file = folder / "dienst.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_three_thirds_of_a_hundred_euro_are_three_times_33_and_the_fund_pays_the_last() -> None:
    """10.000 cents over three alike: 33,34, 33,33 and 33,33 become 33,00; the printed line is 1,00."""
    world = population(Aa=1, Bee=1, Cee=1)
    made = programme(gross="100.00", round_to="1")
    paid = participation_of(made, budget_of(made, world), world, (), 365)
    assert paid.contributions.tolist() == [3_300, 3_300, 3_300]
    assert [adjusted.from_balance for adjusted in paid.adjusted] == [100]
    assert paid.drawn == 100 and paid.available == 10_000


def test_the_largest_payer_bears_it_instead_and_of_two_the_lowest_code() -> None:
    world = population(Aa=1, Bee=2, Cee=2)
    made = programme(gross="100.00", round_to="10", rounding="largest_payer")
    paid = participation_of(made, budget_of(made, world), world, (), 365)
    assert paid.contributions.tolist() == [2_000, 4_000, 4_000]
    made = programme(gross="104.00", round_to="10", rounding="largest_payer")
    paid = participation_of(made, budget_of(made, world), world, (), 365)
    # 20,80, 41,60 and 41,60 become 20, 40 and 40; the 4 that is left is for Bee.
    assert paid.contributions.tolist() == [2_000, 4_400, 4_000]
    assert paid.drawn == 0


def test_half_goes_up_and_what_is_paid_after_a_refund_is_rounded() -> None:
    """Bee pays 50,00 and gets 0,25 back for each of its two inhabitants: 49,50 becomes 50,00."""
    world = population(Aa=2, Bee=2)
    made = programme(gross="100.00", round_to="1")
    gone = opt_out(world, "Bee", "refund", "0.25")
    paid = participation_of(made, budget_of(made, world), world, [gone], 365)
    assert (paid.contributions - paid.refunds).tolist() == [5_000, 5_000]
    assert paid.drawn == -50 and paid.available == 9_950


def test_who_is_outside_all_year_still_pays_nothing() -> None:
    world = population(Aa=100, Bee=51, Cee=7)
    made = programme(gross="999.99", round_to="1")
    for settlement in ("shrink", "redistribute", "absorb", "refund"):
        gone = opt_out(world, "Bee", settlement)
        paid = participation_of(made, budget_of(made, world), world, [gone], 365)
        assert (paid.contributions - paid.refunds)[1] == 0


@given(
    amounts=st.lists(st.integers(0, 10**12), min_size=1, max_size=30),
    unit=st.integers(2, 10**6),
    bearer=st.sampled_from(["fund", "largest_payer"]),
)
def test_rounding_conserves_every_cent(amounts: list[int], unit: int, bearer: Any) -> None:
    """All together with the balance pay what they did; nobody is more than half a unit off but who bears the rest; who
    pays more is never rounded to less."""
    before = np.array(amounts, dtype=np.int64)
    codes = np.arange(len(amounts), dtype=np.int64)
    try:
        made = rounded(Rounding(unit, bearer), before, codes)
    except CannotBeMade as error:
        assert isinstance(error.problem, RoundingTooCoarse)
        return
    assert int(made.after.sum()) + made.from_balance == sum(amounts)
    off = np.abs(made.change) * 2 > unit
    if bearer == "fund":
        assert not off.any() and (made.after % unit == 0).all()
        assert (np.diff(made.after[np.argsort(before, kind="stable")]) >= 0).all()
    else:
        assert made.from_balance == 0
        assert set(np.flatnonzero(off | (made.after % unit != 0)).tolist()) <= {int(before.argmax())}


def test_a_run_prints_the_line_and_says_what_the_balance_pays(tmp_path: Path) -> None:
    file = written(tmp_path, DIENST)
    answer: dict[str, Any] = json.loads(CliRunner().invoke(app, ["run", file, "--json"]).stdout)
    (line,) = answer["programmes"]
    paid = sum(round(100 * float(row["to_pay"])) for row in answer["municipalities"])
    assert all(row["to_pay"].endswith(".00") for row in answer["municipalities"])
    assert line["reserve"] == "42296.00"
    assert 1_546_237_300 - paid == round(100 * float(line["adjusted"]))
    assert float(line["drawn"]) == pytest.approx(42_296 + float(line["adjusted"]))
    assert line["available"] == "15612822.00"
    assert len(answer["adjustments"]) == len(answer["municipalities"])
    dutch = CliRunner().invoke(app, ["run", file, "--lang", "nl"]).stdout
    assert "Dienst: Bedragen zijn afgerond op € 1,00; afronding, voor het saldo van het fonds: -€" in dutch
    assert "Reserve P&O: het saldo van het fonds betaalt er € 42.296,00 van." in dutch


def test_the_table_of_adjustments_has_each_amount_before_and_after(tmp_path: Path) -> None:
    file, out = written(tmp_path, DIENST), tmp_path / "out"
    assert CliRunner().invoke(app, ["run", file, "--out", str(out)]).exit_code == 0
    with (out / "adjustments.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert {row["adjustment"] for row in rows} == {"round_to"}
    assert all(
        float(row["before_euros"]) + float(row["change_euros"]) == pytest.approx(float(row["after_euros"]))
        for row in rows
    )


def test_the_sum_behind_a_bill_opens_up_to_the_line(tmp_path: Path) -> None:
    text = CliRunner().invoke(app, ["explain", "Amsterdam", "-s", written(tmp_path, DIENST)]).stdout
    assert "€15,612,822.00 − €108,153.00 from others − €42,296.00 from the balance of the fund = €15,462,373.00" in text
    assert "rounded to €1.00: €772,0" in text
    assert "is for the balance of the fund" in text
    by_the_largest = DIENST.replace('round_to   = "1"', 'round_to   = "1"\nrounding   = "largest_payer"')
    text = CliRunner().invoke(app, ["explain", "Amsterdam", "-s", written(tmp_path, by_the_largest)]).stdout
    assert "that rounding leaves" in text and "is for Amsterdam, which pays most" in text


def test_the_bridge_of_a_proposal_closes(tmp_path: Path) -> None:
    bridge = money_bridge(run(read_scenario(written(tmp_path, DIENST)).fund_year))
    assert bridge.budget - bridge.income - bridge.reserve - bridge.adjusted == bridge.contributions
    assert bridge.contributions + bridge.income + bridge.drawn == bridge.available
    assert bridge.not_invoiced == bridge.not_invoiced_balance_pays == 0
    amounts = {row[0]: row[1] for row in paper(tmp_path, written(tmp_path, DIENST), "--lang", "en").table("fund")}
    assert amounts["Paid by the balance of the fund, by the budget"] == "-€42,296.00"
    assert "Paid by the balance for rounding and other adjustments" in amounts


def test_in_the_years_ahead_a_reserve_ends_and_each_year_is_rounded_anew(tmp_path: Path) -> None:
    """The balance pays 42.296 and what rounding leaves in 2020, and only what rounding leaves after that."""
    horizon = years_ahead_of(read_scenario(written(tmp_path, DIENST)), realised_years(load_ledger()), 200, 1)
    results = [year.result for year in horizon.by_year]
    for result, reserve in zip(results, [4_229_600, 0, 0], strict=True):
        assert result is not None
        (billed,) = result.by_programme
        assert billed.reserve == reserve
        assert (result.to_pay % 100 == 0).all()
        assert billed.participation.drawn == billed.reserve + billed.adjusted
    fund = horizon.fund.expected
    assert (fund.worked_out() == fund.closing).all()
