"""What a published realised amount includes besides the programme itself, and every sum that follows it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

from gguplan.findings import InputError
from gguplan.fund.inclusions import (
    included_refund,
    inclusions,
    realised_in_account,
    realised_of_own_budget,
    realised_on_programme,
)
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.ledger.relations_reading import load_relations
from gguplan.inputs.population.municipalities import look_up
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.years_ahead.account import Flows
from gguplan.model.years_ahead.remarks import PaidAhead, Provisional
from gguplan.reports.terminal.horizon_remarks import remark_in_words, remedy_in_words
from gguplan.runs.years_ahead import years_ahead_of
from gguplan.shipped import shipped_folder

LEDGER: Final = load_ledger()
HELPLINE: Final = "luisterend-oor"


INCLUDED: Final = {
    ("gmsd", 2016, "remainder", "Onderuitnutting 2015 is in 2016 ingezet."),
    ("akj", 2016, "prepayment", "Doorschuiven naar 2017 als vooruitontvangen subsidie"),
    (HELPLINE, 2016, "refund", "€ 722.000"),
    ("opvoeden-nl", 2016, "prepayment", "hield in 2015 € 13.304 over"),
    ("brp", 2017, "remainder", "uit het restant van de middelen"),
    ("isd-programma", 2017, "remainder", "Vanuit de eerdere uitnames"),
    ("isd-programma", 2017, "remainder", "gemeentefondsbudget voor het programma i-Sociaal Domein"),
    (HELPLINE, 2017, "refund", "25 eurocent per inwoner"),
}
"""Read in both reports: what a realised amount includes, and words of the sentence that says so."""


def test_what_realised_amounts_include_is_this() -> None:
    marked = [reading for reading in LEDGER.readings if reading.includes]
    assert len(marked) == len(INCLUDED)
    for programme, year, word, words in INCLUDED:
        assert any(
            (reading.programme, reading.year, reading.includes) == (programme, year, word)
            and words in reading.includes_sentence
            for reading in marked
        ), (programme, year, word)


def test_what_is_paid_ahead_is_for_the_next_year() -> None:
    """verantwoording-2016, 2.1 (in thousands): AKJ was paid 7.500 and had 937 of 2015; it spent 2.513 + 4.658 + 209 +
    550 = 7.930, and took 506 to 2017, one less than the sum. So 6.994 of the budget of 2016, and 7.931 in all."""
    (part,) = inclusions(LEDGER, "akj", 2016)
    assert (part.cents, part.besides) == (50_600_000, 93_700_000)
    assert realised_of_own_budget(LEDGER, "akj", 2016) == 699_400_000
    assert realised_in_account(LEDGER, "akj", 2016, opened=False) == 699_400_000
    assert realised_in_account(LEDGER, "akj", 2016, opened=True) == 793_100_000
    costs = sum(
        reading.amount or 0
        for reading in LEDGER.of("akj", 2016, "realised")
        if reading.detail not in ("", "Vergoeding 2016")
    )
    assert (costs, 793_100_000 - costs) == (793_000_000, 100_000)


def test_nothing_is_left_of_the_last_year_of_a_contract() -> None:
    """verantwoording-2016, 2.9: € 700.000 and € 13.304 of 2015; the contract ended, and 134 too much is its own."""
    (part,) = inclusions(LEDGER, "opvoeden-nl", 2016)
    assert (part.cents, part.besides) == (0, 1_330_400)
    assert realised_of_own_budget(LEDGER, "opvoeden-nl", 2016) == 70_000_000
    assert realised_in_account(LEDGER, "opvoeden-nl", 2016, opened=True) == 71_330_400


def test_what_is_paid_from_an_earlier_remainder_is_not_of_the_budget_of_the_year() -> None:
    """verantwoording-2017, 1.5: 1.286.450 − 1.116.001. Its account pays all of it."""
    assert realised_of_own_budget(LEDGER, "brp", 2017) == 17_044_900
    assert realised_in_account(LEDGER, "brp", 2017, opened=True) == 128_645_000
    (row,) = (row for row in realised_years(LEDGER) if (row.programme, row.year) == ("brp", 2017))
    assert (row.net, row.realised, row.no_evidence) == (82_644_600, 17_044_900, None)


def test_a_part_that_is_not_printed_makes_the_rest_unknown() -> None:
    """verantwoording-2016, 1.3: 178 of 107 thousand, with the underspend of 2015, which is not printed."""
    (part,) = inclusions(LEDGER, "gmsd", 2016)
    assert part.cents is None
    assert realised_of_own_budget(LEDGER, "gmsd", 2016) is None
    (row,) = (row for row in realised_years(LEDGER) if (row.programme, row.year) == ("gmsd", 2016))
    assert (row.realised, row.no_evidence) == (17_800_000, "part_unknown")


def test_a_printed_refund_is_the_refund() -> None:
    """verantwoording-2016, 2.4: € 722.000 of the 4.158 thousand went to municipalities of their own organisation."""
    assert included_refund(LEDGER, HELPLINE, 2016) == 72_200_000
    assert realised_on_programme(LEDGER, HELPLINE, 2016) == 415_800_000 - 72_200_000


def test_a_refund_without_a_printed_total_is_its_rate_times_the_inhabitants() -> None:
    """verantwoording-2017, 2.3: 25 eurocents per inhabitant to ten municipalities, of 2,737,378 inhabitants; what is
    left of € 4.173.856 is, but for half a euro, the 3.375.000 + 62.719 + 51.793 that the foundation got."""
    assert included_refund(LEDGER, HELPLINE, 2017) == 68_434_450
    assert realised_on_programme(LEDGER, HELPLINE, 2017) == 348_951_150
    assert abs(348_951_150 - 100 * (3_375_000 + 62_719 + 51_793)) == 50


def test_the_inhabitants_of_a_refund_are_those_that_were_counted() -> None:
    for refunded in LEDGER.refunded:
        population = load_population(refunded.counted_on.year)
        named = [look_up(name.strip(), population) for name in refunded.municipalities.split(";")]
        assert sum(municipality.inhabitants for municipality in named) == refunded.inhabitants
        assert all(
            municipality.split("'")[-1] in refunded.sentence for municipality in refunded.municipalities.split("; ")
        )


def test_the_relation_that_reconcile_computes_has_the_same_refund() -> None:
    (relation,) = (
        relation for relation in load_relations().relations if relation.name == "luisterend-oor-2017-realisatie"
    )
    assert relation.per_head is not None
    assert relation.per_head.inhabitants == LEDGER.refunded[0].inhabitants


def test_what_includes_nothing_is_as_printed() -> None:
    assert realised_on_programme(LEDGER, "ibd", 2017) == 150_500_000
    assert realised_on_programme(LEDGER, "woz", 2017) is None


# --- the sums that follow it -------------------------------------------------------------------------


def of_the_helpline(scenario: str, year: int) -> Flows:
    """The account of the helpline in a horizon of one published year."""
    years = [f"last={year}", "opening=0.00", "underspend=carry_over", f"ledger=[{year}]", "source=test"]
    inputs = read_scenario(scenario, [f"horizon.{setting}" for setting in years])
    horizon = years_ahead_of(inputs, realised_years(LEDGER), 100)
    return next(account for account in horizon.programmes if account.name == HELPLINE).expected


def test_a_horizon_pays_the_refund_of_2016_once() -> None:
    """4,200,000 − 4,158,000 is 42,000 left over, within the 500 by which a print in thousands is rounded; the refund
    of the scenario is 722,004.50 where 722,000 is printed."""
    flows = of_the_helpline("uitnamen-2016", 2016)
    assert (flows.refunds.tolist(), flows.realised.tolist()) == ([72_200_450], [343_600_000])
    assert flows.closing.tolist() == [4_199_550]
    assert abs(4_199_550 - 4_200_000) <= 50_000
    assert not flows.from_reserve.any()


def test_a_horizon_pays_the_refund_of_2017_once() -> None:
    """4,200,000 − 4,173,856 is 26,144 left over."""
    flows = of_the_helpline("uitnamen-2017", 2017)
    assert (flows.refunds.tolist(), flows.closing.tolist()) == ([68_434_450], [2_614_400])


def test_a_ratio_is_that_of_the_programme_itself() -> None:
    """(4,158 − 722) ÷ (4,200 − 722), and in 2017 the same less 684,344.50; neither account was there yet."""
    rows = [row for row in realised_years(LEDGER) if row.programme == HELPLINE]
    assert [row.net for row in rows] == [420_000_000 - 72_200_000, 420_000_000 - 68_434_450]
    assert [row.realised for row in rows] == [343_600_000, 348_951_150]
    assert {row.no_evidence for row in rows} == {"provisional"}


AHEAD: Final = """
title = "Youth advice, from the reports"
extends = "uitnamen-2016"
source = "verantwoording-2016, 2.1"
[horizon]
last = 2016
opening = "0.00"
underspend = "carry_over"
ledger = [2016]
[horizon.programmes.akj]
opening = "{opening}"
source = "verantwoording-2016, 2.1: Overschot 2015"
"""


@pytest.mark.parametrize(
    ("opening", "besides", "remedy"),
    [
        ("937000.00", "€937,000.00 left of the year before 2016 is spent in it.", ""),
        (
            "0.00",
            "€937,000.00 left of the year before 2016 was spent besides; it is not in this account, which opens"
            " without money.",
            "To take it along, write opening in [horizon.programmes.akj].",
        ),
    ],
)
def test_a_horizon_closes_where_the_report_does(tmp_path: Path, opening: str, besides: str, remedy: str) -> None:
    """506 thousand goes to 2017, whether the account opens with the 937 of 2015, which are spent, or without them."""
    file = tmp_path / "akj.toml"
    file.write_text(AHEAD.format(opening=opening), encoding="utf-8")
    horizon = years_ahead_of(read_scenario(file), realised_years(LEDGER), 100)
    (account,) = (account for account in horizon.programmes if account.name == "akj")
    assert account.expected.closing.tolist() == [50_600_000]
    (remark,) = (
        remark for remark in horizon.remarks if isinstance(remark, PaidAhead) and remark.title == account.title
    )
    assert remark_in_words(remark) == (
        f"{account.title}: €506,000.00 of what was paid in 2016 was for the next year, and stays in this account."
        f" {besides}"
    )
    assert remedy_in_words(remark) == remedy


def test_a_horizon_names_what_is_provisional_in_a_published_year(tmp_path: Path) -> None:
    file = tmp_path / "akj.toml"
    file.write_text(AHEAD.format(opening="0.00"), encoding="utf-8")
    horizon = years_ahead_of(read_scenario(file), realised_years(LEDGER), 100)
    (remark,) = (remark for remark in horizon.remarks if isinstance(remark, Provisional))
    assert (remark.year, len(remark.titles)) == (2016, 6)


# --- mistakes in the files ---------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped ledger, in a folder ``ledger_data`` of the working folder."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(shipped_folder("ledger_data"), tmp_path / "ledger_data"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")


SECTION: Final = ",refund,2.3 24 uur telefonisch of elektronisch luisterend oor en advies,Deze"


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        (
            "readings.csv",
            SECTION,
            SECTION.replace("refund", "profit"),
            "takes nothing, refund, prepayment, remainder",
        ),
        ("readings.csv", SECTION, SECTION.replace("refund", ""), "without its sentence, or the other way round"),
        ("readings.csv", SECTION, ",refund,,Deze", "without its sentence, or the other way round"),
        ("refunds.csv", "luisterend-oor,2017", "luisterend-oor,2018", "a refund of which the amount is not known"),
    ],
    ids=["word", "no word", "no section", "no amount"],
)
def test_a_mistake_in_what_is_included_is_found(folder: Path, file: str, old: str, new: str, what: str) -> None:
    change(folder / file, old, new)
    with pytest.raises(InputError, match=what) as error:
        load_ledger(folder)
    (finding,) = error.value.findings
    assert (finding.place.file, finding.place.line) == ("ledger_data/readings.csv", 353)
    assert finding.remedy


def test_only_a_realised_amount_includes_something(folder: Path) -> None:
    text = (folder / "readings.csv").read_text(encoding="utf-8")
    first, *rest = text.splitlines()
    assert rest[0].endswith(",,,,,,")
    changed = [first, f"{rest[0].removesuffix(',,,')},refund,1.1,Een zin.", *rest[1:]]
    (folder / "readings.csv").write_text("\n".join(changed) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="Only a realised amount includes something"):
        load_ledger(folder)
