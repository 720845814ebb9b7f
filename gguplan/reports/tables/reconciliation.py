"""Published figures computed again, for machines."""

from __future__ import annotations

from typing import Any

from gguplan.model.reconciliation.checks import Check, Outcome, Reconciliation
from gguplan.money import plain_euros
from gguplan.reports.terminal.reconciliation import formula
from gguplan.wording.ledger import in_language
from gguplan.wording.relations import group_in_words, known_in_words, statement_in_words


def reconciliation_as_dict(result: Reconciliation, only: Outcome | None) -> dict[str, Any]:
    """The reconciliation for a machine; amounts are euros as text, percentages per cent as text."""

    return {
        "counts": result.counts,
        "new": [check.relation.name for check in result.new],
        "no_longer_contradicting": list(result.resolved),
        "relations": [_check_as_dict(check) for check in result.checks if only in (None, check.outcome)],
        "competing": [
            {
                "name": tried.figure.name,
                "title": in_language(tried.figure.title),
                "target": plain_euros(tried.target),
                "tried": len(tried.attempts),
                "readings": [
                    {
                        "rate": in_language(attempt.rate),
                        "municipalities": group_in_words(attempt.count.group),
                        "reference_date": f"{attempt.count.year}-01-01",
                        "population_status": attempt.count.status,
                        "inhabitants": attempt.count.inhabitants,
                        "computed": plain_euros(attempt.computed),
                        "difference": plain_euros(attempt.difference),
                        "difference_percent": round(attempt.percent, 6),
                    }
                    for attempt in tried.attempts
                ],
            }
            for tried in result.tried
        ],
    }


def _check_as_dict(check: Check) -> dict[str, Any]:

    relation = check.relation
    return {
        "name": relation.name,
        "kind": relation.kind,
        "by_rule": relation.by_rule,
        "outcome": check.outcome,
        "statement": statement_in_words(relation.statement),
        "formula": formula(check),
        "document": relation.document,
        "section": relation.section,
        "printed_in": relation.total.source if relation.total else None,
        "unit": "one" if relation.measure == "count" else relation.measure,
        "computed": plain_euros(check.computed),
        "printed": plain_euros(check.printed),
        "difference": plain_euros(check.difference),
        "tolerance": plain_euros(check.tolerance),
        "known": known_in_words(relation),
        "sources": [part.reading.source for part in (*relation.parts, *relation.of)],
    }
