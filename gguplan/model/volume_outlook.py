"""Volume and price of the year ahead, where a programme has them, and which of them moves what is spent.

Both agree with what is forecast of the programme: the volume stays as it was last, or is as a scenario states it, and
the price per unit is what is expected to be spent ÷ that volume. The width of the forecast is divided over both by the
squares of how their logs changed from year to year; each starts from half of it, worth one change. Two published years
are one change of each, so this says little, and it is said that it does.

Where volume and price changed against each other, so that what was spent hardly changed, it did not follow the volume:
then the volume moves as it did (Student-t, a degree of freedom for each change), and the price with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import exp, hypot, log, sqrt
from typing import Final, Literal

from msgspec import Struct
from scipy.special import stdtrit

from gguplan.fund.indicators import Indicator
from gguplan.fund.realisation import RealisedYear, StatedRealisation
from gguplan.fund.two_languages import TwoLanguages
from gguplan.model.realisation.planned_programmes import PlannedProgramme
from gguplan.model.realisation.stated_interval import StatedInterval
from gguplan.model.spending import Spending
from gguplan.money import RATE_UNITS

Mover = Literal["volume", "price", "both", "neither", "stated_volume", "not_known"]
"""Which of the two moves what is spent. `neither`: it hardly followed the volume; `stated_volume`: a scenario states
how far the volume may lie off, and takes the price as budgeted."""

_SURE: Final = 0.8
_NORMAL_END: Final = 1.2816
"""Where the 80 % interval of a standard normal number ends."""

_MOSTLY: Final = 2 / 3
"""It is mostly the one from this part of the variance of both."""

_HARDLY: Final = 1 / 3
"""What is spent hardly followed the volume where volume and price cancelled out but for this part of the larger."""


class FactorOutlook(Struct, frozen=True):
    """What is expected of a volume (units) or a price (ten-thousandths of a euro), and its 80 % interval; None for both
    ends where nothing says how far it may move."""

    expected: float
    ends: tuple[float, float] | None


class VolumeYear(Struct, frozen=True):
    """One published year: its units as printed, and the cents realised (None without a final amount)."""

    year: int
    indicator: Indicator
    units: float
    realised: int | None


class ChangeInTwoParts(Struct, frozen=True):
    """How many cents more were realised in `until` than in `since`: by other units, and by another price of one."""

    since: int
    until: int
    of_volume: int
    of_price: int

    @property
    def cancelled_out(self) -> bool:
        """Whether both parts went against each other, and hardly anything was left."""
        larger = max(abs(self.of_volume), abs(self.of_price))
        return abs(self.of_volume + self.of_price) < _HARDLY * larger


class VolumeOutlook(Struct, frozen=True):
    """Volume and price of one programme in the year ahead. `fixed` are cents that follow from neither; `years` what is
    published of them, oldest first; `change` the last change of which both are known."""

    name: str
    title: str
    counted: TwoLanguages | None
    fixed: int
    volume: FactorOutlook
    price: FactorOutlook
    mover: Mover
    years: tuple[VolumeYear, ...]
    change: ChangeInTwoParts | None

    def spent(self, volume: float, price: float) -> int:
        """Cents that so many units cost at a price in ten-thousandths of a euro, with the fixed part."""
        return self.fixed + round(volume * price * 100 / RATE_UNITS)

    def spent_if_volume_moves(self) -> tuple[int, int] | None:
        """The 80 % interval of what is spent, in cents, with the price as expected; None where it does not follow."""
        if self.volume.ends is None or self.mover == "neither":
            return None
        low, high = self.volume.ends
        return self.spent(low, self.price.expected), self.spent(high, self.price.expected)

    def spent_if_price_moves(self) -> tuple[int, int] | None:
        """The 80 % interval of what is spent, in cents, with the volume as expected; None where it does not follow."""
        if self.price.ends is None or self.mover == "neither":
            return None
        low, high = self.price.ends
        return self.spent(self.volume.expected, low), self.spent(self.volume.expected, high)


class VolumeOutlooks(Struct, frozen=True):
    """The programmes with volume and price, and the titles of those of which volumes are published but no price of two
    years follows."""

    rows: tuple[VolumeOutlook, ...]
    without_price: tuple[str, ...] = ()


def volume_outlooks(
    spending: Spending,
    rows: Sequence[RealisedYear],
    indicators: Sequence[Indicator],
    stated: Mapping[str, StatedRealisation],
) -> VolumeOutlooks:
    """The outlook of every programme that a scenario budgets as fixed + volume × price, or of which volume and final
    realised amount of two years before are published. Of what is known already nothing is forecast."""
    outlooks, without_price = [], []
    low, high = spending.forecast.interval(_SURE)
    for place, (programme, expected) in enumerate(zip(spending.programmes, spending.expected.tolist(), strict=True)):
        if programme.realised is not None:
            continue
        years = volume_years(programme.name, rows, indicators, spending.forecast.year)
        fixed = 0 if programme.volume is None else programme.volume.fixed
        change = last_change(years, fixed)
        between = (float(low[place]) * programme.budget - fixed, float(high[place]) * programme.budget - fixed)
        if programme.volume is not None:
            opinion = stated.get(programme.name)
            outlooks.append(_budgeted(programme, expected - fixed, between, years, change, opinion))
        elif change is not None:
            ahead = spending.forecast.year - years[-1].year
            outlooks.append(_split(programme, years[-1].units, expected, between, years, change, ahead))
        elif len(years) > 1:
            without_price.append(programme.title)
    return VolumeOutlooks(tuple(outlooks), tuple(without_price))


def volume_years(
    programme: str, rows: Sequence[RealisedYear], indicators: Sequence[Indicator], year: int
) -> tuple[VolumeYear, ...]:
    """The years before `year` of the first volume over a whole year that the programme is there for."""
    whole = [row for row in indicators if row.programme == programme and row.period == "year" and row.since is None]
    counted = next((row.indicator for row in whole if row.costed and row.used), None)
    realised = {row.year: row.realised for row in rows if row.programme == programme and row.no_evidence is None}
    return tuple(
        VolumeYear(row.year, row, float(row.units), realised.get(row.year))
        for row in sorted(whole, key=lambda row: row.year)
        if row.indicator == counted and row.used and row.units and row.year < year
    )


def last_change(years: Sequence[VolumeYear], fixed: int) -> ChangeInTwoParts | None:
    """The last change of what was realised of which volume and price are known: (new units − old) × old price by the
    volume, and the rest by the price."""
    for before, after in reversed(list(pairwise(years))):
        if before.realised is None or after.realised is None or min(before.realised, after.realised) <= fixed:
            continue
        of_volume = round((after.units - before.units) * (before.realised - fixed) / before.units)
        return ChangeInTwoParts(before.year, after.year, of_volume, after.realised - before.realised - of_volume)
    return None


def _volume_changes(years: Sequence[VolumeYear]) -> list[float]:
    """The changes of the log of the volume, a year."""
    return [log(after.units / before.units) / (after.year - before.year) for before, after in pairwise(years)]


def _price_changes(years: Sequence[VolumeYear], fixed: int) -> list[float]:
    """The changes of the log of the price per unit, a year."""
    prices = [
        (known.year, log((known.realised - fixed) / known.units))
        for known in years
        if known.realised is not None and known.realised > fixed
    ]
    return [(new - old) / (after - before) for (before, old), (after, new) in pairwise(prices)]


def _budgeted(
    programme: PlannedProgramme,
    expected: int,
    between: tuple[float, float],
    years: tuple[VolumeYear, ...],
    change: ChangeInTwoParts | None,
    stated: StatedRealisation | None,
) -> VolumeOutlook:
    """Of a budget of fixed + volume × price: the volume as it is stated, else as it is budgeted."""
    assert programme.volume is not None
    budget = programme.volume
    if stated is not None and stated.volume_between is not None:
        interval = StatedInterval(*stated.volume_between, stated.sure / 100)
        low, high = interval.quantile([(1 - _SURE) / 2, (1 + _SURE) / 2]).tolist()
        volume, price = FactorOutlook(interval.mean(), (max(0.0, low), high)), FactorOutlook(float(budget.price), None)
        return _outlook(programme, volume, price, "stated_volume", years, change)
    return _split(programme, float(budget.volume), expected, between, years, change, 1)


def _split(
    programme: PlannedProgramme,
    units: float,
    expected: int,
    between: tuple[float, float],
    years: tuple[VolumeYear, ...],
    change: ChangeInTwoParts | None,
    ahead: int,
) -> VolumeOutlook:
    """The forecast of what is spent besides the fixed part, `expected` and `between` in cents, split into both,
    `ahead` years after the last volume."""
    budgeted = 0.0 if programme.volume is None else float(programme.volume.price)
    price = expected * RATE_UNITS / (100 * units) if units else budgeted
    low, high = between
    if change is None or low <= 0 or expected <= 0:
        return _outlook(programme, FactorOutlook(units, None), FactorOutlook(price, None), "not_known", years, change)
    half, fixed = log(high / low) / 2, 0 if programme.volume is None else programme.volume.fixed
    volumes, prices = _volume_changes(years), _price_changes(years, fixed)
    if change.cancelled_out:
        size = sqrt(ahead * sum(moved**2 for moved in volumes) / len(volumes))
        wide = float(stdtrit(len(volumes), (1 + _SURE) / 2)) * size
        return _outlook(programme, _around(units, wide), _around(price, hypot(wide, half)), "neither", years, change)
    presumed = (half / _NORMAL_END) ** 2 / 2
    by_volume, by_price = (
        (sum(moved**2 for moved in changes) + presumed) / (len(changes) + 1) for changes in (volumes, prices)
    )
    share = by_volume / (by_volume + by_price) if by_volume + by_price else 0.5
    mover: Mover = "volume" if share >= _MOSTLY else "price" if share <= 1 - _MOSTLY else "both"
    volume = _around(units, half * sqrt(share))
    return _outlook(programme, volume, _around(price, half * sqrt(1 - share)), mover, years, change)


def _around(expected: float, half: float) -> FactorOutlook:
    """An interval of so much of the log on both sides."""
    return FactorOutlook(expected, (expected * exp(-half), expected * exp(half)))


def _outlook(
    programme: PlannedProgramme,
    volume: FactorOutlook,
    price: FactorOutlook,
    mover: Mover,
    years: tuple[VolumeYear, ...],
    change: ChangeInTwoParts | None,
) -> VolumeOutlook:
    counted = years[-1].indicator.name if years else None
    fixed = 0 if programme.volume is None else programme.volume.fixed
    return VolumeOutlook(programme.name, programme.title, counted, fixed, volume, price, mover, years, change)
