"""The workbench as somebody uses it, in a real browser: three users' tasks from start to file, keyboard alone, two
tabs, a server that starts again, screen readers, telephones, dark screens and paper."""

from __future__ import annotations

import base64
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

import gguplan
from gguplan.fund.steps.step import Step
from gguplan.language import Language, set_language
from gguplan.model.bill import bill_of
from gguplan.model.explanation.tree import explain
from gguplan.wording.amounts import format_euros, per_inhabitant
from gguplan.wording.steps.step import line_in_words
from gguplan.workbench.bases import Bases
from gguplan.workbench.bench import Bench
from gguplan.workbench.gate import cookie_name
from gguplan.workbench.server import PageServer
from gguplan.workbench.state import State, Variant, address_of
from gguplan.workbench.workbench import Workbench
from tests.chromium import NEEDS_CHROMIUM, Chromium, started_driver, wait_for
from tests.workbenches import Visitor, open_workbench

pytestmark = NEEDS_CHROMIUM

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"

FEW: Final = "four-programmes.toml"
"""Four of the programmes of uitnamen-2017: a page of all twenty-one, which two tests look at, has three times as many
levers and takes a browser twice as long."""
FILE: Final = Path(__file__).parent / "data" / FEW


class Desk(Chromium):
    """A browser at a workbench."""

    def enter(self, visitor: Visitor, query: str = "") -> None:
        if not any(cookie["name"] == cookie_name(visitor.port) for cookie in self.cookies()):
            self.driver.get(visitor.workbench.first_address)
        self.driver.get(f"http://127.0.0.1:{visitor.port}/?{query or address_of(visitor.workbench.start)}")
        self.settled()

    def cookies(self) -> list[dict[str, Any]]:
        cookies: list[dict[str, Any]] = self.devtools("Network.getAllCookies")["cookies"]
        return cookies

    def settled(self) -> None:
        """Wait until all that was done is shown."""
        wait_for(lambda: self.run("return document.readyState") == "complete")

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.driver.current_url).query)

    @property
    def settings(self) -> list[str]:
        return [value for key, value in self.query if key == "set"]

    def set(self, path: str, value: str) -> None:
        """Type a value at a lever and leave it, and wait for the answer."""
        before = self.driver.current_url
        self.run(
            "for (let one = document.getElementById(arguments[0]); one; one = one.parentElement)"
            " if (one.tagName === 'DETAILS') one.open = true;", f"lever-{path}",
        )  # fmt: skip
        lever = self.driver.find_element(By.ID, f"lever-{path}")
        if lever.tag_name == "select":
            Select(lever).select_by_value(value)
        else:
            lever.send_keys(Keys.CONTROL + "a" + Keys.NULL, value, Keys.TAB)
        wait_for(lambda: self.driver.current_url != before)

    def value(self, path: str) -> str:
        """What a lever says now."""
        value: str = self.run("return document.getElementById(arguments[0]).value", f"lever-{path}")
        return value

    def press(self, selector: str) -> None:
        """Press something, wherever it stands on the page."""
        element = self.find(selector)
        self.run("arguments[0].scrollIntoView({ block: 'center' })", element)
        element.click()

    def choose(self, name: str) -> None:
        self.find("#name").clear()
        self.find("#name").send_keys(name, Keys.ENTER)
        wait_for(lambda: self.texts("[data-fragment=bill] h3") == [name])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scenarios")
    shutil.copy(FILE, folder)
    return folder


@pytest.fixture(scope="module")
def visitor(folder: Path) -> Iterator[Visitor]:
    with open_workbench(str(folder / FEW), language="nl", folder=folder) as visitor:
        yield visitor


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with started_driver(tmp_path_factory.mktemp("profile")) as driver:
        driver.set_script_timeout(120)
        yield Desk(driver)


@pytest.fixture(autouse=True)
def wide_and_quiet(desk: Desk) -> Iterator[None]:
    desk.screen(1280, 900)
    set_language("nl")
    yield
    assert desk.console() == []
    set_language("en")


def written(step: Step) -> list[str]:
    return [line_in_words(step.line), *(text for behind in step.behind for text in written(behind))]


# --- three users -----------------------------------------------------------------------------------


def test_the_planner_changes_a_budget_and_saves_a_scenario_that_gives_the_same_cents(
    desk: Desk, visitor: Visitor, folder: Path
) -> None:
    desk.enter(visitor)
    desk.set("programmes.ibd.gross", "2100000.00")
    desk.set("opt_outs.luisterend-oor.settlement", "redistribute")
    desk.choose("Zwolle")
    shown = desk.text("[data-fragment=bill] .answer-amount strong")
    desk.find("#save-source").send_keys("werkgroep, 3 juni")
    desk.find("#save-title").clear()
    desk.find("#save-title").send_keys("Voorstel")
    desk.press("[data-where=folder]")
    wait_for(lambda: desk.text("#save-said") == "Bewaard: voorstel.toml")
    result = gguplan.run(folder / "voorstel.toml")
    assert shown == format_euros(bill_of(result, "GM0193").to_pay)
    names, amounts = (desk.texts(f"[data-fragment=fund] tbody {cell}") for cell in ("th", "td:nth-child(2)"))
    totals = dict(zip(names, amounts, strict=True))
    assert totals["De gemeenten betalen"] == format_euros(int(result.to_pay.sum()))
    assert totals["Te besteden, exclusief btw"] == format_euros(result.totals["available_net_cents"])
    desk.press("[data-act=back][data-path='']")
    wait_for(lambda: desk.settings == [])
    desk.find("#open-file").send_keys(str(folder / "voorstel.toml"))
    wait_for(lambda: len(desk.settings) == 3 and 'programmes.ibd.gross="2100000.00"' in desk.settings)
    assert desk.text("[data-fragment=bill] .answer-amount strong") == shown


def test_the_controller_opens_the_sum_behind_the_bill(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    desk.choose("Utrecht")
    desk.press("#sum-ibd")
    wait_for(lambda: desk.texts("[data-fragment=lines] .behind"))
    result = gguplan.run(FILE)
    (inhabitants, programme) = explain(result, "GM0344", "ibd").behind
    lines = desk.run(
        "return [...document.querySelectorAll('.behind li')].map((line) => [...line.childNodes]"
        ".filter((part) => part.tagName !== 'UL').map((part) => part.textContent).join('').trim())"
    )
    assert lines == [*written(inhabitants), *written(programme)]
    bill = bill_of(result, "GM0344")
    rows = desk.texts("[data-fragment=lines] tbody tr:not(.behind) td:nth-child(2)")
    assert rows == [format_euros(line.to_pay) for line in bill.lines]
    rates = desk.texts("[data-fragment=lines] tbody tr:not(.behind) td:nth-child(3)")
    assert rates == [per_inhabitant(bill.per_inhabitant(line.to_pay)) for line in bill.lines]


def test_the_analyst_puts_a_city_outside_on_the_map_and_sees_who_pays(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    Select(desk.find("#map-does")).select_by_value("ibd")
    place = gguplan.run(FILE).population.index["GM0599"]
    click = "dispatchEvent(new MouseEvent('click', { bubbles: true }))"
    desk.run(f"document.querySelector('#areas [data-place=\"{place}\"]').{click}")
    wait_for(lambda: len(desk.settings) == 2)
    assert 'opt_outs.ibd.municipalities=["Rotterdam"]' in desk.settings
    comparison = gguplan.compare(
        FILE,
        FILE,
        {"opt_outs.ibd.municipalities": ["Rotterdam"], "opt_outs.ibd.settlement": "redistribute"},
    )
    largest = sorted(comparison.largest(14), key=lambda place: -int(comparison.effects[place]))
    names = [comparison.population.municipalities[place].name for place in largest]
    assert desk.texts(".bars tbody th button") == names
    effects = [format_euros(int(comparison.effects[place])) for place in largest]
    assert [text.removeprefix("+") for text in desk.texts(".bars tbody td:nth-child(2)")] == effects
    assert desk.run("return document.querySelectorAll('#outside-marks path').length") == 1
    desk.press("[data-act=back][data-path='']")
    wait_for(lambda: desk.settings == [])


def test_a_programme_is_added_with_its_mistakes_at_its_fields(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    desk.press("#section-new-programme summary")
    desk.find("#new-programme-title").send_keys("Nieuwe aanpak")
    desk.find("#new-programme-source").send_keys("werkgroep")
    desk.press("[data-fields=programme] button")
    wait_for(lambda: desk.focused == "new-programme-gross")
    assert len(desk.texts(".new .refused")) == 1
    desk.console()
    desk.type("1,5 mln", Keys.ENTER)
    wait_for(lambda: desk.focused == "lever-programmes.nieuwe-aanpak.gross")
    assert desk.value("programmes.nieuwe-aanpak.gross") == "1.500.000,00"
    result = gguplan.run(FILE, dict(setting.split("=", 1) for setting in desk.settings))
    assert format_euros(int(np.sum(result.to_pay))) in desk.text("[data-fragment=summary]")


def test_a_long_answer_is_stopped_from_the_page(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    desk.press("#sweep-form summary")
    desk.find("#vary").send_keys("programmes.ibd.gross=1000000:3000000:1000")
    desk.press("#sweep-form button")
    wait_for(lambda: desk.texts(".job progress"))
    desk.set("programmes.dkd.gross", "700000.00")
    desk.press(".job button")
    wait_for(lambda: not visitor.workbench.jobs.all())
    assert desk.texts(".job") == []
    assert desk.run("return document.activeElement.dataset.begin") == "sweep"
    desk.press("#sweep-form button")
    wait_for(lambda: desk.texts(".job progress"))
    begun = visitor.workbench.jobs.all()[-1]
    # What a page that is loaded again had begun works on for nobody: it is stopped, not merely done.
    desk.driver.refresh()
    wait_for(lambda: begun not in visitor.workbench.jobs.all())


# --- the state stands in the address -----------------------------------------------------------------


def test_reload_undo_and_redo_keep_what_was_done(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    desk.set("programmes.ibd.gross", "2100000.00")
    desk.set("programmes.dkd.gross", "700000.00")
    desk.driver.refresh()
    desk.settled()
    assert len(desk.settings) == 2
    assert desk.value("programmes.dkd.gross") == "700.000,00"
    desk.find("#undo").click()
    wait_for(lambda: desk.settings == ["programmes.ibd.gross=2100000.00"])
    wait_for(lambda: desk.value("programmes.dkd.gross") == "611.000,00")
    desk.find("#redo").click()
    wait_for(lambda: len(desk.settings) == 2)


def test_other_municipalities_have_another_map_and_undo_goes_back_to_the_first(desk: Desk, visitor: Visitor) -> None:
    def areas() -> int:
        return len(desk.driver.find_elements(By.CSS_SELECTOR, "#areas [data-place]"))

    desk.enter(visitor)
    before = areas()
    desk.run(
        "const lever = document.getElementById('lever-reference_date'); lever.value = '2018-01-01';"
        "lever.dispatchEvent(new Event('change', { bubbles: true }))"
    )
    wait_for(lambda: desk.settings == ["reference_date=2018-01-01"])
    wait_for(lambda: areas() not in (0, before))
    desk.settled()
    wait_for(lambda: desk.run("return !document.getElementById('undo').disabled"))
    desk.run("document.getElementById('undo').click()")
    wait_for(lambda: desk.settings == [])
    wait_for(lambda: areas() == before)


def test_a_day_that_is_typed_is_one_change(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    steps = desk.run("return history.state.step")
    desk.run("for (const one of document.querySelectorAll('details')) one.open = true")
    desk.find("[id='lever-opt_outs.luisterend-oor.leaves']").send_keys("05052017", Keys.ENTER)
    wait_for(lambda: desk.settings)
    assert desk.settings == ["opt_outs.luisterend-oor.leaves=2017-05-05"]
    assert desk.run("return history.state.step") == steps + 1


def test_what_was_changed_is_marked_with_what_it_was_and_goes_back_with_one_press(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    assert desk.texts(".moved") == []
    desk.set("programmes.ibd.gross", "2100000.00")
    wait_for(lambda: len(desk.texts(".moved")) == 1)
    assert desk.texts(".moved del") == ["2.000.000,00"]
    assert desk.texts(".moved ins") == ["2.100.000,00"]
    desk.press(".moved button")
    wait_for(lambda: desk.texts(".moved") == [])


def test_changes_that_come_faster_than_answers_end_at_the_last(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    desk.run(
        "performance.clearResourceTimings(); const lever = document.getElementById('lever-programmes.ibd.gross');"
        "for (let number = 1; number <= 30; number += 1) { lever.value = `21000${String(number).padStart(2, '0')}.00`;"
        "  lever.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    wait_for(lambda: desk.settings == ["programmes.ibd.gross=2100030.00"])
    wait_for(lambda: desk.texts(".moved ins") == ["2.100.030,00"])
    requests = "return performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('/act')).length"
    assert desk.run(requests) == 2


def test_a_mistake_stands_at_its_lever_in_the_words_of_the_command_line(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    desk.set("programmes.ibd.round_to", "7,5")
    wait_for(lambda: desk.texts(".lever .finding"))
    with pytest.raises(gguplan.InputError) as error:
        gguplan.load_scenario(FILE, {"programmes.ibd.round_to": "7,5"})
    assert desk.find("[id='lever-programmes.ibd.round_to']").get_attribute("aria-invalid") == "true"
    assert "7,5" in desk.text(".lever .finding") and error.value.findings
    desk.press(".mistakes a")
    assert desk.focused == "lever-programmes.ibd.round_to"


def test_an_amount_that_could_be_two_stands_at_its_lever_until_it_is_put_right(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    desk.run("for (const one of document.querySelectorAll('details')) one.open = true")
    rate = "[id='lever-opt_outs.luisterend-oor.rate']"
    desk.find(rate).send_keys(Keys.CONTROL + "a" + Keys.NULL, "3.450", Keys.TAB)
    wait_for(lambda: "twee manieren" in "".join(desk.texts(".lever .finding")))
    assert desk.value("opt_outs.luisterend-oor.rate") == "3.450"
    assert desk.find(rate).get_attribute("aria-invalid") == "true"
    assert desk.settings == []
    desk.console()
    desk.find(rate).send_keys(Keys.CONTROL + "a" + Keys.NULL, "0,25", Keys.TAB)
    wait_for(lambda: desk.texts(".lever .finding") == [])
    assert desk.value("opt_outs.luisterend-oor.rate") == "0,25"
    assert desk.find(rate).get_attribute("aria-invalid") is None
    assert desk.text("#alarm") == ""


def test_what_was_refused_stays_marked_while_something_else_is_changed(desk: Desk, visitor: Visitor) -> None:
    """Unmarked it stood there as if it counted."""
    desk.enter(visitor)
    rate = "opt_outs.luisterend-oor.rate"
    desk.run("for (const one of document.querySelectorAll('details')) one.open = true")
    desk.find(f"[id='lever-{rate}']").send_keys(Keys.CONTROL + "a" + Keys.NULL, "3.450", Keys.TAB)
    wait_for(lambda: "twee manieren" in "".join(desk.texts(".lever .finding")))
    desk.console()
    desk.set("programmes.ibd.gross", "2100000.00")
    # The part of the page that the refused lever stands in is put anew.
    desk.set("opt_outs.luisterend-oor.settlement", "shrink")
    wait_for(lambda: len(desk.settings) == 2)
    assert desk.value(rate) == "3.450"
    assert len(desk.texts(".lever .refused")) == 1
    assert desk.find(f"[id='lever-{rate}']").get_attribute("aria-invalid") == "true"
    desk.press("[data-act=back][data-path='']")
    wait_for(lambda: desk.texts(".lever .refused") == [])
    assert desk.value(rate) == "0,25"


HOLD_ANSWERS = """
const fetched = window.fetch;
window.fetch = async (...asked) => {
  const answer = await fetched(...asked);
  while (window.held) await new Promise((goOn) => setTimeout(goOn, 10));
  return answer;
};
window.held = true;
"""
"""Answers come only when they are let go."""


def test_what_is_typed_when_an_answer_comes_stays_and_is_taken(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    desk.run("for (const one of document.querySelectorAll('details')) one.open = true")
    desk.run(HOLD_ANSWERS)
    desk.find("[id='lever-programmes.ibd.round_to']").send_keys("10", Keys.TAB)
    desk.find("[id='lever-programmes.ibd.title']").send_keys(" en meer")
    desk.find("[id='row-programmes.ibd.income-payer']").send_keys("Het Rijk")
    since = desk.find("[id='lever-programmes.ibd.gross']")
    since.send_keys(Keys.CONTROL + "a" + Keys.NULL, "2100000")
    desk.run("window.held = false")
    wait_for(lambda: len(desk.settings) == 2)
    assert desk.settings[0] == "programmes.ibd.round_to=10.00"
    assert desk.focused == "lever-programmes.ibd.gross"
    assert desk.value("programmes.ibd.gross") == "2100000"
    desk.type(Keys.TAB)
    wait_for(lambda: len(desk.settings) == 3)
    assert desk.settings[2] == "programmes.ibd.gross=2100000.00"
    payer = "return document.getElementById('row-programmes.ibd.income-payer').value"
    assert desk.run(payer) == "Het Rijk"


def test_undo_takes_back_what_was_just_typed_and_no_more(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    desk.set("programmes.dkd.gross", "700000.00")
    desk.set("programmes.gmsd.gross", "600000.00")
    desk.find("[id='lever-programmes.ibd.gross']").send_keys(Keys.CONTROL + "a" + Keys.NULL, "2100000")
    desk.find("#undo").click()
    wait_for(lambda: not desk.run("return document.getElementById('redo').disabled"))
    assert desk.settings == ["programmes.dkd.gross=700000.00", "programmes.gmsd.gross=600000.00"]
    wait_for(lambda: desk.value("programmes.ibd.gross") == "2.000.000,00")


def test_a_page_that_loads_itself_again_keeps_answers_and_what_was_typed(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    desk.find("#save-source").clear()
    desk.find("#save-source").send_keys("werkgroep")
    desk.press("#sweep-form summary")
    desk.find("#vary").send_keys("programmes.ibd.gross=1000000:3000000:1000")
    desk.press("#sweep-form button")
    wait_for(lambda: desk.texts(".job progress"))
    desk.press("#section-new-programme summary")
    for name, value in {"title": "Nieuwe aanpak", "gross": "1,5 mln", "source": "werkgroep"}.items():
        desk.find(f"#new-programme-{name}").send_keys(value)
    desk.type(Keys.ENTER)
    wait_for(lambda: desk.focused == "lever-programmes.nieuwe-aanpak.gross")
    assert desk.run("return document.getElementById('save-source').value") == "werkgroep"
    assert desk.run("return document.getElementById('new-programme-title').value") == ""
    wait_for(lambda: desk.texts(".job progress"))
    assert len(visitor.workbench.jobs.all()) == 1
    desk.press(".job button")
    wait_for(lambda: not visitor.workbench.jobs.all())


@pytest.mark.parametrize(
    ("changes", "pressed", "focused"),
    [
        (["programmes.ibd.gross=2100000.00"], "[data-act=back][data-path='']", "levers"),
        (
            ['programmes.ibd.income=[{ payer = "Rijk", amount = "5.00", source = "b" }]'],
            "[data-act=back][data-path='programmes.ibd.income.0']",
            "add-programmes.ibd.income",
        ),
        (
            ['opt_outs.ibd.municipalities=["Utrecht"]', "opt_outs.ibd.settlement=shrink"],
            "[data-act=toggle][data-path='opt_outs.ibd.municipalities']",
            "lever-opt_outs.ibd.municipalities",
        ),
    ],
)
def test_where_what_was_pressed_is_gone_what_comes_after_it_is_in_use(
    desk: Desk, visitor: Visitor, changes: list[str], pressed: str, focused: str
) -> None:
    desk.enter(visitor, urlencode([("scenario", FEW), *(("set", text) for text in changes), ("lang", "nl")]))
    before = desk.settings
    desk.run("for (const one of document.querySelectorAll('details')) one.open = true")
    desk.run("document.querySelector(arguments[0]).focus()", pressed)
    desk.type(Keys.ENTER)
    wait_for(lambda: desk.settings != before)
    wait_for(lambda: desk.run("return document.activeElement.closest('[id]').id") == focused)


def test_what_was_added_is_in_use(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    desk.run("for (const one of document.querySelectorAll('details')) one.open = true")
    for key, value in {"payer": "Rijk", "amount": "5.000", "source": "brief"}.items():
        desk.find(f"[id='row-programmes.ibd.income-{key}']").send_keys(value)
    desk.type(Keys.TAB, Keys.ENTER)
    wait_for(lambda: desk.run("return document.activeElement.parentElement.id") == "table-programmes.ibd.income.0")


def test_two_tabs_do_not_disturb_each_other(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    first = desk.driver.current_window_handle
    desk.set("programmes.ibd.gross", "2100000.00")
    desk.driver.switch_to.new_window("tab")
    desk.enter(visitor)
    assert desk.settings == []
    desk.set("programmes.dkd.gross", "700000.00")
    desk.driver.close()
    desk.driver.switch_to.window(first)
    assert desk.settings == ["programmes.ibd.gross=2100000.00"]
    desk.set("programmes.gmsd.gross", "600000.00")
    assert desk.settings == ["programmes.ibd.gross=2100000.00", "programmes.gmsd.gross=600000.00"]


@contextmanager
def served(port: int) -> Iterator[Workbench]:
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", port))
    language: Language = "nl"
    start = State((Variant(FEW),), language=language)
    workbench = Workbench(Bench(Bases([str(FILE)])), start, sock.getsockname()[1], language)
    ready = threading.Event()
    server = PageServer(workbench, ready.set)
    thread = threading.Thread(target=server.serve_until_stopped, args=[sock])
    thread.start()
    assert ready.wait(120)
    try:
        yield workbench
    finally:
        server.should_exit = True
        thread.join(120)


def test_a_server_that_starts_again_loses_nothing(desk: Desk) -> None:
    with served(0) as first:
        port = first.port
        desk.driver.get(first.first_address)
        desk.settled()
        desk.set("programmes.ibd.gross", "2100000.00")
    desk.run("document.getElementById('undo').focus()")
    lever = desk.find("[id='lever-programmes.dkd.gross']")
    lever.send_keys(Keys.CONTROL + "a" + Keys.NULL, "700000.00", Keys.TAB)
    wait_for(lambda: "antwoordt niet" in desk.text("#alarm"))
    wait_for(lambda: desk.texts(".programme.untaken, .lever.untaken") != [])
    with served(port) as second:
        wait_for(lambda: "opnieuw gestart" in desk.text("#alarm"))
        page = desk.driver.current_window_handle
        desk.driver.switch_to.new_window("tab")
        desk.driver.get(second.first_address)
        desk.driver.close()
        desk.driver.switch_to.window(page)
        wait_for(lambda: desk.text("#alarm") == "")
        # What was typed meanwhile is not lost.
        assert desk.settings == ["programmes.ibd.gross=2100000.00", "programmes.dkd.gross=700000.00"]
        assert desk.texts(".untaken") == []
        desk.set("programmes.gmsd.gross", "600000.00")
        assert len(desk.settings) == 3
    desk.console()


# --- everybody -------------------------------------------------------------------------------------


def test_with_the_keyboard_alone(desk: Desk, visitor: Visitor) -> None:
    desk.enter(visitor)
    desk.type(Keys.TAB, Keys.ENTER)
    assert desk.focused == "levers"
    for _key in range(60):
        desk.type(Keys.TAB)
        if desk.focused == "lever-programmes.ibd.gross":
            break
    desk.type(Keys.CONTROL + "a")
    desk.type("2100000.00", Keys.ENTER)
    wait_for(lambda: len(desk.settings) == 1)
    wait_for(lambda: desk.texts(".moved"))
    assert desk.focused == "lever-programmes.ibd.gross"
    wait_for(lambda: "6.815.325,50" in desk.text("#heard"))
    desk.type(Keys.TAB, Keys.ENTER)
    wait_for(lambda: desk.settings == [])


@pytest.mark.parametrize(("width", "language"), [(1280, "nl"), (390, "en")])
def test_axe_finds_nothing_against_wcag_2_2_aa(desk: Desk, visitor: Visitor, width: int, language: Language) -> None:
    desk.screen(width)
    changes = "&".join(["set=programmes.ibd.gross=2100000.00", "set=programmes.dkd.gross=x", "set=year=2017"])
    desk.enter(visitor, f"scenario={FEW}&{changes}&municipality=GM0344&sum=ibd&lang={language}")
    # The levers of a programme are alike: two programmes say as much as all, and one with what is folded below it.
    desk.run(
        "for (const part of document.querySelectorAll('[data-fragment*=\"-programmes.\"]'))"
        " if (!['levers-programmes.ibd', 'levers-programmes.dkd', 'more-programmes.ibd']"
        ".includes(part.dataset.fragment)) part.remove();"
        "for (const part of document.querySelectorAll('details')) part.open = true"
    )
    try:
        for scheme in ("light", "dark"):
            desk.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            # In the dark only colours are others.
            assert desk.violations(*(["color-contrast"] if scheme == "dark" else [])) == []
        assert desk.run("return document.documentElement.scrollWidth") <= width
        desk.run("document.querySelector('label[for=name]').remove()")
        assert any(violation.startswith("label") for violation in desk.violations("label")), "axe finds what is wrong"
    finally:
        desk.devtools("Emulation.setEmulatedMedia", features=[])


def test_on_paper_stand_what_was_changed_the_mistakes_and_every_table(desk: Desk, visitor: Visitor) -> None:
    changes = 'set=programmes.ibd.gross=2100000.00&set=opt_outs.luisterend-oor.municipalities=["Nergens"]'
    desk.enter(visitor, f"scenario={FEW}&{changes}&municipality=GM0344&lang=nl")
    desk.devtools("Emulation.setEmulatedMedia", media="print")
    try:
        desk.run("window.dispatchEvent(new Event('beforeprint'))")
        paper = desk.find("#levers").text
        assert "2.000.000,00 → 2.100.000,00" in paper
        assert "Nergens" in desk.text(".finding")
        assert "1 fout" in paper
        assert "Monitor Sociaal Domein" not in paper
        assert not any(field.is_displayed() for field in desk.driver.find_elements(By.CSS_SELECTOR, "#levers input"))
        assert desk.find("[data-fragment=bill] .answer").is_displayed()
        assert desk.find("#group-3 table").is_displayed()
        assert desk.run(
            "return [...document.querySelectorAll('.command pre')].every((one) => one.scrollHeight <= one.clientHeight)"
        )
        printed = base64.b64decode(desk.devtools("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"])
        assert printed.startswith(b"%PDF")
        desk.run("window.dispatchEvent(new Event('afterprint'))")
        assert not desk.find("#group-3 table").is_displayed()
    finally:
        desk.devtools("Emulation.setEmulatedMedia", media="")


def test_names_with_html_are_text(desk: Desk, visitor: Visitor) -> None:
    name = "<img src=x onerror=window.hacked=1>"
    desk.enter(visitor)
    desk.set("title", name)
    desk.settled()
    wait_for(lambda: name in desk.text("[data-fragment=scenarios]"))
    desk.driver.refresh()
    desk.settled()
    assert desk.run("return window.hacked === undefined && document.querySelector('img') === null")
    assert name in desk.driver.title


def test_no_page_elsewhere_frames_or_reads_it(desk: Desk, visitor: Visitor, tmp_path: Path) -> None:
    desk.enter(visitor)
    page = tmp_path / "elsewhere.html"
    address = f"http://127.0.0.1:{visitor.port}/"
    page.write_text(
        f"<iframe src='{address}'></iframe><script>"
        f"fetch('{address}act', {{ method: 'POST', body: '{{}}', credentials: 'include' }}).then("
        "() => { document.title = 'read'; }, () => { document.title = 'refused'; })</script>",
        encoding="utf-8",
    )
    desk.driver.get(page.as_uri())
    wait_for(lambda: desk.driver.title)
    assert desk.driver.title == "refused"
    desk.driver.switch_to.frame(0)
    assert desk.texts("#levers") == []
    desk.driver.switch_to.default_content()
    desk.driver.get("about:blank")
    desk.console()


def test_a_fund_of_few_members_and_thirty_changes(desk: Desk, visitor: Visitor) -> None:
    names = gguplan.load_scenario("uitnamen-2017").programmes
    changes = [f"programmes.{name}.gross=1000000.0{number % 10}" for number, name in enumerate(names)]
    changes += [f"programmes.{name}.kind=project" for name in list(names)[:9]]
    reply = visitor.page(("scenario", "uitnamen-2017"), *(("set", change) for change in changes), ("lang", "nl"))
    assert reply.status == 200
    assert "30 wijzigingen" in reply.text
    desk.enter(visitor, "&".join(["scenario=uitnamen-2017", *(f"set={change}" for change in changes), "lang=nl"]))
    assert len(desk.texts(".moved")) >= 30
    settings = dict(change.split("=", 1) for change in changes)
    result = gguplan.run("uitnamen-2017", settings)
    assert format_euros(int(np.sum(result.to_pay))) in desk.text("[data-fragment=summary]")


# --- pictures of the documentation -----------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pictures_of_the_documentation_are_of_this_page(
    desk: Desk, visitor: Visitor, language: Language, tmp_path: Path
) -> None:
    desk.screen(1440, 1000)
    changes = "set=programmes.ibd.gross=2100000.00&set=opt_outs.luisterend-oor.settlement=redistribute"
    desk.enter(visitor, f"scenario=uitnamen-2017&{changes}&municipality=GM0193&lang={language}")
    desk.run("document.activeElement.blur(); document.getElementById('levers').scrollTop = 0; window.scrollTo(0, 0)")
    picture = tmp_path / "picture.png"
    assert desk.driver.save_screenshot(str(picture))
    kept = PICTURES / f"workbench.{language}.png"
    if "GGUPLAN_PICTURES" in os.environ:
        kept.write_bytes(picture.read_bytes())
    assert kept.is_file()
    assert _size(kept) == _size(picture) == (1440, 1000)


def _size(picture: Path) -> tuple[int, int]:
    head = picture.read_bytes()[16:24]
    return int.from_bytes(head[:4]), int.from_bytes(head[4:])
