"""The balance of the fund through the years, in words; amounts in cents without VAT."""

from __future__ import annotations

from collections.abc import Sequence

from gguplan.language import _, plural
from gguplan.reports.proposal.sentences.spending import about
from gguplan.wording.amounts import decimals, format_about


def standing(cents: int, unit: int) -> str:
    """A balance, or how much it is short."""
    shown = about(cents, unit)
    return _("{amount} short", amount=format_about(-shown, unit)) if shown < 0 else format_about(shown, unit)


def course(years: Sequence[int], opening: int, closing: Sequence[int], unit: int) -> str:
    """From what the balance starts to what it comes, by what is printed; and its lowest year when that lies between."""
    before, after = about(opening, unit), about(closing[-1], unit)
    values = {
        "first": years[0],
        "last": years[-1],
        "before": standing(opening, unit),
        "after": standing(closing[-1], unit),
        "difference": format_about(abs(after - before), unit),
    }
    if after > before:
        text = _(
            "The balance is expected to rise by {difference}: from {before} at the start of {first} to {after} at the "
            "end of {last}.",
            **values,
        )
    elif after < before:
        text = _(
            "The balance is expected to fall by {difference}: from {before} at the start of {first} to {after} at the "
            "end of {last}.",
            **values,
        )
    else:
        text = _(
            "The balance is expected to be the same at the end of {last} as at the start of {first}: {after}.", **values
        )
    lowest = min(closing)
    if about(lowest, unit) < min(before, after):
        year = years[list(closing).index(lowest)]
        text += " " + _("It is lowest at the end of {year}: {amount}.", year=year, amount=standing(lowest, unit))
    return text


def below_floor(floor: int | None, chance: float, years: int, unit: int) -> str:
    """The chance that the balance lies below its floor at the end of some year."""
    if floor is None:
        return _("No lowest balance is set.")
    values = {"floor": format_about(floor, unit), "chance": decimals(100 * chance, 1)}
    if chance == 0:
        return _("In none of the draws it lies below {floor}, the lowest balance that is set.", **values)
    if chance >= 1:
        return _("In every draw it comes to lie below {floor}, the lowest balance that is set.", **values)
    return plural(
        "The chance that it lies below {floor}, the lowest balance that is set, at the end of the year is {chance} %.",
        "The chance that it lies below {floor}, the lowest balance that is set, at the end of at least one of {count} "
        "years is {chance} %.",
        years,
        **values,
    )
