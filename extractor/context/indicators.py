"""The indicator: the noun phrase that a figure is told of, before it or behind it, or that of a figure before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from ..lists import items_of
from ..model import QUANTITY_KINDS, Cue, Document, Fact, Found, Indicator, Mention, Sentence, Time
from .frames import Frames
from .sentences import ITEMS, REGIONS, before, carried, clause_before, clause_of, has_cue, is_organisation, names_one

if TYPE_CHECKING:
    from ..rulebook import Rulebook

_PART_OF = "share/part-of"
_MOST_ADDED = 32  # figures that a sum can be of
_LEANING = frozenset({"growth", "change", "rank", "share", "multiple", "contribution"})
"""Measures that always speak of something told before, where the clause names nothing."""
_SLIM = frozenset({"adverb", "particle", "time", "compare", "close", "place", "organisation", "name", "list"})
"""Kinds of mentions that say nothing of what is measured."""
_LONGEST_PER = 4  # 每吨, 每人每年, 单个企业
_SET_OFF = frozenset({"list", "comma", "break", "time"})
_SIGNS = frozenset("+-")
_ASIDE = 3  # mentions of the shortest bracket behind a noun
_LONGEST_CLAUSE_OF = 8  # mentions of a clause that says of whom something is told
_IN_CLAUSE_OF = frozenset({"verb", "noun", "indicator", "adverb", "word", "name"})
_LONGEST_LIST = 60  # mentions of a list of names with their figures in brackets
_LONGEST_ASIDE = 20  # mentions in a bracket that is passed over
_LONGEST_NAME = 3  # mentions that make up the name of a company whose part is told
_COLON, _NEAR = ":", 8  # mentions between a figure and what a colon stands behind, or of which it is the mean
_PIPS = 10_000  # basis points of one unit of a currency
_MODIFIED = "level/count-modified-noun"
_OF_PRICES = ("growth/move", "growth/rate", "growth/of-rate", "share/")
_TRADE = frozenset({"exports", "imports", "trade_total"})


@dataclass(slots=True)
class _Gap:
    """What stands between the last figure and this one: ``begins`` its own clause, ``crossed`` the one before that."""

    begins: int
    crossed: int
    rate: Mention | None
    """The name of a growth rate in it (增速)."""
    leads: bool
    """It holds only words that lead to a figure (达到, 为, 分别)."""


def _is_aside(mentions: list[Mention], close: int, restrictions: frozenset[str]) -> bool:
    """The bracket that ends at ``close`` only qualifies what stands before it; one that names an indicator says another
    name of it (城镇人口占比(城镇化率))."""
    for at in range(close - 1, max(-1, close - _LONGEST_ASIDE), -1):
        if mentions[at].kind == "open" and all(m.text.isascii() for m in mentions[at + 1 : close]):
            return True  # 市净率(PB, LF)
        if mentions[at].kind == "open" and mentions[at + 1].text in restrictions:
            return True  # 净利润(剔除上市费用)
        if mentions[at].kind == "open":
            return not any(mention.kind == "indicator" for mention in mentions[at:close]) or any(
                mention.kind in QUANTITY_KINDS for mention in mentions[at:close]
            )
    return False


def _outside(mentions: list[Mention], first: int, end: int, restrictions: frozenset[str]) -> Iterator[int]:
    """Indexes from the one before ``end`` down to ``first``, but for what stands in brackets between the two."""
    depth = 0
    for at in range(end - 1, first - 1, -1):
        depth += mentions[at].kind == "close" and _is_aside(mentions, at, restrictions)
        if not depth:
            yield at
        elif mentions[at].kind == "open":
            depth -= 1


def _called(mention: Mention, known: Indicator | None = None) -> Found:
    """What is called by the words of ``mention`` themselves, unless they are those of a known indicator."""
    return Found(mention.text, mention.start, mention.end, value=known or Indicator(None, mention.text))


_NONE = Found("", None, None)
"""Nothing names the figure, and it does not go on with another."""


class IndicatorReader:
    """Finds what is measured; :meth:`complete` is its entry."""

    def __init__(self, rules: Rulebook, known: dict[str, Indicator]) -> None:
        lexicon, reading = rules.indicators, rules.reading
        self._known = known
        self._apart = tuple(lexicon.apart)
        self._list_of: tuple[Sentence, int] | None = None
        self._heads = frozenset(lexicon.heads)
        self._rate_nouns = tuple(reading.rate_nouns)
        self._restrictions = frozenset(reading.restrictions)
        self._of_places = frozenset(reading.of_places)
        self._those = tuple(reading.those)
        self._things = frozenset(rules.status.things)
        self._totals = tuple(reading.totals)
        self._deeds = frozenset(reading.deeds)
        self._per, self._each = tuple(reading.per), frozenset(reading.each)
        self._closing = frozenset(reading.closing)
        self._anaphoric = frozenset(lexicon.anaphoric)
        self._transparent = frozenset(lexicon.transparent)
        self._noun_units = frozenset(rules.classifiers.noun) | frozenset(rules.classifiers.counted_directly)
        self._people_units = frozenset(rules.words.units_of_people) & self._noun_units
        self._persons = frozenset(rules.words.units_of_persons)
        self._actors = tuple(rules.words.actors)
        self._counted_directly = frozenset(rules.classifiers.counted_directly)
        self._status_nouns = tuple(reading.status_nouns)
        self._unmeasured = frozenset(reading.unmeasured)
        self._openers = frozenset(reading.adverbial)
        self._flows = frozenset(reading.flows)
        self._realise, self._realising = frozenset(reading.realise), tuple(reading.realise)
        self._activities = tuple(reading.activities)
        self._pale = frozenset(reading.pale_verbs)
        self._losses, self._profits = tuple(reading.losses), tuple(reading.profits)
        self._profit = reading.profit
        self._price = reading.price
        self._growths = tuple(reading.growths)
        self._rates = tuple(reading.rate_endings)
        self._percentages = tuple(reading.percentages)
        self._areas = tuple(reading.areas)
        self._rooms = tuple(reading.rooms)
        self._ratios = tuple(reading.ratios)
        self._own_changes = frozenset((*reading.own_changes, *reading.own_acts))
        self._own_acts = frozenset(reading.own_acts)
        self._goals = tuple(rules.status.met_nouns)
        self._sizes, self._price_moves = frozenset(reading.sizes), frozenset(reading.price_moves)
        self._exchange = reading.exchange
        self._currencies = reading.currencies
        self._markets = frozenset(rules.regions.home_markets) | frozenset(rules.regions.abroad)
        self._topics = frozenset(reading.topics)
        self._sums = frozenset(reading.sums)
        self._from = frozenset(reading.distance_from)
        self._in_respect = reading.in_respect
        self._under = frozenset(reading.under)
        self._home_word, self._default_currency = reading.home
        self._granted = tuple(rules.status.granted)
        self._base_prices = tuple(reading.base_prices)
        self._not_rates = tuple(reading.not_rates)
        self._stakes = frozenset(reading.stakes)
        self._heights = frozenset(reading.heights)
        self._money = tuple(reading.money)
        self._most = frozenset(reading.most)
        self._durations = tuple(reading.durations)
        self._duration_verbs = frozenset(reading.duration_verbs)
        self._not_durations = frozenset(rules.words.locatives)
        self._ages = frozenset(reading.ages)
        self._people = tuple(reading.people)
        self._stages = tuple(reading.stages)
        self._named_shares = frozenset(reading.named_shares)
        self._aspects = frozenset(rules.words.aspects) | frozenset(rules.words.nominal_verbs)
        self._events = frozenset(rules.classifiers.events)
        self._toward = frozenset(word for entry in rules.cues.cues["toward"] for word in entry.words)
        by_id = {indicator.id: indicator for indicator in known.values()}
        self._proportions = [by_id[id] for id in reading.proportions]

    def begin(self, document: Document) -> None:
        """Enter a document: bare amounts of money are in its currency."""
        self._home_currency = document.currency or self._default_currency

    def complete(self, fact: Fact, mentions: list[Mention], limit: int, frames: Frames) -> bool:
        """Set the indicator of ``fact`` and what depends on it: the measure of a figure that goes on, ``of``, the sign.

        ``limit`` is the first mention that no earlier figure has used. False where a bare number measures nothing.
        """
        if fact.quantity.kind == "proportion":
            self._part_of_proportion(fact)
            return True
        if fact.rule == _PART_OF and fact.after and fact.after.text.endswith(self._goals):
            fact.measure, fact.after = "level", None  # 央行2%|的|目标
        gap = self._gap(fact, mentions, limit)
        earlier = self._ranked(fact, frames)
        if fact.quantity.amount.dimension == "duration" and not self._is_measured(fact, mentions, gap, earlier):
            return False
        if self._is_age_class(fact, mentions):
            return False
        if fact.sentence.opening.startswith(self._apart) and (first := frames.innermost("paragraph").first):
            earlier = first
        distance = self._distance(fact, mentions, gap)
        again = self._continues_list(fact, mentions) or self._is_variant(fact, mentions, earlier)
        again = again or self._told_alike(fact, mentions, frames) is not None
        head = None if again else self._head(fact, mentions, gap)
        if fact.turns > 1:
            if fact.turn and head is None and self._list_of is not None and self._list_of[0] is fact.sentence:
                head = self._list_of[1]
            elif not fact.turn:
                self._list_of = None if head is None else (fact.sentence, head)
        if fact.quantity.kind == "number" and (head is None or mentions[head].kind != "indicator"):
            closes = head is not None and any(m.text in self._closing for m in mentions[head + 1 : fact.index])
            counts = fact.after is not None and fact.quantity.amount.relation != "="  # 90余|贫困户
            if not closes and not counts and not (earlier and earlier.sentence is fact.sentence and gap.leads):
                return False
        told = distance or self._size(fact, mentions, gap) or self._own_change(fact, mentions, gap)
        found = told or self._chosen(fact, mentions, head, gap, frames)
        if found is _NONE and (counted := self._counted_before(fact, frames)):
            fact.indicator = counted
            return True
        if found is _NONE:
            self._goes_on_from(fact, mentions, gap, None)
            self._loss(fact, mentions, limit, earlier)
            return True
        if found is None and (source := self._source(fact, mentions, frames)):
            fact.indicator = carried(source.indicator) if source.indicator else None
            if fact.measure == "level" and fact.quantity.text[0] in _SIGNS:
                fact.measure = source.measure  # 甲收入/净利同比+18%/+20%,乙+15%/+17%
            if not names_one(clause_before(mentions, fact.index, fact.begins)):
                fact.subject = fact.subject or (source.subject and carried(source.subject))
            if source.turns > 1:
                fact.period = source.period and carried(source.period)
        elif found is None and (share := self._share_price(fact, mentions, earlier, frames)):
            fact.indicator = share
        elif found is None and self._is_sum(mentions, gap, frames):
            pass
        elif found is None and (counted := self._counted_before(fact, frames)):
            fact.indicator = counted
        elif found is None and (condition := self._condition_before(fact, mentions, frames)):
            fact.indicator = condition
        elif found is None and (whole := self._of_whole(fact, mentions, earlier)):
            fact.indicator = whole
        elif found is None and earlier and earlier.indicator:
            other = self._of_its_unit(fact, earlier, mentions, frames)
            assert other.indicator is not None
            fact.indicator = carried(other.indicator)
            self._take_over(fact, other, mentions)
        else:
            fact.indicator = self._of_area(self._of_rate(found, gap, fact.measure), fact, earlier)
        self._shares_on(fact, mentions, head, earlier)
        self._grows_most(fact, mentions)
        self._goes_on_from(fact, mentions, gap, earlier if found is None else None)
        self._at_most(fact, mentions, gap)
        self._in_money(fact, mentions)
        self._loss(fact, mentions, limit, earlier)
        return True

    def _grows_most(self, fact: Fact, mentions: list[Mention]) -> None:
        """涨幅最大的|分别为|甲|(11.14%)、乙|(4.37%): what a list of those that grew most tells of each."""
        at = fact.index - 1
        if fact.measure != "level" or fact.quantity.kind != "percent" or at < 1 or mentions[at].kind != "open":
            return
        if not self._is_named_for(fact, mentions, at):
            return
        led = False
        for index in range(at - 1, max(-1, at - _LONGEST_LIST), -1):
            mention = mentions[index]
            led = led or has_cue(mention, "distributive")
            if mention.kind == "break":
                return
            if led and has_cue(mention, "rate"):
                fact.measure = "growth"
                fact.sign = mention.value.sign if isinstance(mention.value, Cue) else 1
                return

    def _ranked(self, fact: Fact, frames: Frames) -> Fact | None:
        """汽车板块涨1.7%,在29个行业|排名|第11位: what is ranked is what grew, not those among which it is."""
        earlier, grown = frames.fact(), frames.innermost("paragraph").grown
        if fact.measure != "rank" or earlier is None or earlier.quantity.kind != "count" or grown is None:
            return earlier
        if earlier.index < clause_of(fact.sentence.mentions or [], fact.index)[0]:
            return earlier
        return grown if grown.sentence is fact.sentence and grown.index < earlier.index else earlier

    def _shares_on(self, fact: Fact, mentions: list[Mention], head: int | None, earlier: Fact | None) -> None:
        """煤炭占28%,|原油|41%,|天然气|17%: a name and a percentage alone behind a share are a share of the same."""
        if fact.measure != "level" or fact.quantity.amount.base_unit != "%" or head is None or head != fact.index - 1:
            return
        if earlier is None or earlier.measure != "share" or earlier.sentence is not fact.sentence:
            return
        bare = head > 0 and mentions[head - 1].kind in ("comma", "list")
        if bare and not mentions[head].text.endswith(self._percentages):
            fact.measure, fact.scope = "share", fact.scope or earlier.scope

    def _of_its_unit(self, fact: Fact, earlier: Fact, mentions: list[Mention], frames: Frames) -> Fact:
        """甲以1080万台居首,份额35.2%;乙以710万台列第二: another's figure goes on from the last one in its unit."""
        if fact.rule == "growth/rate" and earlier.measure == "level":
            return self._of_growth(fact, mentions, frames) or earlier
        if fact.measure != "level" or earlier.quantity.amount.base_unit == fact.quantity.amount.base_unit:
            return earlier
        return self._told_alike(fact, mentions, frames) or self._of_another(fact, mentions, frames) or earlier

    def _of_growth(self, fact: Fact, mentions: list[Mention], frames: Frames) -> Fact | None:
        """某国今年|增速|预计为1.8%: of what grew before in the paragraph, where another is told of."""
        grown = frames.innermost("paragraph").grown
        another = names_one(clause_before(mentions, fact.index))
        return grown if grown and grown.indicator and another else None

    def _of_another(self, fact: Fact, mentions: list[Mention], frames: Frames) -> Fact | None:
        """The last level in the unit of ``fact`` that the paragraph told, where its clause names whose it is."""
        if not any(mention.kind == "organisation" for mention in clause_before(mentions, fact.index)):
            return None
        return next((other for other in self._in_its_unit(fact, frames) if other.indicator), None)

    def _in_its_unit(self, fact: Fact, frames: Frames) -> Iterator[Fact]:
        """The levels in the unit of ``fact`` that the paragraph told, the last first."""
        unit = fact.quantity.amount.base_unit
        return (told for told in reversed(frames.innermost("paragraph").told) if told.quantity.amount.base_unit == unit)

    # ------------------------------------------------------------------------------------------------ before the match

    def _gap(self, fact: Fact, mentions: list[Mention], limit: int) -> _Gap:
        begins = crossed = fact.begins
        rate: Mention | None = None
        commas = 0
        depth = 0
        for at in before(mentions, fact.index, limit):
            depth += mentions[at].kind == "close" and _is_aside(mentions, at, self._restrictions)
            if depth:
                depth -= mentions[at].kind == "open"
                continue  # 长期失业人口(…)|在7月|增加
            if mentions[at].kind in ("comma", "open"):
                commas += 1
                if commas > 1 or mentions[at].kind == "open":
                    break
                continue
            if not commas:
                begins = min(begins, at)
            if has_cue(mentions[at], "rate") and (not commas or self._leads(mentions, begins, fact)):
                rate = rate or mentions[at]  # 增速为5%; 涨幅最大,|达5%
            crossed = at
        leads = self._leads(mentions, begins, fact)
        return _Gap(begins, min(begins, crossed), rate, leads)

    def _leads(self, mentions: list[Mention], begins: int, fact: Fact) -> bool:
        """Nothing stands before the figure in its clause but what leads to one (达, 约为)."""
        return all(self._only_leads(mentions[at]) for at in _outside(mentions, begins, fact.begins, self._restrictions))

    def _only_leads(self, mention: Mention) -> bool:
        if mention.kind in _SLIM or mention.text.endswith(self._status_nouns) or self._measures_nothing(mention):
            return True
        if mention.text in self._anaphoric:
            return True
        return any(
            has_cue(mention, kind) for kind in ("reach", "from", "rate", "distributive", "to", "reach_to", "move")
        )

    def _measures_nothing(self, mention: Mention) -> bool:
        """市场, 汇市|尾市: a noun, or a phrase all of whose nouns, are never what is measured."""
        if mention.text in self._unmeasured:
            return True
        if mention.kind != "noun" or len(mention.words) < 2:
            return False
        words = (mention.text[start - mention.start : end - mention.start] for start, end in mention.words)
        return all(word in self._unmeasured for word in words)

    def _is_age_class(self, fact: Fact, mentions: list[Mention]) -> bool:
        """15-59岁|人口: an age that is part of the name of a class of people."""
        after = fact.after
        return (
            fact.quantity.amount.base_unit in self._ages
            and after is not None
            and after.start == fact.quantity.end
            and after.text.endswith(self._people)
        ) or self._is_age_of_share(fact, mentions)

    def _is_age_of_share(self, fact: Fact, mentions: list[Mention]) -> bool:
        """0-14岁|占比: the class whose share is told."""
        amount = fact.quantity.amount
        follows = mentions[fact.index + 1] if fact.index + 1 < len(mentions) else None
        if amount.base_unit not in self._ages or follows is None or not (amount.upper or amount.bounded_after):
            return False
        return (
            any(has_cue(follows, kind) for kind in ("share", "share_of", "move"))
            or (
                follows.kind == "count"  # 15-64岁|22611人
            )
            or (
                # 15岁及以上|就业率为…: the class that a rate is of
                follows.kind == "indicator" and bool(self._figure_near(mentions, fact.index + 2))
            )
        )

    def _figure_near(self, mentions: list[Mention], at: int) -> bool:
        """A figure stands at ``at`` or right behind words that lead to it."""
        for mention in mentions[at : at + _NEAR]:
            if mention.kind in QUANTITY_KINDS:
                return True
            if not self._only_leads(mention):
                return False
        return False

    def _is_measured(self, fact: Fact, mentions: list[Mention], gap: _Gap, earlier: Fact | None) -> bool:
        """A duration is a fact where it is what is measured: of a noun of time, or of a verb that takes time."""
        if fact.measure in ("change", "multiple", "rank") or fact.is_base:
            return True
        if fact.after is not None and fact.after.text.endswith(self._durations):
            return True
        if earlier and earlier.is_base and earlier.sentence is fact.sentence and gap.leads:
            return earlier.quantity.amount.dimension == "duration"  # 由8.9年提高至9.8年
        told = mentions[gap.begins : fact.index]
        if any(m.kind in ITEMS and m.text.endswith(self._durations) for m in mentions[gap.crossed : fact.index]):
            return True
        near = told[-3:]
        follows = mentions[fact.index + 1].text if fact.index + 1 < len(mentions) else ""
        return any(m.text in self._duration_verbs for m in near) and follows not in self._not_durations

    def _head(self, fact: Fact, mentions: list[Mention], gap: _Gap) -> int | None:
        """Index of the noun phrase before the match that the figure is told of."""
        lasts = fact.quantity.amount.dimension == "duration"
        for at in _outside(mentions, gap.begins, fact.begins, self._restrictions):
            if (
                lasts
                and mentions[at].kind in ITEMS
                and len(mentions[at].text) > 1
                and mentions[at].text in self._durations
            ):
                return at  # 甲地至乙地的|时间|由6小时缩短至3小时
            if self._can_be_head(mentions, at, at == fact.index - 1):
                return at
        topic = self._topic(fact, mentions, gap)
        if topic is None:
            topic = self._before_colon(fact, mentions)
        if topic is None:
            topic = self._before_bracket(fact, mentions, gap)
        if topic is not None:
            return topic
        if not gap.leads or (fact.after is not None and fact.measure not in _LEANING):
            return None
        moved = fact.rule == "growth/move" and self._organisation(fact, mentions, gap) is not None
        for at in range(gap.begins - 1, gap.crossed - 1, -1):
            if moved and (mentions[at].kind == "noun" or mentions[fact.begins].text in self._price_moves):
                continue  # 科技股领涨,某某集团|升12%; 鼓励汽车消费,某某汽车|升3%
            topic = at == gap.crossed or all(m.kind in _SLIM for m in mentions[gap.crossed : at])
            topic = topic or (has_cue(mentions[at - 1], "grant") and fact.quantity.kind == "amount")
            topic = topic or len(mentions[at].parts) == fact.turns > 1  # 下降的是|钢材、化肥和玻璃|,分别下降…
            if self._can_be_head(mentions, at) and (mentions[at].kind == "indicator" or topic):
                return at
        return None

    def _topic(self, fact: Fact, mentions: list[Mention], gap: _Gap) -> int | None:
        """关于|医疗费|,根据票据确定为…: the topic of the sentence is what its first figure is of; 续航|方面|,可达…."""
        if gap.begins > 2 and mentions[gap.begins - 2].text == self._in_respect:
            return gap.begins - 3 if mentions[gap.begins - 3].kind in ITEMS else None
        if gap.begins < 3 or mentions[0].text not in self._topics:
            return None
        opens = mentions[1].kind in ITEMS and mentions[2].kind == "comma"
        return 1 if opens and not any(mentions[at].kind in QUANTITY_KINDS for at in range(3, fact.index)) else None

    def _before_bracket(self, fact: Fact, mentions: list[Mention], gap: _Gap) -> int | None:
        """就业人数|变动不大|(+7.3万): what stands before a bracket is told of the figure in it."""
        at = fact.begins if mentions[fact.begins].kind == "open" else gap.begins - 1
        if at < 1 or mentions[at].kind != "open" or not gap.leads or fact.after is not None:
            return None
        if self._is_named_for(fact, mentions, at):
            return at - 1
        first, _ = clause_of(mentions, at)
        for index in range(at - 1, first - 1, -1):
            if mentions[index].kind in QUANTITY_KINDS and mentions[index].kind != "ordinal":
                return None
            if mentions[index].kind == "indicator":
                return index  # 出货量|前五位|分别为|某某|(16%)
        return None

    def _is_named_for(self, fact: Fact, mentions: list[Mention], at: int) -> bool:
        """中药|(上涨3.44%)、其他|原料药|(4.3%): a noun by itself right before the bracket at ``at``."""
        if mentions[at - 1].kind != "noun" or mentions[at - 1].end != mentions[at].start:
            return False
        behind = mentions[fact.index + 1] if fact.index + 1 < len(mentions) else None
        if fact.measure != "growth" and not (fact.quantity.kind == "percent" and behind and behind.kind == "close"):
            return False
        first = at - 2
        if first > 0 and mentions[first].kind in ("adverb", "word") and not has_cue(mentions[first], "distributive"):
            first -= 1
        return first < 0 or mentions[first].kind in _SET_OFF or has_cue(mentions[first], "distributive")

    def _before_colon(self, fact: Fact, mentions: list[Mention]) -> int | None:
        """股息率处高位:|某某|3.4%: what stands before a colon is told of what follows it."""
        if fact.after is not None and fact.measure not in _LEANING:
            return None
        for at in range(fact.index - 1, max(-1, fact.index - _NEAR), -1):
            if mentions[at].kind in QUANTITY_KINDS or mentions[at].kind in ITEMS:
                return None
            if mentions[at].text == _COLON:
                first, _ = clause_of(mentions, at - 1) if at else (0, 0)
                return next((i for i in range(at - 1, first - 1, -1) if mentions[i].kind == "indicator"), None)
        return None

    def _can_be_head(self, mentions: list[Mention], at: int, adjoins: bool = False) -> bool:
        mention = mentions[at]
        if mention.kind not in ITEMS or self._measures_nothing(mention) or mention.text in self._anaphoric:
            return False
        if len(mention.text) == 1 and mention.text not in self._known:
            return False
        if mention.text.startswith(self._per) and not (isinstance(mention.value, Indicator) and mention.value.id):
            return len(mention.text) > _LONGEST_PER  # 每股收益, but no 每吨
        if mention.kind == "noun" and at and mentions[at - 1].text in self._each:
            return False  # 每个|企业|最高20万元
        if mention.text in self._of_places and at and mentions[at - 1].kind == "place":
            return False
        if mention.kind == "noun" and len(mention.text) > 2 and mention.text.endswith(self._stages):
            return False
        if at and mentions[at - 1].kind == "compare" and mention.text.endswith(self._base_prices):
            return False  # 较前一交易日|结算价|上涨
        if mention.text in self._from and at + 1 < len(mentions) and mentions[at + 1].kind not in QUANTITY_KINDS:
            return has_cue(mentions[at + 1], "reach")  # 距离|震中|最近的
        if not adjoins and at + 1 < len(mentions) and mentions[at + 1].text in self._under:
            return False  # 某工况|下
        if mention.text.endswith(self._status_nouns) and not self._without_status(mention.text):
            return at > 1 and mentions[at - 1].text == "的" and mentions[at - 2].kind in ITEMS  # 军队|的|预算
        if at + 1 < len(mentions) and mentions[at + 1].text == self._in_respect:
            return True
        return adjoins or not (at and mentions[at - 1].text in self._openers and mention.kind == "noun")

    def _without_status(self, text: str) -> str:
        """财政支出计划 → 财政支出; nothing is left of 年度计划."""
        for noun in self._status_nouns:
            if text.endswith(noun):
                rest = text.removesuffix(noun)
                if rest in self._aspects:
                    return text  # 建设|任务
                if rest.endswith(self._totals):
                    return text  # 收入总|预算
                return rest if len(rest) > 1 and rest not in self._transparent else ""
        return text

    # ---------------------------------------------------------------------------------------------------- the choice

    def _chosen(self, fact: Fact, mentions: list[Mention], head: int | None, gap: _Gap, frames: Frames) -> Found | None:
        """The head before, what stands behind, the verb, or the unit itself; ``None``: what was told before."""
        if fact.measure == "share" and (aged := self._aged(fact, mentions)):
            return aged
        if has_cue(mentions[fact.begins], "hold"):
            return _called(mentions[fact.begins])
        if fact.measure == "share" and fact.after is not None and fact.after.text.endswith(self._granted):
            return self._grant(fact, mentions, head, fact.after)
        if fact.measure == "share" and fact.after is not None and fact.after.text in self._stakes:
            return self._stake(fact, mentions, fact.after)
        after = fact.after if self._may_follow(fact, mentions, head) else None
        if after is not None and fact.measure == "share" and after.text.endswith(self._rates):
            fact.measure = "growth"  # 以6.61%的周涨跌幅排行最前
            return (
                self._told_of(fact, mentions, head, frames)
                if head is not None
                else self._organisation(fact, mentions, gap)
            )
        if after is not None:
            if fact.measure == "share" and fact.scope is None and after.text.endswith(self._rate_nouns):
                fact.measure = "level"
            if fact.measure == "share" and fact.scope is None:
                fact.scope = Found(after.text, after.start, after.end)
                if head is not None and head >= gap.begins and mentions[head].kind in ITEMS:
                    return self._told_of(fact, mentions, head, frames)
            return self._thing(fact, self._person(fact, mentions, after))
        if head is not None and (deed := self._deed(fact, mentions, head)):
            return deed
        if head is not None:
            return self._event(fact, mentions, head) or self._told_of(fact, mentions, head, frames)
        if fact.measure in _LEANING:
            return self._organisation(fact, mentions, gap)
        if self._is_part(fact, gap, frames):
            return None
        condition = self._condition(fact, mentions)
        if condition is None and (people := self._people_before(fact, frames)):
            return people
        if again := self._averaged(fact, mentions, frames):
            return again
        if fact.quantity.amount.base_unit in self._counted_directly and (unit := self._unit(fact)):
            return unit
        found = self._verb(fact, mentions, gap) or condition
        if found or self._goes_on(fact, mentions, gap, frames):
            return found
        return self._unit(fact) or _NONE

    def _grant(self, fact: Fact, mentions: list[Mention], head: int | None, grant: Mention) -> Found:
        """贷款利息|按50%|给予|补贴: a part of the money that stands before it is granted."""
        if fact.scope is None and head is not None and mentions[head].text.endswith(self._money):
            fact.scope = Found(mentions[head].text, mentions[head].start, mentions[head].end)
        return self._thing(fact, grant)

    def _stake(self, fact: Fact, mentions: list[Mention], stake: Mention) -> Found:
        """收购|某某药业|62%|股权: a part of the company that stands right before."""
        first = fact.index
        while first > fact.index - _LONGEST_NAME and first > 0 and mentions[first - 1].kind in REGIONS | ITEMS:
            if mentions[first - 1].end != mentions[first].start:
                break
            first -= 1
        if fact.scope is None and first < fact.index:
            name = "".join(mention.text for mention in mentions[first : fact.index])
            fact.scope = Found(name, mentions[first].start, mentions[fact.index - 1].end)
        return self._thing(fact, stake)

    def _may_follow(self, fact: Fact, mentions: list[Mention], head: int | None) -> bool:
        """What stands behind names the figure, unless a noun phrase right before it does."""
        if fact.measure == "growth" and fact.after is not None:
            beyond = mentions[fact.ends] if fact.ends < len(mentions) else None
            return beyond is None or beyond.kind in ("comma", "break")  # 降低|30%|能耗
        if fact.after is not None and fact.measure == "rank":
            return True  # 全省第三|大|航空港
        if fact.after is not None and fact.measure == "multiple":
            return fact.after.text.endswith((*self._ratios, *self._granted))  # 15倍|市盈率, 1倍以上3倍以下的|罚款
        if fact.after is None or fact.measure not in ("level", "share", "change"):
            return False
        amount = fact.quantity.amount
        if amount.base_unit == "%" and mentions[fact.begins].text in self._openers:
            return True  # 小规模纳税人|按|3%|缴纳|增值税
        counted = fact.quantity.kind == "count" and (
            fact.after.start == fact.quantity.end or fact.rule == _MODIFIED
        )  # 5名|被告人, 14家|主要控股|子公司
        if fact.after.text in self._unmeasured and not counted:
            return False
        if amount.base_unit in self._counted_directly and fact.turns > 1 and self._unit(fact):
            return False  # 8镇5乡、236个行政村
        if (
            amount.bounded_after
            and fact.quantity.kind == "count"
            and amount.base_unit not in self._ages
            and not has_cue(fact.after, "happening")
            and not (fact.after.kind == "indicator" and self._ends_clause(fact, mentions))
            and self._unit(fact)
        ):
            return False
        if fact.quantity.kind == "amount" and fact.after.text in self._granted and fact.index + 1 < len(mentions):
            behind = mentions[fact.index + 1 : fact.index + 3]
            return fact.after in (
                behind[1:] if behind[0].text == "的" else behind[:1]
            )  # 处|1万元以上5万元以下|(的)|罚款
        if self._is_condition_of_money(fact, mentions) or self._continues_list(fact, mentions):
            return False
        if head is None:
            return True
        between = mentions[head + 1 : fact.index]
        close = all(m.kind in ("adverb", "close") or has_cue(m, "reach") for m in between)
        if fact.measure == "change" and mentions[head].kind == "noun" and fact.quantity.kind == "count":
            return fact.after.start == fact.quantity.end  # 零售业增加4万个|岗位
        if not close:
            return fact.measure != "change" and not (
                mentions[head].kind == "indicator" and any(has_cue(m, "reach") for m in between)
            )
        if fact.after.end > fact.after.start and fact.measure == "share":
            return fact.quantity.amount.base_unit == "%" and mentions[head].kind == "noun"
        behind = mentions[fact.index + 1 : fact.index + 2]
        beyond = mentions[fact.ends] if fact.ends < len(mentions) else None
        return (
            mentions[head].kind == "noun"
            and bool(behind)
            and behind[0] is fact.after
            and fact.quantity.kind == "count"
            and not (beyond and beyond.kind in QUANTITY_KINDS)
        )

    def _ends_clause(self, fact: Fact, mentions: list[Mention]) -> bool:
        """带动5人以上|就业|(,的): nothing is told of what stands behind the figure."""
        beyond = mentions[fact.ends] if fact.ends < len(mentions) else None
        return beyond is None or beyond.kind in ("comma", "break", "open", "particle")

    def _is_condition_of_money(self, fact: Fact, mentions: list[Mention]) -> bool:
        """纳税|过1亿元|的|企业: what is paid is measured, and the companies are those that pay it."""
        amount = fact.quantity.amount
        if amount.dimension != "currency" or amount.relation == "=" or not 0 < fact.index < len(mentions) - 1:
            return False
        return has_cue(mentions[fact.index - 1], "spend") and mentions[fact.index + 1].text == "的"

    def _continues_list(self, fact: Fact, mentions: list[Mention]) -> bool:
        """注册资本1000万美元以上(…)、|2000万美元以上|的|企业: it is of what the figure before the list mark is of."""
        at = fact.index - 1
        if at < 2 or mentions[at].kind != "list" or mentions[at - 1].kind != "close":
            return False
        for index in range(at - 2, max(-1, at - _LONGEST_ASIDE), -1):
            if mentions[index].kind == "open":
                return index > 0 and mentions[index - 1].kind == fact.quantity.kind
        return False

    def _told_alike(self, fact: Fact, mentions: list[Mention], frames: Frames) -> Fact | None:
        """6.8亿元用于…项目,|2.8亿元|补充流动资金: an amount that opens its clause is of what one like it was of."""
        if fact.measure != "level" or fact.quantity.kind != "amount" or fact.after is not None or fact.turns > 1:
            return None
        if fact.index < 1 or mentions[fact.index - 1].kind != "comma":
            return None
        amount = fact.quantity.amount
        return frames.innermost("sentence").in_unit.get(amount.base_unit) if amount.dimension == "currency" else None

    def _is_variant(self, fact: Fact, mentions: list[Mention], earlier: Fact | None) -> bool:
        """净资产不低于5000万元(欠发达县域|2000万元): the same for a case that a bracket names."""
        if earlier is None or earlier.sentence is not fact.sentence or earlier.measure != fact.measure:
            return False
        if earlier.quantity.amount.base_unit != fact.quantity.amount.base_unit or fact.index - earlier.index > _NEAR:
            return False
        between = mentions[earlier.index + 1 : fact.index]
        opens = bool(between) and between[0].kind == "open" and fact.quantity.kind != "count"
        return opens and not any(mention.kind in ("indicator", "close") for mention in between)

    def _person(self, fact: Fact, mentions: list[Mention], after: Mention) -> Mention:
        """4万名|经济困难|的|精神障碍患者: in a unit of people those are counted whom 的 leads to."""
        behind = mentions[fact.index + 1 : fact.index + 4]
        if fact.quantity.amount.base_unit not in self._persons or after.text.endswith(self._actors):
            return after
        if len(behind) < 3 or behind[0] is not after or behind[1].text != "的" or behind[2].kind not in ITEMS:
            return after
        return behind[2] if behind[2].text.endswith(self._actors) else after

    def _thing(self, fact: Fact, after: Mention) -> Found:
        """The thing counted, without nouns for an aspect or a treatment of it (荔枝园|环境, 荔枝园|改造)."""
        end = after.end
        if after.kind == "noun" and after.words and fact.quantity.kind == "count":
            words = list(after.words)
            if fact.quantity.amount.base_unit not in self._events:
                while (
                    len(words) > 1
                    and after.text[words[-1][0] - after.start : words[-1][1] - after.start] in self._aspects
                ):
                    words.pop()
            end = words[-1][1]
        text = after.text[: end - after.start]
        value = after.value if isinstance(after.value, Indicator) else self._known.get(text) or Indicator(None, text)
        return Found(text, after.start, end, value=value)

    def _told_of(self, fact: Fact, mentions: list[Mention], at: int, frames: Frames) -> Found | None:
        """The head as an indicator: an item of its list in turn, with its owner or its verb where they belong to it."""
        head = mentions[at]
        if head.parts and fact.turns > 1:
            part = head.parts[max(0, len(head.parts) - fact.turns) :]
            return self._with_topic(fact, part[min(fact.turn, len(part) - 1)], mentions, at)
        if (
            head.parts
            and head.parts[-1].text in self._heads
            and not any(part.kind == "indicator" for part in head.parts[:-1])
        ):
            return self._named(head.parts[-1])
        value = head.value
        if isinstance(value, Indicator) and len(value.parts) == fact.turns > 1:
            return Found(head.text, head.start, head.end, value=value.parts[fact.turn])
        return (
            self._of_age(mentions, at)
            or self._of_those(mentions, at)
            or self._of_class(fact, mentions, at)
            or self._partner(fact, mentions, at)
            or self._owned(fact, mentions, at)
            or self._flow(fact, mentions, at)
            or self._of_earlier(fact, head, mentions, frames)
            or self._beyond_aside(mentions, at)
            or self._ratio(fact, mentions, at)
            or self._with_topic(fact, head, mentions, at)
        )

    def _beyond_aside(self, mentions: list[Mention], at: int) -> Found | None:
        """碳酸锂(电池级)|均价: a bare head goes on with the noun before a bracket."""
        head = mentions[at]
        if head.text not in self._heads or at < _ASIDE or mentions[at - 1].kind != "close":
            return None
        for index in range(at - 2, max(-1, at - _LONGEST_ASIDE), -1):
            if mentions[index].kind == "open":
                noun = mentions[index - 1] if index else None
                if noun is None or noun.kind not in ITEMS:
                    return None
                return Found(head.text, head.start, head.end, value=Indicator(None, noun.text + head.text))
        return None

    def _of_age(self, mentions: list[Mention], at: int) -> Found | None:
        """0-14岁|人口: the age belongs to the name of what it selects."""
        age = mentions[at - 1] if at else None
        if age is not None and at > 1 and age.kind in ITEMS and age.text.endswith(self._people):
            age = mentions[at - 2]  # 25-59岁|劳动力|调查失业率
        if age is None or age.kind not in QUANTITY_KINDS or age.parts or age.amount.base_unit not in self._ages:
            return None
        name = "".join(mention.text for mention in mentions[mentions.index(age, max(0, at - 2)) : at + 1])
        value = mentions[at].value
        if not isinstance(value, Indicator) or not value.id or mentions[at].text.endswith(self._people):
            value = Indicator(None, name)
        return Found("", age.start, mentions[at].end, value=value)

    def _of_those(self, mentions: list[Mention], at: int) -> Found | None:
        """居住在城镇|的|人口: what they do or have of whom something is told belongs to their name."""
        head = mentions[at]
        if at < 2 or mentions[at - 1].text != "的" or not head.text.endswith(self._those) or head.parts:
            return None
        first = at - 1
        for index in range(at - 2, max(-1, at - _LONGEST_CLAUSE_OF), -1):
            mention = mentions[index]
            leads = mention.text in self._realise or has_cue(mention, "reach")
            if mention.kind not in _IN_CLAUSE_OF or (leads and mention.text not in self._openers):
                break
            if mention.kind in ITEMS or mention.kind == "verb":
                first = index
        if first == at - 1:
            return None
        name = "".join(mention.text for mention in mentions[first : at + 1] if mention.text != "的")
        return Found("", mentions[first].start, head.end, value=Indicator(None, name))

    def _of_class(self, fact: Fact, mentions: list[Mention], at: int) -> Found | None:
        """千万元以上|纳税户数|增长11%: what grows is the number of those that a bound selects."""
        bound = mentions[at - 1] if at else None
        if fact.measure not in ("growth", "change") or bound is None or bound.kind not in QUANTITY_KINDS or bound.parts:
            return None
        if not bound.amount.bounded_after or bound.end != mentions[at].start:
            return None
        name = bound.text + mentions[at].text
        return Found("", bound.start, mentions[at].end, value=Indicator(None, name))

    def _named(self, mention: Mention) -> Found:
        if isinstance(mention.value, Indicator) and (mention.value.id or mention.value.name != mention.text):
            return Found(mention.text, mention.start, mention.end, value=mention.value)
        text = self._without_status(mention.text) or mention.text
        end = mention.start + len(text)
        known = self._known.get(text) or self._without_transparent(text)
        return Found(text, mention.start, end, value=known or Indicator(None, text))

    def _without_transparent(self, text: str) -> Indicator | None:
        """县内|生产总值, 对应|EPS: words before a known indicator that do not make it another one."""
        for length in range(1, min(len(text) - 1, 5)):
            if text[:length] in self._transparent and (known := self._known.get(text[length:])):
                return known
        return None

    def _with_topic(self, fact: Fact, item: Mention, mentions: list[Mention], at: int) -> Found:
        """消费价格中,食品烟酒上涨…: what has no head of its own takes that of prices, where these are spoken of."""
        if fact.quantity.kind == "count" and fact.quantity.amount.base_unit in self._things:
            return _called(item, item.value if isinstance(item.value, Indicator) else None)  # 重大任务|3个
        found = self._named(item)
        if fact.measure == "growth" and isinstance(found.value, Indicator) and not found.value.id:
            known = self._known.get(found.text + self._price)
            near = mentions[max(0, at - 8) : at]
            if known and any(m.kind in ITEMS and m.text.endswith(self._price) for m in near):
                return Found(found.text, found.start, found.end, value=known)
        return found

    def _owned(self, fact: Fact, mentions: list[Mention], at: int) -> Found | None:
        """港区经济|实现|增加值, 工业|完成|投资, 文旦|的|产量: a bare head takes what stands before it into its name."""
        head = mentions[at]
        owner = at - 1
        while owner >= 0 and (
            mentions[owner].text in self._realise
            or mentions[owner].kind in ("adverb", "time", "name")
            or mentions[owner].text == "的"
            or mentions[owner].text in self._markets
            or (fact.turns > 1 and has_cue(mentions[owner], "distributive"))
        ):
            owner -= 1
        if owner < 0 or owner == at - 1 or mentions[owner].kind not in ITEMS:
            return None
        if mentions[owner].end != mentions[owner + 1].start:
            return None  # 业绩稳健 实现|收入: a blank ends what was told
        if mentions[owner].text in self._unmeasured or (owner and mentions[owner - 1].kind in QUANTITY_KINDS):
            return None
        if owner and mentions[owner - 1].text.startswith(self._per):
            return None  # 每家|企业|最高|奖励
        of = any(m.text == "的" for m in mentions[owner + 1 : at])
        of_market = any(m.text in self._markets for m in mentions[owner + 1 : at])
        bare = head.text in self._heads or (of_market and head.tag in self._heads)
        owners = mentions[owner].parts
        part = owners[fact.turn] if owners and len(owners) == fact.turns else mentions[owner]
        verb = next((verb for verb in self._realising if head.text.startswith(verb)), "")
        name = part.text + head.text.removeprefix(verb)
        known = self._known.get(name)
        realised = bool(verb) or any(m.text in self._realise for m in mentions[owner + 1 : at])
        listed = part is not mentions[owner] and fact.turns > 1 and realised  # 铁路、公路|分别|完成投资
        activity = realised and part.text.endswith(self._activities)
        bare = bare or (head.kind == "indicator" and (activity or listed))
        if not bare and not (known and (realised or (of and isinstance(head.value, Indicator) and head.value.id))):
            return None
        start, end = (part.start, part.end) if part is not mentions[owner] else (part.start, head.end)
        return Found("", start, end, value=known or Indicator(None, name))

    def _partner(self, fact: Fact, mentions: list[Mention], at: int) -> Found | None:
        """对东盟、欧盟分别出口: trade with a partner is an indicator of its own."""
        head = mentions[at]
        if not (isinstance(head.value, Indicator) and head.value.id in _TRADE):
            return None
        for index in range(at - 1, max(-1, at - 4), -1):
            mention = mentions[index]
            if mention.kind in REGIONS and index and mentions[index - 1].text in self._toward:
                partners = list(items_of(mention))
                partner = partners[fact.turn] if fact.turns == len(partners) else mention
                return Found("", partner.start, partner.end, value=Indicator(None, f"对{partner.text}{head.text}"))
        return None

    def _flow(self, fact: Fact, mentions: list[Mention], at: int) -> Found | None:
        """乘用车|零售, 商品住宅|成交: a verb of flow right behind the noun belongs to the name; else it is the name."""
        for index in range(at + 1, fact.index):
            mention = mentions[index]
            if mention.text not in self._flows:
                continue
            if (
                all(
                    m.kind in REGIONS or m.kind in ("adverb", "time", "particle") or has_cue(m, "reach")
                    for m in mentions[at + 1 : index]
                )
                and index > at + 1
            ):
                return Found(
                    mention.text,
                    mention.start,
                    mention.end,
                    value=self._known.get(mention.text) or Indicator(None, mention.text),
                )
            if index == at + 1:
                name = mentions[at].text + mention.text
                return Found("", mentions[at].start, mention.end, value=self._known.get(name) or Indicator(None, name))
        return None

    def _of_earlier(self, fact: Fact, head: Mention, mentions: list[Mention], frames: Frames) -> Found | None:
        """粮食播种面积…,总产量…: a bare head goes with what the figure before was told of."""
        earlier = frames.fact()
        if head.text not in self._heads or earlier is None or earlier.indicator is None:
            return None
        if isinstance(head.value, Indicator) and head.value.id:
            return None
        since = (
            mentions[earlier.index + 1 : fact.index] if earlier.sentence is fact.sentence else mentions[: fact.index]
        )
        if any(mention.kind == "organisation" for mention in since):
            return None  # 贵州茅台|净买入 is none of 北向资金's
        value = earlier.indicator.value
        if not isinstance(value, Indicator) or earlier.sentence.block is not fact.sentence.block:
            return None
        for length in range(len(value.name) - 1, 1, -1):
            if known := self._known.get(value.name[:length] + head.text):
                return Found(head.text, head.start, head.end, value=known)
        return None

    def _ratio(self, fact: Fact, mentions: list[Mention], at: int) -> Found | None:
        """持股|比例: such a ratio belongs to the name."""
        end = at + 1
        while end < fact.index and mentions[end].kind == "verb":
            end += 1
        ratio = mentions[end] if end < fact.index else None
        if fact.measure != "share" or fact.scope or ratio is None or ratio.text not in self._named_shares:
            return None
        if any(a.end != b.start for a, b in pairwise(mentions[at : end + 1])):
            return None
        fact.measure = "level"
        name = "".join(mention.text for mention in mentions[at : end + 1])
        return Found("", mentions[at].start, ratio.end, value=Indicator(None, name))

    def _verb(self, fact: Fact, mentions: list[Mention], gap: _Gap) -> Found | None:
        """What was done names a figure that no noun names (募集|50万元, 出货|40万部)."""
        for at in range(fact.index - 1, gap.begins - 1, -1):
            mention = mentions[at]
            if mention.text in self._pale:
                if has_cue(mention, "reach"):
                    continue
                return None
            if (
                mention.kind == "verb"
                or has_cue(mention, "spend")
                or has_cue(mention, "happening")
                or mention.text in self._flows
            ):
                known = self._known.get(mention.text)
                return Found(mention.text, mention.start, mention.end, value=known or Indicator(None, mention.text))
            if mention.kind not in _SLIM and not has_cue(mention, "reach"):
                return None
        return None

    def _event(self, fact: Fact, mentions: list[Mention], head: int) -> Found | None:
        """镇里|开展|培训|12场次: what is held so many times is the verb right before the figure."""
        verb = mentions[fact.index - 1]
        if fact.quantity.amount.base_unit not in self._events or verb.kind != "verb" or head == fact.index - 1:
            return None
        if verb.text in self._pale or verb.text not in self._aspects:
            return None
        return _called(verb)

    def _deed(self, fact: Fact, mentions: list[Mention], head: int) -> Found | None:
        """县城|已|撤离|6400户, 财政|已|下拨|2000万元: who did it stands before; what was done names the figure."""
        verb = mentions[fact.index - 1]
        if fact.measure != "level" or head >= fact.index - 1 or mentions[head].parts:
            return None
        if fact.quantity.kind == "count":
            done = verb.kind in ("verb", "word") and verb.text in self._deeds
        else:
            done = (verb.text in self._deeds or has_cue(verb, "spend")) and head < fact.index - 2
            done = done and mentions[head].kind == "noun" and fact.quantity.amount.dimension == "currency"
        if not done:
            return None
        return _called(verb, self._known.get(verb.text))

    def _aged(self, fact: Fact, mentions: list[Mention]) -> Found | None:
        """0-14岁|占比: a class of ages right before its share."""
        age = mentions[fact.begins - 1] if fact.begins else None
        if age is None or age.kind not in QUANTITY_KINDS or age.parts or age.amount.base_unit not in self._ages:
            return None
        return _called(age)

    def _condition(self, fact: Fact, mentions: list[Mention]) -> Found | None:
        """60周岁及以上|11.9万人: a condition right before the figure names what is counted."""
        at = fact.index - 1
        if at < 0 or mentions[at].kind not in QUANTITY_KINDS or mentions[at].parts:
            return None
        amount = mentions[at].amount
        if amount.bounded_after or (amount.upper is not None and amount.base_unit in self._ages):
            return _called(mentions[at])
        return None

    def _organisation(self, fact: Fact, mentions: list[Mention], gap: _Gap) -> Found | None:
        """A company that rises or falls by a percentage: its share price, called by its name."""
        if fact.measure != "growth" or not fact.rule.startswith(_OF_PRICES):
            return None
        for at in range(fact.begins - 1, gap.begins - 1, -1):
            mention = mentions[at]
            if mention.text in self._openers:
                continue  # 某某股份|以|43%的涨幅领涨
            if mention.kind == "organisation":
                each = len(mention.parts) == fact.turns > 1  # 甲集团及乙集团|分别升9%及8%
                return _called(mention.parts[fact.turn] if each else mention)
            if mention.kind not in ("adverb", "time") and not has_cue(mention, "distributive"):
                return None
        return None

    def _share_price(self, fact: Fact, mentions: list[Mention], earlier: Fact | None, frames: Frames) -> Found | None:
        """某某股份|午后回落,最终|收跌|6.01%: the share price of the company that is told of, by its name."""
        if fact.measure != "growth" or mentions[fact.begins].text not in self._price_moves:
            return None
        whom = frames.subject()
        if not is_organisation(whom) or (earlier and earlier.sentence is fact.sentence):
            return None
        return Found(whom.text, whom.start, whom.end, "nearby", Indicator(None, whom.text)) if whom else None

    def _of_whole(self, fact: Fact, mentions: list[Mention], earlier: Fact | None) -> Found | None:
        """某国是能源消费大国,|占世界|能源消费|的2.1%: where nothing is named, of that kind."""
        if fact.measure != "share" or fact.scope_at is None or (earlier and earlier.sentence is fact.sentence):
            return None
        if not has_cue(mentions[fact.begins], "share"):
            return None
        inside = [m for m in mentions[fact.scope_at : fact.index] if m.kind in ITEMS]
        named = mentions[fact.scope_at].kind == "place" and len(inside) == 1
        return _called(inside[0], self._known.get(inside[0].text)) if named else None

    def _own_change(self, fact: Fact, mentions: list[Mention], gap: _Gap) -> Found | None:
        """户均|增收|3000元, 农民增收: a verb that says itself what grows, where the clause names people or nothing."""
        at = fact.begins if mentions[fact.begins].text in self._own_changes else fact.index - 1
        if fact.measure != "change" or at < 0 or mentions[at].text not in self._own_changes:
            return None
        if mentions[at].text in self._own_acts:
            return _called(mentions[at])  # 在7月的会议上|加息|25个基点
        first = at - 1 if at > gap.begins and has_cue(mentions[at - 1], "average") else at
        whose = mentions[first - 1] if first > gap.begins else None
        if whose is not None and whose.kind in ITEMS and whose.end == mentions[first].start:
            first -= 1  # 村集体|增收|20万元
        if any(m.kind in ITEMS and not m.text.endswith(self._those) for m in mentions[gap.begins : first]):
            return None
        name = "".join(mention.text for mention in mentions[first : at + 1])
        return Found(name, mentions[first].start, mentions[at].end, value=Indicator(None, name))

    def _size(self, fact: Fact, mentions: list[Mention], gap: _Gap) -> Found | None:
        """…为上游,|长|4504公里: a length that nothing else of its clause names."""
        at = fact.index - 1
        if at < 0 or fact.quantity.amount.dimension != "length" or mentions[at].text not in self._sizes:
            return None
        if any(mention.kind not in _SLIM for mention in mentions[gap.begins : at]):
            return None
        return _called(mentions[at])

    def _distance(self, fact: Fact, mentions: list[Mention], gap: _Gap) -> Found | None:
        """距|省城|180公里: a distance is called by where it is told from."""
        if fact.measure != "level" or fact.quantity.amount.dimension != "length":
            return None
        end = 0
        for at in range(fact.index - 1, gap.begins - 1, -1):
            mention = mentions[at]
            if mention.text in self._from:
                if not end:
                    return None
                name = "".join(m.text for m in mentions[at:end])
                return Found("", mention.start, mentions[end - 1].end, value=Indicator(None, name))
            if mention.kind in REGIONS or mention.kind in ITEMS:
                end = end or at + 1
            elif mention.kind not in ("adverb", "particle") and not has_cue(mention, "reach"):
                return None
        return None

    def _is_part(self, fact: Fact, gap: _Gap, frames: Frames) -> bool:
        """受访的163家企业中,超六成…: a bare percentage of what was counted before is a share of it."""
        earlier = frames.fact()
        if fact.quantity.amount.base_unit != "%" or earlier is None or earlier.sentence is not fact.sentence:
            return False
        if earlier.quantity.kind != "count" or earlier.indicator is None or not gap.leads:
            return False
        fact.measure, fact.scope = "share", earlier.indicator
        return True

    def _goes_on(self, fact: Fact, mentions: list[Mention], gap: _Gap, frames: Frames) -> bool:
        """A figure with nothing but leading words before it goes on with the indicator of the one before."""
        earlier = frames.fact()
        if earlier is None or earlier.indicator is None:
            return False
        amount = fact.quantity.amount
        same = earlier.quantity.amount.base_unit == amount.base_unit
        if amount.base_unit in self._counted_directly and not same:
            return False
        if self._names_itself(fact, mentions, earlier):
            return False
        if earlier.sentence is fact.sentence and (gap.leads or amount.dimension != "count"):
            return True
        if gap.leads and not same and amount.dimension == "count":
            return self._of_another(fact, mentions, frames) is not None
        return gap.leads

    def _names_itself(self, fact: Fact, mentions: list[Mention], earlier: Fact) -> bool:
        """109个村民组,|5879户,|21689人: households and people are of no other thing that was counted before."""
        unit, before = fact.quantity.amount.base_unit, earlier.quantity.amount.base_unit
        if unit not in self._people_units or unit == before or earlier.indicator is None:
            return False
        if earlier.quantity.kind != "count" or fact.measure != "level":
            return False
        if earlier.indicator.end == fact.quantity.start:
            return False  # 两县|回迁群众|5000多人
        if before not in self._people_units:
            return True
        return mentions[fact.index - 1].kind == "comma" and earlier.indicator.text == before

    def _unit(self, fact: Fact) -> Found | None:
        """The classifier itself, where it names what is counted (人次, 户)."""
        amount = fact.quantity.amount
        if fact.quantity.kind != "count" or amount.unit_start < 0:
            return None
        unit = fact.quantity.text[amount.unit_start - fact.quantity.start : amount.unit_end - fact.quantity.start]
        if unit not in self._noun_units:
            return None
        return Found(unit, amount.unit_start, amount.unit_end, value=Indicator(None, unit))

    # -------------------------------------------------------------------------------------------- what is told before

    def _source(self, fact: Fact, mentions: list[Mention], frames: Frames) -> Fact | None:
        """The item of an earlier list whose place in the list this figure has (…分别为3亿元和4亿元,增长5%和6%)."""
        if fact.turns < 2:
            return None
        if any(len(mention.parts) == fact.turns for mention in clause_before(mentions, fact.index, fact.begins)):
            return None  # 甲、乙|分列第三、第四: the clause has a list of its own
        group = frames.group()
        if group and len(group) >= fact.turns:
            return group[-fact.turns :][fact.turn]
        told = frames.told()
        if len(told) >= fact.turns and fact.measure in _LEANING:
            return told[-fact.turns :][fact.turn]
        return None

    def _of_area(self, found: Found | None, fact: Fact, earlier: Fact | None) -> Found | None:
        """城镇消费品零售额89.6亿元;|乡村|37.2亿元: of the country what was told of the town, where that is a name."""
        if found is None or found.text not in self._areas or earlier is None or earlier.indicator is None:
            return found
        if earlier.sentence is not fact.sentence:
            return found
        whole = next((area for area in self._areas if earlier.indicator.text.startswith(area)), "")
        known = self._known.get(found.text + earlier.indicator.text.removeprefix(whole)) if whole else None
        return Found(found.text, found.start, found.end, value=known) if known else found

    def _of_rate(self, found: Found | None, gap: _Gap, measure: str) -> Found | None:
        """经济|增速: with the name of its rate a noun may be a known indicator."""
        if found and isinstance(found.value, Indicator) and not found.value.id and (gap.rate or measure == "growth"):
            for tail in self._growths:
                if known := self._known.get(found.text + tail):
                    return Found(found.text, found.start, found.end, value=known)
        return found

    def _in_currency(self, fact: Fact) -> None:
        """An exchange rate is in the currency that it quotes; its basis points are 0.0001 of that."""
        amount = fact.quantity.amount
        name = fact.indicator.value.name if fact.indicator and isinstance(fact.indicator.value, Indicator) else ""
        if amount.dimension not in ("number", "percentage_points") or not any(word in name for word in self._exchange):
            return
        quoted = next((code for word, code in self._currencies.items() if word in name.split("兑")[-1]), None)
        code = self._home_currency if self._home_word in name or quoted is None else quoted
        amount.base_unit, amount.dimension = code, "currency"
        if amount.unit:
            amount.base_value = Fraction(amount.value) / _PIPS

    def _in_money(self, fact: Fact, mentions: list[Mention]) -> None:
        """营收680亿, 募资9亿元,其中5亿用于…: hundreds of millions of what is told in money are money."""
        if fact.quantity.kind != "scaled" or fact.quantity.amount.dimension != "number":
            return
        value = fact.indicator.value if fact.indicator else None
        before = mentions[fact.index - 1] if fact.index else None
        known = isinstance(value, Indicator) and value.dimension == "currency"
        named = fact.indicator is not None and fact.indicator.text.endswith(self._money)
        if known or named or (before is not None and has_cue(before, "spend")):
            amount = fact.quantity.amount
            amount.base_unit, amount.dimension = self._home_currency, "currency"

    def _at_most(self, fact: Fact, mentions: list[Mention], gap: _Gap) -> None:
        """最高|补助|300万元: an amount that is the most that is granted."""
        if (
            fact.measure != "level"
            or fact.quantity.amount.relation != "="
            or fact.quantity.kind not in ("amount", "percent")
        ):
            return
        for at in range(fact.index - 1, gap.begins - 1, -1):
            mention = mentions[at]
            if mention.text in self._most and any(self._grants(m) for m in mentions[at + 1 : fact.index]):
                fact.quantity.amount.relation = "<="
            granted = mention.kind == "indicator" and mention.text.endswith(self._granted)
            if not granted and mention.kind not in ("verb", "adverb", "particle", "word", "noun"):
                return

    def _grants(self, mention: Mention) -> bool:
        return (
            mention.text.endswith(self._granted)
            or mention.kind == "verb"
            or has_cue(mention, "grant")
            or has_cue(mention, "spend")
        )

    def _counted_before(self, fact: Fact, frames: Frames) -> Found | None:
        """51个改造项目,总投资…。其中:某镇1个: a part's count is of what was counted in that unit."""
        earlier = frames.fact()
        if fact.quantity.kind != "count" or not frames.inside("part") or fact.measure != "level":
            return None
        if earlier is None or earlier.quantity.amount.base_unit == fact.quantity.amount.base_unit:
            return None
        counted = next(self._in_its_unit(fact, frames), None)
        return carried(counted.indicator) if counted and counted.indicator else None

    def _averaged(self, fact: Fact, mentions: list[Mention], frames: Frames) -> Found | None:
        """接待游客120万人次,|日均|20万人次: the mean of what was told in the same unit."""
        earlier = frames.fact()
        if earlier is None or earlier.indicator is None or earlier.sentence is not fact.sentence:
            return None
        if fact.quantity.amount.base_unit != earlier.quantity.amount.base_unit or earlier.measure != "level":
            return None
        between = mentions[max(earlier.index + 1, fact.index - _NEAR) : fact.index]
        averaged = any(has_cue(mention, "average") for mention in between)
        return carried(earlier.indicator) if averaged and not any(m.kind in ITEMS for m in between) else None

    def _people_before(self, fact: Fact, frames: Frames) -> Found | None:
        """18名官员被解职,其中|10人|…: of people who were counted before some are told in a unit of people."""
        earlier = frames.fact()
        if not frames.inside("part") or earlier is None or earlier.indicator is None or fact.measure != "level":
            return None
        units = {fact.quantity.amount.base_unit, earlier.quantity.amount.base_unit}
        if not units <= self._persons or earlier.indicator.text in self._persons:
            return None
        return carried(earlier.indicator) if earlier.sentence is fact.sentence else None

    def _condition_before(self, fact: Fact, mentions: list[Mention], frames: Frames) -> Found | None:
        """年营业收入5-10亿元的,奖励…;10-20亿元|的|,…: the next tier of a condition is of what the first is of."""
        condition = frames.innermost("paragraph").condition
        behind = mentions[fact.index + 1 : fact.index + 3]
        if condition is None or condition.indicator is None or fact.measure != condition.measure:
            return None
        if [mention.text for mention in behind[:1]] != ["的"] or not behind[1:] or behind[1].kind != "comma":
            return None
        if fact.quantity.amount.base_unit != condition.quantity.amount.base_unit:
            return None
        return carried(condition.indicator)

    def _is_sum(self, mentions: list[Mention], gap: _Gap, frames: Frames) -> bool:
        """医疗费…元、误工费…元,共计…元: the sum of different things is none of them."""
        if not any(mention.text in self._sums for mention in mentions[gap.begins : gap.begins + 3]):
            return False
        measured = [told.indicator.value for told in frames.told()[-_MOST_ADDED:] if told.indicator]
        return len({indicator.name for indicator in measured if isinstance(indicator, Indicator)}) > 1

    def _take_over(self, fact: Fact, earlier: Fact, mentions: list[Mention]) -> None:
        """What goes on with a figure of its sentence is of the same subject and period, unless others stand between."""
        if earlier.sentence is not fact.sentence or earlier.is_base or fact.is_base or earlier.own_time:
            return
        between = mentions[earlier.index + 1 : fact.index]
        if earlier.subject and fact.turns < 2 and not any(mention.kind in REGIONS for mention in between):
            fact.subject = carried(earlier.subject)
        time = earlier.period.value if earlier.period else None
        dated = any(isinstance(m.value, Time) and m.value.kind not in ("span", "clock") for m in between)
        if earlier.period and not dated and isinstance(time, Time) and not time.refers:
            fact.period = carried(earlier.period)

    def _goes_on_from(self, fact: Fact, mentions: list[Mention], gap: _Gap, earlier: Fact | None) -> None:
        """A level that an earlier share or rate reaches is a share or a growth; a rank of a growth says so."""
        if earlier and earlier.sentence is not fact.sentence:
            earlier = None
        if fact.measure == "rank":
            if gap.rate or (earlier and (earlier.measure == "growth" or earlier.of)):
                fact.of = "growth"
            if earlier and earlier.measure == "rank":
                fact.scope = fact.scope or earlier.scope
            return
        if fact.measure == "change" and earlier and earlier.measure == "share":
            fact.scope = fact.scope or earlier.scope
        if earlier and earlier.is_base and earlier.sign < 0 and fact.rule == "level/moved-to":
            fact.sign = -1  # 每股亏损由2.1元收窄至2.03元
        if earlier and fact.is_base and fact.measure == "level" and earlier.measure == "growth" and gap.leads:
            fact.measure = "growth" if fact.quantity.amount.base_unit == "%" else fact.measure  # +11%(2022Q2:8%)
        if fact.measure == "change" and fact.comparison is None and self._is_height(fact, mentions):
            fact.measure, fact.sign = "level", 1
        if fact.measure == "multiple" and fact.indicator and fact.indicator.text.endswith(self._ratios):
            fact.measure = "level"
        if earlier and earlier.measure == "growth" and self._is_like(fact, mentions, earlier):
            fact.measure = "growth" if fact.quantity.amount.base_unit == "%" else fact.measure
        if fact.measure == "share" and fact.after and fact.after.text.endswith(self._rooms):
            fact.measure, fact.scope = "level", None  # 20%的上涨空间, 维持61%至62%的区间
        self._in_currency(fact)
        if fact.measure != "level" or fact.quantity.amount.base_unit != "%":
            return
        told = mentions[gap.begins : fact.index]
        name = fact.indicator.text if fact.indicator and earlier is None else ""
        ending = name.endswith(self._rates) and not name.endswith(self._not_rates)
        if ending or self._is_signed(fact, mentions):
            fact.measure = "growth"
        elif gap.rate:
            fact.measure = "growth"
            fact.sign = gap.rate.value.sign if isinstance(gap.rate.value, Cue) else 1
        elif (fact.after is None and self._tells_share(told, mentions[gap.crossed : gap.begins], gap)) or (
            earlier
            and (earlier.measure == "share" or (earlier.measure == "change" and earlier.scope and not earlier.of))
        ):
            fact.measure = "share"
            fact.scope = fact.scope or (earlier.scope if earlier else None)

    def _tells_share(self, told: list[Mention], before: list[Mention], gap: _Gap) -> bool:
        """…占比为5%; 某某比重|首次超越乡村,|达到50.5%: a word of shares, also before a clause that only leads."""
        if any(has_cue(m, "share") or has_cue(m, "share_of") for m in told):
            return True
        return gap.leads and any(has_cue(m, "share_of") for m in before)

    def _is_like(self, fact: Fact, mentions: list[Mention], earlier: Fact) -> bool:
        """印度增长6.3%、中国(5.1%); 增长2.2%(而不是6月预测的1.6%), 增速由2.9%|上调至3.1%: told alike."""
        if fact.rule == "level/moved-to" and earlier.rule == "level/from":
            return fact.begins <= earlier.ends
        if fact.rule == "level/moved-to" and earlier.rule == "growth/move" and fact.indicator and earlier.indicator:
            same = fact.indicator.start == earlier.indicator.start and fact.sentence is earlier.sentence
            return same and not fact.indicator.text.endswith(self._percentages)  # CPI上涨10.1%,8月|回落至|9.9%
        if fact.rule != "level/value" or fact.measure != "level":
            return False
        first, _ = clause_of(mentions, fact.index)
        before = mentions[max(0, first - 1) : fact.index]
        return any(m.kind == "open" or has_cue(m, "than") for m in before)

    def _is_signed(self, fact: Fact, mentions: list[Mention]) -> bool:
        """收入|+6%: a percentage with its sign, right behind the name of an amount."""
        value = fact.indicator.value if fact.indicator else None
        if fact.quantity.text[0] not in _SIGNS or not isinstance(value, Indicator) or fact.index < 1:
            return False
        right_behind = mentions[fact.index - 1].kind in ITEMS
        return right_behind and value.dimension != "percent" and not value.name.endswith(self._percentages)

    def _is_height(self, fact: Fact, mentions: list[Mention]) -> bool:
        """通航净空|高|62米: how high it is, where nothing is compared."""
        amount = fact.quantity.amount
        if amount.dimension != "length" or mentions[fact.index - 1].text not in self._heights:
            return False
        return not any(m.kind == "compare" or has_cue(m, "than") for m in clause_before(mentions, fact.index))

    def _part_of_proportion(self, fact: Fact) -> None:
        if fact.turns == len(self._proportions):
            fact.indicator = Found("", None, None, value=self._proportions[fact.turn])

    def _loss(self, fact: Fact, mentions: list[Mention], limit: int, earlier: Fact | None) -> None:
        """A loss is a negative profit (净利润亏损3.5亿元); of nothing named, of the profit told before."""
        if fact.measure != "level" or fact.quantity.amount.dimension != "currency":
            return
        for at in before(mentions, fact.index, limit):
            mention = mentions[at]
            if mention.kind == "comma":
                return
            loss = next((word for word in self._losses if mention.text.endswith(word)), None)
            word = loss or next((word for word in self._profits if mention.text.endswith(word)), None)
            if word is None:
                continue
            if loss is None and isinstance(mention.value, Indicator) and mention.value.id:
                return  # 摊薄后每股盈利
            fact.sign = -1 if loss else 1
            fact.indicator = self._profit_of(mention, word, mentions, at, limit, earlier) or fact.indicator
            return

    def _adjusted(self, mentions: list[Mention], at: int) -> Found | None:
        """扣除非经常性损益后的|净亏损: what is said of the profit belongs to its name."""
        first = at
        while (
            first > max(0, at - 4)
            and mentions[first - 1].end == mentions[first].start
            and mentions[first - 1].kind
            in (
                "noun",
                "indicator",
                "particle",
                "verb",
                "word",
            )
        ):
            first -= 1
            name = "".join(m.text for m in mentions[first:at]) + self._profit
            if known := self._known.get(name):
                return Found("", mentions[first].start, mentions[at].end, value=known)
        return None

    def _profit_of(
        self, mention: Mention, word: str, mentions: list[Mention], at: int, limit: int, earlier: Fact | None
    ) -> Found | None:
        """What a loss or profit is of: the name before it, that of the figure before, or the net profit."""
        rest = mention.text.removesuffix(word)
        if not rest and (known := self._adjusted(mentions, at)):
            return known
        for name in (rest, rest + self._profit):
            if indicator := self._known.get(name):
                if rest:
                    return Found(rest, mention.start, mention.start + len(rest), value=indicator)
                break
        if rest and mention.kind in ITEMS:
            return Found(
                mention.text,
                mention.start,
                mention.end,
                value=Indicator(None, rest if self._profit[-2:] in rest else mention.text),
            )
        for index in before(mentions, at, limit):
            if mentions[index].kind in ITEMS and self._profit[-2:] in mentions[index].text:
                return self._named(mentions[index])
        value = earlier.indicator.value if earlier and earlier.indicator else None
        if earlier and earlier.indicator and isinstance(value, Indicator) and self._profit[-2:] in value.name:
            return carried(earlier.indicator)
        return Found(mention.text, mention.start, mention.end, value=self._known[self._profit])
