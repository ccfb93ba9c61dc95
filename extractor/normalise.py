"""Normalise: one form for width, dashes and quotes; no spaces inside figures, no lines broken in mid-sentence.

Every change keeps a map back, so that all spans can be given in code points of the original text.
"""

from __future__ import annotations

import itertools
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

# One code point each, so that offsets are kept: full-width ASCII (U+FF01–FF5E), dashes, quotes, brackets, spaces.
_FORMS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(written): ord(plain)
    for plain, group in {
        "-": "‐‑‒–—―−－~～﹣",
        "“": "「『„‟〝«",
        "”": "」』〞»",
        "(": "（﹙",
        ")": "）﹚",
        "[": "【〖",
        "]": "】〗",
        " ": "\u00a0\u2002\u2003\u2009\u202f\u3000\t",
        "…": "⋯",
        "、": "﹑､",
        "。": "｡",
        "\n": "\r\v\f\x85\u2028\u2029",
        "亿": "億",
        "万": "萬",
        "%": "﹪",
        "〇": "○",
    }.items()
    for written in group
}

# Compatibility ideographs and Kangxi radicals, which old encodings and PDF files leave behind (U+F961 for 率).
_VARIANTS = ((0x2E80, 0x2FD5), (0xF900, 0xFAFF))

_INVISIBLE = r"[\x00-\x08\u200b-\u200f\u2060\ufeff\u00ad]+"
_HAN = r"[\u4e00-\u9fff]"
# Spaces that a typesetter or converter put into or around a figure.
_SPACE = "|".join(
    (
        r"(?<=(?<!\d)\d{1,3}) (?=\d{3}(?: \d{3})*(?:\.\d+)?(?! ?\d))",
        r"(?<=\d) +(?=[.,%‰]\d|[%‰℃\u3380-\u33df])",
        r"(?<=\d[.,])(?<!(?:^|\n)\d{1,2}\.) +(?=\d)",  # not behind the number of a line: 1. 8月3日
        rf"(?<=[\dA-Za-z%]) +(?={_HAN})",
        rf"(?<={_HAN}) +(?=[\dA-Za-z])",
    )
)
# References to a note behind what it is about: 名义增长[1]8.0%, 居民收入[4][9].
_NOTE = rf"(?<=\w|%|\])(?: ?\[\d{{1,3}}\](?=\D|$))+|(?<={_HAN})\[\d\](?=\d)"
_REMOVED = regex.compile(rf"(?=[ \[\x00-\x08\u200b-\u200f\u2060\ufeff\u00ad])(?:{_INVISIBLE}|{_SPACE}|{_NOTE})")

# A full stop of half width: behind Chinese characters or a percentage, and no decimal point.
_POINT = regex.compile(r"(?<=[\u4e00-\u9fff%)])\.(?=[\u4e00-\u9fff\d\s(]|$)")

_TERMINAL = tuple("。!?…:;")
_CLOSERS = '”’")]》'
_FEWEST = 2  # of two lines alone, the first is as likely a title
_WRAP_SHARE = 0.85  # a line this full, against the longest one, was broken by width


@dataclass(slots=True)
class Normalised:
    """Normalised ``text`` and the way back: until ``cuts[i]``, ``lost[i]`` code points of the original went."""

    text: str
    cuts: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)

    def original(self, position: int) -> int:
        """The code point of the original text that stands at ``position`` of the normalised one."""
        if not self.cuts:
            return position
        index = bisect_right(self.cuts, position)
        return position + (self.lost[index - 1] if index else 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original text for one of the normalised text."""
        return self.original(start), self.original(end - 1) + 1

    def position(self, original: int) -> int:
        """Where the code point at ``original`` of the original text, or the next that was kept, stands now."""
        if not self.cuts:
            return original
        if not self._ends:
            self._ends = [cut + lost for cut, lost in zip(self.cuts, self.lost, strict=True)]
        index = bisect_right(self._ends, original)
        before = self.lost[index - 1] if index else 0
        return min(original - before, self.cuts[index]) if index < len(self.cuts) else original - before


def normalise(
    original: str, forms: Mapping[int, int | str] | None = None, apart: Sequence[tuple[int, int]] = ()
) -> Normalised:
    """Return ``original`` in one form, with the map back. ``forms`` are those of :func:`table`.

    The lines of the stretches ``apart`` (in order; they begin and end with a line) are joined to no others.
    """
    text = _POINT.sub("。", _pair_quotes(original.translate(forms or _FORMS)))
    removed = sorted([m.span() for m in _REMOVED.finditer(text)] + _broken_lines(text, apart))
    if not removed:
        return Normalised(text)
    pieces: list[str] = []
    cuts: list[int] = []
    lost: list[int] = []
    position = kept = gone = 0
    for start, end in removed:
        if start < position:
            continue
        pieces.append(text[position:start])
        kept += start - position
        gone += end - start
        cuts.append(kept)
        lost.append(gone)
        position = end
    pieces.append(text[position:])
    return Normalised("".join(pieces), cuts, lost)


def table(traditional: Mapping[str, str]) -> dict[int, int | str]:
    """What each code point is read as: one form for width and marks, simplified characters for traditional ones."""
    read: dict[int, int | str] = {ord(old): ord(new) for old, new in traditional.items()}
    for code in (code for first, last in _VARIANTS for code in range(first, last + 1)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            read[code] = read.get(ord(plain), plain)
    return read | _FORMS


def _pair_quotes(text: str) -> str:
    """Straight quotes open and close in turn, line by line."""
    if '"' not in text:
        return text
    paired = []
    for line in text.split("\n"):
        parts = line.split('"')
        paired.append("".join(part + ("“", "”")[i % 2] for i, part in enumerate(parts[:-1])) + parts[-1])
    return "\n".join(paired)


def _broken_lines(text: str, apart: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of white space where a page or a converter broke a line in mid-sentence."""
    spans = list(lines(text))
    widest = max((end - start for start, end in spans), default=0)
    borders = [border for stretch in apart for border in stretch]
    joins = []
    for (start, end), (next_start, next_end) in itertools.pairwise(spans):
        if borders and ((at := bisect_right(borders, start)) % 2 or at != bisect_right(borders, next_start)):
            continue
        line, following = text[start:end], text[next_start:next_end]
        if _is_open(line) and (
            (_is_running(line) and _is_running(following) and _ends(following))
            or (
                text.count("\n", end, next_start) == 1
                and end - start >= _WRAP_SHARE * widest
                and widest <= 120
                and len(spans) > _FEWEST
                and end - start >= 15
            )
        ):
            joins.append((end, next_start))
    return joins


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the lines that hold more than white space, without the white space around them."""
    position = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = position + len(line) - len(line.lstrip())
            yield start, start + len(stripped)
        position += len(line) + 1


def _ends(line: str) -> bool:
    return line.rstrip(_CLOSERS).endswith(_TERMINAL)


def _is_open(line: str) -> bool:
    """The line stops where no sentence does."""
    return not _ends(line) and not line.endswith((")", "》", "]"))


def _is_running(line: str) -> bool:
    """The line is running text rather than a heading."""
    return any(mark in line for mark in ",。;")
