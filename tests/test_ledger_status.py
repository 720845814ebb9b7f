"""What is realised is final or provisional: which amounts an account still to come may change, and who says so."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

from gguplan.findings import InputError
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.shipped import shipped_folder

LEDGER: Final = load_ledger()

PROVISIONAL: Final = {
    2016: {
        "akj": "voor 1 mei 2017",
        "luisterend-oor": "voor 1 juni 2017",
        "burgerzakenmodules": "voorschotnota’s",
        "kindertelefoon": "voorlopige halfjaarcijfers",
        "adoptievoorzieningen": "eind mei 2017",
        "lkha": "nog niet beschikbaar",
    },
    2017: {
        "akj": "na schrijven dit verslag",
        "luisterend-oor": "voor 1 juni 2018",
        "burgerzakenmodules": "voorschotnota's",
        "kindertelefoon": "alleen de gegevens over het eerste half jaar",
        "adoptievoorzieningen": "eind mei 2018",
    },
}
"""Read in both reports: whose account was still to come, and words of the sentence that says so."""


@pytest.mark.parametrize("year", PROVISIONAL)
def test_the_provisional_amounts_are_those_whose_account_was_still_to_come(year: int) -> None:
    provisional = {
        programme: reading
        for programme in LEDGER.programmes
        if (reading := LEDGER.provisional(programme, year)) is not None
    }
    assert provisional.keys() == PROVISIONAL[year].keys()
    for programme, words in PROVISIONAL[year].items():
        assert words in provisional[programme].status_sentence
        assert provisional[programme].status_section


def test_nine_amounts_repeat_their_budget_and_two_of_them_are_final() -> None:
    """verantwoording-2016, 1.4: "die ook is gerealiseerd"; 2.9: "een minimale overbesteding van € 134"."""
    repeating = {
        (programme, year): LEDGER.used(programme, year, "realised")[0]
        for year in LEDGER.years()
        for programme in LEDGER.programmes
        if (realised := LEDGER.amount(programme, year, "realised")) is not None
        and realised == LEDGER.amount(programme, year, "net")
    }
    assert len(repeating) == 9
    final = {key: reading.status_sentence for key, reading in repeating.items() if reading.status == "final"}
    assert final.keys() == {("isd-programma", 2016), ("opvoeden-nl", 2016)}
    assert "die ook is gerealiseerd" in final["isd-programma", 2016]
    assert "overbesteding van € 134" in final["opvoeden-nl", 2016]
    together = {
        year: sum(reading.amount or 0 for (_name, when), reading in repeating.items() if when == year)
        for year in LEDGER.years()
    }
    assert together == {2016: 1_693_200_000, 2017: 1_182_700_000}
    of_2016 = [reading for (_name, year), reading in repeating.items() if year == 2016]
    assert sum(reading.amount or 0 for reading in of_2016 if reading.status == "provisional") == 1_228_200_000


def test_every_realised_amount_in_use_has_a_status_and_nothing_else_has() -> None:
    for reading in LEDGER.readings:
        assert bool(reading.status) == (reading.quantity == "realised" and reading.used), reading


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped ledger, in a folder ``ledger_data`` of the working folder."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(shipped_folder("ledger_data"), tmp_path / "ledger_data"))


AKJ: Final = "provisional,2.1 Stichting Advies- en Klachtenbureau Jeugdzorg,Conform afspraken"


@pytest.mark.parametrize(
    ("new", "what"),
    [
        (
            AKJ.replace("provisional,2.1", "preliminary,2.1"),
            "status is 'preliminary', and takes nothing, final, provisional",
        ),
        (AKJ.replace("provisional", ""), "A realised amount in use has no status."),
        ("provisional,,Conform afspraken", "without the sentence that says so"),
    ],
)
def test_a_mistake_in_a_status_is_found(folder: Path, new: str, what: str) -> None:
    file = folder / "readings.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count(AKJ) == 1
    file.write_text(text.replace(AKJ, new), encoding="utf-8")
    with pytest.raises(InputError, match=what.replace("'", ".")) as error:
        load_ledger(folder)
    (finding,) = error.value.findings
    assert (finding.place.file, finding.place.line) == (
        "ledger_data/readings.csv",
        text[: text.index(AKJ)].count("\n") + 1,
    )
    assert finding.remedy


def test_an_amount_that_repeats_its_budget_needs_the_sentence_that_says_what_it_is(folder: Path) -> None:
    file = folder / "readings.csv"
    text = file.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("opvoeden-nl,2016,realised,,700,"))
    head, _status, tail = row.partition(",final,")
    silent = f"{head},final,,,{tail.split('zelf komt.', 1)[1].lstrip(',')}"
    file.write_text(text.replace(row, silent), encoding="utf-8")
    with pytest.raises(InputError, match="without the sentence that says so"):
        load_ledger(folder)


def test_only_a_realised_amount_in_use_has_a_status(folder: Path) -> None:
    file = folder / "readings.csv"
    first, second, *rest = file.read_text(encoding="utf-8").splitlines()
    assert second.endswith(",,,,,,")
    changed = f"{second.removesuffix(',,,,,,')},final,,,,,"
    file.write_text("\n".join([first, changed, *rest]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="Only a realised amount in use has a status"):
        load_ledger(folder)
