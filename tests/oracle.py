"""The slow exact oracle: the sums of docs/sums.md in fractions, day by day, written from the definition alone.

Nothing of gguplan is imported here. Amounts are whole cents; rates are euros per inhabitant; a municipality is its
place in the row; the days of a year are numbered from 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import Literal

Settlement = Literal["refund", "shrink", "redistribute", "absorb"]
End = Literal["not_levied", "to_balance", "handed_over"]


class CannotBeMadeError(Exception):
    """The sum cannot be made: the message has the words with which the program refuses it."""


@dataclass(frozen=True)
class OptOut:
    """Who is outside on which days; `rate` and the persons that it counts are for a refund of a rate."""

    settlement: Settlement
    municipalities: frozenset[int]
    days: frozenset[int]
    rate: Fraction | None = None
    counted: tuple[int, ...] = ()


@dataclass(frozen=True)
class Bracket:
    """Up to and including so many inhabitants (None: no end), euros per inhabitant or for each municipality."""

    up_to: int | None
    rate: Fraction


@dataclass(frozen=True)
class Key:
    """What is divided by: inhabitants, or one of the others when it is given. `fixed` is in cents."""

    fixed: int = 0
    column: tuple[int, ...] | None = None
    part_of: tuple[Bracket, ...] | None = None
    all_over: tuple[Bracket, ...] | None = None
    own_rate: Fraction | None = None
    """Each pays this times its own inhabitants, in whole cents."""
    shares: tuple[Fraction, ...] | None = None
    """Of everything, by municipality."""
    amounts: tuple[int, ...] | None = None
    """Cents, by municipality."""
    units: tuple[Fraction, ...] | None = None
    price: Fraction = Fraction(0)
    """Each pays its units times this price in euros, in whole cents."""
    steps: tuple[Bracket, ...] | None = None
    """Each pays the amount, in euros, of the class that it falls in."""
    mix: tuple[tuple[Fraction, Key], ...] = ()
    """The share of each part of what there is to divide, and its own key; together they are everything."""

    @property
    def is_tariff(self) -> bool:
        """Whether what each pays says what all pay."""
        ways = (self.part_of, self.all_over, self.own_rate, self.amounts, self.units, self.steps)
        return any(way is not None for way in ways)


@dataclass(frozen=True)
class Threshold:
    """How many must take part on all days, and which share of the inhabitants, or it lapses and ends so."""

    municipalities: int
    percent: int
    otherwise: End


@dataclass(frozen=True)
class Held:
    """An old key, and what the division is held against it by, in this order: a growth path (the part of the new one),
    a cap (the most above, and below, as parts of the old amount), and compensation (the part of the difference that
    comes back). The others pay for the last two, or else the balance."""

    old: Key
    growth: Fraction | None = None
    rise: Fraction | None = None
    fall: Fraction | None = None
    back: Fraction | None = None
    by_others: bool = False


@dataclass(frozen=True)
class Programme:
    """A budget (cents with VAT, cents without, euros per inhabitant, or else what the tariffs come to), how it is
    divided, who is outside, and what others pay of it (cents)."""

    vat_percent: int
    key: Key
    gross: int | None = None
    net: int | None = None
    rate: Fraction | None = None
    opt_outs: tuple[OptOut, ...] = ()
    threshold: Threshold | None = None
    income: int = 0
    members: frozenset[int] | None = None
    """Who pays it, when not everybody: it is then the programme of these alone."""
    reserve: int = 0
    """Cents that the balance pays before the division; below 0 it gets them."""
    round_to: int | None = None
    """Cents of which what each pays becomes a multiple."""
    largest_pays: bool = False
    """Whether the largest payer bears what rounding leaves, instead of the balance."""
    held: Held | None = None
    """What the division is held against, before it is rounded."""


@dataclass(frozen=True)
class Money:
    """What comes out, in cents; contributions and refunds by municipality."""

    gross: int
    net: int
    contributions: list[int]
    refunds: list[int]
    drawn: int
    handed_over: int
    available: int
    lapsed: End | None


def largest_remainder(total: int, weights: Sequence[int | Fraction], codes: Sequence[int]) -> list[int]:
    """Hamilton's method: whole cents down, then one cent each to the largest remainders; a tie goes to the
    larger weight, then to the lower code."""
    together = sum(weights)
    exact = [Fraction(total * weight) / together for weight in weights]
    parts = [floor(share) for share in exact]
    queue = sorted(range(len(weights)), key=lambda unit: (parts[unit] - exact[unit], -weights[unit], codes[unit]))
    for unit in queue[: total - sum(parts)]:
        parts[unit] += 1
    return parts


def money_of(programme: Programme, inhabitants: Sequence[int], days: int) -> Money:
    """Everything that one programme does to the money in a year of so many `days`.

    The codes of the municipalities rise with their places. Raises CannotBeMadeError.
    """
    if programme.members is not None:
        places = sorted(programme.members)
        money = money_of(among(programme, places), [inhabitants[place] for place in places], days)
        paid, back = ([0] * len(inhabitants) for _row in range(2))
        for number, place in enumerate(places):
            paid[place], back[place] = money.contributions[number], money.refunds[number]
        return replace(money, contributions=paid, refunds=back)
    calendar = calendar_of(programme.opt_outs, len(inhabitants), days)
    gross, net = budget_of(programme, inhabitants)
    if (programme.key.own_rate is not None or programme.key.amounts is not None) and any(
        opt_out.settlement == "redistribute" and opt_out.municipalities and opt_out.days
        for opt_out in programme.opt_outs
    ):
        raise CannotBeMadeError("would pay more than that")
    to_divide = gross - programme.income - programme.reserve
    if to_divide <= 0:
        raise CannotBeMadeError("leaves nothing to divide")
    nobody = [0] * len(inhabitants)
    threshold = programme.threshold
    if threshold is not None and not _enough(threshold, calendar, inhabitants):
        if threshold.otherwise == "not_levied":
            return Money(gross, net, nobody, nobody, 0, 0, 0, "not_levied")
        if threshold.otherwise == "handed_over":
            parts = divided(to_divide, programme.key, inhabitants, [days] * len(inhabitants), days)
            return Money(gross, net, parts, nobody, 0, to_divide, 0, "handed_over")
    redistributed = {
        number for number, opt_out in enumerate(programme.opt_outs) if opt_out.settlement == "redistribute"
    }
    weighed = [sum(number not in redistributed for number in row) for row in calendar]
    parts = divided(to_divide, programme.key, inhabitants, weighed, days)
    contributions, refunds, drawn = parts.copy(), nobody.copy(), programme.reserve
    off_so_far = [Fraction(0)] * len(inhabitants)
    for number, opt_out in enumerate(programme.opt_outs):
        for place, row in enumerate(calendar):
            own_days = row.count(number)
            if not own_days or opt_out.settlement == "redistribute":
                continue
            if opt_out.rate is not None:
                refunds[place] += half_up(100 * opt_out.rate * opt_out.counted[place] * own_days / days)
                continue
            before = half_up(off_so_far[place])
            price_of_a_day = Fraction(parts[place], weighed[place])
            off_so_far[place] += own_days * price_of_a_day
            off = half_up(off_so_far[place]) - before
            if opt_out.settlement == "refund":
                refunds[place] += off
            else:
                contributions[place] -= off
            if opt_out.settlement == "absorb":
                drawn += off
    available = sum(contributions) - sum(refunds) + drawn
    if available < 0:
        raise CannotBeMadeError("refunds together")
    if threshold is not None and not _enough(threshold, calendar, inhabitants):
        return Money(gross, net, contributions, refunds, drawn - available, 0, 0, "to_balance")
    if programme.held is not None:
        if any(
            opt_out.settlement != "redistribute" and opt_out.rate is None and opt_out.municipalities and opt_out.days
            for opt_out in programme.opt_outs
        ):
            raise CannotBeMadeError("take off a part of the new division")
        old = divided(to_divide, programme.held.old, inhabitants, weighed, days)
        contributions, from_balance = held_against(old, contributions, programme.held)
        drawn += from_balance
    if programme.round_to is not None:
        contributions, from_balance = rounded(programme, contributions, refunds)
        drawn += from_balance
    return Money(gross, net, contributions, refunds, drawn, 0, available + programme.income, None)


def among(programme: Programme, places: Sequence[int]) -> Programme:
    """The programme of these municipalities alone, as if there were no others."""
    key = _key_among(programme.key, places)
    opt_outs = tuple(
        replace(
            opt_out,
            municipalities=frozenset(places.index(place) for place in opt_out.municipalities),
            counted=tuple(opt_out.counted[place] for place in places) if opt_out.counted else (),
        )
        for opt_out in programme.opt_outs
    )
    held = programme.held and replace(programme.held, old=_key_among(programme.held.old, places))
    return replace(programme, members=None, key=key, opt_outs=opt_outs, held=held)


def _key_among(key: Key, places: Sequence[int]) -> Key:
    """The key with what these municipalities have."""
    return replace(
        key,
        mix=tuple((share, _key_among(part, places)) for share, part in key.mix),
        column=key.column and tuple(key.column[place] for place in places),
        shares=key.shares and tuple(key.shares[place] for place in places),
        amounts=key.amounts and tuple(key.amounts[place] for place in places),
        units=key.units and tuple(key.units[place] for place in places),
    )


def held_against(old: Sequence[int], new: Sequence[int], held: Held) -> tuple[list[int], int]:
    """What each pays after the growth path, the cap and the compensation, and what the balance pays of it."""
    paid, total, from_balance = list(new), sum(new), 0
    places = range(len(paid))
    if held.growth is not None:
        mixed = [(1 - held.growth) * before + held.growth * after for after, before in zip(paid, old, strict=True)]
        paid = largest_remainder(total, mixed, places)
    if held.rise is not None or held.fall is not None:
        # The most that anybody pays is rounded down.
        low = [0 if held.fall is None else max(0, before - int(before * held.fall)) for before in old]
        high = [
            total if held.rise is None else max(least, before + int(before * held.rise))
            for least, before in zip(low, old, strict=True)
        ]
        if held.by_others:
            paid = between_bounds(total, paid, low, high)
        else:
            paid = [min(max(amount, least), most) for amount, least, most in zip(paid, low, high, strict=True)]
            from_balance += total - sum(paid)
    if held.back is not None:
        back = [half_up(held.back * max(0, amount - before)) for amount, before in zip(paid, old, strict=True)]
        payers = [0 if amount > before else amount for amount, before in zip(paid, old, strict=True)]
        shares = [0 for _place in places]
        if not held.by_others:
            from_balance += sum(back)
        elif any(back):
            if not any(payers):
                raise CannotBeMadeError("nobody is left to pay")
            shares = largest_remainder(sum(back), payers, places)
        paid = [amount - less + share for amount, less, share in zip(paid, back, shares, strict=True)]
    return paid, from_balance


def between_bounds(total: int, paid: Sequence[int], low: Sequence[int], high: Sequence[int]) -> list[int]:
    """Each its amount × one factor, or its bound; the factor with which all together are the total. Who pays nothing
    pays its least. All together rise with the factor, in straight lines between where somebody reaches a bound."""
    payers = [place for place, amount in enumerate(paid) if amount]

    def bounded(factor: Fraction) -> list[Fraction]:
        return [
            max(Fraction(low[place]), min(Fraction(high[place]), factor * amount)) if amount else Fraction(low[place])
            for place, amount in enumerate(paid)
        ]

    turns = sorted({Fraction(bound[place], paid[place]) for place in payers for bound in (low, high)})
    reached = next((turn for turn in turns if sum(bounded(turn)) >= total), None)
    if reached is None or sum(bounded(Fraction(0))) > total:
        raise CannotBeMadeError("the cap")
    before = max((turn for turn in turns if turn < reached), default=Fraction(0))
    least, most = sum(bounded(before)), sum(bounded(reached))
    factor = reached if most == total else before + (reached - before) * (total - least) / (most - least)
    free = [place for place in payers if low[place] < factor * paid[place] < high[place]]
    amounts = [int(amount) for amount in bounded(factor)]
    if free:
        rest = total - sum(amount for place, amount in enumerate(amounts) if place not in free)
        for place, share in zip(free, largest_remainder(rest, [paid[place] for place in free], free), strict=True):
            amounts[place] = share
    return amounts


def rounded(programme: Programme, contributions: list[int], refunds: list[int]) -> tuple[list[int], int]:
    """The contributions with which what each pays after its refund is rounded, and what the balance pays of that."""
    unit, paid = programme.round_to, [amount - back for amount, back in zip(contributions, refunds, strict=True)]
    assert unit is not None
    nearest = [half_up(Fraction(amount, unit)) * unit for amount in paid]
    left, largest = sum(paid) - sum(nearest), paid.index(max(paid))
    if programme.largest_pays:
        nearest[largest] += left
        left = 0
    if paid[largest] > 0 and (half_up(Fraction(paid[largest], unit)) == 0 or nearest[largest] < 0):
        raise CannotBeMadeError("is too coarse")
    return [amount + back for amount, back in zip(nearest, refunds, strict=True)], left


def calendar_of(opt_outs: Sequence[OptOut], size: int, days: int) -> list[list[int | None]]:
    """For each municipality and each day the number of the opt-out by which it is outside; None when it takes part."""
    calendar: list[list[int | None]] = [[None] * days for _place in range(size)]
    for number, opt_out in enumerate(opt_outs):
        for place in opt_out.municipalities:
            for day in opt_out.days:
                if calendar[place][day] is not None:
                    raise CannotBeMadeError("is outside already")
                calendar[place][day] = number
    if all(number is not None for row in calendar for number in row):
        raise CannotBeMadeError("nobody is left to pay")
    return calendar


def budget_of(programme: Programme, inhabitants: Sequence[int]) -> tuple[int, int]:
    """Cents with VAT and without it."""
    percent = programme.vat_percent
    if programme.net is not None:
        return programme.net + half_up(Fraction(programme.net * percent, 100)), programme.net
    if programme.gross is not None:
        gross = programme.gross
    elif programme.rate is not None:
        gross = half_up(100 * programme.rate * sum(inhabitants))
    else:
        tariffs = [tariff_of(programme.key, place, persons) for place, persons in enumerate(inhabitants)]
        gross = half_up(100 * sum(tariffs))
    if gross <= 0:
        raise CannotBeMadeError("the budget comes to")
    return gross, without_vat(gross, percent)


def without_vat(gross: int, percent: int) -> int:
    """What is left of an amount when the VAT in it is paid away."""
    return gross - half_up(Fraction(gross * percent, 100 + percent))


def divided(gross: int, key: Key, inhabitants: Sequence[int], weighed: Sequence[int], days: int) -> list[int]:
    """A fixed amount each for the days for which a municipality is weighed, and the rest pro rata. Of a mix each part
    so, of its share in whole cents: those left over go to the largest remainders, then the larger share, then the
    first."""
    if key.mix:
        amounts = largest_remainder(gross, [share for share, _part in key.mix], range(len(key.mix)))
        rows = [
            divided(amount, part, inhabitants, weighed, days)
            for amount, (_share, part) in zip(amounts, key.mix, strict=True)
        ]
        return [sum(cents) for cents in zip(*rows, strict=True)]
    fixed = [half_up(Fraction(key.fixed * own_days, days)) for own_days in weighed]
    if sum(fixed) > gross:
        raise CannotBeMadeError("fixed amounts together")
    weights = [
        _weight(key, place, persons) * own_days
        for place, (persons, own_days) in enumerate(zip(inhabitants, weighed, strict=True))
    ]
    if not any(weights):
        raise CannotBeMadeError("nobody to divide")
    rest = largest_remainder(gross - sum(fixed), weights, range(len(weights)))
    return [certain + share for certain, share in zip(fixed, rest, strict=True)]


def _weight(key: Key, place: int, persons: int) -> int | Fraction:
    if key.column is not None:
        return key.column[place]
    if key.shares is not None:
        return key.shares[place]
    return tariff_of(key, place, persons) if key.is_tariff else persons


def tariff_of(key: Key, place: int, persons: int) -> Fraction:
    """Euros of a municipality with so many inhabitants: each by the class that it falls in, all by the class of the
    municipality, all by one rate in whole cents, its own amount, its units, or the amount of its class."""
    if key.amounts is not None:
        return Fraction(key.amounts[place], 100)
    if key.units is not None:
        return Fraction(half_up(100 * key.units[place] * key.price), 100)
    if key.steps is not None:
        return next(step.rate for step in key.steps if step.up_to is None or persons <= step.up_to)
    if key.own_rate is not None:
        return Fraction(half_up(100 * key.own_rate * persons), 100)
    lower, euros = 0, Fraction(0)
    for bracket in key.part_of or ():
        upper = persons if bracket.up_to is None else min(persons, bracket.up_to)
        euros += max(0, upper - lower) * bracket.rate
        lower = upper
    for bracket in key.all_over or ():
        if bracket.up_to is None or persons <= bracket.up_to:
            return persons * bracket.rate
    return euros


def _enough(threshold: Threshold, calendar: Sequence[Sequence[int | None]], inhabitants: Sequence[int]) -> bool:
    # Who has no inhabitants is no municipality.
    inside = [place for place, row in enumerate(calendar) if inhabitants[place] and all(day is None for day in row)]
    persons = sum(inhabitants[place] for place in inside)
    return len(inside) >= threshold.municipalities and 100 * persons >= threshold.percent * sum(inhabitants)


def half_up(amount: Fraction | int) -> int:
    """The nearest whole number; a half goes up."""
    return floor(amount + Fraction(1, 2))
