"""From a scenario's name to everything the model needs, or to every mistake at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from gguplan.inputs.findings import Findings, InputError, Place
from gguplan.inputs.municipalities import UnknownMunicipality, look_up
from gguplan.inputs.population import Population, load_population
from gguplan.inputs.scenario.layers import Layers, apply_settings, did_you_mean, read_layers
from gguplan.inputs.scenario.schema import OptOut, PerColumn, Programme, Scenario
from gguplan.inputs.scenario.validation import explain_error
from gguplan.inputs.scenario.weights import read_weights
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _
from gguplan.money import Integers


@dataclass(frozen=True)
class ScenarioInputs:
    """A scenario that is right, with the data that it refers to.

    `opt_outs` are, for each programme with any, True for the municipalities outside it, shape
    (municipalities,); `weights` are the user's own weights for each programme that is divided by a column.
    """

    name: str
    scenario: Scenario
    population: Population
    opt_outs: dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]
    weights: dict[str, Integers]
    layers: Layers

    @property
    def programmes(self) -> dict[str, Programme]:
        """The programmes that are paid for, without those left out."""
        return {name: one for name, one in self.scenario.programmes.items() if name not in self.scenario.without}

    def opt_out(self, programme: str) -> OptOut | None:
        """Who stands outside a programme, when anybody does."""
        return self.scenario.opt_outs.get(programme) if programme in self.opt_outs else None

    def place(self, *path: str | int) -> Place:
        """Where the value at a path was written."""
        return self.layers.place(path)


def read_scenario(name: str | Path, settings: Iterable[str] = ()) -> ScenarioInputs:
    """Read a shipped scenario by name or a file, with ``path=value`` settings.

    Raises InputError with every finding: in the text, in the keys, in the amounts, in who takes part.
    """
    layers = read_layers(str(name))
    scenario = _validate(layers)
    if settings := tuple(settings):
        layers = apply_settings(layers, settings)
        scenario = _validate(layers)
    population = load_population(scenario.reference_date.year, layers.place(("reference_date",)))
    findings = Findings()
    _check_names(scenario, layers, findings)
    opt_outs = _read_opt_outs(scenario, population, layers, findings)
    weights: dict[str, Integers] = {}
    for programme, one in scenario.programmes.items():
        if isinstance(one.allocation, PerColumn) and programme not in scenario.without:
            try:
                weights[programme] = read_weights(one.allocation, population, layers, programme)
            except InputError as error:
                findings.found.extend(error.findings)
    findings.raise_if_any()
    return ScenarioInputs(str(name), scenario, population, opt_outs, weights, layers)


def _validate(layers: Layers) -> Scenario:
    try:
        return Scenario.model_validate(layers.data)
    except ValidationError as error:
        # A list of which every item is wrong counts as empty as well: a second finding of the same thing.
        told = [one for one in error.errors(include_url=False) if one["type"] != "too_short" or not one["input"]]
        findings = [explain_error(one, layers) for one in told]
        raise InputError(dict.fromkeys(findings)) from None


def _check_names(scenario: Scenario, layers: Layers, findings: Findings) -> None:
    """Fail if there is nothing to divide, or a name in `without` or `opt_outs` is not a programme."""
    known = _("Programmes: {names}.", names=", ".join(scenario.programmes) or _("none"))
    named: list[tuple[KeyPath, str]] = [(("without", index), name) for index, name in enumerate(scenario.without)]
    named += [(("opt_outs", name), name) for name in scenario.opt_outs]
    for path, name in named:
        if name not in scenario.programmes:
            findings.add(
                layers.place(path),
                _("There is no programme {name!r}.", name=name),
                did_you_mean(name, scenario.programmes) + known,
            )
    if scenario.programmes and not set(scenario.programmes) - set(scenario.without):
        findings.add(
            layers.place(("without",)),
            _("Every programme is left out: there is nothing to pay for."),
            _("Keep at least one programme."),
        )
    elif not scenario.programmes:
        findings.add(
            layers.place(("programmes",)),
            _("There is no programme to pay for."),
            _("Add a table [programmes.name], or take the programmes of a year: ledger = 2017."),
        )


def _read_opt_outs(
    scenario: Scenario, population: Population, layers: Layers, findings: Findings
) -> dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Who is outside each programme; fail if an opt-out is not a municipality, or stands there twice."""
    outside: dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]] = {}
    for programme, one in scenario.opt_outs.items():
        mask = np.zeros(len(population.municipalities), dtype=np.bool_)
        for index, text in enumerate(one.municipalities):
            place = _item(layers, ("opt_outs", programme, "municipalities"), index)
            try:
                found = look_up(text, population)
            except UnknownMunicipality as problem:
                findings.add(place, problem.what, problem.remedy)
                continue
            position = population.index[found.gm_code]
            if mask[position]:
                findings.add(
                    place,
                    _(
                        "{name} ({code}) stands in this list a second time.",
                        name=found.name,
                        code=found.gm_code,
                    ),
                    _("Keep it once."),
                )
            mask[position] = True
        if mask.all():
            findings.add(
                layers.place(("opt_outs", programme, "municipalities")),
                _("Every municipality is outside {programme!r}: nobody is left to pay.", programme=programme),
                _('Leave the programme out instead: without = ["{programme}"].', programme=programme),
            )
        if mask.any() and programme not in scenario.without:
            outside[programme] = mask
    return outside


def _item(layers: Layers, path: KeyPath, index: int) -> Place:
    """The place of one item of a list."""
    return layers.place((*path, index))
