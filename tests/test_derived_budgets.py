"""Budgets with VAT that are printed without it: the roundest amount that gives the print, and what is said of it."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gguplan
from gguplan.findings import InputError
from gguplan.fund.derived_budget import Derivation, derivation
from gguplan.fund.steps.published import DerivedFrom
from gguplan.fund.steps.step import Step
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.shipped import shipped_folder

LEDGER: Final = load_ledger()

ROUND_BUDGETS_OF_2017: Final = {
    "ibd": (1_652_893, 2_000_000, 1_000_000),
    "dkd": (504_959, 611_000, 1_000),
    "gmsd": (486_504, 588_670, 10),
    "isd-beheer": (9_173_554, 11_100_000, 100_000),
    "brp": (826_446, 1_000_000, 1_000_000),
    "burgerzakenmodules": (289_256, 350_000, 10_000),
    "nup": (785_124, 950_000, 10_000),
    "14-netnummer": (1_312_397, 1_588_000, 1_000),
    "digitale-agenda": (15_173_554, 18_360_000, 10_000),
    "samen-organiseren": (1_652_893, 2_000_000, 1_000_000),
    "privacy-ensia": (1_570_248, 1_900_000, 100_000),
    "omgevingswet": (1_611_570, 1_950_000, 10_000),
}
"""verantwoording-2017, chapter 4: the print in euros without VAT; the budget with VAT, and what it is a multiple of."""


@pytest.mark.parametrize("programme", ROUND_BUDGETS_OF_2017)
def test_a_budget_of_2017_is_the_roundest_amount_that_gives_its_print(programme: str) -> None:
    print_, gross, multiple = ROUND_BUDGETS_OF_2017[programme]
    assert LEDGER.amount(programme, 2017, "net") == 100 * print_
    assert LEDGER.derivation(programme, 2017) == Derivation(100 * gross, 100 * multiple, ())
    assert LEDGER.amount(programme, 2017, "gross") == 100 * gross
    assert int(Fraction(gross * 100, 121) + Fraction(1, 2)) == print_


def test_two_of_the_twelve_are_printed_as_well() -> None:
    """€ 350.000 in verantwoording-2017 section 1.5, € 1.950.000 in verantwoording-2016 section 3.2: nothing to
    derive."""
    derived = {row.programme for row in LEDGER.derived if row.year == 2017}
    assert set(ROUND_BUDGETS_OF_2017) - derived == {"burgerzakenmodules", "omgevingswet"}


def test_four_are_printed_for_2016() -> None:
    """verantwoording-2016, summary of chapter 1: 2.000, 611, 1.000 and 1.588 thousand."""
    printed = {
        row.programme: reading.printed
        for row in LEDGER.derived
        if (reading := LEDGER.same_budget_printed(row)) is not None
    }
    assert printed == {"ibd": "2.000", "dkd": "611", "brp": "1.000", "14-netnummer": "1.588"}


def test_two_amounts_give_the_print_of_the_digitale_agenda_of_2016() -> None:
    """5.917 thousand: 7.159.000 ÷ 1,21 = 5.916.528,9 and 7.160.000 ÷ 1,21 = 5.917.355,4. The rounder one is used, and
    the other is named."""
    assert LEDGER.derivation("digitale-agenda", 2016) == Derivation(716_000_000, 1_000_000, (715_900_000,))
    assert LEDGER.amount("digitale-agenda", 2016, "net") == 591_700_000


def test_the_budget_of_isd_beheer_of_2016_without_vat_is_the_print_with_all_its_digits() -> None:
    """verantwoording-2016, 1.4: € 9.338.843 = 11.300.000 ÷ 1,21; the summary cuts it off to 9.338."""
    assert LEDGER.amount("isd-beheer", 2016, "gross") == 1_130_000_000
    assert LEDGER.amount("isd-beheer", 2016, "net") == 933_884_300
    assert round(Fraction(11_300_000 * 100, 121)) == 9_338_843


@given(st.integers(1, 10**12), st.sampled_from([50, 50_000]))
def test_a_derived_budget_gives_its_print_and_nothing_rounder_does(net: int, rounding: int) -> None:
    how = derivation(net, rounding, 21)
    if how is None:
        return
    without_vat = Fraction(how.gross * 100, 121)
    assert net - rounding <= without_vat < net + rounding
    assert how.gross % how.multiple == 0
    rounder = 10 * how.multiple
    nearest = (how.gross + rounder // 2) // rounder * rounder
    assert not any(
        net - rounding <= Fraction(amount * 100, 121) < net + rounding
        for amount in (nearest - rounder, nearest, nearest + rounder)
    )


def test_two_amounts_that_are_equally_round_give_none() -> None:
    """€ 5 thousand is € 5.445 up to 6.655 with VAT: 6.000 alone. € 15, give or take 1, is € 16,94 up to 19,36: 17, 18
    and 19 are equally round."""
    assert derivation(500_000, 50_000, 21) == Derivation(600_000, 100_000, ())
    assert derivation(1_500, 100, 21) is None


def test_the_sum_behind_a_bill_says_that_its_budget_is_derived() -> None:
    (line,) = (
        step.line
        for step in steps_of(gguplan.explain("Utrecht", "uitnamen-2017", "ibd"))
        if isinstance(step.line, DerivedFrom)
    )
    assert (line.gross, line.net, line.rounded_to, line.multiple) == (200_000_000, 165_289_300, 100, 100_000_000)
    assert line.elsewhere == "verantwoording-2016, Financiële samenvatting hoofdstuk 1: 2.000"


def steps_of(step: Step) -> list[Step]:
    return [step, *(further for behind in step.behind for further in steps_of(behind))]


def test_the_fund_of_2017_comes_to_a_round_total() -> None:
    assert gguplan.run("uitnamen-2017").totals["gross_cents"] == 7_508_417_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped ledger, in a folder ``ledger_data`` of the working folder."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(shipped_folder("ledger_data"), tmp_path / "ledger_data"))


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("ibd,2017,2000000", "stand here a second time"),
        ("burgerzakenmodules,2017,350000", "is printed, so it need not be derived"),
        ("woz,2017,1210000", "No single amount follows"),
        ("lkha,2017,250000", "No single amount follows"),
    ],
)
def test_a_derived_budget_without_ground_is_found(folder: Path, row: str, what: str) -> None:
    file = folder / "derived.csv"
    file.write_text(f"{file.read_text(encoding='utf-8')}{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match=what) as error:
        load_ledger(folder)
    (finding,) = error.value.findings
    assert (finding.place.file, finding.place.line) == ("ledger_data/derived.csv", 13)


def test_another_amount_than_the_roundest_is_found(folder: Path) -> None:
    file = folder / "derived.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("7160000", "7159000"), encoding="utf-8")
    with pytest.raises(InputError, match="The roundest amount that gives the print without VAT is 7160000"):
        load_ledger(folder)
