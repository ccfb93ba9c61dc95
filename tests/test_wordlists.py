"""The lists of names in the rules: what they must hold, and that each entry stands once."""

from __future__ import annotations

import pytest

from extractor.rulebook import load

RULES = load()


def simplified(text: str) -> str:
    return text.translate(str.maketrans(RULES.traditional))


@pytest.mark.parametrize(
    ("traditional", "plain"),
    [
        ("本港零售業總銷貨價值", "本港零售业总销货价值"),
        ("衞生署、滙豐、羣眾、裏面、綫路", "卫生署、汇丰、群众、里面、线路"),
        ("臺灣週邊佔比", "台湾周边占比"),
        ("著作、乾隆、甚至、覆盖、瞭望", "著作、乾隆、甚至、覆盖、瞭望"),  # right in simplified text too
    ],
)
def test_traditional_characters(traditional: str, plain: str) -> None:
    assert simplified(traditional) == plain


def test_no_simplified_form_is_itself_traditional() -> None:
    assert len(RULES.traditional) > 2900
    assert not set(RULES.traditional) & set(RULES.traditional.values())


def test_each_company_name_stands_once() -> None:
    names = [company.name for company in RULES.companies]
    assert len(names) > 6000
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("name", "code", "everyday"),
    [
        ("浦发银行", "600000.SH", False),
        ("平安银行", "000001.SZ", False),
        ("诺思兰德", "430047.BJ", False),
        ("腾讯控股", "00700.HK", False),
        ("京东方A", "000725.SZ", False),
        ("京东方", "000725.SZ", False),
        ("太阳能", "000591.SZ", True),
        ("机器人", "300024.SZ", True),
        ("老百姓", "603883.SH", True),
        ("中国电影", "600977.SH", True),
    ],
)
def test_companies(name: str, code: str, everyday: bool) -> None:
    [company] = [company for company in RULES.companies if company.name == name]
    assert (company.code, company.everyday) == (code, everyday)


@pytest.mark.parametrize(
    ("name", "full", "kind"),
    [
        ("美国", "美国", "country"),
        ("纽西兰", "新西兰", "country"),
        ("阿联酋", "阿拉伯联合酋长国", "country"),
        ("里昂", "里昂", "city"),
        ("雪梨", "悉尼", "city"),
        ("新北", "新北市", "city"),
        ("加州", "加利福尼亚州", "region"),
        ("深水埗", "深水埗", "region"),
        ("经合组织", "经济合作与发展组织", "group"),
    ],
)
def test_the_world(name: str, full: str, kind: str) -> None:
    [place] = [place for place in RULES.world if place.name == name]
    assert (place.full, place.kind) == (full, kind)


def test_each_name_of_the_world_stands_once_and_is_simplified() -> None:
    names = [place.name for place in RULES.world]
    assert len(names) > 1300
    assert len(set(names)) == len(names)
    assert {place.full for place in RULES.world} <= set(names)
    assert not [name for name in names if simplified(name) != name]


def test_short_names_of_counties() -> None:
    shorts = {county.short: county for county in RULES.counties_short}
    assert len(shorts) == len(RULES.counties_short) > 1000
    assert (shorts["昆山"].code, shorts["昆山"].full) == ("320583", "昆山市")
    assert (shorts["准格尔"].code, shorts["准格尔"].full) == ("150622", "准格尔旗")
    assert shorts["通州"].code == ""  # 北京市通州区, 南通市通州区
    assert not shorts.keys() & {"合作", "资源", "公安", "平安", "解放", "通道", "延长", "城区"}
    codes = {division.code: division.name for division in RULES.divisions}
    assert all(codes[county.code] == county.full for county in shorts.values() if county.code)
