"""What is done to the amounts after the division, in sentences."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from gguplan.fund.adjustments import (
    Adjustment,
    AdjustmentPayer,
    AmountOfEuros,
    Cap,
    Compensation,
    Cover,
    Limit,
    PercentOfOld,
    PhaseIn,
    RateOfInhabitants,
    Rounding,
    RoundingBearer,
)
from gguplan.fund.programme import ReserveDraw
from gguplan.language import _, current_language, listed_with_and
from gguplan.wording.allocation_keys import key_in_words
from gguplan.wording.amounts import format_euros, format_rate


def reserve_in_words(reserve: ReserveDraw) -> str:
    """What the balance pays, from when and until when, and where it comes from."""
    amount = format_euros(abs(reserve.cents))
    paid = _("{what}: the balance of the fund pays {amount} of it.", what=reserve.what, amount=amount)
    if reserve.cents < 0:
        paid = _(
            "{what}: the municipalities pay {amount} on top, for the balance of the fund.",
            what=reserve.what,
            amount=amount,
        )
    sentences = [paid]
    if reserve.since is not None:
        sentences.append(_("The first year of that is {year}.", year=reserve.since))
    if reserve.until is not None:
        sentences.append(_("The last year of that is {year}.", year=reserve.until))
    sentences.append(_("Source: {source}", source=reserve.source))
    return " ".join(sentences)


def adjustment_in_words(adjustment: Adjustment, year: int, from_balance: int) -> str:
    """An adjustment of a programme in a sentence, with what the balance of the fund pays of it, in cents."""
    match adjustment:
        case PhaseIn(old):
            return _(
                "In {year} the new division counts for {part} %, and the old one, by {key}, for the rest.",
                year=year,
                part=percent_in_words(adjustment.part_in(year)),
                key=key_in_words(old.key),
            )
        case Cap(old, rise, fall, payer):
            return " ".join(
                [
                    _("Beside the old division, by {key}:", key=key_in_words(old.key)),
                    _("{limits}.", limits=listed_with_and(_limits(rise, fall))),
                    _who_pays(payer, from_balance),
                ]
            )
        case Compensation(old, percent, payer):
            return " ".join(
                [
                    _(
                        "Who pays more than by the old division, by {key}, gets {percent} % of that back.",
                        key=key_in_words(old.key),
                        percent=percent_in_words(percent),
                    ),
                    _who_pays(payer, from_balance),
                ]
            )
        case Cover(rows):
            return _(
                "Municipalities have cover already for {amount}, which is not billed: {what}.",
                amount=format_euros(sum(row.cents for row in rows)),
                what=listed_with_and(dict.fromkeys(row.what for row in rows)),
            )
        case Rounding(unit, bearer):
            return _rounding_in_words(unit, bearer, from_balance)
        case _:
            assert_never(adjustment)


def sources_of(adjustment: Adjustment) -> list[tuple[str, str]]:
    """What an adjustment rests on, and where that stands; nothing of rounding, which rests on no figure."""
    match adjustment:
        case PhaseIn(old):
            return [(_("old division"), old.source), (_("growth path"), adjustment.source)]
        case Cap(old):
            return [(_("old division"), old.source), (_("cap"), adjustment.source)]
        case Compensation(old):
            return [(_("old division"), old.source), (_("compensation"), adjustment.source)]
        case Cover(rows):
            return [(_("cover that is there"), row.source) for row in rows]
        case Rounding():
            return []
        case _:
            assert_never(adjustment)


def percent_in_words(hundredths: int) -> str:
    """Hundredths of a per cent, without decimals where they are 0."""
    from babel.numbers import format_decimal

    return str(format_decimal(Decimal(hundredths) / 100, "#,##0.##", locale=current_language()))


def limit_in_words(limit: Limit) -> str:
    """How far an amount may lie from the old division."""
    match limit:
        case PercentOfOld(percent):
            return _("{percent} %", percent=percent_in_words(percent))
        case AmountOfEuros(cents):
            return format_euros(cents)
        case RateOfInhabitants(rate):
            return _("{rate} per inhabitant", rate=format_rate(rate))
        case _:
            assert_never(limit)


def _limits(rise: Limit | None, fall: Limit | None) -> list[str]:
    limits = [] if rise is None else [_("nobody pays more than {limit} above it", limit=limit_in_words(rise))]
    return limits + ([] if fall is None else [_("nobody pays less than {limit} below it", limit=limit_in_words(fall))])


def _who_pays(payer: AdjustmentPayer, from_balance: int) -> str:
    match payer:
        case "others":
            return _("The others pay that, pro rata to their own amounts.")
        case "fund":
            return _("The balance of the fund pays that: {amount}.", amount=format_euros(from_balance))
        case _:
            assert_never(payer)


def _rounding_in_words(unit: int, bearer: RoundingBearer, from_balance: int) -> str:
    match bearer:
        case "fund":
            return _(
                "Amounts are rounded to {unit}; rounding, for the balance of the fund: {difference}.",
                unit=format_euros(unit),
                difference=format_euros(from_balance),
            )
        case "largest_payer":
            return _("Amounts are rounded to {unit}; the largest payer bears the difference.", unit=format_euros(unit))
        case _:
            assert_never(bearer)
