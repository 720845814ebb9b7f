"""Volume and price of the year ahead on the terminal, and which of them moves what is spent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from gguplan.language import _, listed_with_and, plural
from gguplan.model.volume_outlook import FactorOutlook, VolumeOutlook, VolumeOutlooks
from gguplan.reports.terminal.console import table
from gguplan.wording.amounts import format_about, format_number, format_price
from gguplan.wording.indicators import figure_of
from gguplan.wording.ledger import in_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

_UNKNOWN: Final = "–"
_DIGITS: Final = 3
"""Significant digits of an end that is only roughly known."""


def print_volume_outlooks(out: Console, outlooks: VolumeOutlooks, unit: int) -> None:
    """Print volume and price of each programme that has them; nothing where there are none."""
    if outlooks.rows:
        out.print()
        headings = [
            _("Volume and price"),
            _("expected"),
            _("80 % between"),
            _("and"),
            _("spent if it moves"),
            _("and"),
        ]
        cells = [row for outlook in outlooks.rows for row in _rows(outlook, unit)]
        out.print(table(headings, cells))
        out.print()
    for sentence in outlooks_in_words(outlooks, unit):
        out.print(sentence, soft_wrap=True)


def outlooks_in_words(outlooks: VolumeOutlooks, unit: int) -> list[str]:
    """Which of the two moves what is spent of each programme, and on how little that rests."""
    sentences = [" ".join([*_mover(row), *_last_change(row, unit)]) for row in outlooks.rows]
    if any(row.volume.ends is not None and row.change is not None for row in outlooks.rows):
        sentences.append(
            _(
                "Two published years are one change of each: read these intervals as an order of size. Volume × price, "
                "with a fixed part where there is one, is what the forecast expects to be spent."
            )
        )
    if rough := [row for row in outlooks.rows if row.years and row.years[-1].indicator.qualifier != "exact"]:
        sentences.append(
            _(
                "Printed roughly, so that the price per unit is as rough: {volumes}.",
                volumes=listed_with_and(
                    f"{in_language(row.years[-1].indicator.name)} {row.years[-1].year} "
                    f"({figure_of(row.years[-1].indicator)})"
                    for row in rough
                ),
            )
        )
    if outlooks.without_price:
        sentences.append(
            plural(
                "Of {programmes} volumes are published, but no final realised amount with a volume in two years: no "
                "price per unit is forecast.",
                "Of {programmes} volumes are published, but no final realised amounts with a volume in two years: no "
                "prices per unit are forecast.",
                len(outlooks.without_price),
                programmes=listed_with_and(outlooks.without_price),
            )
        )
    return sentences


def _rows(outlook: VolumeOutlook, unit: int) -> list[list[str]]:
    counted = _("volume") if outlook.counted is None else in_language(outlook.counted)
    return [
        [
            f"{outlook.title}: {counted}",
            format_number(round(outlook.volume.expected)),
            *_ends(outlook.volume, lambda end: format_number(round(_rough(end)))),
            *_spent(outlook.spent_if_volume_moves(), unit),
        ],
        [
            _("price per unit"),
            format_price(round(outlook.price.expected)),
            *_ends(outlook.price, lambda end: format_price(round(_rough(end)))),
            *_spent(outlook.spent_if_price_moves(), unit),
        ],
    ]


def _ends(factor: FactorOutlook, words: Callable[[float], str]) -> list[str]:
    if factor.ends is None:
        return [_UNKNOWN, _UNKNOWN]
    return [words(end) for end in factor.ends]


def _rough(value: float) -> float:
    """A number with a few significant digits."""
    return float(f"{value:.{_DIGITS}g}")


def _spent(ends: tuple[int, int] | None, unit: int) -> list[str]:
    return [_UNKNOWN, _UNKNOWN] if ends is None else [format_about(cents, unit) for cents in ends]


def _mover(row: VolumeOutlook) -> list[str]:
    match row.mover:
        case "volume":
            return [_("{title}: mostly the volume moves what is spent.", title=row.title)]
        case "price":
            return [_("{title}: mostly the price per unit moves what is spent.", title=row.title)]
        case "both":
            return [_("{title}: volume and price per unit move what is spent about alike.", title=row.title)]
        case "neither":
            return [
                _(
                    "{title}: neither by itself. What is spent hardly followed the volume, as a fixed amount would: "
                    "volume and price per unit went against each other.",
                    title=row.title,
                )
            ]
        case "stated_volume":
            return [
                _(
                    "{title}: the volume moves what is spent, as far as is stated. The price per unit counts as "
                    "budgeted: how far it may lie off is in no interval here.",
                    title=row.title,
                )
            ]
        case "not_known":
            return [
                _(
                    "{title}: which of volume and price moves what is spent cannot be said: no two years of both are "
                    "published before. State how far the volume may lie off: [realisation.{name}] with volume_between "
                    "and source.",
                    title=row.title,
                    name=row.name,
                )
            ]
        case _:
            assert_never(row.mover)


def _last_change(row: VolumeOutlook, unit: int) -> list[str]:
    if row.change is None:
        return []
    return [
        _(
            "From {since} to {until} the volume changed what was spent by {of_volume}, the price per unit by "
            "{of_price}.",
            since=row.change.since,
            until=row.change.until,
            of_volume=format_about(row.change.of_volume, unit),
            of_price=format_about(row.change.of_price, unit),
        )
    ]
