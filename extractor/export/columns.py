"""The flat columns of a record: one place, from which every format has its names and types.

A column is a leaf of the record, named by its way there: ``quantity.base_value`` is ``quantity_base_value``. What is a
list (``quantity.also``, ``evidence.section``) is a column of JSON text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from ..emit import to_json
from ..model import Record

Cell = str | int | float | Decimal | date | None


@dataclass(slots=True, frozen=True)
class Column:
    """A column: its name, its type, and the way to its value in a record."""

    name: str
    type: Literal["text", "integer", "number", "date", "json"]
    way: tuple[str, ...]

    def cell(self, record: Record) -> Cell:
        """What ``record`` says there, or ``None``."""
        value: Any = record
        for step in self.way:
            if value is None:
                return None
            value = getattr(value, step)
        return _json(value) if self.type == "json" and value is not None else value


def row(record: Record) -> tuple[Cell, ...]:
    """The cells of a record, in the order of ``COLUMNS``; numbers are exact."""
    return tuple(column.cell(record) for column in COLUMNS)


def rows(records: Sequence[Record]) -> list[tuple[Cell, ...]]:
    """A row for each record."""
    return [row(record) for record in records]


def typed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row as typed formats keep it: numbers as doubles (``None`` beyond them), text without lone surrogates."""
    return tuple(
        double(cell) if column.type == "number" else clean(cell) for column, cell in zip(COLUMNS, cells, strict=True)
    )


def double(value: Any) -> float | None:
    """A number as the nearest double."""
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None


def clean(cell: Cell) -> Cell:
    """A cell that can be written as UTF-8: a lone surrogate is U+FFFD."""
    if not isinstance(cell, str) or cell.isascii():
        return cell
    return cell.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if _has_surrogate(cell) else cell


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _columns(model: type[BaseModel], way: tuple[str, ...] = ()) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        types = set(_types(field.annotation))
        part = next((each for each in types if isinstance(each, type) and issubclass(each, BaseModel)), None)
        if part is not None:
            yield from _columns(part, (*way, name))
        else:
            yield Column("_".join((*way, name)), _kind(types), (*way, name))


def _types(annotation: Any) -> Iterator[Any]:
    """The types that an annotation is made of; a list is one of them, whatever it holds."""
    origin = get_origin(annotation)
    if origin is list:
        yield list
    elif origin is Literal:
        yield str
    elif origin is not None:
        # Of an Annotated, the first argument is the type and the others are no types.
        arguments = get_args(annotation)
        for argument in arguments[:1] if hasattr(annotation, "__metadata__") else arguments:
            yield from _types(argument)
    else:
        yield annotation


def _kind(types: set[Any]) -> Literal["text", "integer", "number", "date", "json"]:
    if list in types:
        return "json"
    if date in types:
        return "date"
    if float in types:
        return "number"
    return "integer" if int in types else "text"


def _json(value: Any) -> str:
    return to_json([each.model_dump() if isinstance(each, BaseModel) else each for each in value])


COLUMNS = tuple(_columns(Record))
