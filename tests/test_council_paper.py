"""The paper for a council: what its municipality pays, why that changes, and a sum that can be redone; in two pages."""

from __future__ import annotations

import io
import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

import gguplan as api
from gguplan.model.bill import bill_of
from gguplan.model.bill_change import BillChange
from gguplan.reports.proposal.word.office import office
from tests.papers import Paper, gguplan, jargon_in, paper

LEAVING = "grote-steden-verlaten-de-hulplijn"


def council_paper(folder: Path, scenario: str, municipality: str, *words: str) -> Paper:
    return paper(folder, scenario, "--for", "zienswijze", "-m", municipality, *words)


def cents(text: str) -> int:
    """The amount in a cell as cents."""
    whole = re.sub(r"[^0-9-]", "", text.replace("\N{MINUS SIGN}", "-"))
    return int(whole)


# --- why a bill changes ------------------------------------------------------------------------------


def test_a_change_is_that_of_the_rate_and_that_of_the_inhabitants() -> None:
    # By hand: € 1,00 for 10 inhabitants becomes € 1,80 for 12, which is 15 cents each: 10 × 5 cents, and 2 × 15 cents.
    change = BillChange(100, 180, 10, 12)
    assert (change.by_rate, change.by_inhabitants, change.change) == (50, 30, 80)


@given(
    before=st.integers(-(10**11), 10**11),
    after=st.integers(-(10**11), 10**11),
    was=st.integers(1, 10**6),
    now=st.integers(1, 10**6),
)
def test_the_reasons_of_a_change_are_together_the_change(before: int, after: int, was: int, now: int) -> None:
    change = BillChange(before, after, was, now)
    assert change.by_rate + change.by_inhabitants == after - before
    assert abs(change.by_rate - (Fraction(after, now) * was - before)) <= Fraction(1, 2)


def test_where_the_inhabitants_stay_all_of_it_is_the_rate() -> None:
    assert BillChange(100, 180, 10, 10).by_inhabitants == 0


# --- the paper ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("municipality", ["Zwolle", "Amsterdam", "Schiermonnikoog"])
def test_the_amounts_are_those_of_the_bill_and_add_up(tmp_path: Path, municipality: str) -> None:
    written = council_paper(tmp_path, LEAVING, municipality, "--lang", "en")
    result, base = api.run(LEAVING), api.run("uitnamen-2017")
    gm_code = next(row.gm_code for row in result.population.municipalities if row.name == municipality)
    *rows, total = ([cents(cell) for cell in row[1:]] for row in written.table("bill"))
    assert [sum(column) for column in zip(*rows, strict=True)] == total
    assert total[1:3] == [bill_of(base, gm_code).to_pay, bill_of(result, gm_code).to_pay]
    assert total[3] == total[2] - total[1]
    assert total[0] == 7_508_417_000
    assert len(rows) == 16, "the smallest of 21 programmes stand in one row"


def test_the_sum_in_the_paper_gives_the_amount_in_its_table(tmp_path: Path) -> None:
    """Whoever has the paper alone comes to the same amounts, but for the cent of a remainder."""
    written = council_paper(tmp_path, LEAVING, "Zwolle", "--lang", "en")
    rule = re.search(r"× ([0-9,]+) ÷ ([0-9,]+) is the part of Zwolle", written.under("The sum"))
    assert rule is not None
    inhabitants, of_all = (int(count.replace(",", "")) for count in rule.groups())
    for row in written.table("bill")[:-2]:
        if not row[0].startswith("24 uur"):
            assert abs(Fraction(cents(row[1]) * inhabitants, of_all) - cents(row[3])) < 1, row
    assert "24 uur telefonisch" in written.under("The sum"), "four are outside, so its sum stands apart"


def test_a_paper_with_years_ahead_has_the_bills_of_estimate(tmp_path: Path) -> None:
    written = council_paper(tmp_path, "fonds-ggu-2020-2024", "Zwolle", "--lang", "en")
    outcome = gguplan("estimate", "Zwolle", "-s", "fonds-ggu-2020-2024", "--years", "2020-2024", "--json")
    years: list[dict[str, Any]] = json.loads(outcome.stdout)["years"]
    assert [line[0] for line in written.table("years")] == [str(year["year"]) for year in years]
    row = written.table("years")[0]
    assert cents(row[2]) == round(100 * float(years[0]["to_pay"]))


def test_every_place_for_the_writer_is_named_and_no_jargon_is_in_it(tmp_path: Path) -> None:
    written = council_paper(tmp_path, LEAVING, "Zwolle")
    assert jargon_in(written) == []
    assert len(written.shown["to_fill_in"]) == 6
    assert written.shown["title"].startswith("Zienswijze op ")
    dated = council_paper(tmp_path, LEAVING, "Zwolle", "--date", "2026-04-14")
    assert "De raad besluit op 14 april 2026." in dated.text
    assert len(dated.shown["to_fill_in"]) == 5


def test_what_the_municipality_itself_leaves_is_said_and_a_fixed_amount_has_no_reason_of_inhabitants(
    tmp_path: Path,
) -> None:
    leaving = council_paper(tmp_path, LEAVING, "Utrecht").under("Wat verandert, en waarom")
    assert "Utrecht doet niet mee aan " in leaving and "anderen betalen het" in leaving
    fixed = council_paper(tmp_path, "dommelvallei-wijziging-2026", "Nuenen, Gerwen en Nederwetten")
    assert "inwoners in plaats van" not in fixed.under("Wat verandert, en waarom")
    assert "volgt niet uit het aantal inwoners" in fixed.under("Wat verandert, en waarom")


def test_without_a_baseline_nothing_is_compared(tmp_path: Path) -> None:
    written = council_paper(tmp_path, "uitnamen-2017", "Zwolle", "--lang", "en")
    assert "There is no earlier year or other proposal to compare with." in written.text
    assert {len(row) for row in written.table("bill")} == {3}


@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
@pytest.mark.usefixtures("pdfs_by_the_open_office")
def test_it_is_two_pages_and_verify_makes_it_again(tmp_path: Path) -> None:
    for scenario in ("fonds-ggu-2020-2024", LEAVING):
        file = tmp_path / f"{scenario}.pdf"
        words = ["--for", "zienswijze", "-m", "'s-Hertogenbosch", "-o", str(file)]
        assert gguplan("proposal", scenario, *words).exit_code == 0
        assert len(PdfReader(io.BytesIO(file.read_bytes())).pages) <= 2
    outcome = gguplan("verify", str(file), "--json")
    assert outcome.exit_code == 0, outcome.output


def test_a_council_needs_a_municipality_and_an_assembly_has_none() -> None:
    alone = gguplan("proposal", LEAVING, "--for", "zienswijze", "--json", "--lang", "en")
    assert alone.exit_code == 2 and "The opinion of which council?" in alone.stdout + alone.stderr
    for_all = gguplan("proposal", LEAVING, "-m", "Zwolle", "--json", "--lang", "en")
    assert for_all.exit_code == 2 and "is about all municipalities" in for_all.stdout + for_all.stderr


def test_a_paper_is_for_one_council(tmp_path: Path) -> None:
    words = ["proposal", LEAVING, "--for", "zienswijze", "-m", "Utrecht", "-m", "Zwolle", "-o", str(tmp_path / "a.md")]
    outcome = gguplan(*words, "--lang", "en")
    assert outcome.exit_code == 2
    assert "A paper is for the council of one municipality, and 2 are named." in outcome.stderr
    assert not list(tmp_path.iterdir())


REGION = """
title = "Region"
year = 2017
source = "invented"
reference_date = 2017-01-01
members = ["Zwolle", "Kampen", "Staphorst"]
[programmes.rounded]
title = "Rounded"
vat = "none"
gross = "1000.00"
round_to = "10"
[programmes.agreed]
title = "Agreed"
vat = "none"
gross = "600.00"
allocation = { key = "amounts", amounts = { Zwolle = "300.00", Kampen = "200.00", Staphorst = "100.00" } }
[programmes.offer]
title = "Offer"
vat = "none"
allocation = { key = "tariff", rate = "0.92" }
[programmes.capped]
title = "Capped"
vat = "none"
gross = "3000.00"
[programmes.capped.old_division]
source = "invented"
allocation = { key = "shares", shares = { Zwolle = "1/3", Kampen = "1/3", Staphorst = "1/3" } }
[programmes.capped.cap]
source = "invented"
rise_percent = "10"
paid_by = "others"
"""


def test_a_sum_ends_in_what_is_paid_and_nothing_is_divided_that_is_agreed(tmp_path: Path) -> None:
    (tmp_path / "region.toml").write_text(REGION, encoding="utf-8")
    written = council_paper(tmp_path, str(tmp_path / "region.toml"), "Staphorst", "--lang", "en")
    sums = dict(line.split(": ", 1) for line in written.under("The sum").splitlines() if ": " in line)
    paid = {row[0]: row[2] for row in written.table("bill")[:-1]}
    assert list(sums) == list(paid), "each is a sum of its own: none is by inhabitants and nothing more"
    for title, amount in paid.items():
        assert sums[title].rstrip(".").endswith(amount), title
    assert "÷" not in sums["Agreed"] + sums["Offer"]
    # What those whom the cap holds pay is taken off; what is left falls to the others.
    total, held, rest = map(cents, re.findall(r"€[0-9.,]+", sums["Capped"].split("what is left: ")[1])[:3])
    assert (total, total - held) == (300_000, rest)


def test_a_cascade_is_a_sentence_behind_the_sum(tmp_path: Path) -> None:
    written = council_paper(tmp_path, "gezamenlijk-aanbod-2018", "Utrecht", "--lang", "en")
    (line,) = (line for line in written.under("The sum").splitlines() if "tariff:" in line)
    assert ".." not in line
    assert "; part: €315,594.96. This is what is paid as long as everybody takes part" in line
    assert "Each amount to divide" not in written.under("The sum"), "a tariff is a rate times own inhabitants"
