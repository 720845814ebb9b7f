"""Every answer that a test asks for in JSON, held to the schema that is published of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import pytest
from jsonschema_rs import Draft202012Validator

from gguplan.commands import answers
from tests.documentation.answers import schema_of_answers

_ENOUGH: Final = 8
"""Of a longer array so many members are looked at, from both ends: 388 municipalities are alike."""


def holding_answers(patch: pytest.MonkeyPatch) -> None:
    """Let a test fail that sees an answer which its schema does not describe, key by key."""
    print_json = answers.print_json

    def held(document: Mapping[str, object]) -> None:
        if "answer" in document:
            for problem in problems_of(document):
                pytest.fail(f"tests/documentation/answers.py does not describe this answer: {problem}")
        print_json(document)

    patch.setattr(answers, "print_json", held)


def problems_of(document: Mapping[str, object]) -> list[str]:
    """Where an answer is not as its schema says, or has a key that it does not name."""
    written = json.loads(json.dumps(_sample_of(document), allow_nan=False))
    return [f"{_at(error.instance_path)}: {error.message}" for error in _validator().iter_errors(written)]


def _at(path: Sequence[str | int]) -> str:
    """Where something stands in an answer: ``$.municipalities[0].to_pay``."""
    return "$" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema_of_answers(closed=True))


def _sample_of(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _sample_of(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        kept = value if len(value) <= 2 * _ENOUGH else [*value[:_ENOUGH], *value[-_ENOUGH:]]
        return [_sample_of(member) for member in kept]
    return value
