"""The variants of a sweep as Parquet, written in parts: amounts as exact decimals in euros, null what is missing."""

from __future__ import annotations

from typing import Any, assert_never

import numpy as np

from gguplan.atomic_files import Written
from gguplan.model.sweep.result import SweepResult
from gguplan.reports.tables.sweep import ROWS_AT_ONCE, VariantColumn, columns_in_parts


def write_parquet(result: SweepResult, file: Written) -> None:
    """Write every variant, some at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    writer = None
    try:
        for columns in columns_in_parts(result, ROWS_AT_ONCE):
            part = pa.table({_name(column): _array(column) for column in columns})
            if writer is None:
                writer = pq.ParquetWriter(file, part.schema)
            writer.write_table(part)
    finally:
        if writer is not None:
            writer.close()


def _name(column: VariantColumn) -> str:
    return column.name.replace("_cents", "_euros")


def _array(column: VariantColumn) -> Any:
    import pyarrow as pa

    match column.unit:
        case "cents":
            return _decimals(column, pa.decimal128(18, 2))
        case "ten_thousandths":
            return _decimals(column, pa.decimal128(12, 4))
        case "number":
            return pa.array(column.values, pa.int64(), mask=~column.filled)
        case "text":
            return pa.array(column.values, pa.string())
        case _:
            assert_never(column.unit)


def _decimals(column: VariantColumn, kind: Any) -> Any:
    """Whole numbers as decimals: of each the lower and the upper eight bytes, of which the upper are its sign."""
    import pyarrow as pa

    values = np.where(column.filled, np.asarray(column.values, dtype=np.int64), 0)
    both = np.stack([values, values >> 63], axis=1)
    validity = None if column.filled.all() else pa.py_buffer(np.packbits(column.filled, bitorder="little").tobytes())
    return pa.Array.from_buffers(kind, len(values), [validity, pa.py_buffer(both.tobytes())])
