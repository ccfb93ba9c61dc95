"""Times and comparisons: found by the patterns of ``rules/times.yaml``, labelled against the text's own year."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import regex

from ..model import Compare, Mention, Time
from ..rulebook import Rulebook, TimeEntry
from .numerals import NumeralParser
from .scanning import Scanner

_MONTHS_OF_QUARTER = {1: (1, 3), 2: (4, 6), 3: (7, 9), 4: (10, 12)}
_TEMPLATE = regex.compile(r"\{([^}]+)\}")
_MONTH = regex.compile(r"\d{4}-\d\d")
_SHIFT = regex.compile(r"([+-])(n|\d+)")
_YEAR = regex.compile(r"\d{4}(?=-|/|$)")
_LABEL = regex.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d\d)(?:-(\d\d))?))?")


@dataclass(slots=True)
class Frame:
    """What an unfinished time (3月, 上半年, 报告期) is read against: today's date, and the period the text has set."""

    today: date | None
    year: int | None = None
    month: int | None = None
    label: str | None = None
    last: str | None = None
    """The label of the last time that carries on."""
    opening: int | None = None
    """The year of the title, which stands in for today's where no date is known."""


class TimeFinder:
    """Compiled times and comparisons; :meth:`find` is its one use."""

    def __init__(self, rules: Rulebook) -> None:
        times = rules.times
        self._times = times.times
        self._comparisons = times.comparisons
        self._plans = times.plans
        self._numerals = NumeralParser(rules.numerals)
        patterns = [entry.pattern for entry in times.comparisons] + [entry.pattern for entry in times.times]
        self._scanner = Scanner(patterns, times.macros)

    def find(self, text: str, taken: bytearray, frame: Frame) -> Iterator[Mention]:
        """Mentions of kind ``time`` and ``compare``, in order. ``frame`` follows the years that the text names."""
        paragraph = 0
        for index, start, end, match in self._scanner.find(text, taken):
            assert match
            groups = {name: text for name, text in match.groupdict().items() if text}
            if "\n" in text[paragraph:start]:
                frame.last = None
            paragraph = start
            if index < len(self._comparisons):
                comparison = self._comparisons[index]
                label = self._label(comparison.label, groups, frame, None)
                yield Mention("compare", start, end, match.group(), value=Compare(comparison.kind, label))
                continue
            entry = self._times[index - len(self._comparisons)]
            year = self._year(groups, frame, entry.year)
            if entry.year == "frame" and self._is_past_year(groups, frame, year, entry.carries):
                year -= 1
            label = self._label(entry.label, groups, frame, year)
            written = self._written_year(groups)
            if written and entry.carries != "clause" and _opens(text, start):
                frame.year = written
            # 2015年的20家: a time that qualifies a noun governs nothing beyond its clause.
            carries = "clause" if text.startswith("的", end) else entry.carries
            if label and carries == "paragraph":
                frame.last = label
            yield Mention("time", start, end, match.group(), value=Time(label, carries, written, _is_deadline(entry)))

    def _written_year(self, groups: dict[str, str]) -> int | None:
        if "year" in groups:
            return int(groups["year"])
        if "cnyear" in groups:
            number = self._numerals.chinese(groups["cnyear"])
            return int(number.value) if number else None
        return None

    def _year(self, groups: dict[str, str], frame: Frame, against: str) -> int:
        today = frame.today.year if frame.today else None
        candidates = (frame.year, today) if against == "frame" else (today, frame.opening, frame.year)
        return self._written_year(groups) or next((y for y in candidates if y), 0)

    def _is_past_year(self, groups: dict[str, str], frame: Frame, year: int, carries: str) -> bool:
        """A month without a year that lies ahead of the document's date is one of the year before."""
        month = groups.get("month")
        return bool(
            month
            and carries != "clause"
            and frame.year is None
            and frame.today
            and year == frame.today.year
            and self._integer(month) > frame.today.month
            and self._written_year(groups) is None
        )

    def _integer(self, text: str) -> int:
        if text.isdigit():
            return int(text)
        number = self._numerals.chinese(text)
        return int(number.value) if number else 0

    def _label(self, template: str | None, groups: dict[str, str], frame: Frame, year: int | None) -> str | None:
        if template is None:
            return None
        year = year if year is not None else self._year(groups, frame, "frame")
        month = self._integer(groups["month"]) if "month" in groups else frame.month or 0
        values: dict[str, str | None] = {
            "M": f"{month:02d}",
            "M2": f"{self._integer(groups.get('month2') or groups.get('month', '0')):02d}",
            "D": f"{self._integer(groups['day']):02d}" if "day" in groups else None,
            "D2": f"{self._integer(groups['day2']):02d}" if "day2" in groups else None,
            "upto": f"{self._integer(groups['upto']):02d}" if "upto" in groups else None,
            "year2": groups.get("year2"),
            "frame": frame.label or (str(year) if year else None),
            "plan": self._plan(groups),
            "same-1": _year_before(frame.last or frame.label),
        }
        if "quarter" in groups:
            quarter = self._integer(groups["quarter"])
            last = _MONTHS_OF_QUARTER[quarter][1]
            values |= {"quarter": str(quarter), "qend": f"{last:02d}-{calendar.monthrange(2001, last)[1]}"}
        if year and 1 <= month <= 12:
            values["last"] = str(calendar.monthrange(year, month)[1])
        if frame.label and (bounds := period_bounds(frame.label)) and bounds[1]:
            values["end"] = bounds[1].isoformat()
        if frame.last and _MONTH.fullmatch(frame.last):
            values["month"] = frame.last
        elif frame.month and year:
            values["month"] = f"{year}-{frame.month:02d}"
            values["month-1"] = f"{year}-{frame.month - 1:02d}" if frame.month > 1 else f"{year - 1}-12"
        n = self._integer(groups["n"]) if "n" in groups else 0
        parts = []
        position = 0
        for place in _TEMPLATE.finditer(template):
            name = place.group(1)
            value = _shifted_year(name, year, n) if name.startswith("Y") else values.get(name)
            if value is None:
                return None
            parts += [template[position : place.start()], value]
            position = place.end()
        return "".join(parts) + template[position:]

    def _plan(self, groups: dict[str, str]) -> str | None:
        if "plan" not in groups:
            return None
        interval = self._plans.get(groups["plan"])
        if interval and groups.get("planend"):
            return interval.split("/")[0 if groups["planend"] == "初" else 1]
        return interval


def _is_deadline(entry: TimeEntry) -> bool:
    """An open beginning that governs its clause alone: 年底前."""
    return entry.carries == "clause" and (entry.label or "").startswith("../")


def _year_before(label: str | None) -> str | None:
    """The same period a year earlier: 2021-H1 → 2020-H1."""
    return _YEAR.sub(lambda year: str(int(year.group()) - 1), label) if label else None


def _opens(text: str, start: int) -> bool:
    """A year that opens a line or sentence sets the year of what follows; one elsewhere only dates its clause."""
    before = text[max(0, start - 3) : start].rstrip(" “")[-1:]
    return before in ("", "\n", "。", ";", "、", ")")


def _shifted_year(name: str, year: int, n: int) -> str | None:
    """``Y``, ``Y-1``, ``Y+n-1``: the year and what is added to it."""
    if not year:
        return None
    shift = 0
    for sign, amount in _SHIFT.findall(name):
        shift += (1 if sign == "+" else -1) * (n if amount == "n" else int(amount))
    return str(year + shift)


@lru_cache(maxsize=4096)
def period_bounds(label: str) -> tuple[date | None, date | None] | None:
    """First and last day of a period label; an open end is ``None``. ``None`` where the label is not one.

    >>> period_bounds("2020-H1")
    (datetime.date(2020, 1, 1), datetime.date(2020, 6, 30))
    """
    first, interval, last = label.partition("/")
    if interval:
        start = None if first == ".." else period_bounds(first)
        end = None if last == ".." else period_bounds(last)
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
