"""Quantities: every figure read whole, once: sign, currency, number, unit, parts, range, and what says how it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from string import ascii_letters, digits
from typing import TYPE_CHECKING

from ..model import Amount, Exact, Mention, Unit
from ..patterns import compiled
from .lists import Lists
from .numerals import Numeral, NumeralParser, decimal
from .relations import Lead, Surroundings
from .scanning import BEFORE_SIGN, alternation
from .sides import Side, SideReader
from .units import UnitTable, plain, size

if TYPE_CHECKING:
    from ..rulebook import Rulebook

_COUNT, _PERCENT, _CURRENCY, _DURATION, _NUMBER = "count", "percent", "currency", "duration", "number"
KINDS_OF_DIMENSIONS = {
    _COUNT: "count",
    _PERCENT: "percent",
    "percentage_points": "points",
    "fold": "fold",
    "doubling": "doubling",
}
_EACH = frozenset((_CURRENCY, "mass", "energy", "volume", "power", "length"))  # what can be told for each of a measure
_LONGEST_EACH = 9  # characters from 每 to the number (每立方米下调)
_LARGEST_RANK = 10_000
_WHOLE = range(98, 103)  # what the percentages of a whole add up to, rounded as they are
_LOOSE_TO = 10_000  # a bare number with a multiplier of this or more is of money or people not named (3.1万亿)
_CLASS_FROM = 1000  # 千吨级 and above are classes, 5.6级 counts
_TAKEN, _WORD = "\0", "\1"  # stand for the characters that times and names have taken; normalised text has none
_SAYS_UNIT = re.compile(r"\(([十百千万亿]*)([^()\d]{1,8})\)[:为]?$")
_LONGEST_LABEL = 14
_RANGE_MARKS = frozenset("-至到(")
_LEADS_TO = frozenset("至到")
_VERB_OF_RATE = 6  # characters of a rate's last character and its verb (率同比提升)
_MANY_TIMES = 3  # the level that a change leads to is at least so many times the change

_Result = tuple[list[Mention], int]


class QuantityFinder:
    """Compiled from units, classifiers, numerals and relations; :meth:`find` is its one use."""

    def __init__(self, rules: Rulebook, is_word: Callable[[str], bool], tag: Callable[[str], str]) -> None:
        self._numerals = NumeralParser(rules.numerals)
        self._units = UnitTable(rules)
        self._around = Surroundings(rules)
        self._sides = SideReader(rules, self._numerals, self._units, self._around, is_word, tag)
        self._lists = Lists(rules)
        units = rules.units
        self._latin_scales = units.latin_scales
        self._latin_scale = compiled(rf"(?:{alternation(units.latin_scales)})(?![A-Za-z\d])")
        self._scaled_only = frozenset(units.scaled_only)
        self._per_verbs = frozenset(units.per_verbs)
        self._classes, self._scale_classes = tuple(units.classes), tuple(units.scale_classes)
        self._dating, self._not_dating = tuple(units.dating), tuple(units.not_dating)
        self._dated = tuple(units.dated)
        self._class_begins = frozenset(word[0] for word in (*units.classes, *units.scale_classes, *units.dating))
        self._ranks = rules.classifiers.ranks
        self._label_ends = frozenset(rules.relations.label_ends)
        below = alternation((*rules.relations.before["<"], *rules.relations.before["<="]))
        self._bounds = compiled(rf"(?:\([^()\n]{{1,12}}\))?[,、]?(?:但|且|至|到)?(?P<below>{below})?")
        self._moves = frozenset(rules.relations.moves)
        self._of_rates = tuple(rules.relations.of_rates)
        self._joined = frozenset(rules.relations.joined + digits + ascii_letters)
        self._negative = frozenset(rules.relations.negative) - {"±"}
        self._indefinite = frozenset(word[-1] for word in rules.numerals.indefinite)
        self._inside = frozenset(rules.numerals.inside)
        self._round = frozenset(rules.numerals.tens) | frozenset(rules.numerals.scales)
        numerals = self._numerals.characters
        self._numeral = frozenset(numerals)
        self._currencies = compiled(alternation(word for word in units.signs if not word[-1].isalpha()))
        figures = rules.figures
        self._fraction_mark, self._halves = figures.fraction, figures.halves
        fraction = re.escape(figures.fraction)
        signs = [word for word in rules.relations.negative if word[0] in numerals]
        number = f"(?:(?!{'|'.join(signs)})[{numerals}])"
        self._starts = compiled(
            rf"(?P<fraction>{number}{{1,3}}{fraction})"
            rf"|(?P<half>{alternation(figures.halves)})(?![{figures.not_halves}])"
            rf"|(?P<figure>{number}+|半)|(?P<ordinal>[第前](?=[\d{numerals}]))"
            rf"|(?P<first>{alternation(figures.firsts)})|(?P<doubling>翻)"
        )
        firsts = "".join(sorted({word[0] for word in (*figures.halves, *figures.firsts)}))
        self._entries = compiled(rf"[0-9第前翻半{firsts}{numerals}]")
        self._doubling = compiled(
            rf"翻了?(?:{alternation(figures.doubled_before)})?"
            rf"(?P<times>\d+(?:\.\d+)?|[{numerals}]+)?(?P<what>番|倍)"
        )
        self._range = compiled(rf"(?:\(含\))?(?:-{{1,3}}|至|到)(?P<sign>{alternation(self._negative | {'+'})})?")
        self._proportion = compiled(r"\d+(?:\.\d+)?(?:[:∶比]\d+(?:\.\d+)?)+")
        self._part = compiled(r"\d+(?:\.\d+)?")
        self._of = compiled(rf"(?:-|至|到)(?:[百千万]{fraction})?")
        self._joining = compiled(rf"(?P<ratio>[:∶比]\d)|(?P<of>{fraction})|/\d")
        self._slash = compiled(r"/(\d{1,3})(?![\d./])")
        self._readers: dict[str, Callable[[str, int, int], _Result]] = {
            "figure": self._figure,
            "fraction": self._fraction,
            "half": self._half,
            "ordinal": self._ordinal,
            "first": self._first,
            "doubling": self._doubled,
        }

    def find(self, text: str, taken: bytearray) -> Iterator[Mention]:
        """The quantities of ``text`` outside what is ``taken`` (a mark for each code point).

        Yields mentions whose ``value`` is an :class:`Amount`, and those of kind ``close`` for what is said again in
        other units.
        """
        free = _masked(text, taken, self._joined)
        found: list[Mention] = []
        position = floor = 0
        while entry := self._entries.search(free, position):
            start = entry.start()
            if "0" <= free[start] <= "9":
                mentions, position = self._figure(free, start, floor)
            elif hit := self._starts.match(free, start):
                mentions, position = self._readers[hit.lastgroup or ""](free, start, floor)
            else:
                position = start + 1
                continue
            # A number that is none stays whole: its digits are not tried again one by one.
            floor = position = max(start + 1, position)
            found += mentions
        return self._lists.joined(found, free)

    # ----------------------------------------------------------------------------------------------------- percentages

    def _proportional(self, text: str, start: int) -> _Result:
        """The parts of 9.1:38.9:52.0, as percentages of the whole; 3:1 is a score and has none."""
        whole = self._proportion.match(text, start)
        if whole is None:
            return [], self._end_of(text, start)
        parts = list(self._part.finditer(text, start, whole.end()))
        values = [decimal(part.group()) for part in parts]
        total: Exact = sum(values)
        if len(parts) < 3 or not total:
            return [], self._end_of(text, parts[-1].start())
        scale = 1 if _WHOLE.start <= total < _WHOLE.stop else Fraction(100, total)
        mentions = []
        for part, value in zip(parts, values, strict=True):
            amount = Amount(value, None, "%", "=", plain(value * scale), None, "%", _PERCENT)
            mentions.append(Mention("proportion", part.start(), part.end(), part.group(), value=amount))
        return mentions, whole.end()

    def _fraction(self, text: str, start: int, floor: int) -> _Result:
        """百分之五点七, 千分之三, 三分之二, 百分之二三十, 百分之五至八."""
        mark = text.index(self._fraction_mark, start)
        written = text[start:mark]
        whole = decimal(written) if "0" <= written[0] <= "9" else self._numerals.whole(written)
        behind = mark + len(self._fraction_mark)
        part = self._numerals.at(text, behind)
        if not whole or not isinstance(part, Numeral):
            return [], behind
        scale = Fraction(100, whole)
        upper, end, relation = part.upper, part.end, part.relation
        if text[end : end + 1] in self._inside:
            end, relation = end + 1, ">"
        if upper is not None:
            upper = upper * scale
        elif (to := self._of.match(text, end)) and isinstance(high := self._numerals.at(text, to.end()), Numeral):
            upper, end = high.value * scale, high.end
        return self._percentage(text, start, end, floor, part.value * scale, upper, relation)

    def _half(self, text: str, start: int, floor: int) -> _Result:
        word = self._word_at(text, start)
        return self._percentage(text, start, start + len(word), floor, 50, None, self._halves[word])

    def _is_ratio(self, text: str, start: int, side: Side) -> bool:
        """约占1/3, no list (4.15/3.72亿元) and no date."""
        match = self._slash.match(text, side.end)
        if match is None or side.numeral.chinese or side.value.denominator != 1:
            return False
        if text[start - 1 : start] in ("/", "-"):
            return False
        following = text[match.end() : match.end() + 1]
        in_list = following in self._numeral or self._sides.unit_at(text, match.end())
        return 0 < side.value < int(match[1]) <= 100 and not in_list

    def _ratio(self, text: str, start: int, side: Side, floor: int) -> _Result:
        match = self._slash.match(text, side.end)
        assert match
        return self._percentage(text, start, match.end(), floor, side.value * Fraction(100, int(match[1])), None, "=")

    def _percentage(
        self, text: str, start: int, end: int, floor: int, value: Exact, upper: Exact | None, relation: str
    ) -> _Result:
        lead = self._around.before(text, start, floor)
        if lead.sign in self._negative:
            value, upper = -value, None if upper is None else -upper
        if lead.is_of_round or lead.is_of_money:
            lead = Lead(lead.signed, lead.signed)
        end, behind, bounded = self._around.behind(text, end)
        relation = _first_told(lead.relation, relation, behind)
        value, upper = plain(value), None if upper is None else plain(upper)
        amount = Amount(value, upper, "%", relation, value, upper, "%", _PERCENT, bounded_after=bounded)
        return [Mention("percent", lead.start, end, text[lead.start : end], value=amount)], end

    def _doubled(self, text: str, start: int, floor: int) -> _Result:
        """翻番, 翻两番, 翻了1.5倍: the growth in percent."""
        match = self._doubling.match(text, start)
        if match is None:
            return [], start + 1
        times = self._times_doubled(match["times"])
        if times is None or (match["what"] == "番" and (times > 20 or times.denominator != 1)):
            return [], match.end()
        growth = (2 ** int(times) if match["what"] == "番" else 1 + times) - 1
        lead = self._around.before(text, start, floor)
        begin = lead.start if lead.word and not lead.is_of_round else start
        number = match.start("times") if match["times"] else match.start("what")
        near = self._around.before(text, number, start + 1)
        end, behind, bounded = self._around.behind(text, match.end())
        relation = _first_told(lead.relation, near.relation, behind)
        amount = Amount(
            times, None, match["what"], relation, plain(growth * 100), None, "%", "doubling", bounded_after=bounded
        )
        return [Mention("doubling", begin, end, text[begin:end], value=amount)], end

    def _times_doubled(self, written: str | None) -> Exact | None:
        if written is None:
            return 1
        if "0" <= written[0] <= "9":
            return decimal(written)
        number = self._numerals.chinese(written)
        return number.value if number else None

    # ----------------------------------------------------------------------------------------------------------- ranks

    def _first(self, text: str, start: int, _floor: int) -> _Result:
        word = self._word_at(text, start)
        amount = Amount(1, None, "", "=", 1, None, "1", "rank")
        return [Mention("ordinal", start, start + len(word), word, value=amount)], start + len(word)

    def _word_at(self, text: str, start: int) -> str:
        """The word at ``start`` that is a figure by itself (过半, 首位)."""
        hit = self._starts.match(text, start)
        assert hit
        return hit["half"] or hit["first"]

    def _ordinal(self, text: str, start: int, _floor: int) -> _Result:
        """第十一位, 第3, 前十: a rank. 第1000万辆 is none, and no other figure; 前3家 and 目前3家 count."""
        top = text[start] == "前"
        number = self._numerals.at(text, start + 1)
        if number is None or isinstance(number, int):
            return [], number or start + 1
        end = number.end
        unit = text[end : end + 1]
        if unit and unit in (self._ranks.top_units if top else self._ranks.units):
            end += 1
        elif top and unit and unit in self._ranks.not_top:
            return [], end
        elif top and (
            number.multiplier or unit in self._inside or text[max(0, start - 1) : start] in (*self._ranks.not_after,)
        ):
            return [], start + 1
        elif (measured := self._sides.unit_at(text, end)) and text[
            end + len(measured.written) : end + len(measured.written) + 1
        ] not in _LEADS_TO:
            return [], end if not top or measured.dimension == _DURATION else start + 1
        elif number.multiplier:
            return [], end
        else:
            unit = ""
        if number.upper is not None or number.value >= _LARGEST_RANK or number.value.denominator != 1:
            return [], end
        amount = Amount(number.value, None, unit, "<=" if top else "=", number.value, None, "1", "rank")
        return [Mention("ordinal", start, end, text[start:end], value=amount)], end

    # --------------------------------------------------------------------------------------------------------- figures

    def _figure(self, text: str, start: int, floor: int) -> _Result:
        """A number with a unit or without, and the range that it begins."""
        if text[start] == "0" and text[start + 1 : start + 2].isdigit():
            return [], self._sides.end_of_digits(text, start)
        previous = text[start - 1] if start else ""
        if previous in self._indefinite and text[start] in self._round:
            return [], self._end_of(text, start)  # 数十家, 几百人
        side = self._sides.at(text, start, floor)
        if isinstance(side, int):
            return [], side
        if side.unit is None and (joined := self._joining.match(text, side.end)):
            if joined["ratio"]:
                return self._proportional(text, start)
            if joined["of"]:
                return self._fraction(text, start, floor)
            if self._is_ratio(text, start, side):
                return self._ratio(text, start, side, floor)
        lead = self._around.before(text, start, floor) if previous in self._around.closing else None
        if lead and lead.symbol and lead.currency != "CNY" and self._splits(text, start, side):
            end = text.index(",", start)
            number = decimal(text[start:end])
            side = Side(Numeral(number, number, 1, "", end), number, "=", end)
        high = self._high(text, start, side, lead) if text[side.end : side.end + 1] in _RANGE_MARKS else None
        if isinstance(high, int):
            return [], high
        if high is not None:
            self._borrow(side, high)
        return self._finished(text, start, floor, side, high, lead)

    def _splits(self, text: str, start: int, side: Side) -> bool:
        """$40,600元: two amounts in two currencies, where the comma seems to group thousands."""
        return bool(side.unit and side.unit.written == "元" and "," in text[start : side.end])

    def _finished(self, text: str, start: int, floor: int, low: Side, high: Side | None, lead: Lead | None) -> _Result:
        """The figure with what stands behind it, unless it turns out to be none."""
        end = high.end if high else low.end
        unit = (high.unit if high else None) or low.unit
        if unit is None:
            unit = self._told_before(text, start, low, lead)
            if unit is None and self._is_nameless(text, start, end, floor, low):
                return [], end
            if unit and lead and lead.symbol and (scale := self._latin_scale.match(text, end)):
                unit, end = Unit(scale[0], unit.base, self._latin_scales[scale[0]], _CURRENCY), scale.end()  # $1.5B
        if unit and unit.dimension == _DURATION and text.endswith(self._dated, floor, start):
            return [], end
        following = text[end : end + 1]
        if following in self._class_begins and (end_of_class := self._end_of_class(text, end, unit, low)):
            return [], end_of_class
        upper = high.value if high else low.numeral.upper
        relation, bounded = low.relation, False
        if following in self._around.opening:
            end, behind, bounded = self._around.behind(text, end)
            if behind == ">=" and (closed := self._closed(text, end, low)):
                upper, end, behind = closed.value, closed.end, "="
            relation = _first_told(relation, behind)
        mention = self._built(text, start, end, floor, lead, low, high, unit, upper, relation)
        mention.amount.bounded_after = bounded
        return [mention], end

    # ---------------------------------------------------------------------------------------------------------- ranges

    def _high(self, text: str, begin: int, low: Side, lead: Lead | None) -> Side | int | None:
        """The other end of a range; where to go on if the two numbers are neither a range nor figures."""
        dash = self._range.match(text, low.end)
        if dash is None:
            return None
        start = dash.end()
        if symbol := self._currencies.match(text, start):
            start = symbol.end()
        if not self._sides.begins(text[start : start + 1] or " "):
            return None
        high = self._sides.at(text, start, dash.end())
        if isinstance(high, int):
            return None
        if high.unit is None:
            if low.unit is None and ((lead and lead.currency) or high.numeral.multiplier):
                return high
            # 3-5 is a score or a name.
            return high.end if low.unit is None and text[low.end] == "-" else None
        if low.unit and low.unit.base != high.unit.base:
            return None
        if low.unit and dash.group() in _LEADS_TO and self._moves_to(text, lead.start if lead else begin, low, high):
            return None
        dashes = dash.group().count("-")
        falls = dashes > 1 and high.value < low.value
        if dash["sign"] in self._negative or falls or (lead and lead.sign == "-" and dashes > 1):
            high.value = -high.value
        return high

    def _moves_to(self, text: str, begin: int, low: Side, high: Side) -> bool:
        """下降1美分至28.09美元: the change, and what it led to, many times as much."""
        if low.unit is None or high.unit is None or begin < 1:
            return False
        signed = text[begin : begin + 1] in ("+", "-")  # 环比|-13元至452元: what was found before is masked
        if text[begin - 1] not in self._moves and not (signed and text[begin - 1] == _WORD):
            return False
        if low.unit.base == "%" and self._is_of_rate(text, begin):
            return True
        change, level = size(low.value * low.unit.factor), size(high.value * high.unit.factor)
        return max(change, level) > min(change, level) * _MANY_TIMES

    def _is_of_rate(self, text: str, begin: int) -> bool:
        """毛利率|同比|提升: the name right before the verb is that of a rate."""
        told = text[max(0, begin - _VERB_OF_RATE) : begin]
        return any(word in told.rpartition(",")[2] for word in self._of_rates)

    def _borrow(self, low: Side, high: Side) -> None:
        """Give the lower end the multiplier of the upper where it has none: 两到三万元, 100-200万; not 8500到3万."""
        scale = high.numeral.scale
        if low.unit is not None or scale == 1 or low.numeral.scale != 1 or low.value * scale >= size(high.value):
            return
        low.value = low.value * scale
        low.numeral = low.numeral._replace(scale=scale, multiplier=high.numeral.multiplier)

    def _closed(self, text: str, end: int, low: Side) -> Side | None:
        """10人以上30人以下: the upper bound right behind the lower one."""
        joint = self._bounds.match(text, end)
        start = joint.end() if joint else end
        if not self._sides.begins(text[start : start + 1] or " "):
            return None
        high = self._sides.at(text, start, end)
        if isinstance(high, int) or not high.unit or not low.unit or high.unit.base != low.unit.base:
            return None
        if joint and joint["below"]:
            return high  # 150%以上但|不足200%
        stop, relation, _ = self._around.behind(text, high.end)
        high.end = stop
        return high if relation == "<=" else None

    # ------------------------------------------------------------------------------------------------ what is no figure

    def _is_nameless(self, text: str, start: int, end: int, floor: int, side: Side) -> bool:
        """A bare number that names or numbers something: R007, 5A, 30度角, 3.2 right behind a figure."""
        if side.numeral.relation != "=":
            return False
        if side.numeral.scale > 1:
            return text[end - 1] == "兆" and "." not in text[start:end]  # 100兆 of bandwidth, but 2.36兆
        if side.numeral.chinese:
            return not text.startswith("、", end)
        previous, following = text[start - 1 : start], text[end : end + 1]
        opens = start == floor or previous == "\n"
        return (
            (previous.isascii() and previous.isalpha())
            or (following.isascii() and following.isalpha())
            or following in self._scaled_only
            or following == "-"
            or (opens and "." in text[start:end] and following.isalpha())
        )

    def _end_of_class(self, text: str, end: int, unit: Unit | None, side: Side) -> int:
        """Where the name ends of which the figure is a part (万吨级, 5年期, 4.0版, 三年前); 0 if it is an amount."""
        if text.startswith(self._classes, end):
            return end + 1
        if (unit or side.numeral.scale >= _CLASS_FROM) and text.startswith(self._scale_classes, end):
            return end + 1
        dates = unit is not None and unit.dimension == _DURATION and side.unit_end == end
        return end if dates and text.startswith(self._dating, end) and not text.startswith(self._not_dating, end) else 0

    def _told_before(self, text: str, start: int, side: Side, lead: Lead | None) -> Unit | None:
        """The unit that stands before the number: $5, or in a label, 新增授信额度(亿元):27.80."""
        if lead and lead.currency and (lead.symbol or side.numeral.scale > 1):
            return Unit("", lead.currency, 1, _CURRENCY)
        if text[start - 1 : start] not in self._label_ends:
            return None
        label = _SAYS_UNIT.search(text[max(0, start - _LONGEST_LABEL) : start])
        unit = self._units.get(label[2]) if label else None
        if label is None or unit is None:
            return None
        factor = unit.factor * self._numerals.multiplier(label[1])
        return Unit(label[1] + unit.written, unit.base, factor, unit.dimension)

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
        lead: Lead | None,
        low: Side,
        high: Side | None,
        unit: Unit | None,
        upper: Exact | None,
        relation: str,
    ) -> Mention:
        numeral, value, begin = low.numeral, low.value, start
        dimension = unit.dimension if unit else _NUMBER
        if lead and lead.start != start:
            begin, relation = self._led(lead, start, numeral, dimension, relation)
            if unit and unit.base == "CNY" and lead.currency:
                unit = Unit(unit.written, lead.currency, unit.factor, dimension)
            if lead.sign == "±" and upper is None:
                value, upper = -value, value
            elif lead.sign in self._negative:
                value, upper = -value, -upper if upper is not None and high is None else upper
        if relation == "=" and numeral.loose and high is None and unit and dimension not in (_PERCENT, "fold"):
            relation = "~"
        factor = unit.factor if unit else 1
        base_value, base_upper = value, upper
        if high and low.unit and high.unit and low.unit.factor != high.unit.factor:
            base_value = value * low.unit.factor
            value = plain(Fraction(base_value) / factor)  # 500米-1.5公里: 0.5公里
            base_upper = None if upper is None else plain(upper * factor)
        elif factor != 1:
            base_value, base_upper = plain(value * factor), None if upper is None else plain(upper * factor)
        scaled = high.numeral if high else numeral
        multiplier = scaled.multiplier
        if multiplier:
            told = value is numeral.value and scaled.scale == numeral.scale
            value = numeral.mantissa if told else plain(Fraction(value, scaled.scale))
            upper = None if upper is None else plain(Fraction(upper, scaled.scale))
        base, per = unit.base if unit else "1", ""
        if dimension in _EACH and (per := self._each(text, begin, floor)) and "/" not in base:
            base = f"{base}/{self._units.symbol(per)}" if self._units.is_measure(per) else base
        written = high if high and high.unit else low
        amount = Amount(
            value,
            upper,
            multiplier + unit.written if unit else multiplier,
            relation,
            base_value,
            base_upper,
            base,
            dimension,
            unit_start=written.unit_start,
            unit_end=written.unit_end,
            multiplier=multiplier,
            per=per,
        )
        kind = (
            KINDS_OF_DIMENSIONS.get(dimension, "amount")
            if unit
            else "scaled"
            if numeral.scale >= _LOOSE_TO
            else "number"
        )
        return Mention(kind, begin, end, text[begin:end], value=amount)

    def _led(self, lead: Lead, start: int, numeral: Numeral, dimension: str, relation: str) -> tuple[int, str]:
        """(where the figure begins, its relation), given what stands before it."""
        begin = lead.start
        of_round = lead.is_of_round and numeral.loose
        of_money = lead.is_of_money and dimension == _CURRENCY
        if (lead.is_of_round or lead.is_of_money) and not (of_round or of_money):
            begin = lead.signed
        else:
            relation = _first_told(lead.relation, relation)
        return (start if lead.currency and dimension != _CURRENCY else begin), relation

    def _each(self, text: str, begin: int, floor: int) -> str:
        """What the amount is one for each of, where that stands right before it: 每吨105元, 每吨下调105元."""
        each = text.rfind("每", max(floor, begin - _LONGEST_EACH), begin)
        if each < 0:
            return ""
        word = self._units.per.at(text, each + 1)
        between = text[each + 1 + len(word) : begin]
        return word if word and (not between or between in self._per_verbs) else ""


def _first_told(*relations: str) -> str:
    """The first relation that is told, in the order in which they count."""
    return next((relation for relation in relations if relation != "="), "=")


def _masked(text: str, taken: bytearray, joined: frozenset[str]) -> str:
    """``text`` with marks for the characters that are taken; behind one that is not ``joined`` a dash is a sign."""
    pieces = []
    position = 0
    for run in re.finditer(b"[\x01\x02]+", taken):
        start, end = run.span()
        is_word = text[end - 1] not in joined or taken[end - 1] == BEFORE_SIGN
        pieces += [text[position:start], _TAKEN * (end - start - 1), _WORD if is_word else _TAKEN]
        position = end
    return "".join([*pieces, text[position:]])
