"""Which municipality a text means."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gguplan.fund.municipalities import Municipality, Population
from gguplan.fund.municipality_names import name_key
from gguplan.inputs.population.municipalities import (
    AmbiguousMunicipality,
    UnknownMunicipality,
    aliases,
    find,
    look_up,
    names_in_all_years,
)
from gguplan.inputs.population.years import load_population, years

every_year = st.sampled_from(sorted(years()))
AMBIGUOUS = {"Beek", "Bergen", "Hengelo", "Laren", "Rijswijk"}


@st.composite
def municipalities(draw: st.DrawFn) -> tuple[Population, Municipality]:
    population = load_population(draw(every_year))
    return population, draw(st.sampled_from(population.municipalities))


def what_is_said(text: str, year: int) -> tuple[str, str]:
    with pytest.raises(UnknownMunicipality) as unknown:
        look_up(text, load_population(year))
    return unknown.value.what, unknown.value.remedy


# --- what is accepted ----------------------------------------------------------------------------


@settings(deadline=None)
@given(municipalities())
def test_every_form_of_a_code_is_that_municipality(chosen: tuple[Population, Municipality]) -> None:
    population, municipality = chosen
    number = int(municipality.gm_code[2:])
    for text in (
        municipality.gm_code,
        municipality.gm_code.lower(),
        f"{number:04d}",
        str(number),
        f"  {municipality.gm_code} ",
    ):
        assert look_up(text, population) == municipality


@settings(deadline=None)
@given(municipalities())
def test_an_official_name_in_capitals_without_accents_is_that_municipality(
    chosen: tuple[Population, Municipality],
) -> None:
    population, municipality = chosen
    plain = unicodedata.normalize("NFKD", municipality.name).encode("ascii", "ignore").decode().upper()
    for text in (municipality.name, plain, f" {plain.replace('-', ' ')} ", municipality.name.replace("'", "’")):
        if municipality.name in AMBIGUOUS:
            with pytest.raises(AmbiguousMunicipality):
                look_up(text, population)
        else:
            assert look_up(text, population) == municipality


@settings(deadline=None)
@given(municipalities(), every_year)
def test_the_name_of_another_year_is_accepted_for_the_same_code(
    chosen: tuple[Population, Municipality], year: int
) -> None:
    _population, municipality = chosen
    population = load_population(year)
    if municipality.name not in AMBIGUOUS and municipality.gm_code in population.index:
        assert look_up(municipality.name, population).gm_code == municipality.gm_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Den Haag", "GM0518"),
        ("the hague", "GM0518"),
        ("‘s Gravenhage", "GM0518"),
        ("s-Gravenhage", "GM0518"),
        ("Den Bosch", "GM0796"),
        ("Nuenen", "GM0820"),
        ("Nuenen c.a.", "GM0820"),
        ("nuenen gerwen en nederwetten", "GM0820"),
        ("ĲSSELSTEIN", "GM0353"),
        ("Tietjerksteradeel", "GM0737"),
        ("Zuidwest-Friesland", "GM1900"),
        ("Sudwest Fryslan", "GM1900"),
        ("Groningen (gemeente)", "GM0014"),
        ("gemeente Utrecht", "GM0344"),
        ("Bergen (NH)", "GM0373"),
        ("Bergen (L.)", "GM0893"),
        ("Bergen (Limburg)", "GM0893"),
        ("Hengelo (O.)", "GM0164"),
        ("Stein", "GM0971"),
        ("Stein (L.)", "GM0971"),
        ("De Friese Meren", "GM1940"),
    ],
)
@pytest.mark.parametrize("year", [2017, 2026])
def test_other_names_are_accepted_in_every_year(text: str, code: str, year: int) -> None:
    assert look_up(text, load_population(year)).gm_code == code


def test_de_fryske_marren_has_the_code_of_the_year() -> None:
    for name in ("De Friese Meren", "De Fryske Marren"):
        assert look_up(name, load_population(2015)).gm_code == "GM1921"
        assert look_up(name, load_population(2016)).gm_code == "GM1940"


def test_every_alias_has_a_code_of_some_year_and_a_note() -> None:
    codes = {code for year in years() for code in load_population(year).index}
    assert all(alias.gm_code in codes and alias.note for alias in aliases())


# --- what is refused -----------------------------------------------------------------------------


@settings(deadline=None)
@given(municipalities(), st.data())
def test_no_near_miss_is_ever_accepted(chosen: tuple[Population, Municipality], data: st.DataObject) -> None:
    """A letter left out, doubled or changed names nothing, unless that is itself a name of something."""
    population, municipality = chosen
    at = data.draw(st.integers(0, len(municipality.name) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    for text in (
        municipality.name[:at] + municipality.name[at + 1 :],
        municipality.name[:at] + letter + municipality.name[at + 1 :],
        municipality.name[:at] + letter + municipality.name[at:],
    ):
        if name_key(text) not in names_in_all_years():
            assert find(text, population) is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), every_year)
def test_any_text_is_a_municipality_or_a_clear_refusal(text: str, year: int) -> None:
    try:
        look_up(text, load_population(year))
    except UnknownMunicipality as unknown:
        assert unknown.what.endswith(".")
        assert unknown.remedy
        assert "\n" not in unknown.what


def test_the_closest_name_is_suggested_with_the_alias_that_matched() -> None:
    assert what_is_said("Den Bosh", 2017) == (
        '"Den Bosh" is not a municipality on 1 January 2017.',
        'Did you mean "\'s-Hertogenbosch" (GM0796, also known as Den Bosch)?',
    )


def test_a_part_of_a_name_suggests_every_municipality_that_has_it() -> None:
    _what, remedy = what_is_said("Alphen", 2026)
    assert remedy == 'Did you mean "Alphen aan den Rijn" (GM0484) or "Alphen-Chaam" (GM1723)?'


def test_a_place_in_a_municipality_is_not_that_municipality() -> None:
    what, _remedy = what_is_said("Hoofddorp", 2026)
    assert what == '"Hoofddorp" is not a municipality on 1 January 2026.'


@pytest.mark.parametrize("year", sorted(years()))
@pytest.mark.parametrize("name", sorted(AMBIGUOUS))
def test_a_name_that_can_be_several_asks_which(name: str, year: int) -> None:
    with pytest.raises(AmbiguousMunicipality) as ambiguous:
        look_up(name, load_population(year))
    assert ambiguous.value.what == f'"{name}" can be more than one municipality.'
    assert ambiguous.value.remedy.count("GM") >= 2


def test_hengelo_asks_which_and_says_what_tells_them_apart() -> None:
    _what, remedy = what_is_said("hengelo", 2017)
    assert remedy.startswith("Write GM0164 for Hengelo (Hengelo in Overijssel) or GM1876 for Bronckhorst (")


@pytest.mark.parametrize(
    ("text", "year", "remedy"),
    [
        (
            "Schijndel",
            2026,
            "Schijndel (GM0844) became part of Meierijstad (GM1948) on 1 January 2017; write Meierijstad.",
        ),
        (
            "844",
            2017,
            "Schijndel (GM0844) became part of Meierijstad (GM1948) on 1 January 2017; write Meierijstad.",
        ),
        (
            "Meierijstad",
            2016,
            "Meierijstad (GM1948) exists from 1 January 2017; before that Schijndel, Sint-Oedenrode and Veghel.",
        ),
        (
            "Littenseradeel",
            2026,
            "Littenseradiel (GM0140) was divided over Leeuwarden (GM0080), Súdwest-Fryslân (GM1900) and "
            "Waadhoeke (GM1949) on 1 January 2018; write Leeuwarden, Súdwest-Fryslân or Waadhoeke.",
        ),
        (
            "Waadhoeke",
            2017,
            "Waadhoeke (GM1949) exists from 1 January 2018; "
            "before that het Bildt, Franekeradeel, a part of Littenseradiel and Menameradiel.",
        ),
        (
            "Weesp",
            2023,
            "Weesp (GM0457) became part of Amsterdam (GM0363) on 24 March 2022; write Amsterdam.",
        ),
        (
            "Groesbeek",
            2026,
            "Groesbeek (GM0241) is Berg en Dal (GM1945) from 1 January 2016; write Berg en Dal.",
        ),
        (
            "Lemsterland",
            2026,
            "Lemsterland (GM0082) became part of De Friese Meren (GM1921) on 1 January 2014; write De Fryske Marren.",
        ),
    ],
)
def test_a_municipality_of_another_year_says_what_became_of_it(text: str, year: int, remedy: str) -> None:
    assert what_is_said(text, year)[1] == remedy


@pytest.mark.parametrize("text", ["", "   ", "\t\n"])
def test_nothing_is_not_a_municipality(text: str) -> None:
    assert what_is_said(text, 2026)[0] == "No municipality is named here."


@pytest.mark.parametrize("text", ["9999", "GM9999", "12345", "GM03x4"])
def test_a_code_that_no_year_has_says_how_a_code_looks(text: str) -> None:
    assert "such as GM0344" in what_is_said(text, 2026)[1]


def test_a_very_long_text_is_shown_short_and_without_control_characters() -> None:
    what, _remedy = what_is_said("\x1b[31m" + "x" * 100_000, 2026)
    assert len(what) < 120
    assert what.isprintable()


def test_looking_up_every_municipality_of_a_year_takes_a_moment() -> None:
    """342 look-ups; generous, so that only a look-up that grows with the data fails."""
    population = load_population(2026)
    start = time.perf_counter()
    for municipality in population.municipalities:
        look_up(municipality.gm_code, population)
        look_up(municipality.name, population)
    assert time.perf_counter() - start < 2
