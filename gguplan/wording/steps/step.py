"""A line of the sum behind a bill, in a sentence."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.steps.adjustment import AdjustmentLine
from gguplan.fund.steps.bill import BillLine
from gguplan.fund.steps.budget import BudgetLine
from gguplan.fund.steps.cascade import CascadeLine
from gguplan.fund.steps.division import DivisionLine
from gguplan.fund.steps.published import PublishedLine
from gguplan.fund.steps.settlement import SettlementLine
from gguplan.fund.steps.step import Line
from gguplan.fund.steps.weight import WeightLine
from gguplan.fund.steps.years_ahead import YearAheadLine
from gguplan.wording.steps.adjustment import adjustment_line_in_words
from gguplan.wording.steps.bill import bill_line_in_words
from gguplan.wording.steps.budget import budget_line_in_words
from gguplan.wording.steps.cascade import cascade_line_in_words
from gguplan.wording.steps.division import division_line_in_words
from gguplan.wording.steps.published import published_line_in_words
from gguplan.wording.steps.settlement import settlement_line_in_words
from gguplan.wording.steps.weight import weight_line_in_words
from gguplan.wording.steps.years_ahead import year_ahead_line_in_words


def line_in_words(line: Line) -> str:
    """What a line of a sum says, as one line of text."""
    if isinstance(line, BillLine):
        return bill_line_in_words(line)
    if isinstance(line, BudgetLine):
        return budget_line_in_words(line)
    if isinstance(line, PublishedLine):
        return published_line_in_words(line)
    if isinstance(line, WeightLine):
        return weight_line_in_words(line)
    if isinstance(line, DivisionLine):
        return division_line_in_words(line)
    if isinstance(line, AdjustmentLine):
        return adjustment_line_in_words(line)
    if isinstance(line, SettlementLine):
        return settlement_line_in_words(line)
    if isinstance(line, YearAheadLine):
        return year_ahead_line_in_words(line)
    if isinstance(line, CascadeLine):
        return cascade_line_in_words(line)
    assert_never(line)
