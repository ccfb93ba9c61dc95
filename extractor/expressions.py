"""Expressions: what a regular expression of the rules is made of, so that it can be judged before it runs.

Python keeps its own parser of regular expressions to itself. This one reads the part of the syntax that rules need and
that :mod:`re` and :mod:`regex` read alike, and refuses the rest (flags, backreferences, conditions).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

Ranges: TypeAlias = "tuple[tuple[int, int], ...]"
"""Characters, as ranges of code points with both ends, in order."""

_LAST = 0x10FFFF
_WIDE = 1000  # characters of one range: too many to try a pattern at


class Characters(NamedTuple):
    """One of some characters. Outside ASCII, ``\\w`` stands for all but spaces, and ``\\d`` for nothing."""

    ranges: Ranges


class Chain(NamedTuple):
    """One behind the other."""

    items: tuple[Node, ...]


class Branches(NamedTuple):
    """One of several, the first that leads to a match."""

    options: tuple[Node, ...]


class Repeat(NamedTuple):
    """``least`` to ``most`` times the same (``None``: without a bound); ``written`` is how it is written."""

    body: Node
    least: int
    most: int | None
    written: str


class Look(NamedTuple):
    """What must stand, or must not, before or behind a place."""

    body: Node


class Edge(NamedTuple):
    """An edge of the text or of a word: ``^``, ``$``, ``\\b`` …"""

    written: str


class Kept(NamedTuple):
    """What is matched once and not tried in another way: ``(?>…)``, ``…*+``."""

    body: Node


Node: TypeAlias = "Characters | Chain | Branches | Repeat | Look | Edge | Kept"

_ESCAPED = r"\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\[dswDSWafnrtv]|\\[^0-9A-Za-z]"
_TOKEN = re.compile(
    rf"""
      (?P<look>\(\?<?[=!])
    | (?P<kept>\(\?>)
    | (?P<group>\((?:\?:|\?P?<\w+>|(?!\?)))
    | (?P<repeat>[*+?] | \{{(?:\d+(?:,\d*)?|,\d+)\}})(?P<manner>[?+]?)
    | (?P<set>\[(?P<not>\^?)(?P<members>\]?(?:\\.|[^\]\\])*)\])
    | (?P<edge>[\^$]|\\[bBAZ])
    | (?P<character>{_ESCAPED}|[^\\(){{}}[])
    """,
    re.VERBOSE | re.DOTALL,
)
_MEMBER = re.compile(rf"{_ESCAPED}|[^\\]", re.DOTALL)
_BOUNDS = re.compile(r"\{(\d*)(,?)(\d*)\}")
_CONTROLS = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def parse(pattern: str) -> Node:
    """``pattern`` as a tree.

    Raises:
        ValueError: it is no regular expression, or has what rules do not need.
    """
    reader = _Reader(pattern)
    tree = reader.branches()
    if reader.position < len(pattern):
        raise ValueError(f"no group is open before {pattern[reader.position :][:20]!r}")
    return tree


def first_characters(pattern: str) -> set[str]:
    """The characters that a match of ``pattern`` can begin with.

    Raises:
        ValueError: it is no pattern, or can begin with nearly any character, and would be tried everywhere.
    """
    firsts, _ = _firsts(parse(pattern))
    return firsts


def _firsts(node: Node) -> tuple[set[str], bool]:
    """(first characters, whether it can match nothing) of a parsed pattern."""
    match node:
        case Characters(ranges):
            return {chr(point) for begin, end in ranges for point in _few(begin, end)}, False
        case Chain(items):
            return _firsts_of_chain(items)
        case Branches(options):
            branches = [_firsts(option) for option in options]
            return set().union(*(firsts for firsts, _ in branches)), any(empty for _, empty in branches)
        case Repeat(body, least, _, _):
            firsts, empty = _firsts(body)
            return firsts, empty or least == 0
        case Kept(body):
            return _firsts(body)
        case Look() | Edge():
            return set(), True


def _firsts_of_chain(items: Iterable[Node]) -> tuple[set[str], bool]:
    found: set[str] = set()
    for item in items:
        firsts, empty = _firsts(item)
        found |= firsts
        if not empty:
            return found, False
    return found, True


def _few(begin: int, end: int) -> range:
    if end - begin >= _WIDE:
        raise ValueError(f"a pattern may not begin with a wide class of characters ({chr(begin)!r} to {chr(end)!r})")
    return range(begin, end + 1)


class _Reader:
    """A pattern and how far it is read."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self.position = 0

    def branches(self) -> Node:
        """What stands until the end of a group, or of the pattern."""
        options = [self._chain()]
        while self._pattern.startswith("|", self.position):
            self.position += 1
            options.append(self._chain())
        return options[0] if len(options) == 1 else Branches(tuple(options))

    def _chain(self) -> Node:
        items: list[Node] = []
        begun = self.position
        repeatable = False
        while self.position < len(self._pattern) and self._pattern[self.position] not in "|)":
            token = self._token()
            if token["repeat"]:
                if not repeatable:
                    raise ValueError(f"nothing to repeat before {token[0]!r}")
                items[-1] = _repeated(items[-1], token, self._pattern[begun : self.position])
                repeatable = False
            else:
                begun = token.start()
                items.append(self._item(token))
                repeatable = not (token["look"] or token["edge"])
        return items[0] if len(items) == 1 else Chain(tuple(items))

    def _token(self) -> re.Match[str]:
        token = _TOKEN.match(self._pattern, self.position)
        if token is None:
            raise ValueError(f"cannot read {self._pattern[self.position :][:20]!r}")
        self.position = token.end()
        return token

    def _item(self, token: re.Match[str]) -> Node:
        if token["look"]:
            return Look(self._group())
        if token["kept"]:
            return Kept(self._group())
        if token["group"]:
            return self._group()
        if token["edge"]:
            return Edge(token["edge"])
        if token["set"]:
            return Characters(_set(token["members"], bool(token["not"])))
        if token["character"] == ".":
            return Characters(_without(((10, 10),)))
        return Characters(_ranges(token["character"]))

    def _group(self) -> Node:
        body = self.branches()
        if not self._pattern.startswith(")", self.position):
            raise ValueError("a group is not closed")
        self.position += 1
        return body


def _repeated(body: Node, token: re.Match[str], written: str) -> Node:
    least, most = _bounds(token["repeat"])
    repeat = Repeat(body, least, most, written)
    return Kept(repeat) if token["manner"] == "+" else repeat


def _bounds(written: str) -> tuple[int, int | None]:
    if written in "*+?":
        return (1 if written == "+" else 0), (1 if written == "?" else None)
    bounds = _BOUNDS.fullmatch(written)
    assert bounds
    least, comma, most = bounds.groups()
    if not comma:
        return int(least), int(least)
    return int(least or 0), int(most) if most else None


def _set(members: str, inverted: bool) -> Ranges:
    """The characters of a set, as between its brackets."""
    written = _MEMBER.findall(members)
    if "".join(written) != members or members.startswith("[:") or not members:
        raise ValueError(f"cannot read the set [{members}]")
    found: list[tuple[int, int]] = []
    position = 0
    while position < len(written):
        low = _ranges(written[position])
        if written[position + 1 : position + 2] == ["-"] and position + 2 < len(written):
            high = _ranges(written[position + 2])
            if len(low) > 1 or len(high) > 1 or high[0][1] < low[0][0]:
                raise ValueError(f"no range of characters: {''.join(written[position : position + 3])}")
            found.append((low[0][0], high[0][1]))
            position += 3
        else:
            found += low
            position += 1
    ranges = _joined(found)
    return _without(ranges) if inverted else ranges


def _joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The same characters in order, without overlaps."""
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(ranges):
        if joined and begin <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return tuple(joined)


def _without(ranges: Ranges) -> Ranges:
    """All other characters."""
    begins = [0, *(end + 1 for _, end in ranges)]
    ends = [*(begin - 1 for begin, _ in ranges), _LAST]
    return tuple((begin, end) for begin, end in zip(begins, ends, strict=True) if begin <= end)


def _points(characters: str) -> Ranges:
    return _joined([(ord(character), ord(character)) for character in characters])


_DIGITS: Ranges = ((48, 57),)
_SPACES = _joined(
    [(0x2000, 0x200A), *_points("\t\n\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000")]
)
_ASCII_WORDS: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
_CLASSES: dict[str, Ranges] = {
    "d": _DIGITS,
    "D": _without(_DIGITS),
    "s": _SPACES,
    "S": _without(_SPACES),
    "w": _without(_joined([*_SPACES, *_without((*_ASCII_WORDS, (128, _LAST)))])),
    "W": _without(_ASCII_WORDS),
}


def _ranges(written: str) -> Ranges:
    """The characters of one that is written plainly or with a backslash."""
    if len(written) == 1:
        return ((ord(written), ord(written)),)
    kind, rest = written[1], written[2:]
    if kind in _CLASSES:
        return _CLASSES[kind]
    point = int(rest, 16) if rest else ord(_CONTROLS.get(kind, kind))
    return ((point, point),)
