"""The scenario of one year of its own account: with the budgets of that year, as its years ahead have them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import assert_never

from msgspec.structs import replace

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.programme import GrossBudget, NetBudget, Programme, RateBudget, TariffBudget, VolumeBudget
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.scenario.another_year import settings_for
from gguplan.inputs.scenario.reading import ScenarioInputs, read_again, read_scenario
from gguplan.inputs.scenario.years_ahead import later_account
from gguplan.language import _, listed_with_and
from gguplan.model.allocation import price_of
from gguplan.model.result import ProgrammeResult
from gguplan.money import plain_euros, plain_rate
from gguplan.wording.hand_overs import hand_over_in_words


def scenario_of_year(
    name: str,
    settings: Sequence[str] = (),
    year: int | None = None,
    rate: str | None = None,
    total: str | None = None,
    without_vat: bool = False,
) -> ScenarioInputs:
    """A scenario as one that shows a single year: of `year`, by the one number that is given, else by its own years
    ahead where they have it, else over the inhabitants of the year before. Without a year the first of an account that
    begins after the year of its budgets, else the year of the scenario.

    Raises InputError as `read_scenario` and `settings_for` do, and where the years ahead cannot be worked out.
    """
    if rate is None and total is None and not without_vat:
        inputs = read_scenario(name, settings)
        if (shown := year_of_its_account(inputs, year)) is not None:
            return _in_its_account(inputs, shown, inputs.place("horizon") if year is None else Place(f"--year {year}"))
        if year is None:
            return inputs
    return read_scenario(name, [*settings_for(name, year, rate, total, without_vat, settings), *settings])


def asked_of_its_account(name: str, settings: Sequence[str], year: int | None, number: str | None) -> int | None:
    """The year that is asked for, where the years ahead of the scenario have it and no number is given for it."""
    if year is None or number is not None:
        return None
    return year_of_its_account(read_scenario(name, settings), year)


def year_of_its_account(inputs: ScenarioInputs, year: int | None) -> int | None:
    """The later year that a scenario shows by its own years ahead; None where it shows that of its budgets, or where
    its years ahead do not have the year that is asked for."""
    ahead = inputs.fund_year.years_ahead
    if ahead is None:
        return None
    if year is None:
        return ahead.first if later_account(inputs) is not None else None
    return year if year in ahead.years and year != inputs.scenario.year else None


def _in_its_account(inputs: ScenarioInputs, year: int, place_of_the_year: Place) -> ScenarioInputs:
    """The scenario with the budgets that its years ahead have in `year`, over the inhabitants of that year.

    Raises InputError, at the place of the year that is asked for, where no programme has a budget in it.
    """
    # Only a scenario with years ahead takes what these are worked out with.
    from gguplan.runs.years_ahead import years_ahead_of
    from gguplan.wording.years_ahead import budgets_of_its_account, lower_bound_in_words

    horizon = years_ahead_of(inputs, realised_years(load_ledger()))
    place = horizon.years.index(year)
    billed = horizon.by_year[place].by_programme
    if not billed:
        paid_in = [row.year for row in horizon.by_year if row.by_programme]
        raise InputError([_nothing_is_paid(inputs, year, paid_in, place_of_the_year)])
    title = inputs.scenario.title
    settings = [f"year={year}"] if str(year) in title else [f"year={year}", f"title={_quoted(f'{title}, {year}')}"]
    if not inputs.scenario.reference_date_assumed or inputs.lag != 1:
        settings.append(f"reference_date={year - inputs.lag}-01-01")
    for name, result in billed.items():
        if (rate := _risen_rate(inputs.programmes[name], result.programme)) is not None:
            settings.append(f"programmes.{name}.allocation.rate={plain_rate(rate)}")
        elif result.programme.budget != inputs.programmes[name].budget:
            settings += _of_a_programme(inputs, name, result)
    without = [name for name in inputs.scenario.programmes if name not in billed]
    if without:
        settings.append(f"without={json.dumps(without)}")
    low, high = (int(ends[place]) for ends in horizon.to_pay_between())
    bound = lower_bound_in_words(inputs.fund_year)
    sentence = budgets_of_its_account(inputs.scenario.year, year, low, high, bound)
    shown = read_again(inputs, settings)
    # Nobody typed these: what somebody did is what the reader sees of it.
    layers = replace(shown.layers, settings=inputs.layers.settings)
    return replace(shown, assumed=(sentence,), layers=layers)


def _nothing_is_paid(inputs: ScenarioInputs, year: int, years: Sequence[int], place_of_the_year: Place) -> Finding:
    """That nobody pays for anything in a year, why not, and in which `years` somebody does."""
    ahead, titles = inputs.fund_year.years_ahead, inputs.fund_year.titles
    gone = {
        name: hand_over
        for name in titles
        if ahead is not None and (hand_over := ahead.of(name).hand_over) is not None and hand_over.year <= year
    }
    reasons = [
        f"{title}: {hand_over_in_words(gone[name]) if name in gone else _('no budget')}"
        for name, title in titles.items()
    ]
    remedy = _("Ask for {years}.", years=listed_with_and(map(str, years))) if years else ""
    if gone:
        explained = _(
            "gguplan explain MUNICIPALITY --scenario {name} --year {year} says what is no longer paid and no longer "
            "received.",
            name=inputs.name,
            year=year,
        )
        remedy = f"{remedy} {explained}".strip()
    return Finding(
        place_of_the_year,
        _("Nobody pays for anything in {year} ({reasons}).", year=year, reasons="; ".join(reasons)),
        remedy,
    )


def _risen_rate(before: Programme, after: Programme) -> int | None:
    """The rate of a tariff that is another in a later year, in ten-thousandths of a euro; None where it is not."""
    rate = price_of(after.allocation)
    return None if before.budget != after.budget or rate == price_of(before.allocation) else rate


def _of_a_programme(inputs: ScenarioInputs, name: str, result: ProgrammeResult) -> list[str]:
    """The settings that give a programme the budget of a later year."""
    ahead = inputs.fund_year.years_ahead
    match result.programme.budget:
        case NetBudget(cents):
            key = "net"
        case GrossBudget(cents):
            key = "gross"
        case RateBudget() | TariffBudget() | VolumeBudget():
            key, cents = "gross", result.budget.gross
        case _ as stated:
            assert_never(stated)
    source = result.programme.source
    if ahead is not None and ahead.indexation is not None:
        source = f"{source}; {ahead.indexation.source}"
    return [f"programmes.{name}.{key}={plain_euros(cents)}", f"programmes.{name}.source={_quoted(source)}"]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
