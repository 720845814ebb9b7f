"""Where a figure comes from that no document states."""

from __future__ import annotations

from typing import Final

SET_HERE: Final = "set on the command line"
"""The source of a figure that somebody typed; what readers see of it is in their language."""
