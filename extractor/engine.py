"""The rule engine: a pattern over the sequence of a sentence's mentions and words, one character each.

It is a cascade in the manner of FASTUS (Hobbs et al. 1997) and JAPE: rules are tried by falling priority, and what an
earlier rule has taken stays taken. The engine knows the pattern language and nothing of Chinese:

    <kind>  <kind:role>     a mention of a kind, cue class or group; a role names it for the record
    <a|b:role>              any of several kinds
    [达|达到|为]             one of these words; a word alone stands for itself
    ( … )  ? * +  |         groups, repetition (40 times at most, so that time is bounded), alternatives
    ( … ):role              all that the group matches, as one stretch
    ...                     as little as needed of anything that is no stop (see kinds.yaml)
    ^  $                    the beginning and the end of a clause
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from . import backtracking
from .alphabet import Alphabet
from .errors import RuleError
from .patterns import compiled_regex

if TYPE_CHECKING:
    from .rulebook import FactRule

_TOKEN = regex.compile(
    r"\s+|<(?P<kinds>[a-z_|]+)(?::(?P<role>[a-z_]+))?>|\[(?P<words>[^\]]+)\]|(?P<gap>\.\.\.)|\):(?P<group>[a-z_]+)"
    r"|(?P<plain>[()?*+|^$])|(?P<word>[\u4e00-\u9fff]+)"
)

_MOST = 40  # times that something is repeated, and mentions that ... runs over

Spans = dict[str, list[tuple[int, int]]]


@dataclass(slots=True, frozen=True)
class Compiled:
    """A rule, its pattern as a regular expression, and what it cannot match without: quantities, other mentions."""

    rule: FactRule
    pattern: regex.Pattern[str]
    decisive: tuple[frozenset[str], ...]
    needs: tuple[frozenset[str], ...]
    roles: tuple[str, ...]
    quantities: tuple[str, ...]


class Engine:
    """All rules, compiled once, by falling priority."""

    def __init__(self, rules: list[FactRule], alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._breaks = _charset(alphabet.members("stop"))
        ordered = sorted(rules, key=lambda rule: -rule.priority)
        self._decisive = frozenset(alphabet.members("quantity"))
        self._rules = [self._compile(rule) for rule in ordered]
        self._remembered: dict[frozenset[str], list[Compiled]] = {}

    def matches(self, symbols: str, taken: Container[int]) -> Iterator[tuple[FactRule, Spans]]:
        """(rule, role → spans of indexes into ``symbols``) for every match, the most specific rule first.

        ``taken`` is the caller's growing set of quantities that already have a rule; a match of none but these is
        passed over.
        """
        for compiled in self._possible(frozenset(symbols)):
            for match in compiled.pattern.finditer(symbols):
                if all(start in taken for role in compiled.quantities for start in match.starts(role)):
                    continue
                spans = {role: match.spans(role) for role in compiled.roles}
                spans["_match"] = [match.span()]
                yield compiled.rule, spans

    def _possible(self, present: frozenset[str]) -> list[Compiled]:
        """The rules all of whose needs are among the characters that are present; remembered by the decisive ones."""
        decisive = present & self._decisive
        if decisive not in self._remembered:
            self._remembered[decisive] = [
                compiled for compiled in self._rules if not any(need.isdisjoint(decisive) for need in compiled.decisive)
            ]
        return [c for c in self._remembered[decisive] if not any(need.isdisjoint(present) for need in c.needs)]

    def _compile(self, rule: FactRule) -> Compiled:
        try:
            source, needs = self._translate(rule.pattern)
            _check(source)
            pattern = compiled_regex(source)
        except (KeyError, ValueError, regex.error) as error:
            raise RuleError(f"{rule.id}: pattern: {error}", rule.id) from error
        for made in rule.yields:
            for role in (made.quantity, made.after, made.scope, made.sign, rule.times_of_base):
                if role and role not in pattern.groupindex:
                    raise RuleError(f"{rule.id}: pattern: it has no role {role!r}", rule.id)
        decisive = tuple(need for need in needs if need <= self._decisive)
        others = tuple(need for need in needs if not need <= self._decisive)
        quantities = tuple(made.quantity for made in rule.yields)
        return Compiled(rule, pattern, decisive, others, tuple(pattern.groupindex), quantities)

    def _translate(self, source: str) -> tuple[str, tuple[frozenset[str], ...]]:
        stops = set().union(*(self._alphabet.members(kind) for kind in self._alphabet.stops))
        gap = f"[^{_charset(stops)[1:]}{{0,{_MOST}}}?"
        out: list[str] = []
        opens: list[int] = []
        needs: list[frozenset[str]] = []
        position = 0
        while position < len(source):
            token = _TOKEN.match(source, position)
            if token is None:
                raise ValueError(f"cannot read {source[position:]!r}")
            position = token.end()
            if token["kinds"]:
                members = set().union(*(self._alphabet.members(kind) for kind in token["kinds"].split("|")))
                out.append(f"(?P<{token['role']}>{_charset(members)})" if token["role"] else _charset(members))
                if not opens and not regex.match(r"\s*[?*]", source, pos=position):
                    needs.append(frozenset(members))
            elif token["words"] or token["word"]:
                words = (token["words"] or token["word"]).split("|")
                out.append(_charset({self._alphabet.symbol("word", word) for word in words}))
            elif token["gap"]:
                out.append(gap)
            elif token["group"]:
                out.insert(opens.pop(), f"(?P<{token['group']}>")
                out.append("))")
            elif (plain := token["plain"]) is not None:
                if plain == "(":
                    opens.append(len(out))
                    out.append("(?:")
                elif plain == ")":
                    opens.pop()
                    out.append(plain)
                elif plain == "^":
                    out.append(f"(?:^|(?<={self._breaks}))")
                elif plain == "$":
                    out.append(f"(?=$|{self._breaks})")
                elif plain in "*+":
                    out.append(f"{{{'01'[plain == '+']},{_MOST}}}")
                else:
                    out.append(plain)
        return "".join(out), tuple(sorted(needs, key=len))


def _check(source: str) -> None:
    try:
        backtracking.check(source)
    except ValueError as error:  # which speaks of the regular expression
        raise ValueError(
            "it can match the same mentions in too many ways: fewer * + ... one behind the other"
        ) from error


def _charset(members: set[str]) -> str:
    """A class of characters, by its ranges: a long class takes long to compile."""
    points = sorted(map(ord, members))
    begins = [point for point in points if chr(point - 1) not in members]
    ends = [point for point in points if chr(point + 1) not in members]
    spans = zip(begins, ends, strict=True)
    return f"[{''.join(chr(begin) + (f'-{chr(end)}' if end > begin else '') for begin, end in spans)}]"
