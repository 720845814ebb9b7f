"""The sum behind a bill can be redone with a pocket calculator, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gguplan
from gguplan.fund.steps.budget import GrossBudgetLine
from gguplan.fund.steps.division import CentsLeftOver, EndOfCents, OrderOfQueue, WholeCents
from gguplan.fund.steps.published import RealisedAsPublished
from gguplan.fund.steps.settlement import RefundOfRateLine
from gguplan.fund.steps.step import Step
from gguplan.language import written_in
from gguplan.model.explanation.division import states_what_is_paid
from gguplan.model.explanation.realised import realised_steps
from gguplan.model.explanation.tree import explain
from gguplan.model.result import RunResult
from gguplan.wording.steps.step import line_in_words

SCENARIOS = gguplan.scenarios()
run = cache(gguplan.run)


def lines(step: Step) -> Iterator[Step]:
    yield step
    for behind in step.behind:
        yield from lines(behind)


def texts(step: Step) -> list[str]:
    return [line_in_words(line.line) for line in lines(step)]


def whole_cents(step: Step) -> Iterator[tuple[int, int, int, int, int]]:
    """Every line ``whole cents: total × weight ÷ weights = whole, remainder r``, as it is written."""
    for text in texts(step):
        if match := re.match(r"whole cents: (\d+) × (\d+) ÷ (\d+) = (\d+), remainder (\d+)", text):
            total, weight, weights, whole, remainder = map(int, match.groups())
            yield total, weight, weights, whole, remainder


@st.composite
def bills(draw: st.DrawFn) -> tuple[RunResult, str]:
    result = run(draw(st.sampled_from(SCENARIOS)))
    return result, draw(st.sampled_from(result.population.municipalities)).gm_code


@given(bills())
def test_the_lines_of_a_bill_sum_to_it(bill: tuple[RunResult, str]) -> None:
    result, code = bill
    step = explain(result, code)
    assert step.cents == int(result.to_pay[result.population.index[code]])
    assert step.cents == sum(line.cents or 0 for line in step.behind)


@given(bills())
def test_every_division_comes_out_when_it_is_done_again(bill: tuple[RunResult, str]) -> None:
    step = explain(*bill)
    done_again = list(whole_cents(step))
    # Where a key says itself what each pays, nothing is divided.
    portions = [portion for billed in bill[0].by_programme for portion in billed.participation.allocation.portions]
    assert done_again or all(map(states_what_is_paid, portions))
    for total, weight, weights, whole, remainder in done_again:
        assert divmod(total * weight, weights) == (whole, remainder)


@given(bills())
def test_the_cent_left_over_makes_the_part(bill: tuple[RunResult, str]) -> None:
    result, code = bill
    for programme in explain(result, code).behind[1:]:
        for division in programme.behind:
            if division.behind and isinstance(division.behind[0].line, WholeCents):
                whole, cent = division.behind
                assert division.cents == (whole.cents or 0) + (cent.cents or 0)


def test_the_municipalities_that_get_a_cent_are_as_many_as_cents_are_left_over() -> None:
    result = run("fonds-ggu-2020")
    getting = 0
    for municipality in result.population.municipalities:
        (fund,) = explain(result, municipality.gm_code).behind[1:]
        getting += sum("one cent more" in text for text in texts(fund))
    (head,) = {text for text in texts(fund) if "left over" in text}
    assert f"{getting} cents of 5230000000 are left over" in head


def test_a_refund_is_opened_up_to_its_rate_and_its_source() -> None:
    """verantwoording-2017 section 2.3: 25 eurocent per inhabitant; Zoetermeer had 124.763 on 1 January 2017."""
    step = explain(run("uitnamen-2017"), "GM0637", "luisterend-oor")
    (refund,) = (line for line in lines(step) if "gets back €0.25" in line_in_words(line.line))
    assert line_in_words(refund.line) == "outside this programme: gets back €0.25 × 124,763 inhabitants = €31,190.75"
    assert refund.cents == -3_119_075
    assert "Verantwoording 2017, paragraaf 2.3" in line_in_words(refund.behind[0].line)


def test_one_sum_is_shown_in_both_languages() -> None:
    step = explain(run("uitnamen-2017"), "GM0637", "luisterend-oor")
    english = texts(step)
    with written_in("nl"):
        dutch = texts(step)
    (refund,) = (line for line in lines(step) if isinstance(line.line, RefundOfRateLine))
    assert refund.line == RefundOfRateLine(
        rate=2_500, inhabitants=124_763, days=365, days_in_year=365, refund=3_119_075
    )
    place = english.index("outside this programme: gets back €0.25 × 124,763 inhabitants = €31,190.75")
    assert dutch[place] == "niet-deelnemer aan dit onderdeel: krijgt € 0,25 × 124.763 inwoners = € 31.190,75 terug"


def test_equal_lines_of_two_sums_are_one_value() -> None:
    """So that a page writes what many municipalities have alike once."""
    first, second = (explain(run("fonds-ggu-2020"), code) for code in ("GM0344", "GM0363"))
    shared = set(lines(first)) & set(lines(second))
    assert {type(step.line) for step in shared} >= {GrossBudgetLine, CentsLeftOver, EndOfCents, OrderOfQueue}


def test_the_inhabitants_among_whom_is_divided_are_opened_up_when_some_are_outside() -> None:
    """17,081,507 − 844,947 − 634,660 − 524,882 − 343,038: CBS on 1 January 2017."""
    lines = texts(explain(run("grote-steden-verlaten-de-hulplijn"), "GM0637", "luisterend-oor"))
    assert (
        "14,733,980 inhabitants in 384 municipalities; outside: Utrecht, Amsterdam, 's-Gravenhage, Rotterdam"
    ) in lines
    assert not any("outside" in text for text in texts(explain(run("uitnamen-2017"), "GM0637", "ibd")))


def test_a_budget_shows_the_reading_that_contradicts_it() -> None:
    """verantwoording-2016: the text of section 3.1 has € 6.492.000, the summary of chapter 3 has 5.917."""
    text = "\n".join(texts(explain(run("uitnamen-2016"), "GM0344", "digitale-agenda")))
    assert "5.917" in text
    assert "printed elsewhere: € 6.492.000" in text


def test_a_budget_of_ones_own_is_not_held_against_the_reports() -> None:
    text = "\n".join(
        texts(
            explain(
                gguplan.run("uitnamen-2016", {"programmes.digitale-agenda.gross": "100.00"}),
                "GM0344",
                "digitale-agenda",
            )
        )
    )
    assert "printed elsewhere" not in text
    assert "set on the command line" in text


KEYS = {
    "a stepped tariff on the part within each class": (
        'gross = "1000000.00"\nallocation = { key = "stepped", applies_to = "part", '
        'brackets = [{ up_to = 5000, rate = "1.92" }, { up_to = 25000, rate = "1.76" }, { rate = "1.52" }] }',
        ["5,000 inhabitants × €1.92", "20,000 inhabitants × €1.76"],
    ),
    "a stepped tariff on all inhabitants": (
        'allocation = { key = "stepped", applies_to = "all", '
        'brackets = [{ up_to = 5000, rate = "1.92" }, { rate = "1.52" }] }',
        ["357,597 inhabitants × €1.52", "all tariffs together"],
    ),
    "a tariff": (
        'allocation = { key = "tariff", rate = "0.9255" }',
        ["357,597 inhabitants × €0.9255 = €330,956.02, in whole cents", "all tariffs together"],
    ),
    "a fixed amount each": (
        'gross = "1000000.00"\nallocation = { key = "fixed_plus_inhabitants", fixed = "500.00" }',
        ["fixed amount: €500.00 for each of 355 municipalities; €822,500.00 is left to divide"],
    ),
    "a rate": ('rate = "0.035"', ["€0.035 × 17,407,585 inhabitants"]),
}


@pytest.mark.parametrize("name", KEYS)
def test_every_key_is_opened_up(name: str, tmp_path: Path) -> None:
    allocation, expected = KEYS[name]
    file = tmp_path / "s.toml"
    file.write_text(
        'title = "T"\nsource = "invented for a test"\nyear = 2020\nreference_date = 2020-01-01\n'
        f'[programmes.a]\ntitle = "A"\nvat = "none"\n{allocation}\n'
    )
    result = gguplan.run(file)
    step = explain(result, "GM0344")
    text = "\n".join(texts(step))
    for piece in expected:
        assert piece in text
    for total, weight, weights, whole, remainder in whole_cents(step):
        assert divmod(total * weight, weights) == (whole, remainder)
    assert step.cents == int(result.to_pay[result.population.index["GM0344"]])


@pytest.mark.parametrize("settlement", ["shrink", "redistribute", "absorb"])
def test_an_opt_out_that_is_not_invoiced_pays_nothing_and_the_sum_says_why(settlement: str) -> None:
    result = gguplan.run(
        "uitnamen-2017",
        {
            "opt_outs.woz.municipalities": ["Utrecht"],
            "opt_outs.woz.settlement": settlement,
        },
    )
    step = explain(result, "GM0344", "woz")
    assert step.cents == 0
    assert any("outside this programme" in text for text in texts(step))


def test_what_was_realised_stands_with_each_programme_and_the_own_share_where_all_pay_the_budget() -> None:
    """verantwoording-2017, 4: IBD 1.505.000 of 1.652.893. Utrecht pays 40.164,84, of which 6.970,76 VAT, and
    33.194,08 × 1.505.000 ÷ 1.652.893 = 30.224,03. Of the helpline ten municipalities got a refund."""
    result = gguplan.run("uitnamen-2017")
    lines = {
        programme.name: [
            line_in_words(part.line)
            for step in explain(result, "GM0344", programme.name).behind[1:]
            for realised in step.behind
            if isinstance(realised.line, RealisedAsPublished)
            for part in (realised, *realised.behind)
        ]
        for programme in result.by_programme
    }
    assert lines["ibd"] == [
        "realised in 2017, by the reports: €1,505,000.00 of €1,652,893.00, without VAT",
        "of what Utrecht pays of it, without VAT: €33,194.08 × €1,505,000.00 ÷ €1,652,893.00 = €30,224.03 spent",
    ]
    assert lines["luisterend-oor"] == [
        "realised in 2017, as far as the reports know (provisional): €4,173,856.00 of €4,200,000.00, without VAT"
    ]
    assert lines["woz"] == []


def test_the_own_shares_of_what_was_realised_are_together_what_was_realised() -> None:
    result = gguplan.run("uitnamen-2017")
    (ibd,) = (programme for programme in result.by_programme if programme.name == "ibd")
    steps = [realised_steps(result, ibd, position) for position in range(len(result.population.municipalities))]
    shares = [step.behind[0].cents or 0 for (step,) in steps]
    # Each is off by half a cent, and half a cent of VAT; the budget by 44 cents: 1.652.892,56 against 1.652.893.
    assert abs(sum(shares) - 150_500_000) <= len(shares) + 44


def test_of_another_budget_than_the_published_one_no_share_is_said_to_be_spent() -> None:
    half = gguplan.run("uitnamen-2017", {"programmes.ibd.gross": "1000000.00"})
    (ibd,) = (programme for programme in half.by_programme if programme.name == "ibd")
    assert all(not step.behind for step in realised_steps(half, ibd, 0))
