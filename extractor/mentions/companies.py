"""Companies by their full legal name, and the short names that the document gives them."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ..model import Document, Region
from ..rulebook import Rulebook
from .scanning import alternation

_LONGEST = 9  # characters of a name before its stock code, and the mark before it


class CompanyNames:
    """Finds legal names (…股份有限公司), names with a stock code, and short names that the text gives (以下简称…)."""

    def __init__(self, rules: Rulebook) -> None:
        self._suffixes = tuple(rules.organisations.legal)
        self._full = regex.compile(
            rf"(?:^|(?<=[\n,。;:、“(由是为与和]))[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z()]{{1,24}}?(?:{alternation(self._suffixes)})"
        )
        self._code = regex.compile(r"\((?:股票代码|证券代码)?:?(?:S[HZ]|BJ|HK)?\d{5,6}(?:\.[A-Z]{2})?[),]")
        self._before_code = regex.compile(r"(?<=^|[\n,。;:、“由和与])[\u4e00-\u9fffA-Za-z]{2,8}$")
        self._short = regex.compile(r"(?:以下简称|下称|证券简称|股票简称|公司简称)[:“ ]*([\u4e00-\u9fffA-Za-z]{2,8})")

    def find(self, document: Document) -> dict[str, Region]:
        """Names → companies; a short name stands for the full name that stands before it."""
        text = document.text
        found: dict[str, Region] = {}
        ends: list[tuple[int, Region]] = []
        for match in self._names(text):
            region = found.setdefault(match.group(), Region(match.group(), None, "organization", "公司"))
            ends.append((match.end(), region))
        for match in self._short.finditer(text):
            before = [region for end, region in ends if end <= match.start()]
            if match[1] not in ("公司", "本公司"):
                found[match[1]] = before[-1] if before else Region(match[1], None, "organization", "公司")
        return found

    def _names(self, text: str) -> Iterator[regex.Match[str]]:
        if any(suffix in text for suffix in self._suffixes):
            yield from self._full.finditer(text)
        for code in self._code.finditer(text):
            if match := self._before_code.search(text, max(0, code.start() - _LONGEST), code.start()):
                yield match
