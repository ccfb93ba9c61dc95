"""Segment: words of Chinese text with their dictionary tags: jieba's dictionary, and the most probable path through it.

The path is the one that ``jieba.lcut(text, HMM=False)`` finds (a test holds the two together); walking it here, over
jieba's own dictionary file, needs none of jieba's inner methods, and jieba itself is imported only for its data.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from math import inf, log
from pathlib import Path
from typing import NamedTuple

# Frequent enough that the most probable path keeps a word of the rules whole.
_KEPT_WHOLE = 20_000
# What jieba looks up in its dictionary; all other characters stand alone.
_BLOCKS = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+)")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class Token(NamedTuple):
    """A word, where it starts in the segmented text, and its dictionary tag (``""`` when unknown)."""

    word: str
    start: int
    tag: str


class Segmenter:
    """Segments with jieba's dictionary; keeps ``words`` (word → tag) whole."""

    def __init__(self, words: dict[str, str]) -> None:
        frequencies, tags, total = _dictionary()
        for word, tag in words.items():
            tags[word] = tag or tags.get(word, "n")
            if len(word) > 1:
                total += max(0, _KEPT_WHOLE - frequencies.get(word, 0))
                frequencies[word] = max(frequencies.get(word, 0), _KEPT_WHOLE)
            elif word not in frequencies:
                frequencies[word] = 1
            for length in range(1, len(word)):
                frequencies.setdefault(word[:length], 0)
        self.tags = tags
        self.frequencies = frequencies
        self._lowest = -log(total)
        self._logs: dict[str, float] = {}

    def words(self, text: str) -> Iterator[str]:
        """The words of ``text`` in order; they cover it whole."""
        for index, block in enumerate(_BLOCKS.split(text)):
            if index % 2:
                yield from self._path(block)
            else:
                yield from block

    def tokens(self, text: str) -> Iterator[Token]:
        """The words of ``text`` with their places and tags."""
        position = 0
        tags = self.tags
        for word in self.words(text):
            yield Token(word, position, tags.get(word, ""))
            position += len(word)

    def is_word(self, text: str) -> bool:
        """True when the dictionary has ``text`` as a word, not only as the beginning of one."""
        return self.frequencies.get(text, 0) > 0

    def _path(self, block: str) -> Iterator[str]:
        """The most probable words of a block; of equally probable ones the longer. Latin characters stay together."""
        length = len(block)
        if length == 1:
            yield block
            return
        frequencies, logs, lowest = self.frequencies, self._logs, self._lowest
        values = [0.0] * (length + 1)
        ends = [0] * length
        for start in range(length - 1, -1, -1):
            best, at = -inf, start + 1
            end, word = start + 1, block[start]
            frequency = frequencies.get(word)
            while frequency is not None:
                if frequency:
                    value = logs.get(word)
                    if value is None:
                        value = logs[word] = log(frequency) + lowest
                    value += values[end]
                    if value >= best:
                        best, at = value, end
                if end == length:
                    break
                end += 1
                word = block[start:end]
                frequency = frequencies.get(word)
            values[start] = best if best > -inf else lowest + values[start + 1]
            ends[start] = at
        start = 0
        latin = ""
        while start < length:
            end = ends[start]
            if end == start + 1 and block[start] in _LATIN:
                latin += block[start]
            else:
                if latin:
                    yield latin
                    latin = ""
                yield block[start:end]
            start = end
        if latin:
            yield latin


def _dictionary() -> tuple[dict[str, int], dict[str, str], int]:
    """jieba's own dictionary with its tags, from a cache in the user's cache folder where there is one."""
    source = _dictionary_file()
    stamp = hashlib.sha256(f"{version('jieba')}:{source.stat().st_size}".encode()).hexdigest()[:16]
    cached = _cache_folder() / f"dictionary-{stamp}.marshal"
    try:
        loaded: tuple[dict[str, int], dict[str, str], int] = marshal.loads(cached.read_bytes())
        return loaded
    except (OSError, ValueError, EOFError, TypeError):
        built = _parse(source.read_text("utf-8").splitlines())
        _save(cached, marshal.dumps(built))
        return built


def _dictionary_file() -> Path:
    """``dict.txt`` of the installed jieba, found without importing it (that takes a tenth of a second)."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed")
    return Path(spec.origin).parent / "dict.txt"


def _parse(lines: Iterable[str]) -> tuple[dict[str, int], dict[str, str], int]:
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    total = 0
    for line in lines:
        word, count, tag = line.split(" ")
        frequency = int(count)
        frequencies[word] = frequency
        tags[word] = tag
        total += frequency
        for length in range(1, len(word)):
            frequencies.setdefault(word[:length], 0)
    return frequencies, tags, total


def _cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "zhfacts"


def _save(path: Path, data: bytes) -> None:
    """Write whole or not at all; a folder that cannot be written costs only time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        pass
