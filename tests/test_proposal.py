"""The proposal: its figures are those of the result, its sentences those of the scenario, its Word what Word wants."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from docx.oxml.ns import qn

import gguplan as api
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.language import set_language
from gguplan.model.spending import spending_of
from gguplan.reports.charts import drawing
from gguplan.reports.proposal.word.document import word_document
from gguplan.reports.proposal.word.house_style import shipped_template
from gguplan.runs.results import comparison_of
from gguplan.wording.amounts import format_about, format_euros, format_number, signed
from gguplan.wording.rounded_amounts import formatted_to
from tests.full_disk import files_of_at_most
from tests.papers import Paper, changed, gguplan, paper, rows_of, small_paper
from tests.pictures import without_drawing

pytestmark = pytest.mark.usefixtures("undrawn")

DRAWING = drawing.png_fitting
LEAVING = "grote-steden-verlaten-de-hulplijn"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("papers")


@pytest.fixture(scope="module")
def leaving(folder: Path) -> Paper:
    """The four large cities leave the helpline, beside the fund of 2017 that the scenario extends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANG", "en_GB.UTF-8")
        without_drawing(patch)
        return paper(folder, LEAVING)


def in_dutch(cents: int) -> str:
    set_language("nl")
    return format_euros(cents)


# --- figures -----------------------------------------------------------------------------------------


def test_every_municipality_has_its_amounts_to_the_cent_in_the_document(leaving: Paper) -> None:
    comparison = comparison_of(api.load_scenario("uitnamen-2017"), api.load_scenario(LEAVING))
    annex = next(rows for rows in rows_of(leaving.word) if len(rows) > 300)
    heading, *rows, total = annex
    by_name = {row[0]: [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in rows}
    assert len(by_name) == len(rows) == 388
    set_language("nl")
    for municipality, before, after in zip(
        comparison.population.municipalities,
        comparison.baseline.to_pay.tolist(),
        comparison.scenario.to_pay.tolist(),
        strict=True,
    ):
        row = by_name[municipality.name]
        assert row[1:4] == [format_number(municipality.inhabitants), format_euros(before), format_euros(after)]
        assert row[5] == signed(format_euros(after - before), after - before)
    assert [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in total[:4]] == [
        "Totaal",
        "17.081.507",
        format_euros(comparison.total.before),
        format_euros(comparison.total.after),
    ]
    assert heading == ["Gemeente", "inwoners", "uitgangssituatie", "voorstel", "per inwoner", "effect"]


def test_programmes_fund_and_forecast_are_those_of_the_result(leaving: Paper) -> None:
    result = api.run(LEAVING)
    spending = spending_of(result, realised_years(load_ledger()), 20_000, 1)
    assert spending is not None
    set_language("nl")
    *programmes, total = leaving.table("programmes")
    assert [[row[0], row[2], row[4]] for row in programmes] == [
        [programme.programme.title, format_euros(programme.budget.gross), format_euros(programme.budget.net)]
        for programme in result.by_programme
    ]
    assert [total[2], total[4]] == [
        format_euros(result.totals["gross_cents"]),
        format_euros(result.totals["net_cents"]),
    ]
    *lines, total = leaving.table("spending")
    assert [row[3] for row in lines] == formatted_to(spending.expected.tolist(), spending.expected_total, 1_000)
    assert total[3] == format_about(spending.expected_total, 1_000)
    low, high = spending.underspend.between()
    assert leaving.table("rules")[-1][2:] == [
        format_about(cents, 1_000) for cents in (spending.underspend.expected, low, high)
    ]


def test_every_table_of_amounts_says_whether_vat_is_in_them(leaving: Paper) -> None:
    tables = [part for part in leaving.shown["parts"] if "table" in part]
    assert len(tables) > 5
    for table in tables:
        if any(cell.startswith("€") for row in table["rows"] for cell in row):
            headings = table["headings"][1:]
            assert "btw" in table["caption"] or all("btw" in heading for heading in headings), table["table"]


def test_size_classes_are_those_of_compare(leaving: Paper) -> None:
    comparison = comparison_of(api.load_scenario("uitnamen-2017"), api.load_scenario(LEAVING))
    set_language("nl")
    rows = leaving.table("sizes")
    assert [row[2:4] for row in rows[:-1]] == [
        [format_euros(group.before), format_euros(group.after)] for group in comparison.by_size()
    ]
    largest = leaving.table("largest")
    assert [row[0] for row in largest] == [
        comparison.population.municipalities[place].name for place in comparison.largest(10)
    ]


def test_the_document_holds_the_tables_of_the_json(leaving: Paper) -> None:
    tables = [part for part in leaving.shown["parts"] if "table" in part]
    written = rows_of(leaving.word)
    assert len(written) == len(tables) >= 9
    for rows, table in zip(written, tables, strict=True):
        plain = [[cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in rows]
        assert plain == [table["headings"], *table["rows"]]


# --- sentences of whole scenarios --------------------------------------------------------------------


def test_a_scenario_is_compared_with_what_it_extends(leaving: Paper) -> None:
    assert (
        "Vergeleken met Uitnamen gemeentefonds 2017 betalen alle gemeenten samen € 684.344,50 (0,9 %) meer"
        in leaving.text
    )
    assert "Alle 388 gemeenten betalen meer, samen € 684.344,50." in leaving.text
    assert "De grootste stijging is die van Zoetermeer: € 36.078,39." in leaving.text


def test_who_is_outside_and_what_that_costs_the_others(leaving: Paper) -> None:
    """€ 4,200,000 over 17,081,507 inhabitants is € 0.2459; over the 14,733,980 that are left € 0.2851."""
    assert leaving.under("Wie er meedoen") == (
        "24 uur telefonisch of elektronisch luisterend oor en advies: 4 gemeenten, Amsterdam, Rotterdam, 's-Gravenhage "
        "en Utrecht (13,7 % van de inwoners), doen niet mee. Daarvoor gaat geen factuur uit; de anderen betalen het "
        "hele budget: € 0,2851 per inwoner in plaats van € 0,2459."
    )


def test_one_programme_without_a_baseline_opt_outs_or_balance(folder: Path) -> None:
    """Fonds GGU 2020: € 52,300,000 over 17,282,163 inhabitants is € 3.0262."""
    proposal = paper(folder, "fonds-ggu-2020")
    assert proposal.shown["day"] == "Juni 2019"
    assert "De begroting bestaat uit één onderdeel" in proposal.text
    assert "dat is € 3,0262 per inwoner;" in proposal.under("Gevraagd besluit")
    assert "Er is geen eerder jaar of ander voorstel" in proposal.under("Herverdeeleffecten")
    assert "hoe het saldo zich ontwikkelt is dus niet bekend" in proposal.under("Saldo over de jaren")
    assert proposal.under("Wie er meedoen") == "Alle gemeenten doen mee aan alle onderdelen die worden uitgevoerd."
    assert [row[0] for row in proposal.table("departures")][
        2
    ] == "zij betalen niet en de anderen betalen het hele budget"
    assert "niet-deelnemers" not in proposal.under("Gevraagd besluit")
    assert len(proposal.table("municipalities")[0]) == 4


def test_half_a_fund_is_a_fall_that_shifts_nothing(folder: Path) -> None:
    half = paper(folder, "half-fonds-ggu", "--lang", "en")
    assert "all municipalities together pay €26,150,000.00 (50 %) less" in half.text
    assert "All 355 municipalities pay less, together €26,150,000.00." in half.text
    assert "Nothing shifts between municipalities" in half.text
    assert "rise" not in half.under("Redistribution effects")
    assert "A smaller budget goes to 1 programme" in half.text


def test_the_same_scenario_as_baseline_changes_nothing(folder: Path) -> None:
    same = paper(folder, "fonds-ggu-2020", "--baseline", "fonds-ggu-2020")
    assert "Alle gemeenten samen betalen evenveel als in Fonds GGU 2020: € 52.300.000,00." in same.text
    assert same.under("Herverdeeleffecten") == "Voor geen van de 355 gemeenten verandert er iets."
    assert not [part for part in same.shown["parts"] if part.get("table") in ("sizes", "largest")]


def test_refunds_of_2017_stand_in_the_decision_and_the_risks(folder: Path) -> None:
    """Verantwoording 2017, section 2.3: ten municipalities, 25 cents per inhabitant."""
    proposal = paper(folder, "uitnamen-2017", "--baseline", "uitnamen-2016", "--date", "2016-06-08")
    assert proposal.shown["day"] == "8 juni 2016"
    assert "in te stemmen met de verrekening voor niet-deelnemers" in proposal.under("Gevraagd besluit")
    assert "Er komt € 0,25 per inwoner terug, samen € 684.344,50" in proposal.under("Wie er meedoen")
    assert "de uitgangssituatie telt die van 1 januari 2016" in proposal.text
    assert "Teruggaven aan niet-deelnemers" in [row[0] for row in proposal.table("fund")]


def test_programmes_that_lapse_are_told_with_who_is_outside_and_no_money(folder: Path) -> None:
    proposal = paper(folder, "iedereen-moet-tekenen")
    in_short = proposal.under("In het kort")
    assert "Bij 3 onderdelen is de deelname te klein: Stichting" in in_short
    assert "Kindertelefoon (overgedragen)." in in_short
    assert "niet uit te voeren omdat de deelname te klein is" in proposal.under("Gevraagd besluit")
    budgets = {row[0]: row[2] for row in proposal.table("programmes")}
    assert {amount for title, amount in budgets.items() if title.endswith("(overgedragen)")} == {"€ 0,00"}
    assert "verval" not in proposal.text
    assert budgets["Totaal"] == proposal.table("fund")[0][-2]
    assert "378 gemeenten (ten minste 388 nodig)" in proposal.under("Wie er meedoen")
    assert "doen niet mee." in proposal.under("Wie er meedoen") and "terug" not in proposal.under("Wie er meedoen")
    assert "Overgedragen, omdat de deelname te klein is" in [row[0] for row in proposal.table("fund")]


def test_a_cascade_tells_its_chance_of_collapse(folder: Path) -> None:
    proposal = paper(folder, "hulplijn-wordt-duurder", "--seed", "3")
    section = proposal.under("Als gemeenten om de prijs afhaken")
    assert re.search(r"de kans dat het instort is \d+,\d %\.", section)
    assert "Waar dat niet gebeurt, betalen de blijvers" in section
    method = proposal.under("Werkwijze")
    assert re.search(r"10\.000 trekkingen van wat gemeenten accepteren \(seed 3\); de kans op instorten", method)


FOUR = {
    "absorb": "het saldo van het fonds betaalt dat",
    "shrink": "het onderdeel krimpt zoveel",
    "refund": "Wat betaald is komt terug",
    "redistribute": "de anderen betalen het hele budget",
}


def test_one_municipality_outside_under_each_settlement(folder: Path) -> None:
    """Utrecht has 357,597 of the 17,407,585 inhabitants of 2020: € 20,542.60 of a million."""
    file = folder / "eruit.toml"
    file.write_text(
        'title = "Eruit"\nyear = 2020\nreference_date = 2020-01-01\nsource = "invented for a test"\n'
        + "".join(
            f'[programmes.{name}]\ntitle = "{name}"\ngross = "1000000.00"\nvat = "none"\n'
            f'[opt_outs.{name}]\nmunicipalities = ["Utrecht"]\nsettlement = "{name}"\n'
            + ("joins = 2020-07-01\n" if name == "shrink" else "")
            for name in FOUR
        ),
        encoding="utf-8",
    )
    proposal = paper(folder, str(file))
    lines = dict(line.split(": ", 1) for line in proposal.under("Wie er meedoen").splitlines())
    assert {name: words in lines[name] for name, words in FOUR.items()} == dict.fromkeys(FOUR, True)
    assert "Utrecht (2,1 % van de inwoners) doet 182 van de 366 dagen niet mee." in lines["shrink"]
    assert all("€ 20.542,60" in lines[name] for name in ("absorb", "refund"))
    assert "€ 20.542,60 te onttrekken aan het saldo van het fonds" in proposal.under("Gevraagd besluit")
    assert "Dit voorstel onttrekt er € 20.542,60 aan" in proposal.under("Saldo over de jaren")


ONE = """
title = "{title}"
year = 2017
reference_date = 2017-01-01
source = "invented for a test"
[programmes.a]
title = "A"
gross = "{gross}"
vat = "none"
"""


def test_one_municipality_that_is_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """€ 100 after € 50 over 1,000 inhabitants, and nobody who could leave others behind."""
    (tmp_path / "population_data").mkdir()
    (tmp_path / "population_data" / "2017.csv").write_text(
        "gm_code,name,province,population\nGM0344,=Utrecht,Utrecht,1000\n", encoding="utf-8"
    )
    (tmp_path / "population_data" / "years.csv").write_text(
        "year,municipalities,national_total,status,note,note_nl\n2017,1,1000,final,,\n", encoding="utf-8"
    )
    (tmp_path / "nu.toml").write_text(ONE.format(title="Nu", gross="100.00"), encoding="utf-8")
    (tmp_path / "toen.toml").write_text(ONE.format(title="Toen", gross="50.00"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    proposal = paper(tmp_path, "nu.toml", "--baseline", "toen.toml")
    assert "De ene gemeente, met 1.000 inwoners, betaalt € 100,00." in proposal.text
    assert (
        "€ 50,00 (100 %) meer: € 100,00 in plaats van € 50,00. Per inwoner stijgt het van € 0,0500 naar"
        in proposal.text
    )
    assert "Meer betaalt 1 gemeente: € 50,00. De grootste stijging is die van =Utrecht: € 50,00." in proposal.text
    assert proposal.under("Wie er meedoen") == "Alle gemeenten doen mee aan alle onderdelen die worden uitgevoerd."
    assert "De kans dat meer wordt besteed dan de budgetten samen is" in proposal.under("Geld")
    assert proposal.table("municipalities")[0][0] == "=Utrecht"


def test_what_cannot_stand_by_itself_is_no_baseline(tmp_path: Path) -> None:
    """The scenario that is extended has no programme, so it is nothing to compare with."""
    base = 'title = "Basis"\nyear = 2020\nreference_date = 2020-01-01\nsource = "invented"\n'
    (tmp_path / "basis.toml").write_text(base, encoding="utf-8")
    file = tmp_path / "erop.toml"
    file.write_text(
        'title = "Erop"\nextends = "basis.toml"\nsource = "invented"\n[programmes.a]\ntitle = "A"\n'
        'gross = "1.00"\nvat = "none"\n',
        encoding="utf-8",
    )
    assert "Er is geen eerder jaar of ander voorstel" in paper(tmp_path, str(file)).text


def test_pictures_are_sharp_on_paper_and_no_larger_than_that_takes(tmp_path: Path) -> None:
    """220 dots to an inch, which Word keeps, whether a picture is as wide as the text or as high as it may be."""
    file = tmp_path / "voorstel.docx"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gguplan.reports.charts.drawing.png_fitting", DRAWING)
        written = gguplan("proposal", "uitnamen-2017", "--out", str(file))
    assert written.exit_code == 0, written.stderr
    with zipfile.ZipFile(file) as packed:
        xml = packed.read("word/document.xml").decode()
        pictures = [packed.read(name) for name in packed.namelist() if name.endswith(".png")]
    sizes = [tuple(map(int, size)) for size in re.findall(r'<wp:extent cx="([0-9]+)" cy="([0-9]+)"', xml)]
    assert len(sizes) == len(pictures) == 2
    dots = sorted(int.from_bytes(png[at : at + 4]) for png in pictures for at in (16, 20))
    expected = sorted(220 * length / 914_400 for size in sizes for length in size)
    assert dots == [pytest.approx(length, abs=2) for length in expected]


def test_years_ahead_bring_the_balance(folder: Path) -> None:
    file = folder / "jaren.toml"
    file.write_text(
        'title = "Jaren"\nextends = "fonds-ggu-2020"\nsource = "invented"\n[horizon]\nlast = 2022\n'
        'opening = "2000000.00"\nunderspend = "general"\nfloor = "500000.00"\nsource = "invented"\n',
        encoding="utf-8",
    )
    proposal = paper(folder, str(file))
    rows = proposal.table("balance")
    assert [row[0] for row in rows] == ["2020", "2021", "2022"]
    assert rows[0][1] == "€ 2.000.000"
    assert [rows[1][1], rows[2][1]] == [rows[0][-3], rows[1][-3]]
    (headings,) = (part["headings"] for part in proposal.shown["parts"] if part.get("table") == "balance")
    assert "besteed" in headings
    for row in rows:
        begin, *moves, end = [int(re.sub(r"[^0-9-]", "", cell)) for cell in row[1:-2]]
        assert begin + sum(moves) == end
    assert "naar de algemene reserve van het fonds" in proposal.under("Voorgestelde verrekening")
    assert "Het saldo" in proposal.under("Saldo over de jaren") and "€ 500.000" in proposal.under("Saldo over de jaren")


# --- the document ------------------------------------------------------------------------------------


def test_captions_references_headings_and_contents_are_what_word_can_update(leaving: Paper) -> None:
    word = leaving.word
    body = word.element.body
    fields = [instruction.text.strip() for instruction in body.iter(qn("w:instrText"))]
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert 'TOC \\o "1-2" \\h \\z \\u' in fields
    assert len([field for field in fields if field.startswith("SEQ Tabel")]) == len(rows_of(word))
    referred = {field.split()[1] for field in fields if field.startswith("REF ")}
    assert referred and referred <= marks and links <= marks
    ids = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids))
    for kind in ("begin", "separate", "end"):
        assert len(
            [character for character in body.iter(qn("w:fldChar")) if character.get(qn("w:fldCharType")) == kind]
        ) == len(fields)
    headings = [part["heading"] for part in leaving.shown["parts"] if "heading" in part]
    styled = [
        paragraph.text
        for paragraph in word.paragraphs
        if paragraph.style is not None and paragraph.style.name.startswith("Heading")
    ]
    assert styled == headings
    entries = ["".join(text.text or "" for text in link.iter(qn("w:t"))) for link in body.iter(qn("w:hyperlink"))]
    assert entries == [part["heading"] for part in leaving.shown["parts"] if "heading" in part and part["level"] < 3]
    assert not list(word.settings.element.iter(qn("w:updateFields")))


def test_the_headings_are_those_that_an_assembly_knows(leaving: Paper) -> None:
    headings = [part["heading"] for part in leaving.shown["parts"] if part.get("level") == 1]
    assert headings == [
        "Gevraagd besluit",
        "In het kort",
        "Aanleiding",
        "Beoogd effect",
        "Argumenten",
        "Kanttekeningen",
        "Financiële gevolgen",
        "Risico’s",
        "Vervolg en planning",
        "Bijlage: alle gemeenten",
        "Bijlage: bronnen en werkwijze",
    ]


def test_what_only_the_planner_knows_is_marked_and_listed_so_that_nothing_is_forgotten(folder: Path) -> None:
    outcome = gguplan("proposal", "fonds-ggu-2020", "-o", str(folder / "open.docx"), "--lang", "en", "--force")
    word = Paper({}, (folder / "open.docx").read_bytes()).word
    marked = [
        "".join(text.text or "" for text in run.iter(qn("w:t")))
        for run in word.element.body.iter(qn("w:r"))
        if list(run.iter(qn("w:highlight")))
    ]
    _written, _heading, *listed = outcome.stdout.splitlines()
    places = [line.split(": ", 1)[1] for line in listed if line.startswith("- ")]
    assert [f"[To fill in: {place}]" for place in places] == marked
    assert len(marked) == 8
    assert "- Follow-up and planning: when the ALV gets the accounts of 2020" in outcome.stdout


def test_levels_of_headings_go_down_one_at_a_time(leaving: Paper) -> None:
    levels = [part["level"] for part in leaving.shown["parts"] if "heading" in part]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_numbers_of_captions_count_up_and_references_follow_them(leaving: Paper) -> None:
    numbers = [part["number"] for part in leaving.shown["parts"] if "number" in part]
    tables = [number for number in numbers if number.startswith("Tabel")]
    assert tables == [f"Tabel {place}" for place in range(1, len(tables) + 1)]
    (annex,) = (part["number"] for part in leaving.shown["parts"] if part.get("table") == "municipalities")
    assert f"{annex} geeft alle gemeenten" in leaving.text


def test_every_picture_has_words_for_who_does_not_see_it(leaving: Paper) -> None:
    pictures = [part for part in leaving.shown["parts"] if "picture" in part]
    descriptions = [picture.get("descr") for picture in leaving.word.element.body.iter(qn("wp:docPr"))]
    assert descriptions == [picture["alt"] for picture in pictures]
    assert len(descriptions) == 4 and all(len(words) > 40 for words in descriptions)


def test_what_a_sentence_says_is_left_over_is_what_its_table_says(leaving: Paper) -> None:
    table = {row[2].replace("−", "").strip() for row in leaving.table("rules")[:-1]}
    amounts = re.findall(r"naar verwachting (€\s[\d.]*\d)", leaving.under("Voorgestelde verrekening"))
    assert amounts and set(amounts) <= table


@pytest.mark.parametrize("scenario", ["half-fonds-ggu", "mrdh-2024", "i-sociaal-domein-zonder-initiate"])
def test_no_sentence_of_an_english_paper_begins_with_a_numeral(folder: Path, scenario: str) -> None:
    written = paper(folder, scenario, "--lang", "en")
    first_source = written.under("Annex: sources and method").splitlines()[0]
    sentences = re.split(r"(?<=\.) |\n", written.text.partition(first_source)[0])
    assert [sentence for sentence in sentences if re.match(r"\d", sentence)] == []


def test_one_programme_gets_no_picture_of_a_single_line_and_is_not_the_least_known_of_all(folder: Path) -> None:
    alone = paper(folder, "fonds-ggu-2020")
    assert [part for part in alone.shown["parts"] if "picture" in part] == []
    assert "Het minst bekend" not in alone.text and "Figuur" not in alone.text


def test_headings_of_tables_come_back_on_every_page_and_rows_stay_whole(leaving: Paper) -> None:
    for table in leaving.word.element.body.iter(qn("w:tbl")):
        first, *others = table.iter(qn("w:tr"))
        assert list(first.iter(qn("w:tblHeader")))
        assert all(list(row.iter(qn("w:cantSplit"))) for row in others)


def test_the_document_says_its_language_title_and_no_moment(leaving: Paper) -> None:
    properties = leaving.word.core_properties
    assert properties.title == "Wat als de grote steden de hulplijn verlaten"
    assert (properties.author, properties.language) == ("gguplan", "nl-NL")
    assert properties.created == properties.modified
    assert {language.get(qn("w:val")) for language in leaving.word.styles.element.iter(qn("w:lang"))} == {"nl-NL"}
    with zipfile.ZipFile(io.BytesIO(leaving.file)) as packed:
        assert {member.date_time for member in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_scenario_gives_the_same_bytes(leaving: Paper, folder: Path) -> None:
    assert paper(folder, LEAVING).file == leaving.file


def test_what_is_hostile_in_a_title_is_only_text(folder: Path) -> None:
    file = folder / "vijandig.toml"
    file.write_text(
        """
title = '=HYPERLINK("http://x") <script>alert(1)</script> & "q" {{ voorstel }} {% for %}'
description = "]]> <w:p/>\\n\\n{{ titel }}"
year = 2020
reference_date = 2020-01-01
source = "@bron <b>"
[programmes.a]
title = "+<img src=x onerror=1>"
gross = "100.00"
vat = "none"
""",
        encoding="utf-8",
    )
    proposal = paper(folder, str(file))
    title = '=HYPERLINK("http://x") <script>alert(1)</script> & "q" {{ voorstel }} {% for %}'
    assert proposal.word.paragraphs[0].text == title
    assert proposal.word.core_properties.title == title
    assert proposal.table("programmes")[0][0] == "+<img src=x onerror=1>"
    assert "]]> <w:p/>" in [paragraph.text for paragraph in proposal.word.paragraphs]
    assert "{{ titel }}" in [paragraph.text for paragraph in proposal.word.paragraphs]


def test_characters_that_a_document_cannot_hold_are_replaced() -> None:
    made = word_document(small_paper(title="a\x00b\x0bc", text="d\ud800e\ufffff"), shipped_template())
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        document = packed.read("word/document.xml").decode()
    assert "a�b�c" in document.replace("a�b c", "a�b�c") and "d�e" in document


def test_a_paper_of_every_kind_of_part_is_quick_to_read_again() -> None:
    made = word_document(
        small_paper(text="Zie \ue000bedragen\ue001 en \ue000plaatje\ue001 en \ue000niets\ue001."), shipped_template()
    )
    texts = [paragraph.text for paragraph in Paper({}, made).word.paragraphs]
    assert "Zie Tabel 1 en Figuur 1 en ." in texts


# --- writing it --------------------------------------------------------------------------------------


def test_without_out_it_is_written_where_one_works_and_json_alone_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert gguplan("proposal", "fonds-ggu-2020", "--json").exit_code == 0
    assert list(tmp_path.iterdir()) == []
    outcome = gguplan("proposal", "fonds-ggu-2020")
    assert outcome.exit_code == 0 and outcome.stdout.startswith("Written: voorstel.docx\n")
    again = gguplan("proposal", "fonds-ggu-2020")
    assert again.exit_code == 2 and "This file is there already." in again.stderr


def test_a_write_that_is_interrupted_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the file that is to be replaced nothing stays behind, and that file is as it was."""
    file = tmp_path / "voorstel.docx"
    file.write_bytes(b"earlier")

    def interrupted(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    assert gguplan("proposal", "fonds-ggu-2020", "-o", str(file), "--force").exit_code != 0
    assert [file.name for file in tmp_path.iterdir()] == ["voorstel.docx"]
    assert file.read_bytes() == b"earlier"


def test_a_disk_that_is_full_is_told(tmp_path: Path) -> None:
    with files_of_at_most(2_000):
        done = gguplan("proposal", "fonds-ggu-2020", "-o", str(tmp_path / "voorstel.docx"), "--lang", "en")
    assert done.exit_code == 2, done.stderr
    assert "Nothing can be written here: File too large." in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_shipped_template_can_be_written_changed_and_used(tmp_path: Path) -> None:
    template, file = tmp_path / "sjabloon.docx", tmp_path / "voorstel.docx"
    assert gguplan("proposal", "--new-template", str(template)).exit_code == 0
    own = changed(template.read_bytes(), {}, {"word/styles.xml": (b"002C64", b"AA0000")})
    template.write_bytes(own)
    done = gguplan("proposal", "fonds-ggu-2020", "--template", str(template), "-o", str(file))
    assert done.exit_code == 0, done.stderr
    with zipfile.ZipFile(file) as packed:
        assert b"AA0000" in packed.read("word/styles.xml")
