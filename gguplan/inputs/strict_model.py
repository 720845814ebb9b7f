"""A table of a file that takes the keys it knows and no others."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class StrictModel(BaseModel):
    """Frozen, without keys of its own making, and without turning one kind of value into another.

    The docstrings below its fields are their descriptions.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)
