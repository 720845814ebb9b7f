"""What every programme has in every year of a horizon, without VAT: the budget, and what is spent on top of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.fund.years_ahead import YearsAhead
from gguplan.model.years_ahead.year_of_horizon import NetMoney, YearOfHorizon, net_money
from gguplan.money import Integers


class Budgets(Struct, frozen=True):
    """What every programme has in every year, in cents without VAT, shape (years, programmes); `money` the parts of it
    where there is a budget. `extra` is spent from the balance on top of it."""

    names: tuple[str, ...]
    money: tuple[tuple[NetMoney | None, ...], ...]
    extra: Integers
    committed: Integers

    def of(self, part: str) -> Integers:
        """One part of the money, 0 where there is no budget, shape (years, programmes)."""
        return np.array([[getattr(cell, part) if cell else 0 for cell in row] for row in self.money], dtype=np.int64)

    @property
    def to_balance(self) -> NDArray[np.bool_]:
        """Where the balance has the money of a programme that lapsed, shape (years, programmes)."""
        return np.array([[bool(cell and cell.to_balance) for cell in row] for row in self.money])

    @property
    def spending(self) -> Integers:
        """What each programme is planned to spend, shape (years, programmes)."""
        return self.of("available") + self.extra


def budgets_of(programmes: Iterable[str], stated: YearsAhead, by_year: Sequence[YearOfHorizon]) -> Budgets:
    """The budgets of programmes in each year of a horizon."""
    names = tuple(programmes)
    money = tuple(
        tuple(net_money(by_name[name]) if name in by_name else None for name in names)
        for by_name in (fund_year.by_programme for fund_year in by_year)
    )

    def amounts(key: str) -> Integers:
        tables = [getattr(stated.of(name), key) for name in names]
        return np.array([[table.get(fund_year.year, 0) for table in tables] for fund_year in by_year], dtype=np.int64)

    return Budgets(names, money, amounts("from_balance"), amounts("committed"))
