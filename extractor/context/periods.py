"""The period and the comparison: from the clause outwards to the document's date."""

from __future__ import annotations

from ..model import QUANTITY_KINDS, Fact, Found, Mention, Time
from .reading import Reading, carried, clause_start, part_of, sentences_before, time_found


def period(fact: Fact, reading: Reading) -> Found | None:
    """When: the nearest time that governs the figure; ``None`` where nothing tells."""
    if fact.own_time and isinstance(fact.own_time.value, Time):
        return time_found(fact.own_time, "clause")
    mentions = fact.sentence.mentions or []
    clause = clause_start(mentions, fact.index)
    others = fact.other_times
    own = _last_time(mentions, clause, fact.index, others)
    if own and own.value.label:  # type: ignore[union-attr]
        return time_found(own, "clause")
    earlier = _last_time(mentions, 0, clause, others, carrying=True)
    whole = part_of(fact, reading)
    vague = own or _last_time(mentions, 0, clause, others)
    found = (
        (earlier and time_found(earlier, "nearby"))
        or (whole and whole.period and carried(whole.period, "nearby"))
        or _period_ahead(fact)
        or (vague and time_found(vague, "clause" if vague is own else "nearby"))
        or _period_before(fact, reading)
        or _period_above(fact, reading)
    )
    return found or _period_of_date(reading)


def _period_ahead(fact: Fact) -> Found | None:
    """A time that opens a later clause of the sentence with no figure behind it (…第四。2020年,全镇成绩亮眼)."""
    last = max(mention.end for mention in fact.sentence.scanned if mention.kind in QUANTITY_KINDS)
    ahead = next((mention for mention in fact.sentence.scanned if mention.start >= last and _carries(mention)), None)
    return time_found(ahead, "nearby") if ahead else None


def _period_before(fact: Fact, reading: Reading) -> Found | None:
    for sentence in sentences_before(fact.sentence, reading):
        carrying = [mention for mention in sentence.scanned if _carries(mention)]
        # Of several, only the one that opens the sentence governs what follows (not the last of 一季度…四季度…).
        if len(carrying) == 1 or (carrying and carrying[0].start <= sentence.start + 1):
            return time_found(carrying[0], "nearby")
    return None


def _period_above(fact: Fact, reading: Reading) -> Found | None:
    for heading in reversed(fact.sentence.block.headings):
        sentence = reading.sentences.get(heading.start)
        for mention in sentence.scanned if sentence else ():
            if _carries(mention):
                return time_found(mention, "title" if heading is reading.document.title else "heading")
    return None


def _period_of_date(reading: Reading) -> Found | None:
    if reading.document.date is None:
        return None
    label = str(reading.document.date.year)
    return Found(label, None, None, "document", Time(label, "paragraph", reading.document.date.year))


def comparison(fact: Fact) -> Mention | None:
    """The words of comparison of a growth, change or multiple: in its clause, or alone in the clause before."""
    if fact.measure not in ("growth", "change", "multiple"):
        return None
    mentions = fact.sentence.mentions or []
    clause = clause_start(mentions, fact.index)
    for index in range(fact.index - 1, clause - 1, -1):
        if mentions[index].kind == "compare":
            return mentions[index]
    before = mentions[clause_start(mentions, clause - 1) : clause] if clause > 0 else []
    if any(mention.kind in QUANTITY_KINDS for mention in before):
        return None
    return next((mention for mention in reversed(before) if mention.kind == "compare"), None)


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
