"""The sheet of one municipality: choose it from a list, and its bill appears with the sum behind every line."""

from __future__ import annotations

from typing import Final

from gguplan.language import _
from gguplan.model.bill import Bill, bill_of
from gguplan.reports.before_cascades import cascades_in_words
from gguplan.reports.workbook import municipalities
from gguplan.reports.workbook.bill_sum import in_division, write_sum
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.layout import Block
from gguplan.reports.workbook.municipalities import label_of
from gguplan.reports.workbook.thresholds import met_cell
from gguplan.wording.bodies import code_heading, payer_heading, place_of
from gguplan.wording.population import status_in_words

_CHOICE: Final = 2
_FACTS: Final = 4
FIRST_LINE: Final = 16
"""The row of the first programme on the bill."""
LAST_COLUMN: Final = 9
_LINES_ON_A_PAGE: Final = 10


def write_bill(book: Book) -> None:
    """Write the sheet: the choice, what is to pay, the lines, and the sum behind each."""
    sheet, layout = book.sheet("bill"), book.layout
    population = book.result.population
    bill = bill_of(book.result, population.municipalities[book.chosen].gm_code)
    sheet.title(
        _("What one municipality pays"),
        _(
            "Choose a municipality in the yellow cell. Everything on this sheet is worked out here, from the budgets "
            "on the sheet {inputs} and the inhabitants on the sheet {municipalities}: change them there.",
            inputs=layout.sheets["inputs"],
            municipalities=layout.sheets["municipalities"],
        ),
        LAST_COLUMN + 1,
        cascades_in_words(book.result),
    )
    sheet.widths(48, layout.money_width + 4, *[layout.money_width] * (LAST_COLUMN - 1))
    sheet.page.set_row(_CHOICE, 26)
    sheet.text(_CHOICE, 0, payer_heading(book.result.population), "section")
    sheet.across(_CHOICE, 1, 3, label_of(bill.municipality.name, bill.municipality.gm_code), "choice")
    sheet.page.data_validation(
        _CHOICE,
        1,
        _CHOICE,
        1,
        {
            "validate": "list",
            "source": "=" + _("Municipality_list"),
            "error_title": _("Municipality"),
            "error_message": _("Choose a municipality from the list."),
        },
    )
    chosen = layout.cell("bill", _CHOICE, 1)
    book.name(_("Municipality_chosen"), f"={chosen}")
    _write_facts(book, bill, chosen)
    _write_lines(book, bill)
    last = write_sum(book, FIRST_LINE + len(layout.blocks) + 3)
    sheet.page.freeze_panes(_CHOICE + 1, 1)
    sheet.page.print_area(0, 0, last, LAST_COLUMN)
    if len(layout.blocks) > _LINES_ON_A_PAGE:
        sheet.page.set_h_pagebreaks([FIRST_LINE + len(layout.blocks) + 2])
    sheet.on_paper()


def _of_chosen(book: Book, column: int) -> str:
    return f"INDEX({book.layout.column('municipalities', column)},{_('Row_chosen')})"


def _write_facts(book: Book, bill: Bill, chosen: str) -> None:
    """What is to pay, and what the municipality is."""
    sheet, layout, municipality = book.sheet("bill"), book.layout, bill.municipality
    population = book.result.population
    total = FIRST_LINE + len(bill.lines) + 1
    row = _FACTS
    position = layout.row_of[book.chosen] - layout.row_of[layout.order[0]] + 1
    code = f"MID({chosen},LEN({chosen})-6,6)"
    if population.bodies:
        code = f"INDEX({_('CBS_codes')},MATCH({chosen},{_('Municipality_list')},0))"
    everybody = layout.cell("municipalities", municipalities.TOTAL, municipalities.INHABITANTS)
    facts: list[tuple[str, str, float | str, str, str]] = [
        (_("To pay"), f"=D{total}", bill.to_pay / 100, "euros", "large"),
        (_("per inhabitant"), f"=G{total}", float(bill.per_inhabitant(bill.to_pay) or 0), "rate", "line"),
        (_("of which VAT"), f"=E{total}", bill.vat / 100, "euros", "line"),
        (_("without VAT"), f"=F{total}", (bill.to_pay - bill.vat) / 100, "euros", "line"),
        (
            _(
                "inhabitants on 1 January {year} ({status})",
                year=population.year,
                status=status_in_words(population.status),
            ),
            "=" + _of_chosen(book, municipalities.INHABITANTS),
            municipality.inhabitants,
            "count",
            "line",
        ),
        (_("inhabitants of all municipalities"), f"={everybody}", population.total, "count", "line"),
        (code_heading(population), f"={code}", municipality.gm_code, "", "right"),
        (_("Province"), "=" + _of_chosen(book, 2), place_of(municipality), "", "right"),
        (
            _("place in the list"),
            f"=MATCH({layout.cell('bill', _FACTS + 6, 1)},{_('CBS_codes')},0)",
            position,
            "count",
            "line",
        ),
    ]
    for index, (label, formula, value, number, look) in enumerate(facts):
        sheet.text(row + index, 0, label, "label")
        sheet.formula(row + index, 1, formula, value, number, look)
    book.name(_("To_pay"), f"={layout.cell('bill', _FACTS, 1)}")
    book.name(_("Row_chosen"), f"={layout.cell('bill', _FACTS + len(facts) - 1, 1)}")


def _write_lines(book: Book, bill: Bill) -> None:
    sheet, layout = book.sheet("bill"), book.layout
    sheet.text(FIRST_LINE - 2, 0, _("The bill"), "section")
    headings = [_("Programme"), _("contribution"), _("refund"), _("to pay"), _("of which VAT"), _("without VAT")]
    sheet.headings(FIRST_LINE - 1, [*headings, _("per inhabitant")])
    sheet.text(FIRST_LINE - 1, 7, _("remark"), "indented_heading")
    for column in (8, 9):
        sheet.text(FIRST_LINE - 1, column, "", "heading")
    people = layout.cell("bill", _FACTS + 4, 1)
    for block, line in zip(layout.blocks, bill.lines, strict=True):
        row = FIRST_LINE + block.number
        here, percent = row + 1, layout.cell("programmes", layout.table_row(0, block.number), 2)
        sheet.wrapped(row, (48,), (line.title,))
        sheet.sum_in_euros(row, 1, f"={in_division(book, block, 'contribution')}/100", line.contribution)
        refund = f"={in_division(book, block, 'refund')}/100" if block.opt_outs else "=0"
        sheet.sum_in_euros(row, 2, refund, line.refund)
        sheet.sum_in_euros(row, 3, f"=ROUND(B{here}-C{here},2)", line.to_pay)
        cents = f"ABS(ROUND(100*D{here},0))"
        vat = f"=SIGN(D{here})*INT((2*{cents}*{percent}+100+{percent})/(2*(100+{percent})))/100"
        sheet.sum_in_euros(row, 4, vat, line.vat)
        sheet.sum_in_euros(row, 5, f"=ROUND(D{here}-E{here},2)", line.to_pay - line.vat)
        per_inhabitant = float(bill.per_inhabitant(line.to_pay) or 0)
        sheet.formula(row, 6, f"=IF({people}>0,D{here}/{people},0)", per_inhabitant, "rate")
        sheet.across(row, 7, 9, _remark(block), "indented")
        if met := met_cell(book, block):
            goes_on, lapses = _("goes on: enough take part"), _("lapses: too few take part")
            words = goes_on if block.billed.participation.lapsed is None else lapses
            sheet.formula(row, 7, f'=IF({met}=1,"{goes_on}","{lapses}")', words, "", "indented")
    _write_total(book, bill, people)


def _remark(block: Block) -> str:
    """What must be known of a line."""
    remarks = []
    if not block.live:
        remarks.append(_("value of the model; see gguplan explain"))
    if block.billed.threshold is not None:
        lapsed = block.billed.participation.lapsed
        remarks.append(_("goes on: enough take part") if lapsed is None else _("lapses: too few take part"))
    elif block.opt_outs:
        remarks.append(_("see the sheet of the opt-outs"))
    return "; ".join(remarks)


def _write_total(book: Book, bill: Bill, people: str) -> None:
    sheet, row = book.sheet("bill"), FIRST_LINE + len(bill.lines)
    for column in range(LAST_COLUMN + 1):
        sheet.text(row, column, _("Total") if column == 0 else "", "total")
    amounts = (bill.contribution, bill.refund, bill.to_pay, bill.vat, bill.to_pay - bill.vat)
    for letter, cents in zip("BCDEF", amounts, strict=True):
        formula = f"=ROUND(SUM({letter}{FIRST_LINE + 1}:{letter}{row}),2)"
        sheet.sum_in_euros(row, "ABCDEF".index(letter), formula, cents, "euros", "total")
    per_inhabitant = float(bill.per_inhabitant(bill.to_pay) or 0)
    sheet.formula(row, 6, f"=IF({people}>0,D{row + 1}/{people},0)", per_inhabitant, "rate", "total")
