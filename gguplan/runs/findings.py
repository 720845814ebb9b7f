"""What a sum found, at its place in the file that asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import assert_never

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.problems import (
    AboveTheTariff,
    BudgetAheadCannotBeMade,
    CapCannotBeMet,
    CoverAboveBill,
    CoverOfNobody,
    Mistake,
    Mistakes,
    NobodyCompensates,
    OldDivisionWithOptOuts,
    ProgrammeCannotBeMade,
    RoundingTooCoarse,
)
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.model.result import RunResult
from gguplan.wording.expectations import key_of, unmet_in_words
from gguplan.wording.problems import mistake_in_words


def unmet_findings(scenarios: Iterable[ScenarioInputs], results: Iterable[RunResult]) -> list[Finding]:
    """A finding for every amount that these scenarios expect and that does not come out in their results, each once."""
    findings = [
        Finding(inputs.place("expected", *key_of(unmet.expectation)), *unmet_in_words(unmet))
        for inputs, result in zip(scenarios, results, strict=True)
        for unmet in result.unmet
    ]
    return list(dict.fromkeys(findings))


@contextmanager
def at_their_place(inputs: ScenarioInputs) -> Iterator[None]:
    """Raises InputError, where the scenario says what makes them, for sums within that cannot be made."""
    try:
        yield
    except Mistakes as error:
        raise InputError(
            [Finding(_place(mistake, inputs), *mistake_in_words(mistake)) for mistake in error.mistakes]
        ) from None


def _place(mistake: Mistake, inputs: ScenarioInputs) -> Place:
    match mistake:
        case ProgrammeCannotBeMade(programme, RoundingTooCoarse()):
            return inputs.place("programmes", programme, "round_to")
        case ProgrammeCannotBeMade(programme, OldDivisionWithOptOuts()):
            return inputs.place("programmes", programme, "old_division")
        case ProgrammeCannotBeMade(programme, CapCannotBeMet()):
            return inputs.place("programmes", programme, "cap")
        case ProgrammeCannotBeMade(programme, NobodyCompensates()):
            return inputs.place("programmes", programme, "compensation")
        case ProgrammeCannotBeMade(programme, CoverOfNobody() | CoverAboveBill()):
            return inputs.place("programmes", programme, "cover")
        case ProgrammeCannotBeMade(_programme, AboveTheTariff(opt_out, _paid)):
            return inputs.place("opt_outs", opt_out, "settlement")
        case ProgrammeCannotBeMade(programme):
            return inputs.place("opt_outs" if programme in inputs.scenario.opt_outs else "programmes", programme)
        case BudgetAheadCannotBeMade():
            return inputs.place("horizon")
        case _:
            assert_never(mistake)
