"""The samples give exactly the records that lie beside them (`make expected` writes them anew)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor import extract

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))


@pytest.mark.parametrize("path", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_sample(path: Path) -> None:
    records = [record.model_dump(mode="json") for record in extract(path.read_text("utf-8"))]
    assert records == json.loads(path.with_suffix(".json").read_text("utf-8"))


def test_there_are_five_genres() -> None:
    assert len(SAMPLES) >= 5
