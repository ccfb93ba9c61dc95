"""Heads: what a head of a row or column says: what is measured, whose it is, when, in what unit and in what sense."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..mentions.scanning import alternation, take
from ..model import Cell, Compare, Found, Indicator, Mention, Region, Time, Unit
from ..patterns import compiled
from ..tables.cells import CellReader
from .sentences import REGIONS

if TYPE_CHECKING:
    from ..rulebook import HeadMeasure, Rulebook

_BARE_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?:(?P<mark>[A-Z])|[-/.](?P<month>1[0-2]|0?[1-9]))?")
_BARE_NUMBER = re.compile(r"\d{1,2}")
_BRACKET = re.compile(r"\(([^()]{1,20})\)")
_UNIT_BEHIND = re.compile(r"[/:,、]([^/:,、()]{1,8})$|(%)$")
_UNITS_APART = re.compile(r"[、,;]|和|及|或")
_SAYS_UNIT = re.compile(r"(?:计量)?单位:?")
_MARKS = "的:,、·-—/()[]%;*※“”《》 .。"
_LONGEST_NAME = 20
_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z]")


@dataclass(slots=True)
class Head:
    """What a head says, or several that stand over the same figures; ``None`` where they do not tell."""

    name: Found | None = None
    """What is measured: the value is a known :class:`Indicator` or an open one."""
    subject: Mention | None = None
    times: tuple[Found, ...] = ()
    """With :class:`Time` values that are not resolved yet."""
    comparison: Mention | None = None
    measure: HeadMeasure | None = None
    scope: Found | None = None
    units: tuple[Unit, ...] = ()
    status: str | None = None
    is_total: bool = False
    """It is of all rows (or columns) together."""

    @property
    def is_measure_only(self) -> bool:
        """增长(%): it speaks of what stands before it."""
        return self.measure is not None and self.name is None


@dataclass(slots=True)
class _Text:
    """A head that is being read: its text, and which characters have been understood."""

    text: str
    start: int
    used: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self.used = bytearray(len(self.text))

    def take(self, start: int, end: int) -> None:
        take(self.used, start, end)

    def rest(self) -> Iterator[tuple[int, int]]:
        """The stretches that are left, without the marks at their ends."""
        for run in re.finditer(b"\x00+", self.used):
            written = self.text[run.start() : run.end()]
            start = run.start() + len(written) - len(written.lstrip(_MARKS))
            end = run.start() + len(written.rstrip(_MARKS + "("))
            if end < run.end() and self.text[end] == ")" and "(" in self.text[start:end]:
                end += 1
            if start < end and _LETTER.search(self.text, start, end):
                yield start, end

    def found(self, start: int, end: int, value: Indicator | Region | Time | None = None) -> Found:
        return Found(self.text[start:end], self.start + start, self.start + end, "clause", value)


class HeadReader:
    """The compiled words of heads; :meth:`read` is its entry."""

    def __init__(self, rules: Rulebook, known: dict[str, Indicator], cells: CellReader) -> None:
        tables = rules.tables
        self._known, self._cells = known, cells
        self._statuses = {word: status for status, words in tables.statuses.items() for word in words}
        self._status_word = compiled(rf"({alternation(self._statuses)})(?:{alternation(tables.status_endings)})?$")
        self._leads, self._bases = compiled(tables.leads), compiled(tables.bases)
        self._measures = [(compiled(entry.pattern), entry) for entry in tables.measures]
        self._periods = [(compiled(entry.pattern), entry.label) for entry in tables.periods]
        self._totals, self._plain = frozenset(tables.totals), frozenset(tables.plain)
        self._forms = compiled(rf"(?:{alternation(tables.forms)})$")
        self._year_marks = tables.year_marks
        self._counted = frozenset(rules.classifiers.counted_directly)  # 镇街, 企业: whose the figures below are
        self._rates = tuple(rules.reading.rate_endings)

    def read(self, cell: Cell, text: str) -> Head:
        """What the text of ``cell`` says; ``text`` is that of its document."""
        said = _Text(text[cell.start : cell.end], cell.start)
        head = Head()
        if lead := self._leads.match(said.text):
            said.take(0, lead.end())
        if base := self._bases.search(said.text):
            said.take(*base.span())
        self._units(said, head)
        self._times(said, head, cell.mentions)
        known = self._known_name(said, head)
        self._measure(said, head, known)
        head.status = head.status or self._status(said)
        self._subject(said, head, cell.mentions)
        if head.name is None:
            self._open_name(said, head)
        return head

    def _status(self, said: _Text) -> str | None:
        """What the last word of what is left says (2021年目标, 预算数), and no word inside a name (公共预算收入)."""
        words = [self._status_word.search(said.text[start:end]) for start, end in said.rest()]
        return next((self._statuses[word[1]] for word in words if word), None)

    def measure_of(self, text: str) -> HeadMeasure | None:
        """The kind of figure that a table's name speaks of (各镇增速排名)."""
        return next((entry for pattern, entry in self._measures if pattern.search(text)), None)

    def named_by(self, mentions: list[Mention]) -> Found | None:
        """What is measured by the name of a table: the last known indicator, else the last noun."""
        nouns = [mention for mention in mentions if mention.kind in ("indicator", "noun")]
        for mention in reversed(nouns):
            if isinstance(mention.value, Indicator) and (mention.value.id or mention.value.dimension):
                return Found(mention.text, mention.start, mention.end, "heading", mention.value)
            if known := self._known_at_end(mention):
                return known
        for mention in reversed(nouns):
            end = self._forms.search(mention.text)
            name = mention.text[: end.start()] if end else mention.text
            if name and name not in self._plain:
                return Found(
                    name,
                    mention.start,
                    mention.start + len(name),
                    "heading",
                    self._known.get(name) or Indicator(None, name),
                )
        return None

    def _known_at_end(self, noun: Mention) -> Found | None:
        """分行业|固定资产投资(不含农户): the known indicator with which a noun ends."""
        end = len(noun.text.partition("(")[0])
        for start in range(max(0, end - _LONGEST_NAME), end - 1):
            if indicator := self._known.get(noun.text[start:end]):
                return Found(noun.text[start:end], noun.start + start, noun.start + end, "heading", indicator)
        return None

    def known(self, name: str) -> Indicator | None:
        """The known indicator of this name."""
        return self._known.get(name)

    # ----------------------------------------------------------------------------------------------------------- units

    def units(self, written: str) -> tuple[Unit, ...]:
        """The units that a stretch names: 亿元, or 亿元、%."""
        written = _SAYS_UNIT.sub("", written)
        whole = self._cells.unit(written)
        if whole:
            return (whole,)
        parts = [self._cells.unit(part) for part in _UNITS_APART.split(written)]
        return tuple(part for part in parts if part)

    def _units(self, said: _Text, head: Head) -> None:
        """(亿元) in brackets, /万元 or % at the end, or nothing but a unit."""
        if said.text not in self._counted and (units := self.units(said.text)):
            head.units = units
            said.take(0, len(said.text))
            return
        for bracket in _BRACKET.finditer(said.text):
            if units := self.units(bracket[1]):
                head.units += units
                said.take(*bracket.span())
        if (
            not head.units
            and (behind := _UNIT_BEHIND.search(said.text))
            and (units := self.units(behind[1] or behind[2]))
        ):
            head.units = units
            said.take(*behind.span())

    # ----------------------------------------------------------------------------------------------------------- times

    def _times(self, said: _Text, head: Head, mentions: list[Mention]) -> None:
        if match := _BARE_YEAR.fullmatch(said.text):
            self._bare_year(said, head, match)
            return
        for pattern, label in self._periods:
            for match in pattern.finditer(said.text):
                if not any(said.used[match.start() : match.end()]):
                    head.times += (said.found(*match.span(), Time("period", label, refers=True)),)
                    said.take(*match.span())
        for mention in mentions:
            start, end = mention.start - said.start, mention.end - said.start
            if any(said.used[start:end]):
                continue
            if (
                mention.kind == "time"
                and isinstance(mention.value, Time)
                and mention.value.kind not in ("clock", "span")
            ):
                head.times += (Found(mention.text, mention.start, mention.end, "clause", mention.value),)
                said.take(start, end)
            elif mention.kind == "compare" and isinstance(mention.value, Compare):
                head.comparison = head.comparison or mention
                said.take(start, end)
        head.times = tuple(sorted(head.times, key=lambda time: time.start or 0))

    def _bare_year(self, said: _Text, head: Head, match: re.Match[str]) -> None:
        groups = tuple((name, match[name]) for name in ("year", "month") if match[name])
        if match["mark"] and match["mark"] not in self._year_marks:
            return
        head.status = self._year_marks.get(match["mark"] or "")
        head.times = (
            said.found(0, len(said.text), Time("period", "{Y}-{M}" if match["month"] else "{Y}", "frame", groups)),
        )
        said.take(0, len(said.text))

    def bare_time(self, cell: Cell, text: str, grain: str) -> Head | None:
        """A number below a head that says what it is: 3 below 月份."""
        written = text[cell.start : cell.end]
        if grain == "year" or not _BARE_NUMBER.fullmatch(written):
            return None
        name, label = {"month": ("month", "{Y}-{M}"), "quarter": ("quarter", "{Y}-Q{quarter}")}[grain]
        time = Time("period", label, "frame", ((name, written),))
        return Head(times=(Found(written, cell.start, cell.end, "clause", time),))

    # ------------------------------------------------------------------------------------------ measure, subject, name

    def _measure(self, said: _Text, head: Head, known: tuple[int, int] | None) -> None:
        """The first pattern that is found, but for words inside a name (自然增长率, 工业增加值)."""
        for pattern, entry in self._measures:
            for match in pattern.finditer(said.text):
                if known and known[0] <= match.start() and match.end() <= known[1]:
                    continue
                head.measure = entry
                scope = match.groupdict().get("scope")
                if scope:
                    head.scope = said.found(*match.span("scope"))
                said.take(*match.span())
                return

    def _known_name(self, said: _Text, head: Head) -> tuple[int, int] | None:
        """A known indicator that is all that is left; its span, but for the name of a rate of growth (经济增速)."""
        for start, end in said.rest():
            name = said.text[start:end]
            indicator = self._known.get(name)
            if indicator is None and (bracket := name.find("(")) > 0:
                end = start + bracket
                indicator = self._known.get(said.text[start:end])
            if indicator is not None and name not in self._plain:
                head.name = said.found(start, end, indicator)
                said.take(start, end)
                return None if name.endswith(self._rates) else (start, end)
        return None

    def _subject(self, said: _Text, head: Head, mentions: list[Mention]) -> None:
        """A region or organisation that begins what is left of the head."""
        rest = next(said.rest(), None)
        if rest is None:
            return
        for mention in mentions:
            start, end = mention.start - said.start, mention.end - said.start
            if mention.kind not in REGIONS or not isinstance(mention.value, Region) or start != rest[0]:
                continue
            if end >= rest[1] or self._names_something(said.text[end : rest[1]]):
                head.subject = mention
                said.take(start, end)
            return

    def _names_something(self, text: str) -> bool:
        """What stands behind a region in a head is an indicator of its own (全市|生产总值)."""
        return text.strip(_MARKS) in self._known or text.strip(_MARKS) in self._plain

    def _open_name(self, said: _Text, head: Head) -> None:
        rest = list(said.rest())
        if not rest:
            return
        start, end = max(rest, key=lambda span: span[1] - span[0])
        name = said.text[start:end]
        if name in self._totals:
            head.is_total = True
        elif name not in self._plain:
            head.name = said.found(start, end, self._known.get(name) or Indicator(None, name))


def merged(outer: Head, inner: Head, name: Found | None) -> Head:
    """A head below another: what the inner one tells counts, and its name is ``name``."""
    return replace(
        inner,
        name=name,
        subject=inner.subject or outer.subject,
        times=outer.times + inner.times,
        comparison=inner.comparison or outer.comparison,
        measure=inner.measure or outer.measure,
        scope=inner.scope or outer.scope,
        units=inner.units or outer.units,
        status=inner.status or outer.status,
        is_total=inner.is_total or outer.is_total,
    )
