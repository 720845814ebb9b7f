"""The sheet with every municipality: its inhabitants, which can be changed, and what it pays."""

from __future__ import annotations

from typing import Final

from gguplan.language import _
from gguplan.model.bill import euros_per_inhabitant, rate_of_one
from gguplan.reports.before_cascades import cascades_in_words
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.layout import FIRST
from gguplan.wording.bodies import code_heading, of_what_municipalities_pay, payer_heading, place_of
from gguplan.wording.population import counter_in_words, status_in_words

NAME: Final = 0
CODE: Final = 1
INHABITANTS: Final = 3
CONTRIBUTION: Final = 4
REFUND: Final = 5
TO_PAY: Final = 6
LABEL: Final = 8
TOTAL: Final = FIRST - 2
_HEADINGS: Final = FIRST - 1
"""The headings stand directly above the rows, for the filter on them."""


def label_of(name: str, code: str) -> str:
    """How a municipality stands in the list to choose from; the code makes it one of a kind."""
    return f"{name} ({code})"


def write_municipalities(book: Book) -> None:
    """Write the sheet: one row a municipality, alphabetical, with the total on top."""
    result, layout, sheet = book.result, book.layout, book.sheet("municipalities")
    population = result.population
    sheet.title(
        _("Municipalities"),
        _(
            "Inhabitants on 1 January {year} ({status}), {source}. The yellow cells can be changed: every amount in "
            "this workbook follows. Keep the rows in this order.",
            year=population.year,
            status=status_in_words(population.status),
            source=counter_in_words(population.source),
        ),
        8,
        [*of_what_municipalities_pay(population), *cascades_in_words(result)],
    )
    money = layout.money_width
    sheet.widths(30, 10, 18, 14, money, money, money, 15, 34)
    headings = [
        payer_heading(population),
        code_heading(population),
        _("Province"),
        _("inhabitants"),
        _("contribution"),
        _("refund"),
    ]
    sheet.headings(_HEADINGS, [*headings, _("to pay"), _("per inhabitant")], 3)
    sheet.text(_HEADINGS, LABEL, _("In the list to choose from"), "heading")
    kinds, last = layout.division_headings, layout.last + 1
    marks = {"contribution": _("contribution"), "refund": _("refund")}
    for position, row in layout.row_of.items():
        municipality = population.municipalities[position]
        line = row + 1
        sheet.text(row, NAME, municipality.name)
        sheet.text(row, CODE, municipality.gm_code)
        sheet.text(row, 2, place_of(municipality))
        sheet.number(row, INHABITANTS, municipality.inhabitants, "count", "line" if municipality.is_body else "input")
        amounts = layout.division_row(row)
        for column, noun, cents in (
            (CONTRIBUTION, "contribution", result.contributions),
            (REFUND, "refund", result.refunds),
        ):
            formula = f'=SUMIF({kinds},"{marks[noun]}",{amounts})/100'
            sheet.sum_in_euros(row, column, formula, int(cents[position]))
        to_pay = int(result.to_pay[position])
        sheet.sum_in_euros(row, TO_PAY, f"=ROUND(E{line}-F{line},2)", to_pay)
        per_inhabitant = rate_of_one(to_pay, municipality.inhabitants)
        if per_inhabitant is None:
            sheet.text(row, 7, "–", "right")
        else:
            sheet.formula(row, 7, f"=IF(D{line}>0,G{line}/D{line},0)", float(per_inhabitant), "rate")
        sheet.formula(row, LABEL, f'=A{line}&" ("&B{line}&")"', label_of(municipality.name, municipality.gm_code), "")
    _write_total(book)
    sheet.page.data_validation(
        FIRST,
        INHABITANTS,
        layout.last,
        INHABITANTS,
        {
            "validate": "integer",
            "criteria": "between",
            "minimum": 0,
            "maximum": 100_000_000,
            "error_title": _("inhabitants"),
            "error_message": _("Write a whole number of inhabitants."),
        },
    )
    sheet.page.autofilter(_HEADINGS, NAME, layout.last, 7)
    sheet.page.freeze_panes(FIRST, 1)
    sheet.page.print_area(0, 0, last - 1, 7)
    sheet.on_paper(headings=(TOTAL, _HEADINGS))
    book.name(_("Inhabitants"), f"={layout.column('municipalities', INHABITANTS)}")
    book.name(_("Inhabitants_total"), f"={layout.cell('municipalities', TOTAL, INHABITANTS)}")
    book.name(_("CBS_codes"), f"={layout.column('municipalities', CODE)}")
    book.name(_("Municipality_list"), f"={layout.column('municipalities', LABEL)}")


def _write_total(book: Book) -> None:
    result, sheet = book.result, book.sheet("municipalities")
    totals, total, last = result.totals, result.population.total, book.layout.last + 1
    sheet.text(TOTAL, NAME, _("Total"), "total")
    for column in (1, 2):
        sheet.text(TOTAL, column, "", "total")
    sheet.formula(TOTAL, INHABITANTS, f"=SUM(D{FIRST + 1}:D{last})", total, "count", "total")
    to_pay = totals["contributions_cents"] - totals["refunds_cents"]
    for column, cents in (
        (CONTRIBUTION, totals["contributions_cents"]),
        (REFUND, totals["refunds_cents"]),
        (TO_PAY, to_pay),
    ):
        letter = "EFG"[column - CONTRIBUTION]
        formula = f"=ROUND(SUM({letter}{FIRST + 1}:{letter}{last}),2)"
        sheet.sum_in_euros(TOTAL, column, formula, cents, "euros", "total")
    per_inhabitant = float(euros_per_inhabitant(result.paid_by_municipalities, total))
    line, paid = TOTAL + 1, f"G{TOTAL + 1}"
    if result.population.bodies:
        paid = f'SUMIF(D{FIRST + 1}:D{last},">0",G{FIRST + 1}:G{last})'
    sheet.formula(TOTAL, 7, f"=IF(D{line}>0,{paid}/D{line},0)", per_inhabitant, "rate", "total")
