"""What holds for any text: spans, numbers, ids."""

from __future__ import annotations

import itertools
import json
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import extract
from extractor.model import Record

PIECES = [
    "2020年", "去年", "3月25日", "“十三五”期间", "东莞市", "石桥镇", "全市", "公司", "GDP", "地区生产总值", "税收收入", "党员干部", "产业用地",
    "规上研发机构覆盖率", "达", "增长", "下降", "同比", "分别", "位列", "占", "第5", "首位", "由", "增至", "约", "近", "超", "以上", "左右", "其中",
    "力争", "预计", "88.2亿元", "１２．５％", "6.3%", "三成", "百万人次", "100亩", "(6.7万平方米)", "3至5个", "2.5倍", "翻一番", "0.3个百分点",
    "5", "亿", "千名", "一", "十", "半", "，", "、", "。", "；", "：", "（", "）", "“", "”", " ", "\n", "\n\n", "\u3000", "—", "的", "和", "…", "《", "》",
    "一、", "（二）", "A", "5G", "𠮷", "👍",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def parts(record: Record) -> list[object]:
    also = record.quantity.also or []
    return [part for part in (record.quantity, record.indicator, record.subject, record.period, *also) if part]


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_every_span_matches_the_original_text(text: str) -> None:
    for record in extract(text, date="2021-04-20"):
        for part in parts(record):
            start, end = part.start, part.end  # type: ignore[attr-defined]
            if start is not None:
                assert text[start:end] == part.text  # type: ignore[attr-defined]
        evidence = record.evidence
        assert evidence.text in text[evidence.sentence_start : evidence.sentence_end]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_one_quantity_makes_one_record(text: str) -> None:
    records = extract(text, date="2021-04-20")
    spans = [(record.quantity.start, record.quantity.end) for record in records]
    assert spans == sorted(spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert len({record.id for record in records}) == len(records)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_records(text: str) -> None:
    first = extract(text, date="2021-04-20")
    extract("云岭镇税收收入5亿元，公司净利润1亿元。")
    assert extract(text, date="2021-04-20") == first


@given(st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False))
def test_numbers_are_exact(number: Decimal) -> None:
    [record] = extract(f"税收收入{number}亿元。")
    said = json.loads(record.model_dump_json(), parse_float=Decimal, parse_int=Decimal)["quantity"]
    assert said["value"] == number
    assert said["base_value"] == number * 10**8


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read_without_error(text: str) -> None:
    extract(text)
