"""Cases in YAML, for the tests: a text, its date, and what the records of all its figures say, in text order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor import Record, extract

NUMBERS = ("value", "upper", "base_value", "base_upper")


def cases(name: str) -> list[Any]:
    """The cases of ``cases/<name>.yaml``. One that is ``wrong`` is expected to fail until it is mended, and no longer."""
    entries = yaml.safe_load((Path(__file__).parent / "cases" / f"{name}.yaml").read_text("utf-8"))
    return [pytest.param(case, id=f"{case['kind']}: {case['text']}", marks=marks(case)) for case in entries]


def marks(case: dict[str, Any]) -> tuple[pytest.MarkDecorator, ...]:
    reason = case.get("wrong")
    return (pytest.mark.xfail(reason=reason, strict=True, raises=AssertionError),) if reason else ()


def check(case: dict[str, Any]) -> None:
    """Compare the records of the case's text with its facts: which figures there are, then the fields that they name."""
    records = extract(case["text"], date=str(case["date"]) if "date" in case else None)
    assert [record.quantity.text for record in records] == [fact["text"] for fact in case["facts"]]
    assert [told(record, fact) for record, fact in zip(records, case["facts"], strict=True)] == case["facts"]


def told(record: Record, fact: dict[str, Any]) -> dict[str, Any]:
    """The fields of ``record`` that ``fact`` names. Where the fact lists several answers, one of them stands for all."""
    quantity, indicator, comparison = record.quantity, record.indicator, record.comparison
    fields: dict[str, Any] = {
        "text": quantity.text,
        "value": quantity.value,
        "upper": quantity.upper,
        "relation": quantity.relation,
        "base_value": quantity.base_value,
        "base_upper": quantity.base_upper,
        "base_unit": quantity.base_unit,
        "also": [other.text for other in quantity.also or []],
        "measure": record.measure,
        "status": record.status,
        "id": indicator and indicator.id,
        "indicator": indicator and indicator.name,
        "subject": record.subject and record.subject.text,
        "period": record.period and record.period.label,
        "comparison": comparison and comparison.kind,
        "base": comparison and comparison.period,
        "scope": record.scope,
        "of": record.of,
    }
    fields |= {name: float(fields[name]) for name in NUMBERS if fields[name] is not None}
    return {name: wanted if one_of(fields[name], wanted) else fields[name] for name, wanted in fact.items()}


def one_of(value: object, wanted: object) -> bool:
    return isinstance(wanted, list) and value in wanted
