"""The result of a horizon: the accounts of every programme, of the reserve and of the fund, year by year.

How to use it:

    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.runs.years_ahead import years_ahead_of

    horizon = years_ahead_of(read_scenario("fonds-ggu-2020-2024"), rows, draws=4_000, seed=1)
    horizon.years                                # (2020, …, 2024)
    horizon.fund.expected.closing                # cents without VAT, shape (years,); also opening, contributions, …
    horizon.closing_quantile([0.1, 0.9])         # the 80 % interval of the fund's balance, shape (2, years)
    horizon.fund.floor, horizon.fund.chance_below
    [account.expected.realised for account in horizon.programmes]
    horizon.to_pay                               # what all municipalities pay together with VAT, shape (years,)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from gguplan.model.randomness import quantiles_of, quantiles_of_what_is_left
from gguplan.model.years_ahead.account import Account, Floats
from gguplan.model.years_ahead.remarks import Provisional, Remark
from gguplan.model.years_ahead.year_of_horizon import YearOfHorizon
from gguplan.money import Integers


class Horizon(Struct, frozen=True):
    """All accounts of a scenario from its first year to its last.

    `fund` is the sum of `programmes` and `reserve`. `fund_closing` are the closing balances of the fund in each draw,
    cents without VAT, shape (draws, years). `by_year` says of each year who pays what, over whose inhabitants.
    `to_pay` is what all municipalities pay together, with VAT and less refunds, cents of shape (years,), and
    `to_pay_drawn` the same in each draw, shape (draws, years). `remarks` are what must be known beside the accounts.
    """

    title: str
    years: tuple[int, ...]
    programmes: tuple[Account, ...]
    reserve: Account
    fund: Account
    fund_closing: Integers
    by_year: tuple[YearOfHorizon, ...]
    to_pay: Integers
    to_pay_drawn: Integers
    draws: int
    seed: int
    remarks: tuple[Remark, ...]

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The programmes, the reserve and, last, the fund."""
        return (*self.programmes, self.reserve, self.fund)

    @property
    def floor(self) -> int | None:
        """The floor on the balance of the fund in cents, or None."""
        return self.fund.floor

    @property
    def chance_below(self) -> Floats:
        """The chance that the balance of the fund lies below its floor at the end of each year, shape (years,)."""
        return self.fund.chance_below

    def is_provisional(self, account: Account, place: int) -> bool:
        """True where an account still to come may change what is realised of a programme, or of the fund, in a year."""
        names = {
            name
            for remark in self.remarks
            if isinstance(remark, Provisional) and remark.year == self.years[place]
            for name in remark.names
        }
        return bool(names) if account is self.fund else account is not self.reserve and account.name in names

    def closing_quantile(self, chances: Sequence[float]) -> Integers:
        """The balances of the fund below which the chances lie, cents of shape (chances, years)."""
        return quantiles_of_what_is_left(self.fund_closing, chances)

    def to_pay_between(self, sure: float = 0.8) -> tuple[Integers, Integers]:
        """The central interval of what all municipalities pay, two arrays of shape (years,)."""
        low, high = quantiles_of(self.to_pay_drawn, ((1 - sure) / 2, (1 + sure) / 2))
        return low, high

    def closing_error(self) -> float:
        """The largest standard error, in cents, of an end of the 80 % interval, from twenty parts of the draws."""
        parts = np.array_split(self.fund_closing, min(20, len(self.fund_closing)))
        ends = np.array([np.quantile(part, (0.1, 0.9), axis=0) for part in parts])
        return float(ends.std(axis=0, ddof=1).max() / np.sqrt(len(parts))) if len(parts) > 1 else 0.0
