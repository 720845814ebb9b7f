"""The bodies without inhabitants that a scenario has, as payers of the fund, and whether their names are their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from gguplan.findings import Findings
from gguplan.fund.bodies import Body
from gguplan.fund.municipalities import Municipality, Population
from gguplan.fund.municipality_names import name_key
from gguplan.inputs.population.municipalities import (
    NoMember,
    UnknownMunicipality,
    code_in,
    look_up,
    names_in_all_years,
)
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.schema import Scenario
from gguplan.language import _

_FIRST_NUMBER: Final = 10_000
"""Above every CBS code."""


def bodies_in(scenario: Scenario) -> tuple[Body, ...]:
    """The bodies of a scenario, of which `members` of the fund or of a programme may name each."""
    if not scenario.bodies:
        return ()
    of_the_fund = _named(scenario, _of_the_fund(scenario))
    return tuple(
        Body(name, table.title, "", 0, table.kind, not of_the_fund.isdisjoint(_keys(scenario, name)), number)
        for number, (name, table) in enumerate(sorted(scenario.bodies.items()), start=_FIRST_NUMBER)
    )


def bodies_that_pay(scenario: Scenario) -> tuple[Body, ...]:
    """The bodies that are a member of the fund in a year, or of a programme."""
    if not scenario.bodies:
        return ()
    paying = _named(scenario, [*_of_the_fund(scenario), *_of_programmes(scenario)])
    return tuple(body for body in bodies_in(scenario) if not paying.isdisjoint(_keys(scenario, body.gm_code)))


def codes_of_programmes(scenario: Scenario) -> set[str]:
    """The bodies that are no member of the fund but of a programme, by what the scenario calls them."""
    if not scenario.bodies:
        return set()
    paying = _named(scenario, _of_programmes(scenario))
    return {
        body.gm_code
        for body in bodies_in(scenario)
        if not body.pays_all and not paying.isdisjoint(_keys(scenario, body.gm_code))
    }


def check_bodies(scenario: Scenario, country: Population, layers: Layers, findings: Findings) -> None:
    """Fail if a name of a body is that of a municipality of any year, of a group or of another body, or reads as a CBS
    code."""
    if not scenario.bodies:
        return
    municipalities = names_in_all_years().keys() | {name_key(known.name) for known in country.without_bodies}
    groups = set(map(name_key, scenario.groups))
    times = Counter(key for name in scenario.bodies for key in _keys(scenario, name))
    for name, table in scenario.bodies.items():
        for path, text in ((("bodies", name), name), (("bodies", name, "title"), table.title)):
            key = name_key(text)
            if not key and path[-1] == name:
                continue
            what = None
            if key in municipalities or code_in(text):
                what = _("{name!r} is the name or the code of a municipality.", name=text[:100])
            elif key in groups:
                what = _("{name!r} is the name of a group.", name=text[:100])
            elif key and times[key] > 1:
                what = _("{name!r} is what another body is called.", name=text[:100])
            if what is not None:
                findings.add(
                    layers.place(path),
                    what,
                    _(
                        "Give the body a name of its own, such as [bodies.provincie-utrecht] with title = {title}.",
                        title='"Provincie Utrecht"',
                    ),
                )


def look_up_payer(text: str, population: Population, layers: Layers) -> Municipality:
    """As `look_up`, but of a body that nothing names as a member it says so."""
    try:
        return look_up(text, population)
    except UnknownMunicipality as problem:
        bodies = layers.data.get("bodies")
        for name, table in bodies.items() if isinstance(bodies, dict) and not isinstance(problem, NoMember) else ():
            if name_key(text) in (name_key(name), name_key(table["title"])):
                raise NoMember(
                    _("{name} ({code}) is no member, so it pays nothing.", name=table["title"], code=name),
                    _("Name it in members of the programmes that it pays: members = […, {name}].", name=f'"{name}"'),
                ) from None
        raise


def _of_the_fund(scenario: Scenario) -> list[str]:
    joining = (text for table in scenario.membership.values() for text in table.municipalities)
    return [*(scenario.members or ()), *joining]


def _of_programmes(scenario: Scenario) -> list[str]:
    return [text for programme in scenario.programmes.values() for text in programme.members or ()]


def _named(scenario: Scenario, texts: Iterable[str]) -> set[str]:
    """What is named by texts, also by way of groups."""
    waiting, seen = list(texts), set[str]()
    while waiting:
        text = waiting.pop()
        if text in seen:
            continue
        seen.add(text)
        if (group := scenario.groups.get(text)) is not None:
            waiting += group.municipalities or ()
    return set(map(name_key, seen))


def _keys(scenario: Scenario, name: str) -> set[str]:
    """Under what a body is found."""
    return {name_key(name), name_key(scenario.bodies[name].title)} - {""}
