"""From a state of the page to a long answer, and from what came of it to the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.sweep.plan import read_plan
from gguplan.language import _
from gguplan.workbench.answers.titles import title_of
from gguplan.workbench.bench import Bench, Worked
from gguplan.workbench.long.base_of_a_sweep import as_it_stands
from gguplan.workbench.long.jobs import Job
from gguplan.workbench.long.task import Done, Kind, Progress, Refused, Task
from gguplan.workbench.state import State


def task_of(kind: Kind, state: State, bench: Bench, vary: Sequence[str]) -> Task:
    """The task that asks this of what is worked on. Raises InputError while a change in it is wrong."""
    worked, baseline = bench.worked(state.variant), bench.worked(state.baseline)
    if worked.wrong:
        what = _("A change is wrong, so that this cannot be worked out.")
        raise InputError([Finding(Place(_("long answers")), what, _("Put it right, or take it back."))])
    ranges = tuple(filter(None, vary))
    if kind == "years" and worked.inputs.scenario.horizon is None:
        what = _("This scenario has no years ahead.")
        remedy = _("Fill in the last year and the reserve at its beginning, under the years ahead.")
        raise InputError([Finding(Place("lever-horizon.last"), what, remedy)])
    if kind == "sweep":
        # What varies is a mistake of who typed it: it is told at once, and not when a process has begun.
        _fail_if_no_plan(worked, ranges)
    is_other = worked.variant != baseline.variant or kind == "effects"
    scenarios = [_read(bench, variant) for variant in ([baseline, worked] if is_other else [worked])]
    title = title_of(bench.answer(state))
    return Task(kind, tuple(scenarios), state.language, state.municipality, ranges, title)


def _fail_if_no_plan(worked: Worked, ranges: Sequence[str]) -> None:
    """Raises InputError in the words of the page, on which nobody types an option."""
    try:
        read_plan(as_it_stands(worked.inputs), ranges)
    except InputError as error:
        raise InputError(
            [
                replace(finding, what=finding.what.replace("--vary ", ""), remedy=finding.remedy.replace("--vary ", ""))
                for finding in error.findings
            ]
        ) from None


def standing_of(job: Job) -> dict[str, Any]:
    """How a job stands, for the page: pictures and files have addresses of their own."""
    match job.outcome:
        case None:
            return {"state": "waiting" if job.process is None else "working", **_progress(job.progress)}
        case Refused(findings):
            return {"state": "refused", "findings": list(findings)}
        case Done(printed, pictures, file):
            return {
                "state": "done",
                "printed": printed,
                "pictures": [
                    {"title": picture.title, "words": picture.words, "address": f"/job/{job.identifier}/{number}.svg"}
                    for number, picture in enumerate(pictures)
                ],
                "file": None if file is None else {"name": file[0], "address": f"/job/{job.identifier}/file"},
            }


def _progress(progress: Progress | None) -> dict[str, int]:
    return {} if progress is None else {"done": progress.done, "total": progress.total}


def _read(bench: Bench, worked: Worked) -> tuple[str, tuple[str, ...]]:
    return bench.bases.files[worked.variant.base], worked.variant.settings
