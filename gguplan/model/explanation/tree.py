"""The sum behind one figure, as a tree that can be redone with a pocket calculator."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from gguplan.fund.ledger import Reading
from gguplan.fund.municipalities import Municipality
from gguplan.fund.programme import GrossBudget, NetBudget, RateBudget, TariffBudget
from gguplan.language import _
from gguplan.model.explanation.cascades import cascade_step
from gguplan.model.explanation.division import division_steps
from gguplan.model.explanation.participation import lapse_step, opt_out_steps
from gguplan.model.explanation.step import Step
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.wording.amounts import format_euros, format_number, format_rate
from gguplan.wording.ledger import remark_of
from gguplan.wording.population import source_in_words, status_in_words


def explain(result: RunResult, gm_code: str, programme: str | None = None) -> Step:
    """The whole sum behind what one municipality pays, or behind one programme of it.

    `gm_code` must be in the population of the result; `programme` one of its programmes.
    """
    position = result.population.index[gm_code]
    chosen = [one for one in result.by_programme if programme in (None, one.name)]
    steps = tuple(_programme(result, one, position) for one in chosen)
    total = sum(step.cents or 0 for step in steps)
    head = _(
        "{title}: {pays}",
        title=result.inputs.scenario.title,
        pays=pays(result.population.municipalities[position], total),
    )
    return Step(head, total, (inhabitants_step(result, position), *steps))


def pays(municipality: Municipality, cents: int) -> str:
    """What a municipality pays, or gets back, in a sentence."""
    name, code = municipality.name, municipality.gm_code
    if cents < 0:
        return _("{name} ({code}) gets back {amount}", name=name, code=code, amount=format_euros(-cents))
    return _("{name} ({code}) pays {amount}", name=name, code=code, amount=format_euros(cents))


def inhabitants_step(result: RunResult, position: int) -> Step:
    """The inhabitants counted for one municipality and for all, with the date, the status and the file."""
    population = result.population
    why = result.inputs.scenario.reference_date_source
    return Step(
        _(
            "{inhabitants} inhabitants of {total} on 1 January {year} ({status})",
            inhabitants=format_number(int(population.inhabitants[position])),
            total=format_number(population.total),
            year=population.year,
            status=status_in_words(population.status),
        ),
        behind=(
            Step(source_in_words(population.source)),
            *((Step(_("reference date: {why}", why=why)),) if why else ()),
        ),
    )


def _programme(result: RunResult, one: ProgrammeResult, position: int) -> Step:
    amount = one.to_pay(position)
    steps = (budget_step(result, one), *steps_of_a_bill(result, one, position))
    return Step(f"{one.programme.title}: {format_euros(amount)}", amount, steps)


def steps_of_a_bill(result: RunResult, one: ProgrammeResult, position: int) -> list[Step]:
    """From the budget of a programme to what the municipality at `position` pays of it."""
    amount = one.to_pay(position)
    steps = [*division_steps(result, one, position), *opt_out_steps(result, one, position)]
    steps += cascade_step(result, one, position)
    if one.participation.lapsed:
        steps.append(lapse_step(one, position))
    percent = one.programme.vat_percent
    if percent and amount:
        steps.append(
            Step(
                _(
                    "of which VAT: {amount} × {percent} ÷ {whole} = {vat}",
                    amount=format_euros(amount),
                    percent=percent,
                    whole=100 + percent,
                    vat=format_euros(one.vat_of(position)),
                ),
                one.vat_of(position),
            )
        )
    return steps


# --- the budget ----------------------------------------------------------------------------------


def budget_step(result: RunResult, one: ProgrammeResult) -> Step:
    """What a programme is budgeted at, with the source of the figure and what else is printed of it."""
    programme, budget = one.programme, one.budget
    stated, percent = programme.budget, programme.vat_percent
    factor = format_number(Decimal(100 + percent) / 100)
    behind = [Step(_("source: {source}", source=programme.source)), *_other_readings(result, one)]
    net, gross = format_euros(budget.net), format_euros(budget.gross)
    match stated:
        case NetBudget() if percent:
            text = _("budget: {net} × {factor} = {gross} including VAT", net=net, factor=factor, gross=gross)
        case NetBudget():
            text = _("budget: {gross}", gross=gross)
        case GrossBudget():
            text = _("budget: {gross}", gross=gross)
            if percent:
                without = _("without VAT: {gross} ÷ {factor} = {net}", gross=gross, factor=factor, net=net)
                behind.insert(0, Step(without, budget.net))
        case RateBudget(rate):
            text = _(
                "budget: {rate} × {inhabitants} inhabitants = {gross}",
                rate=format_rate(rate),
                inhabitants=format_number(result.population.total),
                gross=gross,
            )
        case TariffBudget():
            text = _("budget: all tariffs together, {gross}", gross=gross)
        case _:
            assert_never(stated)
    return Step(text, budget.gross, tuple(behind))


def _other_readings(result: RunResult, one: ProgrammeResult) -> list[Step]:
    """What is to be said of the figure in use, and the readings that contradict it, when it is published."""
    year = result.inputs.layers.ledger_year
    if year is None:
        return []
    ledger = result.inputs.ledger
    if one.programme.source != ledger.budget_source(one.name, year):
        return []
    used = ledger.used(one.name, year, ledger.budget_quantity(one.name, year))
    remarks = [Step(remark_of(reading)) for reading in used if reading.remark]
    return remarks + [_reading(other) for other in ledger.disputed_budget(one.name, year)]


def _reading(one: Reading) -> Step:
    text = _(
        "printed elsewhere: {printed} ({document}, {section})",
        printed=one.printed or _("nothing"),
        document=one.document,
        section=one.section,
    )
    return Step(text, one.amount, (Step(remark_of(one)),) if one.remark else ())
