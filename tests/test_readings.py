"""What is used of a few printed figures, worked by hand, without a file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from msgspec.structs import replace

from gguplan.fund.inclusions import included_refund, inclusions, realised_in_account, realised_of_own_budget
from gguplan.fund.indicators import Indicator, IndicatorUnit, Measure, Qualifier
from gguplan.fund.ledger import Ledger, Reading, RefundedMunicipalities
from gguplan.fund.relations import Part, Relation, amount_of, cents, measure_of
from gguplan.fund.two_languages import TwoLanguages

PRINTED: Final = Reading(
    *("ibd", 2017, "net", "", "100", "euro", "excluded", "report", "1.1", "table", True, ""), amount=100_00, rounding=0
)
COUNTED: Final = Indicator(
    *("ibd", 2017, None, "year", "calls", "gesprekken", "calls", "volume", "1.200", "one", "exact", False),
    *("report", "1.1", "1.200 gesprekken", True, "", "", Decimal(1200)),
)


def printed(quantity: str, amount: int | None, **otherwise: Any) -> Reading:
    return replace(PRINTED, quantity=quantity, amount=amount, **otherwise)


def ledger(*readings: Reading, **otherwise: Any) -> Ledger:
    return Ledger({}, {}, readings, **otherwise)


# --- budgets -------------------------------------------------------------------------------------


def test_the_budget_in_use_is_the_print_with_vat_where_there_is_one() -> None:
    net, gross = printed("net", 100_00, printed="100"), printed("gross", 121_00, printed="121")
    assert ledger(net, gross).budget_readings("ibd", 2017) == (gross,)
    assert ledger(net, printed("refund", 1)).budget_readings("ibd", 2017) == (net,)


def test_finer_lines_stand_for_a_total_that_is_not_printed_and_each_is_a_source() -> None:
    first, second = (printed("net", amount, detail=f"part {amount}", printed=f"{amount}") for amount in (40, 60))
    parts = ledger(first, second)
    assert parts.amount("ibd", 2017, "net") == 100
    assert parts.budget_source("ibd", 2017) == "report, 1.1: 40; report, 1.1: 60"
    total = printed("net", 101)
    assert ledger(first, total, second).used("ibd", 2017, "net") == (total,)


def test_vat_is_known_from_any_budget_that_says_so() -> None:
    """The first that says anything counts, the one without VAT before the one with it; a refund says nothing."""
    unknown, without, included = (printed("net", 1, vat=vat) for vat in ("unknown", "none", "included"))
    gross = replace(included, quantity="gross")
    assert ledger(unknown).has_no_vat("ibd", 2017) and ledger(without).has_no_vat("ibd", 2017)
    assert not ledger(unknown, gross).has_no_vat("ibd", 2017) and not ledger(included).has_no_vat("ibd", 2017)
    assert ledger(without, gross).has_no_vat("ibd", 2017)
    assert ledger(replace(included, quantity="refund"), unknown).has_no_vat("ibd", 2017)


def test_a_budget_is_disputed_by_what_rounding_does_not_explain() -> None:
    """In use 100,00, printed to within 0,50. 100,50 is the same figure and 100,51 is not, unless it is a part or is
    rounded to within 1,00; a print without a reading disputes it, and so does any of a figure that has none in use."""
    used = printed("gross", 100_00, rounding=50)
    same, apart, wider, unread = (
        replace(used, used=False, amount=amount, rounding=rounding)
        for amount, rounding in ((100_50, 0), (100_51, 0), (100_51, 1_00), (None, 0))
    )
    known = ledger(used, same, apart, wider, unread, replace(apart, detail="a part"))
    assert known.disputed_budget("ibd", 2017) == (apart, unread)
    nothing = replace(used, amount=0, rounding=0)
    assert ledger(nothing, replace(nothing, used=False, amount=1)).disputed_budget("ibd", 2017)
    net = replace(apart, quantity="net")
    assert ledger(used, net, replace(net, quantity="realised")).disputed_budget("ibd", 2017) == (net,)


def test_prices_rise_as_in_the_nearest_year_that_is_known_and_not_where_none_is() -> None:
    assert ledger().price_rise(2017) == 0


# --- what a realised amount includes -------------------------------------------------------------


def test_what_was_paid_ahead_stays_in_the_account_and_what_came_from_before_is_spent_besides() -> None:
    """Of 100 paid 15 went to the next year, and 30 came from the year before: 85 of the own budget, 115 in all. Nothing
    came where no opening is printed, and nothing went where no closing is."""
    paid = printed("realised", 100, includes="prepayment")
    opening, closing = printed("opening_balance", 30), printed("closing_balance", 15)
    both = ledger(paid, opening, closing)
    assert realised_of_own_budget(both, "ibd", 2017) == 85
    assert realised_in_account(both, "ibd", 2017, opened=False) == 85
    assert realised_in_account(both, "ibd", 2017, opened=True) == 115
    assert realised_in_account(ledger(paid, closing), "ibd", 2017, opened=True) == 85
    assert realised_in_account(ledger(paid, opening), "ibd", 2017, opened=False) == 100
    assert realised_in_account(ledger(opening, closing), "ibd", 2017, opened=True) is None


def test_a_refund_is_its_total_or_its_rate_times_who_got_it() -> None:
    paid, rate = printed("realised", 5_000, includes="refund"), printed("rate", 25)
    who = RefundedMunicipalities("ibd", 2017, "A", date(2017, 1, 1), 100, "report", "1.1", "25 eurocent per inwoner")
    assert included_refund(ledger(paid, rate, refunded=(replace(who, year=2016), who)), "ibd", 2017) == 2_500
    assert included_refund(ledger(paid, rate, printed("refund", 2_400), refunded=(who,)), "ibd", 2017) == 2_400
    assert included_refund(ledger(paid, refunded=(who,)), "ibd", 2017) == 0
    assert realised_in_account(ledger(paid, rate, refunded=(who,)), "ibd", 2017, opened=True) == 2_500


def test_a_remainder_has_an_amount_where_it_is_a_line_of_its_own() -> None:
    total, part = printed("realised", 100), printed("realised", 30, detail="research", includes="remainder")
    known = ledger(total, part)
    assert [(row.cents, row.besides) for row in inclusions(known, "ibd", 2017)] == [(30, 0)]
    assert realised_of_own_budget(known, "ibd", 2017) == 70
    assert realised_of_own_budget(ledger(replace(total, includes="remainder")), "ibd", 2017) is None
    assert inclusions(ledger(replace(total, includes="remainder", used=False)), "ibd", 2017) == ()


# --- volumes and prices --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "measure", "amount"),
    [
        ("one", "count", 150),
        ("million", "count", 150_000_000),
        ("percent", "percent", 150),
        ("eurocent", "euro", 1),
        ("euro", "euro", 150),
        ("million_euro", "euro", 150_000_000),
        ("billion_euro", "euro", 150_000_000_000),
    ],
)
def test_one_and_a_half_of_each_unit(unit: IndicatorUnit, measure: Measure, amount: int) -> None:
    figure = replace(COUNTED, unit=unit, value=Decimal("1.5"))
    assert (figure.measure, measure_of(figure), figure.amount) == (measure, measure, amount)


@pytest.mark.parametrize(
    ("qualifier", "of_euros"),
    [("exact", 50), ("about", 50_00), ("more_than", 100_00), ("at_most", 100_00), ("almost", 100_00)],
)
def test_what_is_behind_1200_can_lie_off(qualifier: Qualifier, of_euros: int) -> None:
    """Half a euro, or 50 or 100 of them; 1.200 talks that are no more and no less are 1.200."""
    assert replace(COUNTED, unit="euro", qualifier=qualifier).rounding == of_euros
    assert replace(COUNTED, qualifier=qualifier).rounding == (0 if qualifier == "exact" else of_euros)


def test_a_print_without_a_reading_has_no_amount() -> None:
    unread = replace(COUNTED, value=None)
    assert (unread.units, unread.amount, unread.rounding) == (None, None, 0)
    with pytest.raises(ValueError, match=r"report, 1\.1: 1\.200"):
        cents(unread)


def test_a_remark_without_dutch_is_shown_in_english_to_both() -> None:
    for noted in (replace(COUNTED, remark="so"), replace(PRINTED, remark="so")):
        assert noted.remark_to_show == TwoLanguages("so", "so")
        assert replace(noted, remark_nl="zo").remark_to_show == TwoLanguages("so", "zo")
        assert replace(noted, remark="").remark_to_show is None
    assert COUNTED.name == TwoLanguages("calls", "gesprekken")


# --- relations -----------------------------------------------------------------------------------


def test_a_relation_is_measured_in_what_its_total_is_or_in_per_cent_without_one() -> None:
    statement = TwoLanguages("a", "a")
    of_calls = Relation("a", "sum", statement, "report", "1.1", (Part(COUNTED),), COUNTED)
    assert of_calls.measure == "count"
    assert replace(of_calls, total=PRINTED).measure == "euro" == measure_of(PRINTED)
    assert replace(of_calls, total=None).measure == "percent"


def test_terms_are_added_and_taken_off() -> None:
    assert amount_of([Part(PRINTED), Part(printed("net", 30_00), minus=True)]) == 70_00
