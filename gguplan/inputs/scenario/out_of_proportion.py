"""A number that is out of all proportion to the fund it is typed for: over ten times as much per inhabitant, or under a
tenth. It is nearly always in another unit: millions without their word, cents for euros.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, assert_never

from gguplan.fund.programme import GrossBudget, NetBudget, Programme, RateBudget, TariffBudget, VolumeBudget
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.inputs.typed_amounts import typed
from gguplan.language import _, listed_with_or
from gguplan.money import RATE_UNITS, plain_euros, plain_rate
from gguplan.wording.amounts import format_euros, format_number, format_rate

_TIMES: Final = 10


def rate_out_of_proportion(base: ScenarioInputs, programme: Programme, units: int) -> tuple[str, str] | None:
    """What is wrong with a rate in ten-thousandths of a euro per inhabitant, and what to do; None for a usual one."""
    before = _per_inhabitant(base, programme)
    if before is None or _in_proportion(Fraction(units, RATE_UNITS), before):
        return None
    return (
        _("This is {rate} per inhabitant.", rate=format_rate(units)) + " " + _beside(base, before),
        _("Write euros per inhabitant, such as --rate 3.45") + "\n" + _when_meant(programme, "rate", plain_rate(units)),
    )


def total_out_of_proportion(base: ScenarioInputs, programme: Programme, cents: int, key: str) -> tuple[str, str] | None:
    """What is wrong with a total in cents of what all pay, and what to do; None for a usual one. The `key` of the
    programme would take it as it is."""
    before = _per_inhabitant(base, programme)
    persons = programme.persons(base.population)
    if before is None or _in_proportion(Fraction(cents, 100 * persons), before):
        return None
    with_a_word = [
        f"--total '{typed(cents)} {word}'"
        for times, word in ((1_000_000, "mln"), (1_000, _("thousand")))
        if _in_proportion(Fraction(times * cents, 100 * persons), before)
    ]
    remedies = [_("Write {total}", total=listed_with_or(with_a_word))] if with_a_word else []
    return (
        _(
            "This is {amount} for {inhabitants} inhabitants.",
            amount=format_euros(cents),
            inhabitants=format_number(persons),
        )
        + " "
        + _beside(base, before),
        "\n".join((*remedies, _when_meant(programme, key, plain_euros(cents)))),
    )


def _beside(base: ScenarioInputs, before: Fraction) -> str:
    return _(
        "In {title} it is {rate} per inhabitant.",
        title=base.scenario.title,
        rate=format_rate(round(before * RATE_UNITS)),
    )


def _when_meant(programme: Programme, key: str, value: str) -> str:
    return _("When it is meant: {setting}", setting=f"--set programmes.{programme.name}.{key}={value}")


def _in_proportion(rate: Fraction, before: Fraction) -> bool:
    return before / _TIMES <= rate <= before * _TIMES


def _per_inhabitant(base: ScenarioInputs, programme: Programme) -> Fraction | None:
    """Euros per inhabitant with VAT, as far as the budget states an amount; None where it does not, or nobody lives."""
    persons = programme.persons(base.population)
    if not persons:
        return None
    match programme.budget:
        case RateBudget(rate=rate):
            return Fraction(rate, RATE_UNITS)
        case GrossBudget(cents=cents):
            return Fraction(cents, 100 * persons)
        case NetBudget(cents=cents):
            return Fraction(cents * (100 + programme.vat_percent), 10_000 * persons)
        case TariffBudget() | VolumeBudget():
            return None
        case _:
            assert_never(programme.budget)
