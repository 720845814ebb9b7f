"""Amounts, rates and numbers as a person reads them, in the current language."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from gguplan.language import Language, _, current_language
from gguplan.money import RATE_UNITS


def format_euros(cents: int) -> str:
    """Write cents as an amount in the current language: ``€ 1.234.567,89`` or ``€1,234,567.89``."""
    return _euros(int(cents), current_language())


@lru_cache(maxsize=10_000)
def _euros(cents: int, language: Language) -> str:
    """Remembered, because it takes as long as dividing a programme does, and most amounts are written again."""
    from babel.numbers import format_currency

    text = format_currency(Decimal(cents) / 100, "EUR", locale=language)
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def format_about(cents: int, unit: int = 1_000) -> str:
    """Write an amount that is only roughly known: in whole euros, rounded to `unit` of them."""
    from babel.numbers import format_currency

    euros = unit * round(Decimal(int(cents)) / 100 / unit)
    pattern = "¤ #,##0;¤ -#,##0" if current_language() == "nl" else "¤#,##0;-¤#,##0"
    return str(format_currency(euros, "EUR", pattern, locale=current_language(), currency_digits=False))


def format_rate(rate: int) -> str:
    """Write ten-thousandths of a euro as euros per inhabitant, with two to four decimals."""
    from babel.numbers import format_decimal

    symbol = "€ " if current_language() == "nl" else "€"
    number = Decimal(int(rate)) / RATE_UNITS
    return symbol + str(format_decimal(number, "#,##0.00##", locale=current_language()))


def format_price(price: int) -> str:
    """Write ten-thousandths of a euro as the price of one unit: with thousands, and two to four decimals."""
    from babel.numbers import format_currency

    pattern = "¤ #,##0.00##" if current_language() == "nl" else "¤#,##0.00##"
    number = Decimal(int(price)) / RATE_UNITS
    text = format_currency(number, "EUR", pattern, locale=current_language(), currency_digits=False)
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def format_number(number: int | Decimal) -> str:
    """Write a count or another number with the thousands and decimal marks of the current language."""
    return _number(number, current_language())


@lru_cache(maxsize=10_000)
def _number(number: int | Decimal, language: Language) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=language, decimal_quantization=False))


def per_inhabitant(euros: Decimal | float) -> str:
    """Write euros per inhabitant with four decimals, in the current language."""
    return _per_inhabitant(euros if isinstance(euros, Decimal) else Decimal(repr(float(euros))), current_language())


@lru_cache(maxsize=10_000)
def _per_inhabitant(exact: Decimal, language: Language) -> str:
    from babel.numbers import format_currency

    pattern = "¤ #,##0.0000;¤ -#,##0.0000" if language == "nl" else "¤#,##0.0000;-¤#,##0.0000"
    return str(format_currency(exact, "EUR", pattern, locale=language, currency_digits=False))


def decimals(value: float, count: int) -> str:
    """Write a number with `count` decimals in the current language; never a minus before 0."""
    from babel.numbers import format_decimal

    pattern = "0" + ("." + "0" * count if count else "")
    return str(format_decimal(round(value, count) + 0.0, pattern, locale=current_language()))


def share_in_percent(share: float) -> str:
    """Write a share as a percentage with one decimal."""
    return f"{decimals(100 * share, 1)} %"


def format_share(share: Fraction) -> str:
    """Write a share of everything as a percentage, exactly, or cut off after six decimals where it goes on."""
    percent = 100 * share
    parts = 10**6
    cut = int(percent * parts)
    return f"{format_number(Decimal(cut) / parts)}{'' if cut == percent * parts else '…'} %"


def chance_in_percent(chance: float) -> str:
    """Write a chance as a percentage with one decimal; never 0 or 100 where it is not."""
    if 0 < chance < 0.0005:
        return _("less than {amount} %", amount=decimals(0.1, 1))
    if 0.9995 < chance < 1:
        return _("more than {amount} %", amount=decimals(99.9, 1))
    return share_in_percent(chance)
