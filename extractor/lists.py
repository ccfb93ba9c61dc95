"""Lists: neighbours that share a grammatical place, joined by 、 和 及 or a slash, become one mention with parts.

After this stage a rule speaks of a list as it speaks of a single item; the reader hands the figures out in turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .model import QUANTITY_KINDS, Indicator, Mention

if TYPE_CHECKING:
    from .rulebook import Rulebook

_ITEMS = frozenset({"noun", "indicator"})
_REGIONS = frozenset({"place", "organisation"})
_ATTRIBUTE = "b"  # the tag of a word that only qualifies
_COLON = frozenset({":", "∶", "比"})
_NEAR_VERB = 5  # mentions behind 与 in which two do something together
_LONGEST_SUFFIX = 12  # characters that the last item of a list can lend the others


class ListFolder:
    """Compiled list rules; :meth:`fold` is the stage's entry."""

    def __init__(self, rules: Rulebook, known: dict[str, Indicator]) -> None:
        lists = rules.lists
        self._joints = frozenset(lists.joints)
        self._with = frozenset(lists.partners)
        self._figure_joints = frozenset(lists.figure_joints)
        self._heads = frozenset(rules.indicators.heads)
        self._known = known
        self._joint_verbs = frozenset(lists.joint_verbs)
        self._own_heads, self._classes = tuple(lists.own_heads), frozenset(lists.classes)
        self._nominal = frozenset(rules.words.nominal_verbs)
        self._lent = tuple(lists.lent)

    def fold(self, mentions: list[Mention], text: str) -> list[Mention]:
        """``mentions`` with every list as one mention, whose ``parts`` are its items in order."""
        folded: list[Mention] = []
        index = 0
        while index < len(mentions):
            end = self._end_of_list(mentions, index)
            if end > index + 1:
                folded.append(self._list(mentions, index, end, text))
            else:
                folded.append(mentions[index])
            index = end
        return folded

    def _end_of_list(self, mentions: list[Mention], start: int) -> int:
        """Index behind the last item of the list that begins at ``start``; ``start + 1`` where none does."""
        kind = _place_of(mentions[start])
        if kind is None and mentions[start].text in self._nominal and mentions[start].kind == "verb":
            kind = "item"  # 销售/管理/研发费用率
        end = start + 1
        if kind is None and self._is_attribute(mentions, start):
            kind = "item"  # 线上、线下收入
        if kind is None:
            return end
        joints = self._figure_joints if kind in QUANTITY_KINDS else self._joints
        if kind == "proportion":
            joints = _COLON
        if kind == "region" and self._has_partners(mentions, end):
            return end
        while (
            end + 1 < len(mentions)
            and mentions[end].text in joints
            and (
                _place_of(mentions[end + 1]) == kind
                or (
                    kind == "item"
                    and mentions[end + 1].text in self._nominal
                    and mentions[end + 2 : end + 3]
                    and mentions[end + 2].text in joints
                )
            )
        ):
            if mentions[end].kind == "comma" and not _alike(mentions[start], mentions[end + 1]):
                break
            end += 2
        return end

    def _has_partners(self, mentions: list[Mention], at: int) -> bool:
        """某市|与|甲、乙等…, 甲|与|乙|签署…: the one before 与 does something with those behind it."""
        if at + 2 >= len(mentions) or mentions[at].text not in self._with:
            return False
        if any(mention.text in self._joint_verbs for mention in mentions[at + 2 : at + _NEAR_VERB]):
            return True
        return mentions[at + 2].text in self._joints and mentions[at + 2].text not in self._with

    def _is_attribute(self, mentions: list[Mention], at: int) -> bool:
        """A word that only qualifies, joined to a noun phrase that begins with one of its kind."""
        if mentions[at].kind != "adverb" or mentions[at].tag != _ATTRIBUTE or at + 2 >= len(mentions):
            return False
        return mentions[at + 1].text in self._joints and mentions[at + 2].kind in _ITEMS

    def _list(self, mentions: list[Mention], start: int, end: int, text: str) -> Mention:
        items = mentions[start:end:2]
        if _place_of(items[-1]) is None:
            return mentions[start]
        first, last = items[0], items[-1]
        kind, symbol = last.kind, last.symbol
        if kind in _ITEMS:
            items = self._headed(self._completed(items))
            value = Indicator(None, text[first.start : last.end])
        else:
            value = last.value  # type: ignore[assignment]
        words = text[first.start : last.end]
        return Mention(kind, first.start, last.end, words, symbol, value, last.tag, parts=tuple(items))

    def _completed(self, items: list[Mention]) -> list[Mention]:
        """Items with the end of a name that the last lends them (粮食、油料产量 → 粮食产量)."""
        last = items[-1]
        suffixes = [last.text[-length:] for length in range(min(len(last.text) - 1, _LONGEST_SUFFIX), 1, -1)]
        return [*(self._item(item, last, suffixes) for item in items[:-1]), last]

    def _headed(self, items: list[Mention]) -> list[Mention]:
        """Items with the beginning of a name that the first lends them (单位GDP能耗和二氧化碳排放)."""
        head = next((words for words in self._lent if items[0].text.startswith(words)), None)
        if head is None:
            return items
        names = [head + item.text for item in items[1:]]
        lent = [self._known.get(name) or Indicator(None, name) for name in names]
        return [items[0], *(_as_indicator(item, value) for item, value in zip(items[1:], lent, strict=True))]

    def _item(self, item: Mention, last: Mention, suffixes: list[str]) -> Mention:
        for suffix in suffixes:
            if known := self._known.get(item.text + suffix):
                return _as_indicator(item, known)
        if isinstance(item.value, Indicator) and (item.value.id or item.tag in self._heads):
            return item
        lent = _lent(last)
        if len(lent) < 2:
            lent = _parallel(item, last) or lent or last.tag
        if self._is_of_class(item, last):
            return _as_indicator(item, Indicator(None, item.text + lent))
        if item.text.endswith((lent, *self._own_heads)) or not (lent in self._heads or last.kind == "indicator"):
            return item
        name = _joined(item.text, lent)
        return _as_indicator(item, self._known.get(name) or Indicator(None, name)) if lent else item

    def _is_of_class(self, item: Mention, last: Mention) -> bool:
        """国家级、部级|创新平台: an item that only qualifies, by the ending that the last one's first word has too."""
        if len(last.words) < 2 or item.kind == "indicator":
            return False
        first = last.text[: last.words[0][1] - last.start]
        return first[-1] in self._classes and item.text[-1] == first[-1]


def _as_indicator(item: Mention, value: Indicator) -> Mention:
    return Mention("indicator", item.start, item.end, item.text, item.symbol, value, item.tag, item.words)


def _joined(item: str, head: str) -> str:
    """An item with the head that it shares, what both have told once (轻工业 + 工业产值, 粮油类 + 类价格)."""
    common = next((n for n in range(min(len(item), len(head)), 0, -1) if item.endswith(head[:n])), 0)
    return item + head[common:]


def _lent(last: Mention) -> str:
    """What the last item's name ends with behind its first word: 成本 of 包装|成本."""
    if len(last.words) > 1:
        return last.text[last.words[1][0] - last.start :]
    return ""


def _parallel(item: Mention, last: Mention) -> str:
    """What a name of one word ends with behind as many characters as the item has: 费用率 of 研发费用率 for 销售."""
    rest = last.text[len(item.text) :]
    return rest if last.kind == "indicator" and len(rest) > 1 else ""


def _place_of(mention: Mention) -> str | None:
    """The grammatical place that an item of a list shares with its neighbours."""
    if mention.kind in _ITEMS:
        return "item"
    if mention.kind in _REGIONS:
        return "region"
    if mention.kind == "time" or mention.kind in QUANTITY_KINDS:
        return mention.kind
    return None


def _alike(first: Mention, second: Mention) -> bool:
    """Figures in the same unit, which a comma may join as a list."""
    return first.kind == second.kind and first.amount.base_unit == second.amount.base_unit


def items_of(mention: Mention) -> Iterator[Mention]:
    """The items of a list, or the mention itself."""
    return iter(mention.parts or (mention,))
