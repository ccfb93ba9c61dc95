"""Records as a data frame of pandas or polars."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable
from typing import Any

from ..model import Record
from .columns import COLUMNS, row, typed
from .failures import MissingLibraryError, require

_BACKENDS = ("pandas", "polars")


def to_frame(records: Iterable[Record], backend: str | None = None) -> Any:
    """A data frame with a row for each record, its columns named and typed as in every format.

    Args:
        records: what ``extract`` gives.
        backend: ``"pandas"`` or ``"polars"``. Otherwise the one that is imported already, else the one that is there,
            pandas before polars.

    Raises:
        MissingLibraryError: the backend, or either, is not installed.
        ValueError: another backend.
    """
    backend = backend or _backend()
    if backend not in _BACKENDS:
        raise ValueError(f"backend must be pandas or polars, not {backend!r}")
    table = [typed(row(record)) for record in records]
    columns = dict(zip((column.name for column in COLUMNS), zip(*table, strict=True), strict=True)) if table else {}
    return (_pandas if backend == "pandas" else _polars)(columns)


def _pandas(columns: dict[str, tuple[Any, ...]]) -> Any:
    pandas: Any = require("pandas", "pandas")
    # Int64 can be missing, int64 cannot; pandas has no dates, only times.
    types = {"integer": "Int64", "number": "float64", "date": "datetime64[s]"}
    return pandas.DataFrame(
        {
            column.name: pandas.Series(columns.get(column.name, ()), dtype=types.get(column.type, "string"))
            for column in COLUMNS
        }
    )


def _polars(columns: dict[str, tuple[Any, ...]]) -> Any:
    polars: Any = require("polars", "polars")
    types = {"integer": polars.Int64, "number": polars.Float64, "date": polars.Date}
    return polars.DataFrame(
        [
            polars.Series(column.name, columns.get(column.name, ()), types.get(column.type, polars.String))
            for column in COLUMNS
        ]
    )


def _backend() -> str:
    for name in (*(name for name in _BACKENDS if name in sys.modules), *_BACKENDS):
        if importlib.util.find_spec(name):
            return name
    raise MissingLibraryError("pandas or polars", _BACKENDS[0])
