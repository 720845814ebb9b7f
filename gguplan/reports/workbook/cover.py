"""The cover: which scenario, from which sources, by which version, what each input is worth, and a map."""

from __future__ import annotations

from typing import Final

import numpy as np

from gguplan.fund.fund_year import FundYear
from gguplan.language import _
from gguplan.model.comparison import euros_per_inhabitant_of_each
from gguplan.model.rank_among_peers import whole_cents
from gguplan.reports.charts.maps import rate_map
from gguplan.reports.terminal.run import notes
from gguplan.reports.workbook import money_flow
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.cover_inputs import inputs_of
from gguplan.reports.workbook.pictures import rows_of_a_page, write_picture
from gguplan.reports.workbook.sheet import lines_of
from gguplan.wording.amounts import format_number
from gguplan.wording.changes import changes_in_words
from gguplan.wording.dates import format_day
from gguplan.wording.file_names import public_name
from gguplan.wording.other_dates import reason_of_the_date

_COLUMNS: Final = 4
_WIDTHS: Final = (40, 44, 26, 62)


def write_cover(book: Book) -> None:
    """Write the sheet."""
    sheet, scenario = book.sheet("cover"), book.result.fund_year
    sheet.widths(*_WIDTHS)
    sheet.page.set_row(0, 30)
    sheet.text(0, 0, scenario.title, "title")
    row = 1
    if scenario.description:
        text = " ".join(scenario.description.split())
        sheet.across(row, 0, _COLUMNS - 1, text)
        sheet.height(row, lines_of(text, 165))
        row += 1
    row = _write_facts(book, row + 1)
    row = _write_fund(book, row + 1)
    row = _write_inputs(book, row + 1)
    row = _write_notes(book, row)
    row = _write_map(book, _write_sheets(book, row + 1))
    sheet.page.print_area(0, 0, row, _COLUMNS - 1)
    sheet.on_paper()


def _write_facts(book: Book, row: int) -> int:
    from importlib.metadata import version

    result, sheet = book.result, book.sheet("cover")
    scenario, origin = result.fund_year, result.fund_year.origin
    why = reason_of_the_date(scenario, result.other_dates)
    date = format_day(scenario.reference_date)
    drawn = (
        _("{draws} draws, seed {seed}", draws=format_number(book.spending.draws), seed=book.spending.seed)
        if book.spending
        else _("none")
    )
    facts = [
        (_("Scenario"), public_name(result.fund_year.origin.name)),
        (_("year"), str(scenario.year)),
        (_("starts from"), ", ".join(public_name(name) for name in origin.files[1:]) or _("nothing else")),
        (_("changed on the command line"), "; ".join(origin.settings) or _("nothing")),
        *_changes(scenario),
        (_("source"), scenario.source or _("see the sheet {sheet}", sheet=book.layout.sheets["programmes"])),
        (_("reference date"), f"{date} ({why})" if why else date),
        (_("version of gguplan"), version("gguplan")),
        (_("draws of the forecast"), drawn),
    ]
    for label, text in facts:
        sheet.text(row, 0, label, "label")
        sheet.across(row, 1, _COLUMNS - 1, text, "wrapped")
        sheet.height(row, lines_of(text, 130))
        row += 1
    return row


def _changes(fund_year: FundYear) -> list[tuple[str, str]]:
    """What differs from the scenario that it extends, old and new, in one row."""
    heading, lines = changes_in_words(fund_year)
    return [(heading, "; ".join(lines))] if lines else []


def _write_fund(book: Book, row: int) -> int:
    """contributions + income − refunds + drawn − handed over = available, from the sheet with the programmes."""
    sheet, totals = book.sheet("cover"), book.result.totals
    sheet.text(row, 0, _("The fund"), "section")
    # A sign before it would make a formula of it for who clicks into the cell.
    lines = [
        (_("Contributions"), money_flow.CONTRIBUTIONS, "+"),
        (_("Refunds to opt-outs"), money_flow.REFUNDS, "−"),
        (_("Drawn from the balance"), money_flow.DRAWN, "+"),
        (_("Handed over, because too few take part"), money_flow.HANDED_OVER, "−"),
    ]
    signs = "{}-{}+{}-{}"
    if money_flow.INCOME in money_flow.columns_of(book):
        lines.append((_("Income from others"), money_flow.INCOME, "+"))
        signs += "+{}"
    first = row + 1
    for label, column, sign in lines:
        row += 1
        sheet.text(row, 0, f"{label} ({sign})")
        cents = totals[money_flow.TOTALS[column]]
        sheet.sum_in_euros(row, 1, f"={money_flow.total_cell(book, column)}", cents)
    row += 1
    sheet.text(row, 0, _("Available to spend, including VAT"), "total")
    parts = [f"B{first + 1 + index}" for index in range(len(lines))]
    formula = f"=ROUND({signs.format(*parts)},2)"
    sheet.sum_in_euros(row, 1, formula, totals["available_cents"], "euros", "total")
    row += 1
    sheet.text(row, 0, _("the same as the sum over the programmes"))
    available = money_flow.total_cell(book, money_flow.AVAILABLE)
    sheet.formula(row, 1, f"=IF(ROUND(100*(B{row}-{available}),0)=0,1,0)", 1, "right")
    row += 1
    net = totals["available_net_cents"]
    sheet.text(row, 0, _("Available to spend, without VAT"))
    sheet.sum_in_euros(row, 1, f"={money_flow.total_cell(book, money_flow.AVAILABLE_NET)}", net)
    book.name(_("Available"), f"={book.layout.cell('cover', row - 2, 1)}")
    return row + 1


def _write_inputs(book: Book, row: int) -> int:
    sheet = book.sheet("cover")
    sheet.text(row, 0, _("What this rests on"), "section")
    for column, heading in enumerate([_("input"), _("what"), _("status"), _("source")]):
        sheet.text(row + 1, column, heading, "heading")
    row += 2
    for figure in inputs_of(book.result, book.spending):
        sheet.wrapped(row, _WIDTHS, (figure.name, figure.what, figure.status, figure.source), "wrapped")
        row += 1
    return row


def _write_notes(book: Book, row: int) -> int:
    sheet = book.sheet("cover")
    for note in notes(book.result):
        sheet.across(row, 0, _COLUMNS - 1, note)
        sheet.height(row, lines_of(note, 165))
        row += 1
    return row


def _write_sheets(book: Book, row: int) -> int:
    sheet, names = book.sheet("cover"), book.layout.sheets
    sheet.text(row, 0, _("The sheets"), "section")
    texts = {
        "bill": _("choose a municipality: its bill, and the sum behind every line"),
        "inputs": _("budgets, VAT and what all rise by, to change"),
        "programmes": _("budgets, money in and out, how each budget is divided, sources"),
        "municipalities": _("inhabitants, and what each municipality pays"),
        "baseline": _("what each municipality pays more or less than in the scenario that this one extends"),
        "years": _("what all pay together in each year ahead, over whose inhabitants"),
        "opt_outs": _("who stands outside which programme, and what that does"),
        "forecast": _("what will probably be spent"),
        "division": _("the whole division, every municipality by every programme, in cents"),
    }
    for noun, text in ((noun, texts[noun]) for noun in names if noun in texts):
        row += 1
        address = f"internal:{book.layout.sheet(noun)}!A1"
        sheet.page.write_url(row, 0, address, sheet.styles.get("link"), names[noun])
        sheet.across(row, 1, _COLUMNS - 1, text, "line")
    sheet.text(row + 2, 0, _("can be changed"), "input")
    text = _(
        "Yellow cells can be changed. All else is worked out from them, except the forecast, the baseline and the "
        "years ahead; it is protected, without a password."
    )
    sheet.across(row + 2, 1, _COLUMNS - 1, text, "line")
    return row + 2


def _write_map(book: Book, row: int) -> int:
    """What each municipality pays per inhabitant, where that differs and there is a map; the last row."""
    sheet, result = book.sheet("cover"), book.result
    rates = euros_per_inhabitant_of_each(result.to_pay, result.population.inhabitants)
    differs = np.unique(whole_cents(rates[~result.population.is_body])).size > 1
    if not differs or not book.boundaries.areas:
        return row
    row += 2
    sheet.page.set_h_pagebreaks([row])
    text = _("A picture of the model: it does not follow what is changed in this workbook.")
    sheet.across(row, 0, _COLUMNS - 1, text)
    return write_picture(sheet, row + 1, rate_map(result, book.boundaries), rows_of_a_page(sum(_WIDTHS)) - 1) - 1
