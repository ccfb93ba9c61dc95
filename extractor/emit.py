"""Emit: records as one JSON array, or a line each, as soon as a document is done."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from .model import Record


class Writer:
    """Writes records to ``out`` as a JSON array (``indent`` for a reader) or as JSON Lines.

    What was written before an interruption stays; :meth:`close` ends the array, so that it is whole JSON in any case.
    """

    def __init__(self, out: TextIO, lines: bool, indent: bool) -> None:
        self._out, self._lines, self._indent = out, lines, indent
        self._written = 0

    def write(self, records: Iterable[Record]) -> None:
        """Write the records of one document."""
        for record in records:
            self._out.write(self._lead() + self._json(record.model_dump(mode="json")))
            if self._lines:
                self._out.write("\n")
            self._written += 1
        if self._lines:
            self._out.flush()

    def close(self) -> None:
        """End the array."""
        if not self._lines:
            self._out.write(("\n]" if self._written else "[]") + "\n")
        self._out.flush()

    def _lead(self) -> str:
        if self._lines:
            return ""
        return ",\n" if self._written else "[\n"

    def _json(self, value: dict[str, Any]) -> str:
        if self._indent and not self._lines:
            text = json.dumps(value, ensure_ascii=False, indent=2)
            return "  " + text.replace("\n", "\n  ")
        return json.dumps(value, ensure_ascii=False)
