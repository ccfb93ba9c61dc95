"""The lists of names in the rules: what they must hold, and that each entry stands once."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import extractor
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


INDICES = [(entry, written) for entry in RULES.indices.indices for written in (entry.name, *entry.aliases)]
INSTITUTIONS = [
    (entry, written) for entry in RULES.institutions.institutions for written in (entry.name, *entry.aliases)
]
BRANDS = [(entry, written) for entry in RULES.institutions.companies for written in (entry.name, *entry.aliases)]


@pytest.mark.parametrize(
    ("names", "entries", "least"),
    [
        (INDICES, RULES.indices.indices, 300),
        (INSTITUTIONS, RULES.institutions.institutions, 150),
        (BRANDS, RULES.institutions.companies, 400),
    ],
)
def test_every_name_belongs_to_one_entry(names: list[tuple[object, str]], entries: list[object], least: int) -> None:
    written = [name for _, name in names]
    assert len(entries) >= least
    assert len(set(written)) == len(written)
    assert not [name for name in written if simplified(name) != name]


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("沪指", "上证综合指数", "equity"),
        ("科创50", "科创板50指数", "equity"),
        ("标普500", "标准普尔500指数", "equity"),
        ("10年期美债收益率", "10年期美国国债收益率", "rate"),
        ("DR007", "存款类机构7天质押式回购利率", "rate"),
        ("布油", "布伦特原油", "commodity"),
        ("人民币中间价", "人民币兑美元中间价", "currency"),
        ("SCFI", "上海出口集装箱运价指数", "freight"),
        ("VIX", "恐慌指数", "volatility"),
    ],
)
def test_indices(written: str, name: str, kind: str) -> None:
    [entry] = [entry for entry, known in INDICES if known == written]
    assert (entry.name, entry.kind) == (name, kind)


def test_numbered_names_hold_a_number_and_more() -> None:
    names = RULES.indices.numbered_names
    assert len(set(names)) == len(names)
    assert not [name for name in names if not re.search(r"[\d一二三四五六七八九十]", name)]
    assert not [name for name in names if re.fullmatch(r"[\d.]+", name)]  # a bare number is a number


@pytest.mark.parametrize(
    "text", ["24国债05", "23国开10", "24特别国债01", "R007", "IF2406", "rb2410合约", "中证800", "95号汽油"]
)
def test_shapes_of_numbered_names(text: str) -> None:
    assert any(re.match(entry.pattern, text) for entry in RULES.indices.numbered_patterns)


@pytest.mark.parametrize("text", ["沪深300只个股", "上证3000点", "恒生100亿元", "T20240", "95号楼"])
def test_what_only_looks_like_a_numbered_name(text: str) -> None:
    assert not any(re.match(entry.pattern, text) for entry in RULES.indices.numbered_patterns)


@pytest.mark.parametrize(
    ("written", "name", "role"),
    [
        ("央行", "中国人民银行", "body"),
        ("美联储", "美国联邦储备委员会", "body"),
        ("国家统计局", "国家统计局", "source"),
        ("乘联会", "全国乘用车市场信息联席会", "source"),
        ("IDC", "国际数据公司", "source"),
    ],
)
def test_institutions(written: str, name: str, role: str) -> None:
    [entry] = [entry for entry, known in INSTITUTIONS if known == written]
    assert (entry.name, entry.role) == (name, role)


@pytest.mark.parametrize(
    ("written", "everyday"),
    [("华为", False), ("三星", False), ("台积电", False), ("苹果", True), ("小米", True), ("美的", True)],
)
def test_brands(written: str, everyday: bool) -> None:
    [entry] = [entry for entry, known in BRANDS if known == written]
    assert entry.everyday == everyday
    assert written not in {company.name for company in RULES.companies}


# ------------------------------------------------------------------------------------------------------- in no code


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def words_in(path: Path) -> list[str]:
    """The Chinese words that the code of a file holds in a collection or in a choice of a pattern."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, DOCUMENTED)}
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            words = [each.value for each in node.elts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        elif isinstance(node, ast.Dict):
            words = [
                each.value
                for each in (*node.keys, *node.values)
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            ]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings:
            words = node.value.split("|")
        else:
            continue
        chinese = [word for word in words if re.search(r"[\u4e00-\u9fff]{2}", word)]
        found += chinese if len(chinese) > 1 else []
    return found


@pytest.mark.parametrize("path", sorted(Path(extractor.__file__).parent.rglob("*.py")), ids=lambda path: path.name)
def test_no_list_of_words_is_in_the_code(path: Path) -> None:
    assert words_in(path) == []
