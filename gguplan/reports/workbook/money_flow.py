"""Money in and out of every programme: contributions + income − refunds + drawn − handed over = available."""

from __future__ import annotations

from typing import Final

from gguplan.fund.thresholds import goes_to_the_balance, is_handed_over
from gguplan.language import _
from gguplan.model.participation.settlement import effect_of
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.layout import Block
from gguplan.reports.workbook.thresholds import met_cell
from gguplan.reports.workbook.words import settlements_in_words

CONTRIBUTIONS: Final = 3
REFUNDS: Final = 4
DRAWN: Final = 5
HANDED_OVER: Final = 6
AVAILABLE: Final = 7
AVAILABLE_NET: Final = 8
BUDGETED_INCOME: Final = 9
INCOME: Final = 10
BUDGETED_RESERVE: Final = 11

TOTALS: Final = {
    CONTRIBUTIONS: "contributions_cents",
    REFUNDS: "refunds_cents",
    DRAWN: "drawn_cents",
    HANDED_OVER: "handed_over_cents",
    AVAILABLE: "available_cents",
    AVAILABLE_NET: "available_net_cents",
    INCOME: "income_cents",
}
"""The total of each column, as the result names it."""


def columns_of(book: Book) -> dict[int, str]:
    """The columns of the table: that of income only where somebody else, or the balance, pays part of a budget."""
    paid = any(
        billed.budget.income or billed.budget.reserve or billed.participation.income
        for billed in book.result.by_programme
    )
    return {column: name for column, name in TOTALS.items() if paid or column != INCOME}


def paid_otherwise(book: Book, block: Block, times: str = "") -> str:
    """What others and the balance are to pay of a programme, taken off as a formula writes it; in euros, or `times`
    that. Empty where nobody does."""
    budget = block.billed.budget
    return (f"-{times}{_budgeted(book, block, BUDGETED_INCOME)}" if budget.income else "") + (
        f"-{times}{_budgeted(book, block, BUDGETED_RESERVE)}" if budget.reserve else ""
    )


def _budgeted(book: Book, block: Block, column: int) -> str:
    return book.layout.cell("programmes", book.layout.table_row(1, block.number), column)


def write_money_flow(book: Book) -> None:
    """Write the table under the budgets."""
    sheet, layout, totals = book.sheet("programmes"), book.layout, book.result.totals
    first = layout.table_row(1, 0)
    sheet.text(first - 2, 0, _("Money in and out"), "section")
    headings = [_("Programme"), _("what opt-outs do"), _("opt-outs"), _("contributions"), _("refunds")]
    headings += [_("from balance"), _("handed over"), _("available, including VAT"), _("available, without VAT")]
    columns = columns_of(book)
    if INCOME in columns:
        headings += [_("income in the budget"), _("income from others"), _("from the balance in the budget")]
    sheet.headings(first - 1, headings, 2)
    for block in layout.blocks:
        _write_flow(book, block)
    row = layout.table_row(1, len(layout.blocks))
    for column in range(max(columns) + 1):
        sheet.text(row, column, _("Total") if column == 0 else "", "total")
    for column, name in columns.items():
        letter = "DEFGHIJK"[column - CONTRIBUTIONS]
        formula = f"=ROUND(SUM({letter}{first + 1}:{letter}{row}),2)"
        sheet.sum_in_euros(row, column, formula, totals[name], "euros", "total")
    if INCOME in columns:
        budgeted = sum(block.billed.budget.income for block in layout.blocks)
        formula = f"=ROUND(SUM(J{first + 1}:J{row}),2)"
        sheet.sum_in_euros(row, BUDGETED_INCOME, formula, budgeted, "euros", "total")
        drawn = sum(block.billed.budget.reserve for block in layout.blocks)
        formula = f"=ROUND(SUM(L{first + 1}:L{row}),2)"
        sheet.sum_in_euros(row, BUDGETED_RESERVE, formula, drawn, "euros", "total")


def total_cell(book: Book, column: int) -> str:
    """The total of a column as a formula writes it; in euros."""
    return book.layout.cell("programmes", book.layout.table_row(1, len(book.layout.blocks)), column)


def _write_flow(book: Book, block: Block) -> None:
    sheet, layout, billed = book.sheet("programmes"), book.layout, block.billed
    row, part = layout.table_row(1, block.number), billed.participation
    line, budget_line = row + 1, layout.table_row(0, block.number) + 1
    sheet.wrapped(row, (48, 26), (billed.programme.title, settlements_in_words(billed)))
    sheet.number(row, 2, int(part.outside.sum()))
    contributions = f"=SUM({layout.column('division', block.columns['contribution'])})/100"
    sheet.sum_in_euros(row, CONTRIBUTIONS, contributions, billed.contributed)
    refunds = f"=SUM({layout.column('division', block.columns['refund'])})/100" if block.opt_outs else "=0"
    sheet.sum_in_euros(row, REFUNDS, refunds, billed.refunded)
    drawn, handed_over = _drawn(book, block), "=0"
    met = met_cell(book, block)
    if met and goes_to_the_balance(block.lapse):
        drawn = f"=IF({met}=1,{drawn[1:]},ROUND(E{line}-D{line},2))"
    elif met:
        drawn = f"=IF({met}=1,{drawn[1:]},0)"
    if met and is_handed_over(block.lapse):
        handed_over = f"=IF({met}=1,0,ROUND(D{line}-E{line},2))"
    if block.live:
        sheet.sum_in_euros(row, DRAWN, drawn, part.drawn)
        sheet.sum_in_euros(row, HANDED_OVER, handed_over, part.handed_over)
    else:
        sheet.euros(row, DRAWN, part.drawn)
        sheet.euros(row, HANDED_OVER, part.handed_over)
    available = f"=ROUND(D{line}-E{line}+F{line}-G{line},2)"
    if INCOME in columns_of(book):
        look = "input" if block.live and billed.budget.income else "line"
        sheet.euros(row, BUDGETED_INCOME, billed.budget.income, look)
        look = "input" if block.live and billed.budget.reserve else "line"
        sheet.euros(row, BUDGETED_RESERVE, billed.budget.reserve, look)
        comes = f"J{line}{_covered(book, block)}"
        comes_in = f"=IF({met}=1,{comes},0)" if met else f"=ROUND({comes},2)"
        available = f"=ROUND(D{line}-E{line}+F{line}-G{line}+K{line},2)"
        if block.live:
            sheet.sum_in_euros(row, INCOME, comes_in, part.income)
        else:
            sheet.euros(row, INCOME, part.income)
    sheet.sum_in_euros(row, AVAILABLE, available, part.available)
    if not block.live:
        sheet.euros(row, AVAILABLE_NET, billed.available_net)
        return
    percent, cents = f"C{budget_line}", f"ROUND(100*H{line},0)"
    same = f"{cents}=ROUND(100*F{budget_line},0)"
    within = f"INT((2*{cents}*{percent}+100+{percent})/(2*(100+{percent})))/100"
    net = f"=ROUND(H{line}-IF({same},G{budget_line},{within}),2)"
    sheet.sum_in_euros(row, AVAILABLE_NET, net, billed.available_net)


def _drawn(book: Book, block: Block) -> str:
    """What the balance pays: as the budget says, for opt-outs that it absorbs, and for what is adjusted."""
    terms = []
    if block.billed.budget.reserve:
        terms.append(_budgeted(book, block, BUDGETED_RESERVE))
    if absorbed := _absorbed(book, block):
        terms.append(absorbed)
    if "settled" in block.columns:
        before, after = (book.layout.column("division", block.columns[noun]) for noun in ("settled", "contribution"))
        terms.append(f"(SUM({before})-SUM({after}))/100{_covered(book, block).replace('+', '-')}")
    return f"=ROUND({'+'.join(terms)},2)" if terms else "=0"


def _covered(book: Book, block: Block) -> str:
    """What municipalities have cover for already, in euros, added as a formula writes it; empty where they have
    none."""
    columns = [column for noun, column in block.columns.items() if noun.startswith("cover_")]
    return "".join(f"+SUM({book.layout.column('division', column)})/100" for column in columns)


def _absorbed(book: Book, block: Block) -> str:
    """What the balance pays for opt-outs that it absorbs; empty where it absorbs none."""
    rows = [
        opt_out.row + 1 for opt_out in block.opt_outs if effect_of(opt_out.opt_out.settlement) == "paid_by_the_balance"
    ]
    if not rows:
        return ""
    sheet = book.layout.sheet("opt_outs")
    ranges, first = [], rows[0]
    for before, after in zip(rows, [*rows[1:], 0], strict=True):
        if after != before + 1:
            ranges.append(f"{sheet}!$J${first}:$J${before}")
            first = after
    return f"SUM({','.join(ranges)})"
