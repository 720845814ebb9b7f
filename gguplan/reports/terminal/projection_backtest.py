"""How far projections of the inhabitants were off, on the terminal."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, assert_never

from gguplan.language import _, listed_with_and
from gguplan.model.population.backtest import (
    LEVELS,
    NAIVE,
    USED,
    Backtest,
    Comparison,
    RuleName,
    ScoredRule,
    TotalRule,
    against_naive_rules,
    compare,
    score,
    total_errors,
)
from gguplan.model.population.history import History
from gguplan.model.population.projection import SIZE_CLASSES
from gguplan.reports.terminal.console import console, table
from gguplan.wording.amounts import decimals

if TYPE_CHECKING:
    from rich.table import Table


def print_projection_backtest(history: History, tested: Backtest) -> None:
    """Print how far each rule was off that was `tested` on a history."""
    out = console()
    out.print(
        _(
            "The inhabitants of {first} to {last}, projected from every earlier year with what was known then, beside "
            "what was counted since",
            first=history.years[2],
            last=history.years[-1],
        ),
        style="bold",
        soft_wrap=True,
    )
    out.print(_scores(tested))
    out.print(
        _(
            "Error: the mean distance between the projected and the counted share, in per cent of the counted; bias: "
            "by how much more was projected. ± is one standard error. In 50, 80 and 90 %: how often the intervals "
            "made then held what was counted, in per cent."
        ),
        soft_wrap=True,
    )
    for sentence in verdict_in_words(tested):
        out.print(f"• {sentence}", soft_wrap=True)
    out.print()
    out.print(
        _(
            "Every rule that was tried: its error over all municipalities, and the error of the rule that is used less "
            "its own, furthest ahead"
        ),
        style="bold",
        soft_wrap=True,
    )
    out.print(_rules(tested))
    out.print()
    out.print(_("The inhabitants of the country: mean error in per cent"), style="bold", soft_wrap=True)
    out.print(_totals(history))


def rule_in_words(rule: ScoredRule) -> str:
    """What a rule says."""
    match rule:
        case "last_share":
            return _("last share stays")
        case "linear_trend":
            return _("linear trend")
        case "linear_trend_from_last":
            return _("linear trend from the last share")
        case "mean_growth":
            return _("mean growth goes on")
        case "damped_growth":
            return _("mean growth, damped by 0.8 a year")
        case "regressed_growth":
            return _("growth regressed on earlier growth")
        case "shrunk_to_province":
            return _("shrunk growth, towards the province")
        case "shrunk_to_class":
            return _("shrunk growth, towards the size class")
        case "shrunk_growth_even":
            return _("shrunk growth, all years alike")
        case "shrunk_growth":
            return _("shrunk growth, recent years first")
        case "chosen_by_the_past":
            return _("at each origin the best rule until then")
        case _:
            assert_never(rule)


def total_rule_in_words(rule: TotalRule) -> str:
    """What a rule says of the inhabitants of the country."""
    match rule:
        case "mean_growth":
            return _("mean growth goes on (used)")
        case "last_growth":
            return _("last growth goes on")
        case "same_total":
            return _("total stays")
        case _:
            assert_never(rule)


def class_in_words(size: int | None) -> str:
    """The name of a size class; None is all municipalities."""
    names = [_("below 20,000"), _("20,000 to 50,000"), _("50,000 to 100,000"), _("100,000 and more")]
    return _("all") if size is None else names[size]


def verdict_in_words(tested: Backtest) -> tuple[str, ...]:
    """Sentences: where the rule that is used beats each naive rule, where it does not, and where it cannot be told."""
    return tuple(
        sentence
        for rule, comparisons in against_naive_rules(tested).items()
        for sentence in _verdict(rule, comparisons)
    )


_SIZES = (None, *range(SIZE_CLASSES))


def _verdict(rule_name: RuleName, comparisons: tuple[Comparison, ...]) -> list[str]:
    worse = [comparison for comparison in comparisons if comparison.outcome == "worse"]
    undecided = [comparison for comparison in comparisons if comparison.outcome == "undecided"]
    values = {"rule": rule_in_words(USED), "naive": rule_in_words(rule_name), "all": len(comparisons)}
    sentences = [
        _(
            "{rule}: closer than {naive} in {count} of {all} combinations of size class and years ahead.",
            count=len(comparisons) - len(worse) - len(undecided),
            **values,
        )
    ]
    if worse:
        sentences.append(_("{naive} is closer for {where}.", where=_named(worse), **values))
    if undecided:
        sentences.append(
            _("Between {rule} and {naive} it cannot be told for {where}.", where=_named(undecided), **values)
        )
    return sentences


def _named(comparisons: list[Comparison]) -> str:
    return listed_with_and(
        _("{size} ({years} ahead)", size=class_in_words(comparison.size), years=comparison.horizon)
        for comparison in comparisons
    )


def _scores(tested: Backtest) -> Table:
    """The rule that is used beside the naive ones, by size class and years ahead."""
    rows = []
    for size in _SIZES:
        for horizon in tested.horizons:
            used = score(tested, USED, horizon, size)
            if not used.origins:
                continue
            rows.append(
                [
                    class_in_words(size),
                    str(horizon),
                    _with_error(used.error, used.error_se),
                    *(decimals(score(tested, rule, horizon, size).error, 2) for rule in NAIVE),
                    _with_error(used.bias, used.bias_se, "+"),
                    *(("–",) * len(LEVELS) if used.coverage is None else _percents(used.coverage)),
                ]
            )
    headings = [
        _("inhabitants"),
        _("years ahead"),
        _("error"),
        *map(rule_in_words, NAIVE),
        _("bias"),
        *(_("in {percent} %", percent=round(100 * level)) for level in LEVELS),
    ]
    return table(headings, rows)


def _rules(tested: Backtest) -> Table:
    """The mean error of every rule that was tried, over all municipalities."""
    horizons = tested.horizons
    rows = []
    for rule in tested.scored:
        apart = compare(tested, rule, horizons[-1], None)
        rows.append(
            [
                rule_in_words(rule),
                *(decimals(score(tested, rule, horizon, None).error, 3) for horizon in horizons),
                "" if rule == USED else _with_error(apart.difference, apart.standard_error, "+", 3),
            ]
        )
    headings = [_("rule"), *(_("{years} ahead", years=horizon) for horizon in horizons), _("used less this")]
    return table(headings, rows)


def _totals(history: History) -> Table:
    """The mean error of the inhabitants of the country."""
    rows = [
        [total_rule_in_words(rule), *(decimals(error, 2) for error in errors.tolist())]
        for rule, errors in total_errors(history).items()
    ]
    horizons = range(1, len(rows[0]))
    return table([_("rule"), *(_("{years} ahead", years=year) for year in horizons)], rows)


def _with_error(value: float, error: float, sign: str = "", places: int = 2) -> str:
    shown = decimals(value, places)
    if sign and value >= 0:
        shown = sign + shown
    return f"{shown} ± {decimals(error, places)}" if isfinite(error) else shown


def _percents(parts: tuple[float, ...]) -> list[str]:
    return [decimals(100 * part, 0) for part in parts]
