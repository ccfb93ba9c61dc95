"""Scanning with the patterns of the rules, fast: only the patterns that can begin with a character are tried at it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import regex

from ..expressions import first_characters
from ..patterns import compiled, compiled_regex

_DIGITS = frozenset("0123456789.")
_MULTIPLIERS = frozenset("十百千万亿")
_AFTER_NUMERAL, _SHORT = frozenset("点成倍个"), 2  # 提高三点六 holds no 高三
_FIGURES = frozenset("0123456789〇零一二三四五六七八九")
_NUMERALS = frozenset("一二三四五六七八九十百千万亿零〇两")


BEFORE_SIGN = 2
"""The mark of the last code point of words of comparison: a dash behind them is a sign (YoY-8%)."""


def take(taken: bytearray, start: int, end: int) -> None:
    """Mark a stretch of the text as taken: nothing else is to be found in it."""
    taken[start:end] = b"\x01" * (end - start)


def is_free(taken: bytearray, start: int, end: int) -> bool:
    """Nothing of the stretch is taken."""
    return not any(taken[start:end])


def expand(pattern: str, macros: Mapping[str, str]) -> str:
    """``pattern`` with every ``{name}`` replaced by its macro; macros may use those before them."""
    for name, macro in reversed(list(macros.items())):
        pattern = pattern.replace("{" + name + "}", macro)
    return pattern


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first, branching once on the first character."""
    by_first: dict[str, set[str]] = {}
    for word in words:
        by_first.setdefault(word[0], set()).add(word[1:])
    branches = []
    for first, rests in sorted(by_first.items()):
        ordered = "|".join(regex.escape(rest) for rest in sorted(rests, key=len, reverse=True))
        branches.append(regex.escape(first) + (f"(?:{ordered})" if ordered else ""))
    return "|".join(branches)


def occurrences(text: str, words: Iterable[str]) -> Counter[str]:
    """How often each of ``words`` stands in ``text``, in one pass."""
    by_opening: dict[str, list[str]] = {}
    for word in words:
        by_opening.setdefault(word[:2], []).append(word)
    counts: Counter[str] = Counter()
    if by_opening:
        firsts = re.compile(f"[{re.escape(''.join({opening[0] for opening in by_opening}))}]")
        for hit in firsts.finditer(text):
            start = hit.start()
            for word in by_opening.get(text[start : start + 2], ()):
                if text.startswith(word, start):
                    counts[word] += 1
    return counts


class _Compiled(NamedTuple):
    pattern: regex.Pattern[str]
    markers: tuple[int, ...]
    indexes: tuple[int, ...]


class Found(NamedTuple):
    """A stretch that a word list or pattern matched: which one (lists come first), and the match of a pattern."""

    which: int
    start: int
    end: int
    match: regex.Match[str] | None


class Scanner:
    """Finds the leftmost match of some lists of words and then patterns, the earlier first."""

    def __init__(
        self,
        patterns: Sequence[str],
        macros: Mapping[str, str],
        words: Sequence[Iterable[str]] = (),
        gate: tuple[str, str] | None = None,
    ) -> None:
        """``gate``: at these characters the patterns are tried only where this simple pattern matches."""
        self._gated = frozenset(gate[0]) if gate else frozenset()
        self._gate = compiled(gate[1]) if gate else compiled("")
        self._lists = len(words)
        self._words: dict[str, list[tuple[int, str]]] = {}
        for index, group in enumerate(words):
            for word in sorted(group, key=len, reverse=True):
                self._words.setdefault(word[:2], []).append((index, word))
        self._sources = [expand(pattern, macros) for pattern in patterns]
        self._by_first: dict[str, list[int]] = {opening[0]: [] for opening in self._words}
        for index, source in enumerate(self._sources):
            for character in first_characters(source):
                self._by_first.setdefault(character, []).append(index)
        self._starts = compiled(f"[{re.escape(''.join(sorted(self._by_first)))}]")
        self._compiled: dict[tuple[int, ...], _Compiled] = {}
        self._at: dict[str, _Compiled] = {}

    def find(self, text: str, taken: bytearray) -> Iterator[Found]:
        """What is found outside what is ``taken`` (a mark for each code point), which it then marks as taken."""
        done = 0
        words, known, gated, gate = self._words, self._at, self._gated, self._gate.match
        for hit in self._starts.finditer(text):
            start = hit.start()
            if start < done or taken[start]:
                continue
            if text[start] in _FIGURES and start and text[start - 1] in _FIGURES:
                continue  # nothing begins inside a number, however long
            if text[start] in gated and not gate(text, start):
                continue
            match: regex.Match[str] | None = None
            which, end = -1, 0
            for index, word in words.get(text[start : start + 2], ()):
                if text.startswith(word, start) and not _cuts_numeral(text, start, start + len(word)):
                    which, end = index, start + len(word)
                    break
            else:
                patterns = known.get(text[start]) or self._compile(text[start])
                match = patterns.pattern.match(text, start) if patterns.indexes else None
                if match is None:
                    continue
                end = match.end()
            if end > start and is_free(taken, start, end):
                take(taken, start, end)
                done = end
                yield Found(which if match is None else self._which(patterns, match), start, end, match)

    def __getstate__(self) -> dict[str, Any]:
        """All patterns are compiled before they go to the cache."""
        for character in self._by_first:
            self._compile(character)
        return self.__dict__

    def _which(self, patterns: _Compiled, match: regex.Match[str]) -> int:
        """The pattern behind which the empty group has matched."""
        marks = match.group(*patterns.markers)
        return self._lists + patterns.indexes[marks.index("") if len(patterns.markers) > 1 else 0]

    def _compile(self, character: str) -> _Compiled:
        """The patterns that can begin with ``character`` as one; an empty group behind each tells which one matched."""
        indexes = tuple(self._by_first[character])
        if indexes not in self._compiled:
            pattern = compiled_regex("|".join(f"(?:{self._sources[i]})(?P<_{i}>)" for i in indexes))
            markers = tuple(pattern.groupindex[f"_{i}"] for i in indexes)
            self._compiled[indexes] = _Compiled(pattern, markers, indexes)
        self._at[character] = self._compiled[indexes]
        return self._at[character]


def _cuts_numeral(text: str, start: int, end: int) -> bool:
    """Whether a word is but a part of a numeral (一类 in 二十一类, 大一 in 最大一千万元), or stands behind digits."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (
        before in _DIGITS
        or (before in _NUMERALS and text[start] in _NUMERALS)
        or (after in _MULTIPLIERS and text[end - 1] in _NUMERALS)
        or (after in _AFTER_NUMERAL and text[end - 1] in _NUMERALS and len(text[start:end]) == _SHORT)
    )
