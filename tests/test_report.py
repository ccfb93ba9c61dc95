"""The report as a file: what is in it, and that no text gets out of its place. How it behaves: tests/browser."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from command import TEXT, one_line, zhfacts
from report import data_of, flat, marked, page_of, title_of

from extractor import extract
from extractor.report.marks import Span, marked_lines

HOSTILE = "</script><script>alert(1)</script>"


def test_every_part_of_a_fact_is_marked_in_its_place() -> None:
    [document] = data_of(page_of({"a.txt": TEXT}))["documents"]
    assert list(marked(document)) == [
        ("period", "2020年"),
        ("subject", "石桥镇"),
        ("indicator", "地区生产总值"),
        ("quantity", "88.2亿元"),
        ("quantity", "6.3%"),
    ]
    assert document["spans"][0] == ["period", [0, 1]]


def test_a_scope_is_marked_where_it_stands_next_to_its_quantity() -> None:
    text = "全市税收收入50亿元，税收收入占一般公共预算收入的71%，一般公共预算收入同比增长3%。"
    [document] = data_of(page_of({"a.txt": text}))["documents"]
    assert ("scope", "一般公共预算收入") in marked(document)


def test_the_same_amount_in_other_units_is_marked_too() -> None:
    [document] = data_of(page_of({"a.txt": "整治地块150亩（10万平方米）。"}))["documents"]
    assert [text for role, text in marked(document) if role == "quantity"] == ["150亩", "10万平方米"]


@pytest.mark.parametrize(
    ("marks", "nodes"),
    [
        ([], ["abcdef"]),
        ([(1, 5), (2, 4)], ["a", [0, "b", [1, "cd"], "e"], "f"]),  # one in the other
        ([(0, 2), (2, 4)], [[0, "ab"], [1, "cd"], "ef"]),  # side by side
        ([(0, 4), (2, 6)], [[0, "ab", [1, "cd"]], [1, "ef"]]),  # crossing: the later one is cut
        ([(0, 6), (1, 4), (2, 5)], [[0, "a", [1, "b", [2, "cd"]], [2, "e"], "f"]]),
        ([(1, 3), (1, 3)], ["a", [0, [1, "bc"]], "def"]),  # two of the same
    ],
)
def test_marks_nest(marks: list[tuple[int, int]], nodes: object) -> None:
    spans = [Span(start, end, "quantity") for start, end in marks]
    assert marked_lines("abcdef", spans) == [nodes]


def test_marks_are_cut_at_the_ends_of_lines() -> None:
    spans = [Span(1, 8, "scope"), Span(4, 5, "period")]
    assert marked_lines("ab\r\ncd\n\nef", spans) == [["a", [0, "b"]], [[0, [1, "c"], "d"]], [], ["ef"]]


@pytest.mark.parametrize(
    "text",
    [
        f"全镇{HOSTILE}税收收入5亿元。",
        "<!--<script>税收收入5亿元。",
        "]]>\"'`${alert(1)}$title&lt;税收收入5亿元。",
        "😀👨‍👩‍👧税收收入5亿元🎉，同比增长5%。",
        "全縣稅收收入5億元，較上年增長6.5%。",
        "税收收入5亿元。" * 3000,
        "税" * 200_000,
        "\x00\x07\u202e税收收入5亿元\u2028\ufffe增长5%\r下降6%\ud800。",
        "",
    ],
    ids=["script", "comment", "quotes", "emoji", "traditional", "long", "huge-word", "control", "empty"],
)
def test_any_text_stays_text(text: str) -> None:
    html = page_of({HOSTILE: text})
    data = data_of(html)
    [document] = data["documents"]
    assert "".join(map(flat, document["lines"])) == re.sub("[\r\n\u2028\u2029]", "", text)
    assert html.count("<script") == html.count("</script>") == 2
    assert len(document["facts"]) == len(extract(text))
    assert title_of(html) == "script> · zhfacts"


def test_figures_keep_all_their_digits() -> None:
    [document] = data_of(page_of({"a.txt": "税收收入12345678901234567890.25元。"}))["documents"]
    assert "12345678901234567890.25" in document["facts"][0]


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["reports/a.txt"], "a.txt"),
        (["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"], "a.txt, b.txt, c.txt and 2 more"),
        (["<b>.txt"], "<b>.txt"),
    ],
)
def test_the_title_names_the_files(names: list[str], title: str) -> None:
    assert title_of(page_of(dict.fromkeys(names, TEXT))) == f"{title} · zhfacts"


def test_nothing_is_loaded_and_only_its_own_script_runs() -> None:
    html = page_of({"a.txt": TEXT})
    assert not re.search(r"""(?:src|href)=["'](?!data:|#)|@import|url\(""", html)
    [policy] = re.findall('Content-Security-Policy" content="([^"]*)"', html)
    assert policy.startswith("default-src 'none'")
    for element, rule in (("script", "script-src"), ("style", "style-src")):
        [content] = re.findall(f"<{element}>(.*?)</{element}>", html, re.S)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}'" in policy


def test_a_subject_of_many_facts_is_one_mark() -> None:
    text = "2020年石桥镇经济\n\n" + "税收收入5亿元，同比增长6%。\n" * 500
    [document] = data_of(page_of({"a.txt": text}))["documents"]
    assert [(role, len(facts)) for role, facts in document["spans"] if role == "subject"] == [("subject", 1000)]


# ------------------------------------------------------------------------------------------------------ the command


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text("税收收入5亿元。", "gb18030")
    page = tmp_path / "report.html"
    run = zhfacts("report", tmp_path / "a.txt", tmp_path / "b.txt", "--output", page)
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    data = data_of(page.read_text("utf-8"))
    assert [(Path(each["name"]).name, len(each["facts"])) for each in data["documents"]] == [("a.txt", 2), ("b.txt", 1)]


def test_standard_input_and_output_with_the_options_of_extract() -> None:
    run = zhfacts(
        "report", "-", "--date", "2021-04-20", "--subject", "东莞市", stdin="去年，全市税收收入5亿元。".encode()
    )
    assert run.returncode == 0, run.stderr.decode()
    html = run.stdout.decode()
    [document] = data_of(html)["documents"]
    assert document["name"] is None
    assert {"东莞市", "2020"} <= set(document["facts"][0])
    assert title_of(html) == "standard input · zhfacts"
    assert zhfacts("report", "--encoding", "gbk", stdin="税收收入5亿元。".encode("gbk")).returncode == 0


def test_what_cannot_be_read_is_told_and_the_rest_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    run = zhfacts("report", "missing.txt", tmp_path / "a.txt")
    assert run.returncode == 1
    assert one_line(run.stderr) == "missing.txt: No such file or directory"
    assert len(data_of(run.stdout.decode())["documents"]) == 1


def test_a_page_that_cannot_be_written(tmp_path: Path) -> None:
    run = zhfacts("report", "--output", tmp_path / "no" / "report.html", stdin=TEXT.encode())
    assert run.returncode == 3
    assert "report.html" in one_line(run.stderr)


def test_the_text_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    run = zhfacts("report", tmp_path / "a.txt", "--output", tmp_path / "a.txt")
    assert run.returncode == 2
    assert (tmp_path / "a.txt").read_text("utf-8") == TEXT


def test_a_lone_surrogate_in_a_name_or_text() -> None:
    html = page_of({"\udcff.txt": "税收\ud800收入5亿元。"}).encode("utf-8", "backslashreplace").decode()
    assert data_of(html)["documents"][0]["name"] == "\udcff.txt"
