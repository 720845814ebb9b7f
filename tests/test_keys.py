"""Every key of a scenario in every command: it changes the answer, or is named as not used, or is a label there.

A key that is new in the schema fails here until somebody says in `tests.key_table` what it does in each command; what
comes out of it to the cent is held against the oracle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app
from tests.documentation.scenario_keys import TABLES
from tests.key_table import KEYS, group, stated, sweep, years
from tests.small_fund import COMMANDS, Answer, Values, answer, small_world

_SLOW: Final = ("estimate --years", "horizon", "sweep", "proposal", "page", "workbook")
"""To these what is not used is added table by table, and not what is a label everywhere; to the others key by key."""

_PAIRS: Final = [(table, key) for table, keys in KEYS.items() for key in keys]

Ask = Callable[[Values, str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """What a command answers, worked out once for what is said."""
    answers: dict[str, Answer] = {}

    def remembered(values: Values, command: str) -> Answer:
        key = f"{command} {values}"
        if key not in answers:
            answers[key] = answer(values, command)
        return answers[key]

    with small_world(tmp_path_factory.mktemp("small")):
        yield remembered


def test_every_key_of_the_schema_has_its_row() -> None:
    assert {table: list(keys) for table, keys in KEYS.items()} == {
        table: list(kind.model_fields) for table, kind in TABLES.items()
    }


@pytest.mark.parametrize(("table", "key"), _PAIRS, ids=lambda text: text or "scenario")
def test_a_key_changes_the_answer_or_is_named_or_is_a_label(table: str, key: str, ask: Ask) -> None:
    row = KEYS[table][key]
    for command, letter in zip(COMMANDS, row.letters, strict=True):
        if command in _SLOW and ((letter == "N" and table) or set(row.letters) == {"L"}):
            continue
        before, after = ask(row.without, command), ask(row.with_it, command)
        assert (after.exit_code == 2) == (letter == "R"), command
        assert letter == "R" or (before[:2] != after[:2]) == (letter == "C"), command
        if letter == "N":
            assert any(row.named in note for note in after.notes), (command, after.notes)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_not_used_stands_on_stderr_and_in_the_json(command: str, ask: Ask) -> None:
    values = {**stated(), **years(), **sweep(), **group(municipalities=["Bee"]), "without": ["b"]}
    values |= {f"opt_outs.b.{key}": value for key, value in (("municipalities", ["Bee"]), ("settlement", "shrink"))}
    values |= {"groups.Other.municipalities": ["Aa"]}
    notes = ask(values, command).notes
    outcome = CliRunner().invoke(app, COMMANDS[command])
    assert outcome.exit_code == 0
    unused = [note for note in notes if "Not used" in note]
    assert len(unused) == 3 if command not in ("horizon", "sweep") else 2
    assert outcome.stderr.splitlines() == unused
