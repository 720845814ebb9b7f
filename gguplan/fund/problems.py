"""Why a sum cannot be made."""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.allocation_keys import PaidByEach


class BudgetOutOfReach(Struct, frozen=True):
    """The budget comes to so many cents: to nothing, or to more than `gguplan.money.LARGEST_AMOUNT`."""

    gross: int


class FixedAboveBudget(Struct, frozen=True):
    """The fixed amounts together, in cents, are more than the budget."""

    fixed: int
    budget: int


class IncomeAboveBudget(Struct, frozen=True):
    """The income from others, in cents, leaves nothing of the budget to divide."""

    income: int
    budget: int


class PaidOtherwiseAboveBudget(Struct, frozen=True):
    """The income from others and what the balance of the fund pays, in cents, leave nothing of the budget to divide."""

    paid: int
    budget: int


class RefundsAboveBudget(Struct, frozen=True):
    """The refunds together, in cents, are more than the budget."""

    refunds: int
    budget: int


class RoundingTooCoarse(Struct, frozen=True):
    """Rounded to `unit` cents nobody pays anything, or less than nothing: the `largest` amount is so many cents."""

    unit: int
    largest: int


class OldDivisionWithOptOuts(Struct, frozen=True):
    """An old division to hold the new one against, and opt-outs that take off a part of the new one."""


class CapCannotBeMet(Struct, frozen=True):
    """Within a cap on rise and fall there is no room for so many cents; negative when they are too many."""

    short: int


class NobodyCompensates(Struct, frozen=True):
    """Everybody pays more than by the old division: nobody is left to pay so many cents of compensation."""

    cents: int


class CoverOfNobody(Struct, frozen=True):
    """Cover of a municipality, by its code, that does not pay."""

    gm_code: str


class CoverAboveBill(Struct, frozen=True):
    """A municipality has cover for more than it pays, in cents."""

    name: str
    cover: int
    bill: int


class AboveTheTariff(Struct, frozen=True):
    """An opt-out, by its name, leaves to the others what it does not pay of tariffs or amounts, and they would pay more
    than their own."""

    opt_out: str
    paid: PaidByEach


class NobodyPays(Struct, frozen=True):
    """There is nobody to divide the amount over."""


class WeightsTooLarge(Struct, frozen=True):
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


class ProgrammeCannotBeMade(Struct, frozen=True):
    """The sum of a programme of the fund cannot be made."""

    programme: str
    problem: Problem


class BudgetAheadCannotBeMade(Struct, frozen=True):
    """The budget of a programme in a year to come cannot be made."""

    programme: str
    year: int
    problem: Problem


Mistake = ProgrammeCannotBeMade | BudgetAheadCannotBeMade


class Mistakes(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """Sums of a fund that cannot be made: all of them at once."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(mistakes)
        self.mistakes = mistakes
