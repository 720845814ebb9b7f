"""Results that are kept, so that what a change does not touch is not worked out again."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import sha256
from threading import Lock
from typing import Final, Generic, TypeVar

from gguplan.fund.fund_year import FundYear
from gguplan.fund.programme import Programme
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.model.result import ProgrammeResult, RunResult, programme_result, run
from gguplan.runs.findings import at_their_place

Kept = TypeVar("Kept")

_MOST_PROGRAMMES: Final = 200
"""Each takes some 60 kB over 388 municipalities."""


class KeptValues(Generic[Kept]):
    """At most `most` values by what they were made from; the one that was asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.made = 0
        self._values: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """The value of a key, made when it is not there; what `make` raises is raised, and not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            self.made += 1
            self._values[key] = value
            while len(self._values) > self.most:
                self._values.popitem(last=False)
        return value

    def __len__(self) -> int:
        return len(self._values)


class KeptProgrammes:
    """The results of programmes, by all that their sums take: a change elsewhere leaves them as they are."""

    def __init__(self) -> None:
        self.results: KeptValues[ProgrammeResult] = KeptValues(_MOST_PROGRAMMES)

    def result_of(self, inputs: ScenarioInputs) -> RunResult:
        """A scenario worked out, as `gguplan.runs.results.result_of` does. Raises InputError with every programme whose
        sum cannot be made."""
        with at_their_place(inputs):
            return run(inputs.fund_year, self._programme)

    def _programme(self, fund_year: FundYear, programme: Programme) -> ProgrammeResult:
        parts = (
            programme,
            fund_year.opt_outs.get(programme.name, ()),
            fund_year.thresholds.get(programme.name),
            fund_year.days,
        )
        key = (fund_year.population, sha256(pickle.dumps(parts)).digest())
        return self.results.get(key, lambda: programme_result(fund_year, programme))
