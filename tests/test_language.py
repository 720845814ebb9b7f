"""The Dutch catalogue says what the English code says, and the language is the one asked for."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Final, NamedTuple

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import gguplan
from gguplan.inputs.scenario.manual import descriptions, new_scenario
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

_PACKAGE: Final = Path(gguplan.__file__).parent
_FORMS: Final = {"_": 1, "plural": 2}
"""The functions that translate, and how many forms of the message each takes first."""

Message = tuple[str, ...]
"""One message: its text, or one and many."""


class Call(NamedTuple):
    """A place in the code that translates; `message` is None where it is no text but a variable."""

    file: str
    line: int
    message: Message | None


@cache
def calls() -> tuple[Call, ...]:
    """Every place in the package that translates; babel's own extraction overlooks a call within a call."""
    return tuple(_calls())


def _calls() -> Iterator[Call]:
    for file in sorted(_PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FORMS:
                forms = node.args[: _FORMS[node.func.id]]
                texts = [form.value for form in forms if isinstance(form, ast.Constant) and isinstance(form.value, str)]
                message = tuple(texts) if len(texts) == _FORMS[node.func.id] else None
                yield Call(file.relative_to(_PACKAGE).as_posix(), node.lineno, message)


def english() -> set[Message]:
    """Every message of the code, and every description of a field of a scenario."""
    return {call.message for call in calls() if call.message} | {(text,) for text in descriptions()}


@cache
def catalogue() -> Catalog:
    with (_PACKAGE / "languages" / "nl.po").open("rb") as source:
        return read_po(source, locale="nl", abort_invalid=True)


@cache
def dutch() -> dict[Message, Message]:
    """The forms of every message in Dutch, by its forms in English."""
    return {_forms(one.id): _forms(one.string) for one in catalogue() if one.id}


def _forms(text: str | list[str] | tuple[str, ...] | None) -> Message:
    return (text,) if isinstance(text, str) else tuple(text or ())


def pairs() -> list[tuple[str, str]]:
    """Every text in English beside its Dutch."""
    return [pair for one, other in dutch().items() for pair in zip(one, other, strict=True)]


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


def test_every_message_stands_in_the_code_as_text() -> None:
    assert {call.file for call in calls() if call.message is None} == {"inputs/scenario/manual.py"}


def test_no_translation_is_empty_or_waits_for_somebody_to_look_at_it() -> None:
    assert [one.id for one in catalogue() if one.id and one.fuzzy] == []
    assert list(catalogue().obsolete) == []
    assert [one for one, other in pairs() if not other.strip()] == []


def test_every_message_with_a_plural_has_both_forms() -> None:
    assert catalogue().num_plurals == 2
    assert [one for one, other in dutch().items() if len(one) != len(other)] == []
    assert any(len(one) == 2 for one in dutch())


def test_both_languages_have_places_for_the_same_values() -> None:
    assert [one for one, other in pairs() if fields(one) != fields(other)] == []


def test_what_is_put_together_keeps_its_edges() -> None:
    for one, other in pairs():
        assert (one[0].isspace(), one[-1].isspace()) == (other[0].isspace(), other[-1].isspace()), one
        assert not (one[0].islower() and other[0].isupper()), one


def test_what_is_wrong_and_what_to_do_part_at_the_same_colons_in_both_languages() -> None:
    errors = {
        call.message for call in calls() if call.file in ("inputs/scenario/schema.py", "inputs/written_amounts.py")
    } - {None}
    assert any(": " in text for message in errors for text in message or ())
    for one, other in dutch().items():
        if one in errors:
            assert [text.count(": ") for text in one] == [text.count(": ") for text in other], one


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
    def said(count: int) -> str:
        return plural("{count} mistake found.", "{count} mistakes found.", count)

    assert [said(0), said(1), said(2)] == ["0 mistakes found.", "1 mistake found.", "2 mistakes found."]
    set_language("nl")
    assert [said(0), said(1), said(2)] == ["0 fouten gevonden.", "1 fout gevonden.", "2 fouten gevonden."]


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
