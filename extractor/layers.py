"""Layers: the entries of packs laid over those of the rules that ship; a mistake is still told where it was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

Location = tuple[int | str, ...]
"""Keys and indexes from the root of a file to an entry."""

_NAMING = ("id", "pattern", "name")
"""Fields by which an entry of a list is known, the first that it has."""


class Layered:
    """The ``data`` of a YAML file with that of the same file of packs over it.

    Lists are added to, dicts are merged, all else is replaced. An entry of a list that has the ``id`` (or ``pattern``,
    or ``name``) of one that is there is laid over that one, field by field.
    """

    def __init__(self, data: Any, path: Path) -> None:
        self.data = data
        self._path = path
        self._places: dict[Location, tuple[Path, Location]] = {}

    def add(self, data: Any, path: Path) -> None:
        """Lay the ``data`` of the file ``path`` over what is there; an empty file changes nothing."""
        if data is not None:
            self.data = self._lay(self.data, data, (), path, ())

    def place(self, location: Sequence[int | str]) -> tuple[Path, Location]:
        """The file in which the entry at ``location`` was written, and its location there."""
        whole = tuple(location)
        for length in range(len(whole), -1, -1):
            if found := self._places.get(whole[:length]):
                path, own = found
                return path, (*own, *whole[length:])
        return self._path, whole

    def _lay(self, below: Any, above: Any, at: Location, path: Path, own: Location) -> Any:
        if isinstance(below, dict) and isinstance(above, dict):
            for key, value in above.items():
                there = below.get(key)
                below[key] = self._lay(there, value, (*at, key), path, (*own, key))
            return below
        if isinstance(below, list) and isinstance(above, list):
            self._lay_list(below, above, at, path, own)
            return below
        self._put(at, path, own)
        return above

    def _lay_list(self, below: list[Any], above: list[Any], at: Location, path: Path, own: Location) -> None:
        known = {name: index for index, item in enumerate(below) if (name := _name(item)) is not None}
        words = {item for item in below if isinstance(item, str)}
        for number, item in enumerate(above):
            name = _name(item)
            index = known.get(name) if name else None
            if index is not None:
                below[index] = self._lay(below[index], item, (*at, index), path, (*own, number))
            elif not isinstance(item, str) or item not in words:
                self._put((*at, len(below)), path, (*own, number))
                below.append(item)

    def _put(self, at: Location, path: Path, own: Location) -> None:
        self._places = {place: from_ for place, from_ in self._places.items() if place[: len(at)] != at}
        self._places[at] = path, own


def _name(item: Any) -> tuple[str, str] | None:
    """The field that names an entry of a list, and what it says."""
    if not isinstance(item, dict):
        return None
    return next(((field, item[field]) for field in _NAMING if isinstance(item.get(field), str)), None)
