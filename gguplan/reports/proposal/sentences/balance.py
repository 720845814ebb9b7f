"""The balance of the fund through the years, in words; amounts in cents without VAT."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, assert_never

from gguplan.language import _, listed_with_and
from gguplan.model.years_ahead.account import Account
from gguplan.reports.account_titles import account_title
from gguplan.reports.terminal.horizon_answer import floor_verdict, spread
from gguplan.wording.amounts import format_about, rounding_of
from gguplan.wording.rounded_amounts import about

if TYPE_CHECKING:
    from gguplan.model.years_ahead.result import Horizon


def unit_of_balance(horizon: Horizon) -> int:
    """Euros to round every balance to: thousands for a fund of more than a million, else whole euros."""
    return rounding_of(int(horizon.fund.expected.contributions.max()))


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


def dangers(accounts: Sequence[Account], years: Sequence[int], draws: int, unit: int) -> list[str]:
    """What goes wrong with balances by what is expected, then what may go wrong: the largest chance first. The floor of
    an account of which all is known is said once."""
    uncertain = [account for account in accounts if spread(account)]
    return [*expected_below(accounts, years, unit), *broken_floors(uncertain, years, draws)]


def expected_below(accounts: Sequence[Account], years: Sequence[int], unit: int) -> list[str]:
    """Every balance that is expected to be below 0 or below its floor at the end of a year: first those below 0."""
    fallen = [account for account in accounts if _years_below(account, years, _bottom(account))]
    # A fund that is nothing but its reserve is said once.
    fallen = [account for account in fallen if account.floor is not None or not _is_said_by_another(account, fallen)]
    fallen.sort(key=lambda account: not _years_below(account, years, 0))
    return [_expected_below(account, years, unit) for account in fallen]


def _is_said_by_another(account: Account, fallen: Sequence[Account]) -> bool:
    """Whether a later one, nearer to the programmes, has the same balance at the end of every year."""
    later = fallen[list(map(id, fallen)).index(id(account)) + 1 :]
    return any((nearer.expected.closing == account.expected.closing).all() for nearer in later)


def _bottom(account: Account) -> int:
    """Below what a balance is said to be low: its floor or 0, whichever is higher. A programme without a floor may be
    below 0 until its shortfall is made good."""
    if account.floor is not None:
        return max(account.floor, 0)
    match account.scope:
        case "programme":
            return min(0, int(account.expected.closing.min()))
        case "reserve" | "fund":
            return 0
        case _:
            assert_never(account.scope)


def _years_below(account: Account, years: Sequence[int], bottom: int) -> list[int]:
    closing = account.expected.closing.tolist()
    return [year for year, cents in zip(years, closing, strict=True) if cents < bottom]


def _expected_below(account: Account, years: Sequence[int], unit: int) -> str:
    floor = account.floor
    below_floor = _years_below(account, years, floor) if floor is not None else []
    below_nothing = _years_below(account, years, 0)
    values = {
        "name": account_title(account),
        "floor": format_about(floor or 0, 1),
        "when": _at_the_end_of(below_floor or below_nothing, years),
        "overdrawn": _at_the_end_of(below_nothing, years),
    }
    if not spread(account):
        text = (
            _("{name}: the balance is below 0 {overdrawn}.", **values)
            if floor in (None, 0) or not below_floor
            else _("{name}: the balance is below its floor of {floor} {when}.", **values)
            if not below_nothing
            else _("{name}: the balance is below its floor of {floor} and below 0 {when}.", **values)
            if below_floor == below_nothing
            else _("{name}: the balance is below its floor of {floor} {when} and below 0 {overdrawn}.", **values)
        )
    else:
        text = (
            _("{name}: the balance is expected to be below 0 {overdrawn}.", **values)
            if floor in (None, 0) or not below_floor
            else _("{name}: the balance is expected to be below its floor of {floor} {when}.", **values)
            if not below_nothing
            else _("{name}: the balance is expected to be below its floor of {floor} and below 0 {when}.", **values)
            if below_floor == below_nothing
            else _(
                "{name}: the balance is expected to be below its floor of {floor} {when} and below 0 {overdrawn}.",
                **values,
            )
        )
    closing = account.expected.closing.tolist()
    least = min(closing)
    if about(least, unit) == 0:
        return text
    if len({*below_floor, *below_nothing}) == 1:
        return f"{text} {_('It is then {amount}.', amount=standing(least, unit))}"
    year = years[closing.index(least)]
    return f"{text} {_('It is lowest at the end of {year}: {amount}.', year=year, amount=standing(least, unit))}"


def _at_the_end_of(below: Sequence[int], years: Sequence[int]) -> str:
    """At the end of which years, or from the end of which year on; empty without years."""
    if not below:
        return ""
    if len(below) > 1 and list(below) == list(years[-len(below) :]):
        return _("from the end of {year} on", year=below[0])
    return _("at the end of {years}", years=listed_with_and(map(str, below)))


def broken_floors(accounts: Sequence[Account], years: Sequence[int], draws: int) -> list[str]:
    """Every account that may come below its floor, the largest chance first: the floor, the chance, and the year."""
    broken = [account for account in accounts if account.floor is not None and account.chance_ever_below > 0]
    broken.sort(key=lambda account: -account.chance_ever_below)
    return [floor_verdict(account, years, draws) for account in broken]


def kept_floors(accounts: Sequence[Account], years: Sequence[int], draws: int) -> list[str]:
    """Every account that stays above its floor in every draw."""
    kept = [account for account in accounts if account.floor is not None and account.chance_ever_below == 0]
    return [floor_verdict(account, years, draws) for account in kept]
