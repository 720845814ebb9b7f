"""The columns of one programme's division: what stands in each, as formulas and as the model has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, assert_never

from msgspec.structs import replace

from gguplan.fund.allocation_keys import (
    FixedAmounts,
    FixedPlusInhabitants,
    FixedShares,
    InhabitantsOn,
    PerColumn,
    PerInhabitant,
    Products,
    RatePerInhabitant,
    StepAmounts,
    Stepped,
)
from gguplan.fund.thresholds import is_handed_over, is_levied
from gguplan.language import _
from gguplan.model.allocation import weights_of
from gguplan.reports.workbook.adjustments import adjusted_columns
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.columns import Column, Letters
from gguplan.reports.workbook.division_summary import (
    LAST_IN_QUEUE,
    MULTIPLES,
    REST,
    WEIGHTS,
    in_a_tie,
    queue_of,
    summary_cell,
    weights_column,
)
from gguplan.reports.workbook.layout import Block, OptOutRow
from gguplan.reports.workbook.opt_outs import effect_cell
from gguplan.reports.workbook.tariffs import fixed_cell, products_formula, rate_formula, step_formula, tariff_formula
from gguplan.reports.workbook.thresholds import met_cell

_LINE: Final = "{line}"
"""The line of a cell, where a formula has still to be put in a row."""


def columns_of(book: Book, block: Block) -> list[Column]:
    """Every column of a programme, from left to right."""
    part = block.billed.participation
    values = {
        "contribution": part.contributions.tolist(),
        "refund": part.refunds.tolist(),
        "whole_year": (~part.outside & block.billed.programme.pays(book.result.population)).astype(int).tolist(),
    }
    made = _division(book, block) if block.live else []
    if not block.live:
        made += [Column("contribution", _("contribution"), values["contribution"], None, "cents", "result", 15)]
        if block.opt_outs:
            made.append(Column("refund", _("refund"), values["refund"], None, "cents", "result"))
    if "whole_year" in block.columns:
        made.append(Column("whole_year", _("takes part all year"), values["whole_year"], None, "count"))
    return made


def _division(book: Book, block: Block) -> list[Column]:
    """What each key divides, then what opt-outs, a threshold and adjustments make of it together."""
    made: list[Column] = []
    for portion in block.portions:
        columns = [*_weights(book, portion), *_shares(book, portion)]
        if block.of_mix:
            number = 1 + portion.row - block.row
            columns = [
                replace(column, noun=f"{column.noun} {number}", heading=f"{column.heading} {number}")
                for column in columns
            ]
        made += columns
    return [*made, *_parts(book, block, "+".join(_part(book, portion) for portion in block.portions))]


def precedence_formula(book: Book, weight: str, weights: str, position: int, line: int) -> str:
    """How many others a municipality goes before in a tie."""
    code, codes = f"$B{line}", book.layout.column("division", 1)
    population = book.result.population
    if population.bodies:
        # What a body is called stands anywhere in the alphabet, and comes after every CBS code in a tie.
        code, codes = str(position), "{" + ";".join(map(str, book.layout.order)) + "}"
    return f"=SUMPRODUCT(({weights}<{weight})+({weights}={weight})*({codes}>{code}))"


def _weights(book: Book, block: Block) -> list[Column]:
    """What the amount is divided by, where that is not simply the inhabitants, and the fixed part."""
    if not block.live:
        return []
    made, letters = [], Letters(block)
    met = met_cell(book, block) if is_handed_over(block.lapse) else ""
    of_key, base = _by_the_key(book, block)
    made += of_key
    if "pieces" in block.columns:
        payers = block.billed.programme.pays(book.result.population)
        stated, pieces = block.pieces.tolist(), block.billed.participation.taking_part.tolist()
        if_met = (lambda position, _line: f"=IF({met}=1,{stated[position]},{int(payers[position])})") if met else None
        made.append(Column("pieces", _("takes part"), pieces, if_met, "count"))
    if "weight" in block.columns:
        weights = weights_column(book, block)
        times = f"*{letters['pieces']}{{line}}" if "pieces" in block.columns else ""
        made += [
            Column(
                "weight",
                _("weight"),
                block.split.weights.tolist(),
                lambda _position, line: f"={base.format(line=line)}{times.format(line=line)}",
                "count",
            ),
            Column(
                "precedence",
                _("precedence"),
                in_a_tie(block.split.weights.tolist()),
                lambda position, line: precedence_formula(book, f"{letters['weight']}{line}", weights, position, line),
                "count",
            ),
        ]
    if "fixed" in block.columns:
        made.append(_fixed(book, block))
    return made


def _by_the_key(book: Book, block: Block) -> tuple[list[Column], str]:
    """How a key gives everybody a weight, and the weight of a whole year as a formula writes it, for a line."""
    key, letters = block.portion.key, Letters(block)
    own = weights_of(key, book.result.population) // block.unit

    def tariff(formula: Callable[[int], str]) -> Column:
        return Column("tariff", _("tariff"), own.tolist(), lambda _position, line: formula(line))

    match key:
        case PerInhabitant() | FixedPlusInhabitants():
            return [], "$C{line}"
        case Stepped(applies_to=applies_to):
            made = [tariff(lambda line: tariff_formula(book, block, applies_to, f"$C{line}"))]
        case RatePerInhabitant():
            made = [tariff(lambda line: rate_formula(book, block, f"$C{line}"))]
        case StepAmounts():
            made = [tariff(lambda line: step_formula(book, block, f"$C{line}"))]
        case FixedAmounts(cents):
            euros = (cents.values / 100).tolist()
            brought = Column("brought", _("amount"), euros, None, "euros", "input", 15)
            made = [brought, tariff(lambda line: f"=ROUND(100*{letters['brought']}{line},0)")]
        case Products(units=units, parts=parts, years=years):
            taken = (units.values / parts).tolist()
            heading = _("units") if years == 1 else _("units in {years} years", years=years)
            brought = Column("brought", heading, taken, None, "count" if parts == 1 else "units", "input")
            made = [brought, tariff(lambda line: products_formula(book, block, f"{letters['brought']}{line}", key))]
        case InhabitantsOn(year=year):
            heading = _("inhabitants on 1 January {year}", year=year)
            return [Column("brought", heading, own.tolist(), None, "count", "input")], f"{letters['brought']}{{line}}"
        case PerColumn():
            return [
                Column("brought", _("weight"), own.tolist(), None, "count", "input")
            ], f"{letters['brought']}{{line}}"
        case FixedShares(whole=whole):
            shares = (own / whole).tolist()
            brought = Column("brought", _("share"), shares, None, "exact_share", "input")
            return [brought], f"ROUND({whole}*{letters['brought']}{{line}},0)"
        case _:
            assert_never(key)
    return made, f"{letters['tariff']}{{line}}"


def _fixed(book: Book, block: Block) -> Column:
    letters, amount = Letters(block), f"ROUND(100*{fixed_cell(book, block)},0)"
    values = block.portion.fixed.tolist()
    if "pieces" not in block.columns:
        return Column("fixed", _("fixed amount"), values, lambda _position, _line: f"={amount}")
    met = met_cell(book, block) if is_handed_over(block.lapse) else ""
    most = f"IF({met}=1,{block.whole_year},1)" if met else f"{block.whole_year}"
    return Column(
        "fixed",
        _("fixed amount"),
        values,
        lambda _position, line: f"=INT((2*{amount}*{letters['pieces']}{line}+{most})/(2*{most}))",
    )


def _shares(book: Book, block: Block) -> list[Column]:
    """Whole cents, remainders and queue."""
    digits, split, letters = block.digits, block.split, Letters(block)
    assert digits is not None
    size = len(split.weights)
    weight = "$C" if block.by_inhabitants else letters["weight"]
    precedence = "$D" if block.by_inhabitants else letters["precedence"]
    rest, weights = summary_cell(book, block, REST), summary_cell(book, block, WEIGHTS)
    multiples = summary_cell(book, block, MULTIPLES)
    nouns = [*(f"remainder_{place}" for place in range(1, digits.count)), "remainder"]

    weight_there, cells = f"{weight}{_LINE}", [f"{letters[noun]}{_LINE}" for noun in nouns]
    whole = digits.whole_cents(multiples, rest, weight_there, weights, cells)
    made = [Column("whole", _("whole cents"), split.whole.tolist(), _on_each_line(whole))]
    dividends = digits.dividends(rest, weight_there, cells)
    for noun, dividend, values in zip(nouns, dividends, digits.remainders_of(split), strict=True):
        heading = _("remainder") if noun == "remainder" else _("remainder so far")
        made.append(Column(noun, heading, values, _on_each_line(f"=MOD({dividend},{weights})"), "count"))
    queue = queue_of(block)
    made.append(
        Column(
            "queue",
            _("queue"),
            queue,
            _on_each_line(f"={letters['remainder']}{_LINE}*{size}+{precedence}{_LINE}"),
            "count",
            "line",
            15,
        )
    )
    return made


def _on_each_line(formula: str) -> Callable[[int, int], str]:
    """A formula that is the same in every row but for its `_LINE`."""
    return lambda _position, line: formula.replace(_LINE, str(line))


def _part(book: Book, block: Block) -> str:
    """The formula of what one key divides, for a line: fixed part, whole cents and left-over cent."""
    letters, last = Letters(block), summary_cell(book, block, LAST_IN_QUEUE)
    cent = f"{letters['whole']}{{line}}+IF({letters['queue']}{{line}}>={last},1,0)"
    return f"{letters['fixed']}{{line}}+{cent}" if "fixed" in block.columns else cent


def _parts(book: Book, block: Block, part: str) -> list[Column]:
    """The part and what opt-outs and a threshold leave of it; `part` is the formula of the part for a line."""
    participation, letters, made = block.billed.participation, Letters(block), []
    share = part
    if "part" in block.columns:
        made.append(
            Column(
                "part",
                _("part"),
                participation.allocation.parts.tolist(),
                lambda _position, line: f"={part.format(line=line)}",
            )
        )
        share = f"{letters['part']}{{line}}"
    taken, back = _by_position(block, True), _by_position(block, False)
    met = met_cell(book, block) if not is_levied(block.lapse) else ""

    def contribution(position: int, line: int) -> str:
        effects = "".join(f"-ROUND(100*{effect_cell(book, row)},0)" for row in taken.get(position, ()))
        amount = share.format(line=line) + effects
        return f"=IF({met}=1,{amount},0)" if met else f"={amount}"

    def refund(position: int, _line: int) -> str:
        return "=" + ("+".join(f"ROUND(100*{effect_cell(book, row)},0)" for row in back.get(position, ())) or "0")

    after: Callable[[int, int], str] = contribution
    if "settled" in block.columns:
        adjusted, after = adjusted_columns(book, block, contribution)
        made += adjusted
    made.append(
        Column("contribution", _("contribution"), participation.contributions.tolist(), after, "cents", "result", 15)
    )
    if "refund" in block.columns:
        made.append(Column("refund", _("refund"), participation.refunds.tolist(), refund, "cents", "result"))
    return made


def _by_position(block: Block, takes_off: bool) -> dict[int, list[OptOutRow]]:
    """The opt-outs of each municipality that are not invoiced, or else refunded."""
    by_position: dict[int, list[OptOutRow]] = {}
    for row in block.opt_outs:
        if row.takes_off == takes_off and not row.others_pay:
            by_position.setdefault(row.position, []).append(row)
    return by_position
