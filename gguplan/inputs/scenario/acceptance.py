"""The highest rate that each municipality accepts for a programme: given, or an interval to draw it from."""

from __future__ import annotations

import numpy as np

from gguplan.findings import Findings
from gguplan.fund.acceptance import Acceptance
from gguplan.fund.municipalities import Population
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.scenario.named_municipalities import NamedMunicipalities
from gguplan.inputs.scenario.participation_tables import CascadeTable
from gguplan.language import _, plural


def read_acceptance(
    programme: str,
    cascade: CascadeTable,
    population: Population,
    named: NamedMunicipalities,
    layers: Layers,
    findings: Findings,
) -> Acceptance:
    """The limits of every municipality; fail if one has two limits of its own, or none at all."""
    size = len(population.municipalities)
    low, high = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    lower = 0
    for size_class in cascade.size_classes:
        upper = size_class.up_to or np.iinfo(np.int64).max
        within = (population.inhabitants > lower) & (population.inhabitants <= upper)
        bounds = size_class.between or (size_class.limit or 0, size_class.limit or 0)
        low[within], high[within] = bounds
        lower = upper
    given = np.zeros(size, dtype=np.bool_)
    for name, limit in cascade.limits.items():
        path = ("cascades", programme, "limits", name)
        these = named.municipalities_of(name, path)
        for position in np.flatnonzero(given & these).tolist():
            twice = population.municipalities[position]
            findings.add(
                layers.place(path),
                _("{name} ({code}) has a limit already.", name=twice.name, code=twice.gm_code),
                _("Keep one of the two."),
            )
        given |= these
        low[these] = high[these] = limit
    # A body is no member of a programme that is divided by inhabitants, and only such a one has a cascade.
    low[population.is_body] = high[population.is_body] = 1
    missing = [
        municipality.name
        for municipality, limit in zip(population.municipalities, high.tolist(), strict=True)
        if limit == 0
    ]
    if missing:
        findings.add(
            layers.place(("cascades", programme)),
            plural(
                "{count} municipality has no limit: {names}.",
                "{count} municipalities have no limit: {names}.",
                len(missing),
                names=", ".join(missing[:5]) + (" …" if len(missing) > 5 else ""),
            ),
            _("Add size_classes, of which the last has no up_to."),
        )
    return Acceptance(low, high, cascade.level or (10_000, 10_000), cascade.source)
