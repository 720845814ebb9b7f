"""The central table of both reports: budget beside realisation, as the summaries print it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from gguplan import run as gguplan_run
from gguplan.commands.cli import app
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.model.published import published_lines, published_total
from gguplan.runs.published import published_of


def gguplan(*words: str) -> Result:
    return CliRunner().invoke(app, ["ledger", *words])


def lines(*words: str) -> dict[tuple[str, int], dict[str, Any]]:
    answer = json.loads(gguplan(*words, "--json").stdout)
    return {(line["programme"], line["year"]): line for line in answer["lines"]}


def test_both_years_stand_beside_each_other_with_their_ratio() -> None:
    """verantwoording-2016, Financiële samenvatting hoofdstuk 1; verantwoording-2017, 4 Begroting en realisatie."""
    output = gguplan().stdout
    [dkd] = [line for line in output.splitlines() if line.startswith("Digitaal Klantdossier (DKD)")]
    # 611 with VAT, 505 − 337 = 168; 611.000 derived, 504.959 − 269.251 = 235.708
    assert dkd.split()[3:] == ["611", "505", "337", "168", "67", "611°", "505", "269", "236", "53"]
    [total] = [line for line in output.splitlines() if line.startswith("Total")]
    assert total.split()[1:] == ["64,161", "59,830", "4,331", "93", "67,726", "63,032", "–"]
    assert max(map(len, output.split("\n\n")[1].splitlines())) <= 120
    assert lines()["dkd", 2017]["realisation_ratio"] == "0.5332"


def test_a_programme_of_which_a_year_has_nothing_is_said() -> None:
    """The coordination of 2016 (lkha) is not in the report on 2017."""
    shown = gguplan("2017", "--programme", "lkha")
    assert (shown.exit_code, "Nothing was published of this in 2017." in shown.stdout) == (0, True)


def test_a_run_of_a_published_year_holds_what_was_realised_against_the_budgets_that_have_it() -> None:
    """verantwoording-2017: of WOZ (€ 1.000.000) nothing realised; 66.725.898 − 61.221.156 = 5.504.742 in the table."""
    total = published_of(gguplan_run("uitnamen-2017"))
    assert total is not None
    assert (total.net - total.not_realised - total.realised, total.not_realised) == (550_474_200, 100_000_000)


def test_every_row_of_the_totals_subtracts_and_has_its_ratio() -> None:
    """verantwoording-2017: 66.725.898 − 61.221.156 = 5.504.742, 92 %, of the lines that have both; € 1.811.343 of
    i-Sociaal Domein has no budget, and € 1.000.000 of Wet WOZ no realised amount."""
    shown = gguplan("2017", "--lang", "en").stdout.splitlines()
    both, others, together = (
        next(line.removeprefix(title).split() for line in shown if line.startswith(title))
        for title in ("Lines with both", "Lines that lack one", "Total")
    )
    assert both == ["€66,725,898", "€61,221,156", "€5,504,742", "92"]
    assert others == ["€1,000,000", "€1,811,343", "–"]
    assert together == ["€67,725,898", "€63,032,499", "–"]
    of_2016 = gguplan("2016", "--lang", "en").stdout
    assert "Lines with both" not in of_2016
    total = json.loads(gguplan("2017", "--json").stdout)["totals"][0]
    assert (total["net_of_both"], total["realised_of_both"]) == ("66725898.00", "61221156.00")
    assert total["realisation_ratio"] == "0.9175"


@pytest.mark.parametrize("year", ["abc", "2018", "9" * 5000, "2017.0", "-1"])
def test_a_year_that_the_ledger_does_not_have_is_told_alike_whatever_is_typed(year: str) -> None:
    outcome = gguplan("--lang", "en", "--", year)
    assert outcome.exit_code == 2
    assert f"The ledger has no budgets of {year[:20]}.\n  Years that it has: 2016, 2017." in outcome.stderr


def test_a_total_is_the_sum_of_what_can_be_read_and_says_what_lacks() -> None:
    """Wet WOZ 2017 is printed as "€ 1.13.352", which has no reading; i-Sociaal Domein 2017 has no budget ("€ -")."""
    published = published_lines(load_ledger(), (2016, 2017))
    total = published_total(published, 2017)
    of_year = [line for line in published if line.year == 2017]
    assert total.net == sum(line.net for line in of_year if line.net is not None)
    assert total.missing == 2
    assert {line.programme.programme for line in of_year if line.underspend is None} == {"woz", "isd-programma"}
    assert lines()["woz", 2017]["realised"] is None


def test_what_is_provisional_says_so_with_its_sentence() -> None:
    """verantwoording-2016 section 2.7: only the first half of 2016 is known of the Kindertelefoon."""
    line = lines("2016")["kindertelefoon", 2016]
    assert line["status"] == "provisional"
    assert line["status_because"].startswith(
        "De financiële verantwoording is opgesteld op basis van voorlopige halfjaarcijfers."
    )
    assert "€3,860,000*" in gguplan("2016").stdout


def test_what_is_final_where_it_repeats_the_budget_says_so_with_its_sentence() -> None:
    """verantwoording-2016, 1.4: the withdrawal of € 3.950.000 "die ook is gerealiseerd"."""
    line = lines("2016")["isd-programma", 2016]
    assert (line["status"], line["status_because"].endswith("die ook is gerealiseerd.")) == ("final", True)
    assert "Final: “Voor ISD" in gguplan("2016", "-p", "isd-programma").stdout


def test_what_a_realised_amount_includes_stands_beside_it() -> None:
    """verantwoording-2016, 2.1: 506 thousand of AKJ is for 2017, and 937 thousand of 2015 was spent besides."""
    line = lines("2016")["akj", 2016]
    [part] = line["includes"]
    assert (part["includes"], part["amount"], part["spent_besides"]) == ("prepayment", "506000.00", "937000.00")
    assert line["of_own_budget"] == "6994000.00"
    assert lines("2016")["gmsd", 2016]["includes"][0]["amount"] is None
    assert lines("2016")["gmsd", 2016]["of_own_budget"] is None
    whole = gguplan("2016", "-p", "akj").stdout
    assert "€506,000.00 of it was left for the next year, and €937,000.00 that was left of the year before" in whole
    assert "Of the budget of 2016 itself €6,994,000.00 was spent." in whole


def test_what_others_paid_stands_beside_it() -> None:
    """verantwoording-2016, 1.6: 105 of suppliers and 201 of KING's own budget; 2.9: € 74.600 of external means."""
    assert [reading["amount"] for reading in lines()["nup", 2016]["income"]] == ["201000.00", "105000.00"]
    assert [reading["amount"] for reading in lines()["opvoeden-nl", 2016]["income"]] == ["74600.00"]
    assert lines()["nup", 2017]["income"] == []
    for words in ((), ("2016",)):
        paid = gguplan(*words).stdout
        assert "Bijdrage leveranciers (realisatie) €105,000" in paid
        assert "externe middelen €74,600 (Stichting Opvoeden.nl, 2016)" in paid
    assert "Others paid besides" not in gguplan("2017").stdout
    whole = gguplan("-p", "nup").stdout
    assert "Paid by others" in whole
    assert len(re.findall(r"€(?:118|201|105),000.00", whole)) == 4


def test_a_year_of_which_nothing_is_published_has_no_total() -> None:
    """Opvoeden.nl is in the report on 2016 only."""
    [total] = [line for line in gguplan("-p", "opvoeden-nl").stdout.splitlines() if line.startswith("Total")]
    assert total.split()[1:] == ["700", "700", "0", "100"]


def test_the_workbook_says_it_in_the_language_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert gguplan("2016", "-p", "akj", "--out", "uit.xlsx", "--lang", "nl").exit_code == 0
    sheet = openpyxl.load_workbook("uit.xlsx")["Begroting en realisatie"]
    row = {sheet.cell(3, column).value: sheet.cell(4, column).value for column in range(1, sheet.max_column + 1)}
    assert (row["status"], row["bevat"]) == ("voorlopig", "wat vooruit is betaald")
    assert row["besteed van de begroting van het jaar zelf"] == 6_994_000


def test_volumes_and_prices_in_the_workbook_are_numbers_and_words_of_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """verantwoording-2016, 1.4: 2.823.839 messages; verantwoording-2017, 1.7: € 16,45 an object."""
    monkeypatch.chdir(tmp_path)
    assert gguplan("--out", "uit.xlsx", "--lang", "nl").exit_code == 0
    sheet = openpyxl.load_workbook("uit.xlsx")["Aantallen en prijzen"]
    heads = [cell.value for cell in sheet[3]]
    rows = [dict(zip(heads, values, strict=True)) for values in sheet.iter_rows(min_row=4, values_only=True)]
    assert all(isinstance(row["cijfer"], int | float) for row in rows)
    assert {type(row["sinds"]) for row in rows} <= {int, type(None), str}
    [messages] = [row for row in rows if row["gedrukt"] == "2.823.839"]
    assert (messages["cijfer"], messages["eenheid"], messages["hoe precies"]) == (2_823_839, "stuks", "precies")
    [an_object] = [row for row in rows if row["gedrukt"] == "16,45"]
    assert (an_object["cijfer"], an_object["eenheid"], an_object["soort"]) == (16.45, "euro", "prijs")
    assert {row["periode"] for row in rows} == {"het hele jaar", "de eerste helft", "een maand", "een moment"}
    [users] = [row for row in rows if row["gedrukt"] == "4.241"]
    # 10.340.000 ÷ 4.241
    assert users["kosten per eenheid"] == 2438.1042


def test_a_budget_with_vat_that_is_derived_is_marked() -> None:
    """verantwoording-2017, 4: € 1.652.893 of the IBD without VAT."""
    assert lines("2017")["ibd", 2017]["gross_basis"] == "derived"
    assert lines("2017")["omgevingswet", 2017]["gross_basis"] == "printed"
    output = gguplan("2017").stdout
    assert "€2,000,000°" in output and "° Derived" in output


def test_a_programme_by_name_or_title_is_shown_whole() -> None:
    assert gguplan("-p", "ibd").stdout == gguplan("-p", "informatie beveiligingsdienst (ibd)").stdout
    line = lines("2016", "-p", "ibd")["ibd", 2016]
    assert [reading["printed"] for reading in line["sources"]]
    assert {reading["printed"] for reading in line["other_readings"]} >= {"1.560", "1.492"}
    assert any(reading["detail"] == "Fase planning" for reading in line["details"])


@pytest.mark.parametrize(
    ("words", "what"),
    [(("1999",), "The ledger has no budgets of 1999."), (("-p", "ibt"), "There is no programme 'ibt'.")],
)
def test_a_year_or_programme_that_is_not_there_is_told(words: tuple[str, ...], what: str) -> None:
    outcome = gguplan(*words)
    assert (outcome.exit_code, what in outcome.stderr) == (2, True)


def test_the_workbook_has_what_is_left_over_as_a_formula(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert gguplan("2017", "--out", "uit.xlsx", "--lang", "nl").exit_code == 0
    sheet = openpyxl.load_workbook("uit.xlsx")["Begroting en realisatie"]
    heads = [cell.value for cell in sheet[3]]
    assert heads[:3] == ["onderdeel", "titel", "jaar"]
    left_over = heads.index("over") + 1
    formulas = [sheet.cell(row, left_over).value for row in range(4, sheet.max_row)]
    assert sum(isinstance(value, str) and value.startswith("=") for value in formulas) == len(
        [line for line in published_lines(load_ledger(), (2017,)) if line.underspend is not None]
    )


def test_a_run_of_a_year_of_the_ledger_says_what_was_realised() -> None:
    """The sums of verantwoording-2017, 4 Begroting en realisatie, over the lines that have a budget in the scenario."""
    answer = json.loads(CliRunner().invoke(app, ["run", "uitnamen-2017", "--json"]).stdout)
    names = [programme["programme"] for programme in answer["programmes"]]
    total = published_total(published_lines(load_ledger(), (2017,), names), 2017)
    assert answer["published"] == {
        "net": f"{total.net // 100}.{total.net % 100:02}",
        "realised": f"{total.realised // 100}.{total.realised % 100:02}",
        "provisional": "16151604.00",
    }
    printed = CliRunner().invoke(app, ["run", "uitnamen-2017"]).stdout.replace("\n", " ")
    assert "The reports have €61,221,156 realised of €66,725,898 in 2017" in printed
    assert "of which €16,151,604 is provisional" in printed
    assert json.loads(CliRunner().invoke(app, ["run", "fonds-ggu-2020", "--json"]).stdout)["published"] is None
