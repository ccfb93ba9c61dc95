"""Mentions: quantities, known indicators, places and organisations, times, cue words and noun phrases of a document.

Numbers, times and names are scanned in the whole text at once; only sentences with a quantity are then segmented.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from ..alphabet import Alphabet
from ..lists import ListFolder
from ..model import QUANTITY_KINDS, Block, Cell, Document, Indicator, Mention, Region, Row, Sentence
from ..patterns import compiled
from ..segment import Segmenter
from .entities import EntityFinder
from .phrases import PhraseBuilder, known_indicators
from .places import Gazetteer, LocalPlaces
from .quantities import QuantityFinder
from .scanning import BEFORE_SIGN, Found, Scanner, is_free, take
from .times import Calendar, TimeFinder, period_bounds

if TYPE_CHECKING:
    from ..rulebook import Rulebook

__all__ = ["MentionFinder", "period_bounds"]

_LONGEST_DIVISION = 11  # characters of the name of a division
_LISTS_OF_NAMES = 3  # indicators with numerals, industries, fixed words: they come before the patterns
_NAMING = frozenset({"time", "place", "organisation"})
_HAS_NUMERAL = regex.compile(r"[\d一二三四五六七八九十百千万亿]")


class MentionFinder:
    """Compiled lexicons and scanners; :meth:`find` is the stage's entry, :meth:`segment` completes a sentence later."""

    def __init__(self, rules: Rulebook, alphabet: Alphabet, words: dict[str, str] | None = None) -> None:
        self._alphabet = alphabet
        self.gazetteer = Gazetteer(rules)
        self.known = known_indicators(rules)
        self._segmenter = Segmenter(_vocabulary(rules, self.gazetteer, alphabet) | (words or {}))
        self._phrases = PhraseBuilder(rules, alphabet, self._segmenter, self.gazetteer, self.known)
        self._local = LocalPlaces(rules, self.gazetteer, self._segmenter)
        self._entities = EntityFinder(rules, self._segmenter, self.gazetteer)
        self._lists = ListFolder(rules, self.known)
        self._numbered = [name for name in self.gazetteer.regions if _HAS_NUMERAL.search(name)]
        openings = (
            *rules.organisations.strong,
            *self.gazetteer.regions,
            *self.gazetteer.companies,
            *self.gazetteer.anaphors,
            *rules.reading.breakdowns,
        )
        self._openings = frozenset(name[:2] for name in openings)
        self._times = TimeFinder(rules)
        self._home_word, self._home_currency = rules.reading.home
        self._ages = frozenset(rules.reading.ages)
        self._titles = compiled(r"《[^》\n]{1,80}》")
        self.calendar = Calendar(rules)
        self._quantities = QuantityFinder(rules, self._segmenter.is_word, self._segmenter.tag)
        self._breaks = compiled(f"[{re.escape(rules.structure.breaks)}]")
        numbered = [alias for alias in self.known if _HAS_NUMERAL.search(alias) or "(" in alias or "、" in alias]
        names, indices = rules.names, rules.indices
        self._series = [entry.items for entry in rules.indicators.series]
        patterns = [entry.pattern for entry in rules.indicators.series]
        patterns += [entry.pattern for entry in indices.numbered_patterns]
        patterns += [entry.pattern for entry in names.names]
        self._names = Scanner(
            patterns, names.macros, (numbered, names.industries, (*names.words, *indices.numbered_names))
        )
        self._by_id = {indicator.id: indicator for indicator in self.known.values()}
        self._name_is_part = [
            True,
            True,
            *(True for _ in (*self._series, *indices.numbered_patterns)),
            *(entry.part for entry in rules.names.names),
        ]

    def find(self, document: Document) -> None:
        """Fill the sentences of ``document`` with what can be scanned, and segment those that hold a quantity."""
        text = document.text
        taken = bytearray(len(text))
        for block in document.blocks:
            if block.kind == "byline":
                take(taken, block.start, block.end)
        for cell in (cell for table in document.tables for row in table.rows for cell in row.cells):
            if cell.kind == "figure":
                take(taken, cell.start, cell.end)
        places = self._local.find(document) | self._entities.countries(text)
        places |= {name: self.gazetteer.regions[name] for name in self._numbered if name in text}
        document.names = places | self._entities.find(document, places)
        scanned = list(self._own_names(document, taken))
        scanned += self._times_outside_titles(text, taken)
        scanned += [self._name(found, text) for found in self._names.find(text, taken)]
        for quantity in self._quantities.find(text, taken):
            take(taken, quantity.start, quantity.end)
            scanned.append(self._at_home(quantity, document.currency) if document.currency else quantity)
        starts = [sentence.start for sentence in document.sentences]
        for mention in sorted(scanned, key=lambda mention: mention.start):
            sentence = document.sentences[bisect_right(starts, mention.start) - 1] if starts else None
            if sentence and sentence.start <= mention.start and mention.end <= sentence.end:
                sentence.scanned.append(mention)
        for table in document.tables:
            for number, row in enumerate(table.rows):
                self._find_in_heads(row, document.text)
                if number >= table.heads:
                    self._find_running(row, document.text)
        for sentence in document.sentences:
            if sentence.block.table is None and (end := self._end_of_interest(document, sentence)):
                fixed = [mention for mention in sentence.scanned if mention.start < end]
                mentions = self._phrases.build(document.text, sentence.start, end, fixed, _is_headline(sentence))
                sentence.mentions = self._lists.fold(mentions, document.text)

    def _at_home(self, quantity: Mention, currency: str) -> Mention:
        """3535亿元 in a text that counts in another currency than the rules' own; 人民币 says its own."""
        if quantity.kind in QUANTITY_KINDS and self._home_word not in quantity.text:
            for amount in [quantity.amount, *(part.amount for part in quantity.parts)]:
                amount.base_unit = amount.base_unit.replace(self._home_currency, currency, 1)
        return quantity

    def _find_in_heads(self, row: Row, text: str) -> None:
        """The mentions in each text of a row of a table."""
        scanned = row.sentence.scanned if row.sentence else []
        at = 0
        for cell in row.cells:
            while at < len(scanned) and scanned[at].start < cell.start:
                at += 1
            fixed = []
            while at < len(scanned) and scanned[at].end <= cell.end:
                fixed.append(scanned[at])
                at += 1
            if cell.kind == "text":
                cell.mentions = self._phrases.build(text, cell.start, cell.end, fixed)

    def _find_running(self, row: Row, text: str) -> None:
        """The cells of a row, but for the first, that tell figures in running text: they are sentences."""
        for cell in row.cells[1:]:
            if row.sentence and any(self._is_told(mention, cell) for mention in cell.mentions):
                block = Block(cell.start, cell.end, "body", row.sentence.block.headings)
                folded = self._lists.fold(cell.mentions, text)
                cell.sentence = Sentence(cell.start, cell.end, block, mentions=folded)

    def _is_told(self, mention: Mention, cell: Cell) -> bool:
        """A figure in a unit, with words about it; 60岁以上 and 三年期 name what other cells tell."""
        if mention.kind not in QUANTITY_KINDS or mention.kind == "number":
            return False
        amount = mention.amount
        naming = amount.dimension == "duration" or amount.base_unit in self._ages
        return not naming and cell.end - cell.start > mention.end - mention.start + 1

    def figures(self, text: str) -> list[Mention]:
        """The figures of a text by itself, such as a cell."""
        return list(self._quantities.find(text, bytearray(len(text))))

    def words(self, document: Document, sentence: Sentence) -> list[Mention]:
        """The words of a sentence and what was scanned in it, before phrases are built of them; for explanations."""
        end = self._end_of_interest(document, sentence)
        if not end:
            return []
        fixed = [replace(mention) for mention in sentence.scanned if mention.start < end]
        return self._phrases.words(document.text, sentence.start, end, fixed, _is_headline(sentence))

    def _end_of_interest(self, document: Document, sentence: Sentence) -> int | None:
        """Where the clause of the last quantity ends; in a sentence without one, that of the first name or time.

        What stands further back seldom matters to the figures. Headings and titles are read whole.
        """
        if _is_headline(sentence):
            return sentence.end
        quantities = [mention.end for mention in sentence.scanned if mention.kind in QUANTITY_KINDS]
        if quantities:
            return self._clause_end(document, sentence, max(quantities[-1], self._named_behind(sentence, quantities)))
        names = [mention.end for mention in sentence.scanned if mention.kind in _NAMING]
        if names:
            return self._clause_end(document, sentence, names[min(1, len(names) - 1)])
        opening = document.text[sentence.start : sentence.start + 2]
        return self._clause_end(document, sentence, sentence.start) if opening in self._openings else None

    def _named_behind(self, sentence: Sentence, quantities: list[int]) -> int:
        """The end of the first time or name behind the figures, where none stands before them; else 0."""
        if any(mention.kind in _NAMING and mention.end < quantities[0] for mention in sentence.scanned):
            return 0
        behind = [m.end for m in sentence.scanned if m.kind in _NAMING and m.start >= quantities[-1]]
        return behind[min(1, len(behind) - 1)] if behind else 0

    def _clause_end(self, document: Document, sentence: Sentence, start: int) -> int:
        """Where the clause at ``start`` ends: behind a mark that is no part of a scanned mention (1,234)."""
        for stop in self._breaks.finditer(document.text, start, sentence.end):
            if not any(mention.start <= stop.start() < mention.end for mention in sentence.scanned):
                return stop.end()
        return sentence.end

    def _own_names(self, document: Document, taken: bytearray) -> Iterator[Mention]:
        """Where the names stand that the document itself gives, lists of places before single ones."""
        text = document.text
        for start, end in self._local.lists(text):
            start += self._verb_before(text[start:end])
            if is_free(taken, start, end):
                take(taken, start, end)
                yield Mention("place", start, end, text[start:end], value=Region(text[start:end], None, "region", "村"))
        by_opening: dict[str, list[str]] = {}
        for name in sorted(document.names, key=len, reverse=True):
            by_opening.setdefault(name[:2], []).append(name)
        if not by_opening:
            return
        firsts = re.compile(f"[{re.escape(''.join({opening[0] for opening in by_opening}))}]")
        for hit in firsts.finditer(text):
            start = hit.start()
            for name in by_opening.get(text[start : start + 2], ()):
                end = start + len(name)
                if not text.startswith(name, start) or not is_free(taken, start, end):
                    continue
                if not self._begins_longer(text, start, end):
                    take(taken, start, end)
                    region = document.names[name]
                    kind = "place" if region.type == "region" else "organisation"
                    yield Mention(kind, start, end, name, value=region)
                    break

    def _begins_longer(self, text: str, start: int, end: int) -> bool:
        """楚雄|彝族自治州: the name of a division goes on."""
        longer = range(end + 1, min(len(text), start + _LONGEST_DIVISION) + 1)
        return any(text[start:stop] in self.gazetteer.regions for stop in longer)

    def _verb_before(self, text: str) -> int:
        """Length of the words before the first name of a list that are no part of it (推动|初坑、井美…)."""
        first = next(iter(self._segmenter.tokens(text.split("、")[0])))
        return len(first.word) if len(first.word) > 1 and first.tag[:1] in ("v", "p", "d", "c") else 0

    def _times_outside_titles(self, text: str, taken: bytearray) -> list[Mention]:
        """The times of the text, but for those in the titles of documents (《2021年…报告》)."""
        blocked = bytearray(taken)
        for title in self._titles.finditer(text):
            take(blocked, *title.span())
        times = list(self._times.find(text, blocked))
        for time in times:
            take(taken, time.start, time.end)
            if time.kind == "compare":
                taken[time.end - 1] = BEFORE_SIGN
        return times

    def _name(self, found: Found, text: str) -> Mention:
        index, start, end, _ = found
        name = text[start:end]
        if index == 0:
            return Mention("indicator", start, end, name, value=self.known[name])
        series = index - _LISTS_OF_NAMES
        if 0 <= series < len(self._series):
            parts = tuple(self._by_id[self._series[series][c]] for c in name if c in self._series[series])
            return Mention("indicator", start, end, name, value=Indicator(None, name, "currency", parts))
        return Mention("name" if self._name_is_part[index - 1] else "word", start, end, name)


def _is_headline(sentence: Sentence) -> bool:
    return sentence.block.kind in ("title", "heading")


def _vocabulary(rules: Rulebook, gazetteer: Gazetteer, alphabet: Alphabet) -> dict[str, str]:
    """Every word that the rules name, with its tag (empty: the dictionary's own)."""
    words: dict[str, str] = {}
    words |= dict.fromkeys(gazetteer.regions, "ns") | dict.fromkeys(gazetteer.companies, "nt")
    for entry in rules.indicators.indicators:
        words |= dict.fromkeys((name for name in (entry.name, *entry.aliases) if not name.startswith("全国")), "n")
    for pair in rules.indicators.pairs:
        words |= dict.fromkeys(pair.words, "n")
    for index in rules.indices.indices:
        words |= dict.fromkeys((index.name, *index.aliases), "n")
    words |= dict.fromkeys(rules.indicators.heads, "n")
    words |= dict.fromkeys(rules.organisations.strong, "n")
    words |= dict.fromkeys(rules.organisations.anaphors, "n")
    for word in (*alphabet.cues, *alphabet.literals):
        words.setdefault(word, "")
    for status_words in rules.status.cues.values():
        words |= {word: "" for word in status_words if word not in words}
    for anaphors in rules.regions.anaphors.values():
        words |= dict.fromkeys(anaphors, "r")
    for tag, group in rules.words.words.items():
        words |= dict.fromkeys(group, tag)
    return words
