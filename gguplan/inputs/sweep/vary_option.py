"""``--vary path=low:high:steps`` and ``--vary path=a,b,c``: one factor of a grid."""

from __future__ import annotations

from typing import Final

from gguplan.findings import Findings, InputError, Place
from gguplan.fund.sweep_plan import Factor, ValueSort
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.inputs.scenario.relative_changes import change_at, changed_by
from gguplan.inputs.scenario.schema_walk import sort_at
from gguplan.inputs.scenario.settings import value_of
from gguplan.inputs.scenario.sweep_table import MOST_CHOICES
from gguplan.inputs.sweep.factor_checks import add_problem, fail_if_choices_repeat, fail_if_no_range, path_to_vary
from gguplan.inputs.sweep.factor_values import StatedFactor, names_in, units_of
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _
from gguplan.visible_text import on_one_line

_OPEN: Final = {"[": "]", "{": "}"}


def factor_of_option(option: str, inputs: ScenarioInputs, findings: Findings) -> StatedFactor | None:
    """The lever that one option varies; None, and findings, when it is wrong."""
    place = Place(f"--vary {on_one_line(option)}")
    written, equals, text = option.partition("=")
    if not equals or not written.strip() or not text.strip():
        findings.add(
            place,
            _("What to vary is a path, an = and values."),
            _("Write for example: --vary programmes.luisterend-oor.rate=0.20:0.35:4, or =0.20,0.25,0.30"),
        )
        return None
    path = path_to_vary(written, inputs, place, findings)
    if path is None:
        return None
    leaf, text = sort_at(path), text.strip()
    try:
        text = _from_what_it_is(path, text, inputs, place)
    except InputError as error:
        findings.gathered.extend(error.findings)
        return None
    if ":" in text and text[:1] not in ('"', "'", "[", "{") and (leaf != "other" or "," not in text):
        return _range(path, leaf, text, place, findings)
    return _choices(path, leaf, text, place, findings)


def _range(path: KeyPath, leaf: ValueSort, text: str, place: Place, findings: Findings) -> StatedFactor | None:
    if not fail_if_no_range(leaf, ".".join(map(str, path)), place, findings):
        return None
    low, *rest = text.split(":")
    if len(rest) != 2 or not rest[1].isascii() or not rest[1].isdecimal():
        findings.add(
            place,
            _("A range is a lowest value, a highest value and how many steps, with colons between them."),
            _("Write for example: 0.20:0.35:4"),
        )
        return None
    steps = int(rest[1][:9])
    if not 2 <= steps <= MOST_CHOICES:
        findings.add(
            place,
            _("{steps} steps: a range has 2 to {most}, both ends included.", steps=steps, most=MOST_CHOICES),
            _("Write another number of steps."),
        )
        return None
    bounds = _bounds(leaf, low, rest[0], place, findings)
    if bounds is None:
        return None
    if bounds[1] - bounds[0] < steps - 1:
        findings.add(
            place,
            _("There are not so many different values between the two."),
            _("Write {most} steps or fewer.", most=bounds[1] - bounds[0] + 1),
        )
        return None
    return Factor(path, "lever", leaf, "", *bounds, levels=steps), place


def _bounds(leaf: ValueSort, low: str, high: str, place: Place, findings: Findings) -> tuple[int, int] | None:
    """The lowest and the highest value in units of the leaf; None, and a finding, when they are none."""
    try:
        bounds = units_of(leaf, low.strip()), units_of(leaf, high.strip())
    except ValueError as problem:
        add_problem(problem, place, findings)
        return None
    if bounds[0] >= bounds[1]:
        findings.add(place, _("The first value is not below the second."), _("Write the lowest first."))
        return None
    return bounds


def factor_between(option: str, inputs: ScenarioInputs, findings: Findings) -> StatedFactor | None:
    """What a goal seek varies, ``path=low:high``: any value between the two; None, and findings, when it is wrong."""
    place = Place(f"--vary {on_one_line(option)}")
    written, equals, text = option.partition("=")
    low, colon, high = text.partition(":")
    if not equals or not written.strip() or not colon or ":" in high:
        findings.add(
            place,
            _("What to vary is a path, an = and a lowest and a highest value."),
            _("Write for example: --vary programmes.luisterend-oor.rate=0.20:0.40"),
        )
        return None
    path = path_to_vary(written, inputs, place, findings)
    if path is None or not fail_if_no_range(sort_at(path), ".".join(map(str, path)), place, findings):
        return None
    try:
        low, high = (absolute(path, end, inputs, place) for end in (low, high))
    except InputError as error:
        findings.gathered.extend(error.findings)
        return None
    bounds = _bounds(sort_at(path), low, high, place, findings)
    return None if bounds is None else (Factor(path, "lever", sort_at(path), "", *bounds), place)


def _from_what_it_is(path: KeyPath, text: str, inputs: ScenarioInputs, place: Place) -> str:
    """The values of a lever with each change, such as +5%, as what it makes of the value of the scenario."""
    for mark, parts in ((":", text.split(":")), (",", apart(text))):
        if len(parts) > 1 and any(change_at(path, part.strip()) is not None for part in parts):
            return mark.join(absolute(path, part, inputs, place) for part in parts)
    return text


def absolute(path: KeyPath, text: str, inputs: ScenarioInputs, place: Place) -> str:
    """A value as it is written, or what a change makes of that of the scenario. Raises InputError where there is
    nothing to change."""
    change = change_at(path, text.strip())
    return text if change is None else str(changed_by(inputs.layers.data, path, change, place))


def _choices(path: KeyPath, leaf: ValueSort, text: str, place: Place, findings: Findings) -> StatedFactor | None:
    texts = tuple(apart(text))
    if len(texts) < 2:
        findings.add(
            place,
            _("With one value nothing varies."),
            _("Write more, with commas between them; a single value is set, not varied."),
        )
        return None
    if len(texts) > MOST_CHOICES:
        findings.add(place, _("There are more than {limit} here.", limit=MOST_CHOICES), _("Take some out."))
        return None
    try:
        for choice in texts:
            value_of(choice, place)
    except InputError as error:
        findings.gathered.extend(error.findings)
        return None
    if not fail_if_choices_repeat(texts, place, findings):
        return None
    return Factor(path, "lever", leaf, choices=texts, levels=len(texts), names=tuple(map(names_in, texts))), place


def apart(text: str) -> list[str]:
    """The values between commas; a comma within a list, a table or quotes parts nothing."""
    values: list[str] = []
    closing: list[str] = []
    start, quote = 0, ""
    for place, character in enumerate(text):
        begins = not text[start:place].strip() or closing
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'" and begins:
            quote = character if text.find(character, place + 1) > 0 else ""
        elif character in _OPEN:
            closing.append(_OPEN[character])
        elif closing and character == closing[-1]:
            closing.pop()
        elif character == "," and not closing:
            values.append(text[start:place].strip())
            start = place + 1
    return [*values, text[start:].strip()]
