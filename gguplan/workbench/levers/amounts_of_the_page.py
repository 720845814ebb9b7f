"""Amounts, rates and prices as the page shows them and as somebody types them: with the marks of its language."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, assert_never

from gguplan.fund.sweep_plan import ValueSort
from gguplan.inputs.scenario.relative_changes import change_at
from gguplan.inputs.scenario.schema_walk import is_percentage_at, sort_at
from gguplan.inputs.toml_document import KeyPath
from gguplan.inputs.typed_amounts import typed_euros, typed_price, typed_rate
from gguplan.language import current_language
from gguplan.money import plain_euros, plain_rate

_AMOUNTS: Final = ("amount", "rate", "price")
_PLAIN: Final = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,4})?", re.ASCII)

_IN_QUOTES: Final = re.compile(r'"(?P<amount>[0-9]+(\.[0-9]{1,4})?)"', re.ASCII)


def as_a_setting(path: KeyPath, text: str) -> str:
    """What was typed at a key, as ``--set`` takes it: an amount without marks of thousands and with a point.

    A change, such as ``+5%`` or ``-200.000``, stays one. Raises UnreadableAmount.
    """
    if text and is_percentage_at(path):
        return _percentage(text)
    if not text or text.endswith("%"):
        return text
    if text[0] in "+-" and change_at(path, f"{text[0]}1") is not None:
        return text[0] + _plain(sort_at(path), text[1:])
    return _plain(sort_at(path), text)


def _percentage(text: str) -> str:
    """A percentage, also with its sign, as somebody writes it; more or less of it is left to be refused."""
    if text.startswith("+"):
        return text
    number = text.removesuffix("%").strip()
    return f"-{_plain('rate', number[1:])}" if number.startswith("-") else _plain("rate", number)


def is_the_same_amount(path: KeyPath, amount: object, written_amount: object) -> bool:
    """Whether two values at a key are one amount, however it is written: 0.25 and 0.2500."""
    texts = str(amount), str(written_amount)
    return sort_at(path) in _AMOUNTS and all(map(_PLAIN.fullmatch, texts)) and Decimal(texts[0]) == Decimal(texts[1])


def _plain(sort: ValueSort, text: str) -> str:
    match sort:
        case "amount":
            return plain_euros(typed_euros(text))
        case "rate":
            return _short(plain_rate(typed_rate(text)))
        case "price":
            return _short(plain_rate(typed_price(text)))
        case "whole_number" | "day" | "first_of_january" | "other":
            return text
        case _:
            assert_never(sort)


def _short(rate: str) -> str:
    """Two decimals, or as many as there are."""
    return rate[:-2] + rate[-2:].rstrip("0")


def as_it_is_shown(path: KeyPath, text: str) -> str:
    """A value of a scenario with the marks of the language; as it is where it is no amount."""
    if sort_at(path) not in _AMOUNTS or not _PLAIN.fullmatch(text):
        return text
    whole, point, decimals = text.partition(".")
    mark, between = (",", ".") if current_language() == "nl" else (".", ",")
    if sort_at(path) == "amount":
        whole = f"{int(whole):,}".replace(",", between)
    return f"{whole}{mark}{decimals}" if point else whole


def with_marks_of_the_page(path: KeyPath, text: str) -> str:
    """What the manual says of a key of amounts, with its examples as they are typed on the page: without quotes."""
    return _IN_QUOTES.sub(lambda match: as_it_is_shown(path, match["amount"]), text)
