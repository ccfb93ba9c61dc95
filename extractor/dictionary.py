"""Dictionary: jieba's words with frequencies and tags, in shards by first character, each read when it is first needed.

A text needs a small part of the 350,000 words: reading them all takes longer than all else at the start. The shards
are in one file of the cache, mapped into memory; where it is missing or damaged, they are made of jieba's own file.
"""

from __future__ import annotations

import hashlib
import marshal
import struct
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from sys import intern
from zlib import crc32

from . import cache
from .errors import DictionaryError

_KIND = "dictionary"
_NO_WORD = "none"  # the tag by which the rules say that something is no word (最高|奖)
_REMEDY = "pip install --force-reinstall jieba"
_HEAD = struct.Struct("<QI")  # length and checksum of the index
_ERRORS = (ValueError, EOFError, TypeError, struct.error)  # what comes of bytes that are not what was written

Words = tuple[dict[str, int], dict[str, str]]
"""Frequencies (0 for what is only the beginning of a word) and tags."""


def dictionary_file() -> Path:
    """``dict.txt`` of the installed jieba, found without importing it (that takes a tenth of a second).

    Raises:
        DictionaryError: jieba is not installed.
    """
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise DictionaryError("jieba is not installed: pip install jieba")
    return Path(spec.origin).parent / "dict.txt"


class Dictionary:
    """The shards; :meth:`words` reads one. ``total`` is the sum of all frequencies.

    Raises:
        DictionaryError: jieba's file is missing or has another form than ``word count tag``, also where a damaged shard
            has to be made anew.
    """

    def __init__(self) -> None:
        self._source = dictionary_file()
        try:
            found = self._source.stat()
        except OSError as error:
            raise DictionaryError(f"{self._source}: {error.strerror}: {_REMEDY}") from error
        told = (sys.implementation.cache_tag, marshal.version, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        stamp = hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()
        try:
            self._open(cache.load(_KIND, stamp) or _Made(b""))
        except _ERRORS:
            cache.save(_KIND, stamp, self._make())

    def words(self, first: str) -> Words:
        """The words (and their beginnings) that begin with the character ``first``."""
        if first not in self._index:
            return {}, {}
        try:
            return self._read(first)
        except _ERRORS:  # the file was damaged
            self._make()
            return self._read(first)

    def _read(self, first: str) -> Words:
        start, end, check = self._index[first]
        words: Words = marshal.loads(_checked(self._data.read(self._begin + start, self._begin + end), check))
        return words

    def _open(self, data: cache.Kept | _Made) -> None:
        """Read the index, which stands behind its own length and checksum."""
        head = data.read(0, _HEAD.size)
        length, check = _HEAD.unpack(head)
        self._begin = _HEAD.size + length
        self.total, self._index = marshal.loads(_checked(data.read(_HEAD.size, self._begin), check))
        self._data = data

    def _make(self) -> bytes:
        """Make the shards of jieba's own file; returns the whole of them."""
        total = 0
        shards: dict[str, Words] = {}
        for word, count, tag in _entries(self._source):
            frequencies, tags = shards.setdefault(word[0], ({}, {}))
            frequencies[word], tags[word] = count, intern(tag)
            total += count
            for length in range(1, len(word)):
                frequencies.setdefault(word[:length], 0)
        index: dict[str, tuple[int, int, int]] = {}
        pieces: list[bytes] = []
        position = 0
        for first, words in shards.items():
            piece = marshal.dumps(words)
            index[first] = (position, position + len(piece), crc32(piece))
            pieces.append(piece)
            position += len(piece)
        told = marshal.dumps((total, index))
        data = b"".join([_HEAD.pack(len(told), crc32(told)), told, *pieces])
        self._open(_Made(data))
        return data


def _entries(source: Path) -> Iterator[tuple[str, int, str]]:
    """The words of jieba's file with their counts and tags."""
    try:
        lines = source.read_text("utf-8").splitlines()
    except OSError as error:
        raise DictionaryError(f"{source}: {error.strerror}: {_REMEDY}") from error
    except UnicodeDecodeError as error:
        raise DictionaryError(f"{source}: not UTF-8: {_REMEDY}") from error
    if not lines:
        raise DictionaryError(f"{source}: it is empty: {_REMEDY}")
    for number, line in enumerate(lines, start=1):
        match line.split(" "):
            case [word, count, tag] if word and count.isdecimal():
                yield word, int(count), tag
            case _:
                raise DictionaryError(f"{source}:{number}: not a word, a count and a tag: {_REMEDY}")


class _Made:
    """What would be in the file."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, start: int, end: int) -> bytes:
        return self._data[start:end]


def _checked(data: bytes, check: int) -> bytes:
    """``data``, where it is what was written.

    Raises:
        ValueError: it is not.
    """
    if crc32(data) != check:
        raise ValueError("damaged")
    return data


class Lexicon:
    """The dictionary with the words of the rules laid over it, as far as a text has needed them.

    ``frequencies`` and ``tags`` hold the words of the characters in ``known``, to which :meth:`read` adds, and no
    others. ``total`` is the sum of all frequencies.
    """

    def __init__(self, words: dict[str, str], least: int) -> None:
        """``words`` have these tags (empty: the dictionary's own), and a frequency of ``least`` or more."""
        laid: dict[str, list[str]] = {}
        for word, tag in words.items():
            laid.setdefault(word[:1], []).append(f"{word} {tag}")
        self._least = least
        # One string for each first character: a cache of the rules is read faster so.
        self._laid = {first: "\n".join(lines) for first, lines in laid.items()}
        self._begin()
        self.total = self._dictionary.total
        for first in laid:
            self.total += self._lay(first, *self._dictionary.words(first))

    def read(self, characters: Iterable[str]) -> None:
        """Read the words that begin with any of ``characters``."""
        for first in set(characters) - self.known:
            frequencies, tags = self._dictionary.words(first)
            self._lay(first, frequencies, tags)
            self.frequencies.update(frequencies)
            self.tags.update(tags)
            self.known.add(first)

    def frequency(self, word: str) -> int | None:
        """The frequency of any word: 0 for what is only the beginning of one, ``None`` for what is none at all."""
        if not self.known.issuperset(word[:1]):
            self.read(word[0])
        return self.frequencies.get(word)

    def tag(self, word: str) -> str:
        """The tag of any word; empty where it is none."""
        if not self.known.issuperset(word[:1]):
            self.read(word[0])
        return self.tags.get(word, "")

    def _lay(self, first: str, frequencies: dict[str, int], tags: dict[str, str]) -> int:
        """Lay the words of the rules over a shard of the dictionary; by how much its frequencies grow."""
        grown = 0
        for line in self._laid[first].split("\n") if first in self._laid else ():
            word, _, tag = line.rpartition(" ")
            if tag == _NO_WORD:
                grown -= frequencies.get(word, 0)
                frequencies[word] = 0
                continue
            tags[word] = tag or tags.get(word, "n")
            if len(word) > 1:
                grown += max(0, self._least - frequencies.get(word, 0))
                frequencies[word] = max(frequencies.get(word, 0), self._least)
            else:
                frequencies.setdefault(word, 1)
            for length in range(1, len(word)):
                frequencies.setdefault(word[:length], 0)
        return grown

    def _begin(self) -> None:
        self._dictionary = Dictionary()
        self.frequencies: dict[str, int] = {}
        self.tags: dict[str, str] = {}
        self.known: set[str] = set()

    def __getstate__(self) -> tuple[int, int, dict[str, str]]:
        return self._least, self.total, self._laid

    def __setstate__(self, state: tuple[int, int, dict[str, str]]) -> None:
        self._least, self.total, self._laid = state
        self._begin()
