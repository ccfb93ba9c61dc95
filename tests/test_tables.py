"""Tables: every cell with a figure is a record, completed from the heads of its row and column and what is above it."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import told

from extractor import Record, extract
from extractor.examples import TODAY, differences
from extractor.explain import explain
from extractor.pipeline import default_pipeline
from extractor.rulebook import Example, load

RULES = load().tables


def facts(text: str, *fields: str, date: str | None = None) -> list[tuple[Any, ...]]:
    """The cells with a figure, each with what its record says in ``fields``."""
    records = extract(text, date=date)
    return [tuple(told(record, dict.fromkeys(("text", *fields))).values()) for record in records]


def cells(text: str) -> list[str]:
    return [record.quantity.text for record in extract(text)]


# -------------------------------------------------------------------------------------------------- what heads tell


def test_regions_in_rows_and_indicators_in_columns() -> None:
    text = """2020年各镇主要经济指标

镇街\t地区生产总值(亿元)\t增长(%)\t常住人口(万人)
石桥镇\t88.2\t6.3\t10.5
望牛坡\t76.5\t-1.2\t9.8
"""
    assert facts(text, "id", "measure", "base_value", "base_unit", "subject", "period") == [
        ("88.2", "gdp", "level", 8820000000, "CNY", "石桥镇", "2020"),
        ("6.3", "gdp", "growth", 6.3, "%", "石桥镇", "2020"),
        ("10.5", "population_resident", "level", 105000, "人", "石桥镇", "2020"),
        ("76.5", "gdp", "level", 7650000000, "CNY", "望牛坡", "2020"),
        ("-1.2", "gdp", "growth", -1.2, "%", "望牛坡", "2020"),
        ("9.8", "population_resident", "level", 98000, "人", "望牛坡", "2020"),
    ]


def test_indicators_in_rows_with_this_month_and_the_sum_since_january() -> None:
    text = """云岭县2021年5月主要指标

单位：亿元

指标\t本月\t同比(%)\t累计\t同比(%)
规模以上工业增加值\t—\t5.1\t—\t12.3
社会消费品零售总额\t20.5\t8.1\t98.7\t15.2
用电量（亿千瓦时）\t3.2\t2.0\t15.8\t…
"""
    assert facts(text, "id", "measure", "base_unit", "period", "comparison") == [
        ("5.1", "industrial_value_added_above_scale", "growth", "%", "2021-05", "yoy"),
        ("12.3", "industrial_value_added_above_scale", "growth", "%", "2021-01/2021-05", "yoy"),
        ("20.5", "retail_sales", "level", "CNY", "2021-05", None),
        ("8.1", "retail_sales", "growth", "%", "2021-05", "yoy"),
        ("98.7", "retail_sales", "level", "CNY", "2021-01/2021-05", None),
        ("15.2", "retail_sales", "growth", "%", "2021-01/2021-05", "yoy"),
        ("3.2", "electricity_consumption", "level", "kWh", "2021-05", None),
        ("2.0", "electricity_consumption", "growth", "%", "2021-05", "yoy"),
        ("15.8", "electricity_consumption", "level", "kWh", "2021-01/2021-05", None),
    ]


def test_a_company_s_results() -> None:
    text = """远山股份有限公司2020年度主要会计数据

（单位：万元）
| 项目 | 本期 | 上年同期 | 增减(%) |
|------|-----:|-----:|----:|
| 营业收入 | 12,345.67 | 10,000.00 | 23.46 |
| 净利润 | 1,234.50 | (320.10) | 不适用 |
| 基本每股收益（元） | 0.52 | -0.10 | — |
"""
    assert facts(text, "id", "measure", "base_value", "subject", "period") == [
        ("12,345.67", "revenue", "level", 123456700, "远山股份有限公司", "2020"),
        ("10,000.00", "revenue", "level", 100000000, "远山股份有限公司", "2019"),
        ("23.46", "revenue", "growth", 23.46, "远山股份有限公司", "2020"),
        ("1,234.50", "net_profit", "level", 12345000, "远山股份有限公司", "2020"),
        ("(320.10)", "net_profit", "level", -3201000, "远山股份有限公司", "2019"),
        ("0.52", "eps", "level", 0.52, "远山股份有限公司", "2020"),
        ("-0.10", "eps", "level", -0.1, "远山股份有限公司", "2019"),
    ]


def test_years_in_rows() -> None:
    text = """石桥市历年主要指标

年份\tGDP(亿元)\t增长(%)
2018\t278.5\t7.4
2019\t282.1\t7.2
"""
    assert facts(text, "id", "measure", "period", "subject") == [
        ("278.5", "gdp", "level", "2018", "石桥市"),
        ("7.4", "gdp", "growth", "2018", "石桥市"),
        ("282.1", "gdp", "level", "2019", "石桥市"),
        ("7.2", "gdp", "growth", "2019", "石桥市"),
    ]


def test_months_in_rows() -> None:
    text = "2020年各月用电量\n\n月份\t用电量（万千瓦时）\n1\t350\n2\t280\n"
    assert facts(text, "id", "period", "base_unit") == [
        ("350", "electricity_consumption", "2020-01", "kWh"),
        ("280", "electricity_consumption", "2020-02", "kWh"),
    ]


def test_years_in_columns_and_the_figure_of_the_latest_grows() -> None:
    text = """主要产品产量

产品名称\t计量单位\t2020年\t2019年\t增长(%)
粮食\t万吨\t12.5\t12.1\t3.3
汽车\t辆\t1200\t1100\t9.1
"""
    assert facts(text, "id", "measure", "base_unit", "period") == [
        ("12.5", "grain_output", "level", "kg", "2020"),
        ("12.1", "grain_output", "level", "kg", "2019"),
        ("3.3", "grain_output", "growth", "%", "2020"),
        ("1200", "vehicle_output", "level", "辆", "2020"),
        ("1100", "vehicle_output", "level", "辆", "2019"),
        ("9.1", "vehicle_output", "growth", "%", "2020"),
    ]


def test_regions_in_columns() -> None:
    text = "2020年指标\n\n指标\t东莞市\t佛山市\n常住人口（万人）\t1046.66\t949.89\n"
    assert facts(text, "id", "subject") == [
        ("1046.66", "population_resident", "东莞市"),
        ("949.89", "population_resident", "佛山市"),
    ]


def test_shares_and_ranks() -> None:
    text = """2020年各镇工业

镇街\t工业总产值(亿元)\t占全县比重(%)\t全县排名\t增速(%)\t增速排名
合计\t250.5\t100\t—\t6.0\t—
石桥镇\t150.2\t60.0\t1\t7.1\t2
"""
    assert facts(text, "measure", "base_unit", "scope", "of", "subject") == [
        ("250.5", "level", "CNY", None, None, None),
        ("100", "share", "%", "全县", None, None),
        ("6.0", "growth", "%", None, None, None),
        ("150.2", "level", "CNY", None, None, "石桥镇"),
        ("60.0", "share", "%", "全县", None, "石桥镇"),
        ("1", "rank", "1", "全县", None, "石桥镇"),
        ("7.1", "growth", "%", None, None, "石桥镇"),
        ("2", "rank", "1", None, "growth", "石桥镇"),
    ]


def test_the_budget_and_how_far_it_was_carried_out() -> None:
    text = """收支情况

单位：万元

项目\t2020年预算数\t2020年执行数\t完成预算(%)\t2021年预算数\t比上年增长(%)
一、税收收入\t1200\t1250\t104.2\t1300\t4.0
"""
    assert facts(text, "id", "measure", "status", "period", "scope") == [
        ("1200", "tax_revenue", "level", "plan", "2020", None),
        ("1250", "tax_revenue", "level", "actual", "2020", None),
        ("104.2", "tax_revenue", "share", "actual", "2020", "预算"),
        ("1300", "tax_revenue", "level", "plan", "2021", None),
        ("4.0", "tax_revenue", "growth", "plan", "2021", None),
    ]


def test_a_general_public_budget_is_no_plan() -> None:
    text = "2020年收入\n\n指标\t绝对量（亿元）\t增长（%）\n一般公共预算收入\t35.2\t4.1\n税收收入\t25.2\t3.1\n"
    assert {status for _, status in facts(text, "status")} == {"actual"}


def test_forecasts_of_an_analyst() -> None:
    text = """盈利预测

| | 2020A | 2021E |
|---|---|---|
| 营业收入（百万元） | 1,200 | 1,500 |
| 增长率 | 20.0% | 25.0% |
"""
    assert facts(text, "id", "measure", "period", "status", "base_value") == [
        ("1,200", "revenue", "level", "2020", "actual", 1200000000),
        ("1,500", "revenue", "level", "2021", "forecast", 1500000000),
        ("20.0%", "revenue", "growth", "2020", "actual", 20),
        ("25.0%", "revenue", "growth", "2021", "forecast", 25),
    ]


def test_two_heads_together_name_what_is_measured() -> None:
    text = "2020年职工参保情况\n\n险种\t参保人数(万人)\t基金支出(亿元)\n工伤保险\t12.5\t0.8\n失业保险\t11.2\t0.6\n"
    assert facts(text, "indicator", "base_unit")[0:2] == [
        ("12.5", "工伤保险参保人数", "人"),
        ("0.8", "工伤保险基金支出", "CNY"),
    ]


def test_a_head_over_several_columns() -> None:
    text = """<p>2020年指标</p><table>
<tr><th rowspan="2">镇街</th><th colspan="2">地区生产总值</th><th colspan="2">税收收入</th></tr>
<tr><th>绝对量<br/>（亿元）</th><th>增长（%）</th><th>绝对量（万元）</th><th>增长（%）</th></tr>
<tr><td>石桥镇</td><td>88.2</td><td>6.3</td><td>350</td><td>4.5</td></tr></table>"""
    assert facts(text, "id", "measure", "base_value") == [
        ("88.2", "gdp", "level", 8820000000),
        ("6.3", "gdp", "growth", 6.3),
        ("350", "tax_revenue", "level", 3500000),
        ("4.5", "tax_revenue", "growth", 4.5),
    ]


def test_rows_that_name_those_below_them() -> None:
    text = """主要指标

指标\t数值\t增长(%)
2019年\t\t
常住人口（万人）\t10.1\t0.5
2020年\t\t
常住人口（万人）\t10.3\t2.0
"""
    assert facts(text, "period") == [("10.1", "2019"), ("0.5", "2019"), ("10.3", "2020"), ("2.0", "2020")]


def test_the_unit_stands_in_the_head_the_row_the_caption_or_the_cell() -> None:
    text = """2020年指标  单位：亿元

指标\t数值
工业投资\t5.5
粮食产量（万吨）\t12
旅客\t3万人次
城镇化率\t61.5%
"""
    assert facts(text, "base_value", "base_unit") == [
        ("5.5", 550000000, "CNY"),
        ("12", 120000000, "kg"),
        ("3万人次", 30000, "人次"),
        ("61.5%", 61.5, "%"),
    ]


def test_a_head_that_could_be_a_unit_says_whose_the_figures_are() -> None:
    text = "2020年经济情况\n\n单位：亿元\n镇街\tGDP\n石桥镇\t88.2\n云岭镇\t76.5\n"
    assert facts(text, "base_value", "subject")[0] == ("88.2", 8820000000, "石桥镇")


def test_a_known_indicator_in_another_unit_is_another_thing() -> None:
    text = "2020年就业人数\n\n单位：万人\n产业\t就业人数\n第一产业\t12.5\n第二产业\t30.1\n"
    assert facts(text, "id", "indicator")[0] == ("12.5", None, "第一产业就业人数")


def test_what_the_text_around_tells_holds_in_the_table_and_the_table_changes_nothing_behind_it() -> None:
    text = """2020年，云岭县实现地区生产总值100.6亿元。各镇情况如下：

镇街\t产值(亿元)
石桥镇\t50.2
合计\t100.3

全县常住人口35万人。"""
    assert facts(text, "subject", "period")[1:] == [
        ("50.2", "石桥镇", "2020"),
        ("100.3", "云岭县", "2020"),
        ("35万人", "云岭县", "2020"),
    ]


# ------------------------------------------------------------------------------------------------------------ cells


@pytest.mark.parametrize("empty", ["—", "——", "-", "…", "...", "/", "空", "", "N/A", "不适用", "待公布"])
def test_a_cell_without_a_figure_makes_no_record(empty: str) -> None:
    assert cells(f"指标\t本期(万元)\t上期(万元)\n收入\t3.5\t{empty}\n支出\t2.5\t1.5\n") == ["3.5", "2.5", "1.5"]


@pytest.mark.parametrize(
    ("cell", "value", "relation"),
    [
        ("1,234.5", 1234.5, "="),
        ("１２．５", 12.5, "="),
        ("-3.2", -3.2, "="),
        ("−3.2", -3.2, "="),
        ("（3.2）", -3.2, "="),
        ("+3.2", 3.2, "="),
        ("▼3.2", -3.2, "="),
        ("约15", 15, "~"),
        ("超过15", 15, ">"),
        ("15以上", 15, ">="),
    ],
)
def test_what_a_cell_can_be(cell: str, value: float, relation: str) -> None:
    [first, _] = extract(f"指标\t数额（万元）\n收入\t{cell}\n支出\t1\n")
    assert (first.quantity.text, first.quantity.value, first.quantity.relation) == (cell, value, relation)
    assert first.quantity.base_value == value * 10000


def test_a_range_in_a_cell() -> None:
    [first, _] = extract("指标\t预期增长(%)\nGDP\t5-6\n税收收入\t4\n")
    assert (first.quantity.value, first.quantity.upper, first.measure) == (5, 6, "growth")


def test_a_fall_in_words() -> None:
    text = "指标\t同比(%)\n工业投资\t下降2.5\n税收收入\t增长3\n"
    assert facts(text, "value", "measure") == [("下降2.5", -2.5, "growth"), ("增长3", 3, "growth")]


def test_a_head_that_tells_the_size_of_a_fall() -> None:
    assert facts("指标\t降幅(%)\n单位GDP能耗\t3.1\n出口总额\t2\n", "value") == [("3.1", -3.1), ("2", -2)]


def test_a_loss_is_a_negative_profit() -> None:
    assert facts("公司2020年业绩\n\n指标\t万元\n营业收入\t500\n净亏损\t30\n", "id", "base_value")[1] == (
        "30",
        "net_profit",
        -300000,
    )


def test_marks_of_notes_are_no_part_of_the_figure() -> None:
    assert cells("指标\t本期(万元)\n收入\t3.5*\n支出\t2.5①\n") == ["3.5", "2.5"]


@pytest.mark.parametrize("cell", ["88.2（6.3%）", "88.2/6.3%", "88.2（初步数）"])
def test_the_first_figure_of_a_cell_is_told(cell: str) -> None:
    assert facts(f"指标\t2020年(亿元)\nGDP\t{cell}\n税收收入\t5\n", "base_value")[0] == ("88.2", 8820000000)


def test_serial_numbers_and_codes_are_no_figures() -> None:
    text = "序号\t企业\t股票代码\t产值(万元)\t备注\n1\t甲公司\t600000\t35\t见附件3\n2\t乙公司\t000001\t25\t\n"
    assert facts(text, "subject") == [("35", "甲公司"), ("25", "乙公司")]


def test_running_text_in_a_cell_is_read_as_such_and_is_its_row_s() -> None:
    text = """2021年项目建设情况

| 医院 | 建设内容 | 总投资（亿元） |
|---|---|---|
| 云岭医院 | 床位500张，配套道路5公里 | 8 |
| 石桥医院 | 门诊楼 | 3 |
"""
    assert facts(text, "subject", "indicator", "measure") == [
        ("500张", "云岭医院", "医疗卫生机构床位", "level"),
        ("5公里", "云岭医院", "配套道路", "level"),
        ("8", "云岭医院", "总投资", "level"),
        ("3", "石桥医院", "总投资", "level"),
    ]
    [row] = explain(text, at=text.index("500"))
    assert [figure.record is not None for figure in row.figures] == [True]


def test_years_are_no_figures() -> None:
    assert cells("指标\t2019\t2020\n收入(万元)\t3.5\t4.5\n支出(万元)\t2.5\t3\n") == ["3.5", "4.5", "2.5", "3"]


# --------------------------------------------------------------------------------------------------- how it is drawn


ROWS = [
    ["镇街", "产值(亿元)", "增长(%)"],
    ["石桥镇", "88.2", "6.3"],
    ["云岭镇", "76.5", "—"],
    ["双河镇", "5.1", "-1.2"],
]
SHOWN = ["88.2", "6.3", "76.5", "5.1", "-1.2"]


def drawn(how: str) -> str:
    if how == "markdown":
        return "\n".join(
            ["| " + " | ".join(row) + " |" for row in ROWS][:1]
            + ["|---|:-:|--:|"]
            + ["| " + " | ".join(row) + " |" for row in ROWS[1:]]
        )
    if how == "markdown without outer strokes":
        return "\n".join([" | ".join(ROWS[0]), "--- | --- | ---", *(" | ".join(row) for row in ROWS[1:])])
    if how == "strokes without a rule":
        return "\n".join("|" + "|".join(row) + "|" for row in ROWS)
    if how == "a drawn grid":
        rule = "+------+------+------+"
        return "\n".join([rule, *itertools.chain.from_iterable((f"| {' | '.join(row)} |", rule) for row in ROWS)])
    if how == "wide strokes":
        return "\n".join("｜" + "｜".join(row) + "｜" for row in ROWS)
    if how == "tabs":
        return "\n".join("\t".join(row) for row in ROWS)
    if how == "several tabs":
        return "\n".join(("\t" * (1 + number % 2)).join(row) for number, row in enumerate(ROWS))
    if how == "tabs, Windows lines":
        return "\r\n".join("\t".join(row) for row in ROWS)
    if how == "tabs, empty lines between":
        return "\n\n".join("\t".join(row) for row in ROWS)
    if how == "spaces":
        return "\n".join("".join(cell.ljust(12) for cell in row) for row in ROWS)
    if how == "spaces to the right":
        return "\n".join("".join(cell.rjust(12) for cell in row) for row in ROWS)
    if how == "wide spaces":
        return "\n".join("\u3000".join(row) for row in ROWS)
    if how == "single spaces":
        return "\n".join(" ".join(row) for row in ROWS)
    if how == "HTML":
        return (
            "<table>"
            + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
            + "</table>"
        )
    if how == "HTML with attributes and nothing closed":
        return (
            '<TABLE border="1">'
            + "".join(
                "\n<tr>" + "".join(f'\n  <td align="center" colspan="1"><span>{cell}</span>' for cell in row)
                for row in ROWS
            )
            + "</table>"
        )
    raise ValueError(how)


@pytest.mark.parametrize(
    "how",
    [
        "markdown",
        "markdown without outer strokes",
        "strokes without a rule",
        "a drawn grid",
        "wide strokes",
        "tabs",
        "several tabs",
        "tabs, Windows lines",
        "tabs, empty lines between",
        "spaces",
        "spaces to the right",
        "wide spaces",
        "single spaces",
        "HTML",
        "HTML with attributes and nothing closed",
    ],
)
@pytest.mark.parametrize(
    "around", ["{}", "2020年各镇产值\n\n{}\n\n注：为初步数。", "2020年各镇产值\n{}\n注：为初步数。"]
)
def test_however_it_is_drawn(how: str, around: str) -> None:
    text = around.format(drawn(how))
    records = extract(text)
    assert [record.quantity.text for record in records] == SHOWN
    assert [record.subject and record.subject.text for record in records] == [
        "石桥镇",
        "石桥镇",
        "云岭镇",
        "双河镇",
        "双河镇",
    ]
    assert [record.measure for record in records] == ["level", "growth", "level", "level", "growth"]
    assert all(record.indicator and record.indicator.text == "产值" for record in records)
    for record in records:
        part = record.quantity
        assert text[part.start : part.end] == part.text
        assert part.text in record.evidence.text
        assert text[record.evidence.sentence_start : record.evidence.sentence_end] == record.evidence.text


def test_the_evidence_is_the_row() -> None:
    first = extract("镇街\t产值(亿元)\t增长(%)\n石桥镇\t88.2\t—\n云岭镇\t76.5\t3\n")[0]
    assert first.evidence.text == "石桥镇\t88.2\t—"


def test_spaces_inside_heads() -> None:
    text = "地　区    户籍人口(万人)    其中：男\n东　莞    263.9    131.2\n韶　关    336.3    172\n"
    first = extract(text)[0]
    assert (first.subject and first.subject.text, first.subject and first.subject.code) == ("东　莞", "441900")
    assert facts(text, "id")[0] == ("263.9", "population_registered")


def test_entities_and_tags_inside_cells() -> None:
    text = "<table><tr><td>镇街</td><td>产值&nbsp;(亿元)</td></tr><tr><td>石&nbsp;桥&nbsp;镇</td><td>&nbsp;<b>88</b>.2&nbsp;</td></tr></table>"
    [only] = extract(text)
    assert only.quantity.text == "88</b>.2"
    assert only.quantity.base_value == 8820000000
    assert [subject for _, subject in facts(text, "subject")] == ["石&nbsp;桥&nbsp;镇"]


def test_a_cell_that_reaches_over_rows() -> None:
    text = """<table><tr><th>镇街</th><th>年份</th><th>产值(亿元)</th></tr>
<tr><td rowspan="2">石桥镇</td><td>2019</td><td>80</td></tr><tr><td>2020</td><td>88</td></tr>
<tr><td rowspan=2>云岭镇</td><td>2019</td><td>70</td></tr><tr><td>2020</td><td>71</td></tr></table>"""
    assert facts(text, "subject", "period") == [
        ("80", "石桥镇", "2019"),
        ("88", "石桥镇", "2020"),
        ("70", "云岭镇", "2019"),
        ("71", "云岭镇", "2020"),
    ]


def test_the_title_and_the_unit_in_the_table_itself() -> None:
    text = """<table><tr><td colspan="2">2021年一季度全市投资情况</td></tr><tr><td colspan="2">单位：亿元</td></tr>
<tr><td>指标</td><td>总量</td></tr><tr><td>工业投资</td><td>20.1</td></tr><tr><td colspan="2">注：不含农户。</td></tr></table>"""
    assert facts(text, "id", "period", "base_value") == [("20.1", "industrial_investment", "2021-Q1", 2010000000)]


def test_text_around_an_html_table_is_read_without_its_tags() -> None:
    text = "<p>2020年，石桥镇<b>税收</b>收入<i>5</i>亿元。</p><table><tr><td>指标</td><td>万人</td></tr><tr><td>常住人口</td><td>3</td></tr></table><p>户籍人口2万人。</p>"
    assert facts(text, "id", "subject") == [
        ("5</i>亿元", "tax_revenue", "石桥镇"),
        ("3", "population_resident", "石桥镇"),
        ("2万人", "population_registered", "石桥镇"),
    ]


def test_a_table_that_only_lays_out_a_page_is_text() -> None:
    text = "<table><tr><td><p>2020年，石桥镇税收收入5亿元，增长3%。</p><table><tr><td>指标</td><td>万人</td></tr><tr><td>常住人口</td><td>3</td></tr></table></td></tr></table>"
    assert facts(text, "id", "subject") == [
        ("5亿元", "tax_revenue", "石桥镇"),
        ("3%", "tax_revenue", "石桥镇"),
        ("3", "population_resident", "石桥镇"),
    ]


def test_two_tables_in_one_text() -> None:
    text = """表1 2019年投资

单位：亿元
指标\t数值
工业投资\t20.1
房地产开发投资\t15

表2 2020年人口

单位：万人
指标\t数值
常住人口\t3
户籍人口\t2
"""
    assert facts(text, "period", "base_unit") == [
        ("20.1", "2019", "CNY"),
        ("15", "2019", "CNY"),
        ("3", "2020", "人"),
        ("2", "2020", "人"),
    ]


def test_new_heads_in_the_middle() -> None:
    text = "指标\t2019年\n工业投资(亿元)\t5\n其中：技改(亿元)\t2\n指标\t2020年\n工业投资(亿元)\t6\n"
    assert facts(text, "period") == [("5", "2019"), ("2", "2019"), ("6", "2020")]


def test_text_and_tables_come_in_the_order_of_the_text() -> None:
    text = "石桥镇税收收入5亿元。\n\n指标\t万人\n常住人口\t3\n户籍人口\t2\n\n全镇出口额7亿元。"
    assert cells(text) == ["5亿元", "3", "2", "7亿元"]


# ------------------------------------------------------------------------------------------------------ what is none


@pytest.mark.parametrize(
    "text",
    [
        "名称\n甲\n乙\n3\n4\n",  # one column
        "首页 | 新闻 | 要闻\n正文 | 字号 | 打印\n",  # no figures
        "目录\n\n第一章  总则  1\n第二章  职责  5\n第三章  附则  9\n",  # a table of contents
        "<table><tr><td>首页</td><td>新闻</td></tr></table>",
        "<table>",
        "a | b\n--- | ---\n",
        "|\n|\n",
        "\t\t\n\t\t\n",
    ],
)
def test_what_is_no_table_makes_no_record(text: str) -> None:
    assert cells(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2020年，石桥镇销售额|税收收入5亿元，增长3%。",
        "2020年，石桥镇税收收入5亿元；\t增长3%。",
        "　　2020年，石桥镇税收收入5亿元。\n　　出口额增长3%。",
        "2020年，石桥镇税收收入  5亿元，增长  3%。",
    ],
)
def test_a_line_of_running_text_is_no_table(text: str) -> None:
    assert not default_pipeline().tables.find(text).tables
    assert len(cells(text)) == 2


# --------------------------------------------------------------------------------------------------------- the rules


@pytest.mark.parametrize("example", RULES.examples, ids=[example.text.split("\n")[0] for example in RULES.examples])
def test_example(example: Example) -> None:
    assert differences(extract(example.text, date=TODAY), example.facts) == []


@pytest.mark.parametrize(
    ("head", "number"), [(head, i) for i, entry in enumerate(RULES.measures) for head in entry.examples]
)
def test_the_first_pattern_found_in_a_head_is_that_of_its_entry(head: str, number: int) -> None:
    assert next(i for i, entry in enumerate(RULES.measures) if re.search(entry.pattern, head)) == number


@pytest.mark.parametrize(
    ("words", "number"), [(words, i) for i, entry in enumerate(RULES.periods) for words in entry.examples]
)
def test_the_first_pattern_found_in_words_of_a_period_is_that_of_its_entry(words: str, number: int) -> None:
    assert next(i for i, entry in enumerate(RULES.periods) if re.search(entry.pattern, words)) == number


# ----------------------------------------------------------------------------------------------------- for any table


PIECES = ["指标", "石桥镇", "GDP(亿元)", "增长(%)", "2020年", "2020", "88.2", "-3", "(5)", "—", "5.7%", "约3亿", "合计", "单位：万元", "第3", "1-5月", "a|b",
          "\t", "\t", "|", "|", "  ", "\u3000", "\n", "\n", "\n\n", "---", "|---|---|", "。", "<table>", "<tr>", "<td>", "<td rowspan=2>", "<th colspan=3>", "</td>", "</table>", "&nbsp;", "<b>", "<"]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_every_span_is_of_the_original_text_and_figures_come_in_order(text: str) -> None:
    records = extract(text, date="2021-04-20")
    for record in records:
        for part in (record.quantity, record.indicator, record.subject, record.period):
            if part is not None and part.start is not None:
                assert text[part.start : part.end] == part.text
        evidence = record.evidence
        assert evidence.text in text[evidence.sentence_start : evidence.sentence_end]
    spans = [(record.quantity.start, record.quantity.end) for record in records]
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert len({record.id for record in records}) == len(records)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_table_is_explained(text: str) -> None:
    explain(text)


def test_a_figure_of_a_table_is_explained() -> None:
    text = "2020年各镇指标\n\n镇街\tGDP(亿元)\n石桥镇\t88.2\n云岭镇\t70\n"
    [row] = explain(text, at=text.index("88.2"))
    [figure] = row.figures
    assert (row.block, figure.record and figure.record["rule"]) == ("table", "table/cell")
    assert [(origin.part, origin.text) for origin in figure.origins[:3]] == [
        ("indicator", "GDP"),
        ("subject", "石桥镇"),
        ("period", "2020年"),
    ]


def wide(record: Record) -> int:
    return len(record.evidence.text)


def test_a_row_of_any_width_is_no_record_s_whole_evidence() -> None:
    width = 800
    text = "指标\t" + "\t".join(f"甲{n}公司" for n in range(width)) + "\n产值(亿元)\t" + "\t".join(["3.5"] * width)
    records = extract(text)
    assert len(records) == width
    assert max(map(wide, records)) < 2000
