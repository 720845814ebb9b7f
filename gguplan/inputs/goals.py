"""A goal as it is typed: ``chance_below_floor <= 5%``, ``bill Zwolle = 550000``."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final, assert_never, get_args

from gguplan.findings import Findings, Place
from gguplan.fund.goals import (
    PER_WHOLE,
    Balance,
    Bill,
    ChanceBelowFloor,
    ChanceOfOverspend,
    Goal,
    Outcome,
    OutcomeWord,
    PaidFor,
    Side,
    TakingPart,
    Total,
    Underspend,
)
from gguplan.inputs.population.municipalities import UnknownMunicipality, look_up
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.inputs.sweep.factor_checks import add_problem
from gguplan.inputs.written_amounts import parse_euros
from gguplan.language import _
from gguplan.visible_text import on_one_line
from gguplan.wording.suggestions import did_you_mean, names_there

_FORM: Final = re.compile(r"\s*([A-Za-z_]+)\s*[ :]?\s*([^<>=]*?)\s*(<=|>=|<|>|=)\s*([^<>=]+?)\s*")
_WORDS: Final[dict[str, OutcomeWord]] = {word: word for word in get_args(OutcomeWord)}
_SIDES: Final[dict[str, Side]] = {side: side for side in get_args(Side)}


def goal_of(text: str, inputs: ScenarioInputs, findings: Findings) -> Goal | None:
    """The goal that a text states; None, and a finding, when it is none."""
    place = Place(f"--until {on_one_line(text)}")
    parts = _FORM.fullmatch(text)
    word = _WORDS.get(parts[1]) if parts else None
    if parts is None or word is None:
        findings.add(
            place,
            _("A goal is an outcome, one of <= >= < > =, and a value.")
            if parts is None
            else _("There is no outcome {name!r}.", name=parts[1][:100]),
            (did_you_mean(parts[1], _WORDS) if parts else "")
            + _(
                "Outcomes: {names}. Write for example: {first}, {second} or {third}",
                names=", ".join(_WORDS),
                first='"chance_below_floor <= 5%"',
                second='"bill Utrecht <= 1500000"',
                third='"taking_part luisterend-oor >= 90%"',
            ),
        )
        return None
    outcome = _outcome(word, parts[2], inputs, place, findings)
    value = _value(word, parts[4], place, findings)
    return None if outcome is None or value is None else Goal(outcome, _SIDES[parts[3]], value)


def _outcome(word: OutcomeWord, whose: str, inputs: ScenarioInputs, place: Place, findings: Findings) -> Outcome | None:
    match word:
        case "total":
            return _of_the_fund(Total(), whose, place, findings)
        case "underspend":
            return _of_the_fund(Underspend(), whose, place, findings)
        case "chance_of_overspend":
            return _of_the_fund(ChanceOfOverspend(), whose, place, findings)
        case "bill":
            try:
                return Bill(look_up(whose, inputs.population))
            except UnknownMunicipality as problem:
                findings.add(place, problem.what, problem.remedy)
                return None
        case "paid":
            return _of_a_programme(PaidFor, whose, inputs, place, findings)
        case "taking_part":
            return _of_a_programme(TakingPart, whose, inputs, place, findings)
        case "balance":
            year = _year(whose, inputs, place, findings)
            return Balance(year) if year else None
        case "chance_below_floor":
            return _below_floor(whose, inputs, place, findings)
        case _:
            assert_never(word)


def _of_the_fund(outcome: Outcome, whose: str, place: Place, findings: Findings) -> Outcome | None:
    if whose:
        findings.add(
            place,
            _("This outcome is of the whole fund: {name!r} does not belong there.", name=whose[:100]),
            _("Take it out, or write bill and a municipality, or paid and a programme."),
        )
    return None if whose else outcome


def _of_a_programme(
    made: Callable[[str], Outcome], whose: str, inputs: ScenarioInputs, place: Place, findings: Findings
) -> Outcome | None:
    if whose in inputs.programmes:
        return made(whose)
    findings.add(
        place,
        _("There is no programme {name!r}.", name=whose[:100]),
        did_you_mean(whose, inputs.programmes) + _("Programmes: {names}.", names=names_there(inputs.programmes)),
    )
    return None


def _year(whose: str, inputs: ScenarioInputs, place: Place, findings: Findings) -> int:
    """A year of the years ahead, the last where none is named; 0, and a finding, when it is none of them."""
    horizon = inputs.scenario.horizon
    if horizon is None:
        findings.add(
            place,
            _("This scenario has no years ahead."),
            _("A balance is followed through the years: add a table [horizon]."),
        )
        return 0
    first = horizon.first or inputs.scenario.year
    year = int(whose) if whose.isascii() and whose.isdecimal() and len(whose) == 4 else 0
    if whose and not first <= year <= horizon.last:
        findings.add(
            place,
            _("The years ahead of this scenario are {first} to {last}.", first=first, last=horizon.last),
            _("Write one of these years, or none."),
        )
        return 0
    return year or horizon.last


def _below_floor(whose: str, inputs: ScenarioInputs, place: Place, findings: Findings) -> Outcome | None:
    year = _year(whose, inputs, place, findings)
    horizon = inputs.scenario.horizon
    if horizon is None or not year:
        return None
    if horizon.floor is None:
        findings.add(
            place,
            _("The balance of this scenario has no floor."),
            _('Add floor to its [horizon], or: --set horizon.floor="100000.00"'),
        )
        return None
    return ChanceBelowFloor(year if whose else None)


def _is_of_a_share(word: OutcomeWord) -> bool:
    match word:
        case "chance_of_overspend" | "taking_part" | "chance_below_floor":
            return True
        case "total" | "bill" | "paid" | "underspend" | "balance":
            return False
        case _:
            assert_never(word)


def _value(word: OutcomeWord, text: str, place: Place, findings: Findings) -> int | None:
    if _is_of_a_share(word):
        share = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)\s?%", text)
        if share is None or Decimal(share[1]) > 100:
            findings.add(
                place,
                _("{text!r} is not a percentage between 0 and 100.", text=text[:60]),
                _("Write for example 5% or 2.5%."),
            )
            return None
        return int(Decimal(share[1]) * PER_WHOLE / 100)
    try:
        return parse_euros(text)
    except ValueError as problem:
        add_problem(problem, place, findings)
        return None
