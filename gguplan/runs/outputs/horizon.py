"""The files of ``gguplan horizon``."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.model.years_ahead.result import Horizon
from gguplan.reports.tables.csv import csv_of
from gguplan.reports.tables.horizon import account_table, contribution_table
from gguplan.runs.request import Request
from gguplan.runs.written_files import TableArguments
from gguplan.runs.years_ahead import years_ahead_of

HAS_WORDS: Final = False


class Arguments(TableArguments):
    """How often is drawn, and from which seed."""

    draws: Annotated[int, Field(ge=100, le=100_000)]
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)]


def work_out(request: Request) -> Horizon:
    """The years ahead of the scenario. Raises InputError when it has none."""
    (inputs,) = request.scenarios
    return years_ahead_of(inputs, realised_years(load_ledger()), request.arguments.draws, request.arguments.seed)


def files(result: Horizon, request: Request) -> dict[str, bytes]:
    """The accounts of every year, and what is paid in it, as CSV or in a workbook."""
    if request.arguments.workbook is not None:
        from gguplan.reports.workbook.years_book import years_workbook

        return {request.arguments.workbook: years_workbook(result)}
    accounts = {
        name: ["" if value is None else value for value in values] for name, values in account_table(result).items()
    }
    form = request.arguments.csv
    return {"accounts.csv": csv_of(accounts, form), "contributions.csv": csv_of(contribution_table(result), form)}
