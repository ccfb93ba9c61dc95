"""A document while its facts are read, and what the readers of subject, period and status share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..model import Document, Fact, Found, Mention, Origin, Sentence, Time


@dataclass(slots=True)
class Reading:
    """Which sentence stands where, the facts read so far, and what was found for headings and sentences."""

    document: Document
    sentences: dict[int, Sentence]
    positions: dict[int, int]
    among: tuple[str, ...]
    """Words with which a sentence breaks down the fact before it (其中)."""
    headings: dict[int, Found | None] = field(default_factory=dict)
    subjects: dict[int, Mention | None] = field(default_factory=dict)
    statuses: dict[int, str | None] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)


def part_of(fact: Fact, reading: Reading) -> Fact | None:
    """The fact that a sentence which opens with 其中 breaks down: its subject and period hold on."""
    previous = reading.facts[-1] if reading.facts else None
    opens = reading.document.text.startswith(reading.among, fact.sentence.start)
    return previous if opens and previous and previous.sentence.block is fact.sentence.block else None


def carried(found: Found, origin: Origin) -> Found:
    """A part taken over from another fact: what stood in that fact's clause is of ``origin`` for this one."""
    return Found(found.text, found.start, found.end, origin if found.origin == "clause" else found.origin, found.value)


def clause_start(mentions: list[Mention], index: int) -> int:
    """Index of the first mention of the clause that holds ``index``; a time that a comma sets off belongs to it."""
    start = after_break(mentions, index)
    before = after_break(mentions, start - 1)
    lead = mentions[before : start - 1]
    return before if lead and all(mention.kind in ("time", "compare") for mention in lead) else start


def after_break(mentions: list[Mention], index: int) -> int:
    """Index of the first mention behind the break before ``index``."""
    while index > 0 and mentions[index - 1].kind != "break":
        index -= 1
    return max(index, 0)


def clause_between(first: Fact, second: Fact) -> bool:
    """Whether a clause ends between two facts of a sentence."""
    mentions = second.sentence.mentions or []
    return any(mention.kind == "break" for mention in mentions[first.index : second.index])


def sentences_before(sentence: Sentence, reading: Reading) -> Iterator[Sentence]:
    """The sentences before, in the same block, nearest first."""
    position = reading.positions[id(sentence)]
    for index in range(position - 1, -1, -1):
        earlier = reading.document.sentences[index]
        if earlier.block is not sentence.block:
            return
        yield earlier


def time_found(mention: Mention, origin: Origin) -> Found:
    """A time mention as the period of a fact."""
    assert isinstance(mention.value, Time)
    return Found(mention.text, mention.start, mention.end, origin, mention.value)
