"""Quantities: numbers, units, ranges and relations, as they are written and in the base unit."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from extractor import extract
from extractor.mentions.numerals import NumeralParser
from extractor.mentions.quantities import QuantityFinder
from extractor.mentions.scanning import Scanner
from extractor.model import Exact, Mention
from extractor.normalise import normalise
from extractor.rulebook import load
from extractor.segment import Segmenter

RULES = load()
NUMERALS = NumeralParser(RULES.numerals)
NAMES = Scanner([entry.pattern for entry in RULES.names.names], RULES.names.macros, (RULES.names.words,))
SEGMENTER = Segmenter({})
FINDER = QuantityFinder(RULES, SEGMENTER.is_word, SEGMENTER.tag)
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "figures.yaml").read_text("utf-8"))


def figures(text: str) -> list[Mention]:
    """The figures of ``text``, without those in names."""
    normalised = normalise(text).text
    taken = bytearray(len(normalised))
    list(NAMES.find(normalised, taken))
    found = FINDER.find(normalised, taken)
    return sorted((mention for mention in found if mention.kind != "close"), key=lambda mention: mention.start)


def told(mention: Mention) -> str:
    """A figure as ``figures.yaml`` writes it."""
    amount = mention.amount
    parts = [
        mention.text,
        f"{ends(amount.value, amount.upper)} {amount.unit}".rstrip(),
        amount.relation,
        f"{ends(amount.base_value, amount.base_upper)} {amount.base_unit}",
    ]
    parts += ["also " + ", ".join(other.text for other in amount.also)] if amount.also else []
    parts += [f"per {amount.per}"] if amount.per else []
    return " | ".join(parts)


def ends(value: Exact, upper: Exact | None) -> str:
    return exact(value) if upper is None else f"{exact(value)}…{exact(upper)}"


def exact(value: Exact) -> str:
    """Plain decimals where there are such, else a fraction."""
    decimal = f"{float(value):.15g}"
    return decimal if Fraction(decimal) == value and "e" not in decimal else str(value)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(text, wanted, id=f"{kind}: {text}")
        for kind, cases in CASES.items()
        for text, wanted in cases.items()
    ],
)
def test_figures(text: str, wanted: list[str]) -> None:
    assert [told(mention) for mention in figures(text)] == wanted


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "9" * n + "亿元",
        lambda n: "0." + "1" * n + "亿元",
        lambda n: "一" * n + "元",
        lambda n: "1" + ",234" * n + "元",
        lambda n: "兆" * n,
    ],
)
def test_a_run_of_digits_longer_than_any_figure_is_none(make: Callable[[int], str]) -> None:
    assert figures(make(20_000)) == []


@pytest.mark.parametrize(
    "unit",
    [
        "9",
        "3亿元\n",
        "三分之一",
        "GDP达3亿元,",
        "3、",
        "1:",
        "3-",
        "3/",
        "3元2角",
        "约",
        "第",
        "翻一",
        "3人以上",
        "1.",
        "负",
    ],
)
def test_time_is_linear_in_the_length(unit: str) -> None:
    def seconds(n: int) -> float:
        text = unit * n + "4亿元"
        start = time.perf_counter()
        list(FINDER.find(text, bytearray(len(text))))
        return time.perf_counter() - start

    short, long = (min(seconds(n) for _ in range(3)) for n in (1000, 8000))
    assert long < 8 * 4 * short + 0.01


def test_what_is_taken_is_no_part_of_a_figure() -> None:
    text = "3月5日至6日"
    assert list(FINDER.find(text, bytearray(b"\x01" * len(text)))) == []
    assert [mention.text for mention in FINDER.find("2023年5亿元", bytearray(b"\1\1\1\1\1\0\0\0"))] == ["5亿元"]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("一百二十三", 123), ("两万", 20000), ("廿", 20), ("卅二", 32), ("十", 10), ("十五", 15), ("百万", 1000000),
        ("一亿两千万", 120000000), ("三万五", 35000), ("一千零五", 1005), ("二〇二〇", 2020), ("三点五", Fraction(7, 2)),
        ("壹佰贰拾叁", 123), ("一点二亿", 120000000), ("半", Fraction(1, 2)), ("一万亿", 10**12), ("两半", Fraction(5, 2)),
    ],
)  # fmt: skip
def test_chinese_numerals(numeral: str, value: int | Fraction) -> None:
    number = NUMERALS.chinese(numeral)
    assert number is not None
    assert number.value == value


@pytest.mark.parametrize(
    ("numeral", "low", "high"), [("三五", 3, 5), ("七八百", 700, 800), ("十七八", 17, 18), ("二三十", 20, 30)]
)
def test_neighbouring_digits_are_a_range(numeral: str, low: int, high: int) -> None:
    number = NUMERALS.chinese(numeral)
    assert number is not None
    assert (number.value, number.upper) == (low, high)


@pytest.mark.parametrize(
    ("sentence", "text", "base_value", "base_unit", "relation"),
    [
        ("全镇税收收入达88.2亿元。", "88.2亿元", 8820000000, "CNY", "="),
        ("全镇税收收入达１００．６亿元。", "１００．６亿元", 10060000000, "CNY", "="),
        ("全镇税收收入1,234.5万元。", "1,234.5万元", 12345000, "CNY", "="),
        ("社会融资规模2.5万亿元。", "2.5万亿元", 2500000000000, "CNY", "="),
        ("惠及群众近百万人次。", "近百万人次", 1000000, "人次", "<~"),
        ("惠及群众约8200户。", "约8200户", 8200, "户", "~"),
        ("惠及群众60多万人。", "60多万人", 600000, "人", ">"),
        ("发放补贴三千多万元。", "三千多万元", 30000000, "CNY", ">"),
        ("组织党员100余名。", "100余名", 100, "名", ">"),
        ("组织千名党员。", "千名", 1000, "名", "~"),
        ("组织上百名党员。", "上百名", 100, "名", ">="),
        ("绘制百米长卷图。", "百米", 100, "m", "~"),
        ("清理土地100亩。", "100亩", Fraction(200000, 3), "m2", "="),
        ("覆盖率达百分之五点七。", "百分之五点七", Fraction("5.7"), "%", "="),
        ("覆盖率达三成五。", "三成五", 35, "%", "="),
        ("死亡率为6.17‰。", "6.17‰", Fraction("0.617"), "%", "="),
        ("合格率达三分之一。", "三分之一", Fraction(100, 3), "%", "="),
        ("发电量达3.2亿千瓦时。", "3.2亿千瓦时", 320000000, "kWh", "="),
        ("煤炭消费量120万吨标准煤。", "120万吨标准煤", 1200000, "tce", "="),
        ("粮食产量不低于150万吨。", "不低于150万吨", 1500000000, "kg", ">="),
        ("粮食产量150万吨以内。", "150万吨以内", 1500000000, "kg", "<="),
        ("均价为2350元/吨。", "2350元/吨", 2350, "CNY/t", "="),
        ("浓度为23微克每立方米。", "23微克每立方米", 23, "ug/m3", "="),
        ("现金流量净额为-0.35亿元。", "-0.35亿元", -35000000, "CNY", "="),
        ("平均气温22.5℃。", "22.5℃", Fraction("22.5"), "Cel", "="),
        ("全市共有33个镇街。", "33个", 33, "个", "="),
    ],
)
def test_quantity(sentence: str, text: str, base_value: int | Fraction, base_unit: str, relation: str) -> None:
    [record] = extract(sentence)
    quantity = record.quantity
    assert quantity.text == text
    assert (quantity.base_unit, quantity.relation) == (base_unit, relation)
    assert quantity.base_value == pytest.approx(float(base_value), rel=1e-12)


@pytest.mark.parametrize(
    ("sentence", "low", "high", "unit"),
    [
        ("收入增长5%—6%。", 5, 6, "%"),
        ("招聘3至5名员工。", 3, 5, "名"),
        ("招聘三五名员工。", 3, 5, "名"),
        ("净利润为2.8亿元至3.2亿元。", 280000000, 320000000, "CNY"),
        ("净利润为100-200万元。", 1000000, 2000000, "CNY"),
    ],
)
def test_range(sentence: str, low: int, high: int, unit: str) -> None:
    [record] = extract(sentence)
    quantity = record.quantity
    assert (quantity.base_value, quantity.base_upper, quantity.base_unit) == (low, high, unit)


def test_the_same_amount_in_other_units_is_one_record() -> None:
    [record] = extract("盘活60亩（4万平方米）工业用地。")
    assert record.quantity.text == "60亩"
    assert record.quantity.also is not None
    assert [(also.text, also.base_value) for also in record.quantity.also] == [("4万平方米", 40000)]
    assert record.indicator is not None
    assert record.indicator.text == "工业用地"


def test_a_list_shares_the_unit_of_its_last_number() -> None:
    records = extract("毛利率、净利率分别提高1.2、0.8个百分点。")
    assert [(r.quantity.text, r.quantity.base_unit) for r in records] == [("1.2", "pp"), ("0.8个百分点", "pp")]


@pytest.mark.parametrize(
    "sentence",
    [
        "3月25日,镇里召开会议。",
        "推进5G通讯和“十四五”规划。",
        "要做到“五个坚持”,摆出“100 同心”字样。",
        "坚持一带一路,走320国道。",
        "庆祝建党100周年,成立一百周年。",
        "这是一件大事,要进一步推出一系列、一批举措。",
        "联系电话0769-22118899,服务热线12345。",
        "根据国发〔2020〕5号文件第十二条规定办理。",
        "第一场活动和第三届论坛都很成功。",
        "高质量迈进百亿元俱乐部。",
        "住在四川九江,十分重要,一线工作。",
        "会议于上午9时30分开始。",
        "一、工作回顾",
    ],
)
def test_not_facts(sentence: str) -> None:
    assert extract(sentence) == []
