"""The scenarios side by side: each with what its municipalities pay and what one municipality pays."""

from __future__ import annotations

from msgspec import Struct

from gguplan.language import _, plural
from gguplan.wording.amounts import format_euros
from gguplan.workbench.answers.fund import amounts_of
from gguplan.workbench.answers.titles import titles_of
from gguplan.workbench.answers.written import difference
from gguplan.workbench.bench import Answer, Worked


class ScenarioLine(Struct, frozen=True):
    """One scenario; `number` counts from 1, and is 0 for the baseline."""

    number: int
    title: str
    changes: str
    is_shown: bool
    paid: str
    available: str
    own: str
    effect: str
    more: str
    less: str


def scenario_lines(answer: Answer) -> list[ScenarioLine]:
    """The baseline, and then each scenario."""
    named = enumerate(zip(answer.variants, titles_of(answer.variants), strict=True), start=1)
    baseline = _line(answer, 0, answer.baseline, answer.baseline.result.fund_year.title)
    return [baseline, *(_line(answer, number, worked, title) for number, (worked, title) in named)]


def _line(answer: Answer, number: int, worked: Worked, title: str) -> ScenarioLine:
    bills, code = answer.carried[number], answer.state.municipality
    place = bills.later.index.get(code)
    effect = more = less = "–"
    if number:
        comparison = answer.comparisons[number - 1]
        up, down, _same = comparison.by_direction()
        more, less = str(up.municipalities), str(down.municipalities)
        if place is not None:
            effect = difference(int(comparison.effects[place]))
    changes = len(worked.settings)
    return ScenarioLine(
        number,
        title,
        plural("{count} change", "{count} changes", changes) if changes else _("as in its file"),
        number == answer.state.shown + 1,
        format_euros(amounts_of(worked.result)["to_pay_cents"]),
        format_euros(worked.result.totals["available_net_cents"]),
        "–" if place is None else format_euros(int(bills.to_pay[place])),
        effect,
        more,
        less,
    )
