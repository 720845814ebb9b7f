"""What a command answers with ``--json``: with a format number, and as the published schema says."""

from __future__ import annotations

import json
from typing import Any, get_args

import jsonschema_rs
import pytest
from typer.testing import CliRunner

from gguplan.commands.answers import FORMAT, AnswerName
from gguplan.commands.cli import app
from tests.documentation.answers import SCHEMA, schema_of_answers, written_schema
from tests.documentation.pages import DOCS
from tests.held_answers import problems_of


def answer(*words: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)
    return shown


def test_the_published_schema_is_that_of_today_and_has_every_answer() -> None:
    """``python -m tests.documentation`` writes it; a key that goes raises `FORMAT` and is a line of the changelog."""
    assert (DOCS / SCHEMA).read_text(encoding="utf-8") == written_schema()
    schema = schema_of_answers()
    jsonschema_rs.meta.validate(schema)
    assert tuple(schema["properties"]["answer"]["enum"]) == get_args(AnswerName)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["scenario", "show", "fonds-ggu-2020"], "scenario show"),
        (["scenario", "show", "half-fonds-ggu", "--changes"], "scenario changes"),
        (["population", "show", "Vijfheerenlanden"], "population municipality"),
        (["estimate", "Utrecht", "--years", "2026-2027"], "estimate years"),
        (["estimate", "Utrecht", "--scenario", "nergens"], "findings"),
        (["compare", "fonds-ggu-2019", "fonds-ggu-2020"], "compare"),
    ],
)
def test_an_answer_begins_with_its_format_and_its_name_and_is_as_the_schema_says(words: list[str], name: str) -> None:
    shown = answer(*words)
    assert list(shown.items())[:2] == [("format", FORMAT), ("answer", name)]
    jsonschema_rs.Draft202012Validator(schema_of_answers()).validate(shown)


def test_a_key_that_is_missing_renamed_or_of_another_type_is_seen() -> None:
    shown = answer("scenario", "check", "uitnamen-2017")
    assert problems_of(shown) == []
    assert problems_of({**shown, "unmet": None}) == ['$.unmet: null is not of type "array"']
    (unnamed,) = problems_of({**shown, "more": 1})
    assert "'more' was unexpected" in unnamed
    assert problems_of({key: part for key, part in shown.items() if key != "unmet"})


def test_a_later_version_may_add_a_key_for_who_reads_by_the_published_schema() -> None:
    shown = answer("scenario", "check", "uitnamen-2017")
    jsonschema_rs.Draft202012Validator(schema_of_answers()).validate({**shown, "more": 1})
