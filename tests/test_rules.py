"""Every fact rule does what the examples beside it say."""

from __future__ import annotations

import pytest

from extractor.examples import TODAY, problems_of_rule
from extractor.model import Record
from extractor.pipeline import default_pipeline
from extractor.rulebook import Example, FactRule, load

RULES = load().facts


def read(text: str) -> list[Record]:
    return default_pipeline().run(text, TODAY)


CASES = [(rule, example) for rule in RULES for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[f"{rule.id}: {example.text}" for rule, example in CASES])
def test_example(rule: FactRule, example: Example) -> None:
    assert problems_of_rule(rule, example, read(example.text)) == []


COUNTER = [(rule, text) for rule in RULES for text in rule.not_examples]


@pytest.mark.parametrize(("rule", "text"), COUNTER, ids=[f"{rule.id}: {text}" for rule, text in COUNTER])
def test_counter_example(rule: FactRule, text: str) -> None:
    assert rule.id not in {record.rule for record in read(text)}
