"""A budget and its numbered amendments: each extends the one before it."""

from __future__ import annotations

from gguplan.findings import Findings
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.schema import Scenario
from gguplan.language import _


def check_amendment(scenario: Scenario, layers: Layers, findings: Findings) -> None:
    """Fail if an amendment does not extend the one before it, or the first one no budget."""
    number = layers.files[0].data.get("amendment")
    if scenario.amendment is None or number is None:
        return
    place = layers.place(("amendment",))
    if not isinstance(scenario.extends, str):
        findings.add(
            place,
            _("Amendment {number} extends no budget, or several.", number=scenario.amendment),
            _("Write extends with the budget, or with the amendment before this one."),
        )
        return
    before = layers.files[1].data.get("amendment", 0)
    if before != scenario.amendment - 1:
        findings.add(
            place,
            _(
                "This is amendment {number}, and what it extends is amendment {before}.",
                number=scenario.amendment,
                before=before,
            )
            if before
            else _("This is amendment {number}, and what it extends is the budget itself.", number=scenario.amendment),
            _("Write amendment = {number}, or extend the one before it.", number=before + 1),
        )
