"""The sheet with what will probably be spent: values of the model, which do not follow what is changed."""

from __future__ import annotations

from typing import Final

from gguplan.language import _
from gguplan.model.spending import CHANCES, Spending
from gguplan.reports.beside_a_forecast import beside_a_forecast, provisional_in_words
from gguplan.reports.charts.underspend import spending_chart
from gguplan.reports.terminal.forecast import (
    basis_in_words,
    history_line,
    kind_in_words,
    limits_in_words,
)
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.pictures import rows_of_a_page, write_picture
from gguplan.reports.workbook.sheet import lines_of
from gguplan.wording.amounts import format_number
from gguplan.wording.underspend import rule_in_words

_LOW, _HIGH = (CHANCES.index(chance) for chance in (0.1, 0.9))
_FIRST: Final = 4
_LAST_COLUMN: Final = 8


def write_forecast(book: Book) -> None:
    """Write the sheet: each programme, all together, what becomes of the rest, and a chart."""
    sheet, spending = book.sheet("forecast"), book.spending
    if spending is None:
        sheet.title(_("Forecast"), _("There is nothing to spend, so there is nothing to forecast."), 6)
        sheet.widths(46, 18, 18, 16, 16, 16)
        return
    sheet.title(
        _("Forecast"),
        _(
            "What will probably be spent, without VAT. These are values of the model ({draws} draws, seed {seed}): "
            "they do not follow what is changed in this workbook. In eight of ten cases it lies between the two ends.",
            draws=format_number(spending.draws),
            seed=spending.seed,
        ),
        _LAST_COLUMN + 1,
    )
    money = book.layout.money_width
    widths = (48, 19, 20, money, money, 11, money, money, money)
    sheet.widths(*widths)
    row = _write_rules(book, spending, _write_programmes(book, spending))
    drawn = spending_chart(spending, _("What will be spent of each programme"))
    page, notes = rows_of_a_page(sum(widths)), _notes(spending)
    first, row = row, write_picture(sheet, row, drawn, page)
    if row + len(notes) > page:
        sheet.page.set_h_pagebreaks([first])
    for index, text in enumerate(notes):
        sheet.across(row + index, 0, _LAST_COLUMN, text)
        sheet.height(row + index, lines_of(text, 175))
    sheet.page.freeze_panes(_FIRST, 1)
    sheet.page.print_area(0, 0, row + len(notes) - 1, _LAST_COLUMN)
    sheet.on_paper()


def _notes(spending: Spending) -> list[str]:
    """What stands below the chart, a line each."""
    beside = [*beside_a_forecast(spending, 1_000), *provisional_in_words(spending, 1_000)]
    return [*beside, history_line(spending), *limits_in_words(spending)]


def _write_programmes(book: Book, spending: Spending) -> int:
    sheet = book.sheet("forecast")
    headings = [_("Programme"), _("kind"), _("rests on"), _("budget"), _("expected"), _("ratio"), _("80 % between")]
    sheet.headings(_FIRST - 1, [*headings, _("and"), _("underspend expected")], 3)
    quantiles = spending.quantiles
    for index, programme in enumerate(spending.programmes):
        row, expected = _FIRST + index, int(spending.expected[index])
        sheet.wrapped(row, (48,), (programme.title,))
        sheet.text(row, 1, kind_in_words(programme.kind))
        sheet.text(row, 2, basis_in_words(spending.basis[index]))
        sheet.euros(row, 3, programme.budget)
        sheet.euros(row, 4, expected, "line", "about")
        sheet.number(row, 5, expected / programme.budget, "share")
        for column, chance in ((6, _LOW), (7, _HIGH)):
            sheet.euros(row, column, int(quantiles[index, chance]), "line", "about")
        left = programme.budget + int(spending.income_above_plan[index]) - expected
        sheet.euros(row, 8, left, "line", "about")
    row, rest, together = _FIRST + len(spending.programmes), spending.underspend, spending.total_quantiles
    expected = spending.expected_total
    for column in range(_LAST_COLUMN + 1):
        sheet.text(row, column, _("Total") if column == 0 else "", "total")
    sheet.euros(row, 3, rest.budget, "total")
    sheet.euros(row, 4, expected, "total", "about")
    sheet.number(row, 5, expected / rest.budget, "share", "total")
    for column, chance in ((6, _LOW), (7, _HIGH)):
        sheet.euros(row, column, int(together[chance]), "total", "about")
    sheet.euros(row, 8, rest.expected, "total", "about")
    return row + 2


def _write_rules(book: Book, spending: Spending, row: int) -> int:
    sheet = book.sheet("forecast")
    sheet.text(row, 0, _("What becomes of what is not spent"), "section")
    headings = [_("Rule"), "", "", _("budget"), _("underspend expected"), "", _("80 % between"), _("and")]
    sheet.headings(row + 1, headings, 3)
    by_rule = spending.underspend_by_rule
    for index, (rule, rest) in enumerate(by_rule.items()):
        line, (low, high) = row + 2 + index, rest.between()
        sheet.across(line, 0, 2, rule_in_words(rule), "line")
        sheet.euros(line, 3, rest.budget)
        sheet.euros(line, 4, rest.expected, "line", "about")
        sheet.text(line, 5, "")
        sheet.euros(line, 6, low, "line", "about")
        sheet.euros(line, 7, high, "line", "about")
    return row + 3 + len(by_rule)
