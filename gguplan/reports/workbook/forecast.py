"""The sheet with what will probably be spent: values of the model, which do not follow what is changed."""

from __future__ import annotations

from typing import Final

from gguplan.language import _
from gguplan.model.spending import CHANCES, Spending
from gguplan.reports.beside_a_forecast import beside_a_forecast, provisional_in_words
from gguplan.reports.terminal.forecast import (
    basis_in_words,
    history_line,
    limits_in_words,
)
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.forecast_charts import DOWN, UP, Bars, write_charts
from gguplan.reports.workbook.pictures import rows_of_a_page
from gguplan.reports.workbook.sheet import Sheet, lines_of
from gguplan.wording.amounts import format_number
from gguplan.wording.budget_kinds import budget_kind_in_words
from gguplan.wording.underspend import rule_in_words

_LOW, _HIGH = (CHANCES.index(chance) for chance in (0.1, 0.9))
_FIRST: Final = 4
_RATIO: Final = 5
_LAST_COLUMN: Final = 8
_WIDEST: Final = 2.0
"""The ratio beyond which a line is cut off: one programme must not press all others together."""


def write_forecast(book: Book) -> None:
    """Write the sheet: each programme, all together, what becomes of the rest, and two charts."""
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
    below = _write_programmes(book, spending)
    row = _write_rules(book, spending, below)
    page, notes = rows_of_a_page(sum(widths)), _notes(spending)
    bars = _ratios(spending), _left_over(spending, below + 2)
    first, row = row, write_charts(book, spending, *bars, row, page)
    if row + len(notes) > page:
        sheet.page.set_h_pagebreaks([first])
    for index, text in enumerate(notes):
        sheet.across(row + index, 0, _LAST_COLUMN, text)
        sheet.height(row + index, lines_of(text, 175))
    sheet.page.freeze_panes(_FIRST, 1)
    sheet.page.print_area(0, 0, row + len(notes) - 1, _LAST_COLUMN)
    sheet.on_paper()


def _ratios(spending: Spending) -> Bars:
    """What is expected to be spent of each net budget, and of all together."""
    budgets = [*spending.budgets.tolist(), spending.underspend.budget]
    high = [*spending.quantiles[:, _HIGH].tolist(), int(spending.total_quantiles[_HIGH])]
    most = max(cents / budget for cents, budget in zip(high, budgets, strict=True))
    return Bars(_FIRST, _FIRST + len(spending.programmes), _RATIO, 0, min(_WIDEST, max(1.0, most)))


def _left_over(spending: Spending, first: int) -> Bars:
    """What is left over by each rule, and of all together, in euros; from the row `first`."""
    rests = [*spending.underspend_by_rule.values(), spending.underspend]
    low, high = zip(*(rest.between() for rest in rests), strict=True)
    return Bars(first, first + len(rests) - 1, 4, min(low) / 100, max(high) / 100)


def _to_the_ends(sheet: Sheet, row: int, middle: int, low: int, high: int, budget: int | None = None) -> None:
    """How far it is from what is expected to the ends of its interval, in cents; as parts of a budget where that is
    given."""
    for column, cents in ((DOWN, middle - low), (UP, high - middle)):
        if budget is None:
            sheet.euros(row, column, cents, "note", "about")
        else:
            sheet.number(row, column, cents / budget, "share", "note")


def _notes(spending: Spending) -> list[str]:
    """What stands below the chart, a line each."""
    beside = [*beside_a_forecast(spending, 1_000), *provisional_in_words(spending, 1_000)]
    return [*beside, history_line(spending), *limits_in_words(spending)]


def _write_programmes(book: Book, spending: Spending) -> int:
    sheet = book.sheet("forecast")
    headings = [_("Programme"), _("kind"), _("rests on"), _("budget"), _("expected"), _("ratio"), _("80 % between")]
    sheet.headings(_FIRST - 1, [*headings, _("and"), _("underspend expected")], 3)
    for column, text in ((DOWN, _("down")), (UP, _("up"))):
        sheet.text(_FIRST - 1, column, text, "note")
    quantiles = spending.quantiles
    for index, programme in enumerate(spending.programmes):
        row, expected = _FIRST + index, int(spending.expected[index])
        sheet.wrapped(row, (48,), (programme.title,))
        sheet.text(row, 1, budget_kind_in_words(programme.kind))
        sheet.text(row, 2, basis_in_words(spending.basis[index]))
        sheet.euros(row, 3, programme.budget)
        sheet.euros(row, 4, expected, "line", "about")
        sheet.number(row, 5, expected / programme.budget, "share")
        for column, chance in ((6, _LOW), (7, _HIGH)):
            sheet.euros(row, column, int(quantiles[index, chance]), "line", "about")
        left = programme.budget + int(spending.income_above_plan[index]) - expected
        sheet.euros(row, 8, left, "line", "about")
        low, high = (int(quantiles[index, chance]) for chance in (_LOW, _HIGH))
        _to_the_ends(sheet, row, expected, low, high, programme.budget)
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
    _to_the_ends(sheet, row, expected, int(together[_LOW]), int(together[_HIGH]), rest.budget)
    return row + 2


def _write_rules(book: Book, spending: Spending, row: int) -> int:
    sheet = book.sheet("forecast")
    sheet.text(row, 0, _("What becomes of what is not spent"), "section")
    headings = [_("Rule"), "", "", _("budget"), _("underspend expected"), "", _("80 % between"), _("and")]
    sheet.headings(row + 1, headings, 3)
    by_rule = {rule_in_words(rule): rest for rule, rest in spending.underspend_by_rule.items()}
    rests = {**by_rule, _("All together"): spending.underspend}
    for index, (words, rest) in enumerate(rests.items()):
        line, (low, high) = row + 2 + index, rest.between()
        look = "line" if index < len(by_rule) else "total"
        sheet.across(line, 0, 2, words, look)
        sheet.euros(line, 3, rest.budget, look)
        sheet.euros(line, 4, rest.expected, look, "about")
        sheet.text(line, 5, "", look)
        sheet.euros(line, 6, low, look, "about")
        sheet.euros(line, 7, high, look, "about")
        _to_the_ends(sheet, line, rest.expected, low, high)
    return row + 3 + len(rests)
