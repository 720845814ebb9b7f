"""The column of an outcome that a user names."""

from __future__ import annotations

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _
from gguplan.model.sweep.variants_in_turn import Followed
from gguplan.visible_text import on_one_line
from gguplan.wording.suggestions import did_you_mean


def outcome_named(name: str, followed: Followed) -> str:
    """The column of an outcome that a user names. Raises InputError when there is none."""
    known = [column.removesuffix("_cents") for column in followed.columns if column.endswith("_cents")]
    if name in known:
        return f"{name}_cents"
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
