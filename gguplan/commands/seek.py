"""``gguplan seek``: which value of one key reaches a goal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import (
    Csv,
    Force,
    Json,
    Lang,
    Seed,
    Settings,
    UnmetFindings,
    command,
    tell_unused,
    typed_language,
)
from gguplan.model.numbers_of_draws import DRAWS


@command
def seek(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario by name, or a file.")],
    vary: Annotated[str, typer.Option(metavar="PATH=LOW:HIGH", help="The key that may change, and between what.")],
    until: Annotated[
        str,
        typer.Option(
            metavar="GOAL", help='What is to come out: "chance_below_floor <= 5%", "bill Utrecht <= 1500000", ...'
        ),
    ],
    steps: Annotated[int, typer.Option(min=2, max=1_000, help="So many values are looked at first.")] = 17,
    draws: Annotated[int, typer.Option(min=100, max=100_000, help="How often what is uncertain is drawn.")] = DRAWS,
    seed: Seed = 1,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write what was found into this .xlsx file, or as CSV into this folder."),
    ] = None,
    csv: Csv = None,
    settings: Settings = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = None,
) -> int | UnmetFindings:
    """Seek the value of one key that reaches a goal.

    Ends with exit code 1 when no value does.
    """
    from gguplan.fund.goals import (
        Balance,
        Bill,
        ChanceBelowFloor,
        ChanceOfOverspend,
        PaidFor,
        TakingPart,
        Total,
        Underspend,
    )
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.inputs.scenario.unused import unused
    from gguplan.reports.tables.seek import seek_as_dict
    from gguplan.reports.terminal.seek import print_seek
    from gguplan.runs.arguments import arguments_of
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.outputs import seek as recipe
    from gguplan.runs.request import request_of
    from gguplan.runs.results import result_of
    from gguplan.runs.written_files import STANDARD_OUTPUT, table_arguments, write_out

    base = read_scenario(scenario, settings or ())
    form = table_arguments("seek", out, csv, typed_language(lang), force)
    arguments = arguments_of(
        recipe.Arguments, "--", vary=vary, until=until, steps=steps, draws=draws, seed=seed, **form
    )
    request = request_of("seek", [base], arguments)
    sought = recipe.work_out(request)
    goal = sought.goal
    unmet = unmet_findings([base], [result_of(base)])
    if out is not None:
        write_out(out, sought, request, typed_language(lang), force)
    uses: tuple[str, ...]
    match goal.outcome:
        case Balance() | ChanceBelowFloor():
            uses = ("horizon", "realisation", "cascades")
        case Underspend() | ChanceOfOverspend():
            uses = ("realisation",)
        case TakingPart():
            uses = ("cascades",)
        case Total() | Bill() | PaidFor():
            uses = ()
    notes = unused(base, "seek", uses, (vary,))
    if as_json:
        print_answer("seek", seek_as_dict(sought, notes))
    elif out != STANDARD_OUTPUT:
        print_seek(sought)
        tell_unused(notes)
    return unmet or int(sought.search.never)
