"""A sum as a tree on the terminal."""

from __future__ import annotations

from gguplan.fund.steps.step import Step
from gguplan.reports.terminal.console import console
from gguplan.wording.steps.step import line_in_words


def print_explanation(step: Step) -> None:
    """Print the tree; lines are not broken, so that a sum can be copied whole."""
    from rich.text import Text
    from rich.tree import Tree

    def grow(branch: Tree, behind: tuple[Step, ...]) -> None:
        for step in behind:
            grow(branch.add(Text(line_in_words(step.line))), step.behind)

    tree = Tree(Text(line_in_words(step.line), style="bold"))
    grow(tree, step.behind)
    console(width_in_a_pipe=10_000).print(tree)
