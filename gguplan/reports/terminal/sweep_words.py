"""The values and outcomes of a sweep in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, assert_never

from gguplan.fund.fund_year import FundYear
from gguplan.fund.goals import PER_WHOLE
from gguplan.fund.sweep_plan import Factor
from gguplan.language import _
from gguplan.model.sweep.outcomes import MILLIONTHS
from gguplan.model.sweep.result import SweepResult
from gguplan.model.sweep.variance_shares import MOST_COMPARISONS, Explained, TooFew, TooManyChoices
from gguplan.money import RATE_UNITS
from gguplan.reports.tables.sweep import is_ratio
from gguplan.wording.amounts import (
    decimals,
    format_about,
    format_euros,
    format_number,
    format_rate,
    rounding_of,
    share_in_percent,
)

_LONGEST: Final = 40
_NAMES_SHOWN: Final = 2
_NUMBER: Final = re.compile(r"(?P<quote>\"?)(?P<value>-?\d+(?:\.(?P<behind>\d+))?)(?P=quote)")


def shown(factor: Factor, text: str) -> str:
    """A value of a factor as a person reads it."""
    number = _NUMBER.fullmatch(text)
    if number and factor.leaf == "amount":
        return format_euros(int(Decimal(number["value"]) * 100))
    if number and factor.leaf == "rate" and not is_ratio(factor):
        return format_rate(int(Decimal(number["value"]) * RATE_UNITS))
    if number and factor.leaf == "rate":
        ratio = decimals(float(number["value"]), len(number["behind"] or ""))
        return f"{ratio} %" if factor.path[-1] == "percent" else ratio
    if factor.choices and text.startswith("["):
        return _listed(factor.names[factor.choices.index(text)])
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _listed(names: Sequence[str]) -> str:
    """A list of names in brief."""
    if len(names) <= _NAMES_SHOWN:
        return ", ".join(names) or _("none")
    return _("{name} … ({count})", name=names[0], count=len(names))


def broken_path(path: str, width: int) -> str:
    """A path over lines of at most `width` characters, broken after its dots; a longer key has a line of its own."""
    lines = [""]
    for part in re.findall(r"[^.]*\.|[^.]+", path):
        if lines[-1] and len(lines[-1]) + len(part) > width:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)


def amount(column: str, cents: int, unit: int) -> str:
    """An amount of an outcome, or a share; a forecast is rounded to `unit` euros."""
    if column.endswith(MILLIONTHS):
        return f"{decimals(100 * cents / PER_WHOLE, 2)} %"
    return format_about(cents, unit) if column.startswith(("balance_", "underspend_")) else format_euros(cents)


def rounding_unit(result: SweepResult) -> int:
    """Euros to round a forecast to, by the fund as it is."""
    return rounding_of(result.alone.base("gross_cents"))


def outcome_in_words(base: FundYear, column: str) -> str:
    """What a column of amounts is, in words."""
    name = column.removesuffix("_cents").removesuffix(MILLIONTHS)
    for word, text in (
        ("taking_part_", _("Share of the municipalities taking part in {programme}")),
        ("chance_of_collapse_", _("Chance that {programme} collapses")),
    ):
        if name.startswith(word):
            return text.format(programme=name.removeprefix(word))
    known = {
        "balance_expected": _("Expected balance at the end, without VAT"),
        "balance_chance_10": _("Balance at the end, without VAT: one in ten lies below"),
        "balance_chance_90": _("Balance at the end, without VAT: one in ten lies above"),
        "chance_below_floor": _("Chance that the balance is ever below its floor"),
        "to_pay": _("To pay by all together, with VAT"),
        "gross": _("Budget including VAT"),
        "vat": _("of which VAT"),
        "net": _("Budget without VAT"),
        "contributions": _("Contributions, with VAT"),
        "income": _("Income from others, with VAT"),
        "refunds": _("Refunds to opt-outs, with VAT"),
        "drawn": _("Drawn from the balance, with VAT"),
        "handed_over": _("Handed over, because too few take part, with VAT"),
        "available": _("Available to spend, including VAT"),
        "available_net": _("Available to spend, without VAT"),
        "largest_bill": _("The largest bill, with VAT"),
        "smallest_bill": _("The smallest bill, with VAT"),
        "underspend_expected": _("Expected to be left over, without VAT"),
        "underspend_chance_10": _("Left over, without VAT: one in ten lies below"),
        "underspend_chance_90": _("Left over, without VAT: one in ten lies above"),
    }
    if name in known:
        return known[name]
    which = name.removeprefix("available_").removeprefix("to_pay_")
    population = base.population
    if which in population.index:
        municipality = population.municipalities[population.index[which]]
        return _("To pay by {name} ({code}), with VAT", name=municipality.name, code=municipality.gm_code)
    return (
        _("Available to {programme}, with VAT", programme=which)
        if name.startswith("available_")
        else _("To pay for {programme}, with VAT", programme=which)
    )


def with_its_vat(path: str, values: str) -> str:
    """The values of a key of a budget, with whether VAT is in them; those of another key as they are."""
    match path.split("."):
        case ["programmes", _, "gross" | "rate"]:
            return _("{values}, with VAT", values=values)
        case ["programmes", _, "net"]:
            return _("{values}, without VAT", values=values)
        case _:
            return values


def what_is_left_in_words(explained: Explained) -> str:
    """What is left when every factor has its share: an interaction only where it is more than the error explains."""
    left, margin = share_in_percent(explained.left), decimals(200 * explained.left_error, 1)
    if explained.interaction:
        if explained.left_error == 0:
            return _("What is left, {rest}, is what they do to each other.", rest=left)
        return _("What is left, {rest} (± {margin} points), is what they do to each other.", rest=left, margin=margin)
    if explained.negligible:
        return _("Together they explain all of it: they do nothing to each other.")
    return _(
        "The shares are known to ± {points} points, and what is left, {rest}, to ± {margin}: too little is known to "
        "say whether they do something to each other.",
        points=decimals(100 * explained.points, 1),
        rest=left,
        margin=margin,
    )


def no_shares_in_words(reason: TooFew | TooManyChoices, size: int) -> str:
    """Why a sample of `size` variants has no shares, and what to write instead."""
    match reason:
        case TooFew():
            return _(
                "{number} variants are too few to say what each explains by itself of how much the outcome varies. "
                "Write size = {enough}.",
                number=format_number(size),
                enough=reason.enough,
            )
        case TooManyChoices():
            return _(
                "What each explains by itself is worked out for at most {most} ranges and choices after the first; "
                "here are {count}. Give fewer choices.",
                most=format_number(MOST_COMPARISONS),
                count=format_number(reason.comparisons),
            )
        case _:
            assert_never(reason)
