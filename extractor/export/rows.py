"""Records as rows of a program's own."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Record
from .columns import COLUMNS, Cell, row


def to_rows(records: Iterable[Record]) -> list[dict[str, Cell]]:
    """A flat dict for each record, with the names that every format has for its columns.

    Numbers are exact (``int``, ``float`` or ``Decimal``), dates are ``datetime.date``, lists are JSON text.
    """
    names = [column.name for column in COLUMNS]
    return [dict(zip(names, row(record), strict=True)) for record in records]
