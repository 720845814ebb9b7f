"""``gguplan participation``: who takes part, and how it may go on."""

from __future__ import annotations

from typing import Annotated

import typer

from gguplan.commands.options import Json, Lang, Seed, Settings, command, print_json


@command
def participation(
    scenario: Annotated[str, typer.Argument(help="A shipped scenario by name, or a file.")],
    draws: Annotated[int, typer.Option(min=1, max=100_000, help="How often the limits are drawn.")] = 10_000,
    seed: Seed = 1,
    settings: Settings = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Show who takes part, with thresholds and cascades."""
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.model.participation.story import tell
    from gguplan.model.result import run
    from gguplan.reports.participation_text import participation_as_dict, print_participation

    story = tell(run(read_scenario(scenario, settings or ())), draws, seed)
    if as_json:
        print_json(participation_as_dict(story))
        return
    print_participation(story)
