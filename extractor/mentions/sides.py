"""A number with its unit: a whole figure, or one end of a range."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ..model import Exact, Unit
from ..patterns import compiled
from .numerals import Numeral, NumeralParser
from .relations import Surroundings
from .units import UnitTable, plain

if TYPE_CHECKING:
    from ..rulebook import Rulebook

_COUNT, _PERCENT, _DURATION = "count", "percent", "duration"
_LONGEST_TERM = 4  # characters of a word that a single 一 counts behind
_YEARS = range(1900, 2101)
_LAST_DAY = 31
_HALF = Fraction(1, 2)
_NEAR = 24  # characters between a word and the unit that needs it
_WARM_WITHIN = 8  # characters before a number in which it is said to be of temperature
_LABELLED = 10_000  # 万元 and above say what figures are told in, 千名 counts


@dataclass(slots=True)
class Side:
    """A number with its unit. ``value`` has the multiplier in it; ``unit_end`` is −1 where no unit is written."""

    numeral: Numeral
    value: Exact
    relation: str
    end: int
    unit: Unit | None = None
    unit_start: int = -1
    unit_end: int = -1

    def become(self, value: Exact) -> None:
        """Count ``value`` of the unit instead."""
        self.value = plain(value)
        self.numeral = self.numeral._replace(value=self.value, mantissa=plain(Fraction(value) / self.numeral.scale))


class SideReader:
    """Reads a number with its unit; :meth:`at` is its entry."""

    def __init__(
        self,
        rules: Rulebook,
        numerals: NumeralParser,
        units: UnitTable,
        around: Surroundings,
        is_word: Callable[[str], bool],
        tag: Callable[[str], str],
    ) -> None:
        self._numerals, self._units, self._around = numerals, units, around
        self._is_word, self._tag = is_word, tag
        self._digits, self._numeral = frozenset(rules.numerals.digits), frozenset(numerals.characters)
        self._formal, self._inside = frozenset(rules.numerals.formal), frozenset(rules.numerals.inside)
        self._terms = tuple(rules.classifiers.one_behind)
        self._ambiguous = frozenset(rules.classifiers.digits_only)
        self._not_followed = rules.classifiers.not_followed
        self._only_near = rules.units.only_near
        self._scaled_only, self._warm = frozenset(rules.units.scaled_only), tuple(rules.units.warm)
        self._not_half, self._labels = frozenset(rules.numerals.not_half), frozenset(rules.relations.labels)
        self._celsius = units.get(rules.figures.degree)
        self._percent = units.get("%")
        self._parts, self._steps = rules.units.parts, rules.units.steps
        self._fraction_mark = rules.figures.fraction
        self._short = compiled(r"\d{1,2}(?![\d.,A-Za-z%])")
        self._dotted = compiled(r"[\d.]+")

    def begins(self, character: str) -> bool:
        """Whether a number can begin with ``character``."""
        return character in self._numeral or "0" <= character <= "9"

    def at(self, text: str, start: int, floor: int) -> Side | int:
        """The figure at ``start``, its unit if it has one; where to go on if there is none.

        What stands before ``floor`` belongs to an earlier figure.
        """
        if text[start] == "半":
            numeral: Numeral | int | None = Numeral(_HALF, _HALF, 1, "", start + 1, chinese=True)
        else:
            numeral = self._numerals.at(text, start)
        if numeral is None or isinstance(numeral, int):
            return numeral or start + 1
        end = numeral.end
        following = text[end : end + 1]
        if following == "%":
            return Side(numeral, numeral.value, numeral.relation, end + 1, self._percent, end, end + 1)
        if following == "." and text[end + 1 : end + 2].isdigit():
            return self.end_of_digits(text, end)  # 2.1.3 is the number of something
        side = self._measured(text, start, numeral, floor)
        if side is None:
            if numeral.chinese and not self._stands_alone(text, numeral):
                return end
            return Side(numeral, numeral.value, numeral.relation, end)
        self._with_half(text, side)
        if side.unit and side.unit.written in self._parts:
            self._with_parts(text, side)
        return side

    def end_of_digits(self, text: str, start: int) -> int:
        """Where digits and points end."""
        match = self._dotted.match(text, start)
        return match.end() if match else start + 1

    def unit_at(self, text: str, end: int) -> Unit | None:
        """The unit at ``end``, a Latin one or a percent sign also behind a space."""
        return self._units.at(text, self._unit_start(text, end))

    def _unit_start(self, text: str, end: int) -> int:
        return end + (text[end : end + 1] in (" ", "\n") and text[end + 1 : end + 2].isascii())

    # ----------------------------------------------------------------------------------------------------------- units

    def _measured(self, text: str, start: int, numeral: Numeral, floor: int) -> Side | None:
        """``numeral`` with the unit behind it; ``None`` where there is none, or only seems to be one."""
        end, relation, value = numeral.end, numeral.relation, numeral.value
        following = text[end : end + 1]
        if following == "个" and (text[end + 1 : end + 2] in self._inside or text.startswith("半", end + 1)):
            unit = self._units.at("个" + text[end + 2 : end + 6], 0)
            if unit and len(unit.written) > 1:  # 一个半小时, 三个多月
                stop = end + 1 + len(unit.written)
                side = Side(numeral, value, ">", stop, unit, end, stop)
                if text[end + 1] == "半":
                    side.relation = relation
                    side.become(value + _HALF)
                return side
        if following in self._inside and self.unit_at(text, end + 1):
            end, relation = end + 1, ">"
        unit_start = self._unit_start(text, end)
        unit = self._units.at(text, unit_start)
        if unit is None or (numeral.value >= _LABELLED and numeral.loose and text[start - 1 : start] in self._labels):
            return None
        stop = unit_start + len(unit.written)
        fitting = self._fitting(text, start, stop, unit, numeral, relation, floor)
        return Side(numeral, value, relation, stop, fitting, unit_start, stop) if fitting else None

    def _with_half(self, text: str, side: Side) -> None:
        """三年半, 三成半; 三成五 is 35%, 八五折 is 85%."""
        unit, end = side.unit, side.end
        assert unit
        following = text[end : end + 1]
        if unit.written == "成" and following in self._digits and text[end + 1 : end + 2] not in self._numeral:
            side.become(side.value + Fraction(self._numerals.whole(following) or 0, 10))
            side.end += 1
        elif unit.written == "折" and side.value > 10:
            side.become(Fraction(side.value, 10))
        elif following == "半" and unit.dimension != _COUNT and text[end + 1 : end + 2] not in self._not_half:
            side.become(side.value + _HALF * (side.numeral.scale if side.numeral.multiplier else 1))
            side.end += 1

    def _with_parts(self, text: str, side: Side) -> None:
        """Add the smaller units that follow: 3元2角5分, 2小时15分, 1米75."""
        while side.unit and self.begins(text[side.end : side.end + 1] or " "):
            if side.unit.written == "米" and self._is_short(text, side):
                return
            numeral = self._numerals.at(text, side.end)
            if not isinstance(numeral, Numeral) or numeral.multiplier:
                return
            smaller = self._parts.get(side.unit.written, {})
            written = max((word for word in smaller if text.startswith(word, numeral.end)), key=len, default="")
            unit = self._units.get(smaller[written]) if written else None
            if unit is None or text.startswith(self._fraction_mark, numeral.end + len(written) - 1):
                return
            self._add(side, numeral.value, unit, written)
            side.end = numeral.end + len(written)

    def _is_short(self, text: str, side: Side) -> bool:
        """1米75: the centimetres by themselves; adds them."""
        short = self._short.match(text, side.end)
        if short is None or self.unit_at(text, short.end()):
            return False
        side.become(side.value + Fraction(int(short[0]), 10 ** len(short[0])))
        side.end = short.end()
        return True

    def _add(self, side: Side, value: Exact, unit: Unit, written: str) -> None:
        """Money and lengths are summed in the greater unit, times in the smaller."""
        assert side.unit
        if side.unit.base == unit.base:
            side.become(side.value + value * Fraction(unit.factor) / side.unit.factor)
            return
        side.become(side.value * side.unit.factor * self._steps.get(side.unit.base, 1) + value)
        side.unit = Unit(written, unit.base, unit.factor, unit.dimension)

    # ------------------------------------------------------------------------------------------ what only looks like

    def _stands_alone(self, text: str, numeral: Numeral) -> bool:
        """A Chinese numeral without a unit that still counts something: 三亿农民, and 两 in 两到三万元."""
        if text[numeral.end - 1] in ("万", "亿"):
            return not numeral.loose
        return numeral.relation == "=" and text[numeral.end : numeral.end + 1] in ("至", "到", "-", "、")

    def _fitting(
        self, text: str, start: int, end: int, unit: Unit, numeral: Numeral, relation: str, floor: int
    ) -> Unit | None:
        """``unit`` where it is one; ``None`` where the characters only look so (三亚, 一批, 十分, 5点名)."""
        written = unit.written
        if written in self._scaled_only and not (numeral.scale > 1 and (numeral.multiplier or numeral.scale >= 10_000)):
            return self._degrees(text, start, written, floor)
        if text[end : end + 1] and text[end] in self._not_followed.get(written, ""):
            return None
        if written in self._only_near:
            window = text[max(0, start - _NEAR) : start]
            if not any(word in window for word in self._only_near[written]):
                return None
        if unit.dimension == _DURATION and self._is_date(written, numeral):
            return None
        # 3.1项目 is the number of a heading; in 5点名 the unit begins another word.
        doubtful = (unit.dimension == _COUNT and numeral.value.denominator != 1 and not numeral.multiplier) or (
            written in self._ambiguous and written not in self._not_followed
        )
        if doubtful and self._continues(text, end, len(written)):
            return None
        if not numeral.chinese or relation != "=" or numeral.end - start > 1:
            return unit
        return unit if self._single_fits(text, start, unit, floor) else None

    def _degrees(self, text: str, start: int, written: str, floor: int) -> Unit | None:
        """度 by itself measures temperature, where that is what is spoken of."""
        window = text[max(floor, start - _WARM_WITHIN) : start]
        if self._celsius is None or not any(word in window for word in self._warm):
            return None
        return Unit(written, self._celsius.base, self._celsius.factor, self._celsius.dimension)

    def _is_date(self, written: str, numeral: Numeral) -> bool:
        if written == "日":
            return numeral.value <= _LAST_DAY
        return written == "年" and not numeral.chinese and numeral.value in _YEARS

    def _single_fits(self, text: str, start: int, unit: Unit, floor: int) -> bool:
        """Whether a single Chinese numeral counts with ``unit``: not in 一名, 三亚 or 半路."""
        if unit.dimension == _PERCENT:
            return True
        if text[start] in self._formal:
            return not self._is_word(text[start - 1 : start + 1])  # 内陆|国家
        if text[start] == "半":
            return unit.dimension != _COUNT and unit.written not in self._ambiguous
        if text[start] == "一" and unit.dimension in (_COUNT, _DURATION):
            return unit.dimension == _DURATION and text.endswith(self._terms, max(0, start - _LONGEST_TERM), start)
        lead = self._around.before(text, start, floor)
        if lead.word and not lead.is_of_round:
            return True
        if unit.written in self._ambiguous:
            return False
        return not any(
            self._lexical(text[first:last])
            for first in (start - 1, start)
            for last in range(start + 2, start + 5)
            if first >= 0
        )

    def _continues(self, text: str, end: int, length: int) -> bool:
        """The unit's last character begins another word (点 in 点名, 面 in 面积)."""
        return any(self._is_word(text[end - length : last]) for last in (end + 1, end + 2) if last <= len(text))

    def _lexical(self, word: str) -> bool:
        return self._is_word(word) and self._tag(word) not in ("m", "mq", "q", "t", "")
