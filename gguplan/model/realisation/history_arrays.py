"""The history of a ledger: what each programme had and what it spent, as arrays, and what was left out and why.

A ledger in any shape comes in as five columns. Nothing is guessed: a row that cannot be used is left out with its
reason, and `conclusions` says what the rest is enough for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.fund.realisation import NoEvidence
from gguplan.money import Integers

Floats = NDArray[np.float64]

Reason = Literal["not_a_number", "budget_missing", "budget_not_positive", "realised_missing", "repeated"] | NoEvidence
"""Why a row is left out. A ratio needs a budget above 0 and a realised amount that is evidence;
of a repeated programme and year the first row counts."""

Conclusion = Literal[
    "nothing_to_learn_from",
    "one_year_no_year_effect",
    "one_year_no_differences_between_programmes",
    "few_programmes_prior_dominates",
    "few_programmes_of_this_kind",
    "all_ratios_equal",
    "few_years_after_nothing",
    "rows_left_out",
]
"""What a ledger cannot say; see `conclusions`."""

FEW: Final = 5
"""Fewer programmes than this and the stated prior says more than they do."""

ENOUGH_AFTER_NOTHING: Final = 5
"""With fewer years that follow a year of nothing, the presumed chance of another says more than they do."""

MOST_CENTS: Final = 2**53
"""An amount beyond this (ninety trillion euros) is taken for a mistake: a float no longer holds its cents."""


class LeftOut(Struct, frozen=True):
    """A row that is not used."""

    programme: str
    year: int | None
    reason: Reason


class Limit(Struct, frozen=True):
    """One thing that cannot be concluded. `about` is a kind, or empty for the whole; `count` what there is of it."""

    conclusion: Conclusion
    about: str
    count: int


class History(Struct, frozen=True, dict=True):
    """Observations of programmes by year.

    `names` of the programmes and `kind`, the index of each in `kinds`, have shape (programmes,). `programme` (an
    index in `names`), `year`, `budget` and `realised` have shape (observations,), sorted by programme and year;
    amounts are int64 cents, budgets above 0. A programme all of whose rows were left out has no observations.
    """

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    kind: Integers
    programme: Integers
    year: Integers
    budget: Integers
    realised: Integers
    left_out: tuple[LeftOut, ...] = ()

    @property
    def ratio(self) -> Floats:
        """Realised ÷ net budget, shape (observations,)."""
        ratio: Floats = self.realised / self.budget
        return ratio

    @cached_property
    def years(self) -> Integers:
        """The years with at least one observation, ascending."""
        return np.unique(self.year)

    def table(self, values: NDArray[np.float64] | Integers) -> Floats:
        """`values` of the observations as programmes × years; NaN where there is none."""
        wide: Floats = np.full((len(self.names), len(self.years)), np.nan)
        wide[self.programme, np.searchsorted(self.years, self.year)] = values
        return wide

    def between(self, first: int, last: int) -> History:
        """Only the observations of the years from `first` to `last`; every programme keeps its index."""
        return self.where((self.year >= first) & (self.year <= last))

    def where(self, keep: NDArray[np.bool_]) -> History:
        """Only the observations marked in `keep`; every programme keeps its index."""
        return History(
            self.names,
            self.kinds,
            self.kind,
            self.programme[keep],
            self.year[keep],
            self.budget[keep],
            self.realised[keep],
            self.left_out,
        )

    def of(self, programmes: Integers) -> History:
        """Only these programmes, in this order; `programmes` are indices."""
        place = np.full(len(self.names), -1)
        place[programmes] = np.arange(len(programmes))
        keep = np.flatnonzero(place[self.programme] >= 0)
        order = keep[np.lexsort((self.year[keep], place[self.programme[keep]]))]
        names = tuple(self.names[row] for row in programmes.tolist())
        wanted = set(names)
        left = tuple(row for row in self.left_out if row.programme in wanted)
        return History(
            names,
            self.kinds,
            self.kind[programmes],
            place[self.programme[order]],
            self.year[order],
            self.budget[order],
            self.realised[order],
            left,
        )


def make_history(
    programmes: Sequence[str],
    kinds: Sequence[str],
    years: Sequence[object],
    budgets: Iterable[object],
    realised: Iterable[object],
    no_evidence: Iterable[NoEvidence | None] | None = None,
) -> History:
    """The history of rows, one per programme a year, given as columns of equal length.

    Amounts are cents, as int or as float without decimals; None and NaN are missing. Text in an amount or a year is not
    read here and leaves the row out. `no_evidence` says of which realised amounts nothing is
    to be learnt, and why. The kind of a programme is
    that of its last year. Raises ValueError when the columns differ in length.
    """
    seen: dict[tuple[str, int], tuple[int, int]] = {}
    kind_of: dict[str, tuple[int, str]] = {}
    left: list[LeftOut] = []
    doubts = no_evidence if no_evidence is not None else [None] * len(programmes)
    for name, kind, year, budget, spent, doubt in zip(programmes, kinds, years, budgets, realised, doubts, strict=True):
        when = int(year) if isinstance(year, (int, np.integer)) and not isinstance(year, bool) else None
        if name not in kind_of or (when is not None and when >= kind_of[name][0]):
            kind_of[name] = (when or 0, kind)
        had, did = _cents(budget), _cents(spent)
        reason = _reason(had, did) or doubt
        if when is None or reason is not None:
            left.append(LeftOut(name, when, reason or "not_a_number"))
        elif (name, when) in seen:
            left.append(LeftOut(name, when, "repeated"))
        elif isinstance(had, int) and isinstance(did, int):
            seen[name, when] = (had, did)
    names = tuple(kind_of)
    all_kinds = tuple(sorted({kind for _year, kind in kind_of.values()}))
    place = {name: index for index, name in enumerate(names)}
    keys = sorted((place[name], year, *amounts) for (name, year), amounts in seen.items())
    wide = np.array(keys, dtype=np.int64).reshape(-1, 4)
    index_of = {kind: index for index, kind in enumerate(all_kinds)}
    kind_index = np.array([index_of[kind_of[name][1]] for name in names], dtype=np.int64)
    return History(names, all_kinds, kind_index, wide[:, 0], wide[:, 1], wide[:, 2], wide[:, 3], tuple(left))


def conclusions(history: History) -> tuple[Limit, ...]:
    """What this history is too short or too small for, the most serious first."""
    limits: list[Limit] = []
    seen = np.unique(history.programme)
    if not len(seen):
        limits.append(Limit("nothing_to_learn_from", "", 0))
    elif len(seen) < FEW:
        limits.append(Limit("few_programmes_prior_dominates", "", len(seen)))
    if len(history.years) == 1:
        limits.append(Limit("one_year_no_year_effect", "", 1))
    if len(seen) and len(seen) == len(history.year):
        limits.append(Limit("one_year_no_differences_between_programmes", "", len(seen)))
    if len(history.year) > 1 and np.ptp(history.ratio) < 1e-9:
        limits.append(Limit("all_ratios_equal", "", len(history.year)))
    of_kind = np.bincount(history.kind[seen], minlength=len(history.kinds))
    few = [(kind, int(count)) for kind, count in zip(history.kinds, of_kind, strict=True) if count < FEW]
    if len(history.kinds) > 1:
        limits.extend(Limit("few_programmes_of_this_kind", kind, count) for kind, count in few)
    waiting, followed = _years_of_nothing(history)
    if waiting and followed < ENOUGH_AFTER_NOTHING:
        limits.append(Limit("few_years_after_nothing", "", waiting))
    if history.left_out:
        limits.append(Limit("rows_left_out", "", len(history.left_out)))
    return tuple(limits)


def _years_of_nothing(history: History) -> tuple[int, int]:
    """How many programmes realised nothing in their last year, and how many years followed such a year."""
    nothing = history.realised <= 0
    last = np.append(history.programme[1:] != history.programme[:-1], True)[: len(nothing)]
    return int((nothing & last).sum()), int((nothing & ~last).sum())


def _cents(value: object) -> int | Literal["text"] | None:
    if value is None or (isinstance(value, (float, np.floating)) and np.isnan(value)):
        return None
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
        return int(value) if abs(int(value)) <= MOST_CENTS else "text"
    if isinstance(value, (float, np.floating)) and np.isfinite(value) and float(value).is_integer():
        return int(value) if abs(int(value)) <= MOST_CENTS else "text"
    return "text"


def _reason(budget: int | Literal["text"] | None, spent: int | Literal["text"] | None) -> Reason | None:
    if budget == "text" or spent == "text":
        return "not_a_number"
    if budget is None:
        return "budget_missing"
    if budget <= 0:
        return "budget_not_positive"
    return "realised_missing" if spent is None else None
