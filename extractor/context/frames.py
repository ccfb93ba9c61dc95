"""Frames: what holds at a point of the text, by nested scopes, innermost last.

document > section(s) > paragraph > sentence > part (其中 …) > clause > bracket > clause of the bracket …
A value is looked up from the innermost frame outwards; leaving a scope forgets what it set.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ..model import Fact, Found

Level = Literal["document", "section", "paragraph", "sentence", "part", "bracket", "clause"]


@dataclass(slots=True)
class Frame:
    """What one scope sets; ``None`` where it leaves a thing to the scopes around it."""

    level: Level
    subject: Found | None = None
    period: Found | None = None
    status: str | None = None
    fact: Fact | None = None
    """The last fact told in the scope itself."""
    sentences: int = 0
    """How many sentences a paragraph has had."""
    items: int = 0
    """How many numbered sentences a paragraph has had."""
    first: Fact | None = None
    """The first fact told in a paragraph."""
    condition: Fact | None = None
    """The last condition told in a paragraph (营业收入5-10亿元的,…)."""
    group: list[Fact] | None = None
    """The last list of facts told in the scope itself."""
    grown: Fact | None = None
    """The last growth told in a paragraph."""
    told: list[Fact] = field(default_factory=list)
    """The levels told in the scope itself, each of another indicator."""
    in_unit: dict[str, Fact] = field(default_factory=dict)
    """The last level told in a sentence in each unit, of those whose indicator is known."""


class Frames:
    """The stack of frames at a point of the text."""

    def __init__(self) -> None:
        self.stack: list[Frame] = [Frame("document")]

    def push(self, level: Level) -> Frame:
        """Enter a scope."""
        frame = Frame(level)
        self.stack.append(frame)
        return frame

    def pop_to(self, level: Level) -> None:
        """Leave every scope inside the innermost one of ``level``, which stays."""
        while self.stack[-1].level != level:
            self.stack.pop()

    def leave(self, level: Level) -> None:
        """Leave the innermost scope of ``level`` and all inside it."""
        self.pop_to(level)
        self.stack.pop()

    def innermost(self, *levels: Level) -> Frame:
        """The innermost frame of one of ``levels``."""
        for frame in reversed(self.stack):
            if frame.level in levels:
                return frame
        raise LookupError(levels)

    def inside(self, level: Level) -> bool:
        """Whether a scope of ``level`` is open."""
        for frame in self.stack:  # noqa: SIM110 (asked at every mention, and faster so)
            if frame.level == level:
                return True
        return False

    def subject(self) -> Found | None:
        """The subject in force."""
        for frame in reversed(self.stack):
            if frame.subject:
                return frame.subject
        return None

    def period(self) -> Found | None:
        """The period in force; one whose time has no label says that the text does not tell."""
        for frame in reversed(self.stack):
            if frame.period:
                return frame.period
        return None

    def above(self) -> Found | None:
        """The period of the section or document, whatever the paragraph is about."""
        wide = (frame for frame in reversed(self.stack) if frame.level in ("section", "document"))
        return next((frame.period for frame in wide if frame.period), None)

    def status(self) -> str | None:
        """The status in force."""
        for frame in reversed(self.stack):
            if frame.status:
                return frame.status
        return None

    def fact(self) -> Fact | None:
        """The fact that one without an indicator of its own speaks of."""
        for frame in reversed(self.stack):
            if frame.fact:
                return frame.fact
        return None

    def told(self) -> list[Fact]:
        """The levels of the sentence."""
        return self.innermost("sentence").told

    def group(self) -> list[Fact] | None:
        """The last list of facts in force."""
        for frame in reversed(self.stack):
            if frame.group:
                return frame.group
        return None
