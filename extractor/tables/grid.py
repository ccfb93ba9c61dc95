"""Grid: cells in rows and columns become a table: which rows are heads, which figures are years, and what is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from ..model import Cell, Row, Table
from ..patterns import compiled
from .cells import CellReader

if TYPE_CHECKING:
    from ..rulebook import Rulebook

_LEAST_COLUMNS = 2
_SHORT = 20  # characters of a line that names the rows below it


class Place(NamedTuple):
    """Where a cell stands in the text, and which columns and rows it covers."""

    start: int
    end: int
    column: int
    columns: int = 1
    rows: int = 1


Grid = list[list[Place]]


class GridReader:
    """Makes tables of grids; :meth:`table` is its entry."""

    def __init__(self, rules: Rulebook, cells: CellReader) -> None:
        tables = rules.tables
        self.cells = cells
        self._no_figures = frozenset((*tables.ignored, *tables.times))
        self.unit_line = compiled(tables.unit_line)
        self.caption_line = compiled(tables.caption_line)

    def table(self, grid: Grid, said: Callable[[int, int], str], heads: int | None = None) -> Table | None:
        """The table of ``grid``, or ``None`` where it is none: no two columns, or no figures.

        ``said`` gives what a cell says, normalised; ``heads`` is how many rows are heads, where the text tells.
        """
        rows = self._rows(grid, said)
        while rows and self._is_title(rows[0], said):
            rows = rows[1:]
            heads = None
        while len(rows) > 1 and _stands_alone(rows[-1]):
            rows = rows[:-1]
        width = max((cell.column + cell.columns for row in rows for cell in row.cells), default=0)
        if width < _LEAST_COLUMNS:
            return None
        self._years_above(rows, said)
        heads = min(_heads(rows) if heads is None else heads, len(rows))
        self._years_beside(rows[heads:], said)
        self._no_figures_below(rows, heads, said)
        if not any(cell.kind == "figure" for row in rows[heads:] for cell in row.cells):
            return None
        for row in rows[:heads]:
            for cell in row.cells:
                cell.kind = "text"
        return Table(rows[0].start, rows[-1].end, rows, heads)

    def is_group(self, line: str) -> bool:
        """A line by itself between the rows of a table that names those below it (农业, 其中:)."""
        short = len(line) <= _SHORT and not line.endswith(("。", ";", "!", "?"))
        return short and not self.is_caption(line, (0, len(line)))

    def is_caption(self, text: str, line: tuple[int, int]) -> bool:
        """A line that is a table's number and name, or tells its unit."""
        written = text[line[0] : line[1]]
        return bool(self.unit_line.search(written) or self.caption_line.match(written))

    def _rows(self, grid: Grid, said: Callable[[int, int], str]) -> list[Row]:
        """The rows that say something; a text that reaches down stands over the rows below its own."""
        rows: list[Row] = []
        reaching: list[tuple[Cell, int]] = []
        for number, places in enumerate(grid):
            reaching = [(cell, last) for cell, last in reaching if last >= number]
            over = [cell for cell, _ in reaching]
            cells = []
            for place in places:
                kind = self.cells.kind(said(place.start, place.end))
                if kind == "empty":
                    continue
                cell = Cell(place.start, place.end, kind, place.column, place.columns)
                cells.append(cell)
                if place.rows > 1 and kind == "text":
                    reaching.append((cell, number + place.rows - 1))
            if cells:
                written = [place for place in places if place.start < place.end]
                rows.append(Row(written[0].start, written[-1].end, cells, over))
        return rows

    def _is_title(self, row: Row, said: Callable[[int, int], str]) -> bool:
        """A row at the top that is the table's name, or tells its unit."""
        alone = len(row.cells) == 1
        return (alone and row.cells[0].kind == "text" and row.cells[0].column == 0) or (
            len(row.cells) <= _LEAST_COLUMNS
            and any(self.unit_line.search(said(cell.start, cell.end)) for cell in row.cells)
            and not any(cell.kind == "figure" for cell in row.cells)
            and (alone or not row.over)
        )

    def _years_above(self, rows: list[Row], said: Callable[[int, int], str]) -> None:
        """Bare years in the first row, or below heads that stand over several columns, are heads themselves."""
        spanned = any(cell.columns > 1 for cell in rows[0].cells)
        for row in rows[: 2 if spanned else 1]:
            figures = [cell for cell in row.cells if cell.kind == "figure"]
            if len(rows) > 1 and all(self.cells.is_year(said(cell.start, cell.end)) for cell in figures):
                for cell in figures:
                    cell.kind = "text"

    def _years_beside(self, rows: list[Row], said: Callable[[int, int], str]) -> None:
        """A first column of nothing but years, or of classes (15-59岁), says what the rows are of."""
        first = [row.cells[0] for row in rows if row.cells[0].column == 0 and row.cells[0].kind == "figure"]
        names = [said(cell.start, cell.end) for cell in first]
        if all(map(self.cells.is_year, names)) or all(map(self.cells.is_class, names)):
            for cell in first:
                cell.kind = "text"

    def _no_figures_below(self, rows: list[Row], heads: int, said: Callable[[int, int], str]) -> None:
        """The columns of numbers that only count or name their rows (序号, 代码, 年份)."""
        columns = {
            cell.column
            for row in rows[:heads]
            for cell in row.cells
            if cell.columns == 1 and said(cell.start, cell.end) in self._no_figures
        }
        if columns:
            for row in rows[heads:]:
                for cell in row.cells:
                    if cell.column in columns:
                        cell.kind = "text"


def _heads(rows: list[Row]) -> int:
    """How many rows at the top hold no figure, up to one that names the rows below it."""
    for number, row in enumerate(rows):
        if any(cell.kind == "figure" for cell in row.cells):
            return number
        if number and _stands_alone(row) and not row.over:
            return number
    return len(rows)


def _stands_alone(row: Row) -> bool:
    return len(row.cells) == 1 and row.cells[0].column == 0 and row.cells[0].kind == "text"
