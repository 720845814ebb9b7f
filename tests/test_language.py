"""The Dutch catalogue says what the English code says, and the language is the one asked for."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from string import Formatter

import pytest

from gguplan.inputs.scenario.new_scenario import new_scenario
from gguplan.language import (
    Language,
    _,
    current_language,
    language_of_locale,
    listed_with_and,
    listed_with_or,
    plural,
    set_language,
)
from gguplan.wording.dates import format_day
from tests.documentation.catalogue import (
    CATALOGUE,
    Message,
    calls,
    files_by_message,
    forms,
    located_catalogue,
    read_catalogue,
)


def english() -> set[Message]:
    """Every message of the code, and every description of a field of a scenario."""
    return set(files_by_message())


@cache
def dutch() -> dict[Message, Message]:
    """The forms of every message in Dutch, by its forms in English."""
    return {forms(message.id): forms(message.string) for message in read_catalogue() if message.id}


def pairs() -> list[tuple[str, str]]:
    """Every text in English beside its Dutch."""
    return [pair for english, dutch_forms in dutch().items() for pair in zip(english, dutch_forms, strict=True)]


def fields(text: str) -> set[tuple[str, str | None, str | None]] | None:
    """The places for values, as name, format and conversion; None for a text with a brace that is none."""
    try:
        return {(name, form, conversion) for _text, name, form, conversion in Formatter().parse(text) if name}
    except ValueError:
        return None


# --- the catalogue -------------------------------------------------------------------------------


def test_every_message_and_every_description_has_a_dutch_translation() -> None:
    assert sorted(english() - dutch().keys()) == []


def test_catalogue_has_no_message_that_the_code_lacks() -> None:
    assert sorted(dutch().keys() - english()) == []


def test_every_message_says_in_which_files_it_stands() -> None:
    """Where this fails: python -m tests.documentation"""
    assert CATALOGUE.read_text(encoding="utf-8") == located_catalogue()


def test_every_message_stands_in_the_code_as_text() -> None:
    assert {call.file for call in calls() if call.message is None} == {
        "commands/help_in_language.py",
        "inputs/scenario/new_scenario.py",
    }


def test_no_translation_is_empty_or_waits_for_somebody_to_look_at_it() -> None:
    assert [message.id for message in read_catalogue() if message.id and message.fuzzy] == []
    assert list(read_catalogue().obsolete) == []
    assert [english for english, translation in pairs() if not translation.strip()] == []


def test_every_message_with_a_plural_has_both_forms() -> None:
    assert read_catalogue().num_plurals == 2
    assert [english for english, translation in dutch().items() if len(english) != len(translation)] == []
    assert any(len(english) == 2 for english in dutch())


def test_both_languages_have_places_for_the_same_values() -> None:
    assert [english for english, translation in pairs() if fields(english) != fields(translation)] == []


def test_what_is_put_together_keeps_its_edges() -> None:
    for english, translation in pairs():
        assert (english[0].isspace(), english[-1].isspace()) == (translation[0].isspace(), translation[-1].isspace()), (
            english
        )
        assert not (english[0].islower() and translation[0].isupper()), english


def test_what_is_wrong_and_what_to_do_part_at_the_same_colons_in_both_languages() -> None:
    errors = {
        call.message for call in calls() if call.file in ("inputs/scenario/schema.py", "inputs/written_amounts.py")
    } - {None}
    assert any(": " in text for message in errors for text in message or ())
    for english, translation in dutch().items():
        if english in errors:
            assert [text.count(": ") for text in english] == [text.count(": ") for text in translation], english


@pytest.mark.parametrize("extends", [None, "uitnamen-2017"])
def test_new_scenario_says_the_same_keys_and_figures_in_both_languages(extends: str | None) -> None:
    in_english = tomllib.loads(new_scenario(extends))
    set_language("nl")
    in_dutch = tomllib.loads(new_scenario(extends))
    assert in_dutch["title"] != in_english["title"]
    for texts in (in_dutch, in_english):
        for key in ("title", "source", "reference_date_source"):
            texts.pop(key, None)
        texts.get("programmes", {}).get("voorbeeld", {}).pop("title", None)
    assert in_dutch == in_english


# --- the language --------------------------------------------------------------------------------


def test_text_is_english_until_dutch_is_asked_for() -> None:
    assert current_language() == "en"
    assert _("to pay") == "to pay"
    set_language("nl")
    assert current_language() == "nl"
    assert _("to pay") == "te betalen"
    set_language("en")
    assert _("to pay") == "to pay"


def test_one_and_many_differ_in_both_languages() -> None:
    def sentence(count: int) -> str:
        return plural("{count} mistake found.", "{count} mistakes found.", count)

    assert [sentence(0), sentence(1), sentence(2)] == ["0 mistakes found.", "1 mistake found.", "2 mistakes found."]
    set_language("nl")
    assert [sentence(0), sentence(1), sentence(2)] == ["0 fouten gevonden.", "1 fout gevonden.", "2 fouten gevonden."]


def test_days_and_lists_are_in_the_language() -> None:
    assert format_day(date(2017, 3, 1)) == "1 March 2017"
    assert listed_with_and(["A", "B", "C"]) == "A, B and C"
    set_language("nl")
    assert format_day(date(2017, 3, 1)) == "1 maart 2017"
    assert listed_with_and(["A", "B", "C"]) == "A, B en C"
    assert listed_with_or(["A", "B"]) == "A of B"
    assert listed_with_or(["A"]) == "A"


@pytest.mark.parametrize(
    ("everything", "messages", "lang", "language"),
    [
        ("nl_NL.UTF-8", "en_GB.UTF-8", "en_GB.UTF-8", "nl"),
        ("en_GB.UTF-8", "nl_NL.UTF-8", "nl_NL.UTF-8", "en"),
        ("C", "nl_NL.UTF-8", "nl_NL.UTF-8", "en"),
        ("", "nl_NL.UTF-8", "en_GB.UTF-8", "nl"),
        ("", "en_GB.UTF-8", "nl_NL.UTF-8", "en"),
        (None, "nl_BE", "en_GB.UTF-8", "nl"),
        (None, None, "nl_NL.UTF-8", "nl"),
        (None, "", "nl", "nl"),
        (None, None, "NL_nl", "nl"),
        (None, None, "de_DE.UTF-8", "en"),
        (None, None, "", "en"),
        (None, None, None, "en"),
    ],
)
def test_locale_asks_for_a_language_with_lc_all_before_lc_messages_before_lang(
    everything: str | None,
    messages: str | None,
    lang: str | None,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("LC_ALL", everything), ("LC_MESSAGES", messages), ("LANG", lang)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    assert language_of_locale() == language


# --- values with braces --------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("value", ["{x}", "{name}", "{", "}", "{{}}", "{0}", "%(x)s", "{count!r:>9}"])
def test_values_with_braces_are_shown_as_they_are(value: str, language: Language) -> None:
    set_language(language)
    assert _("{name} is right.", name=value).startswith(value + " ")
    assert value in _('"{text}" is not a municipality on 1 January {year}.', text=value, year=2017)
    assert value in plural(
        "{count} budget is printed differently elsewhere in the reports: {names}. See gguplan explain.",
        "{count} budgets are printed differently elsewhere in the reports: {names}. See gguplan explain.",
        2,
        names=value,
    )


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_message_without_values_may_hold_a_brace(language: Language) -> None:
    set_language(language)
    assert "}" in _("A table is not closed: its } is missing.")
