"""Markup: HTML around and in the text of a page with tables: what is text, where lines end, and the tables' grids.

Tags are found by one pattern that never goes back: html.parser takes quadratic time on unclosed tags, and raises on
some malformed ones. An attribute that holds a pointed bracket is the one thing that the pattern does not read.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .grid import Grid, Place

_TOKEN = re.compile(
    r"<(?:(?P<comment>!--)|(?P<close>/)?(?P<name>[A-Za-z][A-Za-z0-9]*+)(?P<attributes>[^<>]*+)>|[!?][^<>]*+>)"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30}+);"
)
_SPANS = re.compile(r"\b(?P<what>rowspan|colspan)\s{0,5}=\s{0,5}[\"']?(?P<number>\d{1,4})", re.IGNORECASE)
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "label",
        "mark",
        "q",
        "s",
        "small",
        "span",
    )
) | frozenset(("strike", "strong", "sub", "sup", "tt", "u"))
_UNSEEN = frozenset({"script", "style"})
_DROPPED = "\0"  # the normaliser drops it
_WIDEST = 200  # columns that spans can reach: no few cells cover many


def has_tables(text: str) -> bool:
    """Whether the text holds tables in HTML."""
    return "<table" in text or "<TABLE" in text


@dataclass(slots=True)
class _Open:
    """A table that is being read: the grid until now, and which rows the cells above still cover, by column."""

    rows: list[list[Place]] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    cell: tuple[int, int, int] | None = None
    """Start, columns and rows of the cell that is open."""
    nested: bool = False


class Markup:
    """A page: its ``text``, as long as the source, with line ends for tags that end lines, and its tables' ``grids``.

    What is no text is a character that the normaliser drops.
    """

    def __init__(self, source: str) -> None:
        self.grids: list[Grid] = []
        self._pieces: list[str] = []
        self._open: list[_Open] = []
        self._read(source)
        self.text = "".join(self._pieces)
        self.grids = [[list(self._trimmed(row)) for row in grid] for grid in self.grids]
        self.grids.sort(key=lambda grid: next((row[0].start for row in grid if row), 0))

    def _read(self, source: str) -> None:
        position = 0
        while token := _TOKEN.search(source, position):
            self._pieces.append(source[position : token.start()])
            position = token.end()
            if token["comment"]:
                end = source.find("-->", position)
                position = len(source) if end < 0 else end + 3
                self._drop(position - token.start())
            elif token["name"]:
                position = self._tag(source, token)
            elif token[0][0] == "&":
                self._entity(token[0])
            else:
                self._drop(len(token[0]))
        self._pieces.append(source[position:])
        while self._open:
            self._close_table(len(source))

    def _drop(self, length: int) -> None:
        self._pieces.append(_DROPPED * length)

    def _entity(self, written: str) -> None:
        character = html.unescape(written)
        if len(character) > 1:
            character = written
        self._pieces.append(character.replace("\xa0", " "))
        self._drop(len(written) - len(character))

    def _tag(self, source: str, token: re.Match[str]) -> int:
        """Take a tag; returns where to go on."""
        name, closes = token["name"].lower(), bool(token["close"])
        end = token.end()
        if name in _UNSEEN and not closes:
            end = _end_of(source, name, end)
        self._pieces.append(_DROPPED if name in _INLINE else "\n")
        self._drop(end - token.start() - 1)
        if name == "table":
            self._close_table(token.start()) if closes else self._open_table()
        elif self._open and name in ("td", "th", "tr", "tbody", "thead", "tfoot"):
            self._part(name, closes, token, end)
        return end

    def _open_table(self) -> None:
        for above in self._open:
            above.nested = True
        self._open.append(_Open())

    def _part(self, name: str, closes: bool, token: re.Match[str], end: int) -> None:
        table = self._open[-1]
        self._close_cell(table, token.start())
        if name == "tr" and not closes:
            table.rows.append([])
        elif name in ("td", "th") and not closes:
            spans = {match["what"].lower(): int(match["number"]) for match in _SPANS.finditer(token["attributes"])}
            table.cell = (end, spans.get("colspan", 1) or 1, spans.get("rowspan", 1) or 1)

    def _close_cell(self, table: _Open, end: int) -> None:
        if table.cell is None:
            return
        start, columns, rows = table.cell
        table.cell = None
        if not table.rows:
            table.rows.append([])
        number = len(table.rows) - 1
        row = table.rows[-1]
        column = row[-1].column + row[-1].columns if row else 0
        while table.covered.get(column, -1) >= number:
            column += 1
        columns = max(1, min(columns, _WIDEST - column))
        rows = rows if column < _WIDEST else 1
        if rows > 1:
            table.covered |= dict.fromkeys(range(column, column + columns), number + rows - 1)
        row.append(Place(start, end, column, columns, rows))

    def _close_table(self, end: int) -> None:
        if not self._open:
            return
        table = self._open.pop()
        self._close_cell(table, end)
        if not table.nested:  # a table around others only lays out the page
            self.grids.append(table.rows)

    def _trimmed(self, row: list[Place]) -> Iterator[Place]:
        """The cells of a row without what stands around their text."""
        for place in row:
            written = self.text[place.start : place.end]
            start = place.start + len(written) - len(written.lstrip(SPACE))
            end = place.start + len(written.rstrip(SPACE))
            yield place._replace(start=min(start, max(end, place.start)), end=max(end, place.start))


SPACE = " \t\n\r\v\f\x85\u00a0\u2002\u2003\u2009\u202f\u3000\u2028\u2029\u200b\u2060\ufeff\u00ad\0"
"""What stands around the text of a cell and is no part of it."""


def _end_of(source: str, name: str, start: int) -> int:
    """Where the content of an element without text ends."""
    match = re.compile(rf"</{name}", re.IGNORECASE).search(source, start)
    return match.start() if match else len(source)
