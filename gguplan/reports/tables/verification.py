"""What became of a run since it was made, for machines."""

from __future__ import annotations

from typing import Any

from gguplan.model.verification import Verification


def verification_as_dict(found: Verification) -> dict[str, Any]:
    """The verdict, the files and what changed."""
    return {
        "identical": found.identical,
        "command": found.command,
        "scenarios": [{"name": one.name, "settings": list(one.settings)} for one in found.scenarios],
        "same_figures": found.same_figures,
        "outputs": [{"name": one.name, "on_disk": one.on_disk, "comes_out": one.comes_out} for one in found.outputs],
        "changes": [
            {"kind": one.kind, "name": one.name, "before": one.before or None, "now": one.now or None}
            for one in found.changes
        ],
    }
