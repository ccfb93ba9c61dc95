"""Lists: figures that share unit, multiplier and relation, and the same amount told again in other units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING

from ..model import Amount, Mention
from .units import plain, size

if TYPE_CHECKING:
    from ..rulebook import Rulebook

_DIGIT = re.compile(r"[0-9]")
_BARE = frozenset(("number", "scaled"))
_NO_AMOUNTS = frozenset(("count", "percent", "percentage_points", "number", "rank", "doubling", "fold"))
_SAME_AMOUNT = Fraction(1, 10)  # how far rounding may drive apart one amount in two units
_NEAR = 6  # characters between 分别 and the first of its list
_MOST = 50  # how many times the next member of a list one may be that borrows its multiplier


class Lists:
    """The separators of ``relations.yaml``; :meth:`joined` is its one use."""

    def __init__(self, rules: Rulebook) -> None:
        self._separators = frozenset(rules.relations.lists)
        self._apposition = frozenset(rules.relations.apposition)
        self._scales = rules.numerals.tens | rules.numerals.scales
        self._in_turn = tuple(word for entry in rules.cues.cues["distributive"] for word in entry.words)
        self._again = tuple(rules.relations.again)
        self._relations = tuple(word for group in rules.relations.before.values() for word in group)
        self._standards = frozenset(place for names in rules.regions.anaphors.values() for place in names)
        self._longest = max(map(len, self._separators | self._apposition | self._standards)) + 1

    def joined(self, found: list[Mention], text: str) -> Iterator[Mention]:
        """``found`` with shared units and relations; as mentions of kind ``close``, what says an amount again."""
        neighbours = [
            (first, second, text[first.end : second.start])
            for first, second in pairwise(found)
            if 0 < second.start - first.end <= self._longest
        ]
        members = [
            (first, second)
            for first, second, between in neighbours
            if between in self._separators or (second.kind == "points" and self._sets_apart(between))
        ]
        for first, second in reversed(members):
            if first.kind in _BARE or _lends(first, second):
                self._share_unit(first, second)
        self._share_relations(members)
        self._share_bounds(members, text)
        again = {
            id(second)
            for first, second, between in neighbours
            if (between in self._apposition or (between == "," and second.text.startswith(self._again)))
            and _is_same_amount(first.amount, second.amount)
        }
        return self._merged(found, text, again)

    def _sets_apart(self, between: str) -> bool:
        """高于全国0.7、|全省|2.3个百分点: each figure has what it is compared with before it."""
        return between[0] in self._separators and between[1:] in self._standards

    def _share_unit(self, first: Mention, second: Mention) -> None:
        """20、30万吨: the first takes unit and multiplier of the second; 900万、1.1亿港元: only the unit."""
        amount, other = first.amount, second.amount
        if other.dimension == "rank" or not other.value or first.kind == "proportion":
            return
        if other.dimension == "number" and not (first.kind == "number" and second.kind == "scaled"):
            return  # 1931、1549万 share the multiplier
        if first.kind == "scaled" and other.dimension == "duration":
            return  # 达到298亿,3年…
        one = Fraction(other.base_value) / other.value
        value, upper = amount.value, amount.upper
        if first.kind == "scaled" or size(value) > _MOST * size(other.value):
            one /= self._scale(other.multiplier)
            value, upper = amount.base_value, amount.base_upper
            amount.unit = amount.multiplier + other.unit.removeprefix(other.multiplier)
        else:
            amount.unit, amount.multiplier = other.unit, other.multiplier
        first.kind = second.kind
        amount.base_value, amount.base_upper = plain(value * one), None if upper is None else plain(upper * one)
        amount.base_unit, amount.dimension, amount.per = other.base_unit, other.dimension, other.per

    def _scale(self, multiplier: str) -> int:
        return prod(self._scales[character] for character in multiplier)

    def _share_relations(self, members: list[tuple[Mention, Mention]]) -> None:
        """分别约3亿、4亿元, 不低于10%/15%: a relation before a list holds for all of it."""
        governed: set[int] = set()
        for first, second in members:
            one, two = first.amount, second.amount
            if one.relation == "=" or two.relation != "=" or one.dimension != two.dimension or one.bounded_after:
                continue
            if id(first) in governed or first.text.startswith(self._relations):
                two.relation = one.relation
                governed.add(id(second))

    def _share_bounds(self, members: list[tuple[Mention, Mention]], text: str) -> None:
        """分别在2亿元、5000万元、2000万元及以上: handed out in turn, a bound behind a list holds for all of it."""
        run: list[Mention] = []
        for first, second in members:
            if not run or run[-1] is not first:
                told = text[max(0, first.start - _NEAR) : first.start]
                run = [first] if any(word in told for word in self._in_turn) else []
            if not run or first.amount.relation != "=" or first.amount.dimension != second.amount.dimension:
                continue
            run.append(second)
            if second.amount.bounded_after:
                for mention in run[:-1]:
                    mention.amount.relation, mention.amount.bounded_after = second.amount.relation, True

    def _merged(self, found: list[Mention], text: str, again: set[int]) -> Iterator[Mention]:
        kept: list[Mention] = []
        for mention in found:
            if mention.kind == "number" and not mention.text.isascii() and not _DIGIT.search(mention.text):
                continue  # 一、 is the number of a heading, 两 in 两、三家 has got its unit
            if id(mention) not in again or not kept:
                kept.append(mention)
                continue
            kept[-1].amount.also.append(mention)
            yield self._said_again(mention, text, kept[-1])
        yield from kept

    def _said_again(self, mention: Mention, text: str, first: Mention) -> Mention:
        start = first.amount.also[-2].end if len(first.amount.also) > 1 else first.end
        end = mention.end + (text[mention.end : mention.end + 1] == ")")
        return Mention("close", start, end, text[start:end])


def _lends(first: Mention, second: Mention) -> bool:
    """0.12个和1.02个百分点: the first 个 is the beginning of the second's unit."""
    return first.amount.unit == "个" and second.kind == "points" and second.amount.unit.startswith("个")


def _is_same_amount(one: Amount, two: Amount) -> bool:
    if one.dimension != two.dimension or one.dimension in _NO_AMOUNTS:
        return False
    if one.base_unit != two.base_unit:
        return True
    widest = max(size(one.base_value), size(two.base_value))
    return one.unit != two.unit and size(one.base_value - two.base_value) <= widest * _SAME_AMOUNT
