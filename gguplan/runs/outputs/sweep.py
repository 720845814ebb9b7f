"""The files of ``gguplan sweep``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from gguplan.atomic_files import Content
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.strict_model import StrictModel
from gguplan.inputs.sweep.plan import read_plan
from gguplan.model.sweep.all_outcomes import AllOutcomes, in_memory
from gguplan.model.sweep.design import design_of
from gguplan.model.sweep.outcomes import Outcomes
from gguplan.model.sweep.result import SweepResult
from gguplan.reports.tables import sweep as sweep_table
from gguplan.runs.outputs.payer_code import PayerCode
from gguplan.runs.record import FileName
from gguplan.runs.request import Request
from gguplan.runs.sweep.blocks import blocks_of, in_order
from gguplan.runs.sweep.one_at_a_time import one_at_a_time
from gguplan.runs.sweep.processes import Workers
from gguplan.runs.sweep.processes import work_out as work_out_blocks
from gguplan.runs.sweep.variants import task_of

HAS_WORDS: Final = False


class Arguments(StrictModel):
    """What varies, whose bill is followed, and the file, or None for the tables in a folder."""

    file: FileName | None
    vary: Annotated[tuple[str, ...], Field(strict=False)]
    municipalities: Annotated[tuple[PayerCode, ...], Field(strict=False)]
    draws: Annotated[int, Field(ge=0, le=100_000)] = 0
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)]
    csv: Literal["plain", "excel"] = "plain"


def work_out(request: Request) -> SweepResult:
    """Every variant, by as many processes as there is work for."""
    (base,) = request.scenarios
    arguments: Arguments = request.arguments
    if not set(arguments.municipalities) <= base.population.index.keys():
        raise ValueError(arguments.municipalities)
    plan = read_plan(base, arguments.vary, sweep_table.largest(Path(arguments.file or "")))
    history = realised_years(load_ledger()) if arguments.draws or plan.varies("horizon") else ()
    task = task_of(base, plan, arguments.municipalities, history, arguments.draws, arguments.seed)
    design = design_of(plan, arguments.seed)

    def in_turn() -> Iterator[Outcomes]:
        return in_order(work_out_blocks(task, blocks_of(task, design), Workers()))

    if sweep_table.in_parts(Path(arguments.file or "")):
        # It is gone through once: the variants are worked out as they are written.
        outcomes = AllOutcomes(task.followed.columns, len(design), in_turn)
    else:
        outcomes = in_memory(list(in_turn()))
    return SweepResult(base.fund_year, task.followed, plan, design, outcomes, one_at_a_time(task))


def files(result: SweepResult, request: Request) -> dict[str, Content]:
    """One table of all variants, a workbook, or in a folder all tables."""
    out = Path(request.arguments.file or "")
    if out.suffix.lower() == ".xlsx":
        from gguplan.reports.workbook.sweep_book import sweep_workbook

        return {out.name: sweep_workbook(result)}
    made = sweep_table.files(result, out, request.arguments.csv)
    return {file.name: content for file, content in made.items()}
