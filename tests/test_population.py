"""The inhabitants of every year: the files that come with gguplan, and a folder of one's own."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gguplan.findings import InputError
from gguplan.inputs.population.checks import checks
from gguplan.inputs.population.overview import municipality_history, year_overview, year_totals
from gguplan.inputs.population.years import forget, load_population, years
from gguplan.reports.charts.look import counters
from gguplan.shipped import shipped_folder
from gguplan.wording.population import counter_in_words, source_in_words

HEADER = "gm_code,name,province,population\n"


def test_every_year_adds_up_to_the_total_that_cbs_published() -> None:
    for total in year_totals():
        assert total.difference == 0


def test_the_counts_are_those_that_cbs_printed() -> None:
    """Counts quoted in population_data/README.md from CBS tables 37230ned and 70739ned."""
    counts = {
        (2014, "GM0361"): 94866,
        (2014, "GM0363"): 810937,
        (2014, "GM0796"): 143733,
        (2015, "GM0381"): 32870,
        (2015, "GM0385"): 29087,
        (2015, "GM1931"): 54208,
        (2020, "GM0599"): 651157,
        (2020, "GM1621"): 62384,
        (2021, "GM0376"): 11954,
        (2026, "GM0363"): 941927,
    }
    for (year, code), count in counts.items():
        population = load_population(year)
        assert population.municipalities[population.index[code]].inhabitants == count


def test_municipalities_are_in_order_of_code_and_the_arrays_go_along() -> None:
    for year in years():
        population = load_population(year)
        codes = [municipality.gm_code for municipality in population.municipalities]
        assert codes == sorted(set(codes))
        assert int(population.inhabitants.sum()) == population.total
        assert [f"GM{code:04d}" for code in population.codes] == codes


def test_every_check_of_the_shipped_data_holds() -> None:
    failures = checks()
    assert [check.text for check in failures if not check.holds] == []
    assert len(failures) >= 13 + 12 + 1 + 4


def test_a_check_sees_every_kind_of_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A year with one municipality too few, a wrong total and a map of something else."""
    shipped = shipped_folder("population_data")
    own = tmp_path / "population_data"
    (own / "map").mkdir(parents=True)
    lines = (shipped / "2025.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (own / "2025.csv").write_text("".join(line for line in lines if "GM0344" not in line), encoding="utf-8")
    (own / "2024.csv").write_text((shipped / "2024.csv").read_text(encoding="utf-8"), encoding="utf-8")
    (own / "years.csv").write_text(
        "year,municipalities,national_total,status,note\n2024,342,1,final,x\n2025,342,18044027,final,x\n"
    )
    (own / "aliases.csv").write_text("alias,gm_code,note\nNergenshuizen,GM9998,x\nZwolle,GM0344,x\n")
    (own / "map" / "2024.geojson").write_text('{"features": []}')
    (own / "map" / "2023.geojson").write_text("no map")
    monkeypatch.chdir(tmp_path)
    wrong = "\n".join(check.text for check in checks() if not check.holds)
    assert "2025: 341 municipalities, years.csv says 342" in wrong
    assert "2024: 342 municipalities, 17,942,942 inhabitants; published is 1" in wrong
    assert "2024 to 2025: mergers.csv and the codes do not agree about GM0344" in wrong
    assert "aliases.csv: no code, or the name of another municipality: Nergenshuizen, zwolle" in wrong
    assert "2024.geojson: other areas than the municipalities of 2024" in wrong
    assert "2023.geojson: this is not a map" in wrong


def test_a_folder_of_ones_own_goes_before_the_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "population_data"
    own.mkdir()
    (own / "years.csv").write_text("year,municipalities,national_total,status,note\n2017,1,,final,x\n")
    (own / "2017.csv").write_text(HEADER + "GM0344,Utrecht,Utrecht,100\n")
    monkeypatch.chdir(tmp_path)
    assert load_population(2017).total == 100
    assert load_population(2016).total == 16_979_120


def test_counts_of_ones_own_are_said_to_come_from_where_their_row_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trial is no count of CBS; without a word its file is named."""
    own = tmp_path / "population_data"
    own.mkdir()
    (own / "years.csv").write_text(
        "year,municipalities,national_total,status,note\n2017,1,,final,Proef\n2018,1,,final,\n"
    )
    for year in (2017, 2018):
        (own / f"{year}.csv").write_text(HEADER + "GM0344,Utrecht,Utrecht,100\n")
    monkeypatch.chdir(tmp_path)
    sources = [load_population(year).source for year in (2016, 2017, 2018)]
    assert list(map(counter_in_words, sources)) == ["CBS", "Proef", "population_data/2018.csv"]
    assert source_in_words(sources[1]) == "counts of: Proef; file population_data/2017.csv"
    assert counters(map(load_population, (2016, 2017))) == "Inhabitants: CBS; Proef."


def test_a_year_that_is_not_there_says_which_are_and_how_to_add_one() -> None:
    with pytest.raises(InputError, match="Years that are: 2014, 2015") as wrong:
        load_population(2013)
    assert "gguplan population add FILE --year 2013" in str(wrong.value)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("344,Utrecht,Utrecht,10", "not a CBS code"),
        ("GM0344,Utrecht,Utrecht,1.5", "not a number of inhabitants"),
        ("GM0344,Utrecht,Utrecht,0", "not a number of inhabitants"),
        ("GM0344,Utrecht,Utrecht,-3", "not a number of inhabitants"),
        ("GM0344,,Utrecht,10", "name is missing"),
        ("GM0363,Amsterdam,Noord-Holland,10", "second time"),
    ],
)
def test_a_wrong_row_is_found_with_its_line(
    row: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "population_data"
    own.mkdir()
    (own / "years.csv").write_text("year,municipalities,national_total,status,note\n2017,1,,final,x\n")
    (own / "2017.csv").write_text(HEADER + "GM0363,Amsterdam,Noord-Holland,5\n" + row + "\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=what) as wrong:
        load_population(2017)
    assert [finding.place.line for finding in wrong.value.findings] == [3]


def test_after_forgetting_a_file_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "population_data"
    own.mkdir()
    (own / "years.csv").write_text("year,municipalities,national_total,status,note\n2017,1,,final,x\n")
    monkeypatch.chdir(tmp_path)
    for count in (100, 200):
        (own / "2017.csv").write_text(HEADER + f"GM0344,Utrecht,Utrecht,{count}\n")
        forget()
        assert load_population(2017).total == count


def test_provinces_and_size_classes_each_hold_every_municipality_once() -> None:
    for year in years():
        overview = year_overview(year)
        for groups in (overview.provinces, overview.sizes):
            assert sum(group.municipalities for group in groups) == overview.total.municipalities
            assert sum(group.inhabitants for group in groups) == overview.total.inhabitants
        assert len(overview.provinces) == 12


def test_a_municipality_has_its_counts_in_the_years_it_existed() -> None:
    schijndel = municipality_history("Schijndel")
    assert [count.year for count in schijndel.counts] == [2014, 2015, 2016]
    assert [change.new_name for change in schijndel.changes] == ["Meierijstad"]


def test_the_table_of_years_in_the_readme_is_that_of_the_files() -> None:
    readme = (shipped_folder("population_data") / "README.md").read_text(encoding="utf-8")
    for total in year_totals():
        assert f"| {total.year} | {total.municipalities} | {total.inhabitants:,} |" in readme


def test_the_note_of_a_shipped_year_stands_in_both_languages() -> None:
    assert [listed.year for listed in years().values() if listed.note] == [2014, 2015, 2022, 2025, 2026]
    assert [listed for listed in years().values() if bool(listed.note) != bool(listed.note_nl)] == []


def test_the_files_have_one_row_a_line_and_the_columns_they_should() -> None:
    for year in years():
        with (shipped_folder("population_data") / f"{year}.csv").open(encoding="utf-8", newline="") as source:
            rows = list(csv.reader(source))
        assert ",".join(rows[0]) + "\n" == HEADER
        assert {len(row) for row in rows} == {4}
