"""The ledger says what the reports print, keeps what they contradict, and guesses nothing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

import gguplan
from gguplan.findings import InputError
from gguplan.fund.ledger import Reading
from gguplan.fund.steps.step import Step
from gguplan.inputs import typed_rows
from gguplan.inputs.ledger.ledger_files import CENTS_IN_A_UNIT, load_ledger
from gguplan.language import set_language
from gguplan.shipped import shipped_folder
from gguplan.wording.ledger import in_language
from gguplan.wording.steps.step import line_in_words

SUMMARIES_OF_2016: Final = """
1  ibd                              2.000   1.653   1.559
1  dkd                                611     505     337
1  gmsd                               130     107     178
1  isd-programma                    3.950   3.950   3.950
1  brp                              1.000     826     231
1  burgerzakenmodules                 350     289     238
1  nup                              1.180     975     916
1  woz                              1.000   1.000     822
1  14-netnummer                     1.588   1.312     935
2  akj                              7.500   7.500   7.500
2  doventolk-leefdomein            10.750  10.750   9.880
2  luisterend-oor                   4.200   4.200   4.158
2  opvang-eergerelateerd-geweld     3.730   3.730   4.000
2  veilig-thuis-nummer                400     400     305
2  kindertelefoon                   3.860   3.860   3.860
2  adoptievoorzieningen               672     672     672
2  opvoeden-nl                        700     700     700
2  lkha                               250     250     250
2  expertisecentrum-kinderopvang      500     500     302
2  kchn                             3.500   3.500   2.421
2  coordinatie-sociaal-domein         250     207     195
"""
"""verantwoording-2016, Financiële samenvatting hoofdstuk 1 and 2 (× € 1.000): chapter, programme, uitname, te
besteden, realisatie. Left out here are doventolk-werkdomein, of which the realisation is not printed there, and
isd-beheer, which the summary cuts off to 9.338."""

TABLES_OF_2017: Final = """
1  ibd                              1.652.893   1.505.000
1  dkd                                504.959     269.251
1  gmsd                               486.504     396.365
1  isd-beheer                       9.173.554   9.249.466
1  brp                                826.446   1.286.450
1  burgerzakenmodules                 289.256     150.748
1  nup                                785.124     774.617
1  14-netnummer                     1.312.397     936.343
2  akj                              7.500.000   7.500.000
2  doventolk-leefdomein            10.750.000  10.340.000
2  luisterend-oor                   4.200.000   4.173.856
2  veilig-thuis-nummer                400.000     311.770
2  kindertelefoon                   3.655.000   3.655.000
2  adoptievoorzieningen               672.000     672.000
2  coordinatie-sociaal-domein         250.000     222.284
2  opvang-eergerelateerd-geweld     4.259.500   4.529.820
3  digitale-agenda                 15.173.554  11.617.804
3  samen-organiseren                1.652.893     813.973
3  privacy-ensia                    1.570.248     968.626
3  omgevingswet                     1.611.570   1.847.783
"""
"""verantwoording-2017, chapter 4: chapter, programme, begroting, realisatie. Left out: woz, with a misprinted
realisation, and isd-programma, without a budget of its own."""

LEDGER: Final = load_ledger()


def _table(text: str) -> dict[str, tuple[str, list[int]]]:
    """The chapter and the figures of each programme in a table above."""
    rows = [line.split() for line in text.strip().splitlines()]
    return {name: (chapter, [int(figure.replace(".", "")) for figure in figures]) for chapter, name, *figures in rows}


# --- what is used is what is printed -----------------------------------------------------------------


@pytest.mark.parametrize(("programme", "printed"), [(name, row[1]) for name, row in _table(SUMMARIES_OF_2016).items()])
def test_figures_of_2016_are_those_of_the_summaries(programme: str, printed: list[int]) -> None:
    used = [LEDGER.amount(programme, 2016, quantity) for quantity in ("gross", "net", "realised")]
    assert used == [figure * 100_000 for figure in printed]


@pytest.mark.parametrize(("programme", "printed"), [(name, row[1]) for name, row in _table(TABLES_OF_2017).items()])
def test_figures_of_2017_are_those_of_the_tables(programme: str, printed: list[int]) -> None:
    assert [LEDGER.amount(programme, 2017, quantity) for quantity in ("net", "realised")] == [
        figure * 100 for figure in printed
    ]


@pytest.mark.parametrize(
    ("year", "quantity", "expected"),
    [
        (2016, "gross", {"1": 23_109_000 - 11_300_000, "2": 36_512_000 - 200_000}),
        (2016, "net", {"1": 19_955_000 - 9_338_000, "2": 36_469_000 - 200_000}),
        (2016, "realised", {"1": 18_056_000 - 8_890_000, "2": 34_243_000}),
        (2017, "net", {"1": 16_031_133 - 1_000_000, "2": 31_686_500, "3": 20_008_265}),
        (2017, "realised", {"1": 14_568_240, "2": 31_404_730, "3": 17_059_529 - 1_811_343}),
    ],
)
def test_figures_of_a_chapter_sum_to_what_its_table_sums_to(year: int, quantity: str, expected: dict[str, int]) -> None:
    """What is taken off is the line that the tables above leave out."""
    table = _table(SUMMARIES_OF_2016 if year == 2016 else TABLES_OF_2017)
    sums = dict.fromkeys(expected, 0)
    for programme, (chapter, _figures) in table.items():
        sums[chapter] += LEDGER.amount(programme, year, quantity) or 0
    assert sums == {chapter: euros * 100 for chapter, euros in expected.items()}


def test_figures_outside_the_tables_above_are_these() -> None:
    """verantwoording-2016: the line of doventolk-werkdomein and the summary of chapter 3, with the gross
    amounts in its text; section 1.4 for isd-beheer; verantwoording-2017: the two lines left out above. What is derived
    is not printed."""
    tables = {2016: _table(SUMMARIES_OF_2016), 2017: _table(TABLES_OF_2017)}
    others = {
        (programme, year, quantity): LEDGER.amount(programme, year, quantity)
        for year, table in tables.items()
        for programme in LEDGER.programmes
        for quantity in ("gross", "net", "realised")
        if programme not in table
        and LEDGER.amount(programme, year, quantity) is not None
        and not (quantity == "gross" and LEDGER.derived_budget(programme, year))
    }
    assert others == {
        ("isd-beheer", 2016, "gross"): 11_300_000_00,
        ("isd-beheer", 2016, "net"): 9_338_843_00,
        ("isd-beheer", 2016, "realised"): 8_890_290_00,
        ("doventolk-werkdomein", 2016, "gross"): 200_000_00,
        ("doventolk-werkdomein", 2016, "net"): 200_000_00,
        ("doventolk-werkdomein", 2016, "realised"): 61_000_00,
        ("digitale-agenda", 2016, "net"): 5_917_000_00,
        ("digitale-agenda", 2016, "realised"): 6_476_000_00,
        ("samen-organiseren", 2016, "gross"): 550_000_00,
        ("samen-organiseren", 2016, "net"): 455_000_00,
        ("samen-organiseren", 2016, "realised"): 129_000_00,
        ("omgevingswet", 2016, "gross"): 1_650_000_00,
        ("omgevingswet", 2016, "net"): 1_364_000_00,
        ("omgevingswet", 2016, "realised"): 865_000_00,
        ("woz", 2017, "net"): 1_000_000_00,
        ("isd-programma", 2017, "realised"): 1_811_343_00,
    }


def test_net_is_gross_without_vat_up_to_the_rounding_of_the_print() -> None:
    for programme in LEDGER.programmes:
        for year in LEDGER.years():
            gross, net = (LEDGER.used(programme, year, quantity) for quantity in ("gross", "net"))
            if not gross or not net:
                continue
            percent = 0 if LEDGER.has_no_vat(programme, year) else 21
            exact = sum(reading.amount or 0 for reading in gross) * 100 / (100 + percent)
            assert abs(exact - sum(reading.amount or 0 for reading in net)) <= 100_000, (programme, year)


def test_every_amount_is_its_print_in_its_unit() -> None:
    for reading in LEDGER.readings:
        if reading.amount is not None:
            digits = "".join(letter for letter in reading.printed if letter.isdigit())
            decimals = len(reading.printed.partition(",")[2].split(" ")[0])
            assert abs(reading.amount) * 10**decimals == int(digits) * CENTS_IN_A_UNIT[reading.unit], reading.printed


def test_every_used_figure_has_an_amount_and_a_source() -> None:
    for reading in LEDGER.readings:
        if reading.used:
            assert reading.amount is not None, reading
        assert reading.document in LEDGER.documents and reading.section and reading.printed in reading.source


# --- what is missing stays missing -------------------------------------------------------------------


def test_misprint_has_no_amount() -> None:
    """verantwoording-2017 chapter 4: the realisation of the Wet WOZ is printed as € 1.13.352."""
    (reading,) = LEDGER.of("woz", 2017, "realised")
    assert (reading.printed, reading.amount, reading.used) == ("€ 1.13.352", None, False)
    assert LEDGER.amount("woz", 2017, "realised") is None


def test_dash_is_missing_and_not_zero() -> None:
    assert LEDGER.amount("isd-programma", 2017, "net") is None
    assert LEDGER.of("isd-programma", 2017, "net")[0].printed == "€ -"


def test_empty_cell_is_missing_and_its_finer_lines_are_used() -> None:
    used = LEDGER.used("doventolk-werkdomein", 2016, "realised")
    assert [reading.printed for reading in used] == ["41", "20"]
    assert [
        contradiction.printed for contradiction in LEDGER.contradictions("doventolk-werkdomein", 2016, "realised")
    ] == [""]


@pytest.mark.parametrize("programme", ["opvoeden-nl", "lkha", "kchn", "expertisecentrum-kinderopvang"])
def test_programme_that_a_report_leaves_out_has_no_figures_of_that_year(programme: str) -> None:
    assert LEDGER.of(programme, 2017) == ()
    assert LEDGER.amount(programme, 2017, "net") is None


def test_years_are_those_with_a_budget() -> None:
    assert LEDGER.years() == (2016, 2017)


# --- contradictions stay visible ---------------------------------------------------------------------


CONTRADICTED: Final = {
    ("ibd", 2016, "net"): ["1.560"],
    ("ibd", 2016, "realised"): ["1.492"],
    ("dkd", 2016, "realised"): ["505"],
    ("gmsd", 2016, "net"): ["133"],
    ("isd-beheer", 2016, "net"): ["9.338", "9.338"],
    ("brp", 2016, "realised"): ["230"],
    ("burgerzakenmodules", 2016, "net"): ["€ 286.256", "286"],
    ("nup", 2016, "net"): ["1.082"],
    ("nup", 2016, "realised"): ["1.165"],
    ("woz", 2016, "net"): ["1.088"],
    ("woz", 2016, "realised"): ["821"],
    ("14-netnummer", 2016, "net"): ["970"],
    ("14-netnummer", 2016, "realised"): ["952"],
    ("doventolk-leefdomein", 2016, "net"): ["11.000"],
    ("doventolk-werkdomein", 2016, "realised"): [""],
    ("luisterend-oor", 2016, "net"): ["€ 3,478 miljoen"],
    ("opvang-eergerelateerd-geweld", 2016, "net"): ["3.729"],
    ("opvang-eergerelateerd-geweld", 2016, "realised"): ["3.999"],
    ("lkha", 2016, "net"): ["311", "263"],
    ("expertisecentrum-kinderopvang", 2016, "net"): ["378"],
    ("digitale-agenda", 2016, "net"): ["€ 6.492.000", "6.492"],
    ("omgevingswet", 2016, "net"): ["1.362"],
    ("dkd", 2017, "realised"): ["€ 277.251"],
    ("isd-beheer", 2017, "realised"): ["€ 9.246.466"],
    ("isd-programma", 2017, "net"): ["€ -"],
    ("burgerzakenmodules", 2017, "net"): ["€ 286.256"],
    ("woz", 2017, "realised"): ["€ 1.13.352"],
}
"""Read in both reports: the prints of the same figure that say something else than the one in use."""


def test_contradictions_are_exactly_those_that_the_reports_hold() -> None:
    contradicted = {
        (programme, year, quantity): [reading.printed for reading in contradictions]
        for programme in LEDGER.programmes
        for year in LEDGER.years()
        for quantity in ("gross", "net", "realised")
        if (contradictions := LEDGER.contradictions(programme, year, quantity))
    }
    assert contradicted == CONTRADICTED


@pytest.mark.parametrize(("programme", "year", "quantity"), CONTRADICTED)
def test_contradiction_is_explained_in_a_remark(programme: str, year: int, quantity: str) -> None:
    used = LEDGER.used(programme, year, quantity)
    contradictions = LEDGER.contradictions(programme, year, quantity)
    assert any(reading.remark for reading in (*used, *contradictions))


def test_remark_stands_in_both_languages_with_the_same_figures() -> None:
    for reading in LEDGER.readings:
        assert bool(reading.remark) == bool(reading.remark_nl), reading
        matches = [
            sorted(figure.rstrip(".,") for figure in re.findall(r"[0-9][0-9.,]*", text))
            for text in (reading.remark, reading.remark_nl)
        ]
        assert matches[0] == matches[1], reading


def remark_of(reading: Reading) -> str:
    text = reading.remark_to_show
    return "" if text is None else in_language(text)


def test_remark_is_in_the_language_of_the_user() -> None:
    (misprint,) = LEDGER.of("woz", 2017, "realised")
    assert remark_of(misprint) == misprint.remark
    assert misprint.remark.startswith("A misprint that has no reading")
    set_language("nl")
    assert remark_of(misprint) == misprint.remark_nl
    assert misprint.remark_nl.startswith("Een drukfout die geen lezing toelaat")
    assert remark_of(replace(misprint, remark_nl="")) == misprint.remark
    assert replace(misprint, remark="").remark_to_show is None


def test_explanation_gives_the_remark_in_the_language_of_the_user() -> None:
    sentences = {}
    for language in ("en", "nl"):
        set_language(language)
        sentences[language] = "\n".join(_texts(gguplan.explain("Utrecht", "uitnamen-2016", "ibd")))
    assert "the table of section 1.1 adds up to 1.560" in sentences["en"]
    assert "de tabel van paragraaf 1.1 telt op tot 1.560" in sentences["nl"]
    assert "The summary is used." not in sentences["nl"]


def _texts(step: Step) -> list[str]:
    return [line_in_words(step.line), *(text for behind in step.behind for text in _texts(behind))]


def test_table_of_the_ledger_keeps_both_languages() -> None:
    assert {"remark", "remark_nl"} <= set(gguplan.ledger().columns)


@pytest.mark.parametrize(
    ("programme", "printed"),
    [
        ("ibd", "€ 1,65 miljoen"),
        ("14-netnummer", "€ 1,312 miljoen"),
        ("woz", "€ 1 miljoen"),
        ("nup", "€ 975.000"),
    ],
)
def test_same_figure_rounded_is_no_contradiction(programme: str, printed: str) -> None:
    assert printed in [reading.printed for reading in LEDGER.of(programme, 2016, "net")]
    assert printed not in [contradiction.printed for contradiction in LEDGER.contradictions(programme, 2016, "net")]


def test_finer_lines_of_the_ibd_make_the_total_of_their_table_and_not_that_of_the_summary() -> None:
    """verantwoording-2016 section 1.1: 40 + 114 + 939 + 467 = 1.560, against 1.653 in the summary."""
    lines = [reading for reading in LEDGER.of("ibd", 2016, "net") if reading.detail]
    assert sum(line.amount or 0 for line in lines) == 1_560_000_00
    assert LEDGER.amount("ibd", 2016, "net") == 1_653_000_00


def test_budget_of_samen_organiseren_is_printed_with_and_without_vat() -> None:
    """verantwoording-2016: 550 in the table of section 3.1, 455 in the summary; 550 ÷ 1,21 = 454,5."""
    assert LEDGER.amount("samen-organiseren", 2016, "gross") == 550_000_00
    assert LEDGER.amount("samen-organiseren", 2016, "net") == 455_000_00
    assert not LEDGER.has_no_vat("samen-organiseren", 2016)


# --- what is said of programmes ----------------------------------------------------------------------


@pytest.mark.parametrize("programme", LEDGER.programmes)
def test_programme_has_a_kind_and_the_sentence_that_says_so(programme: str) -> None:
    listed = LEDGER.programmes[programme]
    assert listed.kind and listed.kind_section and listed.kind_sentence
    assert listed.kind_document in LEDGER.documents
    assert listed.title and listed.title_en


@pytest.mark.parametrize("programme", LEDGER.programmes)
def test_programme_says_what_happens_to_its_underspend_or_that_nothing_is_stated(programme: str) -> None:
    listed = LEDGER.programmes[programme]
    has_sentence = bool(
        listed.underspend_sentence and listed.underspend_section and listed.underspend_document in LEDGER.documents
    )
    nothing = not (listed.underspend_sentence or listed.underspend_section or listed.underspend_document)
    assert nothing if listed.underspend == "not_stated" else has_sentence


# --- a broken ledger ---------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped ledger, in a folder ``ledger_data`` of the working folder."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(shipped_folder("ledger_data"), tmp_path / "ledger_data"))


def _change(file: Path, old: str, new: str) -> int:
    """Change a text that stands once in a file; returns its line."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        ("readings.csv", "\nibd,2016,gross,", "\nibdd,2016,gross,", "'ibdd' is not in programmes.csv."),
        (
            "readings.csv",
            "2.000,thousand_euro,included,verantwoording-2016",
            "2.000,thousand_euro,included,2016",
            "'2016' is not in documents.csv.",
        ),
        ("readings.csv", "2.000,thousand_euro", "2.000,thousand", "unit is 'thousand', and takes euro, "),
        ("readings.csv", "\nibd,2016,gross,", "\nibd,MMXVI,gross,", "year is 'MMXVI', and takes a number"),
        (
            "readings.csv",
            "2.000,thousand_euro,included",
            "2.000,thousand_euro,yes",
            "vat is 'yes', and takes included, excluded, none, unknown",
        ),
        (
            "programmes.csv",
            "work and income,maintenance,",
            "work and income,sometimes,",
            "kind is 'sometimes', and takes fixed_agreement, ",
        ),
    ],
    ids=["programme", "document", "unit", "year", "vat", "kind"],
)
def test_wrong_word_in_a_row_is_found_at_its_line(folder: Path, file: str, old: str, new: str, what: str) -> None:
    line = _change(folder / file, old, new) + old.startswith("\n")
    with pytest.raises(InputError) as error:
        load_ledger(folder)
    finding = error.value.findings[0]
    assert what in finding.what
    assert (finding.place.file, finding.place.line) == (f"ledger_data/{file}", line)
    assert finding.remedy


def test_the_types_of_columns_are_made_once_for_a_kind_of_row_and_not_once_for_each_row(folder: Path) -> None:
    typed_rows._columns.cache_clear()
    load_ledger(folder)
    looked_up = typed_rows._columns.cache_info()
    assert looked_up.misses < 10 < 500 < looked_up.hits


def test_two_readings_in_use_of_one_figure_are_found(folder: Path) -> None:
    old = '€ 1.652.893,euro,excluded,verantwoording-2017,4 Begroting en realisatie,summary,yes,"The'
    text = (folder / "readings.csv").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("ibd,2017,net,,€ 1.652.893"))
    (folder / "readings.csv").write_text(text + row + "\n", encoding="utf-8")
    assert old in row
    with pytest.raises(InputError, match="A second reading of this figure is marked as used"):
        load_ledger(folder)


def test_every_mistake_is_told_at_once(folder: Path) -> None:
    _change(folder / "readings.csv", "\nibd,2016,gross,", "\nibdd,2016,gross,")
    _change(folder / "readings.csv", "\ndkd,2016,gross,,611", "\ndkdd,2016,gross,,611")
    with pytest.raises(InputError) as error:
        load_ledger(folder)
    assert len(error.value.findings) == 2


def test_ledger_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        load_ledger(tmp_path)
    assert len(error.value.findings) == 8


def test_ledger_in_another_encoding_is_an_input_error(folder: Path) -> None:
    text = (folder / "readings.csv").read_text(encoding="utf-8")
    (folder / "readings.csv").write_bytes(text.encode("cp1252", errors="replace"))
    with pytest.raises(InputError, match="cannot be read"):
        load_ledger(folder)
