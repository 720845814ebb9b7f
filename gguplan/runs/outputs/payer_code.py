"""The code of who pays, as a record keeps it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

PayerCode = Annotated[str, Field(pattern=r"^(GM[0-9]{4}|[a-z0-9][a-z0-9-]{0,63})$")]
"""The CBS code of a municipality, or what a scenario calls another body."""
