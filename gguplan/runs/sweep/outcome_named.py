"""The column of an outcome that a user names, and whether it can be drawn."""

from __future__ import annotations

from pathlib import Path

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _
from gguplan.model.sweep.outcomes import MILLIONTHS
from gguplan.model.sweep.variants_in_turn import Followed
from gguplan.shipped import shown
from gguplan.visible_text import on_one_line
from gguplan.wording.suggestions import did_you_mean


def outcome_named(name: str, followed: Followed) -> str:
    """The column of an outcome that a user names. Raises InputError when there is none."""
    units = ("_cents", MILLIONTHS)
    columns = {
        column.removesuffix(unit): column for column in followed.columns for unit in units if column.endswith(unit)
    }
    if name in columns:
        return columns[name]
    known = list(columns)
    of_programmes = {f"{what}_{programme}" for what in ("to_pay", "available") for programme in followed.programmes}
    raise InputError(
        [
            Finding(
                Place(f"--outcome {on_one_line(name)}"),
                _("There is no outcome {name!r}.", name=name[:100]),
                did_you_mean(name, known)
                + _(
                    "Outcomes: {names}; and of a programme, such as {example}.",
                    names=", ".join(outcome for outcome in known if outcome not in of_programmes),
                    example=f"to_pay_{followed.programmes[0]}",
                ),
            )
        ]
    )


def fail_if_no_amount(column: str, chart: Path) -> None:
    """Raise InputError where a chart is asked for of an outcome that is a chance or a share."""
    if column.endswith(MILLIONTHS):
        what = _("{name} is no amount, and only amounts are drawn.", name=column.removesuffix(MILLIONTHS))
        remedy = _("Name an amount with --outcome, or leave --chart out.")
        raise InputError([Finding(Place(f"--chart {shown(chart)}"), what, remedy)])
