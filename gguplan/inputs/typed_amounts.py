"""Amounts and rates as somebody types them, with the marks of the language of the page.

Points and commas stand between thousands or before decimals. Where a text has one reading, it has that one, whichever
language it is in: ``2.100.000,50``, ``2,100,000.50``, ``3.45``. Where it has two, such as ``3.450``:

- Nobody writes euros with three decimals: in an amount such a mark stands between thousands, if it does so in the
  language of the page.
- A rate, a price and a number of millions do have three decimals: there such a mark is a decimal one, if it is that in
  the language of the page.

Any other such text is refused, with both ways to write it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from gguplan.inputs.tables.amounts import Mark, read_numbers
from gguplan.inputs.tables.units import split_unit
from gguplan.language import _, current_language
from gguplan.money import LARGEST_AMOUNT, LARGEST_PRICE, LARGEST_RATE, RATE_UNITS

_SHOWN: Final = 40


class UnreadableAmount(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """A text that is no amount, or could be two; `what` and `remedy` are sentences."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what} {remedy}")


def typed_euros(text: str) -> int:
    """Read euros, with a unit such as ``mln`` or without, into cents; below 0 as well.

    Raises UnreadableAmount for what is no amount, could be two, has one decimal or parts of a cent, or is more than
    `LARGEST_AMOUNT`.
    """
    readings = _readings(text)
    if not readings:
        raise UnreadableAmount(
            _("{text!r} is not an amount.", text=text[:_SHOWN]),
            _("Write for example {example}.", example=_plainly(Fraction(61_000_000))),
        )
    if split_unit(text)[1] > 1:
        value = _only(text, readings, decimal=True)
    else:
        value = _only(text, readings, decimal=False)
        if not _has_cents_or_none(text, readings):
            raise UnreadableAmount(
                _("{text!r} is not an amount in euros and cents.", text=text[:_SHOWN]),
                _(
                    "Write two decimals or none, such as {amount}; millions with their word: {millions}.",
                    amount=_plainly(round(value, 2)),
                    millions=f"{_plainly(Fraction(123, 2), decimals=1)} mln",
                ),
            )
    cents = value * 100
    if cents.denominator != 1 or abs(cents) > LARGEST_AMOUNT:
        raise UnreadableAmount(
            _("{text!r} has parts of a cent.", text=text[:_SHOWN])
            if cents.denominator != 1
            else _("{text!r} is more than a million million euros.", text=text[:_SHOWN]),
            _("Write for example {example}.", example=_plainly(Fraction(61_000_000))),
        )
    return int(cents)


def typed_rate(text: str) -> int:
    """Read euros per inhabitant, at most four decimals, into ten-thousandths of a euro.

    Raises UnreadableAmount for what is no rate, could be two, is below 0 or above `LARGEST_RATE`.
    """
    return _in_ten_thousandths(
        text,
        LARGEST_RATE,
        _("{text!r} is not a rate in euros per inhabitant.", text=text[:_SHOWN]),
        Fraction(345, 100),
    )


def typed_price(text: str) -> int:
    """Read the price of one unit in euros, at most four decimals, into ten-thousandths of a euro.

    Raises UnreadableAmount for what is no price, could be two, is below 0 or above `LARGEST_PRICE`.
    """
    return _in_ten_thousandths(
        text, LARGEST_PRICE, _("{text!r} is not a price in euros.", text=text[:_SHOWN]), Fraction(212_996, 100)
    )


def typed(cents: int) -> str:
    """Write an amount as it can be typed without doubt."""
    return _plainly(Fraction(cents, 100))


def _in_ten_thousandths(text: str, largest: int, what: str, example: Fraction) -> int:
    readings = _readings(text)
    remedy = _("Write for example {example}.", example=_plainly(example))
    if not readings or split_unit(text)[1] > 1:
        raise UnreadableAmount(what, remedy)
    units = _only(text, readings, decimal=True) * RATE_UNITS
    if units.denominator != 1 or not 0 <= units <= largest:
        raise UnreadableAmount(what, remedy)
    return int(units)


def _readings(text: str) -> dict[Mark, Fraction]:
    """What a text is, by each decimal mark that it can be read with."""
    marks: tuple[Mark, Mark] = (".", ",")
    values = {mark: read_numbers([text], stated=mark).values[0] for mark in marks}
    return {mark: value for mark, value in values.items() if value is not None}


def _only(text: str, readings: dict[Mark, Fraction], *, decimal: bool) -> Fraction:
    """The one reading of a text; of two that with decimals, or that with thousands, if the language has it so.

    Raises UnreadableAmount where it has not.
    """
    smaller, *larger = sorted(set(readings.values()), key=abs)
    if not larger:
        return smaller
    mark = next(mark for mark, value in readings.items() if value == smaller)
    if decimal == (mark == _decimal_mark()):
        return smaller if decimal else larger[0]
    unit = split_unit(text)[1]
    word = {1: "", 1_000: f" {_('thousand')}"}.get(unit, " mln")
    raise UnreadableAmount(
        _("{text!r} can be read in two ways.", text=text[:_SHOWN]),
        _(
            "Write {smaller} or {larger}.",
            smaller=_plainly(smaller / unit) + word,
            larger=_plainly(larger[0] / unit) + word,
        ),
    )


def _has_cents_or_none(text: str, readings: dict[Mark, Fraction]) -> bool:
    """Whether the decimals of an amount without a unit are two, or none; three of which two readings are thousands."""
    if len(set(readings.values())) > 1:
        return True
    fractions = [text.rpartition(mark)[2] for mark in readings if text.count(mark) == 1]
    return all(sum(map(str.isdigit, fraction)) in (0, 2) for fraction in fractions)


def _decimal_mark() -> Mark:
    return "," if current_language() == "nl" else "."


def _plainly(value: Fraction, decimals: int = 2) -> str:
    """A number as it can be typed without doubt: no thousands, the decimal mark of the language, and so many decimals
    or more, or none."""
    whole, rest = divmod(round(abs(value) * RATE_UNITS), RATE_UNITS)
    fraction = f"{rest:04}".rstrip("0").ljust(decimals, "0") if rest else ""
    return ("-" if value < 0 else "") + str(whole) + (_decimal_mark() + fraction if fraction else "")
