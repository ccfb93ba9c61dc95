"""Norms: laws, rules, grants and judgments, whose figures hold at any time and are no plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .mentions.scanning import alternation
from .patterns import compiled

if TYPE_CHECKING:
    from .model import Heading
    from .rulebook import Reading

_TITLE, _PREAMBLE = 60, 300  # characters of a text without a title that may be one; where it says what it lays down


class NormFinder:
    """Tells by title and opening whether a text is a norm."""

    def __init__(self, reading: Reading) -> None:
        follows = alternation(reading.norm_followed)
        self._title = compiled(rf"(?:{alternation(reading.norms)})(?=$|[^\u4e00-\u9fff]|{follows})")
        self._openings = compiled(alternation(reading.norm_openings))

    def is_norm(self, text: str, title: Heading | None) -> bool:
        """The title names a norm (…办法, …政策的通知), or the text opens as one."""
        named = self._title.search(title.text if title else text[:_TITLE])
        return bool(named or self._openings.search(text, 0, _PREAMBLE))
