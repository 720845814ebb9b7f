"""Hostile input for a fund of three members: its members, allocation keys, adjustments and amendments, and tables."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path
from typing import Final

from tests.hostile import ERRORS, Target, cells_of, mutated, now_and_then, workbook_of

_HEAD: Final = (
    'title = "Regio"\nsource = "invented for a test"\nyear = 2020\nreference_date = 2019-01-01\n'
    'members = ["Delft", "GM0637", "Brielle"]\n'
)
_PROGRAMME: Final = '[programmes.a]\ntitle = "A"\nvat = "none"\nsource = "s"\n'
_BUDGET: Final = f'{_PROGRAMME}gross = "1000000.00"\nunderspend = "general"\n'
_HORIZON: Final = '[horizon]\nlast = 2023\nopening = "0.00"\nunderspend = "general"\n'
_COLUMN: Final = 'key = "column"\nfile = "table.csv"\ncolumn = "woningen"\n'

# --- what reads ------------------------------------------------------------------------------------


def _fund(file: Path) -> None:
    from gguplan.inputs.ledger.ledger_files import load_ledger
    from gguplan.inputs.ledger.realised_years import realised_years
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.reports.tables.csv import csv_of
    from gguplan.runs.results import result_of
    from gguplan.runs.years_ahead import years_ahead_of

    table = file.parent / "table.csv"
    if not table.is_file():
        table.write_bytes(_TABLE)
    inputs = read_scenario(file)
    for table_of_result in result_of(inputs).tables.values():
        csv_of(table_of_result)
    if inputs.scenario.horizon is not None and now_and_then(file):
        years_ahead_of(inputs, realised_years(load_ledger()), draws=20)


def _amendment(file: Path) -> None:
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.runs.amendments import amendments_of

    budget, first = file.with_name("budget.toml"), file.with_name("first.toml")
    budget.write_text(f"{_HEAD}{_BUDGET}{_HORIZON}", encoding="utf-8")
    first.write_text(
        'title = "1"\nextends = "budget.toml"\namendment = 1\nsource = "s"\n[programmes.a]\ngross = "1100000.00"\n',
        encoding="utf-8",
    )
    amendments_of([read_scenario(budget), read_scenario(first), read_scenario(file)])


_KEYS_WITH_A_TABLE: Final = (
    f"[programmes.a.allocation]\n{_COLUMN}",
    '[programmes.a.allocation]\nkey = "shares"\nfile = "table.csv"\ncolumn = "aandeel"\nothers = "0%"\n',
    '[programmes.a.allocation]\nkey = "products"\nfile = "table.csv"\ncolumn = "stuks"\nprice = "86.55"\n',
    '[programmes.a.allocation]\nkey = "mix"\n[[programmes.a.allocation.parts]]\nshare = "50%"\n'
    'by = { key = "column", file = "table.csv", column = "woningen" }\n[[programmes.a.allocation.parts]]\n'
    'share = "50%"\nby = { key = "shares", file = "table.csv", column = "aandeel", others = "0%" }\n',
    '[programmes.a.old_division]\nallocation = { key = "column", file = "table.csv", column = "woningen" }\n'
    'as_paid = true\nsource = "s"\n'
    '[programmes.a.cap]\nrise_percent = "5"\npaid_by = "fund"\nsource = "s"\n',
)


def _table(file: Path) -> None:
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.runs.results import result_of

    key = _KEYS_WITH_A_TABLE[len(file.read_bytes()) % len(_KEYS_WITH_A_TABLE)]
    scenario = file.with_name("fund.toml")
    scenario.write_text(f"{_HEAD}{_BUDGET}{key}", encoding="utf-8")
    result_of(read_scenario(scenario))


# --- what it starts from -----------------------------------------------------------------------------

_TABLE: Final = (
    b"gm_code,gemeente,woningen,aandeel,stuks,bedrag\nGM0503,Delft,30,50,12.5,600000.00\n"
    b"GM0637,Zoetermeer,10,30,7,300000.00\nGM0501,Brielle,5,20,0,100000.00\n"
)


def _errors(*words: str) -> list[bytes]:
    """The broken scenarios of the tests of errors of which the name says one of these."""
    folders = [folder for folder in sorted(ERRORS.iterdir()) if any(word in folder.name for word in words)]
    return [file.read_bytes() for folder in folders for file in sorted(folder.glob("*.toml"))]


def _weighed(right: list[str], broken: list[bytes]) -> list[bytes]:
    """As many that are right as are broken: what is broken twice says less."""
    encoded = [text.encode() for text in right]
    return encoded * (1 + len(broken) // len(encoded)) + broken


@cache
def _members_seeds() -> list[bytes]:
    changes = (
        '[membership.urk]\nmunicipalities = ["Urk"]\njoins = 2021\nsource = "s"\n'
        '[membership.delft]\nmunicipalities = ["Delft"]\nleaves = 2022\nsource = "s"\n'
    )
    groups = _HEAD.replace('["Delft", "GM0637", "Brielle"]', '["regio"]')
    group = '[groups.regio]\nprovince = "Flevoland"\nwithout = ["Urk", "Almere"]\n'
    out = '[opt_outs.a]\nmunicipalities = ["Delft"]\nsettlement = "redistribute"\nleaves = 2020-07-01\n'
    alone = '[programmes.b]\ntitle = "B"\nvat = "21%"\nnet = "1000.00"\nmembers = ["Delft"]\n'
    right = [
        f"{_HEAD}{_BUDGET}{_HORIZON}{changes}",
        f"{groups}{_BUDGET}{group}{_HORIZON}",
        f'{_HEAD}{_BUDGET}{out}[thresholds.a]\nmunicipalities = 2\notherwise = "not_levied"\n',
        f"{_HEAD}{_BUDGET}{alone}{_HORIZON}",
    ]
    return _weighed(right, _errors("member", "group", "joins", "leaves", "merge"))


@cache
def _keys_seeds() -> list[bytes]:
    tables = (
        'key = "stepped"\napplies_to = "part"\nbrackets = [{ up_to = 50000, rate = "1.92" }, { rate = "0.92" }]\n',
        'key = "fixed_plus_inhabitants"\nfixed = "500.00"\n',
        'key = "shares"\nshares = { Delft = "50%", Zoetermeer = "1/3", Brielle = "1/6" }\n',
        'key = "amounts"\namounts = { Delft = "600000.00", Zoetermeer = "400000.00" }\nothers = "0.00"\n',
        'key = "products"\nprice = "86.55"\nunits = { Delft = [110, 120, 124], Zoetermeer = [1, 2, 3] }\nothers = 0\n',
        'key = "step_amounts"\nsteps = [{ up_to = 50000, amount = "1000.00" }, { amount = "2500.00" }]\n',
        'key = "mix"\nparts = [{ share = "50%", by = { key = "inhabitants" } }, { share = "1/2", by = { key = '
        '"shares", shares = { Delft = "100%" }, others = "0%" } }]\n',
        _COLUMN,
    )
    right = [f"{_HEAD}{_BUDGET}[programmes.a.allocation]\n{table}" for table in tables]
    right.append(f'{_HEAD}{_PROGRAMME}[programmes.a.allocation]\nkey = "tariff"\nrate = "0.92"\n')
    volume = 'fixed = "1000.00"\n[programmes.a.volume]\nunits = 1000\nprice = "12.34"\n'
    right.append(f"{_HEAD}{_PROGRAMME}{volume}")
    return _weighed(
        right, _errors("allocation", "amounts-", "bracket", "mix", "key-", "product", "share", "step-", "column")
    )


_ADJUSTMENTS: Final = (
    'round_to = "1"\n'
    '[programmes.a.old_division]\nallocation = { key = "column", file = "table.csv", column = "woningen" }\n'
    'source = "s"\n[programmes.a.phase_in]\nyears = { 2020 = "25", 2021 = "50", 2022 = "100" }\nsource = "s"\n'
    '[programmes.a.cap]\nrise_percent = "30"\nfall_euros = "100000.00"\npaid_by = "others"\nsource = "s"\n'
    '[programmes.a.compensation]\npercent = "10"\npaid_by = "fund"\nsource = "s"\n'
    '[[programmes.a.cover]]\nmunicipality = "Delft"\namount = "200.00"\nwhat = "eigen post"\nsource = "s"\n'
)


@cache
def _adjustments_seeds() -> list[bytes]:
    right = [
        f"{_HEAD}{_BUDGET}{_ADJUSTMENTS}{_HORIZON}",
        f"{_HEAD}{_BUDGET}{_ADJUSTMENTS}".replace('"fund"', '"others"').replace('"others"', '"fund"', 1),
        f"{_HEAD}{_BUDGET}{_KEYS_WITH_A_TABLE[-1]}{_HORIZON}",
    ]
    return _weighed(right, _errors("cap-", "cover", "compensation", "growth-path", "old-division", "round"))


@cache
def _amendment_seeds() -> list[bytes]:
    second = 'title = "2"\nextends = "first.toml"\namendment = 2\nsource = "s"\n'
    right = [
        f'{second}[horizon.programmes.a]\ngross = {{ 2021 = "1250000.00" }}\n',
        f'{second}members = ["Delft", "Dronten"]\n[programmes.b]\ntitle = "B"\nvat = "none"\nnet = "1.00"\n',
        f'{second}without = ["a"]\n[programmes.c]\ntitle = "C"\nvat = "21%"\nnet = "100.00"\n',
    ]
    return _weighed(right, _errors("amendment", "extends"))


@cache
def _table_seeds() -> list[bytes]:
    dutch = _TABLE.decode().replace(",", ";").replace("12.5", "12,5").replace("0.00", "0,00")
    return [_TABLE] * 3 + [dutch.encode("utf-16"), dutch.encode("cp1252"), workbook_of(cells_of(_TABLE, 4))]


# --- how it is mutated -------------------------------------------------------------------------------

_VALUE: Final = re.compile(rb'"[^"\n]*"|(?<== )[^\s"\[{,]+|\b[0-9][0-9.-]*\b')
_ODD: Final = (
    b'"0.00"', b'"0.01"', b'"9999999999.99"', b'"-1.00"', b'"0%"', b'"100%"', b'"1/7"', b'"33.333333%"', b'"0"',
    b'"100"',     b"0", b"1", b"-1", b"2019", b"2050", b"1e9", b"true", b"[]", b"{}", b"2020-02-29", b'"all"',
    b'"Urk"', b'"x"', b'""',
)  # fmt: skip


def _mutated_values(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Another value in the place of one, or a line put twice, elsewhere or gone; else its bytes."""
    if chance.random() < 0.3:
        return mutated(content, others, chance)
    for _time in range(chance.choice((1, 1, 1, 2, 3))):
        values, lines = list(_VALUE.finditer(content)), content.splitlines(keepends=True)
        if values and chance.random() < 0.75:
            place = chance.choice(values)
            theirs = [*_ODD, *_VALUE.findall(chance.choice(others))]
            content = content[: place.start()] + chance.choice(theirs) + content[place.end() :]
            continue
        line = chance.randrange(len(lines) + 1)
        taken = (
            lines[line : line + 1] if chance.random() < 0.5 else chance.choice(others).splitlines(keepends=True)[-3:]
        )
        lines[line : line + chance.randrange(2)] = taken * chance.randrange(3)
        content = b"".join(lines)
    return content


FUND_TARGETS: Final = (
    Target("members", "fund.toml", _members_seeds, _fund, 10, _mutated_values),
    Target("keys", "fund.toml", _keys_seeds, _fund, 10, _mutated_values),
    Target("adjustments", "fund.toml", _adjustments_seeds, _fund, 10, _mutated_values),
    Target("amendment", "second.toml", _amendment_seeds, _amendment, 5, _mutated_values),
    Target("key-table", "table.csv", _table_seeds, _table, 8),
)
