"""What a scenario expects of itself, beside what comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gguplan.inputs.findings import Finding
from gguplan.inputs.population.municipalities import look_up
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _
from gguplan.money import plain_euros
from gguplan.wording.amounts import format_euros

if TYPE_CHECKING:
    from gguplan.model.result import RunResult


def unmet(result: RunResult) -> tuple[Finding, ...]:
    """A finding for every expected amount that does not come out, at the place where it is expected."""
    expected = result.inputs.scenario.expected
    if expected is None:
        return ()
    found = []
    for path, cents in expected.amounts():
        computed = _computed(result, path)
        if computed != cents:
            found.append(_finding(result, path, cents, computed))
    return tuple(found)


def _computed(result: RunResult, path: KeyPath) -> int:
    """Cents that come out for what is expected at a path."""
    _expected, key, *name = path
    if key == "programmes":
        return next(one.contributed for one in result.by_programme if one.name == name[0])
    if key == "municipalities":
        place = result.population.index[look_up(str(name[0]), result.population).gm_code]
        return int(result.to_pay[place])
    return result.totals["contributions_cents" if key == "total" else f"{key}_cents"]


def _finding(result: RunResult, path: KeyPath, expected: int, computed: int) -> Finding:
    more = computed > expected
    said = {
        "key": ".".join(map(str, path[1:])),
        "computed": format_euros(computed),
        "expected": format_euros(expected),
        "difference": format_euros(abs(computed - expected)),
    }
    return Finding(
        result.inputs.place(*path),
        _("{key}: {computed} comes out, {difference} more than the {expected} that is expected.", **said)
        if more
        else _("{key}: {computed} comes out, {difference} less than the {expected} that is expected.", **said),
        _(
            'Look at the sum with gguplan explain. If what comes out is right, write "{amount}" here.',
            amount=plain_euros(computed),
        ),
    )
