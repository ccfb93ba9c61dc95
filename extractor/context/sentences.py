"""What the readers of a sentence share: looking at the mentions before a figure."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Cue, Found, Mention, Origin

REGIONS = frozenset({"place", "organisation"})
ITEMS = frozenset({"noun", "indicator"})


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
    """First and last index of the clause that holds ``index``."""
    first = last = index
    while first > 0 and mentions[first - 1].kind not in ("break", "comma"):
        first -= 1
    while last + 1 < len(mentions) and mentions[last + 1].kind not in ("break", "comma"):
        last += 1
    return first, last


def carried(found: Found, origin: Origin = "nearby") -> Found:
    """A part taken over from elsewhere: what stood in that clause is of ``origin`` here."""
    return Found(found.text, found.start, found.end, origin if found.origin == "clause" else found.origin, found.value)
