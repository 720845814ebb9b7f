"""The charts of the paper: each the same as the chart of the command that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gguplan.fund.boundaries import Boundaries
from gguplan.model.comparison import Comparison
from gguplan.model.spending import Spending
from gguplan.reports.charts import drawing
from gguplan.reports.charts.effects import effects_by_size
from gguplan.reports.charts.maps import effect_map
from gguplan.reports.charts.underspend import left_over_chart, programmes_chart
from gguplan.reports.charts.years import balance_chart
from gguplan.reports.proposal.blocks import Picture
from gguplan.reports.proposal.sentences.balance import unit_of_balance

if TYPE_CHECKING:
    from gguplan.model.years_ahead.result import Horizon


def picture_by_size(comparison: Comparison) -> Picture:
    """The effects by size class."""
    return _picture("size-chart", effects_by_size(comparison))


def map_of_effects(comparison: Comparison, boundaries: Boundaries) -> Picture:
    """The effects on the map."""
    return _picture("map", effect_map(comparison, boundaries))


def picture_of_spending(spending: Spending, title: str) -> Picture:
    """What will be spent of each programme."""
    return _picture("spending-chart", programmes_chart(spending, title))


def picture_of_what_is_left(spending: Spending, title: str) -> Picture:
    """What will be left over by each rule for it."""
    return _picture("rules-chart", left_over_chart(spending, title))


def picture_of_balance(horizon: Horizon, title: str) -> Picture:
    """The balance of the fund through the years."""
    low, high = horizon.fund.between()
    closing = horizon.fund.expected.closing.tolist()
    opening, reserve = int(horizon.fund.expected.opening[0]), horizon.reserve.expected
    drawn = balance_chart(
        horizon.years,
        closing,
        low.tolist(),
        high.tolist(),
        horizon.floor,
        title,
        opening=opening,
        reserve=(int(reserve.opening[0]), reserve.closing),
        unit=unit_of_balance(horizon),
        reserve_floor=horizon.reserve.floor,
    )
    return _picture("balance-chart", drawn)


def _picture(key: str, drawn: drawing.Picture) -> Picture:
    return Picture(
        key, drawn.title, drawn.alt, lambda resolution: drawing.png_fitting(drawing.untitled(drawn), resolution)
    )
