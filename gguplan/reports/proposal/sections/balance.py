"""The balance through the years: what comes in, what is spent, and what is carried on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never, get_args

from gguplan.fund.underspend import ShortfallRule
from gguplan.language import _
from gguplan.model.money_bridge import money_bridge
from gguplan.model.volume_deviation import VolumeDeviation
from gguplan.reports.account_titles import account_title
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Part, Table, see
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.pictures import picture_of_balance
from gguplan.reports.proposal.sections.spending import shortfalls_of
from gguplan.reports.proposal.sentences.balance import (
    broken_floors,
    course,
    dangers,
    expected_below,
    kept_floors,
    unit_of_balance,
)
from gguplan.reports.terminal.horizon_remarks import remark_in_words
from gguplan.wording.amounts import format_about, format_euros
from gguplan.wording.assembly import assembly
from gguplan.wording.rounded_amounts import about, rounded_to
from gguplan.wording.underspend import shortfall_in_a_sentence
from gguplan.wording.whole_sentences import whole_sentence

if TYPE_CHECKING:
    from gguplan.model.years_ahead.remarks import Remark
    from gguplan.model.years_ahead.result import Horizon

_GOES_OUT: Final = ("refunds", "handed_over", "realised", "returned", "to_reserve")
_ALWAYS: Final = ("opening", "contributions", "realised", "closing")


def balance(material: Material) -> list[Part]:
    """The fund from year to year; without a horizon what is not known."""
    heading, horizon = Heading(2, _("Balance over the years")), material.horizon
    if horizon is None:
        bridge = money_bridge(material.result)
        drawn = bridge.drawn
        sentences = [
            _(
                "The scenario says nothing about the balance of the fund or about the years after {year}, so how the "
                "balance goes on is not known.",
                year=material.year,
            )
        ]
        if drawn > 0:
            sentences.append(
                _(
                    "This proposal takes {amount} from it, including VAT: {net} without VAT, as balances are kept.",
                    amount=format_euros(drawn),
                    net=format_euros(drawn - bridge.drawn_vat),
                )
                if bridge.drawn_vat
                else _("This proposal takes {amount} from it.", amount=format_euros(drawn))
            )
        if drawn < 0:
            sentences.append(
                _(
                    "This proposal adds {amount} to it, including VAT: {net} without VAT, as balances are kept.",
                    amount=format_euros(-drawn),
                    net=format_euros(bridge.drawn_vat - drawn),
                )
                if bridge.drawn_vat
                else _("This proposal adds {amount} to it.", amount=format_euros(-drawn))
            )
        return [heading, Paragraph(" ".join(sentences))]
    unit = unit_of_balance(horizon)
    fund = horizon.fund
    opening, closing = int(fund.expected.opening[0]), fund.expected.closing.tolist()
    return [
        heading,
        *_floors(material, horizon),
        Paragraph(course(horizon.years, opening, closing, unit)),
        Paragraph(
            _(
                "Amounts are without VAT. In {table} every programme spends what is expected of it; in eight of ten "
                "cases the balance at the end of a year lies between the last two columns.",
                table=see("balance"),
            )
        ),
        _years(horizon, unit),
        picture_of_balance(horizon, _("Expected balance of the fund")),
        *([_accounts(horizon, unit)] if len(horizon.programmes) > 1 else []),
        *(
            Paragraph(whole_sentence(remark_in_words(remark)))
            for remark in horizon.remarks
            if not _is_said(remark, material.year)
        ),
    ]


def _is_said(remark: Remark, year: int) -> bool:
    """Whether a remark already stands beside the budget of the year of the proposal."""
    return isinstance(remark, VolumeDeviation) and remark.year == year


def _floors(material: Material, horizon: Horizon) -> list[Part]:
    """What can go wrong comes first: every floor, the chance that it is broken and when, and what happens then."""
    accounts = horizon.accounts[::-1]
    low = dangers(accounts, horizon.years, horizon.draws, unit_of_balance(horizon))
    verdicts = [*low, *kept_floors(accounts, horizon.years, horizon.draws)]
    parts: list[Part] = [Items(tuple(verdicts))] if verdicts else []
    if all(account.floor is None for account in accounts):
        parts.append(Paragraph(_("No lowest balance is set.")))
    if broken_floors(accounts, horizon.years, horizon.draws):
        parts.append(Paragraph(" ".join([*_shortfalls(material, horizon), _what_then(material, horizon)])))
    elif expected_below(accounts, horizon.years, 1):
        parts.append(
            Paragraph(" ".join([*_shortfalls(material, horizon), _what_then_below_nothing(material, horizon)]))
        )
    return parts


def _shortfalls(material: Material, horizon: Horizon) -> list[str]:
    """Who pays for what comes short, where the settlement of this year does not say it already."""
    rules = {material.shortfall_rule(programme.name) for programme in horizon.programmes} - set(shortfalls_of(material))
    return [shortfall_in_a_sentence(rule) for rule in get_args(ShortfallRule) if rule in rules]


def _what_then(material: Material, horizon: Horizon) -> str:
    if _raises(material, horizon):
        return _(
            "Apart from that nothing happens by itself when a balance comes below its floor: {assembly} then decides "
            "whether the contribution rises more, the programmes spend less, or the floor is lowered.",
            assembly=assembly(material.result.population),
        )
    return _(
        "Nothing happens by itself when a balance comes below its floor: {assembly} then decides whether the "
        "contribution rises, the programmes spend less, or the floor is lowered.",
        assembly=assembly(material.result.population),
    )


def _raises(material: Material, horizon: Horizon) -> bool:
    """Whether a shortfall raises a contribution by itself."""
    return any(_raises_a_contribution(material.shortfall_rule(programme.name)) for programme in horizon.programmes)


def _raises_a_contribution(rule: ShortfallRule | None) -> bool:
    match rule:
        case "raise":
            return True
        case "draw" | "cut" | None:
            return False
        case _:
            assert_never(rule)


def _what_then_below_nothing(material: Material, horizon: Horizon) -> str:
    if _raises(material, horizon):
        return _(
            "Apart from that nothing happens by itself when a balance comes below 0: {assembly} then decides whether "
            "the contribution rises more or the programmes spend less.",
            assembly=assembly(material.result.population),
        )
    return _(
        "Nothing happens by itself when a balance comes below 0: {assembly} then decides whether the contribution "
        "rises or the programmes spend less.",
        assembly=assembly(material.result.population),
    )


def _heading(name: str) -> str:
    return {
        "opening": _("opening"),
        "contributions": _("contributions"),
        "income": _("income from others"),
        "refunds": _("refunds to opt-outs"),
        "handed_over": _("handed over"),
        "from_reserve": _("from reserve"),
        "realised": _("spent"),
        "returned": _("underspend returned"),
        "to_reserve": _("to reserve"),
        "closing": _("closing"),
    }[name]


def _years(horizon: Horizon, unit: int) -> Table:
    columns = {
        name: cents.tolist()
        for name, cents in horizon.fund.expected.as_columns().items()
        if name in _ALWAYS or cents.any()
    }
    low, high = (end.tolist() for end in horizon.fund.between())
    rows = []
    for place, year in enumerate(horizon.years):
        # Rounded so that every row still goes from its first balance to its last.
        flows = {name: cents[place] for name, cents in columns.items() if name not in ("opening", "closing")}
        opening, closing = about(columns["opening"][place], unit), about(columns["closing"][place], unit)
        signs = [-1 if name in _GOES_OUT else 1 for name in flows]
        moves = rounded_to(
            [sign * cents for sign, cents in zip(signs, flows.values(), strict=True)], closing - opening, unit
        )
        amounts = (opening, *moves, closing, low[place], high[place])
        rows.append((str(year), *(format_about(cents, unit) for cents in amounts)))
    headings = (_("Year"), *map(_heading, columns), _("80 % between"), _("and"))
    widths = (7, *[13] * (len(headings) - 1))
    return Table("balance", _("Balance of the fund, without VAT"), headings, tuple(rows), widths)


def _accounts(horizon: Horizon, unit: int) -> Table:
    *parts, fund = horizon.accounts
    openings = [int(account.expected.opening[0]) for account in parts]
    closings = [int(account.expected.closing[-1]) for account in parts]
    begins = [*rounded_to(openings, about(int(fund.expected.opening[0]), unit), unit), fund.expected.opening[0]]
    ends = [*rounded_to(closings, about(int(fund.expected.closing[-1]), unit), unit), fund.expected.closing[-1]]
    rows = []
    for account, first, last in zip(horizon.accounts, begins, ends, strict=True):
        low, high = account.between()
        amounts = (first, last, low[-1], high[-1])
        rows.append((account_title(account), *(format_about(int(cents), unit) for cents in amounts)))
    return Table(
        "accounts",
        _(
            "Balance of every programme and of the reserve, start of {first} and end of {last}, without VAT",
            first=horizon.years[0],
            last=horizon.years[-1],
        ),
        (_("Programme"), _("opening"), _("closing"), _("80 % between"), _("and")),
        tuple(rows),
        (40, 15, 15, 15, 15),
        total=True,
    )
