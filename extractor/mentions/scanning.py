"""Scanning with the patterns of the rules: macros, one alternation for a list of entries, and what is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex


def expand(pattern: str, macros: Mapping[str, str]) -> str:
    """``pattern`` with every ``{name}`` replaced by its macro; macros may use those before them."""
    for name, macro in reversed(macros.items()):
        pattern = pattern.replace("{" + name + "}", macro)
    return pattern


class Scanner:
    """Finds the leftmost match of a list of patterns, the earlier pattern first; says which one it was."""

    def __init__(self, patterns: Sequence[str], macros: Mapping[str, str], starts: str) -> None:
        parts = (f"(?:{expand(pattern, macros)})(?P<_{i}>)" for i, pattern in enumerate(patterns))
        self._pattern = regex.compile(f"{starts}(?:{'|'.join(parts)})")
        self._markers = tuple(self._pattern.groupindex[f"_{i}"] for i in range(len(patterns)))

    def find(self, text: str, taken: bytearray) -> Iterator[tuple[int, regex.Match[str]]]:
        """(index of the pattern, match) for each match that touches nothing ``taken``; marks what it yields as taken."""
        for match in self._pattern.finditer(text):
            start, end = match.span()
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\x01" * (end - start)
                markers = match.group(*self._markers) if len(self._markers) > 1 else (match.group(*self._markers),)
                yield markers.index(""), match
