"""What stands around a number: signs, currencies and relations before it, relations behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..patterns import compiled

if TYPE_CHECKING:
    from ..rulebook import Rulebook


_LONGEST_ASIDE = 40  # characters in a bracket between a figure and the words behind it
_RELATION, _CURRENCY, _SIGN, _ROUND, _MONEY, _ROUND_OR_MONEY = range(6)


@dataclass(slots=True)
class Lead:
    """What stands before a number, from ``start`` on. ``signed`` is where the sign and currency alone begin."""

    start: int
    signed: int
    relation: str = "="
    word: str = ""
    currency: str = ""
    symbol: bool = False
    sign: str = ""
    only: int = _RELATION
    """Which figures the relation is one of: any, bare round ones, or money."""

    @property
    def is_of_round(self) -> bool:
        """上百: the relation holds before a bare round numeral only."""
        return self.only in (_ROUND, _ROUND_OR_MONEY)

    @property
    def is_of_money(self) -> bool:
        """最高200万元: the relation holds before money only."""
        return self.only in (_MONEY, _ROUND_OR_MONEY)


class Surroundings:
    """The compiled words of ``relations.yaml`` and the currencies of ``units.yaml``."""

    def __init__(self, rules: Rulebook) -> None:
        relations = rules.relations
        self._plain = frozenset(relations.plain)
        self._not_preceded = relations.not_preceded
        self._not_negative = frozenset(relations.not_negative)
        words: dict[str, tuple[int, str]] = {}
        for relation, group in relations.before.items():
            words |= dict.fromkeys(group, (_RELATION, relation))
        words |= {word + verb: role for word, role in words.items() for verb in relations.before_verbs}
        words |= {word: (_MONEY, of_money) for word, of_money in relations.before_money.items()}
        for word in relations.before_numeral:
            kind = _ROUND_OR_MONEY if word in relations.before_money else _ROUND
            words[word] = (kind, words[word][1])
        words |= {word: (_CURRENCY, code) for word, code in rules.units.signs.items()}
        words |= {word: (_SIGN, word) for word in (*relations.negative, "+")}
        self._leads = words
        lengths: dict[str, set[int]] = {}
        for word in words:
            lengths.setdefault(word[-1], set()).add(len(word))
        self._lengths = {last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()}
        self.closing = frozenset(self._lengths) | {" "}
        self._after = {word: relation for relation, group in relations.after.items() for word in group}
        after = "|".join(
            re.escape(word) + (f"(?![{relations.not_followed[word]}])" if word in relations.not_followed else "")
            for word in sorted(self._after, key=len, reverse=True)
        )
        self._trail = compiled(rf"(?P<with>\((?:不)?含(?:本数)?\))?(?P<after>{after})?")
        self._beyond = compiled(rf"(?:\([^()\n]{{1,{_LONGEST_ASIDE}}}\)|\))(?P<after>{after})")
        self.opening = frozenset(word[0] for word in self._after) | {"(", ")"}

    def before(self, text: str, start: int, floor: int) -> Lead:
        """The words right before the number at ``start``, none of them before ``floor``."""
        lead = Lead(start, start)
        while lead.start > floor:
            position = lead.start
            if text[position - 1] == " " and position - 1 > floor:
                position -= 1
            for length in self._lengths.get(text[position - 1], ()):
                begin = position - length
                role = self._leads.get(text[begin:position]) if begin >= floor else None
                if role and self._take(lead, role, text[begin:position], begin, text, floor):
                    break
            else:
                return lead
        return lead

    def _take(self, lead: Lead, role: tuple[int, str], word: str, begin: int, text: str, floor: int) -> bool:
        """Make ``word`` a part of ``lead`` if it can be one there."""
        kind, value = role
        previous = text[begin - 1 : begin]
        if kind == _SIGN:
            if lead.sign or lead.word or not self._is_sign(word, previous, begin, floor):
                return False
            lead.sign = value
        elif kind == _CURRENCY:
            if lead.currency or (word.isascii() and word.isalpha() and previous.isascii() and previous.isalpha()):
                return False
            lead.currency, lead.symbol = value, word.isascii() or not word.isalpha()
        else:
            if lead.word or (previous and previous in self._not_preceded.get(word, "")):
                return False
            lead.word, lead.only = word, kind
            lead.relation = "=" if word in self._plain else value
        lead.start = begin
        if not lead.word:
            lead.signed = begin
        return True

    def _is_sign(self, word: str, previous: str, begin: int, floor: int) -> bool:
        """A dash behind a figure, a name or a bracket joins two things."""
        if not previous or not word.isascii():
            return True
        return (
            (begin > floor or not floor)
            and not (previous in self._not_negative or previous == "\0" or (previous.isascii() and previous.isalnum()))
            and previous != word
        )

    def behind(self, text: str, end: int) -> tuple[int, str, bool]:
        """(end of the words behind a quantity, its relation, whether there is one)."""
        match = self._trail.match(text, end)
        if match is None or match.end() == end:
            beyond = self._beyond.match(text, end)  # 1500万元(山区600万元)|以上
            return (end, self._after[beyond["after"]], True) if beyond else (end, "=", False)
        if not match["after"]:
            return match.end(), "=", False
        return match.end(), self._after[match["after"]], True
