"""The status: actual, target, forecast, plan or criterion, from cue words, the period, and the headings above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..mentions.scanning import alternation
from ..mentions.times import begins_after, is_over
from ..model import QUANTITY_KINDS, Compare, Document, Fact, Mention, Time
from ..patterns import compiled
from .frames import Frames
from .sentences import ITEMS, WHOLE_YEAR, clause_before, clause_of, has_cue

if TYPE_CHECKING:
    from ..rulebook import Rulebook


_SET_OFF = 2  # mentions before a clause: a time that a comma sets off
_OPENING = 150  # characters of a text in which it says that it forecasts
_DONE_OF_SUM = "share/done-of-sum"
_COUNTED = 4  # mentions behind what is selected, among which its number stands
_GRANT_WITHIN = 30  # mentions between a condition and what is granted for it
_AHEAD = frozenset({"forecast", "target"})
_GOAL_WITHIN = 5  # mentions behind a figure
_TITLE = 60  # characters of a text without a title that are taken for one
_LOOKED_AT = 20  # figures of a list that are looked at for a bound


class StatusReader:
    """Follows the cues of status; :meth:`meet` takes a mention, :meth:`complete` says how a fact is meant."""

    def __init__(self, rules: Rulebook) -> None:
        status = rules.status
        self._status = {word: name for name, words in status.cues.items() for word in words}
        self._future_before = frozenset(status.future_before)
        self._object_marks = frozenset(status.object_marks)
        self._heading_status = {word: name for name, words in status.headings.items() for word in words}
        self._heading_words = compiled(f"(?=({alternation(self._heading_status)}))")
        self._granted_to, self._grants = tuple(status.granted_to), tuple(status.grants)
        self._holders, self._held = tuple(status.holders), frozenset(status.held)
        self._criterion_after = frozenset(status.criterion["after"])
        self._criterion_before = frozenset(status.criterion["before"])
        self._between = frozenset(status.between)
        self._attributive = status.attributive
        self._tails = (*status.noun_endings, *status.expectations)
        self._portion = status.portion
        self._asides = frozenset(status.asides)
        self._valuations = tuple(status.valuations)
        self._documents, self._says = tuple(status.documents), frozenset(status.says)
        self._quoted = tuple(f"{word}》" for word in status.documents)
        self._doing = frozenset(status.doing)
        self._striving = frozenset(status.striving)
        self._demands, self._granted = frozenset(status.demands), tuple(status.granted)
        self._invested, self._unfinished = tuple(status.invested), frozenset(status.unfinished)
        self._forecasting = tuple(status.forecasting)
        self._in_fact = frozenset(status.in_fact)
        self._words = {*self._status, *status.present, *status.in_fact}
        self._expectations = tuple(status.expectations)
        self._against = frozenset(status.against)
        self._whose = tuple(status.whose)
        self._ages = frozenset(rules.reading.ages)
        self._selected = tuple(status.selected)
        self._things = frozenset(status.things)
        self._allowed = frozenset(status.allowed)
        self._promises, self._results = frozenset(status.promises), tuple(status.results)
        self._endings = dict(status.noun_endings)
        self._forecasts = tuple(ending for ending, name in self._endings.items() if name == "forecast")
        self._present = frozenset(status.present)
        self._criterion_units = frozenset(status.criterion_units)
        self._goals = tuple(status.met_nouns)
        self._met, self._met_nouns = tuple(status.met), frozenset(status.met_nouns)

    def begin(self, document: Document) -> None:
        """Enter a document."""
        self._today = document.date
        title = document.title.text if document.title else document.text[:_TITLE]
        self._is_norm = document.is_norm
        self._is_forecast = any(word in document.text[:_OPENING] for word in self._forecasting)
        self._begins = any(word in title for word in self._unfinished)
        self._clause = self._cue_clause = self._cue_end = 0
        self._by_noun = self._aside = False
        self._expected: Mention | None = None

    def begin_clause(self, mark: str, frames: Frames) -> None:
        """Enter the next clause; a semicolon ends what a noun of status said."""
        self._clause += 1
        if (mark == ";" and self._by_noun) or self._aside:
            frames.innermost("bracket", "sentence").status = None
            self._by_noun = self._aside = False

    def of_heading(self, text: str) -> str | None:
        """What a heading says; the last word counts: 计划执行情况 tells what was done, 目标任务 what is to be."""
        found = {match.start(1): match[1] for match in self._heading_words.finditer(text)}
        return self._heading_status[found[max(found)]] if found else None

    def of_word(self, word: str) -> str | None:
        """The status that a cue word speaks of."""
        return self._status.get(word)

    def meet(self, mentions: list[Mention], at: int, frames: Frames) -> None:
        """Take the mention at ``at``: a cue governs from where it stands to the end of its sentence."""
        mention = mentions[at]
        if self._says_goal(mentions, at):
            frames.innermost("bracket", "sentence").status = "target"
            self._by_noun, self._cue_clause = False, self._clause
            return
        if not (mention.text in self._words or mention.tag in self._status or mention.text.endswith(self._tails)):
            return
        before = frames.innermost("bracket", "sentence").status
        self._take(mentions, at, frames)
        if frames.innermost("bracket", "sentence").status is not before or mention.text in self._status:
            self._cue_clause, self._cue_end = self._clause, mention.end

    def _says_goal(self, mentions: list[Mention], at: int) -> bool:
        """规划|提出, 《某某规划》|明确: what a plan says is its goal."""
        following = mentions[at + 1].text if at + 1 < len(mentions) else ""
        if following not in self._says:
            return False
        return mentions[at].text.endswith(self._documents) or mentions[at].text.endswith(self._quoted)

    def _take(self, mentions: list[Mention], at: int, frames: Frames) -> None:
        mention = mentions[at]
        if mention.text in self._present or (self._by_noun and mention.text in self._in_fact):
            frames.innermost("bracket", "sentence").status = "actual"
            return
        if mention.text.endswith(self._expectations) and self._is_standard(mentions, at):
            following = (
                mentions[at + 2] if at + 2 < len(mentions) and mentions[at + 1].text == self._attributive else None
            )
            if following and following.kind in QUANTITY_KINDS:
                self._expected = following
            return
        if self._is_counted(mentions, at):
            return
        if (ending := self._of_noun(mentions, at)) and not self._was_met(mentions, at):
            frames.innermost("bracket", "sentence").status = ending
            self._by_noun = not self._lists_goals(mentions, at)
            return
        status = self._status.get(mention.text) or (self._status.get(mention.tag) if mention.tag else None)
        if status is None or mention.kind in ("compare", "time") or self._is_noun_use(mentions, at):
            return
        if mention.text in self._promises and self._promises_result(mentions, at):
            status = "target"  # 承诺净利润不低于…, while 承诺认购… is a plan
        if mention.text in self._object_marks and not self._speaks_of_future(mentions, at):
            return
        if self._is_norm and mention.text in self._demands:
            return  # what a norm demands is so
        if mention.text in self._striving and self._reviews(frames):
            return  # 一、工作回顾|努力帮助企业降本增效,…: that was done
        if mention.text in self._object_marks and frames.innermost("bracket", "sentence").status in _AHEAD:
            return  # 预计…将达…
        if {mention.text, mention.tag} & self._met_nouns and self._was_met(mentions, at):
            return
        frames.innermost("bracket", "sentence").status = status
        self._by_noun = False
        self._aside = mention.text in self._asides and frames.innermost("sentence").fact is not None

    def _is_counted(self, mentions: list[Mention], at: int) -> bool:
        """重大任务|3个: the tasks themselves are counted."""
        behind = mentions[at + 1] if at + 1 < len(mentions) else None
        if behind is None or behind.kind != "count" or behind.amount.base_unit not in self._things:
            return False
        return mentions[at].text.endswith(self._goals)

    def _promises_result(self, mentions: list[Mention], at: int) -> bool:
        for mention in mentions[at + 1 : at + _LOOKED_AT]:
            if mention.kind in QUANTITY_KINDS or mention.kind == "comma":
                return False
            if mention.text.endswith(self._results):
                return True
        return False

    def _reviews(self, frames: Frames) -> bool:
        """The section tells what was done."""
        return self._of_section(frames) == "actual"

    def _of_section(self, frames: Frames) -> str | None:
        return next((f.status for f in reversed(frames.stack) if f.status and f.level == "section"), None)

    def _lists_goals(self, mentions: list[Mention], at: int) -> bool:
        """主要预期目标|是|:|甲…;乙…, 建设计划|完成|…: what is said so holds to the end of the sentence."""
        behind = [mention.text for mention in mentions[at + 1 : at + 3]]
        return ":" in behind or bool(behind and behind[0] in self._doing)

    def _is_standard(self, mentions: list[Mention], at: int) -> bool:
        """低于市场预期: an expectation that something is held against, no forecast of what follows."""
        before = mentions[max(0, at - 2) : at]
        return any(has_cue(m, "than") or m.kind == "compare" or m.text in self._against for m in before) or mentions[
            at
        ].text.startswith(self._whose)

    def _of_noun(self, mentions: list[Mention], at: int) -> str | None:
        """财政支出计划|为: a noun of status at the end of a name, right before its figure."""
        mention = mentions[at]
        following = mentions[at + 1] if at + 1 < len(mentions) else None
        if following is None or not (mention.kind in ITEMS or has_cue(mention, "rate")):
            return None
        if any(has_cue(following, kind) for kind in ("reach_to", "move", "from")):
            return next((name for ending, name in self._endings.items() if mention.text.endswith(ending)), None)
        if (
            following.kind not in QUANTITY_KINDS
            and not has_cue(following, "reach")
            and not has_cue(following, "distributive")
        ):
            return None
        return next((name for ending, name in self._endings.items() if mention.text.endswith(ending)), None)

    def complete(self, fact: Fact, mentions: list[Mention], frames: Frames) -> None:
        """Set the status of ``fact``; ``actual`` unless something says otherwise."""
        cue = next((f.status for f in reversed(frames.stack) if f.status and f.level in ("sentence", "bracket")), None)
        ending = fact.indicator.text if fact.indicator else ""
        if fact.quantity is self._expected:
            fact.status = "forecast"
        elif fact.turn + 1 == max(fact.turns, 1) and self._is_goal(fact, mentions):
            fact.status = "target"
        elif self._is_criterion(fact, mentions, cue):
            fact.status = "criterion"
        elif fact.rule == _DONE_OF_SUM and fact.measure == "level":
            told = mentions[fact.index - 1].text
            fact.status = next((name for noun, name in self._endings.items() if told.endswith(noun)), "plan")
        elif ending.endswith(tuple(self._forecasts)) or (cue == "forecast" and self._is_revised(fact, mentions)):
            fact.status = "forecast"  # 每股亏损预测由2.1元收窄至2元: both are
        elif cue is None and ending.endswith(self._invested) and self._is_unfinished(fact, mentions):
            fact.status = "plan"
        elif fact.is_base or self._refers_back(fact) or self._is_past(fact):
            fact.status = "actual"
            if self._by_noun and not fact.is_base and self._is_behind_noun(fact):
                frames.innermost("bracket", "sentence").status = None
        else:
            section = self._of_section(frames)
            fact.status = cue or self._by_comparison(fact, section) or self._by_period(fact) or section or "actual"
            ahead = fact.status == "plan" or (fact.status == "target" and cue is None)
            if fact.status == "actual" and cue is None and self._is_forecast and self._is_running(fact):
                fact.status = "forecast"  # 今年增长1.5% in a text that forecasts
            if ahead and self._is_forecast and not self._is_planning(mentions, fact):
                fact.status = "forecast"

    def _is_running(self, fact: Fact) -> bool:
        """The year of the figure is not over at the document's date."""
        time = fact.period.value if fact.period else None
        label = time.label if isinstance(time, Time) else None
        return bool(label and label.isdigit() and self._today and not is_over(label, self._today))

    def _is_goal(self, fact: Fact, mentions: list[Mention]) -> bool:
        """超额完成1100万人|的|全年预期目标任务: the figure is that of the goal."""
        behind = mentions[fact.index + 1 : fact.index + _GOAL_WITHIN]
        adjoins = bool(behind) and behind[0].text.endswith(self._goals) and behind[0].start == fact.quantity.end
        if adjoins and fact.quantity.kind != "count":
            return True  # 增长6%|目标任务
        if not behind or behind[0].text != self._attributive:
            return False
        for mention in behind[1:]:
            if mention.text.endswith(self._goals):
                return True
            if mention.kind in ("comma", "break", "verb") or mention.kind in QUANTITY_KINDS:
                return False
        return False

    def _is_unfinished(self, fact: Fact, mentions: list[Mention]) -> bool:
        """在建的某项目|总投资…: works are not finished where the title or the words around say so."""
        if self._begins:
            return True
        near = mentions[max(0, fact.index - _LOOKED_AT) : fact.index + _LOOKED_AT]
        return any(mention.text in self._unfinished for mention in near)

    def _is_planning(self, mentions: list[Mention], fact: Fact) -> bool:
        """计划, 拟: planning is planning in a forecast too; 将 is none."""
        return any(
            self._status.get(m.text) == "plan" and m.text not in self._object_marks
            for m in clause_before(mentions, fact.index)
        )

    def _is_revised(self, fact: Fact, mentions: list[Mention]) -> bool:
        """每股亏损预测|由2.1元|收窄至…: what was forecast before is a forecast too."""
        before = mentions[fact.begins - 1] if fact.begins else None
        return fact.is_base and before is not None and (before.text.endswith(self._forecasts) or self._by_noun)

    def _is_past(self, fact: Fact) -> bool:
        """A clause that dates itself in the past tells what was so, whatever a clause before it planned."""
        time = fact.period.value if fact.period and fact.period.origin == "clause" else None
        if (
            not isinstance(time, Time)
            or not time.label
            or time.goal
            or (self._cue_clause == self._clause and not self._is_behind_noun(fact))
            or not self._is_told_here(fact)
        ):
            return False
        return is_over(time.label, self._today) and time.template != WHOLE_YEAR  # 全年预计在…

    def _is_behind_noun(self, fact: Fact) -> bool:
        """目标价格23.64元 2025上半年|实现收入…: what the noun governed is told."""
        start = fact.period.start if fact.period else None
        return self._by_noun and start is not None and start > self._cue_end

    def _is_told_here(self, fact: Fact) -> bool:
        """The period stands in the clause itself, not in the one of a list of years before."""
        mentions = fact.sentence.mentions or []
        first, _ = clause_of(mentions, fact.index)
        start = fact.period.start if fact.period else None
        return start is None or start >= mentions[max(0, first - _SET_OFF)].start

    def _refers_back(self, fact: Fact) -> bool:
        """上年同期亏损…: what the base was is no forecast."""
        time = fact.period.value if fact.period else None
        if not isinstance(time, Time) or not time.refers or fact.period is None or fact.period.origin != "clause":
            return False
        return is_over(time.label, self._today)

    def _by_comparison(self, fact: Fact, section: str | None) -> str | None:
        """What is compared with the last year or month was measured, unless the section is one of plans."""
        compare = fact.comparison.value if fact.comparison else None
        if not isinstance(compare, Compare) or compare.kind not in ("yoy", "mom"):
            return None
        return "actual" if (section or "actual") == "actual" else None

    def _by_period(self, fact: Fact) -> str | None:
        """截至…: it was so; 年底前: it is planned; a period that begins after the document's date: a target."""
        time = fact.period.value if fact.period else None
        if not isinstance(time, Time) or not time.label:
            return None
        if time.kind == "deadline":
            return "actual" if is_over(time.label, self._today) else "plan"  # 至2021年末 in a text of 2022
        if time.label.startswith("../"):
            return "actual"
        if not begins_after(time.label, self._today):
            return None
        if fact.indicator and fact.indicator.text.endswith(self._valuations):
            return "forecast"  # 2025年PE为15倍
        return "target" if time.goal else "plan"

    def _is_noun_use(self, mentions: list[Mention], at: int) -> bool:
        """占计划的五成, 年度计划: a plan that is spoken of, not planning."""
        mention, after = mentions[at], mentions[at + 1] if at + 1 < len(mentions) else None
        if mention.kind not in ITEMS or "target" in (self._status.get(mention.text), self._status.get(mention.tag)):
            return False
        return (
            mention.text not in self._status
            or after is None
            or after.text == self._attributive
            or after.kind in ("break", "comma")
        )

    def _speaks_of_future(self, mentions: list[Mention], at: int) -> bool:
        following = next(
            (m for m in mentions[at + 1 : at + 5] if m.kind not in ("time", "place", "organisation")), None
        )
        return bool(following and (following.kind in ("verb", "adverb") or following.text in self._future_before))

    def _was_met(self, mentions: list[Mention], at: int) -> bool:
        first, _ = clause_of(mentions, at)
        return any(word in mention.text for mention in mentions[first : at + 1] for word in self._met)

    def _is_criterion(self, fact: Fact, mentions: list[Mention], cue: str | None) -> bool:
        """A bound that selects: on a measure, before what it selects (5亿元以上项目), or after a word of condition."""
        amount = fact.quantity.amount
        if self._is_age(fact, mentions):
            return True
        behind = self._behind(mentions, fact.index)
        after = mentions[behind] if behind < len(mentions) else None
        listed = mentions[fact.index].parts[:_LOOKED_AT] or (fact.quantity,)
        bounded = any(m.amount.relation in (">=", "<=", ">", "<") or m.amount.upper is not None for m in listed)
        of = after is not None and after.text == self._attributive
        if of and self._grants_next(mentions, behind + 1):
            return True  # 达到职工人数25%的,可申请…
        if not bounded and not (self._is_norm and of):
            return False
        if fact.measure == "level" and self._is_granted_for(fact, mentions):
            return True
        if fact.measure == "share" and self._is_holding(mentions, behind):
            return True
        if fact.measure in ("growth", "share") and of:
            chosen = self._selects(mentions, behind + 1) or self._ends(mentions, behind + 1)
            return chosen and cue in (None, "actual")  # 增长10%以上的企业
        told = mentions[behind + 1] if of and behind + 1 < len(mentions) else after
        if fact.measure != "level" or (told and told.text.endswith(self._granted)):
            return False
        if (
            self._is_norm
            and bounded
            and (self._goes_on_with(mentions, behind) or (after and has_cue(after, "happening")))
        ):
            return True  # 溢油500吨以上,或者…; 30人以上|死亡
        if of and self._ends(mentions, behind + 1):
            return cue in (None, "actual")  # 注册资本5000万元以上的,给予…
        if not bounded:
            return self._selects(mentions, behind + 1)  # in a norm: 年营业收入首次达到2000万元的企业
        if amount.upper is not None and after and after.kind in ITEMS and after.text == self._portion:
            return True  # 1.5万元至10万元|部分
        clause = clause_before(mentions, fact.index)
        if any(mention.text in self._criterion_before for mention in clause):
            return not any(m.kind == "time" and isinstance(m.value, Time) and m.value.goal for m in clause)
        if after is None:
            return False
        if amount.relation in ("<", "<=") and of:
            shown = any(has_cue(mention, "demonstrative") for mention in clause)
            return cue in (None, "actual") and not shown  # 应纳税所得额不到100万元的部分
        if not listed[-1].amount.bounded_after:
            return of and self._selects(mentions, behind + 1) and cue in (None, "actual")  # 首次突破10亿元的企业
        selects = after.text in self._criterion_after or after.kind in ITEMS
        if self._is_norm and (after.kind == "verb" or has_cue(after, "grant")):
            return True  # 月销售额10万元以下免征增值税
        return selects and (fact.quantity.kind == "amount" or amount.base_unit in self._criterion_units)

    def _goes_on_with(self, mentions: list[Mention], at: int) -> bool:
        """A comma and the next condition stand at ``at``."""
        if at + 1 >= len(mentions) or mentions[at].kind != "comma":
            return False
        return mentions[at + 1].text in self._criterion_after

    def _grants_next(self, mentions: list[Mention], at: int) -> bool:
        """A comma stands at ``at``, and what follows grants something."""
        if at >= len(mentions) or mentions[at].kind != "comma":
            return False
        near = mentions[at + 1 : at + _COUNTED]
        return any(m.text in self._allowed or m.text.endswith(self._grants) or has_cue(m, "grant") for m in near)

    def _is_age(self, fact: Fact, mentions: list[Mention]) -> bool:
        """80周岁|老人: an age right before those that it selects."""
        follows = mentions[fact.index + 1] if fact.index + 1 < len(mentions) else None
        if fact.measure != "level" or fact.quantity.amount.base_unit not in self._ages:
            return False
        return follows is not None and follows.kind in ITEMS and fact.after is not None

    def _behind(self, mentions: list[Mention], index: int) -> int:
        """Where it goes on behind a figure, a bracket about it and the rest of its list (30亿元以上(…)|的)."""
        at = index + 1
        for _ in range(_LOOKED_AT):
            if at < len(mentions) and mentions[at].kind == "open":
                at = self._behind_bracket(mentions, at)
            elif at < len(mentions) and mentions[at].text in self._between:
                at += 1
            elif at + 1 < len(mentions) and mentions[at].kind == "list" and mentions[at + 1].kind in QUANTITY_KINDS:
                at += 2
            else:
                break
        return at

    def _behind_bracket(self, mentions: list[Mention], at: int) -> int:
        for close in range(at + 1, min(len(mentions), at + _LOOKED_AT)):
            if mentions[close].kind == "close":
                return close + 1
        return len(mentions)

    def _ends(self, mentions: list[Mention], at: int) -> bool:
        """A comma at ``at``: what meets the condition before it goes without saying."""
        return at < len(mentions) and mentions[at].kind == "comma"

    def _is_granted_for(self, fact: Fact, mentions: list[Mention]) -> bool:
        """对民宿达20家以上、床位100张以上的,奖励5万元: each bound before the grant is a condition of it."""
        if not mentions[0].text.startswith(self._granted_to):
            return False
        before = mentions[max(0, fact.index - _GRANT_WITHIN) : fact.index]
        behind = mentions[fact.index + 1 : fact.index + _GRANT_WITHIN]
        return self._grants_in(behind) and not self._grants_in(before)

    def _grants_in(self, mentions: list[Mention]) -> bool:
        return any(mention.text.endswith(self._grants) for mention in mentions)

    def _is_holding(self, mentions: list[Mention], at: int) -> bool:
        """持股5%以上|股东, 5%以上|股份|的|股东: a share that says which holders are meant."""
        for mention in mentions[at : at + _COUNTED]:
            if mention.text.endswith(self._holders) or mention.text.startswith(self._holders):
                return True
            if mention.text not in self._held:
                return False
        return False

    def _selects(self, mentions: list[Mention], at: int) -> bool:
        """What is selected by a condition stands at ``at``."""
        if at >= len(mentions) or mentions[at].kind not in ITEMS:
            return False
        if mentions[at].text.endswith(self._selected):
            return True
        behind = (mention.kind for mention in mentions[at + 1 : at + _COUNTED] if not has_cue(mention, "reach"))
        return next(behind, None) == "count"  # 超5000万元的镇|4个
