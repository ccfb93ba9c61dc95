"""Every fact rule does what the examples beside it say."""

from __future__ import annotations

from datetime import date

import pytest

from extractor.model import Record
from extractor.pipeline import default_pipeline
from extractor.rulebook import Example, ExampleFact, FactRule, load

TODAY = date(2021, 4, 20)
RULES = load().facts


def read(text: str) -> list[Record]:
    return default_pipeline().run(text, TODAY)


def told(record: Record, wanted: ExampleFact) -> dict[str, object]:
    """The fields of ``record`` that the example names."""
    quantity, indicator, period = record.quantity, record.indicator, record.period
    says: dict[str, object] = {
        "text": quantity.text,
        "indicator": indicator and indicator.text,
        "id": indicator and indicator.id,
        "measure": record.measure,
        "value": quantity.value,
        "upper": quantity.upper,
        "unit": quantity.unit,
        "base_value": quantity.base_value,
        "base_unit": quantity.base_unit,
        "relation": quantity.relation,
        "subject": record.subject and record.subject.text,
        "period": period and period.label,
        "comparison": record.comparison and record.comparison.kind,
        "status": record.status,
        "scope": record.scope,
        "of": record.of,
    }
    return {name: says[name] for name in wanted.model_fields_set}


CASES = [(rule, example) for rule in RULES for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[f"{rule.id}: {example.text}" for rule, example in CASES])
def test_example(rule: FactRule, example: Example) -> None:
    records = read(example.text)
    assert [record.quantity.text for record in records] == [fact.text for fact in example.facts]
    for record, wanted in zip(records, example.facts, strict=True):
        assert told(record, wanted) == wanted.model_dump(exclude_unset=True)
    if example.facts and any(made.measure for made in rule.yields):
        assert rule.id in {record.rule for record in records}


COUNTER = [(rule, text) for rule in RULES for text in rule.not_examples]


@pytest.mark.parametrize(("rule", "text"), COUNTER, ids=[f"{rule.id}: {text}" for rule, text in COUNTER])
def test_counter_example(rule: FactRule, text: str) -> None:
    assert rule.id not in {record.rule for record in read(text)}
