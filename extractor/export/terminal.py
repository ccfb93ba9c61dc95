"""A table for a person: one line a fact, coloured by status, as wide as the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from ..model import Record

_NARROW_FIRST = {"subject": 8, "indicator": 12}
"""Columns that get narrower where there is no room, and the least that is left of them."""
_LEFT_OUT = {"comparison": 80, "measure": 64}
"""Columns that are shown only on a terminal of so many columns."""
_STYLES = {"actual": "", "target": "cyan", "forecast": "yellow", "plan": "magenta", "criterion": "dim"}


class Line(NamedTuple):
    """What is shown of a fact."""

    source: str | None
    subject: str
    indicator: str
    measure: str
    quantity: str
    period: str
    comparison: str
    status: str


def lines(records: Sequence[Record]) -> list[Line]:
    """A line for each record."""
    return [
        Line(
            record.source,
            record.subject.text if record.subject else "",
            record.indicator.name if record.indicator else "",
            record.measure if record.of is None else f"{record.measure} of {record.of}",
            record.quantity.text,
            (record.period.label or record.period.text) if record.period else "",
            record.comparison.kind if record.comparison else "",
            record.status,
        )
        for record in records
    ]


class TableWriter:
    """A table for each document, under the name of its source."""

    def __init__(self, out: TextIO) -> None:
        from rich.console import Console

        class Passing(Console):
            """A pipe that nobody reads is told as any writer tells it; rich would end the program."""

            def on_broken_pipe(self) -> None:
                raise BrokenPipeError

        self._console = Passing(file=out, highlight=False, markup=False, emoji=False)

    def write(self, shown: Sequence[Line]) -> None:
        """Write the table of one document; one without facts has none."""
        from rich.table import Table
        from rich.text import Text

        if not shown:
            return
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", title_justify="left")
        if shown[0].source is not None:
            table.title = Text(_visible(shown[0].source))
        names = [name for name in Line._fields[1:] if self._console.width >= _LEFT_OUT.get(name, 0)]
        for name in names:
            # Rich first narrows the columns that may wrap; their cells do not.
            table.add_column(name, no_wrap=name not in _NARROW_FIRST, min_width=_NARROW_FIRST.get(name))
        for line in shown:
            style = _STYLES.get(line.status, "")
            cells = (_visible(getattr(line, name)) for name in names)
            table.add_row(*(Text(cell, style, no_wrap=True, overflow="ellipsis") for cell in cells))
        self._console.print(table)

    def close(self) -> None:
        """Nothing is left to write."""
        self._console.file.flush()


def _visible(text: str) -> str:
    """Without what could steer the terminal: control characters, marks of direction, half characters."""
    return "".join(character if character.isprintable() else " " for character in text)
