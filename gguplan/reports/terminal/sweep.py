"""A sweep on the terminal: what was varied, what came out, and what drives it; levers and uncertainties apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gguplan.fund.sweep_plan import Factor, Role
from gguplan.language import _, current_language, plural
from gguplan.model.sweep.one_at_a_time import Swing
from gguplan.model.sweep.result import SweepResult
from gguplan.model.sweep.variance_shares import Explained
from gguplan.reports.before_cascades import cascades_in_words
from gguplan.reports.terminal.console import console, table
from gguplan.reports.terminal.sweep_words import (
    amount,
    broken_path,
    no_shares_in_words,
    outcome_in_words,
    rounding_unit,
    shown,
    what_is_left_in_words,
    with_its_vat,
)
from gguplan.wording.amounts import format_number, share_in_percent
from gguplan.wording.population import inhabitants_line

if TYPE_CHECKING:
    from rich.table import Table

_PROBLEMS_SHOWN: Final = 3
_GAP: Final = 3
"""Between two columns of a table."""
_LONGEST_PATH: Final = 40


def print_sweep(result: SweepResult, outcome: str) -> None:
    """Print a sweep, with what drives one outcome (the name of a column)."""
    out = console()
    scenario = result.base
    out.print(scenario.title, style="bold", soft_wrap=True)
    out.print(_sample(result), soft_wrap=True)
    out.print(inhabitants_line(result.base.population), soft_wrap=True)
    for role, heading in _roles():
        factors = [factor for factor in result.plan.factors if factor.role == role]
        if factors:
            out.print()
            out.print(_factors(heading, factors, result.plan.sample == "grid"))
    out.print()
    out.print(_outcomes(result))
    out.print()
    name = outcome_in_words(result.base, outcome)
    out.print(
        _("One at a time, the rest as it is: {outcome}", outcome=name),
        style="bold",
        soft_wrap=True,
    )
    out.print(_("As it is: {amount}", amount=amount(outcome, result.alone.base(outcome), rounding_unit(result))))
    for role, heading in _roles():
        swings = [swing for swing in result.swings(outcome) if swing.factor.role == role]
        if swings:
            out.print()
            out.print(_swings(heading[0], swings, partial(amount, outcome, unit=rounding_unit(result)), out.width))
    _print_shares(result, outcome, out)
    for note in notes(result):
        out.print()
        out.print(note, soft_wrap=True)


def _swings(heading: str, swings: Sequence[Swing], in_words: Callable[[int], str], width: int) -> Table:
    """What each factor does; paths are broken at their dots and values at the arrow where there is no room."""
    ends = [(shown(swing.factor, swing.low), shown(swing.factor, swing.high)) for swing in swings]
    amounts = [
        [in_words(cents) for cents in (swing.low_cents, swing.high_cents, swing.high_cents - swing.low_cents)]
        for swing in swings
    ]
    headings = [heading, _("from → to"), _("at the first"), _("at the second"), _("difference")]
    taken = sum(max(map(len, column)) for column in zip(headings[2:], *amounts, strict=True))
    room = width - taken - _GAP * (len(headings) - 1)
    half = max(len(end) + len(" →") for both in ends for end in both)
    broken = [broken_path(swing.factor.name, room - half) for swing in swings]
    left = room - max(len(line) for path in broken for line in path.split("\n"))
    spans = [f"{low} → {high}" if len(f"{low} → {high}") <= left else f"{low} →\n{high}" for low, high in ends]
    return table(headings, [[*row] for row in zip(broken, spans, *zip(*amounts, strict=True), strict=True)], words=2)


def _print_shares(result: SweepResult, outcome: str, out: Any) -> None:
    explained = result.explained(outcome)
    if explained is None:
        return
    out.print()
    if not isinstance(explained, Explained):
        out.print(no_shares_in_words(explained, len(result.outcomes)), soft_wrap=True)
        return
    out.print(_("Of how much the outcome varies over all variants, each explains by itself"), style="bold")
    exact = result.plan.sample == "grid"
    for role, heading in _roles():
        rows = [
            [
                _path(share.factor),
                share_in_percent(share.share),
                *([] if exact else [share_in_percent(share.error)]),
            ]
            for share in explained.shares
            if share.factor.role == role
        ]
        if rows:
            headings = [heading[0], _("share"), *([] if exact else [_("standard error")])]
            out.print(table(headings, rows))
            out.print()
    out.print(what_is_left_in_words(explained), soft_wrap=True)


def _path(factor: Factor) -> str:
    return broken_path(factor.name, _LONGEST_PATH)


def _roles() -> tuple[tuple[Role, tuple[str, str]], ...]:
    return (
        ("lever", (_("Lever"), _("what the assembly decides"))),
        ("uncertainty", (_("Uncertainty"), _("what happens to it"))),
    )


def _sample(result: SweepResult) -> str:
    count = len(result.outcomes)
    if result.plan.sample == "grid":
        return plural(
            "{count} variant: every combination of the steps and choices",
            "{number} variants: every combination of the steps and choices",
            count,
            number=format_number(count),
        )
    if result.plan.sample == "sobol":
        return _(
            "{number} variants: a Sobol sequence over all values at once (seed {seed})",
            number=format_number(count),
            seed=result.followed.seed,
        )
    return _(
        "{number} variants: a Latin hypercube over all values at once (seed {seed})",
        number=format_number(count),
        seed=result.followed.seed,
    )


def _factors(heading: tuple[str, str], factors: Iterable[Factor], grid: bool) -> Table:
    rows = []
    for factor in factors:
        if factor.choices:
            rows.append(
                [
                    _path(factor),
                    with_its_vat(factor.name, "; ".join(shown(factor, text) for text in factor.choices)),
                    str(len(factor.choices)),
                ]
            )
            continue
        span = f"{shown(factor, factor.text(factor.low))} → {shown(factor, factor.text(factor.high))}"
        if factor.most_likely is not None:
            likeliest = shown(factor, factor.text(factor.most_likely))
            span = _("{span}, likeliest {value}", span=span, value=likeliest)
        rows.append([_path(factor), with_its_vat(factor.name, span), str(factor.levels) if grid else ""])
    headings = [f"{heading[0]}: {heading[1]}", _("values"), _("steps") if grid else ""]
    return table(headings if grid else headings[:2], [row if grid else row[:2] for row in rows], words=2)


def _outcomes(result: SweepResult) -> Table:
    made, unit = result.outcomes.made, rounding_unit(result)
    rows = []
    for name in result.main_outcomes:
        values = result.outcomes.column(name)
        values = values if made.all() else values[made] if made.any() else np.zeros(1, dtype=np.int64)
        middle = (len(values) - 1) // 2
        values.partition(middle)
        cents = (result.alone.base(name), values.min(), values[middle], values.max())
        rows.append([outcome_in_words(result.base, name), *(amount(name, int(cent), unit) for cent in cents)])
    return table([_("What comes out"), _("as it is"), _("lowest"), _("middle"), _("highest")], rows)


def _draws_ahead(result: SweepResult) -> list[str]:
    followed, notes = result.followed, []
    if followed.ahead:
        notes.append(
            _(
                "What is to come is drawn {draws} times (seed {seed}), the same for every variant.",
                draws=format_number(followed.draws_ahead),
                seed=followed.seed,
            )
        )
    if followed.cascades:
        notes.append(
            _(
                "The rates that municipalities accept are drawn {draws} times (seed {seed}), for each variant alike.",
                draws=format_number(followed.cascade_draws),
                seed=followed.seed,
            )
        )
    return notes


def notes(result: SweepResult) -> list[str]:
    """What a reader must know: what the outcomes leave out, and variants of which the sum cannot be made, and why."""
    left_out = [*_draws_ahead(result), *cascades_in_words(result.as_it_is)]
    count = int(np.count_nonzero(~result.outcomes.made))
    if not count:
        return left_out
    dutch = current_language() == "nl"
    reasons = [
        plural(
            "The sum of {count} variant cannot be made; its row is empty, and no shares are told.",
            "The sums of {number} variants cannot be made; their rows are empty, and no shares are told.",
            count,
            number=format_number(count),
        )
    ]
    reasons += [
        _("Variant {number}: {why}", number=number, why=reason[dutch])
        for number, reason in result.outcomes.problems(_PROBLEMS_SHOWN)
    ]
    return [*left_out, "\n".join(reasons)]
