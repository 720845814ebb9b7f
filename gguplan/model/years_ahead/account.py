"""One account of a horizon: a programme, the fund's reserve, or the fund as a whole, from opening to closing balance.

Every amount is without VAT, in whole cents, one per year: VAT is paid away with what is spent, so a balance holds none
(the reports print the balances of verantwoording-2017 sections 1.4 and 3.3 so). `with_vat` gives the same amounts as
the municipalities pay them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import asdict
from numpy.typing import NDArray

from gguplan.fund.underspend import UnderspendRule
from gguplan.money import Integers, times_fraction

Floats = NDArray[np.float64]

CHANCES: Final = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
"""The chances for which the quantiles of every account are kept: the 50, 80 and 90 % intervals and the middle."""


class Flows(Struct, frozen=True):
    """What moves on an account, in cents without VAT; arrays of shape (years,), or (years, draws, programmes) within
    the sum. In every cell

        opening + contributions + income − refunds − handed_over + from_reserve
            − realised − returned − to_reserve = closing

    and the closing balance of a year is the opening balance of the next. `income` is what others pay. `returned` goes
    back to the municipalities pro rata (rule ``return``), the underspend of the year before; `handed_over` goes with a
    programme that lapsed to whoever takes it over; `from_reserve` and `to_reserve` move between a programme and the
    fund's reserve, so in the fund as a whole both are 0.
    """

    opening: Integers
    contributions: Integers
    income: Integers
    refunds: Integers
    handed_over: Integers
    from_reserve: Integers
    realised: Integers
    returned: Integers
    to_reserve: Integers
    closing: Integers

    def worked_out(self) -> Integers:
        """The closing balance computed again from the rest: equal to `closing`, to the cent."""
        came = self.opening + self.contributions + self.income + self.from_reserve
        return came - self.refunds - self.handed_over - self.realised - self.returned - self.to_reserve

    def as_columns(self) -> dict[str, Integers]:
        """The amounts by name, in the order of the sum."""
        return asdict(self)


AccountScope = Literal["programme", "reserve", "fund"]
"""What an account is of."""


def likeliest(years: Sequence[int], chances: Floats) -> tuple[list[int], float]:
    """The years of which the chance is largest, and that chance; `chances` have shape (years,)."""
    largest = float(chances.max())
    return [year for year, chance in zip(years, chances.tolist(), strict=True) if chance == largest], largest


class Account(Struct, frozen=True):
    """A programme, the reserve or the fund through the years.

    `expected` are the means of all draws, shape (years,); they add up to the cent. `known` says of which years what
    is realised is published or stated, so nothing is drawn. `quantiles` of the closing balance at `CHANCES` over all
    draws have shape (chances, years), and `realised_quantiles` those of what is realised. `floor` in cents (None:
    there is none), `chance_below` the chance that the closing balance of each year lies below it and `chance_first`
    that it does so in that year for the first time, both of shape (years,) and 0 without a floor;
    `chance_first_overdrawn` the chance that it lies below 0 for the first time. `raised` is what is contributed on top
    of the budget for a shortfall of the year before, expected, and part of the contributions.
    `vat_percent` is 21 or 0, for `with_vat`. The reserve and the fund, which their `scope` says, have no title.
    """

    name: str
    title: str
    underspend: UnderspendRule | None
    expected: Flows
    known: NDArray[np.bool_]
    quantiles: Integers
    realised_quantiles: Integers
    floor: int | None
    chance_below: Floats
    chance_first: Floats
    chance_first_overdrawn: Floats
    raised: Integers
    vat_percent: int = 0
    scope: AccountScope = "programme"

    def between(self, sure: float = 0.8) -> tuple[Integers, Integers]:
        """The central interval of the closing balance, two arrays of shape (years,); `sure` is 0.5, 0.8 or 0.9."""
        low, high = CHANCES.index(round((1 - sure) / 2, 6)), CHANCES.index(round((1 + sure) / 2, 6))
        return self.quantiles[low], self.quantiles[high]

    @property
    def chance_ever_below(self) -> float:
        """The chance that the balance lies below the floor at the end of at least one year."""
        return float(self.chance_first.sum())

    @property
    def chance_ever_overdrawn(self) -> float:
        """The chance that the balance lies below 0 at the end of at least one year."""
        return float(self.chance_first_overdrawn.sum())

    def with_vat(self, cents: int) -> int:
        """An amount of this account as the municipalities pay it: × (1 + VAT), half a cent away from zero."""
        return times_fraction(cents, 100 + self.vat_percent, 100)
