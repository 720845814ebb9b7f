"""Random funds over some years, each in two ways: as the file that gguplan reads, and as what the oracle works out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, get_args

from hypothesis import strategies as st

from gguplan.fund.municipalities import Population
from tests.oracle import OptOut, Programme
from tests.random_scenarios import (
    NAMES,
    RandomScenario,
    amounts,
    counted_in,
    days_of,
    persons,
    population_of,
    scenarios,
    written_euros,
)
from tests.years_oracle import Ahead, Fund, Shortfall, Underspend

LAST_COUNT: Final = 2020
"""The municipalities of the random scenarios exist up to this year."""

BY_YEAR: Final = ("gross", "net", "one_off", "from_balance", "committed", "realised")


@dataclass(frozen=True)
class RandomYears:
    """A scenario with years ahead: the fund as the oracle takes it, and the scenario as text."""

    scenario: RandomScenario
    fund: Fund
    toml: str

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """What hypothesis shows of one that fails: the scenario, its inhabitants and its weights."""
        printer.text("\n".join([self.toml, str(self.fund.inhabitants), self.scenario.weights]))

    def population(self, year: int) -> Population:
        """The municipalities with the inhabitants of a year."""
        return population_of(year, self.fund.inhabitants[year])

    def written(self, folder: Path) -> Path:
        """The scenario as a file, with its weights beside it."""
        return replace(self.scenario, toml=self.toml).written(folder)


@st.composite
def years_ahead(draw: st.DrawFn) -> RandomYears:
    """Up to three programmes over up to four years; what is realised is known wherever there is something to spend."""
    scenario = draw(scenarios(before=2018))
    years = range(scenario.year, draw(st.integers(scenario.year, min(scenario.year + 3, LAST_COUNT))) + 1)
    size = len(scenario.inhabitants)
    inhabitants: dict[int, tuple[int, ...]] = {scenario.year: scenario.inhabitants}
    for year in years[1:]:
        inhabitants[year] = tuple(draw(st.lists(persons, min_size=size, max_size=size)))
    percents = {year: draw(st.integers(-500_000, 1_000_000).map(_percent)) for year in years[1:]}
    if not draw(st.booleans()):
        percents = {}
    reserve = draw(balances)
    without = draw(st.sampled_from([None, *scenario.programmes])) if len(scenario.programmes) > 1 else None
    made: dict[str, tuple[Programme, Ahead]] = {}
    lines = ["[horizon]", f"last = {years[-1]}", f'opening = "{written_euros(reserve)}"']
    if percents:
        table = ", ".join(f'{year} = "{_written_percent(percent)}"' for year, percent in percents.items())
        lines += ["[horizon.indexation]", f"years = {{ {table} }}"]
    text = scenario.toml
    for name, programme in scenario.programmes.items():
        opt_outs = {year: _in_a_later_year(programme.opt_outs, scenario, year, inhabitants) for year in years}
        ahead = replace(draw(plans(years, opt_outs)), left_out=name == without)
        made[name] = programme, ahead
        text = text.replace(f"[programmes.{name}]\n", f'[programmes.{name}]\nunderspend = "{ahead.underspend}"\n')
        lines += _plan_lines(name, ahead)
    if without is not None:
        text = f'without = ["{without}"]\n{text}'
    days = {year: days_of(year) for year in years}
    fund = Fund(inhabitants, days, made, percents, reserve)
    return RandomYears(scenario, fund, "\n".join([text, *lines, ""]))


balances = st.integers(-(10**9), 10**9) | st.integers(-100, 100) | st.just(0)


@st.composite
def plans(draw: st.DrawFn, years: range, opt_outs: Mapping[int, tuple[OptOut, ...]]) -> Ahead:
    """What a scenario says of the years of one programme."""
    later = years[1:]

    def by_year(values: st.SearchStrategy[int], of: range = years) -> dict[int, int]:
        chosen = draw(st.sets(st.sampled_from(of), max_size=2)) if of else set()
        return {year: draw(values) for year in sorted(chosen)}

    # Before the first year with a budget, or after the last, now and then.
    starts = draw(st.none() | st.sampled_from(years)) if draw(st.booleans()) else None
    ends = draw(st.sampled_from([year for year in years if year >= (starts or year)])) if draw(st.booleans()) else None
    steps = [year for year in later if (starts or year) <= year <= (ends or year)]
    step_years = draw(st.sets(st.sampled_from(steps), max_size=2)) if steps else set()
    gross, net = dict[int, int](), dict[int, int]()
    for year in sorted(step_years):
        draw(st.sampled_from([gross, net]))[year] = draw(amounts)
    one_off, from_balance = by_year(amounts, later), by_year(amounts)
    committed = by_year(amounts)
    realised = {}
    for year in years:
        budgeted = (starts or year) <= year <= (ends or year)
        if budgeted or year in one_off or year in from_balance or draw(st.booleans()):
            realised[year] = draw(amounts | balances)
    return Ahead(
        draw(st.sampled_from(get_args(Underspend))),
        draw(st.sampled_from(get_args(Shortfall))),
        opt_outs,
        starts=starts,
        ends=ends,
        indexed=draw(st.booleans()),
        gross=gross,
        net=net,
        one_off=one_off,
        opening=draw(balances),
        from_balance=from_balance,
        committed=committed,
        realised=realised,
    )


def _in_a_later_year(
    opt_outs: tuple[OptOut, ...], scenario: RandomScenario, year: int, inhabitants: Mapping[int, tuple[int, ...]]
) -> tuple[OptOut, ...]:
    """Who is outside on the last day of the year of the scenario stays outside all year; who is not takes part."""
    if year == scenario.year:
        return opt_outs
    stay = [opt_out for opt_out in opt_outs if scenario.days - 1 in opt_out.days]
    all_year = frozenset(range(days_of(year)))
    later = []
    for opt_out in stay:
        # A refund that counts the inhabitants of a year before counts those of the year before this one.
        counted = inhabitants[year]
        if opt_out.counted != scenario.inhabitants:
            counted = tuple(counted_in(year - 1)[code] for code in list(NAMES)[: len(counted)])
        later.append(replace(opt_out, days=all_year, counted=counted))
    return tuple(later)


def _plan_lines(name: str, ahead: Ahead) -> list[str]:
    lines = [f"[horizon.programmes.{name}]", f'shortfall = "{ahead.shortfall}"']
    lines += [f"starts = {ahead.starts}"] * (ahead.starts is not None)
    lines += [f"ends = {ahead.ends}"] * (ahead.ends is not None)
    lines += ["indexed = false"] * (not ahead.indexed)
    lines += [f'opening = "{written_euros(ahead.opening)}"'] * bool(ahead.opening)
    for key in BY_YEAR:
        table = getattr(ahead, key)
        if table:
            amounts_by_year = ", ".join(f'{year} = "{written_euros(amount)}"' for year, amount in table.items())
            lines.append(f"{key} = {{ {amounts_by_year} }}")
    return lines


def _percent(units: int) -> Fraction:
    return Fraction(units, 10_000)


def _written_percent(percent: Fraction) -> str:
    units = int(percent * 10_000)
    return f"{'-' * (units < 0)}{abs(units) // 10_000}.{abs(units) % 10_000:04}"
