"""The lines of a sum that say what a municipality weighs, in sentences."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from gguplan.fund.allocation_keys import InColumn, Weighing
from gguplan.fund.steps.weight import (
    AmountAgreed,
    AmountOfStep,
    CountOfItsOwn,
    FixedAmount,
    ProductsTaken,
    ShareAgreed,
    Tariff,
    TariffInCents,
    TariffOfBracket,
    WeighsNothing,
    WeightForDays,
    WeightLine,
    WeightOfColumn,
    WeightsTogether,
)
from gguplan.language import _, plural
from gguplan.wording.amounts import format_euros, format_number, format_price, format_rate, format_share
from gguplan.wording.shortlist import shortlist


def weight_line_in_words(line: WeightLine) -> str:
    """What a line of a sum says, as one line of text."""
    match line:
        case WeighsNothing():
            return _("a weight of 0: nothing of what is divided falls to it")
        case FixedAmount():
            return _fixed(line)
        case WeightForDays():
            return _weight_for_days(line)
        case CountOfItsOwn(inhabitants, year, meant):
            own_count = _(
                "{inhabitants} inhabitants on 1 January {year}, the day that counts for this",
                inhabitants=format_number(inhabitants),
                year=year,
            )
            if meant == year:
                return own_count
            return own_count + " " + _("(that of {wanted} is not there yet: the latest is taken)", wanted=meant)
        case WeightOfColumn(weight, column, file):
            return _(
                "weight: {weight} (column {column} of {file})", weight=format_number(weight), column=column, file=file
            )
        case Tariff(tariff):
            return _("tariff: {tariff}", tariff=format_rate(tariff))
        case TariffInCents(inhabitants, rate, cents):
            return _(
                "tariff: {count} inhabitants × {rate} = {amount}, in whole cents, half a cent up",
                count=format_number(inhabitants),
                rate=format_rate(rate),
                amount=format_euros(cents),
            )
        case ShareAgreed(part, whole, stands):
            return _("share: {share}", share=format_share(Fraction(part, whole))) + _where(stands)
        case AmountAgreed(cents, stands):
            return _("amount: {amount}", amount=format_euros(cents)) + _where(stands)
        case ProductsTaken():
            return _products(line) + _where(line.stands)
        case AmountOfStep():
            return _step_amount(line)
        case TariffOfBracket(inhabitants, rate):
            return _(
                "{count} inhabitants × {rate} = {tariff}",
                count=format_number(inhabitants),
                rate=format_rate(rate),
                tariff=format_rate(inhabitants * rate),
            )
        case WeightsTogether():
            return _weights_together(line)
        case _:
            assert_never(line)


def _where(stands: InColumn | None) -> str:
    """Where a value stands; nothing when that is the scenario itself."""
    return "" if stands is None else " " + _("(column {column} of {file})", column=stands.column, file=stands.file)


def _products(line: ProductsTaken) -> str:
    values = {
        "units": format_number(Decimal(line.units) / line.parts),
        "price": format_price(line.price),
        "amount": format_euros(line.cents),
    }
    if line.years == 1:
        return _("products: {units} × {price} = {amount}, in whole cents, half a cent up", **values)
    return _(
        "products: {units} in {years} years ÷ {years} × {price} = {amount}, in whole cents, half a cent up",
        years=line.years,
        **values,
    )


def _step_amount(line: AmountOfStep) -> str:
    values = {
        "count": format_number(line.inhabitants),
        "above": format_number(line.above),
        "amount": format_euros(line.cents),
    }
    if line.up_to is None:
        return _("amount of the class above {above} inhabitants ({count}): {amount}", **values)
    up_to = format_number(line.up_to)
    if not line.above:
        return _("amount of the class up to {up_to} inhabitants ({count}): {amount}", up_to=up_to, **values)
    return _("amount of the class above {above} up to {up_to} inhabitants ({count}): {amount}", up_to=up_to, **values)


def _fixed(line: FixedAmount) -> str:
    rest = format_euros(line.rest)
    if line.days < line.days_in_year:
        return _(
            "fixed amount: {whole} × {days} ÷ {year} = {fixed}; {rest} is left to divide",
            whole=format_euros(line.whole),
            days=line.days,
            year=line.days_in_year,
            fixed=format_euros(line.fixed),
            rest=rest,
        )
    if line.municipalities is None:
        return _(
            "fixed amount: {fixed} for a whole year; {rest} is left to divide",
            fixed=format_euros(line.fixed),
            rest=rest,
        )
    return _(
        "fixed amount: {fixed} for each of {count} municipalities; {rest} is left to divide",
        fixed=format_euros(line.fixed),
        count=line.municipalities,
        rest=rest,
    )


def _weight_for_days(line: WeightForDays) -> str:
    values = {
        "days": line.days,
        "year": line.days_in_year,
        "weight": weight_in_words(line.weighing, line.weight),
        "part": _pieces(line),
        "together": weight_in_words(line.weighing, line.weight * line.pieces),
    }
    if line.days == line.days_in_year:
        return _("takes part the whole year: {weight} × {part} = {together}", **values)
    if line.takes_part:
        return _("takes part on {days} of {year} days: {weight} × {part} = {together}", **values)
    return _("is weighed for {days} of {year} days: {weight} × {part} = {together}", **values)


def _pieces(line: WeightForDays) -> str:
    """The days that are weighed, or as many equal pieces of some days: the year is cut into as few as can be."""
    length = line.days // max(line.pieces, 1)
    if length == 1:
        return plural("{count} day", "{count} days", line.pieces)
    return plural("{count} piece of {days} days", "{count} pieces of {days} days", line.pieces, days=length)


def _weights_together(line: WeightsTogether) -> str:
    values = {
        "weights": weight_in_words(line.weighing, line.weights),
        "names": shortlist(line.names),
        "payers": plural("{count} member", "{count} members", line.payers)
        if line.bodies
        else plural("{count} municipality", "{count} municipalities", line.payers),
    }
    if not line.names:
        return plural(
            "together: {weights} of the {payers} that pays this programme",
            "together: {weights} of the {payers} that pay this programme",
            line.payers,
            **values,
        )
    if not line.whole_year:
        return _("together: {weights} of {payers}; not the whole year: {names}", **values)
    match line.weighing:
        case "tariff" | "column":
            return _("together: {weights} of {payers}; outside: {names}", **values)
        case "inhabitants":
            return _("{weights} inhabitants in {payers}; outside: {names}", **values)
        case _:
            assert_never(line.weighing)


def weight_in_words(weighing: Weighing, weight: int) -> str:
    """A weight as it is written: a tariff in euros, persons or what a column has as a number."""
    match weighing:
        case "tariff":
            return format_rate(weight)
        case "inhabitants" | "column":
            return format_number(weight)
        case _:
            assert_never(weighing)
