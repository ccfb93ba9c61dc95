"""SQLite and DuckDB: records are added to a table ``facts``, once each."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from .columns import COLUMNS, Cell, typed
from .failures import OutputError, require

_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE", "json": "VARCHAR"}
_NAMES = [f'"{column.name}"' for column in COLUMNS]
_DEFINED = ", ".join(f"{name} {_TYPES[column.type]}" for name, column in zip(_NAMES, COLUMNS, strict=True))
_LIST = ", ".join(_NAMES)


class DatabaseWriter(ABC):
    """Adds rows to the table ``facts`` of a database, which is made when it is missing.

    A record that is there already (the same ``id`` and ``source``) is brought up to date, so that the same document
    twice gives no doubles. Columns that others added to the table stay. All of a run is one transaction.
    """

    _same: str
    """The operator that takes two nulls for the same."""

    def __init__(self, path: Path) -> None:
        self._title = str(path)
        self._run(lambda: self._begin(path))

    def write(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Add the rows of one document."""
        if rows:
            self._run(lambda: self._add([typed(row) for row in rows]))

    def close(self) -> None:
        """Keep what was added."""
        self._run(self._end)

    @abstractmethod
    def _connect(self, path: Path) -> Any:
        """A connection on which ``execute`` and ``executemany`` work, within a transaction."""

    @abstractmethod
    def _columns_there(self) -> set[str]:
        """The columns of the table ``facts``; none when it is missing."""

    @abstractmethod
    def _stage(self, rows: list[tuple[Cell, ...]]) -> None:
        """Put rows into the temporary table ``added``."""

    @property
    @abstractmethod
    def _error(self) -> type[Exception]:
        """What the database raises."""

    def _begin(self, path: Path) -> None:
        self._connection = self._connect(path)
        there = self._columns_there()
        if there and not {"id", "source"} <= there:
            raise OutputError(f"{path}: its table facts is not one of zhfacts")
        self._connection.execute(f"CREATE TABLE IF NOT EXISTS facts ({_DEFINED})")
        for column in COLUMNS:
            if there and column.name not in there:
                self._connection.execute(f'ALTER TABLE facts ADD COLUMN "{column.name}" {_TYPES[column.type]}')
        self._connection.execute(f"CREATE TEMPORARY TABLE added ({_DEFINED})")

    def _add(self, rows: list[tuple[Cell, ...]]) -> None:
        self._stage(rows)
        same = f'facts.id = added.id AND facts."source" {self._same} added."source"'
        update = ", ".join(f"{name} = added.{name}" for name in _NAMES)
        self._connection.execute(f"UPDATE facts SET {update} FROM added WHERE {same}")
        self._connection.execute(
            f"INSERT INTO facts ({_LIST}) SELECT {_LIST} FROM added WHERE NOT EXISTS (SELECT 1 FROM facts WHERE {same})"
        )
        self._connection.execute("DELETE FROM added")

    def _end(self) -> None:
        self._connection.execute("DROP TABLE added")
        self._connection.execute("COMMIT")
        self._connection.close()

    def _run(self, task: Any) -> None:
        try:
            task()
        except self._error as error:
            raise OutputError(f"{self._title}: {' '.join(str(error).split())}") from error


class SqliteWriter(DatabaseWriter):
    """See DatabaseWriter."""

    _same = "IS"
    _error = sqlite3.Error

    def _connect(self, path: Path) -> Any:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("BEGIN IMMEDIATE")
        return connection

    def _begin(self, path: Path) -> None:
        super()._begin(path)
        self._connection.execute("CREATE INDEX IF NOT EXISTS facts_id ON facts (id)")

    def _columns_there(self) -> set[str]:
        return {name for _, name, *_ in self._connection.execute("PRAGMA table_info(facts)")}

    def _stage(self, rows: list[tuple[Cell, ...]]) -> None:
        marks = ", ".join("?" for _ in COLUMNS)
        texts = ([cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in rows)
        self._connection.executemany(f"INSERT INTO added VALUES ({marks})", texts)


class DuckdbWriter(DatabaseWriter):
    """See DatabaseWriter."""

    _same = "IS NOT DISTINCT FROM"
    _at_once = 200

    def _connect(self, path: Path) -> Any:
        connection = require("duckdb", "duckdb").connect(str(path))
        connection.execute("BEGIN TRANSACTION")
        return connection

    @property
    def _error(self) -> type[Exception]:
        error: type[Exception] = require("duckdb", "duckdb").Error
        return error

    def _columns_there(self) -> set[str]:
        found = self._connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'facts' AND table_schema = 'main'"
        )
        return {name for (name,) in found.fetchall()}

    def _stage(self, rows: list[tuple[Cell, ...]]) -> None:
        marks = f"({', '.join('?' for _ in COLUMNS)})"
        for first in range(0, len(rows), self._at_once):  # a row at a time would be slow
            part = rows[first : first + self._at_once]
            cells = [cell for row in part for cell in row]
            self._connection.execute(f"INSERT INTO added VALUES {', '.join([marks] * len(part))}", cells)
