"""A run on the terminal: the answer on the first screen, what must be known beside it, and the details asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from gguplan.fund.ledger import PublishedTotal
from gguplan.language import _, listed_with_and, plural
from gguplan.model.realisation.known import known_realisation
from gguplan.model.result import RunResult
from gguplan.model.volume_deviation import VolumeDeviation, volume_deviation
from gguplan.reports.before_cascades import cascades_in_words, leaving_in_words
from gguplan.reports.beside_a_forecast import beside_a_forecast, of_another_fund, provisional_in_words, rounding_unit
from gguplan.reports.beside_the_division import beside_the_division
from gguplan.reports.terminal.console import console, print_settings
from gguplan.reports.terminal.run_answer import answer_parts, municipality_table
from gguplan.reports.terminal.run_details import print_details
from gguplan.reports.terminal.volume_deviation import deviation_in_words
from gguplan.wording.amounts import format_about, format_euros
from gguplan.wording.bodies import of_what_municipalities_pay
from gguplan.wording.other_dates import others_in_words
from gguplan.wording.population import inhabitants_line
from gguplan.wording.published import published_in_words
from gguplan.wording.without_a_budget import without_a_budget

if TYPE_CHECKING:
    from gguplan.fund.municipalities import Population
    from gguplan.model.comparison import Comparison
    from gguplan.model.spending import Spending


class Shown(NamedTuple):
    """How much of a run is shown: how many of the largest, and whether the details as well."""

    largest: int
    details: bool


def print_run(
    result: RunResult,
    spending: Spending | None,
    gm_codes: Sequence[str],
    shown: Shown,
    comparison: Comparison | None = None,
    published: PublishedTotal | None = None,
) -> None:
    """Print a run, the answer first: the municipalities `gm_codes`, what changes, who pays; then the details that
    are `shown`. `comparison` is with what the scenario extends, `spending` its forecast, `published` what the reports
    say of its year."""
    out = console()
    scenario = result.fund_year
    out.print(scenario.title, style="bold")
    print_settings(out, result.fund_year.origin)
    out.print(inhabitants_line(result.population), soft_wrap=True)
    out.print()
    if gm_codes:
        positions = [result.population.index[code] for code in gm_codes]
        out.print(municipality_table(_("Asked for, including VAT"), result, positions, comparison))
        for position in positions:
            for line in leaving_in_words(result, position):
                out.print(line, soft_wrap=True)
        out.print()
    for part in answer_parts(result, shown.largest, comparison):
        out.print(part.heading, style="bold", soft_wrap=True)
        out.print(part.table)
        if part.sentence:
            out.print(part.sentence, soft_wrap=True)
        out.print()
    if shown.details:
        print_details(out, result)
    if spending is not None:
        out.print(spending_in_words(spending, result.population), soft_wrap=True)
    if published is not None:
        out.print(published_in_words(published), soft_wrap=True)
    for note in notes(result) if shown.details else short_notes(result):
        out.print(note, soft_wrap=True)
    if not shown.details:
        out.print(_("Every programme, budgets, refunds and what stands behind them: --verbose."), soft_wrap=True)


def spending_in_words(spending: Spending, population: Population) -> str:
    """What will probably be spent, in a sentence."""
    left = spending.underspend
    low, high = left.between()
    if spending.known:
        spent = _(
            "Spent, without VAT: {realised} of {budget}; {left} is left over.",
            realised=format_about(spending.expected_total, 1),
            budget=format_about(left.budget, 1),
            left=format_about(left.expected, 1),
        )
        return " ".join([spent, *provisional_in_words(spending, 1)])
    unit = rounding_unit(spending)
    expected = _(
        "Expected to be spent, without VAT: {expected} of {budget}; with 80 % certainty {low} to {high} is left over. "
        "See gguplan forecast.",
        expected=format_about(spending.expected_total, unit),
        budget=format_about(spending.underspend.budget, unit),
        low=format_about(low, unit),
        high=format_about(high, unit),
    )
    return " ".join(
        [
            expected,
            *of_another_fund(spending, population),
            *beside_a_forecast(spending, unit),
            *provisional_in_words(spending, unit),
        ]
    )


def notes(result: RunResult) -> list[str]:
    """What a reader must know beside the figures, with the commands that say more of it."""
    disputed = [f"{sentence} {_('See gguplan explain.')}" for sentence in other_prints(result)]
    return [
        *_of_the_date(result),
        *of_what_municipalities_pay(result.population),
        *cascades_in_words(result),
        *not_levied(result),
        *disputed,
        *beside_the_budget(result),
    ]


def short_notes(result: RunResult) -> list[str]:
    """The same without where a budget was printed otherwise."""
    return [
        *_of_the_date(result),
        *of_what_municipalities_pay(result.population),
        *cascades_in_words(result),
        *not_levied(result),
        *beside_the_budget(result),
    ]


def _of_the_date(result: RunResult) -> list[str]:
    return [f"{sentence}." for sentence in others_in_words(result.other_dates)]


def other_prints(result: RunResult) -> list[str]:
    """How many budgets of the ledger are derived, or printed differently elsewhere, and of which programmes."""
    lines: list[str] = []
    year = result.fund_year.origin.ledger_year
    if year is not None:
        ledger = result.fund_year.ledger
        disputed = [
            programme.programme.title
            for programme in result.by_programme
            if programme.programme.source == ledger.budget_source(programme.name, year)
            and ledger.disputed_budget(programme.name, year)
        ]
        derived = [
            programme.programme.title
            for programme in result.by_programme
            if programme.programme.source == ledger.budget_source(programme.name, year)
            and ledger.derived_budget(programme.name, year)
        ]
        if derived:
            lines.append(
                plural(
                    "Without VAT {count} budget is printed, and with VAT it is derived: {names}.",
                    "Without VAT {count} budgets are printed, and with VAT they are derived: {names}.",
                    len(derived),
                    names=listed_with_and(derived),
                )
            )
        if disputed:
            lines.append(
                plural(
                    "Elsewhere in the reports {count} budget is printed differently: {names}.",
                    "Elsewhere in the reports {count} budgets are printed differently: {names}.",
                    len(disputed),
                    names=listed_with_and(disputed),
                )
            )
    return lines


def beside_the_budget(result: RunResult) -> list[str]:
    """What others and the balance pay, what is adjusted, volumes that came out otherwise, programmes without a budget,
    and what is known of those all the same."""
    deviations = [deviation_in_words(row) for row in deviations_of(result)]
    others = [
        f"{billed.programme.title}: {sentence}"
        for billed in result.by_programme
        for sentence in beside_the_division(result, billed)
    ]
    return [*others, *deviations, *without_a_budget(result.fund_year), *spent_without_a_budget(result)]


def deviations_of(result: RunResult) -> list[VolumeDeviation]:
    """What is known to be realised beside a budget of volume × price, of each programme where its volume is known."""
    fund_year = result.fund_year
    if fund_year.years_ahead is None:
        return []
    rows = (
        volume_deviation(billed.programme, fund_year.year, fund_year.years_ahead, fund_year.ledger)
        for billed in result.by_programme
    )
    return [row for row in rows if row is not None]


def spent_without_a_budget(result: RunResult) -> list[str]:
    """Each programme that has nothing to spend, while something is known to be realised of it."""
    scenario = result.fund_year
    known = [
        # What was published is read only where something has nothing to spend.
        (billed.programme.title, known_realisation(billed.name, scenario.year, scenario.years_ahead, scenario.ledger))
        for billed in result.by_programme
        if billed.available_net <= 0
    ]
    return [
        _(
            "{title} has nothing to spend, yet {amount} is known to be realised in {year}: that is in no forecast "
            "here, and its balance pays it.",
            title=title,
            amount=format_euros(realised),
            year=scenario.year,
        )
        for title, realised in known
        if realised
    ]


def not_levied(result: RunResult) -> list[str]:
    """Each programme of the ledger that has no budget in the year of the ledger, in a sentence."""
    origin = result.fund_year.origin
    year = origin.ledger_year
    if year is None:
        return []
    ledger = result.fund_year.ledger
    return [
        _(
            "Not levied: {title}. The ledger has no budget of {year} for it.",
            title=ledger.programmes[name].title,
            year=year,
        )
        for name in origin.not_levied
    ]
