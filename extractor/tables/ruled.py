"""Ruled: tables in plain text, whose cells are parted by strokes (Markdown), tabs or spaces, line by line."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from ..model import Table
from .grid import Grid, GridReader, Place
from .markup import SPACE

Kind = Literal["strokes", "tabs", "spaces"]

_STROKE = re.compile(r"(?<!\\)[|│┃]")
_WORD = re.compile(r"[^ \t\u3000\xa0]+")
_OF_RULES = frozenset("|│┃+-=:─━┼┿╋├┤┌┐└┘┬┴╔╗╚╝═ ")
_DASHES = frozenset("-=─━═")
_CORNERS = frozenset("+┌├└╔")
_DELIMITER = re.compile(r"\|?(?:[ ]{0,20}:?-++:?[ ]{0,20}\|)*+[ ]{0,20}(?::?-++:?)?[ ]{0,20}")
_SPACES = re.compile(r"[ \u3000\xa0\t]+")
_FIGURES_APART = re.compile(r"[\d%] [-+]?\d")
_SENTENCE = re.compile(r"[。;!?]")
_INSIDE = re.compile(rf"[{re.escape(SPACE)}]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_CELL = 40
_LEAST_ROWS = 2
_MARKS = frozenset("|│┃")


class Line(NamedTuple):
    """A line, or a cell: where its text starts and ends."""

    start: int
    end: int

    @property
    def says(self) -> bool:
        """There is more in it than white space."""
        return self.start < self.end


class Found(NamedTuple):
    """A table and the lines that it takes whole."""

    table: Table
    first: Line
    last: Line


class RuledTables:
    """Finds tables in plain text; :meth:`find` is its entry."""

    def __init__(self, grids: GridReader) -> None:
        self._grids, self._cells = grids, grids.cells

    def find(self, text: str) -> Iterator[Found]:
        """The tables of ``text``, which is normalised but for its white space, in order."""
        if not any(mark in text for mark in ("\t", " ", "\u3000", *_MARKS)):
            return
        lines = list(_lines(text))
        kinds = [self._kind(text, line) for line in lines]
        at = 0
        while at < len(lines):
            kind = kinds[at]
            if kind is None:
                at += 1
                continue
            run, end = self._run(text, lines, kinds, at)
            above = lines[at - 1] if at and kinds[at - 1] is None and lines[at - 1].says else None
            if found := self._table(text, run, kind, above):
                yield found
            at = end

    def _run(self, text: str, lines: list[Line], kinds: list[Kind | None], at: int) -> tuple[list[Line], int]:
        """The rows of one kind from line ``at`` on, and the line behind them.

        Between two rows may stand an empty line, if the next tells figures, or one that names the rows below it.
        """
        kind, run, end = kinds[at], [lines[at]], at + 1
        while end < len(lines):
            if kinds[end] == kind:
                run.append(lines[end])
                end += 1
                continue
            following = lines[end + 1] if end + 1 < len(lines) and kinds[end + 1] == kind else None
            if following is None or kind == "strokes" or kinds[end] is not None:
                break
            if lines[end].says and not self._is_group(text, lines[end]):
                break
            if not lines[end].says and not self._tells(text, self._cells_of(text, following, kind)):
                break
            run += [lines[end], following] if lines[end].says else [following]
            end += 2
        return run, end

    def _cells_of(self, text: str, line: Line, kind: Kind | None) -> list[Line]:
        return [Line(*cell) for cell in _between_tabs(text, line)] if kind == "tabs" else self._parted(text, line)

    def _is_group(self, text: str, line: Line) -> bool:
        return self._grids.is_group(text[line.start : line.end])

    def _kind(self, text: str, line: Line) -> Kind | None:
        """How the cells of a line are parted; ``None`` where it has but one."""
        if not line.says:
            return None
        written = text[line.start : line.end]
        if not _MARKS.isdisjoint(written) or (written[0] in _CORNERS and _is_rule(written)):
            return "strokes"
        if _SENTENCE.search(written):
            return None
        if "\t" in written:
            return "tabs"
        if "  " in written or "\u3000" in written or _FIGURES_APART.search(written):
            return "spaces" if len(self._parted(text, line)) > 1 else None
        return None

    def _table(self, text: str, run: list[Line], kind: Kind, above: Line | None) -> Found | None:
        """The table that a run of lines is, if it is one."""
        heads: int | None = None
        if kind == "strokes":
            grid, heads = self._strokes(text, run)
        elif kind == "tabs":
            grid = _tabs(text, run)
        else:
            run, grid = self._spaces(text, run, above)
        table = self._grids.table(grid, lambda start, end: squeezed(text[start:end]), heads) if grid else None
        if table is None or len(table.rows) < _LEAST_ROWS or not _is_regular(table):
            return None
        first = next(line for line in run if line.end > table.start)
        last = next(line for line in reversed(run) if line.start < table.end)
        return Found(table, first, last)

    # --------------------------------------------------------------------------------------------------------- strokes

    def _strokes(self, text: str, run: list[Line]) -> tuple[Grid, int | None]:
        """Rows of Markdown, with or without outer strokes; lines of dashes are none."""
        ruled = [_is_rule(text[line.start : line.end]) for line in run]
        rows = [_between_strokes(text, line) for line, rule in zip(run, ruled, strict=True) if not rule]
        told = ruled[:2] == [False, True] and bool(_DELIMITER.fullmatch(text, run[1].start, run[1].end))
        if not rows or (not told and any(len(row) != len(rows[0]) for row in rows)):
            return [], None
        return [row for row in rows if row], 1 if told else None

    # ---------------------------------------------------------------------------------------------------------- spaces

    def _spaces(self, text: str, run: list[Line], above: Line | None) -> tuple[list[Line], Grid]:
        """Rows that spaces align: by order where all have as many cells, else by where the cells stand."""
        rows = [(line, self._parted(text, line)) for line in run]
        telling = [len(row) for _, row in rows if self._tells(text, row)]
        if not telling:
            return run, []
        width = Counter(telling).most_common(1)[0][0]
        if above is not None and self._tells(text, rows[0][1]) and not self._grids.is_caption(text, above):
            rows.insert(0, (above, []))
        rows = [(line, self._as_wide(text, line, row, width)) for line, row in rows]
        while 2 * len(rows[0][1]) < width:
            rows = rows[1:]
        if all(len(row) in (1, width) for _, row in rows):
            grid = [[Place(*cell, column) for column, cell in enumerate(row)] for _, row in rows]
        else:
            grid = _aligned(text, rows, width)
        return [line for line, _ in rows], grid

    def _as_wide(self, text: str, line: Line, row: list[Line], width: int) -> list[Line]:
        """The cells of a head whose words single spaces part, where it has as many as the rows have cells."""
        if len(row) == width or self._tells(text, row):
            return row
        words = [Line(*match.span()) for match in _WORD.finditer(text, line.start, line.end)]
        return words if len(words) == width else row

    def _tells(self, text: str, row: list[Line]) -> bool:
        return any(self._is_figure(text, cell) for cell in row[1:])

    def _is_figure(self, text: str, cell: Line) -> bool:
        return cell.end - cell.start <= _LONGEST_CELL and self._cells.kind(text[cell.start : cell.end]) == "figure"

    def _parted(self, text: str, line: Line) -> list[Line]:
        """The cells of a line: parted by two spaces or a wide one, and by one before a figure."""
        cells: list[Line] = []
        start = line.start
        for gap in _SPACES.finditer(text, line.start, line.end):
            wide = gap.end() - gap.start() > 1 or gap.group() == "\u3000"
            following = _SPACES.search(text, gap.end(), line.end)
            after = Line(gap.end(), following.start() if following else line.end)
            if wide or self._is_figure(text, after):
                cells.append(Line(start, gap.start()))
                start = gap.end()
        cells.append(Line(start, line.end))
        return list(_spelled(text, cells))


def _is_regular(table: Table) -> bool:
    """Most rows below the heads tell figures, beside what these are of."""
    body = table.rows[table.heads :]
    telling = [row for row in body if any(cell.kind == "figure" for cell in row.cells)]
    named = [row for row in telling if row.over or any(cell.kind == "text" for cell in row.cells)]
    return 2 * len(telling) >= len(body) and 2 * len(named) >= len(telling)


def _is_rule(written: str) -> bool:
    """A line of strokes and dashes."""
    return _OF_RULES.issuperset(written) and not _DASHES.isdisjoint(written)


def _spelled(text: str, cells: list[Line]) -> Iterator[Line]:
    """地　区 is one head: single characters that spaces hold apart belong together."""
    held: Line | None = None
    for cell in cells:
        single = cell.end - cell.start == 1 and _HAN.match(text, cell.start)
        if held is not None and single:
            held = Line(held.start, cell.end)
            continue
        if held is not None:
            yield held
        held = cell if single else None
        if not single:
            yield cell
    if held is not None:
        yield held


def _lines(text: str) -> Iterator[Line]:
    """All lines without the white space around them; an empty one where there is nothing else."""
    position = 0
    for written in text.split("\n"):
        stripped = written.strip(SPACE)
        start = position + (written.index(stripped) if stripped else 0)
        yield Line(start, start + len(stripped))
        position += len(written) + 1


def _between_strokes(text: str, line: Line) -> list[Place]:
    strokes = [stroke.start() for stroke in _STROKE.finditer(text, line.start, line.end)]
    borders = [line.start - 1, *strokes, line.end]
    spans = [(start + 1, end) for start, end in pairwise(borders)]
    if strokes and strokes[0] == line.start:
        spans = spans[1:]
    if strokes and strokes[-1] == line.end - 1:
        spans = spans[:-1]
    return [Place(*stripped(text, start, end), column) for column, (start, end) in enumerate(spans)]


def _tabs(text: str, run: list[Line]) -> Grid:
    """One tab parts two cells; where rows then differ in width, any number does."""
    single = [_between_tabs(text, line) for line in run]
    widths = {len(row) for row in single if len(row) > 1}
    if len(widths) > 1:
        several = [[cell for cell in row if cell[0] < cell[1]] for row in single]
        if len({len(row) for row in several if len(row) > 1}) == 1:
            single = several
    return [[Place(*cell, column) for column, cell in enumerate(row)] for row in single]


def _between_tabs(text: str, line: Line) -> list[tuple[int, int]]:
    """The cells of a line, also empty ones before the first that says something."""
    start = text.rfind("\n", 0, line.start) + 1
    end = text.find("\n", line.end)
    cells = []
    position = start
    for written in text[start : end if end >= 0 else len(text)].split("\t"):
        cells.append(stripped(text, position, position + len(written)))
        position += len(written) + 1
    while cells and cells[-1][0] >= cells[-1][1]:
        cells.pop()
    return cells


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the white space around it."""
    written = text[start:end]
    left = start + len(written) - len(written.lstrip(SPACE))
    return left, max(left, start + len(written.rstrip(SPACE)))


def squeezed(written: str, filler: str = "") -> str:
    """What a cell says, without white space but between Latin words; with a ``filler``, as long as it was."""

    def closed(gap: re.Match[str]) -> str:
        kept = _between_words(written, gap)
        return kept + filler * (len(gap[0]) - len(kept))

    return _INSIDE.sub(closed, written)


def _between_words(written: str, gap: re.Match[str]) -> str:
    before, after = written[gap.start() - 1 : gap.start()], written[gap.end() : gap.end() + 1]
    return " " if before.isascii() and before.isalpha() and after.isascii() and after.isalnum() else ""


def _aligned(text: str, rows: list[tuple[Line, list[Line]]], width: int) -> Grid:
    """The columns of the rows of usual width by where they stand on the screen, and the cells of all others in them."""
    shown = [[_shown(text, line, cell) for cell in row] for line, row in rows]
    usual = [row for row in shown if len(row) == width]
    columns = [(min(row[i][0] for row in usual), max(row[i][1] for row in usual)) for i in range(width)]
    grid: Grid = []
    for (_, cells), places in zip(rows, shown, strict=True):
        spans = [(i, 1) for i in range(width)] if len(cells) == width else list(_under(columns, places))
        grid.append([Place(*cell, *span) for cell, span in zip(cells, spans, strict=False)])
    return grid


def _under(columns: list[tuple[int, int]], places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """(first column, how many) that each of the places of a row stands over; ends where there are no more columns."""
    column = 0
    for left, right in places:
        while column + 1 < len(columns) and columns[column][1] <= left:
            column += 1
        if column >= len(columns):
            return
        last = column
        while last + 1 < len(columns) and columns[last + 1][0] < right:
            last += 1
        yield column, last - column + 1
        column = last + 1


def _shown(text: str, line: Line, cell: Line) -> tuple[int, int]:
    """Where a cell begins and ends on the screen, in half-width columns from the beginning of its line."""
    begin = text.rfind("\n", 0, line.start) + 1
    left = _columns(text[begin : cell.start])
    return left, left + _columns(text[cell.start : cell.end])


def _columns(written: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in written)
