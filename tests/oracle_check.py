"""One random scenario worked out by gguplan and by the oracle, and where the two differ."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from gguplan.findings import InputError
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.model.explanation.tree import explain
from gguplan.model.result import ProgrammeResult
from gguplan.runs.results import result_of
from gguplan.wording.steps.step import line_in_words
from tests.oracle import CannotBeMadeError, Money, Programme, half_up, money_of
from tests.random_scenarios import RandomScenario


@dataclass
class Check:
    """How many amounts were compared, what was refused, and every difference in words."""

    amounts: int = 0
    refused: list[str] = field(default_factory=list)
    lapsed: list[str] = field(default_factory=list)
    mixtures: int = 0
    differences: list[str] = field(default_factory=list)

    def same(self, what: str, computed: object, expected: object) -> None:
        """Compare one amount, or a row of them."""
        self.amounts += len(expected) if isinstance(expected, list) else 1
        if computed != expected:
            self.differences.append(f"{what}: gguplan {computed}, oracle {expected}")


def check(scenario: RandomScenario, folder: Path) -> Check:
    """Work a scenario out in both ways. What the one refuses the other must refuse, for the same reason."""
    checked, expected = Check(), {}
    for name, programme in scenario.programmes.items():
        try:
            expected[name] = money_of(programme, scenario.inhabitants, scenario.days)
        except CannotBeMadeError as reason:
            checked.refused.append(str(reason))
    try:
        result = result_of(read_scenario(scenario.written(folder), population=scenario.population))
    except InputError as error:
        findings = [finding.what for finding in error.findings]
        # What is found while reading keeps the sums from being made.
        unexpected = [what for what in findings if not any(reason in what for reason in checked.refused)]
        if unexpected or not checked.refused:
            checked.differences.append(f"gguplan refuses {findings}, oracle {checked.refused}")
        return checked
    if checked.refused:
        checked.differences.append(f"gguplan refuses nothing, oracle {checked.refused}")
        return checked
    for worked_out in result.by_programme:
        name = worked_out.name
        compare(checked, worked_out, expected[name], scenario.programmes[name], scenario.days)
    first = result.population.municipalities[0]
    paid = sum(money.contributions[0] - money.refunds[0] for money in expected.values())
    explained = explain(result, first.gm_code)
    checked.same(f"explain {first.name}", explained.cents, paid)
    for own_sum in explained.behind[1:]:
        for step in own_sum.behind:
            text = line_in_words(step.line)
            if (redone := done_again(text)) is not None:
                checked.same(text, *redone)
    return checked


_SUM = re.compile(
    r"€(?P<amount>[\d,.]+)( × (?P<inhabitants>[\d,]+) inhabitants)?( × (?P<days>\d+) ÷ (?P<of>\d+))?"
    r"( − €(?P<before>[\d,.]+))? = €(?P<result>[\d,.]+)"
)
"""An amount or a rate × days ÷ days, less what was taken off before: as `explain` writes it in English."""


def done_again(text: str) -> tuple[int, int] | None:
    """Cents that a line of `explain` says an opt-out or a fixed amount comes to, and what its own sum comes to."""
    if not text.startswith(("outside this programme", "fixed amount")) or (match := _SUM.search(text)) is None:
        return None
    figures = {
        name: Fraction(number.replace(",", "")) for name, number in match.groupdict(default="").items() if number
    }
    exact = 100 * figures["amount"] * figures.get("inhabitants", 1) * figures.get("days", 1) / figures.get("of", 1)
    return int(100 * figures["result"]), half_up(exact) - int(100 * figures.get("before", 0))


def compare(checked: Check, result: ProgrammeResult, money: Money, programme: Programme, days: int) -> None:
    participation = result.participation
    checked.same(f"{result.name} gross", result.budget.gross, money.gross)
    checked.same(f"{result.name} net", result.budget.net, money.net)
    checked.same(f"{result.name} contributions", participation.contributions.tolist(), money.contributions)
    checked.same(f"{result.name} refunds", participation.refunds.tolist(), money.refunds)
    checked.same(f"{result.name} drawn", participation.drawn, money.drawn)
    checked.same(f"{result.name} handed over", participation.handed_over, money.handed_over)
    checked.same(f"{result.name} available", participation.available, money.available)
    checked.same(f"{result.name} lapsed", participation.lapsed, money.lapsed)
    outside = [
        sum(len(opt_out.days) for opt_out in programme.opt_outs if place in opt_out.municipalities)
        for place in range(len(money.contributions))
    ]
    checked.same(f"{result.name} days outside", participation.days_outside.tolist(), outside)
    checked.lapsed += [money.lapsed] if money.lapsed else []
    kinds = [
        {opt_out.settlement for opt_out in programme.opt_outs if place in opt_out.municipalities}
        for place in range(len(outside))
    ]
    checked.mixtures += any(len(kind) > 1 for kind in kinds)
