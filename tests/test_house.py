"""A rule of the fund is decided on by `match` only, so that the type checker names every place when one is added; and
what a name holds is a noun.

`python -m tests.house` adds one to each family and shows the places.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import pytest

import gguplan
from tests.house.families import FAMILIES, Family

_PACKAGE: Final = Path(gguplan.__file__).parent
_DECIDES: Final = (ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is, ast.IsNot)
_PRONOUNS: Final = {"one", "every", "each", "told", "said", "asked", "found", "there", "other"}


@dataclass
class Module:
    """What a module imports from the fund, where it may decide on a rule, and the lines with a pronoun for a name."""

    names: set[str] = field(default_factory=set)
    calls: list[ast.Call] = field(default_factory=list)
    comparisons: list[ast.Compare] = field(default_factory=list)
    dicts: list[ast.Dict] = field(default_factory=list)
    matches: list[ast.Match] = field(default_factory=list)
    pronouns: list[int] = field(default_factory=list)


def parsed(text: str) -> Module:
    """A module, gone through once for all that is held of it."""
    module = Module()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.ImportFrom() if (node.module or "").startswith("gguplan.fund"):
                module.names |= {alias.asname or alias.name for alias in node.names}
            case ast.Call(func=ast.Name(id="isinstance" | "issubclass")):
                module.calls.append(node)
            case ast.Compare():
                module.comparisons.append(node)
            case ast.Dict():
                module.dicts.append(node)
            case ast.Match():
                module.matches.append(node)
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.FunctionDef(name=name):
                if name in _PRONOUNS:
                    module.pronouns.append(node.lineno)
            case _:
                pass
    return module


@cache
def modules(room: str) -> dict[str, Module]:
    """The modules of a room of the repository, by their path in it."""
    folder = _PACKAGE.parent / room
    return {
        file.relative_to(folder).as_posix(): parsed(file.read_text(encoding="utf-8"))
        for file in sorted(folder.rglob("*.py"))
    }


def is_member(node: ast.expr, classes: set[str]) -> bool:
    """Whether an expression is a class of a family, one of its objects, or some of them."""
    return any(isinstance(inner, ast.Name) and inner.id in classes for inner in ast.walk(node))


def is_word(node: ast.expr, family: Family) -> bool:
    """Whether an expression is a word of a family, or some of them."""
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return bool(node.elts) and all(is_word(item, family) for item in node.elts)
    return isinstance(node, ast.Constant) and node.value in family.words


def decisions(module: Module, family: Family, words: bool) -> Iterator[int]:
    """The lines that decide on a rule otherwise than by `match`."""
    classes = module.names & set(family.classes)
    for call in module.calls:
        if len(call.args) == 2 and is_member(call.args[1], classes):
            yield call.lineno
    for comparison in module.comparisons:
        if not any(isinstance(operator, _DECIDES) for operator in comparison.ops):
            continue
        within = any(isinstance(operator, (ast.In, ast.NotIn)) for operator in comparison.ops)
        sides = [comparison.left, *comparison.comparators]
        written = comparison.comparators if within else sides
        if any(is_member(side, classes) for side in sides) or (
            words and any(is_word(side, family) for side in written)
        ):
            yield comparison.lineno
    for table in module.dicts:
        if table.keys and all(
            key is not None and (is_member(key, classes) or (words and is_word(key, family))) for key in table.keys
        ):
            yield table.lineno


def open_matches(module: Module, family: Family) -> Iterator[int]:
    """The lines of a `match` on a rule that takes what is added for something else."""
    classes = module.names & set(family.classes)
    for node in module.matches:
        patterns = [pattern for case in node.cases for pattern in ast.walk(case.pattern)]
        on_rule = any(
            (isinstance(pattern, ast.MatchClass) and is_member(pattern.cls, classes))
            or (isinstance(pattern, ast.MatchValue) and is_word(pattern.value, family))
            for pattern in patterns
        )
        last = node.cases[-1]
        wild = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None
        if on_rule and wild and "assert_never" not in ast.unparse(last):
            yield node.lineno


@pytest.mark.parametrize("family", FAMILIES, ids=[family.name for family in FAMILIES])
def test_a_rule_is_decided_on_by_match_only(family: Family) -> None:
    # How a file writes a rule may be looked at where files are read.
    lines = [
        f"{name}:{line}"
        for name, module in modules("gguplan").items()
        if not name.startswith("fund/")
        for line in decisions(module, family, words=not name.startswith("inputs/"))
    ]
    assert lines == []


@pytest.mark.parametrize("family", FAMILIES, ids=[family.name for family in FAMILIES])
def test_a_match_on_a_rule_takes_nothing_that_is_added_for_something_else(family: Family) -> None:
    assert [
        f"{name}:{line}" for name, module in modules("gguplan").items() for line in open_matches(module, family)
    ] == []


@pytest.mark.parametrize(
    "code",
    [
        "isinstance(settlement, Shrink)",
        "isinstance(settlement, Shrink | Absorb)",
        "type(settlement) is Shrink",
        "settlement == Shrink()",
        "settlement in (Shrink(), Absorb())",
        "settlement.word == 'shrink'",
        "settlement.word not in ('shrink', 'absorb')",
        "{Shrink: 1, Absorb: 2}[type(settlement)]",
        "{'shrink': 1, 'absorb': 2}[settlement.word]",
    ],
)
def test_other_ways_to_decide_are_found(code: str) -> None:
    module = parsed(f"from gguplan.fund.settlements import Absorb, Shrink\n{code}")
    assert list(decisions(module, FAMILIES[0], words=True)) == [2]


def test_every_member_is_added_to_the_definition_of_its_family() -> None:
    for family in FAMILIES:
        text = (_PACKAGE.parent / family.file).read_text(encoding="utf-8")
        for edit in family.edits:
            text = edit(text)
        assert family.added in text
        ast.parse(text)


@pytest.mark.parametrize("room", ["gguplan", "tests", "benchmarks", "fuzz"])
def test_what_a_name_holds_is_a_noun(room: str) -> None:
    lines = [f"{room}/{name}:{line}" for name, module in modules(room).items() for line in module.pronouns]
    assert lines == [], "name it after what it is: a programme, a row, a finding, an outcome"


@pytest.mark.parametrize(
    "code", ["one = 1", "[one for one in ()]", "def f(said): ...", "def told(): ...", "lambda each: 1"]
)
def test_a_pronoun_is_found(code: str) -> None:
    assert parsed(code).pronouns == [1]
