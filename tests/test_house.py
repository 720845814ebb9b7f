"""A rule of the fund is decided on by `match` only, so that the type checker names every place when one is added.

`python -m tests.house` adds one to each family and shows the places.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import gguplan
from tests.house.families import FAMILIES, Family

_PACKAGE: Final = Path(gguplan.__file__).parent
_DECIDES: Final = (ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is, ast.IsNot)


def modules(*besides: str) -> dict[str, ast.Module]:
    """The modules of the package, but for some rooms."""
    return {
        file.relative_to(_PACKAGE).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in sorted(_PACKAGE.rglob("*.py"))
        if file.relative_to(_PACKAGE).parts[0] not in besides
    }


def members_of(module: ast.Module, family: Family) -> set[str]:
    """The classes of a family that a module imports."""
    imported = {
        alias.asname or alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gguplan.fund")
        for alias in node.names
    }
    return imported & set(family.classes)


def is_member(node: ast.expr, classes: set[str]) -> bool:
    """Whether an expression is a class of a family, one of its objects, or some of them."""
    return any(isinstance(inner, ast.Name) and inner.id in classes for inner in ast.walk(node))


def is_word(node: ast.expr, family: Family) -> bool:
    """Whether an expression is a word of a family, or some of them."""
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return bool(node.elts) and all(is_word(item, family) for item in node.elts)
    return isinstance(node, ast.Constant) and node.value in family.words


def decisions(module: ast.Module, family: Family, words: bool) -> Iterator[int]:
    """The lines that decide on a rule otherwise than by `match`."""
    classes = members_of(module, family)
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Name(id="isinstance" | "issubclass"), args=[_, kinds]) if is_member(kinds, classes):
                yield node.lineno
            case ast.Compare(left=left, ops=ops, comparators=others) if any(isinstance(op, _DECIDES) for op in ops):
                within = any(isinstance(op, (ast.In, ast.NotIn)) for op in ops)
                written = others if within else [left, *others]
                if any(is_member(side, classes) for side in (left, *others)) or (
                    words and any(is_word(side, family) for side in written)
                ):
                    yield node.lineno
            case ast.Dict(keys=keys) if keys and all(
                key is not None and (is_member(key, classes) or (words and is_word(key, family))) for key in keys
            ):
                yield node.lineno


def open_matches(module: ast.Module, family: Family) -> Iterator[int]:
    """The lines of a `match` on a rule that takes what is added for something else."""
    classes = members_of(module, family)
    for node in ast.walk(module):
        if not isinstance(node, ast.Match):
            continue
        patterns = [inner for case in node.cases for inner in ast.walk(case.pattern)]
        on_rule = any(
            (isinstance(one, ast.MatchClass) and is_member(one.cls, classes))
            or (isinstance(one, ast.MatchValue) and is_word(one.value, family))
            for one in patterns
        )
        last = node.cases[-1]
        wild = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None
        if on_rule and wild and "assert_never" not in ast.unparse(last):
            yield node.lineno


@pytest.mark.parametrize("family", FAMILIES, ids=[family.name for family in FAMILIES])
def test_a_rule_is_decided_on_by_match_only(family: Family) -> None:
    # How a file writes a rule may be looked at where files are read.
    found = [
        f"{name}:{line}"
        for name, module in modules("fund").items()
        for line in decisions(module, family, words=not name.startswith("inputs/"))
    ]
    assert found == []


@pytest.mark.parametrize("family", FAMILIES, ids=[family.name for family in FAMILIES])
def test_a_match_on_a_rule_takes_nothing_that_is_added_for_something_else(family: Family) -> None:
    assert [f"{name}:{line}" for name, module in modules().items() for line in open_matches(module, family)] == []


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
    module = ast.parse(f"from gguplan.fund.settlements import Absorb, Shrink\n{code}")
    assert list(decisions(module, FAMILIES[0], words=True)) == [2]


def test_every_member_is_added_to_the_definition_of_its_family() -> None:
    for family in FAMILIES:
        text = (_PACKAGE.parent / family.file).read_text(encoding="utf-8")
        for edit in family.edits:
            text = edit(text)
        assert family.added in text
        ast.parse(text)
