"""The period: which time governs a figure. A time opens a frame according to where it stands and what it is."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from ..mentions.times import Calendar, TimeFrame, begins_after, is_over, period_bounds
from ..model import QUANTITY_KINDS, Compare, Document, Fact, Found, Mention, Origin, Sentence, Time
from .frames import Frame, Frames, Level
from .sentences import NOT_YET, WHOLE_YEAR, clause_of, has_cue, has_figure, origin

if TYPE_CHECKING:
    from ..rulebook import Rulebook

_YEAR = 366
_LAST_YEAR, _ONE_YEAR = "{Y-1}", "{Y}"
_IN_BRACKETS = "level/before-in-brackets"
_UNTOLD = Time("vague")
_CARRYING = frozenset({"year", "half", "quarter", "month", "range"})
_SET_BEFORE = frozenset({"time", "comma", "adverb", "particle"})
_ANOTHER = frozenset({"noun", "indicator", "break", "time"})  # what begins to tell of something else
_SAME_LAST_YEAR = "{same-1}"
_BEFORE = {"yoy": _SAME_LAST_YEAR, "qoq": "{quarter-1}", "mom": "{month-1}"}
"""What each kind of comparison without a time of its own points back to."""
_NEAR_SUM = 10  # mentions between years and the word that sums them
_FEWEST_YEARS = 2  # of a yearly average
_NEAR, _VIEW = 4, 3  # mentions between a verb of telling and a time; before 看 in 从同比看


class PeriodReader:
    """Follows the times of a document; :meth:`meet` takes a mention, :meth:`complete` dates a fact."""

    def __init__(self, rules: Rulebook, calendar: Calendar) -> None:
        self._calendar = calendar
        self._reporting = frozenset(rules.reading.reporting)
        self._expectations = frozenset(rules.status.expectations) | frozenset(rules.status.cues["forecast"])
        self._meetings = frozenset(rules.reading.meetings)
        self._present = frozenset(rules.reading.present)
        self._at = frozenset(rules.reading.events_at)
        self._ended_by = frozenset(rules.reading.events_ended_by)
        self._yearly = tuple(rules.reading.yearly)
        self._compound = tuple(rules.reading.compound)
        self._records = tuple(rules.reading.records)
        self._governing = rules.reading.governing
        self._over_years = tuple(rules.reading.over_years)
        self._according = frozenset(rules.regions.according)
        self._places = frozenset(rules.words.governing)
        self._divisions = frozenset(rules.classifiers.counted_directly)
        self._weeks = tuple(rules.reading.weeks)
        self._data, self._views = tuple(rules.reading.data), frozenset(rules.reading.viewed)
        self._nation = frozenset(rules.regions.nation)
        self._breakdowns = tuple(rules.reading.breakdowns)
        self._latest: Found | None = None
        self._below: Mention | None = None
        self._same_below = rules.reading.same_below
        self._standing = tuple(rules.reading.standing)
        self._day_report = tuple(rules.reading.day_report)
        self._today: date | None = None
        self._year: int | None = None
        self._list: tuple[Mention, ...] = ()
        self._carry: tuple[Found, str | None, bool] | None = None

    def begin(self, document: Document, frames: Frames) -> None:
        """Enter a document; the day's report is of its date."""
        self._today, self._year, self._list, self._carry = document.date, None, (), None
        self._of_the_day = any(word in document.text for word in self._day_report)
        self._term: str | None = None
        self._years: list[str] = []  # of the levels that the sentence has told
        self._labels: set[str] = set()  # of the times that the text has told figures of
        self._latest, self._below = None, None
        self._first_section: bool | None = None
        self._is_norm = document.is_norm
        if document.date and self._of_the_day:
            label = document.date.isoformat()
            frames.stack[0].period = Found(label, None, None, "document", Time("point", label=label))

    def begin_sentence(self, sentence: Sentence, frames: Frames, continues: bool) -> None:
        """Forget the times of the sentence before, unless this continues it; a breakdown is of the latest period."""
        if not continues:
            self._list = ()
        self._years = []
        if self._latest and sentence.opening.startswith(self._breakdowns):
            frames.innermost("paragraph").period = self._latest

    def end_paragraph(self, frames: Frames) -> None:
        """What a paragraph was about in time goes on in the next, as long as it is about the same subject."""
        self._latest = None
        paragraph = frames.innermost("paragraph")
        period = paragraph.period
        if (
            period
            and isinstance(period.value, Time)
            and period.value.grain in _CARRYING
            and not _of_days(period.value.label)
            and (paragraph.fact is not None or not self._is_ahead(period))
        ):
            subject = frames.subject()
            planned = paragraph.fact is not None and paragraph.fact.status not in ("actual", "criterion")
            self._carry = (period, subject.text if subject else None, planned)

    def _is_ahead(self, period: Found) -> bool:
        """明年1月,…: a time to come that dates no figure of its paragraph dates none of the next either."""
        return begins_after(period.value.label if isinstance(period.value, Time) else None, self._today)

    def enter_section(self) -> None:
        """A new section begins with the period of its heading."""
        self._carry = None
        self._first_section = self._first_section is None

    # ---------------------------------------------------------------------------------------------------- the mentions

    def meet(self, mentions: list[Mention], at: int, frames: Frames, opens: bool, told: bool, nominal: bool) -> None:
        """Take the time at ``at``.

        ``opens``: nothing but names stood before it in its clause, ``nominal``: nothing but names and nouns; ``told``:
        the sentence has told a figure.
        """
        mention = mentions[at]
        time = mention.value
        if mention.text in self._present:
            if self._is_standing(frames):
                return
            time, self._carry = _UNTOLD, None
        if not isinstance(time, Time) or time.kind in ("clock", "span"):
            return
        if mention.parts or time.each:
            self._list = mention.parts or _each(mention, time)
        if self._is_attribute(mentions, at) or self._is_of_forecast(mentions, at):
            return
        time = self._as_one(mentions, at, time, frames)
        if self._is_reporting(mentions, at, time):
            self._note_year(time, frames)
            if self._of_the_day and time.kind == "point":
                frames.stack[0].period = self._found(mention, time, frames, "document")
            return
        found = self._found(mention, time, frames, "clause")
        assert isinstance(found.value, Time)
        time = found.value
        if time.kind == "point" and time.label is None and not time.has_year:
            return
        opens = opens or (at == 1 and mentions[0].text in self._according)  # 根据|2010年|人口普查,…
        if self._is_of_thing(mentions, at, found, frames) or self._is_compared_too(mentions, at):
            return
        level = self._level(time, opens, told, nominal, frames)
        if level == "clause" and not told and self._is_of_data(mentions, at):
            level = "paragraph"
        if level == "paragraph" and self._is_of_sentence(mentions, at, time, frames):
            level = "sentence"
        frame = frames.innermost("clause", "bracket") if level == "clause" else frames.innermost(level)
        if level == "clause" and opens and not told and frames.inside("bracket"):
            frame = frames.innermost("bracket")  # (2020年2月失业率为3.5%,失业人数为570万人)
        _leave_inner(frames, frame)
        frame.period = found
        self._remember(time, level)
        if (level == "paragraph" and self._is_of_report(time, frames)) or self._is_of_week(mention, time, told, frames):
            frames.stack[0].period = Found(found.text, found.start, found.end, "nearby", found.value)
        if not time.goal and _ends(found) >= _ends(self._latest):
            self._latest = found

    def _as_one(self, mentions: list[Mention], at: int, time: Time, frames: Frames) -> Time:
        """2020年和2021年,…|两年平均|增长5%; 2018年及2019年|合计|…: all the years of a list as one period."""
        frame, parts = self.time_frame(frames), mentions[at].parts
        labels = [self._calendar.resolve(part.value, frame) for part in parts if isinstance(part.value, Time)]
        if len(labels) < 2 or not all(label and label.isdigit() for label in labels):
            return time
        for mention in mentions[at + 1 : at + _NEAR_SUM]:
            if mention.kind in QUANTITY_KINDS:
                return time
            if mention.text.endswith(self._over_years):
                self._list = ()
                return Time("period", label=f"{labels[0]}/{labels[-1]}")
        return time

    def _is_of_report(self, time: Time, frames: Frames) -> bool:
        """一、综合|2015年,…: the year that the first section of a report without a title begins with is its year."""
        first = bool(self._first_section)
        self._first_section = False
        return (
            first
            and frames.stack[0].period is None
            and frames.above() is None
            and time.grain == "year"
            and time.has_year
            and not time.goal
        )

    def _is_of_week(self, mention: Mention, time: Time, told: bool, frames: Frames) -> bool:
        """本周(1月12日至16日),…, 据农业部监测,上周(…): what a week's report begins with is its week."""
        begins = frames.stack[0].period is None and not told
        return begins and mention.text.startswith(self._weeks) and "/" in (time.label or "")

    def _remember(self, time: Time, level: Level) -> None:
        """Keep the years on which the text reports and its own year, against which later times are read."""
        if not time.label:
            return
        if not time.goal:
            self._labels.add(time.label)
        if time.template in ("{plan}", "{term-n}") and "/" in time.label:
            self._term = time.label
        if not time.goal and (level == "paragraph" or (level == "sentence" and time.has_year)):
            self._year = int(time.label.lstrip("./")[:4])

    def _is_of_sentence(self, mentions: list[Mention], at: int, time: Time, frames: Frames) -> bool:
        """It opens its sentence and yet is of no more: a part of what the paragraph is about, a meeting's day."""
        later = frames.innermost("paragraph").sentences > 1 or time.kind in ("until", "point")
        if later and self._is_narrower(time, frames):
            return True
        return time.kind == "point" and self._leads_to(mentions, at, self._meetings)

    def heading(self, mention: Mention, frame: Frame, frames: Frames, where: Origin) -> None:
        """A time in a heading or title governs what stands below it."""
        time = mention.value
        if (
            isinstance(time, Time)
            and not self._is_norm
            and (frame.period is None or (frame.period.origin == "document" and time.kind == "point"))
            and time.kind in ("period", "point", "until")
        ):
            found = self._found(mention, time, frames, where)
            if isinstance(found.value, Time) and found.value.label:
                frame.period = found
                if time.template == "{plan}":
                    self._term = found.value.label
                self._year = int(found.value.label.lstrip("./")[:4])

    def _is_narrower(self, time: Time, frames: Frames) -> bool:
        """年末, 3月当月: a part of the paragraph's own period is of its sentence alone."""
        return _is_part(time, self.in_force(frames))

    def _is_within(self, carried: Found, period: Found | None) -> bool:
        """A quarter within a report on the half, the years of a plan within one on a year: the next paragraph is of the
        half, or the year, again; a year within a plan goes on."""
        if period is None or not isinstance(carried.value, Time) or not isinstance(period.value, Time):
            return False
        bounds = period_bounds(period.value.label) if period.value.label else None
        if not bounds or not bounds[0] or not bounds[1] or (bounds[1] - bounds[0]).days > _YEAR:
            return False
        return _is_part(carried.value, period) or _is_part(period.value, carried)

    def _is_standing(self, frames: Frames) -> bool:
        """截至18日24时,…现有…: the present is that of the day named."""
        period = frames.period()
        return bool(
            period and isinstance(period.value, Time) and period.value.kind in ("until", "point") and period.value.label
        )

    def _level(self, time: Time, opens: bool, told: bool, nominal: bool, frames: Frames) -> Level:
        """How far a time governs: the paragraph, the sentence or its clause alone."""
        if self._is_norm and not time.goal:
            return "clause"
        if time.refers and (not opens or (told and time.template != WHOLE_YEAR)):
            return "clause"
        if frames.inside("bracket"):
            return "clause"
        if frames.inside("part"):
            return "part" if opens else "clause"
        if not opens:
            return "sentence" if nominal and not told else "clause"
        if told or time.kind in ("deadline", "vague", "span", "since") or time.goal:
            return "sentence"
        if time.refers:
            # 全年…: what opens a paragraph is what it is about.
            return (
                "paragraph"
                if time.template == WHOLE_YEAR and frames.innermost("paragraph").sentences < 2
                else "sentence"
            )
        return "paragraph"

    def _is_attribute(self, mentions: list[Mention], at: int) -> bool:
        """2015年的20家, 去年11月创下的高点, 由2015年…: such a time dates one figure alone, and its rule says so."""
        if at + 1 >= len(mentions) or at == 0:
            return False
        time = mentions[at].value
        if (
            isinstance(time, Time)
            and time.kind == "since"
            and any(m.text.startswith(self._records) for m in mentions[at + 1 : at + 3])
        ):
            return True  # 2月3日以来最高
        if mentions[at - 1].text in self._ended_by and not has_figure(
            mentions[at + 1 : clause_of(mentions, at)[1] + 1]
        ):
            return True  # 始建于1958年, 于2016年启动
        end = at + 1
        while end < len(mentions) and end < at + 3 and mentions[end].kind in ("verb", "word", "adverb"):
            end += 1
        if end + 1 >= len(mentions) or mentions[end].text != "的":
            reached = end < len(mentions) and has_cue(mentions[end - 1], "reach")
            return mentions[at - 1].text in self._at and not reached  # 于2014年达到…
        return mentions[end + 1].kind in QUANTITY_KINDS or mentions[at - 1].text in self._at

    def _is_of_forecast(self, mentions: list[Mention], at: int) -> bool:
        """4月|预测|的|1.9%, 此前的2.9%: when it was forecast, not the period of what was."""
        time, behind = mentions[at].value, mentions[at + 1 : at + 4]
        if not isinstance(time, Time) or time.grain == "year" or len(behind) < 3:
            return False
        return behind[0].text in self._expectations and behind[1].text == "的" and behind[2].kind in QUANTITY_KINDS

    def _is_compared_too(self, mentions: list[Mention], at: int) -> bool:
        """较去年同期、|去年全年|分别加快…: one more that the figures are compared with."""
        return at > 1 and mentions[at - 1].kind == "list" and mentions[at - 2].kind == "compare"

    def _is_of_thing(self, mentions: list[Mention], at: int, found: Found, frames: Frames) -> bool:
        """2022年第一季度,…由于某某对其|2022年|的|产品改进,…: a wider time that only says which thing is meant."""
        behind = mentions[at + 1 : clause_of(mentions, at)[1] + 1]
        if not behind or behind[0].text != "的" or has_figure(behind):
            return False
        if self.is_since(mentions[at]):
            return True  # 延续|去年四季度以来|的|快速增长态势
        now = self.in_force(frames)
        return now is not None and isinstance(now.value, Time) and _is_part(now.value, found)

    def _is_of_data(self, mentions: list[Mention], at: int) -> bool:
        """统计局|发布|2021年1月|全国CPI数据: what the data are of, which the text goes on to tell."""
        first, last = clause_of(mentions, at)
        if not any(mention.text in self._reporting for mention in mentions[max(first, at - _NEAR) : at]):
            return False
        for mention in mentions[at + 1 : last + 1]:
            if mention.kind in QUANTITY_KINDS:
                return False
            if mention.text.endswith(self._data):
                return True
        return False

    def _is_reporting(self, mentions: list[Mention], at: int, time: Time) -> bool:
        """10月26日公布: the day on which something is told, not the period of what is told."""
        return time.kind in ("point", "clock", "vague") and self._leads_to(mentions, at, self._reporting)

    def _leads_to(self, mentions: list[Mention], at: int, words: frozenset[str]) -> bool:
        """One of ``words`` stands behind the time at ``at``, in its clause or the next, before any figure."""
        _, last = clause_of(mentions, at)
        if last == at and at + 2 < len(mentions):
            _, last = clause_of(mentions, at + 2)  # 8月28日,公司披露…
        for mention in mentions[at + 1 : last + 1]:
            if mention.kind in QUANTITY_KINDS:
                return False
            if mention.text in words:
                return True
        return False

    def _note_year(self, time: Time, frames: Frames) -> None:
        label = self._calendar.resolve(time, self.time_frame(frames))
        if label and self._year is None and time.has_year:
            self._year = int(label.lstrip("./")[:4])

    def time_frame(self, frames: Frames) -> TimeFrame:
        """What an unfinished time is read against where ``frames`` hold."""
        period = self.in_force(frames)
        label = period.value.label if period and isinstance(period.value, Time) else None
        near = frames.period()
        near_label = near.value.label if near and isinstance(near.value, Time) else None
        year = int(near_label.lstrip("./")[:4]) if near_label else None
        return TimeFrame(self._today, year if self._today else year or self._year, label, self._term)

    def _found(self, mention: Mention, time: Time, frames: Frames, where: Origin) -> Found:
        if self._is_norm and not time.has_year and not time.goal:
            return Found(mention.text, mention.start, mention.end, where, time.resolved(None))  # 上季末: of any quarter
        to_come = time.kind in ("since", "deadline") or frames.status() in NOT_YET
        label = self._calendar.resolve(time, self.time_frame(frames), to_come and where == "clause")
        return Found(mention.text, mention.start, mention.end, where, time.resolved(label))

    # -------------------------------------------------------------------------------------------------------- the facts

    def complete(self, fact: Fact, mentions: list[Mention], frames: Frames) -> None:
        """Set the period and the comparison of ``fact``."""
        self._compare(fact, mentions, frames)
        self._date(fact, mentions, frames)
        period = fact.period.value if fact.period else None
        label = period.label if isinstance(period, Time) else None
        if label and label.isdigit() and fact.measure == "level":
            self._years.append(label)

    def _compare(self, fact: Fact, mentions: list[Mention], frames: Frames) -> None:
        fact.comparison = _comparison(fact, mentions) or _going_on(fact, frames.fact(), mentions)
        if fact.comparison is None and fact.measure in ("growth", "change"):
            fact.comparison = self._viewed(mentions) or (self._below if fact.measure == "growth" else None)
        if fact.comparison and self._same_below in fact.comparison.text:
            self._below = fact.comparison

    def _date(self, fact: Fact, mentions: list[Mention], frames: Frames) -> None:
        own = fact.own_time or self._own(fact, mentions)
        if own and (self._is_before(own, frames) or self._is_of_forecast(mentions, fact.index - 3)):
            own, fact.is_base = None, False
        fact.own_time = own
        if own and isinstance(own.value, Time):
            found = self._found(own, own.value, frames, "clause")
            fact.period = self._same_part(found, frames, fact.rule == _IN_BRACKETS) if fact.is_base else found
            return
        if fact.turns > 1 and len(self._list) == fact.turns:
            time = self._list[fact.turn]
            fact.period = self._found(time, time.value, frames, "clause")  # type: ignore[arg-type]
            return
        since = self._since_base(fact, frames.fact()) if self._is_average(fact, mentions) else None
        fact.period = since or self._of_growth(fact, mentions, frames) or fact.period
        if fact.period:
            return
        if fact.is_base and not self._is_forecast_revised(fact, frames):
            fact.period = self._of_base(fact, mentions, frames) or self._end_of_years(frames, 0)
            return
        earlier = frames.fact()
        if earlier and earlier.is_base and earlier.sentence is fact.sentence and earlier.measure == fact.measure:
            fact.period = self._end_of_years(frames, -1)  # 2014-2018年,由4.7万元增长至6.46万元
            if fact.period:
                return
        period = self.in_force(frames)
        if (
            self._is_average(fact, mentions)
            and self._term
            and period
            and isinstance(period.value, Time)
            and period.value.goal
        ):
            period = Found(period.text, period.start, period.end, period.origin, Time("period", label=self._term))
        if period is None or not isinstance(period.value, Time) or period.value.label is None:
            return
        if self._is_over(period, fact, frames) or self._is_standing_fact(fact, period):
            return
        fact.period = Found(period.text, period.start, period.end, origin(period, fact), period.value)

    def _is_before(self, own: Mention, frames: Frames) -> bool:
        """由此前的2.9%|上调至3.1%: what was forecast before is of the same period."""
        return frames.status() == "forecast" and isinstance(own.value, Time) and own.value.kind == "span"

    def _same_part(self, base: Found, frames: Frames, in_brackets: bool) -> Found:
        """二季度…,比去年的15万台…, 上半年…1.4亿元(2024年:22.6亿元): of the year before the same part is meant."""
        period = self.in_force(frames)
        time, now = base.value, period.value if period else None
        if not isinstance(time, Time) or not isinstance(now, Time):
            return base
        if time.template != _LAST_YEAR and not (in_brackets and time.template == _ONE_YEAR):
            return base
        year, _, part = (now.label or "").partition("-")
        if not part or "/" in part or time.label is None or not year.isdigit() or int(year) != int(time.label) + 1:
            return base
        return Found(base.text, base.start, base.end, base.origin, time.resolved(f"{time.label}-{part}"))

    def _viewed(self, mentions: list[Mention]) -> Mention | None:
        """从|同比|看,…; 与上年同期相比,…: what the whole sentence compares with."""
        opens = True
        for mention, behind in pairwise(mentions[: _VIEW + 1]):
            if mention.kind == "compare" and (behind.text in self._views or (opens and behind.kind == "comma")):
                return mention
            opens = opens and mention.kind in _SET_BEFORE
        return None

    def _end_of_years(self, frames: Frames, end: int) -> Found | None:
        """The first or the last year where the period in force runs from one year to another."""
        period = self.in_force(frames)
        years = ((period.value.label if period and isinstance(period.value, Time) else None) or "").split("/")
        if period is None or len(years) != 2 or not all(year.isdigit() for year in years):
            return None
        if not isinstance(period.value, Time) or not period.value.has_year:
            return None  # a plan is no such period
        return Found(period.text, period.start, period.end, period.origin, Time("period", label=years[end]))

    def _of_growth(self, fact: Fact, mentions: list[Mention], frames: Frames) -> Found | None:
        """2019年230亿元,2023年514亿元,年均复合增长22.6%: from the first of the years told to the last."""
        if fact.measure != "growth" or len(set(self._years)) < 2:
            return None
        words = mentions[max(0, fact.begins - 2) : fact.index + 3]
        if not any(mention.text.startswith(self._compound) for mention in words):
            return None
        span = Time("period", label=f"{min(self._years)}/{max(self._years)}")
        period = frames.period() or fact.period
        if period is None:
            return Found("", None, None, "nearby", span)
        return Found(period.text, period.start, period.end, "nearby", span)

    def _is_forecast_revised(self, fact: Fact, frames: Frames) -> bool:
        """2022年每股亏损预测|由2.1元|收窄至…: what was expected of the year before is of that year too."""
        period = self.in_force(frames) if frames.status() == "forecast" else None
        return period is not None and origin(period, fact) == "clause"

    def is_since(self, mention: Mention) -> bool:
        """自2014年以来: since when something goes on, no period of what was told before."""
        return isinstance(mention.value, Time) and mention.value.kind == "since"

    def in_force(self, frames: Frames) -> Found | None:
        """The period of the paragraph or a scope inside it, else of the paragraph before, else of the heading."""
        for frame in reversed(frames.stack):
            if (
                frame.level in ("section", "document")
                and self._carry
                and not self._is_within(self._carry[0], frames.above())
            ):
                subject = frames.subject()
                planned = frames.status() in NOT_YET
                same = len(self._labels) == 1 or self._is_same(self._carry[1], subject.text if subject else None)
                if self._carry[2] == planned and same:
                    return self._carry[0]
            if frame.period:
                return frame.period
        return None

    def _is_same(self, one: str | None, other: str | None) -> bool:
        """The same subject, also where it is the whole country by two names (全国, 国内)."""
        return one == other or (one in self._nation and other in self._nation)

    def _is_over(self, period: Found, fact: Fact, frames: Frames) -> bool:
        """What is planned is not of a period that was over when the text was written, unless its clause says so."""
        if frames.status() not in ("plan", "target"):
            return False
        if period.start is not None and period.start >= fact.sentence.start:
            return False
        return is_over(period.value.label if isinstance(period.value, Time) else None, self._today)

    def _is_standing_fact(self, fact: Fact, period: Found) -> bool:
        """海拔1482米: what hardly changes is of no time that a sentence before was about."""
        if period.start is None or fact.measure != "level" or period.origin in ("title", "heading", "document"):
            return False
        mentions = fact.sentence.mentions or []
        if origin(period, fact) == "clause" or period.start >= mentions[clause_of(mentions, fact.index)[0]].start:
            return False
        name = fact.indicator.text if fact.indicator else ""
        if name.endswith(self._standing):
            return True
        first, _ = clause_of(mentions, fact.index)
        governed = any(mention.text.endswith(self._governing) for mention in mentions[max(0, first - 4) : fact.index])
        counted = fact.quantity.kind == "count" and name in self._divisions
        if fact.index and mentions[fact.index - 1].text in self._places:
            return False  # 在12个县|建设冷库
        return counted and (governed or period.start < fact.sentence.start)  # 下辖12个行政村

    def _since_base(self, fact: Fact, earlier: Fact | None) -> Found | None:
        """2021年…,比2012年增加9486万人,年均增加1054万人: of the years since the one compared with."""
        if earlier is None or earlier.sentence is not fact.sentence or earlier.period is None:
            return None
        base, time = earlier.base_label or "", earlier.period.value
        label = (time.label or "") if isinstance(time, Time) else ""
        if not (base.isdigit() and label.isdigit()) or int(label) - int(base) < _FEWEST_YEARS:
            return None
        found = earlier.period
        return Found(found.text, found.start, found.end, "nearby", Time("period", label=f"{int(base) + 1}/{label}"))

    def _is_average(self, fact: Fact, mentions: list[Mention]) -> bool:
        """年均增长, 每年提高: such a figure is of all the years of a plan, not of its last."""
        return any(
            has_cue(mention, "average") or mention.text.startswith(self._yearly)
            for mention in mentions[max(0, fact.begins - 2) : fact.index]
        )

    def _own(self, fact: Fact, mentions: list[Mention]) -> Mention | None:
        """The time that qualifies the figure itself (去年的40万台, 2021年的3亿元), but not the base of a multiple."""
        if fact.scope_at is not None or fact.measure == "multiple":
            return None
        at = fact.index - 1
        while at > 0 and (mentions[at].kind in ("compare", "adverb") or has_cue(mentions[at], "move")):
            at -= 1
        if at > 0 and mentions[at].kind == "time" and has_cue(mentions[at - 1], "from"):
            return mentions[at]  # 由4月份|同比下降|4.3%
        at = fact.index - 1
        if at < 1 or mentions[at].text != "的":
            return None
        first = at - 1
        while first > 0 and first > at - 3 and mentions[first].kind in ("verb", "word", "adverb"):
            first -= 1
        own = mentions[first]
        if own.kind == "compare" and isinstance(own.value, Compare) and own.value.time:
            return Mention("time", own.start, own.end, own.text, value=own.value.time)  # 与2010年的13.4亿人相比
        if own.kind == "compare" and isinstance(own.value, Compare) and own.value.kind in _BEFORE:
            time = Time("period", _BEFORE[own.value.kind])
            return Mention("time", own.start, own.end, own.text, value=time)  # 较上季度的19%
        return own if own.kind == "time" else None

    def _of_base(self, fact: Fact, mentions: list[Mention], frames: Frames) -> Found | None:
        """Where a change began is told by the base it is compared with (较2010年,由31亿元扩大到74亿元)."""
        for mention in mentions[max(0, fact.index - 12) : fact.index]:
            if mention.kind != "compare" or not isinstance(mention.value, Compare):
                continue
            if mention.value.time:
                return self._found(mention, mention.value.time, frames, "nearby")
            if mention.value.kind == "yoy" and self.in_force(frames):
                return self._found(mention, Time("period", _SAME_LAST_YEAR), frames, "nearby")
        return None

    def base_label(self, fact: Fact, frames: Frames) -> str | None:
        """The period of the base of a comparison, where its words tell one."""
        compare = fact.comparison.value if fact.comparison else None
        if not isinstance(compare, Compare) or compare.time is None:
            return None
        return self._calendar.resolve(compare.time, self.time_frame(frames))


def _is_part(time: Time, period: Found | None) -> bool:
    """``time`` lies within ``period`` and is not the same."""
    outer = period.value.label if period and isinstance(period.value, Time) else None
    if not outer or not time.label or outer == time.label:
        return False
    wide, narrow = period_bounds(outer), period_bounds(time.label.removeprefix("../"))
    if not wide or not narrow or None in (*wide, *narrow):
        return False
    return wide[0] <= narrow[0] and narrow[1] <= wide[1]  # type: ignore[operator]


def _ends(period: Found | None) -> date:
    """The last day of a period; the first of all days where it has none."""
    time = period.value if period else None
    bounds = period_bounds(time.label) if isinstance(time, Time) and time.label else None
    return (bounds[1] if bounds else None) or date.min


def _of_days(label: str | None) -> bool:
    """A label that names days, or none: what happened then is over with its paragraph."""
    return not label or any(len(part) == len("2020-01-01") for part in label.split("/"))


def _leave_inner(frames: Frames, frame: Frame) -> None:
    """A time that governs a wider scope takes back what a narrower one around it had set."""
    for inner in reversed(frames.stack):
        if inner is frame:
            return
        inner.period = None


def _each(mention: Mention, time: Time) -> tuple[Mention, ...]:
    return tuple(Mention("time", mention.start, mention.end, mention.text, value=one) for one in time.each)


def _going_on(fact: Fact, earlier: Fact | None, mentions: list[Mention]) -> Mention | None:
    """比上年增产2亿斤,增长3%: the same change told again is compared with the same."""
    changes = ("growth", "change")
    if earlier is None or earlier.sentence is not fact.sentence or earlier.comparison is None:
        return None
    if fact.measure not in changes or earlier.measure not in changes or fact.measure == earlier.measure:
        return None
    between = mentions[earlier.index + 1 : fact.index]
    another = any(mention.kind in _ANOTHER or has_cue(mention, "among") for mention in between)
    return None if another else earlier.comparison


def _comparison(fact: Fact, mentions: list[Mention]) -> Mention | None:
    """The words of comparison of a growth, change or multiple: in its clause, or alone in the clause before."""
    if fact.measure not in ("growth", "change", "multiple"):
        return None
    crossed = False
    for at in range(fact.index - 1, -1, -1):
        mention = mentions[at]
        if mention.kind == "compare":
            return mention
        if mention.kind == "comma" and not crossed:
            crossed = True
        elif (
            mention.kind in ("break", "comma", "open")
            or (mention.kind in QUANTITY_KINDS and mention.amount.dimension != "duration" and at < fact.begins)
            or (crossed and mention.kind in ("indicator", "noun"))
        ):
            return None
    return None
