"""An Excel workbook, with openpyxl."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .columns import COLUMNS, Cell, typed
from .failures import require

_MOST_ROWS = 1_048_576  # of a sheet
_LONGEST = 32_767  # characters of a cell
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class XlsxWriter:
    """A workbook with a sheet ``facts``, and further ones when it is full. All text is text, never a formula."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._excel: Any = require("openpyxl", "xlsx")
        self._book = self._excel.Workbook(write_only=True)
        self._sheets = 0
        self._begin()

    def write(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Write the rows of one document."""
        for row in rows:
            if self._lines == _MOST_ROWS:
                self._begin()
            self._sheet.append([self._cell(cell) for cell in typed(row)])
            self._lines += 1

    def close(self) -> None:
        """Write the workbook."""
        self._book.save(self._path)

    def _begin(self) -> None:
        self._sheets += 1
        self._sheet = self._book.create_sheet("facts" if self._sheets == 1 else f"facts {self._sheets}")
        self._sheet.freeze_panes = "A2"
        self._sheet.append([column.name for column in COLUMNS])
        self._lines = 1

    def _cell(self, cell: Cell) -> Any:
        if not isinstance(cell, str):
            return cell
        made = self._excel.cell.WriteOnlyCell(self._sheet, _NO_XML.sub("\ufffd", cell)[:_LONGEST])
        made.data_type = "s"
        return made
