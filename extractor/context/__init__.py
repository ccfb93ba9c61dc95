"""Context: one forward pass over the nested scopes gives every fact its indicator, subject, period and status.

Each scope (document, section, paragraph, sentence, 其中-part, clause, bracket) has a frame; what sets it and how far it
holds is told in the readers. Nothing is guessed: what no frame tells stays ``None``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..mentions import MentionFinder
from ..model import Block, Document, Fact, Found, Heading, Mention, Sentence, Table, Time
from ..tables.cells import CellReader
from .frames import Frame, Frames
from .indicators import IndicatorReader
from .periods import PeriodReader
from .sentences import ITEMS, NOT_YET, REGIONS, carried, has_cue
from .statuses import StatusReader
from .subjects import SubjectReader
from .tables import TableReader

if TYPE_CHECKING:
    from ..rulebook import Rulebook

__all__ = ["Context"]

Watch = Callable[[Fact, Frames], None]
"""Is told of every fact that is complete, and what holds where it stands."""

_TOPIC, _AMONG = 3, "中"  # mentions of a topic that what follows is part of (总人口|中|,)
_TOLD = 8  # levels of a paragraph that are kept
_BEFORE_TOPIC = frozenset({"time", "compare", "adverb", "particle", "place", "organisation", "open", "close", "comma"})


class Context:
    """Compiled context rules; :meth:`complete` is the stage's entry."""

    def __init__(self, rules: Rulebook, finder: MentionFinder, cells: CellReader) -> None:
        self._indicators = IndicatorReader(rules, finder.known)
        self._subjects = SubjectReader(rules, finder.gazetteer)
        self._periods = PeriodReader(rules, finder.calendar)
        self._statuses = StatusReader(rules)
        self._tables = TableReader(rules, finder, cells, self._subjects, self._periods)
        self._tells = frozenset(rules.reading.tells)
        self._leads = (*rules.entities.before_names, *rules.entities.leading)
        self._continues = tuple(rules.status.continues)
        self._among = tuple(word for entry in rules.cues.cues["among"] for word in entry.words)

    def status_of(self, word: str) -> str | None:
        """The status that a cue word speaks of."""
        return self._statuses.of_word(word)

    def complete(self, document: Document, facts: dict[Sentence, list[Fact]], watch: Watch | None = None) -> list[Fact]:
        """Fill indicator, subject, period, comparison and status of ``facts``; returns them in text order."""
        return list(
            _Reading(
                self._indicators,
                self._subjects,
                self._periods,
                self._statuses,
                self._tables,
                self._among,
                self._continues,
                self._leads,
                self._tells,
                document,
                facts,
                watch,
            ).run()
        )


class _Reading:
    """The pass over one document."""

    def __init__(
        self,
        indicators: IndicatorReader,
        subjects: SubjectReader,
        periods: PeriodReader,
        statuses: StatusReader,
        tables: TableReader,
        among: tuple[str, ...],
        continues: tuple[str, ...],
        leads: tuple[str, ...],
        tells: frozenset[str],
        document: Document,
        facts: dict[Sentence, list[Fact]],
        watch: Watch | None,
    ) -> None:
        self._watch = watch
        self._indicators, self._subjects, self._periods, self._statuses = indicators, subjects, periods, statuses
        self._among, self._continues = among, continues
        self._document, self._facts = document, facts
        self._tells = tells
        self._leads, self._tables = leads, tables
        self._frames = Frames()
        self._open: list[Heading] = []
        self._headings: dict[int, Sentence] = {}

    def run(self) -> list[Fact]:
        """All facts of the document, complete."""
        document, frames = self._document, self._frames
        self._indicators.begin(document)
        self._subjects.begin(document)
        self._periods.begin(document, frames)
        self._statuses.begin(document)
        frames.stack[0].subject = self._subjects.given()
        done: list[Fact] = []
        block: Block | None = None
        for sentence in document.sentences:
            if sentence.block is not block:
                self._enter(sentence.block, block)
                block = sentence.block
                if block.table is not None:
                    done += self._table(block.table, block)
            if block.table is not None:
                continue
            if block.kind in ("title", "heading"):
                self._headings[block.start] = sentence
            done += self._read(sentence)
        return done

    def _enter(self, block: Block, last: Block | None) -> None:
        """Leave the paragraph before, enter the sections above ``block`` and the block itself."""
        frames = self._frames
        if last is not None:
            if last.kind == "body":
                self._periods.end_paragraph(frames)
            frames.leave("paragraph")
        wanted = [heading for heading in block.headings if heading is not self._document.title]
        common = 0
        while common < min(len(self._open), len(wanted)) and self._open[common] is wanted[common]:
            common += 1
        for _ in self._open[common:]:
            frames.leave("section")
        if wanted[common:] or self._open[common:]:
            self._periods.enter_section()
        for heading in wanted[common:]:
            self._head(frames.push("section"), heading)
        self._open = wanted
        frames.push("paragraph")

    def _table(self, table: Table, block: Block) -> list[Fact]:
        """The facts of a table in text order; what it tells holds for it alone."""
        caption = self._headings.get(block.headings[-1].start) if block.headings else None
        facts = self._tables.read(table, self._document, self._frames, (caption and caption.mentions) or [])
        for fact in facts if self._watch else ():
            self._watch(fact, self._frames)  # type: ignore[misc]
        told = list(self._running_cells(table, facts))
        return sorted((*facts, *told), key=lambda fact: fact.quantity.start) if told else facts

    def _running_cells(self, table: Table, facts: list[Fact]) -> Iterator[Fact]:
        """The facts of running text in cells: they are of whom their row is, and of when."""
        first = {fact.sentence: fact for fact in reversed(facts)}
        for row in table.rows:
            for cell in row.cells:
                if cell.sentence is None:
                    continue
                frame = self._frames.push("paragraph")
                if row.sentence in first:
                    frame.subject, frame.period = first[row.sentence].subject, first[row.sentence].period
                yield from self._read(cell.sentence)
                self._frames.leave("paragraph")

    def _head(self, frame: Frame, heading: Heading) -> None:
        frame.status = self._statuses.of_heading(heading.text)
        sentence = self._headings.get(heading.start)
        if sentence and sentence.mentions:
            self._subjects.heading(sentence.mentions, frame, "heading")
            for mention in sentence.mentions:
                if mention.kind == "time":
                    self._periods.heading(mention, frame, self._frames, "heading")

    def _read(self, sentence: Sentence) -> list[Fact]:
        """One sentence, mention by mention."""
        mentions = sentence.mentions
        if not mentions:
            return []
        frames = self._frames
        continues = self._document.text.startswith(self._continues, sentence.start)
        last = self._last_sentence() if continues or self._is_among(sentence) else None
        introduced = self._introduced(sentence)
        frames.pop_to("paragraph")
        frames.innermost("paragraph").sentences += 1
        frame = frames.push("sentence")
        if last:
            frame.subject, frame.period, frame.status = last.subject, last.period, last.status
        frame.status = frame.status or introduced
        frames.push("clause")
        self._subjects.begin_sentence()
        self._periods.begin_sentence(sentence, frames, continues)
        facts = self._facts.get(sentence, [])
        at_facts: dict[int, list[Fact]] = {}
        for fact in facts:
            at_facts.setdefault(fact.index, []).append(fact)
        in_scope = {
            at
            for fact in facts
            if fact.scope_at is not None
            for at in range(fact.scope_at, fact.index)
            if all(other.rule != fact.rule for other in at_facts.get(at, []))  # a sum of which a share is done
        }
        self._look_ahead(mentions, at_facts)
        done: list[Fact] = []
        limit = 0
        outer: list[int] = []
        opens, nominal, told = True, True, False
        for at, mention in enumerate(mentions):
            kind = mention.kind
            if kind in ("comma", "break"):
                self._clause_ends(mention)
                opens = nominal = True
                continue
            if kind == "open":
                frames.push("bracket")
                frames.push("clause")
                outer.append(limit)
                opens = nominal = True
                continue
            if kind == "close":
                if frames.inside("bracket"):
                    frames.leave("bracket")
                    limit = outer.pop() if outer else limit  # 失业人数(失业超过27周)|为270万人
                continue
            if has_cue(mention, "among"):
                self._part_begins()
                opens = nominal = True
                continue
            if at in in_scope or _is_code(mention):
                continue
            if kind == "organisation" and at and mentions[at - 1].text.endswith(self._leads) and not told:
                opens = nominal = True  # 存储|厂商|某某
            if kind in REGIONS:
                self._subjects.meet(mentions, at, frames, opens, told, nominal)
            elif kind == "time":
                self._periods.meet(mentions, at, frames, opens, told, nominal)
            self._statuses.meet(mentions, at, frames)
            if at in at_facts:
                kept = self._complete(at_facts[at], mentions, limit)
                done += kept
                limit, told = at + 1, True
                if kept and (behind := kept[-1].after) and behind.start > mention.start:
                    named = kept[-1].indicator is not None and kept[-1].indicator.start == behind.start
                    limit = mentions.index(behind, at) + 1 if named else limit
            if kind not in _BEFORE_TOPIC and kind not in ITEMS:
                nominal = mention.text in self._tells  # 该机构|表示|2023年某国…
            if kind not in _BEFORE_TOPIC and not mention.text.endswith(self._leads):
                opens = False
        if sentence.block is not None and sentence.block.kind == "title" and self._document.title is not None:
            self._title(mentions, bool(done))
        return done

    def _look_ahead(self, mentions: list[Mention], at_facts: dict[int, list[Fact]]) -> None:
        """Whom and when a sentence names only behind its figures (GDP达88亿元……2020年,石桥镇…)."""
        whom, when = self._frames.subject() is None, self._periods.in_force(self._frames) is None
        if not at_facts or not (whom or when):
            return
        first, last = min(at_facts), max(at_facts)
        if any(mention.kind in REGIONS or mention.kind == "time" for mention in mentions[:first]):
            return
        opens = False
        for at in range(last + 1, len(mentions)):
            kind = mentions[at].kind
            if kind in ("comma", "break"):
                opens = True
            elif opens and kind in REGIONS and not whom:
                continue
            elif opens and kind in REGIONS:
                self._subjects.meet(mentions, at, self._frames, True, True, True)
            elif opens and kind == "time" and when and not self._periods.is_since(mentions[at]):
                self._periods.meet(mentions, at, self._frames, True, True, True)
            else:
                opens = False

    def _is_among(self, sentence: Sentence) -> bool:
        """其中…: the sentence goes on with the one before."""
        return self._document.text.startswith(self._among, sentence.start)

    def _last_sentence(self) -> Frame | None:
        """The frame of the sentence before, in the same paragraph."""
        return next((frame for frame in reversed(self._frames.stack) if frame.level == "sentence"), None)

    def _introduced(self, sentence: Sentence) -> str | None:
        """今年要办好十件实事。(1)…。(2)…: numbered sentences are meant as the one before the first of them."""
        if not sentence.is_item:
            return None
        paragraph = self._frames.innermost("paragraph")
        paragraph.items += 1
        if paragraph.items == 1:
            before = self._last_sentence()
            paragraph.status = before.status if before and before.status in NOT_YET else None
        return paragraph.status

    def _title(self, mentions: list[Mention], tells: bool) -> None:
        """Whom and when the title names; the time of one that tells figures itself is theirs alone."""
        frame = self._frames.stack[0]
        self._subjects.heading(mentions, frame, "title")
        if tells:
            return
        for mention in mentions:
            if mention.kind == "time":
                self._periods.heading(mention, frame, self._frames, "title")

    def _clause_ends(self, mark: Mention) -> None:
        frames = self._frames
        self._statuses.begin_clause(mark.text, frames)
        clause = frames.stack[-1]
        if clause.level == "clause" and _dates_event(clause) and not frames.inside("bracket"):
            # A clause without figures that dates an event dates what its sentence goes on to tell.
            sentence = frames.innermost("sentence")
            sentence.period = sentence.period or clause.period
        if frames.inside("bracket"):
            frames.pop_to("bracket")
        elif mark.text in ";。" and frames.inside("part"):
            frames.leave("part")
        elif frames.inside("part"):
            frames.pop_to("part")
        else:
            frames.pop_to("sentence")
        frames.push("clause")

    def _part_begins(self) -> None:
        frames = self._frames
        if frames.inside("bracket"):
            return
        if frames.inside("part"):
            frames.leave("part")
        else:
            frames.pop_to("sentence")
        whole = frames.innermost("sentence").fact
        part = frames.push("part")
        if whole and not whole.is_base and not whole.own_time:
            part.subject = whole.subject and carried(whole.subject)
            part.period = whole.period and carried(whole.period)
        frames.push("clause")

    def _complete(self, facts: list[Fact], mentions: list[Mention], limit: int) -> list[Fact]:
        frames = self._frames
        kept: list[Fact] = []
        for fact in facts:
            if not self._indicators.complete(fact, mentions, limit, frames):
                continue
            kept.append(fact)
            self._subjects.complete(fact, frames)
            self._periods.complete(fact, mentions, frames)
            self._statuses.complete(fact, mentions, frames)
            if fact.comparison:
                fact.base_label = self._periods.base_label(fact, frames)
            self._scope(fact)
            if self._watch:
                self._watch(fact, frames)
        if not kept:
            return kept
        facts = kept
        paragraph = frames.innermost("paragraph")
        if facts[-1].measure == "growth":
            paragraph.grown = facts[-1]
        if facts[-1].measure == "level":
            told = frames.innermost("sentence")
            told.told.extend(facts)
            told.in_unit.update((fact.quantity.amount.base_unit, fact) for fact in facts if fact.indicator)
            paragraph.told = [*paragraph.told[-_TOLD:], facts[-1]]
        frame = frames.innermost("bracket", "part", "sentence")
        frame.fact = frames.innermost("clause").fact = facts[-1]
        if paragraph.fact is None or not frames.inside("bracket"):
            paragraph.fact = facts[-1]
        if facts[-1].status == "criterion":
            paragraph.condition = facts[-1]
        paragraph.first = paragraph.first or facts[0]
        group = frame.group
        if facts[0].turn and group and group[-1].turns == facts[0].turns:
            group += facts
        elif facts[0].turns > 1:
            frame.group = list(facts)
        return kept

    def _scope(self, fact: Fact) -> None:
        """A share told behind 其中 is one of what it breaks down; one in a sentence about 总人口中 of that."""
        frames = self._frames
        mentions = fact.sentence.mentions or []
        if fact.measure == "share" and not fact.scope and len(mentions) > _TOPIC:
            topic, among, mark = mentions[:_TOPIC]
            if topic.kind in ITEMS and among.text == _AMONG and mark.kind == "comma":
                fact.scope = Found(topic.text, topic.start, topic.end)
        if fact.measure != "share" or fact.scope or not frames.inside("part"):
            return
        whole = next((f.fact for f in reversed(frames.stack) if f.level == "sentence" and f.fact), None)
        if (
            whole
            and whole.indicator
            and whole.indicator.start is not None
            and whole.measure in ("level", "growth", "change")
        ):
            fact.scope = whole.indicator


def _is_code(mention: Mention) -> bool:
    """(600000): a bracket that was scanned as one says nothing of the clause around it."""
    return mention.text[0] == "(" and mention.text[-1] == ")"


def _dates_event(clause: Frame) -> bool:
    """A clause without figures that names a time of its own (由于上年同期基数较高: no event of then)."""
    time = clause.period.value if clause.period else None
    return clause.fact is None and clause.period is not None and not (isinstance(time, Time) and time.refers)
