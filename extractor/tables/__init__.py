"""Tables: found in the text as it stands, before anything is normalised; none of their lines becomes a sentence.

What their cells say is the work of ``context/tables.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model import Table
from ..normalise import Normalised
from ..patterns import compiled
from .cells import CellReader
from .grid import GridReader
from .markup import SPACE, Markup, has_tables
from .ruled import Found, Line, RuledTables, squeezed

if TYPE_CHECKING:
    from ..rulebook import Rulebook

__all__ = ["Layout", "TableFinder"]

_LINES_ABOVE = 3  # among which the unit can stand that all figures are told in
_LONGEST_UNIT_LINE = 120
_KEPT_APART = "\n"
_DROPPED = "\0"  # the normaliser drops it
_BETWEEN = re.compile(r"[^\0]")


@dataclass(slots=True)
class Layout:
    """A text with its tables. ``text`` is as long as the original: in a table each cell is a line of its own."""

    text: str
    tables: list[Table]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where the tables stand."""
        return [(table.start, table.end) for table in self.tables]

    def place(self, normalised: Normalised) -> list[Table]:
        """The tables, with offsets of the normalised text."""

        def placed(start: int, end: int) -> tuple[int, int]:
            return normalised.position(start), normalised.position(end - 1) + 1

        for table in self.tables:
            table.start, table.end = placed(table.start, table.end)
            table.units = placed(*table.units) if table.units else None
            for row in table.rows:
                row.start, row.end = placed(row.start, row.end)
                for cell in row.cells:
                    cell.start, cell.end = placed(cell.start, cell.end)
        return self.tables


class TableFinder:
    """The compiled words of ``tables.yaml`` by which tables are found; :meth:`find` is its one use."""

    def __init__(self, rules: Rulebook, forms: Mapping[int, int | str]) -> None:
        self._forms = {code: plain for code, plain in forms.items() if plain != ord(" ")}  # tabs part cells
        self.cells = CellReader(rules)
        self._grids = GridReader(rules, self.cells)
        self._ruled = RuledTables(self._grids)
        self._unit_line = compiled(rf"{rules.tables.unit_line}\s*(?P<units>[^()\[\]\n]+)")
        self._opening = "([【〔 "

    def find(self, text: str) -> Layout:
        """The tables of ``text``, and the text with their cells apart; ``text`` itself where it has none."""
        if has_tables(text):
            source = Markup(text)
            plain = self._plain(source.text)
            found = list(self._of_markup(source, plain))
            text = source.text if source.grids else text
        else:
            plain = self._plain(text)
            found = list(self._ruled.find(plain))
        if not found:
            return Layout(text, [])
        tables = []
        end = 0
        for table, first, last in found:
            table.start, table.end = first.start, last.end
            self._find_units(plain, table, end)
            end = table.end
            tables.append(table)
        return Layout("".join(_apart(text, tables)), tables)

    def _plain(self, text: str) -> str:
        """``text`` in one form but for its white space, as long as it was."""
        return text.replace("\r\n", " \n").translate(self._forms)

    def _of_markup(self, source: Markup, plain: str) -> Iterator[Found]:
        for grid in source.grids:
            table = self._grids.table(grid, lambda start, end: squeezed(plain[start:end]))
            if table is not None:
                where = Line(table.start, table.end)
                yield Found(table, where, where)

    def _find_units(self, plain: str, table: Table, floor: int) -> None:
        """The unit in the lines above a table; one that stands alone right above it is a part of the table."""
        end = table.start
        for distance in range(_LINES_ABOVE):
            end = _last(plain, floor, end)
            start = max(floor, plain.rfind("\n", floor, end) + 1)
            if not 0 < end - start <= _LONGEST_UNIT_LINE:
                return
            line = plain[start:end]
            if match := self._unit_line.search(line):
                units = match["units"].rstrip(SPACE)
                table.units = start + match.start("units"), start + match.start("units") + len(units)
                if not distance and not line[: match.start()].strip(SPACE + self._opening):
                    table.start = start
                return
            end = start


def _last(plain: str, floor: int, end: int) -> int:
    """Where the text before ``end`` ends, without white space."""
    while end > floor and plain[end - 1] in SPACE:
        end -= 1
    return end


def _apart(text: str, tables: list[Table]) -> Iterator[str]:
    """The text; in tables, with line ends between the cells and no white space inside them."""
    position = 0
    for table in tables:
        yield text[position : table.start]
        position = table.start
        cells = [(cell.start, cell.end) for row in table.rows for cell in row.cells]
        if table.units and table.units[0] >= table.start:
            cells.insert(0, table.units)
        for start, end in cells:
            yield _BETWEEN.sub(_KEPT_APART, text[position:start])
            yield squeezed(text[start:end], _DROPPED)
            position = end
        yield _BETWEEN.sub(_KEPT_APART, text[position : table.end])
        position = table.end
    yield text[position:]
