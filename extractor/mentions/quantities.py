"""Quantities: every figure read whole, once: sign, currency, number, unit, parts, range, and what says how it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_letters

from ..model import Amount, Exact, Mention, Unit
from ..rulebook import Rulebook
from .lists import Lists
from .numerals import Numeral, NumeralParser, decimal
from .relations import Lead, Surroundings
from .scanning import alternation
from .units import UnitTable, plain

_COUNT, _PERCENT, _CURRENCY, _DURATION, _NUMBER = "count", "percent", "currency", "duration", "number"
_KINDS = {_COUNT: "count", _PERCENT: "percent", "percentage_points": "points", "fold": "fold", "doubling": "doubling"}
_EACH = frozenset((_CURRENCY, "mass", "energy", "volume", "power"))  # what can be told for each of a measure
_LONGEST_EACH = 9  # characters from 每 to the number (每立方米下调)
_YEARS = range(1900, 2101)
_LARGEST_RANK = 10_000
_HALF = Fraction(1, 2)
_TAKEN, _WORD = "\0", "\1"  # stand for the characters that times and names have taken; normalised text has none
_JOINED = frozenset("年月日号时分末底初度季周天)]”》0123456789" + ascii_letters)  # a dash behind these joins
_SAYS_UNIT = re.compile(r"\(([十百千万亿]*)([^()\d]{1,8})\)[:为]?$")
_LONGEST_LABEL = 14
_LABELS = frozenset(":(/每")  # behind these a bare 万元 or 亿元 says what figures are told in

_Result = tuple[Mention | None, int]


@dataclass(slots=True)
class _Side:
    """A number with its unit: a whole figure, or one end of a range."""

    numeral: Numeral
    unit: Unit | None
    end: int
    value: Exact
    """With its multiplier."""
    relation: str
    unit_start: int = -1
    unit_end: int = -1

    @property
    def scale(self) -> int:
        """What the multiplier makes of the number, where it is counted as a part of the unit."""
        return self.numeral.scale if self.numeral.multiplier else 1


class QuantityFinder:
    """Compiled from units, classifiers, numerals and relations; :meth:`find` is its one use."""

    def __init__(self, rules: Rulebook, is_word: Callable[[str], bool], tag: Callable[[str], str]) -> None:
        self._numerals = NumeralParser(rules.numerals)
        self._units = UnitTable(rules)
        self._around = Surroundings(rules)
        self._lists = Lists(rules)
        self._is_word, self._tag = is_word, tag
        units, classifiers = rules.units, rules.classifiers
        self._ambiguous = frozenset(classifiers.digits_only)
        self._not_followed = classifiers.not_followed
        self._scaled_only, self._warm = frozenset(units.scaled_only), tuple(units.warm)
        self._parts, self._steps = units.parts, units.steps
        self._per_verbs = frozenset(units.per_verbs)
        self._classes, self._scale_classes = tuple(units.classes), tuple(units.scale_classes)
        self._dating, self._not_dating = tuple(units.dating), tuple(units.not_dating)
        self._indefinite = tuple(rules.numerals.indefinite)
        self._inside = frozenset(rules.numerals.inside)
        self._digits = frozenset(rules.numerals.digits)
        self._currencies = re.compile(alternation(word for word in units.signs if not word[-1].isalpha()))
        self._celsius = self._units.get("摄氏度")
        numerals = self._numerals.characters
        self._numeral, self._formal = frozenset(numerals), frozenset(rules.numerals.formal)
        number = rf"(?:[{numerals}]|零(?!下))"
        self._starts = re.compile(
            rf"(?P<fraction>(?:\d{{1,3}}|{number}{{1,3}})分之)|(?P<half>过半数?|半数|一半)(?![导径岛])"
            rf"|(?P<figure>\d+|{number}+|半)|(?P<ordinal>[第前](?=[\d{numerals}]))"
            r"|(?P<first>首位|榜首|冠军)(?:位|名)?|(?P<doubling>翻)"
        )
        self._doubling = re.compile(
            rf"翻(?:了)?(?P<near>近|将近|超过?|约)?(?P<times>\d+(?:\.\d+)?|[{numerals}]+)?(?P<what>番|倍)"
        )
        self._range = re.compile(r"(?:\(含\))?(?:-{1,3}|至|到)(?P<sign>负|零下|-|\+)?")
        self._proportion = re.compile(r"\d+(?:\.\d+)?(?:[:∶比]\d+(?:\.\d+)?)+")
        self._part = re.compile(r"\d+(?:\.\d+)?")
        self._of = re.compile(rf"(?:-|至|到)(?:[百千万]分之)?")
        self._short = re.compile(r"\d{1,2}(?![\d.,A-Za-z%])")
        self._slash = re.compile(r"/(\d{1,3})(?![\d./])")
        self._dotted = re.compile(r"[\d.]+")

    def find(self, text: str, taken: bytearray) -> Iterator[Mention]:
        """The quantities of ``text`` outside what is ``taken`` (a mark for each code point).

        Yields mentions whose ``value`` is an :class:`Amount`, and those of kind ``close`` for what is said again in
        other units; in order but for these.
        """
        free = _masked(text, taken)
        found: list[Mention] = []
        readers: dict[str, Callable[[str, int, int], _Result]] = {
            "figure": self._figure,
            "fraction": self._fraction,
            "half": self._half,
            "ordinal": self._ordinal,
            "first": self._first,
            "doubling": self._doubled,
        }
        done = 0
        for hit in self._starts.finditer(free):
            start = hit.start()
            if start < done:
                continue
            kind = hit.lastgroup or ""
            if kind == "figure" and (parts := self._proportional(free, start)) is not None:
                mentions, done = parts
                found += mentions
                continue
            mention, end = readers[kind](free, start, done)
            # A number that is none stays whole: its digits are not tried again one by one.
            done = max(done, end)
            if mention:
                found.append(mention)
        return self._lists.joined(found, free)

    # ---------------------------------------------------------------------------------------- figures that are no sums

    def _proportional(self, text: str, start: int) -> tuple[list[Mention], int] | None:
        """The parts of 9.1:38.9:52.0, as percentages of the whole; 3:1 is a score and has none."""
        if not "0" <= text[start] <= "9":
            return None
        first = self._part.match(text, start)
        if first is None or text[first.end() : first.end() + 1] not in (":", "∶", "比"):
            return None
        whole = self._proportion.match(text, start)
        if whole is None:
            return None
        parts = list(self._part.finditer(text, start, whole.end()))
        values = [decimal(part.group()) for part in parts]
        total = sum(values)
        if len(parts) < 3 or not total:
            return [], self._end_of(text, parts[-1].start())
        scale = 1 if 98 <= total <= 102 else Fraction(100, total)
        shares = [plain(value * scale) for value in values]
        return [
            Mention(
                "proportion",
                part.start(),
                part.end(),
                part.group(),
                value=Amount(value, None, "%", "=", share, None, "%", _PERCENT),
            )
            for part, value, share in zip(parts, values, shares, strict=True)
        ], whole.end()

    def _fraction(self, text: str, start: int, floor: int) -> _Result:
        """百分之五点七, 千分之三, 三分之二, 百分之二三十, 百分之五至八."""
        mark = text.index("分之", start)
        part = self._numerals.at(text, mark + 2)
        whole = self._whole(text[start:mark])
        if not whole or not isinstance(part, Numeral):
            return None, mark + 2
        scale = Fraction(100, whole)
        value, upper, end = part.value * scale, part.upper, part.end
        relation = part.relation
        if text[end : end + 1] in self._inside:
            end, relation = end + 1, ">"
        if upper is not None:
            upper = upper * scale
        elif (to := self._of.match(text, end)) and isinstance(high := self._numerals.at(text, to.end()), Numeral):
            upper, end = high.value * scale, high.end
        return self._percentage(text, start, end, floor, value, upper, relation)

    def _whole(self, written: str) -> Exact:
        return decimal(written) if written.isdigit() and written.isascii() else self._numerals.whole(written) or 0

    def _half(self, text: str, start: int, floor: int) -> _Result:
        written = text[start : start + 2]
        end = start + (3 if text.startswith("过半数", start) else 2)
        return self._percentage(text, start, end, floor, 50, None, ">" if written == "过半" else "=")

    def _percentage(
        self, text: str, start: int, end: int, floor: int, value: Exact, upper: Exact | None, relation: str
    ) -> _Result:
        lead = self._around.before(text, start, floor)
        if lead.sign in ("-", "负", "零下"):
            value, upper = -value, None if upper is None else -upper
        begin = lead.start
        if lead.only:
            begin, lead.relation = lead.signed, "="
        end, behind, bounded = self._around.behind(text, end)
        relation = next((r for r in (lead.relation, relation, behind) if r != "="), "=")
        value, upper = plain(value), None if upper is None else plain(upper)
        amount = Amount(value, upper, "%", relation, value, upper, "%", _PERCENT, bounded_after=bounded)
        return Mention("percent", begin, end, text[begin:end], value=amount), end

    def _doubled(self, text: str, start: int, floor: int) -> _Result:
        """翻番, 翻两番, 翻了1.5倍: the growth in percent."""
        match = self._doubling.match(text, start)
        if match is None:
            return None, start + 1
        times: Exact = 1
        if written := match["times"]:
            number = None if written[0].isascii() else self._numerals.chinese(written)
            if number is None and not written[0].isascii():
                return None, match.end()
            times = number.value if number else decimal(written)
        if match["what"] == "番" and (times > 20 or times.denominator != 1):
            return None, match.end()
        folds = 2 ** int(times) if match["what"] == "番" else 1 + times
        growth = plain((folds - 1) * 100)
        lead = self._around.before(text, start, floor)
        near = self._around.before(match.group(), match.start(match["times"] and "times" or "what") - start, 1)
        end, behind, bounded = self._around.behind(text, match.end())
        relation = next((r for r in (lead.relation, near.relation, behind) if r != "="), "=")
        begin = lead.start if lead.word and not lead.only else start
        amount = Amount(times, None, match["what"], relation, growth, None, "%", "doubling", bounded_after=bounded)
        return Mention("doubling", begin, end, text[begin:end], value=amount), end

    # ----------------------------------------------------------------------------------------------------------- ranks

    def _first(self, text: str, start: int, floor: int) -> _Result:
        end = start + 2
        amount = Amount(1, None, "", "=", 1, None, "1", "rank")
        return Mention("ordinal", start, end, text[start:end], value=amount), end

    def _ordinal(self, text: str, start: int, floor: int) -> _Result:
        """第十一位, 第3, 前十: a rank. 第1000万辆 is none, and no other figure; 前3家 and 目前3家 count."""
        top = text[start] == "前"
        number = self._numerals.at(text, start + 1)
        if number is None or isinstance(number, int):
            return None, number or start + 1
        end = number.end
        unit = text[end : end + 1]
        if unit and unit in ("位名强甲列" if top else "位名"):
            end += 1
        elif text.startswith("大", end) and top:
            return None, end
        elif top and self._is_plain(text, start, number):
            unit_behind = self._unit_at(text, end)
            return None, end if unit_behind and unit_behind.dimension == _DURATION else start + 1
        elif not top and (number.multiplier or self._unit_at(text, end)):
            return None, end + 1
        else:
            unit = ""
        if number.upper is not None or number.value >= _LARGEST_RANK or number.value.denominator != 1:
            return None, end
        amount = Amount(number.value, None, unit, "<=" if top else "=", number.value, None, "1", "rank")
        return Mention("ordinal", start, end, text[start:end], value=amount), end

    def _is_plain(self, text: str, start: int, number: Numeral) -> bool:
        """Behind 前 stands a figure of its own (目前3家, 前30%), no rank."""
        return bool(
            number.multiplier
            or self._unit_at(text, number.end)
            or text[number.end : number.end + 1] in self._inside
            or text[start - 1 : start] in tuple("目此年之日提以月天")
        )

    # --------------------------------------------------------------------------------------------------------- figures

    def _figure(self, text: str, start: int, floor: int) -> _Result:
        """A number with a unit or without."""
        if text[start] == "0" and text[start + 1 : start + 2].isdigit():
            return None, self._dotted.match(text, start).end()  # type: ignore[union-attr]
        if text[start - 1 : start] in self._indefinite:
            return None, self._end_of(text, start)  # 数十家, 几百人
        side = self._side(text, start, floor)
        if isinstance(side, int):
            return None, side
        lead = self._around.before(text, start, floor) if text[start - 1 : start] in self._around.closing else None
        lead = lead or Lead(start, start)
        if lead.symbol and side.unit and side.unit.written == "元" and lead.currency != "CNY" and "," in text[start : side.end]:
            # $40,600元: two amounts in two currencies.
            end = text.index(",", start)
            number = decimal(text[start:end])
            side = _Side(Numeral(number, number, 1, "", end), None, end, number, "=")
        if side.unit is None and self._is_ratio(text, start, side):
            return self._ratio(text, start, side, floor)
        return self._finished(text, start, floor, side, lead)

    def _finished(self, text: str, start: int, floor: int, side: _Side, lead: Lead) -> _Result:
        negative = lead.sign in ("-", "负", "零下")
        low, upper = side, None
        end = self._with_parts(text, side)
        high = self._high(text, side, lead)
        bounded = False
        relation = side.relation
        if isinstance(high, int):
            return None, high
        if high is not None:
            upper, end = high.value, high.end
            unit = high.unit or side.unit
            low = self._borrowing(side, high)
        else:
            unit = side.unit
            upper = None if side.numeral.upper is None else side.numeral.upper
        if unit is None and lead.currency:
            unit = Unit("", lead.currency, 1, _CURRENCY)
        elif unit is None:
            unit = self._labelled(text, start)
        if unit is None and self._is_nameless(text, start, end, floor, side):
            return None, end
        if end_of_class := self._is_class(text, end, unit, side):
            return None, end_of_class
        if text[end : end + 1] in self._around.opening:
            end, behind, bounded = self._around.behind(text, end)
            if behind == ">=" and (closed := self._closed(text, end, side)):
                upper, end, behind = closed.value, closed.end, "="
            relation = behind if relation == "=" else relation
        return self._built(text, start, end, floor, lead, low, high, unit, upper, relation, bounded, negative), end

    def _side(self, text: str, start: int, floor: int) -> _Side | int:
        """The number at ``start`` with its unit; where to go on if it is none."""
        if text[start] == "半":
            numeral: Numeral | int | None = Numeral(_HALF, _HALF, 1, "", start + 1, chinese=True)
        else:
            numeral = self._numerals.at(text, start)
        if numeral is None or isinstance(numeral, int):
            return numeral or start + 1
        end, relation, value = numeral.end, numeral.relation, numeral.value
        following = text[end : end + 1]
        if following == "%" or (following == "\n" and text.startswith("%", end + 1)):
            end += following == "\n"
            unit = self._units.get("%")
            return _Side(numeral, unit, end + 1, value, relation, end, end + 1)
        if following == "." and text[end + 1 : end + 2].isdigit():
            return self._dotted.match(text, end).end()  # type: ignore[union-attr]  # 2.1.3 is a number of something
        at = end
        if following == "个" and text[end + 1 : end + 2] in ("半", "多", "余", "来"):
            # 一个半小时, 三个多月
            unit = self._units.at("个" + text[end + 2 : end + 6], 0)
            if unit and len(unit.written) > 1:
                value, relation = (value + _HALF, relation) if text[end + 1] == "半" else (value, ">")
                numeral = numeral._replace(value=value, mantissa=value)
                stop = end + 1 + len(unit.written)
                return _Side(numeral, unit, stop, value, relation, end, stop)
        elif following in self._inside and following and self._unit_at(text, end + 1):
            at, relation = end + 1, ">"
        unit = self._unit_at(text, at)
        if unit and numeral.loose and numeral.end - start == 1 and text[start - 1 : start] in _LABELS:
            return end  # 单位:亿元
        if unit:
            unit_start = at + (text[at] == " ")
            stop = unit_start + len(unit.written)
            unit = self._fitting(text, start, at, stop, unit, numeral, relation, floor)
        if unit is None:
            if numeral.chinese and not self._stands_alone(text, numeral):
                return end
            return _Side(numeral, None, end, value, numeral.relation)
        if unit.dimension == _PERCENT:
            value, stop = self._tenths(text, stop, unit, value)
        if text.startswith("半", stop) and unit.dimension != _COUNT and text[stop + 1 : stop + 2] not in ("径", "数", "年"):
            value, stop = value + _HALF * (numeral.scale if numeral.multiplier else 1), stop + 1  # 三年半, 三成半
        if value is not numeral.value:
            numeral = numeral._replace(value=value, mantissa=value if numeral.scale == 1 else plain(Fraction(value, numeral.scale)))
        return _Side(numeral, unit, stop, value, relation, unit_start, unit_start + len(unit.written))

    def _tenths(self, text: str, end: int, unit: Unit, value: Exact) -> tuple[Exact, int]:
        """三成五 is 35%, 八五折 and 8.5折 are 85%."""
        following = text[end : end + 1]
        if unit.written == "成" and following in self._digits and text[end + 1 : end + 2] not in self._numeral:
            digit = self._numerals.whole(following) or 0
            return value + Fraction(digit, 10), end + 1
        if unit.written == "折" and value > 10:
            return Fraction(value, 10), end
        return value, end

    def _unit_at(self, text: str, end: int) -> Unit | None:
        """The unit at ``end``, a Latin one also behind a space."""
        if text[end : end + 1] == " " and text[end + 1 : end + 2].isascii():
            end += 1
        return self._units.at(text, end)

    def _stands_alone(self, text: str, numeral: Numeral) -> bool:
        """A Chinese numeral without a unit that still counts something: 三亿农民, and 两 in 两到三万元."""
        last = text[numeral.end - 1]
        return numeral.relation == "=" and (
            (last in "万亿" and not numeral.loose) or text[numeral.end : numeral.end + 1] in ("至", "到", "-", "、")
        )

    def _with_parts(self, text: str, side: _Side) -> int:
        """3元2角5分, 2小时15分: add the smaller units to ``side``; where they end."""
        if side.unit and side.unit.written == "米" and (short := self._short.match(text, side.end)):
            if not self._unit_at(text, short.end()):
                side.value = side.value + Fraction(int(short[0]), 10 ** len(short[0]))  # 1米75
                side.numeral, side.end = side.numeral._replace(mantissa=side.value), short.end()
            return side.end
        while side.unit and (smaller := self._parts.get(side.unit.written)):
            numeral = self._numerals.at(text, side.end) if text[side.end : side.end + 1] else None
            if not isinstance(numeral, Numeral) or numeral.multiplier:
                break
            written = next((w for w in sorted(smaller, key=len, reverse=True) if text.startswith(w, numeral.end)), None)
            unit = self._units.get(smaller[written]) if written else None
            if not written or not unit:
                break
            if written == "分" and text[numeral.end : numeral.end + 2] in ("分之", "分别"):
                break
            self._add(side, numeral, unit, written)
            side.end = numeral.end + len(written)
            if side.unit.base == unit.base and written in self._parts and side.unit.written in ("元", "圆", "块", "米"):
                continue
            side.unit_end = side.end
        return side.end

    def _add(self, side: _Side, numeral: Numeral, unit: Unit, written: str) -> None:
        """Money is summed in the greater unit, time in the smaller."""
        assert side.unit
        if side.unit.base == unit.base:
            side.value = plain(side.value + numeral.value * Fraction(unit.factor) / side.unit.factor)
        else:
            side.value = side.value * side.unit.factor * self._steps.get(side.unit.base, 1) + numeral.value
            side.unit = _as_written(unit, written)
        side.numeral = Numeral(side.value, side.value, 1, "", side.end)

    # ---------------------------------------------------------------------------------------------------------- ranges

    def _high(self, text: str, low: _Side, lead: Lead) -> _Side | int | None:
        """The other end of a range; where to go on if the two numbers are neither a range nor figures."""
        if text[low.end : low.end + 1] not in ("-", "至", "到", "("):
            return None
        dash = self._range.match(text, low.end)
        if dash is None:
            return None
        start = dash.end()
        if symbol := self._currencies.match(text, start):
            start = symbol.end()
        if not text[start : start + 1] or not self._begins_number(text[start]):
            return None
        high = self._side(text, start, dash.end())
        if isinstance(high, int):
            return None
        if high.unit is None:
            if low.unit or not text[low.end].isascii() or lead.currency or high.numeral.multiplier:
                return high if not low.unit and (lead.currency or high.numeral.multiplier) else None
            return None if text[low.end] == "(" else high.end  # 3-5 is a score or a name
        if low.unit and low.unit.base != high.unit.base:
            return None
        sign = dash["sign"]
        falls = low.numeral.relation == "=" and high.value < low.value and dash.group().count("-") > 1
        if sign in ("负", "零下", "-") or (falls and "-" in text[low.end : start]):
            high.value = -high.value
        if lead.sign == "-" and dash.group() == "--":
            high.value = -abs(high.value)
        return high

    def _borrowing(self, low: _Side, high: _Side) -> _Side:
        """The lower end with the unit, and the multiplier where it has none, of the upper: 两到三万元, 100-200万."""
        if low.unit is not None or high.numeral.scale == 1 or low.numeral.scale != 1:
            return low
        if low.value < abs(high.value) / high.numeral.scale:
            low.value = low.value * high.numeral.scale
            low.numeral = low.numeral._replace(scale=high.numeral.scale, multiplier=high.numeral.multiplier)
        return low

    def _closed(self, text: str, end: int, low: _Side) -> _Side | None:
        """10人以上30人以下: the upper bound right behind the lower one."""
        start = end + (text[end : end + 1] in ("、", ",", "至", "到"))
        if not text[start : start + 1] or not self._begins_number(text[start]):
            return None
        high = self._side(text, start, end)
        if isinstance(high, int) or not high.unit or not low.unit or high.unit.base != low.unit.base:
            return None
        stop, relation, _ = self._around.behind(text, high.end)
        if relation != "<=":
            return None
        high.end = stop
        return high

    # --------------------------------------------------------------------------------------------------- slash numbers

    def _is_ratio(self, text: str, start: int, side: _Side) -> bool:
        """约占1/3, no list (4.15/3.72亿元) and no date."""
        if side.numeral.chinese or text[side.end : side.end + 1] != "/":
            return False
        match = self._slash.match(text, side.end)
        if not match or text[start - 1 : start] in ("/", "-") or side.value.denominator != 1:
            return False
        return 0 < side.value < int(match[1]) <= 100 and not self._unit_at(text, match.end()) and text[match.end() : match.end() + 1] not in self._numeral

    def _ratio(self, text: str, start: int, side: _Side, floor: int) -> _Result:
        match = self._slash.match(text, side.end)
        assert match
        return self._percentage(text, start, match.end(), floor, side.value * Fraction(100, int(match[1])), None, "=")

    # -------------------------------------------------------------------------------------------------- what is no figure

    def _fitting(
        self, text: str, start: int, at: int, end: int, unit: Unit, numeral: Numeral, relation: str, floor: int
    ) -> Unit | None:
        """``unit`` where it is one; ``None`` where the characters only look so (三亚, 一批, 十分, 5点名)."""
        written = unit.written
        if written in self._scaled_only and not (numeral.multiplier or (numeral.chinese and numeral.scale >= 10_000)):
            window = text[max(floor, start - 8) : start]
            return self._celsius and _as_written(self._celsius, written) if any(w in window for w in self._warm) else None
        if text[end : end + 1] and text[end] in self._not_followed.get(written, ""):
            return None
        if written == "日" and numeral.value <= 31:
            return None
        if written == "年" and not numeral.chinese and numeral.value in _YEARS:
            return None
        if unit.dimension == _COUNT and numeral.value.denominator != 1 and not numeral.multiplier and self._continues(text, end, len(written)):
            return None  # 3.1项目: the number of a heading
        listed = written in self._not_followed
        if written in self._ambiguous and not listed and self._continues(text, end, len(written)):
            return None
        if not numeral.chinese or relation != "=" or at - start > 1:
            return unit
        return unit if self._single_fits(text, start, unit, floor) else None

    def _single_fits(self, text: str, start: int, unit: Unit, floor: int) -> bool:
        """Whether a single Chinese numeral counts with ``unit``: not in 一名, 三亚 or 半路."""
        if unit.dimension == _PERCENT or text[start] in self._formal:
            return True
        if text[start] == "半":
            return unit.dimension != _COUNT and unit.written not in self._ambiguous
        if text[start] == "一" and unit.dimension in (_COUNT, _DURATION):
            return False
        if start > floor and self._around.before(text, start, floor).word:
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

    def _is_nameless(self, text: str, start: int, end: int, floor: int, side: _Side) -> bool:
        """A bare number that names or numbers something: R007, 5A, 3.2 right behind a figure."""
        if side.numeral.scale > 1 and side.numeral.relation == "=":
            return text[end - 1] == "兆"
        if text[end : end + 1] in self._scaled_only:
            return True
        if side.numeral.chinese:
            return side.numeral.relation == "=" and not text.startswith("、", end)
        previous, following = text[start - 1 : start], text[end : end + 1]
        return (
            (previous.isascii() and previous.isalpha())
            or (following.isascii() and following.isalpha())
            or ("." in text[start:end] and (start == 0 or previous == "\n" or start == floor) and following.isalpha())
        )

    def _is_class(self, text: str, end: int, unit: Unit | None, side: _Side) -> int:
        """Where the name ends of which the figure is a part (万吨级, 5年期, 4.0版, 三年前); 0 if it is an amount."""
        for word in self._classes:
            if text.startswith(word, end):
                return end + len(word)
        if (unit or side.numeral.scale >= 1000) and text.startswith(self._scale_classes, end):
            return end + 1
        if unit and unit.dimension == _DURATION and side.unit_end == end:
            if text.startswith(self._dating, end) and not text.startswith(self._not_dating, end):
                return end
        return 0

    def _labelled(self, text: str, start: int) -> Unit | None:
        """The unit that the label before the number names: 新增授信额度(亿元):27.80."""
        if text[start - 1 : start] not in (":", ")", "为"):
            return None
        label = _SAYS_UNIT.search(text[max(0, start - _LONGEST_LABEL) : start])
        unit = self._units.get(label[2]) if label else None
        if label is None or unit is None:
            return None
        return Unit(label[1] + unit.written, unit.base, unit.factor * self._numerals.multiplier(label[1]), unit.dimension)

    def _begins_number(self, character: str) -> bool:
        return character in self._numeral or "0" <= character <= "9"

    def _end_of(self, text: str, start: int) -> int:
        number = self._numerals.at(text, start)
        return number if isinstance(number, int) else number.end if number else start + 1

    # --------------------------------------------------------------------------------------------------------- building

    def _built(
        self,
        text: str,
        start: int,
        end: int,
        floor: int,
        lead: Lead,
        low: _Side,
        high: _Side | None,
        unit: Unit | None,
        upper: Exact | None,
        relation: str,
        bounded: bool,
        negative: bool,
    ) -> Mention:
        numeral = low.numeral
        begin = lead.start
        dimension = unit.dimension if unit else _NUMBER
        if lead.word and ((lead.is_of_round and not numeral.loose) or (lead.is_of_money and dimension != _CURRENCY)):
            begin = lead.signed
        elif lead.relation != "=":
            relation = lead.relation
        if lead.currency and dimension != _CURRENCY:
            begin = start
        elif lead.currency and unit and unit.base == "CNY":
            unit = Unit(unit.written, lead.currency, unit.factor, unit.dimension)
        value: Exact = -low.value if negative else low.value
        if lead.sign == "±" and upper is None:
            value, upper = -low.value, low.value
        elif negative and high is None and upper is not None:
            upper = -upper
        if relation == "=" and numeral.loose and high is None and unit and dimension not in (_PERCENT, "fold"):
            relation = "~"
        factor = unit.factor if unit else 1
        base_value, base_upper = value, upper
        if factor != 1:
            base_value, base_upper = plain(value * factor), None if upper is None else plain(upper * factor)
        if high is not None and low.unit and high.unit and low.unit.factor != high.unit.factor:
            base_value = plain(value * low.unit.factor)
            value = plain(Fraction(base_value) / high.unit.factor)
        scaled = high.numeral if high is not None else numeral
        if scaled.multiplier:
            value = -numeral.mantissa if negative and high is None else plain(Fraction(value) / scaled.scale)
            value = numeral.mantissa if high is None and not negative and lead.sign != "±" else value
            upper = None if upper is None else plain(Fraction(upper) / scaled.scale)
        base, per = unit.base if unit else "1", ""
        if dimension in _EACH and "/" not in base:
            per = self._each(text, begin, floor)
            if per and self._units.is_measure(per):
                base = f"{base}/{self._units.symbol(per)}"
        ends = high if high is not None and high.unit else low
        amount = Amount(
            value,
            upper,
            scaled.multiplier + (unit.written if unit else ""),
            relation,
            base_value,
            base_upper,
            base,
            dimension,
            bounded,
            ends.unit_start,
            ends.unit_end,
            per,
        )
        kind = _KINDS.get(dimension, "amount") if unit else "scaled" if numeral.scale >= 10_000 else "number"
        return Mention(kind, begin, end, text[begin:end], value=amount)

    def _each(self, text: str, begin: int, floor: int) -> str:
        """What the amount is one for each of, where that stands right before it: 每吨105元, 每吨下调105元."""
        each = text.rfind("每", max(floor, begin - _LONGEST_EACH), begin)
        word = self._units.per.at(text, each + 1) if each >= 0 else ""
        between = text[each + 1 + len(word) : begin]
        return word if word and (not between or between in self._per_verbs) else ""


def _as_written(unit: Unit, written: str) -> Unit:
    return Unit(written, unit.base, unit.factor, unit.dimension)


def _masked(text: str, taken: bytearray) -> str:
    """``text`` with a mark in place of each character that is taken; words (同比) end in one that a sign may follow."""
    pieces = []
    position = 0
    for run in re.finditer(b"\x01+", taken):
        start, end = run.span()
        pieces += [text[position:start], _TAKEN * (end - start - 1), _WORD if text[end - 1] not in _JOINED else _TAKEN]
        position = end
    return "".join([*pieces, text[position:]])
