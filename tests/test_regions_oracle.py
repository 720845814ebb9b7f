"""Random funds of some municipalities against the slow exact oracle, in cents: bodies without inhabitants, days of
their own, an old division, and who joins in later years."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gguplan.findings import InputError
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.runs.results import result_of
from gguplan.runs.years_ahead import years_ahead_of
from tests.oracle import (
    CannotBeMadeError,
    Held,
    Key,
    OptOut,
    Programme,
    Settlement,
    divided,
    held_against,
    money_of,
)

TOWNS = {"Voorne aan Zee": 1992, "Nissewaard": 1930, "Delft": 503, "Schiedam": 606, "Maassluis": 556, "Westland": 1783}
BODIES = ("provincie-a", "waterschap-b")
BEFORE = {"Voorne aan Zee": ("Brielle", "Hellevoetsluis", "Westvoorne")}
"""What became Voorne aan Zee on 1 January 2023: population_data/mergers.csv."""


@cache
def counted(year: int) -> dict[str, int]:
    file = Path(__file__).parents[1] / "population_data" / f"{year}.csv"
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {row["name"]: int(row["population"]) for row in rows}


def persons(name: str, year: int) -> int:
    """Of a day before a merger those of what it came from; a body has none."""
    census = counted(year)
    return census[name] if name in census else sum(census[part] for part in BEFORE.get(name, ()))


@dataclass(frozen=True)
class Part:
    """One part of a mix: `share` parts of all, by the inhabitants of a year or by shares out of their sum."""

    share: int
    year: int | None = None
    shares: tuple[int, ...] = ()

    def key(self, payers: Sequence[str]) -> Key:
        if self.year is not None:
            return Key(column=tuple(persons(name, self.year) for name in payers))
        return Key(shares=tuple(Fraction(share, sum(self.shares)) for share in self.shares))

    def written(self, payers: Sequence[str]) -> str:
        if self.year is not None:
            return f'{{ key = "inhabitants", reference_date = {self.year}-01-01 }}'
        shares = ", ".join(
            f'"{name}" = "{share}/{sum(self.shares)}"' for name, share in zip(payers, self.shares, strict=True)
        )
        return f'{{ key = "shares", shares = {{ {shares} }} }}'


@dataclass(frozen=True)
class Region:
    """Who pays, in order of code with the bodies last, what, by which parts, and what it is held against."""

    payers: tuple[str, ...]
    gross: int
    parts: tuple[Part, ...]
    old: Part
    rule: str
    percent: int
    fall: int | None
    by_others: bool


@st.composite
def regions(draw: st.DrawFn) -> Region:
    towns = draw(st.sets(st.sampled_from(sorted(TOWNS)), min_size=1, max_size=5))
    bodies = draw(st.sets(st.sampled_from(BODIES)))
    payers = (*sorted(towns, key=TOWNS.__getitem__), *sorted(bodies))
    agreed = st.lists(st.integers(0, 60), min_size=len(payers), max_size=len(payers)).filter(
        lambda shares: 0 < sum(shares) < 1_000
    )
    by_shares = st.builds(Part, st.integers(1, 9), st.none(), agreed.map(tuple))
    by_count = st.builds(Part, st.integers(1, 9), st.integers(2019, 2023))
    parts = [draw(by_shares), *draw(st.lists(by_shares | by_count, min_size=1, max_size=2))]
    return Region(
        payers,
        draw(st.integers(1, 10**6) | st.integers(1, 10**11)),
        tuple(parts),
        draw(by_shares | by_count),
        draw(st.sampled_from(["cap", "compensation", "phase_in", "none"])),
        draw(st.integers(0, 100)),
        draw(st.none() | st.integers(0, 100)),
        draw(st.booleans()),
    )


def written(region: Region, opt_outs: str = "") -> str:
    whole = sum(part.share for part in region.parts)
    parts = ", ".join(
        f'{{ share = "{part.share}/{whole}", by = {part.written(region.payers)} }}' for part in region.parts
    )
    payer = f'paid_by = "{"others" if region.by_others else "fund"}"'
    fall = "" if region.fall is None else f'fall_percent = "{region.fall}"\n'
    rules = {
        "none": "",
        "phase_in": f'years = {{ 2024 = "{region.percent}" }}',
        "cap": f'rise_percent = "{region.percent}"\n{fall}{payer}',
        "compensation": f'percent = "{region.percent}"\n{payer}',
    }
    before = f'[programmes.a.old_division]\nallocation = {region.old.written(region.payers)}\nsource = "invented"\n'
    held = f'{before}[programmes.a.{region.rule}]\n{rules[region.rule]}\nsource = "invented"\n'
    bodies = "".join(
        f'[bodies.{name}]\ntitle = "Lichaam {name}"\nkind = "other"\n' for name in region.payers if name in BODIES
    )
    listed = ", ".join(f'"{name}"' for name in region.payers)
    return (
        'title = "Region"\nsource = "invented"\nyear = 2024\nreference_date = 2023-01-01\n'
        f"members = [{listed}]\n{bodies}"
        f'[programmes.a]\ntitle = "A"\nvat = "none"\ngross = "{region.gross // 100}.{region.gross % 100:02}"\n'
        f'allocation = {{ key = "mix", parts = [{parts}] }}\n{held if region.rule != "none" else ""}{opt_outs}'
    )


def mix_of(region: Region) -> Key:
    whole = sum(part.share for part in region.parts)
    return Key(mix=tuple((Fraction(part.share, whole), part.key(region.payers)) for part in region.parts))


def expected(region: Region) -> tuple[list[int], int]:
    """What each pays, and the balance, from the definitions in docs/sums.md."""
    size = len(region.payers)

    def by(key: Key) -> list[int]:
        return divided(region.gross, key, [0] * size, [1] * size, 1)

    part, old = Fraction(region.percent, 100), region.old.key(region.payers)
    if region.rule == "none":
        return by(mix_of(region)), 0
    held = {
        "phase_in": Held(old, growth=part),
        "cap": Held(old, rise=part, fall=None if region.fall is None else Fraction(region.fall, 100)),
        "compensation": Held(old, back=part),
    }[region.rule]
    return held_against(by(old), by(mix_of(region)), replace(held, by_others=region.by_others))


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Where the random scenarios are written, each over the one before."""
    with TemporaryDirectory() as name:
        yield Path(name)


@given(region=regions())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_region_pays_what_the_oracle_works_out(region: Region, folder: Path) -> None:
    file = folder / "region.toml"
    file.write_text(written(region), encoding="utf-8")
    try:
        paid, drawn = expected(region)
    except CannotBeMadeError:
        with pytest.raises(InputError):
            result_of(read_scenario(file))
        return
    (programme,) = result_of(read_scenario(file)).by_programme
    assert programme.participation.contributions.tolist() == paid
    assert programme.participation.drawn == drawn


@given(region=regions(), data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_opt_outs_of_a_region_are_settled_as_the_oracle_does(region: Region, data: st.DataObject, folder: Path) -> None:
    """Of municipalities and bodies, for all or a part of the year, of 366 days; a body has no inhabitants to get a rate
    for, which is a mistake."""
    tables, opt_outs = "", list[OptOut]()
    people = [persons(name, 2023) for name in region.payers]
    left = list(range(len(region.payers)))
    for number in range(data.draw(st.integers(1, 2))):
        if not left:
            break
        outside = data.draw(st.sets(st.sampled_from(left), min_size=1, max_size=2))
        left = [place for place in left if place not in outside]
        settlement = data.draw(st.sampled_from(get_args(Settlement)))
        of_persons = settlement == "refund" and all(people[place] for place in outside)
        rate = data.draw(st.none() | st.integers(1, 50)) if of_persons else None
        until, day = data.draw(st.sampled_from(["", "joins", "leaves"])), data.draw(st.integers(1, 365))
        days = {"": range(366), "joins": range(day), "leaves": range(day, 366)}[until]
        named = ", ".join(f'"{region.payers[place]}"' for place in sorted(outside))
        tables += f'[opt_outs.o{number}]\nprogrammes = ["a"]\nmunicipalities = [{named}]\nsource = "invented"\n'
        tables += f'settlement = "{settlement}"\n' + (
            f"{until} = {date(2024, 1, 1) + timedelta(day)}\n" if until else ""
        )
        tables += "" if rate is None else f'rate = "0.{rate:02}"\n'
        euros = None if rate is None else Fraction(rate, 100)
        opt_outs.append(OptOut(settlement, frozenset(outside), frozenset(days), euros, tuple(people)))
    region = replace(region, rule="none")
    file = folder / "opt_outs.toml"
    file.write_text(written(region, tables), encoding="utf-8")
    try:
        money = money_of(Programme(0, mix_of(region), region.gross, opt_outs=tuple(opt_outs)), people, 366)
    except CannotBeMadeError:
        with pytest.raises(InputError):
            result_of(read_scenario(file))
        return
    (programme,) = result_of(read_scenario(file)).by_programme
    participation = programme.participation
    assert participation.contributions.tolist() == money.contributions
    assert participation.refunds.tolist() == money.refunds
    assert participation.drawn == money.drawn


@given(
    first=st.sets(st.sampled_from(sorted(TOWNS)), min_size=1, max_size=3),
    later=st.dictionaries(st.sampled_from([*sorted(TOWNS), *BODIES]), st.integers(2025, 2026), max_size=3),
    gross=st.integers(100, 10**9),
    others=st.integers(0, 10**6),
)
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_who_joins_pays_from_its_year_on(
    first: set[str], later: dict[str, int], gross: int, others: int, folder: Path
) -> None:
    """By inhabitants of that year, which a body does not pay, and by amounts what stands for who is not named."""
    later = {name: year for name, year in later.items() if name not in first}
    towns = ", ".join(f'"{name}"' for name in sorted(first))
    tables = "".join(f'[bodies.{name}]\ntitle = "Lichaam {name}"\nkind = "other"\n' for name in BODIES)
    tables += "".join(
        f'[membership.m{number}]\nmunicipalities = ["{name}"]\njoins = {year}\n'
        for number, (name, year) in enumerate(later.items())
    )
    named = ", ".join(f'"{name}" = "1.00"' for name in sorted(first))
    inhabitants = ', { share = "1/2", by = { key = "inhabitants" } }'
    shares = ", ".join(f'"{name}" = "1/{len(first)}"' for name in sorted(first))
    by_shares = f'{{ key = "shares", shares = {{ {shares} }}, others = "0%" }}'
    text = (
        'title = "Region"\nsource = "invented"\nyear = 2024\nreference_date = 2023-01-01\n'
        f"members = [{towns}]\n{tables}"
        f'[programmes.a]\ntitle = "A"\nvat = "none"\ngross = "{gross // 100}.{gross % 100:02}"\n'
        f'allocation = {{ key = "mix", parts = [{{ share = "1/2", by = {by_shares} }}{inhabitants}] }}\n'
        f'[programmes.b]\ntitle = "B"\nvat = "none"\nallocation = {{ key = "amounts", amounts = {{ {named} }}, '
        f'others = "{others // 100}.{others % 100:02}" }}\n'
        '[horizon]\nlast = 2026\nopening = "0.00"\nunderspend = "general"\n'
    )
    file = folder / "joining.toml"
    file.write_text(text, encoding="utf-8")
    for year in years_ahead_of(read_scenario(file), (), draws=2).by_year:
        members = [*first, *(name for name, joins in later.items() if joins <= year.year)]
        payers = [
            *sorted((name for name in members if name in TOWNS), key=TOWNS.__getitem__),
            *sorted(name for name in members if name in BODIES),
        ]
        agreed = tuple(Fraction(int(name in first), len(first)) for name in payers)
        counts = tuple(persons(name, year.year - 1) for name in payers)
        mix = Key(mix=((Fraction(1, 2), Key(shares=agreed)), (Fraction(1, 2), Key(column=counts))))
        by_key = divided(gross, mix, [0] * len(payers), [1] * len(payers), 1)
        by_amount = [100 if name in first else others for name in payers]
        assert year.result is not None
        a, b = year.result.by_programme
        assert a.participation.contributions.tolist() == by_key
        assert b.participation.contributions.tolist() == by_amount
