"""CSV and TSV."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal
from typing import TextIO

from .columns import COLUMNS, Cell

# A spreadsheet takes text that begins so for a formula, also full-width. The apostrophe is among them so that taking
# one away gives back every text as it was. A sign alone (the relation "=") is none.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'", "＝", "＋", "－", "＠")


class SeparatedWriter:
    """A header and a line for each record; text that a spreadsheet would run as a formula gets an apostrophe."""

    def __init__(self, out: TextIO, delimiter: str) -> None:
        self._out = out
        self._csv = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        self._csv.writerow(column.name for column in COLUMNS)

    def write(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Write the rows of one document."""
        self._csv.writerows([[_cell(cell) for cell in row] for row in rows])

    def close(self) -> None:
        """Nothing is left to write."""
        self._out.flush()


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return f"'{cell}" if len(cell) > 1 and cell.startswith(_FORMULA) else cell
    return format(cell, "f") if isinstance(cell, Decimal) else cell
