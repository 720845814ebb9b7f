"""How often is drawn, and from which seed, where nobody says it."""

from __future__ import annotations

from typing import Final

DRAWS: Final = 20_000
"""How often is drawn where nobody says it, by every command: so a run, its workbook, a forecast, the years ahead, a
sweep and a proposal of one scenario show the same figure for the same quantity."""

CASCADE_DRAWS: Final = 10_000
"""How often the highest rates that municipalities accept are drawn: each draw holds a rate for all of them."""

FEWEST_DRAWS: Final = 100
"""How often is drawn to see whether a sum can be made, where no figure is shown of it."""

SEED: Final = 1
"""The seed where none is asked for."""
