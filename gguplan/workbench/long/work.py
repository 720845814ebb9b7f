"""What the process does: the same as the commands do, with the same functions."""

from __future__ import annotations

import contextlib
import io
import os
import re
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final, assert_never

from gguplan.findings import InputError
from gguplan.language import set_language
from gguplan.workbench.long.task import Done, Progress, Refused, Shown, Task

if TYPE_CHECKING:
    from gguplan.inputs.scenario.reading import ScenarioInputs
    from gguplan.reports.charts.drawing import Picture

_COLUMNS = "100"
_SEE_A_COMMAND: Final = re.compile(r"\s*(See|Zie) gguplan [a-z]+( [0-9]{4})?\.")
"""What a sentence of the command line refers to: on the page no commands are typed."""

Tell = Callable[[Progress], None]


def work(task: Task, teller: Connection) -> None:
    """Work a task out and tell what comes of it; the first function of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Less urgent than the answers on the page.
    with contextlib.suppress(OSError, AttributeError):
        os.nice(5)
    os.environ["COLUMNS"] = _COLUMNS
    set_language(task.language)
    try:
        teller.send(outcome_of(task, teller.send))
    except InputError as error:
        teller.send(Refused(tuple(f"{finding.what} {finding.remedy}" for finding in error.findings)))
    finally:
        teller.close()


def outcome_of(task: Task, tell: Tell) -> Done:
    """What comes of a task. Raises InputError."""
    from gguplan.inputs.scenario.reading import read_scenario

    inputs = [read_scenario(file, settings) for file, settings in task.scenarios]
    match task.kind:
        case "spending":
            return _spending(inputs[-1])
        case "years":
            return _years(inputs[-1])
        case "collapse":
            return _collapse(inputs[-1])
        case "sweep":
            return _sweep(inputs[-1], task, tell)
        case "workbook" | "tables" | "effects" | "page" | "proposal":
            from gguplan.workbench.long.products import product_of

            return Done(file=product_of(task, inputs))
        case _:
            assert_never(task.kind)


def _printed(show: Callable[[], None]) -> str:
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        show()
    return text.getvalue()


def _shown(picture: Picture) -> Shown:
    from gguplan.reports.charts.drawing import svg_of

    return Shown(picture.title, picture.alt, svg_of(picture))


def _spending(inputs: ScenarioInputs) -> Done:
    from gguplan.reports.charts.underspend import spending_chart
    from gguplan.reports.terminal.run import spending_in_words
    from gguplan.runs.outputs.run import Arguments, work_out
    from gguplan.runs.request import request_of

    worked = work_out(request_of("run", [inputs], Arguments()))
    if worked.spending is None:
        return Done()
    words = _SEE_A_COMMAND.sub("", spending_in_words(worked.spending, worked.result.population))
    return Done(words, (_shown(spending_chart(worked.spending, worked.result.fund_year.title)),))


def _years(inputs: ScenarioInputs) -> Done:
    from gguplan.language import _
    from gguplan.model.numbers_of_draws import DRAWS, SEED
    from gguplan.reports.charts.years import balance_chart
    from gguplan.reports.terminal.horizon import print_horizon
    from gguplan.runs.outputs.horizon import Arguments, work_out
    from gguplan.runs.request import request_of

    horizon = work_out(request_of("horizon", [inputs], Arguments(draws=DRAWS, seed=SEED)))
    title = _("The balance of {title}", title=horizon.title)
    expected, reserve = horizon.fund.expected, horizon.reserve.expected
    picture = balance_chart(
        horizon.years,
        expected.closing,
        *horizon.fund.between(),
        horizon.floor,
        title,
        opening=int(expected.opening[0]),
        reserve=(int(reserve.opening[0]), reserve.closing),
        reserve_floor=horizon.reserve.floor,
    )
    return Done(_printed(lambda: print_horizon(horizon, [])), (_shown(picture),))


def _collapse(inputs: ScenarioInputs) -> Done:
    from gguplan.model.numbers_of_draws import CASCADE_DRAWS, SEED
    from gguplan.reports.charts.tipping import tipping_charts
    from gguplan.reports.terminal.participation import print_participation
    from gguplan.runs.cascades import cascades_of
    from gguplan.runs.results import result_of

    overview = cascades_of(inputs, result_of(inputs), CASCADE_DRAWS, SEED)
    pictures = tuple(_shown(picture) for picture in tipping_charts(overview).values()) if overview.cascades else ()
    return Done(_printed(lambda: print_participation(overview)), pictures)


def _sweep(inputs: ScenarioInputs, task: Task, tell: Tell) -> Done:
    from gguplan.inputs.ledger.ledger_files import load_ledger
    from gguplan.inputs.ledger.realised_years import realised_years
    from gguplan.inputs.sweep.plan import read_plan
    from gguplan.model.sweep.all_outcomes import in_memory
    from gguplan.model.sweep.design import design_of
    from gguplan.model.sweep.result import SweepResult
    from gguplan.reports.charts.sensitivity_files import tornado_picture
    from gguplan.reports.terminal.sweep import print_sweep
    from gguplan.runs.sweep.blocks import blocks_of
    from gguplan.runs.sweep.one_at_a_time import one_at_a_time
    from gguplan.runs.sweep.processes import Workers, work_out
    from gguplan.runs.sweep.variants import task_of
    from gguplan.workbench.long.base_of_a_sweep import as_it_stands

    inputs = as_it_stands(inputs)
    plan = read_plan(inputs, task.vary)
    codes = (task.municipality,) if task.municipality in inputs.population.index else ()
    history = realised_years(load_ledger()) if plan.varies("horizon") else ()
    sweep = task_of(inputs, plan, codes, history, 0, 1)
    design = design_of(plan, 1)
    blocks = blocks_of(sweep, design)
    done, count = {}, 0
    for number, outcomes in work_out(sweep, blocks, Workers(processes=1)):
        done[number] = outcomes
        count += len(outcomes)
        tell(Progress(count, len(design)))
    result = SweepResult(
        inputs.fund_year,
        sweep.followed,
        plan,
        design,
        in_memory([done[number] for number in sorted(done)]),
        one_at_a_time(sweep),
    )
    column = result.default_outcome
    printed = _printed(lambda: print_sweep(result, column))
    return Done(printed, (_shown(tornado_picture(result, column)),))
