"""Cells: whether what stands in a cell is a figure, text, or nothing that is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..mentions.numerals import decimal
from ..mentions.scanning import alternation
from ..mentions.units import UnitTable, plain
from ..model import CellKind, Exact, Unit
from ..patterns import compiled

if TYPE_CHECKING:
    from ..rulebook import Rulebook

_LONGEST_FIGURE = 40
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_YEARS = range(1900, 2101)
_ONE_YEAR, _DAY = "年", "日"
_TO = "-"  # as every dash and ~ is normalised


class Plain(NamedTuple):
    """A number that is all that its cell says, but for a percent sign, marks of notes and a percentage behind it."""

    value: Exact
    end: int
    percent: bool


class CellReader:
    """The compiled words of cells; everything that is read here is normalised and has no white space around it."""

    def __init__(self, rules: Rulebook) -> None:
        tables, relations = rules.tables, rules.relations
        self.units = UnitTable(rules)
        self._multipliers = frozenset(rules.numerals.tens) | frozenset(rules.numerals.scales)
        self._scale_of = rules.numerals.tens | rules.numerals.scales
        self._empty = frozenset(tables.empty) | {""}
        self._notes = tables.notes
        self._falls = frozenset(tables.falls)
        notes = re.escape(tables.notes)
        marks = alternation((*tables.falls, *tables.rises))
        number = r"\d{1,3}(?:,\d{3})++(?:\.\d+)?|\d++(?:\.\d+)?"
        second = rf"[-+]?(?:{number})%"
        self._plain = compiled(
            rf"(?P<mark>{marks})?(?P<sign>[-+])? ?(?P<number>{number})(?P<percent> ?%)?"
            rf"(?P<note>[{notes}]*(?:\((?:[^()\d]{{1,10}}|{second})\)|/{second})?)"
        )
        self._negative = compiled(rf"\(-?(?P<number>{number})(?P<percent>%)?\)")
        after = [word for group in relations.after.values() for word in group]
        before = (
            *(word for group in relations.before.values() for word in group),
            *relations.before_money,
            *(word for entry in rules.cues.cues["move"] for word in entry.words),
            *rules.units.signs,
            *relations.negative,
            *tables.falls,
            *tables.rises,
            "第",
            "前",
            "+",
        )
        ages = alternation(rules.reading.ages)
        self._class = compiled(rf"\d-\d|(?:{ages})|(?:{alternation(after)})$")
        self._lead = compiled(rf"(?:(?:{alternation(before)}) ?){{0,3}}+")
        self._number = compiled(rf"(?:{number})(?:(?:[-至]|--)(?:{number})(?!\d))?")
        self._behind = compiled(rf" ?(?:{alternation(after)})?[{notes}]*")

    def kind(self, text: str) -> CellKind:
        """What kind of cell says ``text``. A bare year is a figure: only its column or row can tell otherwise."""
        if text in self._empty:
            return "empty"
        if len(text) > _LONGEST_FIGURE:
            return "text"
        return "figure" if self.plain(text) or self._is_measured(text) else "text"

    def is_year(self, text: str) -> bool:
        """2020 or 2020年: what a row or column of such is about."""
        return bool(_YEAR.fullmatch(text))

    def is_class(self, text: str) -> bool:
        """60岁及以上, 15-59岁, 1000万元以下: what its row is of, where it stands before the row's figures."""
        return bool(self._class.search(text)) and self.plain(text) is None

    def plain(self, text: str) -> Plain | None:
        """The number that ``text`` is, with its sign; (3.5) is negative. ``end`` is where a mark of a note begins."""
        match = self._plain.fullmatch(text)
        if match is None:
            match = self._negative.fullmatch(text)
            return Plain(-decimal(match["number"]), len(text), bool(match["percent"])) if match else None
        negative = match["sign"] == "-" or match["mark"] in self._falls
        value = decimal(match["number"])
        return Plain(-value if negative else value, match.start("note"), bool(match["percent"]))

    def unit(self, text: str) -> Unit | None:
        """The unit that ``text`` names and nothing else, with its multiplier: 万人次."""
        text = text.strip()
        start = 0
        while start < len(text) and text[start] in self._multipliers and start < 4:
            unit = self.units.at(text, start)
            if unit and len(unit.written) == len(text) - start:
                break
            start += 1
        scale = 1
        for character in text[:start]:
            scale *= self._scale_of[character]
        if start and start == len(text):
            return Unit(text, "1", scale, "number")
        unit = self.units.at(text, start)
        if unit is None or len(unit.written) != len(text) - start:
            return None
        return Unit(text, unit.base, plain(unit.factor * scale), unit.dimension) if start else unit

    def _is_measured(self, text: str) -> bool:
        """约3.5亿元, 第3位, 5-6%, 下降2.1个百分点: a number with its unit and what says how it holds."""
        lead = self._lead.match(text)
        start = lead.end() if lead else 0
        number = self._number.match(text, start)
        if number is None:
            return False
        joint = text.find(_TO, number.end())
        upper = self._number.match(text, joint + 1) if joint >= 0 else None
        if upper and self.unit(text[number.end() : joint]):
            number = upper  # 7500万元-15000万元
        rest = self._behind_unit(text, number.end())
        return rest is not None and not self._is_date(text[start : number.end()], text[number.end() : rest])

    def _behind_unit(self, text: str, start: int) -> int | None:
        """Where the unit at ``start`` ends, if nothing but words of relation stands behind it."""
        rest = text[start:].rstrip(self._notes)
        for end in range(len(rest), -1, -1):
            if self._behind.fullmatch(rest, end) and (not rest[:end].strip() or self.unit(rest[:end])):
                return start + end
        return None

    def _is_date(self, number: str, unit: str) -> bool:
        return unit == _DAY or (unit == _ONE_YEAR and number.isdigit() and int(number) in _YEARS)
