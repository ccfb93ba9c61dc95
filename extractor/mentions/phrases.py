"""Phrases: the words between the scanned mentions, joined to noun phrases, indicators, places and organisations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ..alphabet import KINDS, Alphabet
from ..model import QUANTITY_KINDS, Cue, Indicator, Mention, Region
from ..segment import Segmenter
from .places import Gazetteer

if TYPE_CHECKING:
    from ..rulebook import Rulebook

_BREAKS = frozenset(";:。!?…")
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
_LEADING_CUES = frozenset({"move", "rate", "share", "share_of", "contribution", "contribute", "reach_to"})
_FOLLOW_NOMINAL = QUANTITY_KINDS | {"noun", "indicator", "name"}  # 老旧小区改造|项目, 高新技术企业认定|10家
_QUALIFYING = frozenset({"b", "a", "f"})  # tags of words that only qualify
_NOUNS = frozenset({"noun", "indicator", "name"})
# Kinds that are never a part of a noun phrase.
_APART = QUANTITY_KINDS | {
    "break",
    "comma",
    "list",
    "open",
    "close",
    "place",
    "organisation",
    "time",
    "compare",
    "adverb",
}
_DEEDS = frozenset("vad")  # first letters of the tags of verbs, of adverbs and what is used as one
_COUNTS = frozenset({"count", "scaled"})  # 50名学生, 50万学生
_BOUNDS = frozenset({"list", "comma", "break", "open"})
_SMALL = frozenset("dqa")  # first letters of the tags of adverbs, classifiers, adjectives
_ASIDE = 6  # mentions of a bracket behind a name
_PREDICATE = 12  # words behind a verb among which another is looked for
_FRAGMENTS = (2, 3)  # characters of an unknown word in a list
_FRAGMENT_KINDS = frozenset({"noun", "verb", "word"})
_SCANNED = "\0"  # stands for a scanned mention in what is segmented; normalised text has none
_NATION = "全国"
_PER = "每"
_REMEMBERED = 100_000  # words whose reading is kept
_Reading = tuple[str, int, str, Cue | Region | Indicator | None, str]


class PhraseBuilder:
    """Turns the words of a sentence into mentions; holds the lexicon of single words."""

    def __init__(
        self,
        rules: Rulebook,
        alphabet: Alphabet,
        segmenter: Segmenter,
        gazetteer: Gazetteer,
        known: dict[str, Indicator],
    ) -> None:
        words = rules.words
        self._alphabet, self._segmenter, self._gazetteer = alphabet, segmenter, gazetteer
        self._joints = frozenset(rules.lists.joints)
        self._noun_tags = frozenset(words.noun_tags)
        self._function_words = frozenset(words.function_words)
        self._nominal_verbs = frozenset(words.nominal_verbs)
        self._inner_verbs = frozenset(words.inner_verbs)
        self._works, self._pivots = frozenset(words.works), frozenset(words.pivots)
        self._units_of_bodies = frozenset(words.units_of_bodies)
        self._goals = frozenset(rules.status.met_nouns)
        self._governing = frozenset(words.governing)
        self._actors, self._units_of_people = tuple(words.actors), frozenset(words.units_of_people)
        self._transparent = frozenset(rules.indicators.transparent)
        self._indicators = known
        self._heads = frozenset(rules.indicators.heads)
        self._realise = tuple(rules.reading.realise)
        self._head_endings = tuple(rules.indicators.head_endings)
        self._organisations = frozenset(rules.organisations.strong)
        self._organisation_anaphors = frozenset(rules.organisations.anaphors)
        self._companies = frozenset(rules.organisations.companies)
        self._classes = frozenset(rules.organisations.classes)
        self._ends_like_head: dict[str, bool] = {}
        self._suffixes = frozenset(self._head_endings) | frozenset(words.suffixes)
        self._averages = frozenset(word for word, (kinds, _) in alphabet.cues.items() if "average" in kinds)
        self._plans = frozenset(rules.status.cues["plan"])
        self._verb_qualified = frozenset(rules.indicators.verb_qualified)
        self._dependent = frozenset(rules.indicators.dependent)
        self._builders = frozenset(rules.words.builders)
        self._of_building = frozenset(rules.words.of_building)
        self._plain_verbs = frozenset(rules.words.plain_verbs)
        self._parties = frozenset(words.parties)
        self._origins = frozenset(words.origins)
        self._extremes, self._extreme_of = frozenset(words.extremes), tuple(words.extreme_of)
        self._locatives = frozenset(rules.words.locatives)
        self._noun_endings = frozenset(rules.words.noun_endings)
        self._symbols = {kind: alphabet.symbol(kind) for kind in KINDS}
        self._wires = frozenset(rules.regions.wires)
        self._size = rules.classifiers.ranks.size
        self._events = frozenset(rules.classifiers.events)
        self._tallies = frozenset(rules.classifiers.noun)
        self._readings: dict[str, list[_Reading]] = {}
        self._moves = frozenset(word for word, (kinds, _) in alphabet.cues.items() if "move" in kinds)
        self._lexicon = frozenset(self._indicators) | self._heads | frozenset(alphabet.cues)
        self._cues = {word: Cue(kinds, sign) for word, (kinds, sign) in alphabet.cues.items()}

    def build(self, text: str, start: int, end: int, fixed: list[Mention], headline: bool = False) -> list[Mention]:
        """The stretch ``[start, end)`` of ``text`` as mentions; ``fixed`` are those already scanned, in order.

        In a ``headline`` a space stands for a comma.
        """
        words = self.words(text, start, end, fixed, headline)
        return list(self._organised(list(self._phrases(words, text)), text))

    def words(self, text: str, start: int, end: int, fixed: list[Mention], headline: bool = False) -> list[Mention]:
        """The words of the stretch, each as a mention, with ``fixed`` in their places."""
        items = list(self._items(text, start, end, fixed))
        if any(mention.kind == "list" for mention in items):
            items = list(self._listed(items, text))
        return list(self._with_commas(items, text, headline)) if " " in text[start:end] else items

    def _listed(self, items: list[Mention], text: str) -> Iterator[Mention]:
        """白蛋白26.92万、静丙17.71万: an item of a list of figures is one noun, also where no dictionary has it."""
        begun: list[Mention] = []
        bounded = True
        for at, item in enumerate(items):
            if bounded and self._is_fragment(item) and (not begun or begun[-1].end == item.start):
                begun.append(item)
                continue
            if len(begun) in _FRAGMENTS and item.kind in QUANTITY_KINDS and _is_listed(items, at, len(begun)):
                start, end = begun[0].start, item.start
                yield Mention("noun", start, end, text[start:end], self._alphabet.symbol("noun", text[start:end]))
            else:
                yield from begun
            begun, bounded = [], item.kind in _BOUNDS
            yield item
        yield from begun

    def _is_fragment(self, item: Mention) -> bool:
        """A single character that is no word of the rules."""
        return item.kind in _FRAGMENT_KINDS and len(item.text) == 1 and item.value is None and item.text.isalpha()

    def _with_commas(self, items: list[Mention], text: str, headline: bool) -> Iterator[Mention]:
        """目标价至18.5港元|评级中性: what a space parts in a headline are two clauses; so it is behind 某地某日|电."""
        end = items[0].start if items else 0
        for item in items:
            space = text[end : item.start]
            parts = headline or (end and text[end - 1] in self._wires)
            if parts and space.isspace() and "\u4e00" <= text[item.start] <= "\u9fff":
                yield Mention("comma", end, item.start, space, self._alphabet.symbol("comma", ","))
            yield item
            end = item.end

    def _kind(self, mention: Mention) -> str:
        """The kind that patterns tell apart: a percentage with its own sign, an ordinal of size (第三大)."""
        if mention.kind == "percent" and mention.text[0] in "+-":
            return "signed"
        if mention.kind == "ordinal" and mention.amount.unit == self._size:
            return "sized"
        return mention.kind

    def _count_symbol(self, mention: Mention) -> str:
        """A count of events (场次), a tally in a unit that names what it counts (人次, 户), or a count of things."""
        unit = mention.amount.base_unit
        return self._symbols["event" if unit in self._events else "tally" if unit in self._tallies else "thing"]

    # --------------------------------------------------------------------------------------------------------- words

    def _items(self, text: str, start: int, end: int, fixed: list[Mention]) -> Iterator[Mention]:
        """The words of a stretch and, in their places, the scanned mentions; one call segments all that is between."""
        borders = [start, *(border for mention in fixed for border in (mention.start, mention.end)), end]
        between = _SCANNED.join(text[borders[i] : borders[i + 1]] for i in range(0, len(borders), 2))
        scanned = iter(fixed)
        position = start
        for word in self._segmenter.words(between):
            if word == _SCANNED:
                mention = next(scanned)
                mention.symbol = self._symbols.get(self._kind(mention)) or self._count_symbol(mention)
                position = mention.end
                yield mention
                continue
            for kind, length, symbol, value, tag in self._readings.get(word) or self._read(word):
                stop = position + length
                if kind != "space":
                    yield Mention(kind, position, stop, text[position:stop], symbol, value, tag)
                position = stop

    def _read(self, word: str) -> list[_Reading]:
        """How a word is to be read, remembered; white space is not read but passed over."""
        if word.isspace():
            return [("space", len(word), "", None, "")]
        tag = self._segmenter.tag(word)
        if len(word) > 3 and word[-2:] in self._moves and word not in self._lexicon:
            # The dictionary has 价格下降 as one word; here it is an indicator and a cue.
            readings = [
                self._reading(word[:-2], self._segmenter.tag(word[:-2]) or "n"),
                self._reading(word[-2:], "v"),
            ]
        else:
            readings = [self._reading(word, tag)]
        if len(self._readings) < _REMEMBERED:
            self._readings[word] = readings
        return readings

    def _reading(self, word: str, tag: str) -> _Reading:
        value: Cue | Region | Indicator | None = None
        if word in self._joints:
            kind = "list"
        elif word == ",":
            kind = "comma"
        elif len(word) == 1 and word in _BREAKS:
            kind = "break"
        elif word in _OPEN or word in _CLOSE:
            kind = "open" if word in _OPEN else "close"
        elif region := self._gazetteer.anaphors.get(word) or self._gazetteer.regions.get(word):
            kind, value = "place", region
        elif company := self._gazetteer.companies.get(word):
            kind, value = "organisation", company
        elif (cue := self._cues.get(word)) and (not cue.kinds.isdisjoint(_LEADING_CUES) or word not in self._heads):
            kind, value = "word", cue
        elif indicator := self._indicators.get(word):
            kind, value = "indicator", indicator
        elif word in self._heads:
            kind, value = "indicator", Indicator(None, word)
        elif (word in self._function_words and tag != "d") or (not tag and len(word) == 1 and not word.isalnum()):
            kind = "particle"
        elif word in self._alphabet.literals:
            kind = "word"
        elif not tag or tag in self._noun_tags:
            kind = "noun"
        else:
            kind = {"v": "verb", "d": "adverb", "t": "noun"}.get(tag[0], "word")
        return kind, len(word), self._alphabet.symbol(kind, word), value, tag

    # ------------------------------------------------------------------------------------------------------- phrases

    def _phrases(self, items: list[Mention], text: str) -> Iterator[Mention]:
        chunk: list[Mention] = []
        counted = False
        for index, item in enumerate(items):
            kind = item.kind
            if item.text in self._parties and not counted:
                if chunk:
                    yield from self._cut(chunk, text, counted)
                    chunk = []
                yield self._noun([item], text) if kind == "noun" else item
                continue
            if kind == "adverb" and self._is_extreme(items, index):
                if chunk:
                    yield from self._cut(chunk, text, counted)
                chunk = [item]
                continue
            if not (counted and chunk and (self._spends(items, index) or self._acts(items, index, chunk))) and (
                (kind in _NOUNS and chunk and not item.text.startswith(_PER))
                or (kind not in _APART and self._joins(item, chunk, items, index))
                or self._is_inside(items, index, len(chunk))
            ):
                chunk.append(item)
                continue
            if chunk:
                yield from self._cut(chunk, text, counted)
                chunk = []
            counted = kind in _COUNTS
            yield item if kind != "noun" else self._adverb(item)
        if chunk:
            yield from self._cut(chunk, text, counted)

    def _acts(self, items: list[Mention], index: int, chunk: list[Mention]) -> bool:
        """140户农户|种植草莓: those that are counted do something; 50名企业|管理人员 are counted by what they are."""
        if self._qualifies_verb(items, index) or self._is_done_there(items, index, len(chunk)):
            return True
        acts = items[index].text in self._nominal_verbs or items[index].tag[:1] in _DEEDS
        if not acts or not chunk[-1].text.endswith(self._actors):
            return False
        count, behind = items[index - len(chunk) - 1], items[index + 1 : index + 2]
        return (
            count.kind == "count"
            and count.amount.base_unit in self._units_of_people
            and bool(behind)
            and not behind[0].text.endswith(self._actors)
        )

    def _qualifies_verb(self, items: list[Mention], index: int) -> bool:
        """50万妇女|免费|开展检查: an attributive right before a verb is no part of what is counted."""
        behind = items[index + 1] if index + 1 < len(items) else None
        return items[index].tag in _QUALIFYING and behind is not None and behind.kind in ("verb", "adverb")

    def _is_done_there(self, items: list[Mention], index: int, length: int) -> bool:
        """在12个县|建设冷库: behind what a preposition governs comes what is done, if no other verb says it."""
        before = items[index - length - 2] if index > length + 1 else None
        if before is None or before.text not in self._governing or items[index].text not in self._nominal_verbs:
            return False
        for behind in items[index + 1 : index + _PREDICATE]:
            if behind.kind in _BOUNDS or behind.kind in QUANTITY_KINDS:
                return behind is not items[index + 1]
            if behind.kind == "verb" or behind.text in self._locatives or behind.text == "的":
                return False
        return True

    def _spends(self, items: list[Mention], index: int) -> bool:
        """6个贫困村|投资|115万元: the verb of the next figure is no part of what is counted."""
        cue = self._cues.get(items[index].text)
        return cue is not None and "spend" in cue.kinds and index + 1 < len(items) and items[index + 1].kind == "amount"

    def _is_inside(self, items: list[Mention], index: int, length: int) -> bool:
        """建设|县域影像|次|中心|6个, 实施|道路安全|防护|工程|800公里: inside a name, behind the clause's verb."""
        item, behind = items[index], items[index + 1] if index + 1 < len(items) else None
        if not length or behind is None or behind.kind != "noun" or item.value is not None:
            return False
        if items[index - 1].end != item.start or item.end != behind.start:
            return False
        if len(item.text) == 1:
            beyond = items[index + 2] if index + 2 < len(items) else None
            small = item.tag[:1] in _SMALL and item.text not in self._plans and behind.tag[:1] == "n"
            return small and beyond is not None and beyond.kind in QUANTITY_KINDS
        verb = items[index - length - 1] if index > length else None
        return (
            item.kind == "verb"
            and item.text not in self._plain_verbs
            and behind.text in self._works
            and verb is not None
            and verb.kind == "verb"
            and verb.text not in self._pivots
        )

    def _is_extreme(self, items: list[Mention], index: int) -> bool:
        """最高|海拔: the extreme belongs to the name of what is measured."""
        if items[index].text not in self._extremes or index + 1 == len(items):
            return False
        following = items[index + 1]
        return following.start == items[index].end and following.text.endswith(self._extreme_of)

    def _joins(self, item: Mention, chunk: list[Mention], items: list[Mention], index: int) -> bool:
        following = items[index + 1] if index + 1 < len(items) else None
        if chunk and item.text.startswith(_PER):
            return False  # 低保标准|每人每年
        if item.kind in _NOUNS:
            # 计划种植水稻: planning, no part of what is planted.
            return item.text not in self._plans or following is None or following.kind not in ("verb", "adverb")
        if (
            (item.kind == "verb" or (isinstance(item.value, Cue) and "spend" in item.value.kinds))
            and following
            and following.text in self._verb_qualified
            and (
                following.text in self._dependent
                or not (item.text in self._plain_verbs or (chunk and chunk[-1].kind == "indicator"))
            )
        ):
            beyond = items[index + 2] if index + 2 < len(items) else None
            return following.start == item.end and (
                beyond is None or beyond.kind not in ("noun", "indicator")
            )  # 育秧|面积
        if item.text in self._averages and following and following.kind in _NOUNS and following.start == item.end:
            return True  # 人均|用水量
        if item.kind == "verb" and following and following.start == item.end and following.text in self._suffixes:
            return True  # 引领|性
        if chunk and item.text in self._suffixes and item.start == chunk[-1].end:
            return True
        if item.kind in ("verb", "word") and item.value is None and following and following.text in self._head_endings:
            return following.start == item.end  # 公路|通村|率
        if item.kind == "verb" and following and following.kind in ("noun", "word") and len(following.text) == 1:
            return following.start == item.end and following.text in self._noun_endings  # 候选|体
        if chunk and item.kind == "word" and item.text in self._noun_endings and chunk[-1].kind == "verb":
            return chunk[-1].end == item.start  # 安置|点
        if chunk and item.kind == "verb" and item.text in self._noun_endings and chunk[-1].end == item.start:
            return following is None or following.kind in _BOUNDS or following.kind in QUANTITY_KINDS  # 换乘|站
        if chunk and following and item.text in self._inner_verbs and following.kind in ("noun", "indicator"):
            return following.start == item.end  # 代工|出货|份额
        if self._is_in_list_of_verbs(items, index, bool(chunk)):
            return True
        if chunk and item.text in self._goals and following and following.kind == "count":
            return chunk[-1].end == item.start  # 重大战略|任务|3个
        nominal = item.text in self._nominal_verbs and item.kind != "word"
        return bool(chunk and following and nominal and following.kind in _FOLLOW_NOMINAL)

    def _is_in_list_of_verbs(self, items: list[Mention], index: int, begun: bool) -> bool:
        """马铃薯|种植|、|收获|机械化率: two things done to one, whose rate or amount is told."""
        first = index if begun else index - 2
        if first < 1 or first + 3 >= len(items) or items[first - 1].kind not in _NOUNS:
            return False
        one, mark, two, head = items[first : first + 4]
        nominal = one.text in self._nominal_verbs and two.text in self._nominal_verbs and mark.kind == "list"
        return nominal and head.start == two.end and head.kind in ("noun", "indicator") and self._is_head(head.text)

    def _cut(self, chunk: list[Mention], text: str, counted: bool) -> Iterator[Mention]:
        for at, piece in enumerate(self._pieces(chunk)):
            yield from self._phrase(piece, text, counted and not at)

    def _phrase(self, chunk: list[Mention], text: str, counted: bool = False) -> Iterator[Mention]:
        first = chunk[0]
        plain = first.kind == "noun" and (first.tag not in _QUALIFYING or len(first.text) > 2)
        if len(chunk) == 1 and plain and (len(first.text) < 3 or not self._is_head(first.text)):
            yield self._noun(chunk, text)
            return
        rest = self._indicators.get(text[chunk[1].start : chunk[-1].end]) if len(chunk) > 1 else None
        if rest and rest.id and first.text in self._builders:
            yield self._indicator(rest, chunk[1:], text)  # 建设|高标准农田
            return
        if self._is_built(chunk, counted):
            yield from self._phrase(chunk[1:], text)
            return
        last = chunk[-1]
        if (
            counted
            and len(chunk) > 1
            and isinstance(last.value, Indicator)
            and last.value.dimension not in (None, "count")
        ):
            # 70家上市公司|净利润: what is counted, and then what is told of it.
            yield from self._phrase(chunk[:-1], text)
            yield from self._phrase(chunk[-1:], text)
            return
        if last.kind == "indicator":
            assert isinstance(last.value, Indicator)
            modifiers = [item for at, item in enumerate(chunk[:-1]) if not self._is_transparent(chunk, at)]
            if (last.value.id or last.value.parts) and not modifiers:
                yield self._indicator(last.value, [last], text)
                return
            words = chunk[chunk.index(modifiers[0]) :] if modifiers else chunk
            name = text[words[0].start : last.end]
            known = self._indicators.get(name) or self._without_verb(name, last.text)
            yield self._indicator(known or Indicator(None, name), words, text)
        elif len(chunk) + len(last.text) > 2 and self._is_head(last.text):
            name = text[chunk[0].start : last.end]
            yield self._indicator(self._indicators.get(name) or Indicator(None, name), chunk, text)
        elif all(item.tag in _QUALIFYING and len(item.text) < 3 for item in chunk):
            yield from map(self._adverb, chunk)
        else:
            yield self._noun(chunk, text)

    def _is_built(self, chunk: list[Mention], counted: bool) -> bool:
        """建设|社区服务体|9个: what is built, without the verb; 建设|用地 is a name itself, and so is 6个|建设项目."""
        if counted or len(chunk) < 2 or chunk[0].text not in self._builders:
            return False
        return chunk[1].kind == chunk[-1].kind == "noun" and chunk[1].text not in self._of_building

    def _is_transparent(self, chunk: list[Mention], at: int) -> bool:
        """全社会|用电量; 公司|类|贷款 is a kind of loan."""
        return chunk[at].text in self._transparent and chunk[at + 1].text[0] not in self._suffixes

    def _without_verb(self, name: str, last: str) -> Indicator | None:
        """工业|完成投资 is 工业投资."""
        verb = next((verb for verb in self._realise if last.startswith(verb)), "")
        return self._indicators.get(name.removesuffix(last) + last.removeprefix(verb)) if verb else None

    def _noun(self, chunk: list[Mention], text: str) -> Mention:
        while len(chunk) > 1 and chunk[-1].text in self._locatives:
            chunk = chunk[:-1]
        start, end = chunk[0].start, chunk[-1].end
        words = tuple((item.start, item.end) for item in chunk)
        known = self._indicators.get(text[start:end])
        if known:
            return self._indicator(known, chunk, text)
        return Mention("noun", start, end, text[start:end], self._symbols["noun"], None, chunk[-1].text, words)

    def _adverb(self, word: Mention) -> Mention:
        """A word that only qualifies what follows."""
        return Mention("adverb", word.start, word.end, word.text, self._symbols["adverb"], tag=word.tag)

    def _pieces(self, chunk: list[Mention]) -> list[list[Mention]]:
        """The chunk, cut behind each company that something of its own follows (公司|总资产)."""
        ends = [
            at + 1
            for at, word in enumerate(chunk[:-1])
            if word.text in self._companies and word.kind == "noun" and chunk[at + 1].text[0] not in self._suffixes
        ]
        if not ends or any(word.text in self._classes for word in chunk[: ends[-1] - 1]):
            return [chunk]
        return [chunk[start:end] for start, end in pairwise((0, *ends, len(chunk)))]

    def _indicator(self, value: Indicator, chunk: list[Mention], text: str) -> Mention:
        start, end = chunk[0].start, chunk[-1].end
        words = tuple((item.start, item.end) for item in chunk)
        name = text[start:end]
        return Mention(
            "indicator", start, end, name, self._symbols["indicator"], value, self._head(chunk[-1].text), words
        )

    def _is_head(self, word: str) -> bool:
        """The word ends like the name of an indicator (覆盖率, 净收入)."""
        known = self._ends_like_head.get(word)
        if known is None:
            known = self._ends_like_head[word] = word.endswith(self._head_endings) or bool(self._head(word))
        return known

    def _head(self, name: str) -> str:
        """The head noun that ends an indicator's name: 产量 of 油料产量."""
        return next((name[i:] for i in range(len(name)) if name[i:] in self._heads), "")

    # ---------------------------------------------------------------------------------------- places, organisations

    def _organised(self, items: list[Mention], text: str) -> Iterator[Mention]:
        """Join chains of places (东莞市 + 望牛墩镇), and places or names with the suffix of an organisation."""
        held: Mention | None = None
        previous = ""
        for at, item in enumerate(items):
            if held is None and previous == "count" and _is_level(item):
                item = self._noun([item], text)  # 17个|街道
            if held and self._is_origin(held, item, text):
                item = self._with_origin(held, item, text)
                held = None
            named = item.kind == "noun" and not self._is_told_how_many(items, at)
            if named and (organisation := self._organisation(item, held, text, previous)):
                held = organisation
                continue
            if (
                item.kind == "place"
                and held
                and held.kind == "place"
                and held.end == item.start
                and not _is_anaphor(item)
                and not _is_anaphor(held)
            ):
                held = self._chain(held, item, text)
                continue
            if held:
                yield held
                previous = held.kind
                held = None
            if item.kind == "place":
                held = item
            else:
                yield item
                previous = item.kind
        if held:
            yield held

    def _is_told_how_many(self, items: list[Mention], at: int) -> bool:
        """新增|小区业主委员会(物业管理委员会)|300个: a kind of body that is counted, no body."""
        end = at + 1
        if end < len(items) and items[end].kind == "open":
            end = next((i + 1 for i in range(end, min(len(items), end + _ASIDE)) if items[i].kind == "close"), end)
        if end >= len(items) or items[end].kind != "count" or items[end].amount.base_unit not in self._units_of_bodies:
            return False
        behind = items[end + 1] if end + 1 < len(items) else None
        return behind is None or behind.kind in _BOUNDS

    def _is_origin(self, place: Mention, item: Mention, text: str) -> bool:
        """印尼|籍(船员), 日|资企业: where people and companies are from is a part of what is counted, no subject."""
        if item.kind not in ("noun", "indicator") or place.kind != "place" or place.end != item.start or not item.words:
            return False
        return text[slice(*item.words[0])] in self._origins

    def _with_origin(self, place: Mention, item: Mention, text: str) -> Mention:
        name = text[place.start : item.end]
        words = ((place.start, place.end), *item.words)
        value = Indicator(None, name) if isinstance(item.value, Indicator) else item.value
        return replace(item, start=place.start, text=name, words=words, value=value)

    def _chain(self, above: Mention, below: Mention, text: str) -> Mention:
        assert isinstance(above.value, Region)
        assert isinstance(below.value, Region)
        code = self._gazetteer.code_within(below.value.name, above.value.code) or below.value.code
        region = Region(text[above.start : below.end], code, "region", below.value.level)
        return Mention("place", above.start, below.end, text[above.start : below.end], below.symbol, region)

    def _organisation(self, item: Mention, place: Mention | None, text: str, previous: str) -> Mention | None:
        words = [text[start:end] for start, end in item.words]
        if words[-1] not in self._organisations and words[-1] not in self._organisation_anaphors:
            return None
        if previous in ("count", "number") or any(word in self._classes for word in words[:-1]):
            return None
        adjoins = place is not None and place.kind == "place" and place.end == item.start
        start = place.start if adjoins and place else item.start
        if len(words) == 1 and not adjoins:
            if words[0] not in self._organisation_anaphors:
                return None
            region = Region(words[0], None, "organization", "公司", anaphor=True)
        else:
            region = Region(text[start : item.end], None, "organization", words[-1])
        return Mention("organisation", start, item.end, text[start : item.end], self._symbols["organisation"], region)


def _is_listed(items: list[Mention], at: int, length: int) -> bool:
    """The figure at ``at``, with the ``length`` characters before it, is an item of a list."""
    before = items[at - length - 1] if at > length else None
    behind = items[at + 1] if at + 1 < len(items) else None
    return bool((before and before.kind == "list") or (behind and behind.kind == "list"))


def _is_level(mention: Mention) -> bool:
    """街道: the word for a kind of division, which points at one unless several are counted."""
    return isinstance(mention.value, Region) and mention.value.anaphor and mention.value.level == mention.text


def _is_anaphor(mention: Mention) -> bool:
    return isinstance(mention.value, Region) and mention.value.anaphor


def known_indicators(rules: Rulebook) -> dict[str, Indicator]:
    """Every name and alias → its indicator."""
    known: dict[str, Indicator] = {}
    for entry in rules.indicators.indicators:
        indicator = Indicator(entry.id, entry.name, entry.dimension)
        for alias in (entry.name, *entry.aliases):
            known[alias] = indicator
    for alias, indicator in list(known.items()):
        if alias.startswith(_NATION) and alias.removeprefix(_NATION):
            del known[alias]  # 全国|网上零售额: the nation is the subject
            known.setdefault(alias.removeprefix(_NATION), indicator)
    for index in rules.indices.indices:
        for name in (index.name, *index.aliases):
            known.setdefault(name, Indicator(None, name, "index"))
    by_id = {indicator.id: indicator for indicator in known.values()}
    for pair in rules.indicators.pairs:
        parts = tuple(by_id[id] for id in pair.ids)
        known |= {word: Indicator(None, word, parts[0].dimension, parts) for word in pair.words}
    return known
