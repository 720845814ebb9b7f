"""``gguplan reconcile``: compute again what the published reports state about their own figures."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import Json, Lang, command

if TYPE_CHECKING:
    from gguplan.model.reconciliation.checks import Outcome


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
        from gguplan.reports.tables.reconciliation import reconciliation_as_dict

        print_answer("reconcile", reconciliation_as_dict(result, outcome))
    else:
        from gguplan.reports.terminal.reconciliation import print_reconciliation

        print_reconciliation(result, outcome)
    return 1 if result.new else 0
