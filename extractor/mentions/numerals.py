"""Numerals: the exact value of a number written in Arabic, Chinese or mixed form."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ..model import Exact, Number
from ..patterns import compiled

if TYPE_CHECKING:
    from ..rulebook import Numerals

_MOST_DIGITS = 30  # nobody reports a figure of more; such a run is a key, a number of something, or noise
_LARGEST = 10**30
_REMEMBERED = 10_000  # Arabic numbers: most figures of a text are small, and come again
_ARABIC = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_DECIMAL = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Numeral(NamedTuple):
    """A number as it stands in the text.

    ``value`` is the whole of it, ``mantissa`` what Arabic digits say before their multiplier (3.5 of 3.5亿), which is
    then no part of the unit; ``multiplier`` is how that is written. ``scale`` is the last multiplier of any script.
    ``relation`` is ``>`` where 多, 余 or 几 stands inside; ``upper`` the end of 三五 or 二三十; ``loose`` a bare round
    numeral.
    """

    value: Exact
    mantissa: Exact
    scale: int
    multiplier: str
    end: int
    relation: str = "="
    upper: Exact | None = None
    loose: bool = False
    chinese: bool = False


class NumeralParser:
    """Reads numbers with the digits and multipliers of ``rules/numerals.yaml``."""

    def __init__(self, rules: Numerals) -> None:
        self._digits = rules.digits
        self._tens = rules.tens
        self._scales = rules.scales
        self._contracted = rules.contracted
        self._point = rules.point
        self._half = rules.half
        self._scale_of = rules.tens | rules.scales
        self.characters = "".join([*rules.digits, *rules.tens, *rules.scales, *rules.contracted])
        self._pattern = compiled(self._source(rules))

    def _source(self, rules: Numerals) -> str:
        """A whole number at once: digits of any script, multipliers, 多 or 几 inside, multipliers again."""
        guarded = "".join(rules.not_before)
        plain = "".join(c for c in self._scale_of if c not in guarded)
        multiplier = "|".join(
            [f"[{plain}]", *(f"{c}(?!{'|'.join(map(re.escape, words))})" for c, words in rules.not_before.items())]
        )
        multiplier = f"(?:{multiplier})"
        digit = f"[{''.join(rules.digits)}]"
        character = f"(?:[{''.join(rules.digits)}{''.join(rules.contracted)}]|{multiplier})"
        further = rf"(?:(?:\d,\d{{3}}|\d{{1,4}}|{digit}){multiplier}+)*(?:(?:\d,\d{{3}}|\d{{3,4}})(?![\d.,%]))?"
        inside = "".join(rules.inside)
        bare = "|".join(
            rf"(?<![每方/\d{self.characters}]){re.escape(c)}(?={re.escape(unit)})" for c, unit in rules.bare.items()
        )
        return rf"""(?x)
            (?: (?P<arabic>{_ARABIC})(?:(?P<scale>{multiplier}+)(?P<further>{further}))?
              | (?P<chinese>{bare}|{character}+(?:{rules.point}{digit}+{multiplier}*)?{further})
            )
            (?: (?P<inside>[{inside}])(?:个(?=[万亿]))?(?P<over>{multiplier}+)
              | 个(?P<among>[{inside}])?(?P<counted>万?亿)(?![{"".join(rules.not_counted)}])
            )?
        """

    # ------------------------------------------------------------------------------------------------- in the text

    def at(self, text: str, start: int) -> Numeral | int | None:
        """The number that begins at ``start``; where it ends if it is too long to be one; ``None`` if there is none."""
        match = self._pattern.match(text, start)
        if match is None:
            return None
        end = match.end()
        if end - start > _MOST_DIGITS:
            return end
        arabic, multiplier, further, chinese, inside, over, among, counted = match.groups()
        over = over or counted or ""
        relation = ">" if inside or among else "="
        if arabic is None:
            return self._chinese_at(chinese, over, end, relation)
        if further:
            value = self.whole((arabic + multiplier + further).replace(",", ""))
            if value is None:
                return end
            scale = self.multiplier(over)
            return Numeral(value * scale, value, scale, over, end, relation)
        mantissa = decimal(arabic)
        multiplier = (multiplier or "") + over
        if not multiplier:
            return Numeral(mantissa, mantissa, 1, "", end, relation)
        scale = self.multiplier(multiplier)
        if scale > _LARGEST:
            return end
        return Numeral(_times(mantissa, scale), mantissa, scale, multiplier, end, relation)

    def _chinese_at(self, written: str, over: str, end: int, relation: str) -> Numeral | int:
        number = self.chinese(written)
        scale = self.multiplier(over)
        if number is None or number.value * scale > _LARGEST:
            return end
        value, upper = number.value * scale, number.upper
        unit = self._scale_of.get((over or written)[-1], 1)
        unit = unit if unit > 10 and len(written + over) > 1 else 1
        upper = None if upper is None else upper * scale
        return Numeral(value, value, unit, "", end, relation, upper, number.loose, True)

    # ----------------------------------------------------------------------------------------------------- by itself

    def multiplier(self, characters: str) -> int:
        """The product of multiplier characters: 万亿 is 10¹²."""
        product = 1
        for character in characters:
            product *= self._scale_of[character]
        return product

    def chinese(self, text: str) -> Number | None:
        """A Chinese or mixed numeral; two neighbouring digits (三五, 七八百) are a range. ``None`` when it is none."""
        if text == self._half:
            return Number(Fraction(1, 2))
        if text.endswith(self._half):
            inner = self._decimal(text[:-1])
            return Number(inner + Fraction(1, 2)) if inner is not None else None
        if self._point not in text and (span := self._neighbours(text)) is not None:
            return span
        value = self._decimal(text)
        if value is None:
            return None
        return Number(value, loose=(text[0] in self._tens and text[0] not in "十拾") or text[0] in self._scales)

    def _neighbours(self, text: str) -> Number | None:
        """三五 (3–5), 七八百 (700–800), 十七八 (17–18), 二三十 (20–30)."""
        digits = self._digits
        for i in range(len(text) - 1):
            low, high = digits.get(text[i]), digits.get(text[i + 1])
            if low is None or high is None:
                continue
            if text[i + 2 : i + 3] in digits or not 0 < low < high <= low + 2:
                return None
            first, second = self.whole(text[: i + 1] + text[i + 2 :]), self.whole(text[:i] + text[i + 1 :])
            return Number(first, second) if first is not None and second is not None else None
        return None

    def _decimal(self, text: str) -> Exact | None:
        whole, point, digits = text.partition(self._point)
        value = self.whole(whole)
        if value is None or not point:
            return value
        tail = digits.rstrip("".join(self._scale_of))
        if not tail or any(c not in self._digits for c in tail):
            return None
        fraction = Fraction(int("".join(str(self._digits[c]) for c in tail)), 10 ** len(tail))
        return (value + fraction) * self.multiplier(digits[len(tail) :])

    def whole(self, text: str) -> Exact | None:
        """Digits and multipliers of any script, with no point but in Arabic digits; ``None`` when it is none.

        Each multiplier of 万 and more scales what stands before it since a greater one: 一兆两千亿, 四万万.
        """
        if not text:
            return None
        if len(text) > 1 and all(c in self._digits for c in text):
            return int("".join(str(self._digits[c]) for c in text))
        total: Exact = 0
        section: Exact = 0
        digit: Exact | None = None
        greatest, before = 0, 1
        position = 0
        while position < len(text):
            character = text[position]
            if arabic := _DECIMAL.match(text, position):
                digit, position = decimal(arabic.group()), arabic.end()
                before = 1 if len(arabic.group()) > 1 else before
                continue
            position += 1
            if character in self._digits:
                digit = self._digits[character]
                before = 1 if digit == 0 else before
            elif character in self._contracted:
                section += self._contracted[character]
            elif unit := self._tens.get(character):
                section += (1 if digit is None or digit == 0 else digit) * unit
                digit, before = None, unit
            elif unit := self._scales.get(character):
                below = section + (digit or 0)
                if not below:
                    total = (total or 1) * unit
                elif unit > greatest:
                    total = (total + below) * unit
                else:
                    total += below * unit
                greatest, before = unit, unit
                section, digit = 0, None
            else:
                return None
        # 三万五 is 35000: a last digit right after a multiplier of 百 or more counts the next lower place.
        if digit is not None and before >= 100:
            digit *= before // 10
        return total + section + (digit or 0)


@lru_cache(maxsize=_REMEMBERED)
def decimal(digits: str) -> Exact:
    """The value of Arabic digits, with commas and a point: ``1,234.5``."""
    whole, _, decimals = digits.replace(",", "").partition(".")
    if not decimals:
        return int(whole)
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def _times(value: Exact, scale: int) -> Exact:
    """``value`` × ``scale``, as an integer where it is one: these are faster to go on with."""
    if isinstance(value, int):
        return value * scale
    quotient, rest = divmod(value.numerator * scale, value.denominator)
    return Fraction(value.numerator * scale, value.denominator) if rest else quotient
