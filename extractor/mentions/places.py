"""Places: administrative divisions with their codes, and the towns and villages that the document itself names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import regex

from ..model import Document, Region
from ..rulebook import Rulebook
from .quantities import alternation

_HAN = "\u4e00-\u9fff"
_LONG_SUFFIXES = (
    "特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市", "地区", "盟",
)  # fmt: skip
_LEVEL_BY_ZEROS = {4: "省", 2: "市", 0: "县"}
_LONGEST_NAME = 4


class Gazetteer:
    """Divisions down to county by name, full and short, with what kind of division each is."""

    def __init__(self, rules: Rulebook) -> None:
        self.regions: dict[str, Region] = {}
        by_name: dict[str, list[tuple[str, str]]] = {}
        for division in rules.divisions:
            by_name.setdefault(division.name, []).append((division.code, division.name))
            if short := _short(division.code, division.name):
                by_name.setdefault(short, []).append((division.code, division.name))
        for name, entries in by_name.items():
            code, full = min(entries, key=lambda entry: (_rank(entry[0]), entry[0]))
            certain = len({c for c, _ in entries if _rank(c) == _rank(code)}) == 1
            self.regions[name] = Region(full, code if certain else None, "region", _level(full, code))
        for name in rules.regions.regions:
            self.regions.setdefault(name, Region(name, None, "region", "国" if name in ("全国", "我国") else ""))
        self.anaphors = {
            word: Region(word, None, "region", level, anaphor=True)
            for level, words in rules.regions.anaphors.items()
            for word in words
        }
        self._codes: dict[str, list[str]] = {}
        for division in rules.divisions:
            self._codes.setdefault(division.name, []).append(division.code)

    def code_within(self, chain: list[str]) -> str | None:
        """The code of the last name of a chain (江苏省, 南京市, 鼓楼区), using the ones before it where it is not unique."""
        codes = self._codes.get(chain[-1], [])
        for above in chain[:-1]:
            prefixes = [_significant(code) for code in self._codes.get(above, [])]
            codes = [code for code in codes if any(code.startswith(prefix) for prefix in prefixes)] or codes
        return codes[0] if len(codes) == 1 else None


class LocalPlaces:
    """Finds the towns, villages and zones that a document names, and the headings that are a bare name."""

    def __init__(self, rules: Rulebook, gazetteer: Gazetteer) -> None:
        suffixes = alternation(rules.regions.suffixes)
        self._name = regex.compile(rf"([{_HAN}]{{1,{_LONGEST_NAME + 2}}}?)({suffixes})(?![{_HAN}]{{0,0}}[长办])")
        self._suffix = regex.compile(rf"({suffixes})")
        self._list = regex.compile(rf"[{_HAN}]{{2,6}}(?:、[{_HAN}]{{2,6}})+等(?:\d+个|[{_HAN}]个)?(?:{suffixes})")
        self._not_in_names = frozenset(rules.regions.not_in_names)
        self._not_places = frozenset(rules.regions.not_places)
        self._gazetteer = gazetteer

    def find(self, document: Document) -> dict[str, Region]:
        """Names (and bare names) → regions of this document."""
        cores = Counter[str]()
        occurrences: list[tuple[str, str]] = []
        text = document.text
        for match in self._suffix.finditer(text):
            suffix, end = match.group(), match.start()
            start = end
            while start > 0 and end - start < _LONGEST_NAME and "\u4e00" <= text[start - 1] <= "\u9fff":
                start -= 1
            before = text[start:end]
            occurrences.append((before, suffix))
            for length in range(1, len(before) + 1):
                cores[before[-length:] + suffix] += 1
        found: dict[str, Region] = {}
        bare = {heading.text for heading in _headings(document)}
        for before, suffix in occurrences:
            core = self._core(before, suffix, cores, bare)
            if core:
                region = Region(core + suffix, None, "region", suffix)
                found[core + suffix] = region
                if core in bare or (cores[core + suffix] > 1 and len(core) > 1):
                    found.setdefault(core, region)
        return found

    def _core(self, before: str, suffix: str, cores: Counter[str], bare: set[str]) -> str | None:
        """The name before a suffix: what the document repeats, or what follows the last function character."""
        if any((before + suffix).endswith(word) for word in self._not_places):
            return None
        longest = _after_known(before, self._gazetteer)
        for heading in bare:
            if len(heading) >= 2 and longest.endswith(heading):
                return heading
        if len(longest) < 2:
            return None
        count = cores[longest[-2:] + suffix]
        core = longest[-2:]
        if count > 1:
            for length in range(3, len(longest) + 1):
                if cores[longest[-length:] + suffix] < count:
                    break
                core = longest[-length:]
        elif len(longest) > 2 and longest[-3] not in self._not_in_names and len(longest) == 3:
            core = longest[-3:]
        if any(c in self._not_in_names for c in core[1:]) or (count == 1 and core[0] in self._not_in_names and core[0] != "并"):
            return None
        return core

    def lists(self, text: str) -> Iterator[regex.Match[str]]:
        """Places that share one suffix: 初坑、井美、东坑等村."""
        return iter(self._list.finditer(text))


def _headings(document: Document) -> Iterator[Heading]:  # noqa: F821
    seen = set()
    for block in document.blocks:
        for heading in block.headings:
            if id(heading) not in seen:
                seen.add(id(heading))
                yield heading


def _after_known(before: str, gazetteer: Gazetteer) -> str:
    """What is left of the characters before a suffix after a known place among them (东莞市|东坑)."""
    for start in range(len(before)):
        for end in range(len(before), start + 1, -1):
            if before[start:end] in gazetteer.regions and before[start:end][-1] in "省市县区州旗":
                return before[end:]
    return before


def _rank(code: str) -> int:
    """0 for a province, 1 for a prefecture, 2 for a county."""
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


def _significant(code: str) -> str:
    return code[: (2, 4, 6)[_rank(code)]]


def _level(full: str, code: str) -> str:
    for suffix in ("自治区", "省", "市", "县", "区", "旗", "州", "盟"):
        if full.endswith(suffix):
            return suffix
    return ("省", "市", "县")[_rank(code)]


def _short(code: str, name: str) -> str | None:
    """The name without its suffix, for provinces and prefectures only: bare county names are too often other words."""
    if _rank(code) == 2:
        return None
    for suffix in _LONG_SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    return None
