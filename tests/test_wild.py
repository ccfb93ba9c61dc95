"""Texts that once broke the program, and what must hold for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from wild.texts import check

CASES = sorted((Path(__file__).parent / "wild" / "cases").glob("*.txt"))


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_nothing_breaks(path: Path) -> None:
    check(path.read_bytes().decode("utf-8", "surrogatepass"))
