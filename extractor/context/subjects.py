"""The subject: the nearest governing region or organisation, else that of the paragraph, heading, title or caller."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from ..mentions import MentionFinder
from ..model import QUANTITY_KINDS, Block, Document, Fact, Found, Heading, Mention, Origin, Region, Sentence
from ..rulebook import Rulebook
from .reading import Reading, carried, clause_start, part_of, sentences_before

_LONGEST_NAME = 12  # characters of a region's name
_OPENING = 8  # sentences in which the organisation that a document is about is named


class SubjectReader:
    """Finds subjects; :meth:`subject` is its entry."""

    def __init__(self, rules: Rulebook, finder: MentionFinder) -> None:
        self._finder = finder
        self._segment = finder.segment
        self._gazetteer = gazetteer = finder.gazetteer
        organisations = (*rules.organisations.strong, *rules.organisations.anaphors)
        names = (*organisations, *gazetteer.regions, *gazetteer.anaphors)
        self._openings = frozenset(name[:2] for name in names)
        regions = rules.regions
        self._not_after = frozenset(regions.not_subject_after)
        self._not_before = frozenset(regions.not_subject_before)
        self._sources = frozenset(regions.source_before)

    def subject(self, fact: Fact, reading: Reading) -> Found | None:
        """Whose figure it is, from the clause outwards; ``None`` where nothing tells."""
        mentions = fact.sentence.mentions or []
        if fact.own_subject and self._governs(mentions, mentions.index(fact.own_subject), fact):
            return self._resolved(fact.own_subject, "clause", reading)
        if fact.source and fact.source.subject:
            return carried(fact.source.subject, "nearby")
        clause = clause_start(mentions, fact.index)
        spans: tuple[tuple[int, Origin], ...] = ((clause, "clause"), (0, "nearby"))
        for start, origin in spans:
            for index in range(fact.index - 1, start - 1, -1):
                if self._governs(mentions, index, fact):
                    return self._resolved(mentions[index], origin, reading)
        whole = part_of(fact, reading)
        return (
            (whole and whole.subject and carried(whole.subject, "nearby"))
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

    def _subject_ahead(self, fact: Fact, reading: Reading) -> Found | None:
        """The subject that opens a later clause of the same sentence which has no figure of its own before it."""
        mentions = fact.sentence.mentions or []
        if (
            any(m.kind in QUANTITY_KINDS for m in mentions[: fact.index])
            and reading.facts
            and reading.facts[-1].sentence is fact.sentence
        ):
            previous = reading.facts[-1].subject
            return carried(previous, "nearby") if previous else None
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

    def _subject_before(self, fact: Fact, reading: Reading) -> Found | None:
        """The subject of the nearest sentence before, in the same paragraph."""
        for sentence in sentences_before(fact.sentence, reading):
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

    def _subject_above(self, block: Block, reading: Reading) -> Found | None:
        for heading in reversed(block.headings):
            if heading.start not in reading.headings:
                reading.headings[heading.start] = self._subject_of_heading(heading, reading)
            if found := reading.headings[heading.start]:
                return found
        return None

    def _subject_of_heading(self, heading: Heading, reading: Reading) -> Found | None:
        origin: Origin = "title" if heading is reading.document.title else "heading"
        sentence = reading.sentences.get(heading.start)
        if sentence is None:
            return None
        mentions = self._segment(reading.document, sentence)
        for index in range(len(mentions)):
            if self._governs(mentions, index, None):
                return self._resolved(mentions[index], origin, reading)
        return None

    def _subject_given(self, reading: Reading) -> Found | None:
        name = reading.document.subject
        if not name:
            return None
        region = self._gazetteer.regions.get(name) or Region(name, None, "region")
        return Found(name, None, None, "document", region)

    def _subject_earlier(self, fact: Fact, reading: Reading) -> Found | None:
        """The last subject of the same section."""
        for earlier in reversed(reading.facts):
            if earlier.sentence.block.headings != fact.sentence.block.headings:
                return None
            if earlier.subject:
                return carried(earlier.subject, "nearby")
        return None

    def _resolved(self, mention: Mention, origin: Origin, reading: Reading) -> Found:
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

    def _antecedent(self, anaphor: Mention, reading: Reading) -> Found | None:
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

    def _title_region(self, level: str, reading: Reading) -> Found | None:
        title = reading.document.title
        sentence = reading.sentences.get(title.start) if title else None
        for mention in self._segment(reading.document, sentence) if sentence else ():
            region = mention.value
            if mention.kind == "place" and isinstance(region, Region) and not region.anaphor and region.level == level:
                return Found(mention.text, mention.start, mention.end, "title", region)
        return None

    def _region_before(self, until: int, level: str, reading: Reading) -> Found | None:
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

    def _organisation_before(self, anaphor: Mention, reading: Reading) -> Mention | None:
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

    def _main_organisation(self, reading: Reading) -> Mention | None:
        """The first organisation named in full, which 公司 stands for later on."""
        for sentence in reading.document.sentences[:_OPENING]:
            if not self._may_name(reading.document, sentence.start, sentence.end):
                continue
            for mention in self._segment(reading.document, sentence):
                if mention.kind == "organisation" and isinstance(mention.value, Region) and not mention.value.anaphor:
                    return mention
        return None


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


def _origin_of(position: int, reading: Reading) -> Origin:
    """What stands at a position: in the title, in a heading, or in the text."""
    starts = sorted(reading.sentences)
    block = reading.sentences[starts[max(0, bisect_left(starts, position + 1) - 1)]].block
    return "title" if block.kind == "title" else "heading" if block.kind == "heading" else "nearby"
