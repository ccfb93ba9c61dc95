"""Validate: facts become records, with original offsets, exact numbers and a stable id."""

from __future__ import annotations

import hashlib
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from .context.sentences import clause_of
from .mentions import period_bounds
from .model import Amount, Compare, Exact, Fact, Found, Indicator, Mention, Record, Region, Time
from .normalise import Normalised

_MOM, _QOQ = "mom", "qoq"
_COUNT = "count"
_ROUNDED = Context(prec=15)
_FLOAT_DIGITS = 10**15  # every decimal of up to 15 digits is the shortest form of one float
_LONGEST_ROW = 2000  # characters of a row of a table that is told whole with each of its figures
_LEAST_PLAIN = 10**4  # below 0.0001 Python writes an exponent


def validate(original: str, normalised: Normalised, facts: list[Fact]) -> list[Record]:
    """The records of ``facts``, in text order.

    Raises:
        pydantic.ValidationError: a fact breaks the contract; that is a mistake in the rules, never in the text.
    """
    digest = hashlib.blake2b(original.encode("utf-8", "surrogatepass"), digest_size=16)
    clerk = _Clerk(original, normalised)
    return [Record.model_validate(clerk.record(fact, digest.copy())) for fact in facts]


class _Clerk:
    """Writes the parts of a record in terms of the original text."""

    def __init__(self, original: str, normalised: Normalised) -> None:
        self._original, self._normalised = original, normalised

    def record(self, fact: Fact, digest: Any) -> dict[str, Any]:
        start, end = self._normalised.span(fact.sentence.start, fact.sentence.end)
        quantity = self._quantity(fact.quantity, fact.sign)
        digest.update(f"{quantity['start']}:{quantity['end']}:{fact.rule}".encode())
        return {
            "id": digest.hexdigest(),
            "indicator": self._indicator(fact.indicator),
            "measure": fact.measure,
            "quantity": quantity,
            "subject": self._subject(fact.subject),
            "period": self._period(fact.period),
            "comparison": self._comparison(fact),
            "status": fact.status,
            "scope": self._place(fact.scope.start, fact.scope.end, "")["text"] if fact.scope else None,
            "of": fact.of,
            "evidence": {
                "text": self._clause(fact),
                "sentence_start": start,
                "sentence_end": end,
                "section": [
                    self._place(heading.start, heading.end, "")["text"] for heading in fact.sentence.block.headings
                ],
            },
            "rule": fact.rule,
        }

    def _place(self, start: int | None, end: int | None, text: str) -> dict[str, Any]:
        """Text and offsets of a part; a part that stands nowhere in the text has none."""
        if start is None or end is None:
            return {"text": text, "start": None, "end": None}
        first, last = self._normalised.span(start, end)
        return {"text": self._original[first:last], "start": first, "end": last}

    def _quantity(self, mention: Mention, sign: int) -> dict[str, Any]:
        amount = mention.amount
        also = [self._quantity(other, sign) for other in amount.also]
        return self._place(mention.start, mention.end, mention.text) | {
            "value": number(amount.value * sign),
            "upper": number(amount.upper * sign) if amount.upper is not None else None,
            "unit": self._written(amount, amount.unit),
            "relation": amount.relation,
            "base_value": number(amount.base_value * sign),
            "base_upper": number(amount.base_upper * sign) if amount.base_upper is not None else None,
            "base_unit": self._written(amount, amount.base_unit) if amount.dimension == _COUNT else amount.base_unit,
            "dimension": amount.dimension,
            "also": also or None,
        }

    def _written(self, amount: Amount, unit: str) -> str:
        """A unit in the characters of the original (個), where only these were normalised."""
        if amount.unit_end <= amount.unit_start or len(unit) != amount.unit_end - amount.unit_start:
            return unit
        start, end = self._normalised.span(amount.unit_start, amount.unit_end)
        written = self._original[start:end]
        return (
            written
            if len(written) == len(unit) and self._normalised.text[amount.unit_start : amount.unit_end] == unit
            else unit
        )

    def _indicator(self, found: Found | None) -> dict[str, Any] | None:
        if found is None or not isinstance(found.value, Indicator):
            return None
        place = self._place(found.start, found.end, found.text)
        if found.start is None:
            place["text"] = found.value.name
        # An open indicator is named as it is written, whatever was normalised.
        name = place["text"] if found.value.id is None and found.value.name == found.text else found.value.name
        return place | {"id": found.value.id, "name": name}

    def _subject(self, found: Found | None) -> dict[str, Any] | None:
        if found is None or not isinstance(found.value, Region):
            return None
        place = self._place(found.start, found.end, found.text)
        return place | {"type": found.value.type, "code": found.value.code, "origin": found.origin}

    def _period(self, found: Found | None) -> dict[str, Any] | None:
        if found is None or not isinstance(found.value, Time):
            return None
        label = found.value.label
        first, last = (period_bounds(label) if label else None) or (None, None)
        place = self._place(found.start, found.end, found.text)
        return place | {"label": label, "start_date": first, "end_date": last, "origin": found.origin}

    def _comparison(self, fact: Fact) -> dict[str, Any] | None:
        if fact.comparison is None or not isinstance(fact.comparison.value, Compare):
            return None
        compare = fact.comparison.value
        kind = compare.kind
        if kind == "sequential":
            label = fact.period.value.label if fact.period and isinstance(fact.period.value, Time) else None
            kind = _QOQ if label and "-Q" in label else _MOM
        return {
            "kind": kind,
            "text": self._place(fact.comparison.start, fact.comparison.end, "")["text"],
            "period": fact.base_label,
        }

    def _clause(self, fact: Fact) -> str:
        """The clause of a fact; the row of one that a table tells."""
        sentence, mentions = fact.sentence, fact.sentence.mentions or []
        if sentence.block.table is not None and sentence.end - sentence.start <= _LONGEST_ROW:
            start, end = self._normalised.span(sentence.start, sentence.end)
            return self._original[start:end]
        first, last = clause_of(mentions, fact.index)
        start, end = self._normalised.span(mentions[first].start, mentions[last].end)
        return self._original[start:end]


def number(value: Exact) -> int | float | Decimal:
    """``value`` as a plain number that says exactly what was written.

    A whole number is an integer, a decimal the float whose shortest form it is (88.2), or a ``Decimal`` where no float
    is (more than 15 digits, or one that Python would write as 1e-05). What has no end in decimals (1亩 = 2000/3 m²) is
    rounded to 15 digits, so that no float's tail shows.
    """
    places = _places(value.denominator)
    if places is None:
        return number(Fraction(_ROUNDED.divide(Decimal(value.numerator), Decimal(value.denominator))))
    if not places:
        return int(value)
    shift: int = 10**places
    digits = value.numerator * (shift // value.denominator)
    if abs(digits) < _FLOAT_DIGITS and abs(digits) * _LEAST_PLAIN >= shift:
        return digits / shift
    return Decimal(f"{digits}e-{places}")


@cache
def _places(denominator: int) -> int | None:
    """How many decimals a fraction of this (reduced) denominator has; ``None`` if they do not end."""
    counts = []
    for prime in (2, 5):
        count = 0
        while denominator % prime == 0:
            denominator //= prime
            count += 1
        counts.append(count)
    return max(counts) if denominator == 1 else None
