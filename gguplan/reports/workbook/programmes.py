"""The sheet with the programmes: their budgets, the money in and out, and how it is divided."""

from __future__ import annotations

from typing import Final, assert_never

from gguplan.fund.programme import GrossBudget, NetBudget, RateBudget, TariffBudget, VolumeBudget
from gguplan.language import _
from gguplan.model.bill import euros_per_inhabitant
from gguplan.model.explanation.tree import volume_line
from gguplan.model.money_bridge import carried_out
from gguplan.money import RATE_UNITS
from gguplan.reports.beside_the_division import source_and_beside
from gguplan.reports.workbook import inputs, municipalities
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.division_summary import write_division_summary
from gguplan.reports.workbook.inputs import STATED, VAT_PERCENT, by_volume, input_cell, risen
from gguplan.reports.workbook.layout import FIRST_PROGRAMME, Block
from gguplan.reports.workbook.money_flow import (
    BUDGETED_INCOME,
    BUDGETED_RESERVE,
    INCOME,
    columns_of,
    paid_otherwise,
    total_cell,
    write_money_flow,
)
from gguplan.reports.workbook.sheet import lines_of
from gguplan.reports.workbook.styles import GRID, axis_format
from gguplan.reports.workbook.tariffs import write_tariffs
from gguplan.reports.workbook.thresholds import met_cell
from gguplan.wording.sources import stated_source
from gguplan.wording.steps.step import line_in_words
from gguplan.wording.thresholds import lapsed_in_a_word

INPUT: Final = 4
GROSS: Final = 5
VAT: Final = 6
NET: Final = 7
LAST_COLUMN: Final = 8
PRICE: Final = 9
FIXED: Final = 10
TITLE_WIDTH: Final = 48


def write_programmes(book: Book) -> None:
    """Write the sheet: budgets, money in and out, division, tariffs, a chart, and the sources."""
    sheet, layout = book.sheet("programmes"), book.layout
    money = layout.money_width
    sheet.widths(TITLE_WIDTH, 26, 11, *[money] * 8)
    _write_budgets(book)
    write_money_flow(book)
    write_division_summary(book)
    row = write_tariffs(book, layout.table_row(3, -2))
    row = _write_chart(book, row)
    last = _write_sources(book, row)
    note = _(
        "Budgets are changed on the sheet {inputs}. Gross is what the municipalities and others pay together; net is "
        "what is left to spend after VAT is paid away.",
        inputs=layout.sheets["inputs"],
    )
    if sheet.has_inputs:
        note = f"{note} {_('Yellow cells on this sheet can be changed.')}"
    sheet.title(_("Programmes"), note, LAST_COLUMN + 1)
    sheet.page.freeze_panes(0, 1)
    sheet.page.print_area(0, 0, last, max(LAST_COLUMN + 1, *columns_of(book), FIXED if by_volume(book) else 0))
    sheet.page.set_h_pagebreaks([layout.table_row(2, -2)])
    sheet.on_paper()


def budget_cell(book: Book, block: Block, column: int = GROSS) -> str:
    """A cell of a programme's budget as a formula writes it; in euros."""
    return book.layout.cell("programmes", book.layout.table_row(0, block.number), column)


def _write_budgets(book: Book) -> None:
    sheet, layout = book.sheet("programmes"), book.layout
    sheet.text(FIRST_PROGRAMME - 2, 0, _("Budgets"), "section")
    headings = [_("Programme"), _("name"), _("VAT"), _("stated as"), _("stated"), _("gross"), _("VAT"), _("net")]
    more = [_("price of a unit"), _("fixed")] if by_volume(book) else []
    sheet.headings(FIRST_PROGRAMME - 1, [*headings, _("per inhabitant"), *more], 2)
    sheet.text(FIRST_PROGRAMME - 1, 3, _("stated as"), "indented_heading")
    everybody = layout.cell("municipalities", municipalities.TOTAL, municipalities.INHABITANTS)
    for block in layout.blocks:
        _write_budget(book, block, everybody)
    row = layout.end_of_programmes
    may_lapse = any(block.billed.threshold is not None for block in layout.blocks)
    words = _("Total without what lapses") if may_lapse else _("Total")
    for column in range(LAST_COLUMN + 1):
        sheet.text(row, column, words if column == 0 else "", "total")
    kept = carried_out(book.result)
    for column, letter, cents in (
        (GROSS, "F", sum(billed.budget.gross for billed in kept)),
        (VAT, "G", sum(billed.budget.vat for billed in kept)),
        (NET, "H", sum(billed.budget.net for billed in kept)),
    ):
        off = "".join(_off(book, block, f"{letter}{FIRST_PROGRAMME + block.number + 1}") for block in layout.blocks)
        formula = f"=ROUND(SUM({letter}{FIRST_PROGRAMME + 1}:{letter}{row}){off},2)"
        sheet.sum_in_euros(row, column, formula, cents, "euros", "total")
    divided = sum(billed.divided_over_municipalities(book.result.population) for billed in kept)
    per_inhabitant = float(euros_per_inhabitant(divided, book.result.population.total))
    paid_by_others = (BUDGETED_INCOME, BUDGETED_RESERVE) if INCOME in columns_of(book) else ()
    others = "".join(f"-{total_cell(book, column)}" for column in paid_by_others)
    others += "".join(of_bodies(book, block) for block in layout.blocks)
    # Of what lapses nothing was added, so nothing that others pay of it is taken off.
    others += "".join(
        _off(book, block, f"(0{paid})")
        for block in layout.blocks
        if (paid := paid_otherwise(book, block) + of_bodies(book, block))
    )
    formula = f"=IF({everybody}>0,(F{row + 1}{others})/{everybody},0)"
    sheet.formula(row, LAST_COLUMN, formula, per_inhabitant, "rate", "total")


def _off(book: Book, block: Block, amount: str) -> str:
    """What a programme that lapses takes off a total, as a formula writes it; empty where it cannot lapse."""
    if met := met_cell(book, block):
        return f"-IF({met}=1,0,{amount})"
    return "" if block.billed.participation.lapsed is None else f"-{amount}"


def of_bodies(book: Book, block: Block) -> str:
    """What bodies without inhabitants pay of what is divided, in euros, as a formula takes it off; empty where only
    municipalities pay."""
    index = book.result.population.index
    rows = [book.layout.row_of[index[body.gm_code]] for body in book.result.population.bodies]
    column = next(block.columns[noun] for noun in ("part", "settled", "contribution") if noun in block.columns)
    return "".join(f"-{book.layout.cell('division', row, column)}/100" for row in rows)


def _write_budget(book: Book, block: Block, everybody: str) -> None:
    sheet, billed = book.sheet("programmes"), block.billed
    row = book.layout.table_row(0, block.number)
    line, budget = row + 1, billed.budget
    lapsed = billed.participation.lapsed
    name = billed.name if lapsed is None else f"{billed.name} ({lapsed_in_a_word(lapsed)})"
    sheet.wrapped(row, (TITLE_WIDTH, 26), (billed.programme.title, name))
    if (met := met_cell(book, block)) and block.lapse is not None:
        off = f"{billed.name} ({lapsed_in_a_word(block.lapse)})"
        sheet.formula(row, 1, f'=IF({met}=1,"{billed.name}","{off}")', name, "", "cell")
    percent, stated = (input_cell(book, block, column) for column in (VAT_PERCENT, STATED))
    sheet.formula(row, 2, f"={percent}", billed.programme.vat_percent, "percent")
    gross = f"={risen(book, f'E{line}', 100)}/100"
    vat = f"=INT((2*ROUND(100*F{line},0)*C{line}+100+C{line})/(2*(100+C{line})))/100"
    net = f"=ROUND(F{line}-G{line},2)"
    match billed.programme.budget:
        case NetBudget(cents):
            words = _("net")
            sheet.sum_in_euros(row, INPUT, f"={stated}", cents)
            vat = f"=INT((2*ROUND(100*H{line},0)*C{line}+100)/200)/100"
            gross, net = f"=ROUND(H{line}+G{line},2)", f"={risen(book, f'E{line}', 100)}/100"
        case GrossBudget(cents):
            words = _("gross")
            sheet.sum_in_euros(row, INPUT, f"={stated}", cents)
        case RateBudget(rate):
            words = _("rate")
            sheet.formula(row, INPUT, f"={stated}", rate / RATE_UNITS, "rate")
            persons = everybody if billed.programme.payers is None else book.layout.sum_of_payers(block, 2)
            gross = f"=INT(({risen(book, f'E{line}', RATE_UNITS)}*{persons}+50)/100)/100"
        case VolumeBudget(fixed, volume, price):
            words = _("volume")
            sheet.formula(row, INPUT, f"={stated}", volume)
            sheet.formula(row, PRICE, f"={input_cell(book, block, inputs.PRICE)}", price / RATE_UNITS, "rate")
            sheet.sum_in_euros(row, FIXED, f"={input_cell(book, block, inputs.FIXED)}", fixed)
            vat = f"=INT((2*ROUND(100*H{line},0)*C{line}+100)/200)/100"
            gross = f"=ROUND(H{line}+G{line},2)"
            cost = f"INT((ROUND(E{line},0)*{risen(book, f'J{line}', RATE_UNITS)}+50)/100)"
            net = f"=({risen(book, f'K{line}', 100)}+{cost})/100"
        case TariffBudget():
            words = _("tariffs")
            sheet.text(row, INPUT, _("see below"))
            if block.live:
                tariffs = book.layout.sum_of_payers(block, block.columns["tariff"])
                gross = f"=INT(({tariffs}*{block.unit}+50)/100)/100"
        case _:
            assert_never(billed.programme.budget)
    sheet.text(row, 3, words, "indented")
    for column, formula, cents in ((GROSS, gross, budget.gross), (VAT, vat, budget.vat), (NET, net, budget.net)):
        if block.live:
            sheet.sum_in_euros(row, column, formula, cents)
        else:
            sheet.euros(row, column, cents)
    of_municipalities = billed.divided_over_municipalities(book.result.population)
    per_inhabitant = float(euros_per_inhabitant(of_municipalities, book.result.population.total))
    others = paid_otherwise(book, block) + of_bodies(book, block)
    sheet.formula(row, LAST_COLUMN, f"=IF({everybody}>0,(F{line}{others})/{everybody},0)", per_inhabitant, "rate")


def _write_chart(book: Book, row: int) -> int:
    """The budgets as bars, the largest that fit a page; the row below it."""
    sheet, layout = book.sheet("programmes"), book.layout
    count = len(layout.blocks)
    if count < 2:
        return row
    name = layout.sheets["programmes"]
    last = layout.end_of_programmes - 1
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [name, FIRST_PROGRAMME, 0, last, 0],
            "values": [name, FIRST_PROGRAMME, GROSS, last, GROSS],
            "fill": {"color": "#154273"},
            "gap": 40,
        }
    )
    font = {"name": "Calibri", "size": 9}
    chart.set_title({"name": _("Gross budget of each programme"), "name_font": {"name": "Calibri", "size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": font})
    chart.set_x_axis({"num_format": axis_format(), "num_font": font, "major_gridlines": GRID})
    height = min(40 + 22 * count, 1_000)
    chart.set_size({"width": 1_150, "height": height})
    sheet.page.insert_chart(row, 0, chart, {"description": _("Gross budget of each programme")})
    return row + height // 20 + 3


def _write_sources(book: Book, row: int) -> int:
    sheet = book.sheet("programmes")
    sheet.text(row, 0, _("Where the budgets come from"), "section")
    sheet.text(row + 1, 0, _("Programme"), "heading")
    sheet.across(row + 1, 1, LAST_COLUMN + 1, _("source"), "heading")
    for block in book.layout.blocks:
        line = row + 2 + block.number
        title, source = block.billed.programme.title, stated_source(block.billed.programme.source)
        if (follows := volume_line(block.billed)) is not None:
            source = f"{line_in_words(follows)}. {source}"
        source = source_and_beside(source, book.result, block.billed)
        sheet.text(line, 0, title, "wrapped")
        sheet.across(line, 1, LAST_COLUMN + 1, source, "wrapped")
        sheet.height(line, max(lines_of(source, 150), lines_of(title, TITLE_WIDTH)))
    return row + 1 + len(book.layout.blocks)
