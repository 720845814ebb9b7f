"""What became of a run since it was made, for machines."""

from __future__ import annotations

from typing import Any, assert_never

from msgspec.structs import asdict

from gguplan.model.verification import (
    ByteDiffers,
    CellDiffers,
    Difference,
    LineDiffers,
    SavedAnew,
    SheetDiffers,
    ValueDiffers,
    Verification,
)


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
            {
                "name": output.name,
                "on_disk": output.on_disk,
                "comes_out": output.comes_out,
                "difference": None if output.difference is None else _difference_as_dict(output.difference),
            }
            for output in verification.outputs
        ],
        "changes": [
            {"kind": change.kind, "name": change.name, "before": change.before or None, "now": change.now or None}
            for change in verification.changes
        ],
    }


def _difference_as_dict(difference: Difference) -> dict[str, Any]:
    """Where a file first differs, by what it is that differs."""
    match difference:
        case ValueDiffers():
            kind = "value"
        case CellDiffers():
            kind = "cell"
        case SheetDiffers():
            kind = "sheet"
        case LineDiffers():
            kind = "line"
        case ByteDiffers():
            kind = "byte"
        case SavedAnew():
            kind = "saved anew"
        case _:
            assert_never(difference)
    return {"kind": kind, **asdict(difference)}
