"""All accounts of a horizon together, in every draw.

Programmes meet only in the reserve, so they are worked out in blocks and nothing grows with draws × years × programmes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.fund.fund_year import FundYear
from gguplan.fund.programme import Programme
from gguplan.fund.underspend import ShortfallRule, UnderspendRule
from gguplan.fund.years_ahead import YearsAhead
from gguplan.model.drawn_income import income_deviation
from gguplan.model.randomness import mean_of, quantiles_of, quantiles_of_what_is_left
from gguplan.model.underspend import destination_of, payer_of
from gguplan.model.years_ahead.account import CHANCES, Account, AccountScope, Floats, Flows
from gguplan.model.years_ahead.accounts_sum import Movements, add_up, mean_flows, reserve_of
from gguplan.model.years_ahead.budgets import Budgets
from gguplan.model.years_ahead.realisation_by_year import RealisationByYear
from gguplan.model.years_ahead.remarks import Remark
from gguplan.model.years_ahead.result import Horizon
from gguplan.model.years_ahead.year_of_horizon import YearOfHorizon, paid_in_draws
from gguplan.money import Integers

_CELLS_IN_A_BLOCK: Final = 1_000_000


class AllAccounts(Struct, frozen=True):
    """All that the accounts are made of."""

    base: FundYear
    programmes: Mapping[str, Programme]
    stated: YearsAhead
    by_year: tuple[YearOfHorizon, ...]
    budgets: Budgets
    realisation: RealisationByYear
    remarks: tuple[Remark, ...]
    draws: int
    seed: int

    def horizon(self) -> Horizon:
        """The accounts as expected, and their quantiles over the draws."""
        names, years = self.budgets.names, len(self.by_year)
        zero = np.zeros((years, self.draws), dtype=np.int64)
        from_reserve, to_reserve, closing, realised, extra = (zero.copy() for _each in range(5))
        shared = self.realisation.shared(self.draws, self.seed)
        accounts: list[Account] = []
        for columns in self._blocks():
            factors = np.stack([self._drawn_factor(column) for column in columns], axis=2)
            flows = self._flows(columns, factors, self.realisation.drawn_ratios(columns, shared, self.seed))
            raised = self._raised(columns, flows)
            from_reserve += flows.from_reserve.sum(axis=2)
            to_reserve += flows.to_reserve.sum(axis=2)
            closing += flows.closing.sum(axis=2)
            realised += flows.realised.sum(axis=2)
            extra += self._to_pay(columns, factors, raised)
            for place, column in enumerate(columns):
                own_flows = Flows(*(amounts[:, :, place] for amounts in flows.as_columns().values()))
                accounts.append(self._programme(column, own_flows, mean_of(raised[:, :, place], axis=1)))
        total = {
            name: np.sum([getattr(account.expected, name) for account in accounts], axis=0)
            for name in Flows.__struct_fields__
        }
        reserve = reserve_of(self.stated.opening, total["from_reserve"], total["to_reserve"])
        reserve_closing = reserve_of(self.stated.opening, from_reserve, to_reserve).closing
        fund = Flows(*(total[name] + amount for name, amount in reserve.as_columns().items()))
        is_open = np.logical_or.reduce(self.realisation.rows >= 0, axis=1)
        known = np.logical_or.reduce(self.realisation.known, axis=1) & ~is_open
        none = np.zeros_like(reserve_closing)
        whole = self._account("fund", fund, known, closing + reserve_closing, realised, self.stated.floor)
        every_raised = np.stack([account.raised for account in accounts], axis=1)[:, None, :]
        to_pay = self._to_pay(list(range(len(names))), np.ones((years, 1, len(names))), every_raised)[:, 0]
        return Horizon(
            self.base.title,
            tuple(fund_year.year for fund_year in self.by_year),
            tuple(accounts),
            self._account("reserve", reserve, known, reserve_closing, none, self.stated.reserve_floor),
            whole,
            (closing + reserve_closing).T,
            self.by_year,
            to_pay,
            extra.T,
            self.draws,
            self.seed,
            self.remarks,
        )

    def _blocks(self) -> list[list[int]]:
        """The programmes in blocks that fit in memory."""
        size = max(1, _CELLS_IN_A_BLOCK // (max(1, self.draws) * len(self.by_year)))
        count = len(self.budgets.names)
        return [list(range(start, min(start + size, count))) for start in range(0, count, size)]

    def _drawn_factor(self, column: int) -> Floats:
        """The budget of a programme in each draw ÷ what it is expected to be, shape (years, draws)."""
        name, sure = self.budgets.names[column], np.ones(self.draws)
        return np.stack([fund_year.drawn.get(name, sure) for fund_year in self.by_year])

    def _flows(self, columns: list[int], factors: Floats, ratios: Floats) -> Flows:
        """The accounts of some programmes, where `factors` and `ratios` have shape (years, draws, programmes)."""
        money = {name: self.budgets.of(name)[:, None, columns] for name in ("contributions", "drawn", "handed_over")}
        income, reserve = (self.budgets.of(name)[:, None, columns] for name in ("income", "reserve"))
        scaled = {name: _rounded(amount * factors) for name, amount in money.items()}
        # What others and the balance pay as an amount does not rise with the budget: the municipalities pay the rise.
        fixed = income + reserve
        scaled["contributions"] = _rounded((money["contributions"] + fixed) * factors) - fixed
        scaled["drawn"] = _rounded((money["drawn"] - reserve) * factors) + reserve
        of_rates = self.budgets.of("refunds_of_rates")[:, None, columns]
        refunds = of_rates + _rounded((self.budgets.of("refunds")[:, None, columns] - of_rates) * factors)
        to_balance = self.budgets.to_balance[:, None, columns]
        scaled["drawn"] = np.where(to_balance, refunds - scaled["contributions"], scaled["drawn"])
        available = scaled["contributions"] + income - refunds + scaled["drawn"] - scaled["handed_over"]
        spending = available + self.budgets.extra[:, None, columns]
        known = self.realisation.known[:, columns]
        realised = np.where(
            known[:, None, :], self.realisation.amounts[:, None, columns], _rounded(ratios * np.maximum(spending, 0))
        )
        own = [self.stated.of(self.budgets.names[column]) for column in columns]
        given = Movements(
            np.array([table.opening for table in own], dtype=np.int64),
            scaled["contributions"],
            np.stack([self._income(column) for column in columns], axis=2),
            refunds,
            scaled["drawn"],
            scaled["handed_over"],
            realised,
            known,
            self.budgets.committed[:, columns],
        )
        rules = [self._underspend(column) for column in columns]
        return add_up(given, rules, [self._shortfall(column) for column in columns])

    def _income(self, column: int) -> Integers:
        """What others pay of a programme in each draw, without VAT, shape (years, draws): what is planned, and where it
        is not certain what comes in instead, in all years alike."""
        name = self.budgets.names[column]
        programme = self.programmes[name]
        planned = self.budgets.of("income")[:, column]
        income = np.broadcast_to(planned[:, None], (len(planned), self.draws)).copy()
        for place, fund_year in enumerate(self.by_year):
            if planned[place] and not self.realisation.known[place, column]:
                of_year = programme.stated_income, programme.vat_percent, fund_year.year
                income[place] += income_deviation(name, *of_year, self.draws, self.seed)
        return income

    def _raised(self, columns: list[int], flows: Flows) -> Integers:
        """What is contributed on top of the budgets for a shortfall of the year before, without VAT, shape (years,
        draws, programmes)."""
        raises = np.array([payer_of(self._shortfall(column)) == "municipalities" for column in columns])
        return np.where(raises, np.maximum(-flows.opening, 0), 0)

    def _to_pay(self, columns: list[int], factors: Floats, raised: Integers) -> Integers:
        """What all municipalities pay of some programmes, with VAT and less refunds, shape (years, draws)."""
        to_pay = np.zeros(raised.shape[:2], dtype=np.int64)
        for place, column in enumerate(columns):
            name = self.budgets.names[column]
            percent = self.programmes[name].vat_percent
            # With its VAT, half a cent up, as the municipalities are billed.
            to_pay += (2 * raised[:, :, place] * (100 + percent) + 100) // 200
            for year, fund_year in enumerate(self.by_year):
                billed = fund_year.by_programme.get(name)
                if billed is None:
                    continue
                to_pay[year] += paid_in_draws(billed, factors[year, :, place])
        return to_pay

    def _underspend(self, column: int) -> UnderspendRule:
        rule = self.programmes[self.budgets.names[column]].underspend
        assert rule is not None
        return rule

    def _shortfall(self, column: int) -> ShortfallRule:
        name = self.budgets.names[column]
        rule = self.stated.of(name).shortfall or self.stated.shortfall
        # Nobody pays for what is left out, in any year.
        return "draw" if payer_of(rule) == "municipalities" and name in self.base.left_out else rule

    def _programme(self, column: int, drawn: Flows, raised: Integers) -> Account:
        """The account of a programme from its flows in every draw, of shape (years, draws)."""
        name = self.budgets.names[column]
        programme = self.programmes[name]
        return self._account(
            "programme",
            mean_flows(drawn, destination_of(self._underspend(column)) == "reserve"),
            self.realisation.known[:, column],
            drawn.closing,
            drawn.realised,
            self.stated.of(name).floor,
            programme,
            raised,
        )

    def _account(
        self,
        scope: AccountScope,
        expected: Flows,
        known: NDArray[np.bool_],
        closing: Integers,
        realised: Integers,
        floor: int | None,
        programme: Programme | None = None,
        raised: Integers | None = None,
    ) -> Account:
        """An account with what its draws, of shape (years, draws), say of it."""
        below = closing < floor if floor is not None else np.zeros(closing.shape, dtype=np.bool_)
        return Account(
            programme.name if programme else scope,
            programme.title if programme else "",
            programme.underspend if programme else None,
            expected,
            known,
            quantiles_of_what_is_left(closing, CHANCES, axis=1),
            quantiles_of(realised, CHANCES, axis=1),
            floor,
            below.mean(axis=1),
            _for_the_first_time(below).mean(axis=1),
            _for_the_first_time(closing < 0).mean(axis=1),
            np.zeros(len(closing), dtype=np.int64) if raised is None else raised,
            programme.vat_percent if programme else 0,
            scope,
        )


def _for_the_first_time(happens: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """In which year it happens first in each draw, of shape (years, draws)."""
    earlier = np.logical_or.accumulate(happens, axis=0)
    before: NDArray[np.bool_] = np.concatenate([np.zeros_like(happens[:1]), earlier[:-1]])
    return happens & ~before


def _rounded(amounts: NDArray[np.floating[Any]]) -> Integers:
    whole: Integers = np.rint(amounts).astype(np.int64)
    return whole
