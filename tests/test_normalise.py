"""Normalise: what changes, and that every position leads back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.normalise import normalise


@pytest.mark.parametrize(
    ("original", "plain"),
    [
        ("ＧＤＰ达１００．６亿元，增长５．７％", "GDP达100.6亿元,增长5.7%"),
        ("1—5月份", "1-5月份"),
        ("共 1 150 名干部", "共1150名干部"),
        ("增长5 .7%", "增长5.7%"),
        ("投资 100. 6 亿元", "投资100.6亿元"),
        ("「五個」", "“五個”"),
        ('他说"好"。', "他说“好”。"),
        ("抓项目 促发展", "抓项目 促发展"),
        ("2020 2021 2022", "2020 2021 2022"),
        ("\u200b增长\ufeff5%", "增长5%"),
    ],
)
def test_one_form(original: str, plain: str) -> None:
    assert normalise(original).text == plain


def test_a_line_broken_in_mid_sentence_is_joined() -> None:
    text = normalise("目前,作为交通枢纽的清\n\n河北站配套工程,已全面开工。").text
    assert "清河北站" in text


def test_a_heading_is_not_joined_to_the_text_before() -> None:
    text = normalise("去年以来,镇里持续改善交通条件,投入近90万元\n\n聚力“促发展”开创新局面\n\n镇里开展活动。").text
    assert "90万元\n" in text


def test_lines_wrapped_at_a_width_are_joined() -> None:
    wrapped = "二〇二〇年全市地区生产总值达到一千二百三十四亿元同\n比增长百分之五点七其中第一产业增加值一百亿元增长百\n分之三。"
    assert "\n" not in normalise(wrapped).text


@given(st.text(alphabet="全市GDP达1２.５亿元，。；（）“” \t\n\u3000\u200b—%％增长", max_size=200))
def test_every_stretch_leads_back(original: str) -> None:
    normalised = normalise(original)
    for start in range(len(normalised.text)):
        first, last = normalised.span(start, start + 1)
        assert last == first + 1
        kept = normalise(original[first:last]).text
        point = "." if normalised.text[start] == "。" else ""  # a full stop only behind what stands before it
        assert kept in (normalised.text[start], "“", "”", "", point)
