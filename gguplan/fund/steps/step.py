"""A line of the sum behind a bill, with what lies behind it."""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.steps.adjustment import AdjustmentLine
from gguplan.fund.steps.bill import BillLine
from gguplan.fund.steps.budget import BudgetLine
from gguplan.fund.steps.cascade import CascadeLine
from gguplan.fund.steps.division import DivisionLine
from gguplan.fund.steps.published import PublishedLine
from gguplan.fund.steps.settlement import SettlementLine
from gguplan.fund.steps.weight import WeightLine
from gguplan.fund.steps.years_ahead import YearAheadLine


class Step(Struct, frozen=True):
    """One line of the sum: what it says, its amount in cents where it has one, and the lines behind it."""

    line: Line
    cents: int | None = None
    behind: tuple[Step, ...] = ()


Line = (
    BillLine
    | BudgetLine
    | PublishedLine
    | YearAheadLine
    | WeightLine
    | DivisionLine
    | SettlementLine
    | CascadeLine
    | AdjustmentLine
)
"""Every line that a sum can have; `gguplan.wording.steps.step.line_in_words` says each in a sentence."""
