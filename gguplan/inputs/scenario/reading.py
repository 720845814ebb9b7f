"""From a scenario's name to everything the model needs, or to every mistake at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from pydantic import ValidationError

from gguplan.findings import MOST_FINDINGS, Findings, InputError, Place, too_many
from gguplan.fund.acceptance import Acceptance
from gguplan.fund.expectations import Expectation
from gguplan.fund.fund_year import FundYear, Origin, days_in
from gguplan.fund.municipalities import Population
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.programme import Programme
from gguplan.fund.thresholds import Threshold
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.acceptance import read_acceptance
from gguplan.inputs.scenario.adjustments import check_cover
from gguplan.inputs.scenario.amendments import check_amendment
from gguplan.inputs.scenario.bodies import check_bodies
from gguplan.inputs.scenario.expectation_checks import read_expectations
from gguplan.inputs.scenario.hand_over_check import check_hand_overs, handed_over_too_early
from gguplan.inputs.scenario.layers import Layers, expect_nothing
from gguplan.inputs.scenario.laying import read_layers
from gguplan.inputs.scenario.members import read_members
from gguplan.inputs.scenario.named_municipalities import NamedMunicipalities
from gguplan.inputs.scenario.names_of_municipalities import unknown_municipalities
from gguplan.inputs.scenario.names_of_programmes import unknown_programmes, wrong_weights
from gguplan.inputs.scenario.opt_outs import check_days, read_opt_outs
from gguplan.inputs.scenario.participation_tables import threshold_of
from gguplan.inputs.scenario.programmes import check_payers, read_programmes
from gguplan.inputs.scenario.read_once import kept_or_read
from gguplan.inputs.scenario.reference_dates import (
    amounts_of_another_year,
    date_of_another_year,
    fail_if_far_ahead,
    with_the_latest_count,
)
from gguplan.inputs.scenario.schema import Scenario
from gguplan.inputs.scenario.schema_errors import explain_error
from gguplan.inputs.scenario.settings import apply_settings
from gguplan.inputs.scenario.stated_realisation_table import stated_realisation_of
from gguplan.inputs.scenario.years_ahead import years_ahead_of
from gguplan.inputs.scenario.years_ahead_checks import check_horizon
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _, current_language
from gguplan.wording.suggestions import did_you_mean, names_there


class ScenarioInputs(Struct, frozen=True, dict=True):
    """A scenario that is right, with the data that it refers to.

    `programmes` are those that are paid for in the year of the scenario, without those left out; `opt_outs`,
    `thresholds` and `acceptance` (the limits of a cascade) are those of each programme that has any.
    """

    name: str
    scenario: Scenario
    population: Population
    programmes: dict[str, Programme]
    opt_outs: dict[str, tuple[OptOut, ...]]
    thresholds: dict[str, Threshold]
    acceptance: dict[str, Acceptance]
    layers: Layers
    expectations: tuple[Expectation, ...] = ()
    notes: tuple[str, ...] = ()
    """What was left out and assumed to read its files, in sentences."""
    assumed: tuple[str, ...] = ()
    """What bills rest on that nobody states: amounts of another year, a count that is not there yet; in sentences."""
    meant_count: int = 0
    """The year of the count that is meant; that of the inhabitants, or a later one that is not there yet."""

    @property
    def lag(self) -> int:
        """How many years the count that is meant lies before the year that is paid for: in later years too."""
        return self.scenario.year - self.meant_count

    @cached_property
    def fund_year(self) -> FundYear:
        """The year of the fund, as every sum takes it."""
        scenario = self.scenario
        return FundYear(
            scenario.title,
            scenario.description,
            scenario.source,
            scenario.year,
            scenario.reference_date,
            scenario.reference_date_source,
            self.population,
            self.programmes,
            self.opt_outs,
            self.thresholds,
            self.acceptance,
            self.expectations,
            {name: stated_realisation_of(table) for name, table in scenario.realisation.items()},
            None if scenario.horizon is None else years_ahead_of(scenario.horizon, scenario.year),
            {name: table.title for name, table in scenario.programmes.items()},
            frozenset(scenario.without),
            origin_of(self.name, self.layers),
            load_ledger,
            scenario.reference_date_assumed,
            self.meant_count if self.meant_count > self.population.year else None,
        )

    def place(self, *path: str | int) -> Place:
        """Where the value at a path was written."""
        return self.layers.place(path)


def origin_of(name: str, layers: Layers) -> Origin:
    """Where a scenario was read; of its description only what its own file says."""
    description = layers.files[0].data.get("description")
    return Origin(
        name,
        tuple(document.name for document in layers.files),
        layers.settings,
        description if isinstance(description, str) else "",
        layers.ledger_year,
        tuple(layers.not_levied),
        layers.changed(),
    )


def read_scenario(
    name: str | Path, settings: Iterable[str] = (), population: Population | None = None
) -> ScenarioInputs:
    """Read a shipped scenario by name or a file, with ``path=value`` settings.

    `population` stands for the count of the members on the reference date, where that is projected.

    Raises InputError with every finding: in the text, in the keys, in the amounts, in who takes part.
    """
    key, changes = str(name), tuple(settings)
    layers = kept_or_read(("layers", key), lambda: read_layers(key))
    if changes or population is not None:
        return resolve(key, layers, changes, population)
    # What it assumes is said in a language.
    return kept_or_read(("scenario", key, current_language()), lambda: resolve(key, layers))


def read_again(
    inputs: ScenarioInputs, settings: Iterable[str] = (), population: Population | None = None
) -> ScenarioInputs:
    """The same scenario with more settings, or over other inhabitants, without looking at its files again.

    Raises InputError as `read_scenario` does.
    """
    return resolve(inputs.name, inputs.layers, tuple(settings), population)


def resolve(
    name: str, layers: Layers, settings: tuple[str, ...] = (), population: Population | None = None
) -> ScenarioInputs:
    """Layers, and settings on top of them, with the data that they refer to. Raises InputError as `read_scenario`."""
    scenario = _validate(layers)
    assumed: list[str] = []
    if settings:
        below, layers = scenario, apply_settings(layers, settings)
    if population is not None:
        # What a file expects, it expects of the inhabitants on its own reference date.
        layers = replace(layers, data=dict(layers.data), origins=dict(layers.origins))
        expect_nothing(layers)
    if settings or population is not None:
        scenario = _validate(layers)
    if settings:
        assumed += amounts_of_another_year(below, scenario)
    meant = scenario.reference_date.year
    if population is None and (latest := with_the_latest_count(scenario)) is not None:
        scenario, sentence = latest
        assumed.append(sentence)
    if (sentence_of_date := date_of_another_year(layers, scenario)) is not None:
        assumed.append(sentence_of_date)
    findings = Findings()
    if population is None:
        fail_if_far_ahead(scenario, layers.place(("reference_date",)))
        population = load_population(scenario.reference_date.year, layers.place(("reference_date",)))
    check_bodies(scenario, population, layers, findings)
    wrong_members = Findings()
    if population.country is None:
        population = read_members(scenario, population, layers, wrong_members)
    findings.gathered.extend(wrong_members.gathered)
    check_days(scenario, layers, findings)
    opt_outs, acceptance = read_people(scenario, population, layers, findings)
    programmes: dict[str, Programme] = {}
    if wrong_members.gathered:
        # Who has no weight or no share is not known then; that a name is none, is.
        findings.gathered += unknown_municipalities(layers, {finding.place for finding in findings.gathered})
    else:
        programmes = read_programmes(scenario, population, layers, findings)
    check_payers(programmes, opt_outs, population, days_in(scenario.year), layers, findings)
    expectations = read_expectations(scenario, population, layers, findings)
    _check_ends(scenario, layers, findings)
    check_cover(scenario, population, layers, findings)
    check_amendment(scenario, layers, findings)
    check_horizon(scenario, layers, findings)
    check_hand_overs(scenario, layers, findings)
    findings.raise_if_any()
    thresholds = {programme: threshold_of(table) for programme, table in scenario.thresholds.items()}
    return ScenarioInputs(
        name,
        scenario,
        population,
        programmes,
        opt_outs,
        thresholds,
        acceptance,
        layers,
        expectations,
        tuple(findings.notes),
        tuple(assumed),
        meant,
    )


def read_people(
    scenario: Scenario, population: Population, layers: Layers, findings: Findings
) -> tuple[dict[str, tuple[OptOut, ...]], dict[str, Acceptance]]:
    """Who is outside each programme, and which rates are accepted; depends on names, groups and dates, not on money."""
    _check_names(scenario, layers, findings)
    named = NamedMunicipalities(scenario, population, layers, findings)
    opt_outs = read_opt_outs(scenario, population, layers, named, findings)
    acceptance = {
        programme: read_acceptance(programme, cascade, population, named, layers, findings)
        for programme, cascade in scenario.cascades.items()
    }
    return opt_outs, acceptance


def _validate(layers: Layers) -> Scenario:
    try:
        return Scenario.model_validate(layers.data)
    except ValidationError as error:
        # A list of which every item is wrong counts as empty as well: a second finding of the same thing.
        errors = [
            problem
            for problem in error.errors(include_url=False)
            if problem["type"] != "too_short" or not problem["input"]
        ]
        findings = [explain_error(problem, layers) for problem in errors[:MOST_FINDINGS]]
        if len(errors) > MOST_FINDINGS:
            findings.append(too_many(findings[-1].place))
        elif not any(problem["loc"][-1] == "reference_date" for problem in errors if problem["loc"]):
            wrong = {finding.place for finding in findings}
            findings += unknown_programmes(layers, wrong) + wrong_weights(layers, wrong)
            findings += unknown_municipalities(layers, wrong)
        raise InputError(dict.fromkeys(findings)) from None


def _check_names(scenario: Scenario, layers: Layers, findings: Findings) -> None:
    """Fail if there is nothing to divide, or a name in `without` or `opt_outs` is not a programme."""
    known = _("Programmes: {names}.", names=names_there(scenario.programmes))
    named: list[tuple[KeyPath, str]] = [(("without", index), name) for index, name in enumerate(scenario.without)]
    named += [(("thresholds", name), name) for name in scenario.thresholds]
    named += [(("cascades", name), name) for name in scenario.cascades]
    named += [(("realisation", name), name) for name in scenario.realisation]
    named += [
        (("programme_groups", group, index), name)
        for group, names in scenario.programme_groups.items()
        for index, name in enumerate(names)
    ]
    for path, name in named:
        if name not in scenario.programmes:
            findings.add(
                layers.place(path),
                _("There is no programme {name!r}.", name=name),
                did_you_mean(name, scenario.programmes) + known,
            )
    for name, realisation in scenario.realisation.items():
        programme = scenario.programmes.get(name)
        if programme is not None and programme.volume is None and realisation.volume_between is not None:
            findings.add(
                layers.place(("realisation", name, "volume_between")),
                _("{name} has no volume.", name=name),
                _("Give it volume and price in [programmes.{name}], or state a ratio with between.", name=name),
            )
    if scenario.programmes and not set(scenario.programmes) - set(scenario.without):
        findings.add(
            layers.place(("without",)),
            _("Every programme is left out: there is nothing to pay for."),
            _("Keep at least one programme."),
        )
    elif (
        scenario.programmes and not set(scenario.programmes) - scenario.left_out and not handed_over_too_early(scenario)
    ):
        findings.add(
            layers.place(("horizon", "programmes")),
            _(
                "No programme has a budget in {year}: they start later, are over, or are left out.",
                year=scenario.year,
            ),
            _("Change starts or ends, or the year of the scenario."),
        )
    elif not scenario.programmes:
        findings.add(
            layers.place(("programmes",)),
            _("There is no programme to pay for."),
            _("Add a table [programmes.name], or take the programmes of a year: ledger = 2017."),
        )


def _check_ends(scenario: Scenario, layers: Layers, findings: Findings) -> None:
    """Fail if the last year of what others or the balance pay lies before the year of the scenario."""
    for name, table in scenario.programmes.items():
        for number, reserve in enumerate(table.reserve):
            if reserve.until is not None and reserve.until < scenario.year:
                findings.add(
                    layers.place(("programmes", name, "reserve", number, "until")),
                    _(
                        "The balance has ceased to pay this before {year}, the year of the scenario.",
                        year=scenario.year,
                    ),
                    _("Write a later year, or take the table out."),
                )
        for number, income in enumerate(table.income):
            if income.until is not None and income.until < scenario.year:
                findings.add(
                    layers.place(("programmes", name, "income", number, "until")),
                    _("This income has ended before {year}, the year of the scenario.", year=scenario.year),
                    _("Write a later year, or take the income out."),
                )
