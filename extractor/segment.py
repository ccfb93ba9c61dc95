"""Segment: words of Chinese text with their dictionary tags: jieba's dictionary, and the most probable path through it.

The path is the one that ``jieba.lcut(text, HMM=False)`` finds (a test holds the two together); walking it here, over
jieba's own dictionary file, needs none of jieba's inner methods, and jieba itself is imported only for its data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf, log
from typing import NamedTuple

from .dictionary import Lexicon

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


_RARE = 50  # times that a word stands in the corpus of jieba's dictionary


class Segmenter:
    """Segments with jieba's dictionary; keeps ``words`` (word → tag) whole."""

    def __init__(self, words: dict[str, str]) -> None:
        self._lexicon = Lexicon(words, _KEPT_WHOLE)
        self._lowest = -log(self._lexicon.total)
        self._logs: dict[str, float] = {}

    def tag(self, word: str) -> str:
        """The dictionary tag of a word; empty where it is none."""
        return self._lexicon.tag(word)

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
        tag = self._lexicon.tag
        for word in self.words(text):
            yield Token(word, position, tag(word))
            position += len(word)

    def is_word(self, text: str) -> bool:
        """True when the dictionary has ``text`` as a word, not only as the beginning of one."""
        return bool(self._lexicon.frequency(text))

    def is_rare(self, word: str) -> bool:
        """The dictionary hardly knows the word: it is as likely a name."""
        return (self._lexicon.frequency(word) or 0) <= _RARE

    def _path(self, block: str) -> Iterator[str]:
        """The most probable words of a block; of equally probable ones the longer. Latin characters stay together."""
        length = len(block)
        if length == 1:
            yield block
            return
        if not self._lexicon.known.issuperset(block):
            self._lexicon.read(block)
        frequencies, logs, lowest = self._lexicon.frequencies, self._logs, self._lowest
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
