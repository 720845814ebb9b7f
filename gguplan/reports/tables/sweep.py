"""The outcomes of a sweep as tables: a row per variant, with the unit in the name of each column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, assert_never

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from gguplan.atomic_files import Content
from gguplan.findings import Finding, InputError, Place
from gguplan.fund.goals import PER_WHOLE
from gguplan.fund.sweep_plan import LARGEST_GRID, LARGEST_SWEEP, Factor, written
from gguplan.language import _, current_language
from gguplan.model.result import Table
from gguplan.model.sweep.outcomes import MILLIONTHS, Outcomes
from gguplan.model.sweep.result import SweepResult
from gguplan.money import Integers, plain_rate
from gguplan.reports.tables.csv import CsvForm, csv_of
from gguplan.shipped import shown

SUFFIXES: Final = (".csv", ".parquet", ".xlsx")

ROWS_AT_ONCE: Final = 5_000
"""Of all variants: as texts and decimals they take some twenty times the room that they have as numbers."""


Unit = Literal["cents", "ten_thousandths", "number", "text"]
"""What the cells of a column are: whole cents, ten-thousandths of a euro, whole numbers, or texts."""

_AVERAGE: Final = "average_euros_per_inhabitant"


class VariantColumn(Struct, frozen=True):
    """A column of some variants: whole numbers of its unit, or texts; `filled` is False where a cell is empty."""

    name: str
    unit: Unit
    values: Integers | list[str]
    filled: NDArray[np.bool_]


def columns_in_parts(result: SweepResult, rows: int) -> Iterator[list[VariantColumn]]:
    """The columns of the variants, so many `rows` at a time."""
    start = 0
    for part in result.outcomes.parts(rows):
        yield list(_columns_of(result, start, part))
        start += len(part)


def _columns_of(result: SweepResult, start: int, part: Outcomes) -> Iterator[VariantColumn]:
    """The columns of the variants from the one at `start` on: their number, the values of levers and uncertainties,
    then what comes out, and why nothing does."""
    size, made = len(part), part.made
    all_there = np.ones(size, dtype=np.bool_)
    bodies = {body.number: body.gm_code for body in result.base.population.everybody.bodies}
    yield VariantColumn("variant", "number", np.arange(start + 1, start + 1 + size), all_there)
    for factor, values in zip(result.plan.factors, result.design.rows(start, start + size).T, strict=True):
        unit = _unit_of(factor)
        cells = [factor.text(value) for value in values.tolist()] if unit == "text" else values
        yield VariantColumn(factor_column(factor), unit, cells, all_there)
    for name in part.columns:
        values = part.column(name)
        if name.endswith("_code"):
            codes = {code: bodies.get(code, f"GM{code:04}") for code in np.unique(values).tolist()}
            texts = [codes[code] if is_made else "" for code, is_made in zip(values.tolist(), made, strict=True)]
            yield VariantColumn(name.replace("_code", "_gm_code"), "text", texts, made)
        elif name.endswith(MILLIONTHS):
            texts = [_share(value) if is_made else "" for value, is_made in zip(values.tolist(), made, strict=True)]
            yield VariantColumn(name.removesuffix(MILLIONTHS), "text", texts, made)
        else:
            yield VariantColumn(name, "cents" if name.endswith("_cents") else "number", values, made)
        if name == "to_pay_cents":
            # What bodies of their own pay is no amount per inhabitant, and no column has it apart.
            averaged = np.zeros_like(made) if result.base.population.bodies else made
            yield VariantColumn(
                _AVERAGE,
                "ten_thousandths",
                _ten_thousandths_each(values, part.column("inhabitants")),
                averaged,
            )
    if cascades := result.base.acceptance:
        yield VariantColumn("before_cascades_of", "text", [", ".join(cascades)] * size, all_there)
    dutch = current_language() == "nl"
    yield VariantColumn("problem", "text", [problem[dutch] for problem in part.problems], all_there)


def variants_table(result: SweepResult) -> Table:
    """Every variant, counted from 1."""
    table: Table = {}
    for columns in columns_in_parts(result, ROWS_AT_ONCE):
        for column in columns:
            table.setdefault(column.name, []).extend(_cells(column))
    return table


def _cells(column: VariantColumn) -> Iterable[Any]:
    """The cells of a column, as a table has them: an amount that is not there is None, all else empty."""
    filled = column.filled.tolist()
    values = column.values if isinstance(column.values, list) else column.values.tolist()
    match column.unit:
        case "cents":
            return [value if is_filled else None for value, is_filled in zip(values, filled, strict=True)]
        case "ten_thousandths":
            text = plain_rate if column.name == _AVERAGE else partial(written, "rate")
            return [text(value) if is_filled else "" for value, is_filled in zip(values, filled, strict=True)]
        case "number":
            return [value if is_filled else "" for value, is_filled in zip(values, filled, strict=True)]
        case "text":
            return values
        case _:
            assert_never(column.unit)


def factor_column(factor: Factor) -> str:
    """The column of a factor: its role, its path, and the unit of its values."""
    match _unit_of(factor):
        case "cents":
            unit = "_cents"
        case "ten_thousandths":
            unit = "_euros_per_unit" if factor.leaf == "price" else "_euros_per_inhabitant"
        case "number" | "text":
            unit = ""
    return f"{factor.role}.{factor.name}{unit}"


def _unit_of(factor: Factor) -> Unit:
    """What the values of a factor are; a ratio and a day are written out."""
    if factor.choices:
        return "text"
    match factor.leaf:
        case "amount":
            return "cents"
        case "price":
            return "ten_thousandths"
        case "rate":
            return "text" if is_ratio(factor) else "ten_thousandths"
        case "whole_number":
            return "number"
        case "day" | "first_of_january" | "other":
            return "text"
        case _:
            assert_never(factor.leaf)


def is_ratio(factor: Factor) -> bool:
    """Whether a rate of the schema is a ratio or percentage here, and no euros per inhabitant."""
    return factor.path[0] == "realisation" or "level" in factor.path or "indexation" in factor.path


def _ten_thousandths_each(cents: Integers, count: Integers) -> Integers:
    """Cents divided by a count, in ten-thousandths of a euro, half to even; 0 where the count is."""
    of_each = np.maximum(count, 1)
    whole, rest = np.divmod(cents * 100, of_each)
    rounded: Integers = whole + ((2 * rest > of_each) | ((2 * rest == of_each) & (whole % 2 == 1)))
    return rounded


def swings_table(result: SweepResult) -> Table:
    """What each factor does by itself to each of the main outcomes."""
    rows = [(name, swing) for name in result.main_outcomes for swing in result.swings(name)]
    shares = [name.endswith(MILLIONTHS) for name, _swing in rows]
    by_itself = {
        "as_it_is": [result.alone.base(name) for name, _swing in rows],
        "at_low": [swing.low_cents for _name, swing in rows],
        "at_high": [swing.high_cents for _name, swing in rows],
    }

    def in_units(values: list[int], of_shares: bool) -> list[Any]:
        nothing = "" if of_shares else None
        both = zip(values, shares, strict=True)
        return [(_share(value) if share else value) if share == of_shares else nothing for value, share in both]

    return {
        "outcome": [_plain(name) for name, _swing in rows],
        "role": [row.factor.role for _name, row in rows],
        "factor": [row.factor.name for _name, row in rows],
        "low_value": [swing.low for _name, swing in rows],
        "high_value": [swing.high for _name, swing in rows],
        **{f"{name}_cents": in_units(values, False) for name, values in by_itself.items()},
        **({f"{name}_share": in_units(values, True) for name, values in by_itself.items()} if any(shares) else {}),
    }


def shares_table(result: SweepResult) -> Table:
    """The share of the variance of each of the main outcomes that each factor explains by itself."""
    rows = [(name, share) for name in result.main_outcomes for share in result.shares(name)]
    return {
        "outcome": [_plain(name) for name, _swing in rows],
        "role": [row.factor.role for _name, row in rows],
        "factor": [row.factor.name for _name, row in rows],
        "share_of_variance": [f"{share.share:.6f}" for _name, share in rows],
        "standard_error": [f"{share.error:.6f}" for _name, share in rows],
    }


def _plain(column: str) -> str:
    return column.removesuffix("_cents").removesuffix(MILLIONTHS)


def _share(millionths: int) -> str:
    return f"{Decimal(millionths) / PER_WHOLE:.6f}"


def check_out(out: Path) -> None:
    """Raise InputError when nothing of a sweep can be written under such a name, or not with what is installed."""
    finding = None
    suffix = out.suffix.lower()
    if suffix == ".parquet" and not _has_parquet():
        finding = Finding(
            Place(f"--out {shown(out)}"),
            _("To write Parquet gguplan needs pyarrow, which is not installed."),
            _("Install it with: pip install 'gguplan[parquet]', or write .csv."),
        )
    elif suffix and suffix not in SUFFIXES and not out.is_dir():
        finding = Finding(
            Place(f"--out {shown(out)}"),
            _("A sweep is not written as {suffix}.", suffix=suffix[:20]),
            _("Let the name end in .xlsx, .csv or .parquet, or name a folder."),
        )
    if finding is not None:
        raise InputError([finding])


def largest(out: Path | None) -> int:
    """The most variants that a grid may have, by where they go."""
    return LARGEST_GRID if out is not None and out.suffix.lower() == ".parquet" else LARGEST_SWEEP


def _has_parquet() -> bool:
    from importlib.util import find_spec

    return find_spec("pyarrow") is not None


def in_parts(out: Path) -> bool:
    """Whether the variants are written in parts, and nothing but the variants."""
    return out.suffix.lower() == ".parquet"


def files(result: SweepResult, out: Path, form: CsvForm = "plain") -> dict[Path, Content]:
    """What is written under `out`: one table, or in a folder all three; CSV in a `form`."""
    suffix = out.suffix.lower()
    if in_parts(out):
        from gguplan.reports.tables.sweep_parquet import write_parquet

        return {out: partial(write_parquet, result)}
    if suffix == ".csv":
        return {out: csv_of(variants_table(result), form)}
    tables = {"variants": variants_table(result), "swings": swings_table(result), "shares": shares_table(result)}
    return {out / f"{name}.csv": csv_of(table, form) for name, table in tables.items()}


def targets(out: Path) -> list[Path]:
    """The files that `files` will write."""
    if out.suffix.lower() in SUFFIXES:
        return [out]
    return [out / f"{name}.csv" for name in ("variants", "swings", "shares")]
