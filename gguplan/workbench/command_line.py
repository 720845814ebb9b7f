"""The command line that does the same, to copy."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from gguplan.workbench.bases import Bases
from gguplan.workbench.bench import Answer, Bench, Worked
from gguplan.workbench.state import State


def command_line(command: str, worked: Worked, bases: Bases, more: Sequence[str] = (), option: str = "") -> str:
    """A command over a variant, without the changes in it that are wrong, as a shell takes it; `option` stands before
    the scenario where one is needed."""
    words = ["gguplan", command, *more, *filter(None, (option,)), bases.files[worked.variant.base]]
    return shlex.join([*words, *_settings(worked)])


def commands_of(answer: Answer, bases: Bases) -> list[str]:
    """What gives the figures of the page: the fund, who pays more or less, and one bill with its sum."""
    worked, baseline = answer.worked, answer.baseline
    lines = [command_line("run", worked, bases)]
    if worked.settings or worked.variant.base != baseline.variant.base:
        lines.append(command_line("compare", worked, bases, [bases.files[baseline.variant.base]]))
    if answer.state.municipality:
        lines.append(command_line("explain", worked, bases, [answer.state.municipality], "--scenario"))
    lines.append(command_line("serve", worked, bases))
    return lines


def command_lines(state: State, bench: Bench) -> list[str]:
    """What goes on with each variant of a state that has changes."""
    variants = (bench.worked(variant) for variant in state.variants if variant.settings)
    return [command_line("serve", worked, bench.bases) for worked in variants]


def _settings(worked: Worked) -> list[str]:
    return [word for setting in worked.settings for word in ("--set", setting)]
