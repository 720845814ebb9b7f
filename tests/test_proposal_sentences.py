"""Sentences of a proposal say what the numbers say, in every case that can occur and in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gguplan.fund.municipalities import STATUSES, CountedIn, Population, Status
from gguplan.fund.underspend import ShortfallRule, UnderspendRule
from gguplan.fund.years_ahead import PERCENT_UNITS, Indexation, ProgrammeAhead, YearsAhead
from gguplan.language import Language, set_language, written_in
from gguplan.model.comparison import Group
from gguplan.model.spending import Underspends
from gguplan.model.years_ahead.account import CHANCES, Account, Flows
from gguplan.reports.proposal.sentences.balance import broken_floors, course, dangers, expected_below, kept_floors
from gguplan.reports.proposal.sentences.change import contribution_change, percent, rate_change
from gguplan.reports.proposal.sentences.effects import by_size, directions, largest_shifts, same_for_all
from gguplan.reports.proposal.sentences.money_risks import changing_count, empty_reserve, indexation, overspend_of
from gguplan.reports.proposal.sentences.programmes import budget_sentence, programme_changes
from gguplan.reports.proposal.sentences.spending import certainty, expectation, made_good, settlement
from gguplan.reports.proposal.sentences.years_ahead import assumptions, plans
from gguplan.wording.amounts import chance_in_percent, format_about, format_euros, signed
from gguplan.wording.concentration import concentrated
from gguplan.wording.rounded_amounts import about, formatted_to, rounded_to
from gguplan.wording.shortlist import some_names

CENTS = st.integers(-(10**12), 10**12)
AMOUNT = st.integers(0, 10**12)
LANGUAGES: tuple[Language, ...] = ("en", "nl")
MORE = {"en": " more", "nl": " meer"}
LESS = {"en": " less", "nl": " minder"}


@pytest.fixture
def dutch() -> Iterator[None]:
    set_language("nl")
    yield
    set_language("en")


def group(count: int, before: int, after: int, name: str = "") -> Group:
    return Group(name, count, 100 * count, 100 * count, before, after)


# --- rise, fall, no change --------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@given(before=AMOUNT, after=AMOUNT)
def test_the_contribution_rises_falls_or_stays_as_the_amounts_do(language: Language, before: int, after: int) -> None:
    with written_in(language):
        sentence = contribution_change(before, after, "X")
        assert (MORE[language] in sentence) == (after > before)
        assert (LESS[language] + ":" in sentence) == (after < before)
        assert format_euros(after) in sentence
        assert (format_euros(abs(after - before)) in sentence) or after == before
        assert "%" not in sentence or before > 0


def test_the_contribution_in_words(dutch: None) -> None:
    assert contribution_change(100_00, 103_00, "2019") == (
        "Vergeleken met 2019 betalen alle gemeenten samen € 3,00 (3 %) meer: € 103,00 in plaats van € 100,00."
    )
    assert contribution_change(100_00, 50_00, "2019") == (
        "Vergeleken met 2019 betalen alle gemeenten samen € 50,00 (50 %) minder: € 50,00 in plaats van € 100,00."
    )
    assert contribution_change(0, 5, "2019") == (
        "Vergeleken met 2019 betalen alle gemeenten samen € 0,05 meer: € 0,05 in plaats van € 0,00."
    )
    assert contribution_change(7, 7, "2019") == "Alle gemeenten samen betalen evenveel als in 2019: € 0,07."


@pytest.mark.parametrize("language", LANGUAGES)
@given(before=AMOUNT, after=AMOUNT)
def test_the_rate_changes_only_when_its_print_does(language: Language, before: int, after: int) -> None:
    old, new = Decimal(before) / 1_000_000, Decimal(after) / 1_000_000
    with written_in(language):
        sentence = rate_change(old, new)
        unchanged = "as much as before" in sentence or "blijft het gelijk" in sentence
        assert unchanged == (round(old, 4) == round(new, 4) or f"{old:.4f}" == f"{new:.4f}")
        if not unchanged:
            assert ("rises" in sentence or "stijgt" in sentence) == (new > old)


@given(part=CENTS, whole=AMOUNT)
def test_a_percentage_is_0_or_100_only_when_it_is(part: int, whole: int) -> None:
    sentence = percent(part, whole)
    assert (sentence == "") == (whole == 0)
    assert (sentence == "0 %") == (part == 0 and whole > 0)
    assert sentence != "100 %" or whole <= abs(part) <= whole * 1.0005
    assert sentence == "100 %" or abs(part) != whole or whole == 0
    assert "-" not in sentence


def test_percentages_in_words(dutch: None) -> None:
    assert [percent(*pair) for pair in ((1, 3), (1, 10_000), (9_999, 10_000), (25, 10), (-1, 4))] == [
        "33,3 %",
        "minder dan 0,1 %",
        "bijna 100 %",
        "250 %",
        "25 %",
    ]


def test_a_sign_stands_in_the_same_place_for_a_rise_and_a_fall() -> None:
    for language, rise, fall in (("en", "+€1.00", "-€1.00"), ("nl", "+€ 1,00", "-€ 1,00")):
        set_language(language)  # type: ignore[arg-type]
        assert [signed(format_euros(cents), cents) for cents in (100, -100)] == [rise, fall]
        assert "+" not in signed(format_euros(0), 0)


def test_a_list_of_names_is_never_endless() -> None:
    assert some_names(["A"]) == "A"
    assert some_names(["A", "B", "C", "D"]) == "A, B, C and D"
    assert some_names(list("ABCDE")) == "A, B, C and 2 more"
    assert some_names([str(number) for number in range(400)]) == "0, 1, 2 and 397 more"


# --- redistribution effects --------------------------------------------------------------------------


def test_directions_in_words(dutch: None) -> None:
    def sentence_for(more: int, less: int, same: int) -> str:
        return directions(group(more, 0, 500 * more), group(less, 300 * less, 0), group(same, 7, 7))

    assert sentence_for(3, 0, 0) == "Alle 3 gemeenten betalen meer, samen € 15,00."
    assert sentence_for(0, 3, 0) == "Alle 3 gemeenten betalen minder, samen € 9,00."
    assert sentence_for(0, 0, 3) == "Voor geen van de 3 gemeenten verandert er iets."
    assert sentence_for(0, 0, 1) == "Voor de ene gemeente verandert er niets."
    assert sentence_for(1, 0, 0) == "Meer betaalt 1 gemeente: € 5,00."
    assert sentence_for(0, 1, 0) == "Minder betaalt 1 gemeente: € 3,00."
    assert sentence_for(2, 1, 1) == (
        "Meer betalen 2 gemeenten, samen € 10,00. Minder betaalt 1 gemeente: € 3,00. "
        "Voor 1 gemeente verandert er niets."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@given(counts=st.tuples(*[st.integers(0, 400)] * 3).filter(any))
def test_no_group_is_named_that_nobody_is_in(language: Language, counts: tuple[int, int, int]) -> None:
    more, less, same = counts
    with written_in(language):
        sentence = directions(group(more, 0, more), group(less, less, 0), group(same, 5, 5))
        everybody = sum(counts)
        assert ("more" in sentence.lower() or "meer" in sentence.lower()) == (more > 0)
        assert ("less" in sentence.lower() or "minder" in sentence.lower()) == (less > 0)
        assert any(word in sentence for word in ("changes", "verandert")) == (same > 0)
        assert not any(begin[:1].isdigit() for begin in sentence.split(". "))
        assert everybody > 1 or str(everybody) in sentence or "one" in sentence or "ene" in sentence


@given(effects=st.lists(st.integers(-3, 3), min_size=1, max_size=12))
def test_the_largest_rise_is_of_all_that_rise_as_much(effects: list[int]) -> None:
    names = [f"M{place}" for place in range(len(effects))]
    sentences = largest_shifts(names, effects)
    rises, falls = (
        [sentence for sentence in sentences if "rise" in sentence],
        [sentence for sentence in sentences if "fall" in sentence],
    )
    assert (len(rises), len(falls)) == (int(max(effects) > 0), int(min(effects) < 0))
    for extremes, best in ((rises, max(effects)), (falls, min(effects))):
        if extremes:
            assert format_euros(abs(best)) in extremes[0]
            equals = [name for name, effect in zip(names, effects, strict=True) if effect == best]
            assert all(name in extremes[0] for name in equals) or f"{len(equals)} municipalities" in extremes[0]


def test_the_largest_shifts_in_words(dutch: None) -> None:
    assert largest_shifts(["A", "B", "C"], [100, -50, 100]) == [
        "De grootste stijging is die van A en C: € 1,00.",
        "De grootste daling is die van B: € 0,50.",
    ]
    assert largest_shifts(["A"], [0]) == []
    assert largest_shifts([], []) == []


def test_size_classes_in_words(dutch: None) -> None:
    more, less, little = group(2, 200_00, 300_00), group(1, 100_00, 50_00), group(1, 100_00, 90_00)
    assert by_size([more, less], ["klein", "groot"]) == (
        "Per inwoner stijgt de bijdrage het meest in de klasse klein (€ 0,5000) en daalt zij het meest in de klasse "
        "groot (€ 0,5000)."
    )
    assert by_size([little, less], ["klein", "groot"]) == (
        "Per inwoner daalt de bijdrage het meest in de klasse groot (€ 0,5000) en het minst in de klasse klein "
        "(€ 0,1000)."
    )
    assert by_size([more, more], ["klein", "groot"]) == (
        "Per inwoner stijgt de bijdrage in elke grootteklasse evenveel: € 0,5000."
    )
    assert by_size([more], ["klein"]) == ""


@pytest.mark.parametrize("language", LANGUAGES)
@given(effects=st.lists(st.integers(-3, 3), min_size=2, max_size=5))
def test_a_class_rises_or_falls_only_where_it_does_and_all_equals_are_named(
    language: Language, effects: list[int]
) -> None:
    names = [f"K{place}" for place in range(len(effects))]
    with written_in(language):
        sentence = by_size([group(1, 100_00, 100_00 + 100 * effect) for effect in effects], names)
        assert any(word in sentence for word in ("rises", "stijgt")) == (max(effects) > 0)
        assert any(word in sentence for word in ("falls", "daalt")) == (min(effects) < 0)
        assert "-" not in sentence and "+" not in sentence
        named = {name for name, effect in zip(names, effects, strict=True) if effect in (max(effects), min(effects))}
        expected = named if len(set(effects)) > 1 else set()
        assert {name for name in names if name in sentence} == expected


def test_what_is_concentrated_in_words(dutch: None) -> None:
    assert concentrated(0.0, 342).startswith("Tussen gemeenten verschuift er niets")
    assert "komt 95 %" in concentrated(0.954, 342)
    assert concentrated(0.5, 3) == ""


@given(rates=st.lists(st.decimals("-3", "3", places=4), min_size=1, max_size=6))
def test_a_change_is_the_same_for_all_but_for_a_thousandth_of_it(rates: list[Decimal]) -> None:
    spread = max(rates) - min(rates)
    assert same_for_all(rates) == (spread == 0 or 1_000 * spread <= min(abs(min(rates)), abs(max(rates))))
    assert same_for_all([Decimal("0.6300"), Decimal("0.6304")])
    assert not same_for_all([Decimal("0.0004"), Decimal("0")])


# --- the budget --------------------------------------------------------------------------------------


def test_the_budget_in_words(dutch: None) -> None:
    assert budget_sentence(["A"], [121_00], 21_00) == (
        "De begroting bestaat uit één onderdeel, A, van € 121,00 inclusief btw. Daarvan is € 21,00 btw: "
        "exclusief btw is het € 100,00."
    )
    assert budget_sentence(["A", "B"], [100_00, 300_00], 0) == (
        "De begroting bestaat uit 2 onderdelen, samen € 400,00, waar geen btw in zit. "
        "Het grootste is B: € 300,00, 75 % van het geheel."
    )
    assert "De grootste zijn A en B: elk € 100,00, 40 % van het geheel." in budget_sentence(
        ["A", "B", "C"], [100_00, 100_00, 50_00], 0
    )
    assert "Ze zijn alle even groot: € 1,00." in budget_sentence(["A", "B"], [100, 100], 0)


PROGRAMMES = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 3), max_size=6)


@given(before=PROGRAMMES, after=PROGRAMMES.filter(bool))
def test_every_programme_is_counted_once_as_new_gone_larger_smaller_or_the_same(
    before: dict[str, int], after: dict[str, int]
) -> None:
    sentences = programme_changes(
        {name: (name, gross) for name, gross in before.items()},
        {name: (name, gross) for name, gross in after.items()},
        {},
    )
    text = " ".join(sentences)
    kept = before.keys() & after.keys()
    for words, names in (
        ("new", after.keys() - before.keys()),
        ("no longer has", before.keys() - after.keys()),
        ("larger budget", {name for name in kept if after[name] > before[name]}),
        ("smaller budget", {name for name in kept if after[name] < before[name]}),
    ):
        matching = [sentence for sentence in sentences if words in sentence]
        assert len(matching) == bool(names), text
        if names:
            assert f" {len(names)} " in matching[0] and not matching[0][0].isdigit()
    assert ("stay" in text) == any(after[name] == before[name] for name in kept)


def test_nothing_new_is_one_sentence(dutch: None) -> None:
    before, after = {"a": ("A", 5)}, {"a": ("A", 5), "b": ("B", 6)}
    assert programme_changes(before, before, {}) == ["Het budget van het onderdeel blijft gelijk."]
    assert programme_changes(after, after, {}) == ["De budgetten van alle 2 onderdelen blijven gelijk."]
    assert programme_changes({}, before, {}) == ["Er is 1 onderdeel nieuw: A."]


# --- what is not spent -------------------------------------------------------------------------------


def underspends(budget: int, expected: int, low: int | None = None, high: int | None = None) -> Underspends:
    ends = (expected if low is None else low, expected if high is None else high)
    return Underspends(budget, expected, np.array([ends[0]] * 50 + [ends[1]] * 50))


def test_the_expectation_in_words(dutch: None) -> None:
    assert expectation(underspends(1000_00, 30_00), 1000_00 - 30_00, 1) == (
        "Van € 1.000 exclusief btw wordt naar verwachting € 970 besteed, zodat € 30 (3 %) overblijft."
    )
    assert expectation(underspends(1000_00, -30_00), 1000_00 + 30_00, 1) == (
        "Er wordt naar verwachting meer besteed dan de € 1.000 exclusief btw: € 1.030, dat is € 30 (3 %) te veel."
    )
    assert expectation(underspends(1000_00, 20), 1000_00 - 20, 1) == (
        "De € 1.000 exclusief btw wordt naar verwachting geheel besteed."
    )


def test_the_certainty_in_words(dutch: None) -> None:
    assert [
        certainty(underspends(100_00, 0, low * 100, high * 100), 1) for low, high in ((1, 5), (-5, -1), (-5, 5), (0, 0))
    ] == [
        "In acht van de tien gevallen blijft tussen € 1 en € 5 over.",
        "In acht van de tien gevallen is er tussen € 1 en € 5 tekort.",
        "In acht van de tien gevallen ligt het tussen een tekort van € 5 en een overschot van € 5.",
        "In acht van de tien gevallen wordt het geheel besteed.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@given(budget=st.integers(1, 10**12), expected=CENTS, unit=st.sampled_from([1, 1_000]))
def test_left_over_or_short_follows_the_printed_amount(
    language: Language, budget: int, expected: int, unit: int
) -> None:
    with written_in(language):
        sentence = expectation(underspends(budget, expected), budget - expected, unit)
        left = about(expected, unit)
        assert format_about(left, unit) == format_about(expected, unit)
        assert any(word in sentence for word in ("is left over", "overblijft")) == (left > 0)
        assert any(word in sentence for word in ("too much", "te veel")) == (left < 0)
        assert any(word in sentence for word in ("in full", "geheel")) == (left == 0)
        assert "-" not in sentence.replace("-€", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", [*get_args(UnderspendRule), None])
@given(
    expected=st.integers(-2_000_00, 2_000_00),
    titles=st.sampled_from([["A"], ["A", "B"]]),
)
def test_a_deficit_is_called_a_deficit_and_never_handed_out(
    language: Language, rule: UnderspendRule | None, expected: int, titles: list[str]
) -> None:
    with written_in(language):
        left = about(expected, 1)
        sentence = settlement(rule, titles, left, 1, "the ALV")
        assert any(words in sentence for words in ("more than", "meer dan")) == (left < 0)
        assert "nothing" not in sentence and "niets" not in sentence
        assert (format_about(abs(left), 1) in sentence) == (left != 0 and (left < 0 or rule is not None))
        assert all(title in sentence.replace("ALV", "").split() for title in titles)


SHORTFALLS = st.dictionaries(st.sampled_from([None, *get_args(ShortfallRule)]), st.just(["A", "B"]))


@pytest.mark.parametrize("language", LANGUAGES)
@given(shortfalls=SHORTFALLS)
def test_how_a_deficit_is_made_good_is_said_once_for_each_rule(
    language: Language, shortfalls: dict[ShortfallRule | None, list[str]]
) -> None:
    with written_in(language):
        sentences = made_good(shortfalls, "the ALV")
    assert len(set(sentences)) == len(sentences) == len(shortfalls)
    assert all(sentence.startswith(("A, B", "A and B", "A en B")) == (len(shortfalls) > 1) for sentence in sentences)
    unknown = [sentence for sentence in sentences if "not laid down" in sentence or "ligt niet vast" in sentence]
    assert len(unknown) == (None in shortfalls)


def test_what_others_pay_is_in_what_is_left_over_and_not_in_what_is_spent() -> None:
    # € 20 more than the budget is spent, and others pay € 30 less: € 50 comes short, and not € 50 more is spent.
    short = underspends(1000_00, -50_00)
    assert expectation(short, 1020_00, 1, with_income=True) == (
        "Of €1,000 without VAT, €1,020 is expected to be spent. With what others pay €50 (5 %) comes short."
    )
    assert expectation(underspends(1000_00, 10_00), 1020_00, 1, with_income=True) == (
        "Of €1,000 without VAT, €1,020 is expected to be spent. With what others pay €10 (1 %) is left over."
    )
    assert settlement("general", ["A"], -50_00, 1, "the ALV", with_income=True) == (
        "A is expected to come €50 short, with what others pay."
    )
    assert overspend_of(short, 1, with_income=True)[0].startswith("The chance that the budgets together come short")


def test_what_is_known_is_spent_in_full_and_not_expected_to_be() -> None:
    assert settlement("return", ["A"], 0, 1, "the ALV", known=True) == "A spends its budget in full."


def test_settlements_in_words(dutch: None) -> None:
    left = 500_00
    assert settlement("return", ["A", "B"], left, 1, "de ALV") == (
        "A en B houden samen naar verwachting € 500 over. Wat zij niet besteden gaat terug naar de gemeenten, naar "
        "rato van wat zij betaalden; wat boven een budget wordt besteed gaat daar niet van af."
    )
    assert settlement(None, ["A"], left, 1, "de ALV") == (
        "Voor A ligt niet vast wat er gebeurt met geld dat niet besteed wordt: dat kan de ALV bepalen."
    )


# --- the balance -------------------------------------------------------------------------------------


def test_the_course_of_the_balance_in_words(dutch: None) -> None:
    years = (2026, 2027, 2028)
    assert course(years, 100_00, [120_00, 130_00, 150_00], 1) == (
        "Het saldo stijgt naar verwachting met € 50: van € 100 begin 2026 naar € 150 eind 2028."
    )
    assert course(years, 100_00, [50_00, -20_00, 60_00], 1) == (
        "Het saldo daalt naar verwachting met € 40: van € 100 begin 2026 naar € 60 eind 2028. "
        "Het is het laagst eind 2027: € 20 tekort."
    )
    assert course((2026,), 0, [0], 1) == "Het saldo is eind 2026 naar verwachting hetzelfde als begin 2026: € 0."
    assert course((2026,), 0, [-9_00], 1) == (
        "Het saldo daalt naar verwachting met € 9: van € 0 begin 2026 naar € 9 tekort eind 2026."
    )


@given(opening=CENTS, closing=st.lists(CENTS, min_size=1, max_size=6))
def test_the_balance_rises_falls_or_stays_as_it_is_printed(opening: int, closing: list[int]) -> None:
    sentence = course(range(2026, 2026 + len(closing)), opening, closing, 1)
    change = about(closing[-1], 1) - about(opening, 1)
    assert ("to rise" in sentence) == (change > 0)
    assert ("to fall" in sentence) == (change < 0)
    assert ("lowest" in sentence) == (about(min(closing), 1) < min(about(opening, 1), about(closing[-1], 1)))


def account(name: str, floor: int | None, chances: list[float]) -> Account:
    """An account of so many years, by the chance that it comes below its floor for the first time in each of them."""
    nothing, years = np.zeros(len(chances), dtype=np.int64), len(chances)
    quantiles = np.zeros((len(CHANCES), years), dtype=np.int64)
    quantiles[-1] = 1
    return Account(
        name,
        name,
        None,
        Flows(**dict.fromkeys(Flows.__struct_fields__, nothing)),
        np.zeros(years, dtype=np.bool_),
        quantiles,
        quantiles,
        floor,
        np.array(chances),
        np.array(chances),
        np.zeros(years),
        nothing,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    floors=st.lists(
        st.tuples(st.none() | CENTS, st.lists(st.sampled_from([0.0, 0.001, 0.1, 0.3]), min_size=3, max_size=3)),
        min_size=1,
        max_size=5,
    )
)
def test_every_floor_that_a_horizon_breaks_is_named_and_the_likeliest_comes_first(
    language: Language, floors: list[tuple[int | None, list[float]]]
) -> None:
    accounts = [account(f"Rekening {place}", *floor) for place, floor in enumerate(floors)]
    years = (2027, 2028, 2029)
    with written_in(language):
        broken, kept = broken_floors(accounts, years, 10_000), kept_floors(accounts, years, 10_000)
        breaks = [
            fund_account
            for fund_account in accounts
            if fund_account.floor is not None and fund_account.chance_ever_below > 0
        ]
        assert len(broken) == len(breaks)
        assert len(broken) + len(kept) == sum(fund_account.floor is not None for fund_account in accounts)
        for fund_account in breaks:
            (sentence,) = [sentence for sentence in broken if sentence.startswith(f"{fund_account.title}:")]
            assert format_about(fund_account.floor or 0, 1) in sentence
            assert str(years[int(np.argmax(fund_account.chance_first))]) in sentence
        if breaks:
            likeliest = max(fund_account.chance_ever_below for fund_account in breaks)
            first = next(fund_account for fund_account in breaks if broken[0].startswith(f"{fund_account.title}:"))
            assert first.chance_ever_below == likeliest


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    floor=st.none() | st.integers(-500, 500),
    closing=st.lists(st.integers(-1_000, 1_000), min_size=3, max_size=3),
    certain=st.booleans(),
)
def test_a_balance_that_is_expected_to_be_low_is_named_with_its_years_and_its_least(
    language: Language, floor: int | None, closing: list[int], certain: bool
) -> None:
    reserve = replace(account("", None, [0.0] * 3), scope="reserve")
    flows = replace(reserve.expected, closing=100 * np.array(closing))
    floor_cents = None if floor is None else 100 * floor
    quantiles = np.zeros_like(reserve.quantiles) if certain else reserve.quantiles
    reserve = replace(reserve, floor=floor_cents, expected=flows, quantiles=quantiles)
    low = max(floor or 0, 0)
    with written_in(language):
        sentences = expected_below([reserve], (2027, 2028, 2029), 1)
        assert bool(sentences) == (min(closing) < low)
        assert dangers([reserve], (2027, 2028, 2029), 100, 1)[: len(sentences)] == sentences
        for sentence in sentences:
            assert ("below 0" in sentence or "onder 0" in sentence) == (min(closing) < 0)
            assert (format_about(100 * (floor or 0), 1) in sentence) or not floor or min(closing) >= floor
            assert format_about(100 * abs(min(closing)), 1) in sentence or min(closing) == 0
            assert str(2027 + next(place for place, euros in enumerate(closing) if euros < low)) in sentence
            assert ("expected" in sentence or "verwachting" in sentence) != certain


def test_a_low_balance_in_words(dutch: None) -> None:
    reserve = replace(account("", 100_00, [0.5, 0.0, 0.0]), scope="reserve")
    low = replace(reserve, expected=replace(reserve.expected, closing=np.array([50_00, -20_00, -70_00])))
    assert dangers([low], (2027, 2028, 2029), 100, 1) == [
        "Reserve: naar verwachting staat het saldo vanaf eind 2027 onder de bodem van € 100 en vanaf eind 2028 onder "
        "0. Het is het laagst eind 2029: € 70 tekort.",
        "Reserve: de kans dat het saldo onder de bodem van € 100 komt is 50,0 %; het vaakst gebeurt dat voor het "
        "eerst eind 2027 (50,0 %).",
    ]


# --- totals ------------------------------------------------------------------------------------------


@given(
    parts=st.lists(CENTS | st.just(0), min_size=1, max_size=9), unit=st.sampled_from([1, 1_000]), by=st.integers(-5, 5)
)
def test_rounded_rows_add_up_to_the_total_that_is_printed(parts: list[int], unit: int, by: int) -> None:
    step = 100 * unit
    rounded = rounded_to(parts, about(sum(parts), unit), unit)
    assert sum(rounded) == about(sum(parts), unit)
    assert all(cents % step == 0 and abs(cents - part) < step for cents, part in zip(rounded, parts, strict=True))
    assert all(cents == 0 for cents, part in zip(rounded, parts, strict=True) if part == 0)
    assert len(formatted_to(parts, sum(parts), unit)) == len(parts)
    total = about(sum(parts), unit) + by * step
    assert sum(rounded_to(parts, total, unit)) == total


# --- the years ahead ---------------------------------------------------------------------------------

AMOUNTS_BY_YEAR = st.dictionaries(st.integers(2027, 2032), st.integers(1, 10**11), max_size=3)
PROGRAMMES_AHEAD = st.builds(
    ProgrammeAhead,
    starts=st.none() | st.integers(2027, 2030),
    ends=st.none() | st.integers(2030, 2032),
    net=AMOUNTS_BY_YEAR,
    from_balance=AMOUNTS_BY_YEAR,
    committed=AMOUNTS_BY_YEAR,
    volume_growth=st.sampled_from([0, 10_000]),
    contract_ends=st.none() | st.just(2029),
    indexed=st.booleans(),
    opening=st.integers(0, 10**9),
    source=st.just("Bron van een onderdeel"),
)
INDEXATIONS = st.builds(
    Indexation,
    percent=st.integers(0, 10 * PERCENT_UNITS),
    between=st.none() | st.just((15_000, 45_000)),
    sure=st.just(80),
    by_year=st.dictionaries(st.integers(2027, 2032), st.integers(0, 10 * PERCENT_UNITS), max_size=2),
    source=st.just("Bron van de index"),
)


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    programmes=st.dictionaries(st.sampled_from("abc"), PROGRAMMES_AHEAD, max_size=3),
    indexation=st.none() | INDEXATIONS,
    floor=st.none() | CENTS,
    reserve_floor=st.none() | CENTS,
)
def test_every_plan_and_every_assumption_of_the_years_ahead_is_named(
    language: Language,
    programmes: dict[str, ProgrammeAhead],
    indexation: Indexation | None,
    floor: int | None,
    reserve_floor: int | None,
) -> None:
    ahead = YearsAhead(
        2027, 2032, 77_00, None, "draw", floor, reserve_floor, (), indexation, programmes, "Bron van het saldo"
    )
    with written_in(language):
        planned = plans(ahead, {name: f"Onderdeel {name}" for name in programmes}, programmes)
        unpaid = plans(ahead, {name: f"Onderdeel {name}" for name in programmes}, ())
        assert len(unpaid) == sum(
            len(programme.from_balance) + len(programme.committed) for programme in programmes.values()
        )
        rows = assumptions(ahead, {name: f"Onderdeel {name}" for name in programmes})
        assert all(source for _name, _assumed, source in rows)
        amounts = [assumed for _name, assumed, _source in rows]
        assert {format_euros(cents) for cents in (77_00, floor, reserve_floor) if cents is not None} <= set(amounts)
        assert ("Bron van de index" in {source for _name, _assumed, source in rows}) == (indexation is not None)
        for name, programme in programmes.items():
            about_it = " ".join(sentence for sentence in planned if f"Onderdeel {name} " in f"{sentence} ")
            changes = [*programme.net.items(), *programme.from_balance.items(), *programme.committed.items()]
            assert all(str(year) in about_it and format_euros(cents) in about_it for year, cents in changes)
            assert programme.ends in (None, 2032) or str(programme.ends) in about_it
            assert programme.starts in (None, 2027) or str(programme.starts) in about_it
            assert not programme.opening or format_euros(programme.opening) in amounts
            own = [assumed for name_of_row, assumed, _source in rows if name_of_row.startswith(f"Onderdeel {name}: ")]
            assert len(own) == sum(
                map(
                    bool,
                    (
                        programme.opening,
                        programme.volume_growth,
                        programme.contract_ends,
                        programme.committed,
                        not programme.indexed,
                    ),
                )
            )


# --- what the numbers say may go wrong ---------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@given(drawn=st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=40))
def test_an_overspend_is_a_risk_only_where_a_draw_has_one(language: Language, drawn: list[int]) -> None:
    spent = Underspends(10**9, sum(drawn) // len(drawn), np.array(drawn))
    with written_in(language):
        sentences = overspend_of(spent, 1)
        assert bool(sentences) == (min(drawn) < 0)
        low, _high = spent.between()
        assert any(words in " ".join(sentences) for words in ("one of ten", "een van de tien")) == (about(low, 1) < 0)


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    chances=st.lists(st.sampled_from([0.0, 0.0001, 0.1, 0.25]), min_size=1, max_size=4) | st.just([0.0, 1.0]),
    floor=st.none() | st.sampled_from([0, 100]),
)
def test_a_reserve_is_used_up_only_where_it_is_below_nothing(
    language: Language, chances: list[float], floor: int | None
) -> None:
    years = range(2027, 2027 + len(chances))
    reserve = replace(account("Reserve", floor, [0.0] * len(chances)), chance_first_overdrawn=np.array(chances))
    with written_in(language):
        sentences = empty_reserve(reserve, years)
        assert bool(sentences) == (sum(chances) > 0 and floor != 0)
        for sentence in sentences:
            assert max(chances) == 1 or chance_in_percent(sum(chances)) in sentence
            likely = [str(year) for year, chance in zip(years, chances, strict=True) if chance == max(chances)]
            assert [str(year) for year in years if str(year) in sentence] == likely


@pytest.mark.parametrize("language", LANGUAGES)
@given(low=AMOUNT, width=AMOUNT | st.just(0), made_up_for=st.booleans())
def test_a_contribution_is_uncertain_only_where_its_prints_differ(
    language: Language, low: int, width: int, made_up_for: bool
) -> None:
    with written_in(language):
        sentences = indexation(2028, low, low + width, 1_000, made_up_for)
        assert bool(sentences) == (about(low, 1_000) != about(low + width, 1_000))
        for sentence in sentences:
            assert "2028" in sentence
            assert format_about(low, 1_000) in sentence
            assert ("shortfall" in sentence or "tekort" in sentence) == made_up_for


@pytest.mark.parametrize("status", STATUSES)
def test_only_a_count_that_can_still_change_is_a_risk(status: Status) -> None:
    population = Population(2026, status, CountedIn("invented"), ())
    assert bool(changing_count(population)) == (status in ("provisional", "projected"))
