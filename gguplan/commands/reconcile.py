"""``gguplan reconcile``: compute again what the published reports state about their own figures."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gguplan.commands.options import Json, Lang, command, print_json

if TYPE_CHECKING:
    from gguplan.model.reconciliation.checks import Check, Outcome, Reconciliation


class OutcomeChoice(StrEnum):
    """The outcomes to choose from."""

    holds = "holds"
    within_rounding = "within_rounding"
    contradicts = "contradicts"


@command
def reconcile(
    only: Annotated[OutcomeChoice | None, typer.Option("--only", help="Show only this outcome.")] = None,
    as_json: Json = False,
    lang: Lang = None,
) -> int:
    """Compute again what the published reports state.

    Ends with exit code 1 when something contradicts that is not known to.
    """
    from gguplan.inputs.ledger.ledger_files import load_ledger
    from gguplan.inputs.ledger.relations_reading import load_relations
    from gguplan.model.reconciliation.checks import reconcile as compute

    result = compute(load_ledger(), load_relations())
    choice: Any = only
    outcome: Outcome | None = None if only is None else choice.value
    if as_json:
        print_json(_as_dict(result, outcome))
    else:
        from gguplan.reports.terminal.reconciliation import print_reconciliation

        print_reconciliation(result, outcome)
    return 1 if result.new else 0


def _as_dict(result: Reconciliation, only: Outcome | None) -> dict[str, Any]:
    """The reconciliation for a machine; amounts are euros as text, percentages per cent as text."""
    from gguplan.money import plain_euros
    from gguplan.wording.ledger import in_language
    from gguplan.wording.relations import group_in_words

    return {
        "counts": result.counts,
        "new": [one.relation.name for one in result.new],
        "no_longer_contradicting": list(result.resolved),
        "relations": [_check(one) for one in result.checks if only in (None, one.outcome)],
        "competing": [
            {
                "name": tried.figure.name,
                "title": in_language(tried.figure.title),
                "target": plain_euros(tried.target),
                "tried": len(tried.attempts),
                "readings": [
                    {
                        "rate": in_language(one.rate),
                        "municipalities": group_in_words(one.count.group),
                        "reference_date": f"{one.count.year}-01-01",
                        "population_status": one.count.status,
                        "inhabitants": one.count.inhabitants,
                        "computed": plain_euros(one.computed),
                        "difference": plain_euros(one.difference),
                        "difference_percent": round(one.percent, 6),
                    }
                    for one in tried.attempts
                ],
            }
            for tried in result.tried
        ],
    }


def _check(one: Check) -> dict[str, Any]:
    from gguplan.money import plain_euros
    from gguplan.reports.terminal.reconciliation import formula
    from gguplan.wording.relations import known_in_words, statement_in_words

    relation = one.relation
    return {
        "name": relation.name,
        "kind": relation.kind,
        "by_rule": relation.by_rule,
        "outcome": one.outcome,
        "statement": statement_in_words(relation.statement),
        "formula": formula(one),
        "document": relation.document,
        "section": relation.section,
        "printed_in": relation.total.source if relation.total else None,
        "unit": "euro" if relation.total else "percent",
        "computed": plain_euros(one.computed),
        "printed": plain_euros(one.printed),
        "difference": plain_euros(one.difference),
        "tolerance": plain_euros(one.tolerance),
        "known": known_in_words(relation),
        "sources": [part.reading.source for part in (*relation.parts, *relation.of)],
    }
