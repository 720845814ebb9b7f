"""What a municipality came from and what it went into."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from gguplan.findings import InputError
from gguplan.inputs.population.municipal_changes import COLUMNS, changes, predecessors, successors
from gguplan.inputs.population.years import load_population, years


def old_names(gm_code: str, until_year: int) -> set[str]:
    return {change.old_name for change in predecessors(gm_code, until_year)}


def new_names(gm_code: str, until_year: int) -> set[str]:
    return {change.new_name for change in successors(gm_code, until_year)}


def test_there_are_as_many_changes_of_each_kind_as_the_readme_says() -> None:
    """population_data/README.md: 83 merge, 15 split, 2 rename, 3 boundary."""
    kinds = Counter(change.kind for change in changes())
    assert kinds == {"merge": 83, "split": 15, "rename": 2, "boundary": 3}


def test_a_merger_of_2017_leads_both_ways() -> None:
    assert old_names("GM1948", 2016) == {"Schijndel", "Sint-Oedenrode", "Veghel"}
    assert new_names("GM0844", 2017) == {"Meierijstad"}


def test_a_change_on_1_january_is_already_in_the_figures_of_that_day() -> None:
    assert predecessors("GM1948", 2017) == ()
    assert successors("GM0844", 2016) == ()


def test_a_split_goes_to_every_receiver() -> None:
    assert new_names("GM0140", 2018) == {"Leeuwarden", "Súdwest-Fryslân", "Waadhoeke"}


def test_a_chain_is_followed_to_the_end() -> None:
    """Millingen and Ubbergen went into Groesbeek in 2015, which is Berg en Dal since 2016."""
    assert old_names("GM1945", 2014) == {"Groesbeek", "Millingen aan de Rijn", "Ubbergen"}
    assert old_names("GM1945", 2015) == {"Groesbeek"}
    assert [change.new_code for change in successors("GM0282", 2026)] == ["GM0241", "GM1945"]


def test_a_boundary_correction_ends_nothing() -> None:
    assert successors("GM0599", 2026) == ()
    assert predecessors("GM1621", 2014) == ()


def test_a_municipality_that_keeps_its_code_has_the_ones_it_took_in_as_predecessors() -> None:
    assert old_names("GM0014", 2018) == {"Haren", "Ten Boer"}


@pytest.mark.parametrize("year", range(2015, 2027))
def test_every_code_that_leaves_has_a_successor_and_every_new_one_predecessors(year: int) -> None:
    before, after = load_population(year - 1).index, load_population(year).index
    for code in before.keys() - after.keys():
        assert {change.new_code for change in successors(code, year)} & after.keys()
    for code in after.keys() - before.keys():
        assert {change.old_code for change in predecessors(code, year - 1)} & before.keys()


@pytest.mark.parametrize("year", range(2015, 2027))
def test_no_inhabitants_go_missing_in_a_merger(year: int) -> None:
    """Over one year no new municipality is more than 3 % from the sum of what it came from.

    Only municipalities made wholly of others that were not split. 3 % is far above what a Dutch
    municipality grows in one year and far below what the smallest missing predecessor would take away.
    """
    before, after = load_population(year - 1), load_population(year)
    split = {change.old_code for change in changes() if change.kind == "split"}
    for code in after.index.keys() - before.index.keys():
        came = {change.old_code for change in predecessors(code, year - 1)} & before.index.keys()
        receivers = {change.new_code for old in came for change in successors(old, year)}
        if came & split or receivers & before.index.keys():
            continue
        old = sum(before.municipalities[before.index[code]].inhabitants for code in came)
        assert abs(after.municipalities[after.index[code]].inhabitants - old) < 0.03 * old


def test_an_own_mergers_file_is_read_besides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "population_data"
    own.mkdir()
    (own / "years.csv").write_text("year,municipalities,national_total,status,note\n")
    (own / "mergers.csv").write_text(
        "effective_date,old_code,old_name,new_code,new_name,kind,note\n"
        "2027-01-01,GM0344,Utrecht,GM2999,Groot Utrecht,merge,made up for this test\n"
    )
    monkeypatch.chdir(tmp_path)
    assert new_names("GM0344", 2027) == {"Groot Utrecht"}
    assert new_names("GM0844", 2017) == {"Meierijstad"}
    assert 2026 in years()


def test_a_copy_of_the_shipped_file_without_dutch_notes_adds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = changes()
    own = tmp_path / "population_data"
    own.mkdir()
    (own / "years.csv").write_text("year,municipalities,national_total,status,note\n")
    with (own / "mergers.csv").open("w", encoding="utf-8", newline="") as target:
        rows = csv.writer(target, lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerows([str(getattr(change, column)) for column in COLUMNS] for change in shipped)
    monkeypatch.chdir(tmp_path)
    assert [(change, change.note_nl) for change in changes()] == [(change, change.note_nl) for change in shipped]


def test_a_note_of_a_change_stands_in_both_languages() -> None:
    assert any(change.note for change in changes())
    assert [change for change in changes() if bool(change.note) != bool(change.note_nl)] == []


def test_every_wrong_row_is_found_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "population_data"
    own.mkdir()
    (own / "years.csv").write_text("year,municipalities,national_total,status,note\n")
    (own / "mergers.csv").write_text(
        "effective_date,old_code,old_name,new_code,new_name,kind,note\n"
        "1 January,GM0344,Utrecht,GM2999,Groot Utrecht,merge,\n"
        "2027-01-01,344,Utrecht,GM2999,Groot Utrecht,merge,\n"
        "2027-01-01,GM0344,Utrecht,GM2999,Groot Utrecht,takeover,\n"
    )
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as wrong:
        changes()
    assert [finding.place.line for finding in wrong.value.findings] == [2, 3, 4]
