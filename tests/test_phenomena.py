"""What real texts do, and what other programs' tests and bug reports show: kinds of sentence, and the records they tell."""

from __future__ import annotations

from typing import Any

import pytest
from reading import cases, check


@pytest.mark.parametrize("case", cases("phenomena"))
def test_phenomena(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.parametrize("case", cases("peers"))
def test_peers(case: dict[str, Any]) -> None:
    check(case)
