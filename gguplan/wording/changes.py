"""What a scenario changes of the one that it extends, in lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast, get_args

from gguplan.fund.fund_year import FundYear
from gguplan.fund.settlements import SettlementWord, settlement_named
from gguplan.fund.stated_keys import ChangedKey
from gguplan.fund.underspend import ShortfallRule, UnderspendRule
from gguplan.language import _, listed_with_and
from gguplan.money import RATE_UNITS
from gguplan.wording.amounts import format_euros, format_number, format_price, per_inhabitant
from gguplan.wording.budget_kinds import budget_kind_in_words
from gguplan.wording.dates import format_day
from gguplan.wording.file_names import public_name
from gguplan.wording.key_names import name_of
from gguplan.wording.settlements import settlement_in_a_word
from gguplan.wording.thresholds import lapse_in_words
from gguplan.wording.underspend import rule_in_words, shortfall_in_words

if TYPE_CHECKING:
    from gguplan.fund.thresholds import Lapse

_MOST: Final = 40
_LONGEST: Final = 100
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TABLES: Final = {"allocation": "FixedPlusInhabitantsTable", "compensation": "CompensationTable"}
"""The tables of a programme in which a key is called otherwise than elsewhere."""
_AMOUNT: Final = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,4})?")


def is_a_label(path: str) -> bool:
    """Whether a key only says what something is called, where it comes from or what is expected of it."""
    return path.startswith("expected.") or path.rpartition(".")[2] in (
        "title",
        "description",
        "source",
        "reference_date_source",
    )


def change_in_words(key: ChangedKey) -> str:
    """One key, old and new."""
    return f"{key.path}: {_brief(key.old)} → {_brief(key.new)}"


def _change_with_titles(key: ChangedKey, titles: Mapping[str, str]) -> str:
    """One key in the words of a reader, where there are any; else as it is written."""
    path = key.path.split(".")
    what = _what(path, titles) or key.path
    if path[-1] in ("members", "municipalities") and key.old and key.new and key.new[0] == "[":
        return f"{what}: {_listed_change(key, titles)}"
    return f"{what}: {_brief(_shown(path, key.old, titles))} → {_brief(_shown(path, key.new, titles))}"


def _what(path: list[str], titles: Mapping[str, str]) -> str:
    """What a key is called; nothing where there are no words for it."""
    match path:
        case ["programmes" | "opt_outs" | "thresholds" | "realisation", name, *keys] if keys:
            return _of_a_programme(path[0], keys, titles.get(name, name))
        case ["horizon", "programmes", name, *keys] if keys:
            return _of_a_programme_ahead(keys, titles.get(name, name))
        case ["horizon", *keys] if keys:
            return _of_the_years_ahead(keys)
        case ["groups", name, *_rest]:
            return _("Group {name}", name=name)
        case _:
            return _of_the_fund().get(".".join(path), "")


def _of_the_fund() -> dict[str, str]:
    return {
        "without": _("Left out"),
        "year": _("Year that is paid for"),
        "reference_date": _("Day whose inhabitants count"),
        "members": _("Members"),
        "amendment": _("Number of the amendment"),
    }


def _of_a_programme(table: str, keys: list[str], title: str) -> str:
    match table, keys:
        case "programmes", ["gross"]:
            return _("Budget of {title}, including VAT", title=title)
        case "programmes", ["net"]:
            return _("Budget of {title}, without VAT", title=title)
        case "programmes", ["members"]:
            return _("Members of {title}", title=title)
        case "programmes", ["price"]:
            return _("Price per unit of {title}, without VAT", title=title)
        case "programmes", ["volume"]:
            return _("Units of {title}", title=title)
        case "programmes", ["fixed"]:
            return _("Fixed part of {title}, without VAT", title=title)
        case "programmes", ["rate"] | ["allocation", "rate"]:
            return _("Rate of {title}, including VAT", title=title)
        case "programmes", ["round_to"]:
            return _("What amounts of {title} are rounded to", title=title)
        case "programmes", ["allocation", "amounts" | "shares" as by_name, municipality]:
            if by_name == "amounts":
                return _("Amount of {municipality} in {title}", municipality=municipality, title=title)
            return _("Share of {municipality} in {title}", municipality=municipality, title=title)
        case "programmes", ["old_division", "allocation", "shares", municipality]:
            return _("Share of {municipality} in the old division of {title}", municipality=municipality, title=title)
        case "opt_outs", ["municipalities"]:
            return _("Who does not take part in {title}", title=title)
        case "opt_outs", ["settlement"]:
            return _("Settlement for who does not take part in {title}", title=title)
        case "opt_outs", ["rate"]:
            return _("Refund per inhabitant to who does not take part in {title}", title=title)
        case "opt_outs", ["leaves"]:
            return _("First day without {title} for who leaves", title=title)
        case "opt_outs", ["joins"]:
            return _("First day with {title} for who joins", title=title)
        case "thresholds", ["municipalities"]:
            return _("Municipalities that {title} needs", title=title)
        case "thresholds", ["inhabitants_percent"]:
            return _("Per cent of the inhabitants that {title} needs", title=title)
        case "thresholds", ["otherwise"]:
            return _("Money of {title} should too few take part", title=title)
        case "realisation", ["between"]:
            return _("Part of the budget of {title} that is spent, between", title=title)
        case "realisation", ["volume_between"]:
            return _("Units of {title}, between", title=title)
        case "realisation", ["sure"]:
            return _("How sure that is of {title}, in per cent", title=title)
        case "programmes", [*above, key]:
            name = name_of(_TABLES.get(above[-1], "") if above else "", "by" if key == "key" else key)
            return f"{title}, {_within_a_line(name)}" if name else ""
        case _:
            return ""


def _within_a_line(name: str) -> str:
    """A name without its capital, where that is not of an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _of_a_programme_ahead(keys: list[str], title: str) -> str:
    match keys:
        case ["committed", year]:
            return _("Committed for {title} in {year}", title=title, year=year)
        case ["gross", year]:
            return _("Budget of {title} in {year}, including VAT", title=title, year=year)
        case ["net", year]:
            return _("Budget of {title} in {year}, without VAT", title=title, year=year)
        case ["realised", year]:
            return _("Spent of {title} in {year}, without VAT", title=title, year=year)
        case ["from_balance", year]:
            return _("From the balance of {title} in {year}, without VAT", title=title, year=year)
        case ["opening"]:
            return _("Balance of {title} at the start", title=title)
        case ["starts"]:
            return _("First year with a budget of {title}", title=title)
        case ["ends"]:
            return _("Last year with a budget of {title}", title=title)
        case _:
            return ""


def _of_the_years_ahead(keys: list[str]) -> str:
    match keys:
        case ["first"]:
            return _("First year of the account")
        case ["last"]:
            return _("Last year of the account")
        case ["opening"]:
            return _("Reserve of the fund at the start")
        case ["floor"]:
            return _("Floor of the balance of the fund")
        case ["reserve_floor"]:
            return _("Floor of the reserve")
        case ["underspend"]:
            return _("Money that is not spent")
        case ["shortfall"]:
            return _("When a programme comes short")
        case ["indexation", "percent"]:
            return _("How budgets rise, in per cent a year")
        case ["indexation", "between"]:
            return _("How budgets rise, in per cent a year, between")
        case ["indexation", "sure"]:
            return _("How sure that is, in per cent")
        case ["indexation", "years", year]:
            return _("How budgets rise in {year}, in per cent", year=year)
        case ["indexation", "wages", year]:
            return _("How wages rise in {year}, in per cent", year=year)
        case ["indexation", "prices", year]:
            return _("How prices rise in {year}, in per cent", year=year)
        case ["indexation", "vintage"]:
            return _("When the figures of the indexation were made")
        case _:
            return ""


def _listed_change(key: ChangedKey, titles: Mapping[str, str]) -> str:
    """Who joins a list and who leaves it, by name."""
    before, after = ([titles.get(name, name) for name in _names(value)] for value in (key.old, key.new))
    joined = [name for name in after if name not in before]
    gone = [name for name in before if name not in after]
    parts = [_("{names} as well", names=listed_with_and(joined))] if joined else []
    return "; ".join([*parts, *([_("no longer {names}", names=listed_with_and(gone))] if gone else [])])


def _names(value: str) -> list[str]:
    return [name for name in value.strip("[]").split(", ") if name]


def _shown(path: list[str], value: str, titles: Mapping[str, str]) -> str:
    """A value as a reader writes it: an amount in euros, a day, names as titles, and what happens to money in a few
    words."""
    if not value:
        return value
    match path:
        case (
            ["programmes", _, "gross" | "net" | "fixed" | "round_to"]
            | ["programmes", _, "allocation", "amounts", _]
            | ["horizon", "opening" | "floor" | "reserve_floor"]
            | ["horizon", "programmes", _, "opening"]
            | ["horizon", "programmes", _, "committed" | "gross" | "net" | "realised" | "from_balance", _]
        ):
            return format_euros(int(100 * Decimal(value))) if _AMOUNT.fullmatch(value) else value
        case ["opt_outs", _, "rate"] | ["programmes", _, "rate"] | ["programmes", _, "allocation", "rate"]:
            return per_inhabitant(Decimal(value)) if _AMOUNT.fullmatch(value) else value
        case ["programmes", _, "price"]:
            return format_price(int(RATE_UNITS * Decimal(value))) if _AMOUNT.fullmatch(value) else value
        case ["opt_outs", _, "joins" | "leaves"] | ["reference_date"]:
            return format_day(date.fromisoformat(value)) if _DAY.fullmatch(value) else value
        case ["opt_outs", _, "settlement"] if value in get_args(SettlementWord):
            return settlement_in_a_word(settlement_named(cast("SettlementWord", value)))
        case ["horizon", "underspend"] if value in get_args(UnderspendRule):
            return rule_in_words(cast("UnderspendRule", value))
        case ["horizon", "shortfall"] if value in get_args(ShortfallRule):
            return shortfall_in_words(cast("ShortfallRule", value))
        case ["horizon", "indexation", "percent" | "years" | "wages" | "prices", *_] if _AMOUNT.fullmatch(value):
            return format_number(Decimal(value))
        case ["without"] | ["opt_outs", _, "municipalities"] | ["members"] | ["programmes", _, "members"]:
            return ", ".join(titles.get(name, name) for name in _names(value))
        case [*_, "between" | "volume_between"] if value[0] == "[":
            ends = [format_number(Decimal(end)) if _AMOUNT.fullmatch(end) else end for end in _names(value)]
            return listed_with_and(ends)
        case ["programmes", _, "kind"]:
            return budget_kind_in_words(value)
        case ["thresholds", _, "otherwise"]:
            return lapse_in_words(cast("Lapse", value))
        case _:
            return value


def changes_in_words(fund_year: FundYear) -> tuple[str, list[str]]:
    """What a scenario says otherwise than the one it extends, or what was set where it extends none: a heading and a
    line for each key, nothing where nothing differs."""
    origin, population = fund_year.origin, fund_year.population
    everybody = (population.country or population).municipalities
    titles = {**{payer.gm_code: f"{payer.name} ({payer.gm_code})" for payer in everybody}, **fund_year.titles}
    changed = [key for key in origin.changed if not is_a_label(key.path)]
    if not changed:
        return "", []
    extended = ", ".join(public_name(name) for name in origin.files[1:2])
    heading = _("What differs from {name}", name=extended) if extended else _("What was set otherwise than in its file")
    lines = [_change_with_titles(key, titles) for key in changed[:_MOST]]
    if len(changed) > _MOST:
        lines.append(
            _(
                "and {count} more: gguplan scenario show {name} --changes",
                count=len(changed) - _MOST,
                name=public_name(origin.name),
            )
        )
    return heading, lines


def _brief(value: str) -> str:
    if not value:
        return "–"
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
