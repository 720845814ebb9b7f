"""The command that answers the next question about a municipality, ready to copy."""

from __future__ import annotations

import shlex

from gguplan.fund.fund_year import FundYear


def command_for(command: str, municipality: str, base: FundYear, *more: str) -> str:
    """A command on one municipality in this scenario, with the same settings, as it is typed in a shell."""
    words = ["gguplan", command, municipality, "--scenario", base.origin.name]
    words += [word for setting in base.origin.settings for word in ("--set", setting)]
    return shlex.join([*words, *more])
