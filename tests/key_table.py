"""What every key of a scenario does in every command, as the scenario is written: a row for each key of each table."""

from __future__ import annotations

import datetime
from typing import Any, Final, NamedTuple

from tests.small_fund import Values


class Row(NamedTuple):
    """A letter for each of `tests.small_fund.COMMANDS`, in that order, and what is said without and with the key.

    C: the answer changes. N: it does not, and says of what is `named` that it is not used. L: it does not, because the
    key is a label or of something that the command has no figure of. R: it is refused, with a finding.
    """

    letters: str
    without: Values
    with_it: Values
    named: str = ""


def day(month: int, number: int = 1) -> datetime.date:
    return datetime.date(2020, month, number)


def gross(amount: str | None = "100000.00", **more: Any) -> Values:
    return {"programmes.a.gross": amount, **{f"programmes.a.{key}": value for key, value in more.items()}}


def by_volume(**more: Any) -> Values:
    return gross(None, **{"volume": 4_000, "price": "25.50", **more})


def others(**more: Any) -> Values:
    """Suppliers pay 20,000 of programme a."""
    return gross(income=[{"payer": "Suppliers", "amount": "20000.00", "source": "a test", **more}])


def balance(**more: Any) -> Values:
    """The balance of the fund pays 20,000 of programme a."""
    return gross(reserve=[{"what": "Reserve", "amount": "20000.00", "source": "a test", **more}])


def held(*tables: str, **more: Any) -> Values:
    """Programme a has a fixed amount each, and was divided by inhabitants before; `tables` hold it against that."""
    rules: Values = {
        "phase_in": {"years": {"2020": "50"}, "source": "a test"},
        "cap": {"rise_percent": "1", "paid_by": "others", "source": "a test"},
        "compensation": {"percent": "50", "paid_by": "others", "source": "a test"},
    }
    old = {"allocation": {"key": "inhabitants"}, "source": "a test"}
    return gross(allocation=FIXED, old_division=old, **{name: rules[name] for name in tables}, **more)


def against(table: str, **more: Any) -> Values:
    """Programme a held against its old division by one table, of which some keys say otherwise."""
    values = held(table)
    return {**values, f"programmes.a.{table}": values[f"programmes.a.{table}"] | more}


def of_old(table: str = "cap", **more: Any) -> Values:
    """Programme a held against an old division of which some keys say otherwise."""
    values = held(table)
    return {**values, "programmes.a.old_division": values["programmes.a.old_division"] | more}


def bounded(key: str, value: str) -> Values:
    """Programme a with a cap by one key, paid by the others."""
    cap = {key: value, "paid_by": "others", "source": "a test"}
    return {**held("cap"), "programmes.a.cap": cap}


def cover(**more: Any) -> Values:
    """Aa has cover for 1,000 of programme a."""
    own = {"municipality": "Aa", "amount": "1000.00", "what": "A post", "source": "a test", **more}
    return gross(cover=[own])


def opt_out(**values: Any) -> Values:
    """Bee is outside programme a all year and the others pay the whole, unless something else is said."""
    own = {"municipalities": ["Bee"], "settlement": "redistribute", **values}
    return {f"opt_outs.a.{key}": value for key, value in own.items() if value is not None}


def group(**values: Any) -> Values:
    return {**opt_out(municipalities=["G"]), **{f"groups.G.{key}": value for key, value in values.items()}}


def members() -> Values:
    """Three of the five are members."""
    return {"members": ["Aa", "Bee", "Cee"]}


def joins(**values: Any) -> Values:
    """Dee becomes a member too, unless something else is said."""
    own = {"municipalities": ["Dee"], "joins": 2020, **values}
    return {**members(), **{f"membership.x.{key}": value for key, value in own.items() if value is not None}}


def body(**values: Any) -> Values:
    """A province is a member beside three municipalities, and half of everything is its own."""
    own = {"title": "Provincie X", "kind": "province", "source": "a test", **values}
    halves = {"key": "shares", "shares": {"Aa": "50%", "provincie-x": "50%"}, "others": "0%"}
    divided = {f"programmes.{name}.allocation": halves for name in ("a", "b")}
    return {
        "members": ["Aa", "Bee", "Cee", "provincie-x"],
        **divided,
        **{f"bodies.provincie-x.{key}": value for key, value in own.items()},
    }


def threshold(**values: Any) -> Values:
    own = {"otherwise": "not_levied", **values}
    return {**opt_out(), **{f"thresholds.a.{key}": value for key, value in own.items()}}


def cascade(**values: Any) -> Values:
    return {f"cascades.a.{key}": value for key, value in ({"size_classes": CLASSES} | values).items()}


def stated(**values: Any) -> Values:
    return {f"realisation.a.{key}": value for key, value in ({"between": ["0.80", "0.90"]} | values).items()}


def years(**values: Any) -> Values:
    own = {"last": 2021, "opening": "1000.00", "underspend": "general", "source": "invented for a test", **values}
    return {f"horizon.{key}": value for key, value in own.items() if value is not None}


def mixed(**values: Any) -> Values:
    """Two parts of wages to one of prices, in the only later year, unless something else is said."""
    return index(**{"wages": {"2021": "4.6"}, "prices": {"2021": "2.1"}, "mix": [2, 1], **values})


def two_years(**values: Any) -> Values:
    """The same mix in two later years."""
    own = {"wages": {"2021": "4.6", "2022": "4.0"}, "prices": {"2021": "2.1", "2022": "2.0"}, **values}
    return {**mixed(**own), "horizon.last": 2022}


def index(**values: Any) -> Values:
    return {**years(), **{f"horizon.indexation.{key}": value for key, value in values.items()}}


def ahead(**values: Any) -> Values:
    return {
        **years(),
        "horizon.indexation.percent": "2.0",
        **{f"horizon.programmes.a.{key}": value for key, value in values.items()},
    }


def overspent(**values: Any) -> Values:
    """More is realised of programme a than it has, so that there is a shortfall."""
    return {**years(**values), "horizon.programmes.a.realised": {"2020": "150000.00"}}


def sweep(**values: Any) -> Values:
    own = {
        "levers": {"programmes.a.gross": {"between": ["90000.00", "110000.00"], "steps": 3, "source": "a test"}},
        **values,
    }
    return {f"sweep.{key}": value for key, value in own.items()}


def varied(path: str = "programmes.a.gross", /, **values: Any) -> Values:
    """One lever; with `size`, over a designed sample."""
    size = values.pop("size", None)
    own = {"levers": {path: {"source": "a test", **values}}}
    return {f"sweep.{key}": value for key, value in own.items()} | (
        {} if size is None else {"sweep.sample": "latin_hypercube", "sweep.size": size}
    )


BRACKETS: Final[list[Values]] = [{"up_to": 50_000, "rate": "1.00"}, {"rate": "0.50"}]
BY_THE_FUND: Final[Values] = {"rise_percent": "0", "paid_by": "fund", "source": "a test"}
TARIFF: Final[Values] = {"key": "tariff", "rate": "0.35"}
STEPPED: Final[Values] = {"key": "stepped", "applies_to": "part", "brackets": BRACKETS}
FIXED: Final[Values] = {"key": "fixed_plus_inhabitants", "fixed": "500.00"}
COLUMN: Final[Values] = {"key": "column", "file": "weights.csv", "column": "households"}
BY_NAME: Final[Values] = {"Aa": "40%", "Bee": "30%", "Cee": "15%", "Dee": "10%", "Eem": "5%"}
EQUAL: Final[Values] = dict.fromkeys(BY_NAME, "20%")
SHARES: Final[Values] = {"key": "shares", "shares": BY_NAME}
SHARES_IN_FILE: Final[Values] = {"key": "shares", "file": "agreed.csv", "column": "shares"}
AMOUNTS: Final[Values] = {"key": "amounts", "amounts": {"Bee": "25000.00"}, "others": "20000.00"}
AMOUNTS_IN_FILE: Final[Values] = {"key": "amounts", "file": "weights.csv", "column": "households"}
PRODUCTS: Final[Values] = {
    "key": "products", "price": "86.55", "units": {"Bee": [40, "12.5", 0]}, "others": [110, 120, 124]
}  # fmt: skip
PRODUCTS_IN_FILE: Final[Values] = {"key": "products", "price": "86.55", "file": "weights.csv", "column": "households"}
STEPS: Final[list[Values]] = [{"up_to": 50_000, "amount": "1000.00"}, {"amount": "9000.00"}]
BY_SIZE: Final[Values] = {"key": "step_amounts", "steps": STEPS}
HALVES: Final[list[Values]] = [
    {"share": "50%", "by": {"key": "inhabitants"}},
    {"share": "50%", "by": BY_SIZE},
]
MIX: Final[Values] = {"key": "mix", "parts": HALVES}
OTHER_MIX: Final[Values] = {
    "key": "mix",
    "parts": [{**HALVES[0], "share": "1/3"}, {**HALVES[1], "share": "2/3"}],
}
CLASSES: Final[list[Values]] = [{"up_to": 50_000, "limit": "0.40"}, {"limit": "0.90"}]
OTHER: Final = "another text"
LEVER: Final[Values] = {"programmes.a.gross": {"between": ["90000.00", "110000.00"], "source": "a test"}}
PUBLISHED: Final[Values] = {
    **years(last=2017),
    "year": 2016,
    "reference_date": datetime.date(2016, 1, 1),
    "programmes.kindertelefoon": {"title": "K", "gross": "1000.00", "vat": "none"},
}

KEYS: Final[dict[str, dict[str, Row]]] = {
    "": {
        "title": Row("LLLLLLLLLLLL", {}, {"title": OTHER}),
        "description": Row("LLLLLLLLLLLL", {}, {"description": OTHER}),
        "extends": Row("CCCCLCCCCCCC", {}, {"extends": "parent.toml"}),
        "amendment": Row("LLLLLCLLLCLL", {"extends": "parent.toml"}, {"extends": "parent.toml", "amendment": 1}),
        "source": Row("LLLLLLLLLLLL", {}, {"source": OTHER}),
        "year": Row("CCCLLLCCCCLC", {}, {"year": 2021}),
        "reference_date": Row("CCCCLCLCCCCC", {}, {"reference_date": datetime.date(2019, 1, 1)}),
        "reference_date_source": Row("LLLLLLLLLLLL", {}, {"reference_date_source": OTHER}),
        "reference_date_assumed": Row("LCLLLLLLLCCL", {}, {"reference_date_assumed": True}),
        "members": Row("CCCCLCLCCCCC", {}, members()),
        "bodies": Row(
            "NNNNNNNNNNNN",
            {},
            {"bodies.x.title": "X", "bodies.x.kind": "other", "bodies.x.source": "a test"},
            "[bodies.x]",
        ),
        "ledger": Row("CCCCLCCCCCCC", {}, {"ledger": 2017}),
        "without": Row("CCCCLCCCCCCC", {}, {"without": ["b"]}),
        "programmes": Row("CCCCLCCCCCCC", {}, {"programmes.c": {"title": "C", "gross": "5000.00", "vat": "none"}}),
        "opt_outs": Row("CCCCCCLLCCCC", {}, opt_out()),
        "groups": Row("NNNNNNNNNNNN", {}, {"groups.G.municipalities": ["Bee"]}, "[groups.G]"),
        "programme_groups": Row("NNNNNNNNNNNN", {}, {"programme_groups.both": ["a", "b"]}, "programme_groups.both"),
        "membership": Row("CCCCLCLCCCCC", members(), joins()),
        "realisation": Row("CNNNNNCCCCNC", {}, stated(), "[realisation]"),
        "thresholds": Row("CCCCCCCCCCCC", opt_out(), threshold(municipalities="all")),
        "cascades": Row("CNCCCNNCNCNN", {}, cascade(), "cascade"),
        "expected": Row("CCCCCCCCCCCC", {}, {"expected.total": "1.00"}),
        "horizon": Row(
            "NNCNNNNCNCCC", {}, {**years(opening="2000.00"), "horizon.indexation.percent": "3.0"}, "[horizon]"
        ),
        "sweep": Row("NNNNNNNNCNNN", {}, sweep(), "[sweep]"),
    },
    "[programmes.NAME]": {
        "title": Row("LLLLLLLLLLLL", {}, gross(title=OTHER)),
        "gross": Row("CCCCLCCCCCCC", {}, gross("120000.00")),
        "net": Row("CCCCLCCCCCCC", {}, gross(None, net="120000.00")),
        "rate": Row("CCCCLCCCCCCC", {}, gross(None, rate="0.50")),
        "volume": Row("CCCCLCCCCCCC", {}, by_volume()),
        "price": Row("CCCCLCCCCCCC", by_volume(), by_volume(price="31.00")),
        "fixed": Row("CCCCLCCCCCCC", by_volume(), by_volume(fixed="5000.00")),
        "members": Row("CCCCLCLLCCCC", {}, gross(members=["Bee", "Cee"])),
        "vat": Row("CCLCLLCCCCCC", {}, gross(vat="21%")),
        "source": Row("LLLLLLLLLLLL", {}, gross(source=OTHER)),
        "allocation": Row("CCCCLCLLCCCC", {}, gross(allocation=FIXED)),
        "kind": Row("CLLLLLCCCCLC", {}, gross(kind="project")),
        "underspend": Row("LCNLLLCCLCLC", {}, gross(underspend="return"), "What is returned"),
        "purpose": Row("LLLLLLLLLLLL", {}, gross(purpose=OTHER)),
        "description": Row("LLLLLLLLLLLL", {}, gross(description=OTHER)),
        "income": Row("CCCCLCLCCCCC", gross(), others()),
        "reserve": Row("CCCCLCLCCCCC", gross(), balance()),
        "old_division": Row("CCCCLCLLCCCC", gross(allocation=FIXED), held("cap")),
        "phase_in": Row("CCCCLCLLCCCC", held("compensation"), held("phase_in", "compensation")),
        "cap": Row("CCCCLCLLCCCC", held("phase_in"), held("phase_in", "cap")),
        "compensation": Row("CCCCLCLLCCCC", held("phase_in"), held("phase_in", "compensation")),
        "cover": Row("CCCCLCLCCCCC", gross(), cover()),
        "round_to": Row("CCCCLCLCCCCC", gross("100000.37"), gross("100000.37", round_to="10")),
        "rounding": Row(
            "CCCCLCLCCCCC",
            gross("100000.37", round_to="10"),
            gross("100000.37", round_to="10", rounding="largest_payer"),
        ),
    },
    "[[programmes.NAME.income]]": {
        "payer": Row("LLLLLLLLLLLL", others(), others(payer="A ministry")),
        "amount": Row("CCCCLCLCCCCC", others(), others(amount="30000.00")),
        "between": Row("CLLLLLCCCCLC", others(), others(between=["10000.00", "30000.00"])),
        "sure": Row(
            "CLLLLLCCCCLC",
            others(between=["10000.00", "30000.00"]),
            others(between=["10000.00", "30000.00"], sure=60),
        ),
        "since": Row("CCCCLCLCCCCC", {**others(), **ahead()}, {**others(since=2021), **ahead()}),
        "until": Row("LLCLLLLCLCCC", {**others(), **ahead()}, {**others(until=2020), **ahead()}),
        "source": Row("LLLLLLLLLLLL", others(), others(source=OTHER)),
    },
    "[[programmes.NAME.reserve]]": {
        "what": Row("LLLLLLLLLLLL", balance(), balance(what="A surplus")),
        "amount": Row("CCCCLCLCCCCC", balance(), balance(amount="30000.00")),
        "since": Row("CCCCLCLCCCCC", {**balance(), **ahead()}, {**balance(since=2021), **ahead()}),
        "until": Row("LLCLLLLCLCCC", {**balance(), **ahead()}, {**balance(until=2020), **ahead()}),
        "source": Row("LLLLLLLLLLLL", balance(), balance(source=OTHER)),
    },
    "[programmes.NAME.old_division]": {
        "allocation": Row("CCCCLCLLCCCC", of_old(), of_old(allocation=COLUMN)),
        "as_paid": Row(
            "CCCCLCLCCCCC",
            {**of_old("cap", allocation=COLUMN), "programmes.a.cap": BY_THE_FUND},
            {**of_old("cap", allocation=COLUMN, as_paid=True), "programmes.a.cap": BY_THE_FUND},
        ),
        "source": Row("LLLLLLLLLLLL", of_old(), of_old(source=OTHER)),
    },
    "[programmes.NAME.phase_in]": {
        "years": Row("CCCCLCLLCCCC", against("phase_in"), against("phase_in", years={"2020": "25"})),
        "source": Row("LLLLLLLLLLLL", against("phase_in"), against("phase_in", source=OTHER)),
    },
    "[programmes.NAME.cap]": {
        "rise_percent": Row("CCCCLCLLCCCC", bounded("rise_percent", "5"), bounded("rise_percent", "1")),
        "rise_euros": Row("CCCCLCLLCCCC", bounded("rise_euros", "50.00"), bounded("rise_euros", "20.00")),
        "rise_per_inhabitant": Row(
            "CCCCLCLLCCCC", bounded("rise_per_inhabitant", "0.01"), bounded("rise_per_inhabitant", "0.001")
        ),
        "fall_percent": Row("CCCCLCLLCCCC", bounded("fall_percent", "0.1"), bounded("fall_percent", "0")),
        "fall_euros": Row("CCCCLCLLCCCC", bounded("fall_euros", "50.00"), bounded("fall_euros", "20.00")),
        "fall_per_inhabitant": Row(
            "CCCCLCLLCCCC", bounded("fall_per_inhabitant", "0.001"), bounded("fall_per_inhabitant", "0.0001")
        ),
        "paid_by": Row("CCCCLCLCCCCC", against("cap"), against("cap", paid_by="fund")),
        "source": Row("LLLLLLLLLLLL", against("cap"), against("cap", source=OTHER)),
    },
    "[programmes.NAME.compensation]": {
        "percent": Row("CCCCLCLLCCCC", against("compensation"), against("compensation", percent="20")),
        "paid_by": Row("CCCCLCLCCCCC", against("compensation"), against("compensation", paid_by="fund")),
        "source": Row("LLLLLLLLLLLL", against("compensation"), against("compensation", source=OTHER)),
    },
    "[[programmes.NAME.cover]]": {
        "municipality": Row("CCCCLCLLCCCC", cover(), cover(municipality="Bee")),
        "amount": Row("CCCCLCLCCCCC", cover(), cover(amount="900.00")),
        "what": Row("LLLLLLLLLLLL", cover(), cover(what=OTHER)),
        "source": Row("LLLLLLLLLLLL", cover(), cover(source=OTHER)),
    },
    'allocation = { key = "inhabitants" }': {
        "key": Row("LLLLLLLLLLLL", {}, gross(allocation={"key": "inhabitants"})),
        "reference_date": Row(
            "CCCCLCLLCCCC",
            gross(),
            gross(allocation={"key": "inhabitants", "reference_date": datetime.date(2016, 1, 1)}),
        ),
    },
    'allocation = { key = "stepped" }': {
        "key": Row("CCCCLCLLCCCC", {}, gross(allocation=STEPPED)),
        "brackets": Row(
            "CCCCLCLLCCCC", gross(allocation=STEPPED), gross(allocation=STEPPED | {"brackets": [{"rate": "0.50"}]})
        ),
        "applies_to": Row("CCCCLCLLCCCC", gross(allocation=STEPPED), gross(allocation=STEPPED | {"applies_to": "all"})),
    },
    'allocation = { key = "tariff" }': {
        "key": Row("CCCCLCCCCCCC", {}, gross(None, allocation=TARIFF)),
        "rate": Row("CCCCLCCCCCCC", gross(None, allocation=TARIFF), gross(None, allocation=TARIFF | {"rate": "0.30"})),
    },
    "brackets = [{ … }]": {
        "up_to": Row(
            "CCCCLCLLCCCC",
            gross(allocation=STEPPED),
            gross(allocation=STEPPED | {"brackets": [{**BRACKETS[0], "up_to": 20_000}, BRACKETS[1]]}),
        ),
        "rate": Row(
            "CCCCLCLLCCCC",
            gross(allocation=STEPPED),
            gross(allocation=STEPPED | {"brackets": [{**BRACKETS[0], "rate": "0.90"}, BRACKETS[1]]}),
        ),
    },
    'allocation = { key = "fixed_plus_inhabitants" }': {
        "key": Row("CCCCLCLLCCCC", {}, gross(allocation=FIXED)),
        "fixed": Row("CCCCLCLLCCCC", gross(allocation=FIXED), gross(allocation=FIXED | {"fixed": "600.00"})),
    },
    'allocation = { key = "column" }': {
        "key": Row("CCCCLCLLCCCC", {}, gross(allocation=COLUMN)),
        "file": Row("CCCCLCLLCCCC", gross(allocation=COLUMN), gross(allocation=COLUMN | {"file": "other.csv"})),
        "column": Row("CCCCLCLLCCCC", gross(allocation=COLUMN), gross(allocation=COLUMN | {"column": "dwellings"})),
    },
    'allocation = { key = "shares" }': {
        "key": Row("CCCCLCLLCCCC", {}, gross(allocation=SHARES)),
        "shares": Row("CCCCLCLLCCCC", gross(allocation=SHARES), gross(allocation=SHARES | {"shares": EQUAL})),
        "others": Row(
            "CCCCLCLLCCCC",
            gross(allocation=SHARES),
            gross(allocation=SHARES | {"shares": {"Aa": "70%", "Bee": "30%"}, "others": "0%"}),
        ),
        "file": Row("CCCCLCLLCCCC", gross(allocation=SHARES | {"shares": EQUAL}), gross(allocation=SHARES_IN_FILE)),
        "column": Row(
            "CCCCLCLLCCCC",
            gross(allocation=SHARES_IN_FILE),
            gross(allocation=SHARES_IN_FILE | {"column": "before"}),
        ),
    },
    'allocation = { key = "amounts" }': {
        "key": Row("CCCCLCCCCCCC", {}, gross(None, allocation=AMOUNTS)),
        "amounts": Row(
            "CCCCLCCCCCCC",
            gross(None, allocation=AMOUNTS),
            gross(None, allocation=AMOUNTS | {"amounts": {"Aa": "70000.00", "Bee": "25000.00"}}),
        ),
        "others": Row(
            "CCCCLCCCCCCC", gross(None, allocation=AMOUNTS), gross(None, allocation=AMOUNTS | {"others": "3000.00"})
        ),
        "file": Row("CCCCLCCCCCCC", gross(None, allocation=AMOUNTS), gross(None, allocation=AMOUNTS_IN_FILE)),
        "column": Row(
            "CCCCLCCCCCCC",
            gross(None, allocation=AMOUNTS_IN_FILE),
            gross(None, allocation=AMOUNTS_IN_FILE | {"column": "dwellings"}),
        ),
    },
    'allocation = { key = "products" }': {
        "key": Row("CCCCLCLLCCCC", {}, gross(allocation=PRODUCTS)),
        "price": Row(
            "CCCCLCCCCCCC", gross(None, allocation=PRODUCTS), gross(None, allocation=PRODUCTS | {"price": "89.89"})
        ),
        "units": Row(
            "CCCCLCCCCCCC",
            gross(None, allocation=PRODUCTS),
            gross(None, allocation=PRODUCTS | {"units": {"Aa": [110, 120, 200], "Bee": [40, 41, 42]}}),
        ),
        "others": Row(
            "CCCCLCCCCCCC", gross(None, allocation=PRODUCTS), gross(None, allocation=PRODUCTS | {"others": [9, 9, 9]})
        ),
        "file": Row("CCCCLCCCCCCC", gross(None, allocation=PRODUCTS), gross(None, allocation=PRODUCTS_IN_FILE)),
        "column": Row(
            "CCCCLCCCCCCC",
            gross(None, allocation=PRODUCTS_IN_FILE),
            gross(None, allocation=PRODUCTS_IN_FILE | {"column": "dwellings"}),
        ),
    },
    'allocation = { key = "step_amounts" }': {
        "key": Row("CCCCLCLLCCCC", {}, gross(allocation=BY_SIZE)),
        "steps": Row(
            "CCCCLCCCCCCC",
            gross(None, allocation=BY_SIZE),
            gross(None, allocation=BY_SIZE | {"steps": [{"amount": "9500.00"}]}),
        ),
    },
    'allocation = { key = "mix" }': {
        "key": Row("CCCCLCLLCCCC", {}, gross(allocation=MIX)),
        "parts": Row("CCCCLCLLCCCC", gross(allocation=MIX), gross(allocation=OTHER_MIX)),
    },
    "parts = [{ … }]": {
        "share": Row("CCCCLCLLCCCC", gross(allocation=MIX), gross(allocation=OTHER_MIX)),
        "by": Row(
            "CCCCLCLLCCCC",
            gross(allocation=MIX),
            gross(allocation={"key": "mix", "parts": [HALVES[0], {"share": "50%", "by": FIXED}]}),
        ),
    },
    "steps = [{ … }]": {
        "up_to": Row(
            "CCCCLCLLCCCC",
            gross(allocation=BY_SIZE),
            gross(allocation=BY_SIZE | {"steps": [{**STEPS[0], "up_to": 25_000}, STEPS[1]]}),
        ),
        "amount": Row(
            "CCCCLCCCCCCC",
            gross(None, allocation=BY_SIZE),
            gross(None, allocation=BY_SIZE | {"steps": [STEPS[0], {"amount": "9500.00"}]}),
        ),
    },
    "[groups.NAME]": {
        "municipalities": Row("CCCCCCLLCCCC", group(municipalities=["Bee"]), group(municipalities=["Bee", "Cee"])),
        "province": Row("CCCCCCLLCCCC", group(up_to=60_700), group(up_to=60_700, province="Zeeland")),
        "more_than": Row("CCCCCCLLCCCC", group(province="Zeeland"), group(province="Zeeland", more_than=25_000)),
        "up_to": Row("CCCCCCLLCCCC", group(province="Utrecht"), group(province="Utrecht", up_to=61_000)),
        "without": Row("CCCCCCLLCCCC", group(province="Utrecht"), group(province="Utrecht", without=["Aa"])),
        "source": Row("LLLLLLLLLLLL", group(province="Utrecht"), group(province="Utrecht", source=OTHER)),
    },
    "[membership.NAME]": {
        "municipalities": Row("CCCCLCLCCCCC", joins(), joins(municipalities=["Eem"])),
        "joins": Row("CCCCLCLCCCCC", members(), joins()),
        "leaves": Row("CCCCLCLCCCCC", members(), joins(joins=None, leaves=2020, municipalities=["Bee"])),
        "source": Row("LLLLLLLLLLLL", joins(), joins(source=OTHER)),
    },
    "[bodies.NAME]": {
        "title": Row("LLLLLLLLLLLL", body(), body(title="Province of X")),
        "kind": Row("LLLLLLLLLLLL", body(), body(kind="other")),
        "source": Row("LLLLLLLLLLLL", body(), body(source=OTHER)),
    },
    "[opt_outs.NAME]": {
        "programmes": Row("CCCCCCLLCCCC", opt_out(), opt_out(programmes=["a", "b"])),
        "municipalities": Row("CCCCCCLLCCCC", opt_out(), opt_out(municipalities=["Bee", "Cee"])),
        "settlement": Row("CCCCCCCCCCCC", opt_out(), opt_out(settlement="shrink")),
        "rate": Row(
            "CCCCCCCCCCCC",
            opt_out(municipalities=["Aa"], settlement="refund"),
            opt_out(municipalities=["Aa"], settlement="refund", rate="0.25"),
        ),
        "reference_date": Row(
            "CCCCCCCCCCCC",
            opt_out(municipalities=["Aa"], settlement="refund", rate="0.25"),
            opt_out(municipalities=["Aa"], settlement="refund", rate="0.25", reference_date=datetime.date(2016, 1, 1)),
        ),
        "joins": Row("CCRCLCLLCCCC", opt_out(), opt_out(joins=day(4))),
        "leaves": Row("CCRCLCLLCCCC", opt_out(), opt_out(leaves=day(4))),
        "source": Row("LLLLLLLLLLLL", opt_out(), opt_out(source=OTHER)),
    },
    "[thresholds.NAME]": {
        "municipalities": Row(
            "CCCCCCCCCCCC", threshold(inhabitants_percent=10), threshold(inhabitants_percent=10, municipalities="all")
        ),
        "inhabitants_percent": Row(
            "CCCCCCCCCCCC", threshold(municipalities=1), threshold(municipalities=1, inhabitants_percent=90)
        ),
        "otherwise": Row(
            "CCCCCCLCCCCC", threshold(municipalities="all"), threshold(municipalities="all", otherwise="handed_over")
        ),
        "handed_over": Row(
            "CCRCCCCCCCCC",
            threshold(municipalities="all", otherwise="handed_over"),
            threshold(municipalities="all", otherwise="handed_over", handed_over=2021, handed_over_to="VWS"),
        ),
        "handed_over_to": Row(
            "LLRLLLLLLLLL",
            threshold(municipalities="all", otherwise="handed_over", handed_over=2021, handed_over_to="BZK"),
            threshold(municipalities="all", otherwise="handed_over", handed_over=2021, handed_over_to="VWS"),
        ),
        "source": Row("LLLLLLLLLLLL", threshold(municipalities=1), threshold(municipalities=1, source=OTHER)),
    },
    "[cascades.NAME]": {
        "limits": Row("CNCCCNNCNCNN", cascade(), cascade(limits={"Bee": "0.40"}), "cascade"),
        "size_classes": Row("CNCCCNNCNCNN", cascade(), cascade(size_classes=[{"limit": "0.45"}]), "cascade"),
        "level": Row("NNCCCNNNNCNN", cascade(), cascade(level=["0.8", "1.25"]), "cascade"),
        "source": Row("NNNLLNNNNLNN", cascade(), cascade(source=OTHER), "cascade"),
    },
    "size_classes = [{ … }]": {
        "up_to": Row(
            "CNCCCNNCNCNN",
            cascade(size_classes=CLASSES),
            cascade(size_classes=[CLASSES[0] | {"up_to": 70_000}, CLASSES[1]]),
            "cascade",
        ),
        "limit": Row(
            "CNCCCNNCNCNN",
            cascade(size_classes=CLASSES),
            cascade(size_classes=[CLASSES[0] | {"limit": "0.42"}, CLASSES[1]]),
            "cascade",
        ),
        "between": Row("CNCCCNNCNCNN", cascade(), cascade(size_classes=[{"between": ["0.30", "0.60"]}]), "cascade"),
    },
    "[realisation.NAME]": {
        "between": Row("CNNNNNCCCCNC", stated(), stated(between=["0.70", "0.90"]), "[realisation]"),
        "volume_between": Row(
            "CNNNNNCCCCNC",
            {**by_volume(), **stated()},
            {**by_volume(), **stated(between=None, volume_between=[3_500, 4_100])},
            "[realisation]",
        ),
        "sure": Row("CNNNNNCCCCNC", stated(), stated(sure=60), "[realisation]"),
        "source": Row("LNNNNNLLLLNL", stated(), stated(source=OTHER), "[realisation]"),
    },
    "[expected]": {
        "total": Row(
            "CCCCCCCCCCCC", {"expected.refunds": "0.00"}, {"expected.refunds": "0.00", "expected.total": "1.00"}
        ),
        "refunds": Row("CCCCCCCCCCCC", {}, {"expected.refunds": "1.00"}),
        "available": Row("CCCCCCCCCCCC", {}, {"expected.available": "1.00"}),
        "programmes": Row("CCCCCCCCCCCC", {}, {"expected.programmes": {"a": "1.00"}}),
        "municipalities": Row("CCCCCCCCCCCC", {}, {"expected.municipalities": {"Aa": "1.00"}}),
        "source": Row(
            "LLLLLLLLLLLL", {"expected.refunds": "0.00"}, {"expected.refunds": "0.00", "expected.source": OTHER}
        ),
    },
    "[horizon]": {
        "first": Row("CCRCNCCCNCCC", years(), years(first=2021), "[horizon]"),
        "last": Row("NNLNNNNCNCCN", years(), years(last=2022), "[horizon]"),
        "opening": Row("NNLNNNNCNCLN", years(), years(opening="2000.00"), "[horizon]"),
        "underspend": Row("NCNNNNNCNCLN", years(), years(underspend="return"), "[horizon]"),
        "shortfall": Row("NNCNNNNCNCCN", overspent(), overspent(shortfall="raise"), "[horizon]"),
        "floor": Row("NNLNNNNCNCLN", years(), years(floor="5000.00"), "[horizon]"),
        "reserve_floor": Row("NNLNNNNCNCLN", years(), years(reserve_floor="5000.00"), "[horizon]"),
        "ledger": Row("NNRNNNNCNCCN", PUBLISHED, {**PUBLISHED, "horizon.ledger": [2017]}, "[horizon]"),
        "indexation": Row("NNCNNNNCNCCN", years(), index(percent="3.0"), "[horizon]"),
        "programmes": Row("NNLNNNNCNCLN", years(), {**years(), "horizon.programmes.a.opening": "500.00"}, "[horizon]"),
        "source": Row("NNLNNNNLNLLN", years(), years(source=OTHER), "[horizon]"),
    },
    "[horizon.indexation]": {
        "percent": Row("NNCNNNNCNCCN", years(), index(percent="3.0"), "[horizon]"),
        "between": Row("NNCNNNNCNCCN", years(), index(between=["1.0", "4.0"]), "[horizon]"),
        "sure": Row("NNCNNNNCNCCN", index(between=["1.0", "4.0"]), index(between=["1.0", "4.0"], sure=60), "[horizon]"),
        "years": Row("NNCNNNNCNCCN", index(percent="3.0"), index(percent="3.0", years={"2021": "1.0"}), "[horizon]"),
        "wages": Row("NNCNNNNCNCCN", mixed(), mixed(wages={"2021": "9.0"}), "[horizon]"),
        "prices": Row("NNCNNNNCNCCN", mixed(), mixed(prices={"2021": "9.0"}), "[horizon]"),
        "mix": Row("NNCNNNNCNCCN", mixed(), mixed(mix=[1, 2]), "[horizon]"),
        "correction": Row("NNCNNNNCNCCN", mixed(), mixed(correction={"2021": "-0.5"}), "[horizon]"),
        "wages_realised": Row("NNLNNNNCNCCN", two_years(), two_years(wages_realised={"2021": "5.6"}), "[horizon]"),
        "tolerance_points": Row(
            "NNLNNNNCNCCN",
            two_years(wages_realised={"2021": "5.6"}),
            two_years(wages_realised={"2021": "5.6"}, tolerance_points="1.0"),
            "[horizon]",
        ),
        "vintage": Row("NNLNNNNLNLLN", mixed(), mixed(vintage=OTHER), "[horizon]"),
        "source": Row("NNLNNNNLNLLN", index(percent="3.0"), index(percent="3.0", source=OTHER), "[horizon]"),
    },
    "[horizon.programmes.NAME]": {
        "starts": Row("CCCCNCCCCCCC", ahead(), ahead(starts=2021), "[horizon]"),
        "ends": Row("NNCNNNNCNCCN", ahead(), ahead(ends=2020), "[horizon]"),
        "handed_over": Row("NNCNNNNCNCCN", ahead(), ahead(handed_over=2021, handed_over_to="VWS"), "[horizon]"),
        "handed_over_to": Row(
            "NNLNNNNLNLLN",
            ahead(handed_over=2021, handed_over_to="BZK"),
            ahead(handed_over=2021, handed_over_to="VWS"),
            "[horizon]",
        ),
        "gross": Row("NNCNNNNCNCCN", ahead(), ahead(gross={"2021": "90000.00"}), "[horizon]"),
        "net": Row("NNCNNNNCNCCN", ahead(), ahead(net={"2021": "90000.00"}), "[horizon]"),
        "one_off": Row("NNCNNNNCNCCN", ahead(), ahead(one_off={"2021": "9000.00"}), "[horizon]"),
        "indexed": Row("NNCNNNNCNCCN", ahead(), ahead(indexed=False), "[horizon]"),
        "volume_growth": Row(
            "NNCNNNNCNCCN", {**by_volume(), **ahead()}, {**by_volume(), **ahead(volume_growth="5.0")}, "[horizon]"
        ),
        "opening": Row("NNLNNNNCNCLN", ahead(), ahead(opening="500.00"), "[horizon]"),
        "from_balance": Row(
            "NNLNNNNCNCLN",
            ahead(opening="500.00"),
            ahead(opening="500.00", from_balance={"2021": "400.00"}),
            "[horizon]",
        ),
        "committed": Row(
            "NNLNNNNCNCLN",
            ahead(ends=2020, opening="500.00"),
            ahead(ends=2020, opening="500.00", committed={"2021": "400.00"}),
            "[horizon]",
        ),
        "committed_by": Row(
            "NNLNNNNLNLLN",
            ahead(ends=2020, opening="500.00", committed={"2021": "400.00"}),
            ahead(ends=2020, opening="500.00", committed={"2021": "400.00"}, committed_by="ALV, vijfde besluit"),
            "[horizon]",
        ),
        "contract_ends": Row("NNLNNNNLNCLN", ahead(), ahead(contract_ends=2020), "[horizon]"),
        "realised": Row("CNLNNNCCCCLC", ahead(), ahead(realised={"2020": "90000.00"}), "[horizon]"),
        "realised_volume": Row(
            "CNLNNNCCNCLL",
            {**by_volume(), **ahead(realised={"2020": "90000.00"})},
            {**by_volume(), **ahead(realised={"2020": "90000.00"}, realised_volume={"2020": 3_900})},
            "[horizon]",
        ),
        "shortfall": Row(
            "NNCNNNNCNCCN", overspent(), {**overspent(), "horizon.programmes.a.shortfall": "raise"}, "[horizon]"
        ),
        "floor": Row("NNLNNNNCNCLN", ahead(), ahead(floor="500.00"), "[horizon]"),
        "source": Row("NNLNNNNLNLLN", ahead(), ahead(source=OTHER), "[horizon]"),
    },
    "[sweep]": {
        "sample": Row(
            "NNNNNNNNCNNN",
            sweep(size=4, sample="latin_hypercube", levers=LEVER),
            sweep(size=4, sample="sobol", levers=LEVER),
            "[sweep]",
        ),
        "size": Row(
            "NNNNNNNNCNNN",
            sweep(size=4, sample="sobol", levers=LEVER),
            sweep(size=8, sample="sobol", levers=LEVER),
            "[sweep]",
        ),
        "levers": Row("NNNNNNNNCNNN", {}, sweep(), "[sweep]"),
        "uncertainties": Row(
            "NNNNNNNNCNNN",
            sweep(),
            sweep(uncertainties={"programmes.a.vat": {"choices": ["none", "21%"], "source": "a test"}}),
            "[sweep]",
        ),
    },
    '[sweep.levers."PATH"]': {
        "between": Row(
            "NNNNNNNNCNNN", varied(choices=["1.00", "2.00"]), varied(between=["1.00", "3.00"], steps=2), "[sweep]"
        ),
        "most_likely": Row(
            "NNNNNNNNCNNN",
            varied(size=4, between=["90000.00", "110000.00"]),
            varied(size=4, between=["90000.00", "110000.00"], most_likely="95000.00"),
            "[sweep]",
        ),
        "steps": Row(
            "NNNNNNNNCNNN",
            varied(between=["90000.00", "110000.00"], steps=2),
            varied(between=["90000.00", "110000.00"], steps=3),
            "[sweep]",
        ),
        "choices": Row(
            "NNNNNNNNCNNN", varied(between=["1.00", "3.00"], steps=2), varied(choices=["1.00", "2.00"]), "[sweep]"
        ),
        "source": Row(
            "NNNNNNNNLNNN", varied(choices=["1.00", "2.00"]), varied(choices=["1.00", "2.00"], source=OTHER), "[sweep]"
        ),
    },
}
"""By table, under the headings of `tests.documentation.scenario_keys.TABLES`."""
