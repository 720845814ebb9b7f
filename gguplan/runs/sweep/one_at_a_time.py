"""What each factor of a sweep does by itself, with a sum that cannot be made told where its value is written."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

from gguplan.findings import Findings
from gguplan.language import _, current_language
from gguplan.model.sweep.one_at_a_time import OneAtATime, ends_of, variants_one_at_a_time
from gguplan.runs.sweep.blocks import work_out_block
from gguplan.runs.sweep.variants import Task


def one_at_a_time(task: Task) -> OneAtATime:
    """Work every factor out by itself. Raises InputError, where its value is written, for a sum that cannot be made."""
    _number, outcomes = work_out_block(pickle.dumps(task), 0, variants_one_at_a_time(task.factors).tolist())
    ends = ends_of(task.factors)
    _fail_if_a_sum_cannot_be_made(task, ends, outcomes.problems[1:])
    return OneAtATime(task.factors, outcomes, ends)


def _fail_if_a_sum_cannot_be_made(
    task: Task, ends: Sequence[tuple[int, int]], problems: Sequence[tuple[str, str]]
) -> None:
    findings = Findings()
    for (position, value), (english, dutch) in zip(ends, problems, strict=True):
        if english:
            findings.add(
                task.places[position],
                _(
                    "With {value}: {what}",
                    value=task.factors[position].text(value)[:100],
                    what=dutch if current_language() == "nl" else english,
                ),
                _("Change the bounds or the choices."),
            )
    findings.raise_if_any()
