"""Homes: whose currency a text means by 元 alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .mentions.scanning import alternation
from .patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .rulebook import Units

_FEWEST = 6  # different traditional characters of a text that is written in them


class HomeFinder:
    """Tells by script and by the bodies that it names at home in which currency a text counts."""

    def __init__(self, units: Units, traditional: Mapping[str, str]) -> None:
        self._traditional = frozenset(traditional)
        self._homes = [(code, compiled(alternation(words))) for code, words in units.homes.items()]

    def currency(self, original: str, normalised: str) -> str | None:
        """The ISO 4217 code of a text in traditional characters that names what is at home there; else ``None``."""
        if self._traditional.isdisjoint(original) or len(self._traditional & set(original)) < _FEWEST:
            return None
        return next((code for code, words in self._homes if words.search(normalised)), None)
