"""What became of a run since it was made, for machines."""

from __future__ import annotations

from typing import Any

from gguplan.model.verification import Verification


def verification_as_dict(verification: Verification) -> dict[str, Any]:
    """The verdict, the files and what changed."""
    return {
        "identical": verification.identical,
        "command": verification.command,
        "scenarios": [
            {"name": scenario.name, "settings": list(scenario.settings)} for scenario in verification.scenarios
        ],
        "same_figures": verification.same_figures,
        "outputs": [
            {"name": output.name, "on_disk": output.on_disk, "comes_out": output.comes_out}
            for output in verification.outputs
        ],
        "changes": [
            {"kind": change.kind, "name": change.name, "before": change.before or None, "now": change.now or None}
            for change in verification.changes
        ],
    }
