"""What is peculiar to a kind of programme: its level, its volatility, and its chance of exactly 0 and exactly 1.

All are pooled: a kind with few programmes keeps what all programmes have, and how strongly the kinds are pooled is
estimated from how much they differ.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from msgspec import Struct
from scipy.special import gammaln

from gguplan.model.realisation.fit import Observed, Parameters, log_likelihood, marginal
from gguplan.model.realisation.history_arrays import Floats
from gguplan.money import Integers

_LOCATIONS: Final[Floats] = np.linspace(-2.0, 2.0, 17)
_SCALES: Final[Floats] = np.linspace(-1.2, 1.2, 7)
_LOCATION_SPREADS: Final = (0.15, 0.4, 1.0)
_SCALE_SPREADS: Final = (0.15, 0.4, 0.8)
_MOST_OF_A_KIND: Final = 100

ATOM_PRIOR: Final[Floats] = np.array([0.01, 0.03, 0.96])
"""Presumed chances of exactly 0, exactly 1 and anything else, worth `_ATOM_ROWS` observations."""

FIXED_PRIOR: Final[Floats] = np.array([0.01, 0.60, 0.39])
"""The same for a fixed agreement, worth `_ATOM_ROWS_OF_A_KIND` observations: the agreed amount is paid."""

_ATOM_ROWS: Final = 10.0
_ATOM_ROWS_OF_A_KIND: Final = 4.0
_CONCENTRATIONS: Final[Floats] = np.array([0.3, 1.0, 3.0, 10.0, 30.0])
_CONCENTRATION_PRIOR: Final[Floats] = np.array([0.15, 0.3, 0.3, 0.15, 0.1])
_AS_LIKELY: Final = 1e-9

HOLDS_PRIOR: Final = (4.0, 1.0)
"""Presumed of a ceiling: of five times that more was wanted, it held four times (a beta prior)."""


class Atoms(Struct, frozen=True):
    """Chances of exactly 0, exactly 1 and anything else: of each kind, shape (kinds + 1, 3), the last for a kind
    not in the history; `concentration` is how many observations that is worth against a programme's own."""

    of_kind: Floats
    concentration: float

    def chances(self, kind: Integers, counts: Floats) -> Floats:
        """Of programmes with (discounted) counts of shape (programmes, 3): a Dirichlet-multinomial's mean."""
        total = self.concentration + counts.sum(axis=1)
        chance: Floats = (self.concentration * self.of_kind[kind] + counts) / total[:, None]
        return chance


def kind_offsets(parameters: Parameters, seen: Observed, kind: Integers, kinds: int) -> tuple[Floats, Floats]:
    """What to add to the location and to the log scale of each kind, both of shape (kinds + 1,).

    Posterior means on a grid of offsets under a normal of spread λ, with λ from where the kinds together are most
    likely. The last, for a kind that is not in the history, is 0.
    """
    location, log_scale = np.zeros(kinds + 1), np.zeros(kinds + 1)
    used = [np.flatnonzero((kind == number) & seen.weight.any(axis=1)) for number in range(kinds)]
    present = [number for number in range(kinds) if len(used[number])]
    if len(present) < 2:
        return location, log_scale
    unit = float(np.exp(parameters.log_scale))
    fitted = np.empty((len(present), len(_LOCATIONS), len(_SCALES)))
    rows = np.concatenate([used[number][:_MOST_OF_A_KIND] for number in present])
    sizes = [min(len(used[number]), _MOST_OF_A_KIND) for number in present]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    weight = np.array([len(used[number]) / size for number, size in zip(present, sizes, strict=True)])
    part = seen.of(rows)
    base = parameters.scale(part.size)
    for column, step in enumerate(_SCALES):
        for row, offset in enumerate(_LOCATIONS):
            middle = np.full(len(rows), parameters.location + offset * unit)
            cells = log_likelihood(parameters, part, middle, base * np.exp(step))
            fitted[:, row, column] = np.add.reduceat(marginal(cells), starts) * weight
    priors = np.stack(
        [_normal(_LOCATIONS / a)[:, None] * _normal(_SCALES / b) for a in _LOCATION_SPREADS for b in _SCALE_SPREADS]
    )
    relative = np.exp(fitted - fitted.max(axis=(1, 2), keepdims=True))
    evidence = np.log(np.einsum("krc,prc->pk", relative, priors)).sum(axis=1)
    weights = relative * priors[int(evidence.argmax())]
    weights /= weights.sum(axis=(1, 2), keepdims=True)
    location[present] = np.einsum("krc,r->k", weights, _LOCATIONS) * unit
    log_scale[present] = np.einsum("krc,c->k", weights, _SCALES)
    return location, log_scale


def estimate_atoms(counts: Floats, kind: Integers, kinds: tuple[str, ...]) -> Atoms:
    """The chances from the counts of 0, 1 and other ratios of each programme, shape (programmes, 3)."""
    pooled = _ATOM_ROWS * ATOM_PRIOR + counts.sum(axis=0)
    pooled /= pooled.sum()
    of_kind = np.repeat(pooled[None, :], len(kinds) + 1, axis=0)
    for place, name in enumerate(kinds):
        presumed = FIXED_PRIOR if name == "fixed_agreement" else pooled
        of_kind[place] = _ATOM_ROWS_OF_A_KIND * presumed + counts[kind == place].sum(axis=0)
        of_kind[place] /= of_kind[place].sum()
    base = of_kind[kind]
    total = counts.sum(axis=1)
    likelihoods = [
        (gammaln(concentration) - gammaln(concentration + total)).sum()
        + (gammaln(concentration * base + counts) - gammaln(concentration * base)).sum()
        for concentration in _CONCENTRATIONS
    ]
    likely = np.array(likelihoods) + np.log(_CONCENTRATION_PRIOR)
    # One year of each programme says nothing of it: then two are as likely, and rounding would choose.
    chosen = np.flatnonzero(likely >= likely.max() - _AS_LIKELY)[0]
    return Atoms(of_kind, float(_CONCENTRATIONS[chosen]))


def _normal(standard: Floats) -> Floats:
    density: Floats = np.exp(-(standard**2) / 2)
    density /= density.sum()
    return density
