"""Lines through the years: what one municipality pays, and the balance of the fund, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, assert_never

from gguplan.fund.municipalities import STATUSES, Status
from gguplan.language import _, listed_with_and
from gguplan.model.years_ahead.bill_in_a_year import YearAhead
from gguplan.money import Integers
from gguplan.reports.charts.axes import Axis, axis_amount, euro_axis
from gguplan.reports.charts.drawing import Picture, picture
from gguplan.reports.charts.look import ALARM, BAND, INK, LESS, SOFT, Row, before_cascades, clean, counters
from gguplan.reports.charts.marks import Anchor, Dots, Mark, Point, Scale, Shape, Strokes, Surface, Words
from gguplan.reports.charts.panel import Key, Panel
from gguplan.reports.terminal.years_ahead import heading_of_horizon
from gguplan.wording.amounts import format_about, format_euros
from gguplan.wording.population import status_in_words

_WIDTH: Final = 540
_HEIGHT: Final = 250
_MOST_LABELS: Final = 7


def _shape_of(status: Status) -> Shape:
    """The mark of a year with a count of this status."""
    match status:
        case "final":
            return "circle"
        case "provisional":
            return "square"
        case "worked_back":
            return "triangle-up"
        case "projected":
            return "diamond"
        case _:
            assert_never(status)


def bill_chart(title: str, years: Sequence[YearAhead], note: str = "", of_horizon: bool = False) -> Picture:
    """What one municipality pays in each year: a line, with the interval of what is not known yet.

    `title` is that of the scenario. With `of_horizon` the budgets are those of each year, which an indexation makes
    uncertain too; else the budget is that of one year, over the inhabitants of each.
    """
    rows: list[Row] = [
        {
            "year": str(year.year),
            "cents": year.bill.to_pay,
            "low_cents": year.low,
            "high_cents": year.high,
            "status": year.population.status,
            "label": _amount(year),
        }
        for year in years
    ]
    counted = [year.low == year.high for year in years]
    # The dashed line and the band start at the last year that is counted.
    start = max((place for place, known in enumerate(counted) if known), default=0)
    solid, ahead = rows[: start + 1], rows[start:]
    low, high = min(row["low_cents"] for row in rows) / 100, max(row["high_cents"] for row in rows) / 100
    room = (high - low or high or 1.0) * 0.25
    bottom = low - room if low < 0 else max(low - room, 0)
    present = [status for status in STATUSES if any(row["status"] == status for row in rows)]
    marks: list[Mark] = []
    if len(rows) == 1:
        marks.append(Strokes((_interval(rows[0], 0),), LESS, 3))
    elif len(ahead) > 1:
        marks += [_band(ahead, start), Strokes((_line(ahead, start),), LESS, 2, "5,4")]
    marks.append(Strokes((_line(solid),), LESS, 2))
    for status in present:
        points = tuple(point for point, row in zip(_line(rows), rows, strict=True) if row["status"] == status)
        marks.append(Dots(points, _shape_of(status), LESS, 90, "white"))
    marks += _labels(rows)
    panel = Panel(
        Scale(0, len(rows), _WIDTH),
        Scale(bottom, high + room, _HEIGHT, upwards=True),
        tuple(marks),
        _axis_of_years(_("year"), rows),
        euro_axis(_("euros a year"), bottom, high + room, most=8),
        tuple(
            Key(_("inhabitants {status}", status=status_in_words(status)), LESS, _shape_of(status), 70)
            for status in present
        ),
    )
    municipality = years[0].bill.municipality
    first, last = years[0].year, years[-1].year
    span = str(first) if first == last else f"{first}–{last}"
    notes = [_("The axis does not start at 0.")] if low - room > 0 else []
    if not all(counted):
        notes.append(
            _(
                "The band holds it in eight of ten cases; it is that of the municipality's share, of an indexation "
                "that is not known yet, and of contributions raised for a shortfall, together."
            )
            if of_horizon
            else _("The band holds it in eight of ten cases; it is that of the municipality's share.")
        )
    notes += before_cascades(year.result.fund_year for year in years if year.result is not None)
    amounts = listed_with_and(_amount_of(year, known) for year, known in zip(years, counted, strict=True))
    return picture(
        [panel],
        _("{name}: what it pays in {years}", name=clean(municipality.name, 40), years=span),
        heading_of_horizon(clean(title, 90))
        if of_horizon
        else _("The budget of {title} over the inhabitants of each year", title=clean(title, 90)),
        " ".join([*notes, note or counters(year.population for year in years)]),
        [f"{clean(title, 90)}.", f"{clean(municipality.name, 40)}: {amounts}."],
    )


def balance_chart(
    years: Sequence[int],
    expected: Sequence[int] | Integers,
    low: Sequence[int] | Integers,
    high: Sequence[int] | Integers,
    floor: int | None,
    title: str,
    note: str = "",
    opening: int | None = None,
    reserve: tuple[int, Sequence[int] | Integers] | None = None,
    unit: int | None = None,
    reserve_floor: int | None = None,
) -> Picture:
    """The balance at the end of each year in cents, with its 80 % interval, and the floor below which it may not be.

    `expected`, `low` and `high` have a value for each of `years`; they may be arrays. It begins with the `opening`
    balance where that is given; `reserve` is what the reserve begins with, and what it is at the end of each year, and
    `reserve_floor` the floor of its own.
    Amounts are printed to so many euros as `unit` says; without it to thousands for a fund of more than a million.
    """
    start = _("start of {year}", year=int(years[0]))
    unit = unit or _unit(expected)
    rows: list[Row] = [] if opening is None else [_opening(start, int(opening), floor, unit)]
    rows += [
        {
            "year": str(int(year)),
            "cents": int(middle),
            "low_cents": int(least),
            "high_cents": int(most),
            "label": format_about(int(middle), unit),
            "below": floor is not None and int(middle) < floor,
        }
        for year, middle, least, most in zip(years, expected, low, high, strict=True)
    ]
    of_reserve: list[Row] = []
    if reserve is not None:
        first, closing = reserve
        of_reserve = [{"year": start, "cents": int(first)}] if opening is not None else []
        of_reserve += [
            {"year": str(int(year)), "cents": int(cents)} for year, cents in zip(years, closing, strict=True)
        ]
    own_floor = reserve_floor if of_reserve else None
    ends = [0, floor or 0, own_floor or 0, *(row[name] for row in rows for name in ("low_cents", "high_cents"))]
    ends += [row["cents"] for row in of_reserve]
    bottom, top = min(ends) / 100, max(ends) / 100
    room = (top - bottom or 1.0) * 0.08
    for row in rows:
        row["shown"] = axis_amount(row["cents"], bottom, top)
    everywhere = (0, len(rows))
    marks: list[Mark] = [
        Strokes((_interval(rows[0], 0),), BAND, 12) if len(rows) == 1 else _band(rows),
        Strokes((tuple((at, 0.0) for at in everywhere),), INK),
        Strokes((_line(rows),), LESS, 2),
    ]
    if of_reserve:
        line = _line(of_reserve, len(rows) - len(of_reserve))
        marks.append(Strokes((line,), SOFT, 1.8, "3,3"))
        marks.append(Dots(line, "square", SOFT, 40))
        marks.append(Words((_("reserve"),), line[-1], down=9, anchor="middle", foot="below", colour=SOFT, edge=True))
    for limit, colour, dash in ((floor, ALARM, "6,4"), (own_floor, SOFT, "1,3")):
        if limit is not None:
            marks.append(Strokes((tuple((at, int(limit) / 100) for at in everywhere),), colour, 1.5, dash))
    shapes: tuple[tuple[bool, Shape, str], ...] = ((False, "circle", LESS), (True, "triangle-down", ALARM))
    for below, shape, colour in shapes:
        points = tuple(point for point, row in zip(_line(rows), rows, strict=True) if row["below"] == below)
        if points:
            marks.append(Dots(points, shape, colour, 95, "white"))
    marks += _labels([{**row, "label": row["shown"]} for row in rows])
    y = Scale(bottom - room * (bottom < 0), top + 2 * room, _HEIGHT, upwards=True)
    panel = Panel(
        Scale(0, len(rows), _WIDTH),
        y,
        tuple(marks),
        _axis_of_years(_("end of the year"), rows),
        euro_axis(_("euros"), y.low, y.high, most=8),
    )
    under = [row["year"] for row in rows if row["below"]]
    sentences = [
        _("{year}: {amount}.", year=row["year"], amount=row["label"])
        if row["low_cents"] == row["high_cents"]
        else _(
            "{year}: {amount}, with 80 % certainty between {low} and {high}.",
            year=row["year"],
            amount=row["label"],
            low=format_about(row["low_cents"], unit),
            high=format_about(row["high_cents"], unit),
        )
        for row in rows
    ]
    if of_reserve:
        sentences.append(
            _(
                "The reserve at the end of {year}: {amount}.",
                year=of_reserve[-1]["year"],
                amount=format_about(of_reserve[-1]["cents"], unit),
            )
        )
    if floor is not None:
        sentences.append(_("The floor is {amount}.", amount=format_about(int(floor), 1)))
    if own_floor is not None:
        sentences.append(_("The floor of the reserve is {amount}.", amount=format_about(int(own_floor), 1)))
    if under:
        sentences.append(_("Below the floor in {years}.", years=listed_with_and(under)))
    under_the_title = [_("The balance at the end of each year; the band holds it in eight of ten cases.")]
    if of_reserve:
        under_the_title.append(_("The dashed line is the reserve, without the balances of programmes."))
    if floor is not None:
        under_the_title.append(_("The coloured line is the floor of {amount}.", amount=format_about(int(floor), 1)))
    if own_floor is not None:
        under_the_title.append(
            _("The dotted line is the floor of the reserve, {amount}.", amount=format_about(int(own_floor), 1))
        )
    if under:
        under_the_title.append(_("A triangle is below the floor."))
    subtitle = " ".join(under_the_title)
    return picture([panel], title, subtitle, note or _("Computed with gguplan."), [f"{clean(title)}.", *sentences])


def _opening(start: str, cents: int, floor: int | None, unit: int) -> Row:
    """The row of the balance with which the first year begins: it is known."""
    ends = {"cents": cents, "low_cents": cents, "high_cents": cents}
    return {"year": start, **ends, "label": format_about(cents, unit), "below": floor is not None and cents < floor}


def _line(rows: Sequence[Row], first: int = 0) -> tuple[Point, ...]:
    """A line through the amounts of rows, the first of which is the year with this number."""
    return tuple((first + place + 0.5, row["cents"] / 100) for place, row in enumerate(rows))


def _band(rows: Sequence[Row], first: int = 0) -> Surface:
    """What lies between the low and the high amount of each row."""
    ends = [_interval(row, first + place) for place, row in enumerate(rows)]
    return Surface((*(high for high, _low in ends), *(low for _high, low in reversed(ends))), BAND)


def _interval(row: Row, place: int) -> tuple[Point, Point]:
    """The high and the low amount of a row."""
    return (place + 0.5, row["high_cents"] / 100), (place + 0.5, row["low_cents"] / 100)


def _axis_of_years(title: str, rows: Sequence[Row]) -> Axis:
    return Axis(title, tuple((place + 0.5, row["year"]) for place, row in enumerate(rows)), grid=False)


def _labels(rows: Sequence[Row]) -> list[Words]:
    """The amounts of a few years, or of the first and the last of many."""
    few, last = len(rows) <= _MOST_LABELS, len(rows) - 1
    points = _line(rows)
    written = range(len(rows)) if few else (0, last)
    return [
        _label(rows[place]["label"], points[place], "middle" if few else "start" if place == 0 else "end")
        for place in written
    ]


def _label(words: str, at: Point, anchor: Anchor) -> Words:
    across = {"start": -6, "middle": 0, "end": 6}[anchor]
    return Words((words,), at, across=across, down=-10, anchor=anchor, foot="above", edge=True)


def _amount(year: YearAhead) -> str:
    return format_euros(year.bill.to_pay) if year.low == year.high else format_about(year.bill.to_pay, 1)


def _amount_of(year: YearAhead, counted: bool) -> str:
    if counted:
        return _(
            "{year} {amount} (inhabitants {status})",
            year=year.year,
            amount=_amount(year),
            status=status_in_words(year.population.status),
        )
    return _(
        "{year} {amount}, with 80 % certainty between {low} and {high} (inhabitants {status})",
        year=year.year,
        amount=_amount(year),
        low=format_about(year.low, 1),
        high=format_about(year.high, 1),
        status=status_in_words(year.population.status),
    )


def _unit(cents: Sequence[int] | Integers) -> int:
    """Euros to round to: thousands for a fund of more than a million."""
    return 1_000 if max((abs(int(amount)) for amount in cents), default=0) > 100_000_000 else 1
