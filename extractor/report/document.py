"""A document as the page shows it: its lines with marks, and its facts as flat rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ..emit import to_json
from ..export.columns import Cell, row
from ..model import Record
from .marks import marked_lines, spans


def encode(name: str | None, text: str, records: Sequence[Record]) -> str:
    """A document as JSON that can stand in a page: no ``<`` is in it, so that no text ends the element around it.

    Returns:
        ``name``: the source, ``null`` for standard input; ``spans``: ``[role, [fact, …]]`` each, facts by their number
        in the document; ``lines``: the nodes of each line (``marks.marked_lines``); ``facts``: a list of cells each,
        in the order of the columns, figures as text with all their digits.
    """
    found = spans(text, records)
    document: dict[str, Any] = {
        "name": name,
        "spans": [[span.role, span.facts] for span in found],
        "lines": marked_lines(text, found),
        "facts": [[_text(cell) for cell in row(record)] for record in records],
    }
    return script_safe(to_json(document))


def script_safe(json: str) -> str:
    """JSON without ``<``, which only text can hold."""
    return json.replace("<", "\\u003c")


def _text(cell: Cell) -> str | None:
    """A cell as the CSV export writes it: JavaScript would round long figures."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
