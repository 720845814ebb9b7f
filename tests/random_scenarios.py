"""Random scenarios, each in two ways: as the file that gguplan reads, and as what the oracle works out.

Up to eight municipalities with invented inhabitants, every allocation key and every way to state a budget, any mixture
of settlements on any days, thresholds with each end. All of it follows from the draws of hypothesis.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final, get_args

from hypothesis import strategies as st

from gguplan.fund.municipalities import CountedIn, Municipality, Population
from tests.oracle import Bracket, End, Held, Key, OptOut, Programme, Settlement, Threshold

NAMES: Final = {
    "GM0014": "Groningen",
    "GM0060": "Ameland",
    "GM0088": "Schiermonnikoog",
    "GM0106": "Assen",
    "GM0184": "Urk",
    "GM0193": "Zwolle",
    "GM0344": "Utrecht",
    "GM0363": "Amsterdam",
}
"""Municipalities that exist in all years from 2015 to 2020, by code."""

LOWER: Final = {"GM0003": "Appingedam", "GM0010": "Delfzijl"}
"""Municipalities that exist in those years too, with lower codes."""

BODIES: Final = ("provincie-a", "waterschap-b")
"""Payers without inhabitants, which come after the municipalities."""

YEARS: Final = (2016, 2017, 2020)
"""Years of 366, 365 and 366 days."""

COLUMN: Final = "huishoudens"


@dataclass(frozen=True)
class RandomScenario:
    """One fund: `programmes` by name as the oracle takes them, and the scenario with its table of weights as text."""

    year: int
    inhabitants: tuple[int, ...]
    programmes: dict[str, Programme]
    toml: str
    weights: str
    strangers: tuple[int, ...] = ()
    """The inhabitants of municipalities that are no members: two with lower codes, and the rest of `NAMES`."""

    @property
    def days(self) -> int:
        """The days of the year."""
        return days_of(self.year)

    @property
    def population(self) -> Population:
        """The municipalities with their invented inhabitants."""
        counted = tuple(filter(None, self.inhabitants))
        if not self.strangers:
            return population_of(self.year, counted)
        persons = (*self.strangers[: len(LOWER)], *counted, *self.strangers[len(LOWER) :])
        return population_of(self.year, persons, LOWER | NAMES)

    def written(self, folder: Path) -> Path:
        """The scenario as a file, with its weights beside it."""
        (folder / "weights.csv").write_text(self.weights, encoding="utf-8")
        file = folder / "scenario.toml"
        file.write_text(self.toml, encoding="utf-8")
        return file


@dataclass(frozen=True)
class Period:
    """Consecutive days outside, perhaps over the end of the year, and the settlement that holds on them."""

    start: int
    end: int
    settlement: Settlement
    rate: Fraction | None = None
    earlier_count: bool = False
    """True when the refund counts the inhabitants of a year before."""
    members: set[int] = field(default_factory=set, hash=False, compare=False)


def population_of(year: int, inhabitants: Sequence[int], names: Mapping[str, str] = NAMES) -> Population:
    """The first of `names` with invented inhabitants."""
    counted = zip(names.items(), inhabitants, strict=False)
    return Population(
        year,
        "final",
        CountedIn("invented for a test"),
        tuple(Municipality(code, name, "Utrecht", persons) for (code, name), persons in counted),
    )


def days_of(year: int) -> int:
    """365 or 366."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


@cache
def counted_in(year: int) -> dict[str, int]:
    """CBS's inhabitants by code: population_data."""
    with (Path(__file__).parents[1] / "population_data" / f"{year}.csv").open(encoding="utf-8", newline="") as file:
        return {row["gm_code"]: int(row["population"]) for row in csv.DictReader(file)}


# --- draws ---------------------------------------------------------------------------------------

# Most are such that the sums can be made: what is refused is compared as well, but shows little.
amounts = st.integers(10**6, 10**13) | st.integers(10**6, 10**9) | st.integers(1, 10**6)
persons = st.integers(1, 9) | st.integers(1, 900_000)
rates = st.integers(1, 5_000).map(lambda units: Fraction(units, 10_000))
settlements = st.sampled_from(get_args(Settlement))


@st.composite
def scenarios(
    draw: st.DrawFn,
    most: int = 3,
    first_is_outside: bool = False,
    before: int = YEARS[-1] + 1,
    with_bodies: bool = False,
) -> RandomScenario:
    """A fund of at most so many programmes, in a year before another; some have payers without inhabitants too.

    When the first municipality is outside, it is so in all of them on every day, by settlements that take its part off.
    """
    year = draw(st.sampled_from([year for year in YEARS if year < before]))
    inhabitants = tuple(draw(st.lists(persons, min_size=1 + first_is_outside, max_size=len(NAMES))))
    towns = len(inhabitants)
    inhabitants += (0,) * (draw(st.integers(0, len(BODIES))) if with_bodies else 0)
    size = len(inhabitants)
    weight = st.integers(0, 3) | st.integers(0, 10**6)
    column = tuple(draw(st.lists(weight, min_size=size, max_size=size).filter(any)))
    strangers: tuple[int, ...] = ()
    if draw(st.booleans()):
        count = len(LOWER) + len(NAMES) - towns
        strangers = tuple(draw(st.lists(persons, min_size=count, max_size=count)))
    payers = names_of(inhabitants)
    programmes, text = {}, [_head(year, payers if strangers or size > towns else [])]
    for name in "abcdef"[: draw(st.integers(1, most))]:
        programmes[name], table = draw(programmes_of(name, year, inhabitants, column, first_is_outside))
        text.append(table)
    return RandomScenario(year, inhabitants, programmes, "\n".join(text), _weights(payers, column), strangers)


@st.composite
def programmes_of(
    draw: st.DrawFn,
    name: str,
    year: int,
    inhabitants: tuple[int, ...],
    column: tuple[int, ...],
    first_is_outside: bool,
) -> tuple[Programme, str]:
    """One programme as the oracle takes it and as a scenario says it."""
    size = len(inhabitants)
    members = draw(st.none() | st.sets(st.integers(0, size - 1), min_size=1))
    if members is not None and first_is_outside:
        members |= {0}
    paying = sorted(range(size) if members is None else members)
    payers = names_of(inhabitants)
    agreed = not all(inhabitants[place] for place in paying)
    key, allocation = draw(keys(column, paying, payers, agreed=agreed))
    others = {"rate": key == Key(), "tariffs": key.is_tariff}
    # The amounts of all are what is divided: a budget beside them would be the same.
    amounts_too = [] if key.own_rate is not None or key.amounts is not None else ["gross", "net"]
    stated = draw(st.sampled_from([*amounts_too, *(way for way, goes_with in others.items() if goes_with)]))
    amount = draw(amounts) if stated in ("gross", "net") else None
    rate = draw(rates) if stated == "rate" else None
    percent = draw(st.sampled_from([0, 21]))
    lines = [
        f"[programmes.{name}]",
        f'title = "Onderdeel {name}"',
        f'vat = "{"21%" if percent else "none"}"',
        *allocation,
    ]
    if members is not None:
        lines.append(f"members = {_listed(payers[place] for place in paying)}")
    round_to = draw(st.none() | st.sampled_from([10, 50, 100, 1_000]))
    largest_pays = round_to is not None and draw(st.booleans())
    if round_to is not None:
        lines.append(f'round_to = "{written_euros(round_to)}"')
        lines += ['rounding = "largest_payer"'] * largest_pays
    reserve = 0 if amount is None else draw(st.sampled_from([0, 0, 1, -1])) * draw(st.integers(1, amount))
    if amount is not None:
        lines.append(f'{stated} = "{written_euros(amount)}"')
    if rate is not None:
        lines.append(f'rate = "{_rate(rate)}"')
    if reserve:
        lines += [f"[[programmes.{name}.reserve]]", 'what = "Egalisatie"', f'amount = "{written_euros(reserve)}"']
        lines += ['source = "invented for a test"']
    held, tables = (None, []) if first_is_outside else draw(held_against_before(name, year, column, paying, payers))
    lines += tables
    periods = draw(periods_of(len(inhabitants), days_of(year), first_is_outside))
    for period in periods:
        # Nothing is paid back by the inhabitants of who has none.
        period.members.intersection_update(place for place in paying if period.rate is None or inhabitants[place])
    if held is not None and draw(st.integers(0, 4)) < 4:
        # Mostly nothing is taken off a division that is held against another: that is refused.
        periods = [replace(period, settlement="redistribute") if period.rate is None else period for period in periods]
    if (key.own_rate is not None or key.amounts is not None) and draw(st.integers(0, 4)) < 4:
        # Mostly nobody else pays for those outside a tariff, or outside amounts: that is refused.
        periods = [
            replace(period, settlement="shrink") if period.settlement == "redistribute" else period
            for period in periods
        ]
    for number, period in enumerate(periods):
        lines += _opt_out_lines(name, number, period, year, payers)
    size = sum(bool(inhabitants[place]) for place in paying)
    threshold = draw(st.none() | thresholds(size))
    if threshold is not None:
        lines += [f"[thresholds.{name}]", f'otherwise = "{threshold.otherwise}"']
        needed = '"all"' if threshold.municipalities == size else str(threshold.municipalities)
        lines += [f"municipalities = {needed}"] * bool(threshold.municipalities)
        lines += [f"inhabitants_percent = {threshold.percent}"] * bool(threshold.percent)
    programme = Programme(
        percent,
        key,
        amount if stated == "gross" else None,
        amount if stated == "net" else None,
        rate,
        tuple(_opt_out(period, year, inhabitants) for period in periods),
        threshold,
        reserve=reserve,
        round_to=round_to,
        largest_pays=largest_pays,
        members=None if members is None else frozenset(members),
        held=held,
    )
    return programme, "\n".join(lines)


@st.composite
def keys(
    draw: st.DrawFn,
    column: tuple[int, ...],
    members: Sequence[int],
    payers: Sequence[str],
    in_a_mix: bool = False,
    agreed: bool = False,
) -> tuple[Key, list[str]]:
    """An allocation key of some members, and the lines of a scenario that say it; `in_a_mix` one that divides a part of
    an amount, `agreed` one by which who has no inhabitants pays too."""
    by_people = [] if agreed else ["inhabitants", "fixed", "part", "all"]
    alone = [] if in_a_mix else ["mix", *([] if agreed else ["tariff"])]
    kind = draw(st.sampled_from(["column", "agreed", *by_people, *alone]))
    if kind == "agreed":
        return draw(keys_by_name(column, members, payers, in_a_mix, agreed))
    if kind == "mix":
        part = st.tuples(st.integers(1, 249), keys(column, members, payers, True, agreed))
        by_count = st.tuples(st.integers(1, 249), st.just((Key(), ['allocation = { key = "inhabitants" }'])))
        parts = draw(st.lists(part, min_size=2, max_size=3))
        parts += draw(st.lists(by_count, max_size=int(agreed)))
        whole = sum(share for share, _key in parts)
        tables = [lines[0].removeprefix("allocation = ") for _share, (_key, lines) in parts]
        listed = ", ".join(
            f'{{ share = "{share}/{whole}", by = {table} }}' for (share, _key), table in zip(parts, tables, strict=True)
        )
        mix = tuple((Fraction(share, whole), key) for share, (key, _lines) in parts)
        return Key(mix=mix), [f'allocation = {{ key = "mix", parts = [{listed}] }}']
    if kind == "inhabitants":
        return Key(), ['allocation = { key = "inhabitants" }'] if in_a_mix else []
    if kind == "tariff":
        own = draw(rates)
        return Key(own_rate=own), [f'allocation = {{ key = "tariff", rate = "{_rate(own)}" }}']
    if kind == "fixed":
        fixed = draw(st.integers(1, 100) | st.integers(1, 10**6))
        table = f'{{ key = "fixed_plus_inhabitants", fixed = "{written_euros(fixed)}" }}'
        return Key(fixed=fixed), [f"allocation = {table}"]
    if kind == "column":
        return Key(column=column), [f'allocation = {{ key = "column", column = "{COLUMN}", file = "weights.csv" }}']
    limits = sorted(draw(st.sets(st.integers(1, 900_000), max_size=3)))
    brackets = tuple(Bracket(limit, draw(rates)) for limit in [*limits, None])
    listed = ", ".join(
        "{ " + (f"up_to = {bracket.up_to}, " if bracket.up_to else "") + f'rate = "{_rate(bracket.rate)}" }}'
        for bracket in brackets
    )
    line = f'allocation = {{ key = "stepped", applies_to = "{kind}", brackets = [{listed}] }}'
    return Key(part_of=brackets) if kind == "part" else Key(all_over=brackets), [line]


@st.composite
def keys_by_name(
    draw: st.DrawFn,
    column: tuple[int, ...],
    members: Sequence[int],
    payers: Sequence[str],
    in_a_mix: bool = False,
    agreed: bool = False,
) -> tuple[Key, list[str]]:
    """A key with what is agreed on for each member, or for its size; those with nothing may be the others."""
    by_size, alone = [] if agreed else ["steps"], [] if in_a_mix else ["amounts"]
    kind = draw(st.sampled_from(["shares", "units", *by_size, *alone]))
    names = [payers[place] for place in members]
    if kind == "steps":
        limits = sorted(draw(st.sets(st.integers(1, 900_000), max_size=3)))
        steps = tuple(Bracket(limit, Fraction(draw(st.integers(1, 10**7)), 100)) for limit in [*limits, None])
        listed = ", ".join(
            "{ " + (f"up_to = {step.up_to}, " if step.up_to else "") + f'amount = "{float(step.rate):.2f}" }}'
            for step in steps
        )
        return Key(steps=steps), [f'allocation = {{ key = "step_amounts", steps = [{listed}] }}']
    if kind == "shares":
        # The last has what is left of 100 %, in millionths.
        count = len(members) - 1
        cuts = sorted(draw(st.lists(st.integers(0, 10**6), min_size=count, max_size=count)))
        parts = [end - start for start, end in zip([0, *cuts], [*cuts, 10**6], strict=True)]
        written = [f'"{part / 10**4:.4f}%"' for part in parts]
        shares = _of_all([Fraction(part, 10**6) for part in parts], members, len(column))
        return Key(shares=shares), [_by_name(draw, "shares", names, written, '"0%"')]
    # Somebody pays.
    values = [column[place] + (number == 0) for number, place in enumerate(members)]
    if kind == "amounts":
        written = [f'"{written_euros(cents)}"' for cents in values]
        amounts = tuple(map(int, _of_all(values, members, len(column))))
        return Key(amounts=amounts), [_by_name(draw, "amounts", names, written)]
    years = draw(st.integers(1, 3))
    taken = [[Fraction(value, draw(st.sampled_from([1, 10, 10_000]))) for _year in range(years)] for value in values]
    price = draw(rates)
    units = _of_all([sum(of_years, Fraction(0)) / years for of_years in taken], members, len(column))
    listed_years = [f"[{', '.join(f'{chr(34)}{float(unit):.4f}{chr(34)}' for unit in of_years)}]" for of_years in taken]
    line = _by_name(draw, "units", names, listed_years, "0", f'price = "{_rate(price)}", ')
    return Key(units=units, price=price), [line]


def _of_all(values: Sequence[Fraction | int], members: Sequence[int], size: int) -> tuple[Fraction, ...]:
    """The values of the members among all, who have nothing besides."""
    by_place = dict(zip(members, values, strict=True))
    return tuple(Fraction(by_place.get(place, 0)) for place in range(size))


def _by_name(
    draw: st.DrawFn,
    what: str,
    names: Sequence[str],
    values: Sequence[str],
    nothing: str = '"0.00"',
    before: str = "",
) -> str:
    """The line of a scenario with a value for each name; those with nothing may be the others."""
    left_out = draw(st.booleans())
    named = {code: value for code, value in zip(names, values, strict=True) if not (left_out and _is_nothing(value))}
    others = f", others = {nothing}" if left_out else ""
    listed = ", ".join(f"{code} = {value}" for code, value in named.items())
    key = {"units": "products"}.get(what, what)
    return f'allocation = {{ key = "{key}", {before}{what} = {{ {listed} }}{others} }}'


def _is_nothing(value: str) -> bool:
    """Whether a written value is nought."""
    return not any(digit in value for digit in "123456789")


@st.composite
def held_against_before(
    draw: st.DrawFn, name: str, year: int, column: tuple[int, ...], members: Sequence[int], payers: Sequence[str]
) -> tuple[Held | None, list[str]]:
    """A growth path, a cap or a compensation against an old key, or none of them; and the tables that say it."""
    rules = draw(st.sets(st.sampled_from(["phase_in", "cap", "compensation"]))) if draw(st.booleans()) else set()
    if not rules:
        return None, []
    agreed = any(payers[place] in BODIES for place in members)
    old, written = draw(keys(column, members, payers, agreed=agreed))
    line = "".join(written) or 'allocation = { key = "inhabitants" }'
    percents = st.integers(0, 10_000)
    part, rise, back = draw(percents), draw(percents), draw(percents)
    fall, by_others = draw(st.none() | percents), draw(st.booleans())
    payer = f'paid_by = "{"others" if by_others else "fund"}"'
    source = 'source = "invented for a test"'
    lines = [f"[programmes.{name}.old_division]", line, source]
    if "phase_in" in rules:
        lines += [f"[programmes.{name}.phase_in]", f'years = {{ {year} = "{_percent(part)}" }}', source]
    if "cap" in rules:
        lines += [f"[programmes.{name}.cap]", f'rise_percent = "{_percent(rise)}"', payer, source]
        lines += [] if fall is None else [f'fall_percent = "{_percent(fall)}"']
    if "compensation" in rules:
        lines += [f"[programmes.{name}.compensation]", f'percent = "{_percent(back)}"', payer, source]
    held = Held(
        old,
        Fraction(part, 10_000) if "phase_in" in rules else None,
        Fraction(rise, 10_000) if "cap" in rules else None,
        Fraction(fall, 10_000) if "cap" in rules and fall is not None else None,
        Fraction(back, 10_000) if "compensation" in rules else None,
        by_others,
    )
    return held, lines


def _percent(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"


@st.composite
def periods_of(draw: st.DrawFn, size: int, days: int, first_is_outside: bool) -> list[Period]:
    """Periods outside, no two of which have a municipality on one day.

    The year is cut in pieces; in each piece every municipality takes part or is outside by one of a few settlements.
    Where the year is taken round, the first and the last piece are one. In some pieces all are outside together.
    """
    cuts = sorted(draw(st.sets(st.integers(1, days - 1), max_size=4)))
    bounds = list(zip([0, *cuts], [*cuts, days], strict=True))
    if len(bounds) > 2 and draw(st.booleans()):
        bounds = [*bounds[1:-1], (bounds[-1][0], bounds[0][1])]
    periods: list[Period] = []
    for start, end in bounds:
        in_piece = draw(st.lists(_periods(start, end), min_size=1, max_size=3))
        if first_is_outside:
            in_piece = [replace(in_piece[0], rate=None, earlier_count=False, members={0}), *in_piece]
        together = draw(st.integers(0, 4)) == 4
        for place in range(int(first_is_outside), size):
            number = len(in_piece) if together else draw(st.integers(-len(in_piece), len(in_piece)))
            if number > 0:
                in_piece[number - 1].members.add(place)
        periods += [period for period in in_piece if period.members]
    return draw(st.permutations(periods))


@st.composite
def _periods(draw: st.DrawFn, start: int, end: int) -> Period:
    settlement = draw(settlements)
    rate = draw(st.none() | rates) if settlement == "refund" else None
    return Period(start, end, settlement, rate, rate is not None and draw(st.booleans()))


@st.composite
def thresholds(draw: st.DrawFn, size: int) -> Threshold:
    """At least some municipalities, some share of the inhabitants, or both."""
    municipalities, percent = draw(st.integers(0, size + 1)), draw(st.integers(0, 100))
    ends: st.SearchStrategy[End] = st.sampled_from(get_args(End))
    return Threshold(municipalities or int(not percent), percent, draw(ends))


# --- as a scenario says it, and as the oracle takes it ---------------------------------------------


def names_of(inhabitants: Sequence[int]) -> list[str]:
    """The codes of the municipalities, and the names of those that have no inhabitants."""
    towns = sum(map(bool, inhabitants))
    return [*list(NAMES)[:towns], *BODIES[: len(inhabitants) - towns]]


def _head(year: int, members: Sequence[str]) -> str:
    head = f'title = "Verzonnen"\nyear = {year}\nreference_date = {year}-01-01\nsource = "invented for a test"\n'
    bodies = [f'[bodies.{name}]\ntitle = "Lichaam {name}"\nkind = "other"\n' for name in members if name in BODIES]
    return head + (f"members = {_listed(members)}\n" if members else "") + "".join(bodies)


def _listed(codes: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{code}"' for code in codes) + "]"


def _weights(payers: Sequence[str], column: Sequence[int]) -> str:
    rows = [f"{code},{weight}" for code, weight in zip(payers, column, strict=True)]
    return "\n".join([f"gm_code,{COLUMN}", *rows, ""])


def _opt_out_lines(programme: str, number: int, period: Period, year: int, payers: Sequence[str]) -> list[str]:
    names = ", ".join(f'"{payers[place]}"' for place in sorted(period.members))
    lines = [f"[opt_outs.{programme}-{number}]", f'programmes = ["{programme}"]', f"municipalities = [{names}]"]
    lines += [f'settlement = "{period.settlement}"']
    if period.rate is not None:
        lines.append(f'rate = "{_rate(period.rate)}"')
    lines += [f"reference_date = {year - 1}-01-01"] * period.earlier_count
    days = days_of(year)
    if period.end < days:
        lines.append(f"joins = {_day(year, period.end)}")
    if period.start > 0:
        lines.append(f"leaves = {_day(year, period.start)}")
    return lines


def _opt_out(period: Period, year: int, inhabitants: tuple[int, ...]) -> OptOut:
    days = days_of(year)
    length = period.end - period.start if period.start < period.end else period.end + days - period.start
    outside = frozenset((period.start + day) % days for day in range(length))
    counted = inhabitants
    if period.earlier_count:
        counted = tuple(counted_in(year - 1).get(name, 0) for name in names_of(inhabitants))
    return OptOut(period.settlement, frozenset(period.members), outside, period.rate, counted)


def _day(year: int, number: int) -> str:
    return (date(year, 1, 1) + timedelta(days=number)).isoformat()


def written_euros(cents: int) -> str:
    """An amount as a scenario writes it."""
    return f"{'-' * (cents < 0)}{abs(cents) // 100}.{abs(cents) % 100:02}"


def _rate(rate: Fraction) -> str:
    units = int(rate * 10_000)
    return f"{units // 10_000}.{units % 10_000:04}"
