"""Why a sum cannot be made."""

from __future__ import annotations

from dataclasses import dataclass

from gguplan.fund.allocation_keys import PaidByEach


@dataclass(frozen=True)
class BudgetOutOfReach:
    """The budget comes to so many cents: to nothing, or to more than `gguplan.money.LARGEST_AMOUNT`."""

    gross: int


@dataclass(frozen=True)
class FixedAboveBudget:
    """The fixed amounts together, in cents, are more than the budget."""

    fixed: int
    budget: int


@dataclass(frozen=True)
class IncomeAboveBudget:
    """The income from others, in cents, leaves nothing of the budget to divide."""

    income: int
    budget: int


@dataclass(frozen=True)
class PaidOtherwiseAboveBudget:
    """The income from others and what the balance of the fund pays, in cents, leave nothing of the budget to divide."""

    paid: int
    budget: int


@dataclass(frozen=True)
class RefundsAboveBudget:
    """The refunds together, in cents, are more than the budget."""

    refunds: int
    budget: int


@dataclass(frozen=True)
class RoundingTooCoarse:
    """Rounded to `unit` cents nobody pays anything, or less than nothing: the `largest` amount is so many cents."""

    unit: int
    largest: int


@dataclass(frozen=True)
class OldDivisionWithOptOuts:
    """An old division to hold the new one against, and opt-outs that take off a part of the new one."""


@dataclass(frozen=True)
class CapCannotBeMet:
    """Within a cap on rise and fall there is no room for so many cents; negative when they are too many."""

    short: int


@dataclass(frozen=True)
class NobodyCompensates:
    """Everybody pays more than by the old division: nobody is left to pay so many cents of compensation."""

    cents: int


@dataclass(frozen=True)
class CoverOfNobody:
    """Cover of a municipality, by its code, that does not pay."""

    gm_code: str


@dataclass(frozen=True)
class CoverAboveBill:
    """A municipality has cover for more than it pays, in cents."""

    name: str
    cover: int
    bill: int


@dataclass(frozen=True)
class AboveTheTariff:
    """An opt-out, by its name, leaves to the others what it does not pay of tariffs or amounts, and they would pay more
    than their own."""

    opt_out: str
    paid: PaidByEach


@dataclass(frozen=True)
class NobodyPays:
    """There is nobody to divide the amount over."""


@dataclass(frozen=True)
class WeightsTooLarge:
    """The weights are too large to divide an amount over exactly."""


Problem = (
    BudgetOutOfReach
    | FixedAboveBudget
    | IncomeAboveBudget
    | PaidOtherwiseAboveBudget
    | RefundsAboveBudget
    | RoundingTooCoarse
    | OldDivisionWithOptOuts
    | CapCannotBeMet
    | NobodyCompensates
    | CoverOfNobody
    | CoverAboveBill
    | AboveTheTariff
    | NobodyPays
    | WeightsTooLarge
)


class CannotBeMade(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """The sum of one programme cannot be made; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class ProgrammeCannotBeMade:
    """The sum of a programme of the fund cannot be made."""

    programme: str
    problem: Problem


@dataclass(frozen=True)
class BudgetAheadOutOfReach:
    """The budget of a programme in a year to come is nothing, or more than `gguplan.money.LARGEST_AMOUNT`."""

    programme: str
    year: int


Mistake = ProgrammeCannotBeMade | BudgetAheadOutOfReach


class Mistakes(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """Sums of a fund that cannot be made: all of them at once."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(mistakes)
        self.mistakes = mistakes
