"""A mistake in the rules names file, entry and what is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extractor.alphabet import Alphabet
from extractor.engine import Engine
from extractor.rulebook import RuleError, load, rules_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(rules_folder(), tmp_path / "rules"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_rules_that_ship_are_valid() -> None:
    rules = load()
    assert len(rules.indicators.indicators) >= 150
    assert len(rules.divisions) > 3000


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("units.yaml", "factor: 2000/3", "factor: many", r"units\.yaml:\d+: dimensions\.area\[4\]\.factor"),
        ("indicators.yaml", "{id: gdp,", "{id: GDP!,", r"indicators\.yaml:\d+: indicators\[0\]\.id"),
        (
            "indicators.yaml",
            "aliases: [人均国内生产毛额,",
            "aliases: [GDP,",
            r"indicators\.yaml:\d+: gdp_per_capita: the alias 'GDP' belongs to gdp",
        ),
        ("cues.yaml", "cues:", "cue:", r"cues\.yaml:\d+: cues?: "),
        ("facts/level.yaml", "measure: level", "measure: levl", r"level\.yaml:\d+: rules\[0\]\.yields\[0\]\.measure"),
        (
            "facts/level.yaml",
            "id: level/value",
            "id: level/number",
            r"level\.yaml:\d+: level/number: two rules",
        ),
        ("names.yaml", "names:", "names: [", r"names\.yaml:\d+: not YAML"),
        ("divisions.csv", "110000,", "11000,", r"divisions\.csv:2: "),
    ],
)
def test_a_mistake_is_named(folder: Path, file: str, old: str, new: str, says: str) -> None:
    edit(folder / file, old, new)
    with pytest.raises(RuleError, match=says):
        load(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "units.yaml").unlink()
    with pytest.raises(RuleError, match=r"units\.yaml: No such file"):
        load(folder)


@pytest.mark.parametrize(
    ("pattern", "says"),
    [("<indicatr:indicator> <value:q>", "indicatr"), ("<value:v>", "no role 'q'"), ("<value:q> %", "cannot read")],
)
def test_a_mistake_in_a_pattern_is_named(pattern: str, says: str) -> None:
    rules = load()
    rule = next(rule for rule in rules.facts if rule.id == "level/value").model_copy(update={"pattern": pattern})
    with pytest.raises(RuleError, match=f"level/value: pattern: .*{says}"):
        Engine([rule], Alphabet(rules))


def test_a_user_can_bring_rules_and_words(folder: Path) -> None:
    from extractor import Pipeline

    edit(
        folder / "indicators.yaml",
        "{id: gdp,",
        "{id: happiness, name: 幸福指数, dimension: index, aliases: []}\n  - {id: gdp,",
    )
    [record] = Pipeline(load(folder), words={"荔枝蜜": "n"}).run("全镇幸福指数达92.5。")
    assert record.indicator is not None
    assert record.indicator.id == "happiness"
