"""A value is told exactly: as an integer, as the float that is written like it, or as a decimal."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.emit import to_json
from extractor.validate import number


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("88.2", "88.2"),
        ("-3.10", "-3.1"),
        ("0.0001", "0.0001"),
        ("0.00001", "0.00001"),
        ("12345678901234567.89", "12345678901234567.89"),
        ("1e30", "1" + "0" * 30),
        ("0", "0"),
        ("2000/3", "666.666666666667"),
        ("1/3", "0.333333333333333"),
    ],
)
def test_a_number_as_it_is_written(value: str, written: str) -> None:
    assert to_json(number(Fraction(value))) == written


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**25), max_value=10**25))
def test_every_decimal_is_exact(value: Decimal) -> None:
    told = number(Fraction(value))
    assert Fraction(repr(told) if isinstance(told, float) else told) == Fraction(value)
    assert Fraction(to_json(told)) == Fraction(value)
    assert "e" not in to_json(told).lower()


def test_text_that_looks_like_the_mark_of_a_decimal_stays_text() -> None:
    assert to_json(["decimal 1", Decimal("1.5")]) == '["decimal 1", 1.5]'
