"""The page as somebody uses it, in a real browser: with keyboard, screen reader, telephone, printer, and no script."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import gguplan
from gguplan.fund.steps.published import RealisedAsPublished
from gguplan.fund.steps.step import Step
from gguplan.language import set_language
from gguplan.model.bill import bill_of
from gguplan.model.explanation.tree import explain
from gguplan.wording.amounts import format_euros, per_inhabitant
from gguplan.wording.steps.step import line_in_words
from tests.chromium import NEEDS_CHROMIUM, Chromium, started_driver, wait_for
from tests.pages import EVERY_KIND, FORMULA, HOSTILE_NAME, HOSTILE_TITLE, THREE, hostile_world, page_of

pytestmark = NEEDS_CHROMIUM


_TO_ADDRESS: Final = """
const [address, done] = arguments;
document.getElementById('name').value = '';
if (location.hash === address) return done();
addEventListener('hashchange', () => done(), { once: true });
location.hash = address;
"""
"""Give the page another address, and wait until it has read that."""


RECENT: Final = """
title = "Recent"
year = 2027
source = "invented"
reference_date = 2026-01-01
[programmes.a]
title = "A"
gross = "1000.00"
vat = "none"
"""
"""Over names of 2026, of which CBS tells some apart by a province."""


class Browser(Chromium):
    """A browser with a tab for each page of a folder, which stays open: to load a page takes most of the time."""

    def __init__(self, driver: webdriver.Chrome, folder: Path) -> None:
        super().__init__(driver)
        self.folder, self.width, self.height = folder, 1280, 900
        self.tabs: dict[str, str] = {}
        self.sizes: dict[str, tuple[int, int]] = {}
        self.changed: set[str] = set()

    def screen(self, width: int, height: int = 800) -> None:
        """Look on a screen of this size; a page is laid out anew only where it was another."""
        self.width, self.height = width, height
        tab = self.driver.current_window_handle
        if self.sizes.get(tab) != (width, height):
            super().screen(width, height)
            self.sizes[tab] = (width, height)

    def turn_to(self, name: str) -> None:
        """The tab of a page, on the screen of now."""
        if name in self.tabs:
            if self.driver.current_window_handle != self.tabs[name]:
                self.driver.switch_to.window(self.tabs[name])
        else:
            if self.tabs:
                self.driver.switch_to.new_window("tab")
            self.tabs[name] = self.driver.current_window_handle
            self.changed.add(name)
        self.screen(self.width, self.height)

    def open(self, name: str, address: str = "") -> None:
        """Load a page, as who follows a link to it."""
        self.turn_to(name)
        file = f"file://{self.folder}/{name}.html"
        self.driver.get("about:blank")
        self.driver.get(file + address)
        # On a busy machine the driver can take the empty page for the one that is asked for.
        ready = "return document.readyState === 'complete' && location.href.startsWith(arguments[0])"
        wait_for(lambda: self.run(ready, file))
        self.changed.discard(name)

    def go(self, name: str, address: str = "") -> None:
        """Go to an address on a page with nothing opened; it is loaded when it is not there as it was made."""
        self.turn_to(name)
        if name in self.changed:
            self.open(name)
        for step in ("", address):
            self.driver.execute_async_script(_TO_ADDRESS, step)

    @property
    def address(self) -> str:
        return self.driver.current_url.partition("#")[2]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "three.html").write_text(page_of(*THREE), encoding="utf-8")
    (folder / "english.html").write_text(page_of(THREE[0], language="en"), encoding="utf-8")
    (folder / "recent.toml").write_text(RECENT, encoding="utf-8")
    (folder / "recent.html").write_text(page_of(str(folder / "recent.toml")), encoding="utf-8")
    (folder / "alike.html").write_text(page_of("fonds-ggu-2020", "half-fonds-ggu"), encoding="utf-8")
    (folder / "kinds.html").write_text(page_of(EVERY_KIND, THREE[0]), encoding="utf-8")
    (folder / "merged.html").write_text(page_of("fonds-ggu-2018", "fonds-ggu-2020"), encoding="utf-8")
    with hostile_world(tmp_path_factory.mktemp("hostile")) as scenario:
        (folder / "hostile.html").write_text(page_of(str(scenario)), encoding="utf-8")
    with started_driver(tmp_path_factory.mktemp("profile")) as driver:
        yield Browser(driver, folder)


@pytest.fixture(autouse=True)
def wide_and_quiet(browser: Browser) -> Iterator[None]:
    """Every test starts on a wide screen, and ends without a word in the console."""
    browser.screen(1280, 900)
    yield
    assert browser.console() == []


def bill_in_dutch(name: str, code: str) -> tuple[str, list[str]]:
    """The amount to pay, and of each programme what is to pay, as written."""
    set_language("nl")
    bill = bill_of(gguplan.run(name), code)
    return format_euros(bill.to_pay), [format_euros(line.to_pay) for line in bill.lines]


# --- searching and choosing ------------------------------------------------------------------------


def test_a_municipality_is_found_and_chosen_with_the_keyboard_alone(browser: Browser) -> None:
    browser.open("three")
    browser.type(Keys.TAB)
    assert browser.text(":focus") == "Naar de inhoud"
    browser.type(Keys.ENTER)
    browser.type(Keys.TAB)
    assert browser.focused == "name"
    browser.type("zw")
    box = browser.find("#name")
    assert (box.get_attribute("aria-expanded"), box.get_attribute("aria-activedescendant")) == ("true", None)
    assert browser.texts("#hits .hit-name") == ["Zwartewaterland", "Zwijndrecht", "Zwolle"]
    browser.type(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert box.get_attribute("aria-activedescendant") == "hit-2"
    assert browser.find("#hit-2").get_attribute("aria-selected") == "true"
    browser.type(Keys.ENTER)
    wait_for(lambda: browser.text("#bill-name") == "Zwolle")
    amount, lines = bill_in_dutch(THREE[0], "GM0193")
    assert (browser.address, browser.focused) == ("GM0193", "bill-name")
    assert (browser.text("#bill-name"), browser.text("#bill-amount")) == ("Zwolle", amount)
    assert browser.texts("#programmes tbody tr:not(.behind) td:nth-child(2)") == lines
    assert browser.text("#heard") == f"Zwolle betaalt {amount} voor Uitnamen gemeentefonds 2017."
    assert browser.driver.title == "Zwolle – Uitnamen gemeentefonds 2017"


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("sudwest fryslan", [("Súdwest-Fryslân", "GM1900, provincie Fryslân")]),
        ("DEN BOSCH", [("'s-Hertogenbosch", "GM0796, provincie Noord-Brabant; ook bekend als Den Bosch")]),
        ("schijndel", [("Meierijstad", "GM1948, provincie Noord-Brabant; Schijndel hoort erbij sinds 2017")]),
        ("gm 637", [("Zoetermeer", "GM0637, provincie Zuid-Holland")]),
        ("344", [("Utrecht", "GM0344, provincie Utrecht")]),
        ("<b>", []),
        ("9999", []),
    ],
)
def test_a_search_finds(browser: Browser, typed: str, hits: list[tuple[str, str]]) -> None:
    browser.go("three")
    browser.find("#name").send_keys(typed)
    assert list(zip(browser.texts(".hit-name"), browser.texts(".hit-words"), strict=True)) == hits
    expected = "1 gemeente gevonden. Druk op Enter om die te kiezen." if hits else "Geen gemeente gevonden."
    assert browser.text("#said").startswith(expected)


def test_who_is_called_so_comes_before_who_has_a_former_name_like_it(browser: Browser) -> None:
    browser.go("three")
    browser.find("#name").send_keys("hengelo")
    assert browser.texts(".hit-name")[:2] == ["Hengelo", "Bronckhorst"]
    browser.type(Keys.ENTER)
    wait_for(lambda: browser.text("#bill-name") == "Hengelo")
    # Also when it is told apart by a province and the former one was called exactly so.
    browser.go("recent")
    browser.find("#name").send_keys("hengelo")
    assert browser.texts(".hit-name")[:2] == ["Hengelo (O.)", "Bronckhorst"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("utrect", "Utrecht"), ("amsterdma", "Amsterdam"), ("Schiermonikoog", "Schiermonnikoog"), ("zwole", "Zwolle")],
)
def test_a_slip_is_suggested_what_was_meant_and_never_taken_for_it(browser: Browser, typed: str, first: str) -> None:
    browser.go("three", "#GM0637/2")
    browser.find("#name").send_keys(typed)
    assert browser.texts(".hit-name")[0] == first
    assert browser.text("#said") == "Zo heet geen gemeente. Bedoelt u een van deze?"
    browser.type(Keys.ENTER)
    # The bill of another does not stay under what was looked for.
    wait_for(lambda: not browser.find("#bill").is_displayed())
    assert browser.texts(".hit-name")[0] == first
    browser.type(Keys.ARROW_DOWN, Keys.ENTER)
    wait_for(lambda: browser.text("#bill-name") == first)


def test_the_list_does_not_cover_what_is_said_of_it(browser: Browser) -> None:
    browser.screen(390)
    browser.go("three")
    browser.find("#name").send_keys("berg")
    below = "return document.getElementById('said').getBoundingClientRect().bottom"
    assert browser.text("#said")
    assert browser.run(below) <= browser.run("return document.getElementById('hits').getBoundingClientRect().top")


def test_the_link_to_a_bill_is_copied_or_else_shown(browser: Browser) -> None:
    browser.go("three", "#GM0637/2")
    assert browser.text("#copy") == "Kopieer de link"
    browser.run("Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })")
    browser.find("#copy").click()
    wait_for(lambda: browser.text("#copied").endswith("#GM0637/2"))
    browser.run(
        "Object.defineProperty(navigator, 'clipboard', { configurable: true,"
        " value: { writeText: (text) => { window.copiedText = text; return Promise.resolve(); } } })"
    )
    browser.find("#copy").click()
    wait_for(lambda: browser.text("#copied") == "De link naar deze rekening is gekopieerd.")
    assert browser.run("return window.copiedText").endswith("#GM0637/2")


def test_a_name_that_can_be_two_is_not_chosen_and_escape_closes_the_list(browser: Browser) -> None:
    browser.go("three")
    browser.find("#name").send_keys("Bergen", Keys.ENTER)
    assert browser.address == ""
    assert browser.texts(".hit-name")[:2] == ["Bergen (L.)", "Bergen (NH.)"]
    assert not browser.find("#hits").get_attribute("hidden")
    browser.type(Keys.ESCAPE)
    assert browser.find("#hits").get_attribute("hidden")
    assert browser.find("#name").get_attribute("value") == "Bergen"
    browser.type(Keys.ESCAPE)
    assert browser.find("#name").get_attribute("value") == ""


def test_an_address_can_be_shared_and_the_back_button_goes_back(browser: Browser) -> None:
    browser.open("three", "#GM0637/3")
    amount, _lines = bill_in_dutch(THREE[2], "GM0637")
    assert (browser.text("#bill-name"), browser.text("#bill-amount")) == ("Zoetermeer", amount)
    assert browser.run("return document.querySelector('input[name=scenario]:checked').value") == "3"
    browser.find("#name").send_keys("Utrecht", Keys.ENTER)
    assert browser.address == "GM0344/3"
    browser.find("input[name=scenario][value='2']").click()
    assert browser.address == "GM0344/2"
    # A browser tells the page that its address changed when it has time: at once, or a moment later.
    wait_for(lambda: browser.text("#bill-title") == "Wat als de grote steden de hulplijn verlaten")
    browser.driver.back()
    browser.driver.back()
    wait_for(lambda: browser.text("#bill-name") == "Zoetermeer")
    assert browser.text("#bill-amount") == amount
    browser.go("three", "#GM9999")
    assert browser.text("#said") == "Gemeente GM9999 staat niet op deze pagina."
    assert browser.find("#bill").get_attribute("hidden")


# --- the figures as they are shown -----------------------------------------------------------------


def flat(step: Step) -> list[str]:
    return [line_in_words(step.line), *(text for behind in step.behind for text in flat(behind))]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sum_on_the_page_is_that_of_explain_word_for_word(browser: Browser, language: str) -> None:
    if language == "en":
        pages = [("english", 1, gguplan.run(THREE[0]))]
    else:
        kinds, plain, leaving = map(gguplan.run, (EVERY_KIND, THREE[0], THREE[1]))
        pages = [("kinds", 1, kinds), ("kinds", 2, plain), ("three", 2, leaving)]
    set_language("en" if language == "en" else "nl")
    for name, scenario, result in pages:
        for code in ("GM0344", "GM0363", "GM0193", "GM0637", "GM0088", "GM1948"):
            browser.go(name, f"#{code}/{scenario}")
            place = result.population.index[code]
            wait_for(lambda at=place, of=result: browser.text("#bill-name") == of.population.municipalities[at].name)
            shown = browser.run(
                "return [...document.querySelectorAll('#programmes .behind > td > ul')].map("
                "(one) => [...one.querySelectorAll('li')].map((line) => line.firstChild.textContent))"
            )
            tree = explain(result, code)
            shown = [[text.replace("\N{NO-BREAK SPACE}", " ") for text in lines] for lines in shown]
            # What was realised stands beside the budget on the page, not in the sum of the bill.
            summed = [
                [step for step in programme.behind if not isinstance(step.line, RealisedAsPublished)]
                for programme in tree.behind[1:]
            ]
            assert shown == [[text for step in steps for text in flat(step)] for steps in summed]
            assert browser.text("#bill-amount") == format_euros(tree.cents or 0)
            rate = bill_of(result, code).per_inhabitant(tree.cents or 0)
            assert per_inhabitant(rate) in browser.text("#bill-rate")


def test_the_sum_of_a_merged_municipality_ends_in_the_bills_of_those_it_came_from(browser: Browser) -> None:
    """Leerdam, Vianen and Zederik are Vijfheerenlanden since 2019 (population_data/mergers.csv)."""
    result = gguplan.run("fonds-ggu-2018")
    set_language("nl")
    browser.go("merged", "#GM1961/1")
    wait_for(lambda: browser.text("#bill-name") == "Vijfheerenlanden")
    lines_shown = "document.querySelectorAll('#programmes .behind > td > ul > li')"
    shown = browser.run(f"return [...{lines_shown}].map((line) => line.firstChild.textContent)")
    bills = [bill_of(result, code) for code in ("GM0545", "GM0620", "GM0707")]
    lines = [f"{bill.municipality.name} ({bill.municipality.gm_code}): {format_euros(bill.to_pay)}" for bill in bills]
    vat = f"waarvan btw: {format_euros(sum(bill.vat for bill in bills))}, die van deze rekeningen samen"
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in shown[1:]] == [*lines, vat]
    assert browser.text("#bill-amount") == format_euros(sum(bill.to_pay for bill in bills))


def test_the_scenarios_stand_beside_each_other_with_the_change(browser: Browser) -> None:
    browser.go("three", "#GM0637")
    rows = browser.run(
        "const rows = [...document.querySelectorAll('#beside tbody tr')];"
        "return rows.map((row) => [...row.cells].map((one) => one.textContent))"
    )
    assert [row[1] for row in rows] == [bill_in_dutch(name, "GM0637")[0] for name in THREE]
    # README: gguplan compare shows Zoetermeer with an effect of € 36.078,39, € 0,2892 per inhabitant.
    assert rows[1][2:] == ["€ 36.078,39", "+7,0 %", "€ 4,4348", "€ 0,2892"]
    assert rows[0][2:] == ["–", "–", "€ 4,1456", "–"]


def test_the_place_among_municipalities_of_the_size_is_told_in_words(browser: Browser) -> None:
    browser.go("three", "#GM0637")
    wait_for(lambda: browser.text("#bill-name") == "Zoetermeer")
    assert browser.text("#standing p") == (
        "Van de andere gemeenten met 100.000 tot 250.000 inwoners (26) betalen er per inwoner 26 meer, 0 evenveel en "
        "0 minder."
    )
    assert len(browser.texts("#standing .dot")) == 26
    assert browser.find("#standing svg").get_attribute("aria-hidden") == "true"


def test_a_bill_says_what_another_reference_date_changes_for_this_municipality(browser: Browser) -> None:
    """Utrecht pays 1,057,754.03 over 2018, 1,067,857.76 over 2019 and 1,074,377.81 over 2020."""
    browser.go("alike", "#GM0344/1")
    assert browser.text("#bill-dates") == (
        "De peildatum is een aanname. Over de inwoners van 1 januari 2018 is het € 10.103,73 minder; van 1 januari "
        "2020 is het € 6.520,05 meer."
    )
    browser.go("three", "#GM0344")
    assert browser.text("#bill-dates") == ""


def test_the_map_marks_the_choice_and_a_click_chooses(browser: Browser) -> None:
    browser.go("three", "#GM0344/2")
    assert len(browser.texts("#mark .ring")) == 2
    nothing = "hoogstens een halve cent meer of minder (4)"
    assert browser.texts("#legend span") == [nothing, "€ 0,04 meer (378)", "€ 0,29 meer (6)"]
    assert "€ 0,29 meer (6)" in (browser.find("#drawing").get_attribute("aria-label") or "")
    browser.run(
        "[...document.querySelectorAll('#areas path')].find((one) => one.textContent.startsWith('Zwolle'))"
        ".dispatchEvent(new MouseEvent('click', { bubbles: true }))"
    )
    wait_for(lambda: browser.address == "GM0193/2")


def test_what_changes_for_everybody_is_drawn_as_wide_as_the_screen_has_room_for(browser: Browser) -> None:
    """That nothing in the pictures is refused by the page's policy shows in the console, which stays empty."""
    browser.go("three")
    shown = (
        "[...document.querySelectorAll('#changes svg')].map((one) => one.getBoundingClientRect())"
        ".filter((box) => box.width)"
    )
    lengths = "return [...document.querySelectorAll('#changes .wide text')].map((one) => one.getComputedTextLength())"
    filled = "return getComputedStyle([...document.querySelectorAll('#changes path[fill]')].pop()).fill"
    assert browser.run(f"return {shown}.map((box) => box.width)") == [736] * 4
    assert min(browser.run(lengths)) > 0
    assert browser.run(filled).startswith("rgb")
    for width in (390, 320):
        browser.screen(width, 640)
        # Drawn anew for a telephone: whole, and with letters of at least seven tenths of their size.
        assert browser.run(f"return {shown}.map((box) => box.right <= innerWidth)") == [True] * 4
        scale = "Math.min(...[...document.querySelectorAll('#changes .narrow svg')].map((one) => one.getScreenCTM().a))"
        assert browser.run(f"return {scale}") > 0.7
        assert browser.run("return document.documentElement.scrollWidth") == width
    words = browser.texts("#changes p")
    assert all("gemeenten betalen meer per inwoner" in word for word in words) and len(words) == 2


def test_where_all_change_alike_there_is_no_picture_of_it(browser: Browser) -> None:
    browser.go("alike")
    assert browser.texts("#changes svg") == []
    assert "355 gemeenten betalen minder per inwoner" in browser.text("#changes p")


def test_the_pictures_are_printed_with_the_whole_table_and_not_with_a_bill(browser: Browser) -> None:
    for address, shown in (("", True), ("#GM0637/2", False)):
        browser.go("three", address)
        browser.devtools("Emulation.setEmulatedMedia", media="print")
        assert browser.find("#changes").is_displayed() == shown
        browser.devtools("Emulation.setEmulatedMedia", media="")


def test_the_table_sorts_and_filters(browser: Browser) -> None:
    browser.go("three")
    browser.changed.add("three")
    names = "#municipalities tbody tr:not([hidden]) th"
    browser.find("th[data-sort=to_pay] button").click()
    assert browser.find("th[data-sort=to_pay]").get_attribute("aria-sort") == "descending"
    assert browser.texts(names)[:2] == ["Amsterdam", "Rotterdam"]
    browser.find("th[data-sort=to_pay] button").click()
    assert browser.texts(names)[0] == "Schiermonnikoog"
    browser.find("#filter").send_keys("flevo")
    assert browser.texts(names) == ["Urk", "Zeewolde", "Dronten", "Noordoostpolder", "Lelystad", "Almere"]
    assert browser.text("#filter-said") == "6 van 388 gemeenten getoond."


# --- taking it along -------------------------------------------------------------------------------


def downloaded(browser: Browser, button: str, folder: Path) -> tuple[str, str]:
    browser.devtools("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    browser.find(button).click()
    # The browser writes beside an empty file of that name, and puts it in its place when it is whole.
    wait_for(lambda: [file.suffix for file in folder.iterdir()] == [".csv"] and next(folder.iterdir()).stat().st_size)
    (file,) = folder.iterdir()
    return file.name, file.read_bytes().decode("utf-8")


def test_the_bill_downloads_as_csv_for_a_dutch_spreadsheet(browser: Browser, tmp_path: Path) -> None:
    browser.go("three", "#GM0637")
    name, text = downloaded(browser, "#download", tmp_path)
    assert name == "bijdrage-GM0637.csv"
    assert text.startswith("\ufeffGemeente;CBS-code;Inwoners;Scenario;Onderdeel;Bijdrage;Teruggaaf;Te betalen;")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    bill = bill_of(gguplan.run(THREE[0]), "GM0637")
    assert len(rows) == 3 * (len(bill.lines) + 1)
    for row, line in zip(rows, bill.lines, strict=False):
        amounts = (line.contribution, line.refund, line.to_pay, line.to_pay - line.vat, line.vat)
        shown = [row[head] for head in ("Bijdrage", "Teruggaaf", "Te betalen", "Zonder btw", "btw")]
        assert (row["Onderdeel"], shown) == (line.title, [f"{cents / 100:.2f}".replace(".", ",") for cents in amounts])
    helpline = next(row for row in rows if row["Te betalen"] == "-514,03")
    assert "€ 4.200.000,00 × 124.763 ÷ 17.081.507 = € 30.676,719565…" in helpline["Som"]
    total = rows[len(bill.lines)]
    assert (total["Onderdeel"], total["Te betalen"]) == ("Totaal", "517222,58")


def test_the_whole_table_downloads_in_english_forms(browser: Browser, tmp_path: Path) -> None:
    browser.go("english")
    name, text = downloaded(browser, "#download-all", tmp_path)
    assert name == "all-municipalities.csv"
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 389
    assert ["Zoetermeer", "GM0637", "Zuid-Holland", "124763", "517222.58", "4.1456"] in rows


def test_the_print_is_one_sheet_with_the_bill_and_the_sum(browser: Browser) -> None:
    browser.go("three", "#GM0637/2")
    browser.devtools("Emulation.setEmulatedMedia", media="print")
    visible = browser.run("return document.body.innerText")
    browser.devtools("Emulation.setEmulatedMedia", media="")
    assert "Zoetermeer" in visible
    assert "€ 553.300,97" in visible
    assert "€ 4.200.000,00 × 124.763 ÷ 14.733.980 = € 35.564" in visible.replace("\N{NO-BREAK SPACE}", " ")
    assert "Alle gemeenten" not in visible
    assert "Download" not in visible
    pdf = base64.b64decode(browser.devtools("Page.printToPDF", preferCSSPageSize=True)["data"])
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1


def test_a_sum_that_is_opened_is_printed(browser: Browser) -> None:
    browser.go("three", "#GM0637/2")
    line = "hele centen: "
    printed = "return document.body.innerText"
    for click in (False, True):
        if click:
            browser.find("#programmes .opens").click()
        browser.devtools("Emulation.setEmulatedMedia", media="print")
        assert (line in browser.run(printed)) == click
        browser.devtools("Emulation.setEmulatedMedia", media="")


@pytest.mark.parametrize(("name", "most"), [("english", 7), ("alike", 7), ("three", 11)])
def test_without_a_choice_the_print_is_the_table_and_little_more(browser: Browser, name: str, most: int) -> None:
    browser.go(name)
    pdf = base64.b64decode(browser.devtools("Page.printToPDF", preferCSSPageSize=True)["data"])
    assert len(re.findall(rb"/Type /Page\b", pdf)) <= most


# --- everybody, everywhere, and nobody else --------------------------------------------------------


def test_axe_finds_nothing_against_wcag_2_2_aa(browser: Browser) -> None:
    browser.go("three", "#GM0637/2")
    browser.changed.add("three")
    browser.find("#programmes .opens").click()
    browser.find("#name").send_keys("utr", Keys.ARROW_DOWN)
    for width in (1280, 320):
        browser.screen(width)
        assert browser.violations() == []
    browser.run("document.querySelector('label[for=name]').remove()")
    assert any(violation.startswith("label") for violation in browser.violations("label")), "axe finds what is wrong"


@pytest.mark.parametrize("name", ["three", "kinds", "hostile"])
def test_a_telephone_never_scrolls_sideways(browser: Browser, name: str) -> None:
    browser.screen(320, 640)
    for address in ("", "#GM0363", "#GM0344"):
        browser.go(name, address)
        browser.run("for (const one of document.querySelectorAll('.opens')) one.click()")
        assert browser.run("return document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize(("name", "address"), [("english", "#GM0193"), ("three", "#GM0193/2"), ("alike", "#GM0363/2")])
def test_a_telephone_shows_every_amount_whole(browser: Browser, name: str, address: str) -> None:
    """On one of 390, and the bill itself also on one of 360."""
    bill = "#beside td, #programmes td, #beside th, #programmes th"
    table = ", #municipalities tr:nth-child(-n+30) :is(td, th)"
    for width, cells in ((390, bill + table), (360, bill)):
        browser.screen(width, 844)
        browser.go(name, address)
        cut = browser.run(
            f"return [...document.querySelectorAll('{cells}')]"
            ".filter((cell) => cell.getClientRects().length"
            " && cell.getBoundingClientRect().right > cell.closest('.scroll').getBoundingClientRect().right + 1)"
            ".map((cell) => cell.textContent)"
        )
        assert cut == []
        amounts = browser.run(
            "return [...document.querySelector('#municipalities tbody tr').cells]"
            ".filter((cell) => cell.getClientRects().length).map((cell) => cell.textContent)"
        )
        assert len(amounts) == 3 and "€" in amounts[1]


def test_a_telephone_has_the_column_of_the_choice(browser: Browser) -> None:
    browser.screen(390)
    shown = (
        "return [...document.querySelector('#municipalities tbody .active').cells]"
        ".filter((cell) => cell.getClientRects().length).map((cell) => cell.textContent)"
    )
    for number in (1, 2, 3):
        browser.go("three", f"#GM0637/{number}")
        amount, _lines = bill_in_dutch(THREE[number - 1], "GM0637")
        assert browser.run(shown)[1].replace("\N{NO-BREAK SPACE}", " ") == amount.replace("\N{NO-BREAK SPACE}", " ")
        assert browser.text("#every-scenario") == browser.text("#bill-title")


def test_without_a_script_the_table_is_there_and_the_address_marks_the_row(browser: Browser) -> None:
    browser.turn_to("three")
    browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open("three", "#GM0637")
        assert "staat in de tabel hieronder" in browser.find("noscript p").text
        assert not browser.find("#search").is_displayed()
        assert not browser.find("#bill").is_displayed()
        assert len(browser.driver.find_elements(By.CSS_SELECTOR, "#municipalities tbody tr")) == 388
        cells = browser.find("#municipalities tr:target").text
        assert cells.startswith(
            "Zoetermeer Zuid-Holland 124.763 € 517.222,58 € 4,1456 € 553.300,97 € 4,4348 € 36.078,39"
        )
        assert browser.find("#about .sources tbody tr").is_displayed()
    finally:
        browser.changed.add("three")
        browser.devtools("Emulation.setScriptExecutionDisabled", value=False)


def test_hostile_names_and_titles_are_shown_and_nothing_of_them_runs(browser: Browser, tmp_path: Path) -> None:
    browser.go("hostile", "#GM0363")
    assert browser.text("#bill-name") == HOSTILE_NAME
    assert browser.text("#bill-title") == HOSTILE_TITLE
    assert browser.texts("#programmes .title") == [
        "=HYPERLINK(1)",
        '-2+3 "aan; elkaar"',
        "@SUM(A1)",
        "<svg onload=window.hacked=1>{name}",
    ]
    browser.find("#name").send_keys("img src")
    assert browser.texts(".hit-name") == [HOSTILE_NAME]
    assert browser.run("return [window.hacked, document.images.length, document.scripts.length]") == [None, 0, 2]
    browser.run("location.hash = '#GM0344'")
    wait_for(lambda: browser.text("#bill-name") == FORMULA)
    _name, text = downloaded(browser, "#download", tmp_path)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert {row[0] for row in rows[1:]} == {"'" + FORMULA}
    assert [row[4] for row in rows[1:]] == [
        "'=HYPERLINK(1)",
        '\'-2+3 "aan; elkaar"',
        "'@SUM(A1)",
        "<svg onload=window.hacked=1>{name}",
        "Totaal",
    ]
    assert all(len(row) == 13 for row in rows)


def test_a_script_that_gets_in_is_refused_and_nothing_can_be_fetched(browser: Browser) -> None:
    browser.go("english")
    browser.run(
        "const script = document.createElement('script'); script.textContent = 'window.hacked = 1';"
        "const image = document.createElement('img'); image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';"
        "document.body.append(script, image)"
    )
    messages: list[str] = []

    def refused() -> bool:
        messages.extend(entry["message"] for entry in browser.driver.get_log("browser"))  # type: ignore[no-untyped-call]
        return len(messages) == 2

    wait_for(refused)
    assert all("Content Security Policy" in message for message in messages)
    assert browser.run("return window.hacked") is None
