"""The sheet beside the baseline: what each municipality paid in the scenario that this one extends, and the change."""

from __future__ import annotations

from typing import Final

from gguplan.language import _
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.layout import FIRST
from gguplan.reports.workbook.municipalities import TO_PAY
from gguplan.wording.bodies import code_heading, payer_heading

_TOTAL: Final = FIRST - 2
_COLUMNS: Final = 5


def write_baseline(book: Book) -> None:
    """Write the sheet: the baseline as a value, what is to pay now and the change as formulas, in the same rows as
    the municipalities."""
    layout, sheet, comparison = book.layout, book.sheet("baseline"), book.beside.comparison
    assert comparison is not None
    sheet.title(
        _("Beside {baseline}", baseline=comparison.baseline.title),
        _(
            "What the baseline bills is a value of the model; what is to pay now follows what is changed in this "
            "workbook."
        ),
        _COLUMNS,
    )
    money = layout.money_width
    sheet.widths(30, 10, money, money, money)
    headings = [payer_heading(book.result.population), code_heading(book.result.population)]
    headings += [_("baseline"), _("to pay"), _("change")]
    sheet.headings(FIRST - 1, headings, 2)
    name, paid = layout.sheet("municipalities"), comparison.baseline.to_pay.tolist()
    now = book.result.to_pay.tolist()
    for position, row in layout.row_of.items():
        line, municipality = row + 1, book.result.population.municipalities[position]
        sheet.text(row, 0, municipality.name)
        sheet.text(row, 1, municipality.gm_code)
        sheet.euros(row, 2, paid[position])
        sheet.sum_in_euros(row, 3, f"={name}!{'ABCDEFG'[TO_PAY]}{line}", now[position])
        sheet.sum_in_euros(row, 4, f"=ROUND(D{line}-C{line},2)", now[position] - paid[position])
    sheet.text(_TOTAL, 0, _("Total"), "total")
    sheet.text(_TOTAL, 1, "", "total")
    for column, cents in ((2, sum(paid)), (3, sum(now)), (4, sum(now) - sum(paid))):
        letter = "ABCDE"[column]
        formula = f"=ROUND(SUM({letter}{FIRST + 1}:{letter}{layout.last + 1}),2)"
        sheet.sum_in_euros(_TOTAL, column, formula, cents, "euros", "total")
    sheet.page.autofilter(FIRST - 1, 0, layout.last, _COLUMNS - 1)
    sheet.page.freeze_panes(FIRST, 1)
    sheet.page.print_area(0, 0, layout.last, _COLUMNS - 1)
    sheet.on_paper(landscape=False, headings=(_TOTAL, FIRST - 1))
