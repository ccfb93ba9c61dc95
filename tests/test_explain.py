"""Explanations: the way of each figure, as a library and as `zhfacts explain`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from command import one_line, zhfacts

from extractor import extract
from extractor.explain import Explained, Figure, explain

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
PORTS = Path(__file__).parent.parent / "samples" / "packs" / "ports"
TEXT = "2020年，石桥镇ＧＤＰ达88.2亿元，同比增长6.3%。力争2021年引进4宗2亿元以上重大项目。"


def one(text: str) -> Explained:
    [sentence] = explain(text, date=date(2021, 4, 20))
    return sentence


def figure(text: str, of: str) -> Figure:
    return next(figure for figure in one(text).figures if figure.text == of)


def test_a_sentence_as_it_stands_and_as_it_is_read() -> None:
    first, second = explain(TEXT)
    assert (first.text, first.start, first.end) == (TEXT[:29], 0, 29)
    assert first.normalised == "2020年,石桥镇GDP达88.2亿元,同比增长6.3%。"
    assert [figure.text for figure in first.figures] == ["88.2亿元", "6.3%"]
    assert [figure.text for figure in second.figures] == ["4宗", "2亿元以上"]


def test_words_with_their_tags_and_mentions_as_the_rules_see_them() -> None:
    sentence = one("全市粮食、油料产量20万吨、3万吨。")
    assert ("油料产量", "n") in {(word.text, word.tag) for word in sentence.words}
    folded = [(mention.kind, mention.text, mention.items) for mention in sentence.mentions]
    assert ("indicator", "粮食、油料产量", ["粮食", "油料产量"]) in folded
    assert ("amount", "20万吨、3万吨", ["20万吨", "3万吨"]) in folded


def test_which_rules_matched_and_which_one_has_the_figure() -> None:
    matches = figure("全市税收收入同比增长6.3%。", "6.3%").matches
    assert [(match.rule, match.lost_to) for match in matches][:2] == [
        ("growth/move", None),
        ("level/value", "growth/move"),
    ]
    assert matches[0].priority > matches[1].priority
    assert (matches[0].measure, matches[0].text) == ("growth", "增长6.3%")


def test_where_its_parts_are_from() -> None:
    first, _ = explain(TEXT)
    origins = {origin.part: origin for origin in first.figures[1].origins}
    assert (origins["indicator"].text, origins["indicator"].origin) == ("ＧＤＰ", "nearby")
    subject = origins["subject"]
    assert (subject.text, subject.origin, subject.scope) == ("石桥镇", "nearby", "paragraph")
    assert TEXT[subject.start : subject.end] == "石桥镇"
    assert origins["period"].scope == "paragraph"
    assert (origins["status"].text, origins["status"].origin) == ("", "default")


def test_the_word_of_a_status_and_what_each_scope_holds() -> None:
    target = explain(TEXT)[1].figures[0]
    status = next(origin for origin in target.origins if origin.part == "status")
    assert (status.text, status.scope) == ("力争", "sentence")
    assert ("sentence", "target") in {(frame.scope, frame.status) for frame in target.frames}
    assert "2021" in {frame.period for frame in target.frames}


@pytest.mark.parametrize(
    ("text", "of", "why"),
    [
        ("抓好三个方面工作。", "三个", "refused by the rule refused/"),
        ("会议开了3天。", "3天", "refused by the context: a duration"),
    ],
)
def test_what_was_refused_and_by_what(text: str, of: str, why: str) -> None:
    refused = figure(text, of)
    assert refused.record is None
    assert refused.why
    assert refused.why.startswith(why)


@pytest.mark.parametrize(
    ("text", "of", "why"),
    [
        ("2020年第七次全国人口普查结束，到会25人。", "2020年", "time: "),
        ("建成5G应用120个。", "5G", "name: "),
        ("地块编号88，到会25人。", "88", ""),
    ],
)
def test_a_numeral_that_is_no_figure(text: str, of: str, why: str) -> None:
    assert any(of in passed.text and passed.why.startswith(why) for passed in one(text).passed_over)


def test_a_place_in_the_text() -> None:
    at = TEXT.index("6.3%")
    [sentence] = explain(TEXT, at=at + 1)
    assert [figure.text for figure in sentence.figures] == ["6.3%"]
    [sentence] = explain("没有数字。税收5亿元。", at=1)
    assert (sentence.text, sentence.figures) == ("没有数字。", [])


def test_text_without_numerals() -> None:
    assert explain("没有数字。") == []
    assert explain("") == []


@pytest.mark.parametrize("path", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_the_figures_that_have_records_are_those_of_extract(path: Path) -> None:
    text = path.read_text("utf-8")
    told = [figure.record for sentence in explain(text) for figure in sentence.figures if figure.record]
    assert told == [record.model_dump() for record in extract(text)]


def test_spans_are_of_the_original_text() -> None:
    for path in SAMPLES:
        text = path.read_text("utf-8")
        for sentence in explain(text):
            parts = [*sentence.words, *sentence.mentions, *sentence.figures, *sentence.passed_over]
            assert all(text[part.start : part.end] == part.text for part in parts)


# ------------------------------------------------------------------------------------------------------- as a process


def test_a_tree_for_a_person() -> None:
    run = zhfacts("explain", "--text", TEXT)
    assert (run.returncode, run.stderr) == (0, b"")
    out = run.stdout.decode()
    for words in (
        "normalised  2020年,石桥镇GDP达",
        "<place 石桥镇>",
        "88.2亿元  [13:19] = 8820000000 CNY → level of 地区生产总值 (gdp), actual",
        "rule growth/move",
        "but growth/move came first",
        "subject  石桥镇 [6:9] nearby, held by the paragraph",
        "sentence: ",
    ):
        assert words in out


def test_json_for_a_program(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    run = zhfacts("explain", path, "--format", "json", "--at", str(TEXT.index("88.2")))
    [sentence] = json.loads(run.stdout)
    assert set(sentence) == set(Explained.__dataclass_fields__)
    [figure] = sentence["figures"]
    assert figure["record"]["quantity"]["base_value"] == 8820000000
    assert (
        zhfacts("explain", "--format", "json", stdin=TEXT.encode()).stdout
        == zhfacts("explain", "--format", "json", "-", stdin=TEXT.encode()).stdout
    )


def test_rules_of_ones_own_date_and_subject() -> None:
    run = zhfacts(
        "explain",
        "--rules",
        PORTS,
        "--date",
        "2024-07-20",
        "--subject",
        "澜江港",
        "--text",
        "上半年箱量12万FEU。",
        "--format",
        "json",
    )
    [figure] = json.loads(run.stdout)[0]["figures"]
    assert (figure["says"], figure["record"]["period"]["label"]) == ("= 240000 TEU", "2024-H1")
    assert figure["record"]["subject"]["text"] == "澜江港"


@pytest.mark.parametrize(
    "args",
    [
        ("--text", "5亿元", "a.txt"),
        ("--text", "5亿元", "--at", "9"),
        ("--encoding", "rot13"),
        ("--format", "xml"),
        ("--date", "2021"),
    ],
)
def test_wrong_use(args: tuple[str, ...]) -> None:
    run = zhfacts("explain", *args)
    assert (run.returncode, run.stdout) == (2, b"")
    assert run.stderr.startswith(b"Usage: zhfacts explain")


def test_what_cannot_be_read(tmp_path: Path) -> None:
    run = zhfacts("explain", "missing.txt")
    assert (run.returncode, one_line(run.stderr)) == (1, "missing.txt: No such file or directory")
    (tmp_path / "indicator.yaml").write_text("", "utf-8")
    assert zhfacts("explain", "--rules", tmp_path, "--text", "5亿元").returncode == 2


def test_hostile_text_steers_no_terminal() -> None:
    run = zhfacts("explain", "--text", "\x1b[31m税收[bold]5亿元[/bold]\u202e。")
    assert run.returncode == 0
    assert b"\x1b" not in run.stdout
    assert "[bold]" in run.stdout.decode()
    assert "\u202e" not in run.stdout.decode()
