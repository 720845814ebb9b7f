"""What a scenario states and a command does not use: told beside the answer, so that nobody thinks that it counted.

A key that a command uses changes its answer, or names, dates or explains what is in it. A table that another command
is for is named here, and so is what cannot count in any command.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from gguplan.fund.municipality_names import name_key
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.inputs.scenario.schema import Scenario
from gguplan.language import _, listed_with_and
from gguplan.wording.file_names import public_name
from gguplan.wording.without_a_budget import without_a_budget

Command = Literal[
    "run", "estimate", "explain", "participation", "compare", "forecast", "horizon", "sweep", "seek", "proposal", "page"
]
OwnTable = Literal["cascades", "horizon", "realisation", "sweep"]
"""A table that not every command uses."""

_IS_FOR: Final[dict[OwnTable, Command]] = {
    "cascades": "participation",
    "horizon": "horizon",
    "realisation": "forecast",
    "sweep": "sweep",
}
_USES: Final[dict[Command, frozenset[OwnTable]]] = {
    "run": frozenset({"cascades", "realisation"}),
    "estimate": frozenset({"cascades"}),
    "explain": frozenset({"cascades"}),
    "participation": frozenset({"cascades"}),
    "compare": frozenset({"cascades"}),
    "forecast": frozenset({"realisation"}),
    "horizon": frozenset({"cascades", "horizon", "realisation"}),
    "sweep": frozenset({"cascades", "sweep"}),
    "seek": frozenset(),
    "proposal": frozenset({"cascades", "horizon", "realisation"}),
    "page": frozenset({"cascades"}),
}
"""The tables of `_IS_FOR` that each command uses, however it is given. Whoever shows bills says beside them who would
leave by a cascade (`gguplan.model.explanation.cascades`)."""

_FOLLOWS_THE_YEARS: Final = ("horizon", "proposal")
"""The commands for which a programme without a budget this year counts in another."""
_SAYS_WHAT_IS_NOT_IN_ITS_YEARS: Final = ("run", "estimate")
"""The commands that say so among what is noted of their sum."""

_OF_PROGRAMMES: Final = ("thresholds", "cascades", "realisation")
"""The tables of which every one is named after a programme."""


def unused(
    inputs: ScenarioInputs, command: Command, also: Collection[str] = (), typed: Sequence[str] = ()
) -> list[str]:
    """What the scenario states and the command does not use, in sentences.

    `also` are tables that it uses this time; `typed` are other texts of the command line that may name a group.
    """
    scenario, used = inputs.scenario, _USES[command] | set(also)
    # A page of a scenario with years ahead shows them.
    years_shown = command in _FOLLOWS_THE_YEARS or (command == "page" and scenario.horizon is not None)
    used = used | {"horizon", "realisation"} if years_shown else used
    idle = [table for table in _IS_FOR if table not in used and _stated(scenario, table)]
    # What was done to read its files comes first.
    sentences: list[str] = [*inputs.assumed, *inputs.notes]
    but = _of_the_years_ahead(scenario, "realisation" in used, command in ("run", "forecast"))
    if names := [f"[{table}]{but if table == 'horizon' else ''} (gguplan {_IS_FOR[table]})" for table in idle]:
        sentences.append(_("Not used here: {tables}.", tables=listed_with_and(names)))
    if not years_shown:
        if command not in _SAYS_WHAT_IS_NOT_IN_ITS_YEARS:
            sentences += without_a_budget(inputs.fund_year)
        if waiting := list(_of_programmes(scenario, scenario.left_out - set(scenario.without))):
            sentences.append(
                _(
                    "Not used, because the programme has no budget in {year}: {tables}.",
                    year=scenario.year,
                    tables=listed_with_and(f"[{table}]" for table in waiting),
                )
            )
        if "realisation" in used and (settled := list(_known(scenario))):
            sentences.append(
                _(
                    "Not used, because what is realised is known: {tables}.",
                    tables=listed_with_and(f"[realisation.{name}]" for name in settled),
                )
            )
    if "horizon" not in used and (other_days := list(_days_of_other_years(scenario))):
        sentences.append(
            _(
                "Not used, because it is not a day of {year}: {keys} (gguplan horizon).",
                year=scenario.year,
                keys=listed_with_and(other_days),
            )
        )
    if lost := list(_of_programmes(scenario, set(scenario.without))):
        sentences.append(
            _(
                "Not used, because the programme is left out: {tables}.",
                tables=listed_with_and(f"[{table}]" for table in lost),
            )
        )
    if idle_groups := list(_named_nowhere(inputs, typed)):
        sentences.append(_("Not used, because nothing names it: {tables}.", tables=listed_with_and(idle_groups)))
    return sentences


def unused_of_all(scenarios: Sequence[ScenarioInputs], command: Command, also: Collection[str] = ()) -> list[str]:
    """As `unused`, of several scenarios; where they differ each sentence says of which it is."""
    by_scenario = [unused(inputs, command, also) for inputs in scenarios]
    if all(sentences == by_scenario[0] for sentences in by_scenario):
        return by_scenario[0]
    return [
        f"{public_name(inputs.name)}: {sentence}"
        for inputs, sentences in zip(scenarios, by_scenario, strict=True)
        for sentence in sentences
    ]


def _of_the_years_ahead(scenario: Scenario, forecasts: bool, splits: bool) -> str:
    """What a command that is not for the years ahead uses of them all the same."""
    ahead = scenario.horizon.programmes.values() if scenario.horizon is not None else ()
    keys = [key for key in ("starts", "ends") if any(getattr(programme, key) is not None for programme in ahead)]
    # Whoever forecasts uses what the years ahead say of the rest and of what is known.
    keys += ["underspend", "realised"] if forecasts else []
    # A run and a forecast split what was realised more or less into volume and price.
    keys += ["realised_volume"] if splits and any(programme.realised_volume for programme in ahead) else []
    return _(" but for {keys}", keys=listed_with_and(keys)) if keys else ""


def _stated(scenario: Scenario, table: OwnTable) -> bool:
    """Whether there is such a table; of those that are named after programmes, one that is not left out."""
    stated = getattr(scenario, table)
    return bool(set(stated) - set(scenario.without)) if isinstance(stated, Mapping) else stated is not None


def _known(scenario: Scenario) -> Iterator[str]:
    """The programmes of which a realisation is stated although the years ahead state what is realised."""
    if scenario.horizon is not None:
        for name in scenario.realisation:
            if str(scenario.year) in scenario.horizon.of(name).realised and name not in scenario.left_out:
                yield name


def _of_programmes(scenario: Scenario, gone: Collection[str]) -> Iterator[str]:
    """The tables about nothing but these programmes, as they are headed."""
    if not gone:
        return
    for name, opt_out in scenario.opt_outs.items():
        named = opt_out.programmes or (name,)
        concerned = {programme for group in named for programme in scenario.programme_groups.get(group, (group,))}
        if concerned <= set(gone):
            yield f"opt_outs.{name}"
    for table in _OF_PROGRAMMES:
        yield from (f"{table}.{name}" for name in getattr(scenario, table) if name in gone)


def _days_of_other_years(scenario: Scenario) -> Iterator[str]:
    """The days of another year, and later years, on which somebody joins or leaves, as keys."""
    for name, opt_out in scenario.opt_outs.items():
        for key, day in (("joins", opt_out.joins), ("leaves", opt_out.leaves)):
            if day is not None and day.year != scenario.year:
                yield f"opt_outs.{name}.{key}"
    for name, change in scenario.membership.items():
        for key, year in (("joins", change.joins), ("leaves", change.leaves)):
            if year is not None and year > scenario.year:
                yield f"membership.{name}.{key}"


def _named_nowhere(inputs: ScenarioInputs, typed: Sequence[str]) -> Iterator[str]:
    """The groups that no other part of the scenario names, as they are headed or written."""
    data = inputs.layers.data
    texts = {
        text
        for key, value in data.items()
        if key not in ("groups", "programme_groups", "bodies")
        for text in _texts(value)
    }
    texts |= {
        name for group in inputs.scenario.groups.values() for name in (*(group.municipalities or ()), *group.without)
    }
    called = {name: {name_key(name), name_key(table.title)} for name, table in inputs.scenario.bodies.items()}
    keys = set(map(name_key, texts))
    yield from (f"[bodies.{name}]" for name, keys_of_body in called.items() if keys.isdisjoint(keys_of_body))
    groups = ("[groups.{}]", inputs.scenario.groups), ("programme_groups.{}", inputs.scenario.programme_groups)
    for heading, names in groups:
        for name in names:
            if name not in texts and not any(name in text for text in typed):
                yield heading.format(name)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value, names of keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            yield from _texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)
