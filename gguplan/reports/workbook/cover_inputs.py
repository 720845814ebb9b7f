"""What a run rests on: each input with what it is worth (final, provisional, published, stated) and its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from gguplan.fund.allocation_keys import columns_of, paid_by_each
from gguplan.language import _, listed_with_and, plural
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.reports.terminal.forecast import history_line
from gguplan.wording.amounts import format_euros, format_number
from gguplan.wording.population import source_in_words, status_in_words
from gguplan.wording.sources import stated_source
from gguplan.wording.thresholds import threshold_in_words

if TYPE_CHECKING:
    from gguplan.model.spending import Spending


class Input(Struct, frozen=True):
    """One input, in words."""

    name: str
    what: str
    status: str
    source: str


def inputs_of(result: RunResult, spending: Spending | None) -> Iterator[Input]:
    """Every input of a run."""
    population = result.population
    yield Input(
        _("inhabitants"),
        _(
            "{total} in {count} municipalities on 1 January {year}",
            total=format_number(population.total),
            count=len(population.without_bodies),
            year=population.year,
        ),
        status_in_words(population.status),
        source_in_words(population.source),
    )
    yield from _budgets(result)
    yield from _participation(result)
    for name, stated in result.fund_year.realisation.items():
        yield Input(
            _("realisation of {programme}", programme=result.fund_year.titles.get(name, name)),
            _("stated"),
            _("stated"),
            stated_source(stated.source),
        )
    if spending is not None:
        yield Input(
            _("forecast"),
            history_line(spending),
            _("projected"),
            _("published budgets and what was realised, of the years before {year}", year=result.fund_year.year),
        )


def _budgets(result: RunResult) -> Iterator[Input]:
    """Budgets that were published, and those that the scenario states."""
    published = [programme for programme in result.by_programme if _is_published(result, programme)]
    stated = [programme for programme in result.by_programme if programme not in published]
    if published:
        yield Input(
            _("published budgets"),
            plural("{count} programme", "{count} programmes", len(published)),
            _("as published"),
            listed_with_and(dict.fromkeys(programme.programme.source.split(",")[0] for programme in published)),
        )
    for programme in stated:
        for column in columns_of(programme.programme.allocation):
            yield Input(
                _("figures of {programme}", programme=programme.programme.title)
                if paid_by_each(programme.programme.allocation)
                else _("weights of {programme}", programme=programme.programme.title),
                _("column {column}", column=column.column),
                _("as brought"),
                column.file,
            )
        yield Input(
            _("budget of {programme}", programme=programme.programme.title),
            f"{format_euros(programme.budget.gross)} {_('including VAT')}",
            _("as the scenario states it"),
            stated_source(programme.programme.source),
        )


def _is_published(result: RunResult, programme: ProgrammeResult) -> bool:
    year = result.fund_year.origin.ledger_year
    return year is not None and programme.programme.source == result.fund_year.ledger.budget_source(
        programme.name, year
    )


def _programmes_with(result: RunResult, opt_out: str) -> list[str]:
    """The titles of the programmes in which the opt-outs of this name are."""
    return [
        programme.programme.title
        for programme in result.by_programme
        if any(row.name == opt_out for row in programme.opt_outs)
    ]


def _participation(result: RunResult) -> Iterator[Input]:
    """Who is outside, and how many must take part."""
    shown: set[str] = set()
    for programme in result.by_programme:
        for opt_out in programme.opt_outs:
            if opt_out.name not in shown:
                shown.add(opt_out.name)
                count = int((opt_out.absence.days > 0).sum())
                yield Input(
                    _("opt-outs of {programmes}", programmes=listed_with_and(_programmes_with(result, opt_out.name))),
                    plural("{count} municipality", "{count} municipalities", count),
                    _("as the scenario states it"),
                    stated_source(opt_out.source),
                )
    for programme in result.by_programme:
        threshold = result.fund_year.thresholds.get(programme.name)
        if threshold is not None:
            yield Input(
                _("threshold of {programme}", programme=programme.programme.title),
                threshold_in_words(programme.threshold, programme.participation.lapsed),
                _("as the scenario states it"),
                stated_source(threshold.source),
            )
