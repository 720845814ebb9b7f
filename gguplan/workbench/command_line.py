"""The command line that does the same, to copy."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from gguplan.workbench.bases import Bases
from gguplan.workbench.bench import Answer
from gguplan.workbench.state import State, Variant


def command_line(command: str, variant: Variant, bases: Bases, more: Sequence[str] = (), option: str = "") -> str:
    """A command over a variant, as a shell takes it; `option` stands before the scenario where one is needed."""
    words = ["gguplan", command, *more, *filter(None, (option,)), bases.files[variant.base]]
    words += [word for setting in variant.settings for word in ("--set", setting)]
    return shlex.join(words)


def commands_of(answer: Answer, bases: Bases) -> list[str]:
    """What gives the figures of the page: the fund, who pays more or less, and one bill with its sum."""
    variant, baseline = answer.worked.variant, answer.baseline.variant
    lines = [command_line("run", variant, bases)]
    if variant.settings or variant.base != baseline.base:
        words = ["gguplan", "compare", bases.files[baseline.base], bases.files[variant.base]]
        words += [word for setting in variant.settings for word in ("--set", setting)]
        lines.append(shlex.join(words))
    if answer.state.municipality:
        lines.append(command_line("explain", variant, bases, [answer.state.municipality], "--scenario"))
    lines.append(command_line("serve", variant, bases))
    return lines


def command_lines(state: State, bases: Bases) -> list[str]:
    """What goes on with each variant of a state that has changes."""
    return [command_line("serve", variant, bases) for variant in state.variants if variant.settings]
