"""The alphabet of the rule engine: one character for each kind of mention, and one for each word that rules name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from .rulebook import Rulebook


KINDS = [
    "indicator",
    "noun",
    "place",
    "organisation",
    "time",
    "compare",
    "amount",
    "thing",
    "tally",
    "event",
    "percent",
    "signed",
    "sized",
    "points",
    "fold",
    "doubling",
    "ordinal",
    "number",
    "scaled",
    "proportion",
    "name",
    "verb",
    "adverb",
    "particle",
    "word",
    "list",
    "comma",
    "break",
    "open",
    "close",
]
_FIRST = 0xE000  # the private use area: 6400 characters that no text's own words use
_WORD = regex.compile(r"[\u4e00-\u9fff]+")


class Alphabet:
    """Symbols for kinds and words; ``cues`` maps each cue word to its classes and sign."""

    def __init__(self, rules: Rulebook) -> None:
        self.cues: dict[str, tuple[frozenset[str], int]] = {}
        classes: dict[str, set[str]] = {}
        signs: dict[str, int] = {}
        for kind, entries in rules.cues.cues.items():
            for entry in entries:
                for word in entry.words:
                    classes.setdefault(word, set()).add(kind)
                    signs[word] = entry.sign or signs.get(word, 0)
        for word, kinds in classes.items():
            self.cues[word] = frozenset(kinds), signs[word]
        literals = {word for rule in rules.facts for word in _WORD.findall(rule.pattern)} - set(classes)
        self.literals = literals
        names = [*KINDS, *sorted(classes), *sorted(literals)]
        self._symbols = {name: chr(_FIRST + i) for i, name in enumerate(names)}
        self._members: dict[str, set[str]] = {kind: {self._symbols[kind]} for kind in KINDS}
        for word, kinds in classes.items():
            for kind in kinds:
                self._members.setdefault(kind, set()).add(self._symbols[word])
        functions = set(rules.words.function_words)
        for word in literals:
            self._members["particle" if word in functions else "word"].add(self._symbols[word])
        self._groups = rules.kinds.groups
        self.stops = rules.kinds.stops

    def symbol(self, kind: str, word: str = "") -> str:
        """The character of a mention: that of its word where rules name the word, else that of its kind."""
        return self._symbols.get(word) or self._symbols[kind]

    def members(self, name: str) -> set[str]:
        """The characters of a kind, a cue class or a group of these.

        Raises:
            KeyError: no kind, class or group has this name.
        """
        if name in self._groups:
            return set().union(*(self.members(part) for part in self._groups[name]))
        return self._members[name]
