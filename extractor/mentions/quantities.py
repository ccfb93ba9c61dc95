"""Quantities: every number with its unit, relation and range, found in the whole text at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import regex

from ..model import Amount, Mention, Number, Unit
from ..rulebook import Rulebook
from .numerals import NumeralParser
from .scanning import alternation

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_COUNT, _PERCENT, _POINTS = "count", "percent", "percentage_points"
_KINDS = {_COUNT: "count", _PERCENT: "percent", _POINTS: "points", "fold": "fold", "doubling": "doubling"}
_SAME_AMOUNT = Fraction(1, 10)  # how far rounding may drive apart one amount in two units


class QuantityFinder:
    """Compiled from units, classifiers, numerals and relations; :meth:`find` is its one use."""

    def __init__(self, rules: Rulebook, is_word: Callable[[str], bool], tag: Callable[[str], str]) -> None:
        self._numerals = NumeralParser(rules.numerals)
        self._units = dict(_units(rules))
        self._signs = rules.units.signs
        self._relations = {
            word: relation
            for place in (rules.relations.before, rules.relations.inside, rules.relations.after)
            for relation, words in place.items()
            for word in words
        } | dict.fromkeys(rules.relations.plain, "=")
        self._before_numeral = frozenset(rules.relations.before_numeral)
        self._ambiguous = frozenset(rules.classifiers.digits_only)
        self._vague = frozenset(rules.classifiers.vague)
        self._is_word, self._tag = is_word, tag
        self._pattern = regex.compile(self._source(rules))
        self._apposition = regex.compile(r"[,(]?(?:折合|约合|合计?|折)?(?:人民币)?|\(")

    def _source(self, rules: Rulebook) -> str:
        relations, numerals = rules.relations, self._numerals.characters
        before = "|".join(
            (f"(?<![{relations.not_preceded[word]}])" if relations.not_preceded.get(word) else "") + word
            for word in sorted({w for words in relations.before.values() for w in words}, key=len, reverse=True)
        )
        inside = alternation(w for words in relations.inside.values() for w in words)
        after = alternation(w for words in relations.after.values() for w in words)
        scales = "".join(rules.numerals.scales)
        unit = alternation(self._units)
        unit = f"(?:{unit})(?:(?:[{''.join(rules.units.per)}])(?:{alternation(_denominators(rules))}))?"
        chinese = f"[{numerals}]+(?:{rules.numerals.point}[{numerals}]+)?"
        return rf"""(?x)
            (?=[{self._firsts(rules)}])
            (?:(?P<before>{before})[了到]?)?
            (?P<currency>{alternation(rules.units.signs)})?
            (?:
                (?P<of>百|千)分之(?P<parts>{_ARABIC}|{chinese})(?:(?:-|至|到)(?:百分之)?(?P<parts2>{_ARABIC}|{chinese}))?
              | (?P<denominator>[{numerals}]+|\d+)分之(?P<numerator>[{numerals}]+|\d+)
              | (?P<half>一半|半数|过半数?)(?![导径岛])
              | 翻(?:了|近|将近|了近)?(?P<times>[{numerals}]|\d)?(?P<doubling>番|倍)
              | (?P<first>首位|榜首|第一|第1|冠军)(?P<firstunit>位|名)?
              | 第(?P<ordinal>\d+|[{numerals}]+)(?P<ordinalunit>位|名)?
              | 前(?P<top>\d+|[{numerals}]+)(?P<topunit>位|名|强|甲|列)?
              | (?P<sign>(?<![\d%A-Za-z)])[-+](?=\d))?
                (?: (?P<n1>{_ARABIC})(?P<s1>[十百千]?[{scales}]+|[百千](?![瓦米克伏]))?(?P<in1>{inside})?(?P<u1>{unit})?
                  | (?P<c1>{chinese})(?P<ci1>{inside})?(?P<cu1>{unit})
                )
                (?: (?:-+|至|到)(?P<n2>{_ARABIC})(?P<s2>[十百千]?[{scales}]+)?(?P<in2>{inside})?(?P<u2>{unit})
                  | (?:至|到|-)(?P<c2>{chinese})(?P<cu2>{unit})
                )?
                (?P<in3>{inside})?
                (?P<after>{after})?
            )
        """

    def _firsts(self, rules: Rulebook) -> str:
        """The characters that a quantity can begin with."""
        words = [word for words in rules.relations.before.values() for word in words]
        firsts = {word[0] for word in (*words, *rules.units.signs)}
        return regex.escape("".join(sorted(firsts | set(self._numerals.characters) | set("0123456789+-第前首榜冠翻过"))))

    def find(self, text: str, taken: bytearray) -> Iterator[Mention]:
        """The quantities of ``text`` outside what is ``taken`` (a mark for each code point)."""
        position = 0
        found: list[Mention] = []
        while match := self._pattern.search(text, position):
            start, end = match.span()
            blocked = taken.find(1, start, end)
            if blocked >= 0:
                position = max(blocked + 1, start + 1)
                # A number cut short by a name or a date is still one: try again on this side of it.
                shorter = self._pattern.fullmatch(text, start, blocked) if blocked > start else None
                if shorter is None:
                    continue
                match = shorter
                start, end = match.span()
            mention = self._mention(match, text)
            position = mention.end if mention else _next(match)
            if mention:
                found.append(mention)
        return self._joined(found, text)

    # ------------------------------------------------------------------------------------------------ single matches

    def _mention(self, match: regex.Match[str], text: str) -> Mention | None:
        if match["of"] or match["denominator"] or match["half"]:
            return self._fraction(match)
        if match["doubling"]:
            return self._doubling(match)
        if match["first"] or match["ordinal"] or match["top"]:
            return self._ordinal(match)
        return self._measured(match, text)

    def _fraction(self, match: regex.Match[str]) -> Mention | None:
        upper = None
        relation = self._relation(match)
        if match["of"]:
            low = self._number(match["parts"])
            if low is None:
                return None
            scale = Fraction(1 if match["of"] == "百" else Fraction(1, 10))
            value = low.value * scale
            if match["parts2"] and (high := self._number(match["parts2"])):
                upper = high.value * scale
        elif match["denominator"]:
            whole, part = self._number(match["denominator"]), self._number(match["numerator"])
            if whole is None or part is None or not whole.value:
                return None
            value = part.value / whole.value * 100
        else:
            value = Fraction(50)
            relation = ">" if match["half"].startswith("过") else relation
        amount = Amount(value, upper, "%", relation, value, upper, "%", _PERCENT)
        return Mention("percent", match.start(), match.end(), match.group(), value=amount)

    def _doubling(self, match: regex.Match[str]) -> Mention | None:
        number = self._number(match["times"]) if match["times"] else Number(Fraction(1))
        if number is None:
            return None
        folds = 2**number.value if match["doubling"] == "番" else 1 + number.value
        base = (Fraction(folds) - 1) * 100
        amount = Amount(number.value, None, match["doubling"], self._relation(match), base, None, "%", "doubling")
        return Mention("doubling", match.start(), match.end(), match.group(), value=amount)

    def _ordinal(self, match: regex.Match[str]) -> Mention | None:
        relation, unit = "=", ""
        if match["first"]:
            value = Fraction(1)
        else:
            number = self._number(match["ordinal"] or match["top"])
            if number is None or number.upper is not None:
                return None
            value = number.value
            relation = "<=" if match["top"] else "="
            unit = match["ordinalunit"] or match["topunit"] or ""
        start = match.start() if not match["before"] else match.end("before")
        amount = Amount(value, None, unit, relation, value, None, "1", "rank")
        return Mention("ordinal", start, match.end(), match.string[start : match.end()], value=amount)

    def _measured(self, match: regex.Match[str], text: str) -> Mention | None:
        chinese = match["c1"] is not None
        start, end = match.span()
        low = self._read(match["n1"], match["s1"], match["c1"])
        if low is None:
            return None
        written = match["u1"] or match["cu1"] or ""
        written_high = match["u2"] or match["cu2"]
        high: Number | None = None
        if written_high:
            high = self._read(match["n2"], match["s2"], match["c2"])
            if high is None or (written and written != written_high):
                end, written_high, high = match.end("u1" if match["u1"] else "cu1"), None, None
            else:
                written = written_high
        unit = self._unit(written, match["currency"])
        if unit is None and written:
            return None
        if unit and not self._fits(unit, written, match, text, chinese):
            if chinese or match["currency"]:
                return None
            unit, end = None, match.end("s1") if match["s1"] else match.end("n1")
            if end == match.end("n1") and text[end : end + 1].isalpha() and text[end : end + 1].isascii():
                return None
        if chinese and unit is None:
            return None
        if match["before"] in self._before_numeral and not (chinese and low.loose):
            start = match.end("before")
        return self._build(match, text, start, end, low, high, unit)

    def _build(
        self, match: regex.Match[str], text: str, start: int, end: int, low: Number, high: Number | None, unit: Unit | None
    ) -> Mention:
        value, upper = low.value, low.upper
        scale = self._numerals.multiplier(match["s1"] or "")
        if high is not None:
            high_scale = self._numerals.multiplier(match["s2"] or "")
            if not match["s1"] and match["n1"] and match["s2"] and not (match["u1"] or match["cu1"]):
                value, scale = value * high_scale, high_scale
            upper = high.value
        if match["sign"] == "-":
            value = -value
        relation = self._relation(match)
        if relation == "=" and low.relation != "=":
            relation = low.relation
        if relation == "=" and low.loose and high is None and unit is not None and unit.dimension not in (_PERCENT, "fold"):
            relation = "~"
        factor = unit.factor if unit else Fraction(1)
        base_value, base_upper = value * factor, None if upper is None else upper * factor
        multiplier = (match["s2"] or match["s1"] or "") if match["n1"] else ""
        amount = Amount(
            value / scale,
            None if upper is None else upper / scale,
            multiplier + (unit.written if unit else ""),
            relation,
            base_value,
            base_upper,
            unit.base if unit else "1",
            unit.dimension if unit else "number",
            bounded_after=bool(match["after"]),
            unit_start=match.start("u1") if match["u1"] else match.start("cu1"),
            unit_end=match.end("u1") if match["u1"] else match.end("cu1"),
        )
        kind = _KINDS.get(amount.dimension, "amount") if unit else "scaled" if multiplier else "number"
        return Mention(kind, start, end, text[start:end], value=amount)

    # ------------------------------------------------------------------------------------------------------- pieces

    def _number(self, text: str) -> Number | None:
        return Number(self._numerals.arabic(text)) if text[0].isascii() else self._numerals.chinese(text)

    def _read(self, arabic: str | None, multipliers: str | None, chinese: str | None) -> Number | None:
        if arabic:
            return Number(self._numerals.arabic(arabic, multipliers or ""))
        return self._numerals.chinese(chinese or "")

    def _relation(self, match: regex.Match[str]) -> str:
        for group in ("before", "in1", "ci1", "in2", "in3", "after"):
            if (word := match[group]) and (relation := self._relations[word]) != "=":
                return relation
        return "="

    def _unit(self, written: str, sign: str | None) -> Unit | None:
        if sign and not written:
            return Unit("", self._signs[sign], Fraction(1), "currency")
        if unit := self._units.get(written):
            return unit
        for mark in "/每":
            above, found, below = written.partition(mark)
            if found and (unit := self._units.get(above)):
                return Unit(written, f"{unit.base}/{below}", unit.factor, unit.dimension)
        return None

    def _fits(self, unit: Unit, written: str, match: regex.Match[str], text: str, chinese: bool) -> bool:
        """False where the characters only look like a number and a unit (三亚, 一批, 十分, 5点名)."""
        end = match.end("cu1") if chinese else match.end("u1")
        if match["u2"] or match["cu2"]:
            return True
        if written in self._ambiguous and self._continues(text, end, len(written)):
            return False
        if not chinese:
            return True
        numeral = match["c1"]
        if len(numeral) > 1 or match["ci1"]:
            return True
        if numeral == "一" and (unit.dimension == _COUNT or unit.dimension == "duration"):
            return False
        if written in self._ambiguous and unit.dimension != _PERCENT:
            return False
        start = match.start("c1")
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

    # ------------------------------------------------------------------------------------------------- neighbours

    def _joined(self, found: list[Mention], text: str) -> Iterator[Mention]:
        """Share a unit along a list (20、30万吨) and fold the same amount in other units into one mention."""
        for first, second in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
            if first.kind in ("number", "scaled") and text[first.end : second.start] in ("、", "和", "与", "及", ",") and second.kind != "ordinal":
                self._share_unit(first, second)
        merged: list[Mention] = []
        appositions: list[Mention] = []
        for mention in found:
            if merged and self._is_same_amount(merged[-1], mention, text):
                merged[-1].amount.also.append(mention)
                end = mention.end + (text[mention.end : mention.end + 1] == ")")
                apposed = Mention("close", merged[-1].end, end, text[merged[-1].end : end])
                appositions.append(apposed)
            else:
                merged.append(mention)
        return iter([*merged, *appositions])

    def _share_unit(self, number: Mention, other: Mention) -> None:
        amount, unit = number.amount, other.amount
        if not unit.value or unit.dimension == "number":
            return
        factor = unit.base_value / unit.value
        number.kind = other.kind
        amount.unit, amount.base_unit, amount.dimension = unit.unit, unit.base_unit, unit.dimension
        amount.base_value = amount.value * factor

    def _is_same_amount(self, first: Mention, second: Mention, text: str) -> bool:
        between = text[first.end : second.start]
        if not between or not self._apposition.fullmatch(between):
            return False
        one, two = first.amount, second.amount
        if one.dimension != two.dimension or one.dimension in (_COUNT, _PERCENT, _POINTS, "number", "rank"):
            return False
        if one.base_unit != two.base_unit:
            return between != ","
        widest = max(abs(one.base_value), abs(two.base_value))
        return one.unit != two.unit and abs(one.base_value - two.base_value) <= widest * _SAME_AMOUNT


def _next(match: regex.Match[str]) -> int:
    """Where to look on after a match that is no quantity: behind its number, or a character on."""
    for group in ("n1", "c1"):
        if match[group]:
            return int(match.end(group))
    return int(match.start()) + 1


def _units(rules: Rulebook) -> Iterator[tuple[str, Unit]]:
    classifiers = rules.classifiers
    for written in (*classifiers.classifiers, *classifiers.counted_directly, *rules.units.compound):
        yield written, Unit(written, classifiers.same_as.get(written, written), Fraction(1), _COUNT)
    for dimension, entries in rules.units.dimensions.items():
        for entry in entries:
            for written in entry.written:
                yield written, Unit(written, entry.base, entry.factor, dimension)


def _denominators(rules: Rulebook) -> Iterator[str]:
    for entries in rules.units.dimensions.values():
        for entry in entries:
            yield from entry.written
    yield from ("人", "户", "股", "台", "辆", "套", "件", "个", "次", "人次", "年度", "月", "床", "间", "家", "名", "头", "只", "株", "张", "份", "票", "单", "标箱", "TEU", "桶")
