"""``gguplan estimate``: what one municipality pays."""

from __future__ import annotations

from typing import Annotated

import typer

from gguplan.commands.options import Json, Lang, ScenarioOption, Settings, command, find, print_json


@command
def estimate(
    municipality: Annotated[str, typer.Argument(help="Name or CBS code: Utrecht, GM0344, 344.")],
    scenario: ScenarioOption = "fonds-ggu-2020",
    settings: Settings = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Show the bill of one municipality, and what it consists of."""
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.model.bill import bill_of
    from gguplan.model.result import run

    inputs = read_scenario(scenario, settings or ())
    found = find(municipality, inputs.population)
    result = run(inputs)
    bill = bill_of(result, found.gm_code)
    credit = None
    if any(one.programme.underspend == "return" for one in result.by_programme):
        # Only then: a forecast takes longer than the bill itself.
        from gguplan.inputs.ledger.history import history_of
        from gguplan.inputs.ledger.readings import load_ledger
        from gguplan.model.spending import credit as credit_of
        from gguplan.model.spending import spending_of

        spending = spending_of(result, history_of(load_ledger()))
        credit = None if spending is None else credit_of(spending, result, found.gm_code)
    if as_json:
        from gguplan.reports.json_result import bill_as_dict

        print_json(bill_as_dict(result, bill, credit))
        return
    from gguplan.reports.estimate_text import print_estimate

    print_estimate(result, bill, credit)
