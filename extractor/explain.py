"""Explain: the way that each figure of a text took through the stages, and what was refused, by what.

The stages run one by one, as in ``pipeline.py``, and what stands between them is written down; the pipeline itself does
nothing for it. All offsets count code points of the original text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import regex

from .context.frames import Frames
from .engine import Spans
from .lists import items_of
from .model import (
    QUANTITY_KINDS,
    Amount,
    Compare,
    Cue,
    Document,
    Fact,
    Found,
    Indicator,
    Mention,
    Record,
    Region,
    Sentence,
    Time,
)
from .normalise import Normalised
from .pipeline import Pipeline, default_pipeline
from .validate import number, validate

_DIGITS = regex.compile(r"\d[\d.,]*")
_NUMERAL_WORD = regex.compile(r"[〇零一二三四五六七八九十百千万亿两]+")
_PARTS = ("indicator", "subject", "period")
_ALONE = "nothing beside it says what it measures"
_WHERE = {"byline": "in a byline", "table": "in a head of a table, or below one of what counts nothing"}


@dataclass(slots=True)
class Piece:
    """A word or mention: its ``kind``, dictionary ``tag``, what it ``says``, and the items of a list."""

    text: str
    start: int
    end: int
    kind: str
    tag: str
    says: str
    items: list[str]


@dataclass(slots=True)
class Match:
    """A fact rule that matched at a figure; ``lost_to`` is the rule that had taken the figure before."""

    rule: str
    priority: int
    measure: str | None
    text: str
    lost_to: str | None


@dataclass(slots=True)
class Origin:
    """Where a part of a record is from: the words, the record's ``origin``, and the scope whose frame holds it."""

    part: str
    text: str
    start: int | None
    end: int | None
    origin: str
    scope: str | None


@dataclass(slots=True)
class Holding:
    """What a scope holds where the figure stands (``None``: nothing)."""

    scope: str
    subject: str | None
    period: str | None
    status: str | None


@dataclass(slots=True)
class Figure:
    """A figure: the rules that matched, what each scope held there, and its record, or ``why`` it has none."""

    text: str
    start: int
    end: int
    kind: str
    says: str
    matches: list[Match]
    why: str | None = None
    record: dict[str, Any] | None = None
    origins: list[Origin] = field(default_factory=list)
    frames: list[Holding] = field(default_factory=list)


@dataclass(slots=True)
class PassedOver:
    """A numeral that is no figure, and ``why``."""

    text: str
    start: int
    end: int
    why: str


@dataclass(slots=True)
class Explained:
    """A sentence: as it stands and ``normalised``, its words, its mentions after lists are folded, and its figures."""

    text: str
    start: int
    end: int
    block: str
    normalised: str
    words: list[Piece]
    mentions: list[Piece]
    figures: list[Figure]
    passed_over: list[PassedOver]


def explain(
    text: str,
    *,
    date: date | None = None,
    subject: str | None = None,
    at: int | None = None,
    pipeline: Pipeline | None = None,
) -> list[Explained]:
    """How every figure of ``text`` came to its record, a sentence each; those without any numeral are left out.

    Args:
        text: Chinese text, as decoded.
        date: the document's date, as for ``extract``.
        subject: whose figures these are where the text does not tell.
        at: a code point of the text: only its sentence, and where it stands in a figure only that.
        pipeline: one with rules of one's own.
    """
    return _Explanation(pipeline or default_pipeline(), text, date, subject).sentences(at)


class _Explanation:
    """One run of the stages over one text."""

    def __init__(self, pipeline: Pipeline, text: str, date: date | None, subject: str | None) -> None:
        self._text, self._pipeline = text, pipeline
        self._normalised: Normalised
        self._document: Document
        self._normalised, self._document = pipeline.lay_out(text, date, subject)
        pipeline.mentions.find(self._document)
        self._facts = pipeline.facts.find(self._document)
        self._words = {
            sentence: pipeline.mentions.words(self._document, sentence) for sentence in self._document.sentences
        }
        self._matches = {
            sentence: list(pipeline.facts.matches(sentence.mentions or [])) for sentence in self._document.sentences
        }
        self._held: dict[Fact, list[Holding]] = {}
        self._scopes: dict[Fact, dict[str, str]] = {}
        complete = pipeline.context.complete(self._document, self._facts, self._watch)
        self._take_tables(complete)
        self._records: dict[Fact, Record] = dict(zip(complete, validate(text, self._normalised, complete), strict=True))

    def _take_tables(self, facts: list[Fact]) -> None:
        """The facts of each row of a table, also those that running text in its cells tells."""
        rows = [row for table in self._document.tables for row in table.rows if row.sentence is not None]
        of_cell = {cell.sentence: row.sentence for row in rows for cell in row.cells if cell.sentence is not None}
        for row in rows:
            if row.sentence is not None:
                self._words[row.sentence] = row.sentence.mentions or []
        for fact in facts:
            sentence = of_cell.get(fact.sentence, fact.sentence)
            if sentence is not None and sentence.block.table is not None:
                self._facts.setdefault(sentence, []).append(fact)

    def sentences(self, at: int | None) -> list[Explained]:
        found = []
        for sentence in self._document.sentences:
            start, end = self._normalised.span(sentence.start, sentence.end)
            if at is not None and not start <= at < end:
                continue
            explained = self._sentence(sentence, start, end)
            if at is not None:
                explained.figures = [f for f in explained.figures if f.start <= at < f.end] or explained.figures
            if at is not None or explained.figures or explained.passed_over:
                found.append(explained)
        return found

    def _sentence(self, sentence: Sentence, start: int, end: int) -> Explained:
        return Explained(
            self._text[start:end],
            start,
            end,
            sentence.block.kind,
            self._normalised.text[sentence.start : sentence.end],
            [self._piece(word) for word in self._words[sentence]],
            [self._piece(mention) for mention in sentence.mentions or ()],
            list(self._figures(sentence)),
            list(self._passed_over(sentence)),
        )

    def _piece(self, mention: Mention) -> Piece:
        start, end = self._normalised.span(mention.start, mention.end)
        items = [item.text for item in mention.parts]
        return Piece(self._text[start:end], start, end, mention.kind, mention.tag, says(mention), items)

    # ------------------------------------------------------------------------------------------------------- figures

    def _figures(self, sentence: Sentence) -> Iterator[Figure]:
        for index, mention in enumerate(sentence.mentions or ()):
            if mention.kind not in QUANTITY_KINDS:
                continue
            matches = list(self._of_figure(sentence, index))
            for item in items_of(mention):
                yield self._figure(sentence, item, matches)

    def _figure(self, sentence: Sentence, mention: Mention, matches: list[Match]) -> Figure:
        start, end = self._normalised.span(mention.start, mention.end)
        figure = Figure(self._text[start:end], start, end, mention.kind, says(mention), matches)
        fact = next((fact for fact in self._facts.get(sentence, ()) if fact.quantity is mention), None)
        record = self._records.get(fact) if fact else None
        if fact is None or record is None:
            figure.why = _refusal(fact, matches)
            return figure
        figure.record = record.model_dump()
        figure.origins = list(self._origins(fact, record))
        figure.frames = self._held[fact]
        return figure

    def _of_figure(self, sentence: Sentence, index: int) -> Iterator[Match]:
        """The rules that matched at a figure, the one that has it first."""
        winner: str | None = None
        for rule, spans in self._matches[sentence]:
            for made in rule.yields:
                if any(start == index for start, _ in spans[made.quantity]):
                    yield Match(rule.id, rule.priority, made.measure, self._matched(sentence, spans), winner)
                    winner = winner or rule.id

    def _matched(self, sentence: Sentence, spans: Spans) -> str:
        mentions = sentence.mentions or []
        first, last = spans["_match"][0]
        start, end = self._normalised.span(mentions[first].start, mentions[last - 1].end)
        return self._text[start:end]

    def _origins(self, fact: Fact, record: Record) -> Iterator[Origin]:
        for part in _PARTS:
            found: Found | None = getattr(fact, part)
            told = getattr(record, part)
            if found is None or told is None:
                continue
            origin = getattr(told, "origin", found.origin)
            yield Origin(part, told.text, told.start, told.end, origin, self._scopes[fact].get(part))
        words = self._status_words(fact)
        scope = self._scopes[fact].get("status")
        yield Origin("status", words, None, None, "clause" if words else "default", scope)

    def _status_words(self, fact: Fact) -> str:
        """The cue words of the status that stand in the sentence; a status may also come from grammar or a heading."""
        status_of = self._pipeline.context.status_of
        words = (mention.text for mention in fact.sentence.mentions or ())
        return "、".join(word for word in words if status_of(word) == fact.status)

    def _watch(self, fact: Fact, frames: Frames) -> None:
        """Write down what holds where a fact is complete, and which scope holds what the fact took."""
        self._held[fact] = [
            Holding(
                frame.level,
                frame.subject.text if frame.subject else None,
                (says_time(frame.period) or frame.period.text) if frame.period else None,
                frame.status,
            )
            for frame in frames.stack
            if frame.subject or frame.period or frame.status
        ]
        scopes: dict[str, str] = {}
        for frame in frames.stack:
            if frame.subject and fact.subject and frame.subject.start == fact.subject.start:
                scopes["subject"] = frame.level
            if frame.period and fact.period and frame.period.start == fact.period.start:
                scopes["period"] = frame.level
            if frame.status == fact.status:
                scopes["status"] = frame.level
        self._scopes[fact] = scopes

    # --------------------------------------------------------------------------------------------------- no figures

    def _passed_over(self, sentence: Sentence) -> Iterator[PassedOver]:
        """The numerals of a sentence in no figure: digits anywhere, Chinese ones where they are a word or a mention."""
        text = self._normalised.text
        whole = [mention for mention in sentence.scanned if mention.kind not in QUANTITY_KINDS]
        figures = [mention for mention in sentence.scanned if mention.kind in QUANTITY_KINDS]
        figures += [mention for mention in sentence.mentions or () if mention.kind in QUANTITY_KINDS]
        for mention in whole:
            if _DIGITS.search(mention.text) or _NUMERAL_WORD.search(mention.text):
                yield self._passed(mention.start, mention.end, f"{mention.kind}: {says(mention) or 'a name'}")
        covered = [*whole, *figures, *(also for figure in figures for also in _also(figure))]
        for hit in _DIGITS.finditer(text, sentence.start, sentence.end):
            if not any(mention.start <= hit.start() < mention.end for mention in covered):
                yield self._passed(*hit.span(), f"no figure: {_WHERE.get(sentence.block.kind, _ALONE)}")
        for word in self._words[sentence]:
            if _NUMERAL_WORD.fullmatch(word.text) and not any(m.start <= word.start < m.end for m in covered):
                yield self._passed(word.start, word.end, "no figure: a word")

    def _passed(self, start: int, end: int, why: str) -> PassedOver:
        first, last = self._normalised.span(start, end)
        return PassedOver(self._text[first:last], first, last, why)


def _also(figure: Mention) -> list[Mention]:
    return figure.value.also if isinstance(figure.value, Amount) else []


def _refusal(fact: Fact | None, matches: list[Match]) -> str:
    """Why a figure has no record."""
    if not matches:
        return "no fact rule matches here"
    if matches[0].measure is None:
        return f"refused by the rule {matches[0].rule}"
    if fact is None:
        return "a part of another figure"
    if fact.quantity.amount.dimension == "duration":
        return "refused by the context: a duration that dates or qualifies, and is not what is measured"
    return "refused by the context: a bare number, and no indicator names it"


def says(mention: Mention) -> str:
    """What a mention means, in a few words."""
    value = mention.value
    if isinstance(value, Amount):
        upper = f"–{number(value.base_upper)}" if value.base_upper is not None else ""
        return f"{value.relation} {number(value.base_value)}{upper} {value.base_unit}"
    if isinstance(value, Indicator):
        return f"{value.id} {value.name}" if value.id else "open"
    if isinstance(value, Region):
        return " ".join(part for part in (value.type, value.name, value.code) if part)
    if isinstance(value, Time):
        return value.label or f"{value.kind} {value.template or ''}".strip()
    if isinstance(value, Compare):
        return value.kind
    if isinstance(value, Cue):
        return ", ".join(sorted(value.kinds))
    return ""


def says_time(found: Found) -> str | None:
    """The label of a period."""
    return found.value.label if isinstance(found.value, Time) else None
