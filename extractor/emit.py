"""Emit: records as JSON, one array or a line each, as soon as a document is done."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from .model import Record

# json has no way to write a Decimal as a number: it is written as a string with this mark, which no text can hold since
# it is drawn anew for each run, and then loses mark and quotes.
_MARK = f"decimal {secrets.token_hex(16)} "
_MARKED = re.compile(rf'"{_MARK}([-0-9.]+)"')


def to_json(value: Any, indent: int | None = None) -> str:
    """``value`` (dicts, lists, text, numbers, dates) as JSON; a ``Decimal`` is a plain number with all its digits."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)
    return _MARKED.sub(r"\1", text) if _MARK in text else text


def encode(records: Sequence[Record]) -> list[str]:
    """Each record as a line of JSON."""
    return [to_json(record.model_dump()) for record in records]


def encode_pretty(records: Sequence[Record]) -> list[str]:
    """Each record as an item of an array that a person reads."""
    return ["  " + to_json(record.model_dump(), indent=2).replace("\n", "\n  ") for record in records]


class JsonWriter:
    """Writes encoded records as JSON Lines (``lines``) or as one array.

    What was written before an interruption stays; :meth:`close` ends the array, so that it is whole JSON in any case.
    """

    def __init__(self, out: TextIO, lines: bool) -> None:
        self._out, self._lines = out, lines
        self._written = 0

    def write(self, records: Sequence[str]) -> None:
        """Write the records of one document."""
        if self._lines:
            self._out.write("".join(f"{record}\n" for record in records))
            self._out.flush()
        elif records:
            self._out.write((",\n" if self._written else "[\n") + ",\n".join(records))
        self._written += len(records)

    def close(self) -> None:
        """End the array."""
        if not self._lines:
            self._out.write(("\n]" if self._written else "[]") + "\n")
        self._out.flush()


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{_MARK}{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
