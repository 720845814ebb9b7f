"""The lines of a sum for a year ahead: inhabitants and budgets that follow from an earlier one.

Amounts are whole cents, rates ten-thousandths of a euro per inhabitant, inhabitants persons.
"""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.years_ahead import BudgetGrowth, IndexParts


class ProjectedTotal(Struct, frozen=True):
    """All inhabitants in a year ahead: those of the last count times a growth for each year since, in millionths."""

    counted_year: int
    counted: int
    growth: int
    years: int
    total: int


class ProjectedShare(Struct, frozen=True):
    """A municipality's share of all inhabitants, in hundred-millionths: at the last count, and projected."""

    counted_year: int
    counted: int
    counted_share: int
    share: int
    total: int
    inhabitants: int


class GrownBudget(Struct, frozen=True):
    """How a budget follows from the one of an earlier year; see `gguplan.fund.years_ahead.BudgetGrowth`."""

    growth: BudgetGrowth


class IndexOfAYear(Struct, frozen=True):
    """What the indexation of one year is made of."""

    parts: IndexParts


class NoLongerPaid(Struct, frozen=True):
    """Of a programme that somebody else has (`to`), what the municipality no longer pays, and its part of `budget` that
    it no longer receives; cents."""

    title: str
    to: str
    budget: int
    paid: int
    received: int


class RaisedForShortfall(Struct, frozen=True):
    """What is paid on top for a programme that was short the year before."""

    title: str
    cents: int


YearAheadLine = ProjectedTotal | ProjectedShare | GrownBudget | IndexOfAYear | NoLongerPaid | RaisedForShortfall
"""Every line of a sum that only a year ahead has."""
