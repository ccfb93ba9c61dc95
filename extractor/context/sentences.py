"""What the readers of a sentence share: looking at the mentions before a figure."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import QUANTITY_KINDS, Cue, Fact, Found, Mention, Origin, Region

REGIONS = frozenset({"place", "organisation"})
_SET_OFF = frozenset({"time", "compare", "comma", "adverb", "particle"})
ITEMS = frozenset({"noun", "indicator"})
NOT_YET = frozenset({"target", "plan", "forecast"})
"""The statuses of what has not happened."""


WHOLE_YEAR = "{year}"  # what 全年 is resolved by
MARKS = frozenset({"break", "comma"})
LONGEST_CLAUSE = 80  # mentions on either side of a figure that are looked at, however long its clause


def has_cue(mention: Mention, kind: str) -> bool:
    """The mention is a cue word of a class of ``cues.yaml``."""
    return isinstance(mention.value, Cue) and kind in mention.value.kinds


def before(mentions: list[Mention], index: int, limit: int) -> Iterator[int]:
    """Indexes from the one before ``index`` down to ``limit``, to the nearest mark that is no comma."""
    for at in range(index - 1, limit - 1, -1):
        if mentions[at].kind == "break":
            return
        yield at


def clause_of(mentions: list[Mention], index: int) -> tuple[int, int]:
    """First and last index of the clause that holds ``index`` (at the most ``LONGEST_CLAUSE`` mentions away)."""
    first = last = index
    lowest, highest = max(0, index - LONGEST_CLAUSE), min(len(mentions), index + LONGEST_CLAUSE)
    while first > lowest and mentions[first - 1].kind not in MARKS:
        first -= 1
    while last + 1 < highest and mentions[last + 1].kind not in MARKS:
        last += 1
    return first, last


def clause_before(mentions: list[Mention], index: int, end: int | None = None) -> list[Mention]:
    """The mentions of the clause that holds ``index`` before it, or before ``end``."""
    return mentions[clause_of(mentions, index)[0] : index if end is None else end]


def has_figure(mentions: list[Mention]) -> bool:
    """One of ``mentions`` is a quantity."""
    return any(mention.kind in QUANTITY_KINDS for mention in mentions)


def names_one(mentions: list[Mention]) -> bool:
    """One of ``mentions`` is a region or an organisation."""
    return any(mention.kind in REGIONS for mention in mentions)


def is_organisation(found: Found | None) -> bool:
    """The subject is a company or another body, no region."""
    return found is not None and isinstance(found.value, Region) and found.value.type == "organization"


def origin(found: Found, fact: Fact) -> Origin:
    """``clause`` where a part stands in the fact's own clause (a time that a comma sets off belongs to it)."""
    mentions = fact.sentence.mentions or []
    first, _ = clause_of(mentions, fact.index)
    if first > 1 and all(mention.kind in _SET_OFF for mention in mentions[clause_of(mentions, first - 2)[0] : first]):
        first, _ = clause_of(mentions, first - 2)
    if found.start is not None and mentions[first].start <= found.start < fact.quantity.start:
        return "clause"
    return "nearby" if found.origin == "clause" else found.origin


def carried(found: Found, origin: Origin = "nearby") -> Found:
    """A part taken over from elsewhere: what stood in that clause is of ``origin`` here."""
    return Found(found.text, found.start, found.end, origin if found.origin == "clause" else found.origin, found.value)
