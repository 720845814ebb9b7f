"""What a scenario expects of itself, beside what comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from gguplan.fund.expectations import Expectation, FundTotal, OfAMunicipality, OfAProgramme, OfTheFund, Unmet

if TYPE_CHECKING:
    from gguplan.model.result import RunResult


def unmet(result: RunResult) -> tuple[Unmet, ...]:
    """Every expected amount that does not come out, with what does."""
    expectations = result.fund_year.expectations
    outcomes = [Unmet(expectation, _computed(result, expectation)) for expectation in expectations]
    return tuple(outcome for outcome in outcomes if outcome.computed != outcome.expectation.cents)


def _computed(result: RunResult, expectation: Expectation) -> int:
    """Cents that come out for what is expected."""
    match expectation.of:
        case OfTheFund(total):
            return result.totals[_total(total)]
        case OfAProgramme(name):
            return next(programme.contributed for programme in result.by_programme if programme.name == name)
        case OfAMunicipality(gm_code):
            return int(result.to_pay[result.population.index[gm_code]])
        case _:
            assert_never(expectation.of)


def _total(total: FundTotal) -> str:
    match total:
        case "total":
            return "contributions_cents"
        case "refunds":
            return "refunds_cents"
        case "available":
            return "available_cents"
        case _:
            assert_never(total)
