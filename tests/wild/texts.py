"""Hostile and mixed texts, and what must hold for any text.

Texts are made of sentence frames filled with wild numerals, units, times, names, brackets and lists, of slices of the
samples, and of characters that break programs. For each: nothing is raised; every span tells its own text; records come
in text order and are valid; the same text gives the same records; time stays within a bound that grows with the length.
"""

from __future__ import annotations

import time
from pathlib import Path

from hypothesis import strategies as st

from extractor import Record, extract

SAMPLES = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))]
SECONDS_FOR_ONE = 0.002  # a character, and as much again for the start of a text
LONGEST = 4000

NUMERALS = [
    "3",
    "1,234.5",
    "１２",
    "十一万",
    "两千零三",
    "百分之三点五",
    "0.0",
    "9" * 40,
    "1e9",
    "三五",
    "-3",
    "±2",
    "½",
    "〇",
    "1/3",
    "万",
    "亿亿",
    "3.1.4",
    "∞",
]
UNITS = [
    "亿元",
    "%",
    "个百分点",
    "人次",
    "平方公里",
    "吨",
    "倍",
    "名",
    "元/吨",
    "bp",
    "℃",
    "万户",
    "",
    "成",
    "位",
    "年",
    "日",
]
TIMES = [
    "2020年",
    "今年上半年",
    "截至6月末",
    "23Q1",
    "“十三五”期间",
    "31日",
    "2月30日",
    "0年",
    "99月",
    "去年同期",
    "1至13月",
    "上周五",
]
NAMES = [
    "云岭镇",
    "全市",
    "公司",
    "岭川省",
    "远山科技(600000.SH)",
    "其中",
    "该行",
    "“望舒”",
    "《办法》",
    "新华社",
    "国",
    "市",
]
NOUNS = ["GDP", "营业收入", "人口", "高新技术企业", "森林覆盖率", "占比", "销量", "三次产业结构", "PE", "面积"]
VERBS = [
    "同比增长",
    "下降",
    "达",
    "占全市的",
    "由",
    "增至",
    "位居全省第",
    "较上年末",
    "为",
    "分别为",
    "预计",
    "力争",
    "突破",
]
MARKS = [
    "，",
    "、",
    "。",
    "；",
    "（",
    "）",
    "：",
    "\n",
    "\r\n",
    "\t",
    " ",
    "/",
    "-",
    "—",
    "和",
    "的",
    "“",
    "”",
    "[",
    "]",
    "其中，",
]
ODD = [
    "\x00",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\ud800",
    "\U0001f600",
    "\ue000",
    "́",
    "\u3000",
    "<b>",
    "|",
    "\x1b[31m",
    "\x85",
    "￥",
]
PIECES = [NUMERALS, NUMERALS, UNITS, UNITS, TIMES, NAMES, NOUNS, VERBS, MARKS, MARKS, ODD]


ALL = [part for parts in PIECES for part in parts]


def texts() -> st.SearchStrategy[str]:
    """Wild texts, cut samples, samples with wild parts thrown in, and a few parts over and over."""
    parts = st.lists(st.sampled_from(ALL), min_size=1, max_size=120).map("".join)
    slices = st.builds(_slice, st.sampled_from(SAMPLES), st.integers(0, 1400), st.integers(1, 600))
    spliced = st.builds(_spliced, slices, st.lists(st.tuples(st.integers(0, 600), st.sampled_from(ALL)), max_size=20))
    repeated = st.lists(st.sampled_from(ALL), min_size=1, max_size=5).map(_repeated)
    return st.one_of(parts, slices, spliced, repeated, st.text(max_size=200))


def _slice(sample: str, start: int, length: int) -> str:
    return sample[start : start + length]


def _spliced(text: str, wild: list[tuple[int, str]]) -> str:
    for position, part in wild:
        text = text[:position] + part + text[position:]
    return text


def _repeated(parts: list[str]) -> str:
    part = "".join(parts)
    return part * (LONGEST // max(1, len(part)))


def check(text: str) -> None:
    """What must hold for ``text``.

    Raises:
        AssertionError: one of the properties does not hold.
    """
    begun = time.perf_counter()
    records = extract(text)
    assert time.perf_counter() - begun < SECONDS_FOR_ONE * (len(text) + 1000), "too slow"
    for record in records:
        told = record.model_dump(mode="json")
        assert Record.model_validate(told).model_dump(mode="json") == told, "not valid"
        assert all(text[start:end] == said for start, end, said in _spans(record)), "a span does not tell its text"
    starts = [record.quantity.start for record in records]
    assert starts == sorted(starts), "records out of order"
    assert extract(text) == records, "another result the second time"


def _spans(record: Record) -> list[tuple[int, int, str]]:
    parts = (record.quantity, record.indicator, record.subject)
    return [(part.start, part.end, part.text) for part in parts if part is not None and part.start is not None]
