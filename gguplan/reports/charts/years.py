"""Lines through the years: what one municipality pays, and the balance of the fund, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, assert_never

from gguplan.fund.municipalities import STATUSES, Status
from gguplan.language import _, listed_with_and
from gguplan.model.years_ahead.bill_in_a_year import YearAhead
from gguplan.money import Integers
from gguplan.reports.charts.drawing import Picture
from gguplan.reports.charts.look import (
    ALARM,
    BAND,
    INK,
    LESS,
    SOFT,
    Row,
    axis_amount,
    before_cascades,
    clean,
    data,
    edged,
    euro_axis,
    picture,
    written,
)
from gguplan.reports.terminal.years_ahead import heading_of_horizon
from gguplan.wording.amounts import format_about, format_euros
from gguplan.wording.population import status_in_words

_WIDTH: Final = 540
_HEIGHT: Final = 250
_MOST_LABELS: Final = 7


def _shape_of(status: Status) -> str:
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
    import altair as alt

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
    y_scale = alt.Scale(domain=[low - room if low < 0 else max(low - room, 0), high + room], nice=False, zero=False)
    x = alt.X("year:O", axis=alt.Axis(title=_("year"), labelAngle=0, labelOverlap=True, grid=False))
    y = alt.Y("euros:Q", scale=y_scale, axis=euro_axis(_("euros a year"), low - room, high + room, tickCount=5))
    present = [status for status in STATUSES if any(row["status"] == status for row in rows)]
    words = {status: _("inhabitants {status}", status=status_in_words(status)) for status in present}
    shape = alt.Shape(
        "status:N",
        scale=alt.Scale(domain=present, range=[_shape_of(status) for status in present]),
        legend=alt.Legend(title=None, orient="top", labelExpr=written(words), symbolSize=70, symbolFillColor=LESS),
    )

    layers: list[Any] = []
    if len(rows) == 1:
        layers.append(_of(rows).mark_rule(color=LESS, strokeWidth=3).encode(x=x, y=_low(y_scale), y2=alt.Y2("high:Q")))
    elif len(ahead) > 1:
        layers += [
            _of(ahead).mark_area(color=BAND, opacity=1).encode(x=x, y=_low(y_scale), y2=alt.Y2("high:Q")),
            _of(ahead).mark_line(color=LESS, strokeWidth=2, strokeDash=[5, 4]).encode(x=x, y=y),
        ]
    layers += [
        _of(solid).mark_line(color=LESS, strokeWidth=2).encode(x=x, y=y),
        _of(rows).mark_point(filled=True, fill=LESS, stroke="white", size=90, opacity=1).encode(x=x, y=y, shape=shape),
        *_labels(rows, x, y),
    ]
    body = alt.layer(*layers, width=_WIDTH, height=_HEIGHT)
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
        [body],
        _("{name}: what it pays in {years}", name=clean(municipality.name, 40), years=span),
        heading_of_horizon(clean(title, 90))
        if of_horizon
        else _("The budget of {title} over the inhabitants of each year", title=clean(title, 90)),
        " ".join([*notes, note or _("Inhabitants: CBS.")]),
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
    import altair as alt

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
    y_scale = alt.Scale(domain=[bottom - room * (bottom < 0), top + 2 * room], nice=False)
    x = alt.X(
        "year:O",
        sort=[row["year"] for row in rows],
        axis=alt.Axis(title=_("end of the year"), labelAngle=0, labelOverlap=True, grid=False),
    )
    y = alt.Y("euros:Q", scale=y_scale, axis=euro_axis(_("euros"), bottom, top, tickCount=6))
    layers: list[Any] = [
        _of(rows).mark_area(color=BAND, opacity=1).encode(x=x, y=_low(y_scale), y2=alt.Y2("high:Q")),
        alt.Chart(data([{}])).mark_rule(color=INK).encode(y=alt.YDatum(0)),
        _of(rows).mark_line(color=LESS, strokeWidth=2).encode(x=x, y=y),
    ]
    if len(rows) == 1:
        layers.insert(
            0, _of(rows).mark_rule(color=BAND, strokeWidth=12).encode(x=x, y=_low(y_scale), y2=alt.Y2("high:Q"))
        )
    if of_reserve:
        dashes = _of(of_reserve)
        layers.append(dashes.mark_line(color=SOFT, strokeWidth=1.8, strokeDash=[3, 3]).encode(x=x, y=y))
        layers.append(dashes.mark_point(filled=True, fill=SOFT, shape="square", size=40, opacity=1).encode(x=x, y=y))
        name = _of([{**of_reserve[-1], "label": _("reserve")}]).encode(x=x, y=y, text=alt.Text("label:N"))
        layers += edged(name, align="center", baseline="top", dy=9, color=SOFT)
    if floor is not None:
        line = alt.Chart(data([{"floor_cents": int(floor)}])).transform_calculate(euros="datum.floor_cents / 100")
        layers.append(line.mark_rule(color=ALARM, strokeDash=[6, 4], strokeWidth=1.5).encode(y=y))
    if own_floor is not None:
        line = alt.Chart(data([{"floor_cents": int(own_floor)}])).transform_calculate(euros="datum.floor_cents / 100")
        layers.append(line.mark_rule(color=SOFT, strokeDash=[1, 3], strokeWidth=1.5).encode(y=y))
    for below, shape, colour in ((False, "circle", LESS), (True, "triangle-down", ALARM)):
        some = [row for row in rows if row["below"] == below]
        if some:
            mark = _of(some).mark_point(filled=True, fill=colour, stroke="white", shape=shape, size=95, opacity=1)
            layers.append(mark.encode(x=x, y=y))
    layers += _labels([{**row, "label": row["shown"]} for row in rows], x, y)
    body = alt.layer(*layers, width=_WIDTH, height=_HEIGHT)
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
    return picture([body], title, subtitle, note or _("Computed with gguplan."), [f"{clean(title)}.", *sentences])


def _opening(start: str, cents: int, floor: int | None, unit: int) -> Row:
    """The row of the balance with which the first year begins: it is known."""
    ends = {"cents": cents, "low_cents": cents, "high_cents": cents}
    return {"year": start, **ends, "label": format_about(cents, unit), "below": floor is not None and cents < floor}


def _of(rows: Sequence[Row]) -> Any:
    """A chart of rows in cents, with the same in euros for its axes."""
    import altair as alt

    euros = alt.Chart(data(rows)).transform_calculate(euros="datum.cents / 100")
    return euros.transform_calculate(low="datum.low_cents / 100").transform_calculate(high="datum.high_cents / 100")


def _low(scale: Any) -> Any:
    import altair as alt

    return alt.Y("low:Q", scale=scale)


def _labels(rows: Sequence[Row], x: Any, y: Any) -> list[Any]:
    """The amounts of a few years, or of the first and the last of many."""
    import altair as alt

    few = len(rows) <= _MOST_LABELS
    layers = []
    for place, row in enumerate(rows):
        if not few and place not in (0, len(rows) - 1):
            continue
        align = "center" if few else "left" if place == 0 else "right"
        text = _of([row]).encode(x=x, y=y, text=alt.Text("label:N"))
        layers += edged(text, align=align, baseline="bottom", dy=-10, dx={"left": -6, "right": 6}.get(align, 0))
    return layers


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
