"""Structure: what in a text is title, heading, byline or running text, and where its sentences are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from .mentions.scanning import alternation
from .model import Block, Document, Heading, Sentence, Table
from .normalise import lines
from .norms import NormFinder
from .patterns import compiled

if TYPE_CHECKING:
    from .rulebook import Rulebook

_CLOSERS = "”’)]》"
_LEVELS_BELOW_TITLE = 1
_PLACE = -1  # a heading that is a place's name opens a part of the document, above any title
_LONGEST_PLACE = 5
_FEWEST_ITEMS = 3  # of a list within a line
_UNNUMBERED = 20  # an unnumbered heading stands below every numbered one


class Structurer:
    """Compiled layout rules; :meth:`structure` is the stage's entry."""

    def __init__(self, rules: Rulebook) -> None:
        layout = rules.structure
        self._terminals = tuple(layout.terminals)
        self._most = layout.heading_most
        self._suffixes = compiled(alternation((*rules.regions.suffixes, "区")))
        self._bylines = compiled("|".join(layout.bylines))
        self._datelines = [compiled(pattern) for pattern in layout.datelines]
        self._assemblies = compiled("|".join(layout.assemblies))
        self._norms = NormFinder(rules.reading)
        self._any_ordinal = compiled("|".join(layout.ordinals))
        self._ordinals = [compiled(pattern) for pattern in layout.ordinals]
        self._item = compiled(layout.item)
        self._sentence = compiled(rf"[^{layout.sentence_end}]*(?:[{layout.sentence_end}]+[{re.escape(_CLOSERS)}]*|$)")

    def structure(
        self, text: str, day: date | None = None, subject: str | None = None, tables: Sequence[Table] = ()
    ) -> Document:
        """Lay out normalised ``text`` with its ``tables``.

        ``day`` and ``subject`` are the caller's; a dateline gives the day otherwise.
        """
        blocks: list[Block] = []
        path: list[Heading] = []
        title: Heading | None = None
        told = False
        cores: frozenset[str] | None = None
        seat: tuple[int, int] | None = None
        for start, end, table in _parts(text, tables):
            if table is not None:
                blocks.append(Block(start, end, "table", tuple(path), table))
                told = True
                continue
            line = text[start:end]
            day = day or self._dateline(line)
            if seat is None and not told and (assembly := self._assemblies.search(line)):
                named = title is not None and assembly[1] in title.text
                seat = None if named else (start + assembly.start(1), start + assembly.end(1))
            if self._bylines.search(line):
                blocks.append(Block(start, end, "byline", tuple(path)))
                continue
            ordinal, level = self._ordinal(line)
            if not self._is_heading(line, bool(ordinal)):
                blocks.append(Block(start + ordinal, end, "body", tuple(path)))
                told = True
                continue
            if cores is None and not ordinal and 2 <= len(line) <= _LONGEST_PLACE:
                cores = self._cores(text)
            names_place = not ordinal and cores is not None and line in cores
            is_title = title is None and not (ordinal or names_place or told)
            heading = Heading(start + ordinal, end, 0 if is_title else _PLACE if names_place else level, line[ordinal:])
            if is_title:
                title = heading
            path = [above for above in path if above.level < heading.level] if names_place or not is_title else path
            blocks.append(Block(start + ordinal, end, "title" if is_title else "heading", tuple(path)))
            path = [*path, heading]
        sentences = [s for block in blocks if block.kind != "byline" for s in self._sentences_of(text, block)]
        return Document(text, title, blocks, sentences, day, subject, seat, self._norms.is_norm(text, title))

    def _is_heading(self, line: str, numbered: bool) -> bool:
        body = line.rstrip(_CLOSERS)
        if body.endswith((*self._terminals, ";", ":", ",")):
            return False
        most = self._most
        if len(line) > most:
            return False
        return line.count(",") <= (1 if numbered or len(line) < 30 else 0) and "。" not in line

    def _cores(self, text: str) -> frozenset[str]:
        """What stands before the suffix of a place anywhere in the text: a line that is one is a place's bare name."""
        ends = [match.start() for match in self._suffixes.finditer(text)]
        return frozenset(
            text[end - length : end] for end in ends for length in range(2, _LONGEST_PLACE + 1) if end >= length
        )

    def _ordinal(self, line: str) -> tuple[int, int]:
        """Length of the ordinal before a heading or list item, and its level."""
        if not self._any_ordinal.match(line):
            return 0, _UNNUMBERED
        for depth, pattern in enumerate(self._ordinals):
            if match := pattern.match(line):
                return match.end(), _LEVELS_BELOW_TITLE + depth
        return 0, _UNNUMBERED

    def _dateline(self, line: str) -> date | None:
        if "20" not in line:
            return None
        for pattern in self._datelines:
            if match := pattern.search(line):
                try:
                    return date(int(match["year"]), int(match["month"]), int(match["day"]))
                except ValueError:
                    return None
        return None

    def _sentences_of(self, text: str, block: Block) -> Iterator[Sentence]:
        """The sentences of a block; the rows of a table."""
        if block.table is None:
            yield from self._sentences(text, block)
            return
        for row in block.table.rows:
            row.sentence = Sentence(row.start, row.end, block)
            yield row.sentence

    def _sentences(self, text: str, block: Block) -> Iterator[Sentence]:
        """From one full stop to the next; the items of a list that runs on in a line are sentences too."""
        borders = [block.start, *self._items_of(text, block), block.end]
        for start, end in pairwise(borders):
            for match in self._sentence.finditer(text, start, end):
                ordinal = self._any_ordinal.match(text, match.start(), match.end())
                begins = ordinal.end() if ordinal else match.start()
                if text[begins : match.end()].strip():
                    yield Sentence(begins, match.end(), block, is_item=bool(ordinal))

    def _items_of(self, text: str, block: Block) -> list[int]:
        """Where the items of a list begin that no line breaks part (1、…增长3%2、…), counted from one without a gap."""
        starts: list[int] = []
        for match in self._item.finditer(text, block.start, block.end):
            if int(match.group()) == len(starts) + 1:
                starts.append(match.start())
        return starts if len(starts) >= _FEWEST_ITEMS else []


def _parts(text: str, tables: Sequence[Table]) -> Iterator[tuple[int, int, Table | None]]:
    """The lines of the text and, each whole, its tables."""
    waiting = iter(tables)
    table = next(waiting, None)
    done = 0
    for start, end in lines(text):
        while table is not None and table.start <= start:
            yield table.start, table.end, table
            done = table.end
            table = next(waiting, None)
        if start >= done:
            yield start, end, None
