"""The sum behind one figure, as a tree that can be redone with a pocket calculator."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np

from gguplan.inputs.ledger import Reading, load_ledger
from gguplan.inputs.population import Municipality
from gguplan.inputs.scenario.schema import VAT_PERCENT, FixedPlusInhabitants, PerColumn, Stepped
from gguplan.language import _, plural
from gguplan.model.allocation import weights_of
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.money import format_euros, format_number, format_rate


@dataclass(frozen=True)
class Step:
    """One line of the sum: what it says, its amount in cents where it has one, and the lines behind it."""

    text: str
    cents: int | None = None
    behind: tuple[Step, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """The tree for a machine; ``cents`` are whole cents."""
        return {"text": self.text, "cents": self.cents, "behind": [step.as_dict() for step in self.behind]}


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
            status=population.status_in_words,
        ),
        behind=(
            Step(_("counted by CBS; file {file}", file=population.file)),
            *((Step(_("reference date: {why}", why=why)),) if why else ()),
        ),
    )


def _programme(result: RunResult, one: ProgrammeResult, position: int) -> Step:
    amount = one.to_pay(position)
    steps = [_budget(result, one), *_division(result, one, position)]
    steps += _opt_out(result, one, position)
    percent = VAT_PERCENT[one.programme.vat]
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
    return Step(f"{one.programme.title}: {format_euros(amount)}", amount, tuple(steps))


# --- the budget ----------------------------------------------------------------------------------


def _budget(result: RunResult, one: ProgrammeResult) -> Step:
    programme, budget = one.programme, one.budget
    percent = VAT_PERCENT[programme.vat]
    factor = format_number(Decimal(100 + percent) / 100)
    behind = [Step(_("source: {source}", source=programme.source)), *_other_readings(result, one)]
    if programme.net is not None and percent:
        text = _(
            "budget: {net} × {factor} = {gross} including VAT",
            net=format_euros(budget.net),
            factor=factor,
            gross=format_euros(budget.gross),
        )
    elif programme.rate is not None:
        text = _(
            "budget: {rate} × {inhabitants} inhabitants = {gross}",
            rate=format_rate(programme.rate),
            inhabitants=format_number(result.population.total),
            gross=format_euros(budget.gross),
        )
    elif programme.gross is None and programme.net is None:
        text = _("budget: all tariffs together, {gross}", gross=format_euros(budget.gross))
    else:
        text = _("budget: {gross}", gross=format_euros(budget.gross))
        if percent:
            behind.insert(
                0,
                Step(
                    _(
                        "without VAT: {gross} ÷ {factor} = {net}",
                        gross=format_euros(budget.gross),
                        factor=factor,
                        net=format_euros(budget.net),
                    ),
                    budget.net,
                ),
            )
    return Step(text, budget.gross, tuple(behind))


def _other_readings(result: RunResult, one: ProgrammeResult) -> list[Step]:
    """What is to be said of the figure in use, and the readings that contradict it, when it is published."""
    year = result.inputs.layers.ledger_year
    if year is None:
        return []
    ledger = load_ledger()
    if one.programme.source != ledger.budget_source(one.name, year):
        return []
    used = ledger.used(one.name, year, ledger.budget_quantity(one.name, year))
    remarks = [Step(reading.remark) for reading in used if reading.remark]
    return remarks + [_reading(other) for other in ledger.disputed_budget(one.name, year)]


def _reading(one: Reading) -> Step:
    text = _(
        "printed elsewhere: {printed} ({document}, {section})",
        printed=one.printed or _("nothing"),
        document=one.document,
        section=one.section,
    )
    return Step(text, one.amount, (Step(one.remark),) if one.remark else ())


# --- the division --------------------------------------------------------------------------------


def _division(result: RunResult, one: ProgrammeResult, position: int) -> list[Step]:
    """How the budget comes to this municipality's part: fixed part, division, left-over cents."""
    participation, key = one.participation, one.programme.allocation
    redistributed = one.opt_out is not None and one.opt_out.settlement == "redistribute"
    if redistributed and participation.outside[position]:
        return [Step(_("outside this programme: pays nothing, the others pay the whole budget"), 0)]
    allocation, split = participation.allocation, participation.allocation.split
    steps = []
    if isinstance(key, FixedPlusInhabitants):
        count = int(np.count_nonzero(allocation.fixed))
        steps.append(
            Step(
                _(
                    "fixed amount: {fixed} for each of {count} municipalities; {rest} is left to divide",
                    fixed=format_euros(key.fixed),
                    count=count,
                    rest=format_euros(split.total),
                ),
                key.fixed,
            )
        )
    steps += _weight(result, one, position)
    whole, remainder = int(split.whole[position]), int(split.remainder[position])
    weight, weights = int(split.weights[position]), int(split.weights.sum())
    part = int(split.parts[position])
    steps.append(
        Step(
            _(
                "{total} × {weight} ÷ {weights} = {exact}",
                total=format_euros(split.total),
                weight=_weight_text(key, weight),
                weights=_weight_text(key, weights),
                exact=_exact(split.total, weight, weights),
            ),
            part,
            (
                Step(
                    _(
                        "whole cents: {total} × {weight} ÷ {weights} = {whole}, remainder {remainder}",
                        total=split.total,
                        weight=weight,
                        weights=weights,
                        whole=whole,
                        remainder=remainder,
                    ),
                    whole,
                ),
                _left_over(result, one, position),
            ),
        )
    )
    steps.append(
        Step(
            _("part: {amount}", amount=format_euros(part + int(allocation.fixed[position]))),
            part + int(allocation.fixed[position]),
        )
    )
    return steps


def _weight(result: RunResult, one: ProgrammeResult, position: int) -> list[Step]:
    """How the weight comes about, where it is not simply the inhabitants."""
    key, population = one.programme.allocation, result.population
    inhabitants = int(population.inhabitants[position])
    if isinstance(key, PerColumn):
        weight = int(weights_of(key, population, result.inputs.weights[one.name])[position])
        return [
            Step(
                _(
                    "weight: {weight} (column {column} of {file})",
                    weight=format_number(weight),
                    column=key.column,
                    file=key.file,
                )
            )
        ]
    if not isinstance(key, Stepped):
        return []
    lines, lower = [], 0
    for bracket in key.brackets:
        upper = bracket.up_to
        reached = inhabitants > lower
        if key.applies_to == "part" and reached:
            within = min(inhabitants, upper or inhabitants) - lower
            lines.append((within, bracket.rate))
        elif reached and (upper is None or inhabitants <= upper):
            lines.append((inhabitants, bracket.rate))
        lower = upper or lower
    steps = tuple(
        Step(
            _(
                "{count} inhabitants × {rate} = {tariff}",
                count=format_number(count),
                rate=format_rate(rate),
                tariff=format_rate(count * rate),
            )
        )
        for count, rate in lines
    )
    return [Step(_("tariff: {tariff}", tariff=format_rate(sum(count * rate for count, rate in lines))), None, steps)]


def _weight_text(key: object, weight: int) -> str:
    return format_rate(weight) if isinstance(key, Stepped) else format_number(weight)


def _exact(total: int, weight: int, weights: int) -> str:
    """The exact share in euros, cut off after six decimals where it goes on."""
    millionths, rest = divmod(total * weight * 10_000, weights)
    return f"€ {format_number(Decimal(millionths) / 1_000_000)}{'…' if rest else ''}"


def _left_over(result: RunResult, one: ProgrammeResult, position: int) -> Step:
    """Whether this municipality gets one of the cents that are left over, and why."""
    split = one.participation.allocation.split
    count = int(np.count_nonzero(split.weights))
    handed_out = int(split.whole.sum())
    head = plural(
        "all whole cents together are {whole}; {count} cent of {total} is left over",
        "all whole cents together are {whole}; {count} cents of {total} are left over",
        split.left_over,
        whole=handed_out,
        total=split.total,
    )
    if split.left_over == 0:
        return Step(head, 0)
    rank = int(split.rank[position])
    names = result.population.municipalities
    last, first_without = (
        int(np.flatnonzero(split.rank == place)[0]) for place in (split.left_over, min(split.left_over + 1, len(names)))
    )
    gets = rank <= split.left_over
    verdict = (
        _("number {rank} of {count} in the queue by largest remainder: one cent more", rank=rank, count=count)
        if gets
        else _("number {rank} of {count} in the queue by largest remainder: no cent", rank=rank, count=count)
    )
    border = _(
        "the last to get one is {name} (remainder {remainder}), the first without is {other} "
        "(remainder {other_remainder})",
        name=names[last].name,
        remainder=int(split.remainder[last]),
        other=names[first_without].name,
        other_remainder=int(split.remainder[first_without]),
    )
    rule = _("equal remainders: the larger weight goes first, then the lower CBS code")
    return Step(verdict, int(gets), (Step(head), Step(border), Step(rule)))


# --- opt-outs ------------------------------------------------------------------------------------


def _opt_out(result: RunResult, one: ProgrammeResult, position: int) -> list[Step]:
    """What standing outside does to this municipality's bill."""
    opt_out, participation = one.opt_out, one.participation
    if opt_out is None or not participation.outside[position] or opt_out.settlement == "redistribute":
        return []
    source = (Step(_("source: {source}", source=opt_out.source)),)
    if opt_out.settlement != "refund":
        return [Step(_("outside this programme: not invoiced"), 0, source)]
    refund = int(participation.refunds[position])
    if opt_out.rate is None:
        return [
            Step(
                _("outside this programme: gets back what it paid, {refund}", refund=format_euros(refund)),
                -refund,
                source,
            )
        ]
    inhabitants = int(result.population.inhabitants[position])
    return [
        Step(
            _(
                "outside this programme: gets back {rate} × {inhabitants} inhabitants = {refund}",
                rate=format_rate(opt_out.rate),
                inhabitants=format_number(inhabitants),
                refund=format_euros(refund),
            ),
            -refund,
            source,
        )
    ]
