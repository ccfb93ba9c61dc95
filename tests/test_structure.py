"""Structure: titles, headings, bylines, sentences."""

from __future__ import annotations

from datetime import date

from extractor.model import Document
from extractor.normalise import normalise
from extractor.rulebook import load
from extractor.structure import Structurer

STRUCTURER = Structurer(load())


def lay_out(text: str) -> Document:
    return STRUCTURER.structure(normalise(text).text)


def test_title_byline_heading_body() -> None:
    document = lay_out("某市经济运行情况\n\n文/图 余宝珠\n\n一、工业\n\n规上工业增加值增长5%。")
    assert [block.kind for block in document.blocks] == ["title", "byline", "heading", "body"]
    assert [heading.text for heading in document.blocks[-1].headings] == ["某市经济运行情况", "工业"]


def test_levels_of_numbered_headings() -> None:
    document = lay_out(
        "报告\n\n一、工作回顾\n\n（一）工业\n\n增长5%。\n\n（二）农业\n\n增长3%。\n\n二、工作安排\n\n增长4%。"
    )
    paths = [[heading.text for heading in block.headings] for block in document.blocks if block.kind == "body"]
    assert paths == [["报告", "工作回顾", "工业"], ["报告", "工作回顾", "农业"], ["报告", "工作安排"]]


def test_a_bare_place_name_opens_a_section() -> None:
    document = lay_out("云岭\n\n抓项目 促发展\n\n云岭镇开展活动。\n\n石桥\n\n石桥镇增长5%。")
    assert [heading.text for heading in document.blocks[-1].headings] == ["石桥"]


def test_dateline() -> None:
    assert lay_out("情况通报\n\n（2021年3月12日）\n\n增长5%。").date == date(2021, 3, 12)
    assert lay_out("情况通报\n\n发布时间：2021-06-18 10:00\n\n增长5%。").date == date(2021, 6, 18)


def test_an_impossible_dateline_is_none() -> None:
    assert lay_out("情况通报\n\n2021年13月45日\n\n增长5%。").date is None


def test_sentences_keep_their_marks() -> None:
    document = lay_out("甲增长5%。乙下降3%！“丙持平。”丁")
    texts = [document.text[s.start : s.end] for s in document.sentences]
    assert texts == ["甲增长5%。", "乙下降3%!", "“丙持平。”", "丁"]
