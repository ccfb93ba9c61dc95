"""Context: subject, status and indicator, from the clause outwards to the document."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.model import Record


def subject(record: Record) -> tuple[str, str] | None:
    return (record.subject.text, record.subject.origin) if record.subject else None


def test_the_subject_of_the_clause() -> None:
    [record] = extract("石桥镇地区生产总值达100亿元。")
    assert subject(record) == ("石桥镇", "clause")


def test_a_chain_of_places_is_one_subject_with_its_code() -> None:
    [record] = extract("江苏省南京市鼓楼区地区生产总值达1000亿元。")
    assert record.subject is not None
    assert (record.subject.text, record.subject.code) == ("江苏省南京市鼓楼区", "320106")


def test_a_namesake_has_no_code_without_the_division_above() -> None:
    [record] = extract("鼓楼区地区生产总值达1000亿元。")
    assert record.subject is not None
    assert record.subject.code is None


def test_the_subject_of_the_sentence_after_its_figures() -> None:
    records = extract("GDP达88.2亿元，增速6.3%……2020年，清河市石桥镇交出亮眼答卷。")
    assert {subject(record) for record in records} == {("清河市石桥镇", "nearby")}
    assert {record.period.label for record in records if record.period} == {"2020"}


def test_the_subject_of_the_heading_and_of_the_title() -> None:
    text = "清河市统计公报\n\n税收收入5亿元。\n\n石桥\n\n税收收入1亿元。\n\n石桥镇还将努力。"
    assert [subject(record) for record in extract(text)] == [("清河市", "title"), ("石桥镇", "heading")]


def test_the_given_subject() -> None:
    [record] = extract("税收收入5亿元。", subject="东莞市")
    assert record.subject is not None
    assert (record.subject.text, record.subject.code, record.subject.origin) == ("东莞市", "441900", "document")


def test_the_whole_town_is_the_town_named_before() -> None:
    records = extract("田家镇抓住机遇。全镇税收收入5亿元。")
    assert subject(records[0]) == ("田家镇", "nearby")


def test_the_company_is_the_company_named_before() -> None:
    text = "远山科技股份有限公司（以下简称“远山科技”）发布公告。公司实现营业收入5亿元。远山科技净利润1亿元。"
    records = extract(text)
    assert {record.subject.text for record in records if record.subject} == {"远山科技股份有限公司"}
    assert {record.subject.type for record in records if record.subject} == {"organization"}


@pytest.mark.parametrize(
    "text",
    ["云岭镇税收增速位列全市第一。", "云岭镇税收收入占全市的5%。", "云岭镇税收增长5%，高于全市平均2个百分点。"],
)
def test_a_standard_is_no_subject(text: str) -> None:
    assert {record.subject.text for record in extract(text) if record.subject} == {"云岭镇"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("全镇税收收入达5亿元。", "actual"),
        ("力争税收收入达5亿元。", "target"),
        ("今年主要预期目标是：税收收入增长5%。", "target"),
        ("预计税收收入达5亿元。", "forecast"),
        ("计划投资5亿元。", "plan"),
        ("项目拟投资5亿元。", "plan"),
        ("税收收入将达5亿元。", "plan"),
        ("圆满完成目标任务，税收收入增长5%。", "actual"),
        ("招引5亿元以上重大项目。", "criterion"),
        ("为80周岁以上的老人办理。", "criterion"),
        ("对年满60岁的老人发放补贴。", "actual"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert extract(text)[0].status == status


def test_a_heading_gives_the_status_of_its_section() -> None:
    text = "报告\n\n一、2020年计划执行情况\n\n新建学校5所。\n\n二、2021年工作安排\n\n新建学校6所。\n\n三、主要目标\n\n新建学校7所。"
    assert [record.status for record in extract(text)] == ["actual", "plan", "target"]


def test_a_period_after_the_documents_date_is_a_target() -> None:
    assert extract("到2025年，常住人口达2100万人。", date="2021-04-20")[0].status == "target"


def test_growth_after_a_level_takes_its_indicator() -> None:
    level, growth = extract("石桥镇GDP达88.2亿元，同比增长6.3%。")
    assert level.indicator is not None
    assert growth.indicator is not None
    assert (growth.indicator.id, growth.measure) == ("gdp", "growth")
    assert growth.subject == level.subject.model_copy(update={"origin": "nearby"})  # type: ignore[union-attr]


def test_among_them_takes_a_new_indicator() -> None:
    first, second = extract("2020年，全市进出口总额100亿元，其中出口60亿元。")
    assert [r.indicator.id for r in (first, second) if r.indicator] == ["trade_total", "exports"]
    assert first.period == second.period.model_copy(update={"origin": "clause"})  # type: ignore[union-attr]


def test_a_modified_indicator_is_another_one() -> None:
    [record] = extract("新材料产业固定资产投资增长5%。")
    assert record.indicator is not None
    assert (record.indicator.id, record.indicator.name) == (None, "新材料产业固定资产投资")
