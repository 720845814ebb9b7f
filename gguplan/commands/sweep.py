"""``gguplan sweep``: many variants of a scenario, and what drives what comes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import (
    Chart,
    Csv,
    Force,
    Json,
    Lang,
    Seed,
    Settings,
    UnmetFindings,
    command,
    find,
    tell_unused,
    typed_language,
)
from gguplan.commands.streams import INTERRUPTED, tell

if TYPE_CHECKING:
    from gguplan.atomic_files import Content
    from gguplan.model.sweep.all_outcomes import AllOutcomes
    from gguplan.model.sweep.design import Design
    from gguplan.model.sweep.outcomes import Outcomes
    from gguplan.runs.sweep.kept_blocks import Kept
    from gguplan.runs.sweep.processes import Workers
    from gguplan.runs.sweep.variants import Task


@command
def sweep(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario by name, or a file.")],
    vary: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH=VALUES", help="Vary a key: low:high:steps, or a,b,c; may be repeated."),
    ] = None,
    municipality: Annotated[
        list[str] | None, typer.Option("--municipality", "-m", help="Follow its bill; may be repeated.")
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(help="What to tell the drivers of; else the first bill asked for.")
    ] = None,
    draws: Annotated[int, typer.Option(min=0, max=100_000, help="Forecast the underspend, with so many draws.")] = 0,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="An .xlsx, .csv or .parquet file, or a folder for all tables.")
    ] = None,
    csv: Csv = None,
    chart: Chart = None,
    workers: Annotated[int | None, typer.Option(min=1, max=1024, help="How many processes; else as needed.")] = None,
    cluster: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Work over a Dask cluster.")] = None,
    seed: Seed = 1,
    settings: Settings = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> int | UnmetFindings:
    """Work out many variants, and tell what drives the result.

    Without --vary the table [sweep] of the scenario says what varies. With --out a sweep that is interrupted goes on
    where it was when the same command is given again.
    """
    from gguplan.inputs.ledger.ledger_files import load_ledger
    from gguplan.inputs.ledger.realised_years import realised_years
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.inputs.scenario.unused import unused
    from gguplan.inputs.sweep.plan import read_plan
    from gguplan.language import _, current_language, written_in
    from gguplan.model.sweep.design import design_of
    from gguplan.model.sweep.result import SweepResult
    from gguplan.reports.tables.sweep import SUFFIXES, check_out, largest, targets
    from gguplan.reports.tables.sweep_json import sweep_as_dict
    from gguplan.reports.terminal.sweep import print_sweep
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.output_files import fail_if_not_free, write_paths
    from gguplan.runs.outputs import sweep as recipe
    from gguplan.runs.recorded_files import fail_if_not_recordable, in_folder, record_path, with_record
    from gguplan.runs.request import request_of
    from gguplan.runs.results import result_of
    from gguplan.runs.sweep.kept_blocks import Kept, beside, fingerprint
    from gguplan.runs.sweep.one_at_a_time import one_at_a_time
    from gguplan.runs.sweep.outcome_named import fail_if_no_amount, outcome_named
    from gguplan.runs.sweep.processes import Workers
    from gguplan.runs.sweep.variants import task_of
    from gguplan.runs.written_files import csv_form, fail_if_stated

    base = read_scenario(scenario, settings or ())
    unmet = unmet_findings([base], [result_of(base)])
    plan = read_plan(base, vary or (), largest(None if as_json else out))
    gm_codes = tuple(dict.fromkeys(find(name, base.population).gm_code for name in municipality or ()))
    history = realised_years(load_ledger()) if draws or plan.varies("horizon") else ()
    task = task_of(base, plan, gm_codes, history, draws, seed)
    column = None if outcome is None else outcome_named(outcome, task.followed)
    is_file = out is not None and out.suffix.lower() in SUFFIXES
    if out is None or (is_file and out.suffix.lower() != ".csv"):
        fail_if_stated(csv)
    if out is not None:
        check_out(out)
        fail_if_not_recordable(out)
        fail_if_not_free([*targets(out), record_path(out, folder=not is_file)], force, None if is_file else out)
    if chart is not None:
        from gguplan.runs.chart_files import check_chart_files

        check_chart_files([("--chart", chart)], force)
        fail_if_no_amount(column or task.followed.default_outcome, chart)
    alone = one_at_a_time(task)
    design = design_of(plan, seed)
    kept = None
    if out is not None:
        kept = Kept(beside(out), fingerprint(task, design, alone))
        kept.begin(force)
    outcomes = _work_out(task, design, Workers(workers, cluster), kept)
    if outcomes is None:
        return INTERRUPTED
    result = SweepResult(base.fund_year, task.followed, plan, design, outcomes, alone)
    column = column or result.default_outcome
    try:
        contents: dict[Path, Content] = {}
        if out is not None:
            file = out.name if is_file else None
            typed = typed_language(lang)
            arguments = recipe.Arguments(
                file=file,
                vary=tuple(vary or ()),
                municipalities=gm_codes,
                draws=draws,
                seed=seed,
                csv=csv_form(csv, typed),
            )
            request = request_of("sweep", [base], arguments)
            with written_in((typed or "nl") if out.suffix.lower() == ".xlsx" else current_language()):
                made = recipe.files(result, request)
                contents |= (
                    with_record(out, made[out.name], request) if is_file else in_folder(out, made, request, force)
                )
        if chart is not None:
            from gguplan.reports.charts.sensitivity_files import tornado_bytes

            contents[chart] = tornado_bytes(result, column, chart)
        if contents:
            write_paths(contents, force)
    except KeyboardInterrupt:
        _tell_interrupted(len(design), len(design), kept)
        return INTERRUPTED
    uses = {"horizon", "realisation"} if plan.varies("horizon") else {"realisation"} if draws else set()
    notes = unused(base, "sweep", uses, vary or ())
    if vary and base.scenario.sweep is not None:
        notes.insert(0, _("Not used here: [sweep], because --vary says what varies."))
    try:
        if as_json:
            print_answer("sweep", sweep_as_dict(result, column, notes))
        else:
            print_sweep(result, column)
            tell_unused(notes)
    finally:
        # What is shown is read from there too.
        if kept is not None:
            kept.remove()
    return unmet


def _work_out(task: Task, design: Design, workers: Workers, kept: Kept | None) -> AllOutcomes | None:
    """Every variant in order, those that are kept not again; None after an interruption, which is told."""
    import sys

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from gguplan.commands.cycles import search_as_usual
    from gguplan.commands.waiting import nothing_more
    from gguplan.language import _
    from gguplan.model.sweep.all_outcomes import in_memory
    from gguplan.runs.sweep.blocks import blocks_of
    from gguplan.runs.sweep.processes import work_out
    from gguplan.wording.amounts import format_number

    blocks = blocks_of(task, design)
    held: dict[int, Outcomes] = {}
    made = 0
    waiting = blocks if kept is None else kept.not_done(blocks, task.followed.columns)
    if len(waiting) < len(blocks):
        made = len(design) - sum(map(len, waiting.values()))
        count = format_number(made)
        tell(_("{count} variants were worked out before and are kept.", count=count))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    working = work_out(task, waiting, workers)
    screen = Console(file=sys.stderr, highlight=False)
    nothing_more()
    search_as_usual()
    try:
        with Progress(*columns, console=screen, transient=True, disable=not sys.stderr.isatty()) as progress:
            bar = progress.add_task(_("variants"), total=len(design), completed=made)
            for number, outcomes in working:
                if kept is None:
                    held[number] = outcomes
                else:
                    kept.keep(number, outcomes)
                made += len(outcomes)
                progress.advance(bar, len(outcomes))
    except KeyboardInterrupt:
        working.close()
        _tell_interrupted(made, len(design), kept)
        return None
    if kept is not None:
        return kept.together(blocks, len(design), task.followed.columns)
    return in_memory([held[number] for number in sorted(held)])


def _tell_interrupted(made: int, size: int, kept: Kept | None) -> None:
    """Say how many of all variants were worked out, and what became of them."""
    from gguplan.language import _
    from gguplan.wording.amounts import format_number

    count, all_variants = format_number(made), format_number(size)
    tell(_("Interrupted: {made} of {every} variants were worked out.", made=count, every=all_variants))
    if made and kept is None:
        tell(_("With --out they would have been kept."))
    elif made:
        tell(_("They are kept: give the same command again to go on."))
