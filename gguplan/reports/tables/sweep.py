"""The outcomes of a sweep as tables: a row per variant, with the unit in the name of each column."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import numpy as np
from msgspec.structs import replace

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.goals import PER_WHOLE
from gguplan.fund.sweep_plan import LARGEST_GRID, LARGEST_SWEEP, Factor
from gguplan.language import _, current_language
from gguplan.model.result import Table
from gguplan.model.sweep.outcomes import MILLIONTHS
from gguplan.model.sweep.result import SweepResult
from gguplan.reports.tables.csv import CsvForm, csv_of
from gguplan.shipped import shown

SUFFIXES: Final = (".csv", ".parquet", ".xlsx")


def variants_table(result: SweepResult, first: int = 1) -> Table:
    """Every variant, counted from `first`: the values of its levers and uncertainties, then what comes out, and why
    nothing does."""
    outcomes, made = result.outcomes, result.outcomes.made.tolist()
    bodies = {body.number: body.gm_code for body in result.base.population.everybody.bodies}
    table: Table = {"variant": list(range(first, first + len(outcomes)))}
    for place, factor in enumerate(result.plan.factors):
        table[factor_column(factor)] = [_value(factor, value) for value in result.variants[:, place].tolist()]
    for name in outcomes.columns:
        values = outcomes.column(name).tolist()
        if name.endswith("_code"):
            cells: list[Any] = [
                bodies.get(value, f"GM{value:04}") if is_made else ""
                for value, is_made in zip(values, made, strict=True)
            ]
        elif name.endswith(MILLIONTHS):
            cells = [_share(value) if is_made else "" for value, is_made in zip(values, made, strict=True)]
        else:
            missing = None if name.endswith("_cents") else ""
            cells = [value if is_made else missing for value, is_made in zip(values, made, strict=True)]
        table[name.replace("_code", "_gm_code").removesuffix(MILLIONTHS)] = cells
        if name == "to_pay_cents":
            table["average_euros_per_inhabitant"] = _averages(result, made)
    if cascades := result.base.acceptance:
        table["before_cascades_of"] = [", ".join(cascades)] * len(outcomes)
    dutch = current_language() == "nl"
    table["problem"] = [problem[dutch] for problem in outcomes.problems]
    return table


def factor_column(factor: Factor) -> str:
    """The column of a factor: its role, its path, and the unit of its values."""
    unit = ""
    if not factor.choices:
        unit = {"amount": "_cents", "rate": "" if is_ratio(factor) else "_euros_per_inhabitant"}.get(factor.leaf, "")
    return f"{factor.role}.{factor.name}{unit}"


def is_ratio(factor: Factor) -> bool:
    """Whether a rate of the schema is a ratio or percentage here, and no euros per inhabitant."""
    return factor.path[0] == "realisation" or "level" in factor.path or "indexation" in factor.path


def _value(factor: Factor, value: int) -> Any:
    if factor.choices or factor.leaf in ("rate", "day", "first_of_january"):
        return factor.text(value)
    return value


def _averages(result: SweepResult, made: list[bool]) -> list[str]:
    to_pay, people = (result.outcomes.column(name).tolist() for name in ("to_pay_cents", "inhabitants"))
    if result.base.population.bodies:
        # What these pay is no amount per inhabitant, and no column has it apart.
        return [""] * len(made)
    return [
        f"{Decimal(cents) / 100 / count:.4f}" if is_made else ""
        for cents, count, is_made in zip(to_pay, people, made, strict=True)
    ]


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


def files(result: SweepResult, out: Path, form: CsvForm = "plain") -> dict[Path, bytes]:
    """What is written under `out`: one table, or in a folder all three; CSV in a `form`."""
    suffix = out.suffix.lower()
    if suffix == ".parquet":
        return {out: parquet_of(result)}
    if suffix == ".csv":
        return {out: csv_of(variants_table(result), form)}
    tables = {"variants": variants_table(result), "swings": swings_table(result), "shares": shares_table(result)}
    return {out / f"{name}.csv": csv_of(table, form) for name, table in tables.items()}


def targets(out: Path) -> list[Path]:
    """The files that `files` will write."""
    if out.suffix.lower() in SUFFIXES:
        return [out]
    return [out / f"{name}.csv" for name in ("variants", "swings", "shares")]


_ROWS_AT_ONCE: Final = 5_000
"""Of a Parquet file: as text and decimals the variants take some twenty times the room that they have as numbers."""


def parquet_of(result: SweepResult) -> bytes:
    """Every variant as Parquet, made in parts: amounts are exact decimals in euros, and what is missing is null."""
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    made = np.flatnonzero(result.outcomes.made)
    example = int(made[0]) if made.size else 0
    schema = pa.table(_columns(variants_table(_part(result, example, 1)))).schema
    out = io.BytesIO()
    with pq.ParquetWriter(out, schema) as writer:
        for start in range(0, len(result.outcomes), _ROWS_AT_ONCE):
            table = variants_table(_part(result, start, _ROWS_AT_ONCE), start + 1)
            writer.write_table(pa.table(_columns(table, schema), schema))
    return out.getvalue()


def _part(result: SweepResult, start: int, size: int) -> SweepResult:
    """Some of the variants, from the one at `start`."""
    rows, outcomes = slice(start, start + size), result.outcomes
    part = replace(outcomes, rows=outcomes.rows[rows], problems=outcomes.problems[rows])
    return replace(result, variants=result.variants[rows], outcomes=part)


def _columns(table: Table, schema: Any = None) -> dict[str, Any]:
    """The columns of a table as Arrow has them; whole numbers where `schema` says so, or else where there are any."""
    import pyarrow as pa

    columns: dict[str, Any] = {}
    for name, values in table.items():
        if name.endswith("_cents"):
            euros = [None if value is None else Decimal(value) / 100 for value in values]
            columns[name.replace("_cents", "_euros")] = pa.array(euros, pa.decimal128(18, 2))
            continue
        cells: list[Any]
        if name.endswith("_euros_per_inhabitant"):
            kind, cells = pa.decimal128(12, 4), [None if value == "" else Decimal(value) for value in values]
        elif (
            any(isinstance(value, int) for value in values) if schema is None else schema.field(name).type == pa.int64()
        ):
            kind, cells = pa.int64(), [None if value == "" else value for value in values]
        else:
            kind, cells = pa.string(), [str(value) for value in values]
        columns[name] = pa.array(cells, kind)
    return columns
