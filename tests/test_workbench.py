"""The workbench without a browser: who may come in, what its address says, and whether its figures are right."""

from __future__ import annotations

import html
import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, get_args
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
import pytest

import gguplan
from gguplan.inputs.scenario.schema import Scenario
from gguplan.inputs.scenario.schema_walk import models, nodes_at
from gguplan.language import Language, written_in
from gguplan.model.bill import bill_of
from gguplan.wording.amounts import format_euros
from gguplan.wording.key_names import name_of
from gguplan.workbench.bench import Answer
from gguplan.workbench.levers.from_schema import NO_LEVERS, NO_LEVERS_ABOVE, Panel
from gguplan.workbench.server import bound_socket
from gguplan.workbench.state import State
from tests.chromium import wait_for
from tests.workbenches import Visitor, open_workbench

START = urlencode([("scenario", "uitnamen-2017"), ("lang", "en")])


@pytest.fixture(scope="module")
def visitor() -> Iterator[Visitor]:
    with open_workbench() as visitor:
        yield visitor


def settings_in(address: str) -> list[str]:
    return [value for key, value in parse_qsl(address) if key == "set"]


def after(visitor: Visitor, *acts: tuple[str, str, str], address: str = START) -> str:
    """The address after some acts."""
    for act in acts:
        reply = visitor.act(address, *act)
        assert reply.status == 200, reply.text
        address = reply.json["address"]
    return address


# --- who may come in -------------------------------------------------------------------------------


def test_the_first_address_gives_a_cookie_that_no_script_reads_and_no_other_site_sends(visitor: Visitor) -> None:
    token = visitor.workbench.keys.token
    reply = visitor.ask("GET", f"/open?token={token}", Cookie=None, Origin=None)
    assert reply.status == 303
    assert reply.headers["location"] == f"/?{START}"
    name, _equals, rest = reply.headers["set-cookie"].partition("=")
    assert name == f"gguplan-{visitor.port}"
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in rest.split(";")}
    assert token not in rest


@pytest.mark.parametrize("token", ["", "x", "é", "a" * 5_000])
def test_another_token_opens_nothing(visitor: Visitor, token: str) -> None:
    reply = visitor.ask("GET", f"/open?{urlencode({'token': token})}", Cookie=None)
    assert reply.status == 401
    assert "set-cookie" not in reply.headers


@pytest.mark.parametrize("path", ["/", "/act", "/anything", "/static/../gate.py", "/%2e%2e/etc/passwd"])
@pytest.mark.parametrize("cookie", [None, "gguplan=1", "gguplan-{port}=wrong", "gguplan-{port}="])
def test_without_the_cookie_there_is_nothing_to_see(visitor: Visitor, path: str, cookie: str | None) -> None:
    cookie = cookie and cookie.format(port=visitor.port)
    reply = visitor.ask("POST" if path == "/act" else "GET", path, b"{}" if path == "/act" else None, Cookie=cookie)
    assert reply.status == 401
    assert "€" not in reply.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost:"])
@pytest.mark.parametrize("path", ["/", "/open?token={token}", "/static/workbench.js"])
def test_a_name_elsewhere_that_leads_to_this_computer_gets_nothing(visitor: Visitor, host: str, path: str) -> None:
    path = path.format(token=visitor.workbench.keys.token)
    reply = visitor.ask("GET", path, Host=host.format(port=visitor.port), Origin=None)
    assert (reply.status, reply.text) == (403, "")
    assert "set-cookie" not in reply.headers


def test_who_connects_and_asks_nothing_loses_its_place(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred such connections kept the page from its own server."""
    monkeypatch.setattr("gguplan.workbench.connections.LONGEST_WITHOUT_REQUEST", 0.1)
    silent = [socket.create_connection(("127.0.0.1", visitor.port)) for _number in range(110)]
    silent[0].sendall(b"GET / HTTP/1.1\r\nHost: ")
    try:
        wait_for(lambda: visitor.page(*parse_qsl(START)).status == 200)
        assert silent[0].recv(1_000) == b""
    finally:
        for connection in silent:
            connection.close()


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://localhost:1", None]
)
def test_a_page_elsewhere_changes_nothing(visitor: Visitor, origin: str | None) -> None:
    body = json.dumps({"address": START, "act": "look"}).encode()
    reply = visitor.ask("POST", "/act", body, Origin=origin and origin.format(port=visitor.port))
    assert (reply.status, reply.text) == (403, "")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_request_that_another_page_makes_is_refused(visitor: Visitor, site: str) -> None:
    assert visitor.ask("GET", f"/?{START}", Sec_Fetch_Site=site, Origin=None).status == 403
    assert visitor.ask("GET", f"/?{START}", Sec_Fetch_Site="none", Origin=None).status == 200


@pytest.mark.parametrize("path", ["/", "/static/workbench.js", "/nothing"])
def test_every_answer_forbids_framing_inline_script_and_keeping(visitor: Visitor, path: str) -> None:
    headers = visitor.ask("GET", path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_a_page_holds_no_inline_script_or_style(visitor: Visitor) -> None:
    text = visitor.page(("scenario", "uitnamen-2017")).text
    assert text.count("<script") == 2
    assert '<script src="/static/workbench.js" defer></script>' in text
    assert '<script type="application/json" id="data">' in text
    assert "<style" not in text
    assert " style=" not in text
    assert " onclick" not in text


def test_only_this_computer_can_reach_it() -> None:
    with bound_socket(0) as sock:
        assert sock.getsockname()[0] == "127.0.0.1"


def test_a_tab_may_call_itself_anything(visitor: Visitor) -> None:
    body = json.dumps({"address": START, "act": "look"}).encode()
    assert visitor.ask("POST", "/act", body, X_Tab="../" * 2_000).status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_do_nothing(visitor: Visitor, method: str) -> None:
    assert visitor.ask(method, "/act", b"{}").status in (404, 405)


# --- hostile requests ------------------------------------------------------------------------------


def test_a_body_that_is_too_large_is_not_read(visitor: Visitor) -> None:
    assert visitor.ask("POST", "/act", b"x", Content_Length="5000000000").status == 413
    assert visitor.ask("POST", "/act", b"x", Content_Length="-1").status in (400, 413)
    chunk = b"%x\r\n" % 1_100_000 + b"x" * 1_100_000 + b"\r\n0\r\n\r\n"
    assert visitor.ask("POST", "/act", chunk, Transfer_Encoding="chunked").status == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"NaN",
        b'{"address": NaN, "act": "look"}',
        b'{"address": "", "act": "look", "known": {"a": NaN}}',
        b'{"address": "", "act": "delete"}',
        b'{"address": "", "act": "look", "more": 1}',
        b'{"address": 1, "act": "look"}',
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps({"address": "x" * 70_000, "act": "look"}).encode(),
        json.dumps({"address": "", "act": "set", "path": "p" * 600, "value": "1"}).encode(),
        json.dumps({"address": "", "act": "set", "path": "year", "value": "1" * 30_000}).encode(),
        json.dumps({"address": "", "act": "set", "path": "year", "value": "20\u202e17"}).encode(),
        json.dumps({"address": "", "act": "programme", "fields": {"title": "20\u202e17"}}).encode(),
        json.dumps({"address": "", "act": "programme", "fields": {"title": "x" * 3_000}}).encode(),
        json.dumps({"address": "", "act": "group", "fields": {str(number): "" for number in range(11)}}).encode(),
    ],
)
def test_what_is_no_request_of_the_page_is_refused(visitor: Visitor, body: bytes) -> None:
    reply = visitor.ask("POST", "/act", body)
    assert reply.status == 400
    assert reply.json["findings"]


@pytest.mark.parametrize(
    "address",
    [
        "scenario=../../etc/passwd",
        "scenario=/etc/passwd",
        "scenario=-",
        "scenario=",
        "scenario=uitnamen-2017&shown=2",
        "scenario=uitnamen-2017&shown=-1",
        "scenario=uitnamen-2017&lang=de",
        "scenario=uitnamen-2017&path=x",
        "&".join(["scenario=uitnamen-2017"] * 5),
        "scenario=%ff",
        "set=a&" * 2_001,
    ],
)
def test_an_address_of_no_page_is_refused(visitor: Visitor, address: str) -> None:
    assert visitor.ask("GET", f"/?{address}").status == 400
    assert visitor.act(address, "look").status == 400


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("programmes.ibd.gross", "NaN"),
        ("programmes.ibd.gross", "-3000000.00"),
        ("programmes.ibd.gross", "9" * 60),
        ("programmes.ibd.gross", "12,5"),
        ("programmes.ibd.gross", "1" * 20_000),
        ("programmes.ibd.gross", "[" + "1" * 5_000 + "]"),
        ("year", "1" * 4_500),
        ("programmes.ibd.allocation", '{ key = "column", file = "/etc/passwd", column = "x" }'),
        ("programmes.ibd.allocation", '{ key = "column", file = "../geheim.csv", column = "x" }'),
        ("year", "inf"),
        ("extends", "/etc/passwd"),
        ("nothing.like.it", "1"),
        ("opt_outs.luisterend-oor.municipalities", "[" * 500),
        ("opt_outs.luisterend-oor.municipalities", "108000.00"),
    ],
)
def test_a_change_that_is_wrong_is_told_and_the_figures_are_without_it(visitor: Visitor, path: str, value: str) -> None:
    reply = visitor.act(START, "set", path, value)
    assert reply.status == 200
    notice = html.unescape(reply.json["fragments"]["notice"])
    assert "mistake" in notice
    assert "without 1 change" in notice
    assert format_euros(gguplan.run("uitnamen-2017").totals["gross_cents"]) in html.unescape(
        reply.json["fragments"]["fund"]
    )


@pytest.mark.parametrize("key", ["file", "\\u0066ile"])
def test_a_file_that_a_change_names_is_not_looked_at(visitor: Visitor, key: str) -> None:
    value = f'{{ key = "column", "{key}" = "/etc/passwd", column = "x" }}'
    reply = visitor.act(START, "set", "programmes.ibd.allocation", value)
    assert "A file cannot be named here: /etc/passwd." in html.unescape(reply.json["fragments"]["notice"])
    settings = [f"programmes.ibd.allocation.{name}" for name in ('key="column"', 'column="x"', 'file="/etc/passwd"')]
    address = urlencode([("scenario", "uitnamen-2017"), *(("set", setting) for setting in settings)])
    assert "A file cannot be named here" in html.unescape(visitor.ask("GET", f"/?{address}").text)


def test_names_with_html_are_shown_as_text(visitor: Visitor) -> None:
    name = "<img src=x onerror=window.hacked=1>"
    reply = visitor.act(START, "toggle", "opt_outs.luisterend-oor.municipalities", name)
    assert "<img" not in reply.text
    assert name in html.unescape("".join(reply.json["fragments"].values()))
    assert "<img" not in visitor.page(*parse_qsl(reply.json["address"])).text


# --- what a change does ----------------------------------------------------------------------------


def test_a_page_without_changes_shows_the_scenario(visitor: Visitor) -> None:
    text = html.unescape(visitor.page(("scenario", "uitnamen-2017"), ("municipality", "GM0344")).text)
    result = gguplan.run("uitnamen-2017")
    assert format_euros(bill_of(result, "GM0344").to_pay) in text
    for name in ("gross_cents", "contributions_cents", "refunds_cents", "available_cents", "available_net_cents"):
        assert format_euros(result.totals[name]) in text


def test_a_change_gives_the_cents_of_the_same_setting(visitor: Visitor) -> None:
    reply = visitor.act(START + "&municipality=GM0344", "set", "programmes.ibd.gross", "2100000.00")
    settings = settings_in(reply.json["address"])
    assert settings == ["programmes.ibd.gross=2100000.00"]
    changed = gguplan.run("uitnamen-2017", {"programmes.ibd.gross": "2100000.00"})
    assert format_euros(bill_of(changed, "GM0344").to_pay) in html.unescape(reply.json["fragments"]["bill"])
    assert format_euros(changed.totals["gross_cents"]) in html.unescape(reply.json["fragments"]["fund"])


@pytest.mark.parametrize(
    ("language", "typed", "setting"),
    [
        ("nl", "2.100.000", "gross=2100000.00"),
        ("nl", "2.100.000,50", "gross=2100000.50"),
        ("nl", "€ 2,1 mln", "gross=2100000.00"),
        ("nl", "-200.000", "gross=-200000.00"),
        ("nl", "+5%", "gross=+5%"),
        ("en", "2,100,000.50", "gross=2100000.50"),
        ("en", "2.100.000", "gross=2100000.00"),
    ],
)
def test_amounts_are_typed_and_shown_with_the_marks_of_the_page(
    visitor: Visitor, language: str, typed: str, setting: str
) -> None:
    address = urlencode([("scenario", "uitnamen-2017"), ("lang", language)])
    reply = visitor.act(address, "set", "programmes.ibd.gross", typed).json
    assert settings_in(reply["address"]) == [f"programmes.ibd.{setting}"]
    if "%" not in typed and "-" not in typed:
        lever = reply["fragments"]["levers-programmes.ibd"]
        cents = setting.rpartition(".")[2]
        shown = {"nl": f"2.100.000,{cents}", "en": f"2,100,000.{cents}"}[language]
        assert f'value="{shown}"' in lever
        assert f"<del>{ {'nl': '2.000.000,00', 'en': '2,000,000.00'}[language] }</del>" in lever


def test_an_amount_that_could_be_two_is_refused_with_a_sentence(visitor: Visitor) -> None:
    dutch = urlencode([("scenario", "uitnamen-2017"), ("lang", "nl")])
    rate = visitor.act(dutch, "set", "opt_outs.luisterend-oor.rate", "0.250")
    assert rate.status == 200, "without a thousand before the mark it can be read in one way only"
    rate = visitor.act(dutch, "set", "opt_outs.luisterend-oor.rate", "3.450")
    assert rate.status == 400
    assert rate.json["findings"] == ["'3.450' kan op twee manieren worden gelezen. Schrijf 3,45 of 3450."]
    gross = visitor.act(START, "set", "programmes.ibd.gross", "3.450").json["fragments"]
    for fragment in ("notice", "levers-programmes.ibd"):
        assert "'3.450' can be read in two ways." in html.unescape(gross[fragment])


def test_the_same_amount_written_otherwise_is_no_change(visitor: Visitor) -> None:
    assert settings_in(after(visitor, ("set", "programmes.ibd.gross", "2 mln"))) == []
    assert settings_in(after(visitor, ("set", "opt_outs.luisterend-oor.rate", "0.2500"))) == []


def test_a_part_says_from_what_it_counts(visitor: Visitor) -> None:
    """A second -10% changes nothing: both count from the file, and not from what stands there."""
    address = after(visitor, ("set", "programmes.ibd.gross", "-10%"), ("set", "programmes.ibd.gross", "-10%"))
    shown = visitor.act(address, "look").json["fragments"]["levers-programmes.ibd"]
    assert "1,800,000.00" in shown
    assert "-10% counts from 2,000,000.00, as the file has it." in shown
    amount = after(visitor, ("set", "programmes.ibd.gross", "1800000"))
    assert "counts from" not in visitor.act(amount, "look").json["fragments"]["levers-programmes.ibd"]


@pytest.mark.parametrize(
    ("path", "typed", "setting"),
    [
        ("horizon.indexation.percent", "3%", "3.00"),
        ("horizon.indexation.percent", "2,5 %", "2.50"),
        ("horizon.indexation.correction.2022", "-0,5", "-0.50"),
        ("programmes.fonds-ggu.phase_in.years.2022", "50%", "50.00"),
    ],
)
def test_a_percentage_is_typed_with_its_sign_or_without(visitor: Visitor, path: str, typed: str, setting: str) -> None:
    """3% was 3 % of the percentage that stood there."""
    dutch = urlencode([("scenario", "fonds-ggu-2020-2024"), ("lang", "nl")])
    assert settings_in(after(visitor, ("set", path, typed), address=dutch)) == [f"{path}={setting}"]


def test_a_growth_path_has_a_lever_for_the_year_of_a_scenario_without_years_ahead(visitor: Visitor) -> None:
    assert 'id="lever-programmes.ibd.phase_in.years.2017"' in visitor.page(*parse_qsl(START)).text


def test_who_is_not_in_a_group_and_years_of_the_ledger_have_levers(visitor: Visitor) -> None:
    """At the top of a scenario the same words say something of itself."""
    group = after(visitor, ("set", "programmes.ibd.gross", "2100000"))
    reply = visitor.act(group, "group", fields={"name": "G2", "municipality": "Utrecht"})
    page = visitor.page(*parse_qsl(reply.json["address"])).text
    assert 'id="lever-groups.G2.without"' in page
    assert 'id="lever-horizon.ledger"' in page
    assert 'id="lever-extends"' not in page and 'id="lever-ledger"' not in page


def test_a_value_under_a_name_says_of_what_it_is(visitor: Visitor) -> None:
    allocation = "programmes.ibd.allocation"
    address = after(visitor, ("set", f"{allocation}.key", "shares"))
    address = added(visitor, f"{allocation}.shares", address, name="Utrecht", value="100%")
    shown = visitor.act(address, "look").json["fragments"]["more-programmes.ibd"]
    assert f'<label for="row-{allocation}.shares-value">Share</label>' in shown
    assert (
        f'<label for="lever-{allocation}.shares.Utrecht">'
        '<span class="heard">The share of each municipality: </span>Utrecht</label>'
    ) in shown


def test_municipalities_pay_what_the_run_says_refunds_taken_off(visitor: Visitor) -> None:
    result = gguplan.run("uitnamen-2017")
    paid = int(result.to_pay.sum())
    assert result.totals["refunds_cents"] > 0
    parts = visitor.act(START, "look").json["fragments"]
    for name in ("fund", "scenarios", "summary"):
        assert format_euros(paid) in html.unescape(parts[name])


MISTAKES = [
    ("dommelvallei-2020", ["programmes.dienst.gross=15612000.00"], ["programmes.dienst.gross"]),
    (
        "uitnamen-2017",
        ["programmes.dkd.gross=700000.00", 'opt_outs.ibd.municipalities=["Utrecht"]', "opt_outs.ibd.settlement=refund",
         "opt_outs.ibd.rate=900.00"],
        ["opt_outs.ibd.settlement"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("base", "settings", "levers"), MISTAKES)
def test_a_mistake_of_the_sum_stands_at_the_lever_that_makes_it(
    visitor: Visitor, base: str, settings: list[str], levers: list[str]
) -> None:
    address = urlencode([("scenario", base), *(("set", setting) for setting in settings), ("lang", "en")])
    reply = visitor.act(address, "look").json["fragments"]
    notice = html.unescape(reply["notice"])
    assert [line for line in notice.split('"') if line.startswith("#lever-")] == [f"#lever-{name}" for name in levers]
    (command, *_more) = re.findall(
        r"gguplan run [^\n]*?(?=</code>)", re.sub("</?span[^>]*>", "", html.unescape(reply["commands"]))
    )
    left = [setting for setting in settings if setting.startswith("programmes.dkd")]
    assert command.partition("gguplan ")[2].split() == [
        "run",
        base,
        *(word for setting in left for word in ("--set", setting)),
    ]


def test_another_way_to_say_a_budget_replaces_the_first(visitor: Visitor) -> None:
    address = after(visitor, ("set", "programmes.ibd.gross", "2100000.00"), ("set", "programmes.ibd.rate", "0.25"))
    assert settings_in(address) == ["programmes.ibd.rate=0.25"]


def test_what_it_was_is_no_change(visitor: Visitor) -> None:
    address = after(
        visitor, ("set", "programmes.ibd.gross", "2100000.00"), ("set", "programmes.ibd.gross", "2000000.00")
    )
    assert settings_in(address) == []


def test_changes_are_taken_back_one_by_one_or_all(visitor: Visitor) -> None:
    address = after(visitor, ("set", "programmes.ibd.gross", "2100000.00"), ("set", "programmes.dkd.gross", "1.00"))
    assert settings_in(after(visitor, ("back", "programmes.ibd.gross", ""), address=address)) == [
        "programmes.dkd.gross=1.00"
    ]
    assert settings_in(after(visitor, ("back", "", ""), address=address)) == []


def test_a_programme_goes_out_and_comes_back(visitor: Visitor) -> None:
    out = after(visitor, ("toggle", "without", "ibd"))
    assert settings_in(out) == ['without=["ibd"]']
    assert settings_in(after(visitor, ("toggle", "without", "ibd"), address=out)) == []


def test_a_name_for_a_municipality_goes_out_by_any_of_its_names(visitor: Visitor) -> None:
    address = after(visitor, ("toggle", "opt_outs.luisterend-oor.municipalities", "GM0518"))
    assert "Den Haag" not in settings_in(address)[0]
    assert "Utrecht" in settings_in(address)[0]


def test_only_parts_that_changed_are_sent(visitor: Visitor) -> None:
    first = visitor.act(START, "look").json
    assert visitor.act(START, "look", known=first["known"]).json["fragments"] == {}
    again = visitor.act(START, "set", "programmes.ibd.gross", "2100000.00", known=first["known"]).json
    assert set(again["fragments"]) == {
        "notice", "fund", "levers-programmes.ibd", "scenarios", "effects", "legend", "summary", "commands",
    }  # fmt: skip


def test_the_map_is_sent_only_when_it_changed(visitor: Visitor) -> None:
    first = visitor.act(START, "look").json
    assert len(first["map"]["place"]) == 388
    assert visitor.act(START, "choose", "", "GM0344", known=first["known"]).json["map"] is None
    again = visitor.act(START, "set", "programmes.ibd.gross", "2100000.00", known=first["known"]).json
    assert again["map"]["effects"] != first["map"]["effects"]


def test_of_a_tab_a_later_change_takes_the_place_of_one_that_waits(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = visitor.workbench.bench
    is_at_work, goes_on, worked_out = threading.Event(), threading.Event(), list[str]()
    answer = bench.answer

    def slow(state: State) -> Answer:
        worked_out.extend(state.variant.settings)
        is_at_work.set()
        assert goes_on.wait(20)
        return answer(state)

    monkeypatch.setattr(bench, "answer", slow)

    def change(cents: int, tab: str = "1") -> Any:
        body = {"address": START, "act": "set", "path": "programmes.ibd.gross", "value": f"2100000.{cents:02}"}
        return visitor.ask("POST", "/act", json.dumps(body).encode(), X_Tab=tab).json

    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(change, 1)
        assert is_at_work.wait(20)
        waiting = [threads.submit(change, cents) for cents in (2, 3)]
        # One of them makes place for the other while the first is still at work.
        (superseded,), (last,) = wait(waiting, 20, FIRST_COMPLETED)
        assert superseded.result() == {"superseded": True}
        of_another_tab = threads.submit(change, 4, "2")
        wait_for(lambda: "programmes.ibd.gross=2100000.04" in worked_out)
        goes_on.set()
        for reply in (first, last, of_another_tab):
            assert settings_in(reply.result()["address"])
    assert len(worked_out) == 3


def test_only_the_programme_that_changed_is_worked_out_again(visitor: Visitor) -> None:
    visitor.act(START, "look")
    made = visitor.workbench.bench.programmes.results.made
    visitor.act(START, "set", "programmes.ibd.gross", "2100000.07")
    assert visitor.workbench.bench.programmes.results.made == made + 1


def test_a_click_puts_a_municipality_outside_and_back_in(visitor: Visitor) -> None:
    out = after(visitor, ("outside", "ibd", "GM0344"))
    assert settings_in(out) == ['opt_outs.ibd.municipalities=["Utrecht"]', "opt_outs.ibd.settlement=redistribute"]
    changed = gguplan.run(
        "uitnamen-2017", {"opt_outs.ibd.municipalities": ["Utrecht"], "opt_outs.ibd.settlement": "redistribute"}
    )
    reply = visitor.act(out, "choose", "", "GM0344")
    assert format_euros(bill_of(changed, "GM0344").to_pay) in html.unescape(reply.json["fragments"]["bill"])
    assert reply.json["map"]["outside"]["ibd"] == [changed.population.index["GM0344"]]
    assert settings_in(after(visitor, ("outside", "ibd", "GM0344"), address=out)) == []


@pytest.mark.parametrize("name", ["province of Drenthe", "provincie Drenthe", "Drenthe", "DRENTHE"])
def test_a_province_goes_outside_and_back_in_as_a_whole(visitor: Visitor, name: str) -> None:
    path = "opt_outs.luisterend-oor.municipalities"
    out = after(visitor, ("toggle", path, name))
    assert settings_in(out)[0].count(",") == 10 + 12 - 1
    assert settings_in(after(visitor, ("toggle", path, name), address=out)) == []


def test_a_municipality_goes_before_the_province_of_its_name(visitor: Visitor) -> None:
    address = after(visitor, ("toggle", "opt_outs.luisterend-oor.municipalities", "Groningen"))
    assert settings_in(address)[0].count(",") == 10


def test_an_opt_out_is_made_from_its_table(visitor: Visitor) -> None:
    opened = visitor.act(START, "table", "opt_outs", "ibd").json
    assert 'id="lever-opt_outs.ibd.municipalities"' in opened["fragments"]["levers-opt_outs"]
    municipalities = "opt_outs.ibd.municipalities"
    address = after(
        visitor,
        ("toggle", municipalities, "Utrecht"),
        ("toggle", municipalities, "Zwolle"),
        ("set", "opt_outs.ibd.leaves", "2017-07-01"),
        address=opened["address"],
    )
    shown = visitor.act(address, "look").json["fragments"]
    changed = gguplan.run(
        "uitnamen-2017",
        {
            municipalities: ["Utrecht", "Zwolle"],
            "opt_outs.ibd.settlement": "redistribute",
            "opt_outs.ibd.leaves": "2017-07-01",
        },
    )
    assert "mistake" not in shown["notice"]
    assert format_euros(int(changed.to_pay.sum())) in html.unescape(shown["fund"])
    assert len(settings_in(address)) == 3


@pytest.mark.parametrize("wrong", ["Nergenshuizen", "Utrecht (provincie)"])
def test_a_name_that_is_wrong_takes_no_other_name_along(visitor: Visitor, wrong: str) -> None:
    path = "opt_outs.ibd.municipalities"
    names = ["Rotterdam", "Amsterdam", wrong, "Delft", "Nergens"]
    address = after(visitor, *(("toggle", path, name) for name in names))
    setting = f'{path}=["Rotterdam", "Amsterdam", "{wrong}", "Delft", "Nergens"]'
    assert setting in settings_in(address)
    without = after(visitor, ("toggle", path, wrong), ("toggle", path, "Nergens"), address=address)
    assert settings_in(without)[-1] == f'{path}=["Rotterdam", "Amsterdam", "Delft"]'
    clicked = after(visitor, ("outside", "ibd", "GM0344"), address=address)
    assert settings_in(clicked)[-1] == setting.replace("]", ', "Utrecht"]')


def test_what_all_pay_together_is_said_also_when_it_is_the_same(visitor: Visitor) -> None:
    shown = visitor.act(after(visitor, ("outside", "ibd", "GM0344")), "look").json["fragments"]
    assert "all together they pay the same." in shown["effects"]
    assert "at most half a cent" in shown["legend"] and "the same (" not in shown["legend"]


def test_the_manual_gives_amounts_with_the_marks_of_the_page(visitor: Visitor) -> None:
    shown = visitor.act(START.replace("lang=en", "lang=nl"), "look").json["fragments"]
    assert "Bijvoorbeeld 4.200.000,00" in shown["levers-programmes.ibd"]
    assert "Bijvoorbeeld 0,25" in shown["more-programmes.ibd"]


NEW = {"title": "Nieuwe aanpak", "gross": "1,000,000", "vat": "none", "source": "werkgroep"}


def test_a_programme_is_added_changed_saved_opened_and_taken_out(visitor: Visitor) -> None:
    added = visitor.act(START, "programme", fields=NEW).json
    table = 'programmes.nieuwe-aanpak={ title = "Nieuwe aanpak", gross = "%s", vat = "none", source = "werkgroep" }'
    assert settings_in(added["address"]) == [table % "1000000.00"]
    assert added["population"] != visitor.act(START, "look").json["population"], "the page is made anew"
    budget = "programmes.nieuwe-aanpak.gross"
    address = after(
        visitor, ("set", budget, "1,200,000"), ("outside", "nieuwe-aanpak", "GM0344"), address=added["address"]
    )
    settings = dict(setting.split("=", 1) for setting in settings_in(address))
    assert settings.pop("programmes.nieuwe-aanpak") == (table % "1200000.00").partition("=")[2]
    result = gguplan.run(
        "uitnamen-2017", {"programmes.nieuwe-aanpak": (table % "1200000.00").partition("=")[2], **settings}
    )
    shown = visitor.act(address, "look").json["fragments"]
    assert "mistake" not in shown["notice"]
    assert format_euros(int(result.to_pay.sum())) in html.unescape(shown["fund"])
    text = visitor.post("/save", address=address, title="Nieuw", source="werkgroep").json["text"]
    keys = text.partition("[programmes.nieuwe-aanpak]\n")[2].split("\n")[:4]
    assert keys == ['title = "Nieuwe aanpak"', 'gross = "1200000.00"', 'vat = "none"', 'source = "werkgroep"']
    opened = visitor.act(START, "open", text=text).json
    assert opened["fragments"]["fund"] == shown["fund"]
    assert settings_in(after(visitor, ("back", "programmes.nieuwe-aanpak", ""), address=address)) == []


@pytest.mark.parametrize(
    ("lacks", "place"),
    [
        ({"title": ""}, "title"), ({"title": "?!"}, "title"), ({"title": "IBD"}, "title"), ({"gross": ""}, "gross"),
        ({"gross": "veel"}, "gross"), ({"gross": "-5"}, "gross"), ({"vat": "6%"}, "vat"), ({"source": " "}, "source"),
    ],
)  # fmt: skip
def test_what_a_new_programme_lacks_is_told_at_its_field(visitor: Visitor, lacks: dict[str, str], place: str) -> None:
    reply = visitor.act(START, "programme", fields={**NEW, **lacks})
    assert reply.status == 400
    assert reply.json["places"] == [f"new-programme-{place}"]


def test_a_mistake_in_a_new_programme_is_refused_at_its_lever(visitor: Visitor) -> None:
    address = visitor.act(START, "programme", fields=NEW).json["address"]
    for path, value in (("gross", "veel"), ("round_to", "7.5"), ("gross", "")):
        reply = visitor.act(address, "set", f"programmes.nieuwe-aanpak.{path}", value)
        assert (reply.status, reply.json["places"]) == (400, [f"programmes.nieuwe-aanpak.{path}"])
    rate = after(visitor, ("set", "programmes.nieuwe-aanpak.rate", "0.25"), address=address)
    assert 'rate = "0.25"' in settings_in(rate)[0] and "gross" not in settings_in(rate)[0]


def test_a_group_is_made_filled_used_and_taken_out(visitor: Visitor) -> None:
    made = visitor.act(START, "group", fields={"name": "G2", "municipality": "Assen"}).json["address"]
    assert settings_in(made) == ['groups.G2={ municipalities = ["Assen"] }']
    address = after(
        visitor,
        ("toggle", "groups.G2.municipalities", "Zwolle"),
        ("toggle", "opt_outs.luisterend-oor.municipalities", "G2"),
        address=made,
    )
    group, outside = settings_in(address)
    assert group == 'groups.G2={ municipalities = ["Assen", "Zwolle"] }'
    assert outside.endswith('"G2"]')
    assert "mistake" not in visitor.act(address, "look").json["fragments"]["notice"]
    text = visitor.post("/save", address=address, title="Groep", source="werkgroep").json["text"]
    assert '[groups.G2]\nmunicipalities = ["Assen", "Zwolle"]\n' in text
    assert settings_in(visitor.act(START, "open", text=text).json["address"])[0] == group
    assert settings_in(after(visitor, ("back", "groups.G2", ""), address=made)) == []
    for fields, place in (({"name": "a.b", "municipality": "Assen"}, "name"), ({"name": "G2"}, "municipality")):
        reply = visitor.act(START, "group", fields=fields)
        assert (reply.status, reply.json["places"]) == (400, [f"new-group-{place}"])
    nowhere = visitor.act(START, "group", fields={"name": "G2", "municipality": "Utrect"})
    assert nowhere.json["places"] == ["new-group-municipality"]
    assert "Utrecht" in nowhere.json["findings"][0]


def added(visitor: Visitor, path: str, address: str = START, **fields: str) -> str:
    reply = visitor.act(address, "row", path, fields=fields)
    assert reply.status == 200, reply.text
    return str(reply.json["address"])


def test_what_others_pay_is_added_changed_saved_opened_and_taken_out(visitor: Visitor) -> None:
    income = "programmes.ibd.income"
    address = added(visitor, income, payer="suppliers", amount="105,000.50", source="letter")
    address = added(visitor, income, address, payer="ministry", amount="5000", between="4000 6000", source="letter")
    address = after(visitor, ("set", f"{income}.0.amount", "106,000"), address=address)
    first = '{ payer = "suppliers", amount = "106000.00", source = "letter" }'
    second = '{ payer = "ministry", amount = "5000.00", between = ["4000.00", "6000.00"], source = "letter" }'
    assert settings_in(address) == [f"{income}=[{first}, {second}]"]
    shown = visitor.act(address, "look").json["fragments"]
    assert "mistake" not in shown["notice"]
    result = gguplan.run("uitnamen-2017", dict([settings_in(address)[0].split("=", 1)]))
    assert format_euros(int(result.to_pay.sum())) in html.unescape(shown["fund"])
    text = visitor.post("/save", address=address, title="Inkomsten", source="letter").json["text"]
    assert settings_in(visitor.act(START, "open", text=text).json["address"])[-1] == settings_in(address)[0]
    address = after(visitor, ("back", f"{income}.0", ""), address=address)
    assert settings_in(address) == [f"{income}=[{second}]"]
    assert settings_in(after(visitor, ("back", f"{income}.0", ""), address=address)) == []


def test_limits_of_a_cascade_are_added_and_a_mistake_stands_where_they_are(visitor: Visitor) -> None:
    address = added(visitor, "cascades.ibd.limits", name="Amsterdam", value="0.20")
    levers = visitor.act(address, "look").json["fragments"]["levers-cascades"]
    assert 'id="lever-cascades.ibd.limits"' in levers and "Add size_classes" in levers
    address = added(visitor, "cascades.ibd.size_classes", address, up_to="100000", limit="0.30")
    address = added(visitor, "cascades.ibd.size_classes", address, limit="0.25")
    assert "mistake" not in visitor.act(address, "look").json["fragments"]["notice"]
    assert settings_in(address) == [
        'cascades.ibd.limits={ Amsterdam = "0.20" }',
        'cascades.ibd.size_classes=[{ up_to = 100000, limit = "0.30" }, { limit = "0.25" }]',
    ]
    text = visitor.post("/save", address=address, title="Cascade", source="letter").json["text"]
    assert set(settings_in(address)) < set(settings_in(visitor.act(START, "open", text=text).json["address"]))


@pytest.mark.parametrize(
    ("path", "fields", "setting"),
    [
        ("programme_groups", {"name": "sociaal", "value": "ibd, dkd"}, '={ sociaal = ["ibd", "dkd"] }'),
        (
            "bodies",
            {"name": "zeeland", "title": "Provincie Zeeland", "kind": "province", "source": "b"},
            '.zeeland={ title = "Provincie Zeeland", kind = "province", source = "b" }',
        ),
        (
            "membership",
            {"name": "noord", "municipalities": "Pekela, Zwolle", "joins": "2019", "source": "b"},
            '.noord={ municipalities = ["Pekela", "Zwolle"], joins = 2019, source = "b" }',
        ),
        (
            "programmes.ibd.cover",
            {"municipality": "Zwolle", "amount": "500", "what": "own post", "source": "b"},
            '=[{ municipality = "Zwolle", amount = "500.00", what = "own post", source = "b" }]',
        ),
    ],
)
def test_whatever_there_may_be_more_of_has_a_form(
    visitor: Visitor, path: str, fields: dict[str, str], setting: str
) -> None:
    assert settings_in(added(visitor, path, **fields)) == [path + setting]
    first = next(iter(fields))
    assert f'id="row-{path}-{first}"' in visitor.page(*parse_qsl(START)).text
    lacking = visitor.act(START, "row", path, fields={**fields, first: " "})
    assert (lacking.status, lacking.json["places"]) == (400, [f"row-{path}-{first}"])


@pytest.mark.parametrize(
    ("key", "rows", "others"),
    [
        ("stepped", ("brackets", {"rate": "1.92"}), ("applies_to", "all")),
        ("step_amounts", ("steps", {"amount": "10,000"}), None),
        ("shares", ("shares", {"name": "Zwolle", "value": "100%"}), ("others", "0%")),
        ("amounts", ("amounts", {"name": "Zwolle", "value": "2,000,000"}), ("others", "0.00")),
        ("products", ("units", {"name": "Zwolle", "value": "120"}), ("others", "0")),
        ("mix", ("parts", {"share": "50%", "by": "inhabitants"}), None),
    ],
)
def test_an_allocation_key_is_made_from_the_page(
    visitor: Visitor, key: str, rows: tuple[str, dict[str, str]], others: tuple[str, str] | None
) -> None:
    allocation = "programmes.ibd.allocation"
    address = after(visitor, ("set", f"{allocation}.key", key))
    if key in ("stepped", "step_amounts", "amounts", "products"):
        assert "mistake" in visitor.act(address, "look").json["fragments"]["notice"]
    address = added(visitor, f"{allocation}.{rows[0]}", address, **rows[1])
    if key == "mix":
        address = added(visitor, f"{allocation}.parts", address, share="50%", by="inhabitants")
    if others is not None:
        address = after(visitor, ("set", f"{allocation}.{others[0]}", others[1]), address=address)
    if key == "products":
        address = after(visitor, ("set", f"{allocation}.price", "86.55"), address=address)
    (setting,) = settings_in(address)
    shown = html.unescape(visitor.act(address, "look").json["fragments"]["notice"])
    assert setting.startswith(f'{allocation}={{ key = "{key}"') and rows[0] in setting
    assert "is missing here" not in shown


def test_another_allocation_key_is_set_as_a_whole(visitor: Visitor) -> None:
    address = after(visitor, ("set", "programmes.ibd.allocation.key", "fixed_plus_inhabitants"))
    assert "mistake" in visitor.act(address, "look").json["fragments"]["notice"]
    address = after(visitor, ("set", "programmes.ibd.allocation.fixed", "500.00"), address=address)
    (setting,) = settings_in(address)
    assert setting == 'programmes.ibd.allocation={ key = "fixed_plus_inhabitants", fixed = "500.00" }'
    assert settings_in(after(visitor, ("back", "programmes.ibd.allocation", ""), address=address)) == []


def test_four_scenarios_stand_side_by_side_and_no_more(visitor: Visitor) -> None:
    address = after(visitor, *[("beside", "", "")] * 3)
    assert visitor.act(address, "beside").status == 400
    fragment = visitor.act(address, "look").json["fragments"]["scenarios"]
    assert fragment.count('data-act="drop"') == 4
    fewer = after(visitor, ("drop", "2", ""), ("show", "1", ""), address=address)
    assert [key for key, _value in parse_qsl(fewer)].count("scenario") == 3
    assert "shown" not in dict(parse_qsl(fewer))


def test_who_pays_more_and_less_is_that_of_the_comparison(visitor: Visitor) -> None:
    reply = visitor.act(START, "set", "opt_outs.luisterend-oor.settlement", "redistribute")
    shown = html.unescape(reply.json["fragments"]["effects"])
    settings = {"opt_outs.luisterend-oor.settlement": "redistribute"}
    comparison = gguplan.compare("uitnamen-2017", "uitnamen-2017", settings)
    for group in (*comparison.by_direction(), *comparison.by_size(), *comparison.by_province()):
        if group.municipalities:
            assert format_euros(group.after) in shown
            assert format_euros(group.effect) in shown
    for place in comparison.largest(14):
        assert comparison.population.municipalities[place].name in shown
        assert format_euros(int(comparison.effects[place])) in shown


def test_the_sum_of_a_programme_is_opened_and_closed(visitor: Visitor) -> None:
    opened = visitor.act(START + "&municipality=GM0344", "sum", "ibd").json
    assert "343038" in opened["fragments"]["lines"].replace(",", "")
    assert ("sum", "ibd") in parse_qsl(opened["address"])
    assert ("sum", "ibd") not in parse_qsl(after(visitor, ("sum", "ibd", ""), address=opened["address"]))


# --- the command -----------------------------------------------------------------------------------


def test_ctrl_c_ends_it_at_once_and_tells_what_was_not_saved() -> None:
    command = [sys.executable, "-m", "gguplan", "serve", "--no-browser", "--json", "--lang", "en"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines: list[str] = []
    while not lines or lines[-1] != "}\n":
        lines.append(process.stdout.readline())
    address = urlsplit(json.loads("".join(lines))["address"])
    assert address.hostname == "127.0.0.1"
    connection = http.client.HTTPConnection(address.netloc, timeout=30)
    connection.request("GET", f"{address.path}?{address.query}")
    reply = connection.getresponse()
    reply.read()
    cookie = (reply.getheader("set-cookie") or "").partition(";")[0]
    headers = {"Cookie": cookie, "Origin": f"http://{address.netloc}"}
    act = {"address": START, "act": "set", "path": "programmes.ibd.gross", "value": "4000000.00", "tab": "1"}
    connection.request("POST", "/act", json.dumps(act), headers)
    assert connection.getresponse().status == 200
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _out, error = process.communicate(timeout=20)
    assert time.monotonic() - began < 5
    assert process.returncode == 0
    assert "gguplan serve uitnamen-2017 --set programmes.ibd.gross=4000000.00" in error
    assert "Traceback" not in error


@pytest.mark.parametrize("name", gguplan.scenarios())
def test_every_shipped_scenario_opens_and_shows_its_totals(visitor: Visitor, name: str) -> None:
    result = gguplan.run(name)
    code = result.population.municipalities[0].gm_code
    reply = visitor.page(("scenario", name), ("municipality", code), ("lang", "en"))
    assert reply.status == 200
    shown = html.unescape(reply.text)
    assert format_euros(int(result.to_pay.sum())) in shown
    assert format_euros(bill_of(result, code).to_pay) in shown


def test_every_key_of_a_scenario_has_a_lever_unless_it_says_nothing_of_the_fund() -> None:
    panel = Panel({"programmes": {}}, {"programmes": {}}, {}, {}, ())
    keys = {lever.key for lever in panel.year_and_dates()} | set(panel.tables()) | NO_LEVERS | NO_LEVERS_ABOVE
    # Some keys of a programme say nothing of the fund either.
    assert keys >= set(Scenario.model_fields)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_key_has_a_name_of_a_few_words(language: Language) -> None:
    """A table is called by the beginning of what the manual says of it."""
    with written_in(language):
        names = {
            f"{model.__name__}.{key}": name_of(model.__name__, key)
            for model in models()
            if model.__name__ not in ("Expected", "Sweep", "Varied")
            for key, field in model.model_fields.items()
            if key not in (*NO_LEVERS, "key") and key not in NO_LEVERS_ABOVE and "dict[" not in str(field.annotation)
            if "Table" not in str(field.annotation) and "SizeClass" not in str(field.annotation)
        }
    assert [key for key, name in names.items() if not 2 < len(name) < 50] == []


ALLOCATION_KEYS = [
    word
    for node in nodes_at(("programmes", "ibd", "allocation"))
    if node.model is not None
    for word in get_args(node.model.model_fields["key"].annotation)
]


@pytest.mark.parametrize("key", ALLOCATION_KEYS)
def test_every_allocation_key_has_its_levers(visitor: Visitor, key: str) -> None:
    reply = visitor.act(START, "set", "programmes.ibd.allocation.key", key)
    assert reply.status == 200
    assert f'<option value="{key}" selected>' in visitor.page(*parse_qsl(reply.json["address"])).text


def test_who_is_no_member_pays_nothing_on_the_map_beside_a_fund_of_all(visitor: Visitor) -> None:
    address = urlencode([("scenario", "mrdh-2020"), ("scenario", "uitnamen-2017"), ("lang", "en")])
    with np.errstate(invalid="raise"):
        reply = visitor.act(address, "look").json
    assert "€0.00" in reply["fragments"]["legend"]
    assert min(reply["map"]["rates"]) == 0


BODIES = """
title = "A region"
source = "Invented for this test"
year = 2024
members = ["Middelburg", "Veere", "provincie-zeeland"]
[bodies.provincie-zeeland]
title = "Provincie Zeeland"
kind = "province"
[programmes.dikes]
title = "Dikes"
gross = "90000.00"
vat = "none"
allocation = { key = "shares", shares = { Middelburg = "50%", provincie-zeeland = "50%" }, others = "0%" }
"""


def test_a_fund_with_bodies_says_who_pays_in_one_sum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Middelburg and the province each pay half of the 10,000 more: 5,000 each, and 10,000 together.
    (tmp_path / "region.toml").write_text(BODIES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    fields = [("scenario", "region.toml"), ("set", "programmes.dikes.gross=100000.00"), ("lang", "en")]
    with open_workbench("region.toml") as visitor:
        text = in_words(visitor.page(*fields, ("municipality", "provincie-zeeland")).text)
    assert "Municipalities and other bodies pay" in text
    assert (
        "1 pays the same; all together +€5,000.00. The other bodies +€5,000.00; everything together +€10,000.00."
        in text
    )
    assert "Together €100,000.00 (+€10,000.00)." in text
    assert "Municipality or other body" in text
    assert "– per inhabitant" not in text


def test_no_line_ends_between_a_sign_and_its_amount(visitor: Visitor) -> None:
    reply = visitor.act(START, "set", "programmes.ibd.gross", "2600000.00")
    assert '<span class="whole">+€600,000.00.</span>' in reply.json["fragments"]["effects"]
    assert '<span class="whole">(+€600,000.00).</span>' in reply.json["fragments"]["summary"]


def test_a_part_of_a_mix_is_filled_in_and_nothing_is_lost(visitor: Visitor) -> None:
    allocation = "programmes.ibd.allocation"
    address = after(visitor, ("set", f"{allocation}.key", "mix"))
    for by in ("inhabitants", "shares"):
        address = added(visitor, f"{allocation}.parts", address, share="50%", by=by)
    address = added(visitor, f"{allocation}.parts.1.by.shares", address, name="Amsterdam", value="100%")
    address = after(visitor, ("set", f"{allocation}.parts.1.by.others", "0%"), address=address)
    assert settings_in(address) == [
        f'{allocation}={{ key = "mix", parts = [{{ share = "50%", by = {{ key = "inhabitants" }} }}, '
        '{ share = "50%", by = { key = "shares", shares = { Amsterdam = "100%" }, others = "0%" } }] }'
    ]
    assert "mistake" not in visitor.act(address, "look").json["fragments"]["notice"]
    address = after(visitor, ("set", f"{allocation}.parts.1.by.key", "inhabitants"), address=address)
    assert settings_in(address)[0].endswith('{ share = "50%", by = { key = "inhabitants" } }] }')


def test_units_of_some_years_are_typed_as_a_list(visitor: Visitor) -> None:
    allocation = "programmes.ibd.allocation"
    address = after(visitor, ("set", f"{allocation}.key", "products"), ("set", f"{allocation}.price", "12.50"))
    address = added(visitor, f"{allocation}.units", address, name="Amsterdam", value="[110, 120]")
    assert "units = { Amsterdam = [110, 120] }" in settings_in(address)[0]


def test_no_allocation_key_is_offered_that_cannot_be_finished_from_the_page(visitor: Visitor) -> None:
    more = visitor.act(START, "look").json["fragments"]["more-programmes.ibd"]
    assert "Only in the file of the scenario: column, tariff." in more
    assert '<option value="tariff"' not in more.partition("table-programmes.ibd.old_division")[0]


def in_words(page: str) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", "", page)))
