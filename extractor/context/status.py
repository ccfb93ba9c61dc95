"""The status: actual, target, forecast, plan or criterion, from cue words, the period, and the headings above."""

from __future__ import annotations

from datetime import date

import regex

from ..mentions import MentionFinder, period_bounds
from ..mentions.scanning import alternation
from ..model import Block, Compare, Fact, Mention, Time
from ..rulebook import Rulebook
from .reading import Reading, clause_start, sentences_before


class StatusReader:
    """Tells how figures are meant; :meth:`status` is its entry."""

    def __init__(self, rules: Rulebook, finder: MentionFinder) -> None:
        self._segment = finder.segment
        status = rules.status
        self._status = {word: name for name, words in status.cues.items() for word in words}
        self._future_before = frozenset(status.future_before)
        self._object_marks = frozenset(status.object_marks)
        self._heading_status = {word: name for name, words in status.headings.items() for word in words}
        self._heading_words = regex.compile(alternation(self._heading_status))
        self._criterion_after = frozenset(status.criterion["after"])
        self._criterion_before = frozenset(status.criterion["before"])
        self._attributive = status.attributive
        self._continues = tuple(status.continues)
        self._met, self._met_nouns = tuple(status.met), frozenset(status.met_nouns)

    def status(self, fact: Fact, reading: Reading) -> str:
        """How the figure is meant; ``actual`` unless something says otherwise."""
        if self._is_criterion(fact):
            return "criterion"
        if fact.is_base:
            return "actual"
        return (
            self._last_cue(fact.sentence.mentions or [], fact.index)
            or self._by_comparison(fact, reading)
            or self._by_period(fact, reading.document.date)
            or self._status_before(fact, reading)
            or self._status_above(fact.sentence.block, reading)
            or "actual"
        )

    def _by_comparison(self, fact: Fact, reading: Reading) -> str | None:
        """What is compared with the last year or month was measured, unless the section is one of plans."""
        compare = fact.comparison.value if fact.comparison else None
        if not isinstance(compare, Compare) or compare.kind not in ("yoy", "mom"):
            return None
        return "actual" if (self._status_above(fact.sentence.block, reading) or "actual") == "actual" else None

    def _by_period(self, fact: Fact, today: date | None) -> str | None:
        """截至…: it was so; 年底前: it is planned; a period that begins after the document's date: a target."""
        time = fact.period.value if fact.period else None
        if not isinstance(time, Time) or not time.label:
            return None
        if time.deadline:
            return "plan"
        if time.label.startswith("../"):
            return "actual"
        bounds = period_bounds(time.label)
        return "target" if today and bounds and bounds[0] and bounds[0] > today else None

    def _last_cue(self, mentions: list[Mention], until: int) -> str | None:
        for index in range(until - 1, -1, -1):
            status = self._status.get(mentions[index].text) or self._status.get(mentions[index].tag)
            if status is None or mentions[index].kind in ("compare", "time") or self._is_noun_use(mentions, index):
                continue
            if mentions[index].text in self._object_marks and not self._speaks_of_future(mentions, index):
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
        return (
            mention.text not in self._status
            or after is None
            or after.text == self._attributive
            or after.kind == "break"
        )

    def _speaks_of_future(self, mentions: list[Mention], index: int) -> bool:
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        return bool(
            following and (following.kind in ("verb", "adverb", "time") or following.text in self._future_before)
        )

    def _was_met(self, mentions: list[Mention], index: int) -> bool:
        clause = clause_start(mentions, index)
        return any(word in mention.text for mention in mentions[clause : index + 1] for word in self._met)

    def _status_before(self, fact: Fact, reading: Reading) -> str | None:
        """A sentence that opens with 同时, 此外 … goes on in the sense of the one before."""
        text = reading.document.text[fact.sentence.start : fact.sentence.start + 4]
        if not text.lstrip("“").startswith(self._continues):
            return None
        for sentence in sentences_before(fact.sentence, reading):
            if any(isinstance(mention.value, Time) and mention.value.deadline for mention in sentence.scanned):
                return "plan"
            mentions = self._segment(reading.document, sentence)
            return self._last_cue(mentions, len(mentions))
        return None

    def _status_above(self, block: Block, reading: Reading) -> str | None:
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
        clause = clause_start(mentions, fact.index)
        if any(mention.text in self._criterion_before for mention in mentions[clause : fact.index]):
            return True
        if after is None:
            return False
        if amount.relation in ("<", "<=") and after.text == self._attributive:
            return True  # 应纳税所得额不到100万元的部分
        if not amount.bounded_after:
            return False
        selects = after.text in self._criterion_after or after.kind in ("noun", "indicator")
        return selects and (fact.quantity.kind == "amount" or amount.base_unit == "岁")
