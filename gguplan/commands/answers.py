"""What a command answers to a machine (``--json``): JSON that says which answer it is, in which format.

``docs/reference/answers.schema.json`` is the JSON Schema of every answer.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final, Literal

FORMAT: Final = 1
"""Rises when a key goes, is renamed or means something else; a new key leaves it."""

AnswerName = Literal[
    "compare",
    "estimate",
    "estimate years",
    "explain",
    "explain years",
    "findings",
    "forecast",
    "horizon",
    "ledger",
    "page",
    "participation",
    "population add",
    "population check",
    "population fetch",
    "population municipality",
    "population projection",
    "population year",
    "population years",
    "proposal",
    "reconcile",
    "run",
    "scenario changes",
    "scenario check",
    "scenario list",
    "scenario new",
    "scenario show",
    "seek",
    "serve",
    "sweep",
    "verify",
]
"""Which answer: the command, with what was asked of it where that has a shape of its own; ``findings`` of any command
whose input is wrong."""


def print_answer(name: AnswerName, contents: Mapping[str, object]) -> None:
    """Write an answer to stdout, with its format number and its name in front."""
    print_json({"format": FORMAT, "answer": name, **contents})


def print_json(document: Mapping[str, object]) -> None:
    """Write a document to stdout as JSON; what a stream may not take is escaped as JSON does it."""
    import json

    takes_all = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    print(json.dumps(document, ensure_ascii=not takes_all, indent=2))
