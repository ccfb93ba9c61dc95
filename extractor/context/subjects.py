"""The subject: the region, organisation, project or brand whose figure it is, by the scope in which it was named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..lists import items_of
from ..mentions.places import Gazetteer
from ..mentions.scanning import alternation
from ..model import QUANTITY_KINDS, Document, Fact, Found, Mention, Origin, Region
from ..patterns import compiled
from .frames import Frame, Frames
from .sentences import (
    ITEMS,
    MARKS,
    REGIONS,
    clause_before,
    clause_of,
    has_cue,
    has_figure,
    is_organisation,
    names_one,
    origin,
)

if TYPE_CHECKING:
    from ..rulebook import Rulebook

_COUNTRY = "国"
_QUALIFIED = 8  # mentions between a place and the company that it says something of
_VIEW, _SPOKEN_OF = 6, 40  # mentions behind an analyst: his verb, and whom he speaks of
_MEMBER = ITEMS | REGIONS | {"name"}
_ENUMERATION = 24  # mentions from the first of several to the number of all
_CITED = 6  # mentions from 来源 to the last of several sources
_SHORT = 4  # mentions between 在 and a place
_LONGEST_REGION = 8  # characters of a region's name before its body's


class SubjectReader:
    """Follows whom a text is about; :meth:`meet` takes a mention, :meth:`complete` gives a fact its subject."""

    def __init__(self, rules: Rulebook, gazetteer: Gazetteer) -> None:
        words = rules.regions
        self._regions, self._source_names = gazetteer.regions, gazetteer.sources
        self._analysts = frozenset(gazetteer.analysts)
        self._analyst_bodies, self._views = tuple(words.analyst_bodies), tuple(words.views)
        self._issues = frozenset(words.issues)
        self._best = words.best
        self._makers = tuple(words.makers)
        self._not_after = frozenset(words.not_subject_after)
        self._not_before = frozenset(words.not_subject_before)
        self._sources = frozenset(words.source_before)
        self._source_bodies = tuple(words.source_bodies)
        self._cited_after, self._cited_before = tuple(words.cited_after), frozenset(words.cited_before)
        self._according = frozenset(words.according)
        self._office = compiled(rf"[\u4e00-\u9fff]{{1,8}}?(?:{alternation(words.source_bodies)})")
        self._wires, self._wire_ends, self._papers = frozenset(words.wires), tuple(words.wires), tuple(words.papers)
        self._markets, self._of_market = frozenset(words.markets), tuple(words.of_market)
        self._levels = {level: depth for depth, level in enumerate(words.levels)}
        self._home_markets, self._topic_after = frozenset(words.home_markets), tuple(words.topic_after)
        self._abroad = tuple(words.abroad)
        self._many = frozenset(words.many)
        self._lies = frozenset(words.lies)
        self._happens = frozenset(words.happens)
        self._that, self._in = words.that, words.within
        self._branches = tuple(words.branches)
        self._directions = frozenset(words.directions)
        self._own_reports = tuple(words.own_reports)
        self._personal = tuple(words.personal)
        self._sectors = tuple(words.sectors)
        self._trades = tuple(words.trades)
        self._reports = tuple(words.reports)
        self._pursued = frozenset(words.pursued_after)

    def begin(self, document: Document) -> None:
        """Enter a document: no one has been named yet."""
        self._names = document.names
        self._named_most = document.by_level
        self._text = document.text
        self._given, self._seat_at = document.subject, document.seat
        title = document.title.text if document.title else ""
        self._is_report = document.seat is not None or title.endswith(self._reports)
        self._by_level: dict[str, Found] = {}
        self._organisation: Found | None = None
        self._bare: Found | None = None
        self._list: tuple[Mention, ...] = ()
        self._main: Found | None = None
        self._about = ""
        self._by_anaphor = False
        self._several = self._unnamed = False
        self._issuer: Found | None = None

    def given(self) -> Found | None:
        """The subject that the caller gave, else the region before whose assembly the text was read."""
        if self._given:
            region = self._regions.get(self._given) or Region(self._given, None, "region")
            return Found(self._given, None, None, "document", region)
        if self._seat_at is None:
            return None
        name = self._text[slice(*self._seat_at)]
        return Found(name, *self._seat_at, "title", self._named(name) or Region(name, None, "region"))

    def _named(self, name: str) -> Region | None:
        return self._regions.get(name) or self._names.get(name)

    def _within(self, name: str) -> Iterator[tuple[str, Region]]:
        """Whom a body has in front of its name, the longest first (美国|劳工部)."""
        for length in range(min(len(name) - 1, _LONGEST_REGION), 1, -1):
            if region := self._named(name[:length]):
                yield name[:length], region

    def begin_sentence(self) -> None:
        """Forget the list of subjects of the sentence before."""
        self._list = ()

    def heading(self, mentions: list[Mention], frame: Frame, where: Origin) -> None:
        """The first that a heading or title names governs what stands below it."""
        first = 0
        if mentions and mentions[0].kind == "open":  # [某局]2021年居民收入情况
            first = next((at for at, mention in enumerate(mentions) if mention.kind == "close"), 0)
        for at in range(first, len(mentions)):
            if mentions[at].kind in REGIONS:
                self._note(mentions[at], where)
                if (frame.subject is None or frame.subject.origin == "nearby") and self._governs(mentions, at):
                    frame.subject = self._seat(self.resolved(mentions[at], where))

    def meet(self, mentions: list[Mention], at: int, frames: Frames, opens: bool, told: bool, nominal: bool) -> None:
        """Take the region or organisation at ``at``; see :meth:`PeriodReader.meet` for ``opens`` and ``told``."""
        mention = mentions[at]
        scene = self._is_scene(mentions, at)
        # 铁矿石|全球|发运量 opens no text about the world, [国家统计局]2021年… none about the office.
        owned = at > 0 and mentions[at - 1].kind in ITEMS and mentions[at - 1].end == mention.start
        leads = not frames.inside("bracket") and not (owned and self._is_world(mention))
        opens = opens or scene or self._is_topic_of_place(mentions, at)
        if self._is_market(mentions, at, frames):
            return
        if not self._governs(mentions, at) or self._is_direction(mention, frames):
            home = self._home(mentions, at)
            if self._is_list_of_some(mentions, at):
                self._list = mention.parts
            if home is None:
                self._note_issuer(mentions, at)
                self._note_country(mention)
                return
            mention = home
        self._note(mention, "nearby")
        if mention.parts or opens:
            self._list = mention.parts  # 法国和德国分别…;西班牙分别…
        held = frames.stack[0].subject
        if scene and held is not None and held.origin == "nearby":
            frames.stack[0].subject = held = None  # 中国地震局 only told of it
        self._about = held.text if held else ""
        found = self.resolved(mention, "clause")
        if isinstance(mention.value, Region) and mention.value.anaphor and held and held.text == found.text:
            self._by_anaphor = True  # 全县: the text as a whole is about the county
        nominal = nominal or (at > 0 and mentions[at - 1].text.endswith(self._topic_after))
        frame = self._frame(frames, opens, told, nominal)
        described = self._is_described(mentions, at)
        if (
            frame.level == "paragraph"
            and not described
            and (self._is_part_of(found, held) or self._is_in_report(found, held))
        ):
            frame = frames.innermost("sentence")
        if self._is_another(found, frame, held):
            frames.stack[0].subject = None
            self._several = True
        if (
            frames.stack[0].subject is None
            and not told
            and leads
            and not (at and self._is_where(mentions, at))
            and not mention.parts
            and not self._several
            and not self._unnamed
        ):
            # The first that the text names is whom it is about, as long as nothing says other.
            whom = self._seat(found)
            frames.stack[0].subject = Found(whom.text, whom.start, whom.end, "nearby", whom.value)
        for inner in reversed(frames.stack):
            if inner is frame:
                break
            inner.subject = None
        frame.subject = found
        if (
            frame.level in ("paragraph", "sentence")
            and isinstance(found.value, Region)
            and is_organisation(found)
            and not self._is_brand_of_listed(found.value)
        ):
            self._organisation = found
        if frame.level == "paragraph" and self._main is None:
            self._main = found
            if not self._several and not self._unnamed:
                frames.stack[0].subject = frames.stack[0].subject or Found(
                    found.text, found.start, found.end, "nearby", found.value
                )

    def _is_brand_of_listed(self, region: Region) -> bool:
        """A name that the text made known itself, behind a listed company: 公司 goes on to be the company."""
        held = self._organisation.value if self._organisation else None
        return isinstance(held, Region) and held.code is not None and region.code is None and not region.anaphor

    def _is_list_of_some(self, mentions: list[Mention], at: int) -> bool:
        """甲、乙、丙|等|有望受益,涉及品种分别为4个、3个、2个: each in turn, though not all are named."""
        behind = mentions[at + 1] if at + 1 < len(mentions) else None
        opens = at == 0 or mentions[at - 1].kind in ("comma", "break", "time")
        return opens and bool(mentions[at].parts) and behind is not None and behind.text == "等"

    def _note_issuer(self, mentions: list[Mention], at: int) -> None:
        """人社部|印发|通知: of what a norm lays down, its author is the subject where the text names no other."""
        mention = mentions[at]
        if self._issuer is not None or mention.kind != "organisation" or mention.parts:
            return
        _, last = clause_of(mentions, at)
        if any(following.text in self._issues for following in mentions[at + 1 : min(last + 1, at + _VIEW)]):
            self._issuer = self._seat(self._full(mention, "nearby"))

    def _note_country(self, mention: Mention) -> None:
        """某国统计局公布,该国…: a country is meant, though its body only tells."""
        for name, region in self._within(mention.text + _COUNTRY):
            if region.level == _COUNTRY:
                found = Found(name, mention.start, mention.start + len(name), "nearby", region)
                self._by_level.setdefault(_COUNTRY, found)
                return

    def _is_direction(self, mention: Mention, frames: Frames) -> bool:
        """西北 in a text about a county: where, not whose."""
        held = frames.subject()
        if mention.text not in self._directions or held is None or not isinstance(held.value, Region):
            return False
        return held.value.type == "region" and held.value.level in self._levels and held.value.level != _COUNTRY

    def _is_another(self, found: Found, frame: Frame, held: Found | None) -> bool:
        """A paragraph about another company than the first: the text is about several, and none of them is its own."""
        if frame.level != "paragraph" or held is None or held.origin != "nearby" or found.text == held.text:
            return False
        return is_organisation(found) and is_organisation(held)

    def _is_described(self, mentions: list[Mention], at: int) -> bool:
        """东闸村|位于…: what its paragraph goes on to describe."""
        return at + 1 < len(mentions) and mentions[at + 1].text in self._lies

    def _is_part_of(self, found: Found, whole: Found | None) -> bool:
        """A town of the county that the text is about: the next sentence is of the county again."""
        if whole is None or not isinstance(found.value, Region) or not isinstance(whole.value, Region):
            return False
        if whole.origin not in ("title", "document") and not self._by_anaphor:
            return False
        below, above = found.value.level, whole.value.level
        return below in self._levels and above in self._levels and self._levels[below] > self._levels[above]

    def _is_market(self, mentions: list[Mention], at: int, frames: Frames) -> bool:
        """公司|国内|市场占有率: the market of the company that the text is about, no subject of its own."""
        after = mentions[at + 1] if at + 1 < len(mentions) else None
        if not is_organisation(frames.subject()):
            return False
        if mentions[at].text in self._home_markets:
            first, last = clause_of(mentions, at)
            if not has_figure(mentions[first : last + 1]):
                return True  # 国内多品牌布局
        return mentions[at].text in self._markets and after is not None and after.text.startswith(self._of_market)

    def _is_in_report(self, found: Found, whole: Found | None) -> bool:
        """“吉林一号”卫星增至144颗 in a province's report: the next sentence is of the province again."""
        if not self._is_report or whole is None or whole.origin not in ("title", "document"):
            return False
        return is_organisation(found) and not is_organisation(whole)

    def _seat(self, found: Found) -> Found:
        """The region whose office it is (某县|农业农村局): a text that begins with it is about the region."""
        if found.start is None or not found.text.endswith(self._source_bodies):
            return found
        for name, region in self._within(found.text):
            if region.type == "region":
                return Found(name, found.start, found.start + len(name), found.origin, region)
        return found

    def _home(self, mentions: list[Mention], at: int) -> Mention | None:
        """The region whose body a source is (美国|劳工部, 据某省|民政厅报告): its figures are those of the region."""
        mention = mentions[at]
        if mention.kind == "place" and at + 1 < len(mentions) and mentions[at - 1].text in self._according:
            office = mentions[at + 1]
            learnt = any(behind.text in self._sources for behind in mentions[at + 1 : at + _VIEW])
            told = office.start == mention.end and (learnt or self._office.match(office.text))
            return mention if told else None
        if mention.kind != "organisation" or not self._is_source(mentions, at):
            return None
        for name, region in self._within(mention.text):
            return Mention("place", mention.start, mention.start + len(name), name, value=region)
        return None

    def _frame(self, frames: Frames, opens: bool, told: bool, nominal: bool) -> Frame:
        if frames.inside("bracket"):
            return frames.innermost("bracket")
        if frames.inside("part"):
            return frames.innermost("part")
        if not opens:
            return frames.innermost("sentence" if nominal else "clause")
        return frames.innermost("sentence" if told else "paragraph")

    def complete(self, fact: Fact, frames: Frames) -> None:
        """Set the subject of ``fact``: its item of a list of subjects, else the subject in force."""
        if fact.subject:
            return
        if fact.indicator and fact.indicator.text.endswith(self._personal):
            return
        if holder := self._holder(fact):
            fact.subject = self.resolved(holder, "clause")
            return
        if fact.turns > 1 and len(self._list) == fact.turns:
            fact.subject = self.resolved(self._list[fact.turn], "clause")
            return
        found = self._in_force(fact, frames) or self._issuer
        if found is None:
            self._unnamed = True
            return
        fact.subject = Found(found.text, found.start, found.end, origin(found, fact), found.value)

    def _holder(self, fact: Fact) -> Mention | None:
        """持股42.15%|的|控股股东|某某投资: the holder that stands behind its share."""
        mentions = fact.sentence.mentions or []
        if fact.measure != "share" or not has_cue(mentions[fact.begins], "hold"):
            return None
        behind = mentions[fact.index + 1 : fact.index + _VIEW]
        if not behind or behind[0].text != "的":
            return None
        return next((mention for mention in behind[1:] if mention.kind == "organisation"), None)

    def _in_force(self, fact: Fact, frames: Frames) -> Found | None:
        """The subject in force; trade with abroad is none of the home market's (其中国内8518台,出口9306台)."""
        found = frames.subject()
        if found is not None and self._is_of_trade(fact, found):
            return None
        if found is None or found.text not in self._home_markets or fact.indicator is None:
            return found
        if not fact.indicator.text.endswith(self._abroad):
            return found
        return next(
            (f.subject for f in reversed(frames.stack) if f.subject and f.subject.text not in self._home_markets), None
        )

    def _is_of_trade(self, fact: Fact, found: Found) -> bool:
        """行业毛利率, 板块PE: a whole trade's is not the company's that was told of before."""
        if not is_organisation(found):
            return False
        name = fact.indicator.text if fact.indicator else ""
        return (name.startswith(self._trades) and name not in self._trades) or self._tells_of_trade(fact)

    def _tells_of_trade(self, fact: Fact) -> bool:
        """白酒板块对应2023年PE为28倍: the topic of the clause is a trade."""
        mentions = fact.sentence.mentions or []
        clause = clause_before(mentions, fact.index, fact.begins)
        topic = next((mention for mention in clause if mention.kind in ITEMS), None)
        if topic is None or names_one(clause):
            return False
        if fact.quantity.amount.dimension != "currency" and any(topic.text.find(word) > 0 for word in self._sectors):
            return True  # 医疗器械板块TTM市盈率; 起重机械板块收入 is the company's
        return topic.text.endswith(self._trades) and topic.text not in self._trades

    # ---------------------------------------------------------------------------------------------------- who governs

    def _governs(self, mentions: list[Mention], at: int) -> bool:
        """A region or organisation whose figure it can be: no goal, no source, no standard, no field of a rank."""
        mention = mentions[at]
        before = mentions[at - 1] if at else None
        after = mentions[at + 1] if at + 1 < len(mentions) else None
        if before and (self._is_topic_of_place(mentions, at) or self._is_where(mentions, at)):
            return True
        if self._is_scene(mentions, at):
            return True
        if before and mention.kind == "organisation" and before.text in self._many and before.end == mention.start:
            return False  # 全球|央行
        if before and self._is_parallel(mentions, at):
            return True
        if before and after and before.text in self._according and after.text.startswith(self._own_reports):
            return True  # 据|炬星|财报
        if before and (
            before.text in self._not_after
            or (mention.kind == "place" and before.text in self._pursued)
            or has_cue(before, "share")
            or has_cue(before, "than")
            or has_cue(before, "rank")
        ):
            return False
        if (
            after
            and any(m.kind == "time" for m in mentions[at + 1 : at + 3])
            and any(m.text in self._wires for m in mentions[at + 2 : at + 5])
        ):
            return False  # 某社|纽约6月13日电
        if mention.kind == "organisation" and self._is_cited(mentions, at):
            return False
        if mention.kind == "organisation" and at == 0 and self._is_wire(mentions):
            return False  # 某某网|财经|讯
        if before and before.kind == "organisation" and after and after.text.startswith(self._branches):
            return False  # 某市公安局|静安|分局
        if before and before.kind == "list" and at > 1 and mentions[at - 2].kind in ITEMS | REGIONS:
            return False
        if before and before.text == "等":
            return False  # 对拉美、非洲等|新兴市场|出口
        if after is None:
            return True
        if after.kind == "ordinal" or after.text in self._not_before or after.text == "等":
            return False
        if mention.kind == "organisation" and (self._is_source(mentions, at) or self._is_analyst(mentions, at)):
            return False
        if mention.kind == "place" and self._is_origin(mentions, at):
            return False
        if after.kind == "organisation" and after.start == mention.end and self._is_world(mention):
            return False  # 全球|央行
        if after.start == mention.end and (self._is_bare(mention, after) or self._is_listed(after)):
            return False
        if self._is_enumerated(mentions, at):
            return False
        beyond = mentions[at + 2] if at + 2 < len(mentions) else None
        return not (beyond and beyond.kind == "ordinal" and after.kind in ITEMS)

    def _is_parallel(self, mentions: list[Mention], at: int) -> bool:
        """甲获批186万瓶(+51%)|和|乙|获批165万瓶, 甲(+18%)和|乙|(+10%): the last of several, each with its figures."""
        if at < 2 or mentions[at - 1].kind != "list" or not self._is_told(mentions[at - 2]):
            return False
        _, last = clause_of(mentions, at)
        return any(mention.kind == "open" or self._is_told(mention) for mention in mentions[at + 1 : last + 2])

    def _is_told(self, mention: Mention) -> bool:
        return mention.kind == "close" or mention.kind in QUANTITY_KINDS

    def _is_topic_of_place(self, mentions: list[Mention], at: int) -> bool:
        """在(邻近的)石桥镇,200亩蓝莓…: where the clause that follows takes place, and so whose its figures are."""
        if mentions[at].kind != "place" or at + 1 >= len(mentions) or mentions[at + 1].kind != "comma":
            return False
        first, _ = clause_of(mentions, at)
        return at - first <= _SHORT and mentions[first].text == self._in

    def _is_scene(self, mentions: list[Mention], at: int) -> bool:
        """发生在|某县|的6.1级地震, 在|某县|(北纬…)|发生…: where something happens, and so whose its figures are."""
        if at < 1 or mentions[at].kind != "place" or mentions[at - 1].text != self._in:
            return False
        if at > 1 and mentions[at - 2].text in self._happens:
            return True
        depth = 0
        for mention in mentions[at + 1 : at + _ENUMERATION]:
            depth += (mention.kind == "open") - (mention.kind == "close")
            if mention.kind in MARKS and depth < 1:
                return False
            if mention.text in self._happens:
                return True
        return False

    def _is_where(self, mentions: list[Mention], at: int) -> bool:
        """在|东部地区|务工|的|农民工月收入…, 在|日本|渗透率|为…: what happens there is told of that place."""
        if mentions[at - 1].text != self._in or mentions[at].kind != "place":
            return False
        first = clause_of(mentions, at)[0]
        if self._is_measured_there(mentions, at) and (first == at - 1 or mentions[first].kind in ITEMS):
            return True
        if first != at - 1:
            return False
        behind = [m.kind if m.text != "的" else "的" for m in mentions[at + 1 : at + 4]]
        return behind[:2] == ["verb", "的"] and behind[2:] in (["noun"], ["indicator"])

    def _is_measured_there(self, mentions: list[Mention], at: int) -> bool:
        """An indicator right behind the place, and its figure; of a market a company is told, not the place."""
        if (
            at + 2 >= len(mentions)
            or mentions[at + 1].kind != "indicator"
            or mentions[at + 1].start != mentions[at].end
        ):
            return False
        if mentions[at + 1].text.endswith(self._of_market):
            return False
        return mentions[at + 2].kind in QUANTITY_KINDS or has_cue(mentions[at + 2], "reach")

    def _is_cited(self, mentions: list[Mention], at: int) -> bool:
        """数据来源:|某某证券|研究所, 某某证券|整理: whence a figure or chart is."""
        if at + 1 < len(mentions) and mentions[at + 1].text in self._cited_before:
            return True
        return any(
            mentions[index].text == ":" and mentions[index - 1].text.endswith(self._cited_after)
            for index in range(at - 1, max(0, at - _CITED), -1)
        )

    def _is_wire(self, mentions: list[Mention]) -> bool:
        """The paper that a sentence begins with tells the news (…|财经|讯), with nothing but nouns between."""
        for mention in mentions[1:_VIEW]:
            if mention.text.endswith(self._wire_ends) or mention.text.startswith(self._papers):
                return True
            if mention.kind not in ITEMS:
                return False
        return False

    def _is_source(self, mentions: list[Mention], at: int) -> bool:
        """A body that tells figures of others: 某研究院的数据显示, 据统计局公布."""
        mention = mentions[at]
        region = mention.value
        name = region.name if isinstance(region, Region) else mention.text
        if mention.text not in self._source_names and not name.endswith(self._source_bodies):
            return False
        _, last = clause_of(mentions, at)
        for following in mentions[at + 1 : min(max(last, at + 1) + 1, at + 7)]:
            if following.kind in QUANTITY_KINDS:
                return False
            if following.text in self._sources:
                return True
        return False

    def _is_analyst(self, mentions: list[Mention], at: int) -> bool:
        """高盛发表报告,指某某…, 某某证券:上调某某目标价: an investment bank that speaks of others."""
        name = mentions[at].text
        if name not in self._analysts and not name.endswith(self._analyst_bodies):
            return False
        views = (m for m in mentions[at + 1 : at + _VIEW] if m.text.startswith(self._views))
        if next(views, None) is None:
            return False
        others = (m for m in mentions[at + 1 : at + _SPOKEN_OF] if m.kind in REGIONS and m.text != name)
        return name in self._analysts or next(others, None) is not None

    def _is_origin(self, mentions: list[Mention], at: int) -> bool:
        """美国|电动汽车制造商|某某, 国内|份额最大|的|某某: where a company is from or what it is first of."""
        if self._qualifies(mentions, at):
            return True
        for index in range(at + 1, min(len(mentions) - 1, at + 4)):
            if mentions[index].kind not in ITEMS and mentions[index].kind != "adverb":
                return False
            if mentions[index].text.endswith(self._makers):
                return mentions[index + 1].kind == "organisation"
        return False

    def _qualifies(self, mentions: list[Mention], at: int) -> bool:
        """国内|寿险市场份额|最大|的|某某人寿: the place belongs to what is said of the company behind 的."""
        for index in range(at + 1, min(len(mentions) - 1, at + _QUALIFIED)):
            if mentions[index].text == "的":
                return index > at + 1 and mentions[index + 1].kind == "organisation"
            if mentions[index].kind in ("comma", "break", "time") or mentions[index].kind in QUANTITY_KINDS:
                return False
        return False

    def _is_enumerated(self, mentions: list[Mention], at: int) -> bool:
        """中石化|特种纤维、宝丰第二套煤制烯烃|等|1700多个|新项目: who has one of those that are counted."""
        listed = False
        for index in range(at + 1, min(len(mentions), at + _ENUMERATION)):
            mention = mentions[index]
            if mention.text == "等":
                return listed and index + 1 < len(mentions) and mentions[index + 1].kind == "count"
            if mention.kind in ("comma", "break") or mention.kind in QUANTITY_KINDS:
                return False
            listed = listed or mention.text == "、"
            if not listed and mention.kind not in _MEMBER:
                return False  # 某省|出台|支持实体经济、…等42条举措
        return False

    def _is_listed(self, after: Mention) -> bool:
        """世界|500强企业, 中国|企业500强: the field of a list of the best."""
        return after.text[-1] == self._best or f"0{self._best}" in after.text

    def _is_world(self, mention: Mention) -> bool:
        return isinstance(mention.value, Region) and mention.value.level == "world"

    def _is_bare(self, place: Mention, noun: Mention) -> bool:
        """A name without its suffix only qualifies a noun that is no indicator (东莞|西站)."""
        region = place.value
        if noun.kind != "noun" or not isinstance(region, Region) or region.type != "region" or region.anaphor:
            return False
        return place.text != region.name and len(region.name) > len(place.text) and region.level in ("国", "world")

    # -------------------------------------------------------------------------------------------------- who is meant

    def _note(self, mention: Mention, where: Origin) -> None:
        """Remember who was named: 全市 and 公司 further on are the last of their kind."""
        for item in items_of(mention):
            region = item.value
            if not isinstance(region, Region) or region.anaphor:
                continue
            found = self._full(item, where)
            if region.type == "organization":
                self._organisation = self._organisation or found
            elif region.level:
                self._by_level[region.level] = found

    def resolved(self, mention: Mention, where: Origin) -> Found:
        """A mention as a subject: 全市 and 公司 stand for the document's own, a bare name for its full form."""
        region = mention.value
        assert isinstance(region, Region)
        if mention.parts:
            return Found(mention.text, mention.start, mention.end, where, Region(mention.text, None, region.type))
        if not region.anaphor:
            return self._full(mention, where)
        if region.type == "organization":
            found = self._organisation
        elif region.level == _COUNTRY:
            found = self._by_level.get(_COUNTRY)
            if not mention.text.startswith(self._that) and not (found and self._about == found.text):
                found = None
        elif self._given and self._given.endswith(region.level):
            found = self.given()
        else:
            found = self._by_level.get(region.level) or self._ahead(region.level)
        if found:
            return Found(
                found.text, found.start, found.end, "nearby" if found.origin == "clause" else found.origin, found.value
            )
        return Found(mention.text, mention.start, mention.end, where, region)

    def _ahead(self, level: str) -> Found | None:
        """全县 before its county is named: the one that the document names most."""
        region = self._named_most.get(level)
        return Found(region.name, region.first, region.first + len(region.name), "document", region) if region else None

    def _full(self, mention: Mention, where: Origin) -> Found:
        region = mention.value
        assert isinstance(region, Region)
        if mention.text != region.name and mention.text in self._names and region.first >= 0:
            return Found(region.name, region.first, region.first + len(region.name), where, region)
        return Found(mention.text, mention.start, mention.end, where, region)
