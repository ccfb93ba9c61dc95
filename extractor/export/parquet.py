"""Parquet, with pyarrow."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .columns import COLUMNS, Cell, typed
from .failures import require

_GROUP = 20_000
"""Rows of a row group: so many are kept in memory."""


class ParquetWriter:
    """A Parquet file, written a row group at a time."""

    def __init__(self, path: Path) -> None:
        self._arrow: Any = require("pyarrow", "parquet")
        parquet: Any = require("pyarrow.parquet", "parquet")
        types = {"integer": self._arrow.int64(), "number": self._arrow.float64(), "date": self._arrow.date32()}
        self._schema = self._arrow.schema(
            [(column.name, types.get(column.type, self._arrow.string())) for column in COLUMNS]
        )
        self._file = parquet.ParquetWriter(path, self._schema)
        self._rows: list[tuple[Cell, ...]] = []

    def write(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Write the rows of one document."""
        self._rows.extend(typed(row) for row in rows)
        if len(self._rows) >= _GROUP:
            self._flush()

    def close(self) -> None:
        """Write what is left, and the file's end."""
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        if self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [self._arrow.array(cells, field.type) for cells, field in zip(columns, self._schema, strict=True)]
            self._file.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
            self._rows = []
