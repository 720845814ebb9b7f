"""Where everything stands in the workbook, so that one sheet can refer to another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Final, assert_never

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from gguplan.fund.allocation_keys import (
    AllocationKey,
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
    UnmixedKey,
    count_years_of,
    has_values_of_its_own,
    parts_of,
)
from gguplan.fund.municipality_names import name_key
from gguplan.fund.opt_outs import OptOut
from gguplan.fund.thresholds import Lapse, is_handed_over, opt_outs_count
from gguplan.language import _
from gguplan.model.allocation import Portion, fixed_part_of, weighing_of
from gguplan.model.participation.settlement import days_weighed, effect_of, pieces_of_year
from gguplan.model.result import ProgrammeResult, RunResult
from gguplan.money import Integers, Split
from gguplan.reports.workbook.adjustment_columns import adjustment_nouns, follow_in_formulas
from gguplan.reports.workbook.exact import LARGEST, ROOM, Digits, digits_for
from gguplan.wording.amounts import format_euros

FIRST: Final = 5
"""The first row of the municipalities, from 0, on every sheet that lists them all."""

FIRST_PROGRAMME: Final = 5
"""The first row of the programmes on their sheet, and on that with the inputs."""

FIRST_OPT_OUT: Final = 4
"""The first row of the opt-outs on their sheet."""

_DIVISION: Final = 2
"""The table of the division, among those on the sheet of the programmes."""

_BLOCKS: Final = 4
"""The first column of the first programme on the sheet with the division."""


class OptOutRow(Struct, frozen=True):
    """One municipality outside one programme: its row from 0, the opt-out, and what it takes off, in cents."""

    row: int
    opt_out: OptOut
    which: int
    position: int
    cents: int
    first_of_opt_out: int

    @property
    def takes_off(self) -> bool:
        """True when it is not invoiced; else it is a refund, or the others pay."""
        effect = effect_of(self.opt_out.settlement)
        match effect:
            case "not_invoiced" | "paid_by_the_balance":
                return True
            case "paid_back" | "paid_by_the_others":
                return False
            case _:
                assert_never(effect)

    @property
    def others_pay(self) -> bool:
        """True when nothing is taken off for it: it is not weighed, and the others pay the whole budget."""
        return effect_of(self.opt_out.settlement) == "paid_by_the_others"

    @property
    def days(self) -> int:
        """The days of the year on which it is outside."""
        return int(self.opt_out.absence.days[self.position])

    @property
    def inhabitants(self) -> int:
        """The persons that a refund at a rate counts."""
        return int(self.opt_out.absence.inhabitants[self.position])


class Block(Struct, frozen=True):
    """The columns of one programme, or of one portion of a mix, on the sheet with the division, by what stands in them.

    `row` is its place among the portions of all programmes, `number` that of its programme. `digits` is None where a
    spreadsheet cannot hold the sum exactly: then there are values only. `split` has the weights in units of `unit`
    ten-thousandths where they are tariffs. `pieces` are the parts of the year by which each municipality weighs when
    enough take part, of which the year has `whole_year`.
    """

    row: int
    number: int
    billed: ProgrammeResult
    portion: Portion
    digits: Digits | None
    split: Split
    unit: int
    pieces: Integers
    whole_year: int
    columns: dict[str, int]
    opt_outs: tuple[OptOutRow, ...]
    lapse: Lapse | None
    """What happens to the money should too few take part; None without a threshold."""
    of_mix: tuple[Block, ...] = ()
    """Of a mix the blocks of its portions, each with its own columns; empty for one key."""
    share: int = 0
    """The share of a portion of a mix in the whole of it; 0 of what is no such portion."""

    @property
    def portions(self) -> tuple[Block, ...]:
        """What one key divides, each: those of a mix, or this itself."""
        return self.of_mix or (self,)

    @property
    def live(self) -> bool:
        """True when the division is worked out in formulas."""
        return self.digits is not None

    @property
    def by_inhabitants(self) -> bool:
        """True when the weights are simply the inhabitants of all."""
        return "weight" not in self.columns


class Layout:
    """The places of one run: `order` are the positions of the municipalities, alphabetical. A sheet on which nothing
    would stand is not among `sheets`; `without` names those of which nothing is known."""

    def __init__(self, result: RunResult, without: Collection[str] = ()) -> None:
        self.result = result
        municipalities = result.population.municipalities
        self.order = sorted(
            range(len(municipalities)),
            key=lambda place: (name_key(municipalities[place].name), municipalities[place].gm_code),
        )
        self.row_of = {position: FIRST + index for index, position in enumerate(self.order)}
        self.last = FIRST + len(municipalities) - 1
        self.sheets = {
            "cover": _("Cover"),
            "bill": _("One municipality"),
            "inputs": _("Inputs"),
            "programmes": _("Programmes"),
            "municipalities": _("Municipalities"),
            "baseline": _("Beside the baseline"),
            "years": _("Years ahead"),
            "opt_outs": _("Opt-outs"),
            "forecast": _("Forecast"),
            "division": _("Division"),
        }
        nobody = not any(billed.opt_outs or billed.threshold for billed in result.by_programme)
        for noun in (*without, *(["opt_outs"] if nobody else [])):
            del self.sheets[noun]

    @property
    def money_width(self) -> float:
        """The width of a column in which every amount fits."""
        return max(16, len(format_euros(max(self.result.totals.values()))) + 3)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every programme, with its columns."""
        made: list[Block] = []
        column, row = _BLOCKS, FIRST_OPT_OUT
        for number, programme in enumerate(self.result.by_programme):
            block = self._block(number, sum(len(before.portions) for before in made), programme, column, row)
            made.append(block)
            column += len(block.columns)
            row += len(block.opt_outs)
        return tuple(made)

    @property
    def portions(self) -> tuple[Block, ...]:
        """What one key divides, each, of all programmes."""
        return tuple(portion for block in self.blocks for portion in block.portions)

    @property
    def opt_out_rows(self) -> int:
        """How many rows there are of municipalities outside programmes."""
        return sum(len(block.opt_outs) for block in self.blocks)

    @property
    def end_of_programmes(self) -> int:
        """The row of the total of the programmes."""
        return FIRST_PROGRAMME + len(self.result.by_programme)

    def table_row(self, table: int, number: int) -> int:
        """The row of a programme, or in the table of the division of a portion, in one of the tables of its sheet: 0
        budgets, 1 money, 2 division.

        A table has a heading and a row of column headings before it, and a total and an empty row after it.
        """
        more = len(self.portions) - len(self.blocks) if table > _DIVISION else 0
        return FIRST_PROGRAMME + table * (len(self.result.by_programme) + 4) + more + number

    def sheet(self, noun: str) -> str:
        """The name of a sheet as a formula writes it."""
        from xlsxwriter.utility import quote_sheetname

        return str(quote_sheetname(self.sheets[noun]))

    def cell(self, noun: str, row: int, column: int, fixed: str = "both") -> str:
        """A cell of a sheet as a formula writes it; `fixed` says which part has dollars: both, column or none."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        return f"{self.sheet(noun)}!{xl_rowcol_to_cell(row, column, fixed == 'both', fixed != 'none')}"

    def column(self, noun: str, column: int) -> str:
        """The cells of all municipalities in a column, as a formula writes them."""
        from xlsxwriter.utility import xl_range_abs

        return f"{self.sheet(noun)}!{xl_range_abs(FIRST, column, self.last, column)}"

    def sum_of_payers(self, block: Block, column: int) -> str:
        """The sum of a column of the sheet with the division over who pays a programme, as a formula writes it."""
        cells, programme = self.column("division", column), block.billed.programme
        if programme.pays(self.result.population).all():
            return f"SUM({cells})"
        pays = programme.pays(self.result.population)[self.order].astype(int).tolist()
        return f"SUMPRODUCT({{{';'.join(map(str, pays))}}},{cells})"

    @property
    def division_headings(self) -> str:
        """The column headings of the programmes on the sheet with the division, as a formula writes them."""
        return self._across_blocks(FIRST - 1, fixed_row=True)

    def division_row(self, row: int) -> str:
        """The amounts of all programmes in a row of the sheet with the division, as a formula writes them."""
        return self._across_blocks(row, fixed_row=False)

    @property
    def last_of_division(self) -> int:
        """The last column of the sheet with the division."""
        return max(column for block in self.blocks for column in block.columns.values())

    def _across_blocks(self, row: int, fixed_row: bool) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        first, end = (xl_rowcol_to_cell(row, column, fixed_row, True) for column in (_BLOCKS, self.last_of_division))
        return f"{self.sheet('division')}!{first}:{end}"

    def _block(self, number: int, place: int, programme: ProgrammeResult, column: int, row: int) -> Block:
        threshold = self.result.fund_year.thresholds.get(programme.name)
        days = self.result.fund_year.days
        payers = programme.programme.pays(self.result.population)
        by_days = days_weighed(programme.opt_outs, len(self.order), days, payers)
        pieces, whole_year = pieces_of_year(by_days, days)
        rows = self._opt_outs(programme, row)
        lapse = None if threshold is None else threshold.lapse
        made = [
            Block(
                place + index, number, programme, portion, None, portion.split, 1, pieces, whole_year, {}, rows, lapse
            )
            for index, portion in enumerate(programme.participation.allocation.portions)
        ]
        portions = _as_whole_numbers(made)
        live = all(block.digits is not None for block in portions)
        if not live:
            portions = [replace(block, digits=None) for block in portions]
        # The portions of a mix have each their own columns, numbered.
        ends = [""] if len(portions) == 1 else [f" {number}" for number in range(1, len(portions) + 1)]
        nouns: list[str] = []
        for block, end in zip(portions, ends, strict=True):
            nouns += [noun + end for noun in _nouns_of_division(block)] if live else []
        if live:
            after = adjustment_nouns(programme.programme.adjustments, bool(rows))
            nouns += ["part"] * bool(rows or threshold) + after
        nouns += ["contribution"] + ["refund"] * bool(rows) + ["whole_year"] * bool(threshold)
        columns = {noun: column + index for index, noun in enumerate(nouns)}
        if len(portions) == 1:
            return replace(portions[0], columns=columns)
        of_mix = tuple(
            replace(block, share=share, columns=_numbered(columns, end) if live else {})
            for block, share, end in zip(portions, _shares_of(programme.programme.allocation), ends, strict=True)
        )
        return replace(portions[0], columns=columns, of_mix=of_mix)

    def _opt_outs(self, programme: ProgrammeResult, row: int) -> tuple[OptOutRow, ...]:
        applied = opt_outs_count(programme.participation.lapsed)
        rows: list[OptOutRow] = []
        for which, (opt_out, cents) in enumerate(zip(programme.opt_outs, programme.participation.effects, strict=True)):
            outside = np.flatnonzero(opt_out.absence.days).tolist()
            outside.sort(key=lambda position: self.row_of[position])
            first = row + len(rows)
            rows += [
                OptOutRow(first + index, opt_out, which, position, int(cents[position]) if applied else 0, first)
                for index, position in enumerate(outside)
            ]
        return tuple(rows)


def _as_whole_numbers(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with their weights in the units in which they are whole numbers, and how a spreadsheet divides by them; no
    digits where one of them cannot be followed exactly."""
    made = []
    together = sum(block.portion.total for block in blocks)
    shares = _shares_of(blocks[0].billed.programme.allocation)
    held = not shares or together * max(shares) * ROOM <= LARGEST
    for block in blocks:
        billed, unit, split = block.billed, _unit_of(block.portion.key), block.portion.split
        split = replace(split, weights=split.weights // unit, remainder=split.remainder // unit)
        # When too few take part everybody weighs alike; when enough do, by days.
        times = int(block.pieces.max()) if is_handed_over(billed.participation.lapsed) else 1
        live = held and follow_in_formulas(billed.programme.adjustments)
        made.append(replace(block, unit=unit, split=split, digits=digits_for(split, times) if live else None))
    return made


def _nouns_of_division(block: Block) -> list[str]:
    """The columns in which one key divides, from left to right."""
    key, digits = block.portion.key, block.digits
    assert digits is not None
    weighing, in_parts = weighing_of(key), bool((block.pieces != 1).any())
    nouns = ["brought"] * (has_values_of_its_own(key) or bool(count_years_of(key))) + ["tariff"] * (
        weighing == "tariff"
    )
    nouns += ["pieces"] * in_parts + ["weight", "precedence"] * (weighing != "inhabitants" or in_parts)
    nouns += ["fixed"] * (fixed_part_of(key) is not None)
    return [*nouns, "whole", *(f"remainder_{place}" for place in range(1, digits.count)), "remainder", "queue"]


def _numbered(columns: Mapping[str, int], end: str) -> dict[str, int]:
    """The columns of one portion of a mix, by what stands in them."""
    return {noun.removesuffix(end): column for noun, column in columns.items() if noun.endswith(end)}


def _shares_of(key: AllocationKey) -> list[int]:
    """The shares of the portions of a mix; empty for one key."""
    parts = parts_of(key)
    return [part.share for part in parts] if len(parts) > 1 else []


def _unit_of(key: UnmixedKey) -> int:
    """Ten-thousandths of a euro in which tariffs are whole numbers, whole cents where they can be; else 1."""
    match key:
        case Stepped(brackets):
            return next(unit for unit in (100, 10, 1) if all(bracket.rate % unit == 0 for bracket in brackets))
        case RatePerInhabitant() | FixedAmounts() | Products() | StepAmounts():
            return 100
        case PerInhabitant() | InhabitantsOn() | FixedPlusInhabitants() | PerColumn() | FixedShares():
            return 1
        case _:
            assert_never(key)
