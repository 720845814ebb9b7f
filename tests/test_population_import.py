"""Reading the inhabitants from a table as somebody has it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from gguplan.findings import InputError
from gguplan.inputs.data_file import LARGEST_FILE
from gguplan.inputs.population.columns import is_period
from gguplan.inputs.population.importing import Imported, read_user_population
from gguplan.inputs.population.years import load_population
from gguplan.inputs.tables.cells import whole_number
from gguplan.inputs.tables.reading import MOST_ROWS, read_table
from gguplan.shipped import shipped_folder
from gguplan.wording.amounts import format_number

SOURCE = "made for a test"
Write = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """A file in the working folder, with this text in this encoding."""
    monkeypatch.chdir(tmp_path)

    def write(text: str, encoding: str = "utf-8", name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def whole_year(year: int, header: str = "gm_code,name,province,population", delimiter: str = ",") -> str:
    """All municipalities of a shipped year in another form."""
    rows = [
        delimiter.join(
            [municipality.gm_code, f'"{municipality.name}"', municipality.province, str(municipality.inhabitants)]
        )
        for municipality in load_population(year).municipalities
    ]
    return "\n".join([header.replace(",", delimiter), *rows]) + "\n"


def findings_in(path: Path, year: int = 2027) -> list[tuple[int | None, str]]:
    with pytest.raises(InputError) as wrong:
        read_user_population(path, year, SOURCE)
    return [(finding.place.line, finding.what) for finding in wrong.value.findings]


def remarks(imported: Imported) -> str:
    return "\n".join(imported.actions)


# --- forms of a table ----------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_delimiter_and_encoding_gives_the_same_figures(written: Write, delimiter: str, encoding: str) -> None:
    imported = read_user_population(written(whole_year(2025, delimiter=delimiter), encoding), 2027, SOURCE)
    assert imported.municipalities == load_population(2025).municipalities


def statline() -> str:
    """The form of a StatLine export: title, codes absent, all regions, two periods, thousands points."""
    population = load_population(2025)
    same = {"Utrecht", "Groningen", "'s-Gravenhage"}
    lines = [
        '"Bevolking; geslacht, leeftijd, regio"',
        "",
        '"Regio\'s";"Perioden";"Bevolkingssamenstelling op 1 januari|Totale bevolking (aantal)";"Dichtheid"',
    ]
    for period in ("2024", "2025*"):
        lines.append(f'"Nederland";"{period}";"{population.total:,}";"500"'.replace(",", "."))
        lines.append(f'"Noord-Nederland (LD)";"{period}";"1.800.000";"200"')
        lines.append(f'"Utrecht (PV)";"{period}";"1.400.000";"1.000"')
        lines += [
            f'"{municipality.name}{" (gemeente)" if municipality.name in same else ""}";"{period}";'
            + f'"{municipality.inhabitants:,}";"1"'.replace(",", ".")
            for municipality in population.municipalities
        ]
        lines.append(f'"Appingedam";"{period}";"";""')
    return "\r\n".join([*lines, '"Bron: CBS"', '"* voorlopige cijfers"'])


def test_an_export_of_statline_is_read_as_it_is(written: Write) -> None:
    imported = read_user_population(written(statline(), "cp1252"), 2025, SOURCE)
    assert imported.municipalities == load_population(2025).municipalities
    assert imported.total == 18_044_027
    for sentence in (
        "Read as Windows-1252, cells separated by semicolons.",
        "The header is on line 3; what stands above it is left aside.",
        'Columns left aside: "Dichtheid".',
        "Skipped 346 rows of other periods.",
        "Skipped 3 rows that are not municipalities (LD, PV, total).",
        "Skipped 2 rows with only text, such as footnotes.",
        "Skipped 1 municipality of another year, without a figure: Appingedam (GM0003).",
        "Filled in 342 codes by name.",
        "Filled in 342 provinces from 2024.",
        "342 municipalities with 18,044,027 inhabitants on 1 January 2025.",
    ):
        assert sentence in imported.actions


def test_open_data_of_cbs_with_codes_only_is_read_as_it_is(written: Write) -> None:
    rows = [
        f"GM{int(municipality.gm_code[2:]):04d}  ,2025JJ00,{municipality.inhabitants}.0"
        for municipality in load_population(2025).municipalities
    ]
    text = "\n".join(["RegioS,Perioden,BevolkingOp1Januari_1", "NL01  ,2025JJ00,18044027.0", *rows])
    imported = read_user_population(written(text), 2025, SOURCE)
    assert imported.total == 18_044_027
    assert "Filled in 342 names by code." in imported.actions
    assert [municipality.province for municipality in imported.municipalities] == [
        municipality.province for municipality in load_population(2025).municipalities
    ]


def test_a_workbook_is_read_from_the_sheet_that_has_the_table(written: Write, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.title = "Toelichting"
    workbook.active["A1"] = "Bron: CBS"
    sheet = workbook.create_sheet("Inwoners")
    sheet.append(["Gemeenten op 1 januari 2025"])
    sheet.append([])
    sheet.append(["Gemeentecode", "Gemeentenaam", "Aantal inwoners 2024", "Aantal inwoners 2025"])
    for municipality in load_population(2025).municipalities:
        sheet.append([int(municipality.gm_code[2:]), municipality.name, 1, float(municipality.inhabitants)])
    workbook.save(tmp_path / "table.xlsx")
    imported = read_user_population(tmp_path / "table.xlsx", 2025, SOURCE)
    assert imported.municipalities == load_population(2025).municipalities
    assert imported.actions[:3] == (
        "Read as a workbook, sheet 'Inwoners'.",
        "Sheets left aside: Toelichting.",
        "The header is on line 3; what stands above it is left aside.",
    )
    assert 'Columns left aside: "Aantal inwoners 2024".' in imported.actions


def test_a_fraction_in_a_workbook_is_not_taken_for_thousands(written: Write, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append(["gm_code", "inwoners"])
    workbook.active.append(["GM0344", 16.979])
    workbook.save(tmp_path / "table.xlsx")
    assert findings_in(tmp_path / "table.xlsx") == [(2, "'16.979' is not a number of inhabitants.")]


def test_a_cell_in_the_far_corner_of_a_sheet_is_refused_before_it_fills_the_memory(
    written: Write, tmp_path: Path
) -> None:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active["A1"] = "gm_code"
    workbook.active["XFD1048576"] = 1
    workbook.save(tmp_path / "table.xlsx")
    [(line, what)] = findings_in(tmp_path / "table.xlsx")
    assert line is None
    assert what.startswith("This table reaches further than 200,000 rows")


@pytest.mark.parametrize("codes", ["gm_code", "Gemeentecode", "statcode", "Regio's", "GM_CODE", "Code"])
@pytest.mark.parametrize(
    "inhabitants",
    ["population", "Inwoners", "Bevolking op 1 januari", "AANT_INW", "Totale bevolking", "2027"],
)
def test_the_usual_names_of_columns_are_recognised(written: Write, codes: str, inhabitants: str) -> None:
    imported = read_user_population(written(f"{codes};{inhabitants}\nGM0344;376.757\n"), 2027, SOURCE)
    [utrecht] = imported.municipalities
    assert (utrecht.gm_code, utrecht.name, utrecht.province) == ("GM0344", "Utrecht", "Utrecht")
    assert utrecht.inhabitants == 376_757


# --- counts and periods --------------------------------------------------------------------------


@given(st.integers(0, 10**9), st.sampled_from([".", ",", " ", "\u00a0", "\u202f"]))
def test_a_count_is_read_with_any_mark_between_thousands(count: int, mark: str) -> None:
    assert whole_number(f" {count:,} ".replace(",", mark)) == count
    assert whole_number(str(count)) == count
    assert whole_number(f"{count}.0") == count


@pytest.mark.parametrize(
    "text",
    ["", "-5", "1.5", "1.2345", "12,5", "NaN", "inf", "1e5", "0.123", "1.234.56", "1.234,567", "1234.567",
     "012", "1 2345", "1.234 567", "½", "+5", "=1+1", "twaalf", "12.064.00"],
)  # fmt: skip
def test_what_is_no_count_without_doubt_is_no_count(text: str) -> None:
    assert whole_number(text) is None


@given(st.text(max_size=20))
def test_a_count_never_fails(text: str) -> None:
    assert (whole_number(text) or 0) >= 0


@pytest.mark.parametrize(
    "text",
    [
        "2025",
        "2025JJ00",
        "2025MM01",
        "2025 1 januari",
        "2025 januari",
        "2025*",
        "1 januari 2025",
        "2025-01-01",
    ],
)
def test_a_period_is_recognised_in_the_forms_of_cbs(text: str) -> None:
    assert is_period(text, 2025)
    assert not is_period(text, 2024)


@pytest.mark.parametrize("text", ["2025MM02", "2025KW01", "2025 juli", "2025-12-31", "12025", ""])
def test_another_moment_of_the_year_is_another_period(text: str) -> None:
    assert not is_period(text, 2025)


# --- what is said --------------------------------------------------------------------------------


def test_what_appears_and_disappears_is_compared_with_the_mergers(written: Write) -> None:
    imported = read_user_population(written(whole_year(2017)), 2017, SOURCE)
    assert "In 2016, not here: Schijndel (GM0844), Sint-Oedenrode (GM0846), Veghel (GM0860)." in imported.actions
    assert "Not in 2016: Meierijstad (GM1948)." in imported.actions
    assert "The changes in mergers.csv explain all of this." in imported.actions


def test_a_municipality_that_is_missing_without_a_merger_is_named(written: Write) -> None:
    text = "".join(line for line in whole_year(2026).splitlines(keepends=True) if "GM0344" not in line)
    assert (
        "No change in mergers.csv explains this for 1 municipality (GM0344): "
        "check whether the table is complete." in read_user_population(written(text), 2027, SOURCE).actions
    )


def test_the_largest_changes_above_five_per_cent_are_named(written: Write) -> None:
    before = load_population(2026)
    utrecht = before.municipalities[before.index["GM0344"]].inhabitants
    text = whole_year(2026).replace(f"Utrecht,{utrecht}", "Utrecht,500000")
    assert (
        f"1 municipality differs more than 5 % from 2026: Utrecht (GM0344) from {format_number(utrecht)} "
        "to 500,000." in read_user_population(written(text), 2027, SOURCE).actions
    )


def test_a_new_code_is_taken_as_new_and_said(written: Write) -> None:
    imported = read_user_population(
        written("gm_code,name,province,inwoners\nGM2001,Nieuwstad,Utrecht,50000\n"), 2027, SOURCE
    )
    assert "In no year that is there, so taken as new: Nieuwstad (GM2001)." in imported.actions


def test_the_spelling_of_cbs_is_kept(written: Write) -> None:
    imported = read_user_population(
        written("code;naam;provincie;inwoners\n344;UTRECHT;utrecht;5\n1900;Sudwest-Fryslan;Friesland;7\n"),
        2027,
        SOURCE,
    )
    assert [(municipality.name, municipality.province) for municipality in imported.municipalities] == [
        ("Utrecht", "Utrecht"),
        ("Súdwest-Fryslân", "Fryslân"),
    ]


def test_another_name_of_a_municipality_gives_the_one_that_cbs_uses(written: Write) -> None:
    path = written("gm_code;name;inwoners\nGM0518;Den Haag;570000\n;Den Bosch;162000\nGM0164;Hengelo;84000\n")
    assert [municipality.name for municipality in read_user_population(path, 2027, SOURCE).municipalities] == [
        "Hengelo",
        "'s-Gravenhage",
        "'s-Hertogenbosch",
    ]


def test_bare_hengelo_in_a_table_of_municipalities_is_the_municipality(written: Write) -> None:
    """A place may be meant in a scenario; a row of CBS's table of 2017 is the municipality of that name."""
    [hengelo] = read_user_population(written("gemeente;inwoners\nHengelo;80802\n"), 2018, SOURCE).municipalities
    assert hengelo.gm_code == "GM0164"


# --- what is found -------------------------------------------------------------------------------


def test_every_mistake_in_the_rows_is_found_at_once_with_its_line(written: Write) -> None:
    path = written(
        "gm_code;name;province;inwoners\n"
        "GM0344;Utrecht;Utrecht;-5\n"
        "GM0363;Amsterdam;Noord-Holland;1,5\n"
        "GM0014;Groningen;Groningen;\n"
        "GM0599;Rotterdam;Zuid-Holland;0\n"
        "GM0034;Almere;Flevoland;5\n"
        "GM0034;Almere;Flevoland;5\n"
        "XX;Zwolle;Overijssel;7\n"
        "GM0193;=1+1;Overijssel;7\n"
        "GM0772;Tilburg;Noord-Brabant;7\n"
        "GM0855;Tilburg;Brabant;7\n"
        "GM2001;;Utrecht;7\n"
        "GM2002;Nieuwstad;;7\n"
    )
    assert findings_in(path) == [
        (2, "'-5' is not a number of inhabitants."),
        (3, "'1,5' is not a number of inhabitants."),
        (4, "'' is not a number of inhabitants."),
        (5, "'0' is not a number of inhabitants."),
        (7, "GM0034 stands here a second time, after line 6."),
        (8, "'XX' is not a CBS code of a municipality."),
        (9, "'=1+1' is not a name of a municipality."),
        (10, "Tilburg is GM0855, not GM0772."),
        (11, "'Brabant' is not a province."),
        (12, "No year knows GM2001, and the name is missing."),
        (1, "The province is not known of Nieuwstad (GM2002)."),
    ]


@pytest.mark.parametrize("mark", "=+-@")
def test_a_name_that_a_spreadsheet_reads_as_a_formula_is_refused(written: Write, mark: str) -> None:
    path = written(f"gm_code,name,province,inwoners\nGM2001,{mark}Nieuwstad,Utrecht,5\n")
    assert findings_in(path) == [(2, f"'{mark}Nieuwstad' is not a name of a municipality.")]


def test_an_unknown_name_is_found_with_a_suggestion(written: Write) -> None:
    with pytest.raises(InputError, match="Did you mean") as wrong:
        read_user_population(written("naam;inwoners\nUtrecht;5\nDen Bosh;6\n"), 2027, SOURCE)
    assert [finding.place.line for finding in wrong.value.findings] == [3]


def test_a_table_of_other_years_says_which(written: Write) -> None:
    with pytest.raises(InputError, match="No row is about 1 January 2027") as wrong:
        read_user_population(written("code;jaar;inwoners\nGM0344;2024;5\nGM0344;2025;6\n"), 2027, SOURCE)
    assert "Periods in this table: 2024, 2025." in str(wrong.value)


def test_mistakes_in_the_question_and_in_the_file_are_found_together() -> None:
    with pytest.raises(InputError) as wrong:
        read_user_population(Path("nothing.csv"), 5, "=1+1")
    assert [str(finding.place) for finding in wrong.value.findings] == ["--year", "--source", "nothing.csv"]


def test_figures_without_a_source_are_refused(written: Write) -> None:
    with pytest.raises(InputError, match="not said where the figures come from"):
        read_user_population(written(whole_year(2026)), 2027, "  ")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "This file is empty"),
        (b"\xef\xbb\xbf\r\n  \r\n", "This file is empty"),
        (b"gm_code,inwoners\nGM0344,\0\n", "not a text file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not a text file"),
        (b"PK\x03\x04" + bytes(range(256)), "This workbook cannot be read"),
        (b"\xd0\xcf\x11\xe0" + bytes(range(256)), "This workbook cannot be read"),
        (b"one,two\n1,2\n", "names the columns that are looked for"),
        (b'gm_code,inwoners\n"GM0344,5\n' + b"GM0363,6\n" * 30, "a quotation mark not closed"),
        (b"gm_code,inwoners\n", "no municipalities below this header"),
    ],
)
def test_what_is_no_table_is_a_finding(
    content: bytes, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("table.csv").write_bytes(content)
    with pytest.raises(InputError, match=what):
        read_user_population(Path("table.csv"), 2027, SOURCE)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_finding(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    try:
        read_table(path)
    except InputError as wrong:
        assert wrong.findings


def test_a_folder_and_a_file_that_is_not_there_are_findings(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="This is a folder"):
        read_table(tmp_path)
    with pytest.raises(InputError, match="This file is not there"):
        read_table(tmp_path / "nothing.csv")


def test_a_file_that_is_too_large_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"a,b\n" + b"1" * LARGEST_FILE)
    with pytest.raises(InputError, match="larger than 20 MB"):
        read_table(path)
    path.write_bytes(b"a,b\n" + b"1,2\n" * (MOST_ROWS + 1))
    with pytest.raises(InputError, match="reaches further than 200,000 rows"):
        read_table(path)


def test_a_table_keeps_the_lines_of_its_rows_across_quoted_line_breaks(written: Write) -> None:
    table = read_table(written('title\n\ncode;name\n1;"two\nlines"\n\n2;one\n;;\n'))
    assert table.header == ["code", "name"]
    assert list(zip(table.lines, table.rows, strict=True)) == [(4, ["1", "two lines"]), (7, ["2", "one"])]
    assert str(table.place(1, 1)) == "table.csv:7\n    7 | 2 | one\n      |     ^^^"


def test_the_shipped_files_are_read_as_they_are() -> None:
    for year in (2014, 2017, 2026):
        population = load_population(year)
        imported = read_user_population(shipped_folder("population_data") / f"{year}.csv", year, SOURCE)
        assert imported.municipalities == population.municipalities


def test_a_written_year_is_a_csv_that_is_read_back(written: Write) -> None:
    from gguplan.inputs.population.writing import write_population

    imported = read_user_population(written(whole_year(2025)), 2027, SOURCE)
    write_population(imported, Path("population_data"), "provisional")
    assert load_population(2027).municipalities == imported.municipalities
    with Path("population_data/years.csv").open(encoding="utf-8", newline="") as source:
        assert list(csv.DictReader(source)) == [
            {
                "year": "2027",
                "municipalities": "342",
                "national_total": "",
                "status": "provisional",
                "note": SOURCE,
                "note_nl": "",
            }
        ]


# --- which day, and of whom ----------------------------------------------------------------------


def people(path: Path, year: int = 2027, **stated: Any) -> dict[str, int]:
    return {
        municipality.gm_code: municipality.inhabitants
        for municipality in read_user_population(path, year, SOURCE, **stated).municipalities
    }


@pytest.mark.parametrize(
    "text",
    [
        "Regio's,Onderwerp,2026,2027\nAlmere,Bevolking aan het einde van de periode,231000,236000\nBron: CBS,,,\n",
        "Regio;Perioden;Bevolking aan het einde van de periode\nAlmere;2026;231000\nAlmere;2027;236000\n",
        "Regio;Perioden;Bevolking op 31 december\nAlmere;2026JJ00;231000\nAlmere;2027JJ00;236000\n",
        "Regio;Bevolking op 31 december 2026;Bevolking op 31 december 2027\nAlmere;231000;236000\n",
        "Stand ultimo jaar;;\nRegio;2026;2027\nAlmere;231000;236000\n",
        "Regio;Peildatum;Inwoners\nAlmere;31-12-2026;231000\nAlmere;31-12-2027;236000\n",
        "Regio;Peildatum;Inwoners\nAlmere;1-1-2026;229000\nAlmere;1-1-2027;231000\n",
        "Regio;Onderwerp;2026;2027\nAlmere;Bevolking aan het einde van de periode;1;2\n"
        "Almere;Bevolking aan het begin van de periode;229000;231000\n",
    ],
)
def test_the_end_of_a_year_is_the_first_of_january_of_the_next(written: Write, text: str) -> None:
    assert people(written(text)) == {"GM0034": 231_000}


def test_a_year_at_whose_end_was_not_counted_yet_is_not_there(written: Write) -> None:
    path = written("Regio;Perioden;Bevolking aan het einde van de periode\nAlmere;2027;236000\n")
    [(_line, what)] = findings_in(path, 2027)
    assert what == "No row is about 1 January 2027."


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Geslacht;RegioS;Inwoners\nMannen;GM0034;117000\n", 'These rows are of a part of the people: "Mannen".'),
        (
            "Leeftijd;RegioS;Inwoners\n15 tot 65 jaar;GM0034;150000\n",
            'These rows are of a part of the people: "15 tot 65 jaar".',
        ),
        (
            "Geslacht;RegioS;Inwoners\n3000;GM0034;117000\n4000;GM0344;190000\n",
            'These rows are of a part of the people: "3000", "4000".',
        ),
        (
            "Onderwerp;Regio;2027\nHuishoudens;Almere;95000\n",
            'These rows are about "Huishoudens", not about inhabitants.',
        ),
    ],
)
def test_a_class_of_people_or_another_subject_is_not_everybody(written: Write, text: str, what: str) -> None:
    assert [finding for _line, finding in findings_in(written(text), 2027)] == [what]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Gemeente;Nationaliteit;Inwoners\nAlmere;Nederlandse;200000\n", "These rows are of a part of the people"),
        ("Gemeente;Herkomst;Inwoners\nAlmere;Nederland;150000\n", "These rows are of a part of the people"),
        ("Gemeente;Leeftijdsgroep;Inwoners\nAlmere;0-17;50000\n", "These rows are of a part of the people"),
        ("Mannen per gemeente;\nGemeente;2027\nAlmere;117000\n", "The title is of a part of the people"),
        ("Inwoners per 1 januari 2026;\nGemeente;Inwoners\nAlmere;231000\n", "The title names 2026, not 2027"),
        ("Bevolking (x 1 000);\nGemeente;2027\nAlmere;236\n", "These figures are not numbers of persons"),
        ("Gemeente;Inwoners\n;x 1 000\nAlmere;236\n", "These figures are not numbers of persons"),
        ("Gemeente;Inwoners (%)\nAlmere;12\n", "These figures are not numbers of persons"),
        ("Gemeente;2026;2027\nAlmere;231000;236000\nStand op 31 december;;\n", "A note says that the counts are of"),
        ("Gemeente;2026\nAlmere;231000\n", "No column is about 1 January 2027"),
    ],
)
def test_what_a_title_a_head_or_a_note_says_against_the_figures_is_a_finding(
    written: Write, text: str, what: str
) -> None:
    [(_line, finding)] = findings_in(written(text), 2027)
    assert finding.startswith(what)


def test_a_provisional_year_is_the_year(written: Write) -> None:
    assert people(written("Gemeente;2026*;2027*\nAlmere;231000;236000\n")) == {"GM0034": 236_000}


@st.composite
def population_files(draw: st.DrawFn) -> tuple[dict[str, int], bytes]:
    """The inhabitants on 1 January 2027, and the bytes of a CSV that holds them in a layout as people have it."""
    known = load_population(2026).municipalities
    drawn = draw(st.lists(st.sampled_from(known), min_size=1, max_size=6, unique_by=lambda row: row.gm_code))
    counts = {row.gm_code: max(1, row.inhabitants + draw(st.integers(-400, 400))) for row in drawn}
    mark, delimiter = draw(st.sampled_from(["", ".", " ", "\u00a0"])), draw(st.sampled_from([";", "\t", ","]))
    years = draw(st.permutations([2026, 2027, 2028]))
    at_end, long = draw(st.booleans()), draw(st.booleans())
    codes = draw(st.sampled_from(["no", "GM", "digits"]))
    classes = draw(st.booleans())

    def figure(code: str, year: int) -> str:
        count = counts[code] + 7 * (year + at_end - 2027)
        return f"{count:,}".replace(",", mark)

    subject = "Bevolking aan het einde van de periode" if at_end else "Bevolking op 1 januari"
    heads = [*(["Gemeentecode"] if codes != "no" else []), "Gemeentenaam"]
    heads += ["Geslacht"] if classes else []
    heads += ["Perioden", subject] if long else ["Onderwerp", *map(str, years)]
    lines = [[draw(st.sampled_from(["Kerncijfers bevolking", "CBS StatLine"]))]] if draw(st.booleans()) else []
    lines.append(heads)
    if draw(st.booleans()):
        total = [*([""] if codes != "no" else []), "Nederland", *(["Totaal mannen en vrouwen"] if classes else [])]
        lines += [[*total, "2026" if at_end else "2027", "18000000"]] if long else [[*total, subject, "1", "2", "3"]]
    for row in drawn:
        code = {"no": [], "GM": [row.gm_code + "  "], "digits": [str(int(row.gm_code[2:]))]}[codes]
        for sex in ("Mannen", "Totaal mannen en vrouwen") if classes else ("",):
            whose = [*code, row.name, *([sex] if classes else [])]
            figures = [figure(row.gm_code, year) if sex != "Mannen" else "11" for year in years]
            if long:
                lines += [[*whose, f"{year}JJ00", text] for year, text in zip(years, figures, strict=True)]
            else:
                lines.append([*whose, subject, *figures])
    if draw(st.booleans()):
        lines.append(["Bron: CBS"])
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows([*line, *[""] * (len(heads) - len(line))] for line in lines)
    return counts, stream.getvalue().encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])))


@settings(max_examples=150, deadline=None)
@given(population_files())
def test_a_table_in_any_layout_gives_its_own_counts_or_a_finding(
    tmp_path_factory: pytest.TempPathFactory, made: tuple[dict[str, int], bytes]
) -> None:
    counts, content = made
    path = tmp_path_factory.getbasetemp() / "any-layout.csv"
    path.write_bytes(content)
    try:
        read = people(path)
    except InputError as wrong:
        event(wrong.findings[0].what)
        return
    event("read")
    assert read == counts


def test_the_rows_of_everybody_are_taken_from_among_classes(written: Write) -> None:
    rows = (
        "Mannen;Totaal;117000\nTotaal mannen en vrouwen;Totaal;236000\nTotaal mannen en vrouwen;0 tot 15 jaar;40000\n"
    )
    text = "Regio;Geslacht;Leeftijd;Inwoners\n" + "".join(f"Almere;{row}\n" for row in rows.splitlines())
    assert people(written(text)) == {"GM0034": 236_000}


def test_what_no_year_can_bring_is_refused(written: Write) -> None:
    text = "gemeente;inwoners\nAlmere;117000\nUtrecht;190000\nUrk;11400\n"
    [(_line, what)] = findings_in(written(text), 2027)
    assert what.startswith("3 of 3 municipalities differ by more than a quarter from 2026, such as Almere (GM0034)")
    [(line, what)] = findings_in(written("gemeente;inwoners\nUtrecht;380000\nUrk;2250\nAlmere;231000\n"), 2027)
    assert (line, what.startswith("Urk (GM0184) has 2,250 inhabitants here")) == (3, True)


def test_of_a_sheet_a_year_that_of_the_year_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, count in (("2026", 231_000), ("2027", 236_000)):
        sheet = book.create_sheet(name)
        sheet.append(["Gemeente", "Inwoners"])
        sheet.append(["Almere", count])
    book.save(tmp_path / "table.xlsx")
    assert people(tmp_path / "table.xlsx") == {"GM0034": 236_000}
    assert people(tmp_path / "table.xlsx", sheet="2026") == {"GM0034": 231_000}
    [(_line, what)] = findings_in(tmp_path / "table.xlsx", 2028)
    assert what == "Several sheets hold such a table: 2026 and 2027."


@pytest.mark.parametrize(
    "text",
    [
        "Kerncijfers;;\nRegio's;Bevolking op 1 januari;Oppervlakte\n;aantal;km2\nAlmere;236000;129\nBron: CBS;;\n",
        "gwb_code_10,regio,gm_naam,recs,a_inw,a_man\nNL00,Nederland,Nederland,Land,18200000,9\n"
        "GM0034,Almere,Almere,Gemeente,236000,1\nWK003401,Wijk 1,Almere,Wijk,5000,2\n",
        "Municipality_code,Municipality_name,population\nGM0034,Almere,236000\n",
        "Regio;Perioden;Bevolking op 1 januari (aantal)\nAlmere;2027;236000\nTer Aar;2027;\nAbcoude;2027;.\n",
    ],
    ids=["row of units", "kerncijfers", "english heads", "names of other years"],
)
def test_the_layouts_of_cbs_are_read(written: Write, text: str) -> None:
    assert people(written(text)) == {"GM0034": 236_000}


def test_a_head_that_stands_twice_is_a_finding(written: Write) -> None:
    [(_line, what)] = findings_in(written("gemeente;inwoners;inwoners\nAlmere;231000;236000\n"), 2027)
    assert what == "The column 'inwoners' stands twice in the table."


def test_a_mistake_that_is_in_every_row_is_told_once_with_its_count(written: Write) -> None:
    rows = "".join(f"GM{code:04};12,5\n" for code in range(3, 300))
    findings = findings_in(written(f"gm_code;inwoners\n{rows}"))
    assert [line for line, _what in findings] == [2, 3, 4]


@pytest.mark.parametrize(
    "text",
    [
        "Gemeente;31-12-2025;31-12-2026\nAlmere;231000;236000\n",
        "Gemeente;01-01-2026;01-01-2027\nAlmere;231000;236000\n",
        "Gemeente;1 jan 2026;1 januari 2027\nAlmere;231000;236000\n",
        "Gemeente;2026-01-01;2027-01-01\nAlmere;231000;236000\n",
        "Gemeente;Inwoners 31-12-2025;Inwoners per 31-12-2026\nAlmere;231000;236000\n",
        "Gemeente;Inwoners per 1-1-2026;Inwoners per 1-1-2027\nAlmere;231000;236.000*\n",
        "Regiocode (gemeente);Gemeente;Inwoners\nGM0034;Almere;236000\nTotaal;;236000\n",
    ],
)
def test_a_head_may_be_the_day_of_the_count(written: Write, text: str) -> None:
    """Counts at the end of 2026 are those of 1 January 2027."""
    assert people(written(text)) == {"GM0034": 236_000}


@pytest.mark.parametrize("head", ["31-12-2027", "Inwoners 31-12-2027", "2027-12-31", "Inwoners 1-7-2027"])
def test_another_day_of_the_year_is_not_the_first(written: Write, head: str) -> None:
    assert findings_in(written(f"Gemeente;{head}\nAlmere;236000\n"), 2027)
