"""Context: what a clause leaves out comes from the clause before, the sentence, the paragraph, the heading, the title,
and the document's date. Nothing is guessed: what none of these tells stays ``None``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import regex

from .mentions import MentionFinder, period_bounds
from .mentions.scanning import alternation
from .model import (
    QUANTITY_KINDS,
    Block,
    Document,
    Fact,
    Found,
    Heading,
    Indicator,
    Mention,
    Origin,
    Region,
    Sentence,
    Time,
)
from .rulebook import Rulebook

_LEANING = frozenset({"growth", "change", "rank", "share", "multiple", "contribution"})


_LONGEST_NAME = 12  # characters of a region's name


@dataclass(slots=True)
class _Reading:
    """A document while it is read: which sentence stands where, and what was found last."""

    document: Document
    sentences: dict[int, Sentence]
    positions: dict[int, int]
    headings: dict[int, Found | None] = field(default_factory=dict)
    subjects: dict[int, Mention | None] = field(default_factory=dict)
    statuses: dict[int, str | None] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)


class Context:
    """Compiled context rules; :meth:`complete` is the stage's entry."""

    def __init__(self, rules: Rulebook, finder: MentionFinder) -> None:
        self._finder = finder
        self._segment = finder.segment
        self._gazetteer = gazetteer = finder.gazetteer
        organisations = (*rules.organisations.strong, *rules.organisations.anaphors)
        names = (*organisations, *gazetteer.regions, *gazetteer.anaphors)
        self._openings = frozenset(name[:2] for name in names)
        self._noun_units = frozenset(rules.classifiers.noun) | frozenset(rules.classifiers.counted_directly)
        regions = rules.regions
        self._not_after = frozenset(regions.not_subject_after)
        self._not_before = frozenset(regions.not_subject_before)
        self._sources = frozenset(regions.source_before)
        status = rules.status
        self._status = {word: name for name, words in status.cues.items() for word in words}
        self._future_before = frozenset(status.future_before)
        self._heading_status = {word: name for name, words in status.headings.items() for word in words}
        self._heading_words = regex.compile(alternation(self._heading_status))
        self._criterion_after = frozenset(status.criterion["after"])
        self._criterion_before = frozenset(status.criterion["before"])
        self._continues = tuple(status.continues)
        self._among = tuple(word for entry in rules.cues.cues["among"] for word in entry.words)
        self._apart = tuple(rules.indicators.apart)
        self._anaphoric = frozenset(rules.indicators.anaphoric)
        self._met, self._met_nouns = tuple(status.met), frozenset(status.met_nouns)

    def complete(self, document: Document, facts: list[Fact]) -> list[Fact]:
        """Fill indicator, subject, period, comparison and status of ``facts``, in text order; returns them."""
        reading = _Reading(
            document,
            {sentence.start: sentence for sentence in document.sentences},
            {id(sentence): i for i, sentence in enumerate(document.sentences)},
        )
        for fact in facts:
            if fact.indicator is None or fact.indicator.text in self._anaphoric:
                fact.indicator = self._indicator(fact, reading) or fact.indicator
            self._rank_of_growth(fact, reading)
            fact.subject = self._subject(fact, reading)
            fact.period = self._period(fact, reading)
            fact.comparison = self._comparison(fact)
            fact.status = self._status_of(fact, reading)
            reading.facts.append(fact)
        return facts

    # ----------------------------------------------------------------------------------------------------- indicator

    def _indicator(self, fact: Fact, reading: _Reading) -> Found | None:
        earlier = self._earlier(fact, reading)
        mentioned = self._mentioned_indicator(fact, earlier[-1].index if earlier else -1)
        if mentioned:
            return mentioned
        if fact.turns > 1 and fact.reads_back and len(earlier) >= fact.turns:
            fact.source = earlier[-fact.turns :][fact.turn]
            return _carried(fact.source.indicator, "nearby") if fact.source.indicator else None
        unit = self._unit_noun(fact)
        if fact.measure == "level" and unit:
            return unit
        if earlier and earlier[-1].indicator:
            return _carried(earlier[-1].indicator, "clause" if not _clause_between(earlier[-1], fact) else "nearby")
        if fact.measure in _LEANING or fact.reads_back:
            return self._indicator_before(fact, reading)
        return None

    def _indicator_before(self, fact: Fact, reading: _Reading) -> Found | None:
        """The indicator of the last fact of the paragraph; of the first, where the sentence takes that apart."""
        block = [
            earlier for earlier in reading.facts if earlier.sentence.block is fact.sentence.block and earlier.indicator
        ]
        if not block:
            return None
        apart = reading.document.text.startswith(self._apart, fact.sentence.start)
        source = block[0 if apart else -1].indicator
        return _carried(source, "nearby") if source else None

    def _earlier(self, fact: Fact, reading: _Reading) -> list[Fact]:
        """Facts of the same sentence before the rule's match that tell an indicator."""
        facts = []
        for earlier in reversed(reading.facts):
            if earlier.sentence is not fact.sentence:
                break
            if earlier.indicator and (earlier.index < fact.begins or fact.turns == 1):
                facts.append(earlier)
        return facts[::-1]

    def _mentioned_indicator(self, fact: Fact, after: int) -> Found | None:
        """An indicator named in the sentence between the last fact and this one."""
        mentions = fact.sentence.mentions or []
        for mention in reversed(mentions[after + 1 : fact.begins]):
            if (
                mention.kind == "indicator"
                and isinstance(mention.value, Indicator)
                and mention.text not in self._anaphoric
            ):
                return Found(mention.text, mention.start, mention.end, value=mention.value)
        return None

    def _unit_noun(self, fact: Fact) -> Found | None:
        """The classifier itself, where it names what is counted (人次, 户)."""
        amount = fact.quantity.amount
        if fact.quantity.kind != "count" or amount.unit_start < 0:
            return None
        unit = fact.quantity.text[amount.unit_start - fact.quantity.start : amount.unit_end - fact.quantity.start]
        if unit not in self._noun_units:
            return None
        return Found(unit, amount.unit_start, amount.unit_end, value=Indicator(None, unit))

    def _rank_of_growth(self, fact: Fact, reading: _Reading) -> None:
        """A rank after a growth ranks that growth."""
        previous = reading.facts[-1] if reading.facts else None
        if (
            fact.measure != "rank"
            or fact.of
            or not fact.reads_back
            or not previous
            or previous.sentence is not fact.sentence
        ):
            return
        if previous.measure == "growth" or previous.of == "growth":
            fact.of = "growth"

    # ------------------------------------------------------------------------------------------------------- subject

    def _subject(self, fact: Fact, reading: _Reading) -> Found | None:
        mentions = fact.sentence.mentions or []
        if fact.own_subject and self._governs(mentions, mentions.index(fact.own_subject), fact):
            return self._resolved(fact.own_subject, "clause", reading)
        if fact.source and fact.source.subject:
            return _carried(fact.source.subject, "nearby")
        clause = _clause_start(mentions, fact.index)
        spans: tuple[tuple[int, Origin], ...] = ((clause, "clause"), (0, "nearby"))
        for start, origin in spans:
            for index in range(fact.index - 1, start - 1, -1):
                if self._governs(mentions, index, fact):
                    return self._resolved(mentions[index], origin, reading)
        whole = self._part_of(fact, reading)
        return (
            (whole and whole.subject and _carried(whole.subject, "nearby"))
            or self._subject_ahead(fact, reading)
            or self._subject_before(fact, reading)
            or self._subject_above(fact.sentence.block, reading)
            or self._subject_given(reading)
            or self._subject_earlier(fact, reading)
        )

    def _governs(self, mentions: list[Mention], index: int, fact: Fact | None) -> bool:
        """A region or organisation that can be whose figure it is: no goal, no source, no standard of comparison."""
        mention = mentions[index]
        if mention.kind not in ("place", "organisation"):
            return False
        before = mentions[index - 1] if index else None
        after = mentions[index + 1] if index + 1 < len(mentions) else None
        if before and before.kind == "list" and index > 1 and mentions[index - 2].kind == mention.kind:
            return self._governs(mentions, index - 2, fact)  # 对东盟、欧盟: all of a list are what its first is
        if before and (before.text in self._not_after or before.kind == "open"):
            return False
        if after and after.kind == "ordinal":
            return False
        if after and after.text in self._not_before:
            return False
        if after and mention.kind == "organisation" and after.text in self._sources:
            return False
        if fact and fact.scope and fact.scope.start is not None and mention.start >= fact.scope.start:
            return False  # a part of the field or whole that the figure is measured against
        return not (after and after.start == mention.end and _is_bare(mention, fact, after))

    def _subject_ahead(self, fact: Fact, reading: _Reading) -> Found | None:
        """The subject that opens a later clause of the same sentence which has no figure of its own before it."""
        mentions = fact.sentence.mentions or []
        if (
            any(m.kind in QUANTITY_KINDS for m in mentions[: fact.index])
            and reading.facts
            and reading.facts[-1].sentence is fact.sentence
        ):
            previous = reading.facts[-1].subject
            return _carried(previous, "nearby") if previous else None
        last = max(i for i, mention in enumerate(mentions) if mention.kind in QUANTITY_KINDS)
        if fact.sentence.segmented == fact.sentence.end and last + 1 == len(mentions):
            return None
        if not self._may_name(reading.document, mentions[last].end, fact.sentence.end):
            return None
        mentions = self._segment(reading.document, fact.sentence)
        for index in range(last + 1, len(mentions)):
            opens = mentions[index - 1].kind in ("break", "time") or mentions[index - 2].kind == "time"
            if opens and self._governs(mentions, index, fact):
                return self._resolved(mentions[index], "nearby", reading)
        return None

    def _part_of(self, fact: Fact, reading: _Reading) -> Fact | None:
        """The fact that a sentence which opens with 其中 breaks down: its subject and period hold on."""
        previous = reading.facts[-1] if reading.facts else None
        opens = reading.document.text.startswith(self._among, fact.sentence.start)
        return previous if opens and previous and previous.sentence.block is fact.sentence.block else None

    def _subject_before(self, fact: Fact, reading: _Reading) -> Found | None:
        """The subject of the nearest sentence before, in the same paragraph."""
        for sentence in _sentences_before(fact.sentence, reading):
            if sentence.start not in reading.subjects:
                reading.subjects[sentence.start] = self._subject_of(sentence, reading.document)
            if mention := reading.subjects[sentence.start]:
                return self._resolved(mention, "nearby", reading)
        return None

    def _subject_of(self, sentence: Sentence, document: Document) -> Mention | None:
        """Whom a sentence is about: what opens its last such clause, else the first region or organisation in it."""
        clauses = list(self._finder.clauses(document, sentence))
        for start, end in reversed(clauses):
            if self._may_open_with_name(document, sentence, start):
                mentions = self._finder.stretch(document, sentence, start, end)
                for index in range(len(mentions)):
                    opens = index == 0 or mentions[index - 1].kind == "time"
                    if opens and self._governs(mentions, index, None):
                        return mentions[index]
        for start, end in clauses:
            if self._may_name(document, start, end):
                mentions = self._finder.stretch(document, sentence, start, end)
                for index, mention in enumerate(mentions):
                    if self._governs(mentions, index, None):
                        return mention
        return None

    def _may_open_with_name(self, document: Document, sentence: Sentence, start: int) -> bool:
        """Whether a clause can begin with a region or organisation, or with a time and then one."""
        text = document.text
        start += len(text[start : sentence.end]) - len(text[start : sentence.end].lstrip())
        for time in sentence.scanned:
            if time.kind == "time" and time.start == start:
                start = time.end
        return text[start : start + 2] in self._openings or text.startswith(tuple(document.names), start)

    def _may_name(self, document: Document, start: int, end: int) -> bool:
        """Whether a stretch can hold a region or organisation: a quick look that spares segmenting most that do not."""
        text = document.text[start:end]
        return not self._openings.isdisjoint(_pairs(text)) or any(name in text for name in document.names)

    def _subject_above(self, block: Block, reading: _Reading) -> Found | None:
        for heading in reversed(block.headings):
            if heading.start not in reading.headings:
                reading.headings[heading.start] = self._subject_of_heading(heading, reading)
            if found := reading.headings[heading.start]:
                return found
        return None

    def _subject_of_heading(self, heading: Heading, reading: _Reading) -> Found | None:
        origin: Origin = "title" if heading is reading.document.title else "heading"
        sentence = reading.sentences.get(heading.start)
        if sentence is None:
            return None
        mentions = self._segment(reading.document, sentence)
        for index in range(len(mentions)):
            if self._governs(mentions, index, None):
                return self._resolved(mentions[index], origin, reading)
        return None

    def _subject_given(self, reading: _Reading) -> Found | None:
        name = reading.document.subject
        if not name:
            return None
        region = self._gazetteer.regions.get(name) or Region(name, None, "region")
        return Found(name, None, None, "document", region)

    def _subject_earlier(self, fact: Fact, reading: _Reading) -> Found | None:
        """The last subject of the same section."""
        for earlier in reversed(reading.facts):
            if earlier.sentence.block.headings != fact.sentence.block.headings:
                return None
            if earlier.subject:
                return _carried(earlier.subject, "nearby")
        return None

    def _resolved(self, mention: Mention, origin: Origin, reading: _Reading) -> Found:
        """A mention as a subject: 全市 and 公司 stand for the document's own, a bare name for its full form."""
        assert isinstance(mention.value, Region)
        region, document = mention.value, reading.document
        if region.anaphor:
            return self._antecedent(mention, reading) or Found(mention.text, mention.start, mention.end, origin, region)
        if mention.text != region.name and mention.text in document.names:
            at = document.text.rfind(region.name, 0, mention.start)
            at = at if at >= 0 else document.text.find(region.name, mention.start)
            if at >= 0:
                return Found(region.name, at, at + len(region.name), origin, region)
        return Found(mention.text, mention.start, mention.end, origin, region)

    def _antecedent(self, anaphor: Mention, reading: _Reading) -> Found | None:
        assert isinstance(anaphor.value, Region)
        if anaphor.value.type == "organization":
            main = self._organisation_before(anaphor, reading) or self._main_organisation(reading)
            return self._resolved(main, _origin_of(main.start, reading), reading) if main else None
        level = anaphor.value.level
        if level == "国":
            return None
        document = reading.document
        if document.subject and document.subject.endswith(level):
            return self._subject_given(reading)
        if reading.document.title and (found := self._title_region(level, reading)):
            return found
        return self._region_before(anaphor.start, level, reading)

    def _title_region(self, level: str, reading: _Reading) -> Found | None:
        title = reading.document.title
        sentence = reading.sentences.get(title.start) if title else None
        for mention in self._segment(reading.document, sentence) if sentence else ():
            region = mention.value
            if mention.kind == "place" and isinstance(region, Region) and not region.anaphor and region.level == level:
                return Found(mention.text, mention.start, mention.end, "title", region)
        return None

    def _region_before(self, until: int, level: str, reading: _Reading) -> Found | None:
        """The nearest name of a region of ``level`` before, read off its suffix."""
        text, names = reading.document.text, reading.document.names
        end = text.rfind(level, 0, until)
        while end >= 0:
            end += len(level)
            for start in range(max(0, end - _LONGEST_NAME), end - 1):
                region = names.get(text[start:end]) or self._gazetteer.regions.get(text[start:end])
                if region and region.level == level and not region.anaphor:
                    return Found(text[start:end], start, end, _origin_of(start, reading), region)
            end = text.rfind(level, 0, end - len(level))
        return None

    def _organisation_before(self, anaphor: Mention, reading: _Reading) -> Mention | None:
        """The nearest organisation named before, in the same paragraph."""
        nearest: Mention | None = None
        for sentence in reading.document.sentences:
            if sentence.block.start <= anaphor.start < sentence.block.end and self._may_name(
                reading.document, sentence.start, sentence.end
            ):
                for mention in self._segment(reading.document, sentence):
                    region = mention.value
                    if (
                        mention.start < anaphor.start
                        and mention.kind == "organisation"
                        and isinstance(region, Region)
                        and not region.anaphor
                    ):
                        nearest = mention
        return nearest

    def _main_organisation(self, reading: _Reading) -> Mention | None:
        """The first organisation named in full, which 公司 stands for later on."""
        for sentence in reading.document.sentences[:8]:
            if not self._may_name(reading.document, sentence.start, sentence.end):
                continue
            for mention in self._segment(reading.document, sentence):
                if mention.kind == "organisation" and isinstance(mention.value, Region) and not mention.value.anaphor:
                    return mention
        return None

    # -------------------------------------------------------------------------------------------------------- period

    def _period(self, fact: Fact, reading: _Reading) -> Found | None:
        if fact.own_time and isinstance(fact.own_time.value, Time):
            return _time_found(fact.own_time, "clause")
        mentions = fact.sentence.mentions or []
        clause = _clause_start(mentions, fact.index)
        others = fact.other_times
        own = _last_time(mentions, clause, fact.index, others)
        if own and own.value.label:  # type: ignore[union-attr]
            return _time_found(own, "clause")
        earlier = _last_time(mentions, 0, clause, others, carrying=True)
        whole = self._part_of(fact, reading)
        vague = own or _last_time(mentions, 0, clause, others)
        found = (
            (earlier and _time_found(earlier, "nearby"))
            or (whole and whole.period and _carried(whole.period, "nearby"))
            or self._period_ahead(fact)
            or (vague and _time_found(vague, "clause" if vague is own else "nearby"))
            or self._period_before(fact, reading)
            or self._period_above(fact, reading)
        )
        return found or self._period_of_date(reading)

    def _period_ahead(self, fact: Fact) -> Found | None:
        """A time that opens a later clause of the sentence with no figure behind it (…第四。2020年,全镇成绩亮眼)."""
        last = max(mention.end for mention in fact.sentence.scanned if mention.kind in QUANTITY_KINDS)
        ahead = next(
            (mention for mention in fact.sentence.scanned if mention.start >= last and _carries(mention)), None
        )
        return _time_found(ahead, "nearby") if ahead else None

    def _period_before(self, fact: Fact, reading: _Reading) -> Found | None:
        for sentence in _sentences_before(fact.sentence, reading):
            carrying = [mention for mention in sentence.scanned if _carries(mention)]
            # Of several, only the one that opens the sentence governs what follows (not the last of 一季度…四季度…).
            if len(carrying) == 1 or (carrying and carrying[0].start <= sentence.start + 1):
                return _time_found(carrying[0], "nearby")
        return None

    def _period_above(self, fact: Fact, reading: _Reading) -> Found | None:
        for heading in reversed(fact.sentence.block.headings):
            sentence = reading.sentences.get(heading.start)
            for mention in sentence.scanned if sentence else ():
                if _carries(mention):
                    return _time_found(mention, "title" if heading is reading.document.title else "heading")
        return None

    def _period_of_date(self, reading: _Reading) -> Found | None:
        if reading.document.date is None:
            return None
        label = str(reading.document.date.year)
        return Found(label, None, None, "document", Time(label, "paragraph", reading.document.date.year))

    # ---------------------------------------------------------------------------------------------------- comparison

    def _comparison(self, fact: Fact) -> Mention | None:
        if fact.measure not in ("growth", "change", "multiple"):
            return None
        mentions = fact.sentence.mentions or []
        clause = _clause_start(mentions, fact.index)
        for index in range(fact.index - 1, clause - 1, -1):
            if mentions[index].kind == "compare":
                return mentions[index]
        before = mentions[_clause_start(mentions, clause - 1) : clause] if clause > 0 else []
        if any(mention.kind in QUANTITY_KINDS for mention in before):
            return None
        return next((mention for mention in reversed(before) if mention.kind == "compare"), None)

    # -------------------------------------------------------------------------------------------------------- status

    def _status_of(self, fact: Fact, reading: _Reading) -> str:
        if self._is_criterion(fact):
            return "criterion"
        if fact.is_base:
            return "actual"
        mentions = fact.sentence.mentions or []
        cue = self._last_cue(mentions, fact.index)
        if cue:
            return cue
        if fact.comparison and fact.comparison.value.kind in ("yoy", "mom") and not self._in_plan(fact, reading):  # type: ignore[union-attr]
            return "actual"
        if fact.period and isinstance(fact.period.value, Time) and _is_past_until(fact.period):
            return "actual"
        if self._is_ahead(fact, reading.document.date):
            return "target"
        if (
            fact.period
            and isinstance(fact.period.value, Time)
            and fact.period.value.carries == "clause"
            and _is_deadline(fact.period)
        ):
            return "plan"
        return self._status_before(fact, reading) or self._status_above(fact.sentence.block, reading) or "actual"

    def _in_plan(self, fact: Fact, reading: _Reading) -> bool:
        return (self._status_above(fact.sentence.block, reading) or "actual") != "actual"

    def _last_cue(self, mentions: list[Mention], until: int) -> str | None:
        for index in range(until - 1, -1, -1):
            status = self._status.get(mentions[index].text) or self._status.get(mentions[index].tag)
            if status is None or mentions[index].kind in ("compare", "time") or self._is_noun_use(mentions, index):
                continue
            if mentions[index].text == "将" and not self._speaks_of_future(mentions, index):
                continue
            if {mentions[index].text, mentions[index].tag} & self._met_nouns and self._was_met(mentions, index):
                continue
            return status
        return None

    def _is_noun_use(self, mentions: list[Mention], index: int) -> bool:
        """占计划的五成, 年度计划: a plan that is spoken of, not planning."""
        mention, after = mentions[index], mentions[index + 1] if index + 1 < len(mentions) else None
        if (
            mention.kind != "noun"
            or self._status.get(mention.text) == "target"
            or self._status.get(mention.tag) == "target"
        ):
            return False
        return mention.text not in self._status or after is None or after.text == "的" or after.kind == "break"

    def _speaks_of_future(self, mentions: list[Mention], index: int) -> bool:
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        return bool(
            following and (following.kind in ("verb", "adverb", "time") or following.text in self._future_before)
        )

    def _was_met(self, mentions: list[Mention], index: int) -> bool:
        clause = _clause_start(mentions, index)
        return any(word in mention.text for mention in mentions[clause : index + 1] for word in self._met)

    def _status_before(self, fact: Fact, reading: _Reading) -> str | None:
        """A sentence that opens with 同时, 此外 … goes on in the sense of the one before."""
        text = reading.document.text[fact.sentence.start : fact.sentence.start + 4]
        if not text.lstrip("“").startswith(self._continues):
            return None
        for sentence in _sentences_before(fact.sentence, reading):
            if any(
                mention.kind == "time" and _is_deadline(_time_found(mention, "nearby")) for mention in sentence.scanned
            ):
                return "plan"
            mentions = self._segment(reading.document, sentence)
            return self._last_cue(mentions, len(mentions))
        return None

    def _status_above(self, block: Block, reading: _Reading) -> str | None:
        for heading in reversed(block.headings):
            if heading.start not in reading.statuses:
                reading.statuses[heading.start] = self._status_of_heading(heading.text)
            if status := reading.statuses[heading.start]:
                return status
        return None

    def _status_of_heading(self, text: str) -> str | None:
        """The last word counts: 计划执行情况 tells what was done, 目标任务 what is to be."""
        found = {match.start(): match.group() for match in self._heading_words.finditer(text, overlapped=True)}
        return self._heading_status[found[max(found)]] if found else None

    def _is_criterion(self, fact: Fact) -> bool:
        """A bound that selects: on a measure, before what it selects (5亿元以上项目), or after a word of condition."""
        amount = fact.quantity.amount
        if fact.measure != "level" or amount.relation not in (">=", "<=", ">", "<"):
            return False
        mentions = fact.sentence.mentions or []
        after = mentions[fact.index + 1] if fact.index + 1 < len(mentions) else None
        clause = _clause_start(mentions, fact.index)
        if any(mention.text in self._criterion_before for mention in mentions[clause : fact.index]):
            return True
        if after is None:
            return False
        if amount.relation in ("<", "<=") and after.text == "的":
            return True  # 应纳税所得额不到100万元的部分
        if not amount.bounded_after:
            return False
        selects = after.text in self._criterion_after or after.kind in ("noun", "indicator")
        return selects and (fact.quantity.kind == "amount" or amount.base_unit == "岁")

    def _is_ahead(self, fact: Fact, today: date | None) -> bool:
        """The period begins after the document's date."""
        if (
            today is None
            or fact.period is None
            or not isinstance(fact.period.value, Time)
            or not fact.period.value.label
        ):
            return False
        bounds = period_bounds(fact.period.value.label)
        return bool(bounds and bounds[0] and bounds[0] > today)


def _pairs(text: str) -> Iterator[str]:
    """Every two neighbouring characters."""
    return map(str.__add__, text, text[1:])


def _is_bare(place: Mention, fact: Fact | None, noun: Mention) -> bool:
    """A name without its suffix only qualifies the noun behind it (东莞西站), unless that noun is what is measured."""
    region = place.value
    if noun.kind not in ("noun", "word") or (noun.value is not None and noun.kind == "word") or len(noun.text) < 2:
        return False
    if not isinstance(region, Region) or region.type != "region" or place.text == region.name or region.anaphor:
        return False
    return not (fact and fact.indicator and fact.indicator.start == noun.start)


def _carried(found: Found, origin: Origin) -> Found:
    return Found(found.text, found.start, found.end, origin if found.origin == "clause" else found.origin, found.value)


def _clause_start(mentions: list[Mention], index: int) -> int:
    """Index of the first mention of the clause that holds ``index``; a time that a comma sets off belongs to it."""
    start = _after_break(mentions, index)
    before = _after_break(mentions, start - 1)
    lead = mentions[before : start - 1]
    return before if lead and all(mention.kind in ("time", "compare") for mention in lead) else start


def _after_break(mentions: list[Mention], index: int) -> int:
    while index > 0 and mentions[index - 1].kind != "break":
        index -= 1
    return max(index, 0)


def _clause_between(first: Fact, second: Fact) -> bool:
    mentions = second.sentence.mentions or []
    return any(mention.kind == "break" for mention in mentions[first.index : second.index])


def _sentences_before(sentence: Sentence, reading: _Reading) -> Iterator[Sentence]:
    """The sentences before, in the same block, nearest first."""
    position = reading.positions[id(sentence)]
    for index in range(position - 1, -1, -1):
        earlier = reading.document.sentences[index]
        if earlier.block is not sentence.block:
            return
        yield earlier


def _carries(mention: Mention) -> bool:
    return (
        mention.kind == "time"
        and isinstance(mention.value, Time)
        and mention.value.carries == "paragraph"
        and mention.value.label is not None
    )


def _last_time(
    mentions: list[Mention], start: int, end: int, others: list[Mention], carrying: bool = False
) -> Mention | None:
    for mention in reversed(mentions[start:end]):
        if mention.kind != "time" or mention in others or not isinstance(mention.value, Time):
            continue
        if not carrying or (mention.value.carries != "clause" and mention.value.label):
            return mention
    return None


def _time_found(mention: Mention, origin: Origin) -> Found:
    assert isinstance(mention.value, Time)
    return Found(mention.text, mention.start, mention.end, origin, mention.value)


def _is_deadline(found: Found) -> bool:
    return found.text.endswith("前") and isinstance(found.value, Time) and bool(found.value.label)


def _is_past_until(found: Found) -> bool:
    """截至…: what holds until then is so."""
    return isinstance(found.value, Time) and (found.value.label or "").startswith("../") and not _is_deadline(found)


def _origin_of(position: int, reading: _Reading) -> Origin:
    """What stands at a position: in the title, in a heading, or in the text."""
    starts = sorted(reading.sentences)
    block = reading.sentences[starts[max(0, bisect_left(starts, position + 1) - 1)]].block
    return "title" if block.kind == "title" else "heading" if block.kind == "heading" else "nearby"
