"""The programmes of the year that is forecast, with what each can spend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gguplan.fund.fund_year import FundYear
from gguplan.fund.programme import VolumeBudget
from gguplan.fund.realisation import RealisedYear
from gguplan.fund.underspend import UnderspendRule
from gguplan.model.realisation.known import known_realisation
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.model.volumes import volume_budget_of


@dataclass(frozen=True)
class PlannedProgramme:
    """One programme of the year ahead: its net budget in cents, its kind (may be empty) and the rule for underspend.

    `realised` are the cents that are known to be spent of it, so that nothing is forecast; None where it is open.
    `volume` is the budget of the scenario where that is fixed + volume × price.
    """

    name: str
    title: str
    kind: str
    budget: int
    underspend: UnderspendRule | None
    realised: int | None = None
    volume: VolumeBudget | None = None


def planned(result: RunResult) -> tuple[PlannedProgramme, ...]:
    """The programmes of a run that have something to spend: net, after opt-outs."""
    return tuple(
        planned_programme(billed, result.fund_year) for billed in result.by_programme if billed.available_net > 0
    )


def planned_programme(billed: ProgrammeResult, fund_year: FundYear) -> PlannedProgramme:
    """A programme of a run with what it can spend, net, after opt-outs, and what is known to be spent of it."""
    programme = billed.programme
    known = known_realisation(billed.name, fund_year.year, fund_year.years_ahead, fund_year.ledger)
    return PlannedProgramme(
        billed.name,
        programme.title,
        programme.kind or "",
        billed.available_net,
        programme.underspend,
        known,
        volume_budget_of(programme),
    )


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
