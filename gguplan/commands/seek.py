"""``gguplan seek``: which value of one key reaches a goal."""

from __future__ import annotations

from typing import Annotated

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import Json, Lang, Seed, Settings, UnmetFindings, command, tell_unused
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
    settings: Settings = None,
    as_json: Json = False,
    lang: Lang = None,
) -> int | UnmetFindings:
    """Seek the value of one key that reaches a goal.

    Ends with exit code 1 when no value does.
    """
    from gguplan.findings import Findings, InputError
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
    from gguplan.inputs.goals import goal_of
    from gguplan.inputs.ledger.ledger_files import load_ledger
    from gguplan.inputs.ledger.realised_years import realised_years
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.inputs.scenario.unused import unused
    from gguplan.inputs.sweep.vary_option import factor_between
    from gguplan.reports.tables.seek import seek_as_dict
    from gguplan.reports.terminal.seek import print_seek
    from gguplan.runs.findings import unmet_findings
    from gguplan.runs.goal_seek import seek as sought_by
    from gguplan.runs.results import result_of

    base = read_scenario(scenario, settings or ())
    findings = Findings()
    factor, goal = factor_between(vary, base, findings), goal_of(until, base, findings)
    if factor is None or goal is None:
        raise InputError(findings.gathered)
    unmet = unmet_findings([base], [result_of(base)])
    sought = sought_by(base, factor, goal, realised_years(load_ledger()), steps, draws, seed)
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
    else:
        print_seek(sought)
        tell_unused(notes)
    return unmet or int(sought.search.never)
