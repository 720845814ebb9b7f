"""The factors of a table ``[sweep]``."""

from __future__ import annotations

from typing import Any

from gguplan.findings import Findings
from gguplan.fund.sweep_plan import Factor, Role
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.inputs.scenario.schema_walk import sort_at
from gguplan.inputs.scenario.sweep_table import Sweep, Varied
from gguplan.inputs.sweep.factor_checks import add_problem, fail_if_choices_repeat, fail_if_no_range, path_to_vary
from gguplan.inputs.sweep.factor_values import StatedFactor, choice_text, names_in, units_of
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _


def factors_of_table(table: Sweep, inputs: ScenarioInputs, findings: Findings) -> list[StatedFactor]:
    """Every lever and uncertainty of the table that is right; mistakes go to the findings."""
    factors = []
    groups: tuple[tuple[Role, str, dict[str, Varied]], ...] = (
        ("lever", "levers", table.levers),
        ("uncertainty", "uncertainties", table.uncertainties),
    )
    for role, group, varied_by_name in groups:
        for name, varied in varied_by_name.items():
            factor = _factor(role, group, name, varied, inputs, findings)
            factors += [] if factor is None else [factor]
    return factors


def _factor(
    role: Role, group: str, name: str, varied: Varied, inputs: ScenarioInputs, findings: Findings
) -> StatedFactor | None:
    here: KeyPath = ("sweep", group, name)
    path = path_to_vary(name, inputs, inputs.layers.place(here), findings)
    if path is None:
        return None
    leaf = sort_at(path)
    if varied.choices is not None:
        place = inputs.layers.place((*here, "choices"))
        texts = tuple(choice_text(choice) for choice in varied.choices)
        if not fail_if_choices_repeat(texts, place, findings):
            return None
        names = tuple(map(names_in, texts))
        return Factor(path, role, leaf, varied.source, choices=texts, levels=len(texts), names=names), place
    place = inputs.layers.place((*here, "between"))
    if not fail_if_no_range(leaf, name, place, findings):
        return None
    if not _fits_the_sample(varied, inputs, here, findings):
        return None
    bounds: list[int] = []
    for bound in (*(varied.between or ()), *(() if varied.most_likely is None else (varied.most_likely,))):
        try:
            bounds.append(units_of(leaf, _as_text(bound)))
        except ValueError as problem:
            add_problem(problem, place, findings)
            return None
    low, high, *likely = bounds
    if low >= high:
        findings.add(place, _("The first value is not below the second."), _("Write the lowest first."))
        return None
    if likely and not low <= likely[0] <= high:
        findings.add(
            inputs.layers.place((*here, "most_likely")),
            _("The likeliest value does not lie between the two bounds."),
            _("Write a value between them, or move a bound."),
        )
        return None
    steps, top = varied.steps or 0, likely[0] if likely else None
    return Factor(path, role, leaf, varied.source, low, high, most_likely=top, levels=steps), place


def _fits_the_sample(varied: Varied, inputs: ScenarioInputs, here: KeyPath, findings: Findings) -> bool:
    """Whether steps stand in a grid, and only there, and a likeliest value in a designed sample."""
    grid = inputs.scenario.sweep is not None and inputs.scenario.sweep.sample == "grid"
    unused = "most_likely" if grid else "steps"
    if getattr(varied, unused) is not None:
        findings.add(
            inputs.layers.place((*here, unused)),
            _("A grid does not use a likeliest value.") if grid else _("A designed sample does not use steps."),
            _("Take this out, or choose another sample."),
        )
        return False
    if grid and varied.steps is None:
        findings.add(inputs.layers.place(here), _("A grid needs steps here."), _("Write for example: steps = 5"))
        return False
    return True


def _as_text(value: Any) -> str:
    return str(value.isoformat() if hasattr(value, "isoformat") else value)
