"""What the reports say was budgeted and realised in the year of a scenario."""

from __future__ import annotations

from gguplan.fund.ledger import PublishedTotal
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.model.published import published_lines, published_total
from gguplan.model.result import RunResult


def published_of(result: RunResult, programme: str | None = None) -> PublishedTotal | None:
    """The sums over the programmes of a result, or of one, where they are those of a year of the ledger; else None."""
    year = result.fund_year.origin.ledger_year
    if year is None:
        return None
    names = [billed.name for billed in result.by_programme if programme in (None, billed.name)]
    lines = published_lines(load_ledger(), (year,), names)
    return published_total(lines, year) if names and lines else None
