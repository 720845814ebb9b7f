"""Amounts, rates and numbers as a person reads them, in the current language.

A sign stands before the whole amount, in both languages: ``-€ 1,00`` and ``+€ 1,00``.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import lru_cache
from numbers import Integral
from typing import Final

from gguplan.language import Language, _, current_language
from gguplan.money import RATE_UNITS

_EURO_SIGN: Final[dict[Language, str]] = {"nl": "€ ", "en": "€"}


def format_euros(cents: int) -> str:
    """Write cents as an amount in the current language: ``€ 1.234.567,89`` or ``€1,234,567.89``."""
    return _euros(int(cents), current_language())


@lru_cache(maxsize=10_000)
def _euros(cents: int, language: Language) -> str:
    return _amount(cents < 0, *divmod(abs(cents), 100), 2, language)


_MARKS: Final[dict[Language, dict[int, int]]] = {"nl": str.maketrans(",.", ".,"), "en": {}}
"""What Python writes between thousands and before decimals, in each language. The tests ask babel whether it is so:
loading it and its languages takes longer than the bill that needs no more of it."""


def _amount(is_below_nothing: bool, whole: int, rest: int, places: int, language: Language) -> str:
    """An amount of so many whole euros, and decimals."""
    number = f"{whole:,}.{rest:0{places}}".translate(_MARKS[language])
    return f"{'-' if is_below_nothing else ''}{_EURO_SIGN[language]}{number}"


def rounding_of(fund: int) -> int:
    """Euros to round what is only roughly known to: thousands for a fund of more than a million, in cents, else one."""
    return 1_000 if fund > 100_000_000 else 1


def format_about(cents: int, unit: int) -> str:
    """Write an amount that is only roughly known: in whole euros, rounded to `unit` of them."""
    from babel.numbers import format_currency

    euros = unit * round(Decimal(int(cents)) / 100 / unit)
    pattern = "¤ #,##0;-¤ #,##0" if current_language() == "nl" else "¤#,##0;-¤#,##0"
    return str(format_currency(euros, "EUR", pattern, locale=current_language(), currency_digits=False))


def signed(text: str, value: int | Decimal) -> str:
    """A written amount as a change: with a plus before it where `value` rises; what falls has its minus already."""
    return f"+{text}" if value > 0 else text


def euro_sign() -> str:
    """What stands before the digits of an amount in the current language."""
    return _EURO_SIGN[current_language()]


def format_rate(rate: int) -> str:
    """Write ten-thousandths of a euro as euros per inhabitant, with two to four decimals."""
    from babel.numbers import format_decimal

    number = Decimal(int(rate)) / RATE_UNITS
    return euro_sign() + str(format_decimal(number, "#,##0.00##", locale=current_language()))


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
    if not isinstance(number, Integral | Decimal) or (isinstance(number, Decimal) and not number.is_finite()):
        from babel.numbers import format_decimal

        return str(format_decimal(number, locale=language, decimal_quantization=False))
    written = f"{number:,f}" if isinstance(number, Decimal) else f"{int(number):,}"
    shortest = written.rstrip("0").removesuffix(".") if "." in written else written
    return shortest.translate(_MARKS[language])


def per_inhabitant(euros: Decimal | float | None) -> str:
    """Write euros per inhabitant with four decimals, in the current language; a dash for who has no inhabitants."""
    if euros is None:
        return "–"
    return _per_inhabitant(euros if isinstance(euros, Decimal) else Decimal(repr(float(euros))), current_language())


@lru_cache(maxsize=10_000)
def _per_inhabitant(exact: Decimal, language: Language) -> str:
    if not exact.is_finite():
        pattern = "¤ #,##0.0000;-¤ #,##0.0000" if language == "nl" else "¤#,##0.0000;-¤#,##0.0000"
        from babel.numbers import format_currency

        return str(format_currency(exact, "EUR", pattern, locale=language, currency_digits=False))
    units = int((abs(exact) * RATE_UNITS).to_integral_value(ROUND_HALF_EVEN))
    return _amount(exact < 0, *divmod(units, RATE_UNITS), 4, language)


def decimals(value: float, count: int) -> str:
    """Write a number with `count` decimals in the current language; never a minus before 0."""
    from babel.numbers import format_decimal

    pattern = "0" + ("." + "0" * count if count else "")
    return str(format_decimal(round(value, count) + 0.0, pattern, locale=current_language()))


def grouped(number: float, count: int) -> str:
    """Write a number with `count` decimals and the marks between thousands of the current language."""
    return f"{number:,.{count}f}".translate(_MARKS[current_language()])


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
