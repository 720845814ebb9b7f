"""The programmes of the year that is forecast, with what each can spend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from gguplan.fund.fund_year import FundYear
from gguplan.fund.programme import Income, VolumeBudget
from gguplan.fund.realisation import RealisedYear
from gguplan.fund.underspend import UnderspendRule
from gguplan.fund.years_ahead import ProgrammeAhead, YearsAhead
from gguplan.model.realisation.known import is_provisional, known_realisation
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.model.underspend import is_returned, payer_of
from gguplan.model.volumes import volume_budget_of


class PlannedProgramme(Struct, frozen=True):
    """One programme of the year ahead: its net budget in cents, its kind (may be empty) and the rule for underspend.

    `realised` are the cents that are known to be spent of it, so that nothing is forecast; None where it is open.
    They are `provisional` where an account still to come may change them.
    `volume` is the budget of the scenario where that is fixed + volume × price. Of the budget, `from_balance` is
    planned out of the balance. At least what is `committed` is spent; no more than `at_most` where it may not spend
    more than it has (None where it may). `income` is what others pay of it, with VAT of `vat_percent`.
    """

    name: str
    title: str
    kind: str
    budget: int
    underspend: UnderspendRule | None
    realised: int | None = None
    volume: VolumeBudget | None = None
    from_balance: int = 0
    committed: int = 0
    at_most: int | None = None
    income: tuple[Income, ...] = ()
    vat_percent: int = 0
    provisional: bool = False


def planned(result: RunResult) -> tuple[PlannedProgramme, ...]:
    """The programmes of a run that have something to spend: net, after opt-outs, with what comes of the balance."""
    programmes = (planned_programme(billed, result.fund_year) for billed in result.by_programme)
    return tuple(programme for programme in programmes if programme.budget > 0)


def planned_programme(billed: ProgrammeResult, fund_year: FundYear) -> PlannedProgramme:
    """A programme of a run with what it can spend, net, after opt-outs, and what is known to be spent of it: by the
    rules of the first of its years ahead."""
    programme, year, ahead = billed.programme, fund_year.year, fund_year.years_ahead
    known = known_realisation(billed.name, year, ahead, fund_year.ledger)
    own = ahead.of(billed.name) if ahead is not None and ahead.first == year else ProgrammeAhead()
    from_balance = own.from_balance.get(year, 0)
    return PlannedProgramme(
        billed.name,
        programme.title,
        programme.kind or "",
        billed.available_net + from_balance,
        programme.underspend,
        known,
        volume_budget_of(programme),
        from_balance,
        own.committed.get(year, 0),
        _at_most(billed, own, ahead),
        programme.income if any(row.between is not None for row in programme.income) else (),
        programme.vat_percent,
        is_provisional(billed.name, year, ahead, fund_year.ledger),
    )


def _at_most(billed: ProgrammeResult, own: ProgrammeAhead, ahead: YearsAhead | None) -> int | None:
    """What a programme has in the first of its years ahead, its balance included, where it may not spend more."""
    if ahead is None or payer_of(own.shortfall or ahead.shortfall) != "programme":
        return None
    credited = max(own.opening, 0) if is_returned(billed.programme.underspend) else 0
    return billed.available_net + own.opening - credited


def latest(
    rows: Sequence[RealisedYear], underspend: Mapping[str, UnderspendRule | None]
) -> tuple[PlannedProgramme, ...]:
    """The programmes of the last year of a ledger, with the budgets of that year: for the year after it."""
    last = max((row.year for row in rows), default=0)
    return tuple(
        PlannedProgramme(row.programme, row.title, row.kind, row.net, underspend.get(row.programme))
        for row in rows
        if row.year == last and row.net is not None and row.net > 0
    )


def year_after(rows: Sequence[RealisedYear]) -> int:
    """The year to forecast with a ledger: the one after it, or its last year where nothing is realised in that yet."""
    last = max((row.year for row in rows), default=0)
    open_year = all(row.realised is None for row in rows if row.year == last)
    return last if rows and open_year else last + 1
