"""Variants of a scenario: what they are worked out from, and the rows that come out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from msgspec import Struct
from pydantic import ValidationError

from gguplan.findings import Findings, InputError, Place
from gguplan.fund.fund_year import FundYear
from gguplan.fund.goals import PER_WHOLE
from gguplan.fund.problems import CannotBeMade, Mistakes
from gguplan.fund.realisation import RealisedYear
from gguplan.fund.sweep_plan import Factor
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.inputs.sweep.plan import StatedPlan
from gguplan.language import _, current_language, set_language
from gguplan.model.result import run
from gguplan.model.sweep.outcomes import Outcomes
from gguplan.model.sweep.variants_in_turn import Followed, VariantsInTurn
from gguplan.runs.cascades import cascades_of
from gguplan.runs.results import result_of
from gguplan.runs.sweep.variant_inputs import VariantInputs
from gguplan.runs.years_ahead import years_ahead_of
from gguplan.wording.problems import mistake_in_words


class Task(Struct, frozen=True):
    """Everything that variants are worked out from, on whichever machine; `places` are where the factors are stated."""

    base: ScenarioInputs
    factors: tuple[Factor, ...]
    places: tuple[Place, ...]
    followed: Followed


def task_of(
    base: ScenarioInputs,
    plan: StatedPlan,
    gm_codes: tuple[str, ...] = (),
    history: tuple[RealisedYear, ...] = (),
    draws: int = 0,
    seed: int = 1,
) -> Task:
    """The variants of a plan over a scenario, with a column for the bill of each of `gm_codes`. With `draws` above 0
    the underspend is forecast, from `history`; from that the years ahead are too, where something of them varies."""
    _fail_if_not_there(gm_codes, plan, {body.gm_code for body in base.population.bodies})
    # When it varies what is left out, those have columns of their own too.
    all_of_them = any(factor.path[0] == "without" for factor in plan.factors)
    programmes = tuple(base.scenario.programmes if all_of_them else base.programmes)
    ahead, cascades = plan.varies("horizon"), tuple(base.acceptance) if plan.varies("cascades") else ()
    followed = Followed(gm_codes, programmes, history, draws, seed, ahead, cascades)
    return Task(base, plan.factors, plan.places, followed)


def _fail_if_not_there(gm_codes: Sequence[str], plan: StatedPlan, bodies: Collection[str]) -> None:
    """Raise InputError when a municipality whose bill is followed is not there on a reference date that is varied;
    `bodies` are on any."""
    findings = Findings()
    for factor, place in zip(plan.factors, plan.places, strict=True):
        if factor.path != ("reference_date",):
            continue
        for year in sorted({int(factor.text(value)[:4]) for value in factor.ends()}):
            for code in gm_codes:
                if code not in bodies and code not in load_population(year, place).index:
                    findings.add(
                        place,
                        _("{code} is no municipality on 1 January {year}.", code=code, year=year),
                        _("Vary over dates on which it is, or leave --municipality out."),
                    )
    findings.raise_if_any()


class Variants:
    """Works variants out, and remembers what it worked out lately."""

    def __init__(self, task: Task) -> None:
        self.inputs = VariantInputs(task.base, task.factors)
        self._in_turn = VariantsInTurn(task.followed, len(task.base.population.municipalities))

    def work_out(self, variants: Sequence[Sequence[int]]) -> Outcomes:
        """Every variant of a block, of which the rows are the values of the factors."""
        columns = self._in_turn.followed.columns
        rows = np.zeros((len(variants), len(columns)), dtype=np.int64)
        problems = [("", "")] * len(variants)
        read: dict[int, FundYear] = {}
        for position, values in enumerate(variants):
            try:
                read[position] = self.inputs.read(values)
            except (InputError, ValidationError):
                problems[position] = self._why(values)
        for position, variant in zip(read, self._in_turn.prepared(read.values()), strict=True):
            try:
                rows[position] = (*self._in_turn.row(variant), *self._ahead(variants[position]))
            except (InputError, ValidationError, CannotBeMade):
                problems[position] = self._why(variants[position])
        return Outcomes(columns, rows, tuple(problems))

    def _ahead(self, values: Sequence[int]) -> tuple[int, ...]:
        """The columns of the years ahead and of cascades. Raises InputError where they cannot be worked out."""
        followed = self._in_turn.followed
        if not followed.ahead and not followed.cascades:
            return ()
        inputs = self.inputs.read_in_full(values)
        amounts: list[int] = []
        if followed.ahead:
            fund = years_ahead_of(inputs, followed.history, followed.draws_ahead, followed.seed).fund
            low, high = fund.between()
            amounts += [
                int(fund.expected.closing[-1]),
                int(low[-1]),
                int(high[-1]),
                _millionths(fund.chance_ever_below),
            ]
        if followed.cascades:
            size = len(inputs.population.municipalities)
            cascades = cascades_of(inputs, result_of(inputs), followed.cascade_draws, followed.seed).cascades
            for name in followed.cascades:
                share = float(cascades[name].ends.municipalities.mean()) / size
                amounts += [_millionths(share), _millionths(cascades[name].chance_of_collapse[0])]
        return tuple(amounts)

    def _why(self, values: Sequence[int]) -> tuple[str, str]:
        """Why the sum of a variant cannot be made, in English and in Dutch."""
        language = current_language()
        reasons = []
        try:
            for code in ("en", "nl"):
                set_language("nl" if code == "nl" else "en")
                try:
                    run(self.inputs.read_in_full(values).fund_year)
                    self._ahead(values)
                except InputError as error:
                    reasons.append("; ".join(finding.what for finding in error.findings))
                except Mistakes as error:
                    reasons.append("; ".join(mistake_in_words(mistake)[0] for mistake in error.mistakes))
        finally:
            set_language(language)
        english, dutch = reasons
        return english, dutch


def _millionths(share: float) -> int:
    return round(share * PER_WHOLE)
