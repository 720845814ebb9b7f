"""What must agree in the years ahead of a scenario: its years, its programmes, the rules and the indexation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gguplan.findings import Findings
from gguplan.fund.inclusions import realised_in_account
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.schema_walk import keys_by_year
from gguplan.inputs.scenario.years_ahead_tables import MOST_YEARS, HorizonProgrammeTable, HorizonTable, IndexationTable
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _
from gguplan.wording.amounts import format_euros
from gguplan.wording.suggestions import did_you_mean

if TYPE_CHECKING:
    from gguplan.inputs.scenario.schema import Scenario


def check_horizon(scenario: Scenario, layers: Layers, findings: Findings) -> None:
    """Fail if a year lies outside the horizon, a programme is not there, or a rule or an indexation is missing."""
    horizon = scenario.horizon
    if horizon is None:
        return
    first = scenario.year if horizon.first is None else horizon.first
    if first < scenario.year:
        findings.add(
            layers.place(("horizon", "first")),
            _(
                "The account begins in {first}, before the year of the budgets, {year}.",
                first=first,
                year=scenario.year,
            ),
            _("Write {year} or later, or take first out.", year=scenario.year),
        )
    elif not first <= horizon.last < first + MOST_YEARS:
        findings.add(
            layers.place(("horizon", "last")),
            _("The account would run from {first} to {last}.", first=first, last=horizon.last),
            _("Write a last year from {first} to {most}.", first=first, most=first + MOST_YEARS - 1),
        )
    else:
        _check_years(scenario, horizon, first, layers, findings)
        _check_own_year(scenario, horizon, layers, findings)
        _check_volumes(scenario, horizon, layers, findings)
        _check_indexation(scenario, horizon, layers, findings)
    _check_programmes(scenario, horizon, layers, findings)


def _check_years(scenario: Scenario, horizon: HorizonTable, first: int, layers: Layers, findings: Findings) -> None:
    """Fail if an amount or a published year lies outside the horizon, or a step outside the years with a budget."""
    for path, year in _years_named(horizon):
        if not first <= year <= horizon.last:
            findings.add(
                layers.key_place(path) if isinstance(path[-1], str) else layers.place(path),
                _("{year} is not a year of this account.", year=year),
                _(
                    "It runs from {first} to {last}: change the year, or first and last.",
                    first=first,
                    last=horizon.last,
                ),
            )
    published = load_ledger().years()
    for index, year in enumerate(horizon.ledger):
        if year not in published:
            findings.add(
                layers.place(("horizon", "ledger", index)),
                _("The ledger has no budgets of {year}.", year=year),
                _("Years that it has: {years}.", years=", ".join(map(str, published))),
            )
    for name, programme in horizon.programmes.items():
        for key in ("gross", "net"):
            for year in map(int, getattr(programme, key)):
                if not programme.has_budget_in(year):
                    findings.add(
                        layers.key_place(("horizon", "programmes", name, key, str(year))),
                        _("There is no budget in {year}: the programme starts later or has ended.", year=year),
                        _("Take this step out, or change starts or ends."),
                    )


def _check_own_year(scenario: Scenario, horizon: HorizonTable, layers: Layers, findings: Findings) -> None:
    """Fail if a step or a one-off amount is that of the year of the scenario, whose budget the programme states."""
    year = str(scenario.year)
    for name, own in horizon.programmes.items():
        programme = scenario.programmes.get(name)
        if programme is None:
            continue
        for key in ("gross", "net", "one_off"):
            amount = getattr(own, key).get(year)
            if amount is None or amount == getattr(programme, key, None):
                continue
            findings.add(
                layers.key_place(("horizon", "programmes", name, key, year)),
                _("The budget of {year}, the year of the scenario, stands with the programme itself.", year=year),
                _(
                    "Write it in [programmes.{name}], with what is budgeted once in it, and a step in {next} for what "
                    "goes on; take this out.",
                    name=name,
                    next=scenario.year + 1,
                ),
            )


def _check_volumes(scenario: Scenario, horizon: HorizonTable, layers: Layers, findings: Findings) -> None:
    """Fail if a volume is said to grow or to have come out of a programme whose budget does not follow from one."""
    for name, own in horizon.programmes.items():
        programme = scenario.programmes.get(name)
        if programme is None:
            continue
        path = ("horizon", "programmes", name)
        if programme.volume is None:
            for key in ("volume_growth", "realised_volume"):
                if not getattr(own, key):
                    continue
                findings.add(
                    layers.key_place((*path, key)),
                    _("{name} has no volume.", name=name),
                    _("Give it volume and price in [programmes.{name}], or take this out.", name=name),
                )
            continue
        steps = [int(year) for year in (*own.gross, *own.net)]
        steps += [year for year in horizon.ledger if year > scenario.year]
        for year in map(int, own.realised_volume):
            if str(year) not in own.realised and year not in horizon.ledger:
                findings.add(
                    layers.key_place((*path, "realised_volume", str(year))),
                    _("It is not known what was realised in {year}, so there is nothing to split.", year=year),
                    _("Write what was realised in that year beside it, under realised."),
                )
            elif any(step <= year for step in steps) or not own.has_budget_in(year):
                findings.add(
                    layers.key_place((*path, "realised_volume", str(year))),
                    _("The budget of {year} does not follow from the volume.", year=year),
                    _("Take this year out, or the step up to it."),
                )
            elif own.realised_volume[str(year)] == 0 and _realised(name, year, own) != (programme.fixed or 0):
                findings.add(
                    layers.key_place((*path, "realised_volume", str(year))),
                    _(
                        "Without a unit in {year} only the fixed part can be spent, {fixed}, and something else was:"
                        " that does not split into volume and price.",
                        year=year,
                        fixed=format_euros(programme.fixed or 0),
                    ),
                    _("Write how many units there were, or take the volume of this year out."),
                )


def _realised(name: str, year: int, own: HorizonProgrammeTable) -> int | None:
    """What was realised of a programme in a year, in cents, as it is stated or else published."""
    stated = own.realised.get(str(year))
    return realised_in_account(load_ledger(), name, year, opened=own.opening > 0) if stated is None else stated


def _years_named(horizon: HorizonTable) -> Iterator[tuple[KeyPath, int]]:
    for index, year in enumerate(horizon.ledger):
        yield ("horizon", "ledger", index), year
    for name, programme in horizon.programmes.items():
        for key in keys_by_year(HorizonProgrammeTable):
            for year in getattr(programme, key):
                yield ("horizon", "programmes", name, key, year), int(year)


def _check_indexation(scenario: Scenario, horizon: HorizonTable, layers: Layers, findings: Findings) -> None:
    """Fail if a year after that of the budgets has no percentage, or one is given for a year that is not there."""
    indexation = horizon.indexation
    if indexation is None:
        return
    needed = range(scenario.year + 1, horizon.last + 1)
    stated = [(key, year) for key in keys_by_year(IndexationTable) for year in getattr(indexation, key)]
    for key, year in stated:
        if int(year) not in needed:
            findings.add(
                layers.key_place(("horizon", "indexation", key, year)),
                _("Nothing is indexed in {year}.", year=year),
                _(
                    "The budgets are those of {year}: they rise from {first} to {last}.",
                    year=scenario.year,
                    first=scenario.year + 1,
                    last=horizon.last,
                ),
            )
    missing = [str(year) for year in needed if str(year) not in indexation.known]
    if indexation.percent is None and indexation.between is None and missing:
        findings.add(
            layers.place(("horizon", "indexation", "years")),
            _("There is no percentage for {years}.", years=", ".join(missing)),
            _('Add them, or give percent = "2.0" or between for the years that are not in this table.'),
        )


def _check_programmes(scenario: Scenario, horizon: HorizonTable, layers: Layers, findings: Findings) -> None:
    """Fail if a programme is not there, or nothing says what becomes of what one does not spend."""
    for name in horizon.programmes:
        if name not in scenario.programmes:
            findings.add(
                layers.place(("horizon", "programmes", name)),
                _("There is no programme {name!r}.", name=name),
                did_you_mean(name, scenario.programmes)
                + _("Programmes: {names}.", names=", ".join(scenario.programmes) or _("none")),
            )
    if horizon.underspend is not None:
        return
    silent = [
        name
        for name, programme in scenario.programmes.items()
        if programme.underspend is None and (name not in scenario.without or horizon.of(name).has_money)
    ]
    if silent:
        findings.add(
            layers.place(("horizon",)),
            _("It is not known what becomes of what these do not spend: {names}.", names=", ".join(silent)),
            _('Write under [horizon] underspend = "general", "carry_over", "return" or "earmark", or in each one.'),
        )
