"""A table of a file that takes the keys it knows and no others."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ConfigDict


class StrictModel(BaseModel):
    """Frozen, without keys of its own making, and without turning one kind of value into another.

    The docstrings below its fields are their descriptions. `field_descriptions` reads them from the source when the
    manual is asked for: at every start that would take longer than all that a bill is made of.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


@cache
def field_descriptions(model: type[BaseModel]) -> dict[str, str]:
    """What the docstring below each field of a table says, by the name of the field."""
    described: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if issubclass(kind, StrictModel) and kind is not StrictModel:
            described |= _docstrings_in(kind.__module__)[kind.__qualname__]
    return {name: described[name] for name in model.model_fields if name in described}


def described_schema(model: type[BaseModel], tables: tuple[type[BaseModel], ...]) -> dict[str, Any]:
    """The JSON Schema of a table with the description of every field; `tables` are all that stand in it."""
    schema = model.model_json_schema()
    for table in tables:
        shape = schema if table is model else schema["$defs"][table.__name__]
        for name, text in field_descriptions(table).items():
            shape["properties"][name] = dict(sorted({**shape["properties"][name], "description": text}.items()))
    return schema


@cache
def _docstrings_in(module: str) -> dict[str, dict[str, str]]:
    """By class and by field the texts that stand below the fields of every class of a module."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: dict(_below_fields(node)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _below_fields(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(node.body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str() as text)):
                yield name, inspect.cleandoc(text)
            case _:
                pass
