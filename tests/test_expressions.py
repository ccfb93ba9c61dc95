"""Patterns of the rules are judged before they run: what they can begin with, and whether they can take for ever."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex
from command import one_line, zhfacts
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extractor.backtracking import check
from extractor.expressions import Branches, Chain, Characters, Kept, Look, Node, Repeat, first_characters, parse
from extractor.mentions.scanning import Scanner
from extractor.packs import load, patterns
from extractor.rulebook import rules_folder

RULES = load(())
SHIPPED = list(patterns(rules_folder(), RULES))


# ------------------------------------------------------------------------------------------- what a pattern begins with


@pytest.mark.parametrize(
    ("pattern", "firsts"),
    [
        ("同比|环比", "同环"),
        ("(?:截至)?今年", "截今"),
        (r"\d{1,2}月", "0123456789"),
        ("(?<=第)[一二]届", "一二"),
        ("(?<=[路(]|街[)(]|(?:大|小)道)[一二]号", "一二"),
        ("(?<n>半)年", "半"),
        ("(?P<n>半)年", "半"),
        ("^(?!今年)今", "今"),
        ("[a-c]*+[^\\u0000-\\uffff\\U00010001-\\U0010ffff]", "abc\U00010000"),
        ("(?>甲|乙)??丙", "甲乙丙"),
        (r"[\]一\-三]", "]一-三"),
        (r"[]一]", "]一"),
        (r"\(|\x41|\t|\{", "(A\t{"),
        ("", ""),
        ("{,2}".replace("{", "甲{") + "乙", "甲乙"),
    ],
)
def test_first_characters(pattern: str, firsts: str) -> None:
    assert first_characters(pattern) == set(firsts)


@pytest.mark.parametrize("pattern", [r"[\u4e00-\u9fff]+号", ".年", r"\w年", r"\D", "[^一]年"])
def test_a_pattern_that_could_begin_anywhere_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="wide class"):
        Scanner([pattern], {})


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(甲", "not closed"),
        ("甲)乙", r"no group is open before '\)乙'"),
        ("[甲", r"cannot read '\[甲'"),
        ("*甲", "nothing to repeat"),
        ("甲**", "nothing to repeat"),
        ("(?=甲)*", "nothing to repeat"),
        ("(?i)甲", "cannot read"),
        (r"(甲)\1", "cannot read"),
        ("(?P=n)", "cannot read"),
        ("(?(1)甲|乙)", "cannot read"),
        (r"\p{Han}", "cannot read"),
        ("甲{e<=1}", "cannot read"),
        ("[[:alpha:]]", "cannot read the set"),
        ("[甲-乙]", "no range"),
        (r"[甲-\d]", "no range"),
    ],
)
def test_what_cannot_be_judged_is_refused(pattern: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse(pattern)


def test_every_match_in_the_samples_begins_as_was_foretold() -> None:
    samples = Path(__file__).parents[1] / "samples"
    texts = [path.read_text("utf-8") for path in sorted(samples.glob("*.txt"))]
    searched = [pattern.source for pattern in SHIPPED if pattern.searched]
    begun = {source: first_characters(source) for source in searched}
    found = [
        (source, match)
        for source in searched
        for text in texts
        for match in regex.finditer(source, text, overlapped=True)
        if match.group()
    ]
    assert len(found) > 200
    assert not [match for source, match in found if match.group()[0] not in begun[source]]


# --------------------------------------------------------------------------------------------- what could take for ever


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(?:甲+)+乙", "runs on"),
        ("(?:甲|甲)*乙", "runs on"),
        ("甲*乙", "'甲\\*' runs on"),
        ("甲{3,}乙", "runs on"),
        ("甲{0,9999}乙", "runs on"),
        ("(?:甲*+)乙", "runs on"),
        ("甲(?!.*乙)", "runs on"),
        ("甲*$", "runs on"),
        ("^丁|甲*乙", "runs on"),
        ("丁(?:甲+)+乙", "too many ways"),
        ("丁(?:甲|甲)*乙", "too many ways"),
        ("丁(?:甲*丙?)*乙", "too many ways"),
        ("丁甲*甲*乙", "too many ways"),
        ("^.*甲.*乙", "too many ways"),
        ("丁(?:甲?)*乙", "too many ways"),
        ("(?:甲{1,20}){1,20}乙", "too many ways"),
        ("(?:甲|甲){1,20}乙", "too many ways"),
        ("(?:[甲丙]|[甲丁]){1,20}乙", "too many ways"),
        ("(?:企|企业|企业家|业家){1,30}乙", "too many ways"),
        ("(?:甲?甲?){1,9}乙", "too many ways"),
        (".{0,60}甲.{0,60}乙.{0,60}丙", "too many ways"),
        ("(?:甲?){1,30}" * 4 + "乙", "too many ways"),
    ],
)
def test_what_could_take_for_ever_is_refused(pattern: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        check(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "丁甲*乙",  # a search meets it once
        "云薯\\d+亩",
        "^来源[^网]*网",
        "甲+",  # nothing behind it can fail
        "乙(?:甲+)+",
        "https?://[\\w./]+(?:#\\d*)?",
        "(?:甲{1,20}丙){1,20}乙",
        "(?:世界|世纪|全球|全国){1,20}强",  # the second character decides
        "甲{1,9}甲{1,9}乙",
        "[^。]{0,60}以来",
        "(?=.{0,60}乙)甲",
        "\\d{1,3}(?:,\\d{3}){0,9}(?:\\.\\d{1,9})?(?:亿|万)?元",
    ],
)
def test_what_is_bounded_is_allowed(pattern: str) -> None:
    check(pattern)


@pytest.mark.parametrize("pattern", SHIPPED, ids=[pattern.place().rpartition("/")[2] for pattern in SHIPPED])
def test_the_rules_that_ship_are_bounded(pattern: object) -> None:
    check(pattern.source)  # type: ignore[attr-defined]


def test_all_patterns_that_ship_are_looked_at() -> None:
    assert {pattern.path.name for pattern in SHIPPED} == {
        "times.yaml",
        "names.yaml",
        "indicators.yaml",
        "indices.yaml",
        "structure.yaml",
        "entities.yaml",
    }


RULE = 'rules: [{{id: level/own, pattern: "{}", priority: 9, yields: [{{quantity: q, measure: level}}], examples: [{{text: 甲, facts: []}}]}}]'


@pytest.mark.parametrize(
    ("file", "text", "entry"),
    [
        ("names.yaml", 'names:\n  - {pattern: "甲号"}\n  - {pattern: "(甲+)+乙"}', r":3: names\[1\]\.pattern: '\(甲\+\)\+' runs on"),
        ("times.yaml", 'times: [{pattern: "(?:甲|甲)*乙"}]', r":1: times\[0\]\.pattern: "),
        ("times.yaml", 'comparisons: [{kind: yoy, pattern: "甲*乙"}]', r":1: comparisons\[0\]\.pattern: "),
        ("times.yaml", 'macros: {own: "甲*"}\ntimes: [{pattern: "{own}丙"}]', r":2: times\[0\]\.pattern: '甲\*'"),
        ("times.yaml", 'gate: "\\\\d*年"', r":1: gate: "),
        ("indicators.yaml", 'series: [{pattern: "甲*乙", items: {甲: gdp}}]', r":1: series\[0\]\.pattern: "),
        ("indices.yaml", 'numbered_patterns: [{pattern: "甲*乙", kind: rate}]', r":1: numbered_patterns\[0\]\.pattern: "),
        ("structure.yaml", 'bylines:\n  - "^甲.*乙.*丙"', r":2: bylines\[0\]: '\.\*' can"),
        ("structure.yaml", 'ordinals: ["(甲"]', r":1: ordinals\[0\]: "),
        ("facts/own.yaml", RULE.format("(<noun>+)+ <value:q>"), r":1: level/own: pattern: .* too many ways"),
    ],
)  # fmt: skip
def test_a_pack_whose_pattern_is_not_bounded_is_refused(tmp_path: Path, file: str, text: str, entry: str) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text, "utf-8")
    run = zhfacts("--rules", tmp_path, stdin="全市产量5吨。".encode())
    assert run.returncode == 2
    assert regex.match(rf"{tmp_path}/{file}{entry}", one_line(run.stderr))


def test_a_pattern_of_a_pack_runs_in_bounded_time(tmp_path: Path) -> None:
    from extractor.userrules import pipeline

    (tmp_path / "facts").mkdir()
    rule = RULE.format("<time> <noun|verb|adverb|compare>* ... <noun>? ... <value:q> 矣")
    (tmp_path / "facts" / "own.yaml").write_text(rule, "utf-8")
    run = pipeline((tmp_path,)).run
    took = []
    for times in (500, 2000):
        begun = time.perf_counter()
        run("去年同比增长" * times + "5吨。")
        took.append(time.perf_counter() - begun)
    assert took[1] < 12 * took[0] + 0.5


# ------------------------------------------------------------------------------ the judgement holds for any pattern

LETTERS = [Characters(((ord(first), ord(last)),)) for first, last in ("aa", "bb", "ab", "cc")]


def chains(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    few = st.lists(nodes, min_size=1, max_size=3).map(tuple)
    bounds = st.tuples(st.integers(0, 2), st.integers(0, 3)).map(lambda both: (both[0], sum(both)))
    repeats = st.builds(lambda node, both: Repeat(node, *both, "…"), nodes, bounds)
    return st.one_of(few.map(Chain), few.map(Branches), repeats, nodes.map(Kept), nodes.map(Look))


TREES: st.SearchStrategy[Node] = st.recursive(st.sampled_from(LETTERS), chains, max_leaves=8)


class Steps:
    """A matcher that backtracks, and counts what it tries."""

    def __init__(self, text: str) -> None:
        self.text, self.count = text, 0

    def ends(self, node: Node, at: int) -> Iterator[int]:
        """Where ``node`` can end, one way after the other."""
        match node:
            case Characters(ranges):
                self.count += 1
                if at < len(self.text) and any(low <= ord(self.text[at]) <= high for low, high in ranges):
                    yield at + 1
            case Chain(items):
                yield from self.chained(items, at)
            case Branches(options):
                for option in options:
                    yield from self.ends(option, at)
            case Repeat(body, least, most, written):
                for end in self.ends(body, at) if most else ():
                    if end > at:
                        yield from self.ends(Repeat(body, max(0, least - 1), (most or 1) - 1, written), end)
                if not least:
                    yield at
            case Kept(body):
                yield from [end for end, _ in zip(self.ends(body, at), range(1), strict=False)]
            case Look(body):
                yield from [at for _ in zip(self.ends(body, at), range(1), strict=False)]

    def chained(self, items: tuple[Node, ...], at: int) -> Iterator[int]:
        if not items:
            yield at
            return
        for end in self.ends(items[0], at):
            yield from self.chained(items[1:], end)


@settings(max_examples=400, deadline=None)
@given(TREES, st.text("ab", min_size=12, max_size=24))
def test_what_is_allowed_takes_few_steps(tree: Node, text: str) -> None:
    from extractor import backtracking

    fails = Chain((tree, LETTERS[3]))  # no text has a c
    try:
        ways = backtracking._ways(fails, ())
    except ValueError:
        assume(False)
    steps = Steps(text)
    assert not any(True for _ in steps.ends(fails, 0))
    assert steps.count <= 60 * ways * (len(text) + 1)
