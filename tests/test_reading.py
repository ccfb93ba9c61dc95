"""What a text leaves out, read from what stands around it: sentences of ours and the records that they tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor import Record, extract

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "reading.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["kind"] for case in CASES])
def test_reading(case: dict[str, Any]) -> None:
    records = extract(case["text"], date=str(case["date"]) if "date" in case else None)
    assert [told(record, fact) for record, fact in zip(records, case["facts"], strict=True)] == case["facts"]


def told(record: Record, fact: dict[str, Any]) -> dict[str, Any]:
    """The fields of ``record`` that ``fact`` names."""
    fields = {
        "text": record.quantity.text,
        "value": record.quantity.value,
        "relation": record.quantity.relation,
        "measure": record.measure,
        "status": record.status,
        "id": record.indicator and record.indicator.id,
        "indicator": record.indicator and record.indicator.name,
        "subject": record.subject and record.subject.text,
        "period": record.period and record.period.label,
        "comparison": record.comparison and record.comparison.kind,
    }
    return {name: float(fields[name]) if name == "value" else fields[name] for name in fact}  # type: ignore[arg-type]
