"""The balance of the fund through the years, in words; amounts in cents without VAT."""

from __future__ import annotations

from collections.abc import Sequence

from gguplan.language import _
from gguplan.model.years_ahead.account import Account
from gguplan.reports.terminal.horizon_answer import floor_verdict
from gguplan.wording.amounts import format_about
from gguplan.wording.rounded_amounts import about


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


def broken_floors(accounts: Sequence[Account], years: Sequence[int], draws: int) -> list[str]:
    """Every account that may come below its floor, the largest chance first: the floor, the chance, and the year."""
    broken = [account for account in accounts if account.floor is not None and account.chance_ever_below > 0]
    broken.sort(key=lambda account: -account.chance_ever_below)
    return [floor_verdict(account, years, draws) for account in broken]


def kept_floors(accounts: Sequence[Account], years: Sequence[int], draws: int) -> list[str]:
    """Every account that stays above its floor in every draw."""
    kept = [account for account in accounts if account.floor is not None and account.chance_ever_below == 0]
    return [floor_verdict(account, years, draws) for account in kept]
