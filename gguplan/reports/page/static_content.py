"""What stands on the page without its script: the table of all municipalities, and what is divided, and how."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from gguplan.fund.municipalities import Population
from gguplan.language import _, plural
from gguplan.model.bill import euros_per_inhabitant
from gguplan.model.carried_bills import CarriedBills
from gguplan.model.comparison import Comparison
from gguplan.model.money_bridge import carried_out
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.money import RATE_UNITS
from gguplan.reports.before_cascades import cascades_in_words
from gguplan.reports.beside_the_division import source_and_beside
from gguplan.reports.contributions_by_year import (
    contributions_by_year,
    contributions_caption,
    contributions_headings,
    decided_first_year,
)
from gguplan.reports.page.figures import an_inhabitant
from gguplan.reports.proposal.sentences.programmes import title_of_a_lapsed
from gguplan.reports.terminal.run import not_levied
from gguplan.wording.amounts import format_euros, format_number, per_inhabitant
from gguplan.wording.bodies import inhabitants_of, of_what_municipalities_pay, place_of
from gguplan.wording.changes import changes_in_words
from gguplan.wording.dates import format_day
from gguplan.wording.other_dates import reason_of_the_date
from gguplan.wording.population import inhabitants_line, status_in_words
from gguplan.wording.settlements import settlement_in_words
from gguplan.wording.sources import stated_source
from gguplan.wording.thresholds import threshold_in_words
from gguplan.wording.unbroken_amounts import in_a_line
from gguplan.wording.whole_sentences import whole_sentence

if TYPE_CHECKING:
    from gguplan.model.years_ahead.result import Horizon


class ProgrammeLine(Struct, frozen=True):
    """One programme in words and written amounts."""

    title: str
    budget: str
    rate: str
    outside: str
    source: str


class About(Struct, frozen=True):
    """What there is to know of one scenario."""

    title: str
    description: tuple[str, ...]
    year: str
    population: str
    reference_date: str
    notes: tuple[str, ...]
    programmes: tuple[ProgrammeLine, ...]
    total: ProgrammeLine
    years_caption: str
    year_headings: tuple[str, ...]
    years: tuple[tuple[str, ...], ...]
    years_notes: tuple[str, ...]
    changes_heading: str = ""
    changes: tuple[str, ...] = ()


class Row(Struct, frozen=True):
    """One municipality in the table: for each scenario the cells under its heading."""

    code: str
    name: str
    province: str
    inhabitants: str
    anchor: str
    cells: tuple[str, ...]


def rows_of(results: Sequence[CarriedBills]) -> tuple[list[Row], Row]:
    """A row for each municipality by name, and the row of all together."""
    latest = results[0].later
    columns: list[list[str]] = []
    totals: list[str] = []
    for result in results:
        to_pay, together = result.to_pay, int(result.to_pay.sum())
        columns += [_euros(to_pay.tolist()), _rates(latest, an_inhabitant(to_pay, result.inhabitants).tolist())]
        of_municipalities = int(to_pay[~latest.is_body].sum())
        totals += [
            format_euros(together),
            per_inhabitant(euros_per_inhabitant(of_municipalities, int(result.inhabitants.sum()))),
        ]
        if result is not results[0]:
            comparison = Comparison(results[0], result)
            columns.append(_euros(comparison.effects.tolist()))
            totals.append(format_euros(comparison.total.effect))
    rows = [
        Row(
            municipality.gm_code,
            municipality.name,
            place_of(municipality),
            inhabitants_of(municipality),
            f"body-{municipality.gm_code}" if municipality.is_body else municipality.gm_code,
            tuple(cells),
        )
        for municipality, *cells in zip(latest.municipalities, *columns, strict=True)
    ]
    return rows, Row("", _("Total"), "", format_number(latest.total), "", tuple(totals))


def _euros(amounts: list[int]) -> list[str]:
    return [format_euros(cents) for cents in amounts]


def _rates(population: Population, rates: list[int]) -> list[str]:
    return [
        per_inhabitant(None if municipality.is_body else Decimal(rate) / RATE_UNITS)
        for municipality, rate in zip(population.municipalities, rates, strict=True)
    ]


def about(result: RunResult, horizon: Horizon | None = None) -> About:
    """What there is to know of a scenario and of its years ahead, in words."""
    scenario, population, kept = result.fund_year, result.population, carried_out(result)
    why = reason_of_the_date(scenario, result.other_dates)
    heading, changes = changes_in_words(scenario)
    return About(
        scenario.title,
        tuple(filter(str.strip, (scenario.description or "").split("\n\n"))),
        _("Year {year}", year=scenario.year),
        inhabitants_line(population),
        _("Reference date ({why})", why=why) if why else "",
        (
            *of_what_municipalities_pay(population),
            *cascades_in_words(result),
            *not_levied(result),
        ),
        tuple(_programme(result, programme) for programme in result.by_programme),
        ProgrammeLine(
            _("Total"),
            format_euros(sum(programme.budget.gross for programme in kept)),
            per_inhabitant(
                euros_per_inhabitant(
                    sum(programme.divided_over_municipalities(population) for programme in kept), population.total
                )
            ),
            "",
            "",
        ),
        contributions_caption(horizon),
        contributions_headings(),
        () if horizon is None else tuple(contributions_by_year(horizon)),
        () if horizon is None else tuple(decided_first_year(horizon)),
        heading,
        tuple(changes),
    )


def _programme(result: RunResult, programme: ProgrammeResult) -> ProgrammeLine:
    # One that lapses is in no total: its budget is off.
    lapses, population = programme.participation.lapsed is not None, result.population
    divided = 0 if lapses else programme.divided_over_municipalities(population)
    return ProgrammeLine(
        title_of_a_lapsed(programme),
        format_euros(0 if lapses else programme.budget.gross),
        per_inhabitant(euros_per_inhabitant(divided, population.total)),
        _outside(result, programme),
        in_a_line(source_and_beside(stated_source(programme.programme.source), result, programme)),
    )


def _outside(result: RunResult, programme: ProgrammeResult) -> str:
    """Who is outside, and what that does."""
    names = [
        result.population.municipalities[place].name
        for place in np.flatnonzero(programme.participation.outside).tolist()
    ]
    sentences = [threshold_in_words(programme.threshold, programme.participation.lapsed)] if programme.threshold else []
    if names:
        words = "; ".join(dict.fromkeys(settlement_in_words(opt_out.settlement) for opt_out in programme.opt_outs))
        count = plural("{count} municipality", "{count} municipalities", len(names))
        if (programme.participation.outside & result.population.is_body).any():
            count = _("outside it")
        sentences.insert(0, f"{count} ({words}): {', '.join(names)}")
    return " ".join(map(whole_sentence, sentences))


def counted_on(result: RunResult) -> str:
    """The day on which the inhabitants were counted, in words, with what the count is worth."""
    population, day = result.population, result.fund_year.reference_date
    return _("on {day} ({status})", day=format_day(day), status=status_in_words(population.status))
