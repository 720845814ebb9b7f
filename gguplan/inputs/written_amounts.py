"""Amounts and rates as somebody wrote them, read into whole cents."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from gguplan.language import _
from gguplan.money import LARGEST_AMOUNT, LARGEST_PRICE, LARGEST_RATE, RATE_UNITS

_LONGEST_AMOUNT: Final = 25
_PRINT: Final = re.compile(
    r"(?P<before>-)?\s*€?\s*(?P<behind>-)?\s*"
    r"(?P<digits>([0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+)(,[0-9]+)?)(\s*miljoen)?",
    re.ASCII,
)
"""A figure as a Dutch report prints it: one sign, before or behind the euro sign, points between all thousands or
nowhere, and one unit."""
_ENGLISH: Final = re.compile(r"-?€?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]{1,2})?", re.ASCII)


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
    _fail_if_not_in_four_decimals(text)
    written = re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,4})?", text)
    if not written or Decimal(text) * RATE_UNITS > LARGEST_RATE:
        raise ValueError(
            _(
                "{text!r} is not a rate: write euros per inhabitant with a decimal point, such as 0.25",
                text=text,
            )
        )
    return int(Decimal(text) * RATE_UNITS)


def parse_price(text: str) -> int:
    """Read the price of one unit in euros (``"2129.96"``, at most four decimals) into ten-thousandths of a euro.

    Raises ValueError for anything else, for 0 and for a price above ten million euros.
    """
    _fail_if_not_in_four_decimals(text)
    written = re.fullmatch(r"[0-9]{1,8}(\.[0-9]{1,4})?", text)
    price = int(Decimal(text) * RATE_UNITS) if written else 0
    if not 0 < price <= LARGEST_PRICE:
        raise ValueError(
            _(
                "{text!r} is not a price: write euros per unit with a decimal point, above 0, such as 2129.96",
                text=text[:60],
            )
        )
    return price


def plain_percentage(text: str) -> str | None:
    """The number of a percentage that has its sign or a decimal comma (``"2,5 %"``), as a scenario writes it (``2.5``);
    None for anything else."""
    written = re.fullmatch(r"(-?[0-9]{1,3})(?:[.,]([0-9]{1,4}))?\s?%?", text.strip(), re.ASCII)
    return None if written is None else ".".join(filter(None, written.groups()))


def fail_if_with_a_sign(text: str, least: int, most: int) -> None:
    """Raise ValueError, with what to write, for a percentage between two bounds with its sign or a decimal comma."""
    number = plain_percentage(text)
    if number not in (None, text) and least <= Decimal(number or "0") <= most:
        raise ValueError(
            _(
                'a percentage stands here without a sign and with a point, not as {text!r}: write "{number}"',
                text=text[:60],
                number=number,
            )
        )


def parse_ratio(text: str) -> int:
    """Read a factor (``"0.95"``, at most four decimals) into ten-thousandths.

    Raises ValueError for anything else, for 0 and for a factor above 10,000.
    """
    _fail_if_not_in_four_decimals(text)
    written = re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,4})?", text)
    ratio = int(Decimal(text) * RATE_UNITS) if written else 0
    if 0 < ratio <= LARGEST_RATE:
        return ratio
    percentage = plain_percentage(text) if "%" in text else None
    number = f"{Decimal(percentage) / 100:f}" if percentage else text.replace(",", ".")
    if re.fullmatch(r"[0-9]{1,5}\.[0-9]{1,4}", number) and number != text:
        raise ValueError(_('a factor stands here, not {text!r}: write "{number}"', text=text[:60], number=number))
    raise ValueError(_('{text!r} is not a factor above 0: write for example "0.95"', text=text[:60]))


def parse_dutch(printed: str) -> Decimal | None:
    """Read a figure as a Dutch report prints it (``"€ 1.652.893"``, ``"1,65 miljoen"``, ``"- 506"``).

    The number itself, without its unit; None when the print has no reading (``"€ 1.13.352"``): a figure
    that the source misprints is missing, never guessed.
    """
    written = _PRINT.fullmatch(printed.replace("\N{NO-BREAK SPACE}", " ").strip())
    if written is None or (written["before"] and written["behind"]):
        return None
    sign = -1 if written["before"] or written["behind"] else 1
    return sign * Decimal(written["digits"].replace(".", "").replace(",", "."))


def _fail_if_not_in_four_decimals(text: str) -> None:
    """Raise ValueError for an amount per inhabitant or per unit below 0, or with more decimals than there may be."""
    written = re.fullmatch(r"(-?)[0-9]{1,8}(\.[0-9]{1,50})?", text)
    if written is None:
        return
    if written[1]:
        raise ValueError(_("{text} is below 0: write it without the sign, or take it out", text=text))
    rounded = Decimal(text).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    if len(written[2] or "") > 5 and rounded:
        raise ValueError(
            _('{text} has more than four decimals: write "{rounded}", if that is meant', text=text, rounded=rounded)
        )


def _not_an_amount(text: str) -> str:
    readings = _readings(text)
    if not readings:
        return _('{text!r} is not an amount: write euros and cents as "1234567.89"', text=text[:60])
    if len(readings) > 1:
        return _(
            '{text!r} can be read in two ways: write "{larger}" or "{smaller}"',
            text=text,
            larger=f"{max(readings):.2f}",
            smaller=f"{min(readings):.2f}",
        )
    return _('{text!r} is not written as an amount: write "{amount}"', text=text, amount=f"{readings.pop():.2f}")


def _readings(text: str) -> set[Decimal]:
    """The amounts in whole cents that a text can be, by Dutch marks and by English ones; none for words such as
    "miljoen" and for numbers without end, which are no notation to be put right."""
    plain = re.sub(r"(?<=[€-]) | (?=€)", "", text.strip())
    plain = re.sub(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))", "", plain)
    if len(plain) > _LONGEST_AMOUNT or any(map(str.isalpha, plain)):
        return set()
    english = _ENGLISH.fullmatch(plain)
    readings = {parse_dutch(plain), Decimal(re.sub("[€,]", "", plain)) if english else None} - {None}
    return {amount for amount in readings if amount is not None and amount == round(amount, 2)}
