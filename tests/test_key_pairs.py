"""Keys of a scenario two by two: whatever else is stated, what is billed comes out to the cent as in the oracle.

The oracle is told what the scenario says in the words of the table, without gguplan; every key that it is not told of
(a cascade, the years ahead, what will be spent) may change no bill.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any, Final

import pytest

from gguplan.findings import InputError
from gguplan.inputs.scenario.reading import read_scenario
from gguplan.runs.results import result_of
from tests.key_table import KEYS
from tests.oracle import Bracket, Key, OptOut, Programme, Threshold, half_up, money_of
from tests.oracle_check import Check, compare
from tests.small_fund import FUND, PEOPLE, Values, as_toml, inhabitants_in, path_of, small_world, weights_in

_ROWS: Final = {f"{table} {key}": row for table, keys in KEYS.items() for key, row in keys.items()}
_NOT_TOLD: Final = {"extends", "ledger", "old_division", "phase_in", "cap", "compensation", "cover", "bodies"}
"""What the oracle would have to read elsewhere; what is done after the division, which has an oracle of its own in
`tests/test_adjustments.py`; and payers without inhabitants, worked by hand in `tests/test_bodies.py`."""

_SAMPLE: Final = 400
"""Of nearly sixteen thousand pairs; another seed draws others. Of all together 14,985 agreed and 946 were refused."""


def _pairs() -> list[tuple[str, str]]:
    names = [
        name
        for name, row in _ROWS.items()
        if not any(_NOT_TOLD & {str(part) for part in path_of(path)} for path in row.with_it)
    ]
    others = [pair for pair in combinations_with_replacement(names, 2) if pair[0] != pair[1]]
    return [*((name, name) for name in names), *random.Random(1).sample(others, _SAMPLE)]


@pytest.fixture(scope="module", autouse=True)
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with small_world(tmp_path_factory.mktemp("pairs")):
        yield


def test_keys_two_by_two_come_out_as_in_the_oracle() -> None:
    compared = refused = 0
    for first, second in _pairs():
        values = FUND | _ROWS[first].with_it | _ROWS[second].with_it
        Path("pair.toml").write_text(as_toml(values), encoding="utf-8")
        try:
            result = result_of(read_scenario("pair.toml"))
        except InputError:
            refused += 1
            continue
        expected = programmes_of(values)
        checked = Check()
        assert list(expected) == [programme.name for programme in result.by_programme], (first, second)
        for programme in result.by_programme:
            programme_of_oracle = expected[programme.name]
            persons = _persons(values["reference_date"].year, tree(values))
            money = money_of(programme_of_oracle, persons, result.fund_year.days)
            compare(checked, programme, money, programme_of_oracle, result.fund_year.days)
        assert checked.differences == [], (first, second)
        compared += 1
    # A pair of which the second contradicts the first is refused: that is no silence either.
    assert refused < compared / 15


def programmes_of(values: Values) -> dict[str, Programme]:
    """The programmes that are paid for, as the oracle takes them."""
    data = tree(values)
    opt_outs = data.get("opt_outs", {}).items()
    programmes = {}
    for name, budget in data["programmes"].items():
        ahead = data.get("horizon", {}).get("programmes", {}).get(name, {})
        runs = ahead.get("starts", data["year"]) <= data["year"] <= ahead.get("ends", data["year"])
        if name in data.get("without", []) or not runs:
            continue
        own = tuple(
            _opt_out(opt_out, data)
            for table, opt_out in opt_outs
            if name in _concerned(opt_out.get("programmes", [table]), data)
        )
        threshold = data.get("thresholds", {}).get(name)
        programmes[name] = Programme(
            21 if budget["vat"] == "21%" else 0,
            _key(budget.get("allocation", {}), data),
            _cents(budget.get("gross")),
            _net(budget),
            None if budget.get("rate") is None else Fraction(budget["rate"]),
            tuple(opt_out for opt_out in own if opt_out.municipalities),
            None if threshold is None else _threshold(threshold),
            _of_the_year(budget.get("income", []), data),
            _payers(budget, data),
            _of_the_year(budget.get("reserve", []), data),
            None if budget.get("round_to") is None else half_up(100 * Fraction(budget["round_to"])),
            budget.get("rounding") == "largest_payer",
        )
    return programmes


def _of_the_year(rows: list[dict[str, Any]], data: dict[str, Any]) -> int:
    """Cents of what others or the balance pay, of which some begins in a later year."""
    return sum(_cents(row["amount"]) or 0 for row in rows if row.get("since", data["year"]) <= data["year"])


def _payers(budget: dict[str, Any], data: dict[str, Any]) -> frozenset[int] | None:
    if "members" not in budget:
        return None
    return frozenset(place for name in budget["members"] for place in _places(name, data))


def _net(budget: dict[str, Any]) -> int | None:
    """Cents without VAT: as stated, or fixed + volume × price."""
    if "volume" not in budget:
        return _cents(budget.get("net"))
    return (_cents(budget.get("fixed")) or 0) + half_up(100 * budget["volume"] * Fraction(budget["price"]))


def tree(values: Values) -> dict[str, Any]:
    """What is said by path, as tables within tables."""
    data: dict[str, Any] = {}
    for path, value in values.items():
        *tables, last = path_of(path)
        here = data
        for table in tables:
            here = here.setdefault(table, {})
        if value is not None:
            here[last] = value
    return data


def _concerned(names: list[str], data: dict[str, Any]) -> list[str]:
    return [programme for name in names for programme in data.get("programme_groups", {}).get(name, [name])]


def _opt_out(stated: dict[str, Any], data: dict[str, Any]) -> OptOut:
    named = [place for name in stated["municipalities"] for place in _places(name, data)]
    first = date(data["year"], 1, 1)
    length = (date(data["year"] + 1, 1, 1) - first).days
    joins, leaves = ((stated[key] - first).days if key in stated else None for key in ("joins", "leaves"))
    if joins is not None and leaves is not None and leaves < joins:
        days = frozenset(range(leaves, joins))
    elif joins is None and leaves is None:
        days = frozenset(range(length))
    else:
        days = frozenset([*range(joins or 0), *range(length if leaves is None else leaves, length)])
    counted = _persons(stated.get("reference_date", data["reference_date"]).year, data)
    rate = None if stated.get("rate") is None else Fraction(stated["rate"])
    return OptOut(stated["settlement"], frozenset(named), days, rate, tuple(counted))


def _places(name: str, data: dict[str, Any]) -> list[int]:
    """The places among the members of a municipality, or of the members in a group."""
    group = data.get("groups", {}).get(name)
    if group is None:
        return [_members(data).index(name)]
    if "municipalities" in group:
        return [place for member in group["municipalities"] for place in _places(member, data)]
    persons = _persons(data["reference_date"].year, data)
    return [
        place
        for place, member in enumerate(_members(data))
        if group.get("province", PEOPLE[member][0]) == PEOPLE[member][0]
        and group.get("more_than", 0) < persons[place] <= group.get("up_to", persons[place])
        and member not in group.get("without", [])
    ]


def _members(data: dict[str, Any]) -> list[str]:
    """Who divide everything: all, or those named, with who has joined and without who has left."""
    members = set(data.get("members", PEOPLE))
    for change in data.get("membership", {}).values():
        members |= set(change["municipalities"]) if change.get("joins", data["year"] + 1) <= data["year"] else set()
        members -= set(change["municipalities"]) if change.get("leaves", data["year"] + 1) <= data["year"] else set()
    return [name for name in PEOPLE if name in members]


def _of_members(values: Sequence[int], data: dict[str, Any]) -> tuple[int, ...]:
    return tuple(value for name, value in zip(PEOPLE, values, strict=True) if name in _members(data))


def _persons(year: int, data: dict[str, Any]) -> tuple[int, ...]:
    return _of_members(inhabitants_in(year), data)


def _key(allocation: dict[str, Any], data: dict[str, Any]) -> Key:
    match allocation.get("key", "inhabitants"):
        case "inhabitants" if "reference_date" in allocation:
            return Key(column=_persons(allocation["reference_date"].year, data))
        case "fixed_plus_inhabitants":
            return Key(fixed=_cents(allocation["fixed"]) or 0)
        case "column":
            return Key(column=_of_members(weights_in(allocation["file"], allocation["column"]), data))
        case "shares":
            shares = _by_name(allocation, "shares", data)
            if shares is None:
                return Key(
                    shares=tuple(Fraction(part, 100) for part in _of_members(weights_in(*_file(allocation)), data))
                )
            return Key(shares=tuple(Fraction(share.removesuffix("%")) / 100 for share in shares))
        case "amounts":
            amounts = _by_name(allocation, "amounts", data)
            if amounts is None:
                return Key(amounts=tuple(100 * euros for euros in _of_members(weights_in(*_file(allocation)), data)))
            return Key(amounts=tuple(_cents(amount) or 0 for amount in amounts))
        case "products":
            units = _by_name(allocation, "units", data)
            taken = tuple(map(_mean, units or _of_members(weights_in(*_file(allocation)), data)))
            return Key(units=taken, price=Fraction(allocation["price"]))
        case "step_amounts":
            steps = (Bracket(step.get("up_to"), Fraction(step["amount"])) for step in allocation["steps"])
            return Key(steps=tuple(steps))
        case "mix":
            return Key(mix=tuple((_share(part["share"]), _key(part["by"], data)) for part in allocation["parts"]))
        case "tariff":
            return Key(own_rate=Fraction(allocation["rate"]))
        case "stepped":
            brackets = tuple(
                Bracket(bracket.get("up_to"), Fraction(bracket["rate"])) for bracket in allocation["brackets"]
            )
            return Key(part_of=brackets) if allocation["applies_to"] == "part" else Key(all_over=brackets)
        case _:
            return Key()


def _file(allocation: dict[str, Any]) -> tuple[str, str]:
    return allocation["file"], allocation["column"]


def _by_name(allocation: dict[str, Any], what: str, data: dict[str, Any]) -> list[Any] | None:
    """What each has by name, or as one of the others; None where it stands in a file."""
    if what not in allocation:
        return None
    return [allocation[what].get(name, allocation.get("others")) for name in _members(data)]


def _share(written: str) -> Fraction:
    return Fraction(written.removesuffix("%")) / (100 if written.endswith("%") else 1)


def _mean(units: Any) -> Fraction:
    years = units if isinstance(units, list) else [units]
    return sum(map(Fraction, years), Fraction(0)) / len(years)


def _threshold(threshold: dict[str, Any]) -> Threshold | None:
    if "handed_over" in threshold:
        # It goes on until a later year, so of this year nothing is decided.
        return None
    municipalities = threshold.get("municipalities", 0)
    needed = len(PEOPLE) if municipalities == "all" else municipalities
    return Threshold(needed, threshold.get("inhabitants_percent", 0), threshold["otherwise"])


def _cents(amount: str | None) -> int | None:
    return None if amount is None else int(amount.replace(".", ""))
