"""Companies by their full legal name, and the short names that the document gives them."""

from __future__ import annotations

import regex

from ..model import Document, Region
from ..rulebook import Rulebook
from .scanning import alternation


class CompanyNames:
    """Finds legal names (…股份有限公司) and what the text says they are called for short (以下简称…)."""

    def __init__(self, rules: Rulebook) -> None:
        self._suffixes = tuple(rules.organisations.legal)
        self._full = regex.compile(
            rf"(?:^|(?<=[\n,。;:、“(由是为与和]))[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z()]{{1,24}}?(?:{alternation(self._suffixes)})"
        )
        self._short = regex.compile(r"(?:以下简称|下称|证券简称|股票简称|公司简称)[:“ ]*([\u4e00-\u9fffA-Za-z]{2,8})")

    def find(self, document: Document) -> dict[str, Region]:
        """Names → companies; a short name stands for the full name that stands before it."""
        text = document.text
        if not any(suffix in text for suffix in self._suffixes):
            return {}
        found: dict[str, Region] = {}
        ends: list[tuple[int, Region]] = []
        for match in self._full.finditer(text):
            name = match.group()
            region = found.setdefault(name, Region(name, None, "organization", "公司"))
            ends.append((match.end(), region))
        for match in self._short.finditer(text):
            before = [region for end, region in ends if end <= match.start()]
            if before and match[1] not in ("公司", "本公司"):
                found[match[1]] = before[-1]
        return found
