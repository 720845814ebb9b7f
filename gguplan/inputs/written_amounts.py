"""Amounts and rates as somebody wrote them, read into whole cents."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from gguplan.language import _
from gguplan.money import LARGEST_AMOUNT, LARGEST_RATE, RATE_UNITS

_LONGEST_AMOUNT: Final = 25


def parse_euros(text: str) -> int:
    """Read euros as a scenario writes them (``"4200000.00"`` or ``"4200000"``) into cents.

    Raises ValueError, saying what to write instead, for anything else: thousands points, a decimal comma,
    one or three decimals, or more than `LARGEST_AMOUNT`.
    """
    if not re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{2})?", text):
        raise ValueError(_not_an_amount(text))
    cents = int(Decimal(text) * 100)
    if abs(cents) > LARGEST_AMOUNT:
        raise ValueError(_("{amount} is more than a million million euros", amount=text))
    return cents


def parse_rate(text: str) -> int:
    """Read euros per inhabitant (``"0.25"``, at most four decimals) into ten-thousandths of a euro.

    Raises ValueError for anything else, for a negative rate and for a rate above 10,000 euros.
    """
    written = re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,4})?", text)
    if not written or Decimal(text) * RATE_UNITS > LARGEST_RATE:
        raise ValueError(
            _(
                "{text!r} is not a rate: write euros per inhabitant with a decimal point, such as 0.25",
                text=text,
            )
        )
    return int(Decimal(text) * RATE_UNITS)


def parse_dutch(printed: str) -> Decimal | None:
    """Read a figure as a Dutch report prints it (``"€ 1.652.893"``, ``"1,65 miljoen"``, ``"- 506"``).

    The number itself, without its unit; None when the print has no reading (``"€ 1.13.352"``): a figure
    that the source misprints is missing, never guessed.
    """
    from babel.numbers import NumberFormatError, parse_decimal

    bare = printed.replace("€", "").replace("miljoen", "").replace("\N{NO-BREAK SPACE}", " ").strip()
    sign = -1 if bare.startswith("-") else 1
    digits = bare.lstrip("- ")
    if not re.fullmatch(r"[0-9.]+(,[0-9]+)?", digits):
        return None
    try:
        return sign * parse_decimal(digits, locale="nl", strict=True)
    except NumberFormatError:
        return None


def _not_an_amount(text: str) -> str:
    plain = text.replace("€", "").replace(" ", "").strip()
    # A word such as "miljoen" or an endless number is no notation of an amount to be put right.
    if len(plain) > _LONGEST_AMOUNT or any(map(str.isalpha, plain)):
        guess = None
    elif re.fullmatch(r"-?[0-9]+\.[0-9]", plain):
        guess = Decimal(plain)
    else:
        guess = parse_dutch(plain)
    if guess is None or guess != round(guess, 2):
        return _('{text!r} is not an amount: write euros and cents as "1234567.89"', text=text[:60])
    return _('{text!r} is not written as an amount: write "{amount}"', text=text, amount=f"{guess:.2f}")
