"""The files of ``gguplan seek``."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from gguplan.findings import Findings, InputError
from gguplan.inputs.goals import goal_of
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.sweep.vary_option import factor_between
from gguplan.model.goal_seek import Sought
from gguplan.model.numbers_of_draws import DRAWS, SEED
from gguplan.reports.tables.csv import csv_of
from gguplan.reports.tables.seek import edges_table, looks_table
from gguplan.runs.goal_seek import seek
from gguplan.runs.request import Request
from gguplan.runs.written_files import TableArguments

HAS_WORDS: Final = True


class Arguments(TableArguments):
    """What is varied, the goal, how many values are looked at first, how often is drawn and from which seed."""

    vary: Annotated[str, Field(min_length=1, max_length=2_000)]
    until: Annotated[str, Field(min_length=1, max_length=2_000)]
    steps: Annotated[int, Field(ge=2, le=1_000)] = 17
    draws: Annotated[int, Field(ge=100, le=100_000)] = DRAWS
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = SEED


def work_out(request: Request) -> Sought:
    """Where the goal is reached. Raises InputError for what cannot be varied, or is no goal."""
    (base,) = request.scenarios
    arguments: Arguments = request.arguments
    findings = Findings()
    factor = factor_between(arguments.vary, base, findings)
    goal = goal_of(arguments.until, base, findings)
    if factor is None or goal is None:
        raise InputError(findings.gathered)
    rows = realised_years(load_ledger())
    return seek(base, factor, goal, rows, arguments.steps, arguments.draws, arguments.seed)


def files(sought: Sought, request: Request) -> dict[str, bytes]:
    """Every value that was looked at, and the edges of the goal, as CSV or in a workbook."""
    arguments: Arguments = request.arguments
    if arguments.workbook is not None:
        from gguplan.reports.workbook.seek_book import seek_workbook

        (base,) = request.scenarios
        return {arguments.workbook: seek_workbook(sought, base.scenario.reference_date)}
    form = arguments.csv
    return {"looks.csv": csv_of(looks_table(sought), form), "edges.csv": csv_of(edges_table(sought), form)}
