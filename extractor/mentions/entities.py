"""Entities: the companies, brands, facilities and projects that a document itself names, by full and by short name.

A name is found where its left end is certain: at the beginning of a clause, behind a mark, before a stock code, in the
words 以下简称; every other place where the document writes it again is found from there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..model import Document, Region
from ..patterns import compiled
from ..segment import Segmenter
from .places import Gazetteer
from .scanning import alternation, occurrences

if TYPE_CHECKING:
    from ..rulebook import Rulebook

_HAN = "\u4e00-\u9fff"
_NEAR = 60  # characters between a full name and the short name that is given it
_NATION = "国"
_PERCENT = r"\(\d{1,3}(?:\.\d{1,2})?%\)"
_NO_NAMES = frozenset("vdpcrmtu")  # first letters of the tags of words that no name is made of
_SHORTEST_STEM = 2
_LONGEST_PERSON = 3
_LONGEST_STEM = 6
_LONGEST_UNKNOWN = 4
_LONG_WORD, _LONGEST_WORD = 4, 8  # characters of a word that begins behind a suffix, or where an unknown name would
_FEWEST_COMPANIES = 2  # known ones before colons that make the others there companies
_ORGANISATION = "公司"
_FACILITY = "设施"


class EntityFinder:
    """Compiled shapes of names; :meth:`find` reads a document once."""

    def __init__(self, rules: Rulebook, segmenter: Segmenter, gazetteer: Gazetteer) -> None:
        entities = rules.entities
        self._segmenter, self._regions, self._codes = segmenter, gazetteer.regions, gazetteer.codes
        self._pronouns = frozenset(rules.organisations.anaphors)
        self._told_as = tuple(entities.kinds)
        self._makers = (*entities.kinds, *entities.company_suffixes, *entities.weak_suffixes)
        self._levels_of: dict[str, list[str]] = {}
        for level, words in rules.regions.anaphors.items():
            for word in words if level != _NATION else ():
                self._levels_of.setdefault(word, []).append(level)
        stops = {level: rules.regions.suffix_not_before.get(level, "") for level in rules.regions.anaphors}
        self._whole = compiled(
            "|".join(
                f"(?:{alternation(words)})(?![{stops[level]}])" if stops[level] else alternation(words)
                for level, words in rules.regions.anaphors.items()
                if level != _NATION
            )
        )
        self._forms = frozenset(rules.organisations.legal)
        self._legal_ends = tuple(rules.organisations.legal)
        legal = alternation(rules.organisations.legal)
        opens = r"(?:(?<=[\n,。;:、“()由是为与和])|^)"
        self._legal = compiled(rf"{opens}[{_HAN}A-Za-z][{_HAN}A-Za-z()]{{1,24}}?(?:{legal})")
        self._coded = compiled(
            rf"([{_HAN}A-Za-z*]{{2,10}})\((?:{alternation(entities.code_labels)})?:?(?:S[HZ]|BJ|HK)?:?(\d{{5,6}}|(?!19|20)\d{{4}})(?:\.([A-Z]{{2}}))?[,;)]"
        )
        self._short = compiled(rf"(?:{alternation(entities.short_labels)})[:为]?[“ ]?([{_HAN}A-Za-z]{{2,10}}?)[”,;)。]")
        # Where a name can begin: the shapes below are tried there and nowhere else.
        part = alternation(entities.before_part)
        dateline = r"[讯电](?: |\([^()\n]{2,30}\) ?)"
        self._starts = compiled(
            rf"(?:^|[\n,。;:、“(]|{dateline}|{part}){entities.time}|{alternation(entities.before_names)}的?"
        )
        stem = rf"[{_HAN}A-Za-z]{{1,{_LONGEST_STEM}}}?"
        companies = alternation((*entities.company_suffixes, *entities.weak_suffixes))
        self._companies = compiled(
            rf"({stem})({companies})(?!(?!{alternation(entities.but_behind)})[{entities.not_behind}])"
        )
        works = rf"(?!(?!{alternation(entities.works)})[{entities.not_behind}])"
        stretch = rf"(?:[{_HAN}]{{0,4}}{entities.stretch}(?={alternation(entities.stretch_before)}|[,;。]))?"
        self._facilities = compiled(rf"({stem})({alternation(entities.facility_suffixes)}){works}{stretch}")
        self._quoted = compiled(rf"“([^”“,。;\n]{{2,8}})”(?=[{_HAN}]{{0,10}}(?:{alternation(entities.quoted_before)}))")
        brand = rf"(?:[{_HAN}]{{2,4}}?|[A-Za-z][A-Za-z0-9&·-]{{1,12}})"
        time, between = entities.time, alternation(entities.between)
        kinds = alternation([word for word in entities.before_names if len(word) > 1])
        sold = alternation(entities.sold)
        verbs = alternation((*entities.brand_verbs, *entities.sold)) + rf"|以[约近超]?\d|,(?:{sold})"
        model = rf"(?:[A-Z][A-Za-z]{{0,3}}\d{{0,4}}[A-Za-z]{{0,3}}|\d{{1,3}})?(?:{alternation(entities.products)})?"
        self._kinds = compiled(rf"^.*(?:{kinds})")
        self._brand = compiled(
            rf"(?:{time})({brand}(?:[、和与]{brand}){{0,4}}){model}{time}(?:{between}|分别)?(?={verbs})"
        )
        self._topics = compiled(
            rf"(?:^|\n)(?:[一二三四五六七八九十]{{1,2}}、)?([{_HAN}]{{1,6}}?(?:{alternation(entities.natural)}))"
            rf"(?=[(,\n]|{alternation(entities.natural_before)})"
        )
        self._label = compiled(rf"(?:^|[。\n ]|(?<!\d)\d{{1,2}}[.、])([{_HAN}]{{3,5}}):")
        self._coded_names = gazetteer.coded
        self._everyday, self._companies_known = gazetteer.everyday, gazetteer.companies
        acts = alternation((*entities.brand_verbs, *entities.company_words))
        self._everyday_acting = compiled(
            rf"(?:(?<=[\n,。;:、“(和与])|^)(?:{alternation(entities.before_acting)})?({alternation(self._everyday)})(?:{time})(?:{between})?(?={alternation(entities.kinds)}|[、和与][^,。]{{2,6}}?(?:{acts})|{acts}|以[约近超]?\d)"
        )
        self._clause = compiled(
            rf"(?:(?:^(?:{alternation(entities.before_opening)})?《?|[\n,。;:(]|{dateline})(?:{part})?|(?<![{_HAN}])[{_HAN}]{{0,8}}(?:{kinds}))(?:[今去]?[\d年月日季度]{{2,12}})?"
        )
        self._acts = compiled(rf"(?:{time})(?:{between})?(?:{acts}|以(?=[约近超]?\d)|{_PERCENT})")
        self._shared = compiled(rf"(?<=[、和与])[{_HAN}]{{2,4}}(?={_PERCENT})")
        self._company_acts = compiled(
            rf"{time}(?:{between})?(?:{alternation(entities.company_acts)}|以(?=[约近超]?\d))"
        )
        self._facility_acts = compiled(rf"{time}(?:{between})?(?:{alternation(entities.facility_acts)})")
        self._never = frozenset(entities.never_in_names)
        self._suffix_characters = frozenset("".join(rules.regions.suffixes) + entities.not_behind)
        self._before_opening = compiled(rf"(?:{alternation(entities.before_opening)})?《?")
        self._name_characters = frozenset(entities.name_characters)
        self._behind_opening = compiled(r"“|20\d\d年?")  # 某市2023年…, 某市“十四五”…
        self._bare_ends = frozenset(entities.bare_ends)
        self._titles = tuple(entities.titles)
        self._called = compiled(rf"[{_HAN}]?(?:{alternation(entities.called)})")
        self._labels = frozenset(entities.label_ends)
        self._materials = frozenset(entities.materials)
        self._sectors = tuple(rules.regions.sectors)
        self._with = entities.joins
        self._leading = compiled(rf"^(?:{alternation(entities.leading)})+")
        self._state_endings = tuple(entities.state_endings)
        bodies, endings = alternation(entities.state_bodies), alternation(entities.state_endings)
        self._state = compiled(rf"([{_HAN}]{{2,6}}?)(?={bodies})|([{_HAN}]{{1,3}}(?:{endings}))")
        self._item = compiled(r"[^、和与]+")
        member = rf"[{_HAN}A-Za-z]{{2,10}}(?:\([^()\n]{{1,12}}\))?"
        self._list = compiled(rf"{member}(?:[、和与]{member})+")
        self._name = compiled(rf"[{_HAN}A-Za-z]{{2,10}}(?=[、和与(]|$|[^{_HAN}A-Za-z])")
        pointing = {*rules.regions.anaphors[_NATION], *rules.regions.home_markets}
        self._nation = frozenset(rules.regions.nation) - pointing
        self._weak = frozenset(entities.weak_suffixes)
        self._common = frozenset(entities.common_stems)
        self._generic = tuple(word for word in entities.before_names if len(word) > 1)
        self._products = compiled(alternation(entities.products))
        self._function_words = frozenset(rules.words.function_words)

    def find(self, document: Document, places: dict[str, Region]) -> dict[str, Region]:
        """Names → entities; a short name stands for the full name before it. ``places`` are none of them."""
        text = document.text
        found: dict[str, Region] = {}
        stems = {name[: -len(region.level)] for name, region in places.items() if name.endswith(region.level)}
        ends: list[tuple[int, Region]] = []
        for start, name, code, level in self._names(text):
            if name in stems or name in places:
                continue  # 岭川|省 is a place
            if name not in found:
                found[name] = Region(name, code, "organization", level, first=start)
            ends.append((start + len(name), found[name]))
        self._join_short(found)
        for name, region in list(found.items()):
            for kind in self._told_as:
                if not name.endswith(kind) and name + kind in text:
                    found.setdefault(name + kind, region._replace(name=name + kind))  # 云桥建设…: 云桥公司
        ends.sort(key=lambda item: item[0])
        positions = [end for end, _ in ends]
        for match in self._short.finditer(text):
            name = match[1]
            if name in self._pronouns or text[: match.start()].rstrip("(").endswith("》"):
                continue  # 《…报告》(以下简称报告)
            near = slice(bisect_left(positions, match.start() - _NEAR), bisect_right(positions, match.start()))
            before = [region for _, region in ends[near]]
            found[name] = (
                max(before, key=lambda region: (region.first, len(region.name)))
                if before
                else Region(name, None, "organization", _ORGANISATION, first=match.start(1))
            )
        return found | self._seat(document, found)

    def _join_short(self, found: dict[str, Region]) -> None:
        """远帆 of 远帆物流股份有限公司 is no company of its own."""
        full = {region.first: region for name, region in found.items() if name.endswith(self._legal_ends)}
        for name, region in found.items():
            whole = full.get(region.first)
            if whole and whole.name != name and whole.name.startswith(name):
                found[name] = whole

    def _seat(self, document: Document, found: dict[str, Region]) -> dict[str, Region]:
        """岚州:向海图强 … 全市: the name that opens a text about 全市 is the city where none is named in full."""
        whole = self._whole.search(document.text)
        if whole is None or any(level in document.by_level for level in self._levels_of[whole.group()]):
            return {}
        level = self._levels_of[whole.group()][-1]
        start, name = self._opening(document, level) or min(
            ((region.first, name) for name, region in found.items() if self._may_be_city(name, region, found)),
            default=(len(document.text), ""),
        )
        if start >= whole.start():
            return {}
        known = self._regions.get(name + level) or Region(name, None, "region", level)
        region = known._replace(name=name, first=start)
        document.by_level[level] = region
        return {name: region}

    def _opening(self, document: Document, level: str) -> tuple[int, str] | None:
        """A region of ``level`` without its suffix, or a word that no dictionary has, that opens the text."""
        text = document.text
        start = document.title.start if document.title else len(text) - len(text.lstrip())
        stem = text[start : start + _SHORTEST_STEM]
        name = stem if stem + level in self._regions else self._unknown_run(text, start)
        behind = start + len(name)
        if not name or text.startswith(self._makers, behind) or (text[behind] == ":" and name[-1] in self._labels):
            return None
        return start, name

    def _may_be_city(self, name: str, region: Region, found: dict[str, Region]) -> bool:
        """A name that no list of companies has and that nothing shows to be one."""
        if region.code or region.level != _ORGANISATION or name in self._companies_known or name != region.name:
            return False
        if len(name) > _LONGEST_UNKNOWN or name.isascii() or name.endswith(self._makers):
            return False
        return not any(other.startswith(name) and other != name for other in found)

    def countries(self, text: str) -> dict[str, Region]:
        """States that no gazetteer has, by their bodies (韦罗尼亚|统计局)."""
        found: dict[str, Region] = {}
        for match in _matches(self._state, text, self._beginnings(text)):
            name = match[1] or match[2]
            if name not in found and self._is_state(name, name.endswith(self._state_endings)):
                found[name] = Region(name, None, "region", "国", first=match.start())
        return found

    def _is_state(self, name: str, by_sound: bool) -> bool:
        if name in self._regions or name in self._common or self._segmenter.is_word(name) or name[-1] in "省市县区州镇":
            return False
        barred = self._never | self._function_words
        if any(character in barred for character in name if not (by_sound and character in self._name_characters)):
            return False
        return not any(
            name[:length] in self._regions or name[:length] in self._common or name[length:] in self._regions
            for length in range(1, len(name))
        )  # 会见|英国|总理

    def _names(self, text: str) -> Iterator[tuple[int, str, str | None, str]]:
        starts = self._beginnings(text)
        for match in self._legal.finditer(text):
            name = self._leading.sub("", match.group()).rpartition(self._with)[2]
            if name not in self._forms:
                yield match.end() - len(name), name, None, _ORGANISATION
        for match in self._coded.finditer(text):
            name = self._leading.sub("", match[1].lstrip("*ST"))
            listed = self._coded_names.get(match[2], "")
            if listed and name.endswith(listed):
                name = listed  # 高成长|精研科技(300709.SZ)
            yield match.end(1) - len(name), name, self._codes.get(match[2]), _ORGANISATION
        for pattern, level in ((self._companies, _ORGANISATION), (self._facilities, _FACILITY)):
            for match in _matches(pattern, text, starts):
                stem = self._kinds.sub("", self._leading.sub("", match[1]))  # 外资品牌|洛尔|汽车, 上调|海澜|重工
                weak = match[2] in self._weak
                acts = self._facility_acts if level == _FACILITY else self._company_acts
                if not stem or not (
                    self._is_name(stem, weak)
                    or ((not weak or self._is_rare_name(stem)) and self._acts_as_one(text, stem, match.end(), acts))
                ):
                    continue
                if not self._goes_on(text, match.start(2), match.end(2)):
                    name = stem + match.group()[match.start(2) - match.start() :]  # 乐雅高速公路|洪雅段
                    yield match.start(2) - len(stem), name, None, level
        yield from self._labelled(text)
        for match in self._topics.finditer(text):
            yield match.start(1), match[1], None, _FACILITY
        yield from self._unknown(text)
        for match in self._everyday_acting.finditer(text):
            if any(text[match.start(1) : match.end(1) + more] in self._companies_known for more in (2, 4)):
                continue  # 洋河|股份
            yield match.start(1), match[1], self._everyday[match[1]].code, _ORGANISATION
        yield from self._listed(text)
        for match in self._shared.finditer(text):
            if self._unknown_at(text, match.start()) == match.group():
                yield match.start(), match.group(), None, _ORGANISATION
        for match in self._quoted.finditer(text):
            yield match.start(1), match[1], None, _FACILITY
        for match in _matches(self._brand, text, starts):
            brands = list(self._item.finditer(text, match.start(1), match.end(1)))
            if any(self._is_brand(brand.group()) for brand in brands):
                for brand in brands:
                    if brand.group() not in self._regions and brand.group() not in self._common:
                        yield brand.start(), brand.group(), None, _ORGANISATION

    def _labelled(self, text: str) -> Iterator[tuple[int, str, str | None, str]]:
        """1、甲股份:…2、青山药机:…: what stands before the colon in a list of companies is one too."""
        labels = [(match.start(1), match[1]) for match in self._label.finditer(text)]
        if sum(name in self._companies_known for _, name in labels) < _FEWEST_COMPANIES:
            return
        for start, name in labels:
            if name[-1] not in self._labels and name not in self._regions and name not in self._common:
                yield start, name, None, _ORGANISATION

    def _beginnings(self, text: str) -> list[int]:
        return [match.end() for match in self._starts.finditer(text)]

    def _listed(self, text: str) -> Iterator[tuple[int, str, str | None, str]]:
        """苹果(16%)、小米(15%)、华为(11%): everyday names in a list with a company are companies too."""
        if not any(name in text for name in self._everyday):
            return
        for match in self._list.finditer(text):
            items = list(self._name.finditer(text, *match.span()))
            known = [self._company_in(item.group()) for item in items]
            named = [
                "" if company else self._everyday_in(item.group()) for item, company in zip(items, known, strict=True)
            ]
            if not any(named) or not any(known):
                continue
            for item, name in zip(items, named, strict=True):
                if name:
                    yield item.start() + item.group().index(name), name, self._everyday[name].code, _ORGANISATION
                elif item.group().isascii() and not self._company_in(item.group()) and item.group() not in self._common:
                    yield item.start(), item.group(), None, _ORGANISATION

    def _everyday_in(self, item: str) -> str:
        """An everyday name that a member of a list is, begins with (小米|手机) or ends with (分别为|苹果)."""
        spans = [(0, end) for end in range(len(item), 1, -1)] + [
            (start, len(item)) for start in range(1, len(item) - 1)
        ]
        return next((item[start:end] for start, end in spans if item[start:end] in self._everyday), "")

    def _company_in(self, item: str) -> bool:
        return any(item[:end] in self._companies_known for end in range(len(item), 1, -1)) or any(
            item[start:] in self._companies_known for start in range(1, len(item) - 1)
        )

    def _unknown(self, text: str) -> Iterator[tuple[int, str, str | None, str]]:
        """Words at the beginning of clauses that no dictionary has: the text opens with them, repeats them or says what
        they do."""
        first: dict[str, int] = {}
        acting: set[str] = set()
        for match in self._clause.finditer(text):
            name = self._unknown_at(text, match.end())
            rare = text[match.end() : match.end() + _SHORTEST_STEM]
            if not name and self._is_rare_name(rare) and self._company_acts.match(text, match.end() + len(rare)):
                name = rare  # 青果|第四财季|营收
            start, end = match.end(), match.end() + len(name)
            acts = bool(name) and (self._opens(text, start, end) or self._acts.match(text, end) is not None)
            if name and (acts or not text[end : end + 1].isdigit()):
                first.setdefault(name, start)
                if acts:
                    acting.add(name)
        counts = occurrences(text, first)
        for name, start in first.items():
            if (name in acting or counts[name] > 1) and not self._is_person(text, start, name):
                yield start, name, None, _ORGANISATION

    def _is_person(self, text: str, start: int, name: str) -> bool:
        """邓某某|女士; 区长|邓某作报告: the name is told as a person's, or somewhere stands behind a title."""
        if self._called.match(text, start + len(name)):
            return True
        return len(name) <= _LONGEST_PERSON and any(title + name in text for title in self._titles)

    def _is_rare_name(self, word: str) -> bool:
        """A word that the dictionary hardly knows and that is no place, no common word and no verb."""
        if not self._segmenter.is_word(word) or not self._segmenter.is_rare(word):
            return False
        if word in self._regions or word in self._common or any(character in self._never for character in word):
            return False
        return self._segmenter.tag(word)[:1] == "n"

    def _opens(self, text: str, start: int, end: int) -> bool:
        """The name is the first of the text, and words, a time or a colon follow it (收评: is no name)."""
        if end >= len(text) or not self._before_opening.fullmatch(text, 0, start):
            return False
        return (
            "\u4e00" <= text[end] <= "\u9fff"
            or self._behind_opening.match(text, end) is not None
            or (text[end] == ":" and text[end - 1] not in self._labels)
        )

    def _unknown_run(self, text: str, start: int) -> str:
        """The characters from ``start`` until a word of the dictionary begins; nothing where it is too long."""
        end = start
        while end < len(text) and end - start <= _LONGEST_UNKNOWN and "\u4e00" <= text[end] <= "\u9fff":
            if text[end] in self._function_words or text[end] in self._never or self._begins_word(text, end):
                break
            end += 1
        return text[start:end] if _SHORTEST_STEM <= end - start <= _LONGEST_UNKNOWN else ""

    def _unknown_at(self, text: str, start: int) -> str:
        """The unknown word at ``start``; nothing where it can be no name of a company."""
        name = self._unknown_run(text, start)
        if (
            not name
            or name in self._regions
            or name in self._common
            or (name[-1] in self._suffix_characters and not self._is_bare_city(name))
            or name[-1] in self._materials
            or name.endswith(self._generic)
        ):
            return ""
        return name

    def _is_bare_city(self, name: str) -> bool:
        """岚州|出台…: names of cities end so without their suffix too."""
        return len(name) == _SHORTEST_STEM and name[-1] in self._bare_ends

    def _begins_word(self, text: str, start: int, shortest: int = _SHORTEST_STEM) -> bool:
        return any(
            self._segmenter.is_word(text[start : start + length])
            for length in range(shortest, _LONGEST_WORD + 1)
            if start + length <= len(text)
        )

    def _goes_on(self, text: str, start: int, end: int) -> bool:
        """The suffix begins another word (智能|手机, 电子|商务), and no longer one stands behind it (港|岸电使用率)."""
        if end - start == 1 and self._begins_word(text, end, _LONG_WORD):
            return False
        if (product := self._products.match(text, start)) and product.end() > end:
            return True
        if text.startswith(self._sectors, end):
            return True  # SW化工|指数
        return any(self._segmenter.is_word(text[start : end + more]) for more in (1, 2) if end + more <= len(text)) or (
            self._segmenter.is_word(text[end - 1 : end + 1]) and not self._segmenter.is_word(text[end : end + 2])
        )

    def _is_name(self, stem: str, strict: bool) -> bool:
        """A stem that is no common word: unknown to the dictionary, or known as a name."""
        if stem[-1] == _NATION or (stem[-1] in "省市县区镇乡村" and len(stem) > 2):
            return False
        if stem in self._regions:
            return not strict and stem not in self._common
        words = list(self._segmenter.tokens(stem))
        if words[0].word in self._nation:
            rest = stem.removeprefix(words[0].word)
            return len(rest) >= _SHORTEST_STEM and not strict and self._is_name(rest, strict)  # 中国|东岳|重机
        if any(token.word in self._common for token in words):
            return False
        if len(stem) == 1:
            return False
        if len(stem) == _SHORTEST_STEM and len(words) == 1 and self._segmenter.is_rare(stem):
            return not any(character in self._never for character in stem)
        named = [token.tag[:2] in ("nr", "ns", "nz", "nt") or not token.tag or len(token.word) == 1 for token in words]
        if strict and any(len(token.word) > 1 for token in words):
            return False
        barred = self._function_words if strict else self._function_words - self._name_characters
        return all(named) and not any(token.word in barred for token in words)

    def _acts_as_one(self, text: str, stem: str, end: int, acts: re.Pattern[str]) -> bool:
        """果园|科技|以1080万台…, 枫叶谷|景区|接待…: common words are a name where it does what its kind does."""
        words = list(self._segmenter.tokens(stem))
        if any(token.word in self._common or token.tag[:1] in _NO_NAMES for token in words):
            return False
        return len(stem) <= _LONGEST_UNKNOWN and len(words) <= _SHORTEST_STEM and acts.match(text, end) is not None

    def _is_brand(self, name: str) -> bool:
        """A word that the dictionary does not know, or knows as a name: 凌岳|出货."""
        if not "\u4e00" <= name[0] <= "\u9fff":
            return name not in self._common
        if name in self._regions:
            return False
        words = list(self._segmenter.tokens(name))
        if name in self._common or any(
            token.word in self._function_words or token.word in self._common for token in words
        ):
            return False
        if len(words) == 1:
            return words[0].tag[:2] in ("nr", "nz") or self._segmenter.is_rare(name)
        return all(len(token.word) == 1 and token.tag[:1] not in ("m", "q") for token in words)


def _matches(pattern: re.Pattern[str], text: str, starts: list[int]) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` that begin at ``starts``, none inside the one before."""
    done = 0
    for start in starts:
        if start >= done and (match := pattern.match(text, start)):
            done = match.end()
            yield match
