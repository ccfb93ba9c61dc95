"""Compiled: the pipeline as it stands when all rules are read and checked, kept in the cache for the next start.

What is kept is the pickled pipeline: lexicons and tables, patterns (``patterns.py`` tells how), rules as plain objects,
so that neither YAML nor the models of the rules are needed again. Its stamp is of all that it was made of: the files of
the rules, of packs over them and of the code, jieba's dictionary, the versions of Python and regex. What is kept was
found without mistakes, so packs are not checked again either.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import regex

from . import __version__, cache
from .collector import at_rest
from .dictionary import dictionary_file
from .errors import DictionaryError

if TYPE_CHECKING:
    from .pipeline import Pipeline

_KIND = "rules"
_File = tuple[str, int, int, int]  # path, size, and the times of content and of status
_CHECK = 4  # bytes of the checksum in front
_OF_RULES = (".yaml", ".yml", ".csv", ".txt")  # a pack may lie among other files


def load(folder: Path, packs: Sequence[Path] = ()) -> Pipeline | None:
    """The pipeline with the rules of ``folder`` and of ``packs`` over them as they are now, if it was kept."""
    stamp = _stamp(folder, packs)
    kept = cache.load(_KIND, stamp) if stamp else None
    if kept is None:
        return None
    data = memoryview(kept.read())
    if int.from_bytes(data[:_CHECK], "little") != crc32(data[_CHECK:]):
        return None
    try:
        with at_rest():
            return _unpickled(data[_CHECK:])
    except Exception:  # whatever is wrong with it, it can be made anew
        return None


def _unpickled(data: memoryview) -> Pipeline:
    pipeline: Pipeline = pickle.loads(data)
    return pipeline


class Keeper:
    """Keeps a pipeline for the next start. Make it before the rules are read: it notes what they are made of."""

    def __init__(self, folder: Path, packs: Sequence[Path] = ()) -> None:
        self._stamp = _stamp(folder, packs)

    def keep(self, pipeline: Pipeline) -> None:
        """Keep ``pipeline``, which must not have run yet."""
        if self._stamp is None:
            return
        out = io.BytesIO()
        try:
            _Pickler(out, pickle.HIGHEST_PROTOCOL).dump(pipeline)
        except (pickle.PicklingError, AttributeError, TypeError):  # a stage holds what has no lasting form
            return
        data = out.getvalue()
        cache.save(_KIND, self._stamp, crc32(data).to_bytes(_CHECK, "little") + data)


class Entry:
    """An entry of the rules, with the attributes of its model."""


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """Models of the rules become plain entries: reading those back needs no pydantic."""
        from .rulebook import Rules

        return (Entry, (), value.__dict__) if isinstance(value, Rules) else NotImplemented


def _stamp(folder: Path, packs: Sequence[Path]) -> str | None:
    """Stands for all that the pipeline is made of, by names, sizes and times; ``None`` if something is missing."""
    code = os.fspath(Path(__file__).parent)
    try:
        files = sorted({*_files(code, (".py",)), *_files(os.fspath(folder)), _file(os.fspath(dictionary_file()))})
        laid = [(os.path.realpath(pack), sorted(_files(os.fspath(pack), _OF_RULES))) for pack in packs]
    except (OSError, DictionaryError):
        return None
    told = (__version__, sys.version, regex.__version__, os.path.realpath(folder), files, laid)
    return hashlib.blake2b(repr(told).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _files(folder: str, endings: tuple[str, ...] = ("",), below: int = 1) -> Iterator[_File]:
    """The files in a folder and, so many levels ``below``, in its folders."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                if entry.name.endswith(endings):
                    yield _file(entry.path)
            elif below:
                yield from _files(entry.path, endings, below - 1)


def _file(path: str) -> _File:
    """A change of a file sets the time of its status, which no program can set back."""
    found = os.stat(path)  # noqa: PTH116 (a hundred paths take their time)
    return path, found.st_size, found.st_mtime_ns, found.st_ctime_ns
