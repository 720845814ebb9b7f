"""What bodies without inhabitants pay, and what changes for them, in sentences beside those on municipalities."""

from __future__ import annotations

import numpy as np

from gguplan.fund.bodies import bodies_of
from gguplan.language import _
from gguplan.model.comparison import Comparison
from gguplan.model.result import RunResult
from gguplan.wording.amounts import format_euros
from gguplan.wording.bodies import kind_in_words


def paid_by_bodies(result: RunResult) -> list[str]:
    """What each body pays; nothing where only municipalities pay."""
    index, to_pay = result.population.index, result.to_pay
    return [
        _(
            "{name} ({kind}) pays {amount}.",
            name=body.name,
            kind=kind_in_words(body.kind),
            amount=format_euros(int(to_pay[index[body.gm_code]])),
        )
        for body in bodies_of(result.population)
    ]


def changes_for_bodies(comparison: Comparison) -> list[str]:
    """What changes for each body; nothing where only municipalities pay."""
    index = comparison.population.index
    before, after = comparison.baseline.to_pay, comparison.scenario.to_pay
    return [
        _(
            "{name} ({kind}): {before} becomes {after}.",
            name=body.name,
            kind=kind_in_words(body.kind),
            before=format_euros(int(before[index[body.gm_code]])),
            after=format_euros(int(after[index[body.gm_code]])),
        )
        for body in bodies_of(comparison.population)
    ]


def of_municipalities(result: RunResult) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The places of the municipalities, without other bodies."""
    return np.flatnonzero(~result.population.is_body)
