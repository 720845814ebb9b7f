"""What each scenario on the page is called: copies of one have a number behind its title."""

from __future__ import annotations

from collections.abc import Sequence

from gguplan.workbench.bench import Answer, Worked


def titles_of(variants: Sequence[Worked]) -> list[str]:
    """The title of each scenario, no two alike."""
    titles: list[str] = []
    for variant in variants:
        title = variant.result.fund_year.title
        numbered = (f"{title} ({number})" for number in range(2, len(variants) + 2))
        titles.append(title if title not in titles else next(name for name in numbered if name not in titles))
    return titles


def title_of(answer: Answer) -> str:
    """That of the scenario that is worked on."""
    return titles_of(answer.variants)[answer.state.shown]
