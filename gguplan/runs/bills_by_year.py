"""The bills of one municipality in some years: over the inhabitants of each year, counted or projected.

A municipality is followed both ways: before it was there it has the bills of those that it came from, and after it
became part of another it has none.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

from msgspec.structs import replace

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.municipalities import Municipality, Population
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.population import municipalities
from gguplan.inputs.population.municipalities import NoMember, UnknownMunicipality, look_up
from gguplan.inputs.population.years import load_population
from gguplan.inputs.population.years import years as counted_years
from gguplan.inputs.scenario.reading import ScenarioInputs, read_again, read_scenario
from gguplan.inputs.scenario.reference_dates import amounts_not_known
from gguplan.language import _, listed_with_and
from gguplan.model.billed_municipality import BilledMunicipality
from gguplan.model.population.projection import Projection
from gguplan.model.years_ahead.bill_in_a_year import YearAhead, year_ahead
from gguplan.model.years_ahead.bills import bills_for
from gguplan.runs.later_municipalities import first_count_with
from gguplan.runs.members import members_for
from gguplan.runs.municipal_history import succession
from gguplan.runs.populations import populations_of
from gguplan.runs.results import result_of
from gguplan.runs.years_ahead import years_ahead_of
from gguplan.wording.years_ahead import lower_bound_in_words

Find = Callable[[str, Population], Municipality]
"""Finds the municipality of a name among those of a year; raises when it is not there."""

Counted = Mapping[int, tuple[Population, Projection | None]]


def bills_by_year(
    base: ScenarioInputs,
    years: Sequence[int],
    name: str,
    find: Find = look_up,
    drawn: Container[int] | None = None,
) -> list[YearAhead]:
    """One bill a year: of the scenario's own years ahead where it has them, else its budget over the inhabitants of
    each year, up to the year in which the municipality became part of another. The interval of a bill is drawn in the
    years of `drawn`, in all where that is not given; else it is the bill itself.

    Raises InputError for years that cannot be shown, and what `find` raises for a name of none of them.
    """
    if base.fund_year.years_ahead is not None:
        return _of_years_ahead(base, years, name, find, drawn)
    lag = base.lag
    place = Place(f"--years {years[0]}-{years[-1]}" if len(years) > 1 else f"--years {years[0]}")
    countries = populations_of([year - lag for year in years], place)
    counted = {
        year - lag: (members_for(base, year, countries[year - lag][0]), countries[year - lag][1]) for year in years
    }
    shown = []
    for year, billed in _billed_by_year(years, lag, counted, name, find).items():
        population, projection = counted[year - lag]
        inputs = _in_year(base, year, year - lag, population)
        is_drawn = drawn is None or year in drawn
        shown.append(year_ahead(result_of(inputs), billed, projection, is_drawn=is_drawn))
    return shown


def _in_year(base: ScenarioInputs, year: int, counted: int, population: Population) -> ScenarioInputs:
    """The scenario in another year, over the inhabitants of 1 January of `counted`; why that date counts stays."""
    inputs = read_again(base, (f"year={year}", f"reference_date={counted}-01-01"), population)
    reason = {key: getattr(base.scenario, key) for key in ("reference_date_source", "reference_date_assumed")}
    return replace(inputs, scenario=inputs.scenario.model_copy(update=reason))


def years_of_other_amounts(base: ScenarioInputs, years: Sequence[int]) -> list[str]:
    """That the amounts of years are those of another year, where the scenario says nothing of these years and nobody
    gave a number for them; that they are a lower bound, where it says of prices only how they move."""
    if base.fund_year.years_ahead is not None:
        return list(filter(None, [lower_bound_in_words(base.fund_year)]))
    stated = read_scenario(base.name).scenario
    unstated = [year for year in years if year != stated.year]
    if not unstated or base.scenario.programmes != stated.programmes:
        return []
    spans = [[year for year in unstated if year < stated.year], [year for year in unstated if year > stated.year]]
    shown = [f"{span[0]}-{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans if span]
    return [amounts_not_known(listed_with_and(shown), stated)]


def end_of_a_municipality(base: ScenarioInputs, years: Sequence[int], name: str, shown: Sequence[YearAhead]) -> str:
    """What a municipality became where its bills end before the last of `years`, and who pays those of years in which
    it was no more; empty where it is still there."""
    sentences = (_end_of_its_bills(base, years, name, shown), _paid_by_its_successor(shown))
    return " ".join(filter(None, sentences))


def _paid_by_its_successor(shown: Sequence[YearAhead]) -> str:
    """Which bills count a municipality on a day before it ended, and are of a year in which it was no more."""
    gm_code = shown[-1].bill.municipality.gm_code
    if shown[-1].bill.municipality.is_body:
        return ""
    counted = counted_years()
    gone = [year for year in shown if year.year in counted and gm_code not in load_population(year.year).index]
    of_its_own = [year for year in gone if not year.came_from]
    if not of_its_own:
        return ""
    first = of_its_own[0]
    return _(
        "On 1 January {year} it was no more, and its inhabitants of 1 January {counted} still count: whoever it became "
        "part of pays the bill of {year}.",
        year=first.year,
        counted=first.population.year,
    )


def _end_of_its_bills(base: ScenarioInputs, years: Sequence[int], name: str, shown: Sequence[YearAhead]) -> str:
    if shown[-1].year == years[-1]:
        return ""
    lag = base.lag
    country, _projection = populations_of([shown[-1].year + 1 - lag])[shown[-1].year + 1 - lag]
    try:
        look_up(name, members_for(base, shown[-1].year + 1, country))
    except NoMember as problem:
        return _("No bill of its own from {year} on. {what}", year=shown[-1].year + 1, what=problem.what)
    except UnknownMunicipality as problem:
        return _("No bill of its own from {year} on. {what}", year=shown[-1].year + 1, what=problem.remedy)
    return ""


def _billed_by_year(
    years: Sequence[int], lag: int, counted: Counted, name: str, find: Find
) -> dict[int, BilledMunicipality]:
    """Who is billed in each year, as long as the municipality is there or is still to come."""
    by_name = {year: municipalities.find(name, counted[year - lag][0]) for year in years}
    first = next((year for year, municipality in by_name.items() if municipality is not None), None)
    later = counted[first - lag][0] if first is not None else first_count_with(name, years[-1] - lag)
    if later is None:
        find(name, counted[years[-1] - lag][0])
        raise AssertionError("a name that was not found has been found")
    gm_code = look_up(name, later).gm_code
    billed = {}
    for year, municipality in by_name.items():
        population = counted[year - lag][0]
        if municipality is not None:
            billed[year] = BilledMunicipality(population.index[municipality.gm_code])
        elif first is None or year < first:
            carried = succession(population, later)
            # Before a member joined, nothing that it came from is billed.
            if carried.from_whom(later.index[gm_code]):
                billed[year] = BilledMunicipality(later.index[gm_code], carried)
    if not billed:
        find(name, counted[years[-1] - lag][0])
    return billed


def _of_years_ahead(
    base: ScenarioInputs, years: Sequence[int], name: str, find: Find, drawn: Container[int] | None
) -> list[YearAhead]:
    _fail_if_outside(base, years)
    horizon = years_ahead_of(base, realised_years(load_ledger()))
    lag = base.lag
    counted = {fund_year.year - lag: (fund_year.population, fund_year.projection) for fund_year in horizon.by_year}
    return bills_for(horizon, _billed_by_year(years, lag, counted, name, find), drawn)


def _fail_if_outside(inputs: ScenarioInputs, years_wanted: Sequence[int]) -> None:
    """Raise InputError when a year that is asked for is not one of the horizon of a scenario."""
    ahead = inputs.fund_year.years_ahead
    assert ahead is not None
    if not ahead.first <= years_wanted[0] <= years_wanted[-1] <= ahead.last:
        years = f"{years_wanted[0]}-{years_wanted[-1]}" if len(years_wanted) > 1 else str(years_wanted[0])
        what = _("The years ahead of this scenario are {first} to {last}.", first=ahead.first, last=ahead.last)
        remedy = (
            _("Ask for years within them, or make them longer: --set horizon.last={year}.", year=years_wanted[-1])
            if ahead.last < years_wanted[-1] and ahead.first <= years_wanted[0]
            else _("Ask for years within them.")
        )
        raise InputError([Finding(Place(f"--years {years}"), what, remedy)])
