"""What the years ahead come to, in sentences: whether a balance stays above its floor, and what the figures rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from gguplan.language import _, listed_with_or
from gguplan.model.years_ahead.account import Account, likeliest
from gguplan.model.years_ahead.result import Horizon
from gguplan.reports.account_titles import account_title
from gguplan.reports.before_cascades import cascades_by_year
from gguplan.reports.beside_a_forecast import rounding_unit_ahead
from gguplan.reports.terminal.horizon_remarks import remark_in_words, remedy_in_words
from gguplan.wording.amounts import chance_in_percent, format_about, format_euros, format_number
from gguplan.wording.thresholds import threshold_in_words

_LEAST_CHANCE: Final = 0.001
"""What is printed of a chance has one decimal of a per cent."""


def answer(horizon: Horizon) -> list[str]:
    """Whether the balance of the fund stays above its floor, and of each account that has one."""
    lines = [
        floor_verdict(account, horizon.years, horizon.draws)
        for account in horizon.accounts[::-1]
        if account.floor is not None
    ]
    last, unit = horizon.fund, rounding_unit_ahead(horizon)
    low, high = (int(ends[-1]) for ends in last.between())
    if low == high:
        closing = _(
            "At the end of {year} the balance of the fund is {amount}.",
            year=horizon.years[-1],
            amount=format_euros(int(last.expected.closing[-1])),
        )
    else:
        closing = _(
            "At the end of {year} the balance of the fund is expected to be {amount}, in eight of ten cases between "
            "{low} and {high}.",
            year=horizon.years[-1],
            amount=format_about(int(last.expected.closing[-1]), unit),
            low=format_about(low, unit),
            high=format_about(high, unit),
        )
    return [*lines, closing, *_lapses(horizon)]


def _lapses(horizon: Horizon) -> list[str]:
    """Each programme that too few take part in, with the first year of it: a merger is enough for that."""
    lapses: dict[str, str] = {}
    for year in horizon.by_year:
        for name, programme in year.by_programme.items():
            if programme.participation.lapsed and name not in lapses:
                lapses[name] = _(
                    "Too few take part in {title} in {year}: {why}",
                    title=programme.programme.title,
                    year=year.year,
                    why=threshold_in_words(programme.threshold, programme.participation.lapsed),
                )
    return list(lapses.values())


def floor_verdict(account: Account, years: Sequence[int], draws: int) -> str:
    """Whether an account that has a floor stays above it."""
    floor, ever = format_about(account.floor or 0, 1), account.chance_ever_below
    values = {"name": account_title(account), "floor": floor}
    certain = bool((account.quantiles[0] == account.quantiles[-1]).all())
    if certain and ever == 0:
        return _("{name}: the balance stays at or above its floor of {floor}.", **values)
    if certain:
        return _(
            "{name}: the balance falls below its floor of {floor} at the end of {year}.",
            year=years[int(np.argmax(account.chance_below > 0))],
            **values,
        )
    if ever == 0:
        return _(
            "{name}: the chance that the balance falls below its floor of {floor} is less than {chance}.",
            # Never seen in n draws: with 95 % certainty the chance is below 3 ÷ n.
            chance=chance_in_percent(max(3 / draws, _LEAST_CHANCE)),
            **values,
        )
    likely, first = likeliest(years, account.chance_first)
    return _(
        "{name}: the chance that the balance falls below its floor of {floor} is {chance}; that happens first most "
        "often at the end of {year} ({first}).",
        chance=chance_in_percent(ever),
        year=listed_with_or(map(str, likely)),
        first=chance_in_percent(first),
        **values,
    )


def notes(horizon: Horizon) -> list[str]:
    """What the figures rest on, in sentences."""
    remarks = [_("Balances are without VAT. docs/horizon.md says how the sums work.")]
    remarks += cascades_by_year(
        [(fund_year.year, fund_year.result) for fund_year in horizon.by_year if fund_year.result is not None]
    )
    closing = [
        programme
        for programme in horizon.programmes
        if programme.vat_percent
        and programme.known[:-1].all()
        and int(programme.expected.closing[-1])
        and not spread(programme)
    ]
    remarks += [
        _(
            "{title}: what is left at the end of {year}, {net}, is {gross} with VAT.",
            title=programme.title,
            year=horizon.years[-1],
            net=format_about(int(programme.expected.closing[-1]), 1),
            gross=format_about(programme.with_vat(int(programme.expected.closing[-1])), 1),
        )
        for programme in closing
    ]
    if spread(horizon.fund):
        remarks.append(
            _(
                "80 % between: in eight of ten cases it lies there. From {draws} draws (seed {seed}), with a standard "
                "error of {error} or less. What is expected is the mean of the draws.",
                draws=format_number(horizon.draws),
                seed=horizon.seed,
                error=format_about(round(horizon.closing_error()), rounding_unit_ahead(horizon)),
            )
        )
    if any(programme.expected.returned.any() for programme in horizon.programmes):
        remarks.append(
            _("What is returned is credited to the municipalities; it is not taken off what is to pay here.")
        )
    for remark in horizon.remarks:
        remarks.append(" ".join(filter(None, [remark_in_words(remark), remedy_in_words(remark)])))
    return remarks


def spread(account: Account) -> bool:
    """Whether a closing balance differs between draws."""
    return bool((account.quantiles[0] != account.quantiles[-1]).any())
