"""What stands beside a forecast: what comes of the balance, what others pay otherwise than planned, and what is not
final."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gguplan.language import _, listed_with_and, plural
from gguplan.wording.amounts import format_about, rounding_of
from gguplan.wording.underspend import from_balance_in_words

if TYPE_CHECKING:
    from gguplan.fund.municipalities import Population
    from gguplan.model.spending import Spending
    from gguplan.model.years_ahead.result import Horizon


def rounding_unit(spending: Spending) -> int:
    """Euros to round a forecast to: thousands for a fund of more than a million."""
    return rounding_of(int(spending.budgets.sum()))


def rounding_unit_ahead(horizon: Horizon) -> int:
    """Euros to round what is to come to: thousands for a fund of more than a million in any year."""
    return rounding_of(int(max(horizon.to_pay)))


def beside_a_forecast(spending: Spending, unit: int) -> list[str]:
    """What of the budgets comes of the balance, and what others are expected to pay above what was planned; rounded to
    `unit` euros."""
    return [
        *from_balance_in_words(spending.from_balance, spending.underspend.budget, unit),
        *_income_in_words(spending, unit),
    ]


def provisional_in_words(spending: Spending, unit: int) -> list[str]:
    """How much of what is realised an account still to come may change, and of which programmes."""
    waiting = spending.provisional
    if not waiting:
        return []
    return [
        plural(
            "Of what is realised {amount} is provisional, because the account was still to come: {titles}.",
            "Of what is realised {amount} is provisional, because the accounts were still to come: {titles}.",
            len(waiting),
            amount=format_about(sum(programme.realised or 0 for programme in waiting), unit),
            titles=listed_with_and([programme.title for programme in waiting]),
        )
    ]


def of_another_fund(spending: Spending, population: Population) -> list[str]:
    """That a fund of some municipalities has no history in what its forecast learnt from; empty where it has, or where
    nothing was learnt."""
    learnt = len(spending.history.years) and not all(basis in ("stated", "known") for basis in spending.basis)
    if spending.known or not learnt or is_its_own(spending, population):
        return []
    return [
        plural(
            "That rests on {count} programme of another fund: of this one no history is known.",
            "That rests on {count} programmes of another fund: of this one no history is known.",
            len(set(spending.history.programme.tolist())),
        )
    ]


def is_its_own(spending: Spending, population: Population) -> bool:
    """Whether the history has programmes of this fund; that of all municipalities is always its own."""
    known = {row.programme for row in spending.history.left_out} | set(spending.history.programme.tolist())
    return population.country is None or not known.isdisjoint(row.name for row in spending.programmes)


def _income_in_words(spending: Spending, unit: int) -> list[str]:
    if not spending.has_uncertain_income:
        return []
    expected = int(spending.income_above_plan.sum())
    values = {
        "amount": format_about(abs(expected), unit),
        "between": _more_or_less_between(*spending.income_above_plan_between(), unit),
    }
    if expected < 0:
        return [
            _(
                "What others pay is not certain: {amount} less than planned is expected, without VAT, and in eight of "
                "ten cases {between}. That counts in what is left over.",
                **values,
            )
        ]
    return [
        _(
            "What others pay is not certain: {amount} more than planned is expected, without VAT, and in eight of ten "
            "cases {between}. That counts in what is left over.",
            **values,
        )
    ]


def _more_or_less_between(low: int, high: int, unit: int) -> str:
    """Between two amounts, in cents, each more or less than planned; never a negative amount that is called more."""
    values = {"low": format_about(abs(low), unit), "high": format_about(abs(high), unit)}
    if low >= 0:
        return _("between {low} and {high} more", **values)
    if high <= 0:
        return _("between {high} and {low} less", **values)
    return _("between {low} less and {high} more", **values)
