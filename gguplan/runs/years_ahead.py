"""The years ahead of a scenario, over inhabitants that are counted or projected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from gguplan.findings import Finding, InputError
from gguplan.fund.municipalities import Population
from gguplan.fund.programme import Programme
from gguplan.fund.realisation import RealisedYear
from gguplan.fund.years_ahead import YearsAhead
from gguplan.inputs.scenario.later_year import people_in_year, with_values_of
from gguplan.inputs.scenario.programmes import programmes_with_account
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.language import _
from gguplan.model.numbers_of_draws import DRAWS, SEED
from gguplan.model.population.projection import Projection
from gguplan.model.result import run
from gguplan.model.years_ahead.handed_over import after_thresholds, as_if_kept, handed_over_of, thresholds_in
from gguplan.model.years_ahead.horizon_of import horizon_of
from gguplan.model.years_ahead.indexation import IndexPath, index_path
from gguplan.model.years_ahead.result import Horizon
from gguplan.model.years_ahead.year_of_horizon import YearOfHorizon, planned_budgets
from gguplan.runs.carried_to_year import CarriedToYear
from gguplan.runs.findings import at_their_place
from gguplan.runs.members import members_for
from gguplan.runs.populations import populations_of


def years_ahead_of(
    inputs: ScenarioInputs, rows: Sequence[RealisedYear], draws: int = DRAWS, seed: int = SEED
) -> Horizon:
    """Work the years ahead of a scenario out; `rows` are what forecasts learn from.

    Raises InputError when the scenario has none, its years have no inhabitants, an opt-out is not to be found, or a
    sum cannot be made.
    """
    base = inputs.fund_year
    ahead = base.years_ahead
    if ahead is None:
        raise InputError(
            [
                Finding(
                    inputs.place(),
                    _("This scenario has no years ahead."),
                    _('Add a table [horizon] with last = {year}, opening = "0.00" and source.', year=base.year + 4),
                )
            ]
        )
    lag = inputs.lag
    countries = populations_of([year - lag for year in ahead.years], inputs.place("horizon", "last"))
    counted = {
        year: (members_for(inputs, year, countries[year - lag][0]), countries[year - lag][1]) for year in ahead.years
    }
    index = index_path(ahead.indexation, base.year, ahead.last, draws, seed)
    programmes = programmes_with_account(inputs.scenario, inputs.population, inputs.layers)
    with at_their_place(inputs):
        by_year: list[YearOfHorizon] = []
        for year in ahead.years:
            unmet = by_year[-1].unmet if by_year else ()
            ahead = after_thresholds(ahead, base.thresholds, year, unmet)
            by_year.append(_year_of_horizon(inputs, ahead, programmes, index, year, *counted[year]))
        return horizon_of(base, ahead, programmes, by_year, index, rows, draws, seed)


def _year_of_horizon(
    inputs: ScenarioInputs,
    ahead: YearsAhead,
    programmes: Mapping[str, Programme],
    index: IndexPath,
    year: int,
    population: Population,
    projection: Projection | None,
) -> YearOfHorizon:
    """One year worked out: the scenario with the budgets of that year, over the inhabitants of that year."""
    base = inputs.fund_year
    carried = CarriedToYear(inputs.population, population)
    # First who pays what of them in that year: a rate and amounts that are agreed on come to a budget by that.
    among_these = {
        name: with_values_of(inputs, programme, population, carried)
        for name, programme in programmes.items()
        if name not in base.left_out and ahead.of(name).may_cost_in(year)
    }
    budgets = planned_budgets(base, among_these, ahead, index, year, population)
    drawn = {name: planned.drawn for name, planned in budgets.items()}
    gone = {name: programme for name, programme in among_these.items() if ahead.of(name).is_handed_over_in(year)}
    kept = planned_budgets(base, gone, as_if_kept(ahead, year), index, year, population)
    if not budgets and not kept:
        return YearOfHorizon(year, population, projection, None, drawn)
    budgeted = {name: planned.programme for name, planned in budgets.items()}
    handed_over = {name: planned.programme for name, planned in kept.items()}
    opt_outs, acceptance = people_in_year(inputs, year, population, {**handed_over, **budgeted})
    of_year = replace(
        base,
        year=year,
        reference_date=date(year - inputs.lag, 1, 1),
        population=population,
        programmes=budgeted,
        thresholds=thresholds_in(base.thresholds, year),
        opt_outs=opt_outs,
        acceptance=acceptance,
        # What must come out is said of the scenario as it stands.
        expectations=(),
        years_ahead=None,
    )
    growth = {name: planned.growth for name, planned in budgets.items() if planned.growth is not None}
    return YearOfHorizon(
        year,
        population,
        projection,
        run(of_year) if budgeted else None,
        drawn,
        growth,
        handed_over_of(replace(of_year, programmes=handed_over), ahead),
    )
