"""Quantities: every number with its unit, relation and range, found in the whole text at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from ..model import Amount, Mention, Number, Unit
from ..rulebook import Rulebook
from .numerals import NumeralParser
from .scanning import alternation

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_COUNT, _PERCENT, _POINTS = "count", "percent", "percentage_points"
_KINDS = {_COUNT: "count", _PERCENT: "percent", _POINTS: "points", "fold": "fold", "doubling": "doubling"}
_LONGEST_LEAD = 6  # characters of a relation and a currency sign before a number
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
        self._scaled_only = frozenset(rules.units.scaled_only)
        self._is_word, self._tag = is_word, tag
        self._pattern = re.compile(self._source(rules))
        self._lead = re.compile(self._lead_source(rules))
        self._lead_ends = frozenset(
            word[-1] for words in (*rules.relations.before.values(), rules.units.signs) for word in words
        ) | {"了", "到"}
        self._starts = re.compile(f"[-+0-9第前首榜冠翻过{self._numerals.characters}]")
        self._apposition = re.compile(r"[,(]?(?:折合|约合|合计?|折)?(?:人民币)?|\(")

    def _lead_source(self, rules: Rulebook) -> str:
        """What may stand right before a number: a relation and a currency sign."""
        relations = rules.relations
        before = "|".join(
            (f"(?<![{relations.not_preceded[word]}])" if relations.not_preceded.get(word) else "") + word
            for word in sorted({w for words in relations.before.values() for w in words}, key=len, reverse=True)
        )
        return rf"(?:(?P<before>{before})[了到]?)?(?P<currency>{alternation(rules.units.signs)})?$"

    def _source(self, rules: Rulebook) -> str:
        numerals, relations = self._numerals.characters, rules.relations
        inside = alternation(w for words in relations.inside.values() for w in words)
        after = alternation(w for words in relations.after.values() for w in words)
        scales, digits = "".join(rules.numerals.scales), "".join(rules.numerals.digits)
        unit = alternation(self._units)
        unit = f"(?:{unit})(?:(?:[{''.join(rules.units.per)}])(?:{alternation(_denominators(rules))}))?"
        chinese = f"[{numerals}]+(?:{rules.numerals.point}[{numerals}]+)?"
        return rf"""(?x)
            (?:
                (?P<of>百|千)分之(?P<parts>{_ARABIC}|{chinese})(?:(?:-|至|到)(?:百分之)?(?P<parts2>{_ARABIC}|{chinese}))?
              | (?P<denominator>[{numerals}]+|\d+)分之(?P<numerator>[{numerals}]+|\d+)
              | (?P<half>一半|半数|过半数?)(?![导径岛])
              | 翻(?:了|近|将近|了近)?(?P<times>[{numerals}]|\d)?(?P<doubling>番|倍)
              | (?P<first>首位|榜首|第一(?![百千万亿])|第1(?!\d)|冠军)(?P<firstunit>位|名)?
              | 第(?P<ordinal>\d+|[{numerals}]+)(?P<ordinalunit>位|名)?
              | 前(?P<top>\d+|[{numerals}]+)(?P<topunit>位|名|强|甲|列)?
              | (?P<sign>(?<![\d%A-Za-z)])[-+](?=\d))?
                (?: (?P<n1>{_ARABIC})(?P<s1>[十百千]?[{scales}]+|[百千](?![瓦米克伏]))?
                    (?:(?P<in1>{inside})(?P<is1>[{scales}]+)?)?(?P<u1>{unit})?
                  | (?P<c1>{chinese})(?:(?P<ci1>{inside})(?P<cis>[{scales}]+)?)?(?P<cu1>{unit})
                    (?:(?<=成)(?P<tenth>[{digits}])(?![{numerals}]))?
                )
                (?: (?:-+|至|到)(?P<n2>{_ARABIC})(?P<s2>[十百千]?[{scales}]+)?(?P<in2>{inside})?(?P<u2>{unit})
                  | (?:至|到|-)(?P<c2>{chinese})(?P<cu2>{unit})
                )?
                (?P<in3>{inside})?
                (?P<after>{after})?
            )
        """

    def find(self, text: str, taken: bytearray) -> Iterator[Mention]:
        """The quantities of ``text`` outside what is ``taken`` (a mark for each code point)."""
        found: list[Mention] = []
        done = 0
        for hit in self._starts.finditer(text):
            start = hit.start()
            if start < done or taken[start]:
                continue
            free = taken.find(1, start)
            match = self._pattern.match(text, start, free if free >= 0 else len(text))
            if match is None:
                continue
            # A number that is none stays whole: its digits are not tried again one by one.
            done = max(match.end("n1"), match.end("c1"), start + 1)
            ends_lead = start and text[start - 1] in self._lead_ends
            lead = self._lead.search(text, max(start - _LONGEST_LEAD, 0), start) if ends_lead else None
            if lead and taken.find(1, lead.start(), start) >= 0:
                lead = None
            if mention := self._mention(match, lead, text):
                found.append(mention)
                done = mention.end
        return self._joined(found, text)

    # ------------------------------------------------------------------------------------------------ single matches

    def _mention(self, match: re.Match[str], lead: re.Match[str] | None, text: str) -> Mention | None:
        if match["first"] or match["ordinal"] or match["top"]:
            return self._ordinal(match)
        before = (lead and lead["before"]) or ""
        if match["of"] or match["denominator"] or match["half"]:
            mention = self._fraction(match, before)
        elif match["doubling"]:
            mention = self._doubling(match, before)
        else:
            mention = self._measured(match, before, (lead and lead["currency"]) or "", text)
        if (
            mention
            and lead
            and mention.start == match.start()
            and (before not in self._before_numeral or _is_loose(match))
        ):
            mention.start = lead.start()
            mention.text = text[mention.start : mention.end]
        return mention

    def _fraction(self, match: re.Match[str], before: str) -> Mention | None:
        upper = None
        relation = self._relation(match, before)
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

    def _doubling(self, match: re.Match[str], before: str) -> Mention | None:
        number = self._number(match["times"]) if match["times"] else Number(Fraction(1))
        if number is None:
            return None
        folds = 2**number.value if match["doubling"] == "番" else 1 + number.value
        base = (Fraction(folds) - 1) * 100
        amount = Amount(
            number.value, None, match["doubling"], self._relation(match, before), base, None, "%", "doubling"
        )
        return Mention("doubling", match.start(), match.end(), match.group(), value=amount)

    def _ordinal(self, match: re.Match[str]) -> Mention | None:
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
        amount = Amount(value, None, unit, relation, value, None, "1", "rank")
        return Mention("ordinal", match.start(), match.end(), match.group(), value=amount)

    def _measured(self, match: re.Match[str], before: str, sign: str, text: str) -> Mention | None:
        chinese = match["c1"] is not None
        start, end = match.span()
        low = self._read(match["n1"], (match["s1"] or "") + (match["is1"] or ""), _chinese(match))
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
        unit = self._unit(written, sign)
        if unit is None and written:
            return None
        if unit and not self._fits(unit, written, match, text, chinese):
            if chinese or sign:
                return None
            unit, end = None, match.end("s1") if match["s1"] else match.end("n1")
            if end == match.end("n1") and text[end : end + 1].isalpha() and text[end : end + 1].isascii():
                return None
        if chinese and unit is None:
            return None
        if before in self._before_numeral and not low.loose:
            before = ""
        return self._build(match, before, text, start, end, low, high, unit)

    def _build(
        self,
        match: re.Match[str],
        before: str,
        text: str,
        start: int,
        end: int,
        low: Number,
        high: Number | None,
        unit: Unit | None,
    ) -> Mention:
        value, upper = low.value, low.upper
        if match["tenth"] and (tenth := self._numerals.chinese(match["tenth"])):
            value += tenth.value / 10  # 三成五
        scale = self._numerals.multiplier((match["s1"] or "") + (match["is1"] or ""))
        if high is not None:
            high_scale = self._numerals.multiplier(match["s2"] or "")
            if not match["s1"] and match["n1"] and match["s2"] and not (match["u1"] or match["cu1"]):
                value, scale = value * high_scale, high_scale
            upper = high.value
        if match["sign"] == "-":
            value = -value
        relation = self._relation(match, before)
        if relation == "=" and low.relation != "=":
            relation = low.relation
        if (
            relation == "="
            and low.loose
            and high is None
            and unit is not None
            and unit.dimension not in (_PERCENT, "fold")
        ):
            relation = "~"
        base_value, base_upper = value, upper
        if unit and unit.factor != 1:
            base_value, base_upper = value * unit.factor, None if upper is None else upper * unit.factor
        if scale != 1:
            value, upper = value / scale, None if upper is None else upper / scale
        multiplier = (match["s2"] or (match["s1"] or "") + (match["is1"] or "")) if match["n1"] else ""
        amount = Amount(
            value,
            upper,
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

    def _relation(self, match: re.Match[str], before: str) -> str:
        if before and (relation := self._relations[before]) != "=":
            return relation
        for group in ("in1", "ci1", "in2", "in3", "after"):
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

    def _fits(self, unit: Unit, written: str, match: re.Match[str], text: str, chinese: bool) -> bool:
        """False where the characters only look like a number and a unit (三亚, 一批, 十分, 5点名)."""
        end = match.end("cu1") if chinese else match.end("u1")
        if match["u2"] or match["cu2"]:
            return True
        if written in self._scaled_only and not (
            match["s1"] or match["is1"] or (chinese and match["c1"][-1] in "万亿")
        ):
            return False
        if written in self._ambiguous and self._continues(text, end, len(written)):
            return False
        if not chinese:
            return True
        numeral = match["c1"]
        if len(numeral) > 1 or match["ci1"]:
            return True
        if unit.dimension == _PERCENT:
            return True
        if numeral == "一" and (unit.dimension == _COUNT or unit.dimension == "duration"):
            return False
        if written in self._ambiguous:
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
            if (
                (first.kind in ("number", "scaled") or _lends(first, second))
                and text[first.end : second.start] in ("、", "和", "与", "及", ",")
                and second.kind != "ordinal"
            ):
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


def _lends(first: Mention, second: Mention) -> bool:
    """0.12个和1.02个百分点: the first 个 is the beginning of the second's unit."""
    return first.amount.unit == "个" and second.kind == "points" and second.amount.unit.startswith("个")


def _chinese(match: re.Match[str]) -> str | None:
    """The Chinese numeral of a match, without the 多 or 余 inside it (三千多万)."""
    return match["c1"] + (match["cis"] or "") if match["c1"] else None


def _is_loose(match: re.Match[str]) -> bool:
    """A bare round numeral, before which 上 and 过 are relations (上百名)."""
    return bool(match["c1"]) and match["c1"][0] in "百千万"


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
    yield from (
        "人",
        "户",
        "股",
        "台",
        "辆",
        "套",
        "件",
        "个",
        "次",
        "人次",
        "年度",
        "月",
        "床",
        "间",
        "家",
        "名",
        "头",
        "只",
        "株",
        "张",
        "份",
        "票",
        "单",
        "标箱",
        "TEU",
        "桶",
    )
