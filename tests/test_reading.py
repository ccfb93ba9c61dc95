"""What a text leaves out, read from what stands around it: sentences of ours and the records that they tell."""

from __future__ import annotations

from typing import Any

import pytest
from reading import cases, check


@pytest.mark.parametrize("case", cases("reading"))
def test_reading(case: dict[str, Any]) -> None:
    check(case)
