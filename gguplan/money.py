"""Whole cents: read an amount, write an amount, split an amount exactly.

Money is a whole number of cents (int or int64) everywhere in the model; text and Decimal exist only
at the edges, and this module is the edge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gguplan.language import _, current_language

Integers = NDArray[np.int64]

RATE_UNITS: Final = 10_000
"""A rate is held in ten-thousandths of a euro, so that a tenth of a cent is a whole number."""

LARGEST_RATE: Final = 10_000 * RATE_UNITS
"""The largest rate, in ten-thousandths of a euro an inhabitant: ten thousand euros."""

LARGEST_AMOUNT: Final = 10**14
"""The largest amount, in cents: a million million euros."""

_LONGEST_AMOUNT: Final = 25
_LARGEST_INTEGER: Final = 2**63 - 1
_CELLS_IN_A_BLOCK: Final = 1 << 17


# --- text to cents -------------------------------------------------------------------------------


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
    """Read euros an inhabitant (``"0.25"``, at most four decimals) into ten-thousandths of a euro.

    Raises ValueError for anything else, for a negative rate and for a rate above 10,000 euros.
    """
    written = re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,4})?", text)
    if not written or Decimal(text) * RATE_UNITS > LARGEST_RATE:
        raise ValueError(
            _(
                "{text!r} is not a rate: write euros an inhabitant with a decimal point, such as 0.25",
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


# --- cents to text -------------------------------------------------------------------------------


def format_euros(cents: int) -> str:
    """Write cents as an amount in the current language: ``€ 1.234.567,89`` or ``€1,234,567.89``."""
    from babel.numbers import format_currency

    text = format_currency(Decimal(int(cents)) / 100, "EUR", locale=current_language())
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def format_about(cents: int, unit: int = 1_000) -> str:
    """Write an amount that is only roughly known: in whole euros, rounded to `unit` of them."""
    from babel.numbers import format_currency

    euros = unit * round(Decimal(int(cents)) / 100 / unit)
    pattern = "¤ #,##0;¤ -#,##0" if current_language() == "nl" else "¤#,##0;-¤#,##0"
    return str(format_currency(euros, "EUR", pattern, locale=current_language(), currency_digits=False))


def format_rate(rate: int) -> str:
    """Write ten-thousandths of a euro as euros an inhabitant, with two to four decimals."""
    from babel.numbers import format_decimal

    symbol = "€ " if current_language() == "nl" else "€"
    number = Decimal(int(rate)) / RATE_UNITS
    return symbol + str(format_decimal(number, "#,##0.00##", locale=current_language()))


def format_number(number: int | Decimal) -> str:
    """Write a count or another number with the thousands and decimal marks of the current language."""
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=current_language(), decimal_quantization=False))


def plain_euros(cents: int) -> str:
    """Write cents for a machine: ``1234567.89``."""
    return f"{Decimal(int(cents)) / 100:.2f}"


# --- one amount over many ------------------------------------------------------------------------


@dataclass(frozen=True)
class Split:
    """One total split pro rata, with the steps that lead there; arrays of shape (units,).

    ``parts`` are cents. ``whole`` are the cents before the left-over ones are handed out; ``remainder``
    is what each unit's division left, in ``1 / sum(weights)`` cents; ``rank`` is the place of a unit in
    the queue for left-over cents, from 1; the first ``left_over`` units in it get one cent more.
    """

    total: int
    weights: Integers
    whole: Integers
    remainder: Integers
    rank: Integers
    left_over: int

    @property
    def parts(self) -> Integers:
        """Cents of each unit; they sum to the total."""
        return self.whole + (self.rank <= self.left_over)


def split(totals: ArrayLike, weights: ArrayLike, codes: ArrayLike | None = None) -> Integers:
    """Split every total over the units pro rata to their weights, exactly, by largest remainder.

    `totals` are cents, shape (totals,); `weights` are non-negative whole numbers, shape (units,); `codes`
    settle ties and default to the place in the row. Returns cents, shape (totals, units), each row summing
    to its total and no part a cent or more from its exact share.

    Hamilton's method: whole cents by integer division; the cents left over go to the largest remainders;
    a tie goes to the larger weight, then to the lower code. It lacks house monotonicity: a larger total
    can lower a part by a cent (the Alabama paradox).

    Raises ValueError when no weight is positive, a weight is negative, or int64 cannot hold their sum.
    """
    amounts = np.atleast_1d(np.asarray(totals, dtype=np.int64))
    weight, precedence = _weights_and_precedence(weights, codes)
    size = len(weight)
    parts = np.empty((len(amounts), size), dtype=np.int64)
    rows = max(1, _CELLS_IN_A_BLOCK // size)
    for start in range(0, len(amounts), rows):
        block = slice(start, start + rows)
        whole, remainder, left_over = _divide(np.abs(amounts[block]), weight)
        queue = remainder * size + precedence
        ordered = np.sort(queue, axis=1)
        last = np.take_along_axis(ordered, np.minimum(size - left_over, size - 1)[:, None], axis=1)
        last[left_over == 0] = ordered[left_over == 0, -1:] + 1
        np.add(whole, queue >= last, out=parts[block], casting="unsafe")
    parts[amounts < 0] *= -1
    return parts


def split_with_steps(total: int, weights: ArrayLike, codes: ArrayLike | None = None) -> Split:
    """Split one non-negative total as `split` does, and keep the steps."""
    weight, precedence = _weights_and_precedence(weights, codes)
    whole, remainder, left_over = _divide(np.array([total], dtype=np.int64), weight)
    queue = np.argsort(-(remainder[0] * len(weight) + precedence))
    rank = np.empty(len(weight), dtype=np.int64)
    rank[queue] = np.arange(1, len(weight) + 1)
    weight, whole, remainder = (array.astype(np.int64) for array in (weight, whole[0], remainder[0]))
    return Split(total, weight, whole, remainder, rank, int(left_over[0]))


def _weights_and_precedence(weights: ArrayLike, codes: ArrayLike | None) -> tuple[NDArray[Any], Integers]:
    """The weights, and for each unit its standing in a tie: higher goes first.

    Where a product could pass int64 the weights are Python's own whole numbers, slower and without a limit.
    """
    weight: NDArray[Any] = np.asarray(weights, dtype=np.int64)
    size = len(weight)
    if size == 0 or weight.min() < 0 or not weight.any():
        raise ValueError(_("there is nobody to divide the amount over"))
    code = np.arange(size) if codes is None else np.asarray(codes)
    precedence = np.empty(size, dtype=np.int64)
    precedence[np.lexsort((code, -weight))] = np.arange(size - 1, -1, -1)
    largest = int(weight.max())
    if largest * size > _LARGEST_INTEGER and sum(map(int, weight)) > _LARGEST_INTEGER:
        raise ValueError(_("the weights are too large to divide an amount over exactly"))
    if int(weight.sum()) * max(largest, size) > _LARGEST_INTEGER:
        weight = weight.astype(object)
    return weight, precedence


def _divide(totals: Integers, weight: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], Integers]:
    """Whole cents and remainders, shape (totals, units), and the cents left over, shape (totals,).

    total × weight passes int64 for a large total. Taking whole multiples of the sum of the weights out of
    the total first is exact and leaves a product below sum × largest weight.
    """
    whole_weight = int(weight.sum())
    multiples, rest = np.divmod(totals, whole_weight)
    product = rest[:, None] * weight
    share = product // whole_weight
    product -= share * whole_weight
    left_over = rest - share.sum(axis=1)
    if multiples.any():
        share += multiples[:, None] * weight
    return share, product, left_over.astype(np.int64)


def rate_times(rate: ArrayLike, inhabitants: ArrayLike) -> Integers:
    """A rate in ten-thousandths of a euro times inhabitants, in cents, half a cent upwards."""
    units_a_cent = RATE_UNITS // 100
    product = np.asarray(rate, dtype=np.int64) * np.asarray(inhabitants, dtype=np.int64)
    return (product + units_a_cent // 2) // units_a_cent


def times_fraction(cents: int, numerator: int, denominator: int) -> int:
    """An amount times a fraction, in whole cents, half a cent away from zero (the fiscal rule for VAT)."""
    sign = -1 if cents < 0 else 1
    return sign * ((2 * abs(cents) * numerator + denominator) // (2 * denominator))
