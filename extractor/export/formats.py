"""The formats by name and by the ending of a file."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from ..emit import JsonWriter, encode, encode_pretty
from .failures import MissingLibraryError
from .output import Output

if TYPE_CHECKING:
    from ..model import Record


class Writer(Protocol):
    """Writes the encoded records of document after document."""

    def write(self, portion: Sequence[Any], /) -> None:
        """Write the records of one document."""

    def close(self) -> None:
        """Write the end."""


@dataclass(slots=True, frozen=True)
class Format:
    """A format: the ``endings`` of its files, how records are encoded (wherever they are extracted) and written."""

    name: str
    endings: tuple[str, ...]
    encode: Callable[[list[Record]], list[Any]]
    open: Callable[[Output], Writer]
    kind: Literal["text", "binary", "database"] = "text"
    needs: tuple[str, str] | None = None
    """A library, and the extra that brings it."""

    def check(self) -> None:
        """See that its library is there.

        Raises:
            MissingLibraryError: it is not.
        """
        if self.needs and importlib.util.find_spec(self.needs[0]) is None:
            raise MissingLibraryError(*self.needs)


def _rows(records: list[Record]) -> list[Any]:
    from .columns import rows

    return rows(records)


def _lines(records: list[Record]) -> list[Any]:
    from .terminal import lines

    return list(lines(records))


def _separated(delimiter: str) -> Callable[[Output], Writer]:
    def opened(output: Output) -> Writer:
        from .separated import SeparatedWriter

        return SeparatedWriter(output.text(), delimiter)

    return opened


def _table(output: Output) -> Writer:
    from .terminal import TableWriter

    return TableWriter(output.text())


def _parquet(output: Output) -> Writer:
    from .parquet import ParquetWriter

    return ParquetWriter(output.path)


def _xlsx(output: Output) -> Writer:
    from .xlsx import XlsxWriter

    return XlsxWriter(output.path)


def _sqlite(output: Output) -> Writer:
    from .database import SqliteWriter

    return SqliteWriter(output.path)


def _duckdb(output: Output) -> Writer:
    from .database import DuckdbWriter

    return DuckdbWriter(output.path)


PRETTY = Format("json", (), encode_pretty, lambda output: JsonWriter(output.text(), lines=False))
"""JSON for a terminal."""

FORMATS = (
    Format("json", (".json",), encode, lambda output: JsonWriter(output.text(), lines=False)),
    Format("jsonl", (".jsonl", ".ndjson"), encode, lambda output: JsonWriter(output.text(), lines=True)),
    Format("csv", (".csv",), _rows, _separated(",")),
    Format("tsv", (".tsv", ".tab"), _rows, _separated("\t")),
    Format("parquet", (".parquet", ".pq"), _rows, _parquet, "binary", ("pyarrow", "parquet")),
    Format("xlsx", (".xlsx",), _rows, _xlsx, "binary", ("openpyxl", "xlsx")),
    Format("table", (".txt",), _lines, _table),
    Format("sqlite", (".db", ".sqlite", ".sqlite3"), _rows, _sqlite, "database"),
    Format("duckdb", (".duckdb",), _rows, _duckdb, "database", ("duckdb", "duckdb")),
)
NAMES = [each.name for each in FORMATS if each.kind != "database"]
"""Those that ``--format`` names; a database is only a file."""


def choose(name: str | None, file: str | None) -> Format | None:
    """The format called ``name``, else the one of the file's ending (JSON for standard output); ``None``: unknown."""
    if name is None and file is None:
        name = "json"
    ending = Path(file).suffix.lower() if file else ""
    return next((each for each in FORMATS if each.name == name or (name is None and ending in each.endings)), None)
