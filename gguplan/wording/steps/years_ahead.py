"""The lines of a sum for a year ahead, in sentences."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from gguplan.fund.steps.years_ahead import (
    GrownBudget,
    IndexOfAYear,
    NoLongerPaid,
    ProjectedShare,
    ProjectedTotal,
    RaisedForShortfall,
    YearAheadLine,
)
from gguplan.fund.years_ahead import PERCENT_UNITS, BudgetGrowth, IndexParts
from gguplan.language import _
from gguplan.wording.amounts import format_euros, format_number, format_rate


def year_ahead_line_in_words(line: YearAheadLine) -> str:
    """What a line of a sum says, as one line of text."""
    match line:
        case ProjectedTotal(counted_year, counted, growth, years, total):
            return _(
                "all inhabitants: {counted} on 1 January {counted_year} × {growth} a year up to {year} = {total}",
                counted=format_number(counted),
                counted_year=counted_year,
                growth=format_number(Decimal(growth) / 1_000_000),
                year=counted_year + years,
                total=format_number(total),
            )
        case ProjectedShare(counted_year, counted, counted_share, share, total, inhabitants):
            return _(
                "share of them: {counted} is {counted_share} % on 1 January {year}; projected {share} % × {total} = "
                "{inhabitants}",
                counted=format_number(counted),
                counted_share=format_number(Decimal(counted_share) / 1_000_000),
                year=counted_year,
                share=format_number(Decimal(share) / 1_000_000),
                total=format_number(total),
                inhabitants=format_number(inhabitants),
            )
        case GrownBudget(growth):
            return _grown(growth)
        case IndexOfAYear(parts):
            return _index(parts)
        case NoLongerPaid(title, to, budget, paid, received):
            return _(
                "{title}, which {to} has: {paid} no longer paid; its part of {budget}, {received}, no longer received",
                title=title,
                to=to,
                paid=format_euros(paid),
                budget=format_euros(budget),
                received=format_euros(received),
            )
        case RaisedForShortfall(title, cents):
            return _(
                "on top, for a shortfall of the year before: {title} {amount}", title=title, amount=format_euros(cents)
            )
        case _:
            assert_never(line)


def _grown(growth: BudgetGrowth) -> str:
    """The budget that is stated times the indexation of every year since, and what is budgeted once."""
    factors = "".join(
        f" × {format_number(1 + Decimal(percent) / (100 * PERCENT_UNITS))} ({year})"
        for year, percent in growth.percents
    )
    if growth.rates is not None:
        stated, risen = growth.rates
        return _(
            "tariff of {year}: {stated} per inhabitant{factors} = {risen}, in hundredths of a cent, half of one up",
            year=growth.since,
            stated=format_rate(stated),
            factors=factors,
            risen=format_rate(risen),
        )
    once = f" + {format_euros(growth.once)}" if growth.once else ""
    return _(
        "budget of {year}: {stated}{factors}{once} = {whole}",
        year=growth.since,
        stated=format_euros(growth.stated),
        factors=factors,
        once=once,
        whole=format_euros(growth.whole),
    )


def _index(parts: IndexParts) -> str:
    """What the indexation of a year is made of."""
    values = {"year": parts.year, "percent": _percent(parts.percent), "correction": _percent(abs(parts.correction))}
    mixed = _percent(parts.stated)
    if parts.wages is not None and parts.prices is not None:
        many_wages, many_prices = parts.parts
        mixed = _(
            "({many_wages} × {wages} for wages + {many_prices} × {prices} for prices) ÷ {together}",
            many_wages=many_wages,
            wages=_percent(parts.wages),
            many_prices=many_prices,
            prices=_percent(parts.prices),
            together=many_wages + many_prices,
        )
    if parts.correction > 0:
        return _("{year}: {mixed} + {correction} for past years = {percent}", mixed=mixed, **values)
    if parts.correction < 0:
        return _("{year}: {mixed} − {correction} for past years = {percent}", mixed=mixed, **values)
    return _("{year}: {mixed} = {percent}", mixed=mixed, **values)


def _percent(units: int) -> str:
    """A percentage in ten-thousandths of a per cent."""
    return f"{format_number(Decimal(units) / PERCENT_UNITS)} %"
