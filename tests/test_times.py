"""Times: labels of periods, resolved against the document's date, its title, and the text itself."""

from __future__ import annotations

from datetime import date

import pytest

from extractor import extract
from extractor.mentions import period_bounds

TODAY = date(2021, 4, 20)


def label(text: str, today: date | None = TODAY) -> str | None:
    record = extract(text, date=today)[-1]
    return record.period.label if record.period else None


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("2020年", "2020"), ("2020年一季度", "2020-Q1"), ("2020年上半年", "2020-H1"), ("2020年3月", "2020-03"),
        ("2020年3月25日", "2020-03-25"), ("2021年1—5月", "2021-01/2021-05"), ("2020年前三季度", "2020-01/2020-09"),
        ("“十三五”期间", "2016/2020"), ("“十三五”末", "2020"), ("截至2020年底", "../2020-12-31"),
        ("截至2020年6月末", "../2020-06-30"), ("今年", "2021"), ("去年", "2020"), ("上半年", "2021-H1"), ("一季度", "2021-Q1"),
        ("3月份", "2021-03"), ("去年12月", "2020-12"), ("12月份", "2020-12"), ("年末", "2020-12-31"), ("近年来", None),
        ("二〇二〇年", "2020"), ("2016—2020年", "2016/2020"), ("过去五年", "2016/2020"), ("到2025年", "2025"), ("年底前", "../2021-12-31"),
    ],
)  # fmt: skip
def test_label(words: str, wanted: str | None) -> None:
    assert label(f"{words}，全市税收收入达5亿元。") == wanted


def test_without_any_date_nothing_is_guessed() -> None:
    assert label("今年，全市税收收入达5亿元。", None) is None
    assert extract("全市税收收入达5亿元。")[0].period is None


def test_the_document_date_alone_is_no_period() -> None:
    [record] = extract("全市税收收入达5亿元。", date="2021-04-20")
    assert record.period is None


def test_a_report_on_its_own_day_is_of_that_day() -> None:
    [record] = extract("收盘时，上证指数报3012.5点。", date="2021-04-20")
    assert record.period is not None
    assert (record.period.label, record.period.origin) == ("2021-04-20", "document")


def test_the_title_sets_the_year() -> None:
    text = "某市2019年统计公报\n\n全年税收收入5亿元。上半年出口额2亿元。"
    assert [r.period.label for r in extract(text, date=TODAY) if r.period] == ["2019", "2019-H1"]


def test_a_time_before_governs_what_follows_about_the_same() -> None:
    text = "2018年，全市税收收入5亿元。出口额2亿元。\n\n进口额1亿元。"
    records = extract(text, date=TODAY)
    assert [(r.period.label, r.period.origin) for r in records if r.period] == [
        ("2018", "clause"),
        ("2018", "nearby"),
        ("2018", "nearby"),
    ]


def test_a_day_holds_for_its_paragraph_and_not_for_the_next() -> None:
    records = extract("3月25日，镇里组织党员100名。活动吸引群众300名。\n\n全镇有党员2000名。", date=TODAY)
    assert [r.period and r.period.label for r in records] == ["2021-03-25", "2021-03-25", None]


def test_quarters_in_a_row_do_not_govern_what_follows() -> None:
    text = "某市2020年统计公报\n\n地区生产总值一季度下降5%，二季度增长4%。税收收入9亿元。"
    assert extract(text)[-1].period.label == "2020"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "kind", "period"),
    [
        ("同比", "yoy", None), ("比上年", "yoy", None), ("较去年同期", "yoy", None), ("环比", "mom", None), ("比上月", "mom", None),
        ("较年初", "prior", None), ("比2019年", "base", "2019"), ("较“十二五”末", "base", "2015"), ("比上季度", "qoq", None),
    ],
)  # fmt: skip
def test_comparison(words: str, kind: str, period: str | None) -> None:
    comparison = extract(f"税收收入{words}增长5%。")[0].comparison
    assert comparison is not None
    assert (comparison.kind, comparison.period, comparison.text) == (kind, period, words)


def test_sequential_growth_of_a_quarter_is_qoq() -> None:
    comparison = extract("2021年二季度，税收收入环比增长5%。")[0].comparison
    assert comparison is not None
    assert comparison.kind == "qoq"


def test_no_words_of_comparison_no_comparison() -> None:
    assert extract("税收收入增长5%。")[0].comparison is None


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("2020", (date(2020, 1, 1), date(2020, 12, 31))),
        ("2020-Q1", (date(2020, 1, 1), date(2020, 3, 31))),
        ("2020-H2", (date(2020, 7, 1), date(2020, 12, 31))),
        ("2020-02", (date(2020, 2, 1), date(2020, 2, 29))),
        ("2021-01/2021-05", (date(2021, 1, 1), date(2021, 5, 31))),
        ("../2020-12-31", (None, date(2020, 12, 31))),
        ("2006/..", (date(2006, 1, 1), None)),
        ("2020-13", None),
        ("no label", None),
    ],
)
def test_bounds_of_a_label(text: str, bounds: object) -> None:
    assert period_bounds(text) == bounds
