"""Places: administrative divisions with their codes, and the towns and villages that the document itself names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..model import Document, Region
from ..patterns import compiled, compiled_regex
from ..segment import Segmenter
from .scanning import alternation

if TYPE_CHECKING:
    from ..rulebook import Regions, Rulebook

_COMPANY = "公司"
_BODY = "机构"
_NATION = "国"
_HAN = "\u4e00-\u9fff"
_LONGEST_NAME = 4
_SHARES, _SHORTEST = "AB", 3  # classes of shares at the end of a name (京东方A), and the characters before one
_COUNTRY = "国"  # names of countries are a closed list
_LONGEST_DIVISION = 9  # characters of the longest name of a division before its suffix
_LONG_ENOUGH = 3  # characters of a known name that is never the end of another
_PROPER = frozenset({"ns", "nr", "nz", "nt", ""})  # tags of names and of what no dictionary has
_LONGEST_LIST = 60  # characters of a list of places before 等村


class Gazetteer:
    """Divisions down to county by name, full and short, with what kind of division each is."""

    def __init__(self, rules: Rulebook) -> None:
        self.regions: dict[str, Region] = {}
        by_name: dict[str, list[tuple[str, str]]] = {}
        endings = rules.regions.division_endings
        for division in rules.divisions:
            by_name.setdefault(division.name, []).append((division.code, division.name))
            if short := _short(division.code, division.name, endings):
                by_name.setdefault(short, []).append((division.code, division.name))
        for name in rules.regions.everyday:
            by_name.pop(name, None)
        for name, entries in by_name.items():
            code, full = min(entries, key=lambda entry: (_rank(entry[0]), entry[0]))
            certain = len({c for c, _ in entries if _rank(c) == _rank(code)}) == 1
            self.regions[name] = Region(full, code if certain else None, "region", _level(full, code, rules.regions))
        for county in rules.counties_short:
            self.regions.setdefault(
                county.short,
                Region(
                    county.full or county.short,
                    county.code or None,
                    "region",
                    _level(county.full, county.code or "000001", rules.regions),
                ),
            )
        for place in rules.world:
            self.regions.setdefault(
                place.name, Region(place.full, None, "region", _NATION if place.kind == "country" else "world")
            )
        own = rules.regions.anaphors.get(_NATION, ())
        for name in rules.regions.regions:
            self.regions.setdefault(name, Region(name, None, "region", _NATION if name in own else ""))
        self.companies = {
            company.name: Region(company.name, company.code, "organization", _COMPANY)
            for company in rules.companies
            if not company.everyday and company.name not in self.regions
        }
        self.everyday: dict[str, Region] = {
            company.name: Region(company.name, company.code, "organization", _COMPANY)
            for company in rules.companies
            if company.everyday
        }
        for name, company in list(self.companies.items()):
            if name[-1] in _SHARES and len(name) > _SHORTEST:
                self.companies.setdefault(name[:-1], company)  # 京东方A
        for brand in rules.institutions.companies:
            known = self.everyday if brand.everyday else self.companies
            for name in (brand.name, *brand.aliases):
                known.setdefault(name, Region(name, None, "organization", _COMPANY))
        self.sources: set[str] = set()
        self.analysts: set[str] = set()
        for body in rules.institutions.institutions:
            for name in (body.name, *body.aliases):
                self.companies.setdefault(name, Region(name, None, "organization", _BODY))
                if body.role == "source":
                    self.sources.add(name)
                elif body.role == "analyst":
                    self.analysts.add(name)
        self.codes = {company.code[:-3]: company.code for company in rules.companies}
        self.coded = {company.code[:-3]: company.name for company in rules.companies}
        self.anaphors = {
            word: Region(word, None, "region", level, anaphor=True)
            for level, words in rules.regions.anaphors.items()
            for word in words
        }
        self._codes: dict[str, list[str]] = {}
        for division in rules.divisions:
            self._codes.setdefault(division.name, []).append(division.code)

    def code_within(self, name: str, above: str | None) -> str | None:
        """The code of the division ``name``; that of the one ``above`` decides between namesakes (南京市|鼓楼区)."""
        codes = self._codes.get(name, [])
        if above:
            codes = [code for code in codes if code.startswith(_significant(above))] or codes
        return codes[0] if len(codes) == 1 else None


class LocalPlaces:
    """Finds the towns, villages and zones that a document names, and the headings that are a bare name."""

    def __init__(self, rules: Rulebook, gazetteer: Gazetteer, segmenter: Segmenter) -> None:
        regions = rules.regions
        firsts = "".join({suffix[0] for suffix in regions.suffixes})
        suffixes = "|".join(_ending(suffix, regions) for suffix in sorted(regions.suffixes, key=len, reverse=True))
        self._suffix = compiled(f"(?=[{re.escape(firsts)}])(?:{suffixes})")
        list_end = rf"等(?:{suffixes})"
        self._list_end = compiled_regex(list_end)
        self._list = compiled_regex(rf"[{_HAN}]{{2,6}}(?:、[{_HAN}]{{2,6}})+{list_end}$")
        self._strict = frozenset(regions.strict_suffixes)
        self._not_in_names = frozenset(regions.not_in_names)
        self._not_places = {
            suffix: tuple(
                word for word in regions.not_places if not (len(word) < len(suffix) and suffix.endswith(word))
            )
            for suffix in regions.suffixes
        }
        self._generic = frozenset(regions.generic)
        self._levels = frozenset(regions.suffixes)
        self._gazetteer, self._segmenter = gazetteer, segmenter
        self._anaphors = {level: tuple(words) for level, words in regions.anaphors.items()}
        short: dict[str, list[str]] = {}
        for name, region in gazetteer.regions.items():
            if name != region.name and region.level in self._anaphors and region.type == "region":
                short.setdefault(region.level, []).append(name)
        partner = alternation(regions.not_subject_after)
        self._short = {level: compiled(rf"(?:{partner})?({alternation(names)})") for level, names in short.items()}

    def find(self, document: Document) -> dict[str, Region]:
        """Names and bare names → regions of this document."""
        occurrences = list(self._occurrences(document.text))
        first: dict[str, int] = {}
        for before, suffix, start in occurrences:
            for length in range(1, len(before) + 1):
                first.setdefault(before[-length:] + suffix, start - length)
        cores = Counter(
            before[-length:] + suffix for before, suffix, _ in occurrences for length in range(1, len(before) + 1)
        )
        bare = {block.headings[-1].text for block in document.blocks if block.headings}
        found: dict[str, Region] = {}
        named = Counter[str]()
        full = Counter[str]()
        behind = 0  # the end of the place named last
        for before, suffix, at in occurrences:
            wide = document.text[max(0, at - _LONGEST_DIVISION) : at]  # 新疆维吾尔|自治区
            known = next((n for i in range(len(wide)) if (n := wide[i:] + suffix) in self._gazetteer.regions), "")
            if known:
                full[known] += 1
                first.setdefault(known, at + len(suffix) - len(known))
            if len(known) >= _LONG_ENOUGH or (known and suffix == _COUNTRY):  # 目前|英国
                behind = at + len(suffix)
                continue
            core = self._core(before, suffix, cores, bare) or self._bounded(before) or self._below(before, at - behind)
            if core and not (suffix in self._strict and self._is_common(core)):
                behind = at + len(suffix)
                found.setdefault(
                    core + suffix, Region(core + suffix, None, "region", suffix, first=first[core + suffix])
                )
                named[core + suffix] += 1
        for name, _ in (full + named).most_common():
            region = found.get(name) or self._gazetteer.regions[name]
            document.by_level.setdefault(region.level, region._replace(name=name, first=first[name]))
        self._name_bare(document)
        for name, count in sorted(named.items(), key=lambda item: item[1]):
            core = name.removesuffix(found[name].level)
            if core in bare or (count > 1 and len(core) > 1):
                found[core] = found[name]
        return found

    def _name_bare(self, document: Document) -> None:
        """全市 of a text that names its city without the suffix alone: the only one of its level that it names."""
        text = document.text
        for level, pattern in self._short.items():
            if level in document.by_level or not any(word in text for word in self._anaphors[level]):
                continue
            found = list(pattern.finditer(text))
            named = {match[1]: match.start(1) for match in reversed(found)}
            if len(named) == 1 and any(match.start() == match.start(1) for match in found):
                (name, first), *_ = named.items()
                document.by_level[level] = self._gazetteer.regions[name]._replace(name=name, first=first)

    def _occurrences(self, text: str) -> Iterator[tuple[str, str, int]]:
        """(the Chinese characters before a suffix, the suffix, where it starts)."""
        for match in self._suffix.finditer(text):
            end = start = match.start()
            while start > 0 and end - start < _LONGEST_NAME and "\u4e00" <= text[start - 1] <= "\u9fff":
                start -= 1
            if end - start >= 2 and not (text[start:end] + match.group()).endswith(self._not_places[match.group()]):
                yield text[start:end], match.group(), end

    def _core(self, before: str, suffix: str, cores: Counter[str], bare: set[str]) -> str | None:
        """The name before a suffix: what the document repeats, or what follows a known place or a function word."""
        longest = _after_known(before, self._gazetteer)
        for heading in bare:
            if len(heading) >= 2 and longest.endswith(heading):
                return heading
        if len(longest) < 2:
            return None
        count = cores[longest[-2:] + suffix]
        if count == 1:
            core = self._whole_words(longest)
        else:
            length = 2
            while length < len(longest) and cores[longest[-length - 1 :] + suffix] == count:
                length += 1
            core = longest[-length:]
        return core if core and self._can_name(core) else None

    def _bounded(self, before: str) -> str | None:
        """What stands between a mark and a suffix is a name whatever its words are elsewhere ((海桐|市)."""
        return before if len(before) in (2, 3) and len(before) < _LONGEST_NAME and self._can_name(before) else None

    def _is_common(self, core: str) -> bool:
        """A word that names no place: 棚户|区 is a kind of quarter, 霁川|区 a district."""
        words = list(self._segmenter.tokens(core))
        return any(len(token.word) > 1 and token.tag[:2] not in _PROPER for token in words)

    def _below(self, before: str, length: int) -> str | None:
        """东山街道|杏花|社区: what stands between a place and a suffix is a name too."""
        name = before[-length:] if length in (2, 3) else ""
        return name if name and len(name) < len(before) and self._can_name(name) else None

    def _whole_words(self, before: str) -> str | None:
        """The proper name at the end: unknown characters and names, no cut word (制造业|立镇 is none)."""
        core = ""
        for token in reversed(list(self._segmenter.tokens(before))):
            if token.word in self._not_in_names or (core and token.word in self._levels):
                break
            if len(token.word) > 1 and token.tag[:2] not in ("ns", "nr", "nz", "nt", ""):
                return (
                    core if len(core) > 1 and token.tag[:1] in ("v", "p", "d", "c", "r", "t", "f", "u", "m") else None
                )
            core = token.word + core
        return core if len(core) > 1 else None

    def _can_name(self, core: str) -> bool:
        if core in self._generic or any(character in self._not_in_names for character in core):
            return False
        tag = self._segmenter.tag
        return tag(core)[:1] not in ("v", "d", "p", "c", "r", "u", "m", "t") and tag(core[:2])[:1] not in ("v", "p")

    def lists(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans of places that share one suffix: 初坑、井美、东坑等村."""
        for end in self._list_end.finditer(text):
            start = max(0, end.start() - _LONGEST_LIST)
            if match := self._list.search(text, start, end.end()):
                yield match.span()


def _ending(suffix: str, regions: Regions) -> str:
    """A pattern of a place's suffix: not where a word goes on (县|城), unless another begins there (县|城镇居民)."""
    stops, words = regions.suffix_not_before.get(suffix), regions.suffix_before.get(suffix)
    if not stops:
        return re.escape(suffix)
    but = f"(?!{alternation(words)})" if words else ""
    return f"{re.escape(suffix)}(?!{but}[{re.escape(stops)}])"


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


def _level(full: str, code: str, regions: Regions) -> str:
    for suffix in regions.division_levels:
        if full.endswith(suffix):
            return suffix
    return regions.levels_of_codes[_rank(code)]


def _short(code: str, name: str, endings: Iterable[str]) -> str | None:
    """The name without its suffix, for provinces and prefectures only: bare county names are too often other words."""
    if _rank(code) == 2:
        return None
    for suffix in endings:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    return None
