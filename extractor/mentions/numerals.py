"""Numerals: the exact value of a number written in Arabic, Chinese or mixed form."""

from __future__ import annotations

from fractions import Fraction

from ..model import Number
from ..rulebook import Numerals


class NumeralParser:
    """Reads numbers with the digits and multipliers of ``rules/numerals.yaml``."""

    def __init__(self, rules: Numerals) -> None:
        self._digits = rules.digits
        self._tens = rules.tens
        self._scales = rules.scales
        self._contracted = rules.contracted
        self._point = rules.point
        self._half = rules.half
        self._indefinite = tuple(rules.indefinite)
        self.characters = "".join(
            [*rules.digits, *rules.tens, *rules.scales, *rules.contracted, rules.half, *"".join(rules.indefinite)]
        )

    def arabic(self, digits: str, multipliers: str = "") -> Fraction:
        """``1,234.5`` with multipliers such as ``万`` or ``千万`` behind it."""
        whole, _, decimals = digits.replace(",", "").partition(".")
        return Fraction(int(whole + decimals) * self.multiplier(multipliers), 10 ** len(decimals))

    def multiplier(self, characters: str) -> int:
        """The product of multiplier characters: 万亿 is 10¹²."""
        product = 1
        for character in characters:
            product *= self._tens.get(character) or self._scales[character]
        return product

    def chinese(self, text: str) -> Number | None:
        """A Chinese numeral; two neighbouring digits (三五, 七八百) are a range. ``None`` when it is none."""
        if text.startswith(self._indefinite):
            rest = text.lstrip("".join(self._indefinite))
            inner = self._whole(rest)
            return Number(inner, relation=">") if inner else None
        if text == self._half:
            return Number(Fraction(1, 2))
        if text.endswith(self._half):
            inner = self._decimal(text[:-1])
            return Number(inner + Fraction(1, 2)) if inner is not None else None
        if (span := self._neighbours(text)) is not None:
            return span
        value = self._decimal(text)
        if value is None:
            return None
        return Number(value, loose=(text[0] in self._tens and text[0] != "十") or text[0] in self._scales)

    def _neighbours(self, text: str) -> Number | None:
        """三五 (3–5), 七八百 (700–800), 十七八 (17–18), 二三十 (20–30)."""
        for i in range(len(text) - 1):
            low, high = self._digits.get(text[i]), self._digits.get(text[i + 1])
            if low and high and low < high <= low + 2:
                first = self._decimal(text[: i + 1] + text[i + 2 :])
                second = self._decimal(text[:i] + text[i + 1 :])
                if first is not None and second is not None and not self._is_digit(text, i + 2):
                    return Number(first, second)
        return None

    def _is_digit(self, text: str, index: int) -> bool:
        return index < len(text) and text[index] in self._digits

    def _decimal(self, text: str) -> Fraction | None:
        whole, point, digits = text.partition(self._point)
        value = self._whole(whole)
        if value is None or not point:
            return value
        scale = "".join(c for c in digits if c in self._scales)
        tail = digits.removesuffix(scale)
        if not tail or any(c not in self._digits for c in tail):
            return None
        fraction = Fraction(int("".join(str(self._digits[c]) for c in tail)), 10 ** len(tail))
        return (value + fraction) * self.multiplier(scale)

    def _whole(self, text: str) -> Fraction | None:
        if not text:
            return None
        if len(text) > 1 and all(c in self._digits for c in text):
            return Fraction(int("".join(str(self._digits[c]) for c in text)))
        total = section = digit = 0
        last = 1
        for c in text:
            if c in self._digits:
                digit = self._digits[c]
                last = 1 if c in "零〇" else 0
            elif c in self._contracted:
                section += self._contracted[c]
            elif c in self._tens:
                unit = self._tens[c]
                section += (digit or (0 if section and last == 0 else 1)) * unit
                digit, last = 0, unit
            elif c in self._scales:
                unit = self._scales[c]
                below = section + digit
                total = (total + below) * unit if unit > 10_000 else total + (below or 1) * unit
                if unit > 10_000 and total == 0:
                    total = unit
                section = digit = 0
                last = unit
            else:
                return None
        # 三万五 is 35000: a last digit right after a multiplier of 百 or more counts the next lower place.
        if digit and last == 0 and len(text) > 1:
            before = text[-2]
            unit = self._tens.get(before, 0) or self._scales.get(before, 0)
            if unit >= 100:
                digit *= unit // 10
        return Fraction(total + section + digit)
