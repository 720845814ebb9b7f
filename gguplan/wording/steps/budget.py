"""The lines of a sum that come to the amount that is divided, in sentences."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from gguplan.fund.allocation_keys import PaidByEach
from gguplan.fund.steps.budget import (
    BudgetLine,
    GrossBudgetLine,
    IncomeLine,
    NetBudgetLine,
    RateBudgetLine,
    ReserveLine,
    TariffBudgetLine,
    ToDivide,
    VolumeBudgetLine,
    WithoutVat,
)
from gguplan.language import _
from gguplan.wording.amounts import format_euros, format_number, format_price, format_rate


def budget_line_in_words(line: BudgetLine) -> str:
    """What a line of a sum says, as one line of text."""
    match line:
        case GrossBudgetLine(gross):
            return _("budget: {gross}", gross=format_euros(gross))
        case NetBudgetLine(net, percent, gross):
            return _(
                "budget: {net} × {factor} = {gross} including VAT",
                net=format_euros(net),
                factor=vat_factor(percent),
                gross=format_euros(gross),
            )
        case RateBudgetLine(rate, inhabitants, gross):
            return _(
                "budget: {rate} × {inhabitants} inhabitants = {gross}",
                rate=format_rate(rate),
                inhabitants=format_number(inhabitants),
                gross=format_euros(gross),
            )
        case VolumeBudgetLine(fixed, volume, price, net):
            amounts = {"volume": format_number(volume), "price": format_price(price), "net": format_euros(net)}
            if fixed:
                return _("{fixed} + {volume} × {price} = {net}", fixed=format_euros(fixed), **amounts)
            return _("{volume} × {price} = {net}", **amounts)
        case TariffBudgetLine(gross, paid):
            return _paid_together(paid, format_euros(gross))
        case IncomeLine(payer, cents):
            return _("income from {payer}: {amount}", payer=payer, amount=format_euros(cents))
        case ReserveLine(what, cents):
            return _("from the balance of the fund, {what}: {amount}", what=what, amount=format_euros(cents))
        case ToDivide():
            return _to_divide(line)
        case WithoutVat(gross, percent, net):
            return _(
                "without VAT: {gross} ÷ {factor} = {net}",
                gross=format_euros(gross),
                factor=vat_factor(percent),
                net=format_euros(net),
            )
        case _:
            assert_never(line)


def _paid_together(paid: PaidByEach, gross: str) -> str:
    match paid:
        case "tariffs":
            return _("budget: all tariffs together, {gross}", gross=gross)
        case "amounts":
            return _("budget: all amounts together, {gross}", gross=gross)
        case "products":
            return _("budget: all products together, {gross}", gross=gross)
        case _:
            assert_never(paid)


def _to_divide(line: ToDivide) -> str:
    values = {"gross": format_euros(line.gross), "rest": format_euros(line.rest)}
    income, reserve = format_euros(line.income), format_euros(line.reserve)
    if not line.reserve:
        return _("to divide: {gross} − {income} from others = {rest}", income=income, **values)
    if not line.income:
        return _("to divide: {gross} − {reserve} from the balance of the fund = {rest}", reserve=reserve, **values)
    return _(
        "to divide: {gross} − {income} from others − {reserve} from the balance of the fund = {rest}",
        income=income,
        reserve=reserve,
        **values,
    )


def vat_factor(percent: int) -> str:
    """What an amount without VAT is multiplied by to have it within: 1.21 of 21 per cent."""
    return format_number(Decimal(100 + percent) / 100)
