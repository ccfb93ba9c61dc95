"""Units: what stands behind a number, by the longest word, and what is below a stroke (元/平方米, 公斤每亩)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ..model import Exact, Unit

if TYPE_CHECKING:
    from ..rulebook import Rulebook

_COUNT, _CURRENCY = "count", "currency"
_MOST_BELOW = 2  # 元/人/年


class Words:
    """A set of words, to be read from a place in a text: the longest that stands there."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def at(self, text: str, start: int) -> str:
        """The longest word at ``start``; empty where none is. A Latin one does not end in the middle of a word."""
        for length in self._lengths.get(text[start : start + 1], ()):
            end = start + length
            word = text[start:end]
            if word in self._words and not (_is_latin(word[-1]) and _is_latin(text[end : end + 1])):
                return word
        return ""


class UnitTable:
    """The units of measure and classifiers of the rules; :meth:`at` reads one."""

    def __init__(self, rules: Rulebook) -> None:
        self._units = dict(_units(rules))
        self._words = Words(self._units)
        denominators = {entry for entries in rules.units.dimensions.values() for e in entries for entry in e.written}
        self._below = {
            "/": Words({*denominators, *rules.units.denominators, *rules.classifiers.classifiers}),
            "每": Words(rules.units.measures),
        }
        self.per = Words({*rules.units.measures, *rules.units.denominators})
        self._measures = frozenset(rules.units.measures)
        self._symbols = rules.units.symbols
        self._only_before = rules.units.only_before

    def get(self, written: str) -> Unit | None:
        """The unit that is written so."""
        return self._units.get(written)

    def at(self, text: str, start: int) -> Unit | None:
        """The unit at ``start`` with the one below it, if there is one."""
        written = self._words.at(text, start)
        if not written:
            return None
        end = start + len(written)
        if written in self._only_before and not text.startswith(self._only_before[written], end):
            return None
        unit = self._units[written]
        for _ in range(_MOST_BELOW):
            mark = text[end : end + 1]
            below = self._below[mark].at(text, end + 1) if mark in self._below else ""
            if not below:
                break
            unit = self._compound(unit, mark, below)
            end += 1 + len(below)
        return unit

    def _compound(self, above: Unit, mark: str, below: str) -> Unit:
        written = above.written + mark + below
        if written not in self._units:
            base = f"{above.base}/{self.symbol(below)}"
            self._units[written] = Unit(written, base, above.factor, above.dimension)
        return self._units[written]

    def symbol(self, below: str) -> str:
        """How a denominator is named in a base unit."""
        return self._symbols.get(below, below)

    def is_measure(self, word: str) -> bool:
        """Whether an amount for each ``word`` is one in another unit (每吨, 每桶; 每股 and 每人 are not)."""
        return word in self._measures


def _units(rules: Rulebook) -> Iterator[tuple[str, Unit]]:
    classifiers = rules.classifiers
    for written in (*classifiers.classifiers, *classifiers.counted_directly, *rules.units.compound):
        yield written, Unit(written, classifiers.same_as.get(written, written), 1, _COUNT)
    for dimension, entries in rules.units.dimensions.items():
        for entry in entries:
            for written in entry.written:
                yield written, Unit(written, entry.base, plain(entry.factor), dimension)
    for word, code in rules.units.signs.items():
        if len(word) > 1 and not word.isascii():
            yield f"元{word}", Unit(f"元{word}", code, 1, _CURRENCY)


def plain(value: Exact) -> Exact:
    """``value`` as an integer where it is one."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def size(value: Exact) -> Exact:
    """``value`` without its sign."""
    return -value if value < 0 else value


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
