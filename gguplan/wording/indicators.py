"""Volumes, prices and costs per unit as a person reads them."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from gguplan.fund.indicators import Indicator, IndicatorKind, IndicatorUnit, Period, Qualifier
from gguplan.language import _
from gguplan.money import RATE_UNITS
from gguplan.wording.amounts import format_euros, format_number, format_rate


def figure_of(indicator: Indicator) -> str:
    """The figure with its unit and how exact it is: ``about 13,000,000``; a dash where the print has no reading."""
    if indicator.value is None:
        return "–"
    return _qualified(indicator.qualifier, _with_unit(indicator.unit, indicator.value))


def _with_unit(unit: IndicatorUnit, value: Decimal) -> str:
    match unit:
        case "one":
            return format_number(value)
        case "million":
            return format_number(value * 1_000_000)
        case "percent":
            return f"{format_number(value)} %"
        case "eurocent":
            return format_euros(int(value))
        case "euro":
            return format_euros(int(value * 100))
        case "million_euro":
            return _("€{amount} million", amount=format_number(value))
        case "billion_euro":
            return _("€{amount} billion", amount=format_number(value))
        case _:
            assert_never(unit)


def _qualified(qualifier: Qualifier, figure: str) -> str:
    match qualifier:
        case "exact":
            return figure
        case "about":
            return _("about {figure}", figure=figure)
        case "more_than":
            return _("more than {figure}", figure=figure)
        case "at_most":
            return _("at most {figure}", figure=figure)
        case "almost":
            return _("almost {figure}", figure=figure)
        case _:
            assert_never(qualifier)


def period_of(indicator: Indicator) -> str:
    """What a figure is about in time: ``2016``, ``1999–2002``, ``first half of 2016``, ``a month of 2016``."""
    year = str(indicator.year) if indicator.since is None else f"{indicator.since}–{indicator.year}"
    return _in_period(indicator.period, year)


def _in_period(period: Period, year: str) -> str:
    match period:
        case "year" | "date":
            return year
        case "first_half":
            return _("first half of {year}", year=year)
        case "month":
            return _("a month of {year}", year=year)
        case _:
            assert_never(period)


def unit_cost_in_words(cost: int | None) -> str:
    """A cost per unit, given in ten-thousandths of a euro: in cents from one euro on, below it with four decimals;
    empty where it is not known."""
    if cost is None:
        return ""
    return format_rate(cost) if cost < RATE_UNITS else format_euros((cost + 50) // 100)


def period_name(period: Period) -> str:
    """What a figure is about within its year, in a table."""
    match period:
        case "year":
            return _("the whole year")
        case "first_half":
            return _("the first half")
        case "month":
            return _("a month")
        case "date":
            return _("a moment")
        case _:
            assert_never(period)


def kind_name(kind: IndicatorKind) -> str:
    """What sort of figure it is, in a table."""
    match kind:
        case "volume":
            return _("volume")
        case "price":
            return _("price")
        case "share":
            return _("share")
        case "norm":
            return _("norm")
        case _:
            assert_never(kind)


def unit_name(unit: IndicatorUnit) -> str:
    """What a figure is counted in, in a table."""
    match unit:
        case "one":
            return _("one")
        case "million":
            return _("million")
        case "percent":
            return _("per cent")
        case "eurocent":
            return _("eurocent")
        case "euro":
            return _("euro")
        case "million_euro":
            return _("million euros")
        case "billion_euro":
            return _("billion euros")
        case _:
            assert_never(unit)


def qualifier_name(qualifier: Qualifier) -> str:
    """How exact the sentence calls a figure, in a table."""
    match qualifier:
        case "exact":
            return _("exact")
        case "about":
            return _("about")
        case "more_than":
            return _("more than")
        case "at_most":
            return _("at most")
        case "almost":
            return _("almost")
        case _:
            assert_never(qualifier)
