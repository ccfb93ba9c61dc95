"""Packs: rules of one's own, laid over those that ship; the commands `zhfacts rules`."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest
from command import COMMAND, one_line, zhfacts

from extractor import extract
from extractor.examples import check
from extractor.model import Record
from extractor.packs import load
from extractor.rulebook import RuleError
from extractor.userrules import pipeline

PORTS = Path(__file__).parent.parent / "samples" / "packs" / "ports"


def pack(folder: Path, **files: str) -> Path:
    """A pack with these YAML files; those of facts/ are named facts_…"""
    for name, text in files.items():
        path = folder / f"{name.replace('facts_', 'facts/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def read(text: str, *packs: Path) -> list[Record]:
    return pipeline(packs).run(text)


# ------------------------------------------------------------------------------------------------- what a pack changes


def test_an_indicator_of_ones_own(tmp_path: Path) -> None:
    own = pack(tmp_path, indicators="indicators: [{id: honey, name: 蜂蜜产量, dimension: mass, aliases: [产蜜量]}]")
    [record] = read("全县产蜜量300吨。", own)
    assert record.indicator
    assert (record.indicator.id, record.indicator.name) == ("honey", "蜂蜜产量")
    [record] = read("全县GDP达88亿元。", own)
    assert record.indicator
    assert record.indicator.id == "gdp"


def test_an_alias_for_a_known_indicator_needs_no_more_than_its_id(tmp_path: Path) -> None:
    own = pack(tmp_path, indicators="indicators: [{id: gdp, english: Gross product, aliases: [全域产值]}]")
    [record] = read("全域产值达88亿元。", own)
    assert record.indicator
    assert (record.indicator.id, record.indicator.name) == ("gdp", "地区生产总值")
    entry = next(entry for entry in load((own,)).indicators.indicators if entry.id == "gdp")
    assert entry.english == "Gross product"
    assert {"GDP", "全域产值"} <= set(entry.aliases)


def test_an_alias_is_taken_from_whichever_had_it(tmp_path: Path) -> None:
    own = pack(
        tmp_path,
        indicators="indicators:\n"
        "  - {id: own_gdp, name: 本地生产总值, dimension: currency, aliases: [GDP]}\n"
        "  - {id: gdp, aliases: [社会消费品零售总额]}\n",
    )
    for text, id in (
        ("GDP达8亿元。", "own_gdp"),
        ("地区生产总值达8亿元。", "gdp"),
        ("社会消费品零售总额达8亿元。", "gdp"),
    ):
        [record] = read(text, own)
        assert record.indicator
        assert record.indicator.id == id
    notes = [line for line in zhfacts("rules", "check", own).stdout.decode().splitlines() if line.startswith("note: ")]
    assert notes == [
        f"note: {own}/indicators.yaml: own_gdp takes '本地生产总值' from gdp",
        f"note: {own}/indicators.yaml: own_gdp takes 'GDP' from gdp",
        f"note: {own}/indicators.yaml: gdp takes '社会消费品零售总额' from retail_sales",
    ]


def test_a_unit_and_a_dimension_of_ones_own(tmp_path: Path) -> None:
    own = pack(tmp_path, units="dimensions: {container: [{base: TEU, factor: 2, written: [大箱]}]}")
    [record] = read("全港集装箱吞吐量12万大箱。", own)
    quantity = record.quantity
    assert (quantity.base_value, quantity.base_unit, quantity.dimension) == (240_000, "TEU", "container")


def test_a_cue_of_ones_own(tmp_path: Path) -> None:
    own = pack(tmp_path, cues="cues: {move: [{sign: -1, words: [见短]}]}")
    [record] = read("粮食产量同比见短5%。", own)
    assert (record.measure, record.quantity.value) == ("growth", -5)


def test_a_name_of_ones_own(tmp_path: Path) -> None:
    text = "全市试种云薯30亩试验田。"
    own = pack(tmp_path, names='names: [{pattern: "云薯\\\\d+亩试验田"}]')
    assert [record.quantity.text for record in read(text)] == ["30亩"]
    assert read(text, own) == []


RULE = """rules:
  - id: {id}
    pattern: "{pattern}"
    priority: 200
    yields: [{{quantity: q, measure: {measure}}}]
    examples: [{{text: 产量5吨。, facts: []}}]
"""


def test_a_fact_rule_is_added_and_one_that_ships_is_replaced(tmp_path: Path) -> None:
    own = pack(tmp_path / "a", facts_own=RULE.format(id="level/own", pattern="蹿到 <value:q>", measure="level"))
    [record] = read("产量蹿到5吨。", own)
    assert record.rule == "level/own"
    none = pack(tmp_path / "b", facts_own=RULE.format(id="level/own", pattern="蹿到 <value:q>", measure="null"))
    assert read("产量蹿到5吨。", own, none) == []
    [record] = read(
        "产量增长5%。",
        pack(tmp_path / "c", facts_x=RULE.format(id="growth/move", pattern="<percent:q>", measure="share")),
    )
    assert (record.rule, record.measure) == ("growth/move", "share")


def test_of_rules_with_one_priority_that_of_the_pack_is_tried_first(tmp_path: Path) -> None:
    rule = RULE.format(id="share/own", pattern="<move> <percent:q>", measure="share")
    priority = next(rule.priority for rule in load(()).facts if rule.id == "growth/move")
    [record] = read("产量增长5%。", pack(tmp_path, facts_own=rule.replace("200", str(priority))))
    assert record.rule == "share/own"


def test_rows_are_added(tmp_path: Path) -> None:
    pack(tmp_path)
    (tmp_path / "companies.csv").write_text("code,name\n699999.SH,云雾茶油\n", "utf-8")
    [record] = read("云雾茶油营业收入5亿元。", tmp_path)
    assert record.subject
    assert (record.subject.text, record.subject.code) == ("云雾茶油", "699999.SH")


def test_packs_are_laid_one_over_the_other(tmp_path: Path) -> None:
    first = pack(tmp_path / "a", indicators="indicators: [{id: honey, name: 蜂蜜产量, dimension: mass, aliases: []}]")
    second = pack(tmp_path / "b", indicators="indicators: [{id: honey, aliases: [产蜜量]}]")
    [record] = read("全县产蜜量300吨。", first, second)
    assert record.indicator
    assert record.indicator.id == "honey"


def test_the_rules_that_ship_stay_as_they_were(tmp_path: Path) -> None:
    text = "2020年，石桥镇GDP达88.2亿元，同比增长6.3%。"
    before = extract(text)
    read(text, pack(tmp_path, cues="cues: {move: [{sign: -1, words: [见短]}]}"))
    assert extract(text) == before


# ------------------------------------------------------------------------------------------------------------ mistakes


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("indicators", "indicators:\n  - {id: Honey!, name: 蜜, dimension: mass, aliases: []}", r":2: indicators\[0\]\.id: "),
        ("indicators", "indicators:\n  - {id: honey, name: 蜜, aliases: []}", r":2: indicators\[0\]\.dimension: Field req"),
        (
            "indicators",
            "indicators:\n  - {id: gdp, aliases: [产值]}\n  - {id: honey, name: 蜜, dimension: mass, aliases: [产值]}",
            r":3: honey: the alias '产值' belongs to gdp",
        ),
        ("units", "dimensions:\n  mass:\n    - {base: kg, factor: many, written: [箩]}", r":3: dimensions\.mass\[0\]\.factor: "),
        ("units", "dimensions: {mass: []", r":2: not YAML"),
        ("names", 'names:\n  - {pattern: "(云薯"}', r":2: names\[0\]\.pattern: "),
        ("names", 'names:\n  - {pattern: ".*号"}', r":2: names\[0\]\.pattern: "),
        ("times", 'times:\n  - {pattern: "新春月", label: "{moon}"}', r":2: times\[0\]\.pattern: nothing fills 'moon'"),
        ("indicators", "pairs:\n  - {words: [存贷], ids: [nope, gdp]}", r":2: pairs\[0\]\.ids: no indicator is 'nope'"),
        ("units", "dimensions: {mass: [{base: kg, factor: 1/0, written: [箩]}]}", r":1: dimensions\.mass\[0\]\.factor: "),
        ("examples", "examples:\n  - {text: 税收5亿元。, facts: [{text: 5亿元, valu: 5}]}", r":2: examples\[0\]\.facts\[0\]\.valu: "),
        ("indicator", "indicators: []", r"indicator\.yaml: no rules have this name"),
        ("facts_own", RULE.format(id="level/own", pattern="<valu:q>", measure="level"), r"own\.yaml:2: level/own: pattern: 'valu'"),
        ("facts_own", RULE.format(id="level/own", pattern="<value:v>", measure="level"), r"own\.yaml:2: level/own: pattern: it has no role 'q'"),
        ("facts_own", RULE.format(id="level/own", pattern="<value:q>", measure="lvl"), r"own\.yaml:5: rules\[0\]\.yields\[0\]\.measure"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_was_written(tmp_path: Path, file: str, text: str, says: str) -> None:
    own = pack(tmp_path, **{file: text})
    with pytest.raises(RuleError, match=rf"^{tmp_path}/.*{says}"):
        check(own)
    run = zhfacts("rules", "check", own)
    assert (run.returncode, run.stdout) == (2, b"")
    assert one_line(run.stderr).startswith(f"{tmp_path}/")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("numerals", 'not_before: {百: ["(*["]}\nbare: {"(*": "]*["}'),
        ("figures", 'fraction: "(*["\nnot_halves: "]*["\nfirsts: ["(*["]'),
        ("regions", 'suffixes: ["(*["]\nsuffix_not_before: {村: "]*["}'),
        ("entities", 'before_names: ["(*["]\nquoted_before: ["(*["]'),
        ("relations", 'after: {"~": ["(*["]}\nnegative: ["(*["]'),
        ("units", 'signs: {"(*[": CNY}'),
    ],
)
def test_a_word_is_taken_as_it_is_written(tmp_path: Path, file: str, text: str) -> None:
    """Words become parts of regular expressions, but are none."""
    [record] = read("全镇粮食产量5吨。", pack(tmp_path, **{file: text}))
    assert record.quantity.text == "5吨"


def test_a_row_that_is_wrong_is_told_where_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "divisions.csv").write_text("code,name\n110199,云雾山县\n99,雾县\n", "utf-8")
    with pytest.raises(RuleError, match=rf"^{tmp_path}/divisions\.csv:3: code: "):
        load((tmp_path,))


def test_a_folder_without_rules(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no rules in this folder"):
        load((tmp_path,))


# ------------------------------------------------------------------------------------------------------------ commands


def test_check_runs_the_examples(tmp_path: Path) -> None:
    own = pack(
        tmp_path,
        facts_own=RULE.format(id="level/own", pattern="蹿到 <value:q>", measure="level"),
        examples="examples:\n"
        "  - {text: 产量5吨。, facts: [{text: 5吨, measure: level}]}\n"
        "  - {text: 产量5吨。, facts: [{text: 5吨, measure: growth, value: 6}]}\n",
    )
    run = zhfacts("rules", "check", own)
    assert run.returncode == 1
    assert run.stdout.decode().splitlines() == [
        f"{own}/facts/own.yaml:6: level/own: 产量5吨。",
        "    the facts are 5吨, not none",
        f"{own}/examples.yaml:3: examples[1]: 产量5吨。",
        "    5吨: measure is 'level', not 'growth'",
        "    5吨: value is 5, not 6.0",
        f"{own}: 3 examples; 2 of them come out otherwise",
    ]


def test_check_looks_at_what_a_rule_must_not_make(tmp_path: Path) -> None:
    rule = RULE.format(id="level/own", pattern="<value:q>", measure="level").replace(
        "facts: []", "facts: [{text: 5吨}]"
    )
    run = zhfacts("rules", "check", pack(tmp_path, facts_own=rule + "    not: [产量6吨。]\n"))
    assert run.returncode == 1
    assert "own.yaml:7: level/own: 产量6吨。\n    6吨: made by this rule\n" in run.stdout.decode()


def test_a_new_pack_is_right_as_it_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    run = zhfacts("rules", "new", folder)
    assert (run.returncode, run.stderr) == (0, b"")
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")}
    assert {"indicators.yaml", "units.yaml", "names.yaml", "cues.yaml", "examples.yaml", "facts/bees.yaml"} <= written
    run = zhfacts("rules", "check", folder)
    assert (run.returncode, run.stderr) == (0, b"")
    assert "all as they say" in run.stdout.decode()
    again = zhfacts("rules", "new", folder)
    assert again.returncode == 2
    assert "is not empty" in again.stderr.decode()


def test_the_rules_that_ship_can_be_checked_too() -> None:
    run = zhfacts("rules", "check", PORTS.parent.parent.parent / "rules")
    assert run.stderr == b""
    assert " examples" in run.stdout.decode()


def test_list() -> None:
    for what, columns in (("indicators", 5), ("units", 5), ("rules", 5)):
        lines = zhfacts("rules", "list", what, "--rules", PORTS).stdout.decode().splitlines()
        assert {line.count("\t") for line in lines} == {columns - 1}
    everything = json.loads(zhfacts("rules", "list", "--format", "json", "--rules", PORTS).stdout)
    assert set(everything) == {"indicators", "units", "rules"}
    [berths] = [row for row in everything["indicators"] if row["id"] == "berth_occupancy"]
    assert berths == {
        "id": "berth_occupancy",
        "name": "泊位利用率",
        "english": "Berth occupancy rate",
        "dimension": "percent",
        "aliases": ["泊位占用率"],
    }
    [feu] = [row for row in everything["units"] if row["unit"] == "FEU"]
    assert (feu["factor"], feu["base"]) == ("2", "TEU")
    [acre] = [row for row in everything["units"] if row["unit"] == "亩"]
    assert (acre["factor"], acre["base"]) == ("2000/3", "m2")
    first = everything["rules"][0]
    assert set(first) == {"id", "priority", "measures", "pattern", "example"}
    assert first["priority"] == max(row["priority"] for row in everything["rules"])


def test_list_on_a_terminal() -> None:
    terminal, end = pty.openpty()
    process = subprocess.Popen([*COMMAND, "rules", "list", "units"], stdout=end, env=os.environ | {"COLUMNS": "100"})
    os.close(end)
    shown = b""
    with os.fdopen(terminal, "rb", buffering=0) as screen:
        try:
            while piece := screen.read(1 << 16):
                shown += piece
        except OSError:  # how the end of a terminal is told
            pass
    assert process.wait() == 0
    assert "units: " in shown.decode()
    assert "平方公里" in shown.decode()


# ---------------------------------------------------------------------------------------------------------- the sample


def test_the_sample_pack() -> None:
    run = zhfacts("rules", "check", PORTS)
    assert run.returncode == 0, run.stdout.decode()
    records = pipeline((PORTS,)).run((PORTS / "ports.txt").read_text("utf-8"))
    assert [record.model_dump(mode="json") for record in records] == json.loads(
        (PORTS / "ports.json").read_text("utf-8")
    )
    assert len(records) >= 20
    assert "20万吨" not in {record.quantity.text for record in records}


def test_packs_work_in_many_processes(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("澜江港集装箱吞吐量12万FEU。", "utf-8")
    run = zhfacts("--rules", PORTS, "--jobs", "2", "--format", "jsonl", tmp_path)
    assert [json.loads(line)["quantity"]["base_value"] for line in run.stdout.splitlines()] == [240_000] * 3
