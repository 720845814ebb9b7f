"""``gguplan verify``: a run computed again from the record that it left."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gguplan.commands.answers import print_answer
from gguplan.commands.options import Json, Lang, command


@command
def verify(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder or file that --out wrote, or its record.")],
    as_json: Json = False,
    lang: Lang = None,
) -> int:
    """Compute a run again, and say whether it is identical.

    Ends with exit code 1 when something differs, and with 2 when the run cannot be certified.
    """
    from gguplan.reports.tables.verification import verification_as_dict
    from gguplan.reports.terminal.verification import print_verification
    from gguplan.runs.verification import verify as compute

    verification = compute(run)
    if as_json:
        print_answer("verify", verification_as_dict(verification))
    else:
        print_verification(verification)
    return 0 if verification.identical else 1
