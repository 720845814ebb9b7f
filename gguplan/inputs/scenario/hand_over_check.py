"""What must agree in the hand-overs of a scenario: their years, and that one place says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gguplan.findings import Findings
from gguplan.inputs.scenario.layers import Layers
from gguplan.language import _

if TYPE_CHECKING:
    from gguplan.inputs.scenario.schema import Scenario


def check_hand_overs(scenario: Scenario, layers: Layers, findings: Findings) -> None:
    """Fail if a programme is handed over before there is a year to hand it over in, or in two ways."""
    horizon = scenario.horizon
    if horizon is not None:
        for name, programme in horizon.programmes.items():
            if programme.handed_over is None or _is_gone(scenario, name, programme.handed_over):
                continue
            if not scenario.year < programme.handed_over <= horizon.last:
                findings.add(
                    layers.place(("horizon", "programmes", name, "handed_over")),
                    _("Nothing is handed over in {year} by this account.", year=programme.handed_over),
                    _(
                        "Write a year after that of the scenario, {year}, and up to the last of [horizon], {last}, or "
                        'make that later. What is gone in {year} is left out: without = ["{programme}"].',
                        year=scenario.year,
                        last=horizon.last,
                        programme=name,
                    ),
                )
    first = scenario.year if horizon is None else horizon.first_year(scenario.year)
    for name, threshold in scenario.thresholds.items():
        if threshold.handed_over is None:
            continue
        place = layers.place(("thresholds", name, "handed_over"))
        if threshold.handed_over <= first and not _is_gone(scenario, name, threshold.handed_over):
            findings.add(
                place,
                _(
                    "Whether it is handed over in {year} is decided the year before, which is not there.",
                    year=threshold.handed_over,
                ),
                _("Write {year} or later, or take handed_over and handed_over_to out.", year=first + 1),
            )
        if horizon is not None and horizon.of(name).handed_over is not None:
            findings.add(
                place,
                _("[horizon.programmes.{name}] hands it over as well, whoever takes part.", name=name),
                _("Keep handed_over in one of the two."),
            )


def handed_over_too_early(scenario: Scenario) -> bool:
    """Whether a programme is handed over in the year of the scenario or before it, which is told at its own place."""
    ahead = scenario.horizon.programmes.values() if scenario.horizon is not None else ()
    return any(own.handed_over is not None and own.handed_over <= scenario.year for own in ahead)


def _is_gone(scenario: Scenario, programme: str, handed_over: int) -> bool:
    """Whether a programme is left out of the year of a scenario because somebody else has it by then."""
    return programme in scenario.without and handed_over <= scenario.year
