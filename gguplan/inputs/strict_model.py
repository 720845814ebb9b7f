"""A table of a file that takes the keys it knows and no others."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, Final, TypeVar

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core.core_schema import CoreSchema, definitions_schema, no_info_plain_validator_function


class StrictModel(BaseModel):
    """Frozen, without keys of its own making, and without turning one kind of value into another.

    The docstrings below its fields are their descriptions. `field_descriptions` reads them from the source when the
    manual is asked for: at every start that would take longer than all that a bill is made of.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


Table = TypeVar("Table", bound=StrictModel)


class _WhenAFileHasIt(Struct, frozen=True):
    """What checks a table is made when a file has one: of all that a scenario may say most say little, and to make
    everything takes longer than the bill. The JSON Schema has all of it."""

    def __get_pydantic_core_schema__(self, table: type[StrictModel], handler: GetCoreSchemaHandler) -> CoreSchema:
        name = f"{table.__module__}.{table.__qualname__}:seldom"
        _SELDOM[name] = table
        return no_info_plain_validator_function(table.model_validate, ref=name)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        table = _SELDOM[str(schema.get("schema_ref") or schema.get("ref"))]
        table.model_rebuild()
        # As definitions, or the shape of a table would stand wherever the table does.
        return handler(definitions_schema(table.__pydantic_core_schema__, []))


_SELDOM: Final[dict[str, type[StrictModel]]] = {}
"""The tables of `Seldom`, by the names under which they are referred to."""

Seldom = Annotated[Table, _WhenAFileHasIt()]
"""A table that few files have."""


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
