"""A forecast on the terminal: each programme, all together, and what becomes of what is not spent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, assert_never

import numpy as np

from gguplan.language import _, plural
from gguplan.model.realisation.fit import PRESUMED_FROM, PRESUMED_SHARE
from gguplan.model.realisation.history_arrays import LeftOut, Limit, Reason
from gguplan.model.spending import CHANCES, Basis, Spending
from gguplan.model.volume_deviation import VolumeDeviation
from gguplan.model.volume_outlook import VolumeOutlooks
from gguplan.reports.beside_a_forecast import (
    beside_a_forecast,
    is_its_own,
    of_another_fund,
    provisional_in_words,
    rounding_unit,
)
from gguplan.reports.rounded_forecast import budgets_by_rule, expected_by_rule
from gguplan.reports.terminal.console import console, table
from gguplan.reports.terminal.volume_deviation import deviation_in_words
from gguplan.reports.terminal.volume_outlook import print_volume_outlooks
from gguplan.wording.amounts import decimals, format_about, format_number
from gguplan.wording.budget_kinds import budget_kind_in_words
from gguplan.wording.rounded_amounts import formatted_to
from gguplan.wording.underspend import rule_in_words

if TYPE_CHECKING:
    from rich.table import Table

    from gguplan.fund.municipalities import Population


_LOW, _MIDDLE, _HIGH = (CHANCES.index(chance) for chance in (0.1, 0.5, 0.9))
_SHOWN_LEFT_OUT: Final = 12
_SHOWN_UNSURE: Final = 3


def print_forecast(
    spending: Spending,
    heading: str,
    outlooks: VolumeOutlooks,
    deviations: Sequence[VolumeDeviation],
    population: Population | None,
) -> None:
    """Print a forecast under its heading, with volume and price of the programmes that have them: what is expected of
    them, or of a year that is known what they came to. `population` is who pays, where it is of a scenario."""
    out = console()
    out.print(heading, style="bold", soft_wrap=True)
    for sentence in short_answer(spending):
        out.print(sentence, soft_wrap=True)
    out.print()
    out.print(_programmes(spending))
    out.print()
    out.print(_rules(spending))
    for row in deviations:
        out.print()
        out.print(deviation_in_words(row), soft_wrap=True)
    print_volume_outlooks(out, outlooks, rounding_unit(spending))
    out.print()
    out.print(history_line(spending), soft_wrap=True)
    for sentence in of_another_fund(spending, population) if population is not None else ():
        out.print(sentence, soft_wrap=True)
    out.print(
        _(
            "80 % between: in eight of ten cases it lies there. The ends of sums come from {draws} draws (seed "
            "{seed}), with a standard error of {error} or less.",
            draws=format_number(spending.draws),
            seed=spending.seed,
            error=format_about(round(spending.total_error), rounding_unit(spending)),
        )
        if spending.total_error
        else _("80 % between: in eight of ten cases it lies there."),
        soft_wrap=True,
    )
    for sentence in limits_in_words(spending, population):
        out.print(f"• {sentence}", soft_wrap=True)


def short_answer(spending: Spending) -> list[str]:
    """How much is left over, how sure that is, and what would make it surer."""
    left, unit = spending.underspend, rounding_unit(spending)
    expected, budget = format_about(left.expected, unit), format_about(left.budget, unit)
    share = decimals(100 * left.expected / left.budget, 1) if left.budget else decimals(0, 1)
    not_final = provisional_in_words(spending, unit)
    if spending.known:
        values = {"expected": expected, "budget": budget, "share": share}
        if not_final:
            left_over = _("Left over, without VAT: {expected} of {budget} ({share} %). Nothing is forecast.", **values)
        else:
            left_over = _("Left over, without VAT: {expected} of {budget} ({share} %). All of it is known.", **values)
        return [left_over, *not_final]
    low, high = left.between()
    answer = [
        _(
            "Expected to be left over, without VAT: {expected} of {budget} ({share} %). In eight of ten cases it lies "
            "between {low} and {high}.",
            expected=expected,
            budget=budget,
            share=share,
            low=format_about(low, unit),
            high=format_about(high, unit),
        )
    ]
    answer += [*beside_a_forecast(spending, unit), *not_final]
    if low < 0:
        answer.append(
            _(
                "In {chance} of 100 cases the budgets together come short, with what others pay.",
                chance=format_number(round(100 * left.chance_of_overspend)),
            )
            if spending.has_uncertain_income
            else _(
                "In {chance} of 100 cases more is spent than there is in the budgets together.",
                chance=format_number(round(100 * left.chance_of_overspend)),
            )
        )
    answer += [
        _(
            "{programme} has a ceiling: in {chance} of 100 cases more is spent. What is above it comes out of the "
            "balance, unless [horizon] says otherwise (shortfall).",
            programme=ceiling.programme.title,
            chance=format_number(round(100 * ceiling.chance)),
        )
        for ceiling in spending.passed_ceilings()
    ]
    unsure = spending.unsure()
    if unsure:
        answer.append(
            plural(
                "Least is known of {programmes}: its interval is wider than a third of its budget.",
                "Least is known of {programmes}: their intervals are wider than a third of their budgets.",
                len(unsure),
                programmes=", ".join(programme.title for programme in unsure[:_SHOWN_UNSURE])
                + (" …" if len(unsure) > _SHOWN_UNSURE else ""),
            )
            + " "
            + _(
                "Who knows more states it in a scenario: [realisation.{name}] with between and source.",
                name=unsure[0].name,
            )
        )
    return answer


def history_line(spending: Spending) -> str:
    """What the forecast learnt from, in one line."""
    history = spending.history
    if not len(history.years):
        return _("History: none")
    programmes = plural("{count} programme", "{count} programmes", len(np.unique(history.programme)))
    return plural(
        "Estimated from {observations} budgets of {first} with what was realised, of {programmes}",
        "Estimated from {observations} budgets of {first} to {last} with what was realised, of {programmes}",
        len(history.years),
        first=int(history.years[0]),
        last=int(history.years[-1]),
        observations=format_number(len(history.year)),
        programmes=programmes,
    )


def basis_in_words(basis: Basis) -> str:
    """What the forecast of a programme rests on."""
    match basis:
        case "history":
            return _("own years")
        case "kind":
            return _("its kind")
        case "stated":
            return _("stated")
        case "running":
            return _("this year so far")
        case "known":
            return _("known")
        case "provisional":
            return _("provisional")
        case _:
            assert_never(basis)


def limits_in_words(spending: Spending, population: Population | None = None) -> list[str]:
    """What the history cannot say, a sentence each; rows that are left out by name, or, where the fund of a
    `population` is another one, how many.

    Where all is known nothing was learnt from a history, so it has no limits either.
    """
    if spending.known:
        return []
    by_name = population is None or is_its_own(spending, population)
    return [_limit(limit, spending, by_name) for limit in spending.limits]


def _limit(limit: Limit, spending: Spending, by_name: bool) -> str:
    if limit.conclusion == "rows_left_out" and not by_name:
        return plural("{count} row of it is left out.", "{count} rows of it are left out.", limit.count)
    if limit.conclusion == "rows_left_out":
        rows = spending.history.left_out
        reasons = dict.fromkeys(row.reason for row in rows)
        shown = "; ".join(
            _left_out_because(reason, [row for row in rows if row.reason == reason]) for reason in reasons
        )
        return plural("{count} row is left out: {rows}", "{count} rows are left out: {rows}", limit.count, rows=shown)
    if limit.conclusion == "few_programmes_of_this_kind":
        return plural(
            "Of the kind {kind} there is {count} programme: what it gets is mostly what all programmes have.",
            "Of the kind {kind} there are {count} programmes: what they get is mostly what all programmes have.",
            limit.count,
            kind=budget_kind_in_words(limit.about),
        )
    if limit.conclusion == "few_years_after_nothing":
        return plural(
            "{count} programme realised nothing or less in its last year. Too few years followed such a year to learn "
            "whether it will again: two in five is presumed.",
            "{count} programmes realised nothing or less in their last year. Too few years followed such a year to "
            "learn whether they will again: two in five is presumed.",
            limit.count,
        )
    if limit.conclusion == "few_programmes_prior_dominates":
        return plural(
            "{count} programme only: what other public budgets show says more than it does.",
            "{count} programmes only: what other public budgets show says more than they do.",
            limit.count,
        )
    return {
        "nothing_to_learn_from": _(
            "There is no history: what is shown is what {count} budgets of 2016 and 2017 say, of which the two reports"
            " print what was finally realised, {percent} % of their money. For these two years themselves it is no"
            " test.",
            count=PRESUMED_FROM,
            percent=format_number(round(100 * PRESUMED_SHARE)),
        ),
        "one_year_no_year_effect": _(
            "One year only: how much a year moves all programmes together cannot be learnt, and is presumed."
        ),
        "one_year_no_differences_between_programmes": _(
            "No programme has two years: what differs between programmes and what differs between years cannot be told "
            "apart."
        ),
        "all_ratios_equal": _("All ratios are equal: how far one can lie off is presumed."),
    }[limit.conclusion]


def _left_out_because(reason: Reason, rows: Sequence[LeftOut]) -> str:
    """The rows that are left out for one reason, by name."""
    names = [f"{row.programme} {row.year or ''}".strip() for row in rows[:_SHOWN_LEFT_OUT]]
    more = ["…"] if len(rows) > _SHOWN_LEFT_OUT else []
    return f"{', '.join([*names, *more])} ({_reason(reason)})"


def _reason(reason: Reason) -> str:
    return {
        "not_a_number": _("not a number"),
        "budget_missing": _("no budget"),
        "budget_not_positive": _("budget not above 0"),
        "realised_missing": _("realised amount missing"),
        "provisional": _("provisional: the account was still to come"),
        "part_unknown": _("it includes money of another year, and no report prints how much"),
        "repeated": _("repeated"),
    }[reason]


def _programmes(spending: Spending) -> Table:
    unit = rounding_unit(spending)
    budgets = formatted_to(spending.budgets.tolist(), spending.underspend.budget, unit)
    expected = formatted_to(spending.expected.tolist(), spending.expected_total, unit)
    rows = [
        [
            programme.title,
            basis_in_words(basis),
            budget,
            mean,
            *(format_about(int(cents), unit) for cents in (row[_LOW], row[_HIGH])),
        ]
        for programme, basis, budget, mean, row in zip(
            spending.programmes, spending.basis, budgets, expected, spending.quantiles, strict=True
        )
    ]
    total = spending.total_quantiles
    rows.append(
        [
            _("Total"),
            "",
            *(
                format_about(int(cents), unit)
                for cents in (spending.budgets.sum(), spending.expected_total, total[_LOW], total[_HIGH])
            ),
        ]
    )
    headings = [_("Programme"), _("rests on"), _("net budget"), _("expected"), _("80 % between"), _("and")]
    return table(headings, rows, words=2, total=True)


def _rules(spending: Spending) -> Table:
    unit = rounding_unit(spending)
    by_rule, together = spending.underspend_by_rule, spending.underspend
    rows = [
        [rule_in_words(rule), budget, format_about(left, unit), *(format_about(cents, unit) for cents in of.between())]
        for (rule, of), budget, left in zip(
            by_rule.items(), budgets_by_rule(spending, unit), expected_by_rule(spending, unit), strict=True
        )
    ]
    totals = (together.budget, together.expected, *together.between())
    rows.append([_("Total"), *(format_about(cents, unit) for cents in totals)])
    headings = [_("Underspend, without VAT"), _("net budget"), _("expected"), _("80 % between"), _("and")]
    return table(headings, rows, total=True)
