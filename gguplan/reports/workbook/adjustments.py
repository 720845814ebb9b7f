"""The columns in which the amounts of one programme are adjusted after the division, as formulas and as the model has
them."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

import numpy as np

from gguplan.fund.adjustments import Cap, Compensation, Cover, PhaseIn, Rounding
from gguplan.language import _
from gguplan.model.adjustments.rounding import to_multiples
from gguplan.money import Integers
from gguplan.reports.workbook.book import Book
from gguplan.reports.workbook.columns import Column, Letters
from gguplan.reports.workbook.layout import Block
from gguplan.reports.workbook.thresholds import met_cell
from gguplan.wording.amounts import format_euros


def adjusted_columns(
    book: Book, block: Block, settled: Callable[[int, int], str]
) -> tuple[list[Column], Callable[[int, int], str]]:
    """What each pays before the adjustments and after each of them, and the formula of the contribution that follows;
    `settled` is the formula of the contribution before them."""
    participation, letters = block.billed.participation, Letters(block)
    refund = letters["refund"] if block.opt_outs else ""
    so_far = participation.settled
    made = [Column("settled", _("contribution so far"), so_far.tolist(), settled)]
    before = "settled"
    if refund:
        so_far, before = so_far - participation.refunds, "due"
        due = f"={letters['settled']}{{line}}-{refund}{{line}}"
        made.append(Column(before, _("to pay so far"), so_far.tolist(), lambda _position, line: due.format(line=line)))
    for number, adjustment in enumerate(block.billed.programme.adjustments):
        # A programme that lapses is not adjusted.
        adjusted = participation.adjusted[number] if participation.adjusted else None
        after = so_far if adjusted is None else adjusted.after
        match adjustment:
            case Rounding():
                made += _rounding(book, block, adjustment, number, before, so_far, after)
            case Cover():
                made += _cover(book, block, number, before, so_far, after)
            case PhaseIn() | Cap() | Compensation():
                # Where one of these is, nothing is worked out in formulas (`follow_in_formulas`).
                pass
            case _:
                assert_never(adjustment)
        so_far, before = after, f"after_{number}"
    back = f"+{refund}{{line}}" if refund else ""
    contribution = f"={letters[before]}{{line}}{back}"
    return made, lambda _position, line: contribution.format(line=line)


def _cover(book: Book, block: Block, number: int, before: str, so_far: Integers, after: Integers) -> list[Column]:
    letters, met = Letters(block), met_cell(book, block)
    cell, own = (f"{letters[noun]}{{line}}" for noun in (before, f"cover_{number}"))
    heading, cover = _("less cover already there"), (so_far - after).tolist()
    return [
        Column(f"cover_{number}", _("cover already there"), cover, None, "cents", "input"),
        Column(f"after_{number}", heading, after.tolist(), _if_met(met, f"{cell}-{own}", cell)),
    ]


def _rounding(
    book: Book, block: Block, rounding: Rounding, number: int, before: str, so_far: Integers, after: Integers
) -> list[Column]:
    letters, unit, met = Letters(block), rounding.unit, met_cell(book, block)
    cell = f"{letters[before]}{{line}}"
    nearest = f"INT((2*{cell}+{unit})/{2 * unit})*{unit}"
    heading = _("to pay, to {unit}", unit=format_euros(unit))
    match rounding.bearer:
        case "fund":
            return [Column(f"after_{number}", heading, after.tolist(), _if_met(met, nearest, cell))]
        case "largest_payer":
            paid, codes = (book.layout.column("division", column) for column in (block.columns[before], 1))
            rounded = book.layout.column("division", block.columns[f"nearest_{number}"])
            largest = f"AND({cell}=MAX({paid}),SUMPRODUCT(({paid}={cell})*({codes}<$B{{line}}))=0)"
            own = f"{letters[f'nearest_{number}']}{{line}}"
            with_rest = f"{own}+IF({largest},SUM({paid})-SUM({rounded}),0)"
            values = so_far if np.array_equal(so_far, after) else to_multiples(so_far, unit)
            return [
                Column(f"nearest_{number}", heading, values.tolist(), _if_met(met, nearest, cell)),
                Column(
                    f"after_{number}", _("with what rounding leaves"), after.tolist(), _if_met(met, with_rest, cell)
                ),
            ]
        case _:
            assert_never(rounding.bearer)


def _if_met(met: str, formula: str, otherwise: str) -> Callable[[int, int], str]:
    """A formula for a line, where the programme goes on; else what stands before it."""
    text = f"=IF({met}=1,{formula},{otherwise})" if met else f"={formula}"
    return lambda _position, line: text.format(line=line)
