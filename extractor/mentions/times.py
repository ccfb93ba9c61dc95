"""Times and comparisons: found by the patterns of ``rules/times.yaml``, labelled later against the frame in force.

Finding is a matter of form and needs no context; which year 上半年 is of, or what 上年同期 refers to, is decided by the
reader, which hands the frame in force to :class:`Calendar`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from ..model import Compare, Mention, Time
from .numerals import NumeralParser
from .scanning import Scanner

if TYPE_CHECKING:
    from ..rulebook import Rulebook

_MONTHS_OF_QUARTER = {1: (1, 3), 2: (4, 6), 3: (7, 9), 4: (10, 12)}
_PLACE = re.compile(r"\{([^}]+)\}")
_SHIFT = re.compile(r"([+-])(n|\d+)")
_YEAR = re.compile(r"\d{4}(?=-|/|$)")
_LABEL = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d\d)(?:-(\d\d))?))?")
_MONTH_LABEL = re.compile(r"(\d{4})-(\d\d)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_WEEKDAYS = "一二三四五六日"
_CENTURY = 2000
_MOST_YEARS = 12  # that a range hands out one by one


@dataclass(slots=True)
class TimeFrame:
    """What an unfinished time is read against: the document's date, the text's own year, and the period in force."""

    today: date | None = None
    year: int | None = None
    label: str | None = None
    term: str | None = None
    """The years on which the text reports as a whole (a report on a term, a plan)."""


class TimeFinder:
    """Compiled times and comparisons; :meth:`find` is its one use."""

    def __init__(self, rules: Rulebook) -> None:
        times = rules.times
        self._comparisons, self._times = times.comparisons, times.times
        patterns = [entry.pattern for entry in times.comparisons] + [entry.pattern for entry in times.times]
        self._scanner = Scanner(patterns, times.macros, gate=(times.gated, times.gate))

    def find(self, text: str, taken: bytearray) -> Iterator[Mention]:
        """Mentions of kind ``time`` and ``compare``, in order; marks them in ``taken``."""
        for index, start, end, match in self._scanner.find(text, taken):
            assert match
            groups = tuple((name, part) for name, part in match.groupdict().items() if part)
            if index < len(self._comparisons):
                base = self._comparisons[index]
                time = Time("period", base.label, "frame", groups) if base.label else None
                yield Mention("compare", start, end, match.group(), value=Compare(base.kind, time))
                continue
            entry = self._times[index - len(self._comparisons)]
            time = Time(entry.kind, entry.label, entry.year, groups, entry.refers, entry.goal)
            yield Mention("time", start, end, match.group(), value=_with_each(time) if entry.each else time)


def _with_each(time: Time) -> Time:
    """A range of years with the years that it hands out (2021-2023年分别为…, 今明两年分别为…)."""
    if time.year == "today":
        return replace(time, each=tuple(replace(time, template=label) for label in (time.template or "").split("/")))
    first, last = _written_year(dict(time.groups)), _second_year(dict(time.groups))
    if first is None or last is None or not 0 < last - first < _MOST_YEARS:
        return time
    each = tuple(Time("period", "{Y}", "frame", (("year", str(year)),)) for year in range(first, last + 1))
    return replace(time, each=each)


_ENDING = 12  # the month in which a year is as good as over
_YEAR_OF_MONTHS = 12
_REPUBLIC = 1911  # the year before the first of 民国
_MONTHS = ("month", "month2", "upto")


class Calendar:
    """Labels times; :meth:`resolve` is its one use."""

    def __init__(self, rules: Rulebook) -> None:
        self._plans = rules.times.plans
        self._numerals = NumeralParser(rules.numerals)

    def resolve(self, time: Time, frame: TimeFrame, future: bool = False) -> str | None:
        """The label of ``time`` in ``frame``; ``None`` where neither tells. ``future``: a month ahead is to come."""
        if time.template is None:
            return time.label
        groups = dict(time.groups)
        year = self._year(time, groups, frame, future)
        parts: list[str] = []
        position = 0
        for place in _PLACE.finditer(time.template):
            value = self._value(place[1], year, groups, frame)
            if value is None:
                return None
            parts += (time.template[position : place.start()], value)
            position = place.end()
        label = "".join(parts) + time.template[position:]
        return label if period_bounds(label) else None

    def _year(self, time: Time, groups: dict[str, str], frame: TimeFrame, future: bool) -> int | None:
        """The year that is written, else that of the text or of the document's date."""
        if "republic" in groups:
            return _REPUBLIC + self._integer(groups["republic"])
        written = _written_year(groups)
        if written is not None:
            return written
        today = frame.today.year if frame.today else None
        if time.year == "over" and frame.today and not frame.year and not future:
            return frame.today.year - (frame.today.month < _ENDING)
        year = (frame.year or today) if time.year in ("frame", "over") else (today or frame.year)
        ahead = (
            time.year != "today"
            and "{Y}" in (time.template or "")
            and not future
            and frame.today
            and year == today
            and self._last_month(groups) > frame.today.month
        )
        return year - 1 if year and (ahead or self._is_quarter_ahead(time, groups, frame, future, year)) else year

    def _last_month(self, groups: dict[str, str]) -> int:
        """The last month that a time names; 0 where it names none."""
        return max((self._integer(groups[name]) for name in _MONTHS if name in groups), default=0)

    def _is_quarter_ahead(self, time: Time, groups: dict[str, str], frame: TimeFrame, future: bool, year: int) -> bool:
        """第四季度交付… in a text of January: the last one."""
        if future or not frame.today or year != frame.today.year or time.year == "today" or "quarter" not in groups:
            return False
        if "{Y}" not in (time.template or ""):
            return False  # 比去年四季度
        quarter = self._integer(groups["quarter"])
        return 3 * (quarter - 1) >= frame.today.month

    def _value(self, place: str, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        """What a place of a label stands for."""
        if place[0] == "Y":
            return self._shifted_year(place, year, groups)
        return getattr(self, _READERS[place])(year, groups, frame)  # type: ignore[no-any-return]

    def _shifted_year(self, place: str, year: int | None, groups: dict[str, str]) -> str | None:
        """``Y``, ``Y-1``, ``Y+n-1``: the year and what is added to it; ``Y2`` is the second year of a range."""
        if place == "Y2":
            second = _second_year(groups)
            return str(second) if second else None
        if not year:
            return None
        n = self._integer(groups["n"]) if "n" in groups else 0
        for sign, amount in _SHIFT.findall(place):
            year += (1 if sign == "+" else -1) * (n if amount == "n" else int(amount))
        return str(year)

    def _integer(self, text: str) -> int:
        if text.isascii():
            return int(text)
        number = self._numerals.chinese(text)
        return int(number.value) if number else 0

    # The readers of places, by the name of the group or of what they read.

    def _month(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        if "month" in groups:
            return f"{self._integer(groups['month']):02d}"
        bounds = period_bounds(frame.label) if frame.label else None
        return f"{bounds[1].month:02d}" if bounds and bounds[1] else None

    def _month2(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return f"{self._integer(groups['month2']):02d}" if "month2" in groups else self._month(year, groups, frame)

    def _day(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return f"{self._integer(groups['day']):02d}" if "day" in groups else None

    def _day2(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return f"{self._integer(groups['day2']):02d}"

    def _upto(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return f"{self._integer(groups['upto']):02d}"

    def _last(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        month = self._month(year, groups, frame)
        return str(calendar.monthrange(year, int(month))[1]) if year and month else None

    def _quarter(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return str(self._integer(groups["quarter"]))

    def _quarter_end(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        last = _MONTHS_OF_QUARTER[self._integer(groups["quarter"])][1]
        return f"{last:02d}-{calendar.monthrange(2001, last)[1]}"

    def _half(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return groups["halfyear"]

    def _halves(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        number = {"上": "1", "下": "2"}
        return f"{year}-H{number[groups['half']]}/{_second_year(groups)}-H{number[groups['half2']]}"

    def _frame_label(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return frame.label or (str(year) if year else None)

    def _upto_now(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        """累计: from the beginning of the year to the month in force; of a longer period that itself."""
        label = self._frame_label(year, groups, frame)
        month = _MONTH_LABEL.fullmatch(label or "")
        return label if month is None or month[2] == "01" else f"{month[1]}-01/{label}"

    def _upto_before(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        label = self._upto_now(year, groups, frame)
        return self.shift(label, -1) if label else None

    def _frame_year(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        label = frame.label.split("/")[-1].lstrip(".") if frame.label else ""
        return label[:4] or (str(year) if year else None)

    def _business_year(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        """年内 of a report on a year that ends in the middle of one (2022-04/2023-03); else the year itself."""
        bounds = period_bounds(frame.label) if frame.label and "/" in frame.label else None
        months = _months(bounds) if bounds else 0
        return frame.label if months == _YEAR_OF_MONTHS else str(year) if year else None

    def _year_before(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        label = frame.label or (str(year) if year else None)
        return self.shift(label, -1) if label else None

    def _frame_end(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        bounds = period_bounds(frame.label) if frame.label else None
        return bounds[1].isoformat() if bounds and bounds[1] else None

    def _frame_month(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        month = self._month_in_force(frame)
        return f"{month[0]}-{month[1]:02d}" if month else None

    def _month_before(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        month = self._month_in_force(frame)
        if not month:
            return None
        return f"{month[0]}-{month[1] - 1:02d}" if month[1] > 1 else f"{month[0] - 1}-12"

    def _month_in_force(self, frame: TimeFrame) -> tuple[int, int] | None:
        bounds = period_bounds(frame.label) if frame.label else None
        if bounds and bounds[1] and (bounds[0] is None or (bounds[1] - bounds[0]).days < 300):
            return bounds[1].year, bounds[1].month
        return (frame.today.year, frame.today.month) if frame.today else None

    def _frame_quarter(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        month = self._month_in_force(frame)
        return f"{month[0]}-Q{(month[1] + 2) // 3}" if month else None

    def _quarter_before(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        month = self._month_in_force(frame)
        if not month:
            return None
        quarter = (month[1] + 2) // 3
        return f"{month[0]}-Q{quarter - 1}" if quarter > 1 else f"{month[0] - 1}-Q4"

    def _today(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return frame.today.isoformat() if frame.today else None

    def _yesterday(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return (frame.today - timedelta(1)).isoformat() if frame.today else None

    def _tomorrow(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return (frame.today + timedelta(1)).isoformat() if frame.today else None

    def _day_in_force(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        label = (frame.label or "").removeprefix("../")
        return label if len(label) == len("2020-01-01") else None

    def _weekday(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        """The latest such day until the document's date; 上周五 is one of the week before."""
        if not frame.today:
            return None
        wanted = _WEEKDAYS.index(groups["weekday"].replace("天", "日"))
        back = (frame.today.weekday() - wanted) % 7
        if "lastweek" in groups:
            back = frame.today.weekday() + 7 - wanted
        return (frame.today - timedelta(back)).isoformat()

    def _week(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        """Monday to Sunday of the week of the document's date, or of the one before."""
        if not frame.today:
            return None
        monday = frame.today - timedelta(frame.today.weekday() + (7 if "lastweek" in groups else 0))
        return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"

    def _day_of_month(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return self._on_day(self._integer(groups["day"]), frame)

    def _day_of_month2(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return self._on_day(self._integer(groups["day2"]), frame)

    def _on_day(self, day: int, frame: TimeFrame) -> str | None:
        """A day without its month: that of the period in force, else the latest such before the document's date."""
        month = self._month_in_force(frame)
        if not month:
            return None
        label = (frame.label or "").removeprefix("../")
        if not label and frame.today and day > frame.today.day:
            month = (month[0], month[1] - 1) if month[1] > 1 else (month[0] - 1, 12)
        return f"{month[0]}-{month[1]:02d}-{day:02d}"

    def _plan(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        interval = self._plans.get(groups["plan"])
        if interval and groups.get("planend"):
            return interval.split("/")[0 if groups["planend"] == "初" else 1]
        return interval

    def _plan_start(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        interval = self._plans.get(groups["plan"])
        return interval.split("/")[0] if interval else None

    def _plan_first(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        """“十四五”前两年: the plan's first years."""
        start = self._plan_start(year, groups, frame)
        return f"{start}/{int(start) + self._integer(groups['n']) - 1}" if start else None

    def _now(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        """The year until which something lasts that began earlier: the text's own, else the document's."""
        return str(year) if year else None

    def _term(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        """过去五年: the years before the document's date; a report of the first half-year reports until last year."""
        if frame.term:
            return frame.term
        if not frame.today:
            return None
        n = self._integer(groups["n"]) if "n" in groups else 5
        last = frame.today.year - 1 if frame.today.month <= 6 else frame.today.year
        return f"{last - n + 1}/{last}"

    def _fiscal_year(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return self._fiscal(year, groups, 12)

    def _fiscal_half(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return self._fiscal(year, groups, 6)

    def _fiscal_quarter(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        return self._fiscal(year, groups, 3)

    def _fiscal(self, year: int | None, groups: dict[str, str], months: int) -> str | None:
        """The months that end with the month named: 截至2021年6月30日止年度 is 2020-07/2021-06."""
        if not year:
            return None
        month = self._integer(groups["month"])
        if month == 12 and months == 12:
            return str(year)
        if months == 6 and month in (6, 12):
            return f"{year}-H{month // 6}"
        if months == 3 and month % 3 == 0:
            return f"{year}-Q{month // 3}"
        first = year * 12 + month - months
        return f"{first // 12}-{first % 12 + 1:02d}/{year}-{month:02d}"

    def _national_days(self, year: int | None, groups: dict[str, str], frame: TimeFrame) -> str | None:
        """国庆假期前三天: from 1 October on."""
        n = self._integer(groups["n"])
        return f"{year}-10-01/{year}-10-{n:02d}" if year else None

    def shift(self, label: str, years: int) -> str:
        """The same period some years away: 2021-H1 → 2020-H1."""
        return _YEAR.sub(lambda match: str(int(match.group()) + years), label)


_READERS = {
    "M": "_month",
    "M2": "_month2",
    "D": "_day",
    "D2": "_day2",
    "upto": "_upto",
    "last": "_last",
    "quarter": "_quarter",
    "qend": "_quarter_end",
    "halfyear": "_half",
    "halves": "_halves",
    "frame": "_frame_label",
    "year": "_frame_year",
    "businessyear": "_business_year",
    "same-1": "_year_before",
    "cumulated": "_upto_now",
    "cumulated-1": "_upto_before",
    "end": "_frame_end",
    "month": "_frame_month",
    "month-1": "_month_before",
    "thisquarter": "_frame_quarter",
    "quarter-1": "_quarter_before",
    "day": "_today",
    "day-1": "_yesterday",
    "day+1": "_tomorrow",
    "thisday": "_day_in_force",
    "weekday": "_weekday",
    "week": "_week",
    "monthday": "_day_of_month",
    "monthday2": "_day_of_month2",
    "plan": "_plan",
    "planstart": "_plan_start",
    "planfirst": "_plan_first",
    "now": "_now",
    "term-n": "_term",
    "fiscalyear": "_fiscal_year",
    "fiscalhalf": "_fiscal_half",
    "fiscalquarter": "_fiscal_quarter",
    "national": "_national_days",
}
"""Place of a label → the method of the calendar that reads it."""


def _written_year(groups: dict[str, str]) -> int | None:
    if "year" in groups:
        return int(groups["year"])
    if "cnyear" in groups:
        return int(groups["cnyear"].translate(_DIGITS))
    if "short" in groups:
        short = int(groups["short"])
        return short + (_CENTURY if short < 70 else _CENTURY - 100)
    return None


def _second_year(groups: dict[str, str]) -> int | None:
    if "year2" in groups:
        return int(groups["year2"])
    if "cnyear2" in groups:
        return int(groups["cnyear2"].translate(_DIGITS))
    return _CENTURY + int(groups["short2"]) if "short2" in groups else None


@lru_cache(maxsize=4096)
def begins_after(label: str | None, day: date | None) -> bool:
    """The period of ``label`` is yet to come on ``day``; not where either is unknown."""
    bounds = period_bounds(label) if label else None
    return bool(day and bounds and bounds[0] and bounds[0] > day)


def is_over(label: str | None, day: date | None) -> bool:
    """The period of ``label`` has ended before ``day``; not where either is unknown."""
    bounds = period_bounds(label) if label else None
    return bool(day and bounds and bounds[1] and bounds[1] < day)


def period_bounds(label: str) -> tuple[date | None, date | None] | None:
    """First and last day of a period label; an open end is ``None``. ``None`` where the label is not one.

    >>> period_bounds("2020-H1")
    (datetime.date(2020, 1, 1), datetime.date(2020, 6, 30))
    """
    first, interval, last = label.partition("/")
    if interval:
        start = None if first == ".." else period_bounds(first)
        end = None if last == ".." else period_bounds(last)
        if (start is None and first != "..") or (end is None and last != ".."):
            return None
        if start and end and start[0] and end[1] and end[1] < start[0]:
            return None
        return (start[0] if start else None, end[1] if end else None)
    match = _LABEL.fullmatch(label)
    if not match:
        return None
    year = int(match[1])
    try:
        if match[2]:
            begin, finish = _MONTHS_OF_QUARTER[int(match[2])]
        elif match[3]:
            begin, finish = (1, 6) if match[3] == "1" else (7, 12)
        elif match[5]:
            day = date(year, int(match[4]), int(match[5]))
            return day, day
        elif match[4]:
            begin = finish = int(match[4])
        else:
            begin, finish = 1, 12
        return date(year, begin, 1), date(year, finish, calendar.monthrange(year, finish)[1])
    except ValueError:
        return None


def unknown_places(label: str) -> list[str]:
    """The places of a time's label that nothing fills."""
    return [place for place in _PLACE.findall(label) if place[0] != "Y" and place not in _READERS]


def _months(bounds: tuple[date | None, date | None]) -> int:
    """The calendar months that a period covers; 0 where an end is open."""
    first, last = bounds
    return 12 * (last.year - first.year) + last.month - first.month + 1 if first and last else 0
