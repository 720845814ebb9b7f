"""Files to keep: what ``--out`` of a command writes, with the record of the run, in one ZIP."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final, assert_never

from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.language import current_language
from gguplan.model.numbers_of_draws import DRAWS, SEED
from gguplan.runs.outputs import compare, page, proposal, run
from gguplan.runs.record import RECORD, written
from gguplan.runs.recorded_files import record_run
from gguplan.runs.request import Request, request_of
from gguplan.workbench.long.task import Task
from gguplan.workbench.short_names import short_name

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The moment of every file in a ZIP: the same task gives the same bytes."""


def product_of(task: Task, inputs: Sequence[ScenarioInputs]) -> tuple[str, bytes]:
    """The name of the file, after the command and the scenario, and its contents. Raises InputError."""
    command, packed = _product_of(task, inputs)
    return f"{'-'.join(filter(None, (command, short_name(task.title))))}.zip", packed


def _product_of(task: Task, inputs: Sequence[ScenarioInputs]) -> tuple[str, bytes]:
    language = current_language()
    scenario = inputs[-1]
    match task.kind:
        case "workbook":
            arguments = run.Arguments(workbook="gguplan.xlsx", municipality=_code(task, scenario))
            request = request_of("run", [scenario], arguments)
            return _zipped("gguplan-run", request, run.files(run.work_out(request), request))
        case "tables":
            request = request_of("run", [scenario], run.Arguments(csv="excel" if language == "nl" else "plain"))
            return _zipped("gguplan-run-csv", request, run.files(run.work_out(request), request))
        case "effects":
            request = request_of("compare", [inputs[0], scenario], compare.Arguments(workbook="gguplan-compare.xlsx"))
            return _zipped("gguplan-compare", request, compare.files(compare.work_out(request), request))
        case "page":
            request = request_of("page", inputs, page.Arguments(file="index.html", language=language))
            return _zipped("gguplan-page", request, page.files(page.work_out(request), request))
        case "proposal":
            return _proposal(inputs)
        case "spending" | "years" | "collapse" | "sweep":
            raise ValueError(task.kind)
        case _:
            assert_never(task.kind)


def _proposal(inputs: Sequence[ScenarioInputs]) -> tuple[str, bytes]:
    arguments = proposal.Arguments(
        file="voorstel.docx",
        language=current_language(),
        date=None,
        draws=DRAWS,
        seed=SEED,
    )
    # The paper is about the first, and holds the second beside it.
    request = request_of("proposal", list(reversed(inputs)), arguments)
    return _zipped("gguplan-proposal", request, proposal.files(proposal.work_out(request), request))


def _code(task: Task, scenario: ScenarioInputs) -> str | None:
    return task.municipality if task.municipality in scenario.population.index else None


def _zipped(name: str, request: Request, files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """A name, and files with their record, as the command would leave them in a folder."""
    record = next(iter(files)) + f".{RECORD}" if len(files) == 1 else RECORD
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in {**files, record: written(record_run(request, files))}.items():
            archive.writestr(zipfile.ZipInfo(file, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return name, packed.getvalue()
