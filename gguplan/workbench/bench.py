"""The bench: states worked out, with what was worked out before kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from gguplan.fund.municipalities import Population
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.language import current_language
from gguplan.model.carried_bills import CarriedBills
from gguplan.model.comparison import Comparison
from gguplan.model.result import RunResult
from gguplan.runs.comparison import latest_among, over
from gguplan.runs.kept_results import KeptProgrammes, KeptValues
from gguplan.workbench.bases import Bases
from gguplan.workbench.state import State, Variant
from gguplan.workbench.wrong_changes import WrongChange, without_wrong_changes

_MOST_WORKED = 24
"""Variants that are kept, for undo and for scenarios side by side."""


class Worked(Struct, frozen=True, eq=False):
    """A variant worked out. Where settings of it are wrong, `wrong` says why, and `without` are those that it was
    worked out without."""

    variant: Variant
    inputs: ScenarioInputs
    result: RunResult
    wrong: tuple[WrongChange, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings that count."""
        return tuple(setting for setting in self.variant.settings if setting not in self.without)


class Answer(Struct, frozen=True, eq=False, dict=True):
    """All that the page shows of a state: every variant worked out, and beside the baseline over the same
    municipalities."""

    state: State
    baseline: Worked
    variants: tuple[Worked, ...]
    carried: tuple[CarriedBills, ...]
    """The baseline, and then every variant."""

    @property
    def worked(self) -> Worked:
        """The variant that is worked on."""
        return self.variants[self.state.shown]

    @property
    def comparison(self) -> Comparison:
        """The variant that is worked on beside the baseline."""
        return self.comparisons[self.state.shown]

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Every variant beside the baseline."""
        baseline, *variants = self.carried
        return tuple(Comparison(baseline, variant) for variant in variants)


class Bench:
    """Works states out. It remembers results and nothing of who asked for them."""

    def __init__(self, bases: Bases) -> None:
        self.bases = bases
        self.programmes = KeptProgrammes()
        self._worked: KeptValues[Worked] = KeptValues(_MOST_WORKED)
        self._carried: KeptValues[CarriedBills] = KeptValues(_MOST_WORKED)

    def answer(self, state: State) -> Answer:
        """A state worked out. Raises InputError for a scenario that is not there, or is wrong without any change."""
        baseline = self.worked(state.baseline)
        variants = tuple(self.worked(variant) for variant in state.variants)
        latest = latest_among([worked.result for worked in (baseline, *variants)])
        return Answer(state, baseline, variants, tuple(self._over(worked, latest) for worked in (baseline, *variants)))

    def _over(self, worked: Worked, latest: Population) -> CarriedBills:
        return self._carried.get((worked, latest), lambda: over(worked.result, latest))

    def worked(self, variant: Variant) -> Worked:
        """A variant worked out; without the settings that are wrong, where some are. Raises InputError when its base
        is wrong by itself."""
        self.bases.read(variant.base)
        key = (variant, self.bases.version(variant.base), current_language())
        return self._worked.get(key, lambda: self._work_out(variant))

    def _work_out(self, variant: Variant) -> Worked:
        def worked(settings: Sequence[str]) -> tuple[ScenarioInputs, RunResult]:
            inputs = self.bases.changed(variant.base, settings)
            return inputs, self.programmes.result_of(inputs)

        outcome = without_wrong_changes(variant.settings, worked)
        return Worked(variant, *outcome.made, outcome.wrong, outcome.without)
